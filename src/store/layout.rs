//! Every path of a study, named once; all relative to its folder and written with `/`.

use crate::domain::id::{CoderId, TranscriptId};

/// What the study is called, who codes.
pub const SETTINGS: &str = "themata.yaml";
/// The codebook in force.
pub const CODEBOOK: &str = "codebook.yaml";
/// Every version that was ever coded with.
pub const VERSIONS: &str = "codebooks";
/// The cases.
pub const CASES: &str = "cases.csv";
/// The participants.
pub const PARTICIPANTS: &str = "participants.csv";
/// The transcripts.
pub const TRANSCRIPTS: &str = "transcripts.csv";
/// Who is asked to code what.
pub const ASSIGNMENTS: &str = "assignments.csv";
/// What was handed over when.
pub const SEALS: &str = "seals.csv";
/// The folder of what seals covered.
pub const SEAL_LISTS: &str = "seals";
/// What the coders settled on.
pub const CONSENSUS: &str = "consensus.csv";
/// What else happened.
pub const EVENTS: &str = "events.csv";
/// What became of units.
pub const MOVES: &str = "moves.csv";
/// The topic guide.
pub const GUIDE: &str = "guide.csv";
/// What several codes or questions are about together.
pub const CONCEPTS: &str = "concepts.csv";
/// What researchers wrote of cells.
pub const SUMMARIES: &str = "summaries.csv";
/// What researchers claim.
pub const CLAIMS: &str = "claims.csv";
/// Displays that the team saved.
pub const DISPLAYS: &str = "displays.yaml";
/// Imported files, byte for byte.
pub const ORIGINALS: &str = "originals";
/// What was generated.
pub const REPORTS: &str = "reports";
/// The folder of transcripts' texts.
pub const TEXTS: &str = "transcripts";
/// The folder of units.
pub const UNITS: &str = "units";
/// The folder of logs.
pub const CODING: &str = "coding";
/// The folder of memos.
pub const MEMOS: &str = "memos";
/// The folder of codes that coders propose.
pub const PROPOSALS: &str = "proposals";
/// The folder of picked quotations.
pub const PICKED: &str = "quotes";
/// Picked quotations of before.
pub const PICKED_BEFORE: &str = "quotes.csv";
/// What keeps two programs from changing the lists of a study at once.
pub const LOCK: &str = "themata.lock";
/// What several files will hold, while they are replaced together.
pub const PENDING: &str = "themata.pending";

/// Lists that are replaced whole.
pub const WHOLE: &[&str] = &[
    SETTINGS,
    CODEBOOK,
    CASES,
    PARTICIPANTS,
    TRANSCRIPTS,
    ASSIGNMENTS,
    GUIDE,
    CONCEPTS,
    SUMMARIES,
    CLAIMS,
    DISPLAYS,
];

/// Whether a file may be replaced together with others: a text, units, a list that speaks of them, what a seal covered, or a
/// version of the codebook.
#[must_use]
pub fn changes_with_others(file: &str) -> bool {
    let sound = |name: &str| !name.is_empty() && !name.contains(['/', '\\', ':']) && name != "..";
    match file.split_once('/') {
        None => WHOLE.contains(&file),
        Some((folder, name)) => {
            [TEXTS, UNITS, SEAL_LISTS, VERSIONS].contains(&folder) && sound(name)
        }
    }
}

/// Whether rows may come to a file together with changes of others.
#[must_use]
pub fn grows_with_others(file: &str) -> bool {
    match file.split_once('/') {
        None => [EVENTS, MOVES, SEALS].contains(&file),
        Some((folder, name)) => {
            let holds = folder == CODING || folder == MEMOS;
            holds && name.ends_with(".csv") && !name.contains(['/', '\\', ':'])
        }
    }
}

/// Whether a file may go together with changes of others: what is of one text alone.
#[must_use]
pub fn goes_with_others(file: &str) -> bool {
    let parts: Vec<&str> = file.split('/').collect();
    let sound = |name: &&str| !name.is_empty() && !name.contains(['\\', ':']) && *name != "..";
    parts.iter().all(sound)
        && match parts.as_slice() {
            [folder, _] => [TEXTS, UNITS, ORIGINALS].contains(folder),
            [folder, _, _] => *folder == UNITS,
            _ => false,
        }
}

