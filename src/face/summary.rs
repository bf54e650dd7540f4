//! What a session came to, in a few sentences.

use crate::desk::consensus::Summary;
use crate::desk::{review, settle};
use crate::domain::message::Message;
use crate::msg;

/// How much was settled how, why the coders had differed, and what that changed in the codebook; nothing where nothing was
/// settled.
#[must_use]
pub fn said(summary: &Summary) -> Vec<Message> {
    if summary.n() == 0 {
        return Vec::new();
    }
    let of = |word: &str| summary.outcomes.get(word).copied().unwrap_or(0);
    let (one, both, other, open) = (of("one"), of("both"), of("other"), of("open"));
    let mut said = vec![msg!(
        "resolve.summary",
        n = summary.n(),
        one = one,
        both = both,
        other = other,
        open = open
    )];
    let reasons: Vec<String> =
        summary.reasons.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
    said.push(msg!("resolve.summary_reasons", reasons = reasons.join(" · ")));
    if !summary.changes.is_empty() {
        let changes = summary.changes.join("; ");
        said.push(msg!("resolve.summary_changes", n = summary.changes.len(), changes = changes));
    }
    said
}

/// What became of cuts that were looked at.
#[must_use]
pub fn of_review(tally: &review::Tally) -> Vec<Message> {
    let review::Tally { kept, dropped, moved, added, pending } = *tally;
    vec![msg!(
        "review.left",
        kept = kept,
        dropped = dropped,
        moved = moved,
        added = added,
        pending = pending
    )]
}

/// How differences between two ways of cutting stand.
#[must_use]
pub fn of_cuts(tally: &settle::Tally) -> Vec<Message> {
    let settle::Tally { cut, no_cut, to_do } = *tally;
    vec![msg!("settle.left", cut = cut, no_cut = no_cut, to_do = to_do)]
}
