//! A file that looks as most do: a row a unit, a column a coder, nothing quoted. Read in one pass, without a
//! copy; whatever is not as plain is left to the general reader, which also says what is wrong.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::ControlFlow;

use super::Empty;
use super::entries::unguarded;
use super::file::{Body, CodingsFile};
use super::layout::{Form, Layout};
use super::names::Names;
use super::record::each;

/// Answers that stand in cells, unit by unit and in each coder by coder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cells {
    /// Per different answer its codes in order; none if nothing applies.
    pub(super) answers: Vec<Vec<u32>>,
    /// 0 for undecided, else 1 + the place of the answer.
    pub(super) cells: Vec<u32>,
}

/// Reads a file, if it is a plain one.
pub(super) fn read(bytes: &[u8], separator: u8, empty: Option<Empty>) -> Option<CodingsFile> {
    if bytes.iter().fold(false, |odd, byte| odd | matches!(byte, b'"' | b'\r')) {
        return None;
    }
    let start = bytes.iter().position(|byte| *byte == b'\n')? + 1;
    let layout = header(bytes.get(..start)?, separator)?;
    let Form::Wide { coders } = &layout.form else { return None };
    let beside = [layout.dimension, layout.round, layout.case];
    if beside.iter().any(Option::is_some) || coders.len() < 2 {
        return None;
    }
    let column_of = |place: usize| match coders.iter().any(|(at, _)| *at == place) {
        _ if place == layout.unit => Column::Unit,
        true => Column::Coder,
        false => Column::Beside,
    };
    let empty = empty.unwrap_or(Empty::Missing);
    let mut rows = Rows {
        bytes,
        columns: (0..layout.width).map(column_of).collect(),
        column: 0,
        start,
        units: Units::default(),
        answers: Answers::new(empty),
        cells: Vec::new(),
    };
    marks(bytes, separator, start, |at, line| rows.cell(at, line))?;
    if rows.start < bytes.len() || rows.column > 0 {
        rows.cell(bytes.len(), true)?;
    }
    if !rows.units.ascending && !all_different(bytes, separator, start, layout.unit) {
        return None;
    }
    Some(CodingsFile {
        coders: coders.iter().map(|(_, name)| name.clone()).collect(),
        dimensions: Vec::new(),
        rounds: Vec::new(),
        cases: Vec::new(),
        codes: vec![rows.answers.codes.into_list()],
        unit_cases: vec![0; rows.units.number],
        body: Body::Cells(Cells { answers: rows.answers.list, cells: rows.cells }),
        empty,
        wide: true,
    })
}

/// What the first line announces, if it is in order.
fn header(line: &[u8], separator: u8) -> Option<Layout> {
    let mut layout = None;
    each(line, separator, |record| {
        layout = Layout::of(record).ok();
        ControlFlow::Break(())
    });
    layout
}

/// Whether no two rows are about the same unit.
fn all_different(bytes: &[u8], separator: u8, start: usize, unit: usize) -> bool {
    let mut names = Names::default();
    let mut rows = 0;
    each(bytes.get(start..).unwrap_or_default(), separator, |record| {
        rows += 1;
        if names.number(record.get(unit)) + 1 == rows {
            ControlFlow::Continue(())
        } else {
            rows = 0;
            ControlFlow::Break(())
        }
    });
    rows > 0
}

/// Hands over the place of every separator and line break from a place on, and whether it is a line break; eight
/// bytes at a time.
fn marks(
    bytes: &[u8],
    separator: u8,
    start: usize,
    mut mark: impl FnMut(usize, bool) -> Option<()>,
) -> Option<()> {
    let everywhere = |byte: u8| u64::from_le_bytes([byte; 8]);
    let (separators, lines) = (everywhere(separator), everywhere(b'\n'));
    let (words, rest) = bytes.get(start..)?.as_chunks::<8>();
    let mut from = start;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let breaks = zeros(word ^ lines);
        let mut found = zeros(word ^ separators) | breaks;
        while found != 0 {
            let lowest = found & found.wrapping_neg();
            mark(from + found.trailing_zeros() as usize / 8, breaks & lowest != 0)?;
            found ^= lowest;
        }
        from += 8;
    }
    for (at, byte) in (from..).zip(rest) {
        if *byte == separator || *byte == b'\n' {
            mark(at, *byte == b'\n')?;
        }
    }
    Some(())
}

/// The highest bit of every byte that is 0.
fn zeros(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    !(((word & LOW) + LOW) | word | LOW)
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Unit,
    Coder,
    Beside,
}

/// Goes through the cells.
struct Rows<'a> {
    bytes: &'a [u8],
    columns: Vec<Column>,
    /// The column of the next cell, and where it begins.
    column: usize,
    start: usize,
    units: Units<'a>,
    answers: Answers,
    cells: Vec<u32>,
}

