//! What is wrong with a command line, in one sentence that says what to do.
//!
//! clap's own text takes several lines; scripts and people that read a log want one.

use super::say::shown;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Longer lists of words are left to the help.
const WORDS_MAX: usize = 12;
const GIVEN_CHARS_MAX: usize = 60;

/// The sentence for an error that is not a request for help.
pub fn sentence(error: &clap::Error, asked: &[String]) -> String {
    let (path, commands) = path_of(asked);
    let what = what(error, &commands);
    let command = path.join(" ");
    format!("{what}; see `{command} --help`.")
}

fn what(error: &clap::Error, commands: &[String]) -> String {
    let arg = word(error, ContextKind::InvalidArg).unwrap_or_else(|| "an argument".into());
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let missing = words(error, ContextKind::InvalidArg);
            format!("Find out and give {}", missing.join(" and "))
        }
        ErrorKind::InvalidValue => invalid_value(error, &arg),
        ErrorKind::ValueValidation => {
            let given = given(error);
            let why = std::error::Error::source(error).map_or_else(String::new, |why| {
                format!(" ({})", shown(&why.to_string()).trim_end_matches('.'))
            });
            format!("Find out the right value of {arg}: {given} is none{why}")
        }
        ErrorKind::UnknownArgument => {
            let meant = nearest(error, ContextKind::SuggestedArg);
            format!("There is no argument {:?} here{meant}", shown(&arg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = word(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let meant = nearest(error, ContextKind::SuggestedSubcommand);
            format!("There is no command {:?} here{meant}", shown(&name))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("Say which command is meant: {}", commands.join(", "))
        }
        ErrorKind::ArgumentConflict => {
            let others = words(error, ContextKind::PriorArg);
            if others.contains(&arg) {
                format!("Give {arg} only once")
            } else {
                format!("Give either {arg} or {}, not both", others.join(" and "))
            }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("Give {arg} as many values as it takes")
        }
        ErrorKind::NoEquals => format!("Write {arg} with an equals sign"),
        ErrorKind::InvalidUtf8 => "Write the arguments in UTF-8".into(),
        _ => first_line(&error.to_string()),
    }
}

fn invalid_value(error: &clap::Error, arg: &str) -> String {
    let valid = words(error, ContextKind::ValidValue);
    let given = given(error);
    if given == "\"\"" && valid.is_empty() {
        return format!("Find out and give the value of {arg}");
    }
    if valid.is_empty() || valid.len() > WORDS_MAX {
        return format!("Find out the right value of {arg}: {given} is none");
    }
    format!(
        "Find out which of {} holds for {arg}: {given} is none of them",
        valid.join(", ")
    )
}

fn given(error: &clap::Error) -> String {
    let given = word(error, ContextKind::InvalidValue).unwrap_or_default();
    let short: String = given.chars().take(GIVEN_CHARS_MAX).collect();
    format!("\"{}\"", shown(&short))
}

fn nearest(error: &clap::Error, kind: ContextKind) -> String {
    match words(error, kind).first() {
        Some(meant) => format!(", but there is {meant}"),
        None => String::new(),
    }
}

fn word(error: &clap::Error, kind: ContextKind) -> Option<String> {
    words(error, kind).into_iter().next()
}

fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    shown(line.trim_start_matches("error: ").trim_end_matches('.'))
}

/// `bonafide law penalty`: the deepest command that was named, and the commands below it.
fn path_of(asked: &[String]) -> (Vec<String>, Vec<String>) {
    let root = super::command();
    let mut path = vec![root.get_name().to_owned()];
    let mut here = &root;
    for word in asked.iter().skip(1) {
        let Some(found) = here.find_subcommand(word) else {
            if word.starts_with('-') {
                continue;
            }
            break;
        };
        path.push(found.get_name().to_owned());
        here = found;
    }
    let below = here.get_subcommands().map(|command| command.get_name());
    let below = below.filter(|name| *name != "help").map(str::to_owned);
    (path, below.collect())
}
