//! Which of the things that could be labels are: each is weighed by what the whole file says of it.
//!
//! A colon in ordinary speech makes no speaker. A label recurs, or names a role, or is numbered as
//! participants are, or stands in a list of those present, or is written as the others are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidate::{Above, Candidate, Style};
use super::label::{Form, Lead};
use super::shape::{base, key, shown};
use super::verdict::{Plain, Verdict};
use crate::domain::message::Message;
use crate::language::{self, detect::detect};
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
    /// Forms that ordinary text has too, and that are labels all over this file.
    pub(super) habitual: Vec<Form>,
    /// For each form, how often something else stands below it, and how often it stands.
    followed: BTreeMap<Form, (u32, u32)>,
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
    fn by_habit(&self, it: &Candidate) -> bool {
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

    /// Whether what is rare in a habitual form is written as a name is.
    fn fits_once(&self, it: &Candidate) -> bool {
        it.shape.name_like && it.shape.words <= 3 && self.covered_by_habit()
    }

    /// Whether nearly all that is said has a label in a habitual form.
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
        self.among_others(&mut verdicts);
        verdicts
    }

    /// Where nearly every paragraph has its label, what else recurs as they do is one, whatever its form, and a
    /// name with a remark is that name; and where all of them are roles and numbers, a rare word is none.
    fn among_others(&self, verdicts: &mut [Verdict]) {
        let accepted = |verdicts: &[Verdict]| -> Vec<bool> {
            verdicts.iter().map(|it| matches!(it, Verdict::Speaker(_))).collect()
        };
        let is = accepted(verdicts);
        let chosen = || self.all.iter().zip(&is).filter(|(_, is)| **is).map(|(it, _)| it);
        let labelled: u32 =
            chosen().map(|it| it.times + self.alone(it)).sum::<u32>() + self.named_blocks;
        if labelled * 5 < self.speech_blocks * 3 {
            return;
        }
        let plain =
            |it: &&Candidate| it.shape.nameless || it.shape.numbered || it.shape.role.is_some();
        let often = || chosen().filter(|it| it.strong() >= 3 && !self.is_rare(it));
        let ruled: u32 = often().filter(plain).map(|it| it.times).sum();
        let all: u32 = often().map(|it| it.times).sum();
        let by_role = all > 0 && ruled * 10 >= all * 9;
        let elsewhere = self.labels_stand_elsewhere();
        let names: BTreeSet<String> = chosen().map(|it| it.key.clone()).collect();
        for (it, verdict) in self.all.iter().zip(verdicts) {
            let opens = it.shape.opens(self.language) && !(it.varies && it.shape.words == 1);
            let word = opens || it.shape.mark || it.shape.field;
            match verdict {
                Verdict::Speaker(_) if elsewhere && self.is_phrase(it) => {
                    *verdict = Verdict::Text(Plain::NotAName);
                }
                Verdict::Text(Plain::Once | Plain::NotAName)
                    if it.stood_as_label() && it.said > 0 =>
                {
                    let with_remark = it.is_name_with_remark(&names);
                    let enough = if it.shape.sentence { 3 } else { 2 };
                    let recurs = it.strong() >= enough && it.varies && !word;
                    let recurs = recurs && !by_role && !(elsewhere && it.only_before_colons());
                    if with_remark || recurs {
                        *verdict = Verdict::Speaker(msg!("import.speaker.recurs", n = it.times));
                    }
                }
                Verdict::Speaker(_) if by_role && self.is_stray(it) => {
                    *verdict = Verdict::Text(Plain::NotAName);
                }
                _ => {}
            }
        }
    }

    /// Whether nearly all labels of the file stand in another form than before a colon.
    fn labels_stand_elsewhere(&self) -> bool {
        let of = |forms: &[Form]| self.all.iter().map(|it| it.count(forms)).sum::<u32>();
        let parted = of(&[Form::Parted]);
        let alone = of(&[Form::TimeLine, Form::BracketTime]);
        parted * 10 >= self.speech_blocks * 7
            || alone * 20 >= self.speech_blocks * 8
            || (!self.habitual.is_empty() && self.covered_by_habit())
    }

    /// Whether it stands before a colon alone, where labels do not: a phrase of speech.
    fn is_phrase(&self, it: &Candidate) -> bool {
        let known = it.shape.role.is_some() || it.shape.numbered;
        it.only_before_colons() && it.times * 10 < self.speech_blocks && !known
    }

    /// Whether a rare word beside labels that are all roles and numbers is none of them: `Monday: we meet`.
    fn is_stray(&self, it: &Candidate) -> bool {
        let shape = &it.shape;
        let numbered = it.text.ends_with(|last: char| last.is_ascii_digit());
        let somebody = shape.nameless && !language::is_turn_word(&language::fold(&it.text));
        let one_of_them = somebody
            || shape.numbered
            || shape.role.is_some()
            || shape.unknown
            || numbered
            || shape.initials;
        let often = it.strong() == 2 && it.varies && it.strong() * 6 >= self.speech_blocks;
        it.strong() <= 2 && !one_of_them && !often && self.is_rare(it)
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
        let timed =
            it.count(&[Form::BracketTime, Form::TimeLine, Form::TimeBefore, Form::TimeBetween]) > 0;
        let nobody = shape.nameless && shape.words == 2;
        if timed && nobody && it.text.ends_with(|last: char| last.is_ascii_digit()) {
            return Verdict::Speaker(msg!("import.speaker.numbered"));
        }
        if self.by_habit(it) {
            return Verdict::Speaker(msg!("import.speaker.recurs", n = n));
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
        let few = times < 2 || (times == 2 && self.speech_blocks > 8);
        few || times * 33 < self.speech_blocks
    }

    /// Whether it recurs in a way that speech does not.
    fn recurs_as_label(&self, it: &Candidate) -> bool {
        let (shape, strong) = (&it.shape, it.strong());
        let share = |part: u32, of: u32| part * of >= self.speech_blocks;
        if shape.unknown {
            return strong >= 2;
        }
        let word = shape.mark || shape.sentence || shape.opens(self.language);
        if (word || !it.short_enough()) && self.is_rare(it) {
            return false;
        }
        if !shape.name_like && !it.varies {
            return false;
        }
        if shape.name_like && strong >= 2 {
            return true;
        }
        let of = match shape.words {
            0..=2 => 50,
            3 | 4 => 33,
            _ => 20,
        };
        if strong >= 3 && share(strong, of) {
            return true;
        }
        let bracketed = it.count(&[Form::Bracket, Form::BracketLine]);
        let coded = it.text.ends_with(|last: char| last.is_ascii_digit()) && shape.words == 1;
        if bracketed >= 2 && shape.words <= 3 && (coded || share(bracketed, 5)) {
            return true;
        }
        let weak = it.times - strong - bracketed;
        shape.name_like && weak >= 3 && share(weak, 8) && !it.is_answer()
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
            let worded = it.shape.unknown || it.text.chars().any(char::is_alphabetic);
            likely && worded && !it.shape.sentence && it.short_enough() && it.stood_as_label()
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

/// What stands right above a block.
fn above(blocks: &[Block<'_>], leads: &[Lead<'_>], at: usize) -> Above {
    let Some(before) = at.checked_sub(1) else { return Above::Other };
    let alone = leads
        .get(before)
        .and_then(|it| it.label)
        .is_some_and(|(form, label)| form.alone() && !label.ends_with(['.', '?', '!', '…']));
    let heading = blocks.get(before).is_some_and(|it| it.kind == BlockKind::Heading);
    match (alone, heading) {
        (true, _) => Above::Alone,
        (false, true) => Above::Heading,
        (false, false) => Above::Other,
    }
}
