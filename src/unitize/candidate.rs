//! Something that could be a label, and all that a file says for and against it.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{Form, Lead};
use super::shape::{Shape, base, key, shown};
use super::verdict::Plain;

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
    pub(super) forms: BTreeMap<Form, u32>,
    /// How often it stands in the file.
    pub(super) times: u32,
    /// How often something is said after it.
    pub(super) said: u32,
    /// How often it has its line for itself, so that it answers for what stands below it, too.
    pub(super) alone: u32,
    /// How often a heading stands right before it.
    after_heading: u32,
    /// How often it stands right below something that could be a label alone on its line.
    below: u32,
    /// How often what follows ends as a sentence does, or is long.
    sentences: u32,
    /// How often what follows begins with a small letter.
    small: u32,
    /// What follows it where it is first met, if anything does on its line.
    follows: Option<String>,
    /// Whether something else follows it elsewhere: what always goes on in the same words is one phrase.
    pub(super) varies: bool,
}

/// What stands right above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    Heading,
    /// What could be a label that has its line for itself.
    Alone,
    Other,
}

/// How a label is written, for those that stand once beside others that recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// All in capitals.
    Capitals,
    /// Two to four capitals.
    Initials,
    /// In bold.
    Bold,
    /// With a time.
    Timed,
    /// A full name with a party or office in brackets after it, alone on its line.
    Titled,
}

impl Candidate {
    pub(super) fn new(text: &str, first: u32) -> Self {
        Self {
            key: key(text),
            text: text.to_owned(),
            shape: Shape::of(text),
            first,
            forms: BTreeMap::new(),
            times: 0,
            said: 0,
            alone: 0,
            after_heading: 0,
            below: 0,
            sentences: 0,
            small: 0,
            follows: None,
            varies: false,
        }
    }

    pub(super) fn count(&self, forms: &[Form]) -> u32 {
        forms.iter().filter_map(|form| self.forms.get(form)).sum()
    }

    /// How often it stands with a time.
    pub(super) fn timed(&self) -> u32 {
        self.count(&[Form::BracketTime, Form::TimeLine])
    }

    /// How often it stands in a form that is rarely anything but a label.
    pub(super) fn strong(&self) -> u32 {
        self.forms.iter().filter(|(form, _)| !form.weak()).map(|(_, count)| count).sum()
    }

    /// Whether it ever stood where a label stands, and not only where any short line does.
    pub(super) fn stood_as_label(&self) -> bool {
        self.strong() > 0
    }

    /// Whether it stood before a colon or with a time and is short, so that a person may wonder.
    pub(super) fn is_worth_showing(&self) -> bool {
        use Form::{Bold, BracketTime, Colon, ColonLine, TimeLine};
        let looked_like_one = self.count(&[Bold, BracketTime, Colon, ColonLine, TimeLine]) > 0;
        let brief = self.text.chars().count() <= 60 && self.shape.words <= 6;
        let recurs = self.times >= 3 || (self.times == 2 && self.varies);
        let brief = (brief && !self.is_sentence()) || recurs;
        looked_like_one && brief && self.text.chars().any(char::is_alphabetic)
    }

    /// How often it stands as a label, if it does at all: a line such as `Ada Poe` in a table of contents
    /// is none where `Ada Poe:` begins the turns.
    pub(super) fn standing(&self) -> u32 {
        let strong = self.strong();
        if strong == 0 { self.times } else { strong + self.bracketed() }
    }

