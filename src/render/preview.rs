//! What an import found in files: who was taken for a speaker and why, what was left in the text.
//!
//! One file fills a screen (`screen`); several have a line each. Programs get a row for each label, with
//! the columns of the list of speakers first, so that it can be filled in and given back.

mod screen;

use serde_json::{Value as Json, json};

use super::Report;
use super::document::{Column, Document, Forms, Note, Table, Value};
use crate::domain::case::Case;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::escape::csv;
use crate::msg;
use crate::unitize::draft::{Draft, Label};
use crate::unitize::import::Imported;
use crate::unitize::moderation;
use crate::unitize::people::Cast;
use crate::words::{Language, say, word};

/// So many beginnings left in the text are listed.
const LEFT: usize = 8;

/// A file as it was understood, with its people named.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The file as it was given.
    pub file: String,
    /// What was found in it.
    pub found: &'a Imported,
    /// Who its speakers are.
    pub cast: &'a Cast,
    /// The case it goes to.
    pub case: &'a Case,
    /// The transcript it becomes.
    pub transcript: &'a TranscriptId,
}

impl Preview<'_> {
    fn draft(&self) -> &Draft {
        &self.found.draft
    }

    fn turns(&self) -> u64 {
        self.draft().labels.iter().map(|label| u64::from(label.turns)).sum()
    }

    fn words(&self) -> u64 {
        self.draft().labels.iter().map(|label| label.words).sum()
    }

    /// Paragraphs without speaker.
    fn silent(&self) -> usize {
        self.cast.paragraphs.iter().filter(|it| it.speaker.is_none()).count()
    }

    /// The encoding, and how sure that is; absent where the format settles it.
    fn encoding(&self) -> Option<(&'static str, Message)> {
        let guessed = self.draft().notes.iter().any(|note| note.key == "import.note.guessed");
        let sure = if guessed { msg!("preview.guessed") } else { msg!("preview.certain") };
        self.found.encoding.map(|encoding| (encoding, sure))
    }

    /// The language of the talk, or that it is not clear.
    fn language(&self) -> Message {
        match &self.found.language {
            Some(tag) => msg!("preview.language.told", tag = tag),
            None => msg!("preview.language.open"),
        }
    }

    /// What the researcher should look at.
    fn notes(&self) -> Vec<Message> {
        let personal = personal(std::slice::from_ref(self));
        let own = self.draft().notes.iter().cloned();
        own.chain(self.nobody_moderates()).chain(personal).collect()
    }

    /// What looked like a label and was left in the text, most frequent first, and how one becomes a label.
    fn left(&self) -> Option<Message> {
        let rejected = &self.draft().rejected;
        let mut shown: Vec<_> = rejected.iter().collect();
        shown.sort_by_key(|it| std::cmp::Reverse(it.times));
        let told = shown.iter().take(LEFT).map(|it| {
            let text: String = it.text.chars().take(30).collect();
            format!("`{text}` ({})", it.first)
        });
        let mut labels = told.collect::<Vec<_>>().join(", ");
        if shown.len() > LEFT {
            labels.push_str(", …");
        }
        let (n, first) = (rejected.len(), csv::cell(&shown.first()?.text));
        Some(msg!("preview.left", n = n, first = first, labels = labels))
    }

    /// That nobody moderates, and who asks most.
    fn nobody_moderates(&self) -> Option<Message> {
        let people = &self.cast.participants;
        let role = |id: &ParticipantId| {
            people.iter().find(|it| it.id == *id).map_or(Role::Unknown, |it| it.role)
        };
        let asker = moderation::who_asks(&self.cast.paragraphs, role)?;
        Some(msg!(
            "moderation.nobody",
            transcript = self.transcript,
            id = asker.participant,
            asked = asker.asked,
            turns = asker.turns,
        ))
    }

    /// The ids of those who take part, or of those who do not.
    fn ids(&self, take_part: bool) -> Vec<&str> {
        let people = self.cast.participants.iter();
        people.filter(|it| it.role.counts() == take_part).map(|it| it.id.as_str()).collect()
    }

    fn ids_told(&self, take_part: bool) -> String {
        let ids = self.ids(take_part);
        if ids.is_empty() { "–".to_owned() } else { ids.join(", ") }
    }
}

