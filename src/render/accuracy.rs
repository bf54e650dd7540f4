//! Accuracy against a standard: headed as what it is, with what the standard consists of; rare codes first.

use serde_json::json;

use super::Report;
use super::agreement::reason;
use super::document::{Column, Document, Form, Forms, Note, Table, Value};
use super::names::{Named, Names};
use super::number;
use crate::analysis::accuracy::{Accuracy, CodeAccuracy};
use crate::analysis::agreement::Why;
use crate::analysis::decisions::Tally;
use crate::domain::message::Message;
use crate::msg;
use crate::stats::{Coefficient, Estimate, FourCounts, Measure};
use crate::words::{self, Language};
use crate::work::ask::AccuracyAnswer;

/// How right some coders are, and what they are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct AccuracyReport {
    /// The figures, and what they rest on.
    pub answer: AccuracyAnswer,
    /// What dimensions, codes and measures are called.
    pub names: Names,
}

/// One figure in its row.
struct Figure<'a> {
    level: &'static str,
    name: &'a str,
    measure: &'static str,
    figure: &'a Coefficient,
    counts: Option<&'a FourCounts>,
}

/// Where figures stand in a row of their own.
const ROWS: Forms = Forms::ALL.but(Form::Page);

impl Report for AccuracyReport {
    fn document(&self, language: Language) -> Document {
        let names: Vec<&str> = self.answer.coders.iter().map(|(it, _)| it.coder.as_str()).collect();
        let title =
            msg!("accuracy.title", coders = names.join(", "), against = self.answer.against);
        let mut document = Document::new("themata.accuracy/1")
            .titled(words::say(&title, language))
            .asked("coders", names)
            .asked("against", self.answer.against.as_str())
            .asked(
                "standard",
                self.answer.coders.iter().map(|it| self.standard_json(it)).collect::<Vec<_>>(),
            )
            .asked("left_out", self.answer.provenance.left_out_json())
            .asked("codebook", self.answer.provenance.codebook.as_str())
            .asked("round", self.answer.provenance.round.as_deref())
            .table(self.records());
        for (accuracy, _) in &self.answer.coders {
            document = document.table(whole(accuracy, &self.names, language)).table(codes(
                accuracy,
                &self.names,
                language,
            ));
        }
        document.notes(self.notes())
    }
}

impl AccuracyReport {
    /// Every figure in a row of its own, for programs and spreadsheets.
    fn records(&self) -> Table {
        const JSON: Forms = Forms::only(Form::Json);
        let column = |name: &str| match name {
            "ci95" => Column::new(name).only_in(JSON),
            "ci95_low" | "ci95_high" => Column::new(name).only_in(ROWS.but(Form::Json)),
            _ => Column::new(name).only_in(ROWS),
        };
        let names = "coder,level,name,measure,value,undefined,se,ci95,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither";
        let mut table = Table::new(names.split(',').map(column).collect());
        for (accuracy, _) in &self.answer.coders {
            for figure in figures(accuracy) {
                table.push(record(&accuracy.coder, &figure));
            }
        }
        table
    }

    fn standard_json(&self, (accuracy, tally): &(Accuracy, Tally)) -> serde_json::Value {
        let mut of = json!({
            "coder": accuracy.coder,
            "decided": accuracy.standard,
            "of": tally.all(),
            "measured": accuracy.decided,
        });
        if self.answer.is_final {
            for (name, n) in [
                ("consensus", tally.consensus),
                ("agreed", tally.agreed),
                ("single", tally.single),
                ("unsettled", tally.unsettled),
                ("undecided", tally.undecided),
            ] {
                of[name] = n.into();
            }
        }
        of
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = vec![Note::told(msg!("accuracy.not_reliability"))];
        for (accuracy, tally) in &self.answer.coders {
            let note = |message| {
                Note::told(message).about(match self.answer.coders.len() {
                    1 => String::new(),
                    _ => format!("{} · ", accuracy.coder),
                })
            };
            notes.push(note(self.consists(tally)));
            let (n, decided) = (accuracy.standard, accuracy.decided);
            let coder = &accuracy.coder;
            if decided < n {
                let message = msg!("accuracy.measured", coder = coder, n = n, decided = decided);
                notes.push(note(message));
            }
        }
        for coder in &self.answer.left_out {
            notes.push(Note::told(msg!("accuracy.left_out", coder = coder)));
        }
        notes.push(Note::told(msg!("accuracy.first", against = self.answer.against)));
        notes.push(Note::told(msg!("agree.note.interval")));
        notes.extend(self.answer.provenance.notes());
        notes
    }

