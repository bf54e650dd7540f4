//! How figures look: decided once.

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
pub fn for_people(value: &Value) -> String {
    match value {
        Value::Missing | Value::Absent | Value::Json(_) => MISSING.to_owned(),
        Value::Text(text) | Value::Id(text) => text.clone(),
        Value::Ids(all) => all.join("; "),
        Value::Texts(all) => all.join("\n"),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => shown(*number),
    }
}

/// A cell on a page: what people read, as much of it as the column shows there.
#[must_use]
pub fn on_page(column: &Column, cell: &Cell) -> String {
    let text = for_people(cell.for_people());
    match column.at_most {
        Some(most) => beginning(&text, most),
        None => text,
    }
}

/// The beginning of a text, cut between words.
fn beginning(text: &str, most: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let start = text.get(..at).unwrap_or_default();
    let end = start.rfind(char::is_whitespace).unwrap_or(at);
    format!("{} …", text.get(..end).unwrap_or_default().trim_end())
}
