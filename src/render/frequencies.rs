//! Words and how often they are said, as a list.

use super::Report;
use super::document::{Cell, Column, Document, Note, Table, Value};
use super::names::Names;
use crate::analysis::matrix::{Axes, Word};
use crate::analysis::provenance::Counted;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};
use crate::work::ask::{WordsAnswer, WordsAsk};

/// Words and how often they are said, ready to be shown.
#[derive(Debug)]
pub struct WordsReport {
    answer: WordsAnswer,
    by: Option<Axes>,
    limit: Option<usize>,
    with_moderator: bool,
    names: Names,
}

impl WordsReport {
    /// What was found, as it was asked for.
    #[must_use]
    pub fn new(study: &Study, answer: WordsAnswer, ask: &WordsAsk, ids: bool) -> Self {
        Self {
            answer,
            by: ask.by.clone(),
            limit: ask.limit,
            with_moderator: ask.with_moderator,
            names: Names::of(study, ids),
        }
    }

    fn table(&self, language: Language) -> Table {
        let word = |key| words::word(key, language);
        let mut columns = vec![
            Column::new("word").headed(word("words.word")),
            Column::new("count").headed(word("words.count")),
            Column::new("participants").headed(word("matrix.content.participants")),
            Column::new("cases").headed(word("matrix.content.cases")),
        ];
        for head in &self.answer.found.columns {
            let told = self.by.as_ref().map(|by| self.names.head(head, by, language));
            columns.push(Column::new(head.to_string()).headed(told.unwrap_or_default()));
        }
        let mut table = Table::new(columns);
        table.leading = 1;
        let shown = self.limit.unwrap_or(usize::MAX);
        for row in self.answer.found.rows.iter().take(shown) {
            let Word { word, count, participants, cases, cells } = row;
            let counts = [count, participants, cases].into_iter().chain(cells);
            let counts = counts.map(|count| Cell::count(*count));
            table.push(std::iter::once(Cell::from(Value::Text(word.clone()))).chain(counts));
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let found = &self.answer.found;
        let (n, left) = (found.counted, found.left_out);
        let mut notes = vec![match self.with_moderator {
            true => Note::told(msg!("words.all", n = n, left = left)),
            false => Note::told(msg!("words.participants", n = n, left = left)),
        }];
        if let Some(limit) = self.limit.filter(|limit| *limit < found.rows.len()) {
            let all = found.rows.len();
            notes.push(Note::assumed(msg!("words.limit", n = limit, all = all)));
        }
        if !found.unknown.is_empty() {
            let listed: Vec<&str> = found.unknown.iter().map(String::as_str).collect();
            notes.push(Note::assumed(msg!("words.unknown", transcripts = listed.join(", "))));
        }
        if self.by.is_some() {
            notes.push(Note::told(msg!("words.by")));
        }
        if let Some((counted, provenance)) = &self.answer.decided {
            notes.extend(Counted::notes(counted));
            notes.extend(provenance.notes());
        }
        notes
    }
}

impl Report for WordsReport {
    fn document(&self, language: Language) -> Document {
        let found = &self.answer.found;
        let provenance = self.answer.decided.as_ref().map(|(_, it)| it);
        let languages: Vec<&str> = found.languages.iter().map(String::as_str).collect();
        Document::new("themata.words/1")
            .titled(words::word("words.title", language))
            .asked_if("by", self.by.as_ref().map(ToString::to_string))
            .asked("with_moderator", self.with_moderator)
            .asked("counted", found.counted)
            .asked("left_out", found.left_out)
            .asked("languages", languages)
            .asked("words", found.rows.len())
            .asked_if("from", self.answer.decided.as_ref().map(|(it, _)| it.from.as_str()))
            .asked_if("codebook", provenance.map(|it| it.codebook.as_str()))
            .asked_if("where", provenance.and_then(|it| it.condition()))
            .table(self.table(language))
            .notes(self.notes())
    }
}
