//! Stretches: pieces of a transcript that will be units, or parts of one. First come turns; they can be
//! cut further, and joined.

use super::cuts::Point;
use super::pins::Pins;
use super::{sentences, words};
use crate::domain::id::ParticipantId;
use crate::domain::locator::Span;
use crate::domain::participant::Role;
use crate::domain::transcript::{Paragraph, Transcript};
use crate::domain::unit::{Unit, UnitKind};

/// What turns are cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refine {
    Paragraphs,
    Sentences,
}

/// A paragraph of a stretch, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// The paragraph, from 0.
    paragraph: usize,
    /// The character that it begins with, and the one it ends before, if not the paragraph's end.
    from: u32,
    to: Option<u32>,
    pub(super) text: &'a str,
}

/// A heading or printed question, with what nobody says behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    /// The paragraph that it begins in, from 0, and the character.
    start: (usize, u32),
    /// Its last paragraph.
    last: usize,
}

/// A stretch of a transcript.
#[derive(Debug, Clone)]
pub(super) struct Stretch<'a> {
    /// First paragraph, from 0, and the character in it.
    start: (usize, u32),
    /// Last paragraph, from 0, and the character at which it ends, if not the paragraph's end.
    end: (usize, Option<u32>),
    /// Who has it; absent in a transcript without any speaker.
    pub(super) owner: Option<&'a ParticipantId>,
    /// Whether a moderator or observer has it.
    pub(super) prompt: bool,
    /// Whether a cut by hand lies before it.
    pub(super) must: bool,
    /// Whether it lies in a unit that stays as it is.
    pub(super) held: bool,
    /// Whether a heading or a printed question opens it.
    pub(super) headed: bool,
    /// What the owner says in it; remarks without speaker are not here.
    pub(super) parts: Vec<Part<'a>>,
    speakers: Vec<&'a ParticipantId>,
    pub(super) words: u32,
    /// How strong its first and its last cut are, as far as that is known.
    pub(super) strengths: [Option<f64>; 2],
}

/// The turns of a transcript, cut where units set by hand begin and end.
pub(super) fn turns<'a>(
    transcript: &'a Transcript,
    role: &dyn Fn(&ParticipantId) -> Role,
    pins: &Pins<'_>,
) -> Vec<Stretch<'a>> {
    let paragraphs = &transcript.paragraphs;
    let nobody = paragraphs.iter().all(|it| it.speaker.is_none());
    let mut all: Vec<Stretch<'a>> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        for (part, must) in parts(at, &paragraph.text, pins) {
            let owner = paragraph.speaker.as_ref();
            let remark = owner.is_none() && !nobody;
            let heads = remark && !is_direction(&paragraph.text);
            match all.last_mut() {
                Some(last) if !must && !heads && (remark || last.owner == owner) => {
                    last.extend(part, remark);
                }
                // What stands above the first turn belongs to it.
                None if remark && !must => {}
                _ => {
                    let prompt = owner.is_some_and(|it| !role(it).counts());
                    let held = pins.holds(Point { paragraph: number(at), character: part.from });
                    let new = Stretch::new(owner, prompt, part, remark);
                    all.push(Stretch { must, held, headed: heads, ..new });
                }
            }
        }
    }
    if let Some(first) = all.first_mut().filter(|first| !first.must) {
        first.start = (0, 0);
    }
    join_remarks(all)
}

/// A paragraph, cut where it must be; whether a cut must lie before each part.
fn parts<'a>(paragraph: usize, text: &'a str, pins: &Pins<'_>) -> Vec<(Part<'a>, bool)> {
    let mut all = Vec::new();
    let (mut from, mut rest, mut must) = (0, text, false);
    for place in pins.breaks(number(paragraph)) {
        if place > from {
            let (before, after) = rest.split_at(byte_of(rest, place - from));
            all.push((Part { paragraph, from, to: Some(place), text: before }, must));
            (from, rest) = (place, after);
        }
        must = true;
    }
    all.push((Part { paragraph, from, to: None, text: rest }, must));
    all
}

/// Whether a paragraph that nobody says tells what happens, as `(laughter)` does: it belongs to what stands
/// before it. Any other heads what comes after it.
fn is_direction(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || [('(', ')'), ('[', ']')].iter().any(|(open, close)| {
            text.starts_with(*open) && text.trim_end_matches('.').ends_with(*close)
        })
}

/// A heading, and a remark that a cut by hand parted from the turn before it, go to the turn after them, if
/// they may; at the end, to the turn before.
fn join_remarks(stretches: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    let mut all: Vec<Stretch<'_>> = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        if let Some(last) = all.last()
            && last.parts.is_empty()
            && !stretch.must
            && !last.held
        {
            (stretch.start, stretch.must) = (last.start, last.must);
            stretch.headed |= last.headed;
            all.pop();
        }
        all.push(stretch);
    }
    if all.len() > 1
        && let Some(last) = all.pop_if(|last| last.parts.is_empty() && !last.must && !last.held)
        && let Some(before) = all.last_mut()
    {
        before.end = last.end;
    }
    all
}

impl<'a> Stretch<'a> {
    fn new(owner: Option<&'a ParticipantId>, prompt: bool, part: Part<'a>, remark: bool) -> Self {
        let mut stretch = Self {
            start: (part.paragraph, part.from),
            end: (part.paragraph, part.to),
            owner,
            prompt,
            must: false,
            held: false,
            headed: false,
            parts: Vec::new(),
            speakers: owner.filter(|_| !prompt).into_iter().collect(),
            words: 0,
            strengths: [None, None],
        };
        stretch.extend(part, remark);
        stretch
    }

