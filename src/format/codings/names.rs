//! Names as numbers, in order of appearance; fast enough for a million of them.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Numbers names in order of appearance.
///
/// Neighbouring rows mostly say the same, and names of units mostly ascend: while each new name is beyond all before it
/// (the longer one, else the later in the alphabet), nothing has to be looked up, and no table is made.
pub(super) struct Names {
    /// All names, one after the other.
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    last: u32,
    ascending: bool,
    /// By hash, 1 + the number of a name; 0 where there is none. Empty while names ascend.
    slots: Vec<u32>,
    /// Keys of the hash, drawn anew in each run, so that no file can be made to collide.
    keys: (u64, u64),
}

impl Default for Names {
    fn default() -> Self {
        let key = || RandomState::new().build_hasher().finish() | 1;
        Self {
            text: Vec::new(),
            ends: Vec::new(),
            last: 0,
            ascending: true,
            slots: Vec::new(),
            keys: (key(), key()),
        }
    }
}

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        if self.get(self.last) == Some(name) {
            return self.last;
        }
        if self.ascending {
            let last = self.ends.len().checked_sub(1).and_then(|at| self.get(at as u32));
            if last.is_none_or(|last| (last.len(), last) < (name.len(), name)) {
                self.last = self.add(name);
                return self.last;
            }
            self.ascending = false;
            self.rebuild();
        }
        self.last = self.find(name);
        self.last
    }

    /// The names in their order.
    pub(super) fn into_list(self) -> Vec<String> {
        let name = |at: usize| {
            String::from_utf8_lossy(self.get(at as u32).unwrap_or_default()).into_owned()
        };
        (0..self.ends.len()).map(name).collect()
    }

    fn get(&self, number: u32) -> Option<&[u8]> {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0)..*self.ends.get(at)?)
    }

    fn add(&mut self, name: &[u8]) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.extend_from_slice(name);
        self.ends.push(self.text.len());
        number
    }

    fn find(&mut self, name: &[u8]) -> u32 {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.rebuild();
        }
        let mut slot = self.slot(name);
        loop {
            match self.slots.get(slot).copied().unwrap_or(0).checked_sub(1) {
                Some(number) if self.get(number) == Some(name) => return number,
                Some(_) => slot = (slot + 1) & (self.slots.len() - 1),
                None => {
                    let number = self.add(name);
                    if let Some(free) = self.slots.get_mut(slot) {
                        *free = number + 1;
                    }
                    return number;
                }
            }
        }
    }

    /// Makes the table anew, with room for as many names again.
    fn rebuild(&mut self) {
        let size = ((self.ends.len() + 1) * 4).next_power_of_two().max(16);
        self.slots = vec![0; size];
        for number in 0..self.ends.len() as u32 {
            let mut slot = self.slot(self.get(number).unwrap_or_default());
            while self.slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = self.slots.get_mut(slot) {
                *free = number + 1;
            }
        }
    }

    /// Where in the table to begin to look for a name: a product of keyed words, folded.
    fn slot(&self, name: &[u8]) -> usize {
        let fold = |one: u64, other: u64| {
            let product = u128::from(one) * u128::from(other);
            (product as u64) ^ ((product >> 64) as u64)
        };
        let (first, second) = self.keys;
        let mut hash = first ^ name.len() as u64;
        for part in name.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
            hash = fold(hash ^ u64::from_le_bytes(word), second);
        }
        fold(hash, first) as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_name_has_the_number_of_its_first_appearance(
            names in proptest::collection::vec("[a-c0-2]{0,3}|[a-z]{9,20}", 0..200)
        ) {
            let mut ours = Names::default();
            let mut seen: Vec<&String> = Vec::new();
            for name in &names {
                if !seen.contains(&name) {
                    seen.push(name);
                }
                let first = seen.iter().position(|other| *other == name);
                proptest::prop_assert_eq!(Some(ours.number(name.as_bytes()) as usize), first);
            }
            let list = ours.into_list();
            proptest::prop_assert_eq!(list.iter().collect::<Vec<_>>(), seen);
        }
    }
}
