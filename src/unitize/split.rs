//! Cutting a transcript into units by turn, paragraph or sentence.
//!
//! Units partition what is not dropped. A paragraph without speaker belongs to the unit before it, at
//! the top to the first, and breaks no turn.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::{sentences, words};
use crate::domain::id::ParticipantId;
use crate::domain::locator::Span;
use crate::domain::participant::{Participant, Role};
use crate::domain::transcript::{Paragraph, Transcript};
use crate::domain::unit::{Unit, UnitKind};

/// What one unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A run of paragraphs by one speaker.
    Turn,
    /// A paragraph.
    Paragraph,
    /// A sentence of a paragraph.
    Sentence,
}

impl By {
    /// Every way that there is.
    pub const ALL: [Self; 3] = [Self::Turn, Self::Paragraph, Self::Sentence];

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

impl FromStr for By {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// What becomes of the turns of moderators and observers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prompts {
    /// Each joins the unit after it; at the very end, the unit before it.
    With,
    /// Each is a unit of its own that nobody codes.
    #[default]
    Apart,
    /// They are left out.
    Drop,
}

impl Prompts {
    /// Every way that there is.
    pub const ALL: [Self; 3] = [Self::With, Self::Apart, Self::Drop];

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Apart => "apart",
            Self::Drop => "drop",
        }
    }
}

impl FromStr for Prompts {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// Cuts a transcript into units, in order of place.
#[must_use]
pub fn split(
    transcript: &Transcript,
    participants: &[Participant],
    by: By,
    prompts: Prompts,
) -> Vec<Unit> {
    let roles: BTreeMap<&ParticipantId, Role> =
        participants.iter().map(|it| (&it.id, it.role)).collect();
    let stretches = stretches(&transcript.paragraphs, &roles, by);
    join_prompts(stretches, prompts)
        .into_iter()
        .filter_map(|stretch| stretch.unit(transcript))
        .collect()
}

/// A stretch of a transcript that will be a unit, or part of one.
#[derive(Debug, Clone)]
struct Stretch<'a> {
    /// First paragraph, from 0, and the character in it.
    start: (usize, u32),
    /// Last paragraph, from 0, and the character at which it ends, if not the paragraph's end.
    end: (usize, Option<u32>),
    /// Who has it; absent in a transcript without any speaker.
    owner: Option<&'a ParticipantId>,
    /// Whether a moderator or observer has it.
    prompt: bool,
    speakers: Vec<&'a ParticipantId>,
    words: u32,
}

/// Cuts into stretches; those of moderators and observers are whole turns.
fn stretches<'a>(
    paragraphs: &'a [Paragraph],
    roles: &BTreeMap<&ParticipantId, Role>,
    by: By,
) -> Vec<Stretch<'a>> {
    let nobody = paragraphs.iter().all(|it| it.speaker.is_none());
    let mut all: Vec<Stretch<'a>> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let owner = paragraph.speaker.as_ref();
        if owner.is_none() && !nobody {
            if let Some(last) = all.last_mut() {
                last.end = (at, None);
            }
            continue;
        }
        let role = owner.and_then(|it| roles.get(it)).copied().unwrap_or(Role::Unknown);
        let prompt = !role.counts();
        let same_turn = all.last().is_some_and(|last| last.owner == owner);
        if same_turn && (prompt || by == By::Turn) {
            if let Some(last) = all.last_mut() {
                last.end = (at, None);
                last.words += last.own_words(&paragraph.text);
            }
            continue;
        }
        let whole = Stretch {
            start: (at, 0),
            end: (at, None),
            owner,
            prompt,
            speakers: owner.filter(|_| !prompt).into_iter().collect(),
            words: 0,
        };
        if by == By::Sentence && !prompt {
            all.extend(whole.sentences(&paragraph.text));
        } else {
            all.push(Stretch { words: whole.own_words(&paragraph.text), ..whole });
        }
    }
    // What stands above the first turn belongs to the first unit.
    if let Some(first) = all.first_mut() {
        first.start = (0, 0);
    }
    all
}

impl<'a> Stretch<'a> {
    /// Words of participants in a text that the owner says.
    fn own_words(&self, text: &str) -> u32 {
        if self.speakers.is_empty() { 0 } else { words::count(text) }
    }

    /// One stretch for each sentence of a paragraph, itself if there is only one.
    fn sentences(self, text: &str) -> Vec<Self> {
        let sentences = sentences::of(text);
        let last = sentences.len().saturating_sub(1);
        if last == 0 {
            return vec![Self { words: self.own_words(text), ..self }];
        }
        let mut from = 0;
        let mut all = Vec::with_capacity(sentences.len());
        for (at, sentence) in sentences.into_iter().enumerate() {
            let length = characters(sentence);
            let end = (at < last).then_some(from + length);
            all.push(Self {
                start: (self.start.0, from),
                end: (self.end.0, end),
                words: self.own_words(sentence),
                ..self.clone()
            });
            from += length;
        }
        all
    }

    /// This one and the one after it as one.
    fn join(&mut self, next: Self) {
        self.end = next.end;
        self.prompt &= next.prompt;
        self.words += next.words;
        for speaker in next.speakers {
            if !self.speakers.contains(&speaker) {
                self.speakers.push(speaker);
            }
        }
    }

    fn unit(self, transcript: &Transcript) -> Option<Unit> {
        Some(Unit {
            locator: transcript.locator(self.span(&transcript.paragraphs)?),
            kind: if self.prompt { UnitKind::Prompt } else { UnitKind::Talk },
            speakers: self.speakers.into_iter().cloned().collect(),
            words: self.words,
            topic: String::new(),
            strength: String::new(),
            pinned: false,
        })
    }

    /// The canonical span: whole paragraphs without characters.
    fn span(&self, paragraphs: &[Paragraph]) -> Option<Span> {
        let number = |at: usize| u32::try_from(at + 1).ok();
        let length = |at: usize| paragraphs.get(at).map_or(0, |it| characters(&it.text));
        let (mut last, mut to) = self.end;
        if self.start.1 == 0 && to.is_none_or(|to| to == length(last)) {
            return Span::paragraphs(number(self.start.0)?, number(last)?).ok();
        }
        // No place has an end in a paragraph without text.
        while to.is_none() && length(last) == 0 && last > self.start.0 {
            last -= 1;
        }
        let to = *to.get_or_insert_with(|| length(last));
        Span::characters(number(self.start.0)?, self.start.1, number(last)?, to).ok()
    }
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Does with the prompts what is asked.
fn join_prompts(stretches: Vec<Stretch<'_>>, prompts: Prompts) -> Vec<Stretch<'_>> {
    match prompts {
        Prompts::Apart => stretches,
        Prompts::Drop => stretches.into_iter().filter(|it| !it.prompt).collect(),
        Prompts::With => {
            let mut all: Vec<Stretch<'_>> = Vec::with_capacity(stretches.len());
            for stretch in stretches {
                match all.last_mut() {
                    Some(last) if last.prompt => last.join(stretch),
                    _ => all.push(stretch),
                }
            }
            if all.len() > 1
                && all.last().is_some_and(|last| last.prompt)
                && let (Some(trailing), Some(last)) = (all.pop(), all.last_mut())
            {
                last.join(trailing);
            }
            all
        }
    }
}
