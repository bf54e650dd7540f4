//! From the labels of a draft to participants: who is who in a study.
//!
//! The same label in two transcripts of one case is one participant; a label already used in another
//! case becomes `<case>-<label>`, unless the researcher's list of speakers says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, DraftParagraph, Label};
use super::shape::key;
use crate::domain::id::{CaseId, ParticipantId, TranscriptId};
use crate::domain::participant::{Participant, Quotable, Role};
use crate::domain::slug::{self, Taken};
use crate::domain::transcript::Paragraph;

/// One row of a list of speakers: `transcript,label,participant,role`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The transcript it is about; absent for any.
    pub transcript: Option<TranscriptId>,
    /// The label as the file has it; empty for who speaks where nobody but
    /// moderators is labelled.
    pub label: String,
    /// Who that is; absent to leave the id to import.
    pub participant: Option<ParticipantId>,
    /// What this person does; absent to leave the role to import.
    pub role: Option<Role>,
}

impl SpeakerRow {
    /// Whether it is about this transcript.
    pub(super) fn applies_to(&self, transcript: &TranscriptId) -> bool {
        self.transcript
            .as_ref()
            .is_none_or(|it| it.as_str().eq_ignore_ascii_case(transcript.as_str()))
    }
}

/// A draft with its people named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The paragraphs of the transcript.
    pub paragraphs: Vec<Paragraph>,
    /// For each label of the draft, the participant, as a place in `participants`.
    pub labels: Vec<usize>,
    /// Everybody who speaks, in order of first label: new people, and known ones as they now are.
    pub participants: Vec<Participant>,
    /// Rows that name this transcript and a label that it does not have, as places in the list.
    pub unmatched: Vec<usize>,
    /// Rows that said who speaks, as places in the list.
    pub met: BTreeSet<usize>,
    /// Who was taken for a person of the case by the id alone, because the study keeps no name.
    pub taken: Vec<ParticipantId>,
}

/// The labels by which people were called in files of the same run.
pub type Heard = BTreeMap<ParticipantId, BTreeSet<String>>;

/// The labels that a list of speakers declares for a transcript.
#[must_use]
pub fn declared(rows: &[SpeakerRow], transcript: &TranscriptId) -> Vec<String> {
    let rows = rows.iter().filter(|row| row.applies_to(transcript) && !row.label.is_empty());
    rows.map(|row| row.label.clone()).collect()
}

/// Names the people of a draft, given the list of speakers and everybody the study knows already; their labels are
/// added to those that were heard.
#[must_use]
pub fn cast(
    draft: &Draft,
    case: &CaseId,
    transcript: &TranscriptId,
    rows: &[SpeakerRow],
    known: &[Participant],
    heard: &mut Heard,
) -> Cast {
    let mut naming = Naming::new(case, transcript, rows, known, heard);
    let labels: Vec<usize> = draft.labels.iter().map(|label| naming.participant(label)).collect();
    let asks = naming.who_asks();
    let speaker = |it: &DraftParagraph| {
        let own = it.label.and_then(|label| labels.get(label).copied());
        // A printed question is the interviewer's, where the list of speakers says who that is.
        let printed = || asks.filter(|_| it.text.ends_with(['?', '？', '؟']));
        let at = own.or_else(printed)?;
        naming.participants.get(at).map(|it| it.id.clone())
    };
    let paragraphs = draft
        .paragraphs
        .iter()
        .map(|it| Paragraph { time: it.time, speaker: speaker(it), text: it.text.clone() })
        .collect();
    let unmatched = naming.unmatched();
    let Naming { participants, matched: met, taken_for: taken, .. } = naming;
    Cast { paragraphs, labels, participants, unmatched, met, taken }
}

/// People being named.
struct Naming<'a> {
    case: &'a CaseId,
    rows: Vec<(usize, &'a SpeakerRow)>,
    matched: BTreeSet<usize>,
    known: &'a [Participant],
    heard: &'a mut Heard,
    taken_for: Vec<ParticipantId>,
    participants: Vec<Participant>,
    /// Where each person stands in `participants`.
    places: BTreeMap<ParticipantId, usize>,
    /// Ids in use.
    taken: Taken,
}

impl<'a> Naming<'a> {
    fn new(
        case: &'a CaseId,
        transcript: &TranscriptId,
        rows: &'a [SpeakerRow],
        known: &'a [Participant],
        heard: &'a mut Heard,
    ) -> Self {
        let rows: Vec<_> =
            rows.iter().enumerate().filter(|(_, row)| row.applies_to(transcript)).collect();
        let given = rows.iter().filter_map(|(_, row)| row.participant.as_ref());
        let ids = known.iter().map(|it| &it.id).chain(given);
        let taken = ids.map(ParticipantId::as_str).collect();
        Self {
            case,
            rows,
            matched: BTreeSet::new(),
            known,
            heard,
            taken_for: Vec::new(),
            participants: Vec::new(),
            places: BTreeMap::new(),
            taken,
        }
    }

