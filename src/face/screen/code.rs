//! What keys do at the coding screen: an act of the desk, something typed, another part of the picture.

use std::collections::VecDeque;

use super::palette::{self, Found};
use crate::desk::coding::keys::{self, Command, Field, Key, Motion};
use crate::desk::coding::{Act, CodingDesk, Keep, View};
use crate::desk::{Desk, Effect, Keeper, NotKept};
use crate::domain::answer::{Answer, CodeIndex, DimensionIndex};
use crate::domain::failure::Failure;
use crate::domain::log::NewDecision;
use crate::domain::message::Message;
use crate::domain::record::MemoKind;
use crate::domain::study::Study;
use crate::face::lines::End;
use crate::msg;
use crate::words::{self, Language};

/// What keeps what is decided at the screen.
pub type Keeping<'k> = dyn Keeper<Keep, Vec<u64>> + 'k;

/// A key that comes again within so many milliseconds is held, where the terminal does not tell.
pub const HELD: u64 = 250;

/// How many decisions are shown that were made last.
const LAST: usize = 3;

/// What the session is, as the head of the screen says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who codes.
    pub coder: String,
    /// The round.
    pub round: String,
    /// The version of the codebook in force.
    pub codebook: String,
    /// Whether others' decisions are hidden.
    pub blind: bool,
}

/// What the keys are for at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    /// Deciding.
    Keys,
    /// Something is typed.
    Typing(Field, String),
    /// A code is looked for: what was typed, and which of the codes found is at hand.
    Palette(String, usize),
    /// Words are marked as a quotation for a code: the word at hand, and where the quotation begins.
    Marking(CodeIndex, usize, Option<usize>),
    /// Something is read: the codes whose definitions are shown, or the keys; and how far it is scrolled.
    Definition(DimensionIndex, Vec<CodeIndex>, usize),
    /// The keys are read.
    Help(usize),
    /// Something could not be kept, and why.
    Failed(Keep, String),
}

/// The screen as far as the desk does not know it.
pub struct CodeFace<'a> {
    pub(super) study: &'a Study,
    pub(super) session: Session,
    pub(super) language: Language,
    /// Whether colours may be used; nothing is said by them alone.
    pub(super) color: bool,
    pub(super) mode: Mode,
    /// The code at hand, by its place among the choices.
    pub(super) cursor: usize,
    /// Lines by which the text is scrolled from where the unit begins.
    pub(super) scroll: i32,
    /// What was said last.
    pub(super) said: Option<String>,
    /// What was decided last, the latest first.
    pub(super) last: VecDeque<String>,
    /// The key before this one, and when it came.
    before: Option<(Key, u64)>,
    interrupted: bool,
    /// Why nothing can be decided here.
    look: Option<String>,
}

impl<'a> CodeFace<'a> {
    /// A screen over a study.
    #[must_use]
    pub fn new(study: &'a Study, session: Session, language: Language, color: bool) -> Self {
        Self {
            study,
            session,
            language,
            color,
            mode: Mode::Keys,
            cursor: 0,
            scroll: 0,
            said: None,
            last: VecDeque::new(),
            before: None,
            interrupted: false,
            look: None,
        }
    }

    /// The same at which nothing can be decided, and why.
    #[must_use]
    pub fn looking_only(self, why: String) -> Self {
        Self { said: Some(why.clone()), look: Some(why), ..self }
    }

    /// The same with something said at the beginning.
    #[must_use]
    pub fn saying(self, what: Option<String>) -> Self {
        Self { said: what, ..self }
    }

    /// What was said last: why a session begins anew.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }

    pub(super) fn say(&self, message: &Message) -> String {
        crate::escape::terminal::visible(&words::say(message, self.language)).into_owned()
    }

    fn tell(&mut self, message: &Message) {
        self.said = Some(self.say(message));
    }

    /// Takes a key. Returns how the session ended, if it did.
    pub fn press(
        &mut self,
        key: Key,
        held: bool,
        at: u64,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        let again = self
            .before
            .is_some_and(|(before, then)| before == key && at.saturating_sub(then) < HELD);
        self.before = Some((key, at));
        if key != Key::Interrupt {
            self.interrupted = false;
        }
        match std::mem::replace(&mut self.mode, Mode::Keys) {
            Mode::Keys if (held || again) && !may_repeat(key) => {
                self.tell(&msg!("keys.held"));
                None
            }
            Mode::Keys => self.key(key, desk, keeper),
            _ if key == Key::Interrupt => self.interrupt(),
            Mode::Typing(field, text) => self.typed(field, text, key, desk, keeper),
            Mode::Palette(text, at) => self.searched(text, at, key, desk, keeper),
            Mode::Marking(code, at, from) => self.marked(code, at, from, key, desk, keeper),
            Mode::Definition(dimension, codes, top) => {
                if let Some(top) = scrolled(key, top) {
                    self.mode = Mode::Definition(dimension, codes, top);
                }
                None
            }
            Mode::Help(top) => {
                if let Some(top) = scrolled(key, top) {
                    self.mode = Mode::Help(top);
                }
                None
            }
            Mode::Failed(keep, why) => match key {
                Key::Char('r') if !held && !again => self.keep(keep, desk, keeper),
                _ => {
                    self.mode = Mode::Failed(keep, why);
                    None
                }
            },
        }
    }

