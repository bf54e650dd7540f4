//! Names before a colon in every cue, as Zoom and others write them, on a line of their own above what is said, or in
//! the line that names the cue, as Webex does: then the file itself names its speakers.

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

/// Whether nearly every cue has a line for who speaks above what is said, and the same few lines come back.
pub(super) fn names_above(cues: &[Cue<'_>]) -> bool {
    let several = cues.iter().filter(|cue| cue.lines.len() >= 2);
    let firsts: Vec<&str> =
        several.filter_map(|cue| cue.lines.first()).map(|it| above(it.1)).collect();
    firsts.len() * 10 >= cues.len() * 9 && are_names(&firsts)
}

/// A name that has its line for itself, without the marks around it.
pub(super) fn above(line: &str) -> &str {
    line.trim_matches(['[', ']', '(', ')', ':', '-', '–', '—', '>', '<', '*', ' '])
}

/// Who speaks in each cue by the lines that name the cues, where nearly all of these are names.
pub(super) fn by_ids<'a>(cues: &[Cue<'a>]) -> Option<Vec<&'a str>> {
    let names: Vec<&str> = cues.iter().map(|cue| of_id(cue.id)).collect();
    let there: Vec<&str> = names.iter().copied().filter(|it| !it.is_empty()).collect();
    (there.len() * 10 >= cues.len() * 9 && are_names(&there)).then_some(names)
}

/// `1 "Ada Poe" (4711)`, `12 - Ada Poe`: the name in the line that names a cue.
fn of_id(id: &str) -> &str {
    let bare = id.trim_start_matches(|it: char| it.is_ascii_digit() || " -–—.:)#".contains(it));
    let quoted = bare.strip_prefix('"').and_then(|it| it.split_once('"')).map(|it| it.0);
    quoted.unwrap_or_else(|| bare.split(" (").next().unwrap_or(bare)).trim()
}

/// Whether these are names: brief, two or more, and each comes back.
fn are_names(names: &[&str]) -> bool {
    let different: BTreeSet<&str> = names.iter().copied().collect();
    let brief = |it: &&str| {
        (1..=60).contains(&it.len())
            && it.chars().any(char::is_alphabetic)
            && !it.ends_with(['.', '?', '!', '…', ','])
            && it.split_whitespace().count() <= 6
    };
    names.len() >= FEWEST
        && different.len() >= 2
        && different.len() * 2 <= names.len()
        && different.iter().all(brief)
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
