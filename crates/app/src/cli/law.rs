//! `bonafide law`: what the Regulation says, for people and, with `--json`, for scripts.
//!
//! Reads no database, no clock and no network; the only file it opens is the one named by
//! `--holidays`. A question that cannot be answered is refused: exit code 2 and one sentence on
//! standard error that says what to find out.

mod print;
mod read;

use super::exit;
use super::say::{shown, tell};
use bonafide_law::deadlines::{self, Kind};
use bonafide_law::form::Form;
use bonafide_law::penalties::{self, Provision, Role, Size};
use bonafide_law::roles::{self, Actor};
use bonafide_law::routes::{self, HarmonisedStandard};
use bonafide_law::{
    Refusal, categories::Category, coordinators, data, modification, retention, timeline, zones,
};
use clap::ArgAction;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use read::{day, euros, holidays, instant, optional};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

/// Ask what the Cyber Resilience Act says; every answer carries its citation and how sure it is
#[derive(Debug, clap::Args)]
pub struct LawArgs {
    #[command(subcommand)]
    question: Question,
    /// Print the answer as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Question {
    /// When the reports of Article 14 are due
    #[command(
        after_help = "Example:\n  bonafide law deadlines --kind actively-exploited-vulnerability --aware-at 2026-09-14T10:00:00Z --zone Europe/Berlin"
    )]
    Deadlines(DeadlinesArgs),
    /// Which CSIRT a notification goes to (14(7)); two-letter country codes
    #[command(after_help = "Example:\n  bonafide law coordinator --main-establishment DE")]
    Coordinator(CoordinatorArgs),
    /// Which conformity assessment procedures suffice alone (32)
    #[command(
        after_help = "Example:\n  bonafide law routes --category important-class-1 --harmonised-standard full"
    )]
    Routes(RoutesArgs),
    /// How long documents and updates must be kept (13(9), 13(13), 13(18))
    #[command(
        after_help = "Example:\n  bonafide law retention --placed-on 2028-01-31 --support-ends-on 2033-01-31"
    )]
    Retention(RetentionArgs),
    /// What Article 64 says about a breach of a provision
    #[command(
        after_help = "Example:\n  bonafide law penalty --provision \"14(2)(b)\" --turnover-eur 40000000 --size medium --role manufacturer"
    )]
    Penalty(PenaltyArgs),
    /// Whether someone becomes a manufacturer (3(13), 21, 22)
    #[command(after_help = "Example:\n  bonafide law role --actor importer --own-brand")]
    Role(RoleArgs),
    /// Whether a change is a substantial modification (3(30)), and what follows
    #[command(
        after_help = "Example:\n  bonafide law modification --affects-annex-1-part-1 no --changes-intended-purpose yes"
    )]
    Modification(ModificationArgs),
    /// From when what applies (69 to 71)
    #[command(after_help = "Example:\n  bonafide law timeline")]
    Timeline,
    /// Which data the answers rest on, and of which day they are
    #[command(after_help = "Example:\n  bonafide law sources --json")]
    Sources,
}