impl Rows<'_> {
    /// The cell that ends at a place, and with it maybe the row; nothing where the row is not plain.
    fn cell(&mut self, at: usize, ends: bool) -> Option<()> {
        let cell = self.bytes.get(self.start..at)?;
        if ends && self.column == 0 && cell.is_empty() {
            self.start = at + 1;
            return Some(());
        }
        match self.columns.get(self.column)? {
            Column::Unit => self.units.add(cell)?,
            Column::Coder => self.cells.push(self.answers.number(self.bytes, self.start, cell)?),
            Column::Beside => {}
        }
        self.column += 1;
        self.start = at + 1;
        if ends {
            if self.column != self.columns.len() {
                return None;
            }
            self.column = 0;
        }
        Some(())
    }
}

/// The units, which are all different while each is beyond the one before: longer, or as long and later in the
/// alphabet.
struct Units<'a> {
    last: &'a [u8],
    ascending: bool,
    number: usize,
}

impl Default for Units<'_> {
    fn default() -> Self {
        Self { last: &[], ascending: true, number: 0 }
    }
}

impl<'a> Units<'a> {
    fn add(&mut self, name: &'a [u8]) -> Option<()> {
        let (first, last) = (name.first()?, name.last()?);
        if *first == b'\'' || first.is_ascii_whitespace() || last.is_ascii_whitespace() {
            return None;
        }
        self.ascending &= (self.last.len(), self.last) < (name.len(), name);
        self.last = name;
        self.number += 1;
        Some(())
    }
}

/// Answers by what stands in cells.
struct Answers {
    empty: Empty,
    codes: Names,
    list: Vec<Vec<u32>>,
    /// The place of an answer by its codes.
    places: BTreeMap<Vec<u32>, u32>,
    /// What short cells hold, by the whole cell as a number; 0 where there is none yet.
    short: Vec<(u128, u32)>,
    taken: usize,
    key: u64,
    /// The same for longer ones.
    long: HashMap<Vec<u8>, u32>,
}

/// From so many bytes on a cell is long.
const LONG: usize = 16;

impl Answers {
    fn new(empty: Empty) -> Self {
        Self {
            empty,
            codes: Names::default(),
            list: Vec::new(),
            places: BTreeMap::new(),
            short: vec![(0, 0); 64],
            taken: 0,
            // Drawn anew in each run, so that no file can be made to collide.
            key: RandomState::new().build_hasher().finish() | 1,
            long: HashMap::new(),
        }
    }

    /// The number of the answer in a cell that begins at a place: 0 for undecided.
    fn number(&mut self, bytes: &[u8], start: usize, cell: &[u8]) -> Option<u32> {
        if cell.is_empty() && self.empty == Empty::Missing {
            return Some(0);
        }
        if cell.len() >= LONG {
            if let Some(number) = self.long.get(cell) {
                return Some(*number);
            }
            let number = self.read(cell)?;
            self.long.insert(cell.to_vec(), number);
            return Some(number);
        }
        let whole = match bytes.get(start..start + LONG).and_then(|it| it.first_chunk::<LONG>()) {
            Some(chunk) => u128::from_le_bytes(*chunk) & ((1 << (8 * cell.len())) - 1),
            None => cell.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
        };
        // The length, and one, stands where no byte of the cell does.
        let whole = whole | (cell.len() as u128 + 1) << 120;
        let mut slot = self.slot(whole);
        loop {
            match self.short.get(slot)? {
                (0, _) => break,
                (other, number) if *other == whole => return Some(*number),
                _ => slot = (slot + 1) & (self.short.len() - 1),
            }
        }
        let number = self.read(cell)?;
        self.keep(whole, number);
        Some(number)
    }

    fn slot(&self, whole: u128) -> usize {
        let folded = (whole as u64 ^ (whole >> 64) as u64).wrapping_mul(self.key);
        (folded >> 32) as usize & (self.short.len() - 1)
    }

    fn keep(&mut self, whole: u128, number: u32) {
        self.taken += 1;
        let mut again = vec![(whole, number)];
        if self.taken * 4 > self.short.len() {
            let larger = vec![(0, 0); self.short.len() * 4];
            again.extend(std::mem::replace(&mut self.short, larger));
        }
        for (whole, number) in again.into_iter().filter(|(whole, _)| *whole != 0) {
            let mut slot = self.slot(whole);
            while self.short.get(slot).is_some_and(|(taken, _)| *taken != 0) {
                slot = (slot + 1) & (self.short.len() - 1);
            }
            if let Some(free) = self.short.get_mut(slot) {
                *free = (whole, number);
            }
        }
    }

    /// What a cell says, read for the first time; nothing where it says `none` beside a code.
    fn read(&mut self, cell: &[u8]) -> Option<u32> {
        let (mut codes, mut none) = (Vec::new(), false);
        for part in unguarded(cell.trim_ascii()).split(|byte| *byte == b';') {
            match unguarded(part.trim_ascii()) {
                [] => {}
                b"none" => none = true,
                code => codes.push(self.codes.number(code)),
            }
        }
        if none && !codes.is_empty() {
            return None;
        }
        if !none && codes.is_empty() && self.empty == Empty::Missing {
            return Some(0);
        }
        codes.sort_unstable();
        codes.dedup();
        let next = u32::try_from(self.list.len() + 1).ok()?;
        let number = *self.places.entry(codes.clone()).or_insert(next);
        if number == next {
            self.list.push(codes);
        }
        Some(number)
    }
}
