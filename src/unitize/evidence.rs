//! All that could be labels in a file, and what the file as a whole says of them: how often something is said after
//! each, which forms are labels all over it. `judgement` decides from that.

use std::collections::{BTreeMap, HashMap};

use super::candidate::{Above, Candidate};
use super::label::{Form, Lead};
use super::shape::key;
use crate::language::detect::detect;
use crate::read::block::{Block, BlockKind, Voice};

/// All candidates of a file.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) all: Vec<Candidate>,
    /// The candidate of each block.
    pub(super) of_block: Vec<Option<u32>>,
    /// Blocks in which something may be said.
    pub(super) speech_blocks: u32,
    /// Blocks whose speaker the format names.
    pub(super) named_blocks: u32,
    /// The language of the file, if that is clear.
    pub(super) language: Option<&'static str>,
    /// Forms that ordinary text has too, and that are labels all over this file.
    pub(super) habitual: Vec<Form>,
    /// For each form, how often something else stands below it, and how often it stands.
    followed: BTreeMap<Form, (u32, u32)>,
    /// How often any stands with a time.
    pub(super) timed: u32,
    /// Whether nearly all that is said has a label in a habitual form.
    pub(super) covered: bool,
}

/// Forms that ordinary text has too.
const WEAK: [Form; 8] = [
    Form::TimeBefore,
    Form::Bracket,
    Form::BracketLine,
    Form::BoldText,
    Form::Bare,
    Form::Tab,
    Form::Dash,
    Form::TimeBetween,
];

