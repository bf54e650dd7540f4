//! What researchers claim, with what speaks for it and against it.

use super::locator::Locator;

/// A row of `claims.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub claim: String,
    /// What it is about: a code, a display, anything; empty where nothing is said.
    pub about: String,
    /// Where something speaks for it.
    pub for_it: Vec<Locator>,
    /// Where something speaks against it.
    pub against: Evidence,
}

/// What was found against a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Nobody has looked for it.
    NotLookedFor,
    /// What was found; nothing where somebody looked in vain.
    Found(Vec<Locator>),
}
