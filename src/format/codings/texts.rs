//! What stands in cells as numbers: each different text once, in order of appearance.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use super::record::AHEAD;

/// Numbers different texts from 1; 0 is no text at all.
///
/// A short cell is told from others as one number, without a look at the texts themselves.
pub(super) struct Texts {
    list: Vec<Text>,
    /// What short cells hold, by the whole cell as a number; 0 where there is none yet.
    short: Vec<(u128, u32)>,
    taken: usize,
    key: u64,
    /// The same for longer ones.
    long: HashMap<Box<[u8]>, u32>,
    both: HashMap<(u32, u32), u32>,
    last: (u128, u32),
}

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// A cell.
    Cell(Box<str>),
    /// Two rows about the same.
    Both(u32, u32),
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            short: vec![(0, 0); 64],
            taken: 0,
            // Drawn anew in each run, so that no file can be made to collide.
            key: RandomState::new().build_hasher().finish() | 1,
            long: HashMap::new(),
            both: HashMap::new(),
            last: (0, 0),
        }
    }
}

impl Texts {
    /// The number of a cell; `ahead` are the bytes from its beginning on.
    pub(super) fn number(&mut self, (cell, ahead): (&[u8], Option<&[u8; AHEAD]>)) -> u32 {
        let whole = match ahead {
            _ if cell.len() >= AHEAD => return self.of_long(cell),
            Some(ahead) => u128::from_le_bytes(*ahead) & ((1 << (8 * cell.len())) - 1),
            None => cell.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
        };
        // The length, and one, stands where no byte of the cell does.
        let whole = whole | (cell.len() as u128 + 1) << 120;
        if self.last.0 == whole {
            return self.last.1;
        }
        let mut slot = self.slot(whole);
        let number = loop {
            match self.short.get(slot) {
                Some((other, number)) if *other == whole => break *number,
                Some((0, _)) | None => {
                    let number = self.add(cell);
                    self.keep(whole, number);
                    break number;
                }
                Some(_) => slot = (slot + 1) & (self.short.len() - 1),
            }
        };
        self.last = (whole, number);
        number
    }

    /// The number of two texts together.
    pub(super) fn together(&mut self, one: u32, other: u32) -> u32 {
        let pair = (one.min(other), one.max(other));
        let next = self.list.len() as u32 + 1;
        let number = *self.both.entry(pair).or_insert(next);
        if number == next {
            self.list.push(Text::Both(pair.0, pair.1));
        }
        number
    }

    /// The texts by their numbers less 1.
    pub(super) fn list(&self) -> &[Text] {
        &self.list
    }

    /// The cells among them, in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.list
            .iter()
            .filter_map(|it| if let Text::Cell(text) = it { Some(&**text) } else { None })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    fn add(&mut self, cell: &[u8]) -> u32 {
        self.list.push(Text::Cell(String::from_utf8_lossy(cell).into()));
        u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    fn of_long(&mut self, cell: &[u8]) -> u32 {
        if let Some(number) = self.long.get(cell) {
            return *number;
        }
        let number = self.add(cell);
        self.long.insert(cell.into(), number);
        number
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
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_text_has_the_number_of_its_first_appearance(
            texts in proptest::collection::vec("[a-c0-2]{0,3}|[a-z]{9,20}", 0..200)
        ) {
            let mut ours = Texts::default();
            let mut seen: Vec<&String> = Vec::new();
            for text in &texts {
                if !seen.contains(&text) {
                    seen.push(text);
                }
                let first = seen.iter().position(|other| *other == text).map(|it| it as u32 + 1);
                let padded: Vec<u8> = text.bytes().chain([7; AHEAD]).collect();
                let ahead = padded.first_chunk().filter(|_| text.len() % 2 == 0);
                proptest::prop_assert_eq!(Some(ours.number((text.as_bytes(), ahead))), first);
            }
            proptest::prop_assert_eq!(ours.cells().collect::<Vec<_>>(), seen);
        }
    }
}
