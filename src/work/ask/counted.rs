//! What is counted over decisions beside matrices: codes that meet, codes that each group brings.

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::part::Part;
use crate::analysis::cooccurrence::{Meeting, meetings};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::saturation::{Asked, Saturation, saturation};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::Opened;

/// Which codes that meet are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CooccurAsk {
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
        Self { asked, part: Part::default(), deciding: Deciding::default() }
    }
}

impl CooccurAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("cooccur").flag("exact", self.exact).flag("all", self.every);
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
            .unless(&usual.seed, "seed", &self.asked.seed);
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
    let found = meetings(&opened.study, &decisions, ask.exact, ask.every);
    Ok(Answer { found, counted, provenance })
}

/// What each further group brings.
///
/// # Errors
/// Base or run are 0, names that the study does not have, or no case is open.
pub fn saturate(opened: &Opened, ask: &SaturationAsk) -> Result<Answer<Saturation>, Failure> {
    if ask.asked.base == 0 || ask.asked.run == 0 {
        return Err(Failure::Usage(msg!("saturation.size"), msg!("saturation.size.fix")));
    }
    let scope = ask.part.scope(&opened.study)?;
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    let found = saturation(&opened.study, &decisions, &ask.asked);
    Ok(Answer { found, counted, provenance })
}
