//! Names before a colon in every cue, as Zoom and others write them, on a line of their own above what is said, or in
//! the line that names the cue, as Webex does, or in a comment above it: then the file itself names its speakers.

use std::collections::BTreeSet;

use super::cues::Cue;
use crate::language;
use crate::read::come_back::{are_names, is_brief};

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
    firsts.len() * 10 >= cues.len() * 9 && are_names(&firsts, FEWEST)
}

/// A name that has its line for itself, without the marks around it.
pub(super) fn above(line: &str) -> &str {
    line.trim_matches(['[', ']', '(', ')', ':', '-', '–', '—', '>', '<', '*', ' '])
}

/// Who speaks in each cue by the lines that name the cues, where nearly all of these are names.
pub(super) fn by_ids<'a>(cues: &[Cue<'a>]) -> Option<Vec<&'a str>> {
    let names: Vec<&str> = cues.iter().map(|cue| of_id(cue.id)).collect();
    let there: Vec<&str> = names.iter().copied().filter(|it| !it.is_empty()).collect();
    (there.len() * 10 >= cues.len() * 9 && are_names(&there, FEWEST)).then_some(names)
}

/// `1 "Ada Poe" (4711)`, `12 - Ada Poe`: the name in the line that names a cue.
fn of_id(id: &str) -> &str {
    let bare = id.trim_start_matches(|it: char| it.is_ascii_digit() || " -–—.:)#".contains(it));
    let quoted = bare.strip_prefix('"').and_then(|it| it.split_once('"')).map(|it| it.0);
    quoted.unwrap_or_else(|| bare.split(" (").next().unwrap_or(bare)).trim()
}

/// Who speaks in each cue by the comments above the cues; who is named goes on until the next is.
pub(super) fn by_comments<'a>(cues: &[Cue<'a>]) -> Vec<&'a str> {
    let mut last = "";
    let named = |cue: &Cue<'a>| {
        last = of_comment(cue.comment).unwrap_or(last);
        last
    };
    cues.iter().map(named).collect()
}

/// `Speaker: Ada Poe`, `Sprecher=Ada`: the name in a comment that says that it names who speaks.
pub(super) fn of_comment(comment: &str) -> Option<&str> {
    let (head, name) = comment.split_once([':', '='])?;
    let name = name.trim().trim_matches('"');
    (language::is_speaker_head(&language::fold(head.trim())) && is_brief(name)).then_some(name)
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