    /// Takes something that was pasted: it decides nothing.
    pub fn paste(&mut self, pasted: &str) {
        let line: String =
            pasted.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        match &mut self.mode {
            Mode::Typing(_, text) | Mode::Palette(text, _) => text.push_str(line.trim()),
            _ => self.tell(&msg!("keys.pasted")),
        }
    }

    fn interrupt(&mut self) -> Option<End> {
        if self.interrupted {
            return Some(End::Left);
        }
        self.interrupted = true;
        self.tell(&msg!("screen.leave_again"));
        None
    }

    fn key(
        &mut self,
        key: Key,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        self.said = None;
        match keys::command(key, desk) {
            Command::Act(act) => return self.act(act, desk, keeper),
            Command::Ask(Field::Palette) => self.mode = Mode::Palette(String::new(), 0),
            Command::Ask(field) => self.mode = Mode::Typing(field, String::new()),
            Command::Look(motion) => self.look(motion, desk),
            Command::Mark => self.mark(desk),
            Command::Define => self.define(desk),
            Command::Help => self.mode = Mode::Help(0),
            Command::Escape => {}
            Command::Interrupt => return self.interrupt(),
            Command::Say(message) => self.tell(&message),
        }
        None
    }

    fn look(&mut self, motion: Motion, desk: &CodingDesk<'_>) {
        let View::Question(question) = desk.view() else { return };
        let last = question.choices.len().saturating_sub(1);
        match motion {
            Motion::Up => self.cursor = self.cursor.saturating_sub(1),
            Motion::Down => self.cursor = (self.cursor + 1).min(last),
            Motion::PageUp => self.scroll -= 5,
            Motion::PageDown => self.scroll += 5,
            Motion::Home => self.scroll = 0,
            // As far as there is text: drawing knows how far.
            Motion::End => self.scroll = i32::MAX,
        }
    }

    fn define(&mut self, desk: &CodingDesk<'_>) {
        let View::Question(question) = desk.view() else {
            return self.tell(&msg!("code.all_decided"));
        };
        let code = question.choices.get(self.cursor).filter(|it| !it.own).map(|it| it.code);
        self.mode = Mode::Definition(question.dimension, code.into_iter().collect(), 0);
    }

    pub(super) fn act(
        &mut self,
        act: Act,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        if let Act::Toggle(code) = act {
            self.put_cursor(code, desk);
        }
        let effect = desk.act(act);
        self.carry_out(effect, desk, keeper)
    }

    fn carry_out(
        &mut self,
        effect: Effect<Keep>,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        match effect {
            Effect::Append(what) => return self.keep(what, desk, keeper),
            Effect::Say(message) => self.tell(&message),
            Effect::Define(dimension, codes) => {
                self.mode = Mode::Definition(dimension, codes, 0);
            }
            Effect::Help => self.mode = Mode::Help(0),
            Effect::Moved | Effect::Look => self.moved(),
            Effect::Leave => return Some(End::Left),
        }
        None
    }

    /// Looks at the beginning of whatever is at hand now.
    fn moved(&mut self) {
        self.scroll = 0;
        self.cursor = 0;
    }

    fn put_cursor(&mut self, code: CodeIndex, desk: &CodingDesk<'_>) {
        if let View::Question(question) = desk.view()
            && let Some(at) = question.choices.iter().position(|it| it.code == code)
        {
            self.cursor = at;
        }
    }

    /// Lets something be kept, and only then shows it as done.
    fn keep(
        &mut self,
        what: Keep,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        if let Some(why) = &self.look {
            self.said = Some(why.clone());
            return None;
        }
        let mut next = Some(what);
        while let Some(what) = next {
            let stood = place(desk);
            match keeper.keep(&what) {
                Ok(receipt) => desk.saved(receipt),
                Err(NotKept::Changed(why)) => {
                    self.tell(&why);
                    return Some(End::Changed);
                }
                Err(NotKept::Failed(failure)) => {
                    let why = self.failure(&failure);
                    self.mode = Mode::Failed(what, why);
                    return None;
                }
            }
            self.remember(&what);
            if place(desk) != stood {
                self.moved();
            }
            next = desk.due();
        }
        None
    }

    fn failure(&self, failure: &Failure) -> String {
        match failure {
            Failure::Usage(what, _) | Failure::Refused(what, _) => self.say(what),
            Failure::Io(what, why) => {
                let what = self.say(what);
                format!("{what} ({})", crate::escape::terminal::visible(why))
            }
            Failure::Invalid(problems) => {
                problems.first().map(|it| self.say(&it.what)).unwrap_or_default()
            }
        }
    }

