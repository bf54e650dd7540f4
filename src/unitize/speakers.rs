//! Finds who speaks in a document: lines in, a draft with labels and their reasons out.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::draft::{Draft, Rejected};
use super::evidence::Candidates;
use super::habit::Habit;
use super::label::Lead;
use super::pattern::Pattern;
use super::shape::{key, shown};
use super::turns::{Turns, Writer};
use super::verdict::Verdict;
use super::{head, merge, role, slips, starts, unnamed, words};
use crate::escape::csv;
use crate::msg;
use crate::read::block::Block;

/// What is known before anything is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Labels that the researcher named; they are speakers wherever they stand.
    pub declared: &'a [String],
    /// What the file itself says about its speakers: label, and a name, a role or both.
    pub roles: &'a [(String, String)],
    /// The researcher's own pattern for labels; with one, nothing else in the text is.
    pub pattern: Option<&'a Pattern>,
}

/// Finds the labels of a document and gives each paragraph its speaker.
#[must_use]
pub fn find(blocks: &[Block<'_>], hints: &Hints<'_>) -> Draft {
    let habit = Habit::of(blocks, hints.declared);
    let lead = |block| match hints.pattern {
        Some(pattern) => Lead::by_pattern(block, pattern, &habit),
        None => Lead::of(block, &habit),
    };
    let leads: Vec<Lead<'_>> = blocks.iter().map(lead).collect();
    let candidates = Candidates::collect(blocks, &leads);
    let declared: BTreeSet<String> = hints.declared.iter().map(|it| key(it)).collect();
    let listed = || {
        let begins = leads.iter().zip(&candidates.of_block).map(|(lead, at)| {
            let candidate = at.and_then(|at| candidates.all.get(at as usize));
            lead.label.zip(candidate).is_some_and(|((form, _), it)| it.begins_turns(form))
        });
        head::listed(blocks, &leads, head::first_turn(begins))
    };
    let verdicts = match hints.pattern {
        Some(_) => candidates.all.iter().map(|_| by_pattern()).collect(),
        None => candidates.judge(&declared, &listed),
    };
    let mut writer = Writer::new(&candidates, &verdicts, habit.closing);
    for (at, (block, lead)) in blocks.iter().zip(&leads).enumerate() {
        let candidate = candidates.of_block.get(at).copied().flatten();
        writer.block(block, blocks.get(at + 1), lead, candidate);
    }
    let mut turns = writer.finish();
    name_roles(&mut turns, hints);
    unnamed::name(&mut turns);
    count_words(&mut turns.draft);
    turns.draft.rejected = rejected(&candidates.all, &verdicts);
    if hints.pattern.is_some() && candidates.all.is_empty() {
        turns.draft.notes.push(msg!("import.note.pattern"));
    }
    note(&mut turns);
    left(&mut turns.draft);
    let labels = blocks.iter().zip(&leads).zip(&candidates.of_block).filter(|(_, at)| {
        let verdict = at.and_then(|at| verdicts.get(at as usize));
        matches!(verdict, Some(Verdict::Speaker(_)))
    });
    if let Some((spaced, tight, line)) = merge::uneven_colons(labels.map(|(of, _)| of)) {
        let note = msg!("import.note.colons", spaced = spaced, tight = tight, line = line);
        turns.draft.notes.push(note);
    }
    turns.draft
}

/// Whatever the researcher's pattern finds is a label.
fn by_pattern() -> Verdict {
    Verdict::Speaker(msg!("import.speaker.pattern"))
}

/// Says what each speaker seems to do, and counts turns.
fn name_roles(turns: &mut Turns, hints: &Hints<'_>) {
    let draft = &mut turns.draft;
    for label in &mut draft.labels {
        let said = hints.roles.iter().find(|(of, _)| key(of) == key(&label.text));
        if let Some((_, description)) = said {
            label.why = msg!("import.speaker.described", description = shown(description));
        }
        let by_file = said.and_then(|(_, description)| role::by_file(description));
        (label.role, label.why_role) = by_file.unwrap_or_else(|| role::by_words(&label.text));
        label.looks_personal = role::looks_personal(label);
    }
    count_turns(draft);
    role::together(draft);
    let only_moderators =
        !draft.labels.is_empty() && draft.labels.iter().all(|it| !it.role.counts());
    if only_moderators && !turns.inherited.is_empty() {
        // Where only who asks has a label, what stands below a question is the answer, not more of it.
        for at in &turns.inherited {
            if let Some(paragraph) = draft.paragraphs.get_mut(*at) {
                paragraph.label = None;
            }
        }
        count_turns(draft);
        turns.unnamed.extend(&turns.inherited);
        turns.unnamed.sort_unstable();
        turns.only_moderators = true;
    }
}

/// Counts turns: runs of paragraphs by one speaker, which a paragraph without speaker does not break.
pub(super) fn count_turns(draft: &mut Draft) {
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

fn rejected(candidates: &[Candidate], verdicts: &[Verdict]) -> Vec<Rejected> {
    let rejected = candidates.iter().zip(verdicts).filter_map(|(it, verdict)| {
        let Verdict::Text(why) = verdict else { return None };
        it.is_worth_showing().then(|| Rejected {
            text: shown(&it.text),
            times: it.times,
            first: it.first,
            why: why.message(),
        })
    });
    rejected.collect()
}

/// Says first which beginnings of paragraphs recur and were left in the text, with the row of a list of speakers
/// that makes a label of each.
fn left(draft: &mut Draft) {
    let found = starts::recurring(draft.paragraphs.iter().map(|it| it.text.as_str()));
    if found.is_empty() {
        return;
    }
    let told: Vec<String> = found.iter().map(|(start, n)| format!("`{start}` ({n})")).collect();
    let rows: Vec<String> =
        found.iter().map(|(start, _)| format!("`,{},,`", csv::cell(start))).collect();
    let note = msg!("import.note.left", starts = told.join(", "), rows = rows.join(" "));
    draft.notes.insert(0, note);
}

/// Notes what the researcher should look at.
fn note(turns: &mut Turns) {
    let draft = &mut turns.draft;
    if turns.silent > 0 {
        draft.notes.push(msg!("import.note.silent", n = turns.silent));
    }
    if turns.closing_times > 0 {
        draft.notes.push(msg!("import.note.closing-times", n = turns.closing_times));
    }
    if draft.labels.iter().all(|it| it.unnamed) {
        draft.notes.push(msg!("import.note.no-speaker"));
    }
    for label in &draft.labels {
        for other in label.spellings.iter().filter(|it| key(it) != key(&label.text)) {
            let note = msg!("import.note.merged", label = &label.text, other = other);
            draft.notes.push(note);
        }
    }
    let alike = slips::spelled_alike(&draft.labels);
    for (label, other) in &alike {
        draft.notes.push(msg!("import.note.alike", label = label, other = other));
    }
    let told = |(one, other): &(&str, &str)| {
        alike.iter().any(|it| *it == (*one, *other) || *it == (*other, *one))
    };
    for (rare, other) in slips::slips(&draft.labels).into_iter().filter(|pair| !told(pair)) {
        draft.notes.push(msg!("import.note.slip", label = rare, other = other));
    }
}
