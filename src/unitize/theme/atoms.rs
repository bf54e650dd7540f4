//! What is never cut: one turn or several that belong together, and which rows of them could be a unit.

use super::turn::{Begin, Turn};

/// How many rows of atoms are looked at; beyond it the shortest atoms are put together, so that memory
/// stays within bounds whatever the text. Ordinary transcripts of ten million words stay below.
const MOST_ROWS: usize = 60_000_000;

/// The atoms of a text, in order.
pub(super) struct Atoms {
    /// The first turn of each; the number of turns at the end.
    starts: Vec<usize>,
    /// Whether a unit must begin with it.
    forced: Vec<bool>,
    /// Counted words before each, and all of them.
    counted: Vec<u64>,
    /// Words before the end of each.
    said: Vec<u64>,
    /// Words before the first turn of each that counts: prompts at the beginning of a unit stand outside.
    opened: Vec<u64>,
    /// Where the rows that begin with each are listed: one row for each possible end, shortest first.
    rows: Vec<usize>,
}

impl Atoms {
    /// Puts turns together; a row goes on until it has more than `most` words.
    pub(super) fn of(turns: &[Turn<'_>], most: f64) -> Self {
        let mut least = 1;
        loop {
            let mut atoms = Self::joined(turns, least);
            if atoms.list_rows(most) || least > 1 << 20 {
                return atoms;
            }
            least *= 2;
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.forced.len()
    }

    /// The first turn of an atom; of the one after the last, the number of turns.
    pub(super) fn start(&self, atom: usize) -> usize {
        self.starts.get(atom).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// Whether a unit must begin with an atom.
    pub(super) fn is_forced(&self, atom: usize) -> bool {
        self.forced.get(atom).copied().unwrap_or(false)
    }

    /// Where the rows of each atom begin among all rows; one more at the end.
    pub(super) fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// How many rows begin with an atom.
    pub(super) fn width(&self, atom: usize) -> usize {
        let at = |atom| self.rows.get(atom).copied().unwrap_or(0);
        at(atom + 1).saturating_sub(at(atom))
    }

    /// The words of participants in the atoms `from..to`.
    pub(super) fn counted(&self, from: usize, to: usize) -> u64 {
        let at = |atom| self.counted.get(atom).copied().unwrap_or(0);
        at(to).saturating_sub(at(from))
    }

    /// All words of the atoms `from..to`, without the prompts that they begin with.
    pub(super) fn length(&self, from: usize, to: usize) -> u64 {
        let end = to.checked_sub(1).and_then(|last| self.said.get(last)).copied().unwrap_or(0);
        end.saturating_sub(self.opened.get(from).copied().unwrap_or(0))
    }

    /// Atoms of at least `least` words where that is left to us; a turn without words is never one.
    fn joined(turns: &[Turn<'_>], least: u32) -> Self {
        let mut atoms = Self {
            starts: Vec::new(),
            forced: Vec::new(),
            counted: vec![0],
            said: Vec::new(),
            opened: Vec::new(),
            rows: Vec::new(),
        };
        let (mut counted, mut said) = (0, 0);
        // Words of the atom at hand, and whether anybody in it counts.
        let (mut own, mut counts) = (0, false);
        for (at, turn) in turns.iter().enumerate() {
            let begins = match turn.begin {
                Begin::Must => true,
                Begin::MustNot => false,
                Begin::May => turn.words > 0 && own >= least,
            };
            if atoms.starts.is_empty() || begins {
                atoms.begin(at, turn.begin == Begin::Must, counted, said);
                (own, counts) = (0, false);
            }
            if !counts && turn.counted() > 0 {
                counts = true;
                atoms.opened.pop();
                atoms.opened.push(said);
            }
            own += turn.words;
            said += u64::from(turn.words);
            counted += u64::from(turn.counted());
            if let (Some(of), Some(end)) = (atoms.counted.last_mut(), atoms.said.last_mut()) {
                (*of, *end) = (counted, said);
            }
        }
        atoms.starts.push(turns.len());
        atoms
    }

    fn begin(&mut self, turn: usize, forced: bool, counted: u64, said: u64) {
        self.starts.push(turn);
        self.forced.push(forced);
        self.counted.push(counted);
        self.said.push(said);
        self.opened.push(said);
    }

    /// Lists the rows; whether they are not too many.
    fn list_rows(&mut self, most: f64) -> bool {
        let mut total = 0;
        let mut rows = Vec::with_capacity(self.len() + 1);
        rows.push(0);
        for from in 0..self.len() {
            let mut to = from + 1;
            while to < self.len() && !self.is_forced(to) && self.length(from, to) as f64 <= most {
                to += 1;
            }
            total += to - from;
            if total > MOST_ROWS {
                return false;
            }
            rows.push(total);
        }
        self.rows = rows;
        true
    }
}
