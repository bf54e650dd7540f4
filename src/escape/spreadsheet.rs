//! A cell of a spreadsheet holds so much text and no more.

/// The most text of a cell, counted as spreadsheets do: in UTF-16 units.
pub const CELL: usize = 32_767;

/// What fits into a cell: the text, or its beginning with `mark` to say that it goes on.
#[must_use]
pub fn cut(text: &str, mark: &str) -> String {
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text.to_owned();
    }
    let room = CELL.saturating_sub(mark.encode_utf16().count());
    let mut out = String::new();
    let mut used = 0;
    for character in text.chars() {
        used += character.len_utf16();
        if used > room {
            break;
        }
        out.push(character);
    }
    out.push_str(mark);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_a_spreadsheet_would_refuse_it() {
        assert_eq!(cut("short", "…"), "short");
        assert_eq!(cut(&"é".repeat(CELL), "…"), "é".repeat(CELL));
        let walking = cut(&"👣".repeat(20_000), "…");
        assert_eq!(walking.encode_utf16().count(), CELL);
        assert!(walking.ends_with("👣…"));
    }
}
