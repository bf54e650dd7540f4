//! What the cells of a wide file say of whose its columns are: notes, what nobody else answers, what was settled on.

use std::collections::BTreeSet;

use super::columns;
use super::meaning::{Meaning, Meanings};
use super::reader::Raw;
use super::texts::Text;

/// A column that gives fewer answers than this is no stranger: it may be a coder's who had little to code.
const FEWEST: u64 = 4;

/// What the cells of columns look like, in the order of the columns.
pub(super) struct Looks(Vec<Look>);

/// What the cells of a column look like.
struct Look {
    column: usize,
    codes: BTreeSet<u32>,
    mentions: u64,
    cells: u64,
    length: u64,
}

impl Looks {
    /// Looks at columns; `counts` says per column how many cells hold each text, by its number less 1.
    pub(super) fn of(
        raw: &Raw,
        columns: &[usize],
        counts: &[Vec<u64>],
        meanings: &Meanings,
    ) -> Self {
        let look = |it: &usize| Some(Look::at(raw, *it, counts.get(*it)?, meanings));
        Self(columns.iter().filter_map(look).collect())
    }

    /// Columns whose cells are nearly all different, or long, and not those of any other column: notes, not codes.
    pub(super) fn prose(&self) -> Vec<usize> {
        let is_prose = |nth: usize, look: &Look| {
            let others: BTreeSet<u32> = self
                .0
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != nth)
                .flat_map(|(_, other)| other.codes.iter().copied())
                .collect();
            let shared = look.codes.intersection(&others).count() * 2 > look.codes.len();
            let different = look.codes.len() as u64 * 10 >= look.mentions * 9;
            let long = look.length >= 40 * look.cells.max(1)
                && look.codes.len() as u64 * 2 >= look.mentions;
            let worded = look.length >= 15 * look.cells.max(1) && different;
            !shared
                && ((different && look.cells >= 10)
                    || (long && look.cells >= 3)
                    || (worded && look.cells >= 3))
        };
        let odd = self.0.iter().enumerate().filter(|(nth, look)| is_prose(*nth, look));
        odd.map(|(_, look)| look.column).collect()
    }

    /// Columns that share no answer with those that share theirs: of the columns that hang together by what they
    /// answer, all but the largest group of two or more.
    pub(super) fn strangers(&self) -> Vec<usize> {
        let mut group: Vec<usize> = (0..self.0.len()).collect();
        for (nth, look) in self.0.iter().enumerate() {
            for (other, before) in self.0.iter().enumerate().take(nth) {
                if look.codes.is_disjoint(&before.codes) {
                    continue;
                }
                let of = |it: usize| group.get(it).copied().unwrap_or(it);
                let (from, to) = (of(nth), of(other));
                group.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
        let size = |of: usize| group.iter().filter(|it| **it == of).count();
        let Some(largest) =
            group.iter().copied().max_by_key(|it| (size(*it), std::cmp::Reverse(*it)))
        else {
            return Vec::new();
        };
        if size(largest) < 2 {
            return Vec::new();
        }
        let apart = self.0.iter().zip(&group).filter(|(_, of)| **of != largest);
        apart.filter(|(it, _)| it.mentions >= FEWEST).map(|(it, _)| it.column).collect()
    }
}

impl Look {
    fn at(raw: &Raw, column: usize, counts: &[u64], meanings: &Meanings) -> Self {
        let mut look = Self { column, codes: BTreeSet::new(), mentions: 0, cells: 0, length: 0 };
        for ((text, meaning), times) in raw.texts.list().iter().zip(&meanings.of).zip(counts) {
            let (Text::Cell(text), Meaning::Answer(answer), true) = (text, meaning, *times > 0)
            else {
                continue;
            };
            let codes = meanings.answers.get(*answer as usize).map_or(&[][..], Vec::as_slice);
            look.codes.extend(codes);
            look.mentions += times * codes.len() as u64;
            look.cells += times;
            look.length += times * text.chars().count() as u64;
        }
        look
    }
}

/// The first or last column, where it gives what all others agree on wherever they do, and sides with one of them
/// elsewhere: what was settled on does so.
pub(super) fn settling(raw: &Raw, columns: &[usize], meanings: &Meanings) -> Option<usize> {
    let name = |it: usize| raw.coders.get(it).map_or("", String::as_str);
    let names: Vec<&str> = columns.iter().map(|it| name(*it)).collect();
    if columns.len() < 3 || columns::is_series(&names) {
        return None;
    }
    let somebody = |it: usize| columns::is_somebody(name(it));
    let ends = [columns.last().copied(), columns.first().copied()];
    let mut ends = ends.into_iter().flatten();
    ends.find(|it| !somebody(*it) && settles(raw, columns, meanings, *it))
}

fn settles(raw: &Raw, columns: &[usize], meanings: &Meanings, own: usize) -> bool {
    let places = raw.cells.get(own).map_or(0, Vec::len);
    let answer = |column: usize, place: usize| {
        let text = raw.cells.get(column)?.get(place)?.checked_sub(1)?;
        match meanings.of.get(text as usize) {
            Some(Meaning::Answer(answer)) => Some(*answer),
            _ => None,
        }
    };
    let (mut agreed, mut parted) = (0, 0);
    'places: for place in 0..places {
        let Some(settled) = answer(own, place) else { continue };
        let (mut same, mut other) = (false, false);
        for column in columns.iter().filter(|it| **it != own) {
            match answer(*column, place) {
                Some(given) if given == settled => same = true,
                Some(_) => other = true,
                None => continue 'places,
            }
        }
        if !same {
            return false;
        }
        agreed += usize::from(!other);
        parted += usize::from(other);
    }
    agreed > 1 && parted > 0
}
