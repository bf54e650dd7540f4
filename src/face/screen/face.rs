//! A person before a full screen: what keys do whatever the desk is, what is typed, what is kept, what is said.
//!
//! Every screen has the same guards, because they are here: a paste decides nothing, a key that is held counts once, Esc
//! never decides, what could not be kept stays shown until it is. What a desk has of its own it says as a [`Scene`].

use std::collections::VecDeque;

pub use super::scene::{Keeping, Lines, Scene};
use crate::desk::keys::{Command, Key, Motion};
use crate::desk::{Effect, NotKept};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::escape::terminal::visible;
use crate::face::lines::End;
use crate::msg;
use crate::words::{self, Language};

/// A key that comes again within so many milliseconds is held, where the terminal does not tell.
pub const HELD: u64 = 250;

/// How many things are shown that were kept last.
const LAST: usize = 3;

/// What the keys are for at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode<K, F, O> {
    /// Deciding.
    Keys,
    /// Something is typed.
    Typing(F, String),
    /// Something is read, and how far it is scrolled.
    Panel(Panel, usize),
    /// What this screen alone has.
    Own(O),
    /// Something could not be kept, and why.
    Failed(K, String),
}

/// What is read over the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Panel {
    /// The keys.
    Help,
    /// Anything else.
    Text(Lines),
}

/// A screen as far as its desk does not know it.
pub struct Face<'a, S: Scene<'a>> {
    pub(super) study: &'a Study,
    pub(super) session: S::Session,
    pub(super) language: Language,
    /// Whether colours may be used; nothing is said by them alone.
    pub(super) color: bool,
    pub(super) mode: Mode<S::Keep, S::Field, S::Own>,
    /// The thing at hand, by its place among the choices.
    pub(super) cursor: usize,
    /// Lines by which the text is scrolled from where it begins.
    pub(super) scroll: i32,
    /// What was said last.
    pub(super) said: Option<String>,
    /// What was kept last, the latest first.
    pub(super) last: VecDeque<String>,
    /// The key before this one, and when it came.
    before: Option<(Key, u64)>,
    pub(super) interrupted: bool,
    /// Why nothing can be decided here.
    look: Option<String>,
}

