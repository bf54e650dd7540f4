//! Sentences that researchers write of the cells of a display: shown, marked where the units beneath have changed, and taken
//! in as they come back.

use std::collections::BTreeSet;

use super::ask::{MatrixAnswer, MatrixAsk, matrix};
use super::receive::GivenFile;
use crate::analysis::matrix::{Axes, Axis, Content, Head, List, Matrix, NO_VALUE, TOTAL, Written};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::problem::Problem;
use crate::domain::study::Study;
use crate::domain::summary::Summary;
use crate::format::summaries::{Back, Filled, back};
use crate::language::fold;
use crate::msg;
use crate::store::Opened;
use crate::words::{self, Language};

/// A cell that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The row.
    pub row: String,
    /// The column.
    pub column: String,
    /// Whether there was none before.
    pub is_new: bool,
}

/// What a display that came back changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Received {
    /// The cells that change, in the order of the file.
    pub changed: Vec<Changed>,
    /// How many stay as they are.
    pub same: usize,
}

/// Puts what was written of its cells into a matrix that asks for it, and marks what rests on other units than are there now.
///
/// # Errors
/// The list of summaries is wrong or cannot be read.
pub(super) fn fill(
    opened: &Opened,
    ask: &MatrixAsk,
    matrices: &mut [(Content, Matrix)],
) -> Result<(), Failure> {
    let summaries = opened.summaries()?;
    // Summaries rest on the whole cell: what is filtered away today has not changed.
    let whole = || MatrixAsk {
        rows: ask.rows.clone(),
        columns: ask.columns.clone(),
        totals: ask.totals,
        subtotals: ask.subtotals,
        long: true,
        ..MatrixAsk::default()
    };
    let now = match matrix(opened, &whole()) {
        Ok(answer) => answer.matrices.into_iter().next().map(|(_, matrix)| matrix),
        Err(Failure::Refused(..) | Failure::Usage(..)) => None,
        Err(failure) => return Err(failure),
    };
    for (_, matrix) in matrices.iter_mut().filter(|(content, _)| *content == Content::Summary) {
        let heads: Vec<(String, String)> = (matrix.rows.iter())
            .flat_map(|row| matrix.columns.iter().map(|it| (row.to_string(), it.to_string())))
            .collect();
        for ((row, column), cell) in heads.iter().zip(&mut matrix.cells) {
            let Some(summary) = summaries.iter().find(|it| it.is_of(row, column)) else { continue };
            let units = now.as_ref().map(|now| units_of(now, row, column));
            let stale = units.is_some_and(|units| is_stale(&opened.study, &summary.units, &units));
            cell.written = Some(Written { text: summary.text.clone(), stale });
        }
    }
    Ok(())
}

/// The units behind a cell; none where the matrix does not have it.
fn units_of(of: &Matrix, row: &str, column: &str) -> BTreeSet<UnitIndex> {
    let place = |heads: &[Head], id: &str| heads.iter().position(|it| it.to_string() == id);
    let at = place(&of.rows, row).zip(place(&of.columns, column));
    let cell = at.and_then(|(row, column)| of.row(row).get(column));
    cell.map(|it| it.units.iter().copied().collect()).unwrap_or_default()
}

/// Whether a summary rests on other units than these; where it is not known on which, it cannot be said.
fn is_stale(study: &Study, on: &[Locator], now: &BTreeSet<UnitIndex>) -> bool {
    if on.is_empty() {
        return false;
    }
    let then: Option<BTreeSet<UnitIndex>> = on.iter().map(|it| study.unit(it)).collect();
    then.is_none_or(|then| then != *now)
}

/// The words that may head the rows of a display, folded: as programs and as people read them.
fn axis_words(study: &Study) -> Vec<(String, Axis)> {
    let mut axes = vec![
        Axis::All,
        Axis::Case,
        Axis::Participant,
        Axis::Transcript,
        Axis::SourceKind,
        Axis::Role,
        Axis::Topic,
        Axis::Dimension,
        Axis::Code,
        Axis::Concept,
        Axis::Coder,
        Axis::Round,
    ];
    let lists = [
        (List::Case, &study.case_attributes),
        (List::Participant, &study.participant_attributes),
        (List::Transcript, &study.transcript_attributes),
    ];
    for (list, names) in lists {
        axes.extend(names.iter().map(|name| Axis::Attribute(list, name.clone())));
    }
    let mut words: Vec<(String, Axis)> = Vec::new();
    for axis in axes {
        words.push((fold(&axis.to_string()), axis.clone()));
        for language in [Language::English, Language::Spanish] {
            if let Some(key) = axis.word() {
                words.push((fold(&words::word(key, language)), axis.clone()));
            }
        }
    }
    words
}

