//! A condition that agreement is to meet, as in `krippendorff_alpha>=0.8`.

use std::fmt;
use std::str::FromStr;

use super::{About, Agreement, Row};
use crate::stats::Measure;

/// A condition that every row of a measure is to meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// The measure.
    pub measure: Measure,
    /// Whether it is asked of the lower limit of the interval.
    pub low: bool,
    comparison: Comparison,
    limit: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Comparison {
    /// The longer signs first, so that `>=` is not read as `>`.
    const ALL: [(&'static str, Self); 4] =
        [(">=", Self::AtLeast), ("<=", Self::AtMost), (">", Self::Above), ("<", Self::Below)];

    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Above => value > limit,
            Self::AtMost => value <= limit,
            Self::Below => value < limit,
        }
    }
}

impl Requirement {
    /// Whether a row meets the condition: rows of other measures do, what is undefined does not. A mean
    /// over dimensions has no interval, whatever the data, and is asked for no lower limit.
    #[must_use]
    pub fn is_met_by(&self, row: &Row) -> bool {
        if row.measure != self.measure {
            return true;
        }
        let Ok(estimate) = &row.figure else { return false };
        if self.low && matches!(row.about, About::Mean(_)) {
            return true;
        }
        let value = if self.low { estimate.ci95.map(|(low, _)| low) } else { Some(estimate.value) };
        value.is_some_and(|value| self.comparison.holds(value, self.limit))
    }

    /// The rows that miss the condition, each with its group.
    #[must_use]
    pub fn missed<'a>(&self, agreement: &'a Agreement) -> Vec<(Option<&'a str>, &'a Row)> {
        let of_group = |group: &'a super::Group| {
            group.rows.iter().map(move |row| (group.name.as_deref(), row))
        };
        let rows = agreement.groups.iter().flat_map(of_group);
        rows.filter(|(_, row)| !self.is_met_by(row)).collect()
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Comparison::ALL.iter().find(|(_, it)| *it == self.comparison);
        let low = if self.low { ".low" } else { "" };
        write!(f, "{}{low}{}{}", self.measure, sign.map_or("", |(sign, _)| sign), self.limit)
    }
}

/// The text is no condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACondition;

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a condition is a measure, a sign and a number, as in `krippendorff_alpha>=0.8` or `gwet_ac1.low>=0.6`")
    }
}

impl std::error::Error for NotACondition {}

impl FromStr for Requirement {
    type Err = NotACondition;

    fn from_str(text: &str) -> Result<Self, NotACondition> {
        let split = |(sign, comparison): (&str, Comparison)| {
            text.split_once(sign).map(|(name, limit)| (name, limit, comparison))
        };
        let (name, limit, comparison) =
            Comparison::ALL.into_iter().find_map(split).ok_or(NotACondition)?;
        let (name, low) = match name.trim().strip_suffix(".low") {
            Some(name) => (name, true),
            None => (name.trim(), false),
        };
        let limit: f64 = limit.trim().parse().map_err(|_| NotACondition)?;
        if !limit.is_finite() {
            return Err(NotACondition);
        }
        let measure = name.parse().map_err(|_| NotACondition)?;
        Ok(Self { measure, low, comparison, limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_back_as_it_prints_and_nonsense_is_refused() {
        for text in
            ["krippendorff_alpha>=0.8", "gwet_ac1.low>0.6", "cohen_kappa<=1", "cohen_kappa<-0.5"]
        {
            assert_eq!(text.parse::<Requirement>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(
            " cohen_kappa .low >= 0.70".parse::<Requirement>(),
            Err(NotACondition),
            "`.low` belongs to the name"
        );
        for text in [
            "",
            "kappa>=0.8",
            "cohen_kappa",
            "cohen_kappa=0.8",
            "cohen_kappa>=high",
            "cohen_kappa>=NaN",
        ] {
            assert_eq!(text.parse::<Requirement>(), Err(NotACondition), "{text}");
        }
    }
}
