//! The columns `event` and `about` of `events.csv`: every form that they have or ever had, read and written.

use std::fmt::Display;
use std::str::FromStr;

use super::{HeldLog, Purpose, Unread, What};
use crate::domain::id::{CaseId, RoundId};
use crate::domain::moved::How;

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
            Self::SmallGroups { .. } => "small-groups",
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
            Self::SmallGroups { least } => least.to_string(),
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
            "small-groups" => {
                let least = about.parse().ok().filter(|it: &u64| it.to_string() == about);
                least.map(|least| Self::SmallGroups { least })
            }
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
            | Self::SmallGroups { .. }
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
            ("small-groups", "2", 0),
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
