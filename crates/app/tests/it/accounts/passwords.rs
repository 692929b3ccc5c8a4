//! Which passwords are taken.

use bonafide::accounts::hash_password;
use bonafide::time::Entropy;
use bonafide::trouble::Trouble;

#[track_caller]
fn check(password: &str, expected: Option<&str>) {
    let context = ["Robin Example", "robin@muster.example", "Muster Werke GmbH"];
    let refused = match hash_password(&Entropy::seeded(1), password, &context) {
        Ok(_) => None,
        Err(Trouble::Refusal(refusal)) => Some(refusal.code),
        Err(other) => panic!("{other:?}"),
    };
    assert_eq!(refused, expected, "{password:?}");
}

#[test]
fn long_passwords_are_taken_and_guessable_ones_are_not() {
    let (short, guessable) = (Some("password-too-short"), Some("password-guessable"));
    check("violet harbour ticket", None);
    check("k3$Tq!xW9_pLm2#", None);
    check("правильная лошадь батарея", None);
    check("   spaces at both ends   ", None);
    check(&"violet harbour ticket ".repeat(4), None);
    check(&"violet harbour ".repeat(5)[..64], None);
    check("fourteen chars", short);
    check("", short);
    check("äöüäöüäöüäöüäö", short);
    check("aaaaaaaaaaaaaaaaaaaa", guessable);
    check("abababababababababab", guessable);
    check("123456789012345678", guessable);
    check("abcdefghijklmnopqrst", guessable);
    check("passwordpassword", guessable);
    check("P@ssword P@ssword 1", guessable);
    check("Muster Werke GmbH 2026", guessable);
    check("robin@muster.example", guessable);
    check("bonafide security 2026", guessable);
    check("correct horse battery staple", guessable);
    check("qwertyuiop qwertyuiop", guessable);
    check(&"x".repeat(257), Some("password-too-long"));
}
