//! Secrets that are shown once: made from the system's randomness, kept only as digests.

use crate::blobs::hex;
use crate::time::Entropy;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// 32 signs without look-alikes, so that each carries exactly five bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 40 signs are 200 bits.
const SECRET_CHARS: usize = 40;

/// A secret for a link, a session or a token: 200 random bits.
pub fn fresh(entropy: &Entropy) -> String {
    signs::<SECRET_CHARS>(entropy)
}

/// Random signs that are safe in an address, a header and a file name.
pub fn signs<const N: usize>(entropy: &Entropy) -> String {
    entropy
        .bytes::<N>()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// What is stored of a secret. Its 200 bits need no slow hash.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether a secret is the one behind a digest, in constant time.
pub fn fits(secret: &str, stored: &str) -> bool {
    digest(secret).as_bytes().ct_eq(stored.as_bytes()).into()
}
