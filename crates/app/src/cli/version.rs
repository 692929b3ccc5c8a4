//! `bonafide version`: how the versions of an ecosystem are ordered.

use super::say::{say, shown, tell};
use super::{exit, lines};
use bonafide_engine::version::{Order, VersionError, order_of};
use std::cmp::Ordering;
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum VersionCommand {
    /// Say which of two versions of an ecosystem is the earlier one: <, = or >.
    #[command(
        disable_version_flag = true,
        after_help = "Examples:\n  bonafide version compare PyPI 1.0rc1 1.0\n  \
            printf '1.0~rc1\\t1.0\\n' | bonafide version compare Debian:12 -\n\n\
            ? stands for \"cannot be compared\". Exit codes: 0 answered (with -, every line has its answer), \n\
            2 the ecosystem is not known, 3 a version cannot be read."
    )]
    Compare(CompareArgs),
}

/// What `compare` takes.
#[derive(clap::Args, Debug)]
pub struct CompareArgs {
    /// As OSV spells it, in any letter case: npm, PyPI, Debian:12, Red Hat …; semver too.
    #[arg(value_name = "ECOSYSTEM")]
    ecosystem: String,
    /// A version; - reads lines of two versions with a tab between them.
    #[arg(value_name = "A", allow_hyphen_values = true)]
    a: String,
    /// The other version.
    #[arg(value_name = "B", allow_hyphen_values = true)]
    b: Option<String>,
}

/// Does what was asked.
pub fn run(command: VersionCommand) -> ExitCode {
    match command {
        VersionCommand::Compare(args) => compare(&args),
    }
}

fn compare(args: &CompareArgs) -> ExitCode {
    let order = if args.ecosystem.trim().eq_ignore_ascii_case("semver") {
        Ok(Order::Semver)
    } else {
        order_of(&args.ecosystem)
    };
    if let Err(VersionError::UnknownEcosystem(name)) = &order {
        tell!(
            "There is no ecosystem {:?} in the OSV schema; names are as in npm, PyPI, Debian:12 or semver.",
            shown(name)
        );
        return ExitCode::from(exit::USAGE);
    }
    match (args.a.as_str(), &args.b) {
        ("-", None) => {
            if let Err(error) = &order {
                tell!("{}.", shown(&error.to_string()));
            }
            lines::answer_all(|line| answer_line(&order, line).to_owned())
        }
        (a, Some(b)) => match signs(&order, a, b) {
            Ok(sign) => {
                say!("{sign}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                say!("?");
                tell!("{}.", shown(&error.to_string()));
                ExitCode::from(exit::REJECTED)
            }
        },
        (_, None) => {
            tell!(
                "Give two versions, or - to read them from stdin; see `bonafide version compare --help`."
            );
            ExitCode::from(exit::USAGE)
        }
    }
}

fn answer_line(order: &Result<Order, VersionError>, line: Option<&str>) -> &'static str {
    let versions = line.and_then(|line| line.split_once('\t'));
    versions
        .and_then(|(a, b)| signs(order, a, b).ok())
        .unwrap_or("?")
}

fn signs(
    order: &Result<Order, VersionError>,
    a: &str,
    b: &str,
) -> Result<&'static str, VersionError> {
    let order = order.as_ref().map_err(Clone::clone)?;
    let (a, b) = (order.parse(a)?, order.parse(b)?);
    Ok(match a.compare(&b).expect("both were read by one order") {
        Ordering::Less => "<",
        Ordering::Equal => "=",
        Ordering::Greater => ">",
    })
}
