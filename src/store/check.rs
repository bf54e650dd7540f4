//! What only `check` looks at: originals, unit texts, leftovers.

use super::layout;
use super::load::Opened;
use crate::analysis::wordings::gives_gone;
use crate::domain::consensus::in_force;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::format::codebook::sha256;
use crate::format::units;
use crate::msg;

impl Opened {
    /// Decisions in force that give a code which the codebook has under no name: named by file and line, without the code.
    #[must_use]
    pub fn gone_codes(&self) -> Vec<Problem> {
        let problem =
            |at: Place| Problem::new(at, msg!("check.code_gone"), msg!("check.code_gone.fix"));
        let mut problems = Vec::new();
        for log in self.logs.values() {
            for table in self.fold(log, |_, _| true).rounds.values() {
                let cells = self.study.units().flat_map(|(unit, _)| table.unit(unit));
                let gone = cells.filter(|cell| gives_gone(&self.study, cell.answer));
                for row in gone.filter_map(|cell| log.rows.get(cell.row as usize)) {
                    let Some(device) = log.devices.get(usize::from(row.device)) else { continue };
                    let at = Place::line(&device.file, u64::from(row.line)).column("codes");
                    problems.push(problem(at));
                }
            }
        }
        let settled = in_force(&self.settlements).into_values();
        if settled.filter(|it| gives_gone(&self.study, it.answer)).count() > 0 {
            problems.push(problem(Place::file(layout::CONSENSUS).column("codes")));
        }
        problems
    }

    /// Problems that no command stumbles over, but that break what can be traced: an original that was
    /// changed, units whose text is not the transcript's, speakers in no list.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn file_problems(&self) -> Result<Vec<Problem>, Failure> {
        let mut problems = Vec::new();
        let originals = self.folder.list(layout::ORIGINALS)?;
        for transcript in &self.study.transcripts {
            let prefix = format!("{}.", transcript.id);
            if let Some(name) = originals.iter().find(|name| name.starts_with(&prefix)) {
                let file = format!("{}/{name}", layout::ORIGINALS);
                let bytes = self.folder.read(&file)?.unwrap_or_default();
                if sha256(&bytes) != transcript.source_sha256 {
                    let fix = msg!("check.original.fix");
                    problems.push(Problem::new(Place::file(file), msg!("check.original"), fix));
                }
            }
            let file = layout::units(&transcript.id);
            let file_of_units = file.clone();
            // A text that is missing is told once, where it is missing.
            if !transcript.paragraphs.is_empty()
                && let Some(bytes) = self.folder.read(&file)?
                && let Some(paragraph) = units::first_difference(&bytes, transcript)
            {
                problems.push(Problem::new(
                    Place::file(file),
                    msg!("check.unit_text", transcript = transcript.id, paragraph = paragraph),
                    msg!("check.unit_text.fix"),
                ));
            }
            if let Some(bytes) = self.folder.read(&file_of_units)? {
                let units = self.units_of(&transcript.id);
                for (at, [unit, column, value]) in units::misderived(&file_of_units, &bytes, &units)
                {
                    let fix = msg!("check.derived.fix", value = value);
                    let what = msg!("check.derived", unit = unit, column = column);
                    problems.push(Problem::new(at, what, fix));
                }
            }
            let mut speakers: Vec<_> =
                transcript.paragraphs.iter().filter_map(|it| it.speaker.as_ref()).collect();
            speakers.sort();
            speakers.dedup();
            for speaker in speakers.into_iter().filter(|id| self.study.participant(id).is_none()) {
                problems.push(Problem::new(
                    Place::file(layout::PARTICIPANTS),
                    msg!("check.speaker", speaker = speaker, transcript = transcript.id),
                    msg!("check.speaker.fix", speaker = speaker),
                ));
            }
        }
        Ok(problems)
    }
}