impl<'a, S: Scene<'a>> Face<'a, S> {
    /// A screen over a study.
    #[must_use]
    pub fn new(study: &'a Study, session: S::Session, language: Language, color: bool) -> Self {
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

    /// Says a message in the reader's language, safe for a terminal.
    pub(super) fn say(&self, message: &Message) -> String {
        visible(&words::say(message, self.language)).into_owned()
    }

    pub(super) fn word(&self, key: &'static str) -> String {
        words::word(key, self.language)
    }

    pub(super) fn tell(&mut self, message: &Message) {
        self.said = Some(self.say(message));
    }

    /// Asks for what has to be typed at once, where something has.
    pub fn begin(&mut self, desk: &S) {
        if matches!(self.mode, Mode::Keys)
            && let Some(field) = desk.due_field()
        {
            self.mode = Mode::Typing(field, String::new());
        }
    }

    /// Takes a key. Returns how the session ended, if it did.
    pub fn press(
        &mut self,
        key: Key,
        held: bool,
        at: u64,
        desk: &mut S,
        keeper: &mut Keeping<'_, S>,
    ) -> Option<End> {
        let again = held
            || self
                .before
                .is_some_and(|(before, then)| before == key && at.saturating_sub(then) < HELD);
        self.before = Some((key, at));
        if key != Key::Interrupt {
            self.interrupted = false;
        }
        let end = match std::mem::replace(&mut self.mode, Mode::Keys) {
            Mode::Keys if again && !may_repeat(key) => {
                self.tell(&msg!("keys.held"));
                None
            }
            Mode::Keys => self.key(key, desk, keeper),
            mode if key == Key::Interrupt => {
                self.mode = mode;
                self.interrupt()
            }
            // The key that led here, still held: it is no letter of what is typed.
            Mode::Typing(field, text) if again && (text.is_empty() || key == Key::Enter) => {
                self.mode = Mode::Typing(field, text);
                None
            }
            Mode::Typing(field, text) => self.typed(field, text, key, desk, keeper),
            Mode::Own(mut own) => {
                if again && !may_repeat(key) && S::typed_in(&mut own).is_none() {
                    self.mode = Mode::Own(own);
                    return None;
                }
                S::own(self, own, key, desk, keeper)
            }
            Mode::Panel(panel, top) => {
                if let Some(top) = scrolled(key, top) {
                    self.mode = Mode::Panel(panel, top);
                }
                None
            }
            Mode::Failed(what, _) if key == Key::Char('r') && !again => {
                self.keep(what, desk, keeper)
            }
            failed @ Mode::Failed(..) => {
                self.mode = failed;
                None
            }
        };
        self.begin(desk);
        end
    }

    /// Takes something that was pasted: it decides nothing.
    pub fn paste(&mut self, pasted: &str) {
        let line: String =
            pasted.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let into = match &mut self.mode {
            Mode::Typing(_, text) => Some(text),
            Mode::Own(own) => S::typed_in(own),
            _ => None,
        };
        match into {
            Some(text) => text.push_str(line.trim()),
            None => self.tell(&msg!("keys.pasted")),
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

    fn key(&mut self, key: Key, desk: &mut S, keeper: &mut Keeping<'_, S>) -> Option<End> {
        self.said = None;
        match desk.command(key) {
            Command::Act(act) => return self.act(act, desk, keeper),
            Command::Ask(field) => self.mode = Mode::Typing(field, String::new()),
            Command::Wish(wish) => S::wish(self, wish, desk),
            Command::Look(motion) => self.look(motion, desk.choices()),
            Command::Help => self.mode = Mode::Panel(Panel::Help, 0),
            Command::Escape => {}
            Command::Interrupt => return self.interrupt(),
            Command::Say(message) => self.tell(&message),
        }
        None
    }

    fn look(&mut self, motion: Motion, choices: usize) {
        match motion {
            Motion::Up => self.cursor = self.cursor.saturating_sub(1),
            Motion::Down => self.cursor = (self.cursor + 1).min(choices.saturating_sub(1)),
            Motion::PageUp => self.scroll = self.scroll.saturating_sub(5),
            Motion::PageDown => self.scroll = self.scroll.saturating_add(5),
            Motion::Home => self.scroll = 0,
            // As far as there is text: drawing knows how far.
            Motion::End => self.scroll = i32::MAX,
        }
    }

    pub(super) fn act(
        &mut self,
        act: S::Act,
        desk: &mut S,
        keeper: &mut Keeping<'_, S>,
    ) -> Option<End> {
        if let Some(at) = desk.chosen(&act) {
            self.cursor = at;
        }
        let stood = desk.place();
        match desk.act(act) {
            Effect::Append(what) => return self.keep(what, desk, keeper),
            Effect::Say(message) => self.tell(&message),
            Effect::Define(dimension, codes) => {
                let text = S::definitions(self, dimension, &codes);
                self.mode = Mode::Panel(Panel::Text(text), 0);
            }
            Effect::Help => self.mode = Mode::Panel(Panel::Help, 0),
            Effect::Look => self.moved(),
            Effect::Moved if desk.place() != stood => self.moved(),
            Effect::Moved => {}
            Effect::Leave => return Some(End::Left),
        }
        None
    }

    /// Looks at the beginning of whatever is at hand now.
    fn moved(&mut self) {
        self.scroll = 0;
        self.cursor = 0;
    }

    /// Lets something be kept, and only then shows it as done.
    pub(super) fn keep(
        &mut self,
        what: S::Keep,
        desk: &mut S,
        keeper: &mut Keeping<'_, S>,
    ) -> Option<End> {
        if let Some(why) = &self.look {
            self.said = Some(why.clone());
            return None;
        }
        let mut next = Some(what);
        while let Some(what) = next {
            let stood = desk.place();
            match keeper.keep(&what) {
                Ok(receipt) => desk.saved(receipt),
                Err(NotKept::Changed(why)) => {
                    let words = S::words(&what).map(|it| format!(" · {}", visible(it)));
                    self.said = Some(self.say(&why) + &words.unwrap_or_default());
                    return Some(End::Changed);
                }
                // Trying again would not help: what was asked for cannot be.
                Err(NotKept::Failed(Failure::Usage(what, fix))) => {
                    let (what, fix) = (self.say(&what), self.say(&fix));
                    self.said = Some(format!("{what}: {fix}"));
                    return None;
                }
                Err(NotKept::Failed(failure)) => {
                    let why = self.failure(&failure);
                    self.mode = Mode::Failed(what, why);
                    return None;
                }
            }
            let told = S::told(self, &what);
            self.said = None;
            self.last.push_front(told);
            self.last.truncate(LAST);
            if S::begins_anew(&what) {
                self.said = self.last.front().cloned();
                return Some(End::Changed);
            }
            if desk.place() != stood {
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
                format!("{what} ({})", visible(why))
            }
            Failure::Invalid(problems) => {
                problems.first().map(|it| self.say(&it.what)).unwrap_or_default()
            }
        }
    }

    fn typed(
        &mut self,
        field: S::Field,
        mut text: String,
        key: Key,
        desk: &mut S,
        keeper: &mut Keeping<'_, S>,
    ) -> Option<End> {
        match key {
            Key::Escape => {
                self.said = None;
                return S::dropped(field).and_then(|act| self.act(act, desk, keeper));
            }
            Key::Enter => {
                let typed = text.trim();
                if typed.is_empty() && !S::may_be_empty(field) {
                    return None;
                }
                return match desk.entered(field, typed) {
                    Ok(act) => self.act(act, desk, keeper),
                    Err(message) => {
                        self.tell(&message);
                        None
                    }
                };
            }
            Key::Backspace => {
                text.pop();
            }
            Key::Char(letter) => text.push(letter),
            _ => {}
        }
        self.mode = Mode::Typing(field, text);
        None
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
