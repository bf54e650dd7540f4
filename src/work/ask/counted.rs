//! What is counted over decisions beside matrices: codes that meet, codes that each group brings.

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::part::Part;
use crate::analysis::attribute::{Attribute, in_own_order};
use crate::analysis::cooccurrence::{Meeting, Within, meetings};
use crate::analysis::filter::{Filter, Key, Test};
use crate::analysis::matrix::{Axis, List};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::saturation::{Asked, Saturation, saturation};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::Opened;

/// Which codes that meet are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CooccurAsk {
    /// In what they meet.
    pub within: Within,
    /// Whether a code counts only what was given it itself.
    pub exact: bool,
    /// Whether pairs that never meet are there too.
    pub every: bool,
    /// Which part.
    pub part: Part,
    /// Whose decisions.
    pub deciding: Deciding,
}

/// Whether further groups bring further codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaturationAsk {
    /// Base, run, orders and seed.
    pub asked: Asked,
    /// The part of new codes, in hundredths, that a run is held against, if any is.
    pub threshold: Option<u32>,
    /// By what the groups are told apart, each stratum by itself: a column of cases or transcripts, as in `case.sector`.
    pub by: Option<Axis>,
    /// Whether the codes are listed with who is behind them, and not the groups.
    pub behind: bool,
    /// Which part.
    pub part: Part,
    /// Whose decisions.
    pub deciding: Deciding,
}

/// An answer, and where it comes from.
#[derive(Debug)]
pub struct Answer<T> {
    /// What was found.
    pub found: T,
    /// What was counted.
    pub counted: Counted,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Default for SaturationAsk {
    fn default() -> Self {
        // Guest, Namey and Chen (2020) recommend a base of four and runs of two or three.
        let asked = Asked { base: 4, run: 2, orders: 1000, seed: 1 };
        let (part, deciding) = (Part::default(), Deciding::default());
        Self { asked, threshold: None, by: None, behind: false, part, deciding }
    }
}

impl CooccurAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("cooccur")
            .unless(&Within::Unit, "within", &self.within)
            .flag("exact", self.exact)
            .flag("all", self.every);
        self.deciding.on(self.part.on(line))
    }
}

impl SaturationAsk {
    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let usual = Self::default().asked;
        let line = Line::new("saturation")
            .unless(&usual.base, "base", &self.asked.base)
            .unless(&usual.run, "run", &self.asked.run)
            .unless(&usual.orders, "orders", &self.asked.orders)
            .unless(&usual.seed, "seed", &self.asked.seed)
            .option("threshold", self.threshold.map(|it| format!("{it}%")))
            .option("by", &self.by)
            .flag("behind", self.behind);
        self.deciding.on(self.part.on(line))
    }
}

/// The codes that meet.
///
/// # Errors
/// Names that the study does not have, or no case is open.
pub fn cooccur(opened: &Opened, ask: &CooccurAsk) -> Result<Answer<Vec<Meeting>>, Failure> {
    let scope = ask.part.scope(&opened.study)?;
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    let found = meetings(&opened.study, &decisions, ask.within, ask.exact, ask.every);
    Ok(Answer { found, counted, provenance })
}

/// What the groups of one stratum bring.
#[derive(Debug)]
pub struct Stratum {
    /// What they have in common; empty where all groups are one stratum.
    pub name: String,
    /// What was found.
    pub found: Saturation,
}

/// What each further group brings, stratum by stratum: one where none are asked for.
///
/// # Errors
/// Base or run are 0, strata that are none, names that the study does not have, or no case is open.
pub fn saturate(opened: &Opened, ask: &SaturationAsk) -> Result<Answer<Vec<Stratum>>, Failure> {
    if ask.asked.base == 0 || ask.asked.run == 0 {
        return Err(Failure::Usage(msg!("saturation.size"), msg!("saturation.size.fix")));
    }
    let study = &opened.study;
    let scope = ask.part.scope(study)?;
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    let Some(by) = &ask.by else {
        let found = saturation(study, &decisions, &ask.asked);
        let found = vec![Stratum { name: String::new(), found }];
        return Ok(Answer { found, counted, provenance });
    };
    let Axis::Attribute(list @ (List::Case | List::Transcript), name) = by else {
        return Err(Failure::Usage(msg!("saturation.by"), msg!("saturation.by.fix")));
    };
    let cells = Attribute::exactly(study, *list, name)?.cells(study);
    let mut values: Vec<String> = Vec::new();
    for (_, value) in cells.iter().filter(|(_, value)| !value.is_empty()) {
        if !values.iter().any(|it| it == value) {
            values.push((*value).to_owned());
        }
    }
    in_own_order(&mut values);
    let mut found = Vec::new();
    for value in values {
        let of = Filter::Condition(Key::Attribute(*list, name.clone()), Test::Is(value.clone()));
        let mut part = ask.part.clone();
        part.filters.push(of);
        let scope = part.scope(study)?;
        let decided = ask.deciding.decisions(opened, &scope)?;
        let of_stratum = saturation(study, &decided.decisions, &ask.asked);
        found.push(Stratum { name: value, found: of_stratum });
    }
    Ok(Answer { found, counted, provenance })
}
