//! Which column of a file holds what.

use crate::domain::answer::DimensionIndex;
use crate::domain::problem::Problem;
use crate::format::names::{Column, Names};
use crate::format::table::{Table, quotable};
use crate::msg;

/// The columns of a file, by their place.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) unit: usize,
    pub(super) coder: Option<usize>,
    pub(super) round: Option<usize>,
    pub(super) certainty: Option<usize>,
    pub(super) memo: Option<usize>,
    pub(super) at: Option<usize>,
    pub(super) done: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) via: Option<usize>,
    pub(super) pack: Option<usize>,
    pub(super) copy: Option<usize>,
    pub(super) save: Option<usize>,
    pub(super) text: Option<usize>,
    pub(super) speakers: Option<usize>,
    pub(super) codebook: Option<usize>,
    pub(super) form: Form,
}

/// How a file is laid out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A row per unit and dimension.
    Long {
        /// The place of the column `dimension`.
        dimension: usize,
        /// The place of the column `codes`.
        codes: usize,
    },
    /// A row per unit; for each dimension the places of its columns.
    Wide(Vec<(DimensionIndex, Vec<usize>)>),
}

impl Default for Form {
    fn default() -> Self {
        Self::Wide(Vec::new())
    }
}

impl Columns {
    /// Tells the columns of a table by their headings.
    pub(super) fn of(table: &Table, names: &Names<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut columns = Self::default();
        let (mut unit, mut dimension, mut codes) = (None, None, None);
        let mut wide: Vec<(DimensionIndex, Vec<usize>)> = Vec::new();
        for (place, heading) in table.headings.iter().enumerate() {
            if heading.is_empty() {
                continue;
            }
            // Beneath a heading a sheet may say how to fill it.
            let first = || heading.lines().next().filter(|line| line.len() < heading.len());
            let column = names.column(heading).or_else(|| names.column(first()?));
            let slot = match column {
                Some(Column::Unit) => &mut unit,
                Some(Column::Dimension) => &mut dimension,
                Some(Column::Codes) => &mut codes,
                Some(Column::Coder) => &mut columns.coder,
                Some(Column::Round) => &mut columns.round,
                Some(Column::Certainty) => &mut columns.certainty,
                Some(Column::Memo) => &mut columns.memo,
                Some(Column::At) => &mut columns.at,
                Some(Column::Done) => &mut columns.done,
                Some(Column::Note) => &mut columns.note,
                Some(Column::Via) => &mut columns.via,
                Some(Column::Pack) => &mut columns.pack,
                Some(Column::Copy) => &mut columns.copy,
                Some(Column::Save) => &mut columns.save,
                Some(Column::Text) => &mut columns.text,
                Some(Column::Speakers) => &mut columns.speakers,
                Some(Column::Codebook) => &mut columns.codebook,
                Some(Column::Context) => continue,
                Some(Column::Answers(index)) => {
                    match wide.iter_mut().find(|(known, _)| *known == index) {
                        Some((_, places)) => places.push(place),
                        None => wide.push((index, vec![place])),
                    }
                    continue;
                }
                None => {
                    problems.push(unknown(table, names, place, heading));
                    continue;
                }
            };
            // The same heading twice is already a problem of the table; here two words for one column.
            if slot.replace(place).is_some() {
                problems.push(Problem::new(
                    table.heading_place(place, quotable(heading)),
                    msg!("table.column_twice", column = quotable(heading)),
                    msg!("table.column_twice.fix"),
                ));
            }
        }
        columns.unit = needed(table, "unit", unit, problems);
        columns.page(table, problems);
        columns.form = match (dimension, codes, wide.first()) {
            (None, None, _) if !wide.is_empty() => {
                wide.sort();
                Form::Wide(wide)
            }
            (None, None, _) => {
                problems.push(Problem::new(
                    table.heading_place(0, "unit"),
                    msg!("received.no_answers"),
                    msg!("received.no_answers.fix", known = names.dimension_ids()),
                ));
                Form::default()
            }
            (_, _, Some((_, places))) => {
                let place = places.first().copied().unwrap_or(0);
                let heading = table.headings.get(place).map_or("", |it| quotable(it));
                problems.push(Problem::new(
                    table.heading_place(place, heading),
                    msg!("received.mixed"),
                    msg!("received.mixed.fix"),
                ));
                Form::default()
            }
            (dimension, codes, None) => Form::Long {
                dimension: needed(table, "dimension", dimension, problems),
                codes: needed(table, "codes", codes, problems),
            },
        };
        columns
    }
}

impl Columns {
    /// Names the columns that a page always writes and that a file lacks which has any of those that only a page has: without
    /// them an older save would not be seen, and answers would count as of another round or version.
    fn page(&self, table: &Table, problems: &mut Vec<Problem>) {
        let own = [("pack", self.pack), ("copy", self.copy), ("save", self.save)];
        if own.iter().all(|(_, place)| place.is_none()) {
            return;
        }
        let more = [
            ("via", self.via),
            ("coder", self.coder),
            ("round", self.round),
            ("codebook", self.codebook),
        ];
        for (column, _) in own.into_iter().chain(more).filter(|(_, place)| place.is_none()) {
            problems.push(Problem::new(
                table.heading_place(0, column),
                msg!("received.page_column", column = column),
                msg!("received.pack.fix"),
            ));
        }
    }
}

fn unknown(table: &Table, names: &Names<'_>, place: usize, heading: &str) -> Problem {
    let number = (place + 1).to_string();
    let column = if quotable(heading) == "…" { number.as_str() } else { heading };
    Problem::new(
        table.heading_place(place, column),
        msg!("received.heading", heading = quotable(heading)),
        msg!("received.heading.fix", known = names.dimension_ids()),
    )
}

fn needed(
    table: &Table,
    column: &'static str,
    place: Option<usize>,
    problems: &mut Vec<Problem>,
) -> usize {
    place.unwrap_or_else(|| {
        problems.push(Problem::new(
            table.heading_place(0, column),
            msg!("table.column_missing", column = column),
            msg!("table.column_missing.fix", column = column),
        ));
        0
    })
}
