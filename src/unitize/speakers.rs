//! Finds who speaks in a document: lines in, a draft with labels and their reasons out.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, BlockKind};
use super::draft::{Draft, DraftParagraph, Label, Rejected};
use super::evidence::{Candidate, Candidates, Verdict};
use super::label::{Lead, Shape, key, shown};
use super::{head, merge, role, words};
use crate::domain::message::Message;
use crate::domain::time::Offset;
use crate::language;
use crate::msg;

/// Finds the labels of a document and gives each paragraph its speaker.
///
/// `declared` are labels that the researcher named; they are speakers wherever they stand.
#[must_use]
pub fn find(blocks: &[Block<'_>], declared: &[String]) -> Draft {
    let leads: Vec<Lead<'_>> = blocks.iter().map(Lead::of).collect();
    let candidates = Candidates::collect(blocks, &leads);
    let declared: BTreeSet<String> = declared.iter().map(|it| key(it)).collect();
    let listed = || {
        let begins = leads.iter().zip(&candidates.of_block).map(|(lead, at)| {
            let candidate = at.and_then(|at| candidates.all.get(at as usize));
            lead.label.zip(candidate).is_some_and(|((form, _), it)| it.begins_turns(form))
        });
        head::listed(blocks, &leads, head::first_turn(begins))
    };
    let verdicts = candidates.judge(&declared, &listed);
    let mut writer = Writer::new(&candidates.all, &verdicts);
    for (at, (block, lead)) in blocks.iter().zip(&leads).enumerate() {
        let candidate = candidates.of_block.get(at).copied().flatten();
        writer.block(block, blocks.get(at + 1), lead, candidate);
    }
    writer.finish()
}

/// Writes paragraphs one after the other and keeps in mind who speaks.
struct Writer<'a> {
    draft: Draft,
    candidates: &'a [Candidate],
    verdicts: &'a [Verdict],
    /// The label of each candidate that is a speaker, once met.
    labels: BTreeMap<usize, usize>,
    stands_for: Vec<usize>,
    speaking: Option<usize>,
    /// A time that stood on a line of its own or after a label.
    pending: Option<Offset>,
    /// Whether a label was just met under which nothing has been said yet.
    fresh: bool,
    /// Paragraphs that have their speaker from a paragraph above.
    inherited: Vec<usize>,
    /// Labels under which nothing was said before the next one.
    silent: u32,
    /// Whether the first column of the table at hand names speakers.
    table_of_turns: bool,
}

impl<'a> Writer<'a> {
    fn new(candidates: &'a [Candidate], verdicts: &'a [Verdict]) -> Self {
        let accepted: Vec<bool> =
            verdicts.iter().map(|it| matches!(it, Verdict::Speaker(_))).collect();
        Self {
            draft: Draft::default(),
            candidates,
            verdicts,
            labels: BTreeMap::new(),
            stands_for: merge::same_person(candidates, &accepted),
            speaking: None,
            pending: None,
            fresh: false,
            silent: 0,
            inherited: Vec::new(),
            table_of_turns: false,
        }
    }

    fn block(
        &mut self,
        block: &Block<'_>,
        next: Option<&Block<'_>>,
        lead: &Lead<'_>,
        candidate: Option<u32>,
    ) {
        if block.kind.ends_turn() {
            self.speaking = None;
        }
        if !block.kind.in_table() {
            if self.table_of_turns {
                self.speaking = None;
            }
            self.table_of_turns = false;
        } else if head::heads_turns(block, next) {
            self.table_of_turns = true;
            return self.push(block, None, &block.text, None);
        }
        if self.table_of_turns && block.kind == BlockKind::Row && self.row(block, lead) {
            return;
        }
        if let Some(label) = self.speaker(block, lead, candidate) {
            if self.fresh {
                self.silent += 1;
                self.pending = None;
            }
            self.speaking = Some(label);
            self.fresh = true;
            self.pending = lead.time.or(self.pending);
            if !lead.text.is_empty() && !self.takes_whole_cell(block, lead) {
                self.push(block, self.speaking, lead.text, None);
            }
            return;
        }
        let (time, text) = lead.unlabelled;
        if text.is_empty() {
            self.pending = time.or(self.pending);
            return;
        }
        let folded = if text.len() <= 100 { language::fold(text) } else { String::new() };
        if !folded.is_empty() && language::is_closing(&folded) {
            self.speaking = None;
        }
        let remark = is_remark(text) && !self.fresh;
        let nobody =
            remark || block.kind == BlockKind::Heading || self.is_document(lead, candidate);
        let said_by = if nobody { None } else { self.speaking };
        if block.continues && self.continue_last(said_by, text) {
            return;
        }
        self.push(block, said_by, text, time);
    }

