//! What headings and cells of a sheet mean, and how they are written.
//!
//! People may write ids or names, in any language of the codebook, with capital letters or without.
//! A name that could mean two things means nothing; a sheet then shows the id, so that whatever a sheet
//! shows comes back as what it was.

mod elsewhen;
pub(super) mod near;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use elsewhen::Elsewhen;
use near::{begins, distance};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::codebook::{Codebook, Dimension};
use crate::domain::id::{self, IdError};
use crate::domain::study::Study;
use crate::msg;
use crate::words::{Language, say, word};

/// The languages in which the program has words of its own.
const LANGUAGES: [Language; 2] = [Language::English, Language::Spanish];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Locators.
    Unit,
    /// In long files: dimensions.
    Dimension,
    /// In long files: answers.
    Codes,
    /// Coders.
    Coder,
    /// Rounds.
    Round,
    /// `unsure`, or in sheets the dimensions in which the coder is unsure.
    Certainty,
    /// Memos.
    Memo,
    /// Times.
    At,
    /// In sheets: whether the row is the whole answer, so that its blanks are none.
    Done,
    /// In files of a page: a note on the unit, in the first of its rows.
    Note,
    /// In files of a page: `pack`, or `pack:rest` where a `none` came by closing the unit.
    Via,
    /// In files of a page: which page it was.
    Pack,
    /// In files of a page: the browser in which it was open.
    Copy,
    /// In files of a page: the number of the save.
    Save,
    /// What was said in the unit.
    Text,
    /// Who speaks in the unit.
    Speakers,
    /// Something for the reader's eye, such as the case.
    Context,
    /// The version of the codebook under which it was decided.
    Codebook,
    /// In wide files: answers in one dimension.
    Answers(DimensionIndex),
}

/// What a cell gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A code.
    Code(CodeIndex),
    /// Looked at; nothing applies.
    None,
    /// The decision is taken back.
    TakeBack,
    /// A code of another dimension.
    Elsewhere(DimensionIndex),
    /// A name that several codes bear.
    Ambiguous,
    /// Nothing that the codebook knows.
    Unknown,
}

/// The headings with a word of their own in sheets: column, key of the word, the contract's name.
const WORDS: [(Column, &str, &str); 7] = [
    (Column::Unit, "sheet.unit", "unit"),
    (Column::Context, "sheet.case", "case"),
    (Column::Speakers, "sheet.speakers", "speakers"),
    (Column::Text, "sheet.text", "text"),
    (Column::Done, "sheet.done", "done"),
    (Column::Certainty, "sheet.certainty", "certainty"),
    (Column::Memo, "sheet.memo", "memo"),
];

/// The other columns of the contract that mean something in a file that comes back.
const LONG: [(Column, &str); 11] = [
    (Column::Dimension, "dimension"),
    (Column::Codes, "codes"),
    (Column::Coder, "coder"),
    (Column::Round, "round"),
    (Column::At, "at"),
    (Column::Note, "note"),
    (Column::Via, "via"),
    (Column::Pack, "pack"),
    (Column::Copy, "copy"),
    (Column::Save, "save"),
    (Column::Codebook, "codebook"),
];

/// The names of one study.
#[derive(Debug)]
pub struct Names<'a> {
    study: &'a Study,
    codebook: &'a Codebook,
    headings: BTreeMap<String, Column>,
    /// By place of the dimension.
    cells: Vec<BTreeMap<String, Meaning>>,
    /// The same without accents; what several are called so is ambiguous.
    bare: Vec<BTreeMap<String, Meaning>>,
    /// What dimensions and codes are called in other versions, where nothing is called so in this one.
    elsewhen: Elsewhen,
}

/// A text as names are compared: NFC, small letters, single blanks.
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = text.nfc().collect::<String>().to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is compared where nothing is called exactly so: without accents too.
fn bare(text: &str) -> String {
    fold(text).nfd().filter(|mark| !is_combining_mark(*mark)).collect()
}

