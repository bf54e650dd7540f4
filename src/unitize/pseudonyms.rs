//! Names in the place of labels become pseudonyms: `P1` … for who takes part, `Moderator` … for who asks.
//!
//! The key says who is who, and is all that is ever known of names here. A name means the same person
//! within one case; a row of the key without a case means it in every case.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::draft::{Draft, Label};
use super::people::SpeakerRow;
use super::role::{name_words, names_a_person};
use super::shape::{key, shown};
use crate::domain::id::{CaseId, ParticipantId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::participant::{Participant, Role};
use crate::domain::slug::slug;
use crate::domain::slug::{Taken, unique_id};
use crate::language;

/// One row of the key: who is meant by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The name as a transcript has it.
    pub name: String,
    /// The case in which it means this person; absent for every case.
    pub case: Option<CaseId>,
    /// The pseudonym.
    pub participant: ParticipantId,
}

/// A transcript whose names are to become pseudonyms.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The case it belongs to.
    pub case: &'a CaseId,
    /// Its id.
    pub transcript: &'a TranscriptId,
    /// What was found in it.
    pub draft: &'a Draft,
}

/// What became of the names of some transcripts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Rows that say who speaks under each name, to stand before those of the researcher's list.
    pub rows: Vec<SpeakerRow>,
    /// Rows of the researcher's list that were used, as places in it.
    pub matched: BTreeSet<usize>,
    /// What the key lacks.
    pub new: Vec<KeyRow>,
    /// How many names were in the key already.
    pub known: usize,
    /// Rows of the key that the researcher's list contradicts: the place in the key, and who it is instead.
    pub differing: Vec<(usize, ParticipantId)>,
    /// Pseudonyms of people in two cases who have one name: the new one, and the other.
    pub same_name: Vec<(ParticipantId, ParticipantId)>,
}

/// Gives every name in these transcripts its pseudonym: the one that the list of speakers or the key has,
/// or the next.
#[must_use]
pub fn assign(
    transcripts: &[Named<'_>],
    list: &[SpeakerRow],
    key_rows: &[KeyRow],
    people: &[Participant],
) -> Assigned {
    let mut numbers = Numbers::new(transcripts, list, key_rows, people);
    let mut out = Assigned::default();
    for one in transcripts {
        for label in one.draft.labels.iter().filter(|it| names_a_person(&it.text)) {
            let keys = spellings(label);
            let row = row_of(list, one.transcript, &keys);
            out.matched.extend(row.map(|(at, _)| at));
            let row = row.map(|(_, row)| row);
            let wished = row.and_then(|row| row.participant.clone());
            let role = row.and_then(|row| row.role);
            let known = find(key_rows, &keys, one.case);
            let made = out.new.iter().find(|it| means(it, &keys, one.case));
            let made = made.map(|it| it.participant.clone());
            let first_met = known.is_none() && made.is_none();
            let participant = match (wished, known, made) {
                (Some(wished), Some((at, row)), _) if !same(&row.participant, &wished) => {
                    out.differing.push((at, wished.clone()));
                    wished
                }
                (_, Some((_, row)), _) => {
                    out.known += 1;
                    row.participant.clone()
                }
                (Some(wished), None, _) => wished,
                (None, None, Some(made)) => made,
                (None, None, None) => numbers.next(role.unwrap_or(label.role)),
            };
            if first_met {
                let elsewhere = key_rows.iter().chain(&out.new).find(|it| {
                    keys.contains(&key(&it.name)) && !same(&it.participant, &participant)
                });
                let other = elsewhere.map(|it| it.participant.clone());
                out.same_name.extend(other.map(|other| (participant.clone(), other)));
            }
            for name in names(label) {
                let row =
                    KeyRow { name, case: Some(one.case.clone()), participant: participant.clone() };
                let there = key_rows.iter().chain(&out.new).any(|it| {
                    key(&it.name) == key(&row.name)
                        && it.case.as_ref().is_none_or(|it| it == one.case)
                });
                if !there {
                    out.new.push(row);
                }
            }
            out.rows.push(SpeakerRow {
                transcript: Some(one.transcript.clone()),
                label: label.text.clone(),
                participant: Some(participant),
                role,
            });
        }
    }
    out
}

/// The row of the list of speakers that is about a label; one that names the transcript is worth more.
fn row_of<'a>(
    list: &'a [SpeakerRow],
    transcript: &TranscriptId,
    keys: &BTreeSet<String>,
) -> Option<(usize, &'a SpeakerRow)> {
    let rows = list.iter().enumerate().filter(|(_, row)| {
        row.applies_to(transcript) && !row.label.is_empty() && keys.contains(&key(&row.label))
    });
    rows.max_by_key(|(at, row)| (row.transcript.is_some(), std::cmp::Reverse(*at)))
}

