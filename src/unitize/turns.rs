//! Writes the paragraphs of a draft one after the other and keeps in mind who speaks.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::draft::{Draft, DraftParagraph, Label};
use super::evidence::Candidates;
use super::furniture::{self, Furniture};
use super::label::{Form, Lead};
use super::shape::{key, shown};
use super::verdict::Verdict;
use super::{head, merge, pieces, role};
use crate::domain::message::Message;
use crate::domain::time::Offset;
use crate::language;
use crate::msg;
use crate::read::block::{Block, BlockKind, Voice};
use crate::read::clock;

/// A draft whose paragraphs have their speakers.
pub(super) struct Turns {
    pub(super) draft: Draft,
    /// Paragraphs that have their speaker from a paragraph above.
    pub(super) inherited: Vec<usize>,
    /// Labels under which nothing was said before the next one.
    pub(super) silent: u32,
    /// Paragraphs in which somebody speaks whom nothing names.
    pub(super) unnamed: Vec<usize>,
    /// Whether only who asks has labels.
    pub(super) only_moderators: bool,
    /// Paragraphs at whose end a time stood.
    pub(super) closing_times: u32,
}

/// Writes paragraphs; see [`Writer::block`].
pub(super) struct Writer<'a> {
    turns: Turns,
    candidates: &'a [Candidate],
    /// Forms that ordinary text has too, and that are labels all over the file.
    habitual: &'a [Form],
    verdicts: &'a [Verdict],
    /// The candidate that stands for each: itself, or the same person under another title.
    stands_for: Vec<usize>,
    /// The places in the draft of labels already met, by key.
    labels: BTreeMap<String, usize>,
    speaking: Option<usize>,
    /// A time that stood on a line of its own or after a label.
    pending: Option<Offset>,
    /// Whether a label was just met under which nothing has been said yet.
    fresh: bool,
    /// Whether the first column of the table at hand names speakers.
    table_of_turns: bool,
    /// The columns of the table at hand, if it tells when and what but not who.
    timed_speech: Option<head::TimedSpeech>,
    /// Whether paragraphs end with times that nothing marks.
    closing: bool,
    /// Where the last piece of speech ended, if the last paragraph is made of pieces.
    last_piece: Option<u64>,
}

impl<'a> Writer<'a> {
    /// `closing`: whether paragraphs end with times that nothing marks.
    pub(super) fn new(found: &'a Candidates, verdicts: &'a [Verdict], closing: bool) -> Self {
        let candidates = &found.all;
        let accepted: Vec<bool> =
            verdicts.iter().map(|it| matches!(it, Verdict::Speaker(_))).collect();
        Self {
            turns: Turns {
                draft: Draft::default(),
                inherited: Vec::new(),
                silent: 0,
                closing_times: 0,
                unnamed: Vec::new(),
                only_moderators: false,
            },
            candidates,
            habitual: &found.habitual,
            verdicts,
            stands_for: merge::same_person(candidates, &accepted),
            labels: BTreeMap::new(),
            speaking: None,
            pending: None,
            fresh: false,
            table_of_turns: false,
            timed_speech: None,
            last_piece: None,
            closing,
        }
    }

    /// Writes one block, given the one after it, how its line begins and what could be its label.
    pub(super) fn block(
        &mut self,
        block: &Block<'_>,
        next: Option<&Block<'_>>,
        lead: &Lead<'_>,
        candidate: Option<u32>,
    ) {
        match &block.voice {
            Voice::Named(name) => return self.named(block, name),
            Voice::Nobody => return self.push(block, None, &block.text, None),
            Voice::Unknown => return self.unnamed(block, &block.text, None),
            Voice::Unsaid => {}
        }
        if block.changes_speaker {
            (self.speaking, self.last_piece) = (None, None);
        }
        if self.table(block, next, lead) {
            return;
        }
        match self.speaker(block, lead, candidate) {
            Some(label) => self.turn(block, lead, label),
            None => self.unlabelled(block, lead, candidate),
        }
    }

    pub(super) fn finish(mut self) -> Turns {
        self.turns.silent += u32::from(self.fresh);
        self.turns
    }

    /// A block whose speaker the format names; what comes after it unnamed is not theirs.
    fn named(&mut self, block: &Block<'_>, name: &str) {
        let label = self.label(key(name), name, block.line, &msg!("import.speaker.format"));
        if block.continues && self.continue_last(Some(label), &block.text) {
            return;
        }
        self.begin(label, None);
        self.push(block, Some(label), &block.text, None);
        self.speaking = None;
    }

    /// Ends the turn where headings and tables do; writes heads and rows of a table of turns, and says
    /// whether it was one.
    fn table(&mut self, block: &Block<'_>, next: Option<&Block<'_>>, lead: &Lead<'_>) -> bool {
        let left = self.table_of_turns && !block.kind.in_table();
        if block.kind.ends_turn() || left {
            self.speaking = None;
        }
        self.table_of_turns &= block.kind.in_table();
        if head::heads_turns(block, next) {
            self.table_of_turns = true;
            self.push(block, None, &block.text, None);
            return true;
        }
        if self.table_of_turns && block.kind == BlockKind::Row {
            return self.row(block, lead);
        }
        self.timed_speech(block)
    }

