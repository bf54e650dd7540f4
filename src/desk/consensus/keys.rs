//! The keys of the meeting's screen: a table for choosing what shall hold, and one for the reason.

use super::{Act, ConsensusDesk, Stage};
use crate::desk::keys::{self, Binding, DIGITS, Key, Motion, line};
use crate::domain::consensus::Reason;

/// What is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who is here.
    Present,
    /// Why, in the team's words.
    Rationale,
    /// What should change in the codebook.
    Change,
    /// Any line of line mode.
    Line,
}

/// What the meeting's screen alone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Choose another answer from the codes of the dimension.
    Other,
    /// Both answers in full, with notes, and what their codes mean.
    Define,
    /// How far the coders agreed before the meeting.
    Agreement,
    /// Change the codebook.
    Amend,
}

/// What a key asks for at the meeting's screen.
pub type Command = keys::Command<Act, Field, Wish>;

/// What the keys of a line of the tables do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Take the answer of this side.
    Take,
    /// Both together.
    Both,
    /// Leave it open.
    Open,
    /// Take back the last settlement.
    Undo,
    /// On to the next discrepancy.
    Skip,
    /// Back to the one before.
    Previous,
    /// Type something.
    Ask(Field),
    /// What the screen alone knows.
    Wish(Wish),
    /// Look elsewhere.
    Look(Motion),
    /// Enough for now.
    Leave,
    /// The reason of this digit or letter.
    Reason,
    /// One stage back.
    Back,
}

/// Every key of the meeting's screen but those that all screens share.
pub const TABLE: &[Binding<Does>] = &[
    line(DIGITS, "1 … 9", Does::Take, "keys.take"),
    line(&[Key::Char('b')], "b", Does::Both, "keys.both"),
    line(&[Key::Char('o')], "o", Does::Wish(Wish::Other), "keys.other"),
    line(&[Key::Char('l')], "l", Does::Open, "keys.open"),
    line(&[Key::Char('s'), Key::Char('n')], "s, n", Does::Skip, "keys.next_dispute"),
    line(&[Key::Char('N')], "N", Does::Previous, "keys.previous_dispute"),
    line(&[Key::Char('z')], "z", Does::Undo, "keys.undo_settled"),
    line(&[Key::Char('d')], "d", Does::Wish(Wish::Define), "keys.define_both"),
    line(&[Key::Char('c')], "c", Does::Wish(Wish::Amend), "keys.amend"),
    line(&[Key::Char('k')], "k", Does::Ask(Field::Change), "keys.change"),
    line(&[Key::Char('a')], "a", Does::Wish(Wish::Agreement), "keys.agreement"),
    line(&[Key::Char('w')], "w", Does::Ask(Field::Present), "keys.present"),
    line(&[Key::Up, Key::Left], "↑, ←", Does::Look(Motion::PageUp), "keys.page_up"),
    line(&[Key::Down, Key::Right], "↓, →", Does::Look(Motion::PageDown), "keys.page_down"),
    line(&[Key::Char('q')], "q", Does::Leave, "keys.leave"),
];

/// The keys while the reason is asked for.
pub const REASONS: &[Binding<Does>] = &[
    line(
        &[
            Key::Char('1'),
            Key::Char('2'),
            Key::Char('3'),
            Key::Char('4'),
            Key::Char('5'),
            Key::Char('6'),
        ],
        "1 … 6",
        Does::Reason,
        "keys.reason",
    ),
    line(
        &[
            Key::Char('s'),
            Key::Char('o'),
            Key::Char('b'),
            Key::Char('d'),
            Key::Char('a'),
            Key::Char('r'),
        ],
        "s o b d a r",
        Does::Reason,
        "keys.reason_letter",
    ),
    line(&[Key::Char('z'), Key::Backspace, Key::Escape], "z, Esc", Does::Back, "keys.stage_back"),
];

/// What a key asks for at a desk.
#[must_use]
pub fn command(key: Key, desk: &ConsensusDesk<'_>) -> Command {
    let table = match desk.stage {
        Stage::Reason(_) => REASONS,
        _ => TABLE,
    };
    match keys::find(table, key) {
        Some((does, nth)) => done(does, nth),
        None => keys::shared(key, Field::Line),
    }
}

fn done(does: Does, nth: usize) -> Command {
    let act = match does {
        Does::Take => Act::Take(nth + 1),
        Does::Both => Act::Both,
        Does::Open => Act::Open,
        Does::Undo => Act::Undo,
        Does::Skip => Act::Skip,
        Does::Previous => Act::Previous,
        Does::Ask(field) => return Command::Ask(field),
        Does::Wish(wish) => return Command::Wish(wish),
        Does::Look(motion) => return Command::Look(motion),
        // The letters stand in the order of the reasons.
        Does::Reason => Act::Reason(Reason::ALL.get(nth).copied().unwrap_or(Reason::Slip)),
        Does::Back => Act::Back,
        Does::Leave => Act::Leave,
    };
    Command::Act(act)
}
