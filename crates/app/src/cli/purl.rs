//! `bonafide purl`: package URLs, read by ECMA-427 and the rules of their types.

use super::say::{say, shown, tell};
use super::{exit, lines};
use bonafide_engine::purl::Purl;
use serde_json::{Value, json};
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum PurlCommand {
    /// Take a package URL apart and say how it is written canonically.
    #[command(
        after_help = "Examples:\n  bonafide purl parse pkg:npm/%40babel/core@7.0.0 --json\n  \
            jq -r '.components[].purl' sbom.json | bonafide purl parse - --json\n\n\
            Without --json the canonical text is printed. Exit codes: 0 all could be read, 3 one could not."
    )]
    Parse(ParseArgs),
}

/// What `parse` takes.
#[derive(clap::Args, Debug)]
pub struct ParseArgs {
    /// The package URL; - reads one a line from stdin.
    #[arg(value_name = "PURL", allow_hyphen_values = true)]
    purl: String,
    /// Answer in JSON, one object a line.
    #[arg(long)]
    json: bool,
}

/// Does what was asked.
pub fn run(command: PurlCommand) -> ExitCode {
    match command {
        PurlCommand::Parse(args) => parse(&args),
    }
}

fn parse(args: &ParseArgs) -> ExitCode {
    let mut refused = 0_u64;
    let code = if args.purl == "-" {
        lines::answer_all(|line| {
            let read = line.ok_or(UNREADABLE).and_then(read);
            refused += u64::from(read.is_err());
            written(&read, args.json, line.unwrap_or_default())
        })
    } else {
        let read = read(&args.purl);
        refused += u64::from(read.is_err());
        say!("{}", written(&read, args.json, &args.purl));
        if let Err(wrong) = &read {
            tell!("{}.", shown(&wrong.message));
        }
        ExitCode::SUCCESS
    };
    if refused > 0 && code == ExitCode::SUCCESS {
        return ExitCode::from(exit::REJECTED);
    }
    code
}

struct Wrong {
    code: &'static str,
    message: std::borrow::Cow<'static, str>,
}

const UNREADABLE: Wrong = Wrong {
    code: "line-unreadable",
    message: std::borrow::Cow::Borrowed("the line is too long or not UTF-8"),
};

/// Stricter than for SBOMs, which are read although a part that the type asks for is missing.
fn read(text: &str) -> Result<Purl, Wrong> {
    let purl = Purl::parse(text).map_err(|error| Wrong {
        code: error.code(),
        message: error.to_string().into(),
    })?;
    match purl.violation() {
        None => Ok(purl),
        Some(code) => Err(Wrong {
            code,
            message: format!(
                "the definition of the type {:?} is broken: {}",
                purl.ty,
                code.trim_start_matches("purl-").replace('-', " ")
            )
            .into(),
        }),
    }
}

fn written(read: &Result<Purl, Wrong>, as_json: bool, asked: &str) -> String {
    match read {
        Ok(purl) if as_json => in_json(purl).to_string(),
        Ok(purl) => purl.canonical(),
        Err(wrong) if as_json => json!({
            "error": wrong.code,
            "message": wrong.message,
            "input": asked,
        })
        .to_string(),
        Err(wrong) => format!("? {}", wrong.code),
    }
}

fn in_json(purl: &Purl) -> Value {
    let qualifiers = (!purl.qualifiers.is_empty()).then_some(&purl.qualifiers);
    json!({
        "type": purl.ty,
        "namespace": purl.namespace,
        "name": purl.name,
        "version": purl.version,
        "qualifiers": qualifiers,
        "subpath": purl.subpath,
        "canonical": purl.canonical(),
    })
}
