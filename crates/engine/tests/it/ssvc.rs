//! The supplier tree of SSVC, row by row, and its vectors.

use bonafide_engine::ssvc::{
    Exploitation, PublicSafetyImpact, TechnicalImpact, Utility, VectorError, parse, supplier,
};

use crate::kit;

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn the_supplier_tree_has_the_published_rows() {
    let mut rows = Vec::new();
    for e in Exploitation::ALL {
        for u in Utility::ALL {
            for t in TechnicalImpact::ALL {
                for s in PublicSafetyImpact::ALL {
                    let priority = supplier(e, u, t, s).as_str();
                    rows.push(format!(
                        "{} {} {} {}: {priority}",
                        word(e),
                        word(u),
                        word(t),
                        word(s)
                    ));
                }
            }
        }
    }
    let published: Vec<String> = kit::cases("ssvc/supplier.txt")
        .into_iter()
        .map(|(_, row)| row)
        .collect();
    assert_eq!(rows, published);
}

#[test]
fn more_of_a_point_is_never_less_urgent() {
    for e in 0..3 {
        for u in 0..3 {
            for t in 0..2 {
                for s in 0..2 {
                    let at = |e: usize, u: usize, t: usize, s: usize| {
                        let e = Exploitation::ALL[e.min(2)];
                        let (u, t) = (Utility::ALL[u.min(2)], TechnicalImpact::ALL[t.min(1)]);
                        supplier(e, u, t, PublicSafetyImpact::ALL[s.min(1)])
                    };
                    let here = at(e, u, t, s);
                    let more = [
                        at(e + 1, u, t, s),
                        at(e, u + 1, t, s),
                        at(e, u, t + 1, s),
                        at(e, u, t, s + 1),
                    ];
                    assert!(more.iter().all(|one| *one >= here), "{e} {u} {t} {s}");
                }
            }
        }
    }
}

#[test]
fn vectors_lead_to_a_priority_or_to_what_is_still_possible() {
    for (line, case) in kit::cases("ssvc/vectors.txt") {
        let (vector, expect) = case.split_once(" = ").unwrap();
        let found = match parse(vector) {
            Ok(vector) => match (vector.priority(), vector.range()) {
                (Some(priority), _) => priority.as_str().to_owned(),
                (None, (least, most)) => format!("{}..{}", least.as_str(), most.as_str()),
            },
            Err(VectorError::Prefix) => "prefix".into(),
            Err(VectorError::Part(_)) => "part".into(),
            Err(VectorError::Twice(_)) => "twice".into(),
            Err(VectorError::Value { .. }) => "value".into(),
            Err(VectorError::TooLong) => "too long".into(),
        };
        assert_eq!(found, expect, "fixtures/ssvc/vectors.txt:{line}");
    }
    assert_eq!(
        parse(&format!("SSVCv2/{}", "E:A/".repeat(1000))),
        Err(VectorError::TooLong)
    );
}

#[test]
fn utility_follows_from_automation_and_value() {
    let all = [(false, false), (false, true), (true, false), (true, true)];
    let found =
        all.map(|(is_automatable, is_concentrated)| Utility::of(is_automatable, is_concentrated));
    use Utility::{Efficient, Laborious, SuperEffective};
    assert_eq!(found, [Laborious, Efficient, Efficient, SuperEffective]);
}
