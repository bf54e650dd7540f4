//! The rows of a CSV of codings as numbers: who gave which code to which unit.

use std::ops::ControlFlow;
use std::rc::Rc;

use super::Empty;
use super::complaints::Complaints;
use super::file::{BLANK, Body, CodingsFile, Entry, FIRST, NONE};
use super::layout::{Form, HeaderError, Layout};
use super::names::Names;
use super::plain;
use super::record::{Record, each};
use crate::domain::problem::Problem;
use crate::escape::csv::unguard;
use crate::format::table::separator;
use crate::msg;

/// Reads a CSV of codings; `empty` is what an empty cell means, by default as the form of the file has it.
///
/// Nothing is given out while there is any problem.
///
/// # Errors
/// All that is wrong with the file.
pub fn read(file: &str, bytes: &[u8], empty: Option<Empty>) -> Result<CodingsFile, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut complaints = Complaints::of(file, bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = error.valid_up_to();
        complaints.add(at, None, msg!("table.not_utf8"), msg!("table.not_utf8.fix"));
        return Err(complaints.problems());
    }
    if bytes.contains(&0) {
        let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
        complaints.add(at, None, msg!("table.zero_byte"), msg!("table.zero_byte.fix"));
        return Err(complaints.problems());
    }
    if let Some(read) = plain::read(bytes, separator(bytes), empty) {
        return Ok(read);
    }
    in_general(bytes, empty, complaints)
}