/// That labels look like names of persons, said once for all files.
fn personal(files: &[Preview<'_>]) -> Option<Message> {
    let labels = files.iter().flat_map(|it| &it.draft().labels);
    let personal = labels.filter(|label| label.looks_personal).count();
    (personal > 0).then(|| msg!("preview.personal", n = personal))
}

/// Files as they were understood.
#[derive(Debug)]
pub struct Previews<'a> {
    /// One by one.
    pub files: Vec<Preview<'a>>,
    /// Whether several were looked at, whatever came of them.
    pub several: bool,
}

impl Previews<'_> {
    /// What a single file is shown as on a terminal; absent for several.
    #[must_use]
    pub fn screen(&self, language: Language) -> Option<String> {
        match self.files.as_slice() {
            [only] if !self.several => Some(screen::screen(only, language)),
            _ => None,
        }
    }

    /// A line for each file.
    fn table(&self, language: Language) -> Table {
        let mut table = Table::for_people(headings(
            &[
                "preview.transcript",
                "preview.format",
                "preview.paragraphs",
                "preview.turns",
                "preview.words",
                "preview.take_part",
                "preview.moderate",
                "preview.notes",
            ],
            language,
        ));
        for file in &self.files {
            table.push([
                Value::id(file.transcript),
                Value::id(say(&file.found.format.name(), language)),
                Value::Count(file.draft().paragraphs.len() as u64),
                Value::Count(file.turns()),
                Value::Count(file.words()),
                Value::Count(file.ids(true).len() as u64),
                Value::Count(file.ids(false).len() as u64),
                Value::Count(file.notes().len() as u64),
            ]);
        }
        table
    }

    /// A row for each label, as a list of speakers has it.
    fn labels(&self) -> Table {
        let names = [
            "transcript",
            "label",
            "participant",
            "role",
            "turns",
            "words",
            "line",
            "why",
            "why_role",
        ];
        let for_programs = |name: &str| Column::new(name).only_in(Forms::PROGRAMS);
        let mut table = Table::new(names.map(for_programs).to_vec());
        for file in &self.files {
            for (label, person) in file.draft().labels.iter().zip(&file.cast.labels) {
                let person = file.cast.participants.get(*person);
                table.push([
                    Value::id(file.transcript),
                    Value::Text(label.text.clone()),
                    person.map_or(Value::Missing, |it| Value::id(&it.id)),
                    Value::id(person.map_or(Role::Unknown, |it| it.role)),
                    Value::Count(u64::from(label.turns)),
                    Value::Count(label.words),
                    Value::Count(u64::from(label.first)),
                    Value::Text(say(&label.why, Language::English)),
                    Value::Text(say(&label.why_role, Language::English)),
                ]);
            }
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        for file in &self.files {
            let about = format!("{}: ", file.transcript);
            let told = file.left().into_iter().chain(file.draft().notes.iter().cloned());
            let told = told.chain(file.nobody_moderates()).map(Note::told);
            notes.extend(told.map(|note| note.about(about.clone())));
        }
        notes.extend(personal(&self.files).map(Note::told));
        notes.push(Note::told(msg!("preview.written")));
        notes
    }
}

fn headings(keys: &[&'static str], language: Language) -> Vec<String> {
    keys.iter().map(|key| word(key, language)).collect()
}

impl Report for Previews<'_> {
    fn document(&self, language: Language) -> Document {
        let files: Vec<Json> = self.files.iter().map(file_json).collect();
        let mut document = Document::new("themata.preview/1").asked("files", files);
        let mut tables = vec![self.table(language)];
        if let ([only], false) = (self.files.as_slice(), self.several) {
            document.title.clone_from(&only.file);
            tables.extend([speakers(only, language), rejected(only, language)]);
        }
        for table in tables.into_iter().filter(|table| !table.rows.is_empty()) {
            document = document.table(table);
        }
        document.table(self.labels()).notes(self.notes())
    }
}

