//! The exposure matrix: flaws or products down, releases across, one glyph a cell. State is word
//! and shape, never tone alone; the page beside it shows the same as a table.

/// A matrix on its way to a page; `charts/exposure.html` draws it.
#[derive(Debug, Clone, Default)]
pub struct Exposure {
    /// What a screen reader says the picture is.
    pub title: String,
    /// The same in a sentence, with the numbers.
    pub description: String,
    pub rows: Vec<Row>,
    pub width: usize,
    pub height: usize,
}

/// One line of cells.
#[derive(Debug, Clone)]
pub struct Row {
    pub label: String,
    pub href: String,
    /// Where the label's base line lies.
    pub y: usize,
    pub cells: Vec<Cell>,
}

/// One release.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The release, shortened to fit.
    pub label: String,
    /// Everything in words: product, release, state.
    pub words: String,
    /// `affected`, `not_affected`, … as the page's vocabulary has it.
    pub glyph: &'static str,
    /// The colour class of the picture; the shape says the same.
    pub tone: &'static str,
    pub href: String,
    pub x: usize,
    pub y: usize,
    pub box_x: usize,
    pub box_y: usize,
    pub label_y: usize,
}

/// What a cell says, before it has a place.
#[derive(Debug, Clone)]
pub struct State {
    pub label: String,
    pub words: String,
    pub state: &'static str,
    pub href: String,
}

const LABEL_WIDTH: usize = 180;
const CELL_WIDTH: usize = 76;
const CELL_HEIGHT: usize = 52;
/// Cells beside each other before a line breaks; the rest goes on below.
const CELLS_PER_LINE: usize = 12;
const LABEL_CHARS: usize = 11;
const NAME_CHARS: usize = 26;

impl Exposure {
    /// Lays out rows of (label, address, cells).
    pub fn of(title: String, description: String, rows: Vec<(String, String, Vec<State>)>) -> Self {
        let mut laid = Vec::new();
        let (mut top, mut widest) = (0, 0);
        for (label, href, states) in rows {
            let lines = states.len().div_ceil(CELLS_PER_LINE).max(1);
            widest = widest.max(states.len().min(CELLS_PER_LINE));
            let cells = states
                .into_iter()
                .enumerate()
                .map(|(index, state)| {
                    let (line, column) = (index / CELLS_PER_LINE, index % CELLS_PER_LINE);
                    let (left, upper) =
                        (LABEL_WIDTH + column * CELL_WIDTH, top + line * CELL_HEIGHT);
                    cell(state, left, upper)
                })
                .collect();
            laid.push(Row {
                label: shortened(&label, NAME_CHARS),
                href,
                y: top + 24,
                cells,
            });
            top += lines * CELL_HEIGHT;
        }
        Self {
            title,
            description,
            rows: laid,
            width: LABEL_WIDTH + widest * CELL_WIDTH,
            height: top,
        }
    }
}

fn cell(state: State, left: usize, upper: usize) -> Cell {
    Cell {
        label: shortened(&state.label, LABEL_CHARS),
        words: state.words,
        glyph: glyph(state.state),
        tone: tone(state.state),
        href: state.href,
        x: left + CELL_WIDTH / 2,
        y: upper + 24,
        box_x: left + 3,
        box_y: upper + 3,
        label_y: upper + 42,
    }
}

/// The shape of a state.
pub fn glyph(state: &str) -> &'static str {
    match state {
        "affected" => "●",
        "under_investigation" => "◔",
        "not_assessed" => "○",
        "not_affected" => "◇",
        "fixed" => "✓",
        "not_found" => "–",
        _ => "?",
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "affected" => "affected",
        "under_investigation" | "not_assessed" | "unknown" => "watching",
        "fixed" => "fixed",
        _ => "plain",
    }
}

fn shortened(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(chars.saturating_sub(1)).collect();
    short.push('…');
    short
}
