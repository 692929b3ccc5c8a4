//! The layer above the file: `BONAFIDE_*`. Secrets have a `…_FILE` twin for mounted secrets.

use super::{EgressRules, Env, Fault, FeedSources, Secret, Smtp, submission_port, tls};
use std::path::PathBuf;
use std::str::FromStr;

/// A variable's value, if it is set; `what` says what it must be.
pub fn read<T: FromStr>(env: Env, name: &str, what: &str) -> Result<Option<T>, Fault> {
    let Some(text) = env(name) else {
        return Ok(None);
    };
    match text.trim().parse() {
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(Fault::new(format!(
            "{name} must be {what}, and {text:?} is not"
        ))),
    }
}

/// A variable that holds several values with commas between them.
pub fn list<T: FromStr>(env: Env, name: &str, what: &str) -> Result<Option<Vec<T>>, Fault> {
    let Some(text) = env(name) else {
        return Ok(None);
    };
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let read = parts.map(|part| {
        part.parse().map_err(|_| {
            let what = format!("{what} with commas between them");
            Fault::new(format!("{name} must be {what}, and {part:?} is none"))
        })
    });
    read.collect::<Result<_, _>>().map(Some)
}

/// A secret: `NAME`, the file that `NAME_FILE` names, the file's own value, the file it names.
pub fn secret(
    env: Env,
    name: &str,
    value: Option<String>,
    file: Option<PathBuf>,
) -> Result<Option<String>, Fault> {
    if let Some(text) = env(name) {
        return Ok(Some(text));
    }
    let from_env = env(&format!("{name}_FILE")).map(PathBuf::from);
    if from_env.is_none() && value.is_some() {
        return Ok(value);
    }
    let Some(path) = from_env.or(file) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let place = path.display();
        Fault::new(format!("the secret in {place} cannot be read: {error}"))
    })?;
    Ok(Some(text.trim_end().to_owned()))
}

/// The mail server: each variable wins over its key in the file.
pub fn smtp(file: Option<Smtp>, env: Env) -> Result<Option<Smtp>, Fault> {
    let Some(host) = env("BONAFIDE_SMTP_HOST").or_else(|| file.as_ref().map(|s| s.host.clone()))
    else {
        return Ok(None);
    };
    let mut smtp = file.unwrap_or_else(|| Smtp {
        host: String::new(),
        port: submission_port(),
        user: None,
        password_file: None,
        password: None,
        security: tls(),
    });
    smtp.host = host;
    smtp.port = read(env, "BONAFIDE_SMTP_PORT", "a port")?.unwrap_or(smtp.port);
    smtp.user = env("BONAFIDE_SMTP_USER").or(smtp.user);
    smtp.security = env("BONAFIDE_SMTP_SECURITY").unwrap_or(smtp.security);
    if !["tls", "starttls", "none"].contains(&smtp.security.as_str()) {
        let given = &smtp.security;
        return Err(Fault::new(format!(
            "the mail server's security is tls, starttls or none, and {given:?} is none of them"
        )));
    }
    let password = secret(
        env,
        "BONAFIDE_SMTP_PASSWORD",
        None,
        smtp.password_file.clone(),
    )?;
    smtp.password = password.map(Secret);
    Ok(Some(smtp))
}

/// Hosts that the variable names are allowed beside those in the file.
pub fn egress(mut rules: EgressRules, env: Env) -> EgressRules {
    if let Some(list) = env("BONAFIDE_EGRESS_ALLOW_PRIVATE") {
        let hosts = list
            .split(',')
            .map(str::trim)
            .filter(|host| !host.is_empty());
        rules.allow_private.extend(hosts.map(str::to_owned));
    }
    rules
}

/// Where feeds come from: each variable wins over its key in the file.
pub fn feeds(mut feeds: FeedSources, env: Env) -> Result<FeedSources, Fault> {
    let sources = [
        ("BONAFIDE_FEEDS_OSV", &mut feeds.osv),
        ("BONAFIDE_FEEDS_CISA_KEV", &mut feeds.cisa_kev),
        ("BONAFIDE_FEEDS_EUVD_KEV", &mut feeds.euvd_kev),
        ("BONAFIDE_FEEDS_EPSS", &mut feeds.epss),
    ];
    for (name, source) in sources {
        if let Some(url) = env(name) {
            *source = url;
        }
    }
    let hours = read(env, "BONAFIDE_FEEDS_EVERY_HOURS", "a number of hours")?;
    feeds.every_hours = hours.unwrap_or(feeds.every_hours);
    let names = list(env, "BONAFIDE_FEEDS_OSV_ECOSYSTEMS", "names of ecosystems")?;
    feeds.osv_ecosystems = names.unwrap_or(feeds.osv_ecosystems);
    Ok(feeds)
}
