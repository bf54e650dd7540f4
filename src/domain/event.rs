//! Everything that `events.csv` can say, as types: what happened, to what, with whom.
//!
//! The words of the columns `event` and `about` are read and written in `grammar` and nowhere else. A new kind of event is a
//! variant of [`What`], its word in [`What::word`], and one line each in [`What::about`] and [`What::read`]; what it names goes
//! to [`What::names`], so that a row which names nothing is a problem.

mod grammar;
mod parts;

pub use parts::{HeldLog, Purpose, SavedPage};

use super::coder::CoderKind;
use super::digest::Digest;
use super::id::{CaseId, CoderId, ParticipantId, RoundId, TranscriptId};
use super::locator::Locator;
use super::moved::How;
use super::point::Point;
use super::problem::Place;
use super::revision::Revision;
use super::time::Moment;

/// One row of `events.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// 1 + the highest known when it was written; absent in rows of before, which come first.
    pub seq: Option<u64>,
    /// When, by the clock of whoever wrote it: shown, never what an order or a result rests on.
    pub at: Moment,
    /// Who did it or was there; empty if the program cannot know.
    pub who: Vec<CoderId>,
    /// What happened.
    pub what: What,
    /// Why, in the team's words.
    pub reason: String,
    /// The row it was read from; of a row that is about to be written, no file.
    pub place: Place,
}

/// What happened, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A further round of coding began.
    Round {
        /// Its name.
        round: RoundId,
        /// What it is for.
        purpose: Purpose,
    },
    /// Somebody looked at decisions before all had sealed.
    Unblind {
        /// The cases that were shown.
        cases: Vec<CaseId>,
        /// The round that was shown; absent for all.
        round: Option<RoundId>,
        /// How much of every log was there to be seen; nothing in rows of before.
        held: Vec<HeldLog>,
    },
    /// Somebody looked at the cuts of unitisers before all were done.
    UnblindCuts {
        /// The texts that were shown.
        transcripts: Vec<TranscriptId>,
    },
    /// Cases were sealed with undecided units.
    Incomplete {
        /// Which.
        cases: Vec<CaseId>,
    },
    /// Cases were sealed once more.
    Again {
        /// Which.
        cases: Vec<CaseId>,
    },
    /// The units of a text were fixed, or a recorded change gave it others.
    Lock {
        /// The text.
        transcript: TranscriptId,
        /// SHA-256 of the sorted locators of its units of talk, each followed by LF.
        units: Digest,
    },
    /// A unitiser declared her cuts of a text done.
    CutsDone {
        /// The text.
        transcript: TranscriptId,
        /// What her cuts are checked against.
        cuts: Digest,
    },
    /// A unitiser took that back.
    CutsReopened {
        /// The text.
        transcript: TranscriptId,
    },
    /// A meeting decided whether there is a cut.
    Cut {
        /// The text.
        transcript: TranscriptId,
        /// The place.
        at: Point,
        /// Whether there is one; absent where a decision was taken back.
        cut: Option<bool>,
        /// Its number among such decisions, in rows of before.
        number: Option<u64>,
    },
    /// Somebody set which question a moderator's turn puts.
    Topic {
        /// The turn.
        turn: Locator,
        /// The question; absent for none.
        question: Option<String>,
        /// Its number among such corrections, in rows of before.
        number: Option<u64>,
    },
    /// Two participants became one.
    Merge {
        /// Who is no longer in the list.
        from: ParticipantId,
        /// Who is.
        into: ParticipantId,
    },
    /// A text took the place of another.
    Replace {
        /// The old one.
        old: TranscriptId,
        /// The new one.
        new: TranscriptId,
    },
    /// Fixed or coded units were cut anew, with a reason.
    Recut {
        /// How: split, join or move.
        how: How,
        /// The units that stand no more.
        old: Vec<Locator>,
    },
    /// A file came in.
    Receive {
        /// Its SHA-256, in rows of before.
        file: Option<Digest>,
        /// The save of a page that it was.
        page: Option<SavedPage>,
    },
    /// Nothing more is expected of a coder.
    Retire {
        /// Whom.
        coder: CoderId,
    },
    /// A coder's decisions are in no result from then on.
    Exclude {
        /// Whose.
        coder: CoderId,
    },
    /// That a coder retired or was excluded was taken back.
    Return {
        /// Who.
        coder: CoderId,
    },
    /// Somebody who had sealed became something else.
    Kind {
        /// Who.
        coder: CoderId,
        /// What she was.
        from: CoderKind,
        /// What she is.
        into: CoderKind,
    },
    /// A coder was asked for units of cases that were open already: they do not wait for her.
    Late {
        /// Who.
        coder: CoderId,
        /// The round.
        round: RoundId,
        /// The cases.
        cases: Vec<CaseId>,
    },
    /// The codebook was changed by a command.
    Codebook(Revision),
    /// A text was taken out of the study, and the case with it that nothing else was in.
    Remove {
        /// The text.
        transcript: TranscriptId,
        /// Its case, if that went too.
        case: Option<CaseId>,
    },
    /// A report for others was written in which a value may describe fewer people than the rule has it.
    SmallGroups {
        /// The fewest that it describes.
        least: u64,
    },
}

