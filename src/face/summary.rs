//! What a meeting settled, in a few sentences.

use crate::desk::consensus::Summary;
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
