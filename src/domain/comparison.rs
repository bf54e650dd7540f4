//! What may be compared: the sealed decisions of several coders, side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{AnswerIndex, DimensionIndex};
use super::coding::{Cell, Coding};
use super::id::{CaseId, CoderId, RoundId};
use super::log::UnitIndex;
use super::study::Study;

/// A case that is not open for comparison, and who has not sealed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The case.
    pub case: CaseId,
    /// Coders with units in it who have not sealed it.
    pub coders: Vec<CoderId>,
}

/// The place of a decision: a unit in a dimension.
pub type UnitAndDimension = (UnitIndex, DimensionIndex);

/// Which decisions are compared, by what was open to their coder when she made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// All that count, whenever they were made.
    #[default]
    All,
    /// Only those made before the answers of others were open to their coder.
    Independent,
    /// The latest round of each unit in which anybody decided after that, as it stands.
    After,
}

impl Stage {
    /// The word on the command line and in results; nothing for all.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Independent => "independent",
            Self::After => "after",
        }
    }
}

/// How codes that were merged since are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Codes {
    /// As they were decided.
    #[default]
    Decided,
    /// As what they became.
    Current,
}

impl Codes {
    /// The word on the command line and in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Current => "current",
        }
    }
}

/// The decisions that the gate in `store/` lets through: of open cases only, in force when sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// One table per coder (or coder and round), in the order of themata.yaml; cells of units that are
    /// not open are undecided.
    pub codings: Vec<Coding>,
    /// Where all whose decisions were settled have decided anew in a later round: the settlement holds no more.
    pub superseded: BTreeSet<UnitAndDimension>,
    /// Where somebody decided and others who were asked have not: who they are.
    pub unfinished: BTreeMap<UnitAndDimension, Vec<CoderId>>,
    /// Per coder, where decisions were left out because others' answers were open to her; one entry a decision.
    pub later: BTreeMap<CoderId, Vec<UnitAndDimension>>,
    /// Per coder, where rows came after her seal, and count only once she seals again; one entry a row.
    pub late: BTreeMap<CoderId, Vec<UnitAndDimension>>,
    /// Per coder who is measured only or came late, where she decided while the answers of others were open to her: it is
    /// in here, and said.
    pub open_to: BTreeMap<CoderId, Vec<UnitAndDimension>>,
    /// Which decisions these are.
    pub stage: Stage,
    /// The cases that are open.
    pub open: Vec<CaseId>,
    /// The cases that are not.
    pub waiting: Vec<Waiting>,
    /// The round asked for; absent where per unit the latest round that everybody decided holds.
    pub round: Option<RoundId>,
    /// Whether somebody looked before all had sealed.
    pub unblinded: bool,
    /// How codes that were merged since are counted.
    pub codes: Codes,
    /// How many units × dimensions coders decided differently and alike under the codebook in force; 0 where codes are
    /// counted as they were decided.
    pub joined: u64,
}

impl Comparison {
    /// The same with codes counted in a way.
    #[must_use]
    pub fn counting(mut self, study: &Study, codes: Codes) -> Self {
        self.codes = codes;
        if codes == Codes::Decided || study.answers_now.iter().zip(0..).all(|(now, it)| now.0 == it)
        {
            return self;
        }
        let differs = |cells: &mut dyn Iterator<Item = AnswerIndex>| {
            let mut decided = cells.filter(|answer| answer.is_decided());
            let first = decided.next();
            decided.any(|answer| Some(answer) != first)
        };
        for (unit, _) in study.ever_talk() {
            for dimension in (0..).map(DimensionIndex).take(study.vocabulary.dimensions.len()) {
                let answers = || self.cells(unit, dimension).map(|cell| cell.answer);
                let joined =
                    differs(&mut answers()) && !differs(&mut answers().map(|it| study.now(it)));
                self.joined += u64::from(joined);
            }
        }
        for coding in &mut self.codings {
            coding.count_as(|answer| study.now(answer));
        }
        self
    }

    /// The decisions of all coders on one unit in one dimension, in order of [`Comparison::codings`].
    pub fn cells(&self, unit: UnitIndex, dimension: DimensionIndex) -> impl Iterator<Item = Cell> {
        self.codings.iter().map(move |coding| coding.cell(unit, dimension))
    }
}
