//! Captions that roll: each repeats the line above before it adds one, as those that YouTube makes do.

use super::cues::Cue;
use super::payload;

/// The fewest cues by which a file can be told to roll.
const FEWEST: usize = 6;

/// Takes out the lines that a cue repeats from the one before it, where most cues of the file do that;
/// says how many.
pub(super) fn unroll(cues: &mut [Cue<'_>]) -> u32 {
    let shown: Vec<Vec<String>> = cues.iter().map(plain).collect();
    let pairs = || {
        shown.windows(2).map(|pair| match pair {
            [before, after] => repeated(before, after),
            _ => 0,
        })
    };
    let spoken = shown.iter().filter(|lines| !lines.is_empty()).count();
    let rolling = pairs().filter(|lines| *lines > 0).count();
    if spoken < FEWEST || rolling * 4 < spoken * 3 {
        return 0;
    }
    let mut taken = 0;
    for (cue, lines) in cues.iter_mut().skip(1).zip(pairs()) {
        cue.lines.drain(..lines.min(cue.lines.len()));
        taken += u32::try_from(lines).unwrap_or(u32::MAX);
    }
    taken
}

/// The lines of a cue as they are shown.
fn plain(cue: &Cue<'_>) -> Vec<String> {
    let parts = |line: &(u32, &str)| {
        let one = Cue { lines: vec![*line], ..cue.clone() };
        payload::parts(&one, true)
            .into_iter()
            .map(|part| part.text.into_owned())
            .collect::<String>()
    };
    cue.lines.iter().map(parts).collect()
}

/// How many lines at the beginning of a cue are those at the end of the one before it.
fn repeated(before: &[String], after: &[String]) -> usize {
    let most = before.len().min(after.len());
    let same = |count: &usize| before.get(before.len() - count..) == after.get(..*count);
    (1..=most).rev().find(same).unwrap_or(0)
}
