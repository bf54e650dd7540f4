//! Who codes: persons, who count, and trainees and machines, who are only measured.
//!
//! Whether somebody counts is asked here and nowhere else, so that the gate, `final`, consensus and every
//! total mean the same people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::id::{CaseId, CoderId, RoundId};
use super::slug::unique_id;

/// What a coder is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoderKind {
    /// A member of the team: the gate, `final`, consensus, discrepancies and totals know only persons.
    #[default]
    Person,
    /// Somebody who learns the codebook: measured, never counted.
    Trainee,
    /// A program: measured, never counted.
    Machine,
}

impl CoderKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Person, Self::Trainee, Self::Machine];

    /// The word in themata.yaml and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Trainee => "trainee",
            Self::Machine => "machine",
        }
    }
}

impl fmt::Display for CoderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CoderKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let same = |kind: &Self| kind.as_str().eq_ignore_ascii_case(text.trim());
        Self::ALL.into_iter().find(same).ok_or(())
    }
}

/// Where a machine ran: whether what was said left the team's computers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RanOn {
    /// On a computer of the team.
    OwnComputer,
    /// At a service.
    Service,
}

impl RanOn {
    /// Both places.
    pub const ALL: [Self; 2] = [Self::OwnComputer, Self::Service];

    /// The words in themata.yaml.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnComputer => "own computer",
            Self::Service => "service",
        }
    }
}

impl FromStr for RanOn {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let plain = text.trim().replace('-', " ");
        Self::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(&plain)).ok_or(())
    }
}

/// What a machine was, as the team says; printed with every figure of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machine {
    /// The model; empty if not given.
    pub model: String,
    /// Its version; empty if not given.
    pub version: String,
    /// SHA-256 of the instructions it was given, in hex; empty if not given.
    pub prompt_sha256: String,
    /// When it ran: a day, or a moment in UTC; empty if not given.
    pub run_at: String,
    /// Where it ran, if given.
    pub ran_on: Option<RanOn>,
}

impl Machine {
    /// What the team gave, under the names of the file; empty if nothing.
    #[must_use]
    pub fn described(&self) -> String {
        let fields = [
            ("model", self.model.as_str()),
            ("version", &self.version),
            ("prompt_sha256", &self.prompt_sha256),
            ("run_at", &self.run_at),
            ("where", self.ran_on.map_or("", |place| place.as_str())),
        ];
        let given = fields.iter().filter(|(_, text)| !text.is_empty());
        given.map(|(field, text)| format!("{field} {text}")).collect::<Vec<_>>().join(", ")
    }
}

/// Somebody, or something, that codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// The id.
    pub id: CoderId,
    /// The name as people write it; empty if not given.
    pub name: String,
    /// What it is.
    pub kind: CoderKind,
    /// What a machine was; empty for everybody else.
    pub machine: Machine,
}

impl Coder {
    /// A member of the team.
    #[must_use]
    pub fn person(id: CoderId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), kind: CoderKind::Person, machine: Machine::default() }
    }

    /// A coder of the name or id that somebody typed, with an id unlike those of the others; none where one of
    /// them has that id or name already. What is typed as a name is kept as one.
    #[must_use]
    pub fn named(typed: &str, others: &[Self]) -> Option<Self> {
        let typed = typed.trim();
        let same = |it: &str| it.to_lowercase() == typed.to_lowercase();
        if others.iter().any(|it| same(it.id.as_str()) || same(&it.name)) {
            return None;
        }
        let mut taken = others.iter().map(|it| it.id.as_str()).collect();
        let id: CoderId = unique_id(typed, 'C', &mut taken);
        let name = if id.as_str() == typed { "" } else { typed };
        Some(Self::person(id, name))
    }

    /// Whether she is a member of the team, as against somebody who is only measured.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.kind == CoderKind::Person
    }
}

/// How a coder stands in the study, as events tell; nothing of it touches her decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Nothing more is expected of her: units she has not sealed count as not asked.
    pub retired: bool,
    /// Why her decisions are in no result; absent where they are.
    pub excluded: Option<String>,
    /// Cases of which she was asked for units only once they were open, and in which rounds: they do not wait for her.
    pub late: BTreeMap<CaseId, BTreeSet<RoundId>>,
}
