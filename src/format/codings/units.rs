//! The units of a file as numbers, in order of appearance; fast for a million of them in any order.
//!
//! Units mostly come in the order in which people count (`T0:9` before `T0:10`), one row a unit or one after the other
//! for each coder. While they do, the next one is guessed and compared, and no table is made.

use std::cmp::Ordering;

use crate::format::keyed::Key;

/// How two names stand in the order in which people count: numbers in them by their value.
pub(super) fn natural(one: &[u8], other: &[u8]) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        match (left.first(), right.first()) {
            (None, None) => return one.cmp(other),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let ((first, rest), (second, others)) = (number(left), number(right));
                let order = (first.len(), first).cmp(&(second.len(), second));
                if order != Ordering::Equal {
                    return order;
                }
                (left, right) = (rest, others);
            }
            (Some(a), Some(b)) if a == b => {
                (left, right) =
                    (left.get(1..).unwrap_or_default(), right.get(1..).unwrap_or_default());
            }
            (Some(a), Some(b)) => return a.cmp(b),
        }
    }
}

/// The number that a name begins with, without zeros before it, and what follows.
fn number(name: &[u8]) -> (&[u8], &[u8]) {
    let digits = name.iter().take_while(|it| it.is_ascii_digit()).count();
    let (digits, rest) = name.split_at(digits);
    let zeros = digits.iter().take_while(|it| **it == b'0').count();
    (digits.get(zeros..).unwrap_or_default(), rest)
}

/// What the next name must be beyond: the last one, counted up where it ends in a number.
#[derive(Debug, Default)]
struct Bound {
    name: Vec<u8>,
    /// Whether `name` itself is the next one to be expected.
    counted: bool,
}

impl Bound {
    /// Whether a name is beyond all before it; if so it is the last from here on.
    fn passes(&mut self, name: &[u8], first: bool) -> bool {
        let expected = self.counted && self.name == name;
        if !expected {
            let order = natural(name, &self.name);
            let beyond = order == Ordering::Greater || (self.counted && order == Ordering::Equal);
            if !(beyond || first) {
                return false;
            }
            self.name.clear();
            self.name.extend_from_slice(name);
        }
        self.count_up();
        true
    }

    fn count_up(&mut self) {
        self.counted = self.name.last().is_some_and(u8::is_ascii_digit);
        if !self.counted {
            return;
        }
        let mut at = self.name.len();
        loop {
            match at.checked_sub(1).and_then(|before| self.name.get_mut(before)) {
                Some(digit @ b'0'..=b'8') => {
                    *digit += 1;
                    return;
                }
                Some(nine @ b'9') => *nine = b'0',
                _ => {
                    self.name.insert(at, b'1');
                    return;
                }
            }
            at -= 1;
        }
    }
}

/// Whether units are all different, where each has one row.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    bound: Bound,
    number: u32,
    disorder: bool,
    key: Key,
    hashes: Vec<u64>,
}

impl Distinct {
    /// The number of the next unit, from 0.
    pub(super) fn add(&mut self, name: &[u8]) -> u32 {
        let number = self.number;
        self.number += 1;
        self.disorder = self.disorder || !self.bound.passes(name, number == 0);
        if self.disorder {
            self.hashes.push(self.key.hash(name));
        }
        number
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.number as usize
    }

    /// Whether two may be the same; `before` hands over the names that came before the first out of order, so many
    /// of them.
    pub(super) fn repeats(mut self, before: impl FnOnce(usize, &mut dyn FnMut(&[u8]))) -> bool {
        if !self.disorder {
            return false;
        }
        let (key, ordered) = (self.key, self.len() - self.hashes.len());
        let hashes = &mut self.hashes;
        before(ordered, &mut |name| hashes.push(key.hash(name)));
        hashes.sort_unstable();
        hashes.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
    }
}

/// Numbers units by name.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// All names, one after the other.
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    last: usize,
    bound: Bound,
    /// By hash; empty while names come in order.
    slots: Vec<Slot>,
    key: Key,
    searched: usize,
    /// What the last one would stand as in the table.
    recent: Slot,
    /// Whether the last one followed the one before it; where names come in no order, the next is not guessed, for looking
    /// at a name far away takes as long as all else.
    follows: bool,
}

/// One place of the table: a short name itself or the hash of a longer one, and 1 + its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Slot {
    word: u64,
    rest: u32,
    number: u32,
}

/// A name of so many bytes stands in its slot.
const INSIDE: usize = 11;

impl Slot {
    fn of(name: &[u8], hash: u64) -> Self {
        if name.len() > INSIDE {
            return Self { word: hash, rest: u32::MAX, number: 0 };
        }
        let whole = name.iter().rev().fold(0_u128, |word, byte| word << 8 | u128::from(*byte));
        Self {
            word: whole as u64,
            rest: (whole >> 64) as u32 | (name.len() as u32) << 24,
            number: 0,
        }
    }

    fn is_like(self, other: Self) -> bool {
        (self.word, self.rest) == (other.word, other.rest)
    }
}

