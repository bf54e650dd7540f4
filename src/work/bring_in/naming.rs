//! How files become cases and transcripts, and what is taken already.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ImportAsk;
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::slug::{Taken, slug, unique};
use crate::format::codebook::sha256;
use crate::msg;
use crate::store::Opened;

/// Whose bytes a file has.
#[derive(Clone)]
pub(super) enum Seen {
    /// Those of a transcript of the study.
    Transcript(String),
    /// Those of another file of this run.
    File(String),
}

/// What is taken already, and how files become cases and transcripts.
#[derive(Clone)]
pub(super) struct Naming {
    cases: Vec<Case>,
    transcripts: Taken,
    taken_cases: Taken,
    /// Cases that have a transcript.
    filled: BTreeSet<CaseId>,
    hashes: Vec<(String, Seen)>,
    case_of: BTreeMap<TranscriptId, CaseId>,
}

impl Naming {
    pub(super) fn new(opened: Option<&Opened>) -> Self {
        let study = opened.map(|it| &it.study);
        let transcripts =
            || study.into_iter().flat_map(|it| it.transcripts.iter().chain(&it.moved.replaced));
        let cases: Vec<Case> = study.map(|it| it.cases.clone()).unwrap_or_default();
        Self {
            taken_cases: cases.iter().map(|it| it.id.as_str()).collect(),
            cases,
            transcripts: transcripts()
                .map(|it| it.id.as_str().to_ascii_lowercase())
                .chain(opened.into_iter().flat_map(Opened::begun_replacements))
                .collect(),
            filled: transcripts().map(|it| it.case.clone()).collect(),
            case_of: transcripts().map(|it| (it.id.clone(), it.case.clone())).collect(),
            hashes: transcripts()
                .map(|it| (it.source_sha256.clone(), Seen::Transcript(it.id.to_string())))
                .collect(),
        }
    }

    /// The transcript or the file that has these very bytes, under whatever name.
    pub(super) fn seen_before(&mut self, file: &str, bytes: &[u8]) -> Option<Seen> {
        let hash = sha256(bytes);
        if let Some((_, known)) = self.hashes.iter().find(|(known, _)| *known == hash) {
            return Some(known.clone());
        }
        self.hashes.push((hash, Seen::File(file.to_owned())));
        None
    }

    /// The case and the id of a file; and, where its own name is taken, what was said of that.
    pub(super) fn names(
        &mut self,
        ask: &ImportAsk,
        path: &Path,
    ) -> Result<(Case, TranscriptId, Vec<Message>), Failure> {
        let odd = || Failure::Usage(msg!("import.odd_name"), msg!("import.odd_name.fix"));
        let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let replaced = ask.replace.as_ref().and_then(|id| self.case_of.get(id)).cloned();
        let mut remarks = Vec::new();
        let case = match (replaced, ask.case.as_deref()) {
            (Some(id), _) => self.cases.iter().find(|case| case.id == id).cloned(),
            (None, Some(name)) => {
                self.known_case(name).or_else(|| self.new_case(name, name.to_owned()))
            }
            (None, None) => match self.known_case(&stem) {
                Some(known) if self.filled.contains(&known.id) => {
                    let case = self.new_case(&stem, self.apart(&stem, path));
                    remarks.extend(case.as_ref().map(|case| {
                        msg!("import.namesake.case", known = known.id, case = &case.id)
                    }));
                    case
                }
                Some(known) => Some(known),
                None => self.new_case(&stem, stem.clone()),
            },
        };
        let case = case.ok_or_else(odd)?;
        self.filled.insert(case.id.clone());
        let own = slug(&stem, 'T').filter(|it| self.transcripts.has(it));
        let id: TranscriptId = match &ask.transcript {
            Some(id) if !self.transcripts.take(id.as_str()) => {
                let what = msg!("import.taken", transcript = id);
                return Err(Failure::Refused(what, msg!("import.taken.fix")));
            }
            Some(id) => id.clone(),
            None => unique(&stem, 'T', &mut self.transcripts).parse().map_err(|_| odd())?,
        };
        let taken = own.filter(|_| ask.transcript.is_none() && ask.replace.is_none());
        remarks.extend(taken.map(|known| msg!("import.namesake", known = known, transcript = id)));
        Ok((case, id, remarks))
    }

    /// The name of a case whose file has the name of another's: the file's own, or with its folder where a case
    /// has that very name.
    fn apart(&self, stem: &str, path: &Path) -> String {
        let folder = path.parent().and_then(Path::file_name).map(|it| it.to_string_lossy());
        match folder {
            Some(folder) if self.cases.iter().any(|it| it.name == stem) => {
                format!("{stem} ({folder})")
            }
            _ => stem.to_owned(),
        }
    }

    /// The case of that name or id.
    fn known_case(&self, name: &str) -> Option<Case> {
        let as_id = slug(name, 'C');
        let same_id = |case: &&Case| {
            as_id.as_deref().is_some_and(|id| case.id.as_str().eq_ignore_ascii_case(id))
        };
        let named = self.cases.iter().find(|case| case.name == name);
        named.or_else(|| self.cases.iter().find(same_id)).cloned()
    }

    /// A new case with an id after this and a name.
    fn new_case(&mut self, after: &str, name: String) -> Option<Case> {
        let id: CaseId = unique(after, 'C', &mut self.taken_cases).parse().ok()?;
        let case = Case { id, name, attributes: Vec::new() };
        self.cases.push(case.clone());
        Some(case)
    }
}
