//! Names before a colon in every cue, as Zoom and others write them: then the file itself names its speakers.

use std::collections::BTreeSet;

use super::cues::Cue;

/// The fewest cues by which that can be told.
const FEWEST: usize = 6;
/// No name is longer, in bytes.
const LONGEST: usize = 100;

/// Whether nearly every cue begins with a name and a colon, and names recur: nobody begins nineteen in
/// twenty cues with words before a colon.
pub(super) fn names_speakers(cues: &[Cue<'_>]) -> bool {
    let firsts: Vec<&str> =
        cues.iter().filter_map(|cue| cue.lines.first()).map(|it| it.1).collect();
    let names: Vec<&str> = firsts.iter().filter_map(|line| split(line)).map(|it| it.0).collect();
    let different: BTreeSet<&str> = names.iter().copied().collect();
    firsts.len() >= FEWEST
        && names.len() * 20 >= firsts.len() * 19
        && different.len() * 2 <= names.len()
}

/// A name before a colon and a space, and what was said.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.split_once(": ")?;
    let name = name.trim();
    let bare = name.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let name = bare.unwrap_or(name).trim();
    let sound = !name.is_empty() && name.len() <= LONGEST && !name.contains(['<', '>']);
    sound.then(|| (name, text.trim()))
}
