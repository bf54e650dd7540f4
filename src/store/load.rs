//! Reads a study: every list, text, log and version, and everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::assigned::read_assignments;
use super::coders::standings;
use super::copies::Reader;
use super::folder::Folder;
use super::layout;
use super::names::unknown;
use super::seal_before;
use super::sealed::Sealed;
use super::seen::Seen;
use crate::domain::answer::{Answers, Vocabulary};
use crate::domain::coder::Coder;
use crate::domain::consensus::Settlement;
use crate::domain::event::{Event, Purpose, What};
use crate::domain::failure::Failure;
use crate::domain::guide::Guide;
use crate::domain::id::{CoderId, RoundId, TranscriptId};
use crate::domain::log::{Device, Log, UnitIndex};
use crate::domain::message::Message;
use crate::domain::moved::Moved;
use crate::domain::participant::Role;
use crate::domain::problem::{Place, Problem};
use crate::domain::revision::Revision;
use crate::domain::seal::Seal;
use crate::domain::study::{Settings, Study, Version};
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::format::codebook::{text_sha256, version};
use crate::format::unit_names::UnitNames;
use crate::format::{
    codebook, concepts, consensus, events, guide, log, moves, people, records, seal_list, settings,
    transcript, units,
};
use crate::msg;
use crate::unitize::recount::{counted, recount};

/// A study as it was read. Decisions are behind the gate: see [`Opened::comparison`] and [`Opened::own`].
#[derive(Debug, Clone)]
pub struct Opened {
    /// Where it lies.
    pub folder: Folder,
    /// Everything but the decisions.
    pub study: Study,
    /// What the coders settled on, row by row.
    pub settlements: Vec<Settlement>,
    /// What was handed over.
    pub seals: Vec<Seal>,
    /// What else happened.
    pub events: Vec<Event>,
    /// What a person should know: a last write that was lost.
    pub notes: Vec<Message>,
    /// Rows of assignments.csv that name nothing the study has or had.
    pub lost_assignments: Vec<Problem>,
    /// Whether it was read for one coder's work: nobody is compared in it.
    pub(super) for_one: bool,
    /// What it was read from.
    pub(super) seen: Seen,
    /// What the seals say of it.
    pub(super) sealed: Sealed,
    pub(super) logs: BTreeMap<CoderId, Log>,
    pub(super) log_problems: BTreeMap<CoderId, Vec<Problem>>,
    /// Decisions on stretches of text that are no unit now.
    pub(super) gone: Vec<Problem>,
}

/// A study and everything that is wrong with it; without the study where it cannot be put together.
#[derive(Debug)]
pub struct Survey {
    /// The study, as far as it could be read.
    pub opened: Option<Opened>,
    /// Everything that is wrong, in order of place.
    pub problems: Vec<Problem>,
}

/// Reads a study for work.
///
/// # Errors
/// Its lists, texts or codebook are invalid, or a file cannot be read. What is wrong with a coder's log
/// is an error only of the commands that read it.
pub fn load(folder: &Folder) -> Result<Opened, Failure> {
    sound(read(folder, None)?)
}

/// Reads a study for one coder's work, named by id or name: of the logs and of the lists of seals hers alone are read, and
/// nothing that was settled, so that a large study takes no more time and memory than what she sees. Nobody can be compared in
/// it: [`Opened::comparison`] refuses.
///
/// # Errors
/// As [`load`]. Whether there is such a coder is for others to say.
pub fn load_for(folder: &Folder, coder: &str) -> Result<Opened, Failure> {
    sound(read(folder, Some(coder))?)
}

fn sound((opened, problems): (Option<Opened>, Vec<Problem>)) -> Result<Opened, Failure> {
    match opened {
        Some(opened) if problems.is_empty() => Ok(opened),
        _ => Err(Failure::Invalid(problems)),
    }
}

/// Reads a study and lists everything that is wrong, logs included.
///
/// # Errors
/// A file cannot be read.
pub fn survey(folder: &Folder) -> Result<Survey, Failure> {
    let (opened, mut problems) = read(folder, None)?;
    if let Some(opened) = &opened {
        problems.extend(opened.log_problems.values().flatten().cloned());
        problems.extend(opened.gone.iter().cloned());
    }
    problems.sort();
    Ok(Survey { opened, problems })
}

