//! Meetings of the coders: on which days something was settled, who was there, how much was settled and why.

use std::collections::BTreeMap;

use crate::domain::answer::DimensionIndex;
use crate::domain::consensus::{Reason, Settlement};
use crate::domain::id::CoderId;
use crate::domain::log::{RoundIndex, UnitIndex};

/// What was settled on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day: `2026-03-01`.
    pub day: String,
    /// Who was there for any of it, in the order in which they are first named.
    pub present: Vec<CoderId>,
    /// Units × dimensions that were settled at the end of the day, left open ones too.
    pub settled: u64,
    /// Of these, how many for each reason, in the order of the contract; reasons that none has are left out.
    pub reasons: Vec<(Reason, u64)>,
}

impl Meeting {
    /// The reasons in one line: `slip 3 · omission 1`.
    #[must_use]
    pub fn told(&self) -> String {
        let told: Vec<String> = self.reasons.iter().map(|(it, n)| format!("{it} {n}")).collect();
        told.join(" · ")
    }
}

/// The meetings, day by day, of settlements in the order of their file.
#[must_use]
pub fn meetings(rows: &[&Settlement]) -> Vec<Meeting> {
    let mut days: BTreeMap<String, Vec<&Settlement>> = BTreeMap::new();
    for row in rows {
        let day = row.at.to_string().chars().take("2026-03-01".len()).collect();
        days.entry(day).or_default().push(row);
    }
    days.into_iter().map(|(day, rows)| meeting(day, &rows)).collect()
}

fn meeting(day: String, rows: &[&Settlement]) -> Meeting {
    let mut present: Vec<CoderId> = Vec::new();
    let mut last: BTreeMap<(RoundIndex, UnitIndex, DimensionIndex), &Settlement> = BTreeMap::new();
    for row in rows {
        for id in &row.present {
            if !present.contains(id) {
                present.push(id.clone());
            }
        }
        last.insert((row.round, row.unit, row.dimension), *row);
    }
    // What was taken back on the same day is not settled.
    last.retain(|_, row| row.outcome.is_some());
    let of = |reason: Reason| last.values().filter(|it| it.reason == Some(reason)).count() as u64;
    let reasons = Reason::ALL.into_iter().map(|it| (it, of(it))).filter(|it| it.1 > 0).collect();
    Meeting { day, present, settled: last.len() as u64, reasons }
}
