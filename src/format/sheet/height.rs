//! How tall a row must be for its text. Not every spreadsheet program finds that out by itself.

/// The height of one line, in points.
const LINE: f64 = 15.0;
/// The most lines that a row can hold: no program makes it taller than 409 points.
const MOST: u16 = 27;

/// How many lines a text takes in a column so many characters wide: words are kept whole, as far as they
/// go into a line.
pub(super) fn lines(text: &str, width: u16) -> usize {
    // Widths count the digit 0; letters are narrower on the whole.
    let width = (usize::from(width) * 11 / 10).max(1);
    let of_paragraph = |paragraph: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            lines += used.saturating_sub(1) / width;
            used -= width * (used.saturating_sub(1) / width);
        }
        lines
    };
    text.split('\n').map(of_paragraph).sum()
}

/// The height of a row of so many lines, in points.
pub(super) fn of(lines: usize) -> f64 {
    LINE * f64::from(u16::try_from(lines).unwrap_or(MOST).clamp(1, MOST))
}

/// Whether a row cannot hold so many lines.
pub(super) fn is_beyond(lines: usize) -> bool {
    lines > usize::from(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_long_ones_are_broken() {
        assert_eq!(lines("", 5), 1);
        assert_eq!(lines("one two", 7), 1);
        assert_eq!(lines("one two", 6), 2);
        assert_eq!(lines(&"one two ".repeat(10), 73), 1);
        assert_eq!(lines("a\nb\n", 6), 3);
        assert_eq!(lines("abcdefghijk", 5), 3);
        assert_eq!(lines("abcdefghij kl", 5), 3);
    }
}