fn read(folder: &Folder, coder: Option<&str>) -> Result<(Option<Opened>, Vec<Problem>), Failure> {
    let watching = folder.watching();
    let mut loader = Loader { folder: &watching, coder, problems: Vec::new(), notes: Vec::new() };
    let mut opened = loader.study()?;
    if let Some(opened) = &mut opened {
        opened.folder = folder.clone();
        opened.seen = watching.seen();
    }
    let mut problems = loader.problems;
    problems.sort();
    problems.dedup();
    Ok((opened, problems))
}

struct Loader<'a> {
    folder: &'a Folder,
    /// Whose log alone is read; absent for all.
    coder: Option<&'a str>,
    problems: Vec<Problem>,
    notes: Vec<Message>,
}

impl Loader<'_> {
    fn study(&mut self) -> Result<Option<Opened>, Failure> {
        let Some(settings) = self.settings()? else { return Ok(None) };
        let Some(versions) = self.versions()? else { return Ok(None) };
        let events = events::in_order(self.logged(layout::EVENTS, events::read_events)?);
        let (rounds, purposes) = rounds(&events);
        let (in_force, older) =
            versions.split_last().map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
        let Some(in_force) = in_force else { return Ok(None) };
        let vocabulary = Vocabulary::new(&in_force.codebook, older.iter().map(|it| &it.codebook));
        let (cases, case_attributes) = self.listed(layout::CASES, people::read_cases)?;
        let (participants, participant_attributes) =
            self.listed(layout::PARTICIPANTS, people::read_participants)?;
        let (mut transcripts, transcript_attributes) =
            self.listed(layout::TRANSCRIPTS, people::read_transcripts)?;
        let known: HashSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        for transcript in transcripts.iter().filter(|it| !known.contains(it.case.as_str())) {
            self.problems.push(Problem::new(
                Place::file(layout::TRANSCRIPTS).column("case"),
                msg!("load.case", case = transcript.case, transcript = transcript.id),
                msg!("load.case.fix"),
            ));
        }
        let copies = self.folder.copies_of_whole_files(
            transcripts.iter().map(|it| &it.id),
            settings.coders.iter().map(|it| &it.id),
        )?;
        self.problems.extend(copies);
        let mut study = Study {
            settings,
            versions,
            vocabulary,
            answers: Answers::default(),
            answers_now: Vec::new(),
            revisions: revisions(&events),
            cases,
            case_attributes,
            // The first of an id holds, where a list has it twice.
            participant_index: (0..participants.len())
                .rev()
                .filter_map(|at| Some((participants.get(at)?.id.clone(), at)))
                .collect(),
            participants,
            participant_attributes,
            transcripts: Vec::new(),
            transcript_attributes,
            units: Vec::new(),
            unit_transcripts: Vec::new(),
            unit_index: BTreeMap::new(),
            rounds,
            purposes,
            guide: Guide::default(),
            concepts: Vec::new(),
            moved: Moved::default(),
            assignments: None,
            standings: standings(&events),
        };
        self.texts(&mut transcripts)?;
        let replaced: BTreeSet<TranscriptId> = replaced(&events, &transcripts);
        let (replaced, transcripts): (Vec<Transcript>, Vec<Transcript>) =
            transcripts.into_iter().partition(|it| replaced.contains(&it.id));
        self.units(&transcripts, &mut study)?;
        study.transcripts = transcripts;
        let rows = moves::in_order(self.logged(layout::MOVES, moves::read_moves)?);
        let roles = study.participants.clone();
        let roles: BTreeMap<_, _> = roles.iter().map(|it| (&it.id, it.role)).collect();
        study.follow_moves(rows, replaced, |transcript, locator| {
            let role = |id: &_| roles.get(id).copied().unwrap_or(Role::Unknown);
            recount(&Unit::talk(locator.clone()), transcript, role)
        });
        if let Some(bytes) = self.folder.read(layout::GUIDE)? {
            study.guide = guide::read(layout::GUIDE, &bytes, &mut self.problems);
        }
        if let Some(bytes) = self.folder.read(layout::CONCEPTS)? {
            study.concepts = concepts::read(layout::CONCEPTS, &bytes, &mut self.problems);
        }
        let successors: BTreeMap<_, _> = replacements(&events, &study.transcripts).collect();
        let lost_assignments =
            read_assignments(self.folder, &mut study, &successors, &mut self.problems)?;
        let names = UnitNames::new(study.unit_names());
        let (logs, log_problems, mut gone) = self.logs(&mut study, &names)?;
        let settlements = match self.coder {
            Some(_) => Vec::new(),
            None => self.settlements(&mut study, &names, &mut gone)?,
        };
        study.answers_now = study.answers.now(&study.vocabulary);
        let seals = self.seals(&study, &names, &logs)?;
        self.problems.extend(unknown(&study, &events, &seals, |seq| seq.is_some()));
        Ok(Some(Opened {
            folder: self.folder.clone(),
            study,
            settlements,
            seals,
            events,
            notes: std::mem::take(&mut self.notes),
            lost_assignments,
            for_one: self.coder.is_some(),
            seen: Seen::default(),
            sealed: Sealed::default(),
            logs,
            log_problems,
            gone,
        }))
    }

    fn settings(&mut self) -> Result<Option<Settings>, Failure> {
        match self.folder.read(layout::SETTINGS)? {
            Some(bytes) => Ok(settings::read(layout::SETTINGS, &bytes, &mut self.problems)),
            None => Err(Failure::Usage(msg!("store.no_study"), msg!("store.no_study.fix"))),
        }
    }

    /// Every version, the one in force last.
    fn versions(&mut self) -> Result<Option<Vec<Version>>, Failure> {
        let Some(bytes) = self.folder.read(layout::CODEBOOK)? else {
            let at = Place::file(layout::CODEBOOK);
            self.problems.push(Problem::new(
                at,
                msg!("load.no_codebook"),
                msg!("load.no_codebook.fix"),
            ));
            return Ok(None);
        };
        let id = version(&bytes);
        let Some(in_force) = codebook::read(layout::CODEBOOK, &bytes, &mut self.problems) else {
            return Ok(None);
        };
        let mut versions = Vec::new();
        for name in self.folder.list(layout::VERSIONS)? {
            let Some(named) = name.strip_suffix(".yaml").filter(|named| named.starts_with("v-"))
            else {
                continue;
            };
            let file = layout::version(named);
            let Some(bytes) = self.folder.read(&file)? else { continue };
            if version(&bytes) != named {
                let fix = msg!("load.version.fix");
                self.problems.push(Problem::new(Place::file(&file), msg!("load.version"), fix));
            } else if named != id {
                let read = codebook::read(&file, &bytes, &mut self.problems);
                versions.extend(read.map(|codebook| Version { id: named.to_owned(), codebook }));
            }
        }
        versions.push(Version { id, codebook: in_force });
        Ok(Some(versions))
    }

    /// A list that may be missing.
    fn listed<T>(
        &mut self,
        file: &str,
        read: fn(&str, &[u8], &mut Vec<Problem>) -> people::Listed<T>,
    ) -> Result<people::Listed<T>, Failure> {
        let bytes = self.folder.read(file)?;
        Ok(bytes.map_or((Vec::new(), Vec::new()), |bytes| read(file, &bytes, &mut self.problems)))
    }

    /// The rows of an append-only file, which may be missing, in several copies, and may have lost its last write.
    fn logged<T>(&mut self, file: &str, read: Reader<T>) -> Result<Vec<T>, Failure> {
        let mut all = Vec::new();
        for (file, bytes) in self.folder.copies(file)? {
            let (rows, torn) = read(&file, &bytes, &mut self.problems);
            if torn.is_some() {
                self.notes.push(msg!("load.torn", file = file));
            }
            all.extend(rows);
        }
        Ok(all)
    }

    /// What was handed over, and what each seal covered.
    fn seals(
        &mut self,
        study: &Study,
        units: &UnitNames,
        logs: &BTreeMap<CoderId, Log>,
    ) -> Result<Vec<Seal>, Failure> {
        let mut seals = records::seals_in_order(self.logged(layout::SEALS, records::read_seals)?);
        let names = self.folder.list(layout::SEAL_LISTS)?;
        for seal in &mut seals {
            if !self.reads(study, &seal.coder) {
                continue;
            }
            let own = |name: &&String| name.starts_with(seal.list_name()) && name.ends_with(".csv");
            let mut covers = None;
            for name in names.iter().filter(own) {
                let file = format!("{}/{name}", layout::SEAL_LISTS);
                let bytes = self.folder.read(&file)?.unwrap_or_default();
                covers = seal_list::read(&bytes, &seal.units_sha256, units);
                if covers.is_some() {
                    break;
                }
            }
            seal.covers = covers;
            if seal.covers.is_none() && seal.seq.is_some() {
                let log = logs.get(&seal.coder);
                seal.covers = log.and_then(|log| seal_before::proved(study, log, seal));
                if seal.covers.is_some() {
                    let file = layout::seal_list(seal.list_name());
                    self.notes.push(msg!("load.no_list", file = file, coder = seal.coder));
                }
            }
        }
        Ok(seals)
    }

    /// The paragraphs of every transcript, checked against the hash taken at import.
    fn texts(&mut self, transcripts: &mut [Transcript]) -> Result<(), Failure> {
        for one in transcripts {
            let file = layout::text(&one.id);
            let Some(bytes) = self.folder.read(&file)? else {
                self.problems.push(Problem::new(
                    Place::file(&file),
                    msg!("load.no_text"),
                    msg!("load.text.fix"),
                ));
                continue;
            };
            one.paragraphs = transcript::read(&file, &bytes, &mut self.problems);
            if text_sha256(&bytes) != one.text_sha256 {
                let line = self.first_difference(one)?;
                let at = Place { file, line, column: None };
                self.problems.push(Problem::new(at, msg!("load.text"), msg!("load.text.fix")));
            }
        }
        Ok(())
    }

    /// The first paragraph of a changed transcript that differs from what its units hold, if that tells.
    fn first_difference(&self, transcript: &Transcript) -> Result<Option<u64>, Failure> {
        let file = layout::units(&transcript.id);
        let Some(bytes) = self.folder.read(&file)? else { return Ok(None) };
        Ok(units::first_difference(&bytes, transcript))
    }

    fn units(&mut self, transcripts: &[Transcript], study: &mut Study) -> Result<(), Failure> {
        let mut index = Vec::new();
        for (number, transcript) in (0_u32..).zip(transcripts) {
            let file = layout::units(&transcript.id);
            if transcript.paragraphs.is_empty() {
                continue; // its text is missing, which is reported once
            }
            let Some(bytes) = self.folder.read(&file)? else { continue };
            let first = study.units.len();
            let mut differs = false;
            for mut unit in units::read(&file, &bytes, transcript, &mut self.problems) {
                let (speakers, words) =
                    counted(unit.locator.span(), transcript, |id| study.role(id));
                differs |= (&speakers, words) != (&unit.speakers, unit.words);
                (unit.speakers, unit.words) = (speakers, words);
                // No prompt is where a participant speaks. The other way round a unit stays what it was: who turns out to
                // moderate takes no decision out of a study.
                if unit.speakers.iter().any(|id| study.participant(id).is_some()) {
                    differs |= unit.kind != UnitKind::Talk;
                    unit.kind = UnitKind::Talk;
                }
                let at = UnitIndex(u32::try_from(study.units.len()).unwrap_or(u32::MAX));
                index.push((unit.locator.clone(), at));
                study.units.push(unit);
                study.unit_transcripts.push(number);
            }
            if differs {
                let mine = study.units.get(first..).unwrap_or_default();
                let n = units::misderived(&file, &bytes, mine).len();
                if n > 0 {
                    self.notes.push(msg!("load.derived", file = file, n = n));
                }
            }
        }
        study.unit_index = index.into_iter().collect();
        Ok(())
    }

    /// Whether what is a coder's own is read.
    fn reads(&self, study: &Study, coder: &CoderId) -> bool {
        self.coder.is_none_or(|name| study.find_coder(name).is_ok_and(|it| it.id == *coder))
    }

    #[allow(clippy::type_complexity)] // two maps by coder and a list, taken apart at once
    fn logs(
        &mut self,
        study: &mut Study,
        units: &UnitNames,
    ) -> Result<(BTreeMap<CoderId, Log>, BTreeMap<CoderId, Vec<Problem>>, Vec<Problem>), Failure>
    {
        let names = self.folder.list(layout::CODING)?;
        let mut reader = log::Reader::new(
            &study.vocabulary,
            &study.rounds,
            units,
            study.versions.iter().map(|version| (version.id.as_str(), &version.codebook)),
        );
        let mut logs = BTreeMap::new();
        let mut log_problems = BTreeMap::new();
        let mut gone = Vec::new();
        let is_log = |name: &&String, coder: &Coder| layout::device(name, &coder.id).is_some();
        let mut claimed = BTreeSet::new();
        for coder in &study.settings.coders {
            claimed.extend(names.iter().filter(|name| is_log(name, coder)));
            if !self.reads(study, &coder.id) {
                continue;
            }
            let mut log = Log::empty(coder.id.clone());
            let mut problems = Vec::new();
            for name in &names {
                let Some(device) = layout::device(name, &coder.id) else { continue };
                let file = format!("{}/{name}", layout::CODING);
                let Some(bytes) = self.folder.read(&file)? else { continue };
                let found = reader.read(&file, &bytes, &mut problems);
                if found.torn.is_some() {
                    self.notes.push(msg!("load.torn", file = file));
                }
                gone.extend(found.gone.iter().map(|line| log::gone(&file, *line)));
                let number = u16::try_from(log.devices.len()).unwrap_or(u16::MAX);
                log.highest_seq = log.highest_seq.max(found.highest_seq);
                let mut rows = found.rows;
                rows.iter_mut().for_each(|row| row.device = number);
                if log.rows.is_empty() {
                    log.rows = rows; // mostly the only ones
                } else {
                    log.rows.extend(rows);
                }
                let bytes = Arc::new(bytes);
                log.devices.push(Device { name: device.to_owned(), file, bytes });
            }
            log.arrange();
            if !problems.is_empty() {
                log_problems.insert(coder.id.clone(), problems);
            }
            logs.insert(coder.id.clone(), log);
        }
        study.answers = reader.into_answers();
        for name in names.iter().filter(|name| name.ends_with(".csv") && !claimed.contains(name)) {
            let at = Place::file(format!("{}/{name}", layout::CODING));
            self.problems.push(Problem::new(
                at,
                msg!("load.nobodys_log"),
                msg!("load.nobodys_log.fix"),
            ));
        }
        Ok((logs, log_problems, gone))
    }

    fn settlements(
        &mut self,
        study: &mut Study,
        units: &UnitNames,
        gone: &mut Vec<Problem>,
    ) -> Result<Vec<Settlement>, Failure> {
        let mut answers = std::mem::take(&mut study.answers);
        let mut all = Vec::new();
        for (file, bytes) in self.folder.copies(layout::CONSENSUS)? {
            let (rows, torn) = consensus::read_settlements(
                &file,
                &bytes,
                &study.vocabulary,
                &mut answers,
                units,
                |round| study.round(round),
                &mut self.problems,
                gone,
            );
            if torn.is_some() {
                self.notes.push(msg!("load.torn", file = file));
            }
            if all.is_empty() {
                all = rows; // mostly the only ones
            } else {
                all.extend(rows);
            }
        }
        study.answers = answers;
        Ok(consensus::in_order(all))
    }
}

