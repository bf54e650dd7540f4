//! Files that were read become transcripts of the study, with their people named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Args;
use super::reading::{Read, speaker_rows};
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::participant::Participant;
use crate::domain::problem::{Place, Problem};
use crate::domain::transcript::Transcript;
use crate::format::import::Imported as Found;
use crate::msg;
use crate::render::preview::Preview;
use crate::store::{Imported, Opened};
use crate::unitize::people::{self, Cast};

/// One file as it was read, with its people named.
pub(super) struct Draft {
    path: PathBuf,
    bytes: Vec<u8>,
    found: Found,
    cast: Cast,
    case: Case,
    id: TranscriptId,
}

impl Draft {
    /// What is shown of it.
    pub(super) fn preview(&self) -> Preview<'_> {
        Preview {
            file: self.path.display().to_string(),
            found: &self.found,
            cast: &self.cast,
            case: &self.case,
            transcript: &self.id,
        }
    }
}

/// Names the people of all files, one after the other; and says which rows of the list of speakers name
/// nobody.
pub(super) fn cast(
    args: &Args,
    opened: Option<&Opened>,
    read: Vec<Read>,
) -> anyhow::Result<(Vec<Draft>, Option<Problem>)> {
    let rows = speaker_rows(args)?;
    let mut people: Vec<Participant> =
        opened.map(|it| it.study.participants.clone()).unwrap_or_default();
    let mut matched = BTreeSet::new();
    let mut drafts = Vec::new();
    for one in read {
        let cast = people::cast(&one.found.draft, &one.case.id, &one.id, &rows, &people);
        for person in &cast.participants {
            place(&mut people, person.clone());
        }
        matched.extend((0..rows.len()).filter(|row| !cast.unmatched.contains(row)));
        let Read { path, bytes, found, case, id } = one;
        drafts.push(Draft { path, bytes, found, cast, case, id });
    }
    let unmatched = args.speakers.as_ref().filter(|_| matched.len() < rows.len()).map(|map| {
        let n = rows.len() - matched.len();
        let at = Place::file(map.display().to_string()).column("label");
        Problem::new(at, msg!("import.unmatched", n = n), msg!("import.unmatched.fix"))
    });
    Ok((drafts, unmatched))
}

fn place(people: &mut Vec<Participant>, person: Participant) {
    match people.iter_mut().find(|it| it.id == person.id) {
        Some(known) => *known = person,
        None => people.push(person),
    }
}

/// Brings the transcripts into the study, all or none.
pub(super) fn write(args: &Args, opened: &Opened, drafts: Vec<Draft>) -> Result<(), Failure> {
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
        for mut person in std::mem::take(&mut draft.cast.participants) {
            person.attributes.resize(study.participant_attributes.len(), String::new());
            place(&mut people, person);
        }
        imported.push(Imported {
            transcript: transcript(args, opened, &mut draft),
            extension: extension(&draft.path),
            original: draft.bytes,
        });
    }
    opened.import(imported, &cases, &people)
}

fn transcript(args: &Args, opened: &Opened, draft: &mut Draft) -> Transcript {
    let study = &opened.study;
    let file_name = draft.path.file_name().map(|it| it.to_string_lossy().into_owned());
    let stem = draft.path.file_stem().map(|it| it.to_string_lossy().into_owned());
    Transcript {
        id: draft.id.clone(),
        case: draft.case.id.clone(),
        name: stem.unwrap_or_default(),
        date: args.date.clone().unwrap_or_default(),
        language: args.language.clone().unwrap_or_else(|| study.settings.language.clone()),
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