/// Whether a path in a study's folder, written with `/`, is one of the study's own: no result is ever
/// written there. File systems that ignore capitals are minded, and lists that come with later commands.
#[must_use]
pub fn is_own(path: &str) -> bool {
    const FILES: &[&str] = &[SEALS, CONSENSUS, EVENTS, PENDING, MOVES, PICKED_BEFORE];
    const FOLDERS: &[&str] =
        &[VERSIONS, ORIGINALS, TEXTS, UNITS, CODING, MEMOS, SEAL_LISTS, PROPOSALS, PICKED];
    let among = |names: &[&str], name: &str| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    match path.split_once('/') {
        None => among(WHOLE, path) || among(FILES, path),
        Some((folder, _)) => among(FOLDERS, folder),
    }
}

/// A version of the codebook.
#[must_use]
pub fn version(id: &str) -> String {
    format!("{VERSIONS}/{id}.yaml")
}

/// An imported file; `extension` without a dot.
#[must_use]
pub fn original(transcript: &TranscriptId, extension: &str) -> String {
    format!("{ORIGINALS}/{transcript}.{extension}")
}

/// The text of a transcript.
#[must_use]
pub fn text(transcript: &TranscriptId) -> String {
    format!("{TEXTS}/{transcript}.txt")
}

/// The units of a transcript.
#[must_use]
pub fn units(transcript: &TranscriptId) -> String {
    format!("{UNITS}/{transcript}.csv")
}

/// The units of a transcript as a coder cut them herself.
#[must_use]
pub fn own_units(coder: &CoderId, transcript: &TranscriptId) -> String {
    format!("{UNITS}/{coder}/{transcript}.csv")
}

/// What the hash of a coder's own cuts was taken with, so that it tells nobody anything who does not have it.
#[must_use]
pub fn own_salt(coder: &CoderId, transcript: &TranscriptId) -> String {
    format!("{UNITS}/{coder}/{transcript}.salt")
}

/// What keeps two programs from changing a coder's own cuts at once.
#[must_use]
pub fn own_cuts_lock(coder: &CoderId) -> String {
    format!("{UNITS}/{coder}.lock")
}

/// A coder's log on a device; the device's name is empty for the only one.
#[must_use]
pub fn log(coder: &CoderId, device: &str) -> String {
    on_device(CODING, coder, device)
}

/// A coder's memos on a device; the device's name is empty for the only one.
#[must_use]
pub fn memos(coder: &CoderId, device: &str) -> String {
    on_device(MEMOS, coder, device)
}

/// A coder's proposals on a device; the device's name is empty for the only one.
#[must_use]
pub fn proposals(coder: &CoderId, device: &str) -> String {
    on_device(PROPOSALS, coder, device)
}

/// A coder's picked quotations on a device; the device's name is empty for the only one.
#[must_use]
pub fn picked(coder: &CoderId, device: &str) -> String {
    on_device(PICKED, coder, device)
}

/// A coder's file in a folder; each device but the only one has one of its own.
fn on_device(folder: &str, coder: &CoderId, device: &str) -> String {
    if device.is_empty() {
        format!("{folder}/{coder}.csv")
    } else {
        format!("{folder}/{coder}.{device}.csv")
    }
}

/// Whether a file's name is that of a copy of a file of the study's own: `seals (conflicted copy).csv`,
/// `seals.sync-conflict-20260301-100000-ABC.csv`, `seals-LAPTOP.csv`.
#[must_use]
pub fn is_copy(name: &str, of: &str) -> bool {
    let (Some((stem, ending)), Some((own, own_ending))) =
        (name.rsplit_once('.'), of.rsplit_once('.'))
    else {
        return false;
    };
    let rest = stem.get(own.len()..).unwrap_or_default();
    ending.eq_ignore_ascii_case(own_ending)
        && stem.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
        && rest.starts_with(|it: char| !it.is_alphanumeric())
}

