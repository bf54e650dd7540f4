//! Picked quotations and their translations: hidden from others until the case is open, as decisions are.

use std::collections::BTreeSet;

use super::append::Appender;
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use super::records::check_device;
use crate::analysis::manuscript::Recorded;
use crate::analysis::picks::Pick;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::problem::Problem;
use crate::domain::record::{NewPick, PickRow};
use crate::format::picked;

/// Appends to a coder's picked quotations on one device.
pub struct PickWriter {
    folder: Folder,
    coder: CoderId,
    file: Appender,
}

impl PickWriter {
    /// Takes the lock of a coder's picks. `device` is empty for `quotes/<coder>.csv`.
    ///
    /// # Errors
    /// No such coder, an odd device name, somebody else writes them, or they cannot be read.
    pub fn open(opened: &Opened, coder: &CoderId, device: &str) -> Result<Self, Failure> {
        opened.coder(coder)?;
        check_device(device)?;
        let name = layout::picked(coder, device);
        let columns = (&picked::COLUMNS).into();
        let file = Appender::open(&opened.folder, &name, columns, picked::torn)?;
        Ok(Self { folder: opened.folder.clone(), coder: coder.clone(), file })
    }

    /// Appends a pick and returns its seq; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, new: &NewPick) -> Result<u64, Failure> {
        self.file.refresh()?;
        let mut rows = self.folder.picks_of(&self.coder, &mut Vec::new())?;
        let known = self.file.known();
        rows.extend(picked::read_picks("", &known, &self.coder, &mut Vec::new()));
        let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0) + 1;
        let row = PickRow {
            coder: self.coder.clone(),
            seq,
            at: Some(self.folder.now()),
            what: new.clone(),
        };
        self.file.append(&picked::write_pick(&row))?;
        Ok(seq)
    }
}

/// Picked quotations, and how many lie in text that is no more.
#[derive(Debug, Clone, Default)]
pub struct Picked {
    /// Those that stand, coder by coder in the order of themata.yaml, then by number.
    pub picks: Vec<Pick>,
    /// How many name text, or a code, that the study has no more.
    pub lost: u64,
}

impl Opened {
    /// A coder's own picks of all devices.
    ///
    /// # Errors
    /// No such coder, or they cannot be read.
    pub fn picks_of(&self, coder: &CoderId) -> Result<Picked, Failure> {
        self.coder(coder)?;
        let mut problems: Vec<Problem> = Vec::new();
        let rows = self.folder.picks_of(coder, &mut problems)?;
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        let undone: BTreeSet<u64> = rows.iter().filter_map(|row| row.what.undoes).collect();
        let stand = rows.iter().filter(|it| it.what.undoes.is_none() && !undone.contains(&it.seq));
        let found: Vec<Option<Pick>> = stand.map(|row| self.pick(row)).collect();
        let lost = found.iter().filter(|it| it.is_none()).count() as u64;
        Ok(Picked { picks: found.into_iter().flatten().collect(), lost })
    }

    /// The picks that all may see, those of stretches in open cases, and with them a coder's own.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn shared_picks(&self, own: Option<&CoderId>) -> Result<Picked, Failure> {
        let (open, _) = self.open_cases();
        let mut all = Picked::default();
        for coder in &self.study.settings.coders {
            let is_hers = own == Some(&coder.id);
            // What is wrong with the file of another is told by `check`; until her case is open nobody else sees anything of it.
            let Picked { picks, lost } = match self.picks_of(&coder.id) {
                Err(Failure::Invalid(_)) if !is_hers && self.is_blind() => continue,
                other => other?,
            };
            let is_open = |it: &Pick| {
                let text = self.study.transcript(it.locator.transcript());
                !self.is_blind() || is_hers || text.is_some_and(|it| open.contains(&it.case))
            };
            all.lost += if is_hers || !self.is_blind() { lost } else { 0 };
            all.picks.extend(picks.into_iter().filter(is_open));
        }
        Ok(all)
    }

    /// What is wrong with the files of picked quotations.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn pick_problems(&self) -> Result<Vec<Problem>, Failure> {
        let mut problems = Vec::new();
        for coder in &self.study.settings.coders {
            self.folder.picks_of(&coder.id, &mut problems)?;
        }
        Ok(problems)
    }

    /// A row as the study knows its stretch and its code.
    fn pick(&self, row: &PickRow) -> Option<Pick> {
        Some(Pick {
            coder: row.coder.clone(),
            seq: row.seq,
            at: row.at,
            locator: self.study.stretch_now(&row.what.locator)?,
            code: self.study.vocabulary.code(&row.what.code)?,
            language: row.what.language.clone(),
            translation: row.what.translation.clone(),
            translator: row.what.translator.clone(),
        })
    }

    /// The translations that all may see: those of stretches in open cases.
    ///
    /// # Errors
    /// A file cannot be read, or is none of picked quotations.
    pub fn shared_translations(&self) -> Result<Vec<Recorded>, Failure> {
        let names = self.folder.list(layout::PICKED)?;
        let own = names.iter().filter(|name| name.ends_with(".csv"));
        let mut files: Vec<String> = own.map(|name| format!("{}/{name}", layout::PICKED)).collect();
        files.push(layout::PICKED_BEFORE.to_owned());
        let (open, _) = self.open_cases();
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            if let Some(bytes) = self.folder.read(&file)? {
                all.extend(picked::read_translations(&file, &bytes, &mut problems));
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        for it in &mut all {
            // Of text that was replaced, what it says stands where the words went.
            if let Some(now) = self.study.stretch_now(&it.locator) {
                it.locator = now;
            }
        }
        all.retain(|it| {
            let text = self.study.ever_transcript(it.locator.transcript());
            !self.is_blind() || text.is_some_and(|text| open.contains(&text.case))
        });
        Ok(all)
    }
}

impl Folder {
    fn picks_of(
        &self,
        coder: &CoderId,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<PickRow>, Failure> {
        let mut rows = Vec::new();
        for name in self.list(layout::PICKED)? {
            if layout::device(&name, coder).is_none() {
                continue;
            }
            let file = format!("{}/{name}", layout::PICKED);
            let bytes = self.read(&file)?.unwrap_or_default();
            rows.extend(picked::read_picks(&file, &bytes, coder, problems));
        }
        Ok(picked::picks_in_order(rows))
    }
}