/// The row of the key that means a name in a case; one of that very case is worth more.
fn find<'a>(
    rows: &'a [KeyRow],
    keys: &BTreeSet<String>,
    case: &CaseId,
) -> Option<(usize, &'a KeyRow)> {
    let rows = rows.iter().enumerate().filter(|(_, row)| means(row, keys, case));
    rows.max_by_key(|(at, row)| (row.case.is_some(), std::cmp::Reverse(*at)))
}

fn means(row: &KeyRow, keys: &BTreeSet<String>, case: &CaseId) -> bool {
    row.case.as_ref().is_none_or(|it| it == case) && keys.contains(&key(&row.name))
}

fn same(one: &ParticipantId, other: &ParticipantId) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// A label in each way in which the file writes it, those that differ by more than case and spaces.
fn names(label: &Label) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = std::iter::once(&label.text).chain(&label.spellings);
    all.map(|it| shown(it)).filter(|it| seen.insert(key(it))).collect()
}

fn spellings(label: &Label) -> BTreeSet<String> {
    std::iter::once(&label.text).chain(&label.spellings).map(|it| key(it)).collect()
}

/// Pseudonyms that are free.
struct Numbers {
    /// Ids that are in use or will be, in small letters.
    taken: BTreeSet<String>,
    /// The highest number of a participant so far.
    highest: u32,
}