    /// Puts what was kept among what was decided last.
    fn remember(&mut self, what: &Keep) {
        let told = match what {
            Keep::Decisions(rows) => self.told(rows),
            Keep::Proposal { name, .. } => self.say(&msg!("code.proposed", name = name)),
            Keep::Quote { pick, .. } => self.say(&crate::face::lines::coding::told(pick)),
            Keep::Note { unit, .. } => {
                let unit = self.study.units.get(unit.at()).map(|unit| unit.locator.to_string());
                self.say(&msg!("code.noted", unit = unit.unwrap_or_default()))
            }
        };
        self.said = None;
        self.last.push_front(told);
        self.last.truncate(LAST);
    }

    fn told(&self, rows: &[NewDecision]) -> String {
        let unit = rows.first().and_then(|row| self.study.units.get(row.unit.at()));
        let mut told = unit.map(|unit| unit.locator.to_string()).unwrap_or_default();
        let mut in_order: Vec<&NewDecision> = rows.iter().collect();
        in_order.sort_by_key(|row| row.dimension);
        for row in in_order {
            let id = self.study.vocabulary.dimensions.get(usize::from(row.dimension.0));
            let id = id.map(|it| it.id.to_string()).unwrap_or_default();
            let answer = match &row.answer {
                Answer::Undecided => words::word("screen.undecided", self.language),
                Answer::None => words::word("code.none", self.language),
                codes => codes.to_string(),
            };
            told.push_str(&format!(" {id} {answer}{}", if row.unsure { "?" } else { "" }));
        }
        let took_back = rows.iter().any(|row| row.undoes.is_some());
        self.say(&match took_back {
            true => msg!("screen.undone", what = told),
            false => msg!("screen.saved", what = told),
        })
    }

    fn typed(
        &mut self,
        field: Field,
        mut text: String,
        key: Key,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        match key {
            Key::Escape => return None,
            Key::Enter => return self.entered(field, text.trim(), desk, keeper),
            Key::Backspace => {
                text.pop();
            }
            Key::Char(letter) => text.push(letter),
            _ => {}
        }
        self.mode = Mode::Typing(field, text);
        None
    }

    fn entered(
        &mut self,
        field: Field,
        text: &str,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        if text.is_empty() {
            return None;
        }
        let line = match field {
            Field::Note => return self.act(note(MemoKind::Note, text), desk, keeper),
            Field::Wish => return self.act(note(MemoKind::Boundary, text), desk, keeper),
            Field::Proposal => format!("+ {text}"),
            Field::Go => format!("g {text}"),
            Field::Line | Field::Palette => text.to_owned(),
        };
        match desk.read(&line) {
            Ok(act) => self.act(act, desk, keeper),
            Err(message) => {
                self.tell(&message);
                None
            }
        }
    }

    fn searched(
        &mut self,
        mut text: String,
        mut at: usize,
        key: Key,
        desk: &mut CodingDesk<'_>,
        keeper: &mut Keeping<'_>,
    ) -> Option<End> {
        match key {
            Key::Escape => return None,
            Key::Enter => {
                let found = self.found(&text);
                return match found.get(at) {
                    Some(Found { code, dimension, .. }) => {
                        desk.act(Act::Turn(*dimension));
                        self.act(Act::Toggle(*code), desk, keeper)
                    }
                    None => {
                        self.tell(&msg!("screen.no_match"));
                        self.mode = Mode::Palette(text, 0);
                        None
                    }
                };
            }
            Key::Up => at = at.saturating_sub(1),
            Key::Down => at = (at + 1).min(self.found(&text).len().saturating_sub(1)),
            Key::Backspace => {
                text.pop();
                at = 0;
            }
            Key::Char(letter) => {
                text.push(letter);
                at = 0;
            }
            _ => {}
        }
        self.mode = Mode::Palette(text, at);
        None
    }

    /// The codes that what was typed may mean, the likeliest first.
    pub(super) fn found(&self, text: &str) -> Vec<Found> {
        palette::find(self.study, text, self.language.tag())
    }
}

fn note(kind: MemoKind, text: &str) -> Act {
    Act::Note(kind, text.to_owned())
}

/// Where a coder stands at a desk: moving on shows another part of the text.
fn place(desk: &CodingDesk<'_>) -> Option<(crate::domain::log::UnitIndex, DimensionIndex)> {
    match desk.view() {
        View::Question(question) => Some((question.unit, question.dimension)),
        View::Finished { .. } => None,
    }
}

/// Whether a key may be held down: it only looks elsewhere.
fn may_repeat(key: Key) -> bool {
    matches!(
        key,
        Key::Up
            | Key::Down
            | Key::Left
            | Key::Right
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End
            | Key::Interrupt
    )
}

/// Where a panel stands after a key; nothing where it is put away.
fn scrolled(key: Key, top: usize) -> Option<usize> {
    match key {
        Key::Up => Some(top.saturating_sub(1)),
        Key::Down => Some(top + 1),
        Key::PageUp => Some(top.saturating_sub(10)),
        Key::PageDown => Some(top + 10),
        Key::Home => Some(0),
        _ => None,
    }
}
