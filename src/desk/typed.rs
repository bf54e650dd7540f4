//! A line as it was typed, taken apart.

use crate::domain::id::CoderId;

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

/// Reads who is present: ids, or `all` for every coder of the study.
pub(super) fn present(line: &str, coders: &[CoderId]) -> Option<Vec<CoderId>> {
    let words = words(bare(line));
    if let [word] = words.as_slice()
        && word.eq_ignore_ascii_case("all")
    {
        return Some(coders.to_vec());
    }
    let ids: Vec<CoderId> = words.iter().map(|word| word.parse()).collect::<Result<_, _>>().ok()?;
    let mut each: Vec<CoderId> = Vec::new();
    for id in ids {
        if !each.contains(&id) {
            each.push(id);
        }
    }
    (!each.is_empty()).then_some(each)
}