/// A heading such as `leadership 2` without its number.
fn without_number(heading: &str) -> Option<&str> {
    let (base, number) = heading.rsplit_once(' ')?;
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit());
    digits.then_some(base)
}

impl<'a> Names<'a> {
    /// The names of a study's codebook in force.
    #[must_use]
    pub fn new(study: &'a Study) -> Self {
        Self::under(study, study.versions.len().saturating_sub(1))
    }

    /// The names of a version of a study's codebook, by its place among the versions: of that with which a file went out.
    /// What they do not have may be called as in another version.
    #[must_use]
    pub fn under(study: &'a Study, version: usize) -> Self {
        let codebook = study.versions.get(version).map_or(study.codebook(), |it| &it.codebook);
        let mut names = Self {
            study,
            codebook,
            headings: BTreeMap::new(),
            cells: Vec::new(),
            bare: Vec::new(),
            elsewhen: Elsewhen::of(study, version),
        };
        names.add_headings();
        let named: BTreeMap<DimensionIndex, &Dimension> = names.dimensions().collect();
        let dimensions = (0..).map(DimensionIndex).take(study.vocabulary.dimensions.len());
        names.cells =
            dimensions.map(|index| names.cells_of(index, named.get(&index).copied())).collect();
        names.bare = names.cells.iter().map(without_accents).collect();
        names
    }

    /// The dimensions of the version as it describes them.
    fn dimensions(&self) -> impl Iterator<Item = (DimensionIndex, &'a Dimension)> + use<'a> {
        let vocabulary = &self.study.vocabulary;
        let index = |it: &'a Dimension| Some((vocabulary.dimension(it.id.as_str())?, it));
        self.codebook.dimensions.iter().filter_map(index)
    }

    fn add_headings(&mut self) {
        let contract = WORDS.iter().map(|(column, _, name)| (*column, *name)).chain(LONG);
        self.headings.extend(contract.map(|(column, name)| (name.to_owned(), column)));
        let mut named: BTreeMap<String, Option<DimensionIndex>> = BTreeMap::new();
        for (index, dimension) in self.dimensions() {
            self.headings.insert(fold(dimension.id.as_str()), Column::Answers(index));
            for name in dimension.wording.name.all() {
                match named.entry(fold(name)) {
                    Entry::Vacant(free) => {
                        free.insert(Some(index));
                    }
                    Entry::Occupied(mut taken) if *taken.get() != Some(index) => {
                        taken.insert(None);
                    }
                    Entry::Occupied(_) => {}
                }
            }
        }
        for (name, index) in &named {
            // `Phase 2` may be a name, and the second column of `Phase`: then it is the column.
            let is_further_column = without_number(name).is_some_and(|base| {
                named.contains_key(base)
                    || matches!(self.headings.get(base), Some(Column::Answers(_)))
            });
            if let (Some(index), false, false) = (index, name.is_empty(), is_further_column) {
                self.headings.entry(name.clone()).or_insert(Column::Answers(*index));
            }
        }
        for language in LANGUAGES {
            for (column, key, _) in WORDS {
                self.headings.entry(fold(&word(key, language))).or_insert(column);
            }
        }
    }

    fn cells_of(
        &self,
        index: DimensionIndex,
        named: Option<&Dimension>,
    ) -> BTreeMap<String, Meaning> {
        let vocabulary = &self.study.vocabulary;
        let mut cells = BTreeMap::from([
            ("none".to_owned(), Meaning::None),
            ("0".to_owned(), Meaning::None),
            ("-".to_owned(), Meaning::TakeBack),
        ]);
        let all = (0..).map(CodeIndex).zip(&vocabulary.codes);
        for (code, entry) in all.filter(|(_, entry)| entry.dimension == index) {
            cells.entry(fold(entry.id.as_str())).or_insert(Meaning::Code(code));
        }
        let Some(named) = named else { return cells };
        let mut names: BTreeMap<String, Meaning> = BTreeMap::new();
        let mut add = |name: &str, code: CodeIndex| {
            let meaning = names.entry(fold(name)).or_insert(Meaning::Code(code));
            if *meaning != Meaning::Code(code) {
                *meaning = Meaning::Ambiguous;
            }
        };
        for (_, code) in named.tree() {
            // What stands in another dimension by now is a code of that.
            let at = vocabulary.code(code.id.as_str());
            let Some(at) = at.filter(|at| vocabulary.of(*at).dimension == index) else { continue };
            for id in code.replaces.iter().chain([&code.id]) {
                cells.entry(fold(id.as_str())).or_insert(Meaning::Code(at));
            }
            code.wording.name.all().for_each(|name| add(name, at));
        }
        if let Some(own) = vocabulary.dimensions.get(usize::from(index.0)).map(|it| it.own_code) {
            for name in named.wording.name.all().map(String::as_str).chain([named.id.as_str()]) {
                LANGUAGES.iter().for_each(|language| add(&own_name(name, *language), own));
            }
        }
        names.remove("");
        for (name, meaning) in names {
            cells.entry(name).or_insert(meaning);
        }
        for language in LANGUAGES {
            cells.entry(fold(&word("sheet.none", language))).or_insert(Meaning::None);
        }
        cells
    }

    /// What a column holds, by its heading; `None` where nobody can tell.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<Column> {
        let heading = fold(heading);
        if let Some(column) = self.headings.get(&heading) {
            return Some(*column);
        }
        let base = without_number(&heading);
        let answers = |name: &str| match self.headings.get(name) {
            Some(Column::Answers(index)) => Some(*index),
            Some(_) => None,
            None => self.elsewhen.dimension(name),
        };
        match answers(&heading).or_else(|| answers(base?)) {
            Some(index) => Some(Column::Answers(index)),
            _ if id::check(&heading) == Err(IdError::Reserved) => Some(Column::Context),
            _ => None,
        }
    }

