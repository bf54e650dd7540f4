//! The keys of the full screen: one table, from which the help, the page on keys and the tests are made.
//!
//! A key is the character that it gives, so that keyboards of any layout and the keypad do the same; nothing needs
//! AltGr. What a key does is an act of the desk, or a wish of the person that the face can fulfil.

use super::{Act, CodingDesk, View};
use crate::desk::Desk;
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

/// What is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A note on the unit.
    Note,
    /// A wish that the unit were cut differently.
    Wish,
    /// A code to be proposed.
    Proposal,
    /// A place to go to.
    Go,
    /// Any line of line mode.
    Line,
    /// Words of a code that is looked for.
    Palette,
}

/// Where a person wants to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// To the code before.
    Up,
    /// To the code after.
    Down,
    /// To the text before.
    PageUp,
    /// To the text after.
    PageDown,
    /// Back to where the unit begins.
    Home,
    /// To where the unit ends.
    End,
}

/// What a key asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// An act of the desk.
    Act(Act),
    /// Something to be typed first.
    Ask(Field),
    /// Another part of what is there.
    Look(Motion),
    /// Mark words of the unit as a quotation for the code at hand.
    Mark,
    /// The definition of the code at hand in full.
    Define,
    /// Every key.
    Help,
    /// Back to the keys; it never decides.
    Escape,
    /// Leave, when asked twice.
    Interrupt,
    /// Nothing can be done, and why.
    Say(Message),
}

/// What the keys of a line of the table do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Make the dimension of this letter active.
    Turn,
    /// Give the code of this digit, or take it off.
    Toggle,
    /// None in the active dimension.
    None,
    /// Close the unit.
    Close,
    /// Walk dimension by dimension.
    Walk,
    /// Mark as unsure.
    Doubt,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Take back.
    TakeBack,
    /// Skip the unit.
    Skip,
    /// Next undecided question.
    Next,
    /// Previous undecided question.
    Previous,
    /// Type something.
    Ask(Field),
    /// Mark a quotation.
    Mark,
    /// The definition.
    Define,
    /// Look elsewhere.
    Look(Motion),
    /// The keys.
    Help,
    /// Back.
    Escape,
    /// Leave.
    Interrupt,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys.
    pub keys: &'static [Key],
    /// The keys as they are shown.
    pub shown: &'static str,
    /// What they do.
    pub does: Does,
    /// The sentence that says so.
    pub says: &'static str,
}

const LETTERS: &[Key] = &[
    Key::Char('q'),
    Key::Char('w'),
    Key::Char('e'),
    Key::Char('r'),
    Key::Char('t'),
    Key::Char('y'),
    Key::Char('u'),
    Key::Char('i'),
    Key::Char('o'),
    Key::Char('p'),
];

