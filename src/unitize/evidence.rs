//! Which of the things that could be labels are: each is weighed by what the whole file says of it.
//!
//! A colon in ordinary speech makes no speaker. A label recurs, or names a role, or is numbered as
//! participants are, or stands in a list of those present, or is written as the others are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::block::{Block, BlockKind};
use super::label::{Form, Lead, Shape, base, key, shown};
use crate::domain::message::Message;
use crate::msg;

/// Something that could be a label, and all that speaks for and against it.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) key: String,
    /// As it stands where it is first met.
    pub(super) text: String,
    pub(super) shape: Shape,
    /// Line where it is first met.
    pub(super) first: u32,
    /// How often it stands in each form.
    forms: BTreeMap<Form, u32>,
    /// How often it stands in the file.
    pub(super) times: u32,
    /// How often something is said after it.
    said: u32,
    /// How often a heading stands right before it.
    after_heading: u32,
    /// How often what follows ends as a sentence does, or is long.
    sentences: u32,
}

/// What became of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A speaker, and why.
    Speaker(Message),
    /// Ordinary text, and why.
    Text(Message),
}

/// All candidates of a file.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) all: Vec<Candidate>,
    /// The candidate of each block.
    pub(super) of_block: Vec<Option<u32>>,
    /// Blocks in which something may be said.
    speech_blocks: u32,
}

/// How a label is written, for those that stand once beside others that recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Capitals,
    Initials,
    Bold,
    Timed,
    /// A full name with a party or office in brackets after it, alone on its line.
    Titled,
}

impl Candidate {
    fn new(text: &str, first: u32) -> Self {
        Self {
            key: key(text),
            text: text.to_owned(),
            shape: Shape::of(text),
            first,
            forms: BTreeMap::new(),
            times: 0,
            said: 0,
            after_heading: 0,
            sentences: 0,
        }
    }

    fn count(&self, forms: &[Form]) -> u32 {
        forms.iter().filter_map(|form| self.forms.get(form)).sum()
    }

    /// How often it stands in a form that is rarely anything but a label.
    fn strong(&self) -> u32 {
        self.forms.iter().filter(|(form, _)| !form.weak()).map(|(_, count)| count).sum()
    }

    /// Whether it ever stood where a label stands, and not only where any short line does.
    pub(super) fn stood_as_label(&self) -> bool {
        self.strong() > 0
    }

    /// Whether it stood before a colon or with a time, where a person would look for a label.
    pub(super) fn catches_the_eye(&self) -> bool {
        use Form::{Bold, BracketTime, Colon, ColonLine, TimeLine};
        self.count(&[Bold, BracketTime, Colon, ColonLine, TimeLine]) > 0
    }

    /// How often it stands as a label, if it does at all: a line such as `Ada Poe` in a table of contents
    /// is none where `Ada Poe:` begins the turns.
    pub(super) fn standing(&self) -> u32 {
        let strong = self.strong();
        if strong == 0 { self.times } else { strong + self.bracketed() }
    }

    /// Whether this form of it is a label, given all the others.
    pub(super) fn counts_as(&self, form: Form) -> bool {
        let bracket = matches!(form, Form::Bracket | Form::BracketLine);
        !form.weak()
            || self.strong() == 0
            || (bracket && self.forms.contains_key(&Form::BracketTime))
    }

    fn bracketed(&self) -> u32 {
        if self.forms.contains_key(&Form::BracketTime) {
            self.count(&[Form::Bracket, Form::BracketLine])
        } else {
            0
        }
    }

    /// Whether this form of it, rejected for this reason, is nobody's speech: a line of the document.
    pub(super) fn is_line_of_document(&self, form: Form, why: &Message, text: &str) -> bool {
        let set_apart =
            matches!(form, Form::BracketTime | Form::Bold | Form::BoldLine | Form::TimeLine);
        let brief = text.len() <= 60 && !text.ends_with(['.', '?', '!', '…']);
        match why.key {
            "import.text.metadata" => true,
            "import.text.field" => !form.weak() && (brief || set_apart),
            "import.text.nothing-said" => {
                set_apart && (form == Form::BracketTime || self.times >= 2)
            }
            _ => false,
        }
    }

    /// Whether it begins a turn wherever it stands in this form, as far as can be told early.
    pub(super) fn begins_turns(&self, form: Form) -> bool {
        let sound = !self.shape.field && !self.shape.opener && self.said > 0;
        let known = self.shape.role.is_some() || (self.shape.name_like && self.strong() >= 2);
        sound && known && !form.weak()
    }

    fn short_enough(&self) -> bool {
        self.shape.words <= if self.shape.capitals { 12 } else { 6 }
    }

