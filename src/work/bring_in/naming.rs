//! How files become cases and transcripts, and what is taken already.

use std::collections::BTreeMap;
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

/// What is taken already, and how files become cases and transcripts.
#[derive(Clone)]
pub(super) struct Naming {
    cases: Vec<Case>,
    transcripts: Taken,
    taken_cases: Taken,
    hashes: Vec<(String, String)>,
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
            case_of: transcripts().map(|it| (it.id.clone(), it.case.clone())).collect(),
            hashes: transcripts().map(|it| (it.source_sha256.clone(), it.id.to_string())).collect(),
        }
    }

    /// The transcript or the file that has these very bytes, under whatever name.
    pub(super) fn seen_before(&mut self, file: &str, bytes: &[u8]) -> Option<String> {
        let hash = sha256(bytes);
        if let Some((_, known)) = self.hashes.iter().find(|(known, _)| *known == hash) {
            return Some(known.clone());
        }
        self.hashes.push((hash, file.to_owned()));
        None
    }

    /// The case and the id of a file; and, where its own name is taken, what was said of that.
    pub(super) fn names(
        &mut self,
        ask: &ImportAsk,
        path: &Path,
    ) -> Result<(Case, TranscriptId, Option<Message>), Failure> {
        let odd = || Failure::Usage(msg!("import.odd_name"), msg!("import.odd_name.fix"));
        let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let replaced = ask.replace.as_ref().and_then(|id| self.case_of.get(id)).cloned();
        let case = match replaced {
            Some(id) => self.cases.iter().find(|case| case.id == id).cloned(),
            None => self.case(ask.case.as_deref().unwrap_or(&stem)),
        };
        let case = case.ok_or_else(odd)?;
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
        let remark = taken.map(|known| msg!("import.namesake", known = known, transcript = id));
        Ok((case, id, remark))
    }

    /// The case of that name or id, or a new one.
    fn case(&mut self, name: &str) -> Option<Case> {
        let as_id = slug(name, 'C');
        let same = |case: &&Case| {
            case.name == name
                || as_id.as_deref().is_some_and(|id| case.id.as_str().eq_ignore_ascii_case(id))
        };
        if let Some(known) = self.cases.iter().find(same) {
            return Some(known.clone());
        }
        let id: CaseId = unique(name, 'C', &mut self.taken_cases).parse().ok()?;
        let case = Case { id, name: name.to_owned(), attributes: Vec::new() };
        self.cases.push(case.clone());
        Some(case)
    }
}
