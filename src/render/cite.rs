//! What was found in a manuscript: a table of its quotations, an annotated copy, annotations for a journal, its numbers.

use super::Report;
use super::document::{Cell, Column, Document, Forms, Note, Part, Span, Table, Value};
use super::list::{Item, List};
use crate::analysis::citation::Citations;
use crate::analysis::manuscript::{Checked, Figure, Finding, Kind, Level, Outcome};
use crate::analysis::quotes::may_be_quoted;
use crate::domain::id::ParticipantId;
use crate::domain::locator::Locator;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{Language, say, word};

/// How many characters of a quotation stand in a table on a page.
const BEGINNING: usize = 60;

/// What was found in a manuscript, ready to be shown.
#[derive(Debug, Clone)]
pub struct CiteReport<'a> {
    study: &'a Study,
    outcome: &'a Outcome,
    file: String,
    annotated: bool,
}

impl<'a> CiteReport<'a> {
    /// The table of what was found in a file.
    #[must_use]
    pub fn new(study: &'a Study, outcome: &'a Outcome, file: &str) -> Self {
        Self { study, outcome, file: file.to_owned(), annotated: false }
    }

    /// The same as a copy of the manuscript with what was found behind each quotation.
    #[must_use]
    pub fn annotated(self) -> Self {
        Self { annotated: true, ..self }
    }

    /// The citation that would be right; the place alone where nobody who may be cited speaks there.
    fn proposed(&self, checked: &Checked) -> String {
        checked
            .stands
            .as_ref()
            .map_or_else(String::new, |it| cited(self.study, it, &checked.speakers))
    }

    fn told(&self, checked: &Checked, finding: &Finding) -> Message {
        let (about, proposed) = (&finding.about, self.proposed(checked));
        match finding.kind {
            Kind::Found => msg!("cite.found"),
            Kind::Translated => msg!("cite.translated"),
            Kind::Place => msg!("cite.place", proposed = proposed),
            Kind::Speaker => msg!("cite.speaker", proposed = proposed),
            Kind::Words => msg!("cite.words", about = about, proposed = proposed),
            Kind::Missing => msg!("cite.missing"),
            Kind::Translation => msg!("cite.translation"),
            Kind::Participant => msg!("cite.participant", about = about),
            Kind::Case => msg!("cite.case", about = about),
            Kind::Silent => msg!("cite.silent"),
            Kind::NotQuoted => msg!("cite.not-quoted", about = about),
            Kind::Withdrawn => msg!("cite.withdrawn", about = about),
            Kind::Ask => msg!("cite.ask", about = about),
            Kind::Twice => msg!("cite.twice", about = about),
            Kind::Uncited => msg!("cite.uncited", proposed = proposed),
            Kind::Unquoted => msg!("cite.unquoted"),
            Kind::Often => msg!("cite.often", about = about),
        }
    }

    fn all_told(&self, checked: &Checked, language: Language) -> String {
        let told = checked.findings.iter().map(|it| say(&self.told(checked, it), language));
        told.collect::<Vec<_>>().join("; ")
    }

