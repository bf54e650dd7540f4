//! Who speaks, who follows whom, and where something is said, as lists.

use super::document::Value;
use super::list::{Item, List};
use super::names::{Named, Names};
use super::number;
use crate::analysis::concordance::Concordance;
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::talk::{Following, Voice};
use crate::domain::localized::Localized;
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::msg;
use crate::work::ask::Marked;

/// How much of a paragraph stands beside what was found, in characters.
const CONTEXT: usize = 60;

/// Who speaks.
#[must_use]
pub fn voices(
    voices: &[Voice],
    marked: Option<&Marked>,
    with_moderator: bool,
    names: &Names,
) -> List {
    let mut columns = vec![
        ("case", "talk.case"),
        ("participant", "talk.participant"),
        ("role", "talk.role"),
        ("turns", "talk.turns"),
        ("words", "talk.words"),
        ("share", "talk.share"),
        ("questions", "talk.questions"),
        ("silence", "talk.silence"),
        ("seconds", "talk.seconds"),
    ];
    if marked.is_some() {
        columns.extend([("agreement", "talk.agreement"), ("dissent", "talk.dissent")]);
    }
    let mut list = List::new("themata.talk/1", &columns);
    let mut marks = marked.into_iter().flat_map(|it| &it.counts);
    list.rows = (voices.iter())
        .map(|it| {
            let mut row = vec![
                names.item(Named::Case, &it.case),
                Item::id(&it.participant),
                Item::Said(Value::id(it.role), role(it.role)),
                Item::count(it.turns),
                Item::count(it.words),
                it.share.map_or(Value::Missing, Value::Number).into(),
                Item::count(it.questions),
                Item::count(it.silence),
                time(it.seconds),
            ];
            row.extend(marks.next().into_iter().flat_map(|it| [it.0, it.1]).map(Item::count));
            row
        })
        .collect();
    list.notes = voices
        .iter()
        .filter(|it| it.share.is_some_and(|share| share > 0.5))
        .map(|it| holds(it, names))
        .collect();
    list.quieten_empty(&["seconds"]);
    if voices.iter().any(|it| it.seconds.is_some()) {
        list.notes.push(msg!("talk.note.seconds"));
    }
    if let Some(Marked { counted, provenance, .. }) = marked {
        list.notes.push(msg!("talk.note.marks"));
        list.beneath =
            Counted::notes(counted).into_iter().chain(Provenance::notes(provenance)).collect();
    }
    list.notes.push(match with_moderator {
        true => msg!("talk.note.all"),
        false => msg!("talk.note"),
    });
    list.asked = vec![("with_moderator", with_moderator.into())];
    list
}

/// A time for people, in seconds for programs.
fn time(seconds: Option<u64>) -> Item {
    let Some(seconds) = seconds else { return Value::Missing.into() };
    let told = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    Item::Named(Value::Count(seconds), Localized::Plain(told))
}

fn holds(voice: &Voice, names: &Names) -> Message {
    let share = number::shown(voice.share.unwrap_or(0.0));
    let case = names.any(Named::Case, voice.case.as_str());
    msg!("talk.half", case = case, participant = voice.participant, share = share)
}

fn role(role: Role) -> Message {
    match role {
        Role::Participant => msg!("participants.role.participant"),
        Role::Moderator => msg!("participants.role.moderator"),
        Role::Observer => msg!("participants.role.observer"),
        Role::Unknown => msg!("participants.role.unknown"),
    }
}

/// Who follows whom.
#[must_use]
pub fn following(following: &[Following], with_moderator: bool, names: &Names) -> List {
    let columns = [
        ("case", "talk.case"),
        ("after", "talk.after"),
        ("participant", "talk.participant"),
        ("turns", "talk.turns"),
    ];
    let mut list = List::new("themata.following/1", &columns);
    list.rows = (following.iter())
        .map(|it| {
            vec![
                names.item(Named::Case, &it.case),
                Item::id(&it.after),
                Item::id(&it.participant),
                Item::count(it.turns),
            ]
        })
        .collect();
    list.notes = vec![match with_moderator {
        true => msg!("talk.note.follows_all"),
        false => msg!("talk.note.follows"),
    }];
    list.asked = vec![("with_moderator", with_moderator.into())];
    list
}

/// Where something is said, at most so many places.
#[must_use]
pub fn concordance(found: &Concordance, limit: Option<usize>, names: &Names) -> List {
    let columns = [
        ("locator", "concordance.locator"),
        ("case", "talk.case"),
        ("participant", "talk.participant"),
        ("before", "concordance.before"),
        ("found", "concordance.found"),
        ("after", "concordance.after"),
    ];
    let mut list = List::new("themata.concordance/1", &columns);
    list.rows = (found.hits.iter().take(limit.unwrap_or(usize::MAX)))
        .map(|it| {
            let (from, to) = (it.characters.start, it.characters.end);
            vec![
                Item::id(format!("{}:{}@{from}-{to}", it.transcript, it.paragraph)),
                names.item(Named::Case, &it.case),
                Item::maybe(it.participant.as_ref()),
                Item::text(&end(&it.before)),
                Item::text(&it.found),
                Item::text(&beginning(&it.after)),
            ]
        })
        .collect();
    list.quieten("case");
    list.notes = vec![msg!("concordance.found_n", n = found.hits.len())];
    if let Some(limit) = limit.filter(|limit| *limit < found.hits.len()) {
        list.notes.push(msg!("quotes.limit", n = limit));
    }
    if found.not_quoted > 0 {
        list.notes.push(msg!("concordance.not_quoted", n = found.not_quoted));
    }
    list.asked = vec![("found", found.hits.len().into())];
    list
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        None => text.to_owned(),
        Some((at, _)) => {
            let start = text.get(..at).unwrap_or_default();
            let end = start.rfind(' ').unwrap_or(at);
            format!("{} …", start.get(..end).unwrap_or_default())
        }
    }
}

fn end(text: &str) -> String {
    let count = text.chars().count();
    match count.checked_sub(CONTEXT).and_then(|skip| text.char_indices().nth(skip)) {
        None | Some((0, _)) => text.to_owned(),
        Some((at, _)) => {
            let rest = text.get(at..).unwrap_or_default();
            let start = rest.find(' ').map_or(0, |at| at + 1);
            format!("… {}", rest.get(start..).unwrap_or_default())
        }
    }
}
