//! Whether what comes back is older than what is in force: told by what was decided, never by a clock.

use std::collections::BTreeMap;

use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::log::{Log, LogRow, RoundIndex, UnitIndex};
use crate::domain::study::Study;

/// What a coder decided in a round, place by place, in the order in which it was written.
#[derive(Debug)]
pub(super) struct History<'a> {
    study: &'a Study,
    places: BTreeMap<(UnitIndex, DimensionIndex), Vec<&'a LogRow>>,
}

impl<'a> History<'a> {
    /// The history of a log in a round.
    pub(super) fn of(log: &'a Log, round: RoundIndex, study: &'a Study) -> Self {
        let mut places: BTreeMap<_, Vec<&LogRow>> = BTreeMap::new();
        for row in log.rows.iter().filter(|row| row.round == round) {
            places.entry((row.unit, row.dimension)).or_default().push(row);
        }
        for rows in places.values_mut() {
            rows.sort_by_key(|row| (row.seq, row.device));
        }
        Self { study, places }
    }

    /// Whether these codes (nothing: undecided) were an answer here once that a later answer replaced. One
    /// that was only undone was not replaced by an answer.
    pub(super) fn goes_back(
        &self,
        unit: UnitIndex,
        dimension: DimensionIndex,
        codes: Option<&[CodeIndex]>,
    ) -> bool {
        let Some(rows) = self.places.get(&(unit, dimension)) else { return false };
        let gives = |row: &LogRow| match codes {
            None => row.answer == AnswerIndex::UNDECIDED,
            Some([]) => row.answer == AnswerIndex::NONE,
            Some(codes) => self.study.answers.codes(row.answer) == codes,
        };
        rows.windows(2).any(|pair| {
            matches!(pair, [was, next] if gives(was) && !gives(next) && next.undoes().is_none())
        })
    }
}
