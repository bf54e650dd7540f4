//! The rows of a file as numbers: per coder one column of them, a place for each unit (and dimension and round).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::layout::{Form, Layout};
use super::record::{Record, each};
use super::spelling::{Spellings, key};
use super::texts::{Text, Texts};
use super::units::{Distinct, Units};

/// What stands where in a file.
pub(super) struct Raw {
    /// Per coder her name, by its commonest spelling.
    pub(super) coders: Vec<String>,
    /// Spellings of coders.
    pub(super) spellings: Spellings,
    pub(super) dimensions: Vec<String>,
    pub(super) rounds: Vec<String>,
    pub(super) cases: Vec<String>,
    /// Per coder and place the number of what stands there; 0 where there is no row.
    pub(super) cells: Vec<Vec<u32>>,
    /// What a place is about; a unit each where absent.
    pub(super) places: Option<Vec<Place>>,
    pub(super) texts: Texts,
    pub(super) units: usize,
    /// Per unit its case; empty where there are none.
    pub(super) unit_cases: Vec<u32>,
    /// Place and coder of what its coder was unsure of.
    pub(super) unsure: BTreeSet<(u32, u32)>,
    /// Whether something is wrong with a row.
    pub(super) is_wrong: bool,
    /// Coders whose columns were given up, because no two of their cells are alike.
    pub(super) prose: Vec<usize>,
    /// Units by name, where they may be asked for.
    pub(super) named: Option<Units>,
}

/// What a place is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) unit: u32,
    pub(super) dimension: u32,
    pub(super) round: u32,
}

/// So many rows of a column are read before it may be given up.
const PROSE_FROM: usize = 5000;

/// Goes through the rows.
struct Reader<'a> {
    layout: &'a Layout,
    asked: bool,
    texts: Texts,
    coders: Coders,
    dimensions: Texts,
    rounds: Texts,
    cases: Texts,
    distinct: Distinct,
    units: Units,
    unit_cases: Vec<u32>,
    places: Places,
    /// Whether a row is a unit, and no unit has two.
    single: bool,
    cells: Vec<Vec<u32>>,
    /// Per column how many texts it brought in.
    fresh: Vec<usize>,
    given_up: Vec<bool>,
    rows: usize,
    unsure: BTreeSet<(u32, u32)>,
    is_wrong: bool,
    key: Vec<u8>,
}

/// Reads the rows beneath the header.
pub(super) fn read(bytes: &[u8], separator: u8, layout: &Layout, asked: bool) -> Raw {
    let mut reader = Reader::new(layout, asked);
    let mut headed = false;
    each(bytes, separator, |record| {
        if !record.is_blank() && std::mem::replace(&mut headed, true) {
            reader.row(record);
        }
        ControlFlow::Continue(())
    });
    reader.finish(bytes, separator)
}

impl<'a> Reader<'a> {
    fn new(layout: &'a Layout, asked: bool) -> Self {
        let (coders, columns, dimensions) = match &layout.form {
            Form::Long { .. } => (Vec::new(), 0, 0),
            Form::Wide { coders, columns, dimensions } => {
                (coders.clone(), columns.len(), dimensions.len())
            }
        };
        let several = layout.dimension.is_some() || layout.round.is_some();
        let is_long = matches!(layout.form, Form::Long { .. });
        Self {
            layout,
            asked,
            texts: Texts::default(),
            cells: vec![Vec::new(); coders.len()],
            coders: Coders::of(coders),
            dimensions: Texts::default(),
            rounds: Texts::default(),
            cases: Texts::default(),
            distinct: Distinct::default(),
            units: Units::default(),
            unit_cases: Vec::new(),
            places: if several || dimensions > 0 { Places::named() } else { Places::default() },
            single: !several && !is_long,
            fresh: vec![0; columns],
            given_up: vec![false; columns],
            rows: 0,
            unsure: BTreeSet::new(),
            is_wrong: false,
            key: Vec::new(),
        }
    }