    /// The dimension that a cell names by id or name.
    #[must_use]
    pub fn dimension(&self, cell: &str) -> Option<DimensionIndex> {
        let cell = fold(cell);
        match self.headings.get(&cell) {
            Some(Column::Answers(index)) => Some(*index),
            Some(_) => None,
            None => self.elsewhen.dimension(&cell),
        }
    }

    /// What a cell gives in a dimension.
    #[must_use]
    pub fn meaning(&self, dimension: DimensionIndex, cell: &str) -> Meaning {
        if let Some(meaning) = self.called(dimension, cell) {
            return meaning;
        }
        let elsewhere = self.dimensions().map(|(index, _)| index);
        let elsewhere = elsewhere
            .filter(|index| *index != dimension)
            .find(|index| matches!(self.called(*index, cell), Some(Meaning::Code(_))));
        elsewhere.map_or(Meaning::Unknown, Meaning::Elsewhere)
    }

    /// What is called so in a dimension, by its accents or else without them, or else in another version.
    fn called(&self, dimension: DimensionIndex, cell: &str) -> Option<Meaning> {
        let place = usize::from(dimension.0);
        let exactly = self.cells.get(place).and_then(|cells| cells.get(&fold(cell)));
        let bare = bare(cell);
        let nearly = || self.bare.get(place).and_then(|cells| cells.get(&bare));
        exactly.or_else(nearly).copied().or_else(|| self.elsewhen.code(dimension, &bare))
    }

    /// Whether any code, name or id of a dimension holds a mark, which then parts no answers.
    #[must_use]
    pub fn uses(&self, dimension: DimensionIndex, mark: char) -> bool {
        let cells = self.cells.get(usize::from(dimension.0));
        cells.is_some_and(|cells| cells.keys().any(|name| name.contains(mark)))
    }

