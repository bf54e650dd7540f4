//! A study in memory: everything but the decisions.
//!
//! Decisions are kept apart, behind the gate in `store/`, so that no command can show one coder
//! another's work by oversight.

mod asked;
mod units;

use std::collections::{BTreeMap, HashMap};

use super::answer::{AnswerIndex, Answers, Vocabulary};
use super::assignments::Assignments;
use super::case::Case;
use super::codebook::Codebook;
use super::coder::{Coder, Standing};
use super::concept::Concept;
use super::event::Purpose;
use super::guide::Guide;
use super::id::{CaseId, CoderId, ParticipantId, RoundId, TranscriptId};
use super::locator::Locator;
use super::log::{RoundIndex, UnitIndex};
use super::moved::Moved;
use super::participant::{Participant, Role};
use super::revision::Revision;
use super::transcript::Transcript;
use super::unit::Unit;

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

    /// The text of a unit as it is shown.
    #[must_use]
    pub fn text(&self, unit: UnitIndex) -> String {
        let span = self.unit_at(unit).map(|it| it.locator.span());
        span.map(|span| self.transcript_of(unit).text(span)).unwrap_or_default()
    }
}