/// Why a row says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No such event is known: a slip, or the word of a newer program.
    Kind,
    /// The event is known, and `about` does not have its form.
    About,
    /// The event is known, and `who` does not fit it: nobody where somebody must be, several for one.
    Who,
}

/// Something that an event names, and that the study must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name<'a> {
    /// A case.
    Case(&'a CaseId),
    /// A coder.
    Coder(&'a CoderId),
    /// A text, replaced ones too.
    Transcript(&'a TranscriptId),
    /// A place in a text.
    Place(&'a TranscriptId, Point),
    /// A stretch of a text.
    Stretch(&'a Locator),
}

impl What {
    /// What the study must have for this to mean anything. (Who was merged is gone, a text that was to
    /// replace another may never have come, and what was removed is not there.)
    #[must_use]
    pub fn names(&self) -> Vec<Name<'_>> {
        match self {
            Self::Unblind { cases, .. } | Self::Incomplete { cases } | Self::Again { cases } => {
                cases.iter().map(Name::Case).collect()
            }
            Self::UnblindCuts { transcripts } => transcripts.iter().map(Name::Transcript).collect(),
            Self::Lock { transcript, .. }
            | Self::CutsDone { transcript, .. }
            | Self::CutsReopened { transcript } => vec![Name::Transcript(transcript)],
            Self::Cut { transcript, at, .. } => vec![Name::Place(transcript, *at)],
            Self::Topic { turn, .. } => vec![Name::Stretch(turn)],
            Self::Replace { old, .. } => vec![Name::Transcript(old)],
            Self::Recut { old, .. } => old.iter().map(Name::Stretch).collect(),
            Self::Retire { coder }
            | Self::Exclude { coder }
            | Self::Return { coder }
            | Self::Kind { coder, .. } => vec![Name::Coder(coder)],
            Self::Late { coder, cases, .. } => {
                cases.iter().map(Name::Case).chain([Name::Coder(coder)]).collect()
            }
            Self::Round { .. }
            | Self::Merge { .. }
            | Self::Receive { .. }
            | Self::Codebook(_)
            | Self::Remove { .. }
            | Self::SmallGroups { .. } => Vec::new(),
        }
    }
}

impl Event {
    /// An event that is about to be written; whoever writes it gives it its seq.
    #[must_use]
    pub fn new(at: Moment, who: Vec<CoderId>, what: What, reason: &str) -> Self {
        Self { seq: None, at, who, what, reason: reason.to_owned(), place: Place::file("") }
    }

    /// Whether this coder did it, or was there.
    #[must_use]
    pub fn is_by(&self, coder: &CoderId) -> bool {
        self.who.contains(coder)
    }
}
