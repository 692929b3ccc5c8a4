//! Passwords: long rather than odd (NIST SP 800-63B §3.1.1, OWASP ASVS 5.0 §6.2), hashed with
//! Argon2id. No composition rule, no truncation, paste allowed.

use crate::time::Entropy;
use crate::trouble::{Refusal, Trouble};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash as Phc, Version};

/// At least so many characters.
pub const CHARS_MIN: usize = 15;
/// At most so many characters; far above the 64 that must be possible.
pub const CHARS_MAX: usize = 256;
/// OWASP's recommendation for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// An Argon2id hash in PHC form. Made before a transaction begins: it takes its time on purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

impl PasswordHash {
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks a new password against the rules and hashes it. `context` are words about the person
/// and the organisation that must not make up the password.
pub fn hash_password(
    entropy: &Entropy,
    password: &str,
    context: &[&str],
) -> Result<PasswordHash, Trouble> {
    check(password, context)?;
    let salt = entropy.bytes::<SALT_BYTES>();
    let hash: Phc = hasher()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| anyhow::anyhow!("hash a password: {e}"))?;
    Ok(PasswordHash(hash.to_string()))
}

/// Whether a password fits a hash. Without a hash (nobody of that name) it takes as long and
/// says no.
pub fn fits(password: &str, hash: Option<&PasswordHash>) -> bool {
    static NOBODY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let hash: Phc = hasher()
            .hash_password_with_salt(b"nobody has this password", b"nobody's own salt")
            .expect("a constant password and salt can be hashed");
        hash.to_string()
    });
    // A longer text can never have been accepted, and must not cost more than others.
    let password: String = password.chars().take(CHARS_MAX + 1).collect();
    let text = hash.map_or(NOBODY.as_str(), PasswordHash::as_str);
    let fits = Phc::new(text).is_ok_and(|parsed| {
        hasher()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    });
    fits && hash.is_some()
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("the constants above are within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The words of which no password may be made up, one a line.
const COMMON: &str = include_str!("common_passwords.txt");

fn check(password: &str, context: &[&str]) -> Result<(), Trouble> {
    let chars = password.chars().count();
    if chars < CHARS_MIN {
        let refusal = Refusal::field("password", "password-too-short").with("min", CHARS_MIN);
        return Err(refusal.into());
    }
    if chars > CHARS_MAX {
        let refusal = Refusal::field("password", "password-too-long").with("max", CHARS_MAX);
        return Err(refusal.into());
    }
    if is_guessable(password, context) {
        return Err(Refusal::field("password", "password-guessable").into());
    }
    Ok(())
}

/// Letters and digits of a password that must remain once well-known words, the words of its
/// own context and repetitions are taken out.
const REMAINDER_MIN: usize = 6;
const DIFFERENT_MIN: usize = 6;

fn is_guessable(password: &str, context: &[&str]) -> bool {
    let plain = plain(password);
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < DIFFERENT_MIN || is_a_walk(&plain) {
        return true;
    }
    let mut words: Vec<String> = COMMON.lines().map(|word| word.trim().to_owned()).collect();
    for text in context {
        words.extend(text.split(|c: char| !c.is_alphanumeric()).map(self::plain));
    }
    words.retain(|word| word.chars().count() >= 3);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut rest = plain;
    for word in &words {
        rest = rest.replace(word.as_str(), "");
    }
    // Digits alone (years, counters) add little to words everybody tries.
    let letters = rest.chars().filter(|c| !c.is_ascii_digit()).count();
    rest.chars().count() < REMAINDER_MIN || letters == 0 && rest.chars().count() < CHARS_MIN
}

/// In lower case, with the usual substitutions undone and everything but letters and digits left
/// out.
fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            '@' => Some('a'),
            '$' => Some('s'),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// Whether nearly every sign is the neighbour of the one before it (`abcdef…`, `12345…`).
fn is_a_walk(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let steps = codes
        .windows(2)
        .filter(|pair| pair[0].abs_diff(pair[1]) <= 1)
        .count();
    steps * 4 >= codes.len() * 3
}
