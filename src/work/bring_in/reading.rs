//! The files of an import, read: what came of each.

use std::path::{Path, PathBuf};

use super::ImportAsk;
use super::key::Key;
use super::naming::{Naming, Seen};
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::format::speakers;
use crate::msg;
use crate::read::document::{self, HEAD};
use crate::read::unreadable::Unreadable;
use crate::store::{Given, Opened, given_files, head_of_given, is_same_file, read_given};
use crate::unitize::import::{self, Imported as Found, Options, Pattern};
use crate::unitize::people::{self, SpeakerRow};
use crate::unitize::pseudonyms::KeyRow;
use crate::unitize::pseudonyms::{is_in_file_name, looks_like_a_person};

/// One file as it was read.
pub struct Read {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    pub(super) found: Found,
    pub(super) case: Case,
    pub(super) id: TranscriptId,
}

/// How far reading has come, before a file is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The file's number, from 1.
    pub nth: usize,
    /// How many files there are.
    pub files: usize,
    /// Bytes of the files before it.
    pub done: u64,
    /// Its bytes.
    pub length: u64,
    /// Bytes of all.
    pub bytes: u64,
}

/// What came of every file.
#[derive(Default)]
pub struct Batch {
    /// The files that could be read.
    pub read: Vec<Read>,
    /// What is wrong with files that were named; then nothing is written.
    pub problems: Vec<Problem>,
    /// What is wrong with files of a folder; the others are written all the same.
    pub unread: Vec<Problem>,
    /// Files of a folder that are no transcripts, or are in the study already.
    aside: Vec<Message>,
    /// Folders inside the folders.
    deeper: usize,
    /// Whether several files were looked at.
    pub several: bool,
}

impl Batch {
    /// What is said of files of a folder that were passed over.
    pub fn said(&mut self) -> Vec<Message> {
        let mut said = std::mem::take(&mut self.aside);
        if self.deeper > 0 {
            said.push(msg!("import.folder.deeper", n = self.deeper));
        }
        said
    }
}

/// Reads all files.
///
/// # Errors
/// A file that was named is not there, or the list of speakers cannot be read; what is wrong inside files is in the
/// batch.
pub fn read(
    ask: &ImportAsk,
    opened: Option<&Opened>,
    key: Option<&Key>,
    watch: &mut dyn FnMut(Reading),
) -> Result<Batch, Failure> {
    let (mut files, deeper) = given_files(&ask.files)?;
    // The lists that belong to the import may lie beside the transcripts.
    files.retain(|it| {
        let lists = ask.speakers.iter().chain(&ask.pseudonyms).map(PathBuf::as_path);
        let mut lists = lists.chain(ask.output.as_deref());
        it.folder.is_none() || !lists.any(|list| is_same_file(list, &it.path))
    });
    ask.check(files.len())?;
    let known = Known {
        rows: &speaker_rows(ask)?,
        key: key.map_or(&[], |it| &it.rows),
        pattern: pattern(ask)?,
    };
    let mut naming = Naming::new(opened);
    let mut batch = Batch { deeper, several: files.len() > 1, ..Batch::default() };
    let bytes = files.iter().map(|it| it.length).sum();
    let mut done = 0;
    for (nth, given) in (1..).zip(&files) {
        watch(Reading { nth, files: files.len(), done, length: given.length, bytes });
        one(ask, given, &known, &mut naming, &mut batch)?;
        done += given.length;
    }
    if let (true, Some(folder)) = (batch.came_to_nothing(), folder(&files, &ask.files)) {
        let what = msg!("import.folder.nothing", file = folder.display());
        return Err(Failure::Usage(what, msg!("import.folder.nothing.fix")));
    }
    Ok(batch)
}

impl Batch {
    fn came_to_nothing(&self) -> bool {
        self.read.is_empty()
            && self.problems.is_empty()
            && self.unread.is_empty()
            && self.aside.is_empty()
    }
}

/// The folder that was named, where there was nothing in it.
fn folder<'a>(files: &[Given], named: &'a [PathBuf]) -> Option<&'a Path> {
    if files.is_empty() { named.first().map(PathBuf::as_path) } else { None }
}

/// Labels that are known to be speakers before a file is read.
struct Known<'a> {
    rows: &'a [SpeakerRow],
    key: &'a [KeyRow],
    pattern: Option<Pattern>,
}

