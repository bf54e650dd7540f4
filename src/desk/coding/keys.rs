//! The keys of the coding screen: its table, and what they ask for at a desk.

use super::{Act, CodingDesk, View};
use crate::desk::Desk;
use crate::desk::keys::{self, Binding, DIGITS, Key, Motion, line};
use crate::msg;

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
}

/// What the coding screen alone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Look for a code.
    Find,
    /// Mark words of the unit as a quotation for the code at hand.
    Mark,
    /// The definition of the code at hand in full.
    Define,
}

/// What a key asks for at the coding screen.
pub type Command = keys::Command<Act, Field, Wish>;

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
    /// What the screen alone knows.
    Wish(Wish),
    /// Another code at hand.
    Look(Motion),
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

/// Every key of the coding screen but those that all screens share.
pub const TABLE: &[Binding<Does>] = &[
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
    line(&[Key::Char('k')], "k", Does::Wish(Wish::Mark), "keys.mark"),
    line(&[Key::Char('d')], "d", Does::Wish(Wish::Define), "keys.define"),
    line(&[Key::Char('f'), Key::Char('/')], "f, /", Does::Wish(Wish::Find), "keys.palette"),
    line(&[Key::Up, Key::Left], "↑, ←", Does::Look(Motion::Up), "keys.up"),
    line(&[Key::Down, Key::Right], "↓, →", Does::Look(Motion::Down), "keys.down"),
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
    match keys::find(TABLE, key) {
        Some((does, nth)) => done(does, nth, desk),
        None => keys::shared(key, Field::Line),
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
        Does::Wish(wish) => return Command::Wish(wish),
        Does::Look(motion) => return Command::Look(motion),
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
        return Command::Say(msg!("screen.all_decided"));
    };
    match question.choices.get(nth) {
        Some(choice) => Command::Act(Act::Toggle(choice.code)),
        None => Command::Say(msg!("code.no_number", last = question.choices.len())),
    }
}
