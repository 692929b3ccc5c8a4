//! `bonafide cvss`: scores of CVSS vectors, 2.0 to 4.0.

use super::say::{say, tell};
use super::{exit, lines};
use bonafide_engine::severity::score;
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum CvssCommand {
    /// Score a vector: the base score for 2.0 and 3.x, the score of the vector as given for 4.0.
    #[command(
        after_help = "Examples:\n  bonafide cvss score CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n  \
            bonafide cvss score - < vectors.txt\n\n\
            \"? invalid\" stands for a bad or incomplete vector. Exit codes: 0 answered (with -, every line \n\
            has its answer), 3 the vector is refused."
    )]
    Score(ScoreArgs),
}

/// What `score` takes.
#[derive(clap::Args, Debug)]
pub struct ScoreArgs {
    /// The vector; - reads one a line from stdin.
    #[arg(value_name = "VECTOR", allow_hyphen_values = true)]
    vector: String,
}

/// Does what was asked.
pub fn run(command: CvssCommand) -> ExitCode {
    match command {
        CvssCommand::Score(args) => score_of(&args),
    }
}

fn score_of(args: &ScoreArgs) -> ExitCode {
    if args.vector == "-" {
        return lines::answer_all(|line| {
            answer(line.unwrap_or_default()).unwrap_or(INVALID.into())
        });
    }
    match answer(&args.vector) {
        Some(answer) => {
            say!("{answer}");
            ExitCode::SUCCESS
        }
        None => {
            say!("{INVALID}");
            tell!(
                "This is no whole CVSS vector of 2.0, 3.0, 3.1 or 4.0: each metric once, with a value \
                 its version knows, and every base metric."
            );
            ExitCode::from(exit::REJECTED)
        }
    }
}

const INVALID: &str = "? invalid";

fn answer(vector: &str) -> Option<String> {
    score(vector.trim()).map(|score| score.to_string())
}
