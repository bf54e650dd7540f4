//! Codes that coders would add: each in her own file, unseen by the others until all have sealed.

use super::append::Appender;
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use super::records::check_device;
use super::shared::Shared;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::record::{NewProposal, Proposal};
use crate::format::records;

/// Appends to a coder's proposals on one device.
pub struct ProposalWriter {
    folder: Folder,
    coder: CoderId,
    file: Appender,
}

impl ProposalWriter {
    /// Takes the lock of a coder's proposals. `device` is empty for `proposals/<coder>.csv`.
    ///
    /// # Errors
    /// No such coder, an odd device name, somebody else writes them, or they cannot be read.
    pub fn open(opened: &Opened, coder: &CoderId, device: &str) -> Result<Self, Failure> {
        opened.coder(coder)?;
        check_device(device)?;
        let torn = |bytes: &[u8]| {
            let anyone = "x".parse().ok()?;
            records::read_proposals("", bytes, &anyone, &mut Vec::new()).1
        };
        let name = layout::proposals(coder, device);
        let columns = (&records::PROPOSALS).into();
        let file = Appender::open(&opened.folder, &name, columns, torn)?;
        Ok(Self { folder: opened.folder.clone(), coder: coder.clone(), file })
    }

    /// Appends a proposal and returns its seq; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, new: &NewProposal) -> Result<u64, Failure> {
        self.file.refresh()?;
        let mut rows = self.folder.proposals_of(&self.coder, &mut Vec::new())?;
        let known = self.file.known();
        rows.extend(records::read_proposals("", &known, &self.coder, &mut Vec::new()).0);
        let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0) + 1;
        let (at, what) = (self.folder.now(), new.clone());
        let proposal = Proposal { coder: self.coder.clone(), seq, at, what };
        self.file.append(&records::write_proposal(&proposal))?;
        Ok(seq)
    }
}

impl Opened {
    /// A coder's own proposals of all devices, in order.
    ///
    /// # Errors
    /// No such coder, or they cannot be read.
    pub fn proposals(&self, coder: &CoderId) -> Result<Vec<Proposal>, Failure> {
        self.coder(coder)?;
        let mut problems = Vec::new();
        let rows = self.folder.proposals_of(coder, &mut problems)?;
        if problems.is_empty() { Ok(rows) } else { Err(Failure::Invalid(problems)) }
    }

    /// The proposals of all coders, once every case is open: a proposal is about the codebook as a whole.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn shared_proposals(&self) -> Result<Shared<Proposal>, Failure> {
        let (_, waiting) = self.open_cases();
        let mut rows = Vec::new();
        if waiting.is_empty() || !self.is_blind() {
            for coder in &self.study.settings.coders {
                rows.extend(self.proposals(&coder.id)?);
            }
        }
        Ok(Shared { rows, waiting })
    }
}

impl Folder {
    fn proposals_of(
        &self,
        coder: &CoderId,
        problems: &mut Vec<crate::domain::problem::Problem>,
    ) -> Result<Vec<Proposal>, Failure> {
        let mut rows = Vec::new();
        for name in self.list(layout::PROPOSALS)? {
            if layout::device(&name, coder).is_none() {
                continue;
            }
            let file = format!("{}/{name}", layout::PROPOSALS);
            let bytes = self.read(&file)?.unwrap_or_default();
            rows.extend(records::read_proposals(&file, &bytes, coder, problems).0);
        }
        Ok(records::proposals_in_order(rows))
    }
}
