//! `--pseudonyms KEY.csv`: names become pseudonyms, and the key to them stays outside the study.

use std::path::{Path, PathBuf};

use super::ImportAsk;
use super::reading::Read;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::format::key;
use crate::msg;
use crate::store::{Folder, is_inside_a_repository, is_inside_a_study, read_given};
use crate::unitize::pseudonyms::{Assigned, KeyRow, is_in_file_name};

/// The key as it was before this import.
pub struct Key {
    path: PathBuf,
    bytes: Vec<u8>,
    pub(super) rows: Vec<KeyRow>,
}

impl Key {
    /// Reads the key, if one was named; a file that does not exist yet is an empty one.
    ///
    /// # Errors
    /// It lies in a study (refused), or is there and is no key.
    pub fn open(ask: &ImportAsk) -> Result<Option<Self>, Failure> {
        let Some(path) = ask.pseudonyms.clone() else { return Ok(None) };
        let file = path.display().to_string();
        if is_inside_a_study(&path) {
            let what = msg!("import.key.inside", file = file);
            return Err(Failure::Refused(what, msg!("import.key.inside.fix")));
        }
        if is_inside_a_repository(&path) {
            let what = msg!("import.key.repository", file = file);
            return Err(Failure::Refused(what, msg!("import.key.repository.fix")));
        }
        let bytes = if path.exists() { read_given(&path)? } else { Vec::new() };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Some(Self { path, bytes: Vec::new(), rows: Vec::new() }));
        }
        let mut problems = Vec::new();
        let rows = key::read(&file, &bytes, &mut problems);
        match (problems.is_empty(), ask.force) {
            (true, _) => Ok(Some(Self { path, bytes, rows })),
            (false, true) => Ok(Some(Self { path, bytes: Vec::new(), rows: Vec::new() })),
            (false, false) => Err(Failure::Invalid(problems)),
        }
    }

    /// Refuses a list of speakers that gives people other pseudonyms than the key has.
    pub(super) fn agrees(&self, assigned: &Assigned, ask: &ImportAsk) -> Result<(), Failure> {
        if assigned.differing.is_empty() || ask.force {
            return Ok(());
        }
        let ids: Vec<&str> = assigned.differing.iter().map(|(_, id)| id.as_str()).collect();
        let what = msg!("import.key.differs", file = self.path.display(), ids = ids.join(", "));
        Err(Failure::Refused(what, msg!("import.key.differs.fix")))
    }

    /// Writes what this import added to the key, before anything of the study changes: a pseudonym whose
    /// key was lost could never be traced.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, assigned: &Assigned) -> Result<(), Failure> {
        let bytes = if assigned.differing.is_empty() {
            if assigned.new.is_empty() {
                return Ok(());
            }
            key::extended(&self.bytes, &assigned.new)
        } else {
            let mut rows = self.rows.clone();
            for (at, participant) in &assigned.differing {
                if let Some(row) = rows.get_mut(*at) {
                    row.participant = participant.clone();
                }
            }
            key::write(&[rows, assigned.new.clone()].concat())
        };
        Folder::export_private(&self.path, &bytes)
    }

    /// What is said of pseudonyms: what the key got, and where names are left.
    #[must_use]
    pub fn said(&self, assigned: &Assigned, mentions: usize, written: bool) -> Vec<Message> {
        let mut said = Vec::new();
        if written {
            said.push(msg!(
                "import.key.written",
                file = self.path.display(),
                new = assigned.new.len(),
                known = assigned.known,
            ));
        }
        for (new, other) in &assigned.same_name {
            said.push(msg!("import.key.same_name", new = new, other = other));
        }
        if mentions > 0 {
            said.push(msg!("import.key.mentions", n = mentions));
        }
        if written {
            said.push(msg!("import.key.originals"));
        }
        said
    }
}

/// Files whose own names hold a name that becomes a pseudonym: it would stand in transcripts.csv.
pub(super) fn telling_names(read: &[Read]) -> Vec<Problem> {
    let stem = |path: &Path| path.file_stem().map(|it| it.to_string_lossy().into_owned());
    let telling = read
        .iter()
        .filter(|one| is_in_file_name(&one.found.draft, &stem(&one.path).unwrap_or_default()));
    telling
        .map(|one| {
            let at = Place::file(one.path.display().to_string());
            Problem::new(at, msg!("import.key.file_name"), msg!("import.key.file_name.fix"))
        })
        .collect()
}
