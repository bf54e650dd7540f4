//! Which of the things that could be labels are: each is weighed by what the whole file says of it.
//!
//! A colon in ordinary speech makes no speaker. A label recurs, or names a role, or is numbered as
//! participants are, or stands in a list of those present, or is written as the others are.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Style};
use super::evidence::Candidates;
use super::label::Form;
use super::shape::{base, key, shown};
use super::verdict::{Plain, Verdict};
use crate::domain::message::Message;
use crate::language;
use crate::msg;

/// How the labels of a file that recur are written, and what follows them.
struct Habits {
    /// All of them in capitals.
    capitals: bool,
    /// Speech after them begins with a capital.
    begins: bool,
    /// Nearly all of them are roles, numbers and letters.
    by_role: bool,
    /// They stand in another form than before a colon.
    elsewhere: bool,
    /// They have a line for themselves, above what is said.
    above: bool,
    /// All that were accepted, by their keys.
    names: BTreeSet<String>,
}

impl Candidates {
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
        let Some(habits) = self.habits(verdicts) else { return };
        for (it, verdict) in self.all.iter().zip(verdicts) {
            if let Some(other) = self.judged_anew(it, verdict, &habits) {
                *verdict = other;
            }
        }
    }

    /// What the others say of a candidate, if that is something else than was decided.
    fn judged_anew(&self, it: &Candidate, verdict: &Verdict, habits: &Habits) -> Option<Verdict> {
        match verdict {
            Verdict::Speaker(_) => {
                let phrase = habits.elsewhere && self.is_phrase(it);
                let below = habits.above && it.is_below_labels();
                let stray = habits.by_role && self.is_stray(it);
                let none = phrase || below || stray || self.is_aside(it, habits);
                none.then_some(Verdict::Text(Plain::NotAName))
            }
            Verdict::Text(Plain::Once | Plain::NotAName) if it.stood_as_label() && it.said > 0 => {
                let opens = it.shape.opens(self.language) && !(it.varies && it.shape.words == 1);
                let word = opens || it.shape.mark || it.shape.field;
                let enough = if it.is_sentence() { 3 } else { 2 };
                let recurs = it.strong() >= enough && it.varies && !word;
                let elsewhere = habits.elsewhere && it.only_before_colons();
                let recurs = recurs && !habits.by_role && !elsewhere;
                let is = recurs || it.is_name_with_remark(&habits.names);
                is.then(|| Verdict::Speaker(msg!("import.speaker.recurs", n = it.times)))
            }
            Verdict::Text(_) => None,
        }
    }

    /// How the labels are written that were accepted; none where they do not stand before most of what is said.
    fn habits(&self, verdicts: &[Verdict]) -> Option<Habits> {
        let is: Vec<bool> = verdicts.iter().map(|it| matches!(it, Verdict::Speaker(_))).collect();
        let chosen = || self.all.iter().zip(&is).filter(|(_, is)| **is).map(|(it, _)| it);
        let labelled: u32 = chosen().map(|it| it.times + it.alone).sum::<u32>() + self.named_blocks;
        let few = labelled * 5 < self.speech_blocks * 3;
        // Where what recurs stands before nearly all of the rest, the rest has its labels, too.
        let others = self.all.iter().zip(&is).filter(|(it, is)| !**is && it.recurs());
        let others: u32 = others.map(|(it, _)| it.times + it.alone).sum();
        if few && (labelled + others) * 5 < self.speech_blocks * 4 {
            return None;
        }
        let plain = |it: &&Candidate| {
            let letter = it.key.chars().count() <= 2;
            it.shape.nameless || it.shape.numbered || it.shape.role.is_some() || letter
        };
        let often = || chosen().filter(|it| it.strong() >= 3 && !self.is_rare(it));
        let ruled: u32 = often().filter(plain).map(|it| it.times).sum();
        let all: u32 = often().map(|it| it.times).sum();
        let capitals: u32 = often().filter(|it| it.shape.capitals).map(|it| it.times).sum();
        let small: u32 = often().map(Candidate::small).sum();
        Some(Habits {
            capitals: all > 0 && capitals == all,
            begins: all > 0 && small * 10 <= all,
            by_role: !few && all > 0 && ruled * 10 >= all * 9,
            elsewhere: self.labels_stand_elsewhere(&is),
            above: chosen().map(|it| it.alone).sum::<u32>() * 20 >= self.speech_blocks * 7,
            names: chosen().map(|it| it.key.clone()).collect(),
        })
    }

    /// Whether a rare word before a colon is what somebody says: written otherwise than the labels of the file, or
    /// followed otherwise, or a word that announces something.
    fn is_aside(&self, it: &Candidate, habits: &Habits) -> bool {
        let shape = &it.shape;
        let folded = language::fold(&it.text);
        let known = shape.role.is_some() || shape.numbered || shape.unknown || shape.nameless;
        let somebody =
            (known && !language::is_turn_word(&folded)) || language::is_given_name(&folded);
        let rare = it.strong() <= 2 && self.is_rare(it) && it.only_before_colons();
        let goes_on = habits.begins && it.small() == it.times;
        let small = habits.capitals && !shape.capitals;
        // Somebody may be called Price, and says something twice.
        let again = it.strong() == 2 && it.varies && language::is_namesake(&folded);
        rare && !somebody && (goes_on || small || (!again && language::is_aside(&folded)))
    }

    /// Whether nearly all labels of the file stand in another form than before a colon.
    fn labels_stand_elsewhere(&self, is: &[bool]) -> bool {
        let of = |forms: &[Form]| self.all.iter().map(|it| it.count(forms)).sum::<u32>();
        let parted = of(&[Form::Parted, Form::Tagged]);
        let speakers = || self.all.iter().zip(is).filter(|(_, is)| **is).map(|it| it.0);
        let lines: u32 = speakers().map(|it| it.count(&[Form::ColonLine])).sum();
        let alone: u32 = speakers().map(|it| it.alone).sum::<u32>().saturating_sub(lines);
        parted * 10 >= self.speech_blocks * 7
            || self.timed * 20 >= self.speech_blocks * 8
            || alone * 20 >= self.speech_blocks * 8
            || (!self.habitual.is_empty() && self.covered)
    }

    /// Whether it stands before a colon alone, where labels do not: a phrase of speech.
    fn is_phrase(&self, it: &Candidate) -> bool {
        let known = it.shape.role.is_some() || it.shape.numbered;
        let rare = it.times * 10 < self.speech_blocks;
        !known && ((it.only_before_colons() && rare) || it.is_below_labels())
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
        // Nobody says a time beside a word.
        let timed = it.timed() > 0;
        it.strong() <= 2 && !one_of_them && !often && !timed && self.is_rare(it)
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
        if it.count(&[Form::Tagged]) > 0 {
            return Verdict::Speaker(msg!("import.speaker.style"));
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
        if self.by_habit(it) || self.stands_with_times(it) {
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
        let word = shape.mark || it.is_sentence() || shape.opens(self.language);
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
                labelled += it.times + it.alone;
            }
        }
        if labelled < 2 || labelled * 5 < self.speech_blocks * 3 {
            return;
        }
        self.promote(verdicts, |it| name(it).then(|| msg!("import.speaker.dense")));
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