    fn table(&self, language: Language) -> Table {
        let heading = |name: &str, key: &'static str| Column::new(name).headed(word(key, language));
        let mut table = Table::new(vec![
            heading("line", "cite.column.line"),
            heading("quotation", "cite.column.quotation").at_most(BEGINNING),
            heading("citation", "cite.column.citation"),
            heading("level", "cite.column.level"),
            heading("finding", "cite.column.finding"),
            Column::new("about").only_in(Forms::PROGRAMS),
            Column::new("proposed").only_in(Forms::PROGRAMS),
            heading("locator", "cite.column.stands"),
        ]);
        for checked in &self.outcome.checked {
            let kinds = checked.findings.iter().map(|it| it.kind.as_str());
            let about: Vec<&str> = checked.findings.iter().map(|it| it.about.as_str()).collect();
            let about: Vec<&str> = about.into_iter().filter(|it| !it.is_empty()).collect();
            let locator = checked.stands.as_ref().map(ToString::to_string);
            table.push([
                Cell::count(u64::from(checked.line)),
                Value::Text(checked.quotation.clone()).into(),
                Value::Text(checked.citation.clone()).into(),
                Cell::id(level(checked.level()))
                    .told(Value::Id(level_word(checked.level(), language))),
                Cell::from(Value::ids(kinds)).told(Value::Text(self.all_told(checked, language))),
                Value::Text(about.join("; ")).into(),
                Value::Text(self.proposed(checked)).into(),
                locator.map_or(Value::Missing, Value::Id).into(),
            ]);
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let of =
            |level: Level| self.outcome.checked.iter().filter(|it| it.level() == level).count();
        let mut notes = match self.outcome.checked.len() {
            0 => vec![msg!("cite.none")],
            n => vec![msg!(
                "cite.note.counts",
                n = n,
                fine = of(Level::Fine),
                warnings = of(Level::Warning),
                failures = of(Level::Failure)
            )],
        };
        if self.outcome.others > 0 {
            notes.push(msg!("cite.note.others", n = self.outcome.others));
        }
        notes.push(msg!("cite.note.marks"));
        notes.into_iter().map(Note::told).collect()
    }

    /// The manuscript, paragraph by paragraph, with a mark behind each quotation of which something is to be said.
    fn copy(&self, language: Language) -> Vec<Part> {
        let mut parts = Vec::new();
        for (at, paragraph) in self.outcome.paragraphs.iter().enumerate() {
            let mut marks: Vec<(usize, usize, &Checked)> = (1..)
                .zip(&self.outcome.checked)
                .filter(|(_, it)| it.paragraph == at)
                .map(|(nth, it)| (it.range.end, nth, it))
                .collect();
            marks.sort_by_key(|(end, nth, _)| (*end, *nth));
            let (mut text, mut from) = (String::new(), 0);
            for (end, nth, checked) in marks {
                // Behind the closing mark, where there is one.
                let closing = paragraph.text.get(end..).and_then(|it| it.chars().next());
                let end = end
                    + closing
                        .filter(|it| !it.is_alphanumeric() && !it.is_whitespace())
                        .map_or(0, char::len_utf8);
                text.push_str(paragraph.text.get(from..end).unwrap_or_default());
                let said = format!(
                    "{} – {}",
                    level_word(checked.level(), language),
                    self.all_told(checked, language)
                );
                let mark = msg!("cite.mark", nth = nth, said = said);
                text.push_str(&format!(" {}", say(&mark, language)));
                from = end.max(from);
            }
            text.push_str(paragraph.text.get(from..).unwrap_or_default());
            parts.push(match paragraph.heading {
                true => Part::Section(text, Vec::new()),
                false => Part::Paragraph(vec![Span::Text(text)]),
            });
        }
        parts
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Fine => "fine",
        Level::Warning => "warning",
        Level::Failure => "failure",
    }
}

fn level_word(level: Level, language: Language) -> String {
    word(
        match level {
            Level::Fine => "cite.level.fine",
            Level::Warning => "cite.level.warning",
            Level::Failure => "cite.level.failure",
        },
        language,
    )
}

/// A stretch with those who say it, as it is cited.
fn cited(study: &Study, locator: &Locator, speakers: &[ParticipantId]) -> String {
    Citations::of(study).stretch(locator, speakers)
}

impl Report for CiteReport<'_> {
    fn document(&self, language: Language) -> Document {
        let title = say(&msg!("cite.title", file = self.file), language);
        let document = Document::new("themata.cite/1")
            .titled(title)
            .asked("file", self.file.as_str())
            .asked("others", self.outcome.others as u64);
        if !self.annotated {
            return document.table(self.table(language)).notes(self.notes());
        }
        let mut document = document.notes(self.notes());
        document.parts.extend(self.copy(language));
        document
    }
}

/// Annotations for a journal that publishes them: excerpt of the manuscript, source, note. Only quotations whose words stand
/// where they are cited and whose speakers allow it.
#[must_use]
pub fn annotations(study: &Study, outcome: &Outcome, language: Language) -> List {
    let columns = [
        ("excerpt", "cite.column.quotation"),
        ("source", "cite.column.stands"),
        ("note", "cite.column.finding"),
    ];
    let mut list = List::new("themata.annotations/1", &columns);
    for checked in outcome.checked.iter().filter(|it| it.level() != Level::Failure) {
        let Some(locator) = checked.stands.as_ref().filter(|_| !checked.quotation.is_empty())
        else {
            continue;
        };
        let Some(text) = study.transcript(locator.transcript()) else { continue };
        let case = study.case(&text.case).map_or("", |it| it.name.as_str());
        let source = msg!(
            "cite.ati.source",
            citation = cited(study, locator, &checked.speakers),
            case = if case.is_empty() { text.case.as_str() } else { case },
            transcript = text.id,
            paragraphs = locator.span()
        );
        let mut source = say(&source, language);
        if !text.date.is_empty() {
            source = say(&msg!("cite.ati.dated", source = source, date = text.date), language);
        }
        list.rows.push(vec![
            Item::text(&checked.quotation),
            Item::text(&source),
            Item::text(&context(study, locator)),
        ]);
    }
    list
}

/// What a unit around a quotation says, for a note; empty where somebody in it must not be quoted.
fn context(study: &Study, locator: &Locator) -> String {
    let holds = |span: crate::domain::locator::Span| span.holds(locator.span().first);
    let mut units = study.units();
    let unit = units.find(|(_, unit)| {
        unit.locator.transcript() == locator.transcript() && holds(unit.locator.span())
    });
    let withdrawn = crate::analysis::withdrawn::Withdrawn::of(study);
    match unit {
        Some((unit, _)) if may_be_quoted(study, unit) => withdrawn.text(study, unit),
        _ => String::new(),
    }
}

/// The numbers of a manuscript beside what the study says.
#[must_use]
pub fn numbers(figures: &[Figure]) -> List {
    let columns = [
        ("line", "cite.column.line"),
        ("number", "cite.numbers.number"),
        ("around", "cite.numbers.around"),
        ("study", "cite.numbers.known"),
    ];
    let mut list = List::new("themata.numbers/1", &columns);
    list.rows = figures
        .iter()
        .map(|it| {
            let known = it.known.iter().map(|(known, value)| format!("{} {value}", known.as_str()));
            vec![
                Item::count(u64::from(it.line)),
                Item::text(&it.number),
                Item::text(&it.around),
                Value::ids(known).into(),
            ]
        })
        .collect();
    list.notes = vec![msg!("cite.numbers.note")];
    list
}
