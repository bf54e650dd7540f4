//! A study in memory: everything but the decisions.
//!
//! Decisions are kept apart, behind the gate in `store/`, so that no command can show one coder
//! another's work by oversight.

use std::collections::BTreeMap;

use super::answer::{Answers, Vocabulary};
use super::case::Case;
use super::codebook::Codebook;
use super::id::{CaseId, CoderId, ParticipantId, RoundId, TranscriptId};
use super::locator::Locator;
use super::log::{RoundIndex, UnitIndex};
use super::participant::{Participant, Role};
use super::transcript::Transcript;
use super::unit::{Unit, UnitKind};

/// A person who codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// The id.
    pub id: CoderId,
    /// The name as people write it; empty if not given.
    pub name: String,
}

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
}

/// One codebook that decisions were made under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// `v-` and 12 hex digits of the file's SHA-256.
    pub id: String,
    /// What it said.
    pub codebook: Codebook,
}

/// One row of `assignments.csv`: a unit that a coder is asked to code in a round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assignment {
    /// The unit.
    pub unit: UnitIndex,
    /// The coder.
    pub coder: CoderId,
    /// The round.
    pub round: RoundId,
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
    /// The cases, in the order of their file.
    pub cases: Vec<Case>,
    /// Names of the attribute columns of cases.
    pub case_attributes: Vec<String>,
    /// The participants, in the order of their file.
    pub participants: Vec<Participant>,
    /// Names of the attribute columns of participants.
    pub participant_attributes: Vec<String>,
    /// The transcripts, in the order of their file.
    pub transcripts: Vec<Transcript>,
    /// Names of the attribute columns of transcripts.
    pub transcript_attributes: Vec<String>,
    /// All units, transcript by transcript, in order of place.
    pub units: Vec<Unit>,
    /// The place in `transcripts` of each unit's transcript.
    pub unit_transcripts: Vec<u32>,
    /// Units by locator.
    pub unit_index: BTreeMap<Locator, UnitIndex>,
    /// The rounds: `main`, then those that `round new` made, in order.
    pub rounds: Vec<RoundId>,
    /// Who codes what; `None` where everyone codes everything.
    pub assignments: Option<std::collections::BTreeSet<Assignment>>,
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

    /// The current round: the last made, else `main`.
    #[must_use]
    pub fn current_round(&self) -> RoundIndex {
        RoundIndex(u16::try_from(self.rounds.len().saturating_sub(1)).unwrap_or(u16::MAX))
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

    /// All units with their places.
    pub fn units(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        (0..).map(UnitIndex).zip(&self.units)
    }

    /// The units that are coded.
    pub fn talk(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        self.units().filter(|(_, unit)| unit.kind == UnitKind::Talk)
    }

    /// The transcript a unit lies in.
    ///
    /// # Panics
    /// Never on an index that this study gave.
    #[must_use]
    pub fn transcript_of(&self, unit: UnitIndex) -> &Transcript {
        &self.transcripts[self.unit_transcripts[unit.at()] as usize]
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

    /// A case by id.
    #[must_use]
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == *id)
    }

    /// A participant by id.
    #[must_use]
    pub fn participant(&self, id: &ParticipantId) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.id == *id)
    }

    /// What a speaker does in the group; `unknown` for who is in no list.
    #[must_use]
    pub fn role(&self, id: &ParticipantId) -> Role {
        self.participant(id).map_or(Role::Unknown, |participant| participant.role)
    }

    /// A coder by id.
    #[must_use]
    pub fn coder(&self, id: &CoderId) -> Option<&Coder> {
        self.settings.coders.iter().find(|coder| coder.id == *id)
    }

    /// Whether a coder is asked to code a unit in a round.
    #[must_use]
    pub fn is_assigned(&self, unit: UnitIndex, coder: &CoderId, round: RoundIndex) -> bool {
        let Some(assignments) = &self.assignments else { return true };
        let Some(round) = self.rounds.get(usize::from(round.0)) else { return false };
        assignments.contains(&Assignment { unit, coder: coder.clone(), round: round.clone() })
    }

    /// The text of a unit as it is shown.
    #[must_use]
    pub fn text(&self, unit: UnitIndex) -> String {
        self.transcript_of(unit).text(self.units[unit.at()].locator.span())
    }
}