impl Candidates {
    /// Finds everything that could be a label.
    pub(super) fn collect<'a>(blocks: &[Block<'a>], leads: &[Lead<'_>]) -> Self {
        let language = detect(blocks.iter().map(|it| &*it.text));
        let mut found = Self { language, ..Self::default() };
        let mut by_spelling: HashMap<&str, u32> = HashMap::new();
        let mut by_key: HashMap<String, u32> = HashMap::new();
        for (at, (block, lead)) in blocks.iter().zip(leads).enumerate() {
            let speech = block.kind == BlockKind::Text && block.voice != Voice::Nobody;
            if speech && !lead.unlabelled.1.is_empty() {
                found.speech_blocks += 1;
            }
            found.named_blocks += u32::from(matches!(block.voice, Voice::Named(_)));
            let Some((form, text)) = lead.label else {
                found.of_block.push(None);
                continue;
            };
            let index = *by_spelling.entry(text).or_insert_with(|| {
                let new = u32::try_from(found.all.len()).unwrap_or(u32::MAX);
                let index = *by_key.entry(key(text)).or_insert(new);
                match found.all.get_mut(index as usize) {
                    Some(candidate) => candidate.see_spelling(text),
                    None => found.all.push(Candidate::new(text, block.line)),
                }
                index
            });
            found.of_block.push(Some(index));
            if let Some(candidate) = found.all.get_mut(index as usize) {
                candidate.see(form, lead, above(blocks, leads, at));
            }
        }
        found.see_what_is_said(leads);
        found.see_what_follows(leads);
        found.habitual = WEAK.into_iter().filter(|it| found.is_habitual(*it)).collect();
        found.timed = found.all.iter().map(Candidate::timed).sum();
        found.covered = found.covered_by_habit();
        found
    }

    /// Whether a form is that of labels all over the file: the same few words recur in it, they are most of what
    /// stands in it, and much of what is said has one.
    fn is_habitual(&self, form: Form) -> bool {
        let (mut all, mut recurring, mut different) = (0, 0, 0);
        for it in &self.all {
            let n = it.count(&[form]);
            let opens = it.shape.opens(self.language);
            let line = matches!(form, Form::Bare | Form::BracketLine);
            if n == 0
                || !it.is_brief()
                || it.is_answer()
                || (line && (opens || !it.shape.name_like))
            {
                continue;
            }
            all += n;
            if n >= 2 {
                recurring += n;
                different += 1;
            }
        }
        let share = if form.alone() { 6 } else { 3 };
        let followed = self.followed.get(&form).copied().unwrap_or_default();
        let below = !form.alone() || followed.0 * 10 >= followed.1 * 8;
        different >= 2
            && below
            && recurring * 10 >= all * 7
            && recurring * share >= self.speech_blocks
    }

    /// Counts for each form how often it stands, and how often something else stands below it: a label alone on
    /// its line has speech below it, and the names of a list have one another.
    fn see_what_follows(&mut self, leads: &[Lead<'_>]) {
        let answer = |at: usize| {
            let candidate = self.of_block.get(at).copied().flatten();
            candidate.and_then(|it| self.all.get(it as usize)).is_some_and(Candidate::is_answer)
        };
        for (at, lead) in leads.iter().enumerate() {
            let Some((form, _)) = lead.label.filter(|_| !answer(at)) else { continue };
            let next = leads.get(at + 1);
            let differs = |(other, _)| other != form || answer(at + 1);
            let other = next.is_some_and(|it| it.label.is_none_or(differs));
            let counts = self.followed.entry(form).or_default();
            counts.0 += u32::from(other);
            counts.1 += 1;
        }
    }

    /// What a form that is habitual in this file says of a candidate.
    pub(super) fn by_habit(&self, it: &Candidate) -> bool {
        let times = it.count(&self.habitual);
        let rare = it.shape.field || it.shape.opens(self.language);
        let enough = match times {
            0 => false,
            1 => !rare && self.fits_once(it),
            2 => !rare || self.fits_once(it),
            _ => true,
        };
        it.is_brief() && !it.is_answer() && enough
    }

    /// Whether it stands nowhere but with a time and above speech, where half of all lines do: nobody says that.
    pub(super) fn stands_with_times(&self, it: &Candidate) -> bool {
        let alone = it.times >= 2 && it.timed() == it.times;
        alone && it.is_brief() && self.timed * 20 >= self.speech_blocks * 7
    }

    /// Whether what is rare in a habitual form is written as a name is.
    fn fits_once(&self, it: &Candidate) -> bool {
        it.shape.name_like && it.shape.words <= 3 && self.covered
    }

    fn covered_by_habit(&self) -> bool {
        let of = |form: &Form| {
            let n: u32 =
                self.all.iter().filter(|it| it.is_brief()).map(|it| it.count(&[*form])).sum();
            if form.alone() { n * 2 } else { n }
        };
        self.habitual.iter().map(of).sum::<u32>() * 10 >= self.speech_blocks * 8
    }

    /// Counts for each candidate how often speech follows it: on its line, or on the next if that begins no
    /// other turn.
    fn see_what_is_said(&mut self, leads: &[Lead<'_>]) {
        for (at, lead) in leads.iter().enumerate() {
            let Some(candidate) = self.of_block.get(at).copied().flatten() else { continue };
            let next = below(leads, at);
            let below = leads.get(next).is_some_and(|lead| {
                let label = self.of_block.get(next).copied().flatten();
                let label = label.and_then(|it| self.all.get(it as usize)).zip(lead.label);
                let begins = label.is_some_and(|(it, (form, _))| it.likely_begins(form));
                !lead.unlabelled.1.is_empty() && !begins
            });
            if let Some(candidate) = self.all.get_mut(candidate as usize) {
                candidate.said += u32::from(!lead.text.is_empty() || below);
            }
        }
    }
}

/// The block below a label: a time that has its line for itself is passed over.
fn below(leads: &[Lead<'_>], at: usize) -> usize {
    let silent =
        leads.get(at + 1).is_some_and(|it| it.label.is_none() && it.unlabelled.1.is_empty());
    if silent { at + 2 } else { at + 1 }
}

/// What stands right above a block.
fn above(blocks: &[Block<'_>], leads: &[Lead<'_>], at: usize) -> Above {
    let Some(mut before) = at.checked_sub(1) else { return Above::Other };
    if before > 0 && below(leads, before - 1) == at {
        before -= 1;
    }
    let alone = leads.get(before).is_some_and(|lead| {
        lead.label.is_some_and(|(form, label)| {
            (form.alone() || lead.text.is_empty()) && !label.ends_with(['.', '?', '!', '…'])
        })
    });
    let heading = blocks.get(before).is_some_and(|it| it.kind == BlockKind::Heading);
    match (alone, heading) {
        (true, _) => Above::Alone,
        (false, true) => Above::Heading,
        (false, false) => Above::Other,
    }
}
