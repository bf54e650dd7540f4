//! Two histories of one log: a file that comes in under a coder's id goes on from the same point as the one that is
//! here, and answers the same questions differently. One person on one device cannot have written both.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answer::DimensionIndex;
use crate::domain::log::{LogRow, RoundIndex, UnitIndex};
use crate::domain::study::Study;
use crate::format::log;

/// A question that a log answers.
type Question = (RoundIndex, UnitIndex, DimensionIndex);

/// A log as one copy of the study holds it.
pub(super) struct History<'b> {
    bytes: &'b [u8],
    rows: Vec<LogRow>,
}

impl<'b> History<'b> {
    /// Reads the sound rows of a file; what is wrong with others is told elsewhere.
    pub(super) fn read(reader: &mut log::Reader<'_>, bytes: &'b [u8]) -> Self {
        Self { bytes, rows: reader.read("", bytes, &mut Vec::new()).rows }
    }

    fn written(&self, row: &LogRow) -> &'b [u8] {
        let (start, length) = (row.start as usize, row.length as usize);
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    /// The rows that another history does not hold.
    fn alone(&self, other: &History<'_>) -> Vec<&LogRow> {
        let known: BTreeSet<&[u8]> = other.rows.iter().map(|row| other.written(row)).collect();
        self.rows.iter().filter(|row| !known.contains(self.written(row))).collect()
    }

    /// What this and another history answer differently after they went apart, unit by unit: `A:2 (tone)`. Nothing where
    /// one goes on where the other ends.
    pub(super) fn contradictions(&self, other: &History<'_>, study: &Study) -> Vec<String> {
        let (mine, theirs) = (self.alone(other), other.alone(self));
        let seqs: BTreeSet<u64> = mine.iter().map(|row| row.seq).collect();
        if !theirs.iter().any(|row| seqs.contains(&row.seq)) {
            return Vec::new();
        }
        let (mine, theirs) = (last(mine), last(theirs));
        let differs = |(question, row): (&Question, &&LogRow)| {
            let other = theirs.get(question)?;
            let differs = (other.answer, other.unsure) != (row.answer, row.unsure);
            differs.then_some((question.1, question.2))
        };
        let mut units: BTreeMap<UnitIndex, BTreeSet<DimensionIndex>> = BTreeMap::new();
        for (unit, dimension) in mine.iter().filter_map(differs) {
            units.entry(unit).or_default().insert(dimension);
        }
        let named = |(unit, dimensions): (UnitIndex, BTreeSet<DimensionIndex>)| {
            let known = |it: &DimensionIndex| study.vocabulary.dimensions.get(usize::from(it.0));
            let ids: Vec<String> =
                dimensions.iter().filter_map(known).map(|it| it.id.to_string()).collect();
            let unit = &study.unit_at(unit)?.locator;
            Some(format!("{unit} ({})", ids.join(", ")))
        };
        units.into_iter().filter_map(named).collect()
    }
}

/// The last of some rows on each question.
fn last(mut rows: Vec<&LogRow>) -> BTreeMap<Question, &LogRow> {
    rows.sort_by_key(|row| row.seq);
    rows.into_iter().map(|row| ((row.round, row.unit, row.dimension), row)).collect()
}