    fn row(&mut self, record: &Record<'_>) {
        if is_ragged(record, self.layout.width) {
            self.is_wrong = true;
            return;
        }
        let name = record.get(self.layout.unit);
        if name.is_empty() {
            self.is_wrong = true;
            return;
        }
        self.rows += 1;
        let case = self.layout.case.map(|at| self.cases.number(record.ahead(at)) - 1);
        let name = match case {
            None => name,
            // The same name in two cases is two units.
            Some(case) => {
                self.key.clear();
                self.key.extend_from_slice(&case.to_be_bytes());
                self.key.extend_from_slice(name);
                &self.key
            }
        };
        let unit = if self.single { self.distinct.add(name) } else { self.units.number(name) };
        if let Some(case) = case
            && unit as usize == self.unit_cases.len()
        {
            self.unit_cases.push(case);
        }
        let dimension = match self.layout.dimension {
            None => 0,
            Some(at) if record.get(at).is_empty() => {
                self.is_wrong = true;
                return;
            }
            Some(at) => self.dimensions.number(record.ahead(at)) - 1,
        };
        let round = self.layout.round.map_or(0, |at| self.rounds.number(record.ahead(at)) - 1);
        self.answers(record, Place { unit, dimension, round });
    }

    fn answers(&mut self, record: &Record<'_>, about: Place) {
        let layout = self.layout;
        match &layout.form {
            Form::Long { coder, code, whole, certainty } => {
                if record.get(*coder).is_empty() {
                    self.is_wrong = true;
                    return;
                }
                let column = self.coders.column(record.ahead(*coder));
                if column >= self.cells.len() {
                    self.cells.resize_with(column + 1, Vec::new);
                }
                let place = self.places.number(about);
                let text = self.texts.number(record.ahead(*code));
                if certainty.is_some_and(|at| record.get(at).eq_ignore_ascii_case(b"unsure")) {
                    self.unsure.insert((place, column as u32));
                }
                self.put(column, place, text, *whole);
            }
            Form::Wide { columns, dimensions, .. } => {
                for (nth, column) in columns.iter().enumerate() {
                    if self.given_up.get(nth) == Some(&true) {
                        continue;
                    }
                    let about = if dimensions.is_empty() {
                        about
                    } else {
                        Place { dimension: column.dimension as u32, ..about }
                    };
                    let place = self.places.number(about);
                    let before = self.texts.len();
                    let text = self.texts.number(record.ahead(column.place));
                    if self.texts.len() > before {
                        self.fresh(nth);
                    }
                    self.put(column.coder, place, text, true);
                }
            }
        }
    }

    /// A column brought in another text; one of which no two cells are alike is no coder's.
    fn fresh(&mut self, nth: usize) {
        let Some(fresh) = self.fresh.get_mut(nth) else { return };
        *fresh += 1;
        if self.rows > PROSE_FROM && *fresh * 10 > self.rows * 9 && !self.asked {
            self.given_up[nth] = true;
        }
    }

    fn put(&mut self, column: usize, place: u32, text: u32, whole: bool) {
        let Some(cells) = self.cells.get_mut(column) else { return };
        let at = place as usize;
        if at == cells.len() {
            cells.push(text);
            return;
        }
        if at > cells.len() {
            cells.resize(at + 1, 0);
        }
        match cells.get(at) {
            Some(0) => cells[at] = text,
            Some(_) if whole => self.is_wrong = true,
            Some(other) if *other != text => cells[at] = self.texts.together(*other, text),
            _ => {}
        }
    }

    fn finish(mut self, bytes: &[u8], separator: u8) -> Raw {
        let layout = self.layout;
        let units = if self.single { self.distinct.len() } else { self.units.len() };
        if self.single && !self.is_wrong {
            let distinct = std::mem::take(&mut self.distinct);
            self.is_wrong =
                distinct.repeats(|number, add| unit_names(bytes, separator, layout, number, add));
        }
        let prose = match &layout.form {
            Form::Wide { columns, .. } => {
                let given_up = columns.iter().zip(&self.given_up).filter(|(_, gone)| **gone);
                given_up
                    .map(|(column, _)| column.coder)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect()
            }
            Form::Long { .. } => Vec::new(),
        };
        let dimensions = match &layout.form {
            Form::Wide { dimensions, .. } if !dimensions.is_empty() => dimensions.clone(),
            _ => list(&self.dimensions),
        };
        let (coders, spellings) = self.coders.finish();
        Raw {
            coders,
            spellings,
            dimensions,
            rounds: list(&self.rounds),
            cases: list(&self.cases),
            cells: self.cells,
            places: self.places.finish(),
            texts: self.texts,
            units,
            unit_cases: self.unit_cases,
            unsure: self.unsure,
            is_wrong: self.is_wrong,
            prose,
            named: (!self.single).then_some(self.units),
        }
    }
}

