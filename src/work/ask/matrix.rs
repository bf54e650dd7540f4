//! The cross-case display that is asked for.

use super::deciding::Deciding;
use super::line::Line;
use super::part::Part;
use crate::analysis::decisions::of_coder;
use crate::analysis::matrix::{self, Axis, Content, List, Matrix, Options, Source};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::scope::Scope;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Opened;

/// What a matrix is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixAsk {
    /// What stands in the rows.
    pub rows: Axis,
    /// What stands in the columns.
    pub columns: Axis,
    /// What a cell holds.
    pub cell: Content,
    /// Whether a row and a column count distinct units over all others.
    pub totals: bool,
    /// Whether a code or dimension counts only what was given it itself.
    pub exact: bool,
    /// Whether each cell has a line of its own, with the locators of its units.
    pub long: bool,
    /// Whether moderators and observers count like participants.
    pub with_moderator: bool,
    /// Which cases and dimensions.
    pub part: Part,
    /// Whose decisions.
    pub deciding: Deciding,
}

impl Default for MatrixAsk {
    fn default() -> Self {
        Self {
            rows: Axis::Case,
            columns: Axis::Dimension,
            cell: Content::Units,
            totals: false,
            exact: false,
            long: false,
            with_moderator: false,
            part: Part::default(),
            deciding: Deciding::default(),
        }
    }
}

/// A matrix, and where its figures come from.
#[derive(Debug)]
pub struct MatrixAnswer {
    /// The matrix.
    pub matrix: Matrix,
    /// How it was counted.
    pub options: Options,
    /// What was counted, where all cells count the same decisions.
    pub counted: Option<Counted>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The matrix that is asked for, each cell with its units.
///
/// # Errors
/// Rows and columns that cannot be crossed, names that the study does not have, or no case is open.
pub fn matrix(opened: &Opened, ask: &MatrixAsk) -> Result<MatrixAnswer, Failure> {
    let study = &opened.study;
    ask.check_axes(study)?;
    let scope = ask.part.scope(study)?;
    let options = Options {
        rows: ask.rows.clone(),
        columns: ask.columns.clone(),
        content: ask.cell,
        exact: ask.exact,
        totals: ask.totals,
        with_moderator: ask.with_moderator,
        list_units: ask.long,
    };
    let Sources { sources, counted, provenance } = sources(ask, opened, &scope)?;
    let matrix = matrix::matrix(study, &sources, &options);
    Ok(MatrixAnswer { matrix, options, counted, provenance })
}

impl MatrixAsk {
    fn has(&self, axis: &Axis) -> bool {
        self.rows == *axis || self.columns == *axis
    }

    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let usual = Self::default();
        let line = Line::new("matrix")
            .unless(&usual.rows, "rows", &self.rows)
            .unless(&usual.columns, "columns", &self.columns)
            .unless(&usual.cell.as_str(), "cell", &self.cell.as_str())
            .flag("totals", self.totals)
            .flag("exact", self.exact)
            .flag("long", self.long)
            .flag("with-moderator", self.with_moderator);
        self.deciding.on(self.part.on(line))
    }

    /// Refuses rows and columns that cannot be crossed.
    fn check_axes(&self, study: &Study) -> Result<(), Failure> {
        if self.rows == self.columns {
            let what = msg!("matrix.same", axis = self.rows);
            return Err(Failure::Usage(what, msg!("matrix.same.fix")));
        }
        for axis in [&self.rows, &self.columns] {
            let Axis::Attribute(list, name) = axis else { continue };
            let known = match list {
                List::Case => &study.case_attributes,
                List::Participant => &study.participant_attributes,
                List::Transcript => &study.transcript_attributes,
            };
            if !known.contains(name) {
                let fix = if known.is_empty() {
                    msg!("matrix.no_attributes.fix")
                } else {
                    msg!("matrix.attribute.fix", known = known.join(", "))
                };
                return Err(Failure::Usage(msg!("matrix.attribute", axis = axis), fix));
            }
        }
        if self.has(&Axis::Coder) && self.deciding.from.is_some() {
            return Err(Failure::Usage(msg!("matrix.coder_from"), msg!("matrix.coder_from.fix")));
        }
        if self.has(&Axis::Round) && self.deciding.comparing.round.is_some() {
            return Err(Failure::Usage(msg!("matrix.round_round"), msg!("matrix.round_round.fix")));
        }
        Ok(())
    }
}

/// What is counted, and where it comes from.
struct Sources<'a> {
    sources: Vec<Source<'a>>,
    counted: Option<Counted>,
    provenance: Provenance,
}

fn sources<'a>(ask: &MatrixAsk, opened: &'a Opened, scope: &Scope) -> Result<Sources<'a>, Failure> {
    if !ask.has(&Axis::Round) {
        let asked = ask.deciding.comparing.round(&opened.study)?;
        return sources_in(ask, opened, scope, asked.as_ref());
    }
    let mut together: Option<Sources> = None;
    let mut closed = None;
    for round in &opened.study.rounds {
        match sources_in(ask, opened, scope, Some(round)) {
            Ok(mut of_round) => {
                for source in &mut of_round.sources {
                    source.round = Some(round.to_string());
                }
                match &mut together {
                    None => {
                        of_round.counted = None;
                        together = Some(of_round);
                    }
                    Some(together) => {
                        together.sources.append(&mut of_round.sources);
                        together.provenance = of_round.provenance;
                    }
                }
            }
            Err(refused @ Failure::Refused(..)) => closed = Some(refused),
            Err(other) => return Err(other),
        }
    }
    let mut together = match (together, closed) {
        (Some(together), _) => together,
        (None, Some(refused)) => return Err(refused),
        (None, None) => {
            return Err(Failure::Refused(msg!("gate.nothing"), msg!("gate.nothing.fix")));
        }
    };
    together.provenance.round = None;
    Ok(together)
}

fn sources_in<'a>(
    ask: &MatrixAsk,
    opened: &'a Opened,
    scope: &Scope,
    round: Option<&RoundId>,
) -> Result<Sources<'a>, Failure> {
    let study = &opened.study;
    if ask.has(&Axis::Coder) {
        let comparison = ask.deciding.compared(opened, scope, round)?;
        let source = |coding: &Coding| Source {
            coder: Some(coding.label.clone()),
            round: None,
            decisions: of_coder(study, coding, &comparison.open, scope),
        };
        return Ok(Sources {
            sources: comparison.codings.iter().map(source).collect(),
            counted: None,
            provenance: Provenance::within(study, &comparison, scope),
        });
    }
    let deciding = ask.deciding.decisions_in(opened, scope, round)?;
    Ok(Sources {
        sources: vec![Source { coder: None, round: None, decisions: deciding.decisions }],
        counted: Some(deciding.counted),
        provenance: deciding.provenance,
    })
}
