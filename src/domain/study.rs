//! A study in memory: everything but the decisions.
//!
//! Decisions are kept apart, behind the gate in `store/`, so that no command can show one coder
//! another's work by oversight.

use std::collections::BTreeMap;

use super::answer::{Answers, Vocabulary};
use super::case::Case;
use super::codebook::Codebook;
use super::guide::Guide;
use super::id::{CaseId, CoderId, ParticipantId, RoundId, TranscriptId};
use super::locator::Locator;
use super::log::{RoundIndex, UnitIndex};
use super::moved::{Followed, MoveRow, Moved};
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
    /// All units, transcript by transcript, in order of place; then those that stand no more.
    pub units: Vec<Unit>,
    /// The place of each unit's transcript in `transcripts`, and beyond these in `moved.replaced`.
    pub unit_transcripts: Vec<u32>,
    /// Units by locator.
    pub unit_index: BTreeMap<Locator, UnitIndex>,
    /// The rounds: `main`, then those that `round new` made, in order.
    pub rounds: Vec<RoundId>,
    /// The topic guide; without questions where there is none.
    pub guide: Guide,
    /// What became of units that were cut anew, and of texts that were replaced.
    pub moved: Moved,
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