#[derive(Debug, clap::Args)]
struct DeadlinesArgs {
    /// What is reported
    #[arg(long, value_parser = word::<Kind>(Kind::ALL.iter().map(|word| word.as_str())))]
    kind: Kind,
    /// When the manufacturer became aware, as in 2026-09-14T10:00:00Z
    #[arg(long, value_name = "T")]
    aware_at: String,
    /// When a corrective or mitigating measure became available
    #[arg(long, value_name = "T")]
    measure_available_at: Option<String>,
    /// When the incident notification was submitted
    #[arg(long, value_name = "T")]
    notification_submitted_at: Option<String>,
    /// Zone of the coordinator's Member State, as in Europe/Berlin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
    /// Public holidays there, one ISO date a line
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct CoordinatorArgs {
    /// Where decisions on the cybersecurity of the products are predominantly taken
    #[arg(long, value_name = "CC")]
    main_establishment: Option<String>,
    /// Where the establishment with the most employees in the Union is
    #[arg(long, value_name = "CC")]
    most_employees: Option<String>,
    /// The authorised representative for the highest number of products
    #[arg(long, value_name = "CC")]
    representative: Option<String>,
    /// The importer of the highest number of products
    #[arg(long, value_name = "CC")]
    importer: Option<String>,
    /// The distributor of the highest number of products
    #[arg(long, value_name = "CC")]
    distributor: Option<String>,
    /// Where most users are
    #[arg(long, value_name = "CC")]
    most_users: Option<String>,
}

#[derive(Debug, clap::Args)]
struct RoutesArgs {
    /// What Annexes III and IV and the product's core functionality make it
    #[arg(long, value_parser = word::<Category>(Category::ALL.iter().map(|word| word.as_str())))]
    category: Category,
    /// How far a cited harmonised standard is applied; without it, today's data decide
    #[arg(long, value_parser = word::<HarmonisedStandard>(HarmonisedStandard::ALL.iter().map(|word| word.as_str())))]
    harmonised_standard: Option<HarmonisedStandard>,
    /// Free and open-source software whose technical documentation is public (32(5))
    #[arg(long)]
    open_source_with_public_documentation: bool,
}

#[derive(Debug, clap::Args)]
struct RetentionArgs {
    /// The day the (last) unit was placed on the market
    #[arg(long, value_name = "D")]
    placed_on: String,
    /// The last day of the support period
    #[arg(long, value_name = "D")]
    support_ends_on: String,
    /// The day a security update was issued
    #[arg(long, value_name = "D")]
    update_issued_on: Option<String>,
}

#[derive(Debug, clap::Args)]
struct PenaltyArgs {
    /// As in 14(2)(a), 30(2), annex-1; 64(4) for misleading information
    #[arg(long)]
    provision: String,
    /// Worldwide annual turnover of the preceding financial year, in whole euros
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    turnover_eur: Option<String>,
    /// Size by Recommendation 2003/361/EC, linked and partner enterprises counted
    #[arg(long, value_parser = word::<Size>(Size::ALL.iter().map(|word| word.as_str())))]
    size: Size,
    /// In which role the provision was breached
    #[arg(long, value_parser = word::<Role>(Role::ALL.iter().map(|word| word.as_str())))]
    role: Role,
    /// The offender is no undertaking, so turnover does not count
    #[arg(long)]
    not_an_undertaking: bool,
    /// The day asked about
    #[arg(long, value_name = "D")]
    on: Option<String>,
}

#[derive(Debug, clap::Args)]
struct RoleArgs {
    /// What the person asked about is without the facts below
    #[arg(long, value_parser = word::<Actor>(Actor::ALL.iter().map(|word| word.as_str())))]
    actor: Actor,
    /// Markets the product under its own name or trade mark
    #[arg(long)]
    own_brand: bool,
    /// Carries out a substantial modification
    #[arg(long)]
    substantial_modification: bool,
    /// Makes the modified product available on the market
    #[arg(long)]
    makes_available: bool,
    /// The modification affects the cybersecurity of the product as a whole
    #[arg(long)]
    whole_product_affected: bool,
}

#[derive(Debug, clap::Args)]
struct ModificationArgs {
    /// The change affects compliance with Annex I Part I
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no(), action = ArgAction::Set)]
    affects_annex_1_part_1: bool,
    /// The change alters the intended purpose the product was assessed for
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no(), action = ArgAction::Set)]
    changes_intended_purpose: bool,
}

/// Answers one question on standard output, or refuses it.
pub fn run(args: LawArgs) -> ExitCode {
    let text = match answer(args.question, args.json) {
        Ok(text) => text,
        Err(sentence) => {
            tell!("{}", shown(&sentence));
            return ExitCode::from(exit::USAGE);
        }
    };
    super::say::text(&text);
    ExitCode::SUCCESS
}

