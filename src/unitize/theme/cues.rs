//! Signs outside the vocabulary that something new begins: a question of who leads, a word that opens, a
//! phrase that moves on, thanks, and, for long units, words not heard for a while.
//!
//! The weights are set by hand, the same for every language and set of data, on the log-odds scale of a
//! boundary; they were chosen by looking at a regression on meetings with topics marked by people.

use super::text::Text;
use super::turn::{Joint, Turn};
use super::vocabulary::matches;

/// From this many words per unit on, signs of long units count too, and all count more.
const LONG_UNITS: f64 = 400.0;

/// What the signs together are multiplied with, for short and for long units.
const FACTOR: (f64, f64) = (1.5, 10.0);

/// A cut inside a turn needs this much more than one between turns: between paragraphs, and between
/// sentences of one.
const INSIDE: (f64, f64) = (-0.5, -1.5);

/// What a heading or a printed question before a turn is worth.
const HEADED: f64 = 4.0;

/// A turn of no more words than this that says nothing is a murmur: `Mm, right.`
const MURMUR: usize = 5;

/// What speaks against parting an answer from the question of a participant, besides what speaks against
/// parting it from any question, and short assent or laughter from what it follows. Only where the words
/// plainly say that something else begins do they part.
const STAYS: (f64, f64) = (1.0, 2.0);

/// A word counts as new if it was not heard for so many words.
const FORGOTTEN: usize = 300;

/// What the signs say for a boundary before each turn, in units of the score; the mean over all turns but
/// the first is 0.
pub(super) fn bonuses(turns: &[Turn<'_>], text: &Text, target: f64) -> Vec<f64> {
    let long_units = target >= LONG_UNITS;
    let group = is_group(turns);
    let led = turns.iter().any(|turn| turn.leads);
    let novelty = if long_units { novelty(turns.len(), text) } else { Vec::new() };
    let lengths = if long_units { lengths(turns.len(), text) } else { Vec::new() };
    let mut all: Vec<f64> = Vec::with_capacity(turns.len());
    for (at, turn) in turns.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| turns.get(at));
        let asks = turn.asks();
        let murmurs = murmurs(turn, text, at);
        let mut sum = 0.4 * one(asks) - 0.9 * one(before.is_some_and(Turn::asks));
        if murmurs {
            // Who leads and murmurs is listening; others begin by murmuring all the time.
            sum -= one(turn.leads);
        } else if led {
            sum += 0.6 * one(turn.leads) + 0.4 * one(turn.leads && asks);
            sum += 0.3 * one(opens(text, at)) + 0.4 * f64::from(moves(text, at).min(3));
            sum += 0.4 * one(at > 0 && thanks(text, at - 1));
        }
        let answers = group && before.is_some_and(|before| turn.answers(before));
        sum -= STAYS.0 * one(answers) + STAYS.1 * one(turn.says_nothing());
        sum += novelty.get(at).map_or(0.0, |it| 2.5 * it);
        sum += lengths.get(at).map_or(0.0, |(own, after)| 0.2 * own + 0.25 * after);
        // A heading or a printed question says so itself.
        sum += HEADED * one(turn.headed);
        sum += match turn.joint {
            Joint::Turn => 0.0,
            Joint::Paragraph => INSIDE.0,
            Joint::Sentence => INSIDE.1,
        };
        all.push(sum);
    }
    let mean = all.iter().skip(1).sum::<f64>() / (turns.len().max(2) - 1) as f64;
    let factor = if long_units { FACTOR.1 } else { FACTOR.0 };
    all.iter().map(|it| factor * (it - mean)).collect()
}