/// Whether a file's name is that which other programs give to a second version of a file where two computers wrote at once:
/// `cases (conflicted copy).csv`, `cases.sync-conflict-20260301-100000-ABC.csv`, `cases-LAPTOP-1.csv`, `cases (1).csv`,
/// `cases 2.csv`, `cases_LOCAL_123.csv`, `cases.csv.orig`. Copies that people name themselves are theirs.
#[must_use]
pub fn is_conflict_copy(name: &str, of: &str) -> bool {
    let starts = |text: &str, start: &str| {
        text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    if starts(name, of) {
        let rest = name.get(of.len()..).unwrap_or_default();
        return rest == ".orig" || rest == ".rej" || says_conflict(rest);
    }
    let Some((own, _)) = of.rsplit_once('.') else { return false };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if !is_copy(name, of) {
        return false;
    }
    let rest = stem.get(own.len()..).unwrap_or_default();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let in_brackets = rest.trim().strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let computer = rest.strip_prefix('-').is_some_and(|it| {
        let plain = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-';
        it.bytes().all(plain) && it.bytes().any(|it| it.is_ascii_uppercase())
    });
    let merging = ["_BACKUP_", "_BASE_", "_LOCAL_", "_REMOTE_"];
    says_conflict(rest)
        || computer
        || in_brackets.is_some_and(number)
        || rest.strip_prefix(' ').is_some_and(number)
        || merging.iter().any(|it| rest.strip_prefix(it).is_some_and(number))
}

/// Whether a name says so itself, in a language in which such programs speak.
fn says_conflict(rest: &str) -> bool {
    let rest = rest.to_lowercase();
    ["conflict", "konflikt", "conflit", "conflitto"].iter().any(|word| rest.contains(word))
}

/// What a seal covered; `name` is the beginning of its hash.
#[must_use]
pub fn seal_list(name: &str) -> String {
    format!("{SEAL_LISTS}/{name}.csv")
}

/// The device of a log's file name: `c1.csv` gives the empty name, `c1.laptop.csv` gives `laptop`, and
/// copies that Dropbox or Syncthing leave (`c1 (conflicted copy).csv`) are read as devices.
#[must_use]
pub fn device<'a>(file_name: &'a str, coder: &CoderId) -> Option<&'a str> {
    let stem = file_name.strip_suffix(".csv")?;
    let rest =
        stem.get(..coder.as_str().len()).filter(|start| start.eq_ignore_ascii_case(coder.as_str()));
    let rest = rest.and_then(|start| stem.get(start.len()..))?;
    match rest.chars().next() {
        None => Some(""),
        Some('.') => Some(&rest[1..]),
        Some(' ') | Some('(') => Some(rest.trim()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_copies_are_devices_of_the_same_coder_and_other_coders_are_not() {
        let c1 = "c1".parse().unwrap();
        assert_eq!(device("c1.csv", &c1), Some(""));
        assert_eq!(device("c1.laptop.csv", &c1), Some("laptop"));
        assert_eq!(
            device("c1.sync-conflict-20260301-100000-ABC.csv", &c1),
            Some("sync-conflict-20260301-100000-ABC")
        );
        assert_eq!(
            device("c1 (Ana's conflicted copy 2026-03-01).csv", &c1),
            Some("(Ana's conflicted copy 2026-03-01)")
        );
        assert_eq!(device("c10.csv", &c1), None);
        assert_eq!(device("c1-old.csv", &c1), None);
        assert_eq!(device("c1.csv.lock", &c1), None);
    }

    #[test]
    fn copies_that_other_programs_leave_are_known_by_their_names() {
        for name in [
            "seals (Ana's conflicted copy 2026-03-01).csv",
            "seals (conflicted copy 2026-03-01 100000).csv",
            "seals.sync-conflict-20260301-100000-ABC.csv",
            "seals-LAPTOP-1.csv",
            "Seals (1).CSV",
            "seals.kept-2026-03-01T100000Z.csv",
        ] {
            assert!(is_copy(name, "seals.csv"), "{name}");
        }
        for name in ["seals.csv", "seals.csv.lock", "seals.csv.torn-1", "sealsx.csv", "seals.txt"] {
            assert!(!is_copy(name, "seals.csv"), "{name}");
        }
    }

    #[test]
    fn copies_of_files_that_are_replaced_whole_are_told_from_what_people_keep_beside_them() {
        for name in [
            "cases (Ana's conflicted copy 2026-03-01).csv",
            "cases (copia en conflicto de Ana 2026-03-01).csv",
            "cases.sync-conflict-20260301-100000-ABC.csv",
            "cases-LAPTOP-1.csv",
            "cases-DESKTOP-AB12CD.csv",
            "Cases (1).CSV",
            "cases 2.csv",
            "cases_LOCAL_1234.csv",
            "cases_REMOTE_1234.csv",
            "cases.csv.orig",
        ] {
            assert!(is_conflict_copy(name, "cases.csv"), "{name}");
        }
        for name in
            ["cases.csv", "cases.csv.lock", "cases-old.csv", "cases.v2.csv", "cases_b.csv", "cases"]
        {
            assert!(!is_conflict_copy(name, "cases.csv"), "{name}");
        }
    }
}