    /// What a cell that means nothing may have meant in a dimension: the name or id that lacks least.
    #[must_use]
    pub fn near(&self, dimension: DimensionIndex, cell: &str) -> Option<&str> {
        let wish = bare(cell);
        let allowed = (wish.chars().count() / 4).clamp(1, 3);
        let cells = self.bare.get(usize::from(dimension.0))?;
        let known = cells.iter().filter(|(_, meaning)| matches!(meaning, Meaning::Code(_)));
        let (_, name) = known
            .map(|(name, _)| (distance(&wish, name), name))
            .filter(|(steps, name)| *steps <= allowed || begins(name, &wish))
            .min()?;
        Some(name)
    }

    /// How a sheet heads one of its own columns, by its name in the contract.
    #[must_use]
    pub fn own_heading(&self, name: &'static str, language: Language) -> String {
        let known = WORDS.iter().find(|(_, _, contract)| *contract == name);
        let heading = known.map(|(column, key, _)| (*column, word(key, language)));
        match heading {
            Some((column, heading)) if self.column(&heading) == Some(column) => heading,
            _ => name.to_owned(),
        }
    }

    /// How a sheet heads the nth column of a dimension, from 1.
    #[must_use]
    pub fn heading(&self, dimension: DimensionIndex, nth: usize, language: Language) -> String {
        let numbered = |name: &str| if nth > 1 { format!("{name} {nth}") } else { name.to_owned() };
        let name = numbered(&self.dimension_name(dimension, language));
        match self.column(&name) {
            Some(Column::Answers(index)) if index == dimension => name,
            _ => numbered(self.dimension_id(dimension)),
        }
    }

    /// The name of a dimension, or its id where the name would mean something else.
    #[must_use]
    pub fn dimension_name(&self, dimension: DimensionIndex, language: Language) -> String {
        let id = self.dimension_id(dimension);
        let name = self.codebook.name(id, language.tag());
        // Several may stand in one cell, with a semicolon between them.
        let tells = self.dimension(name) == Some(dimension) && !name.contains([';', '\n']);
        if tells { name.to_owned() } else { id.to_owned() }
    }

    /// The ids of all dimensions in force, for a remedy.
    #[must_use]
    pub fn dimension_ids(&self) -> String {
        let ids: Vec<&str> = self.dimensions().map(|(_, it)| it.id.as_str()).collect();
        ids.join(", ")
    }

    fn dimension_id(&self, dimension: DimensionIndex) -> &'a str {
        let known = self.study.vocabulary.dimensions.get(usize::from(dimension.0));
        known.map_or("", |it| it.id.as_str())
    }

    /// How a sheet writes a code in a dimension: its name, or its id where the name would mean
    /// something else.
    #[must_use]
    pub fn code(&self, dimension: DimensionIndex, code: CodeIndex, language: Language) -> String {
        let known = self.study.vocabulary.of(code);
        let id = known.id.as_str();
        let name = self.codebook.name(id, language.tag());
        let name = if known.parent.is_none() { own_name(name, language) } else { name.to_owned() };
        if self.meaning(dimension, &name) == Meaning::Code(code) { name } else { id.to_owned() }
    }

    /// How a sheet writes that nothing applies.
    #[must_use]
    pub fn none(&self, dimension: DimensionIndex, language: Language) -> String {
        let none = word("sheet.none", language);
        if self.meaning(dimension, &none) == Meaning::None { none } else { "none".to_owned() }
    }
}

/// What is called so once accents are taken off; two that then are called alike mean nothing.
fn without_accents(cells: &BTreeMap<String, Meaning>) -> BTreeMap<String, Meaning> {
    let mut all: BTreeMap<String, Meaning> = BTreeMap::new();
    for (name, meaning) in cells {
        let known = all.entry(bare(name)).or_insert(*meaning);
        if known != meaning {
            *known = Meaning::Ambiguous;
        }
    }
    all
}

/// How a dimension given as a code is written.
fn own_name(name: &str, language: Language) -> String {
    say(&msg!("sheet.own", name = name), language)
}
