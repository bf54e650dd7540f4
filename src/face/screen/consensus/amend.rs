//! Changing the codebook out of the meeting: which code, which field, what it says then, and what that means.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::{MeetingFace, Own};
use crate::desk::Desk;
use crate::desk::consensus::{Act, Amendment, ConsensusDesk};
use crate::desk::keys::Key;
use crate::domain::answer::CodeIndex;
use crate::domain::revision::Effect;
use crate::escape::terminal::visible;
use crate::face::lines::End;
use crate::face::screen::face::{Keeping, Mode};
use crate::face::screen::parts::put;
use crate::msg;
use crate::render::wrap::wrap;

/// How far a change of the codebook is thought out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amend {
    /// Of which code: the one at hand.
    Which(usize),
    /// Which field of it: the one at hand.
    Field(String, usize),
    /// What the field says then.
    Text(String, &'static str, String),
    /// What that means for decisions of before.
    Meaning(String, &'static str, String),
}

/// The fields that a meeting is likely to change, with the words for them.
const FIELDS: [(&str, &str); 6] = [
    ("definition", "resolve.field_definition"),
    ("use_when", "resolve.field_use_when"),
    ("not_when", "resolve.field_not_when"),
    ("brief", "resolve.field_brief"),
    ("examples", "resolve.field_examples"),
    ("name", "resolve.field_name"),
];

/// What a changed text can mean, with the words for it.
const MEANINGS: [(Effect, &str); 4] = [
    (Effect::Minor, "resolve.effect_minor"),
    (Effect::Narrowed, "resolve.effect_narrowed"),
    (Effect::Widened, "resolve.effect_widened"),
    (Effect::Changed, "resolve.effect_changed"),
];

impl<'a> MeetingFace<'a> {
    pub(super) fn amended(
        &mut self,
        step: Amend,
        key: Key,
        desk: &mut ConsensusDesk<'a>,
        keeper: &mut Keeping<'_, ConsensusDesk<'a>>,
    ) -> Option<End> {
        let next = match step {
            Amend::Which(at) => {
                let ids = self.candidates(desk);
                match picked(key, at, ids.len()) {
                    Picked::Back => return None,
                    Picked::At(at) => Amend::Which(at),
                    Picked::Taken(nth) => match ids.into_iter().nth(nth) {
                        Some(id) => Amend::Field(id, 0),
                        None => Amend::Which(at),
                    },
                }
            }
            Amend::Field(id, at) => match picked(key, at, FIELDS.len()) {
                Picked::Back => Amend::Which(0),
                Picked::At(at) => Amend::Field(id, at),
                Picked::Taken(nth) => match FIELDS.get(nth) {
                    Some((field, _)) => Amend::Text(id, field, String::new()),
                    None => Amend::Field(id, at),
                },
            },
            Amend::Text(id, field, text) => self.retyped(id, field, text, key),
            Amend::Meaning(id, field, text) => {
                let nth = match key {
                    Key::Char(digit) => digit.to_digit(10).and_then(|it| it.checked_sub(1)),
                    _ => None,
                };
                match nth.and_then(|nth| MEANINGS.get(nth as usize)) {
                    Some((effect, _)) => {
                        let effect = effect.clone();
                        let made = Amendment { id, field, text: text.trim().to_owned(), effect };
                        return self.act(Act::Amend(made), desk, keeper);
                    }
                    None if key == Key::Escape => Amend::Text(id, field, text),
                    None => Amend::Meaning(id, field, text),
                }
            }
        };
        self.mode = Mode::Own(Own::Amend(next));
        None
    }

    /// The next step after a key while a text is typed.
    fn retyped(&self, id: String, field: &'static str, mut text: String, key: Key) -> Amend {
        match key {
            Key::Escape => return Amend::Field(id, 0),
            Key::Enter if !text.trim().is_empty() => return Amend::Meaning(id, field, text),
            Key::Tab => text.push_str(&self.says_now(&id, field)),
            Key::Backspace => {
                text.pop();
            }
            Key::Char(letter) => text.push(letter),
            _ => {}
        }
        Amend::Text(id, field, text)
    }

    /// What can be changed: the codes that were given, their dimension, then its other codes.
    fn candidates(&self, desk: &ConsensusDesk<'a>) -> Vec<String> {
        let view = desk.view();
        let Some(dispute) = view.dispute else { return Vec::new() };
        let answers = view.order.iter().filter_map(|at| dispute.given.get(*at));
        let given = answers.flat_map(|it| self.study.answers.codes(it.answer)).copied();
        let others = view.choices.iter().filter(|it| !it.own).map(|it| it.code);
        let in_force = |code: &CodeIndex| self.study.vocabulary.of(*code).in_force;
        let id = |code: CodeIndex| self.code_id(code).to_owned();
        let dimension = self.dimension_id(dispute.dimension).to_owned();
        let mut ids: Vec<String> = Vec::new();
        let given = given.filter(in_force).map(id);
        for id in given.chain([dimension]).chain(others.map(id)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// What a field says now, in the language of the study.
    fn says_now(&self, id: &str, field: &str) -> String {
        let Some(wording) = self.study.codebook().wording(id) else { return String::new() };
        let tag = match self.study.settings.language.as_str() {
            "" => "en",
            tag => tag,
        };
        match field {
            "name" => wording.name.text(tag).to_owned(),
            "brief" => wording.brief.text(tag).to_owned(),
            "use_when" => wording.use_when.text(tag).to_owned(),
            "not_when" => wording.not_when.text(tag).to_owned(),
            "examples" => wording.examples.get(tag).map(|it| it.join(" | ")).unwrap_or_default(),
            _ => wording.definition.text(tag).to_owned(),
        }
    }

    pub(super) fn amending(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        desk: &ConsensusDesk<'a>,
        step: &Amend,
    ) {
        let over = self.over(buffer, area, desk);
        let (head, lines) = self.step_told(desk, step);
        let width = usize::from(area.width);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let mut shown: Vec<(String, Style)> = Vec::new();
        for (number, text, style) in [(" ".to_owned(), head, bold)].into_iter().chain(lines) {
            let wrapped = wrap(&text, width, &number, "    ");
            shown.extend(wrapped.lines().map(|it| (it.to_owned(), style)));
        }
        // The end stays in view, where something is typed.
        let from = shown.len().saturating_sub(usize::from(over.height));
        for (y, (text, style)) in (0..over.height).zip(shown.into_iter().skip(from)) {
            put(buffer, over, y, &Line::styled(text, style));
        }
    }

    /// What is asked at a step, and what can be answered.
    fn step_told(&self, desk: &ConsensusDesk<'a>, step: &Amend) -> (String, Vec<Numbered>) {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let word = |key: &'static str| self.word(key);
        match step {
            Amend::Which(at) => {
                let ids = self.candidates(desk);
                let names = ids.iter().map(|id| self.brief_of(id));
                (word("resolve.amend_which"), numbered(names, Some(*at)))
            }
            Amend::Field(id, at) => {
                let head = self.say(&msg!("resolve.amend_field", name = self.name(id)));
                let fields = FIELDS.iter().map(|(field, name)| {
                    let now = self.says_now(id, field);
                    format!("{}: {}", word(name), visible(&now))
                });
                (head, numbered(fields, Some(*at)))
            }
            Amend::Text(id, field, text) => {
                let head = self.say(&msg!("resolve.amend_text", name = self.name(id)));
                let now = self.says_now(id, field);
                let now = if now.is_empty() { word("resolve.amend_empty") } else { now };
                let typed = format!("{field}: {}▏", visible(text));
                let now = (" ".to_owned(), visible(&now).into_owned(), Style::new());
                (head, vec![now, (" ".to_owned(), typed, bold)])
            }
            Amend::Meaning(_, field, text) => {
                let said = format!("{field}: {}", visible(text));
                let mut lines = vec![(" ".to_owned(), said, Style::new())];
                lines.extend(numbered(MEANINGS.iter().map(|(_, key)| word(key)), None));
                (word("resolve.amend_meaning"), lines)
            }
        }
    }
}

/// What a key picks in a list.
enum Picked {
    Back,
    At(usize),
    Taken(usize),
}

fn picked(key: Key, at: usize, all: usize) -> Picked {
    match key {
        Key::Escape => Picked::Back,
        Key::Up => Picked::At(at.saturating_sub(1)),
        Key::Down => Picked::At((at + 1).min(all.saturating_sub(1))),
        Key::Enter => Picked::Taken(at),
        Key::Char(digit) => match digit.to_digit(10).and_then(|it| it.checked_sub(1)) {
            Some(nth) if (nth as usize) < all => Picked::Taken(nth as usize),
            _ => Picked::At(at),
        },
        _ => Picked::At(at),
    }
}

/// What stands before a line, the line, and how it looks.
type Numbered = (String, String, Style);

/// Lines with their numbers, and an arrow at the one at hand.
fn numbered(lines: impl Iterator<Item = String>, at: Option<usize>) -> Vec<Numbered> {
    let line = |(nth, text): (usize, String)| {
        let arrow = if Some(nth) == at { '▸' } else { ' ' };
        let digit = if nth < 9 { (nth + 1).to_string() } else { " ".to_owned() };
        (format!("{arrow}{digit}  "), text, Style::new())
    };
    lines.enumerate().map(line).collect()
}
