//! CPE names: both bindings, relations, keys.

use bonafide_engine::cpe::Cpe;
use bonafide_engine::package::PackageKey;
use proptest::prelude::*;

use crate::kit;

#[track_caller]
fn check_name(number: usize, line: &str) {
    let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
    let read = Cpe::parse(fields[0]);
    match fields[..] {
        [_, formatted, uri] => {
            let name = read.unwrap_or_else(|error| panic!("line {number}: {error}"));
            assert_eq!(name.formatted(), formatted, "line {number}");
            assert_eq!(name.uri(), uri, "line {number}");
            assert_eq!(Cpe::parse(formatted), Ok(name.clone()), "line {number}");
            assert_eq!(Cpe::parse(uri), Ok(name), "line {number}");
        }
        [_, code] => {
            let error = read.expect_err(line);
            assert_eq!(error.code(), code, "line {number}");
        }
        _ => panic!("line {number}: {line}"),
    }
}

#[test]
fn every_name_is_read_and_written_back() {
    for (number, line) in kit::cases("cpe/names.txt") {
        check_name(number, &line);
    }
}

#[test]
fn names_relate_as_the_standard_says() {
    for (number, line) in kit::cases("cpe/relations.txt") {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [source, relation, target] = fields[..] else {
            panic!("line {number}: {line}")
        };
        let read = |text| Cpe::parse(text).unwrap_or_else(|error| panic!("line {number}: {error}"));
        let found = read(source).compare(&read(target));
        assert_eq!(found.as_str(), relation, "line {number}: {line}");
    }
}

#[track_caller]
fn check_key(text: &str, expected: Option<&str>) {
    let key = Cpe::parse_short(text).unwrap().package();
    let shown = key.map(|key| key.to_string());
    assert_eq!(shown.as_deref(), expected);
}

#[test]
fn a_name_leads_to_its_product() {
    check_key("cpe:2.3:a:acme:web-app:1.0", Some("cpe/acme:web-app"));
    check_key("cpe:/a:acme:foo%7ebar", Some(r"cpe/acme:foo\~bar"));
    check_key("cpe:2.3:a:acme:*:1.0", None);
    check_key("cpe:2.3:a:-:widget:1.0", None);
    check_key("cpe:2.3:a:acme:wid*:1.0", None);
}

#[track_caller]
fn check_product(name: &str, expected: Option<&str>) {
    assert_eq!(
        PackageKey::of_product(name).map(|key| key.name).as_deref(),
        expected
    );
}

#[test]
fn product_names_and_repositories_have_one_spelling() {
    check_product(
        "SecureAnywhere - Web Shield",
        Some("secureanywhere-web-shield"),
    );
    check_product("libXML_2", Some("libxml-2"));
    check_product("C++ Toolkit", Some("c++-toolkit"));
    check_product("n/a", None);
    check_product("  ", None);
    for address in [
        "https://github.com/Acme/Widget",
        "git+https://user@github.com/acme/widget.git#subdirectory=x",
        "git@github.com:acme/widget.git",
        "ssh://git@GitHub.com/acme/widget/",
    ] {
        let key = PackageKey::of_repository(address).unwrap();
        assert_eq!(key.to_string(), "GIT/github.com/acme/widget", "{address}");
    }
    let kept = PackageKey::of_repository("https://git.example.org/Team/Tool.git").unwrap();
    assert_eq!(kept.name, "git.example.org/Team/Tool");
    assert_eq!(PackageKey::of_repository("widget"), None);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}") {
        let _ = Cpe::parse(&text);
        let _ = Cpe::parse(&format!("cpe:/{text}"));
        let _ = Cpe::parse_short(&format!("cpe:2.3:a:acme:widget:{text}"));
        let _ = PackageKey::of_repository(&text);
        let _ = PackageKey::of_product(&text);
    }

    #[test]
    fn what_is_written_is_read_back(values in prop::collection::vec("[a-z0-9._~+:/\\\\-]{1,6}", 3)) {
        let mut name = Cpe::parse_short("cpe:2.3:a:acme:widget").unwrap();
        for value in &values {
            name = name.with_version(value);
            prop_assert_eq!(&Cpe::parse(&name.formatted()).unwrap(), &name);
            prop_assert_eq!(&Cpe::parse(&name.uri()).unwrap(), &name);
        }
    }
}
