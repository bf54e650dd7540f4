//! Words that every command shares.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("general.error", "error", "error"),
    ("general.fix", "fix", "remedio"),
    ("general.note", "note", "nota"),
    ("general.problems", "{n} {n|problem|problems}", "{n} {n|problema|problemas}"),
];
