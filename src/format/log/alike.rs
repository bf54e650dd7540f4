//! Rows that are written as rows above them: what repeats is known by its bytes, so that nothing is cut into cells. A large
//! log holds half a million rows, and nearly all are such.

use super::{Looked, Meanings, Reader};
use crate::domain::answer::{AnswerIndex, DimensionIndex};
use crate::domain::log::{LogRow, Via};
use crate::domain::time::Moment;
use crate::read::eight::{after, before_comma};

/// What a row without a memo that takes nothing back says after its codes.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub(super) unsure: bool,
    pub(super) via: Via,
    pub(super) rest: bool,
    pub(super) version: u16,
}

/// The second in which a row was written, on the day of the row above.
#[derive(Debug, Default)]
pub(super) struct Seconds {
    /// As it is written, with the `T`.
    day: String,
    midnight: i64,
}

impl Seconds {
    /// The moment that stands at the beginning of a text, if it is of the form `2026-03-01T10:00:00Z`.
    fn read(&mut self, rest: &str) -> Option<Moment> {
        let [h1, h2, b':', m1, m2, b':', s1, s2, b'Z', ..] = *rest.as_bytes().get(11..)? else {
            return None;
        };
        let two = |tens: u8, ones: u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
        };
        let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        if self.day.is_empty() || after(rest.as_bytes(), self.day.as_bytes()).is_none() {
            let day = rest.get(..11)?;
            let midnight = crate::domain::time::moment(&format!("{day}00:00:00Z"))?;
            (self.day, self.midnight) = (day.to_owned(), midnight.as_second());
        }
        Moment::from_second(self.midnight + hour * 3600 + minute * 60 + second).ok()
    }
}

impl Reader<'_> {
    /// The row that stands at the beginning of a text, at a byte of its file and on a line, with its length and that of what
    /// ends its line; where it is written as rows above it.
    pub(super) fn alike(&mut self, rest: &str, start: u32, line: u32) -> Option<(LogRow, usize)> {
        let whole = rest;
        let (seq, rest) = number(rest)?;
        let at = self.recent.seconds.read(rest)?;
        let rest = rest.get(21..).filter(|_| rest.as_bytes().get(20) == Some(&b','))?;
        let Looked { rounds, units, dimensions, ends, .. } = &mut self.recent;
        let (round, rest) = rounds.beginning(rest, b',')?;
        let (unit, rest) = match units.last(rest, b',') {
            Some(found) => found,
            None => {
                let (cell, rest) = before_comma(rest)?;
                let unit = self.units.get(cell)?;
                units.put(cell, unit);
                (unit, rest)
            }
        };
        let (dimension, rest) = dimensions.beginning(rest, b',')?;
        let (codes, rest) = before_comma(rest)?;
        let (end, rest) = ends.beginning(rest, b'\n')?;
        let answer = self.known_answer(codes, end.version, dimension)?;
        if end.rest && answer != AnswerIndex::NONE {
            return None;
        }
        let length = whole.len() - rest.len();
        let row = LogRow {
            seq,
            at,
            round,
            unit,
            dimension,
            answer,
            unsure: end.unsure,
            via: end.via,
            rest: end.rest,
            rare: None,
            version: end.version,
            device: 0,
            line,
            start,
            length: u32::try_from(length - 1).ok()?,
        };
        Some((row, length))
    }

    /// What a `codes` cell was found to mean that is right.
    fn known_answer(&self, cell: &str, version: u16, of: DimensionIndex) -> Option<AnswerIndex> {
        if cell.is_empty() {
            return Some(AnswerIndex::UNDECIDED);
        }
        let known = self.known.iter().find(|(about, _)| *about == (version, of));
        *known.and_then(|(_, cells): &(_, Meanings)| cells.get(cell))?
    }
}

/// The number that stands before the first comma, and what follows.
fn number(text: &str) -> Option<(u64, &str)> {
    let mut number = 0;
    for (at, byte) in text.bytes().enumerate().take(19) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return (byte == b',' && number > 0).then(|| Some((number, text.get(at + 1..)?)))?;
        }
        number = number * 10 + u64::from(digit);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Vocabulary;
    use crate::domain::id::RoundId;
    use crate::domain::locator::Locator;
    use crate::domain::log::UnitIndex;
    use crate::domain::problem::Problem;
    use crate::domain::time::moment;
    use crate::format::codebook;
    use crate::format::log::{COLUMNS, Rows};
    use crate::format::unit_names::UnitNames;
    use proptest::prelude::*;
    use proptest::sample::select;

    const CODEBOOK: &str = "
title: Small
version: 1
unit: A turn.
dimensions:
  - {id: lead, select: many, codes: [{id: flat}, {id: turning}]}
  - {id: tone, select: one, codes: [{id: warm}, {id: cold}]}
