//! The writer of what the coders settled on.

use super::append::Appender;
use super::begin::Writing;
use super::disk::Held;
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use crate::domain::consensus::{NewSettlement, Settled, contested};
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::domain::locator::Locator;
use crate::domain::log::RoundIndex;
use crate::domain::problem::{Place, Problem};
use crate::format::records::Logged;
use crate::format::{consensus, rows};
use crate::msg;

/// Appends to consensus.csv; holds its lock.
pub struct ConsensusWriter {
    folder: Folder,
    rounds: Vec<RoundId>,
    codebook: String,
    units: Vec<Locator>,
    dimensions: Vec<String>,
    file: Appender,
}

/// What the coders settle is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Settling;

impl Settling {
    fn file() -> String {
        format!("{}.lock", layout::CONSENSUS)
    }

    /// For how many minutes another meeting has been settling; `None` where none is, or the system does not tell.
    ///
    /// # Errors
    /// The state of the lock cannot be told.
    pub fn held_by_another(before: &Opened) -> Result<Option<u64>, Failure> {
        let folder = &before.folder;
        folder.held_by_another(folder.lock(&Self::file()), &Self::file())
    }
}

impl Writing for Settling {
    type Locks = Box<dyn Held>;
    type Writer = ConsensusWriter;

    fn lock(&self, before: &Opened) -> Result<Self::Locks, Failure> {
        before.folder.lock(&Self::file())
    }

    fn writer(
        self,
        lock: Self::Locks,
        _: &Opened,
        now: &Opened,
    ) -> Result<ConsensusWriter, Failure> {
        ConsensusWriter::under(lock, now)
    }
}

impl ConsensusWriter {
    /// Makes consensus.csv ready, whose lock is held.
    fn under(lock: Box<dyn Held>, opened: &Opened) -> Result<Self, Failure> {
        opened.keep_version()?;
        let torn = |bytes: &[u8]| {
            let complete = |line: &rows::Line| rows::is_version(line.get(12));
            rows::read("", bytes, &consensus::COLUMNS, complete, &mut Vec::new(), |_, _| {})
        };
        let study = &opened.study;
        Ok(Self {
            folder: opened.folder.clone(),
            rounds: study.rounds.clone(),
            codebook: study.version_in_force().id.clone(),
            units: study.units.iter().map(|unit| unit.locator.clone()).collect(),
            dimensions: study.vocabulary.dimensions.iter().map(|it| it.id.to_string()).collect(),
            file: Appender::under(
                lock,
                &opened.folder,
                layout::CONSENSUS,
                (&consensus::COLUMNS).into(),
                torn,
            )?,
        })
    }

    /// Whether the lock still keeps others out.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn still_holds(&self) -> Result<bool, Failure> {
        self.file.still_holds()
    }

    /// Appends a settlement of a round and returns its seq. When this returns, it is on the disk.
    ///
    /// # Errors
    /// It could not be written.
    pub fn append(&mut self, round: RoundIndex, settled: &NewSettlement) -> Result<u64, Failure> {
        self.file.refresh()?;
        let known = self.file.known();
        let highest = self.folder.highest_seq(layout::CONSENSUS, &known, seqs, |it| Some(*it))?;
        let unit = self.units.get(settled.unit.at());
        let dimension = self.dimensions.get(usize::from(settled.dimension.0));
        let round = self.rounds.get(usize::from(round.0));
        let (Some(unit), Some(dimension), Some(round)) = (unit, dimension, round) else {
            return Err(Failure::Usage(msg!("coding.unit"), msg!("coding.unit.fix")));
        };
        let at = self.folder.now();
        let line = consensus::write(
            highest + 1,
            at,
            round.as_str(),
            unit,
            dimension,
            settled,
            &self.codebook,
        );
        self.file.append(&line)?;
        Ok(highest + 1)
    }
}

/// The seqs of the rows of a copy.
fn seqs(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Logged<u64> {
    let mut seqs = Vec::new();
    let torn = rows::read(
        file,
        bytes,
        &consensus::COLUMNS,
        |_| false,
        problems,
        |line, _| {
            seqs.extend(line.get(0).parse::<u64>());
        },
    );
    (seqs, torn)
}

impl Opened {
    /// Problems of what two meetings settled differently at once.
    #[must_use]
    pub fn contested_settlements(&self) -> Vec<Problem> {
        let problem = |(_, unit, dimension): Settled| {
            // Of a unit that stands no more nothing is settled again.
            let stands = !self.study.moved.is_changed(unit);
            let unit = &self.study.unit_at(unit).filter(|_| stands)?.locator;
            let dimension = &self.study.vocabulary.dimensions.get(usize::from(dimension.0))?.id;
            let what = msg!("standing.settled", unit = unit, dimension = dimension);
            let fix = msg!("standing.settled.fix", unit = unit);
            Some(Problem::new(Place::file(layout::CONSENSUS), what, fix))
        };
        contested(&self.settlements).into_keys().filter_map(problem).collect()
    }
}
