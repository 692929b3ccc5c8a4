//! What a pasted text means.

/// The name of a vulnerability, if the text is one, spelled as the sources spell it: found in
/// the middle of pasted text too.
pub fn vulnerability_name(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.len() <= 64)
        .find_map(|word| {
            let upper = word.to_ascii_uppercase();
            let (kind, rest) = upper.split_once('-')?;
            match kind {
                "CVE" | "EUVD" if is_year_and_number(rest) => Some(upper),
                // GitHub's own are written in lower case after the prefix.
                "GHSA" if rest.len() == 14 => Some(format!("GHSA-{}", rest.to_ascii_lowercase())),
                "RUSTSEC" | "PYSEC" | "GO" if is_year_and_number(rest) => Some(upper),
                _ => None,
            }
        })
}

fn is_year_and_number(rest: &str) -> bool {
    rest.split_once('-').is_some_and(|(year, number)| {
        year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && (1..=19).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}
