//! The mutator: same seed and corpus, same inputs.

/// Pieces that formats are made of, and numbers at the edges of types.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "1e999",
    "-0",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\u{0}",
    "é",
    "İ",
    "\u{301}",
    "{\"a\":",
    "[[[[",
    "\"\"",
    "<a>",
    "</a>",
    "<!--",
    "]]>",
    "&#x0;",
    "<!DOCTYPE a [",
    "- ",
    "\n",
    "\t",
    "&a",
    "*a",
    "!!",
    "%",
    "%2",
    "%00",
    "%ff",
    "/",
    "//",
    "@",
    "?",
    "#",
    "=",
    "|",
    "*",
    "<",
    ">",
    "!=",
    "~",
    "^",
    "+",
    "-",
    ".",
    "..",
    "_",
    "0",
    "00",
    "9",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "alpha",
    "rc1",
    "-SNAPSHOT",
    "-r1",
    "~deb12u1",
    "+esm1",
    "1!",
    "dev-",
    "v",
    "go1",
];

/// Damages inputs of a corpus.
pub struct Mutator<'a> {
    state: u64,
    corpus: &'a [Vec<u8>],
}

impl<'a> Mutator<'a> {
    pub fn new(seed: u64, corpus: &'a [Vec<u8>]) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            corpus,
        }
    }

    /// The next input: a seed with one to eight damages.
    pub fn next(&mut self, bytes_max: usize) -> Vec<u8> {
        let mut input = self.seed();
        for _ in 0..=self.below(8) {
            self.damage(&mut input);
        }
        input.truncate(bytes_max);
        input
    }

    /// Xorshift64*: enough for choosing, and the same everywhere.
    fn random(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from((self.random() >> 11) % end).unwrap()
    }

    fn seed(&mut self) -> Vec<u8> {
        let at = self.below(self.corpus.len());
        self.corpus[at].clone()
    }

    fn damage(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = (at + 1 + self.below(40)).min(input.len());
        match self.below(9) {
            0 if at < input.len() => input[at] = self.random().to_le_bytes()[7],
            1 if at < input.len() => input[at] ^= 1 << self.below(8),
            2 => drop(input.drain(at.min(end)..end)),
            3 => {
                let piece = input[at.min(end)..end].to_vec();
                let times = 1 + self.below(6);
                drop(input.splice(at..at, piece.repeat(times)));
            }
            4 => input.truncate(at),
            5 => {
                // A piece of another seed.
                let other = self.seed();
                let from = self.below(other.len() + 1);
                let to = (from + self.below(120)).min(other.len());
                drop(input.splice(at..at, other[from..to].to_vec()));
            }
            6 => {
                let token = TOKENS[self.below(TOKENS.len())];
                let end = (at + self.below(12)).min(input.len());
                drop(input.splice(at.min(end)..end, token.bytes()));
            }
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                let times = if self.below(20) == 0 { 60 } else { 1 };
                drop(input.splice(at..at, token.repeat(times).into_bytes()));
            }
        }
    }
}
