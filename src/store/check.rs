//! What only `check` looks at: originals, unit texts, leftovers.

use std::collections::BTreeSet;

use super::layout;
use super::load::Opened;
use crate::analysis::wordings::gives_gone;
use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::consensus::in_force;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::format::codebook::sha256;
use crate::format::table::Table;
use crate::format::units::{first_difference_in, misderived_in};
use crate::msg;

impl Opened {
    /// Decisions in force that give a code which the codebook has under no name, or in another dimension: named by file and
    /// line, without the code.
    #[must_use]
    pub fn gone_codes(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for log in self.logs.values() {
            for table in self.fold(log, |_, _| true).rounds.values() {
                let cells = self.study.units().flat_map(|(unit, _)| table.unit(unit));
                for row in cells.filter_map(|cell| log.rows.get(cell.row as usize)) {
                    let Some(lost) = self.lost(row.dimension, row.answer) else { continue };
                    let Some(device) = log.devices.get(usize::from(row.device)) else { continue };
                    let at = Place::line(&device.file, u64::from(row.line)).column("codes");
                    problems.push(lost(at));
                }
            }
        }
        let settled = in_force(&self.settlements).into_values();
        let settled = settled.filter_map(|it| self.lost(it.dimension, it.answer));
        problems.extend(settled.map(|lost| lost(Place::file(layout::CONSENSUS).column("codes"))));
        problems.dedup();
        problems
    }

    /// What is wrong with an answer in a dimension, if no result can show it there: its code is gone, or, where somebody wrote
    /// the codebook otherwise, belongs to another dimension, perhaps to this one under a new name.
    fn lost(&self, dimension: DimensionIndex, answer: AnswerIndex) -> Option<fn(Place) -> Problem> {
        let vocabulary = &self.study.vocabulary;
        let home = |code: &CodeIndex| vocabulary.of(vocabulary.now(*code)).dimension;
        if gives_gone(&self.study, answer) {
            return Some(|at| {
                Problem::new(at, msg!("check.code_gone"), msg!("check.code_gone.fix"))
            });
        }
        let codes = self.study.answers.codes(answer);
        codes.iter().any(|code| home(code) != dimension).then_some(|at| {
            Problem::new(at, msg!("check.code_elsewhere"), msg!("check.code_elsewhere.fix"))
        })
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
            if let Some(bytes) = self.folder.read(&file)? {
                let table = Table::read(&file, &bytes, &["unit"], &mut Vec::new());
                // A text that is missing is told once, where it is missing.
                let text = Some(transcript).filter(|it| !it.paragraphs.is_empty());
                if let Some(paragraph) = text.and_then(|it| first_difference_in(&table, it)) {
                    problems.push(Problem::new(
                        Place::file(file),
                        msg!("check.unit_text", transcript = transcript.id, paragraph = paragraph),
                        msg!("check.unit_text.fix"),
                    ));
                }
                let units = self.units_of(&transcript.id);
                for (at, [unit, column, value]) in misderived_in(&table, &units) {
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

impl Opened {
    /// Cells that name what the study does not have, rows that are no longer there, and memos that cannot be read: no command
    /// stumbles over them, and what they say is in some result.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn name_problems(&self) -> Result<Vec<Problem>, Failure> {
        let mut problems = self.memo_problems()?;
        problems.extend(self.people_of_no_case());
        problems.extend(self.topics_of_no_guide());
        problems.extend(self.seal_gap());
        problems.extend(self.lists_of_no_seal()?);
        problems.extend(self.yaml_problems()?);
        Ok(problems)
    }

    fn memo_problems(&self) -> Result<Vec<Problem>, Failure> {
        let mut problems = Vec::new();
        for coder in &self.study.settings.coders {
            match self.memos(&coder.id) {
                Err(Failure::Invalid(found)) => problems.extend(found),
                other => other.map(|_| ())?,
            }
        }
        Ok(problems)
    }

    fn people_of_no_case(&self) -> impl Iterator<Item = Problem> {
        self.study.participants.iter().filter_map(|person| {
            let case = person.case.as_ref().filter(|it| self.study.case(it).is_none())?;
            let what = msg!("check.person_case", person = person.id, case = case);
            let place = Place::file(layout::PARTICIPANTS).column("case");
            Some(Problem::new(place, what, msg!("check.person_case.fix", case = case)))
        })
    }

    fn topics_of_no_guide(&self) -> impl Iterator<Item = Problem> {
        let topics = self.study.guide.topics();
        self.study.talk().filter_map(move |(_, unit)| {
            let unknown = !unit.topic.is_empty() && !topics.contains(&unit.topic.as_str());
            let place = Place::file(layout::units(unit.locator.transcript())).column("topic");
            let what = msg!("check.topic", unit = unit.locator);
            (unknown && !topics.is_empty())
                .then(|| Problem::new(place, what, msg!("check.topic.fix")))
        })
    }

    /// A number is 1 more than the highest there was: where one is lacking, a row is.
    fn seal_gap(&self) -> Option<Problem> {
        let numbers: BTreeSet<u64> = self.seals.iter().filter_map(|seal| seal.seq).collect();
        let gap = (1..).zip(&numbers).find(|(expected, seq)| expected != *seq);
        let (expected, _) = gap?;
        let what = msg!("check.seal_gap", seq = expected);
        let place = Place::file(layout::SEALS).column("seq");
        Some(Problem::new(place, what, msg!("check.seal_gap.fix")))
    }

    /// A seal comes with its list: where there is a list and no seal, the seal was taken out, were it the last.
    fn lists_of_no_seal(&self) -> Result<Vec<Problem>, Failure> {
        let names = self.folder.list(layout::SEAL_LISTS)?;
        let is_list = |name: &&String| {
            name.ends_with(".csv")
                && name.get(..12).is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        let is_sealed =
            |name: &String| self.seals.iter().any(|it| name.starts_with(it.list_name()));
        let lost = names.iter().filter(is_list).filter(|name| !is_sealed(name));
        let problem = |name: &String| {
            let at = Place::file(format!("{}/{name}", layout::SEAL_LISTS));
            Problem::new(at, msg!("check.seal_lost"), msg!("check.seal_gap.fix"))
        };
        Ok(lost.map(problem).collect())
    }
}
