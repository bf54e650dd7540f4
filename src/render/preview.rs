//! What an import found in a file: who was taken for a speaker and why, what was left in the text.

use super::grid::{Display, Grid, Value};
use crate::domain::case::Case;
use crate::domain::id::TranscriptId;
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::format::import::Imported;
use crate::msg;
use crate::unitize::draft::Label;
use crate::unitize::people::Cast;
use crate::words::{Language, say, word};

/// A file as it was understood, with its people named.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The file as it was given.
    pub file: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// What was found in it.
    pub found: &'a Imported,
    /// Who its speakers are.
    pub cast: &'a Cast,
    /// The case it goes to.
    pub case: &'a Case,
    /// The transcript it becomes.
    pub transcript: &'a TranscriptId,
}

/// How much of the first and last paragraph is shown, in characters.
const SHOWN: usize = 160;

/// The whole preview.
#[must_use]
pub fn display(preview: &Preview<'_>, language: Language) -> Display {
    let draft = &preview.found.draft;
    let mut grids = vec![facts(preview, language), speakers(preview, language)];
    if !draft.rejected.is_empty() {
        grids.push(rejected(preview, language));
    }
    let mut notes: Vec<String> = draft.notes.iter().map(|note| say(note, language)).collect();
    notes.extend(personal(preview).iter().map(|note| say(note, language)));
    notes.push(word("preview.written", language));
    Display { title: preview.file.clone(), grids, notes }
}

fn facts(preview: &Preview<'_>, language: Language) -> Grid {
    let draft = &preview.found.draft;
    let mut grid = Grid::new(&[]);
    grid.columns = vec![word("preview.what", language), word("preview.found", language)];
    let encoding = preview.found.encoding.unwrap_or_default();
    let format = format!("{} {encoding}", say(&preview.found.format.name(), language));
    let turns: u64 = draft.labels.iter().map(|label| u64::from(label.turns)).sum();
    let case = if preview.case.name == preview.case.id.as_str() {
        preview.case.name.clone()
    } else {
        format!("{} ({})", preview.case.id, preview.case.name)
    };
    let edge = |paragraph: Option<&crate::unitize::draft::DraftParagraph>| {
        let text = paragraph.map_or("", |it| it.text.as_str());
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let line = paragraph.map_or(0, |it| it.line);
        Value::Text(format!("{line}: {shown}"))
    };
    let mut row = |key: &'static str, value: Value| {
        grid.rows.push(vec![Value::id(word(key, language)), value])
    };
    row("preview.transcript", Value::id(preview.transcript));
    row("preview.case", Value::Text(case));
    row("preview.format", Value::id(format.trim()));
    row("preview.paragraphs", Value::id(draft.paragraphs.len()));
    row("preview.turns", Value::id(turns));
    row("preview.first", edge(draft.paragraphs.first()));
    row("preview.last", edge(draft.paragraphs.last()));
    grid
}

fn speakers(preview: &Preview<'_>, language: Language) -> Grid {
    let mut grid = Grid::new(&[]);
    grid.title = word("preview.speakers", language);
    grid.columns = [
        "preview.label",
        "preview.participant",
        "preview.role",
        "preview.turns",
        "preview.words",
        "preview.line",
        "preview.why",
    ]
    .map(|key| crate::words::say(&Message::new(key), language))
    .to_vec();
    for (label, person) in preview.found.draft.labels.iter().zip(&preview.cast.labels) {
        let person = preview.cast.participants.get(*person);
        let mut text = label.text.clone();
        for other in &label.spellings {
            text.push_str(&format!(" = {other}"));
        }
        grid.rows.push(vec![
            Value::Text(text),
            person.map_or(Value::Missing, |it| Value::id(&it.id)),
            person.map_or(Value::Missing, |it| Value::id(role(it.role, language))),
            Value::Count(u64::from(label.turns)),
            Value::Count(label.words),
            Value::Count(u64::from(label.first)),
            Value::Text(reasons(label, language)),
        ]);
    }
    grid
}

/// Why a label was taken for a speaker, and why for one of that role.
fn reasons(label: &Label, language: Language) -> String {
    let (why, role) = (say(&label.why, language), say(&label.why_role, language));
    if why == role { why } else { format!("{why}; {role}") }
}

fn rejected(preview: &Preview<'_>, language: Language) -> Grid {
    let mut grid = Grid::new(&[]);
    grid.title = word("preview.rejected", language);
    grid.columns = vec![
        word("preview.label", language),
        word("preview.times", language),
        word("preview.line", language),
        word("preview.why", language),
    ];
    for one in preview.found.draft.rejected.iter().take(12) {
        grid.rows.push(vec![
            Value::Text(one.text.clone()),
            Value::Count(u64::from(one.times)),
            Value::Count(u64::from(one.first)),
            Value::Text(say(&one.why, language)),
        ]);
    }
    grid
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

/// Labels that look like names of persons, and what to do about them.
fn personal(preview: &Preview<'_>) -> Vec<Message> {
    let labels: Vec<_> =
        preview.found.draft.labels.iter().filter(|label| label.looks_personal).collect();
    if labels.is_empty() {
        return Vec::new();
    }
    vec![msg!("preview.personal", n = labels.len())]
}

/// What is said of a file that was imported.
#[must_use]
pub fn summary(preview: &Preview<'_>) -> Vec<Message> {
    let draft = &preview.found.draft;
    let ids = |moderators: bool| {
        let people = preview.cast.participants.iter();
        let ids: Vec<&str> =
            people.filter(|it| it.role.counts() != moderators).map(|it| it.id.as_str()).collect();
        if ids.is_empty() { "–".to_owned() } else { ids.join(", ") }
    };
    let mut lines = vec![msg!(
        "preview.imported",
        transcript = preview.transcript,
        case = preview.case.id,
        n = draft.paragraphs.len(),
        speakers = ids(false),
        moderators = ids(true),
    )];
    lines.extend(draft.notes.iter().cloned());
    lines.extend(personal(preview));
    lines
}