const DIGITS: &[Key] = &[
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

const fn line(
    keys: &'static [Key],
    shown: &'static str,
    does: Does,
    says: &'static str,
) -> Binding {
    Binding { keys, shown, does, says }
}

/// Every key of the coding screen.
pub const TABLE: &[Binding] = &[
    line(LETTERS, "q w e r t y u i o p", Does::Turn, "keys.turn"),
    line(DIGITS, "1 … 9", Does::Toggle, "keys.toggle"),
    line(&[Key::Char('0')], "0", Does::None, "keys.none"),
    line(&[Key::Char(' ')], "Space", Does::Close, "keys.close"),
    line(&[Key::Enter, Key::Tab], "Enter, Tab", Does::Walk, "keys.walk"),
    line(&[Key::Char('a')], "a", Does::Doubt, "keys.doubt"),
    line(&[Key::Char('x')], "x", Does::TakeBack, "keys.take_back"),
    line(&[Key::Char('z')], "z", Does::Undo, "keys.undo"),
    line(&[Key::Char('Z')], "Z", Does::Redo, "keys.redo"),
    line(&[Key::Char('s')], "s", Does::Skip, "keys.skip"),
    line(&[Key::Char('n')], "n", Does::Next, "keys.next"),
    line(&[Key::Char('N')], "N", Does::Previous, "keys.previous"),
    line(&[Key::Char('g')], "g", Does::Ask(Field::Go), "keys.go"),
    line(&[Key::Char('m')], "m", Does::Ask(Field::Note), "keys.note"),
    line(&[Key::Char('b')], "b", Does::Ask(Field::Wish), "keys.wish"),
    line(&[Key::Char('+')], "+", Does::Ask(Field::Proposal), "keys.propose"),
    line(&[Key::Char('k')], "k", Does::Mark, "keys.mark"),
    line(&[Key::Char('d')], "d", Does::Define, "keys.define"),
    line(&[Key::Char('f'), Key::Char('/')], "f, /", Does::Ask(Field::Palette), "keys.palette"),
    line(&[Key::Up, Key::Left], "↑, ←", Does::Look(Motion::Up), "keys.up"),
    line(&[Key::Down, Key::Right], "↓, →", Does::Look(Motion::Down), "keys.down"),
    line(&[Key::PageUp], "Page ↑", Does::Look(Motion::PageUp), "keys.page_up"),
    line(&[Key::PageDown], "Page ↓", Does::Look(Motion::PageDown), "keys.page_down"),
    line(&[Key::Home], "Home", Does::Look(Motion::Home), "keys.home"),
    line(&[Key::End], "End", Does::Look(Motion::End), "keys.end"),
    line(&[Key::Char(':')], ":", Does::Ask(Field::Line), "keys.line"),
    line(&[Key::Char('?')], "?", Does::Help, "keys.help"),
    line(&[Key::Escape], "Esc", Does::Escape, "keys.escape"),
    line(&[Key::Interrupt], "Ctrl+C Ctrl+C", Does::Interrupt, "keys.interrupt"),
];

/// The letter of the nth dimension, from 0; the eleventh and those after it have none.
#[must_use]
pub fn letter(nth: usize) -> Option<char> {
    match LETTERS.get(nth) {
        Some(Key::Char(letter)) => Some(*letter),
        _ => None,
    }
}

/// What a key asks for at a desk.
#[must_use]
pub fn command(key: Key, desk: &CodingDesk<'_>) -> Command {
    let of = |line: &Binding| Some((line.does, line.keys.iter().position(|it| *it == key)?));
    match TABLE.iter().find_map(of) {
        Some((does, nth)) => done(does, nth, desk),
        None => Command::Say(msg!("keys.unknown")),
    }
}

fn done(does: Does, nth: usize, desk: &CodingDesk<'_>) -> Command {
    let act = match does {
        Does::Turn => return turn(nth, desk),
        Does::Toggle => return toggle(nth, desk),
        Does::None => Act::GiveNone,
        Does::Close if desk.asks_each => return Command::Say(msg!("keys.each")),
        Does::Close => Act::Close,
        Does::Walk => Act::Walk,
        Does::Doubt => Act::Doubt,
        Does::Undo => Act::Undo,
        Does::Redo => Act::Redo,
        Does::TakeBack => Act::TakeBack,
        Does::Skip => Act::Skip,
        Does::Next => Act::Next,
        Does::Previous => Act::Previous,
        Does::Ask(field) => return Command::Ask(field),
        Does::Mark => return Command::Mark,
        Does::Define => return Command::Define,
        Does::Look(motion) => return Command::Look(motion),
        Does::Help => return Command::Help,
        Does::Escape => return Command::Escape,
        Does::Interrupt => return Command::Interrupt,
    };
    Command::Act(act)
}

fn turn(nth: usize, desk: &CodingDesk<'_>) -> Command {
    match desk.dimensions.get(nth) {
        Some(dimension) => Command::Act(Act::Turn(*dimension)),
        None => Command::Say(msg!("keys.no_dimension", n = desk.dimensions.len())),
    }
}

fn toggle(nth: usize, desk: &CodingDesk<'_>) -> Command {
    let View::Question(question) = desk.view() else {
        return Command::Say(msg!("code.all_decided"));
    };
    match question.choices.get(nth) {
        Some(choice) => Command::Act(Act::Toggle(choice.code)),
        None => Command::Say(msg!("code.no_number", last = question.choices.len())),
    }
}
