//! Everything that `events.csv` can say, as types: what happened, to what, with whom.
//!
//! The words of the columns `event` and `about` are read and written here and nowhere else. A new kind of
//! event is a variant of [`What`], its word in [`What::word`], and one line each in [`What::about`] and
//! [`What::read`]; what it names goes to [`What::names`], so that a row which names nothing is a problem.

use std::fmt::Display;
use std::str::FromStr;

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

/// What a round of coding is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Purpose {
    /// Its decisions count.
    #[default]
    Code,
    /// It is measured and never enters what was settled: a second look.
    Check,
    /// It is measured and never enters what was settled: a trial.
    Pilot,
}

impl Purpose {
    /// Everything a round can be for.
    pub const ALL: [Self; 3] = [Self::Code, Self::Check, Self::Pilot];

    /// The word in the file and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Check => "check",
            Self::Pilot => "pilot",
        }
    }
}

impl Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Purpose {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// How much of a file of a log was there: as many rows, up to a seq.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLog {
    /// Whose log.
    pub coder: CoderId,
    /// The device; empty for `coding/<coder>.csv`.
    pub device: String,
    /// How many distinct rows it had.
    pub rows: u64,
    /// The highest seq of these.
    pub highest: u64,
}

impl Display for HeldLog {
    /// `c1 12/15`, `c1.laptop 3/3`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { coder, device, rows, highest } = self;
        let dot = if device.is_empty() { "" } else { "." };
        write!(f, "{coder}{dot}{device} {rows}/{highest}")
    }
}

impl FromStr for HeldLog {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (file, counts) = text.rsplit_once(' ').ok_or(())?;
        let (coder, device) = file.split_once('.').unwrap_or((file, ""));
        let (rows, highest) = counts.split_once('/').ok_or(())?;
        Ok(Self {
            coder: coder.parse().map_err(|_| ())?,
            device: device.to_owned(),
            rows: rows.parse().map_err(|_| ())?,
            highest: highest.parse().map_err(|_| ())?,
        })
    }
}

/// Which save of which page a file is: `PACK COPY SAVE`, as in `8df0b64ede820e3d dd4f4996dcaf 7`, and after that, where
/// the file says it, the first and the last time at which its coder says that she decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// The page, by the beginning of the hash of what is in it.
    pub pack: String,
    /// The browser in which it was open, by a number that it drew.
    pub copy: String,
    /// The number of the save, from 1.
    pub save: u64,
    /// The first and the last time of a decision by the clock of her browser: what she says, not what anybody knows.
    pub claimed: Option<(Moment, Moment)>,
}

impl Display for SavedPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.pack, self.copy, self.save)?;
        match self.claimed {
            Some((first, last)) => write!(f, " {first} {last}"),
            None => Ok(()),
        }
    }
}

