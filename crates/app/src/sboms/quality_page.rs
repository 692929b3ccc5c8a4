//! What three guidelines find in one SBOM, on a page: read from the archived original when
//! somebody asks, at a place of [`Parsers`], and kept nowhere.

use super::pages::of_id;
use super::parsers::Parsers;
use super::{SbomRow, quality, read_original};
use crate::accounts::Caller;
use crate::ids::SbomId;
use crate::releases::Release;
use crate::web::answer::{Answer, html};
use crate::web::words::Lang;
use crate::web::{App, Visit, route};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use bonafide_engine::quality::{Check, Profile, Verdict};

/// Places of one check shown; the JSON of `bonafide sbom check` has more.
const PLACES_SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "sboms/quality.html")]
struct QualityPage {
    page: Visit,
    release: Release,
    sbom: SbomRow,
    profiles: Vec<ProfilePart>,
}

/// One guideline.
struct ProfilePart {
    code: &'static str,
    name: String,
    has_components: bool,
    is_valid: bool,
    failing: usize,
    /// Why readings are not certain, each once.
    unsure: Vec<String>,
    /// Checks with something to say.
    checks: Vec<CheckPart>,
}

/// A check that found something.
struct CheckPart {
    code: &'static str,
    citation: &'static str,
    what: String,
    fix: String,
    level: String,
    state: String,
    /// The look of the state, as `assets/app.css` knows it, and its sign.
    class: &'static str,
    glyph: &'static str,
    is_unsure: bool,
    places: Vec<PlacePart>,
    more: usize,
}

struct PlacePart {
    place: String,
    component: String,
    message: String,
}

impl ProfilePart {
    fn of(lang: Lang, verdict: &Verdict) -> Self {
        let mut unsure: Vec<String> = Vec::new();
        for check in &verdict.checks {
            let why = quality::unsure(lang, check);
            unsure.extend(why.filter(|why| !unsure.contains(why)));
        }
        let telling = verdict.checks.iter();
        let telling = telling.filter(|check| !check.failures.is_empty());
        Self {
            code: verdict.profile.as_str(),
            name: quality::profile_name(lang, verdict.profile),
            has_components: verdict.components > 0,
            is_valid: verdict.is_valid,
            failing: verdict.failing().count(),
            unsure,
            checks: telling.map(|check| CheckPart::of(lang, check)).collect(),
        }
    }
}

impl CheckPart {
    fn of(lang: Lang, check: &Check) -> Self {
        let shown = check.failures.iter().take(PLACES_SHOWN);
        let places = shown.map(|failure| PlacePart {
            place: failure.place.clone(),
            component: match (&failure.component, &failure.version) {
                (Some(name), Some(version)) => format!("{name} {version}"),
                (Some(name), None) => name.clone(),
                (None, _) => lang.t("quality-document"),
            },
            message: quality::message(lang, check, failure),
        });
        let (class, glyph) = if check.is_satisfied() {
            ("unknown", "?")
        } else {
            ("affected", "●")
        };
        let level = quality::level_code(check.level);
        let state = quality::state_code(check.state);
        Self {
            code: check.code,
            citation: check.citation,
            what: quality::what(lang, check),
            fix: quality::fix(lang, check),
            level: lang.t(&format!("quality-level-{level}")),
            state: lang.t(&format!("quality-state-{state}")),
            class,
            glyph,
            is_unsure: check.unsure.is_some(),
            places: places.collect(),
            more: check.total().saturating_sub(PLACES_SHOWN),
        }
    }
}

/// The page.
pub async fn get_quality(
    State(app): State<App>,
    Extension(parsers): Extension<Parsers>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: SbomId = route::id(&id)?;
    let (sbom, release) = app.db.read(move |tx| of_id(tx, &caller, id)).await?;
    let (row, blobs) = (sbom.clone(), app.blobs.clone());
    let verdicts = parsers
        .run(move || quality::judge(&read_original(&blobs, &row)?, &Profile::ALL))
        .await?;
    let parts = verdicts
        .iter()
        .map(|verdict| ProfilePart::of(page.lang, verdict));
    html(&QualityPage {
        profiles: parts.collect(),
        page,
        release,
        sbom,
    })
}