/// The text to print, or the sentence that refuses.
fn answer(question: Question, json: bool) -> Result<String, String> {
    match question {
        Question::Deadlines(args) => ask_deadlines(args, json),
        Question::Coordinator(args) => {
            let facts = coordinators::Facts {
                main_establishment: args.main_establishment,
                most_employees: args.most_employees,
                representative: args.representative,
                importer: args.importer,
                distributor: args.distributor,
                most_users: args.most_users,
            };
            let answer = coordinators::coordinator_for(&facts).map_err(sentence)?;
            Ok(render(&answer, json, print::coordinator))
        }
        Question::Routes(args) => {
            let answer = routes::routes_for(&routes::Question {
                category: args.category,
                harmonised_standard: args.harmonised_standard,
                open_source_with_public_documentation: args.open_source_with_public_documentation,
            });
            Ok(render(&answer, json, print::routes))
        }
        Question::Retention(args) => {
            let answer = retention::retention_of(&retention::Question {
                placed_on: day("--placed-on", &args.placed_on)?,
                support_ends_on: day("--support-ends-on", &args.support_ends_on)?,
                update_issued_on: optional(args.update_issued_on, "--update-issued-on", day)?,
            })
            .map_err(sentence)?;
            Ok(render(&answer, json, print::retention))
        }
        Question::Penalty(args) => ask_penalty(args, json),
        Question::Role(args) => {
            let answer = roles::role_of(&roles::Question {
                actor: args.actor,
                own_brand: args.own_brand,
                substantial_modification: args.substantial_modification,
                makes_available: args.makes_available,
                whole_product_affected: args.whole_product_affected,
            });
            Ok(render(&answer, json, print::role))
        }
        Question::Modification(args) => {
            let answer = modification::modification_of(&modification::Question {
                affects_annex_1_part_1: args.affects_annex_1_part_1,
                changes_intended_purpose: args.changes_intended_purpose,
            });
            Ok(render(&answer, json, print::modification))
        }
        Question::Timeline => Ok(render(&timeline::timeline(), json, print::timeline)),
        Question::Sources => {
            let sources = Sources {
                form: &Form::current().version,
                files: data::files(),
            };
            Ok(render(&sources, json, print::sources))
        }
    }
}

/// What the answers rest on.
#[derive(Serialize)]
struct Sources {
    /// Version of the form of ENISA's platform.
    form: &'static str,
    files: Vec<data::DataFile>,
}

fn ask_deadlines(args: DeadlinesArgs, json: bool) -> Result<String, String> {
    let free_days = args
        .holidays
        .as_deref()
        .map(holidays)
        .transpose()?
        .unwrap_or_default();
    let zone = zones::named(&args.zone).map_err(sentence)?;
    let answer = deadlines::deadlines_of(&deadlines::Question {
        kind: args.kind,
        aware_at: instant("--aware-at", &args.aware_at)?,
        measure_available_at: optional(
            args.measure_available_at,
            "--measure-available-at",
            instant,
        )?,
        notification_submitted_at: optional(
            args.notification_submitted_at,
            "--notification-submitted-at",
            instant,
        )?,
        zone: zone.clone(),
        holidays: &free_days,
    })
    .map_err(sentence)?;
    Ok(render(&answer, json, |answer| {
        print::deadlines(answer, &zone)
    }))
}

fn ask_penalty(args: PenaltyArgs, json: bool) -> Result<String, String> {
    let answer = penalties::penalty_for(&penalties::Question {
        provision: Provision::parse(&args.provision).map_err(sentence)?,
        turnover_eur: optional(args.turnover_eur, "--turnover-eur", euros)?,
        size: args.size,
        role: args.role,
        undertaking: !args.not_an_undertaking,
        on: optional(args.on, "--on", day)?,
    })
    .map_err(sentence)?;
    Ok(render(&answer, json, print::penalty))
}

fn render<T: Serialize>(answer: &T, json: bool, people: impl FnOnce(&T) -> String) -> String {
    if !json {
        return people(answer);
    }
    let mut text = serde_json::to_string_pretty(answer).expect("answers are plain data");
    text.push('\n');
    text
}

fn sentence(refusal: Refusal) -> String {
    refusal.sentence
}

/// A parser for a closed vocabulary; clap lists the words in the help and in its refusal.
fn word<T>(words: impl IntoIterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = bonafide_law::UnknownWord> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|word| word == "yes")
}