impl Numbers {
    fn new(
        transcripts: &[Named<'_>],
        list: &[SpeakerRow],
        key_rows: &[KeyRow],
        people: &[Participant],
    ) -> Self {
        let labels = transcripts.iter().flat_map(|it| &it.draft.labels);
        let labels = labels.filter(|it| !names_a_person(&it.text));
        let ids = people.iter().map(|it| &it.id);
        let ids = ids.chain(list.iter().filter_map(|it| it.participant.as_ref()));
        let ids = ids.chain(key_rows.iter().map(|it| &it.participant));
        let taken = ids.map(|it| it.as_str().to_ascii_lowercase());
        let labels = labels.filter_map(|it| slug(&it.text, 'S')).map(|it| it.to_ascii_lowercase());
        let taken: BTreeSet<String> = taken.chain(labels).collect();
        // A number that was somebody's is never somebody else's, so they go on after the highest.
        let numbers = taken.iter().filter_map(|it| it.strip_prefix('p')?.parse().ok());
        let highest = numbers.filter(|it| *it < 10_000).max().unwrap_or(0);
        Self { taken, highest }
    }

    /// The next pseudonym of a role.
    fn next(&mut self, role: Role) -> ParticipantId {
        let stem = match role {
            Role::Moderator => "Moderator",
            Role::Observer => "Observer",
            Role::Participant | Role::Unknown => {
                self.highest += 1;
                return self.take(&format!("P{}", self.highest));
            }
        };
        let free = |it: &String| !self.taken.contains(&it.to_ascii_lowercase());
        let numbered = (2_u32..).map(|nth| format!("{stem}{nth}"));
        let next = std::iter::once(stem.to_owned()).chain(numbered).find(free);
        self.take(&next.unwrap_or_default())
    }

    fn take(&mut self, name: &str) -> ParticipantId {
        // It has the shape of an id, and is free; the way over `unique_id` spares a panic.
        let mut taken = Taken::default();
        let id: ParticipantId = unique_id(name, 'P', &mut taken);
        self.taken.insert(id.as_str().to_ascii_lowercase());
        id
    }
}

/// How often words of these names are said in a transcript, as names are written: with a capital.
#[must_use]
pub fn mentions(draft: &Draft) -> usize {
    let names = words_of_names(draft);
    if names.is_empty() {
        return 0;
    }
    let texts = draft.paragraphs.iter().map(|it| it.text.as_str());
    let said = texts.flat_map(|text| text.split(|it: char| !it.is_alphanumeric()));
    said.filter(|word| {
        word.starts_with(|it: char| !it.is_lowercase()) && names.contains(&language::fold(word))
    })
    .count()
}

/// Whether a name of a file holds a word of a name that becomes a pseudonym.
#[must_use]
pub fn is_in_file_name(draft: &Draft, stem: &str) -> bool {
    let names = words_of_names(draft);
    words_of(stem).any(|word| names.contains(&word))
}

/// Whether the name of a file looks like a person's: a word of it is a common given name.
#[must_use]
pub fn looks_like_a_person(stem: &str) -> bool {
    words_of(stem).any(|word| language::is_given_name(&word))
}

/// The words of a file's name, folded: signs, numbers and a change to capitals (`AnaPerez`) part them.
fn words_of(stem: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for letter in stem.nfc() {
        if !letter.is_alphabetic() || (small && letter.is_uppercase()) {
            words.push(String::new());
        }
        small = letter.is_lowercase();
        if let (Some(last), true) = (words.last_mut(), letter.is_alphabetic()) {
            last.push(letter);
        }
    }
    words.into_iter().map(|word| language::fold(&word)).filter(|word| !word.is_empty())
}

fn words_of_names(draft: &Draft) -> BTreeSet<String> {
    let labels = draft.labels.iter().filter(|it| names_a_person(&it.text));
    let texts = labels.flat_map(|it| std::iter::once(&it.text).chain(&it.spellings));
    let words = texts.flat_map(|it| name_words(it)).map(|it| language::fold(&it));
    words.filter(|it| it.chars().count() >= 3).collect()
}

/// A draft that can be shown: no name is left in its labels, reasons and notes. `ids` has the pseudonym of
/// each label. What was said stays.
#[must_use]
pub fn without_names(draft: &Draft, ids: &[ParticipantId]) -> Draft {
    let mut masked = draft.clone();
    let mut by_key: BTreeMap<String, &ParticipantId> = BTreeMap::new();
    for (label, id) in draft.labels.iter().zip(ids).filter(|(it, _)| names_a_person(&it.text)) {
        by_key.extend(spellings(label).into_iter().map(|key| (key, id)));
    }
    let mask = |message: &mut Message| {
        for (_, value) in &mut message.arguments {
            if let Some(id) = by_key.get(&key(value)) {
                *value = id.to_string();
            }
        }
    };
    for (label, id) in masked.labels.iter_mut().zip(ids) {
        mask(&mut label.why);
        mask(&mut label.why_role);
        if names_a_person(&label.text) {
            label.text = id.to_string();
            label.spellings.clear();
            label.looks_personal = false;
        }
    }
    for one in masked.rejected.iter_mut().filter(|it| names_a_person(&it.text)) {
        one.text = "…".to_owned();
    }
    masked.notes.iter_mut().for_each(mask);
    masked.notes.retain(|note| {
        let values: BTreeSet<&str> = note.arguments.iter().map(|(_, it)| it.as_str()).collect();
        note.key != "import.note.merged" || values.len() > 1
    });
    masked
}