";

    /// A cell that is mostly as the program writes it.
    fn cell(
        plain: &'static [&'static str],
        odd: &'static [&'static str],
    ) -> impl Strategy<Value = &'static str> {
        prop_oneof![40 => select(plain), 1 => select(odd)]
    }

    fn rows() -> impl Strategy<Value = Vec<String>> {
        let row = (
            cell(&["1", "2", "30", "41"], &["0", "", "007", "+5", "18446744073709551615", "9 "]),
            cell(
                &["2026-03-01T10:00:00Z", "2026-03-01T10:00:59Z", "2026-03-02T23:59:01Z"],
                &[
                    "2026-02-30T10:00:00Z",
                    "2026-03-01T24:00:00Z",
                    "2026-03-01T10:00:00.5Z",
                    "2026-03-01",
                ],
            ),
            cell(&["main", "main", "again"], &["", "mai", "\"main\"", "main "]),
            cell(&["A:1", "A:1", "A:2", "B:1"], &["A:9", "A", "A:01", "\"A:1\"", "A:1-1"]),
            cell(&["lead", "tone"], &["", "leading", "\"lead\""]),
            cell(&["flat", "none", "", "warm", "turning; flat"], &["cold;", "\"flat\"", "x", "\""]),
            cell(&["", "", "unsure"], &["sure", " "]),
            cell(&["", "", "", "", "", "", "", "a note"], &["\"a, b\"", "\"half", "\\n"]),
            cell(&["lines", "screen", "lines:rest"], &["", "line", "\"lines\""]),
            cell(&["", "", "", "", "", "", "", "1"], &["0", "x"]),
            cell(&["v-1", "v-1", "v-2"], &["", "v-3", "v-1,", "v-1\0"]),
            select(&["\n", "\n", "\n", "\r\n"][..]),
        );
        let text = row.prop_map(|(a, b, c, d, e, f, g, h, i, j, k, end)| {
            [a, b, c, d, e, f, g, h, i, j, k].join(",") + end
        });
        proptest::collection::vec(text, 1..40)
    }

    /// All that was found, with lines counted from the first row on and bytes from its beginning.
    fn said(reader: &Reader<'_>, found: &Rows, problems: &[Problem], header: usize) -> String {
        let row = |row: &LogRow| {
            let codes = reader.answers.codes(row.answer);
            let answer = row.answer.0.min(2);
            let (line, start) = (u64::from(row.line) - 2, row.start as usize - header);
            let row = LogRow { line: 0, start: 0, answer: AnswerIndex::NONE, ..row.clone() };
            (line, format!("line {line} at {start} {answer} {codes:?} {row:?}\n"))
        };
        let problem = |problem: &Problem| {
            let line = problem.at.line.unwrap_or(2) - 2;
            (line, format!("line {line} {:?} {}\n", problem.at.column, problem.what.key))
        };
        let gone = |line: &u64| (line - 2, format!("line {} gone\n", line - 2));
        let mut all: Vec<(u64, String)> = found.rows.iter().map(row).collect();
        all.extend(problems.iter().map(problem).chain(found.gone.iter().map(gone)));
        all.sort();
        all.into_iter().map(|(_, text)| text).collect()
    }

    proptest! {
        #[test]
        fn a_row_says_the_same_after_others_and_alone(rows in rows(), columns in select(vec![COLUMNS.join(","), COLUMNS.join(";")])) {
            let codebook = codebook::read("c", CODEBOOK.as_bytes(), &mut Vec::new()).unwrap();
            let vocabulary = Vocabulary::new(&codebook, []);
            let rounds = ["main", "again"].map(|it| it.parse::<RoundId>().unwrap());
            let units = ["A:1", "A:2", "B:1"].map(|it| it.parse::<Locator>().unwrap());
            let names = UnitNames::new((0..).map(UnitIndex).zip(&units));
            let reader = || Reader::new(&vocabulary, &rounds, &names, [("v-1", &codebook), ("v-2", &codebook)].into_iter());
            let read = |reader: &mut Reader<'_>, rows: &str| {
                let (mut problems, header) = (Vec::new(), format!("{columns}\n"));
                let found = reader.read("f", format!("{header}{rows}").as_bytes(), &mut problems);
                said(reader, &found, &problems, header.len())
            };
            let together = read(&mut reader(), &rows.concat());
            let (mut alone, mut start) = (String::new(), 0);
            for (nth, row) in rows.iter().enumerate() {
                alone += &read(&mut reader(), row).replace("line 0", &format!("line {nth}")).replace("at 0", &format!("at {start}"));
                start += row.len();
                if row.contains('\0') {
                    break;
                }
            }
            prop_assert_eq!(together, alone);
        }

        #[test]
        fn seconds_and_numbers_are_read_as_elsewhere(
            texts in proptest::collection::vec("20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|z|\\.5Z|\\+01:00)", 1..9),
            digits in "[-+]?[0-9]{0,21}",
        ) {
            let mut seconds = Seconds::default();
            for text in &texts {
                let plain = moment(text).filter(|_| text.len() == 20 && text.ends_with('Z') && !text.ends_with("60Z"));
                prop_assert_eq!(seconds.read(text), plain, "{}", text);
            }
            if let Some((number, rest)) = number(&format!("{digits},rest")) {
                prop_assert_eq!((digits.parse(), rest), (Ok(number), "rest"));
            }
        }
    }
}
