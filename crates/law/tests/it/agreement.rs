//! The embedded data against the fact sheets they were made from, where those are at hand: beside
//! the project, in `../shared/law`. Without them the tests say so and pass.

use bonafide_law::form::{Duty, Form};
use bonafide_law::{annex1, coordinators};
use serde_json::Value;
use std::path::Path;

fn sheet(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/law")
        .join(name);
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the fact sheet is JSON")),
        Err(_) => {
            println!("NOT COMPARED: ../shared/law/{name} is absent, so {name} was not checked");
            None
        }
    }
}

fn list<'a>(sheet: &'a Value, key: &str) -> &'a Vec<Value> {
    sheet[key].as_array().expect("a list")
}

#[test]
fn coordinators_agree_with_the_fact_sheet() {
    let Some(sheet) = sheet("csirts.json") else {
        return;
    };
    let entries = list(&sheet, "csirts");
    assert_eq!(entries.len(), coordinators::list().len());
    for entry in entries {
        let code = entry["country"].as_str().expect("a code");
        let ours = coordinators::by_member_state(code).expect(code);
        assert_eq!(entry["csirt"], ours.csirt.as_str(), "{code}");
        assert_eq!(entry["contact_url"], ours.contact_url.as_str(), "{code}");
        assert_eq!(entry["confidence"], ours.confidence.as_str(), "{code}");
    }
}

#[test]
fn the_form_agrees_with_the_fact_sheet() {
    let Some(sheet) = sheet("srp-fields.json") else {
        return;
    };
    let form = Form::current();
    assert_eq!(sheet["meta"]["glossary_version"], form.version.as_str());
    let entries = list(&sheet, "fields");
    assert_eq!(entries.len(), form.fields.len());
    for (entry, ours) in entries.iter().zip(&form.fields) {
        assert_eq!(entry["nr"], ours.nr.as_str());
        assert_eq!(entry["key"], ours.key.as_str(), "{}", ours.nr);
        assert_eq!(entry["applies_to"], ours.applies_to.as_str(), "{}", ours.nr);
        assert_eq!(
            entry["max_chars"].as_u64(),
            ours.max_chars.map(|max| max as u64),
            "{}",
            ours.nr
        );
        let duties = [
            ("ew", ours.early_warning),
            ("h72", ours.notification),
            ("fr", ours.final_report),
        ];
        for (stage, duty) in duties {
            assert_eq!(entry[stage], in_the_sheet(duty), "{} {stage}", ours.nr);
        }
    }
}

fn in_the_sheet(duty: Duty) -> String {
    duty.as_str().replace('-', "_")
}

#[test]
fn requirements_agree_with_the_fact_sheet() {
    let Some(sheet) = sheet("annex1.json") else {
        return;
    };
    let entries = list(&sheet, "requirements");
    assert_eq!(entries.len(), annex1::requirements().len());
    for (entry, ours) in entries.iter().zip(annex1::requirements()) {
        assert_eq!(entry["id"], ours.id.as_str());
        assert_eq!(entry["part"], ours.part.as_str());
        assert_eq!(entry["point"], ours.point.as_str());
        assert_eq!(
            entry["conditional_on_risk_assessment"],
            ours.on_risk_assessment
        );
        assert_eq!(entry["applies_from"], ours.applies.on().to_string());
    }
}
