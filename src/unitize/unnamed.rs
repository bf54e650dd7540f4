//! Speech for which nobody is named: it gets a participant of its own, `U1`.
//!
//! Only stage directions and headings are nobody's. Who spoke last does not go on speaking without reason, and what
//! was said is not lost from counts because nobody wrote down who said it.

use super::draft::{Draft, Label};
use super::shape::key;
use super::speakers::count_turns;
use super::turns::{Turns, new_label};
use crate::language;
use crate::msg;

/// Gives speech for which nobody is named to a participant of its own, and says so.
pub(super) fn name(turns: &mut Turns) {
    let draft = &mut turns.draft;
    let first = draft.paragraphs.iter().position(|it| it.label.is_some());
    let end = draft.paragraphs.iter().rposition(|it| {
        it.label.is_none()
            && it.text.len() <= 100
            && language::is_closing(&language::fold(&it.text))
    });
    let named = draft.labels.iter().any(|it| it.times > 0);
    let texts = || turns.unnamed.iter().filter_map(|at| draft.paragraphs.get(*at));
    let ends = texts().filter(|it| ends_sentence(&it.text)).count();
    let punctuated = named || ends * 10 >= texts().count() * 3;
    let spoken: Vec<usize> = turns
        .unnamed
        .iter()
        .copied()
        // What stands above the first turn tells about the sitting.
        .filter(|at| !named || turns.only_moderators || first.is_some_and(|first| *at > first))
        .filter(|at| end.is_none_or(|end| *at < end || end * 2 < draft.paragraphs.len()))
        .filter(|at| is_speech(draft, *at, punctuated))
        .collect();
    let Some(line) = spoken.first().and_then(|at| draft.paragraphs.get(*at)).map(|it| it.line)
    else {
        return;
    };
    let label = draft.labels.len();
    let words = |at: usize| draft.paragraphs.get(at).map_or(0, |it| super::words::count(&it.text));
    let said: u32 = spoken.iter().map(|at| words(*at)).sum();
    draft.labels.push(Label {
        unnamed: true,
        ..new_label(&free(draft), line, msg!("import.speaker.unnamed"))
    });
    for at in &spoken {
        if let Some(paragraph) = draft.paragraphs.get_mut(*at) {
            paragraph.label = Some(label);
        }
    }
    count_turns(draft);
    let id = draft.labels.get(label).map(|it| it.text.clone()).unwrap_or_default();
    let n = spoken.len();
    draft.notes.push(if turns.only_moderators {
        msg!("import.note.only-moderators", n = n, words = said, id = id)
    } else {
        msg!("import.note.unnamed", n = n, words = said, id = id)
    });
}

/// A label that the file does not have.
fn free(draft: &Draft) -> String {
    let taken = |it: &String| draft.labels.iter().any(|label| key(&label.text) == key(it));
    (1..).map(|n| format!("U{n}")).find(|it| !taken(it)).unwrap_or_default()
}

/// Whether a paragraph is speech and no heading: a short line without the mark of a sentence at its end is none
/// where others have that mark.
fn is_speech(draft: &Draft, at: usize, punctuated: bool) -> bool {
    let Some(text) = draft.paragraphs.get(at).map(|it| it.text.as_str()) else { return false };
    let words = text.split_whitespace().count();
    let small = text.starts_with(char::is_lowercase);
    let long = words > if punctuated { 8 } else { 1 };
    text.chars().any(char::is_alphanumeric) && (ends_sentence(text) || small || long)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '»', ')', ']'])
        .ends_with(['.', '?', '!', '…', ',', ';', ':', '-', '–', '—', '。', '？', '！', '؟', '।'])
}
