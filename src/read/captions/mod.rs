//! Captions (VTT, SRT) into blocks: every cue is a piece of speech, with the speaker that a voice tag names.
//!
//! Read with patience: nothing that was said is dropped because its cue is malformed. What is odd is told
//! with its line.

mod clock;
mod cues;
mod notes;
mod payload;
mod prefix;
mod rolling;

use super::content::Content;
use super::unreadable::Unreadable;
use crate::domain::time::Offset;
use crate::msg;
use crate::read::block::Block;
use cues::{Cue, Cues};
use notes::Oddities;
use payload::Part;

/// Whether a text is WebVTT: it says so in its first line.
pub(super) fn is_vtt(text: &str) -> bool {
    let rest = text.trim_start().strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether a text is SubRip, a number, then a line with two times and an arrow; or SubViewer, such a line alone.
pub(super) fn is_srt(text: &str) -> bool {
    let mut lines = text.trim_start().lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    if !first.contains("-->") && clock::span(first).is_some() {
        return true;
    }
    cues::is_number(first)
        && lines.next().is_some_and(|it| clock::span(it).is_some_and(|it| it.is_sound()))
}

/// Reads WebVTT.
///
/// # Errors
/// There is no caption in it.
pub(super) fn read_vtt(text: &str) -> Result<Content<'_>, Unreadable> {
    read(text, true)
}

/// Reads SubRip.
///
/// # Errors
/// There is no caption in it.
pub(super) fn read_srt(text: &str) -> Result<Content<'_>, Unreadable> {
    read(text, false)
}

fn read(text: &str, vtt: bool) -> Result<Content<'_>, Unreadable> {
    let mut odd = Oddities::default();
    let mut found = Cues::read(text, vtt, &mut odd);
    if found.cues.is_empty() {
        return Err(Unreadable::new(msg!("captions.none"), msg!("captions.none.fix")));
    }
    odd.repeated = rolling::unroll(&mut found.cues);
    odd.look_at(&found.cues, vtt);
    let named = prefix::names_speakers(&found.cues);
    let above = !named && prefix::names_above(&found.cues);
    let ids = prefix::by_ids(&found.cues).unwrap_or_else(|| prefix::by_comments(&found.cues));
    let all: Vec<Vec<Part<'_>>> = found.cues.iter().map(|it| payload::parts(it, vtt)).collect();
    let named_at_all = named || above || ids.iter().any(|it| !it.is_empty());
    let marks = Marks::of(&all, named_at_all);
    let (mut blocks, mut colour) = (Vec::new(), None);
    for (at, (cue, mut parts)) in found.cues.iter().zip(all).enumerate() {
        if named {
            take_name(&mut parts);
        } else if above {
            take_line(&mut parts);
        }
        if let Some(name) = ids.get(at).filter(|it| !it.is_empty()) {
            let unnamed = parts.iter_mut().filter(|it| it.voice.is_none());
            unnamed.for_each(|it| it.voice = Some((*name).to_owned()));
        }
        let mut changes = marks.changes(&parts, &mut colour);
        odd.colours += changes.iter().filter(|_| marks.colours).filter(|it| **it).count();
        if let Some(first) = changes.first_mut().filter(|_| at == 0) {
            *first = false;
        }
        write(cue, &parts, &changes, &mut blocks);
    }
    Ok(Content { blocks, notes: odd.notes(), language: found.language, ..Content::default() })
}

/// What tells in a file that somebody else begins to speak, beside `>>`.
struct Marks {
    /// A dash before what is said.
    dashes: bool,
    /// Another colour.
    colours: bool,
}