impl FromStr for SavedPage {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let hex = |text: &str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
        };
        let parts: Vec<&str> = text.split(' ').collect();
        let [pack, copy, save, times @ ..] = parts.as_slice() else { return Err(()) };
        let save = save.parse().ok().filter(|save| *save > 0).ok_or(())?;
        let moment = |text: &str| text.parse::<Moment>().map_err(|_| ());
        let claimed = match times {
            [] => None,
            [first, last] => Some((moment(first)?, moment(last)?)),
            _ => return Err(()),
        };
        let page = Self { pack: (*pack).to_owned(), copy: (*copy).to_owned(), save, claimed };
        // A number with a sign or zeros before it is another text.
        if hex(pack) && hex(copy) && page.to_string() == text { Ok(page) } else { Err(()) }
    }
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
    /// The word in the column `event`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Round { .. } => "round",
            Self::Unblind { .. } => "unblind",
            Self::UnblindCuts { .. } => "unblind-cuts",
            Self::Incomplete { .. } => "incomplete",
            Self::Again { .. } => "again",
            Self::Lock { .. } => "lock",
            Self::CutsDone { .. } => "cuts-done",
            Self::CutsReopened { .. } => "cuts-reopened",
            Self::Cut { cut: Some(true), .. } => "cut",
            Self::Cut { cut: Some(false), .. } => "no-cut",
            Self::Cut { cut: None, .. } => "cut-undone",
            Self::Topic { .. } => "topic",
            Self::Merge { .. } => "merge",
            Self::Replace { .. } => "replace",
            Self::Recut { how: How::Join, .. } => "units-join",
            Self::Recut { how: How::Move, .. } => "units-move",
            Self::Recut { .. } => "units-split",
            Self::Receive { .. } => "receive",
            Self::Retire { .. } => "retire",
            Self::Exclude { .. } => "exclude",
            Self::Return { .. } => "return",
            Self::Kind { .. } => "kind",
            Self::Late { .. } => "late",
            Self::Codebook(_) => "codebook",
            Self::Remove { .. } => "remove",
        }
    }

    /// The column `about`.
    #[must_use]
    pub fn about(&self) -> String {
        let numbered = |place: String, number: &Option<u64>| match number {
            Some(number) => format!("{place} #{number}"),
            None => place,
        };
        match self {
            Self::Round { round, purpose: Purpose::Code } => round.to_string(),
            Self::Round { round, purpose } => format!("{round} {purpose}"),
            Self::Unblind { cases, round, held } => looked(cases, round.as_ref(), held),
            Self::Incomplete { cases } | Self::Again { cases } => joined(cases),
            Self::UnblindCuts { transcripts } => joined(transcripts),
            Self::Lock { transcript, units } => format!("{transcript} {units}"),
            Self::CutsDone { transcript, cuts } => format!("{transcript} {cuts}"),
            Self::CutsReopened { transcript } => transcript.to_string(),
            Self::Cut { transcript, at, number, .. } => {
                numbered(format!("{transcript}:{at}"), number)
            }
            Self::Topic { turn, question, number } => {
                numbered(format!("{turn} {}", question.as_deref().unwrap_or(NONE)), number)
            }
            Self::Merge { from, into } => format!("{from} {into}"),
            Self::Replace { old, new } => format!("{old}; {new}"),
            Self::Recut { old, .. } => joined(old),
            Self::Receive { page: Some(page), .. } => page.to_string(),
            Self::Receive { file, page: None } => {
                file.as_ref().map(ToString::to_string).unwrap_or_default()
            }
            Self::Retire { coder } | Self::Exclude { coder } | Self::Return { coder } => {
                coder.to_string()
            }
            Self::Kind { coder, from, into } => format!("{coder} {from} {into}"),
            Self::Late { coder, round, cases } => format!("{coder} {round} {}", joined(cases)),
            Self::Codebook(revision) => revision.to_string(),
            Self::Remove { transcript, case: None } => transcript.to_string(),
            Self::Remove { transcript, case: Some(case) } => format!("{transcript}; {case}"),
        }
    }

    /// What people are told of it: of a look, what was shown, and not how much of each log there was; of cuts, which text.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Unblind { cases, round, .. } => looked(cases, round.as_ref(), &[]),
            Self::CutsDone { transcript, .. } => transcript.to_string(),
            other => other.about(),
        }
    }

    /// Reads the columns `event` and `about`; `who` is how many are named in that column.
    ///
    /// # Errors
    /// The column that says nothing.
    pub fn read(word: &str, about: &str, who: usize) -> Result<Self, Unread> {
        let what = Self::named(word, about.trim())?.ok_or(Unread::About)?;
        if what.wants(who) { Ok(what) } else { Err(Unread::Who) }
    }

    /// What a known word says of this; nothing where this does not have its form.
    fn named(word: &str, about: &str) -> Result<Option<Self>, Unread> {
        Ok(match word {
            "round" => round(about),
            "unblind" => look(about),
            "unblind-cuts" => list(about).map(|transcripts| Self::UnblindCuts { transcripts }),
            "incomplete" => list(about).map(|cases| Self::Incomplete { cases }),
            "again" => list(about).map(|cases| Self::Again { cases }),
            "lock" => pair(about, " ").map(|(transcript, units)| Self::Lock { transcript, units }),
            "cuts-done" => {
                pair(about, " ").map(|(transcript, cuts)| Self::CutsDone { transcript, cuts })
            }
            "cuts-reopened" => {
                about.parse().ok().map(|transcript| Self::CutsReopened { transcript })
            }
            "cut" => cut(about, Some(true)),
            "no-cut" => cut(about, Some(false)),
            "cut-undone" => cut(about, None),
            "topic" => topic(about),
            "merge" => pair(about, " ").map(|(from, into)| Self::Merge { from, into }),
            "replace" => pair(about, "; ").map(|(old, new)| Self::Replace { old, new }),
            "units-split" => list(about).map(|old| Self::Recut { how: How::Split, old }),
            "units-join" => list(about).map(|old| Self::Recut { how: How::Join, old }),
            "units-move" => list(about).map(|old| Self::Recut { how: How::Move, old }),
            "receive" if about.is_empty() => Some(Self::Receive { file: None, page: None }),
            "receive" if about.contains(' ') => {
                about.parse().ok().map(|page| Self::Receive { file: None, page: Some(page) })
            }
            "receive" => {
                about.parse().ok().map(|file| Self::Receive { file: Some(file), page: None })
            }
            "retire" => about.parse().ok().map(|coder| Self::Retire { coder }),
            "exclude" => about.parse().ok().map(|coder| Self::Exclude { coder }),
            "return" => about.parse().ok().map(|coder| Self::Return { coder }),
            "kind" => about.split_once(' ').and_then(|(coder, kinds)| {
                let (from, into) = pair(kinds, " ")?;
                Some(Self::Kind { coder: coder.parse().ok()?, from, into })
            }),
            "late" => about.split_once(' ').and_then(|(coder, rest)| {
                let (round, cases) = rest.split_once(' ')?;
                let (coder, round) = (coder.parse().ok()?, round.parse().ok()?);
                Some(Self::Late { coder, round, cases: list(cases)? })
            }),
            "codebook" => about.parse().ok().map(Self::Codebook),
            "remove" => match about.split_once("; ") {
                None => about.parse().ok().map(|it| Self::Remove { transcript: it, case: None }),
                Some(_) => pair(about, "; ")
                    .map(|(it, case)| Self::Remove { transcript: it, case: Some(case) }),
            },
            _ => return Err(Unread::Kind),
        })
    }

    /// Whether so many people fit in `who`.
    fn wants(&self, who: usize) -> bool {
        match self {
            Self::CutsDone { .. }
            | Self::CutsReopened { .. }
            | Self::Incomplete { .. }
            | Self::Again { .. } => who == 1,
            Self::Unblind { .. }
            | Self::UnblindCuts { .. }
            | Self::Receive { .. }
            | Self::Codebook(_) => who <= 1,
            Self::Lock { .. } | Self::Cut { .. } | Self::Recut { .. } => true,
            Self::Round { .. }
            | Self::Topic { .. }
            | Self::Merge { .. }
            | Self::Replace { .. }
            | Self::Retire { .. }
            | Self::Exclude { .. }
            | Self::Return { .. }
            | Self::Kind { .. }
            | Self::Late { .. }
            | Self::Remove { .. } => who == 0,
        }
    }

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
            | Self::Remove { .. } => Vec::new(),
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

