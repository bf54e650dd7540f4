//! What a change of the codebook did, in sentences: to its dimensions and codes, to figures, and to decisions of before.

use crate::domain::message::Message;
use crate::domain::revision::{Act, Effect, Revision};
use crate::msg;

/// What is to be said of a change; `comments_went` is whether the file lost its comments by being written anew,
/// `to_read_again` whether any decision is to be read again.
#[must_use]
pub fn said(revision: &Revision, comments_went: bool, to_read_again: bool) -> Vec<Message> {
    let (old, new) = (&revision.old, &revision.new);
    let mut said = Vec::new();
    if old != new {
        said.push(msg!("change.made", old = old, new = new));
    }
    said.extend(revision.effects.iter().map(|(id, effect)| became(id, effect)));
    said.extend(figures(revision));
    if comments_went {
        said.push(msg!("change.comments", version = old));
    }
    if to_read_again {
        said.push(msg!("change.reread"));
    }
    said
}

/// What became of a dimension or code.
fn became(id: &str, effect: &Effect) -> Message {
    match effect {
        Effect::Added => msg!("change.added", id = id),
        Effect::Renamed(new) => msg!("change.renamed", id = id, new = new),
        Effect::Moved => msg!("change.moved", id = id),
        Effect::Merged(into) => msg!("change.merged", id = id, into = into),
        Effect::Retired => msg!("change.retired", id = id),
        Effect::Minor => msg!("change.minor", id = id),
        Effect::Narrowed => msg!("change.narrowed", id = id),
        Effect::Widened => msg!("change.widened", id = id),
        Effect::Changed => msg!("change.changed", id = id),
    }
}

/// What a change does to figures.
fn figures(revision: &Revision) -> Vec<Message> {
    let has = |wanted: fn(&Effect) -> bool| revision.effects.iter().any(|(_, it)| wanted(it));
    let mut said = Vec::new();
    if has(|it| matches!(it, Effect::Merged(_))) {
        said.push(msg!("change.figures.merged"));
    }
    if has(|it| *it == Effect::Moved) {
        said.push(msg!("change.figures.moved"));
    }
    if has(|it| *it == Effect::Retired) {
        said.push(msg!("change.figures.retired"));
    }
    if said.is_empty() && revision.act != Act::Undo && revision.old != revision.new {
        said.push(msg!("change.figures.none"));
    }
    said
}