/// The researcher's own pattern for labels.
fn pattern(ask: &ImportAsk) -> Result<Option<Pattern>, Failure> {
    let made = ask.speaker_pattern.as_deref().map(Pattern::new).transpose();
    made.map_err(|what| Failure::Usage(what, msg!("import.pattern.fix")))
}

impl Known<'_> {
    fn declared(&self, case: &Case, transcript: &TranscriptId) -> Vec<String> {
        let mut declared = people::declared(self.rows, transcript);
        let of_case = |row: &&KeyRow| row.case.as_ref().is_none_or(|it| *it == case.id);
        declared.extend(self.key.iter().filter(of_case).map(|row| row.name.clone()));
        declared
    }
}

/// Reads one file.
fn one(
    ask: &ImportAsk,
    given: &Given,
    known: &Known<'_>,
    naming: &mut Naming,
    batch: &mut Batch,
) -> Result<(), Failure> {
    let file = given.path.display().to_string();
    if let Some(unreadable) = told_by_its_head(given)? {
        batch.left(given, &file, unreadable);
        return Ok(());
    }
    let bytes = read_given(&given.path)?;
    let before = naming.clone();
    // A file that takes its own place is read anew: with pseudonyms, or with a list of speakers.
    let seen = naming.seen_before(&file, &bytes);
    let own = |it: &Seen| matches!((it, &ask.replace), (Seen::Transcript(id), Some(old)) if id == old.as_str());
    if let Some(seen) = seen.filter(|it| !own(it)) {
        let (what, fix, id) = match seen {
            Seen::Transcript(id) => {
                let fix = msg!("import.again.fix", transcript = id);
                (msg!("import.again", transcript = id), fix, id)
            }
            Seen::File(twin) => (msg!("import.twin", other = twin), msg!("import.twin.fix"), twin),
        };
        match given.folder {
            Some(_) => batch.aside.push(msg!("import.folder.again", file = file, known = id)),
            None => batch.problems.push(Problem::new(Place::file(file), what, fix)),
        }
        return Ok(());
    }
    let (case, id, mut remarks) = naming.names(ask, &given.path)?;
    let declared = known.declared(&case, &id);
    let options = Options {
        encoding: ask.encoding.as_deref(),
        declared: &declared,
        pattern: known.pattern.as_ref(),
    };
    match import::read(&file, &bytes, &options) {
        Ok(mut found) => {
            found.language = ask.language.clone().or(found.language);
            let stem = given.path.file_stem().map(|it| it.to_string_lossy()).unwrap_or_default();
            let named_here = ask.transcript.is_some() || ask.replace.is_some();
            if !named_here && (looks_like_a_person(&stem) || is_in_file_name(&found.draft, &stem)) {
                remarks.push(msg!("import.file_name", transcript = id));
            }
            found.draft.notes.splice(0..0, remarks);
            batch.read.push(Read { path: given.path.clone(), bytes, found, case, id });
        }
        Err(unreadable) => {
            *naming = before;
            batch.left(given, &file, unreadable);
        }
    }
    Ok(())
}

/// Why a long file need not be read: it is a recording, a picture, or no text.
fn told_by_its_head(given: &Given) -> Result<Option<Unreadable>, Failure> {
    if given.length <= HEAD as u64 {
        return Ok(None);
    }
    head_of_given(&given.path, HEAD as u64).map(|head| document::by_head(&head))
}

impl Batch {
    /// Notes a file that could not be read.
    fn left(&mut self, given: &Given, file: &str, unreadable: Unreadable) {
        if given.folder.is_none() {
            self.problems.push(unreadable.of(file));
        } else if unreadable.is_no_transcript() {
            self.aside.push(aside(unreadable.what.key, file));
        } else {
            self.unread.push(unreadable.of(file));
        }
    }
}

/// What is said of a file of a folder that is no transcript, by its kind.
fn aside(kind: &str, file: &str) -> Message {
    match kind {
        "import.is.recording" => msg!("import.folder.recording", file = file),
        _ => msg!("import.folder.picture", file = file),
    }
}

/// The list of speakers.
pub(super) fn speaker_rows(ask: &ImportAsk) -> Result<Vec<SpeakerRow>, Failure> {
    let Some(path) = &ask.speakers else { return Ok(Vec::new()) };
    let mut problems = Vec::new();
    let rows = speakers::read(&path.display().to_string(), &read_given(path)?, &mut problems);
    if problems.is_empty() { Ok(rows) } else { Err(Failure::Invalid(problems)) }
}