impl Units {
    /// The number of a unit, from 0.
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        if self.slots.is_empty() {
            if self.get(self.last) != Some(name) {
                self.last = self.guess(name).unwrap_or_else(|| self.find(name));
            }
            return self.last as u32;
        }
        let hash = self.key.hash(name);
        let wanted = Slot::of(name, hash);
        if !(self.recent.is_like(wanted) && self.is_named(self.last, name)) {
            let guessed = if self.follows { self.guess(name) } else { None };
            let found = guessed.unwrap_or_else(|| self.look_up(name, hash));
            self.follows = found == self.last + 1 || found == 0;
            (self.last, self.recent) = (found, wanted);
        }
        self.last as u32
    }

    /// Whether a unit that stands in the table as a name would is of that name.
    fn is_named(&self, number: usize, name: &[u8]) -> bool {
        name.len() <= INSIDE || self.get(number) == Some(name)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The names, in order of appearance.
    pub(super) fn names(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// The next after the last, or the first, where it is that.
    fn guess(&self, name: &[u8]) -> Option<usize> {
        let next = if self.last + 1 < self.len() { self.last + 1 } else { 0 };
        (self.get(next) == Some(name)).then_some(next)
    }

    fn get(&self, number: usize) -> Option<&[u8]> {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0)..*self.ends.get(number)?)
    }

    fn add(&mut self, name: &[u8]) -> usize {
        self.text.extend_from_slice(name);
        self.ends.push(self.text.len());
        self.len() - 1
    }

    fn find(&mut self, name: &[u8]) -> usize {
        if self.slots.is_empty() {
            if self.bound.passes(name, self.len() == 0) {
                return self.add(name);
            }
            self.searched += 1;
            // Some units before: looked for where they must stand.
            if self.searched <= 64 + self.len() / 64
                && let Some(found) = self.search(name)
            {
                return found;
            }
            self.rebuild();
        }
        let hash = self.key.hash(name);
        self.recent = Slot::of(name, hash);
        self.look_up(name, hash)
    }

    fn search(&self, name: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match natural(self.get(middle)?, name) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn look_up(&mut self, name: &[u8], hash: u64) -> usize {
        if (self.len() + 1) * 4 > self.slots.len() * 3 {
            self.rebuild();
        }
        let wanted = Slot::of(name, hash);
        let mut at = self.at(hash);
        loop {
            match self.slots.get(at).copied() {
                Some(slot) if slot.number > 0 => {
                    let number = slot.number as usize - 1;
                    if slot.is_like(wanted) && self.is_named(number, name) {
                        return number;
                    }
                    at = (at + 1) & (self.slots.len() - 1);
                }
                _ => {
                    let number = self.add(name);
                    if let Some(free) = self.slots.get_mut(at) {
                        *free = Slot { number: number as u32 + 1, ..wanted };
                    }
                    return number;
                }
            }
        }
    }

    fn at(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    /// Makes the table anew, with room for three times as many names again at least.
    fn rebuild(&mut self) {
        let size = ((self.len() + 1) * 4).next_power_of_two().max(16);
        self.slots = vec![Slot::default(); size];
        for number in 0..self.len() {
            let name = self.get(number).unwrap_or_default();
            let hash = self.key.hash(name);
            let slot = Slot { number: number as u32 + 1, ..Slot::of(name, hash) };
            let mut at = self.at(hash);
            while self.slots.get(at).is_some_and(|taken| taken.number > 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_unit_has_the_number_of_its_first_appearance(
            names in proptest::collection::vec("[a-c]{0,1}[0-9]{0,2}|T[0-2]:[0-9]{1,3}|[a-z]{9,20}", 0..300),
            sorted in proptest::bool::ANY,
            twice in proptest::bool::ANY,
        ) {
            let mut names = names;
            if sorted {
                names.sort_by(|one, other| natural(one.as_bytes(), other.as_bytes()));
                names.dedup();
            }
            let again = if twice { names.clone() } else { Vec::new() };
            names.extend(again);
            let mut units = Units::default();
            let mut distinct = Distinct::default();
            let mut seen: Vec<&String> = Vec::new();
            for name in &names {
                if !seen.contains(&name) {
                    seen.push(name);
                }
                let first = seen.iter().position(|other| *other == name);
                proptest::prop_assert_eq!(Some(units.number(name.as_bytes()) as usize), first);
                distinct.add(name.as_bytes());
            }
            let repeats = distinct.repeats(|number, each| {
                names.iter().take(number).for_each(|name| each(name.as_bytes()));
            });
            proptest::prop_assert_eq!(repeats, seen.len() < names.len());
        }
    }

    #[test]
    fn units_are_counted_as_people_count() {
        let order = |one: &str, other: &str| natural(one.as_bytes(), other.as_bytes());
        for (before, after) in
            [("2", "10"), ("T0:9", "T0:10"), ("T1:99", "T2:1"), ("a", "a1"), ("u-3", "u-20")]
        {
            assert_eq!(order(before, after), Ordering::Less, "{before} {after}");
        }
        assert_ne!(order("01", "1"), Ordering::Equal);
    }
}
