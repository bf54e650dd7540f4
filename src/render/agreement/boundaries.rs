//! Agreement on boundaries: one table a text, with what each measure has to be printed with.

use serde_json::{Value as Json, json};

use super::tables::page;
use super::{AgreementReport, figure};
use crate::analysis::agreement::{About, Group, Parameters, Row};
use crate::domain::message::Message;
use crate::msg;
use crate::render::document::{Note, Table, Value};
use crate::render::number;
use crate::stats::gamma::{Proof, Settings};
use crate::words::{self, Language};
use crate::work::ask::Places;

/// What people are told of the cuts that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// What boundaries are counted in.
    pub places: Places,
    /// Texts that not all coders cut.
    pub left_out: Vec<String>,
}

impl AgreementReport {
    /// The table of one text.
    pub(super) fn boundaries(&self, group: &Group, language: Language) -> Table {
        let word = |key| words::word(key, language);
        let mut table = page(&[
            &word("agree.column.measure"),
            &word("agree.column.about"),
            &word("agree.column.value"),
            &word("agree.column.made"),
        ]);
        let name = group.name.as_deref().unwrap_or_default();
        let title = msg!("boundaries.table", name = name, length = group.units);
        table.title = words::say(&title, language);
        for row in &group.rows {
            table.push([
                Value::Id(self.measure(row.measure, language)),
                Value::Id(self.boundary(row, language)),
                figure(row, &self.names, language),
                Value::Id(row.parameters.as_ref().map(made).unwrap_or_default()),
            ]);
        }
        table
    }

    fn boundary(&self, row: &Row, language: Language) -> String {
        match &row.about {
            About::Reference(coder) => {
                words::say(&msg!("boundaries.reference", coder = coder), language)
            }
            About::Text => String::new(),
            about => self.about(about, language),
        }
    }

    /// What people are told beneath.
    pub(super) fn notes_of_cuts(&self, cuts: &Cuts) -> Vec<Note> {
        let mut notes = vec![match cuts.places {
            Places::Characters => msg!("boundaries.note.characters"),
            Places::Paragraphs => msg!("boundaries.note.paragraphs"),
            Places::Counted => msg!("boundaries.note.counted"),
        }];
        if !cuts.left_out.is_empty() {
            notes.push(msg!("boundaries.note.left_out", names = cuts.left_out.join(", ")));
        }
        notes.push(msg!("boundaries.note.errors"));
        notes.extend(self.note_alignments());
        notes.into_iter().map(Note::told).collect()
    }
}

impl AgreementReport {
    /// What is not known of the alignments behind gammas of more than two coders.
    fn note_alignments(&self) -> Option<Message> {
        let rows = self.agreement.groups.iter().flat_map(|group| &group.rows);
        let proofs: Vec<Proof> = rows
            .filter_map(|row| match row.parameters {
                Some(Parameters::Gamma(made)) => made.alignment,
                _ => None,
            })
            .collect();
        if proofs.contains(&Proof::Unproven) {
            return Some(msg!("boundaries.note.unproven"));
        }
        let off = proofs.iter().filter_map(|proof| match proof {
            Proof::Within(off) => Some(*off),
            _ => None,
        });
        let most = off.max_by(f64::total_cmp)?;
        Some(msg!("boundaries.note.within", off = rounded_up(most)))
    }
}

/// What a figure is made with, in one form that programs can rely on.
pub(super) fn made(parameters: &Parameters) -> String {
    match parameters {
        Parameters::Window(window) => format!("window {window}"),
        Parameters::As(program) => format!("as {program}"),
        Parameters::Gamma(made) => {
            let Settings { position, category, unaligned, samples, seed } = made.settings;
            let mut text = format!(
                "alpha {position}, beta {category}, delta {unaligned}, {samples} random continua, seed {seed}"
            );
            if let Some(error) = made.sampling_error {
                text.push_str(&format!(", sampling error {}", number::shown(error)));
            }
            match made.alignment {
                None => {}
                Some(Proof::Exact) => text.push_str(", alignment exact"),
                Some(Proof::Within(off)) => {
                    text.push_str(&format!(", alignment within {}", rounded_up(off)));
                }
                Some(Proof::Unproven) => text.push_str(", alignment unproven"),
            }
            text
        }
    }
}

/// A bound with so many digits that it still is one.
fn rounded_up(bound: f64) -> String {
    format!("{:.6}", (bound * 1e6).ceil() / 1e6)
}

/// The same for JSON.
pub(super) fn json_of(parameters: &Parameters) -> Json {
    match parameters {
        Parameters::Window(window) => json!({ "window": window }),
        Parameters::As(program) => json!({ "as": program.as_str() }),
        Parameters::Gamma(made) => json!({
            "alpha": made.settings.position,
            "beta": made.settings.category,
            "delta": made.settings.unaligned,
            "samples": made.settings.samples,
            "seed": made.settings.seed,
            "sampling_error": made.sampling_error,
            "alignment": made.alignment.map(|proof| match proof {
                Proof::Exact => "exact",
                Proof::Within(_) => "within",
                Proof::Unproven => "unproven",
            }),
            "alignment_error": match made.alignment {
                Some(Proof::Exact) => Some(0.0),
                Some(Proof::Within(off)) => Some(off),
                _ => None,
            },
        }),
    }
}
