//! What the cells of a column were found to mean that were looked up last.

use crate::read::eight::after;

/// The cells of a column that were looked up last, with what they mean: rows mostly repeat what stands just above them.
pub(super) struct Recent<T> {
    known: Vec<(String, T)>,
    last: usize,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { known: Vec::new(), last: 0 }
    }
}

impl<T: Clone> Recent<T> {
    /// So many are kept: the dimensions of a codebook, which come round and round.
    const MOST: usize = 8;

    /// What a cell means, looked up where it is not known.
    pub(super) fn get(&mut self, cell: &str, look_up: impl FnOnce() -> Option<T>) -> Option<T> {
        let (before, from) = self.known.split_at(self.last.min(self.known.len()));
        let is_it = |it: &&(String, T)| it.0 == cell;
        if let Some((nth, known)) = (0..).zip(from.iter().chain(before)).find(|(_, it)| is_it(it)) {
            self.last = (self.last + nth) % self.known.len();
            return Some(known.1.clone());
        }
        let meant = look_up()?;
        if self.known.len() < Self::MOST {
            self.last = self.known.len();
            self.known.push((cell.to_owned(), meant.clone()));
        } else {
            self.last = (self.last + 1) % Self::MOST;
            if let Some((text, value)) = self.known.get_mut(self.last) {
                cell.clone_into(text);
                *value = meant.clone();
            }
        }
        Some(meant)
    }

    /// What the cell means with which a text begins, up to a mark of ASCII, and what follows that; of those that are known.
    pub(super) fn beginning<'t>(&mut self, text: &'t str, mark: u8) -> Option<(T, &'t str)> {
        if let Some(found) = self.last(text, mark) {
            return Some(found);
        }
        for nth in 1..self.known.len() {
            let at = (self.last + nth) % self.known.len();
            if let Some(found) = self.at(at, text, mark) {
                self.last = at;
                return Some(found);
            }
        }
        None
    }

    /// The same, where it is the cell that was looked up last.
    #[inline]
    pub(super) fn last<'t>(&self, text: &'t str, mark: u8) -> Option<(T, &'t str)> {
        self.at(self.last, text, mark)
    }

    #[inline]
    fn at<'t>(&self, at: usize, text: &'t str, mark: u8) -> Option<(T, &'t str)> {
        let (cell, meant) = self.known.get(at)?;
        let is_whole = text.as_bytes().get(cell.len()) == Some(&mark);
        after(text.as_bytes(), cell.as_bytes()).filter(|_| is_whole)?;
        Some((meant.clone(), text.get(cell.len() + 1..)?))
    }

    /// Keeps what a cell means, which was looked up elsewhere, in place of the one that was looked up last.
    pub(super) fn put(&mut self, cell: &str, meant: T) {
        match self.known.get_mut(self.last) {
            Some((text, value)) => {
                cell.clone_into(text);
                *value = meant;
            }
            None => self.known.push((cell.to_owned(), meant)),
        }
    }
}