    /// Whether this form of it is a label, given all the others and the forms that are labels all over the file.
    pub(super) fn counts_as(&self, form: Form, habitual: &[Form]) -> bool {
        let bracket = matches!(form, Form::Bracket | Form::BracketLine);
        !form.weak()
            || habitual.contains(&form)
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
    pub(super) fn is_line_of_document(&self, form: Form, why: Plain, text: &str) -> bool {
        let set_apart =
            matches!(form, Form::BracketTime | Form::Bold | Form::BoldLine | Form::TimeLine);
        let brief = text.len() <= 60 && !text.ends_with(['.', '?', '!', '…']);
        match why {
            Plain::Metadata => true,
            Plain::Field => !form.weak() && (brief || set_apart),
            Plain::NothingSaid => set_apart && (form == Form::BracketTime || self.times >= 2),
            Plain::Once | Plain::NotAName => false,
        }
    }

    /// Whether it begins a turn wherever it stands in this form, as far as can be told early.
    pub(super) fn begins_turns(&self, form: Form) -> bool {
        let sound = !self.shape.field && self.said > 0;
        let role = self.shape.role.is_some() && !self.shape.opens(None);
        let known = role || (self.shape.name_like && self.strong() >= 2);
        sound && known && !form.weak()
    }

    /// Whether it can only be the beginning of a sentence.
    pub(super) fn is_sentence(&self) -> bool {
        self.shape.sentence && !self.shape.abbreviated
    }

    /// Whether it stands before what is said at least twice, and no word of it says that it is something else.
    pub(super) fn recurs(&self) -> bool {
        let shape = &self.shape;
        let worded = shape.mark || shape.field || self.is_sentence() || self.is_metadata();
        self.strong() >= 2 && self.varies && self.said > 0 && shape.all_words <= 8 && !worded
    }

    pub(super) fn short_enough(&self) -> bool {
        self.shape.words <= if self.shape.capitals { 12 } else { 6 }
    }

    /// Whether it is as brief as a label is in a form that ordinary text has too, and no remark or sentence.
    pub(super) fn is_brief(&self) -> bool {
        let shape = &self.shape;
        self.text.len() <= 64
            && shape.all_words <= 8
            && !shape.mark
            && !shape.sentence
            && self.said > 0
    }

    /// Whether it is one of these labels with a remark in brackets after it: `Kim (whispering)` beside `Kim`.
    pub(super) fn is_name_with_remark(&self, names: &BTreeSet<String>) -> bool {
        let shown = shown(&self.text);
        let base = base(&shown);
        base.len() < shown.len() && shown.ends_with([')', ']']) && names.contains(&key(base))
    }

    pub(super) fn written(&self, style: Style) -> u32 {
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

    pub(super) fn see(&mut self, form: Form, lead: &Lead<'_>, above: Above) {
        self.times += 1;
        *self.forms.entry(form).or_default() += 1;
        self.after_heading += u32::from(above == Above::Heading);
        self.below += u32::from(above == Above::Alone);
        match &self.follows {
            Some(first) => self.varies |= *first != lead.text,
            None => self.follows = Some(lead.text.to_owned()),
        }
        self.alone += u32::from(lead.text.is_empty());
        self.varies |= lead.text.is_empty();
        self.small += u32::from(lead.text.starts_with(char::is_lowercase));
        let long = lead.text.len() > 60;
        let ends = lead.text.trim_end_matches(['"', '”', ')', '»']).ends_with(['.', '?', '!', '…']);
        self.sentences += u32::from(long || ends || lead.text.is_empty());
    }

    /// Whether it is what people answer in one word, and no label: it always stands below one.
    pub(super) fn is_answer(&self) -> bool {
        self.is_always_below() && self.strong() == 0
    }

    /// How often speech after it begins with a small letter.
    pub(super) fn small(&self) -> u32 {
        self.small
    }

    /// Whether it nearly always stands below what could be a label alone on its line.
    pub(super) fn is_always_below(&self) -> bool {
        self.below * 5 >= self.times * 4
    }

    /// Whether it never stands but before a colon with speech after it, right below something that has its line
    /// for itself: what whoever is named there says.
    pub(super) fn is_below_labels(&self) -> bool {
        let known = self.shape.role.is_some() || self.shape.numbered;
        !known && self.count(&[Form::Colon]) == self.times && self.is_always_below()
    }

    /// Whether it never stands but before a colon.
    pub(super) fn only_before_colons(&self) -> bool {
        self.count(&[Form::Colon, Form::ColonLine]) == self.times
    }

    /// Whether this form of it begins a turn, as far as can be told before anything is decided.
    pub(super) fn likely_begins(&self, form: Form) -> bool {
        let named = self.shape.nameless && self.shape.role.is_some();
        matches!(form, Form::BracketTime | Form::Bold)
            || (form.alone() && !form.weak())
            || (matches!(form, Form::BracketLine | Form::Bare) && named)
    }

    /// Another way in which it is written: the one that looks like a name tells what it is.
    pub(super) fn see_spelling(&mut self, text: &str) {
        let shape = Shape::of(text);
        if shape.name_like && !self.shape.name_like {
            self.shape = shape;
        }
    }

    /// `Presenter: Ada Poe (APO)` under each heading: a field of the document, not a turn.
    pub(super) fn is_metadata(&self) -> bool {
        self.times >= 2 && self.after_heading * 2 >= self.times && self.sentences == 0
    }
}
