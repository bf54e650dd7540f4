//! A study in memory: everything but the decisions.
//!
//! Decisions are kept apart, behind the gate in `store/`, so that no command can show one coder
//! another's work by oversight.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::answer::{AnswerIndex, Answers, Vocabulary};
use super::assignments::{Assignment, Assignments, Part};
use super::case::Case;
use super::codebook::Codebook;
use super::coder::{Coder, Standing};
use super::concept::Concept;
use super::event::Purpose;
use super::guide::Guide;
use super::id::{CaseId, CoderId, ParticipantId, RoundId, TranscriptId};
use super::locator::Locator;
use super::log::{RoundIndex, UnitIndex};
use super::moved::{Followed, MoveRow, Moved};
use super::participant::{Participant, Role};
use super::revision::Revision;
use super::transcript::Transcript;
use super::unit::{Unit, UnitKind};

/// What themata.yaml says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What the study is called.
    pub title: String,
    /// Language of what people read: a tag, `en` or `es`.
    pub language: String,
    /// The coders, in the order that `first` and `second` mean.
    pub coders: Vec<Coder>,
    /// Whether coefficients are reported.
    pub agreement: bool,
    /// The condition of a bare `agree --require`.
    pub require: Option<String>,
    /// Whether each dimension is to be asked by itself, so that no unit is closed with one key.
    pub asks_each: bool,
    /// The approval of an ethics committee, where there is one.
    pub ethics: Ethics,
}

/// The approval of an ethics committee, as the team writes it down; each empty where it is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ethics {
    /// Which committee.
    pub committee: String,
    /// The number of the approval.
    pub number: String,
    /// Its date, as it is written.
    pub date: String,
}

/// One codebook that decisions were made under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// `v-` and 12 hex digits of the file's SHA-256.
    pub id: String,
    /// What it said.
    pub codebook: Codebook,
}

/// A study, without its decisions.
#[derive(Debug, Clone)]
pub struct Study {
    /// What themata.yaml says.
    pub settings: Settings,
    /// Every version that was ever coded with; the last one is in force.
    pub versions: Vec<Version>,
    /// Dimensions and codes as analysis sees them.
    pub vocabulary: Vocabulary,
    /// Every different answer that any decision gives.
    pub answers: Answers,
    /// Per answer, what it is under the codebook in force, where that is another; see [`Study::now`].
    pub answers_now: Vec<AnswerIndex>,
    /// What was changed in the codebook, in order.
    pub revisions: Vec<Revision>,
    /// The cases, in the order of their file.
    pub cases: Vec<Case>,
    /// Names of the attribute columns of cases.
    pub case_attributes: Vec<String>,
    /// The participants, in the order of their file.
    pub participants: Vec<Participant>,
    /// Participants by id: their places in `participants`.
    pub participant_index: HashMap<ParticipantId, usize>,
    /// Names of the attribute columns of participants.
    pub participant_attributes: Vec<String>,
    /// The transcripts, in the order of their file.
    pub transcripts: Vec<Transcript>,
    /// Names of the attribute columns of transcripts.
    pub transcript_attributes: Vec<String>,
    /// All units, transcript by transcript, in order of place; then those that stand no more.
    pub units: Vec<Unit>,
    /// The place of each unit's transcript in `transcripts`, and beyond these in `moved.replaced`.
    pub unit_transcripts: Vec<u32>,
    /// Units by locator.
    pub unit_index: BTreeMap<Locator, UnitIndex>,
    /// The rounds: `main`, then those that `round new` made, in order.
    pub rounds: Vec<RoundId>,
    /// What each round is for.
    pub purposes: Vec<Purpose>,
    /// The topic guide; without questions where there is none.
    pub guide: Guide,
    /// What several codes or questions are about together; none where there is no list of them.
    pub concepts: Vec<Concept>,
    /// What became of units that were cut anew, and of texts that were replaced.
    pub moved: Moved,
    /// Who codes what; `None` where everyone codes everything.
    pub assignments: Option<Assignments>,
    /// How coders stand of whom events tell something; whoever is missing is neither retired nor excluded.
    pub standings: BTreeMap<CoderId, Standing>,
}

