//! Keys of the full screens: what a key is, what a line of a desk's table says, and the lines that every screen has.
//!
//! From these tables the help, the page on keys and the tests are made. A key is the character that it gives, so that
//! keyboards of any layout and the keypad do the same; nothing needs AltGr. What a key does is an act of a desk, or a
//! wish of the person that a screen can fulfil.

use crate::domain::message::Message;
use crate::msg;

/// A key, by the character that it gives or by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter, also that of the keypad.
    Enter,
    /// Tab.
    Tab,
    /// Escape.
    Escape,
    /// The key that takes off the last character.
    Backspace,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Ctrl+C.
    Interrupt,
}

/// Where a person wants to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// To what is before in a list.
    Up,
    /// To what is after in a list.
    Down,
    /// To the text before.
    PageUp,
    /// To the text after.
    PageDown,
    /// Back to where the text at hand begins.
    Home,
    /// To where the text at hand ends.
    End,
}

/// What a key asks for: an act of a desk, something to be typed first, a wish of a screen's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command<A, F, W> {
    /// An act of the desk.
    Act(A),
    /// Something to be typed first.
    Ask(F),
    /// Something that this screen alone knows.
    Wish(W),
    /// Another part of what is there.
    Look(Motion),
    /// Every key.
    Help,
    /// Back to the keys; it never decides.
    Escape,
    /// Leave, when asked twice.
    Interrupt,
    /// Nothing can be done, and why.
    Say(Message),
}

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Binding<D: 'static> {
    /// The keys.
    pub keys: &'static [Key],
    /// The keys as they are shown.
    pub shown: &'static str,
    /// What they do.
    pub does: D,
    /// The sentence that says so.
    pub says: &'static str,
}

/// A line of a table.
pub(super) const fn line<D>(
    keys: &'static [Key],
    shown: &'static str,
    does: D,
    says: &'static str,
) -> Binding<D> {
    Binding { keys, shown, does, says }
}

/// What the keys do that are the same on every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Look elsewhere.
    Look(Motion),
    /// Type a line of line mode.
    Line,
    /// The keys.
    Help,
    /// Back.
    Escape,
    /// Leave.
    Interrupt,
}

/// The keys that are the same on every screen.
pub const SHARED: &[Binding<Shared>] = &[
    line(&[Key::PageUp], "Page ↑", Shared::Look(Motion::PageUp), "keys.page_up"),
    line(&[Key::PageDown], "Page ↓", Shared::Look(Motion::PageDown), "keys.page_down"),
    line(&[Key::Home], "Home", Shared::Look(Motion::Home), "keys.home"),
    line(&[Key::End], "End", Shared::Look(Motion::End), "keys.end"),
    line(&[Key::Char(':')], ":", Shared::Line, "keys.line"),
    line(&[Key::Char('?')], "?", Shared::Help, "keys.help"),
    line(&[Key::Escape], "Esc", Shared::Escape, "keys.escape"),
    line(&[Key::Interrupt], "Ctrl+C Ctrl+C", Shared::Interrupt, "keys.interrupt"),
];

/// A line of the help: the keys as they are shown, and the sentence that says what they do.
pub type Told = (&'static str, &'static str);

/// Every line of a screen's help.
#[must_use]
pub fn told<D>(table: &[Binding<D>]) -> Vec<Told> {
    let own = table.iter().map(|it| (it.shown, it.says));
    own.chain(SHARED.iter().map(|it| (it.shown, it.says))).collect()
}

/// What a key does by a table, and which of its line's keys it is.
pub(super) fn find<D: Copy>(table: &[Binding<D>], key: Key) -> Option<(D, usize)> {
    let of = |line: &Binding<D>| Some((line.does, line.keys.iter().position(|it| *it == key)?));
    table.iter().find_map(of)
}

/// What a key asks for that is the same on every screen; `typed` is where a line of line mode is typed.
pub(super) fn shared<A, F, W>(key: Key, typed: F) -> Command<A, F, W> {
    match find(SHARED, key) {
        Some((Shared::Look(motion), _)) => Command::Look(motion),
        Some((Shared::Line, _)) => Command::Ask(typed),
        Some((Shared::Help, _)) => Command::Help,
        Some((Shared::Escape, _)) => Command::Escape,
        Some((Shared::Interrupt, _)) => Command::Interrupt,
        None => Command::Say(msg!("keys.unknown")),
    }
}

/// The digits from 1 on.
pub(super) const DIGITS: &[Key] = &[
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
];