/// A question that is none.
const NONE: &str = "none";

fn joined<T: Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A list of at least one, joined by `;`.
fn list<T: FromStr>(text: &str) -> Option<Vec<T>> {
    text.split(';').map(|part| part.trim().parse().ok()).collect()
}

/// What stands between the cases of a look and the round, and before what was there of the logs.
const IN_ROUND: &str = " @";
const HELD: &str = " | ";

fn looked(cases: &[CaseId], round: Option<&RoundId>, held: &[HeldLog]) -> String {
    let mut about = joined(cases);
    if let Some(round) = round {
        about.push_str(&format!("{IN_ROUND}{round}"));
    }
    if !held.is_empty() {
        about.push_str(&format!("{HELD}{}", joined(held)));
    }
    about
}

/// `A; B`, `A; B @pilot`, `A | c1 12/15; c2.laptop 3/3`.
fn look(about: &str) -> Option<What> {
    let (shown, held) = match about.split_once(HELD) {
        Some((shown, held)) => (shown, list(held)?),
        None => (about, Vec::new()),
    };
    let (cases, round) = match shown.split_once(IN_ROUND) {
        Some((cases, round)) => (cases, Some(round.parse().ok()?)),
        None => (shown, None),
    };
    Some(What::Unblind { cases: list(cases)?, round, held })
}

