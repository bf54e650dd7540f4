//! Files that were read become transcripts of the study, with their people named.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::ImportAsk;
use super::key::{Key, telling_names};
use super::reading::{Read, speaker_rows};
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::participant::{Participant, Role};
use crate::domain::problem::{Place, Problem};
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::store::{Imported, Opened};
use crate::unitize::import::Imported as Found;
use crate::unitize::people::{self, Cast, Heard};
use crate::unitize::pseudonyms::{self, Assigned, Named};

/// One file as it was read, with its people named.
pub struct Draft {
    /// The file.
    pub path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// What was found in it.
    pub found: Found,
    /// Who speaks.
    pub cast: Cast,
    /// The case it belongs to.
    pub case: Case,
    /// The transcript's id.
    pub id: TranscriptId,
}

/// All files with their people named.
pub struct Casting {
    /// The files.
    pub drafts: Vec<Draft>,
    /// What keeps them from being written.
    pub problems: Vec<Problem>,
    /// What became of names, where a key is kept.
    pub assigned: Assigned,
    /// How often names are said, where a key is kept.
    pub mentions: usize,
    /// What is said of rows of the list of speakers that no file needed.
    pub said: Vec<Message>,
}

/// Names the people of all files, one after the other; with a key, no name is left in what comes of it.
///
/// # Errors
/// The list of speakers cannot be read, or contradicts the key (refused).
pub fn cast(
    ask: &ImportAsk,
    opened: Option<&Opened>,
    key: Option<&Key>,
    read: Vec<Read>,
) -> Result<Casting, Failure> {
    let list = speaker_rows(ask)?;
    let mut people: Vec<Participant> =
        opened.map(|it| it.study.participants.clone()).unwrap_or_default();
    let mut out = Casting {
        drafts: Vec::new(),
        problems: Vec::new(),
        assigned: Assigned::default(),
        mentions: 0,
        said: Vec::new(),
    };
    if let Some(key) = key {
        let named = read.iter().map(|one| Named {
            case: &one.case.id,
            transcript: &one.id,
            draft: &one.found.draft,
        });
        out.assigned = pseudonyms::assign(&named.collect::<Vec<_>>(), &list, &key.rows, &people);
        key.agrees(&out.assigned, ask)?;
        out.problems = telling_names(&read);
        out.mentions = read.iter().map(|one| pseudonyms::mentions(&one.found.draft)).sum();
    }
    let before = out.assigned.rows.len();
    let rows = [out.assigned.rows.clone(), list].concat();
    let mut matched = out.assigned.matched.clone();
    let mut met = BTreeSet::new();
    let (mut heard, mut taken) = (Heard::new(), BTreeSet::new());
    for one in read {
        let draft = &one.found.draft;
        let mut cast = people::cast(draft, &one.case.id, &one.id, &rows, &people, &mut heard);
        taken.extend(cast.taken.iter().cloned());
        matched.extend(
            (0..rows.len() - before).filter(|row| !cast.unmatched.contains(&(row + before))),
        );
        met.extend(cast.met.iter().copied());
        let Read { path, bytes, mut found, case, id } = one;
        if key.is_some() {
            forget_names(&mut found, &mut cast);
        }
        place(&mut people, cast.participants.iter().cloned());
        out.drafts.push(Draft { path, bytes, found, cast, case, id });
    }
    if !out.drafts.is_empty() {
        let unmet = rows.iter().enumerate().skip(before).filter(|(at, row)| {
            row.transcript.is_none()
                && !row.label.is_empty()
                && !met.contains(at)
                && !out.assigned.matched.contains(&(at - before))
        });
        let labels: Vec<String> = unmet.map(|(_, row)| format!("`{}`", row.label)).collect();
        if !labels.is_empty() {
            let n = labels.len();
            out.said.push(msg!("import.unmatched.any", n = n, labels = labels.join(", ")));
        }
    }
    if key.is_none() && !taken.is_empty() {
        let ids: Vec<String> = taken.iter().map(ToString::to_string).collect();
        out.said.push(msg!("import.by_id", n = ids.len(), ids = ids.join(", ")));
    }
    let rest = rows.len() - before - matched.len();
    if let Some(map) = ask.speakers.as_ref().filter(|_| rest > 0 && !out.drafts.is_empty()) {
        let at = Place::file(map.display().to_string()).column("label");
        let what = msg!("import.unmatched", n = rest);
        out.problems.push(Problem::new(at, what, msg!("import.unmatched.fix")));
    }
    Ok(out)
}

