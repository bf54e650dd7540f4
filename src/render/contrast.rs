//! Two groups side by side: what each holds, its base, its share, and by how much the shares differ.

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use super::held::{Held, Holding};
use super::matrix::{axis, content_note, content_word, legend, order_and_left_out, whose};
use super::names::Names;
use crate::analysis::matrix::{Axis, Besides, Content, Contrast, Head, Options};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};
use crate::work::ask::{ContrastAnswer, MatrixAsk};

/// Two groups side by side, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastReport {
    options: Options,
    contents: Vec<Content>,
    axis: Axis,
    sides: [String; 2],
    rows: Vec<(Head, [Side; 2], Option<f64>)>,
    besides: Besides,
    order_by: Option<String>,
    names: Names,
    counted: Option<Counted>,
    provenance: Provenance,
}

#[derive(Debug, Clone, PartialEq)]
struct Side {
    values: Vec<Held>,
    base: Value,
    share: Value,
    units: Vec<String>,
}

impl ContrastReport {
    /// What was found, as it was asked for.
    #[must_use]
    pub fn new(study: &Study, answer: ContrastAnswer, ask: &MatrixAsk) -> Self {
        let ContrastAnswer { contrast, counted, provenance } = answer;
        let holding = Holding::of(study);
        let row = |(head, cells): (&Head, &[crate::analysis::matrix::SideCell; 2])| {
            let side = |at: usize| Side {
                values: cells[at].values.iter().map(|(_, cell)| holding.cell(cell)).collect(),
                base: cells[at].base.map_or(Value::Missing, Value::Count),
                share: cells[at].share.into(),
                units: holding.locators(&cells[at].units),
            };
            (head.clone(), [side(0), side(1)], Contrast::difference(cells))
        };
        Self {
            options: Options { columns: contrast.axis.clone().into(), ..ask.options() },
            contents: ask.cells.clone(),
            rows: contrast.rows.iter().zip(&contrast.cells).map(row).collect(),
            axis: contrast.axis,
            sides: contrast.sides,
            besides: contrast.besides,
            order_by: ask.order_by.as_ref().map(ToString::to_string),
            names: Names::of(study, ask.ids),
            counted,
            provenance,
        }
    }

    fn table(&self, language: Language) -> Table {
        let leading = |of: &Axis| Column::new(of.to_string()).headed(axis(of, language));
        let mut columns: Vec<Column> = self.options.rows.all().map(leading).collect();
        let leading = columns.len();
        let word = |key| words::word(key, language);
        for side in &self.sides {
            let told = self.names.entry(side, &self.axis, language);
            let headed = |part: &str, word: &str| {
                Column::new(format!("{side}.{part}")).headed(format!("{told}: {word}"))
            };
            for content in &self.contents {
                columns.push(headed(&content.to_string(), &content_word(*content, language)));
            }
            columns.push(headed("base", &word("matrix.base")));
            // Where shares themselves were asked for, they stand there already.
            if !self.contents.contains(&Content::Share) {
                columns.push(headed("share", &word("matrix.content.share")));
            }
        }
        columns.push(Column::new("difference").headed(word("matrix.difference")));
        let listed = Forms::PROGRAMS.and(Form::Sheet);
        for side in &self.sides {
            let told = self.names.entry(side, &self.axis, language);
            let headed = format!("{told}: {}", word("matrix.locators"));
            columns.push(Column::new(format!("{side}.locators")).headed(headed).only_in(listed));
        }
        let mut table = Table::new(columns);
        table.leading = leading;
        for (head, sides, difference) in &self.rows {
            let mut line = self.names.cells(head, &self.options.rows, language);
            for side in sides {
                line.extend(side.values.iter().map(|it| it.shown(language)));
                line.push(side.base.clone().into());
                if !self.contents.contains(&Content::Share) {
                    line.push(Cell::from(side.share.clone()).with_units(side.units.clone()));
                }
            }
            let [first, second] = sides;
            let both = [first.units.as_slice(), second.units.as_slice()].concat();
            line.push(Cell::from(Value::from(*difference)).with_units(both));
            line.extend(sides.iter().map(|side| Cell::from(Value::Ids(side.units.clone()))));
            table.rows.push(line);
        }
        table
    }

    fn notes(&self, language: Language) -> Vec<Note> {
        let [first, second] =
            self.sides.each_ref().map(|it| self.names.entry(it, &self.axis, language));
        let mut notes = legend(&self.options);
        notes.push(match self.options.rows.is_of_codes() {
            true => msg!("matrix.note.contrast", first = first, second = second),
            false => msg!("matrix.note.contrast_of_coded", first = first, second = second),
        });
        notes.extend(whose(&self.options, &self.contents, &self.besides));
        let of_content = self.contents.iter().filter(|it| **it != Content::Share);
        notes.extend(
            of_content.filter_map(|it| content_note(*it, &self.options, self.besides.off_scale)),
        );
        notes.extend(order_and_left_out(self.order_by.as_deref(), &self.besides));
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        notes.extend(self.counted.iter().flat_map(Counted::notes));
        notes.extend(self.provenance.notes());
        notes
    }
}

impl Report for ContrastReport {
    fn document(&self, language: Language) -> Document {
        let cells: Vec<String> = self.contents.iter().map(ToString::to_string).collect();
        let [first, second] =
            self.sides.each_ref().map(|it| self.names.entry(it, &self.axis, language));
        let title = msg!(
            "matrix.contrast",
            axis = axis(&self.axis, language),
            first = first,
            second = second
        );
        Document::new("themata.contrast/1")
            .titled(words::say(&title, language))
            .asked("row", self.options.rows.to_string())
            .asked("contrast", self.axis.to_string())
            .asked("sides", self.sides.to_vec())
            .asked("cell", cells.join(","))
            .asked("exact", self.options.exact)
            .asked("from", self.counted.as_ref().map(|it| it.from.as_str()))
            .asked("counted", self.counted.as_ref().map(Counted::json))
            .asked("codebook", self.provenance.codebook.as_str())
            .asked_if("where", self.provenance.condition())
            .asked("left_out", self.provenance.left_out_json())
            .asked_if("order_by", self.order_by.clone())
            .table(self.table(language))
            .notes(self.notes(language))
    }
}
