//! Proposing thematic units: where the words of a transcript, and some signs beside them, say that one
//! theme ends and the next begins.
//!
//! The text is a row of turns ([`Turn`]); those that must stay together are put together (`atoms`). Every
//! row of them that could be a unit is worth its `cohesion`, less what its `length` costs; every cut has a
//! bonus by the signs beside it (`cues`). An exact `programme` finds the best way to cut, and the price of
//! a unit is set so that as many units come out as are wanted. Each cut has a `strength`. The method is
//! described, with figures, in `docs/units.md`.
//!
//! Only + − × ÷ and the logarithms of `libm` reach a result, and nothing depends on the order of a hash,
//! so that equal input gives equal cuts on every machine.

mod atoms;
mod cohesion;
mod cues;
mod leader;
mod length;
mod number;
mod programme;
mod strength;
mod text;
mod turn;
mod vocabulary;

pub use leader::guess as guess_leader;
pub use length::{Goal, Lengths, Size};
pub use strength::STRONGEST;
pub use turn::{Begin, Joint, Turn};

use atoms::Atoms;
use cohesion::Cohesion;
use programme::Programme;
use text::Text;

/// What a unit costs at least where its length was asked for: in real talk the price that gives the number
/// wanted lies above -10. Where turns allow no such number, a lower price would part short turns from those
/// they belong to, only to come nearer to it.
const LEAST_PRICE: f64 = -40.0;

/// A cut between two units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// The turn that the second unit begins with.
    pub before: usize,
    /// How strong it is: 0 where another way to cut is as good, at most [`STRONGEST`]; absent where the
    /// cut had to be.
    pub strength: Option<f64>,
}

/// Cuts a text into thematic units; `language` is a tag, empty if not known.
#[must_use]
pub fn propose(turns: &[Turn<'_>], size: Size, language: &str) -> Vec<Cut> {
    let text = Text::read(turns, language);
    let lengths = size.lengths(turns.iter().map(|turn| u64::from(turn.counted())).sum());
    let atoms = Atoms::of(turns, lengths.most);
    if atoms.len() < 2 {
        return Vec::new();
    }
    let mut cohesion = Cohesion::of(&text, &atoms);
    let mut values = cohesion.of_rows(&atoms);
    lengths.charge(&mut values, &atoms);
    let bonuses = cues::bonuses(turns, &text, lengths.target);
    let bonuses: Vec<f64> =
        (0..atoms.len()).map(|at| bonuses.get(atoms.start(at)).copied().unwrap_or(0.0)).collect();
    let programme = Programme { atoms: &atoms, values: &values, bonuses: &bonuses };
    let way = match size.goal {
        Goal::Units(units) => number::exactly(&programme, units as usize),
        Goal::Words(_) => {
            programme.of_number(usual_number(turns, &atoms, lengths.target), LEAST_PRICE)
        }
    };
    let strengths = strength::of_cuts(&programme, &way, &mut cohesion, &lengths);
    let cut = |(atom, strength): (&usize, f64)| Cut {
        before: atoms.start(*atom),
        strength: (!atoms.is_forced(*atom)).then_some(strength),
    };
    way.starts.iter().skip(1).zip(strengths).map(cut).collect()
}

/// How many of these turns open as somebody does who begins something new: with a question, an opening
/// word, or a phrase that moves on.
#[must_use]
pub fn signs(turns: &[Turn<'_>], language: &str) -> Vec<bool> {
    let text = Text::read(turns, language);
    (0..turns.len()).map(|at| cues::is_sign(turns, &text, at)).collect()
}

/// How many units of the target's length the text has, at least one. What cannot be cut and is longer
/// counts as one, and so does a unit set by hand.
fn usual_number(turns: &[Turn<'_>], atoms: &Atoms, target: f64) -> usize {
    let units = |atom: usize| match turns.get(atoms.start(atom)) {
        Some(turn) if turn.held => 1.0,
        _ => (atoms.counted(atom, atom + 1) as f64 / target).min(1.0),
    };
    libm::rint((0..atoms.len()).map(units).sum()).max(1.0) as usize
}