/// Takes names out of everything that is shown or kept of a file but what was said in it.
fn forget_names(found: &mut Found, cast: &mut Cast) {
    let ids: Vec<ParticipantId> = cast
        .labels
        .iter()
        .filter_map(|at| cast.participants.get(*at).map(|it| it.id.clone()))
        .collect();
    let masked = pseudonyms::without_names(&found.draft, &ids);
    for ((before, after), at) in found.draft.labels.iter().zip(&masked.labels).zip(&cast.labels) {
        if let (true, Some(person)) = (before.text != after.text, cast.participants.get_mut(*at)) {
            person.name.clear();
        }
    }
    found.draft = masked;
}

/// Puts people into a list, each once, as they now are.
fn place(people: &mut Vec<Participant>, more: impl Iterator<Item = Participant>) {
    let mut places: HashMap<ParticipantId, usize> =
        people.iter().enumerate().rev().map(|(at, it)| (it.id.clone(), at)).collect();
    for person in more {
        let at = *places.entry(person.id.clone()).or_insert(people.len());
        match people.get_mut(at) {
            Some(known) => *known = person,
            None => people.push(person),
        }
    }
}

/// Brings the transcripts into the study, all or none.
///
/// # Errors
/// Something cannot be written.
pub fn write(ask: &ImportAsk, opened: &Opened, drafts: Vec<Draft>) -> Result<(), Failure> {
    if drafts.is_empty() {
        return Ok(());
    }
    let study = &opened.study;
    let mut cases = study.cases.clone();
    let mut people = study.participants.clone();
    let mut imported = Vec::new();
    for mut draft in drafts {
        if !cases.iter().any(|it| it.id == draft.case.id) {
            let attributes = vec![String::new(); study.case_attributes.len()];
            cases.push(Case { attributes, ..draft.case.clone() });
        }
        let mut more = std::mem::take(&mut draft.cast.participants);
        for person in &mut more {
            person.attributes.resize(study.participant_attributes.len(), String::new());
        }
        place(&mut people, more.into_iter());
        imported.push(Imported {
            transcript: transcript(ask, opened, &mut draft),
            extension: extension(&draft.path),
            original: draft.bytes,
        });
    }
    opened.import(imported, &cases, &people)
}

/// A draft as a correction of a transcript, which keeps name, day, language and attributes unless others are given; and
/// everybody in the study, with whom it adds.
pub(super) fn corrected(
    ask: &ImportAsk,
    opened: &Opened,
    old: &Transcript,
    mut draft: Draft,
) -> (Imported, Vec<Participant>) {
    let mut people = opened.study.participants.clone();
    for mut person in std::mem::take(&mut draft.cast.participants) {
        person.attributes.resize(opened.study.participant_attributes.len(), String::new());
        match people.iter_mut().find(|it| it.id == person.id) {
            // What the study knows of a person holds; only a role that was not known is taken.
            Some(known) if known.role == Role::Unknown => known.role = person.role,
            Some(_) => {}
            None => people.push(person),
        }
    }
    let new = Transcript {
        case: old.case.clone(),
        name: old.name.clone(),
        date: ask.date.clone().unwrap_or_else(|| old.date.clone()),
        language: ask.language.clone().unwrap_or_else(|| old.language.clone()),
        attributes: old.attributes.clone(),
        ..transcript(ask, opened, &mut draft)
    };
    let extension = extension(&draft.path);
    (Imported { transcript: new, original: draft.bytes, extension }, people)
}

fn transcript(ask: &ImportAsk, opened: &Opened, draft: &mut Draft) -> Transcript {
    let study = &opened.study;
    let file_name = draft.path.file_name().map(|it| it.to_string_lossy().into_owned());
    let stem = draft.path.file_stem().map(|it| it.to_string_lossy().into_owned());
    Transcript {
        id: draft.id.clone(),
        case: draft.case.id.clone(),
        name: stem.unwrap_or_default(),
        date: ask.date.clone().unwrap_or_default(),
        language: draft.found.language.clone().unwrap_or_else(|| study.settings.language.clone()),
        source: file_name.unwrap_or_default(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: vec![String::new(); study.transcript_attributes.len()],
        paragraphs: std::mem::take(&mut draft.cast.paragraphs),
    }
}

/// The extension under which the original is kept.
fn extension(path: &Path) -> String {
    let given =
        path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let plain = !given.is_empty()
        && given.len() <= 8
        && given.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { given } else { "txt".to_owned() }
}
