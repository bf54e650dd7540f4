//! Who leads a conversation in which nobody is known to moderate.

use std::collections::BTreeMap;

use super::turn::Turn;

/// The speaker who asks in most turns, if three or more speak; of two who ask equally often, the one who
/// says more.
#[must_use]
pub fn guess(turns: &[Turn<'_>]) -> Option<usize> {
    let mut asked: BTreeMap<usize, (u32, u64)> = BTreeMap::new();
    for turn in turns {
        let (questions, words) = asked.entry(turn.speaker).or_default();
        *questions += u32::from(turn.asks());
        *words += u64::from(turn.words);
    }
    if asked.len() < 3 {
        return None;
    }
    let (speaker, (questions, _)) =
        asked.into_iter().max_by_key(|(speaker, weight)| (*weight, *speaker))?;
    (questions > 0).then_some(speaker)
}
