//! Which of the things that could be labels are: each is weighed by what the whole file says of it.
//!
//! A colon in ordinary speech makes no speaker. A label recurs, or names a role, or is numbered as
//! participants are, or stands in a list of those present, or is written as the others are.

use std::collections::{BTreeSet, HashMap};

use super::candidate::{Candidate, Style};
use super::label::{Form, Lead};
use super::shape::{base, key, shown};
use super::verdict::{Plain, Verdict};
use crate::domain::message::Message;
use crate::language::detect::detect;
use crate::msg;
use crate::read::block::{Block, BlockKind, Voice};

/// All candidates of a file.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) all: Vec<Candidate>,
    /// The candidate of each block.
    pub(super) of_block: Vec<Option<u32>>,
    /// Blocks in which something may be said.
    speech_blocks: u32,
    /// Blocks whose speaker the format names.
    named_blocks: u32,
    /// The language of the file, if that is clear.
    language: Option<&'static str>,
}

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
                let after_heading =
                    at > 0 && blocks.get(at - 1).is_some_and(|it| it.kind == BlockKind::Heading);
                candidate.see(form, lead, after_heading);
            }
        }
        found.see_what_is_said(leads);
        found
    }

    /// Counts for each candidate how often speech follows it: on its line, or on the next if that begins no
    /// other turn.
    fn see_what_is_said(&mut self, leads: &[Lead<'_>]) {
        for (at, lead) in leads.iter().enumerate() {
            let Some(candidate) = self.of_block.get(at).copied().flatten() else { continue };
            let below = leads.get(at + 1).is_some_and(|next| {
                let label = self.of_block.get(at + 1).copied().flatten();
                let label = label.and_then(|it| self.all.get(it as usize)).zip(next.label);
                let begins = label.is_some_and(|(it, (form, _))| it.likely_begins(form));
                !next.unlabelled.1.is_empty() && !begins
            });
            if let Some(candidate) = self.all.get_mut(candidate as usize) {
                candidate.said += u32::from(!lead.text.is_empty() || below);
            }
        }
    }

    /// Decides about each candidate; `declared` are the labels that the researcher named.
    pub(super) fn judge(
        &self,
        declared: &BTreeSet<String>,
        head: &dyn Fn() -> BTreeSet<String>,
    ) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> =
            self.all.iter().map(|it| self.by_itself(it, declared)).collect();
        if self.undecided(&verdicts) {
            self.by_head(&mut verdicts, &head());
            self.by_style(&mut verdicts);
            self.by_density(&mut verdicts);
        }
        verdicts
    }

    /// Whether anything was left as text that a closer look could change.
    fn undecided(&self, verdicts: &[Verdict]) -> bool {
        self.all
            .iter()
            .zip(verdicts)
            .any(|(it, verdict)| it.stood_as_label() && *verdict == Verdict::Text(Plain::Once))
    }

    /// What a candidate's own shape, place and number say.
    fn by_itself(&self, it: &Candidate, declared: &BTreeSet<String>) -> Verdict {
        let (shape, n) = (&it.shape, it.standing());
        if declared.contains(&it.key) {
            return Verdict::Speaker(msg!("import.speaker.declared"));
        }
        // `Part:` heads a part of a document; where it stands before a twentieth of all that is said, it speaks.
        let speaks = shape.all_words <= 3 && it.strong() >= 3 && it.said > 0 && !it.is_metadata();
        let speaks = speaks && it.strong() * 20 >= self.speech_blocks;
        if shape.field && !shape.names_a_speaker() && !speaks {
            return Verdict::Text(Plain::Field);
        }
        if it.said == 0 {
            return Verdict::Text(Plain::NothingSaid);
        }
        if it.is_metadata() {
            return Verdict::Text(Plain::Metadata);
        }
        let strong = it.stood_as_label();
        let opens = shape.opens(self.language) && self.is_rare(it);
        let names_role =
            shape.role.is_some() && !opens && !shape.mark && (strong || shape.nameless);
        if let Some((word, _)) =
            shape.role.as_ref().filter(|_| names_role && (shape.name_like || shape.words <= 3))
        {
            return Verdict::Speaker(msg!("import.speaker.role-word", word = word));
        }
        if shape.numbered && shape.words <= 2 {
            return Verdict::Speaker(msg!("import.speaker.numbered"));
        }
        // `[Speaker 1] (0:00 - 0:05)`, as machines write whom they do not know.
        let timed = it.count(&[Form::BracketTime, Form::TimeLine]) > 0;
        let nobody = shape.nameless && shape.words == 2;
        if timed && nobody && it.text.ends_with(|last: char| last.is_ascii_digit()) {
            return Verdict::Speaker(msg!("import.speaker.numbered"));
        }
        if n == 1 {
            return Verdict::Text(Plain::Once);
        }
        if self.recurs_as_label(it) {
            return Verdict::Speaker(msg!("import.speaker.recurs", n = n));
        }
        Verdict::Text(Plain::NotAName)
    }

    /// Whether it stands before speech too seldom to be a label for that alone: the words it is made of decide,
    /// which they never do against one that recurs.
    fn is_rare(&self, it: &Candidate) -> bool {
        let times = it.strong();
        times < 3 || times * 33 < self.speech_blocks
    }

    /// Whether it recurs in a way that speech does not.
    fn recurs_as_label(&self, it: &Candidate) -> bool {
        let (shape, strong) = (&it.shape, it.strong());
        let share = |part: u32, of: u32| part * of >= self.speech_blocks;
        if shape.unknown {
            return strong >= 2;
        }
        let word = shape.mark || shape.opens(self.language);
        if (word && self.is_rare(it)) || !it.short_enough() {
            return false;
        }
        if shape.name_like && strong >= 2 {
            return true;
        }
        if strong >= 3 && shape.words <= 4 && share(strong, 50) {
            return true;
        }
        let bracketed = it.count(&[Form::Bracket, Form::BracketLine]);
        let coded = it.text.ends_with(|last: char| last.is_ascii_digit()) && shape.words == 1;
        if bracketed >= 2 && shape.words <= 3 && (coded || share(bracketed, 5)) {
            return true;
        }
        let weak = it.times - strong - bracketed;
        shape.name_like && weak >= 3 && share(weak, 8)
    }

    /// Accepts what a table or list of those present names.
    fn by_head(&self, verdicts: &mut [Verdict], head: &BTreeSet<String>) {
        self.promote(verdicts, |it| {
            let full_name = it.shape.words >= 2 && head.contains(&key(base(&shown(&it.text))));
            (it.stood_as_label() && it.short_enough() && (full_name || head.contains(&it.key)))
                .then(|| msg!("import.speaker.listed"))
        });
    }

    /// Accepts what stands once but is written as the labels that recur.
    fn by_style(&self, verdicts: &mut [Verdict]) {
        for style in [Style::Capitals, Style::Initials, Style::Bold, Style::Timed, Style::Titled] {
            let accepted = || {
                self.all.iter().zip(verdicts.iter()).filter_map(|(it, verdict)| {
                    matches!(verdict, Verdict::Speaker(_)).then_some(it)
                })
            };
            let alike: u32 = accepted().map(|it| it.written(style)).sum();
            let all: u32 = accepted().map(|it| it.times).sum();
            let kinds = accepted().filter(|it| it.written(style) > 0).count();
            let (least, enough, share) = match style {
                Style::Bold => (2, 1, 2),
                Style::Capitals => (3, 1, 2),
                Style::Initials | Style::Timed => (3, 2, 2),
                Style::Titled => (3, 3, 10),
            };
            if alike < least || kinds < enough || alike * share < all {
                continue;
            }
            self.promote(verdicts, |it| {
                let several = style != Style::Capitals || it.shape.words >= 2;
                let fits = it.written(style) > 0 && several && it.short_enough() && !it.shape.mark;
                let fits = fits && it.stood_as_label();
                let fits = fits && (it.shape.name_like || it.shape.initials);
                fits.then(|| msg!("import.speaker.style"))
            });
        }
    }

    /// Accepts names that stand once where nearly every paragraph has a label.
    fn by_density(&self, verdicts: &mut [Verdict]) {
        let name = |it: &Candidate| {
            let inline = it.count(&[Form::Colon, Form::Bold]) > 0 && it.shape.all_words <= 4;
            let likely =
                it.shape.name_like && (it.shape.cased || inline) && !it.shape.opens(self.language);
            likely && it.short_enough() && it.stood_as_label()
        };
        let mut labelled = self.named_blocks;
        for (it, verdict) in self.all.iter().zip(verdicts.iter()) {
            let counts = match verdict {
                Verdict::Speaker(_) => true,
                Verdict::Text(why) => *why == Plain::Once && name(it),
            };
            if counts {
                // A label that stands alone answers for the paragraph below it, too.
                labelled += it.times + self.alone(it);
            }
        }
        if labelled < 2 || labelled * 5 < self.speech_blocks * 3 {
            return;
        }
        self.promote(verdicts, |it| name(it).then(|| msg!("import.speaker.dense")));
    }

    fn alone(&self, it: &Candidate) -> u32 {
        it.forms.iter().filter(|(form, _)| form.alone()).map(|(_, count)| count).sum()
    }

    /// Makes speakers of those that stand once and that `why` speaks for.
    fn promote(&self, verdicts: &mut [Verdict], why: impl Fn(&Candidate) -> Option<Message>) {
        for (it, verdict) in self.all.iter().zip(verdicts) {
            if *verdict == Verdict::Text(Plain::Once)
                && let Some(why) = why(it)
            {
                *verdict = Verdict::Speaker(why);
            }
        }
    }
}