/// Reads any file, row by row.
fn in_general(
    bytes: &[u8],
    empty: Option<Empty>,
    mut complaints: Complaints<'_>,
) -> Result<CodingsFile, Vec<Problem>> {
    let mut reader: Option<Reader> = None;
    each(bytes, separator(bytes), |record| {
        if record.iter().all(<[u8]>::is_empty) {
            return ControlFlow::Continue(());
        }
        match &mut reader {
            Some(reader) => reader.row(record, &mut complaints),
            None => reader = header(record, empty, &mut complaints),
        }
        if reader.is_none() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if reader.is_none() && complaints.is_empty() {
        complaints.header(0, &HeaderError::Missing("unit"));
    }
    match reader {
        Some(reader) if complaints.is_empty() => {
            let read = reader.finish(&mut complaints);
            if complaints.is_empty() { Ok(read) } else { Err(complaints.problems()) }
        }
        _ => Err(complaints.problems()),
    }
}

fn header(
    record: &Record<'_>,
    empty: Option<Empty>,
    complaints: &mut Complaints,
) -> Option<Reader> {
    let start = record.at;
    match Layout::of(record) {
        Ok(layout) => Some(Reader::new(layout, empty, start)),
        Err(errors) => {
            errors.iter().for_each(|error| complaints.header(start, error));
            None
        }
    }
}

/// Goes through the rows.
struct Reader {
    layout: Layout,
    form: Rc<Form>,
    empty: Empty,
    header: usize,
    coders: Names,
    dimensions: Names,
    rounds: Names,
    cases: Names,
    codes: Vec<Names>,
    units: Names,
    unit_cases: Vec<u32>,
    entries: Vec<Entry>,
    /// Where each row begins.
    rows: Vec<usize>,
    key: Vec<u8>,
}

impl Reader {
    fn new(layout: Layout, empty: Option<Empty>, header: usize) -> Self {
        let form = Rc::new(layout.form.clone());
        let usual = match &*form {
            Form::Long { whole: false, .. } => Empty::None,
            Form::Long { whole: true, .. } | Form::Wide { .. } => Empty::Missing,
        };
        let mut coders = Names::default();
        if let Form::Wide { coders: columns } = &*form {
            for (_, coder) in columns {
                coders.number(coder.as_bytes());
            }
        }
        Self {
            empty: empty.unwrap_or(usual),
            header,
            coders,
            dimensions: Names::default(),
            rounds: Names::default(),
            cases: Names::default(),
            codes: Vec::new(),
            units: Names::default(),
            unit_cases: Vec::new(),
            entries: Vec::new(),
            rows: Vec::new(),
            key: Vec::new(),
            form,
            layout,
        }
    }

    fn row(&mut self, record: &Record<'_>, complaints: &mut Complaints) {
        let at = record.at;
        let width = self.layout.width;
        let extra = record.iter().skip(width).any(|cell| !cell.is_empty());
        if record.len() < width || extra {
            let what = msg!("table.ragged", cells = record.len(), columns = width);
            complaints.add(at, None, what, msg!("table.ragged.fix"));
            return;
        }
        let needed =
            [Some((self.layout.unit, "unit")), self.layout.dimension.map(|it| (it, "dimension"))];
        let coder = match &*self.form {
            Form::Long { coder, .. } => Some((*coder, "coder")),
            Form::Wide { .. } => None,
        };
        for (place, column) in needed.into_iter().chain([coder]).flatten() {
            if cell(record, place).is_empty() {
                complaints.add(at, Some(column), msg!("codings.blank"), msg!("codings.blank.fix"));
                return;
            }
        }
        let entry = self.place(record);
        self.rows.push(at);
        let form = Rc::clone(&self.form);
        match &*form {
            Form::Long { coder, code, certainty, .. } => {
                let coder = self.coders.number(cell(record, *coder));
                let unsure = certainty.is_some_and(|at| cell(record, at) == b"unsure");
                let entry = Entry { coder, unsure, ..entry };
                if !self.answer(entry, cell(record, *code), at, "code", complaints) {
                    self.entries.push(entry);
                }
            }
            Form::Wide { coders } => {
                for (coder, (place, name)) in (0..).zip(coders) {
                    let entry = Entry { coder, ..entry };
                    let some = self.answer(entry, cell(record, *place), at, name, complaints);
                    if !some && self.empty == Empty::None {
                        self.entries.push(entry);
                    }
                }
            }
        }
    }

    /// Unit, dimension and round of a row.
    fn place(&mut self, record: &Record<'_>) -> Entry {
        let number = |names: &mut Names, place: Option<usize>| {
            place.map_or(0, |place| names.number(cell(record, place)))
        };
        let dimension = number(&mut self.dimensions, self.layout.dimension);
        let round = number(&mut self.rounds, self.layout.round);
        let case = number(&mut self.cases, self.layout.case);
        while self.codes.len() <= dimension as usize {
            self.codes.push(Names::default());
        }
        let unit = if self.layout.case.is_none() {
            self.units.number(cell(record, self.layout.unit))
        } else {
            // The same name in two cases is two units.
            self.key.clear();
            self.key.extend_from_slice(&case.to_be_bytes());
            self.key.extend_from_slice(cell(record, self.layout.unit));
            self.units.number(&self.key)
        };
        if unit as usize == self.unit_cases.len() {
            self.unit_cases.push(case);
        }
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        Entry { unit, dimension, round, coder: 0, code: BLANK, row, unsure: false }
    }

    /// The codes of one cell; whether there is anything in it.
    fn answer(
        &mut self,
        entry: Entry,
        cell: &[u8],
        at: usize,
        column: &str,
        complaints: &mut Complaints,
    ) -> bool {
        let Some(codes) = self.codes.get_mut(entry.dimension as usize) else { return false };
        let (mut some, mut none) = (false, false);
        for part in cell.split(|byte| *byte == b';') {
            let code = match unguarded(part.trim_ascii()) {
                [] => continue,
                b"none" => NONE,
                code => codes.number(code) + FIRST,
            };
            none |= code == NONE;
            some |= code != NONE;
            self.entries.push(Entry { code, ..entry });
        }
        if none && some {
            complaints.add(
                at,
                Some(column),
                msg!("codings.none_beside"),
                msg!("codings.none_beside.fix"),
            );
        }
        none || some
    }

    fn finish(mut self, complaints: &mut Complaints) -> CodingsFile {
        if !self.entries.is_sorted() {
            self.entries.sort_unstable();
        }
        let wide = matches!(*self.form, Form::Wide { .. });
        let whole = wide || matches!(*self.form, Form::Long { whole: true, .. });
        self.check_answers(whole, wide, complaints);
        let coders = self.coders.into_list();
        if coders.len() < 2 {
            let what = msg!("codings.few", n = coders.len());
            complaints.add(self.header, None, what, msg!("codings.few.fix"));
        }
        CodingsFile {
            coders,
            dimensions: self.dimensions.into_list(),
            rounds: self.rounds.into_list(),
            cases: self.cases.into_list(),
            codes: self.codes.into_iter().map(Names::into_list).collect(),
            unit_cases: self.unit_cases,
            body: Body::Entries(self.entries),
            empty: self.empty,
            wide,
        }
    }

    /// Where a row is a whole answer, a second row on the same is one too many; `none` stands alone.
    fn check_answers(&self, whole: bool, wide: bool, complaints: &mut Complaints) {
        let same = |one: &Entry, other: &Entry| {
            let place = |it: &Entry| (it.unit, it.dimension, it.round, it.coder);
            place(one) == place(other)
        };
        for answer in self.entries.chunk_by(same) {
            let at = |entry: &Entry| self.rows.get(entry.row as usize).copied().unwrap_or(0);
            let [first, _, ..] = answer else { continue };
            let second =
                answer.iter().filter(|entry| entry.row != first.row).max_by_key(|it| it.row);
            if let (true, Some(second)) = (whole, second) {
                let later = if first.row > second.row { first } else { second };
                let (what, fix) = if wide {
                    (msg!("codings.twice"), msg!("codings.twice.fix"))
                } else {
                    (msg!("codings.answered_twice"), msg!("codings.answered_twice.fix"))
                };
                complaints.add(at(later), Some("unit"), what, fix);
            }
            let none = answer.iter().find(|entry| entry.code == NONE);
            let other = answer.iter().find(|entry| entry.code >= FIRST);
            if let (Some(none), Some(other)) = (none, other)
                && none.row != other.row
            {
                let what = msg!("codings.none_beside");
                complaints.add(at(none), Some("code"), what, msg!("codings.none_beside.fix"));
            }
        }
    }
}

fn cell<'a>(record: &Record<'a>, place: usize) -> &'a [u8] {
    unguarded(record.get(place))
}