    /// Goes on with a part; a remark belongs to the stretch, but nobody says it.
    fn extend(&mut self, part: Part<'a>, remark: bool) {
        self.end = (part.paragraph, part.to);
        if !remark {
            self.words += self.own_words(part.text);
            self.parts.push(part);
        }
    }

    /// Words of participants in a text that the owner says.
    fn own_words(&self, text: &str) -> u32 {
        if self.speakers.is_empty() { 0 } else { words::count(text) }
    }

    /// The stretch cut into its paragraphs or sentences; a remark stays with what stands before it.
    pub(super) fn refined(self, by: Refine) -> Vec<Self> {
        let pieces: Vec<Part<'a>> = match by {
            Refine::Paragraphs => self.parts.clone(),
            Refine::Sentences => self.parts.iter().flat_map(Part::sentences).collect(),
        };
        if pieces.len() < 2 {
            return vec![self];
        }
        let last = pieces.len() - 1;
        let place = |at: usize| pieces.get(at).map(|part| (part.paragraph, part.from));
        let piece = |(at, part): (usize, &Part<'a>)| {
            let end = match place(at + 1) {
                None => self.end,
                // Remarks between two paragraphs lie in the first.
                Some((next, 0)) if next > 0 => (next - 1, None),
                Some((next, from)) => (next, Some(from)),
            };
            let first = at == 0;
            Self {
                start: if first { self.start } else { (part.paragraph, part.from) },
                end: if at == last { self.end } else { end },
                must: first && self.must,
                headed: first && self.headed,
                parts: vec![*part],
                words: self.own_words(part.text),
                speakers: self.speakers.clone(),
                ..self
            }
        };
        pieces.iter().enumerate().map(piece).collect()
    }

    /// The heading that opens it, if one does.
    pub(super) fn heading(&self) -> Option<Heading> {
        let speech = self.parts.first().map_or(self.end.0 + 1, |part| part.paragraph);
        let heading = Heading { start: self.start, last: speech.checked_sub(1)? };
        (self.headed && !self.held).then_some(heading)
    }

    /// Begins with a heading.
    pub(super) fn open_with(&mut self, heading: Heading) {
        (self.start, self.headed) = (heading.start, true);
    }

    /// Ends with a heading, if it stands right after it.
    pub(super) fn close_with(&mut self, heading: Heading) {
        if heading.start == (self.end.0 + 1, 0) && self.end.1.is_none() {
            self.end = (heading.last.max(self.end.0), None);
        }
    }

    /// Whether it begins where a paragraph does.
    pub(super) fn begins_paragraph(&self) -> bool {
        self.start.1 == 0
    }

    /// This one and the one after it as one.
    pub(super) fn join(&mut self, next: Self) {
        self.end = next.end;
        self.prompt &= next.prompt;
        self.words += next.words;
        for speaker in next.speakers {
            if !self.speakers.contains(&speaker) {
                self.speakers.push(speaker);
            }
        }
    }

    /// Both strengths as one cell, `3.41; 0.52`; empty where neither is known.
    fn strength(&self) -> String {
        let [first, last] = self.strengths.map(|it| it.map(|it| format!("{it:.2}")));
        if first.is_none() && last.is_none() {
            return String::new();
        }
        format!("{}; {}", first.unwrap_or_default(), last.unwrap_or_default())
    }

    /// The unit that it is.
    pub(super) fn unit(self, transcript: &Transcript) -> Option<Unit> {
        Some(Unit {
            locator: transcript.locator(self.span(&transcript.paragraphs)?),
            kind: if self.prompt { UnitKind::Prompt } else { UnitKind::Talk },
            strength: self.strength(),
            speakers: self.speakers.into_iter().cloned().collect(),
            words: self.words,
            topic: String::new(),
            pinned: self.must,
        })
    }

    /// The canonical span: whole paragraphs without characters.
    fn span(&self, paragraphs: &[Paragraph]) -> Option<Span> {
        let length = |at: usize| paragraphs.get(at).map_or(0, |it| characters(&it.text));
        let (mut last, mut to) = self.end;
        if self.start.1 == 0 && to.is_none_or(|to| to == length(last)) {
            return Span::paragraphs(number(self.start.0), number(last)).ok();
        }
        // No place has an end in a paragraph without text.
        while to.is_none() && length(last) == 0 && last > self.start.0 {
            last -= 1;
        }
        let to = *to.get_or_insert_with(|| length(last));
        Span::characters(number(self.start.0), self.start.1, number(last), to).ok()
    }
}

impl<'a> Part<'a> {
    /// One part for each sentence; itself where there is none.
    fn sentences(&self) -> Vec<Self> {
        let sentences = sentences::of(self.text);
        let last = sentences.len().saturating_sub(1);
        if last == 0 {
            return vec![*self];
        }
        let mut from = self.from;
        let part = |(at, text): (usize, &'a str)| {
            let start = from;
            from += characters(text);
            let to = if at == last { self.to } else { Some(from) };
            Self { paragraph: self.paragraph, from: start, to, text }
        };
        sentences.into_iter().enumerate().map(part).collect()
    }
}

/// A paragraph's number, from its place.
fn number(at: usize) -> u32 {
    u32::try_from(at).map_or(u32::MAX, |at| at.saturating_add(1))
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The byte at which a character of a text begins.
fn byte_of(text: &str, character: u32) -> usize {
    text.char_indices().nth(character as usize).map_or(text.len(), |(byte, _)| byte)
}
