//! A line as it was typed, taken apart.

/// A line without blanks, line end and byte order mark around it.
pub(super) fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim()
}

/// The first word of a bare line, and what follows it.
pub(super) fn head(line: &str) -> (&str, &str) {
    match line.split_once(char::is_whitespace) {
        Some((head, rest)) => (head, rest.trim()),
        None => (line, ""),
    }
}

/// The words of a line: separated by spaces or commas.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|it: char| it.is_whitespace() || it == ',').filter(|word| !word.is_empty()).collect()
}