    /// The head or a row of a table that tells when and what was said, but not by whom.
    fn timed_speech(&mut self, block: &Block<'_>) -> bool {
        if !block.kind.in_table() {
            self.timed_speech = None;
            return false;
        }
        if let Some(columns) = head::TimedSpeech::headed(block) {
            if !columns.others.is_empty() {
                let note = msg!("tabular.left_out", columns = columns.others.join(", "));
                self.turns.draft.notes.push(note);
            }
            self.timed_speech = Some(columns);
            self.push(block, None, &block.text, None);
            return true;
        }
        let said = self.timed_speech.as_ref().and_then(|columns| columns.of(block));
        if let Some((time, text)) = said {
            self.push(block, None, text, Some(time));
        }
        said.is_some()
    }

    /// A row of a table of turns: who speaks, then what was said.
    fn row(&mut self, block: &Block<'_>, lead: &Lead<'_>) -> bool {
        let (time, rest) = lead.unlabelled;
        let Some((cell, text)) = rest.split_once('\t').filter(|(cell, _)| cell.len() <= 80) else {
            return false;
        };
        let label = self.label(key(cell), cell, block.line, &msg!("import.speaker.column"));
        self.begin(label, None);
        self.push(block, self.speaking, &text.replace('\t', " "), time);
        true
    }

    /// The label that begins this block, if it is a speaker's.
    fn speaker(
        &mut self,
        block: &Block<'_>,
        lead: &Lead<'_>,
        candidate: Option<u32>,
    ) -> Option<usize> {
        if block.kind == BlockKind::FirstCell && self.table_of_turns && block.text.len() <= 80 {
            let cell = lead.label.map_or(&*block.text, |(_, label)| label);
            let why = msg!("import.speaker.column");
            return Some(self.label(key(cell), cell, block.line, &why));
        }
        let at = candidate? as usize;
        let (form, text) = lead.label?;
        let Verdict::Speaker(why) = self.verdicts.get(at)? else { return None };
        if !self.candidates.get(at)?.counts_as(form, self.habitual) {
            return None;
        }
        let stands_for = self.stands_for.get(at).copied().unwrap_or(at);
        let key = self.candidates.get(stands_for)?.key.clone();
        Some(self.label(key, text, block.line, why))
    }

    /// A turn begins with this block.
    fn turn(&mut self, block: &Block<'_>, lead: &Lead<'_>, label: usize) {
        self.begin(label, lead.time);
        // What is labelled anew is a paragraph of its own, also where pieces of one speaker join.
        self.last_piece = None;
        let whole_cell =
            block.kind == BlockKind::FirstCell && self.table_of_turns && lead.label.is_none();
        if !lead.text.is_empty() && !whole_cell {
            self.push(block, self.speaking, lead.text, None);
        }
    }

    fn begin(&mut self, label: usize, time: Option<Offset>) {
        if self.fresh {
            self.turns.silent += 1;
            self.pending = None;
        }
        self.speaking = Some(label);
        self.fresh = true;
        self.pending = time.or(self.pending);
    }

    /// A block without a label: it belongs to whoever speaks, or to nobody.
    fn unlabelled(&mut self, block: &Block<'_>, lead: &Lead<'_>, candidate: Option<u32>) {
        let (time, text) = lead.unlabelled;
        if text.is_empty() {
            self.pending = time.or(self.pending);
            return;
        }
        if text.len() <= 100 && language::is_closing(&language::fold(text)) {
            self.speaking = None;
        }
        // A rule between parts: `---`, also where a mark before it keeps it from being one.
        let rule = text.len() >= 3 && text.chars().all(|it| "-_*=~–—+#".contains(it));
        let remark = is_remark(text) && !self.fresh;
        let furniture = furniture::of(text).filter(|_| !self.fresh && !block.continues);
        let document = self.is_document(lead, candidate);
        if furniture == Some(Furniture::Heading) {
            self.speaking = None;
        }
        let nobody =
            remark || rule || furniture.is_some() || document || block.kind == BlockKind::Heading;
        let said_by = if nobody { None } else { self.speaking };
        if block.continues && self.continue_last(said_by, text) {
            return;
        }
        if nobody || said_by.is_some() || block.kind == BlockKind::Row {
            self.push(block, said_by, text, time);
        } else {
            self.unnamed(block, text, time);
        }
    }

    /// A block that is said, if it is, by somebody whom nothing names.
    fn unnamed(&mut self, block: &Block<'_>, text: &str, time: Option<Offset>) {
        let before = self.turns.draft.paragraphs.len();
        self.push(block, None, text, time);
        if self.turns.draft.paragraphs.len() > before {
            self.turns.unnamed.push(before);
        }
    }