/// The cell without a guard against formulas.
pub(super) fn unguarded(cell: &[u8]) -> &[u8] {
    if cell.first() != Some(&b'\'') {
        return cell;
    }
    std::str::from_utf8(cell).map_or(cell, |text| unguard(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::codings::Pick;

    fn cells() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ab]|none|a; ?b|b;a| a ||'=a|'b|none; a|a-very-long-code-[12]",
            "[a-d]",
            "[a-d]",
            Just("a code of exactly".to_owned()),
        ]
    }

    fn units() -> impl Strategy<Value = String> {
        prop_oneof!["u[0-9]{1,2}", "[0-9]{1,4}", "[a-z ]{0,2}", "CoP-[0-9]:[0-9]{3,8}"]
    }

    proptest! {
        #[test]
        fn a_plain_file_is_read_as_any_other(
            header in prop_oneof![
                Just("unit,ann,bo"), Just("ann,unit,memo,bo"), Just("\u{feff}Unit;ann;bo;cy"),
                Just("unit,round,ann,bo"),
            ],
            rows in prop::collection::vec((units(), cells(), cells(), cells()), 0..9),
            ascending in any::<bool>(),
            end in prop_oneof![Just("\n"), Just(""), Just("\n\n")],
            empty in prop_oneof![Just(None), Just(Some(Empty::None)), Just(Some(Empty::Missing))],
        ) {
            let separator = if header.contains(';') { ';' } else { ',' };
            let mut rows = rows;
            if ascending {
                rows.sort_by(|one, other| (one.0.len(), &one.0).cmp(&(other.0.len(), &other.0)));
            }
            let place = header.split(separator).position(|it| it.ends_with("nit")).unwrap_or(0);
            let line = |(unit, first, second, third): &(String, String, String, String)| {
                let mut cells = vec![first.as_str(), second, third];
                cells.insert(place, unit);
                cells.truncate(header.split(separator).count());
                let text = cells.join(&separator.to_string());
                if separator == ';' { text.replace("; ", " ") } else { text }
            };
            let lines: Vec<String> = rows.iter().map(line).collect();
            let csv = format!("{header}\n{}{end}", lines.join("\n"));
            let bytes = csv.strip_prefix('\u{feff}').unwrap_or(&csv).as_bytes();
            let any = in_general(bytes, empty, Complaints::of("f.csv", bytes));
            let either = read("f.csv", csv.as_bytes(), empty);
            let codings = |read: Result<CodingsFile, Vec<Problem>>| {
                read.map(|read| {
                    let of_bo = Pick { coders: vec!["bo".to_owned()], ..Pick::default() };
                    (read.codings(&Pick::default()), read.codings(&of_bo))
                })
            };
            prop_assert_eq!(codings(either), codings(any));
        }
    }
}