    /// A row of a table of turns: who speaks, then what was said; says whether it was one.
    fn row(&mut self, block: &Block<'_>, lead: &Lead<'_>) -> bool {
        let (time, rest) = lead.unlabelled;
        let Some((cell, text)) = rest.split_once('\t').filter(|(cell, _)| cell.len() <= 80) else {
            return false;
        };
        self.speaking = Some(self.cell_label(cell, block.line));
        self.fresh = true;
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
            return Some(self.cell_label(&block.text, block.line));
        }
        let at = candidate? as usize;
        let (form, text) = lead.label?;
        let Verdict::Speaker(why) = self.verdicts.get(at)? else { return None };
        if !self.candidates.get(at)?.counts_as(form) {
            return None;
        }
        let stands_for = self.stands_for.get(at).copied().unwrap_or(at);
        Some(self.label(stands_for, text, block.line, why))
    }

    /// Whether the block is a line of the document that looks like a turn and is nobody's speech.
    fn is_document(&self, lead: &Lead<'_>, candidate: Option<u32>) -> bool {
        let (Some((form, _)), Some(at)) = (lead.label, candidate) else { return false };
        match (self.candidates.get(at as usize), self.verdicts.get(at as usize)) {
            (Some(it), Some(Verdict::Text(why))) => it.is_line_of_document(form, why, lead.text),
            _ => false,
        }
    }

    /// The place of a candidate's label in the draft; it is put there when first met.
    fn label(&mut self, candidate: usize, text: &str, line: u32, why: &Message) -> usize {
        let at = *self.labels.entry(candidate).or_insert_with(|| {
            self.draft.labels.push(new_label(text, line, why.clone()));
            self.draft.labels.len() - 1
        });
        self.met(at, text);
        at
    }

    /// A label found by its column alone.
    fn cell_label(&mut self, cell: &str, line: u32) -> usize {
        let wanted = key(cell);
        let known = self.draft.labels.iter().position(|it| key(&it.text) == wanted);
        let at = known.unwrap_or_else(|| {
            self.draft.labels.push(new_label(cell, line, msg!("import.speaker.column")));
            self.draft.labels.len() - 1
        });
        self.met(at, cell);
        at
    }

    fn met(&mut self, at: usize, text: &str) {
        if let Some(label) = self.draft.labels.get_mut(at) {
            label.times += 1;
            let text = shown(text);
            if label.text != text && !label.spellings.contains(&text) {
                // The shorter one is the name without its title.
                let shorter = text.chars().count() < label.text.chars().count();
                let other = if shorter { std::mem::replace(&mut label.text, text) } else { text };
                label.spellings.retain(|it| *it != label.text);
                label.spellings.push(other);
            }
        }
    }

    /// Whether the whole first cell was the label, so that nothing of it is said.
    fn takes_whole_cell(&self, block: &Block<'_>, lead: &Lead<'_>) -> bool {
        block.kind == BlockKind::FirstCell && self.table_of_turns && lead.label.is_none()
    }

    fn push(&mut self, block: &Block<'_>, label: Option<usize>, text: &str, time: Option<Offset>) {
        let time = time.or(self.pending.take());
        if label.is_some() {
            if !self.fresh {
                self.inherited.push(self.draft.paragraphs.len());
            }
            self.fresh = false;
        }
        let text = text.trim().to_owned();
        self.draft.paragraphs.push(DraftParagraph { time, label, text, line: block.line });
    }

    /// Adds a line to the paragraph before it, if that one is said by the same person.
    fn continue_last(&mut self, label: Option<usize>, text: &str) -> bool {
        match self.draft.paragraphs.last_mut() {
            Some(last) if last.label == label && !self.fresh => {
                last.text.push(' ');
                last.text.push_str(text.trim());
                true
            }
            _ => false,
        }
    }

    fn finish(mut self) -> Draft {
        for label in &mut self.draft.labels {
            (label.role, label.why_role) = role::by_words(&label.text);
            label.looks_personal = role::looks_personal(label);
        }
        count_turns(&mut self.draft);
        role::together(&mut self.draft);
        self.keep_moderators_to_their_words();
        count_words(&mut self.draft);
        self.report();
        self.draft
    }

    /// Where only who asks has a label, what stands below a question is the answer and not more of it.
    fn keep_moderators_to_their_words(&mut self) {
        let labels = &self.draft.labels;
        if labels.is_empty()
            || labels.iter().any(|it| it.role.counts())
            || self.inherited.is_empty()
        {
            return;
        }
        for at in &self.inherited {
            if let Some(paragraph) = self.draft.paragraphs.get_mut(*at) {
                paragraph.label = None;
            }
        }
        count_turns(&mut self.draft);
        self.draft.notes.push(msg!("import.note.only-moderators"));
    }

    fn report(&mut self) {
        self.silent += u32::from(self.fresh);
        if self.silent > 0 {
            self.draft.notes.push(msg!("import.note.silent", n = self.silent));
        }
        let rejected = self.candidates.iter().zip(self.verdicts).filter_map(|(it, verdict)| {
            let Verdict::Text(why) = verdict else { return None };
            worth_showing(it).then(|| Rejected {
                text: shown(&it.text),
                times: it.times,
                first: it.first,
                why: why.clone(),
            })
        });
        self.draft.rejected = rejected.collect();
        if self.draft.labels.is_empty() {
            self.draft.notes.push(msg!("import.note.no-speaker"));
        }
        for label in &self.draft.labels {
            for other in label.spellings.iter().filter(|it| key(it) != key(&label.text)) {
                let note = msg!("import.note.merged", label = &label.text, other = other);
                self.draft.notes.push(note);
            }
        }
        for (rare, other) in merge::slips(&self.draft.labels) {
            self.draft.notes.push(msg!("import.note.slip", label = rare, other = other));
        }
    }
}

/// Counts turns: runs of paragraphs by one speaker, which a paragraph without speaker does not break.
fn count_turns(draft: &mut Draft) {
    for label in &mut draft.labels {
        label.turns = 0;
    }
    let mut last = None;
    for at in draft.paragraphs.iter().filter_map(|it| it.label) {
        if last != Some(at)
            && let Some(label) = draft.labels.get_mut(at)
        {
            label.turns += 1;
        }
        last = Some(at);
    }
}

fn count_words(draft: &mut Draft) {
    for paragraph in &draft.paragraphs {
        if let Some(label) = paragraph.label.and_then(|at| draft.labels.get_mut(at)) {
            label.words += u64::from(words::count(&paragraph.text));
        }
    }
}

fn new_label(text: &str, line: u32, why: Message) -> Label {
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

/// Whether a rejected candidate is near enough to a label for a person to wonder.
fn worth_showing(candidate: &Candidate) -> bool {
    let shape: &Shape = &candidate.shape;
    let brief = candidate.text.chars().count() <= 60 && shape.words <= 6;
    brief && candidate.catches_the_eye() && candidate.text.chars().any(char::is_alphabetic)
}