    /// The place of a label's participant.
    fn participant(&mut self, label: &Label) -> usize {
        let keys: BTreeSet<String> =
            std::iter::once(&label.text).chain(&label.spellings).map(|it| key(it)).collect();
        // A row that names the transcript is worth more than one that is about any; one without label says who
        // speaks where no label stands.
        let fits = |row: &SpeakerRow| {
            let empty = label.unnamed && row.label.is_empty() && row.role != Some(Role::Moderator);
            empty || (!row.label.is_empty() && keys.contains(&key(&row.label)))
        };
        let row = self
            .rows
            .iter()
            .filter(|(_, row)| fits(row))
            .max_by_key(|(at, row)| (row.transcript.is_some(), std::cmp::Reverse(*at)))
            .copied();
        if let Some((at, _)) = row {
            self.matched.insert(at);
        }
        let row = row.map(|(_, row)| row);
        let id = row.and_then(|row| row.participant.clone());
        let mut person = match id {
            Some(id) => self.person(id, label),
            None => self.same_case(&keys, label).unwrap_or_else(|| self.new_person(label)),
        };
        if let Some(role) = row.and_then(|row| row.role) {
            person.role = role;
        }
        self.heard.entry(person.id.clone()).or_default().extend(keys);
        self.place(person)
    }

    /// Who asks the questions that are printed as headings, if a row without label says so.
    fn who_asks(&mut self) -> Option<usize> {
        let asks = |row: &SpeakerRow| row.label.is_empty() && row.role == Some(Role::Moderator);
        let (at, row) = self.rows.iter().find(|(_, row)| asks(row)).copied()?;
        let id = row.participant.clone()?;
        self.matched.insert(at);
        let known = self.known.iter().find(|it| it.id == id).cloned();
        let person = known.unwrap_or_else(|| self.blank(id, String::new(), Role::Moderator));
        Some(self.place(Participant { role: Role::Moderator, ..person }))
    }

    /// The person of an id that the list of speakers gives.
    fn person(&self, id: ParticipantId, label: &Label) -> Participant {
        let known = |it: &&Participant| it.id.as_str().eq_ignore_ascii_case(id.as_str());
        match self.participants.iter().chain(self.known).find(known) {
            Some(known) => {
                let mut person = known.clone();
                if person.case.as_ref().is_some_and(|case| case != self.case) {
                    person.case = None; // sits in several cases
                }
                person
            }
            None => self.blank(id, name_of(label), label.role),
        }
    }

    /// The known participant of this case who has this label: by a name that is kept or was heard, else by the id, which
    /// Peña and Pena share.
    fn same_case(&mut self, keys: &BTreeSet<String>, label: &Label) -> Option<Participant> {
        let slug = slug::slug(&label.text, 'S').unwrap_or_default();
        let prefixed = format!("{}-{slug}", self.case);
        let same_id = |it: &Participant| {
            let id = it.id.as_str();
            id.eq_ignore_ascii_case(&slug) || id.eq_ignore_ascii_case(&prefixed)
        };
        let here = || self.known.iter().filter(|it| it.case.as_ref() == Some(self.case));
        let named = here().find(|it| !it.name.is_empty() && keys.contains(&key(&it.name)));
        let was_heard = |it: &&Participant| {
            self.heard.get(&it.id).is_some_and(|labels| !labels.is_disjoint(keys))
        };
        if let Some(person) = named.or_else(|| here().find(was_heard)) {
            return Some(person.clone());
        }
        let alike = |it: &&Participant| {
            it.name.is_empty() && same_id(it) && !self.heard.contains_key(&it.id)
        };
        let person = here().find(alike)?.clone();
        self.taken_for.push(person.id.clone());
        Some(person)
    }

    fn new_person(&mut self, label: &Label) -> Participant {
        let slug = slug::slug(&label.text, 'S');
        let elsewhere = slug.as_ref().is_some_and(|slug| {
            let same = |it: &&Participant| it.id.as_str().eq_ignore_ascii_case(slug);
            self.known.iter().find(same).is_some_and(|it| it.case.as_ref() != Some(self.case))
        });
        let name = match slug {
            Some(slug) if elsewhere => format!("{}-{slug}", self.case),
            _ => label.text.clone(),
        };
        let id = slug::unique_id(&name, 'S', &mut self.taken);
        self.blank(id, name_of(label), label.role)
    }

    fn blank(&self, id: ParticipantId, name: String, role: Role) -> Participant {
        Participant {
            id,
            name,
            case: Some(self.case.clone()),
            role,
            quotes: Quotable::default(),
            withdrawn: String::new(),
            attributes: Vec::new(),
        }
    }

    /// Puts a person into the list, once.
    fn place(&mut self, person: Participant) -> usize {
        let at = *self.places.entry(person.id.clone()).or_insert(self.participants.len());
        match self.participants.get_mut(at) {
            Some(slot) => *slot = person,
            None => self.participants.push(person),
        }
        at
    }

    fn unmatched(&self) -> Vec<usize> {
        let named = self.rows.iter().filter(|(_, row)| row.transcript.is_some());
        named.map(|(at, _)| *at).filter(|at| !self.matched.contains(at)).collect()
    }
}

/// The name that a study keeps: the label, unless it looks like a person's.
fn name_of(label: &Label) -> String {
    if label.looks_personal || label.unnamed { String::new() } else { label.text.clone() }
}