/// Whether a file is a display with summaries, and its cells.
///
/// # Errors
/// It is one, and something in it is wrong.
pub fn read(study: &Study, file: &GivenFile) -> Result<Option<Back>, Failure> {
    let words: Vec<String> = axis_words(study).into_iter().map(|(word, _)| word).collect();
    back(&file.name, &file.bytes, &words)
}

/// Takes summaries in, all of them or none, with the units behind their cells as they are now, or as the file has them.
///
/// # Errors
/// A cell that no display of the study has, or the list cannot be written.
pub fn receive(
    opened: &Opened,
    back: &Back,
    by: &CoderId,
    dry_run: bool,
) -> Result<Received, Failure> {
    let display = Display::of(opened, back)?;
    let mut problems = Vec::new();
    let mut all = opened.summaries()?;
    let mut received = Received::default();
    for cell in &back.cells {
        let Some((row, column, units)) = display.cell(cell) else {
            let fix = msg!("summaries.nowhere.fix");
            problems.push(Problem::new(cell.place.clone(), msg!("summaries.nowhere"), fix));
            continue;
        };
        let text = without_mark(&cell.text).to_owned();
        let before = all.iter_mut().find(|it| it.is_of(&row, &column));
        if before.as_ref().is_some_and(|it| it.text == text) || text.is_empty() {
            received.same += 1;
            continue;
        }
        let units = cell.units.clone().unwrap_or(units);
        received.changed.push(Changed {
            row: row.clone(),
            column: column.clone(),
            is_new: before.is_none(),
        });
        let at = opened.folder.now().to_string();
        let new = Summary { row, column, text, by: by.to_string(), at, units };
        match before {
            Some(before) => *before = new,
            None => all.push(new),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    if !dry_run && !received.changed.is_empty() {
        opened.write_summaries(&all)?;
    }
    Ok(received)
}

/// A text without the mark that it is stale, as people read it.
fn without_mark(text: &str) -> &str {
    let text = text.trim();
    for language in [Language::English, Language::Spanish] {
        let mark = words::word("summaries.stale", language);
        if let Some(rest) = text.strip_prefix(&mark) {
            return rest.trim_start();
        }
    }
    text
}

/// The matrix of which a display that came back has the cells.
struct Display<'a> {
    study: &'a Study,
    matrix: Option<Matrix>,
    rows: Vec<(Vec<String>, String)>,
    columns: Vec<(Vec<String>, String)>,
}

impl<'a> Display<'a> {
    /// The first matrix that has every row and every column of the file, or else the one that has most of its cells; its
    /// axes are those that head the file, where anything does.
    fn of(opened: &'a Opened, back: &Back) -> Result<Self, Failure> {
        // Where every cell tells its units there is nothing to be looked up.
        if back.axes.is_empty() && back.cells.iter().all(|it| it.units.is_some()) {
            return Ok(Self::nothing(&opened.study));
        }
        let words = axis_words(&opened.study);
        let axis = |word: &String| words.iter().find(|(it, _)| *it == fold(word)).map(|it| &it.1);
        let heading: Vec<&Axis> = back.axes.iter().filter_map(axis).collect();
        let mut plain: Vec<Axis> = Vec::new();
        for (_, axis) in &words {
            if !plain.contains(axis) {
                plain.push(axis.clone());
            }
        }
        let mut all: Vec<Axes> = plain.iter().cloned().map(Axes::from).collect();
        let nested = |outer: &Axis| {
            let inner = plain.iter().filter(|it| *it != outer).cloned();
            let axes = |inner| Axes { outer: Some(outer.clone()), inner };
            inner.map(axes).collect::<Vec<_>>()
        };
        if back
            .cells
            .iter()
            .any(|it| it.column.contains('/') || it.row.iter().any(|it| it.contains('/')))
        {
            all.extend(plain.iter().flat_map(nested));
        }
        let rows: Vec<Axes> = match heading.as_slice() {
            [inner] => vec![(*inner).clone().into()],
            [outer, inner] => {
                vec![Axes { outer: Some((*outer).clone()), inner: (*inner).clone() }]
            }
            _ => all.clone(),
        };
        let mut nearest: Option<(usize, Self)> = None;
        for rows in rows {
            for columns in &all {
                let ask = MatrixAsk {
                    rows: rows.clone(),
                    columns: columns.clone(),
                    totals: true,
                    subtotals: rows.outer.is_some() || columns.outer.is_some(),
                    long: true,
                    ..MatrixAsk::default()
                };
                let answer = match matrix(opened, &ask) {
                    Ok(answer) => answer,
                    Err(Failure::Usage(..)) => continue,
                    Err(failure) => return Err(failure),
                };
                let display = Self::made_of(&opened.study, &ask, answer);
                let known = back.cells.iter().filter(|it| display.cell(it).is_some()).count();
                if known == back.cells.len() {
                    return Ok(display);
                }
                if nearest.as_ref().is_none_or(|(most, _)| known > *most) {
                    nearest = Some((known, display));
                }
            }
        }
        // What this one does not have is told cell by cell.
        Ok(nearest.map_or_else(|| Self::nothing(&opened.study), |(_, display)| display))
    }

    fn nothing(study: &'a Study) -> Self {
        Self { study, matrix: None, rows: Vec::new(), columns: Vec::new() }
    }

    fn made_of(study: &'a Study, ask: &MatrixAsk, answer: MatrixAnswer) -> Self {
        let matrix = answer.matrices.into_iter().next().map(|(_, matrix)| matrix);
        let names = |heads: &[Head], of: &Axes| -> Vec<(Vec<String>, String)> {
            heads.iter().map(|head| (called(study, head, of), head.to_string())).collect()
        };
        let (rows, columns) = matrix.as_ref().map_or((Vec::new(), Vec::new()), |it| {
            (names(&it.rows, &ask.rows), names(&it.columns, &ask.columns))
        });
        Self { study, matrix, rows, columns }
    }

    /// The row and the column of a cell by id, and the units behind it.
    fn cell(&self, of: &Filled) -> Option<(String, String, Vec<Locator>)> {
        let Some(matrix) = &self.matrix else {
            // A row of the file is a cell and tells its units.
            let [row] = of.row.as_slice() else { return None };
            let blank = row.is_empty() || of.column.is_empty() || of.units.is_none();
            return (!blank).then(|| (row.clone(), of.column.clone(), Vec::new()));
        };
        let find = |known: &[(Vec<String>, String)], asked: &str| {
            let asked = fold(asked);
            let is_it = |(names, _): &&(Vec<String>, String)| names.contains(&asked);
            known.iter().find(is_it).map(|(_, id)| id.clone())
        };
        let row = find(&self.rows, &of.row.join("/"))?;
        let column = find(&self.columns, &of.column)?;
        let units = units_of(matrix, &row, &column);
        let units = units.iter().filter_map(|unit| self.study.unit_at(*unit));
        let locators = units.map(|unit| unit.locator.clone()).collect();
        Some((row, column, locators))
    }
}

/// What an entry is called in full, folded: by id and by name in either language, with and without blanks around the sign.
fn called(study: &Study, head: &Head, of: &Axes) -> Vec<String> {
    let mut all = vec![head.to_string()];
    for language in [Language::English, Language::Spanish] {
        let inner = name(study, &head.id, &of.inner, language);
        match (&head.outer, &of.outer) {
            (Some(outer), Some(axis)) if !outer.is_empty() => {
                let outer = name(study, outer, axis, language);
                all.extend([format!("{outer}/{inner}"), format!("{outer} / {inner}")]);
            }
            // The row of totals has nothing in its first cell.
            (Some(_), Some(_)) => all.push(format!("/{inner}")),
            _ => all.push(inner),
        }
    }
    all.iter().map(|it| fold(it)).collect()
}

/// What an entry of an axis is called in a language.
fn name(study: &Study, id: &str, of: &Axis, language: Language) -> String {
    let named = match of {
        _ if id == TOTAL => return words::word("matrix.total", language),
        _ if id == NO_VALUE => return words::word("matrix.no_value", language),
        Axis::All => return words::word("matrix.axis.all", language),
        Axis::Case => study.cases.iter().find(|it| it.id.as_str() == id).map(|it| it.name.clone()),
        Axis::Transcript => {
            study.transcripts.iter().find(|it| it.id.as_str() == id).map(|it| it.name.clone())
        }
        Axis::Dimension | Axis::Code => {
            study.codebook().wording(id).map(|it| it.name.text(language.tag()).to_owned())
        }
        _ => None,
    };
    named.filter(|it| !it.is_empty()).unwrap_or_else(|| id.to_owned())
}
