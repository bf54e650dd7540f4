//! A coder's log: every decision ever made, in order, nothing removed.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::answer::{Answer, AnswerIndex, DimensionIndex};
use super::id::CoderId;
use super::time::Moment;

/// How a decision came into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// `code --lines`.
    Lines,
    /// `code`, full screen.
    Screen,
    /// A filled spreadsheet.
    Sheet,
    /// A CSV.
    Csv,
    /// A filled offline page.
    Pack,
    /// An exchange file of another program.
    Import,
}

impl Via {
    /// The word in the log.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Screen => "screen",
            Self::Sheet => "sheet",
            Self::Csv => "csv",
            Self::Pack => "pack",
            Self::Import => "import",
        }
    }
}

/// What stands after the way in which a `none` came that came by closing a unit or a sheet's row.
pub const REST: &str = ":rest";

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Via {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Lines, Self::Screen, Self::Sheet, Self::Csv, Self::Pack, Self::Import]
            .into_iter()
            .find(|via| via.as_str() == text)
            .ok_or(())
    }
}

/// The place of a round in [`super::study::Study::rounds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoundIndex(pub u16);

/// The place of a unit in [`super::study::Study::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIndex(pub u32);

impl UnitIndex {
    /// The place as an index.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// One row of a log, checked against the study: one whole decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// 1 + the highest in any log of that coder when it was written.
    pub seq: u64,
    /// When it was recorded.
    pub at: Moment,
    /// The round.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// Every code this coder gives this unit in this dimension in this round.
    pub answer: AnswerIndex,
    /// Whether the coder was unsure.
    pub unsure: bool,
    /// How it came.
    pub via: Via,
    /// Whether it is a `none` that came by closing a unit or a sheet's row.
    pub rest: bool,
    /// What few rows have.
    pub rare: Option<Box<Rare>>,
    /// The version of the codebook it was decided under: place in [`super::study::Study::versions`].
    pub version: u16,
    /// The device: place in [`Log::devices`].
    pub device: u16,
    /// Line in the device's file, from 1.
    pub line: u32,
    /// First byte of the row in the device's file.
    pub start: u32,
    /// Bytes of the row, without the LF.
    pub length: u32,
}

/// What few rows of a log have, kept apart so that half a million others take less.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rare {
    /// The memo on the decision.
    pub memo: Option<Box<str>>,
    /// The seq of the row that it takes back.
    pub undoes: Option<u64>,
}

impl LogRow {
    /// The memo on this decision.
    #[must_use]
    pub fn memo(&self) -> Option<&str> {
        self.rare.as_ref()?.memo.as_deref()
    }

    /// The seq of the row that this one takes back.
    #[must_use]
    pub fn undoes(&self) -> Option<u64> {
        self.rare.as_ref()?.undoes
    }

    /// Whether this row and another decide differently.
    #[must_use]
    pub fn differs(&self, other: &Self) -> bool {
        (self.answer, self.unsure, self.memo()) != (other.answer, other.unsure, other.memo())
    }
}

/// A decision that is about to be appended; the writer adds seq, time, round and how it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// Every code that the coder gives.
    pub answer: Answer,
    /// Whether the coder is unsure.
    pub unsure: bool,
    /// Whether it is a `none` that comes by closing a unit or a sheet's row.
    pub rest: bool,
    /// The memo on this decision.
    pub memo: Option<Box<str>>,
    /// The seq of the row that this one takes back.
    pub undoes: Option<u64>,
    /// The version it was decided under, where an undo or redo brings back an older decision; absent
    /// for the version in force.
    pub codebook: Option<String>,
}

/// The bytes of one file of a coder's log, as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The device's name; empty for `coding/<coder>.csv`.
    pub name: String,
    /// The file, relative to the study.
    pub file: String,
    /// The whole file; who appends to it holds the same bytes.
    pub bytes: Arc<Vec<u8>>,
}

/// Everything one coder ever decided, from all her devices, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Whose it is.
    pub coder: CoderId,
    /// The files it was read from.
    pub devices: Vec<Device>,
    /// The rows by seq, then device, then the row's bytes; equal rows once.
    pub rows: Vec<LogRow>,
    /// The highest seq in any file, counting rows that are not valid.
    pub highest_seq: u64,
}

impl Log {
    /// A log without rows.
    #[must_use]
    pub fn empty(coder: CoderId) -> Self {
        Self { coder, devices: Vec::new(), rows: Vec::new(), highest_seq: 0 }
    }

    /// The bytes of a row, without the LF.
    #[must_use]
    pub fn bytes(&self, row: &LogRow) -> &[u8] {
        let start = row.start as usize;
        self.devices
            .get(usize::from(row.device))
            .and_then(|device| device.bytes.get(start..start + row.length as usize))
            .unwrap_or_default()
    }

    /// Whether a row stands right after another in one file, parted from it by an LF alone.
    #[must_use]
    pub fn is_next(&self, row: &LogRow, next: &LogRow) -> bool {
        let end = row.start as usize + row.length as usize;
        let device = self.devices.get(usize::from(row.device));
        row.device == next.device
            && next.start as usize == end + 1
            && device.and_then(|it| it.bytes.get(end)) == Some(&b'\n')
    }

    /// The bytes of a file from a row to a later one, both included, without the last LF.
    #[must_use]
    pub fn stretch(&self, first: &LogRow, last: &LogRow) -> &[u8] {
        let device = self.devices.get(usize::from(first.device));
        let end = last.start as usize + last.length as usize;
        device.and_then(|it| it.bytes.get(first.start as usize..end)).unwrap_or_default()
    }

    /// Whether no two rows have one seq, as where one device alone wrote.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.rows.is_sorted_by(|one, other| one.seq < other.seq)
    }

    /// Puts the rows in order and drops repetitions: by seq, then device, then the row's bytes.
    pub fn arrange(&mut self) {
        if self.is_plain() {
            return; // as one device writes it
        }
        let mut rows = std::mem::take(&mut self.rows);
        let equal = |later: &mut LogRow, kept: &mut LogRow| {
            later.seq == kept.seq && self.bytes(later) == self.bytes(kept)
        };
        if self.devices.len() > 1 {
            // Equal rows of two devices may have others between them in the final order.
            let place = |row: &LogRow| (self.bytes(row), self.device(row));
            rows.sort_by(|one, other| {
                one.seq.cmp(&other.seq).then_with(|| place(one).cmp(&place(other)))
            });
            rows.dedup_by(equal);
        }
        let place = |row: &LogRow| (self.device(row), self.bytes(row));
        rows.sort_by(|one, other| {
            one.seq.cmp(&other.seq).then_with(|| place(one).cmp(&place(other)))
        });
        rows.dedup_by(equal);
        self.rows = rows;
    }

    fn device(&self, row: &LogRow) -> &str {
        self.devices.get(usize::from(row.device)).map_or("", |device| device.name.as_str())
    }
}
