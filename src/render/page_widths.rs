//! How wide the columns of a table are on a page, by what stands in them: one rule for every writer that must say so.

/// As long as a date: what is no longer and has no blank is not broken.
const SHORT: usize = 10;
/// A word so long may be broken.
const WORD: usize = 24;
/// The head of a row that is no longer stays on one line: `CoP 62`.
const HEAD: usize = 12;

/// The letters of a page, in a measure of its writer's own.
pub(super) struct Page {
    /// How wide the page is.
    pub(super) width: usize,
    /// How wide a letter is at most on the average.
    pub(super) letter: usize,
    /// What stands beside the text of a cell.
    pub(super) beside: usize,
}

impl Page {
    /// How wide each column is: as its longest word needs, and of what is left by how much stands in it, within bounds.
    ///
    /// Of each column its texts, the heading first, and whether it holds heads of rows.
    pub(super) fn widths(&self, columns: &[(Vec<String>, bool)]) -> Vec<usize> {
        let least: Vec<usize> =
            columns.iter().map(|(texts, is_head)| self.least(texts, *is_head)).collect();
        let weight = |(texts, _): &(Vec<String>, bool)| longest(texts, &[]).clamp(8, 60);
        let weights: Vec<usize> = columns.iter().map(weight).collect();
        let (taken, all) =
            (least.iter().sum::<usize>().max(1), weights.iter().sum::<usize>().max(1));
        let left = self.width.saturating_sub(taken);
        let width = |(least, weight): (usize, usize)| match taken > self.width {
            true => least * self.width / taken,
            false => least + weight * left / all,
        };
        least.into_iter().zip(weights).map(width).collect()
    }

    fn least(&self, texts: &[String], is_head: bool) -> usize {
        let whole = if is_head { longest(texts, &['\n']) } else { 0 };
        let word = longest(texts, &[' ', '\n', '-', '/']).min(WORD);
        self.letter * if whole <= HEAD { word.max(whole) } else { word } + self.beside
    }
}

/// The longest piece of some texts, in characters; a date and whatever else is as short stays in one piece.
fn longest(texts: &[String], parts: &[char]) -> usize {
    let pieces = |it: &String| -> usize {
        match it.chars().count() {
            short @ 0..=SHORT if !it.contains([' ', '\n']) => short,
            _ => it.split(parts).map(|it| it.chars().count()).max().unwrap_or(0),
        }
    };
    texts.iter().map(pieces).max().unwrap_or(0)
}
