//! How sure a statement is. Shown beside every answer, never hidden or rounded up.

use crate::words::words;

words! {
    /// Where a statement was read, the surest first; the order of the variants is the order of
    /// certainty.
    pub enum Certainty {
        /// Read in the text of the binding act.
        Verified = "verified",
        /// Read in official guidance that does not bind: the Commission's, ENISA's, an authority's.
        Guidance = "guidance",
        /// Read in another source that reports it, not checked at the origin.
        Secondary = "secondary",
        /// Our own reading of the law; a court or an authority may read it differently.
        Interpretation = "interpretation",
        /// General knowledge that nobody has looked up yet.
        Unverified = "unverified",
    }
}

impl Certainty {
    /// The certainty of a statement that rests on both: the weaker of the two.
    pub fn and(self, other: Certainty) -> Certainty {
        self.max(other)
    }
}