    /// Whether the block is a line of the document that looks like a turn and is nobody's speech.
    fn is_document(&self, lead: &Lead<'_>, candidate: Option<u32>) -> bool {
        let (Some((form, _)), Some(at)) = (lead.label, candidate) else { return false };
        match (self.candidates.get(at as usize), self.verdicts.get(at as usize)) {
            (Some(it), Some(Verdict::Text(why))) => it.is_line_of_document(form, *why, lead.text),
            _ => false,
        }
    }

    /// The place of a label in the draft; it is put there when first met.
    fn label(&mut self, key: String, text: &str, line: u32, why: &Message) -> usize {
        let labels = &mut self.turns.draft.labels;
        let at = *self.labels.entry(key).or_insert_with(|| {
            labels.push(new_label(text, line, why.clone()));
            labels.len() - 1
        });
        if let Some(label) = labels.get_mut(at) {
            label.times += 1;
            add_spelling(label, text);
        }
        at
    }

    fn push(&mut self, block: &Block<'_>, label: Option<usize>, text: &str, time: Option<Offset>) {
        let time = time.or(block.time).or(self.pending.take());
        let fresh = self.fresh;
        self.fresh &= label.is_none();
        if self.join_piece(block, label, text) {
            return;
        }
        let (text, closing) = self.without_closing_time(block, text);
        let time = time.or(closing);
        let text = text.trim().to_owned();
        if text.is_empty() {
            (self.pending, self.fresh) = (time, fresh);
            return;
        }
        if label.is_some() && !fresh {
            self.turns.inherited.push(self.turns.draft.paragraphs.len());
        }
        self.turns.draft.paragraphs.push(DraftParagraph { time, label, text, line: block.line });
    }

    /// A paragraph without the time that a program for transcription wrote at its end.
    fn without_closing_time<'t>(
        &mut self,
        block: &Block<'_>,
        text: &'t str,
    ) -> (&'t str, Option<Offset>) {
        let own = block.voice == Voice::Unsaid && block.time.is_none();
        let one = |before: &&str| !before.contains(['[', '{', '#']);
        let bare = || clock::bare_at_end(text).filter(|_| self.closing);
        let closing = clock::at_end_of_speech(text).filter(|it| one(&it.0)).or_else(bare);
        match closing.filter(|_| own) {
            Some((text, time)) => {
                self.turns.closing_times += 1;
                (text, Some(time))
            }
            None => (text, None),
        }
    }

    /// Adds a piece of speech to the paragraph before it, if that is made of pieces of the same speaker and
    /// may still grow.
    fn join_piece(&mut self, block: &Block<'_>, label: Option<usize>, text: &str) -> bool {
        let last_end = std::mem::replace(&mut self.last_piece, block.piece.map(|it| it.to));
        match (self.turns.draft.paragraphs.last_mut(), block.piece, last_end) {
            (Some(last), Some(piece), Some(end))
                if last.label == label && pieces::goes_on(&last.text, end, piece) =>
            {
                pieces::append(&mut last.text, text.trim());
                self.last_piece = Some(end.max(piece.to));
                true
            }
            _ => false,
        }
    }

    /// Adds a line to the paragraph before it, if that one is said by the same person.
    fn continue_last(&mut self, label: Option<usize>, text: &str) -> bool {
        match self.turns.draft.paragraphs.last_mut() {
            Some(last) if last.label == label && !self.fresh => {
                last.text.push(' ');
                last.text.push_str(text.trim());
                true
            }
            _ => false,
        }
    }
}

pub(super) fn new_label(text: &str, line: u32, why: Message) -> Label {
    let (role, why_role) = role::by_words(text);
    Label {
        text: shown(text),
        spellings: Vec::new(),
        times: 0,
        turns: 0,
        words: 0,
        first: line,
        role,
        why,
        why_role,
        looks_personal: false,
        unnamed: false,
    }
}

/// Keeps the ways in which a label is written; the shortest is the name without its title.
fn add_spelling(label: &mut Label, text: &str) {
    if label.text == text {
        return;
    }
    let text = shown(text);
    if label.text != text && !label.spellings.contains(&text) {
        let shorter = text.chars().count() < label.text.chars().count();
        let other = if shorter { std::mem::replace(&mut label.text, text) } else { text };
        label.spellings.push(other);
    }
}

/// Whether a line is nothing but a remark in brackets: `(laughter)`, `[Ada leaves.]`.
fn is_remark(text: &str) -> bool {
    let pair = match (text.chars().next(), text.chars().next_back()) {
        (Some('('), Some(')')) => ('(', ')'),
        (Some('['), Some(']')) => ('[', ']'),
        _ => return false,
    };
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        if character == pair.0 {
            depth += 1;
        } else if character == pair.1 {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1 == text.len();
            }
        }
    }
    false
}
