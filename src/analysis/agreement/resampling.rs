//! Intervals by resampling: what was drawn, how often, and from which seed.

use crate::stats::{
    Coefficient, Estimate, Measure, PatternTable, Plan, Resampled, resample_cases, resample_units,
};

/// How few cases make an interval by resampling cases say little.
pub const FEW_CASES: u64 = 10;

/// How intervals are made where resampling is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many resamples, and from which seed.
    pub plan: Plan,
    /// What is drawn.
    pub drawn: Drawn,
}

/// What is drawn with replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Single units, as if they were independent of one another.
    Units,
    /// Whole cases with all their units.
    Cases,
}

impl Drawn {
    /// The word in options and files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Cases => "cases",
        }
    }
}

/// What resampling says of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// How it was made.
    pub bootstrap: Bootstrap,
    /// How many cases there were to draw from, where cases are drawn.
    pub cases: Option<u64>,
    /// Limits and standard error; none where a single case was there to draw from.
    pub found: Option<Resampled>,
}

impl Bootstrap {
    /// Resamples a table: its units, or those of its cases that hold any.
    pub(super) fn resample<T: PatternTable>(
        self,
        table: &T,
        cases: &[T],
        measures: &[Measure],
    ) -> Vec<Resampling> {
        let (cases, found) = match self.drawn {
            Drawn::Units => (None, Some(resample_units(table, measures, self.plan))),
            Drawn::Cases => {
                let cases: Vec<T> =
                    cases.iter().filter(|case| case.table().coded_units() > 0).cloned().collect();
                // One case, drawn again and again, would look like certainty.
                let found = (cases.len() > 1).then(|| resample_cases(&cases, measures, self.plan));
                (Some(cases.len() as u64), found)
            }
        };
        let one = |nth: usize| Resampling {
            bootstrap: self,
            cases,
            found: found.as_ref().and_then(|found| found.get(nth).copied()),
        };
        (0..measures.len()).map(one).collect()
    }
}

/// A coefficient with the interval asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) coefficient: Coefficient,
    pub(super) resampling: Option<Resampling>,
}

impl Figure {
    /// The coefficient, its standard error and limits replaced by those of the resamples, if there are any.
    pub(super) fn coefficient(&self) -> Coefficient {
        match (self.coefficient, self.resampling) {
            (Coefficient::Value(estimate), Some(resampling)) => {
                let found = resampling.found;
                Coefficient::Value(Estimate {
                    se: found.and_then(|found| found.se),
                    ci95: found.and_then(|found| found.ci95),
                    ..estimate
                })
            }
            (coefficient, _) => coefficient,
        }
    }
}
