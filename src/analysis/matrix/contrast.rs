//! Two groups of units side by side: each with its base, and by how much their shares differ.

use std::fmt;
use std::str::FromStr;

use super::{Axis, Besides, Content, Head, Value};
use crate::domain::log::UnitIndex;

/// Two entries of an axis that are set against one another: `case.sector=Health,Justice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The axis.
    pub axis: Axis,
    /// The entries, as they were named.
    pub of: [String; 2],
}

/// The text does not set two entries of an axis against one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSides;

impl fmt::Display for NoSides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "two values of one axis are set against one another, as in case.sector=Health,Justice",
        )
    }
}

impl std::error::Error for NoSides {}

impl fmt::Display for Sides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |text: &str| match text.contains([',', '"', '\\']) {
            true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            false => text.to_owned(),
        };
        let [first, second] = &self.of;
        write!(f, "{}={},{}", self.axis, one(first), one(second))
    }
}

impl FromStr for Sides {
    type Err = NoSides;

    fn from_str(text: &str) -> Result<Self, NoSides> {
        // The name of an attribute may hold the sign itself: the first place that makes an axis of what stands before it.
        let places = text.match_indices('=').map(|(at, _)| at);
        let axis = |at: usize| Some((text.get(..at)?.parse().ok()?, text.get(at + 1..)?));
        let (axis, values): (Axis, &str) = places.filter_map(axis).next().ok_or(NoSides)?;
        let values = values_of(values).ok_or(NoSides)?;
        let of: [String; 2] = values.try_into().map_err(|_| NoSides)?;
        if of.iter().any(String::is_empty) || of[0] == of[1] {
            return Err(NoSides);
        }
        Ok(Self { axis, of })
    }
}

/// Values parted by commas; what stands in double quotation marks is one, and a backslash there keeps a mark or itself.
fn values_of(text: &str) -> Option<Vec<String>> {
    let mut values = vec![String::new()];
    let mut rest = text.chars();
    let mut quoted = false;
    while let Some(character) = rest.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' if quoted => values.last_mut()?.push(rest.next()?),
            ',' if !quoted => values.push(String::new()),
            other => values.last_mut()?.push(other),
        }
    }
    let trimmed = values.iter().map(|it| it.trim().to_owned()).collect();
    (!quoted).then_some(trimmed)
}

/// Two groups side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The axis by which they are parted.
    pub axis: Axis,
    /// The two entries, by id.
    pub sides: [String; 2],
    /// The rows.
    pub rows: Vec<Head>,
    /// Row by row, what each side holds.
    pub cells: Vec<[SideCell; 2]>,
    /// Of which units something is to be said.
    pub besides: Besides,
}

/// What one side holds in one row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SideCell {
    /// What was asked for, one thing beside the other.
    pub values: Vec<(Content, super::Cell)>,
    /// Units of the side that were decided in the row's dimension, or have any code where rows are no codes.
    pub base: Option<u64>,
    /// Units over the base.
    pub share: Option<f64>,
    /// The units.
    pub units: Vec<UnitIndex>,
}

impl Contrast {
    /// By how much the share of the first side is above that of the second; absent where one of them is.
    #[must_use]
    pub fn difference(cells: &[SideCell; 2]) -> Option<f64> {
        let [first, second] = cells;
        Some(first.share? - second.share?)
    }
}

impl SideCell {
    /// A share as it stands in a cell of a matrix.
    #[must_use]
    pub fn of_share(value: Option<Value>) -> Option<f64> {
        match value {
            Some(Value::Share(share)) => Some(share),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_read_and_printed() {
        let read = |text: &str| text.parse::<Sides>().map(|it| it.to_string());
        assert_eq!(read("case.sector=Health,Justice").unwrap(), "case.sector=Health,Justice");
        assert_eq!(read("case.sector=\"a, b\", c").unwrap(), "case.sector=\"a, b\",c");
        for wrong in [
            "case.sector=a",
            "case.sector=a,b,c",
            "sector=a,b",
            "case=a,a",
            "case=a,",
            "case=\"a,b",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