/// `main`, then the rounds that were made, and what each is for.
fn rounds(events: &[Event]) -> (Vec<RoundId>, Vec<Purpose>) {
    let (mut rounds, mut purposes) = (vec![RoundId::main()], vec![Purpose::Code]);
    for event in events {
        if let What::Round { round, purpose } = &event.what
            && !rounds.contains(round)
        {
            rounds.push(round.clone());
            purposes.push(*purpose);
        }
    }
    (rounds, purposes)
}

/// What was changed in the codebook, in order.
fn revisions(events: &[Event]) -> Vec<Revision> {
    let revision = |event: &Event| match &event.what {
        What::Codebook(revision) => Some(revision.clone()),
        _ => None,
    };
    events.iter().filter_map(revision).collect()
}

/// The texts that others replaced.
fn replaced(events: &[Event], transcripts: &[Transcript]) -> BTreeSet<TranscriptId> {
    replacements(events, transcripts).map(|(old, _)| old).collect()
}

/// Which text replaced which. Such an event counts once the new text is in the list, which is what makes a replacement
/// whole.
fn replacements(
    events: &[Event],
    transcripts: &[Transcript],
) -> impl Iterator<Item = (TranscriptId, TranscriptId)> {
    let is_there = |id: &TranscriptId| transcripts.iter().any(|it| it.id == *id);
    let pair = move |event: &Event| match &event.what {
        What::Replace { old, new } if is_there(new) => Some((old.clone(), new.clone())),
        _ => None,
    };
    events.iter().filter_map(pair)
}
