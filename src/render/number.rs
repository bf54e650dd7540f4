//! How figures look: decided once.

use super::grid::Value;

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
        Value::Missing => MISSING.to_owned(),
        Value::Text(text) | Value::Id(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => shown(*number),
    }
}

/// Whether a value is set to the right.
#[must_use]
pub fn is_numeric(value: &Value) -> bool {
    matches!(value, Value::Count(_) | Value::Number(_))
}