    /// What the standard consists of.
    fn consists(&self, tally: &Tally) -> Message {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = *tally;
        if self.answer.is_final {
            return msg!(
                "accuracy.final",
                n = counted,
                consensus = consensus,
                agreed = agreed,
                single = single,
                unsettled = unsettled,
                undecided = undecided
            );
        }
        let (against, left) = (&self.answer.against, tally.all().saturating_sub(counted));
        msg!("accuracy.coder", against = against, n = counted, undecided = left)
    }
}

/// All figures of a coder, in order.
fn figures(accuracy: &Accuracy) -> Vec<Figure<'_>> {
    let mut all = Vec::new();
    for (name, figure) in &accuracy.dimensions {
        let (level, measure) = ("value", "percent_agreement");
        all.push(Figure { level, name, measure, figure, counts: None });
    }
    for code in &accuracy.codes {
        for (measure, figure) in measures(code) {
            let (level, name, counts) = ("presence", code.code.as_str(), Some(&code.counts));
            all.push(Figure { level, name, measure, figure, counts });
        }
    }
    all
}

/// The figures of one code by their names in the contract.
fn measures(code: &CodeAccuracy) -> [(&'static str, &Coefficient); 4] {
    [
        ("percent_agreement", &code.percent),
        ("precision", &code.precision),
        ("recall", &code.recall),
        ("f1", &code.f1),
    ]
}

/// A figure as a row, in the order of the columns.
fn record(coder: &str, row: &Figure<'_>) -> [Value; 16] {
    let estimate = row.figure.estimate();
    let undefined = row.figure.undefined();
    let limits = estimate.and_then(|it| it.ci95);
    let count = |of: fn(&FourCounts) -> u64| {
        row.counts.map_or(Value::Absent, |counts| Value::Count(of(counts)))
    };
    let why = |it| Value::Id(reason(Why::Measure(it), Language::English));
    [
        Value::id(coder),
        Value::id(row.level),
        Value::id(row.name),
        Value::id(row.measure),
        estimate.map(|it| it.value).into(),
        undefined.map_or(Value::Missing, why),
        estimate.and_then(|it| it.se).into(),
        limits.map_or(Value::Missing, |(low, high)| Value::json_only(json!([low, high]))),
        limits.map(|(low, _)| low).into(),
        limits.map(|(_, high)| high).into(),
        Value::id(if limits.is_some() { "analytic" } else { "none" }),
        Value::Count(estimate.map_or(0, |it| it.n)),
        count(|it| it.both),
        count(|it| it.only_first),
        count(|it| it.only_second),
        count(|it| it.neither),
    ]
}

/// Whole answers, dimension by dimension.
fn whole(accuracy: &Accuracy, names: &Names, language: Language) -> Table {
    let dimension = words::word("agree.column.dimension", language);
    let mut table = page(&[&dimension, &names.measure(Measure::PercentAgreement, language)]);
    table.title = words::say(&msg!("accuracy.whole", coder = accuracy.coder), language);
    for (name, figure) in &accuracy.dimensions {
        let name = Value::id(names.text(Named::Code, name, language));
        table.push([name, shown(figure, language)]);
    }
    table
}

/// Codes, rare ones first.
fn codes(accuracy: &Accuracy, names: &Names, language: Language) -> Table {
    let heading = |key| words::word(key, language);
    let (code, standard) = (heading("accuracy.code"), heading("accuracy.standard"));
    let percent = names.measure(Measure::PercentAgreement, language);
    let mut table = page(&[&code, &standard, &percent, "precision", "recall", "f1"]);
    table.title = words::say(&msg!("accuracy.codes", coder = accuracy.coder), language);
    for code in &accuracy.codes {
        let given = code.counts.both + code.counts.only_first;
        let figures = measures(code).map(|(_, figure)| shown(figure, language));
        let name = Value::id(names.text(Named::Code, code.code.as_str(), language));
        table.push([name, Value::Count(given)].into_iter().chain(figures));
    }
    table
}

/// A figure for people: the number, its interval and its n beneath.
fn shown(figure: &Coefficient, language: Language) -> Value {
    let n = |n: u64| format!("n {n}");
    Value::Text(match figure {
        Coefficient::Undefined { reason: why } => {
            format!("{}\n{}", reason(Why::Measure(*why), language), n(0))
        }
        Coefficient::Value(Estimate { value, ci95, n: units, .. }) => {
            let limits = ci95.map_or_else(String::new, |(low, high)| {
                format!("\n[{}, {}]", number::shown(low), number::shown(high))
            });
            format!("{}{limits}\n{}", number::shown(*value), n(*units))
        }
    })
}

/// A table for pages alone, without rows.
fn page(headings: &[&str]) -> Table {
    let column = |it: &&str| Column::new(*it).only_in(Forms::only(Form::Page));
    Table::new(headings.iter().map(column).collect())
}
