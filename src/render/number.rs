//! How figures look: decided once.

use std::borrow::Cow;

use super::document::{Cell, Column, Value};

/// What people see where there is no value.
pub const MISSING: &str = "–";

/// A figure for people: three decimals, a true minus sign left to typesetters.
#[must_use]
pub fn shown(number: f64) -> String {
    let text = format!("{number:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

/// A figure for programs: the shortest text that reads back as the same number.
#[must_use]
pub fn exact(number: f64) -> String {
    format!("{number}")
}

/// A value for people.
#[must_use]
pub fn for_people(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Missing | Value::Absent | Value::Json(_) => Cow::Borrowed(MISSING),
        Value::Text(text) | Value::Id(text) => Cow::Borrowed(text),
        Value::Ids(all) => Cow::Owned(all.join("; ")),
        Value::Texts(all) => Cow::Owned(all.join("\n")),
        Value::Count(count) => Cow::Owned(count.to_string()),
        Value::Number(number) => Cow::Owned(shown(*number)),
    }
}

/// A cell on a page: what people read, as much of it as the column shows there.
#[must_use]
pub fn on_page<'a>(column: &Column, cell: &'a Cell) -> Cow<'a, str> {
    let text = for_people(cell.for_people());
    match column.at_most.and_then(|most| beginning(&text, most)) {
        Some(beginning) => Cow::Owned(beginning),
        None => text,
    }
}

/// The beginning of a text, cut between words, where it is longer than so many characters.
fn beginning(text: &str, most: usize) -> Option<String> {
    let (at, _) = text.char_indices().nth(most)?;
    let start = text.get(..at).unwrap_or_default();
    let end = start.rfind(char::is_whitespace).unwrap_or(at);
    Some(format!("{} …", text.get(..end).unwrap_or_default().trim_end()))
}
