//! The metrics of each CVSS version, and the strict reading of a vector by them.
//!
//! A vector is `NAME:VALUE` between slashes. Every metric stands there at most once with a value
//! its version knows, and every base metric stands there; 4.0 also asks for the order of its table
//! (specification 4.0 §7, 3.1 §6, 2.0 §2.4).

/// A version's metrics in the order of its specification: name, allowed values between blanks.
pub(super) struct Grammar {
    pub metrics: &'static [(&'static str, &'static str)],
    /// The first so many are the base metrics.
    pub base: usize,
    pub in_order: bool,
}

const HLN: &str = "H L N";
const XNLH: &str = "X N L H";
const XHML: &str = "X H M L";

pub(super) const V2: Grammar = Grammar {
    metrics: &[
        ("AV", "L A N"),
        ("AC", "H M L"),
        ("Au", "M S N"),
        ("C", "N P C"),
        ("I", "N P C"),
        ("A", "N P C"),
        ("E", "U POC F H ND"),
        ("RL", "OF TF W U ND"),
        ("RC", "UC UR C ND"),
        ("CDP", "N L LM MH H ND"),
        ("TD", "N L M H ND"),
        ("CR", "L M H ND"),
        ("IR", "L M H ND"),
        ("AR", "L M H ND"),
    ],
    base: 6,
    in_order: false,
};

pub(super) const V3: Grammar = Grammar {
    metrics: &[
        ("AV", "N A L P"),
        ("AC", "L H"),
        ("PR", "N L H"),
        ("UI", "N R"),
        ("S", "U C"),
        ("C", HLN),
        ("I", HLN),
        ("A", HLN),
        ("E", "X H F P U"),
        ("RL", "X U W T O"),
        ("RC", "X C R U"),
        ("CR", XHML),
        ("IR", XHML),
        ("AR", XHML),
        ("MAV", "X N A L P"),
        ("MAC", "X L H"),
        ("MPR", XNLH),
        ("MUI", "X N R"),
        ("MS", "X U C"),
        ("MC", XNLH),
        ("MI", XNLH),
        ("MA", XNLH),
    ],
    base: 8,
    in_order: false,
};

pub(super) const V4: Grammar = Grammar {
    metrics: &[
        ("AV", "N A L P"),
        ("AC", "L H"),
        ("AT", "N P"),
        ("PR", "N L H"),
        ("UI", "N P A"),
        ("VC", HLN),
        ("VI", HLN),
        ("VA", HLN),
        ("SC", HLN),
        ("SI", HLN),
        ("SA", HLN),
        ("E", "X A P U"),
        ("CR", XHML),
        ("IR", XHML),
        ("AR", XHML),
        ("MAV", "X N A L P"),
        ("MAC", "X L H"),
        ("MAT", "X N P"),
        ("MPR", XNLH),
        ("MUI", "X N P A"),
        ("MVC", XNLH),
        ("MVI", XNLH),
        ("MVA", XNLH),
        ("MSC", XNLH),
        ("MSI", "X N L H S"),
        ("MSA", "X N L H S"),
        ("S", "X N P"),
        ("AU", "X N Y"),
        ("R", "X A U I"),
        ("V", "X D C"),
        ("RE", XHML),
        ("U", "X Clear Green Amber Red"),
    ],
    base: 11,
    in_order: true,
};

/// The values of the metrics, in the order of the grammar.
pub(super) struct Values<'a>(Vec<Option<&'a str>>);

impl Grammar {
    /// Reads a vector without its prefix; `None` when anything in it is wrong or missing.
    pub(super) fn read<'a>(&self, text: &'a str) -> Option<Values<'a>> {
        let mut values = vec![None; self.metrics.len()];
        let mut least = 0;
        for part in text.split('/') {
            let (name, value) = part.split_once(':')?;
            let index = self.metrics.iter().position(|(known, _)| *known == name)?;
            let is_known = self.metrics[index].1.split(' ').any(|known| known == value);
            if !is_known || values[index].is_some() || self.in_order && index < least {
                return None;
            }
            least = index;
            values[index] = Some(value);
        }
        let is_complete = values[..self.base].iter().all(Option::is_some);
        is_complete.then_some(Values(values))
    }
}

impl Values<'_> {
    /// The first letter of a base metric's value, by its place in the grammar.
    pub(super) fn letter(&self, index: usize) -> u8 {
        let value = self.0.get(index).copied().flatten();
        value
            .and_then(|value| value.bytes().next())
            .unwrap_or_default()
    }
}