impl Study {
    /// The codebook in force.
    ///
    /// # Panics
    /// Never on a loaded study: a study without a codebook does not load.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.version_in_force().codebook
    }

    /// The version in force.
    ///
    /// # Panics
    /// Never on a loaded study.
    #[must_use]
    pub fn version_in_force(&self) -> &Version {
        &self.versions[self.versions.len() - 1]
    }

    /// What an answer is under the codebook in force: codes that were merged count as what they became.
    #[must_use]
    pub fn now(&self, answer: AnswerIndex) -> AnswerIndex {
        self.answers_now.get(answer.0 as usize).copied().unwrap_or(answer)
    }

    /// Whether decisions may give codes that were merged into others.
    #[must_use]
    pub fn has_merged(&self) -> bool {
        let codes = || (0..).map(AnswerIndex).take(self.answers.len());
        codes().any(|answer| self.now(answer) != answer)
    }

    /// The current round: the last made, else `main`.
    #[must_use]
    pub fn current_round(&self) -> RoundIndex {
        RoundIndex(u16::try_from(self.rounds.len().saturating_sub(1)).unwrap_or(u16::MAX))
    }

    /// All rounds, in order.
    pub fn all_rounds(&self) -> impl DoubleEndedIterator<Item = RoundIndex> + use<> {
        (0..u16::try_from(self.rounds.len()).unwrap_or(u16::MAX)).map(RoundIndex)
    }

    /// The rounds whose decisions count, in order: a check and a trial are measured where they are asked for, and enter
    /// nothing else.
    pub fn counting_rounds(&self) -> impl DoubleEndedIterator<Item = RoundIndex> + '_ {
        self.all_rounds().filter(|round| self.purpose(*round) == Purpose::Code)
    }

    /// What a round is for.
    #[must_use]
    pub fn purpose(&self, round: RoundIndex) -> Purpose {
        self.purposes.get(usize::from(round.0)).copied().unwrap_or_default()
    }

    /// A round by id.
    #[must_use]
    pub fn round(&self, id: &str) -> Option<RoundIndex> {
        self.rounds
            .iter()
            .position(|round| round.as_str() == id)
            .and_then(|at| u16::try_from(at).ok())
            .map(RoundIndex)
    }

    /// A unit by locator.
    #[must_use]
    pub fn unit(&self, locator: &Locator) -> Option<UnitIndex> {
        self.unit_index.get(locator).copied()
    }

    /// The unit at a place, which may be one that no longer stands.
    #[must_use]
    pub fn unit_at(&self, unit: UnitIndex) -> Option<&Unit> {
        self.units.get(unit.at())
    }

    /// What the unit at a place is called; nothing where there is none.
    #[must_use]
    pub fn unit_name(&self, unit: UnitIndex) -> String {
        self.unit_at(unit).map(|it| it.locator.to_string()).unwrap_or_default()
    }

    /// All units that stand, with their places.
    pub fn units(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let all = (0..).map(UnitIndex).zip(&self.units);
        all.filter(|(unit, _)| !self.moved.is_changed(*unit))
    }

    /// Every stretch that ever was a unit of talk, as far as logs may name it: those that stand, then the others.
    pub fn ever_talk(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let all = (0..).map(UnitIndex).zip(&self.units);
        all.filter(|(_, unit)| unit.kind == UnitKind::Talk)
    }

    /// Every name by which a log may mean a unit, with the unit.
    pub fn unit_names(&self) -> impl Iterator<Item = (UnitIndex, &Locator)> {
        let names = self.moved.names.iter().map(|(locator, unit)| (*unit, locator));
        let own = (0..).map(UnitIndex).zip(self.units.iter().map(|unit| &unit.locator));
        names.chain(own)
    }

    /// The unit that a log means by a locator, whether or not it stands.
    #[must_use]
    pub fn ever_unit(&self, locator: &Locator) -> Option<UnitIndex> {
        self.unit(locator).or_else(|| self.moved.names.get(locator).copied())
    }

    /// Reads what became of units into the study, whose standing units are there already. `retired` makes a unit of a
    /// stretch that stands no more.
    pub fn follow_moves(
        &mut self,
        rows: Vec<MoveRow>,
        replaced: Vec<Transcript>,
        retired: impl Fn(&Transcript, &Locator) -> Unit,
    ) {
        let mut moved = Moved { rows, replaced, ..Moved::default() };
        let followed = Followed::of(&moved, &|unit| self.unit_index.contains_key(unit));
        let texts = self.transcripts.iter().chain(&moved.replaced);
        let place: BTreeMap<&TranscriptId, u32> = texts.map(|it| &it.id).zip(0..).collect();
        let mut gone: BTreeMap<Locator, UnitIndex> = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (old, now) in &followed.goes {
            let standing = self.unit_index.get(now).copied();
            let unit = standing.or_else(|| gone.get(now).copied()).or_else(|| {
                let place = *place.get(now.transcript())?;
                let texts = self.transcripts.iter().chain(&moved.replaced);
                let unit = retired(texts.into_iter().nth(place as usize)?, now);
                let index = UnitIndex(u32::try_from(self.units.len()).ok()?);
                self.units.push(unit);
                self.unit_transcripts.push(place);
                gone.insert(now.clone(), index);
                Some(index)
            });
            if let Some(unit) = unit {
                names.insert(old.clone(), unit);
                names.insert(now.clone(), unit);
            }
        }
        // A unit that stands is called by its own name only where no other text brought a second one.
        names.retain(|name, _| !self.unit_index.contains_key(name));
        let index = |unit: &Locator| self.unit_index.get(unit).or_else(|| gone.get(unit)).copied();
        for (unit, at) in &followed.born {
            if let Some(unit) = index(unit) {
                moved.born.insert(unit, *at);
            }
        }
        for (unit, earlier) in &followed.earlier {
            if let Some(unit) = index(unit) {
                let mut earlier: Vec<UnitIndex> = earlier.iter().filter_map(index).collect();
                earlier.retain(|it| *it != unit);
                moved.earlier.insert(unit, earlier);
            }
        }
        moved.changed = gone.into_values().collect();
        moved.names = names;
        self.moved = moved;
    }

    /// The units that are coded.
    pub fn talk(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        self.units().filter(|(_, unit)| unit.kind == UnitKind::Talk)
    }

    /// The units of a transcript that stand, with their places.
    pub fn units_in(&self, transcript: &TranscriptId) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        // Units that stand lie transcript by transcript, before those that stand no more.
        let standing = self.units.len() - self.moved.changed.len();
        let standing = self.unit_transcripts.get(..standing).unwrap_or_default();
        let place = self.transcripts.iter().position(|it| it.id == *transcript);
        let place = place.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX);
        let (start, end) = (
            standing.partition_point(|it| *it < place),
            standing.partition_point(|it| *it <= place),
        );
        (0..).map(UnitIndex).zip(&self.units).take(end).skip(start)
    }

    /// The units of a case that stand, with their places.
    pub fn units_of_case(&self, case: &CaseId) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let own = self.transcripts.iter().filter(move |it| it.case == *case);
        own.flat_map(|it| self.units_in(&it.id))
    }

    /// The transcript a unit lies in.
    ///
    /// # Panics
    /// Never on an index that this study gave.
    #[must_use]
    pub fn transcript_of(&self, unit: UnitIndex) -> &Transcript {
        let place = self.unit_transcripts[unit.at()] as usize;
        match self.transcripts.get(place) {
            Some(transcript) => transcript,
            None => &self.moved.replaced[place - self.transcripts.len()],
        }
    }

    /// The case a unit belongs to.
    ///
    /// # Panics
    /// Never on an index that this study gave.
    #[must_use]
    pub fn case_of(&self, unit: UnitIndex) -> &CaseId {
        &self.transcript_of(unit).case
    }

    /// A transcript by id.
    #[must_use]
    pub fn transcript(&self, id: &TranscriptId) -> Option<&Transcript> {
        self.transcripts.iter().find(|transcript| transcript.id == *id)
    }

    /// A transcript by id, also one that another replaced.
    #[must_use]
    pub fn ever_transcript(&self, id: &TranscriptId) -> Option<&Transcript> {
        self.transcript(id).or_else(|| self.moved.replaced.iter().find(|it| it.id == *id))
    }

    /// A case by id.
    #[must_use]
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == *id)
    }

    /// A participant by id.
    #[must_use]
    pub fn participant(&self, id: &ParticipantId) -> Option<&Participant> {
        self.participant_index.get(id).and_then(|at| self.participants.get(*at))
    }

    /// What a speaker does in the group; `unknown` for who is in no list.
    #[must_use]
    pub fn role(&self, id: &ParticipantId) -> Role {
        self.participant(id).map_or(Role::Unknown, |participant| participant.role)
    }

    /// Whether somebody left the study: she is in no result from then on.
    #[must_use]
    pub fn has_withdrawn(&self, id: &ParticipantId) -> bool {
        self.participant(id).is_some_and(|person| !person.withdrawn.trim().is_empty())
    }

    /// A coder by id.
    #[must_use]
    pub fn coder(&self, id: &CoderId) -> Option<&Coder> {
        self.settings.coders.iter().find(|coder| coder.id == *id)
    }

    /// Whether a coder is asked to code a unit in a round, by assignments.csv alone. What a retired coder
    /// has not sealed is not asked of her any more: see `Opened::is_asked`.
    #[must_use]
    pub fn is_assigned(&self, unit: UnitIndex, coder: &CoderId, round: RoundIndex) -> bool {
        self.assignments.as_ref().is_none_or(|rows| rows.asks(unit, coder, round))
    }

    /// Whether somebody who counts is asked to code a unit in any round.
    #[must_use]
    pub fn is_anybodys(&self, unit: UnitIndex) -> bool {
        let Some(rows) = &self.assignments else { return true };
        self.counting_coders().any(|coder| rows.asks_ever(unit, &coder.id))
    }

    /// The coders who count, in order: persons whom nobody excluded, retired ones too. The gate, `final`,
    /// consensus, discrepancies and totals know only them.
    pub fn counting_coders(&self) -> impl Iterator<Item = &Coder> {
        self.settings
            .coders
            .iter()
            .filter(|coder| coder.is_person() && !self.is_excluded(&coder.id))
    }

    /// Whether a coder counts.
    #[must_use]
    pub fn counts(&self, coder: &CoderId) -> bool {
        self.counting_coders().any(|it| it.id == *coder)
    }

    /// Whether a coder was asked for units of a case only once it was open in a round: it does not wait for her.
    #[must_use]
    pub fn is_late(&self, coder: &CoderId, case: &CaseId, round: RoundIndex) -> bool {
        let late = self.standings.get(coder).and_then(|it| it.late.get(case));
        let round = self.rounds.get(usize::from(round.0));
        late.is_some_and(|rounds| round.is_some_and(|it| rounds.contains(it)))
    }

    /// Whether a coder was asked for units of any case only once it was open.
    #[must_use]
    pub fn is_ever_late(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| !it.late.is_empty())
    }

    /// The coders who count and are asked for nothing that there is, in any round.
    pub fn unasked_coders(&self) -> impl Iterator<Item = &Coder> {
        self.counting_coders().filter(|coder| {
            let rows = self.assignments.as_ref();
            rows.is_some_and(|rows| !self.talk().any(|(unit, _)| rows.asks_ever(unit, &coder.id)))
        })
    }

    /// Whether nothing more is expected of a coder.
    #[must_use]
    pub fn is_retired(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| it.retired)
    }

    /// Whether a coder's decisions are in no result.
    #[must_use]
    pub fn is_excluded(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| it.excluded.is_some())
    }

    /// Reads who is asked to code what into the study. `successors` tells which text replaced another.
    ///
    /// Returns the places of rows that name nothing the study has or had.
    pub fn read_assignments(
        &mut self,
        rows: Vec<Assignment>,
        successors: &BTreeMap<TranscriptId, TranscriptId>,
    ) -> Vec<usize> {
        let mut later: BTreeMap<UnitIndex, Vec<UnitIndex>> = BTreeMap::new();
        for unit in (0..).map(UnitIndex).take(self.units.len()) {
            for earlier in self.moved.earlier(unit) {
                later.entry(*earlier).or_default().push(unit);
            }
        }
        let units: Vec<Vec<UnitIndex>> = rows
            .iter()
            .map(|row| match &row.part {
                Part::Unit(locator) => Self::cut_from(self.ever_unit(locator), &later),
                part => self.covered(part, successors),
            })
            .collect();
        let known = |part: &Part| match part {
            Part::All => true,
            Part::Case(id) => self.case(id).is_some(),
            Part::Transcript(id) => {
                self.transcript(id).is_some() || self.moved.replaced.iter().any(|it| it.id == *id)
            }
            Part::Unit(locator) => self.ever_unit(locator).is_some(),
        };
        let lost = (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|it| !known(&it.part)));
        let lost = lost.collect();
        self.assignments = Some(Assignments::new(rows, units, self.units.len(), |round| {
            self.round(round.as_str())
        }));
        lost
    }

    /// The units that a part of the study has, those too that stand no more, and what became of them.
    fn covered(
        &self,
        part: &Part,
        successors: &BTreeMap<TranscriptId, TranscriptId>,
    ) -> Vec<UnitIndex> {
        let all = || (0..).map(UnitIndex).take(self.units.len());
        match part {
            Part::All => all().collect(),
            Part::Case(id) => all().filter(|unit| self.case_of(*unit) == id).collect(),
            Part::Transcript(id) => {
                let mut texts = BTreeSet::from([id]);
                let mut last = id;
                while let Some(next) = successors.get(last).filter(|it| texts.insert(*it)) {
                    last = next;
                }
                all().filter(|unit| texts.contains(&self.transcript_of(*unit).id)).collect()
            }
            Part::Unit(locator) => self.ever_unit(locator).into_iter().collect(),
        }
    }

    /// A unit, and everything that was cut from it.
    fn cut_from(
        unit: Option<UnitIndex>,
        later: &BTreeMap<UnitIndex, Vec<UnitIndex>>,
    ) -> Vec<UnitIndex> {
        let mut units: Vec<UnitIndex> = unit.into_iter().collect();
        let mut at = 0;
        while let Some(unit) = units.get(at) {
            let cut = later.get(unit).map_or(&[][..], Vec::as_slice);
            let new: Vec<UnitIndex> =
                cut.iter().filter(|it| !units.contains(it)).copied().collect();
            units.extend(new);
            at += 1;
        }
        units
    }

    /// The text of a unit as it is shown.
    #[must_use]
    pub fn text(&self, unit: UnitIndex) -> String {
        let span = self.unit_at(unit).map(|it| it.locator.span());
        span.map(|span| self.transcript_of(unit).text(span)).unwrap_or_default()
    }
}