/// Whether a row has too few cells, or something beyond its columns.
pub(super) fn is_ragged(record: &Record<'_>, width: usize) -> bool {
    record.len() != width
        && (record.len() < width || record.iter().skip(width).any(|cell| !cell.is_empty()))
}

/// Hands over the units of the first rows, so many of them, as [`Reader::row`] names them.
fn unit_names(
    bytes: &[u8],
    separator: u8,
    layout: &Layout,
    number: usize,
    add: &mut dyn FnMut(&[u8]),
) {
    let (mut headed, mut left) = (false, number);
    let mut cases = Texts::default();
    let mut key = Vec::new();
    each(bytes, separator, |record| {
        if record.is_blank() || !std::mem::replace(&mut headed, true) {
            return ControlFlow::Continue(());
        }
        if left == 0 {
            return ControlFlow::Break(());
        }
        left -= 1;
        key.clear();
        if let Some(at) = layout.case {
            key.extend_from_slice(&(cases.number(record.ahead(at)) - 1).to_be_bytes());
        }
        key.extend_from_slice(record.get(layout.unit));
        add(&key);
        ControlFlow::Continue(())
    });
}

fn list(texts: &Texts) -> Vec<String> {
    let name = |text: &Text| match text {
        Text::Cell(text) => text.trim().to_owned(),
        Text::Both(..) => String::new(),
    };
    texts.list().iter().map(name).collect()
}

/// Coders by name, spellings of one name together.
struct Coders {
    texts: Texts,
    /// Per spelling whose it is, and how often it occurs.
    columns: Vec<(usize, u64)>,
    by_key: BTreeMap<String, usize>,
    known: Vec<String>,
}

impl Coders {
    fn of(known: Vec<String>) -> Self {
        Self { texts: Texts::default(), columns: Vec::new(), by_key: BTreeMap::new(), known }
    }

    /// The column of a coder.
    fn column(&mut self, cell: (&[u8], Option<&[u8; super::record::AHEAD]>)) -> usize {
        let number = self.texts.number(cell) as usize - 1;
        if number >= self.columns.len() {
            let next = self.by_key.len();
            let name = String::from_utf8_lossy(cell.0);
            let column = *self.by_key.entry(key(&name)).or_insert(next);
            self.columns.push((column, 0));
        }
        match self.columns.get_mut(number) {
            Some((column, times)) => {
                *times += 1;
                *column
            }
            None => 0,
        }
    }

    fn finish(self) -> (Vec<String>, Spellings) {
        let mut spellings = Spellings::default();
        for (text, (_, times)) in self.texts.cells().zip(&self.columns) {
            spellings.add(text.trim(), *times);
        }
        if !self.known.is_empty() {
            return (self.known, spellings);
        }
        let mut names = vec![String::new(); self.by_key.len()];
        for (key, column) in &self.by_key {
            if let (Some(name), Some(best)) = (names.get_mut(*column), spellings.best(key)) {
                best.clone_into(name);
            }
        }
        (names, spellings)
    }
}

/// Places by what they are about.
#[derive(Default)]
struct Places {
    list: Option<Vec<Place>>,
    numbers: HashMap<Place, u32>,
    last: usize,
}

impl Places {
    fn named() -> Self {
        Self { list: Some(Vec::new()), ..Self::default() }
    }

    /// The number of a place: its unit's, where that is all.
    fn number(&mut self, place: Place) -> u32 {
        let Some(list) = &mut self.list else { return place.unit };
        for guess in [self.last, self.last + 1] {
            if list.get(guess) == Some(&place) {
                self.last = guess;
                return guess as u32;
            }
        }
        let next = list.len() as u32;
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            list.push(place);
        }
        self.last = number as usize;
        number
    }

    fn finish(self) -> Option<Vec<Place>> {
        self.list
    }
}