/// Whether more than two talk: where two talk, each asks the other all the time.
fn is_group(turns: &[Turn<'_>]) -> bool {
    let first = turns.first().map_or(0, |it| it.speaker);
    let mut others = turns.iter().map(|it| it.speaker).filter(|it| *it != first);
    let second = others.next();
    others.any(|it| Some(it) != second)
}

/// Whether a turn begins as somebody does who opens something new: by a question, an opening word or a
/// phrase that moves on.
pub(super) fn is_sign(turns: &[Turn<'_>], text: &Text, at: usize) -> bool {
    turns.get(at).is_some_and(Turn::asks) || opens(text, at) || moves(text, at) > 0
}

fn one(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

fn opens(text: &Text, at: usize) -> bool {
    let first = text.turn(at).first().and_then(|word| text.vocabulary.word(*word));
    first.is_some_and(|word| word.opens)
}

fn thanks(text: &Text, at: usize) -> bool {
    text.turn(at).iter().any(|word| text.vocabulary.word(*word).is_some_and(|it| it.thanks))
}

/// Whether a turn is a murmur, with which somebody listens rather than begins.
fn murmurs(turn: &Turn<'_>, text: &Text, at: usize) -> bool {
    let words = text.turn(at);
    words.len() <= MURMUR
        && words.iter().all(|word| text.vocabulary.word(*word).is_some_and(|it| it.empty))
        && !turn.asks()
        && moves(text, at) == 0
}

/// How many different phrases of the turn move on.
fn moves(text: &Text, at: usize) -> u32 {
    let words = text.turn(at);
    let mut found: Vec<u16> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Some(known) = text.vocabulary.word(*word) else { continue };
        for phrase in &known.phrases {
            if !found.contains(phrase) && is_at(text, words.get(place..), *phrase) {
                found.push(*phrase);
            }
        }
    }
    u32::try_from(found.len()).unwrap_or(u32::MAX)
}

/// Whether a phrase stands at the beginning of some words.
fn is_at(text: &Text, words: Option<&[u32]>, phrase: u16) -> bool {
    let (Some(words), Some(phrase)) = (words, text.vocabulary.phrases().get(usize::from(phrase)))
    else {
        return false;
    };
    let mut words = words.iter();
    phrase.split(' ').all(|wanted| {
        let word = words.next().and_then(|word| text.vocabulary.word(*word));
        word.is_some_and(|word| matches(wanted, &word.folded))
    })
}

/// For each turn, the share of its longer words that were not heard for a while.
fn novelty(turns: usize, text: &Text) -> Vec<f64> {
    // Where each distinct word was heard last: 1 more than the number of words before that turn.
    let mut heard: Vec<usize> = Vec::new();
    let mut said = 0;
    let mut all = Vec::with_capacity(turns);
    for at in 0..turns {
        let mut words: Vec<u32> = text.turn(at).to_vec();
        let length = words.len();
        words.retain(|word| text.vocabulary.word(*word).is_some_and(|it| it.long));
        words.sort_unstable();
        words.dedup();
        let mut new = 0_u32;
        for word in &words {
            let word = *word as usize;
            if heard.len() <= word {
                heard.resize(word + 1, 0);
            }
            if let Some(last) = heard.get_mut(word) {
                new += u32::from(*last == 0 || said + 1 - *last > FORGOTTEN);
                *last = said + 1;
            }
        }
        said += length;
        all.push(f64::from(new) / (words.len() + 2) as f64);
    }
    all
}

/// For each turn, the logarithm of its length, and how much longer turns become from it on.
fn lengths(turns: usize, text: &Text) -> Vec<(f64, f64)> {
    let own: Vec<f64> = (0..turns).map(|at| libm::log1p(text.turn(at).len() as f64)).collect();
    let mean = |from: usize, to: usize| match own.get(from..to.min(own.len())) {
        Some(part) if !part.is_empty() => part.iter().sum::<f64>() / part.len() as f64,
        _ => 0.0,
    };
    let after = |at: usize| mean(at, at + 4) - mean(at.saturating_sub(4), at);
    own.iter().enumerate().map(|(at, own)| (*own, after(at))).collect()
}
