//! What things are called by people: cases, transcripts, dimensions and codes by name, totals in words.
//!
//! Programs have ids; whoever asks for `--names ids` reads them too.

use std::collections::BTreeMap;

use super::document::{Cell, Value};
use super::list::Item;
use crate::analysis::matrix::{Axes, Axis, Head, NO_VALUE, TOTAL};
use crate::domain::answer::CodeIndex;
use crate::domain::codebook::Code;
use crate::domain::id::CaseId;
use crate::domain::localized::Localized;
use crate::domain::study::Study;
use crate::words::{self, Language};

/// Names by what has them and by id; empty where people too read ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    of: BTreeMap<(Named, String), Localized<String>>,
    /// In what pictures, and whatever else is made for one reader, are spoken.
    language: Language,
}

/// What has names beside its ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A case.
    Case,
    /// A sitting.
    Transcript,
    /// A code or dimension.
    Code,
}

impl Names {
    /// The names of a study; none where people are to read ids.
    #[must_use]
    pub fn of(study: &Study, ids: bool) -> Self {
        let mut names = Self::default();
        if ids {
            return names;
        }
        let mut name = |kind, id: &str, name: Localized<String>| {
            if !name.is_blank() {
                names.of.insert((kind, id.to_owned()), name);
            }
        };
        for case in &study.cases {
            name(Named::Case, case.id.as_str(), Localized::Plain(case.name.clone()));
        }
        for transcript in &study.transcripts {
            let plain = Localized::Plain(transcript.name.clone());
            name(Named::Transcript, transcript.id.as_str(), plain);
        }
        for dimension in &study.codebook().dimensions {
            name(Named::Code, dimension.id.as_str(), dimension.wording.name.clone());
            let mut codes: Vec<&Code> = dimension.codes.iter().collect();
            while let Some(code) = codes.pop() {
                name(Named::Code, code.id.as_str(), code.wording.name.clone());
                codes.extend(&code.codes);
            }
        }
        names
    }

    /// What something is called in a language; its id where it has no name.
    #[must_use]
    pub fn text<'a>(&'a self, kind: Named, id: &'a str, language: Language) -> &'a str {
        let name = self.of.get(&(kind, id.to_owned()));
        name.map(|it| it.text(language.tag())).filter(|it| !it.is_empty()).unwrap_or(id)
    }

    /// The same for a reader of this language.
    #[must_use]
    pub fn spoken(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// What something is called by the one reader for whom a picture is made; its id where it has no name.
    #[must_use]
    pub fn any(&self, kind: Named, id: &str) -> String {
        self.text(kind, id, self.language).to_owned()
    }

    /// What an answer is called: its codes joined by `; `, as in files; `none` stays.
    #[must_use]
    pub fn answer(&self, ids: &str, language: Language) -> String {
        let told = ids.split("; ").map(|id| self.text(Named::Code, id, language));
        told.collect::<Vec<_>>().join("; ")
    }

    /// What an entry of an axis is called: totals in words, the rest by name, if it has one.
    #[must_use]
    pub fn entry(&self, id: &str, of: &Axis, language: Language) -> String {
        let kind = match of {
            _ if id == TOTAL => return words::word("matrix.total", language),
            Axis::All => return words::word("matrix.axis.all", language),
            _ if id == NO_VALUE => return words::word("matrix.no_value", language),
            Axis::Case => Named::Case,
            Axis::Transcript => Named::Transcript,
            Axis::Dimension | Axis::Code => Named::Code,
            _ => return id.to_owned(),
        };
        self.text(kind, id, language).to_owned()
    }

    /// What people read at the head of a row, of a column or of a line.
    #[must_use]
    pub fn head(&self, head: &Head, of: &Axes, language: Language) -> String {
        let inner = self.entry(&head.id, &of.inner, language);
        match (&head.outer, &of.outer) {
            (Some(outer), Some(of)) if !outer.is_empty() => {
                format!("{} / {inner}", self.entry(outer, of, language))
            }
            _ => inner,
        }
    }

    /// The cells at the head of a row, one a level: ids for programs, names for people.
    #[must_use]
    pub fn cells(&self, row: &Head, of: &Axes, language: Language) -> Vec<Cell> {
        let entry = |id: &str, of: &Axis| {
            let told = self.entry(id, of, language);
            let cell = Cell::id(id);
            if told == id { cell } else { cell.told(Value::Id(told)) }
        };
        let outer = of.outer.as_ref();
        let outer = outer.map(|of| entry(row.outer.as_deref().unwrap_or_default(), of));
        outer.into_iter().chain([entry(&row.id, &of.inner)]).collect()
    }

    /// An item of a list that names something.
    #[must_use]
    pub fn item(&self, kind: Named, id: impl ToString) -> Item {
        let id = id.to_string();
        match self.of.get(&(kind, id.clone())) {
            Some(name) => Item::Named(Value::Id(id), name.clone()),
            None => Item::id(id),
        }
    }

    /// An item that names cases, joined by `; `.
    #[must_use]
    pub fn cases(&self, cases: &[CaseId]) -> Item {
        self.joined(Named::Case, cases.iter().map(ToString::to_string).collect())
    }

    /// An item that names codes, joined by `; `.
    #[must_use]
    pub fn codes(&self, study: &Study, codes: &[CodeIndex]) -> Item {
        let ids = codes.iter().map(|code| study.vocabulary.of(*code).id.to_string());
        self.joined(Named::Code, ids.collect())
    }

    fn joined(&self, kind: Named, ids: Vec<String>) -> Item {
        let all = |language: Language| {
            let told: Vec<&str> = ids.iter().map(|id| self.text(kind, id, language)).collect();
            (language.tag().to_owned(), told.join("; "))
        };
        let told = [Language::English, Language::Spanish].map(all);
        let told = Localized::ByLanguage(told.into_iter().collect());
        if ids.is_empty() || self.of.is_empty() {
            return Item::from(Value::Ids(ids));
        }
        Item::Named(Value::Ids(ids), told)
    }
}