impl Marks {
    fn of(cues: &[Vec<Part<'_>>], named: bool) -> Self {
        let dashed = cues.iter().filter(|it| it.iter().any(is_dashed)).count();
        let parts = || cues.iter().flatten().filter(|it| it.voice.is_none());
        let all = parts().count();
        let coloured = parts().filter(|it| it.colour.is_some()).count();
        let different: std::collections::BTreeSet<_> = parts().map(|it| &it.colour).collect();
        // Every line in a colour, or all but those of one person.
        let shared = coloured * 5 >= all * 2 && different.len() >= 2;
        Self { dashes: dashed >= 2, colours: !named && all > 1 && shared }
    }

    /// Which parts begin another's turn; `colour` is that of the part before them.
    fn changes(&self, parts: &[Part<'_>], colour: &mut Option<String>) -> Vec<bool> {
        let begins = |part: &Part<'_>| {
            let other = self.colours && part.voice.is_none() && part.colour != *colour;
            colour.clone_from(&part.colour);
            other || (self.dashes && is_dashed(part)) || part.text.starts_with(">>")
        };
        parts.iter().map(begins).collect()
    }
}

fn is_dashed(part: &Part<'_>) -> bool {
    part.text.starts_with(['-', '–', '—'])
}

/// Makes a voice of the name with which a cue begins.
fn take_name(parts: &mut Vec<Part<'_>>) {
    let name = parts.first().filter(|it| it.voice.is_none()).and_then(|it| prefix::split(&it.text));
    let Some((name, text)) = name.map(|(name, text)| (name.to_owned(), text.to_owned())) else {
        return;
    };
    if let Some(first) = parts.first_mut() {
        first.text = text.into();
    }
    parts.retain(|it| !it.text.is_empty());
    parts.iter_mut().for_each(|it| it.voice = Some(name.clone()));
}

/// Makes a voice of the name that stands above what is said in a cue.
fn take_line(parts: &mut Vec<Part<'_>>) {
    if parts.len() < 2 || parts.first().is_none_or(|it| it.voice.is_some()) {
        return;
    }
    let name = prefix::above(&parts.remove(0).text).to_owned();
    parts.iter_mut().for_each(|it| it.voice = Some(name.clone()));
}

/// Makes blocks of a cue. A line of it that could begin with a label is a block of its own.
fn write<'a>(cue: &Cue<'a>, parts: &[Part<'_>], begins: &[bool], blocks: &mut Vec<Block<'a>>) {
    let dialogue = is_dialogue(parts);
    let mut previous: Option<&Part<'_>> = None;
    for (part, begins) in parts.iter().zip(begins) {
        let text = spoken(&part.text, dialogue);
        let goes_on = previous.is_some_and(|it| it.voice == part.voice) && !dialogue;
        previous = Some(part);
        let changes = dialogue || *begins;
        match blocks.last_mut() {
            Some(last)
                if goes_on && !changes && (part.voice.is_some() || !could_be_labelled(text)) =>
            {
                last.text.to_mut().push(' ');
                last.text.to_mut().push_str(text);
                continue;
            }
            _ => {}
        }
        let block = Block::text(part.line, text.to_owned());
        let block = match (cue.piece(), dialogue) {
            (Some(piece), false) => block.piece(piece),
            (Some(piece), true) => block.at(Some(piece.start())),
            (None, _) => block.at(None::<Offset>),
        };
        let block = match &part.voice {
            Some(voice) => block.said_by(voice.clone()),
            None => block,
        };
        blocks.push(Block { continues: goes_on, changes_speaker: changes, ..block });
    }
}

/// Whether each line of a cue begins with a dash, as captions write what two people say.
fn is_dialogue(parts: &[Part<'_>]) -> bool {
    parts.len() >= 2 && parts.iter().all(is_dashed)
}

/// What was said, without the marks that say that the speaker changes. A dash stays where no label follows:
/// there it is all that tells two people apart.
fn spoken(text: &str, dialogue: bool) -> &str {
    if let Some(rest) = text.strip_prefix(">>") {
        return rest.trim_start_matches('>').trim_start();
    }
    let rest = text.trim_start_matches(['-', '–', '—']).trim_start();
    if dialogue && could_be_labelled(rest) { rest } else { text }
}

fn could_be_labelled(text: &str) -> bool {
    text.bytes().take(80).any(|byte| byte == b':')
}