fn pair<One: FromStr, Other: FromStr>(text: &str, between: &str) -> Option<(One, Other)> {
    let (one, other) = text.split_once(between)?;
    Some((one.parse().ok()?, other.parse().ok()?))
}

fn round(about: &str) -> Option<What> {
    let (round, purpose) = match about.split_once(' ') {
        None => (about, Purpose::Code),
        // What is the rule is not written, so that a name torn in two is none.
        Some((round, purpose)) => (round, purpose.parse().ok().filter(|it| *it != Purpose::Code)?),
    };
    Some(What::Round { round: round.parse().ok()?, purpose })
}

/// What stands before ` #3`, and the number, if there is one.
fn numbered(about: &str) -> Option<(&str, Option<u64>)> {
    match about.split_once(" #") {
        None => Some((about, None)),
        Some((place, number)) => Some((place, Some(number.parse().ok()?))),
    }
}

fn cut(about: &str, cut: Option<bool>) -> Option<What> {
    let (place, number) = numbered(about)?;
    let (transcript, at) = pair(place, ":")?;
    Some(What::Cut { transcript, at, cut, number })
}

fn topic(about: &str) -> Option<What> {
    let (place, number) = numbered(about)?;
    let (turn, question) = place.split_once(' ')?;
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
    let sound = !question.is_empty() && question.chars().all(plain);
    let question = (question != NONE).then(|| question.to_owned());
    sound.then_some(())?;
    Some(What::Topic { turn: turn.parse().ok()?, question, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every form that a row has or ever had.
    fn rows() -> Vec<(&'static str, String, usize)> {
        let hash = "0123456789abcdef".repeat(4);
        [
            ("round", "recode", 0),
            ("round", "recode check", 0),
            ("unblind", "CoP-31; CoP-36", 1),
            ("unblind-cuts", "CoP-31", 0),
            ("incomplete", "CoP-31; CoP-36", 1),
            ("again", "CoP-31", 1),
            ("lock", "CoP-31 HASH", 2),
            ("cuts-done", "CoP-31 HASH", 1),
            ("cuts-reopened", "CoP-31", 1),
            ("cut", "CoP-31:7@3 #1", 2),
            ("no-cut", "CoP-31:7", 0),
            ("cut-undone", "CoP-31:7", 2),
            ("topic", "CoP-31:75 none #1", 0),
            ("topic", "CoP-31:75 q02", 0),
            ("merge", "P44 P4", 0),
            ("replace", "CoP-31; CoP-31b", 0),
            ("units-split", "CoP-31:7", 1),
            ("units-join", "CoP-31:7; CoP-31:8", 0),
            ("units-move", "CoP-31:7@0-9; CoP-31:8", 2),
            ("receive", "HASH", 1),
            ("receive", "", 0),
            ("remove", "CoP-31", 0),
            ("remove", "CoP-31; Leeds", 0),
            ("codebook", "set v-0123456789ab v-abcdef012345 trust narrowed; tone added", 0),
        ]
        .map(|(word, about, who)| (word, about.replace("HASH", &hash), who))
        .to_vec()
    }

    #[test]
    fn every_kind_of_row_is_read_and_written_back() {
        for (word, about, who) in rows() {
            let what = What::read(word, &about, who).unwrap();
            assert_eq!((what.word(), what.about()), (word, about));
        }
    }

    #[test]
    fn a_row_without_its_form_says_which_column_is_wrong() {
        for (word, about, who) in rows() {
            for damaged in
                [format!("{about};;"), about.replace(' ', ";"), format!("{about} x"), "?".into()]
            {
                if damaged != about && !(word == "round" && damaged == "recode") {
                    let read = What::read(word, &damaged, who);
                    assert_eq!(read, Err(Unread::About), "{word} {damaged}");
                }
            }
            assert_eq!(What::read(&format!("{word}e"), &about, who), Err(Unread::Kind));
        }
        assert_eq!(What::read("again", "A", 0), Err(Unread::Who));
        assert_eq!(What::read("unblind", "A", 2), Err(Unread::Who));
        assert_eq!(What::read("topic", "A:1 q1 #x", 0), Err(Unread::About));
    }
}
