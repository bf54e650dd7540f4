//! What stands in a cell: a time, a speaker.

use super::{Offset, clock};

/// The time of a cell in thousandths of a second, and what else stands there, as in `[00:03:43] the interview
/// begins`: nobody said that.
pub(super) fn time(cell: &str) -> (Option<u64>, &str) {
    if let Some(seconds) = seconds(cell) {
        return (Some(seconds), "");
    }
    match clock::leading(cell) {
        Some((time, rest)) => {
            // The clock lets fractions go; they tell a piece from the one before it.
            let precise = cell.trim_matches(['[', ']', '(', ')']);
            let fraction = precise.rsplit_once(['.', ',']).filter(|_| rest.is_empty());
            let fraction = fraction.and_then(|(_, it)| seconds_of_fraction(it)).unwrap_or(0);
            (Some(u64::from(time.0) * 1000 + fraction), rest)
        }
        None => (None, cell),
    }
}

/// `12.480` or `12`: seconds.
fn seconds(cell: &str) -> Option<u64> {
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && cell.len() <= 12;
    let seconds: f64 = if plain { cell.parse().ok()? } else { return None };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // twelve digits, none negative
    seconds.is_finite().then(|| (seconds * 1000.0).round() as u64)
}

fn seconds_of_fraction(digits: &str) -> Option<u64> {
    let value: u64 = digits.parse().ok()?;
    match digits.len() {
        1 => Some(value * 100),
        2 => Some(value * 10),
        3 => Some(value),
        _ => None,
    }
}

/// Whole seconds.
pub(super) fn offset(thousandths: u64) -> Offset {
    Offset(u32::try_from(thousandths / 1000).unwrap_or(u32::MAX))
}

/// A speaker without the colon or brackets around: `DB:`, `[Ana]`.
pub(super) fn speaker(cell: &str) -> &str {
    let cell = cell.trim().trim_end_matches([':', '：']).trim();
    let inside = cell.strip_prefix(['[', '<']).and_then(|it| it.strip_suffix([']', '>']));
    inside.unwrap_or(cell).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_times_in_many_forms() {
        for (cell, expected) in [
            ("00:01:05", (Some(65_000), "")),
            ("00:01:05.250", (Some(65_250), "")),
            ("1.220", (Some(1_220), "")),
            ("65", (Some(65_000), "")),
            ("[00:03:43] it begins", (Some(223_000), "it begins")),
            ("2024-05-17T10:00", (None, "2024-05-17T10:00")),
            ("", (None, "")),
        ] {
            assert_eq!(time(cell), expected, "{cell}");
        }
        assert_eq!((speaker("DB:"), speaker("[Ana ] "), speaker(":")), ("DB", "Ana", ""));
    }
}
