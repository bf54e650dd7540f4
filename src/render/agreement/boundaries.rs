//! Agreement on boundaries: one table a text, with what each measure has to be printed with.

use serde_json::{Value as Json, json};

use super::{AgreementReport, figure};
use crate::analysis::agreement::{About, Group, Parameters, Row};
use crate::msg;
use crate::render::grid::{Grid, Value};
use crate::render::number;
use crate::stats::gamma::Settings;
use crate::words::{self, Language};

/// What people are told of the cuts that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// What boundaries are counted in.
    pub places: Places,
    /// Texts that not all coders cut.
    pub left_out: Vec<String>,
}

/// What boundaries are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// The characters of the transcript's paragraphs, one after the other.
    Characters,
    /// Whole paragraphs.
    Paragraphs,
    /// Whatever `start` and `end` of the files count.
    Counted,
}

impl Places {
    /// The word in machine formats.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Paragraphs => "paragraphs",
            Self::Counted => "counted",
        }
    }
}

impl AgreementReport {
    /// The table of one text.
    pub(super) fn boundaries(&self, group: &Group, language: Language) -> Grid {
        let word = |key| words::word(key, language);
        let mut grid = Grid::new(&[
            &word("agree.column.measure"),
            &word("agree.column.about"),
            &word("agree.column.value"),
            &word("agree.column.made"),
        ]);
        let name = group.name.as_deref().unwrap_or_default();
        let title = msg!("boundaries.table", name = name, length = group.units);
        grid.title = words::say(&title, language);
        for row in &group.rows {
            grid.rows.push(vec![
                Value::id(row.measure),
                Value::Id(about(row, language)),
                figure(row, language),
                Value::Id(row.parameters.as_ref().map(made).unwrap_or_default()),
            ]);
        }
        grid
    }

    /// What people are told beneath.
    pub(super) fn notes_of_cuts(&self, cuts: &Cuts, language: Language) -> Vec<String> {
        let mut notes = vec![words::word(
            match cuts.places {
                Places::Characters => "boundaries.note.characters",
                Places::Paragraphs => "boundaries.note.paragraphs",
                Places::Counted => "boundaries.note.counted",
            },
            language,
        )];
        if !cuts.left_out.is_empty() {
            let left_out = cuts.left_out.join(", ");
            notes.push(words::say(&msg!("boundaries.note.left_out", names = left_out), language));
        }
        notes.push(words::word("boundaries.note.errors", language));
        notes
    }
}

fn about(row: &Row, language: Language) -> String {
    match &row.about {
        About::Reference(coder) => {
            words::say(&msg!("boundaries.reference", coder = coder), language)
        }
        About::Text => String::new(),
        about => about.name().to_owned(),
    }
}

/// What a figure is made with, in one form that programs can rely on.
pub(super) fn made(parameters: &Parameters) -> String {
    match parameters {
        Parameters::Window(window) => format!("window {window}"),
        Parameters::Gamma(settings, sampling_error) => {
            let Settings { position, category, unaligned, samples, seed } = settings;
            let made = format!(
                "alpha {position}, beta {category}, delta {unaligned}, {samples} random continua, seed {seed}"
            );
            match sampling_error {
                Some(error) => format!("{made}, sampling error {}", number::shown(*error)),
                None => made,
            }
        }
    }
}

/// The same for JSON.
pub(super) fn json_of(parameters: &Parameters) -> Json {
    match parameters {
        Parameters::Window(window) => json!({ "window": window }),
        Parameters::Gamma(settings, sampling_error) => json!({
            "alpha": settings.position,
            "beta": settings.category,
            "delta": settings.unaligned,
            "samples": settings.samples,
            "seed": settings.seed,
            "sampling_error": sampling_error,
        }),
    }
}