/// One file, for programs.
fn file_json(file: &Preview<'_>) -> Json {
    let english = |message: &Message| say(message, Language::English);
    let left = file.draft().rejected.iter();
    let left = left.map(
        |it| json!({"text": it.text, "times": it.times, "line": it.first, "why": english(&it.why)}),
    );
    let encoding = file.encoding();
    json!({
        "file": file.file,
        "transcript": file.transcript.as_str(),
        "case": file.case.id.as_str(),
        "format": english(&file.found.format.name()),
        "encoding": encoding.as_ref().map(|it| it.0),
        "encoding_sure": encoding.map(|it| english(&it.1)),
        "paragraphs": file.draft().paragraphs.len(),
        "without_speaker": file.silent(),
        "turns": file.turns(),
        "words": file.words(),
        "left_in_text": left.collect::<Vec<_>>(),
        "notes": file.notes().iter().map(english).collect::<Vec<_>>(),
    })
}

fn speakers(preview: &Preview<'_>, language: Language) -> Table {
    let mut table = Table::for_people(headings(
        &[
            "preview.label",
            "preview.participant",
            "preview.role",
            "preview.turns",
            "preview.words",
            "preview.line",
            "preview.why",
        ],
        language,
    ))
    .titled(word("preview.speakers", language));
    for (label, person) in preview.draft().labels.iter().zip(&preview.cast.labels) {
        let person = preview.cast.participants.get(*person);
        let mut text = label.text.clone();
        for other in &label.spellings {
            text.push_str(&format!(" = {other}"));
        }
        table.push([
            Value::Text(text),
            person.map_or(Value::Missing, |it| Value::id(&it.id)),
            person.map_or(Value::Missing, |it| Value::id(role(it.role, language))),
            Value::Count(u64::from(label.turns)),
            Value::Count(label.words),
            Value::Count(u64::from(label.first)),
            Value::Text(reasons(label, language)),
        ]);
    }
    table
}

/// Why a label was taken for a speaker, and why for one of that role, if anything tells it.
fn reasons(label: &Label, language: Language) -> String {
    let (why, role) = (say(&label.why, language), say(&label.why_role, language));
    if why == role || label.role == Role::Unknown { why } else { format!("{why}; {role}") }
}

fn rejected(preview: &Preview<'_>, language: Language) -> Table {
    let keys = ["preview.label", "preview.times", "preview.line", "preview.why"];
    let mut table =
        Table::for_people(headings(&keys, language)).titled(word("preview.rejected", language));
    for one in &preview.draft().rejected {
        table.push([
            Value::Text(one.text.clone()),
            Value::Count(u64::from(one.times)),
            Value::Count(u64::from(one.first)),
            Value::Text(say(&one.why, language)),
        ]);
    }
    table
}

/// A role in words.
#[must_use]
pub fn role(role: Role, language: Language) -> String {
    match role {
        Role::Participant => word("role.participant", language),
        Role::Moderator => word("role.moderator", language),
        Role::Observer => word("role.observer", language),
        Role::Unknown => word("role.unknown", language),
    }
}

/// What is said of files that were imported.
#[must_use]
pub fn summary(previews: &[Preview<'_>]) -> Vec<Message> {
    let mut lines = Vec::new();
    for preview in previews {
        lines.push(msg!(
            "preview.imported",
            transcript = preview.transcript,
            case = preview.case.id,
            n = preview.draft().paragraphs.len(),
            speakers = preview.ids_told(true),
            moderators = preview.ids_told(false),
        ));
        lines.extend(preview.left());
        lines.extend(preview.draft().notes.iter().cloned());
        lines.extend(preview.nobody_moderates());
    }
    lines.extend(personal(previews));
    lines
}