    fn written(&self, style: Style) -> u32 {
        match style {
            Style::Capitals if self.shape.capitals && self.shape.words >= 2 => self.times,
            Style::Capitals if self.shape.capitals && !self.shape.initials => self.times,
            Style::Initials if self.shape.initials => self.times,
            Style::Bold => self.count(&[Form::Bold, Form::BoldLine]),
            Style::Timed => self.count(&[Form::TimeLine, Form::BracketTime]),
            Style::Titled
                if self.shape.cased && self.shape.words >= 2 && self.text.ends_with(')') =>
            {
                self.count(&[Form::ColonLine])
            }
            _ => 0,
        }
    }
}

impl Candidates {
    /// Finds everything that could be a label.
    pub(super) fn collect<'a>(blocks: &[Block<'a>], leads: &[Lead<'_>]) -> Self {
        let mut found = Self::default();
        let mut by_spelling: HashMap<&str, u32> = HashMap::new();
        let mut by_key: HashMap<String, u32> = HashMap::new();
        for (at, (block, lead)) in blocks.iter().zip(leads).enumerate() {
            if block.kind == BlockKind::Text && !lead.unlabelled.1.is_empty() {
                found.speech_blocks += 1;
            }
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
        verdicts.iter().any(|it| matches!(it, Verdict::Text(why) if why.key == "import.text.once"))
    }

    /// What a candidate's own shape, place and number say.
    fn by_itself(&self, it: &Candidate, declared: &BTreeSet<String>) -> Verdict {
        let (shape, n) = (&it.shape, it.standing());
        if declared.contains(&it.key) {
            return Verdict::Speaker(msg!("import.speaker.declared"));
        }
        if shape.field {
            return Verdict::Text(msg!("import.text.field"));
        }
        if it.said == 0 {
            return Verdict::Text(msg!("import.text.nothing-said"));
        }
        if it.is_metadata() {
            return Verdict::Text(msg!("import.text.metadata"));
        }
        let strong = it.stood_as_label();
        let names_role =
            shape.role.is_some() && !shape.opener && !shape.mark && (strong || shape.nameless);
        if let Some((word, _)) =
            shape.role.as_ref().filter(|_| names_role && (shape.name_like || shape.words <= 3))
        {
            return Verdict::Speaker(msg!("import.speaker.role-word", word = word));
        }
        if shape.numbered && shape.words <= 2 {
            return Verdict::Speaker(msg!("import.speaker.numbered"));
        }
        if n == 1 {
            return Verdict::Text(msg!("import.text.once"));
        }
        if self.recurs_as_label(it) {
            return Verdict::Speaker(msg!("import.speaker.recurs", n = n));
        }
        Verdict::Text(msg!("import.text.not-a-name"))
    }

    /// Whether it recurs in a way that speech does not.
    fn recurs_as_label(&self, it: &Candidate) -> bool {
        let (shape, strong) = (&it.shape, it.strong());
        let share = |part: u32, of: u32| part * of >= self.speech_blocks;
        if shape.unknown {
            return strong >= 2;
        }
        if shape.opener || shape.mark || !it.short_enough() {
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
            let likely = it.shape.name_like && (it.shape.cased || inline) && !it.shape.opener;
            likely && it.short_enough() && it.stood_as_label()
        };
        let mut labelled = 0;
        for (it, verdict) in self.all.iter().zip(verdicts.iter()) {
            let counts = match verdict {
                Verdict::Speaker(_) => true,
                Verdict::Text(why) => why.key == "import.text.once" && name(it),
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
            if matches!(verdict, Verdict::Text(text) if text.key == "import.text.once")
                && let Some(why) = why(it)
            {
                *verdict = Verdict::Speaker(why);
            }
        }
    }
}

impl Candidate {
    fn see(&mut self, form: Form, lead: &Lead<'_>, after_heading: bool) {
        self.times += 1;
        *self.forms.entry(form).or_default() += 1;
        self.after_heading += u32::from(after_heading);
        let long = lead.text.len() > 60;
        let ends = lead.text.trim_end_matches(['"', '”', ')', '»']).ends_with(['.', '?', '!', '…']);
        self.sentences += u32::from(long || ends || lead.text.is_empty());
    }

    /// Whether this form of it begins a turn, as far as can be told before anything is decided.
    fn likely_begins(&self, form: Form) -> bool {
        let named = self.shape.nameless && self.shape.role.is_some();
        matches!(form, Form::BracketTime | Form::Bold)
            || (form.alone() && !form.weak())
            || (matches!(form, Form::BracketLine | Form::Bare) && named)
    }

    /// Another way in which it is written: the one that looks like a name tells what it is.
    fn see_spelling(&mut self, text: &str) {
        let shape = Shape::of(text);
        if shape.name_like && !self.shape.name_like {
            self.shape = shape;
        }
    }

    /// `Presenter: Ada Poe (APO)` under each heading: a field of the document, not a turn.
    fn is_metadata(&self) -> bool {
        self.times >= 2 && self.after_heading * 2 >= self.times && self.sentences == 0
    }
}
