//! The cross-case display that is asked for.

mod sources;

pub(super) use sources::{Sources, sources};

use std::collections::BTreeMap;

use super::deciding::Deciding;
use super::line::Line;
use super::part::Part;
use super::picks::picks;
use crate::analysis::attribute::Attribute;
use crate::analysis::concepts::concepts;
use crate::analysis::matrix::{
    self, Axes, Axis, Content, Head, List, Matrix, Options, OrderBy, OrderKey, Rank, SOURCE_KIND,
    Sides, Source, Voice,
};
use crate::analysis::picks::Picks;
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Opened;
use crate::work::summaries::fill;

/// What a matrix is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixAsk {
    /// What stands in the rows.
    pub rows: Axes,
    /// What stands in the columns.
    pub columns: Axes,
    /// What a cell holds, one thing beside the other.
    pub cells: Vec<Content>,
    /// Two groups that are set against one another in the columns, if any are.
    pub contrast: Option<Sides>,
    /// By what rows are ordered, if not as in their file.
    pub order_by: Option<OrderBy>,
    /// In whose rows a unit of several speakers counts.
    pub voice: Voice,
    /// Whether people too are shown ids instead of names.
    pub ids: bool,
    /// Whether a row and a column count distinct units over all others.
    pub totals: bool,
    /// Whether the entries of each outer axis have a total of their own.
    pub subtotals: bool,
    /// Whether a code or dimension counts only what was given it itself.
    pub exact: bool,
    /// Whether each cell has a line of its own, with the locators of its units.
    pub long: bool,
    /// Whether cells are to know their units, though nobody asks for a list of them.
    pub places: bool,
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
            rows: Axis::Case.into(),
            columns: Axis::Dimension.into(),
            cells: vec![Content::Units],
            contrast: None,
            order_by: None,
            voice: Voice::All,
            ids: false,
            totals: false,
            subtotals: false,
            exact: false,
            long: false,
            places: false,
            with_moderator: false,
            part: Part::default(),
            deciding: Deciding::default(),
        }
    }
}

/// A matrix, and where its figures come from.
#[derive(Debug, Clone)]
pub struct MatrixAnswer {
    /// A matrix of each thing that a cell holds: the same rows and columns.
    pub matrices: Vec<(Content, Matrix)>,
    /// The codes behind which there is one voice alone, and whose it is; where codes are crossed with people.
    pub one_voice: Option<Vec<(Head, String)>>,
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
    let Sources { sources, counted, provenance } = sources(ask, opened, &scope)?;
    let options = Options { picks: ask.picks(opened)?, ..ask.options() };
    let of = |content: &Content| {
        let options = Options { content: *content, ..options.clone() };
        (*content, matrix::matrix(study, &sources, &options))
    };
    let mut matrices: Vec<(Content, Matrix)> = ask.cells.iter().map(of).collect();
    if ask.cells.contains(&Content::Summary) {
        fill(opened, ask, &mut matrices)?;
    }
    if let (Some(order_by), Some((_, first))) = (&ask.order_by, matrices.first()) {
        let ranks = ranks(study, &sources, (ask, &options), &order_by.key, first)?;
        let places = ordered_places(ask, order_by, &first.rows, &ranks);
        for (_, matrix) in &mut matrices {
            *matrix = matrix.in_order(&places);
        }
    }
    let one_voice = one_voice(study, &sources, &options);
    Ok(MatrixAnswer { matrices, one_voice, counted, provenance })
}

/// The places of rows in the order that is asked for.
pub(super) fn ordered_places(
    ask: &MatrixAsk,
    by: &OrderBy,
    rows: &[Head],
    ranks: &[Rank],
) -> Vec<usize> {
    let whole = match &by.key {
        OrderKey::Attribute(list, _) => ask.rows.outer.as_ref() == Some(&list.axis()),
        _ => false,
    };
    matrix::order(rows, ranks, by.descending, whole)
}

/// The codes that one person alone was heard with, where codes are crossed with people.
fn one_voice(
    study: &Study,
    sources: &[Source<'_>],
    options: &Options,
) -> Option<Vec<(Head, String)>> {
    let (rows, columns) = (&options.rows, &options.columns);
    let codes = match (rows.is_of_codes(), columns.is_of_codes()) {
        (true, false) if columns.has(&Axis::Participant) => rows,
        (false, true) if rows.has(&Axis::Participant) => columns,
        _ => return None,
    };
    // Distinct people over all columns, whatever stands there.
    let options = Options {
        rows: codes.clone(),
        columns: Axis::Participant.into(),
        content: Content::Names,
        totals: true,
        subtotals: false,
        list_units: false,
        ..options.clone()
    };
    let found = matrix::matrix(study, sources, &options);
    let alone = |(at, head): (usize, &Head)| match found.row(at).last()?.ids.as_slice() {
        [one] => Some((head.clone(), one.clone())),
        _ => None,
    };
    let codes = found.rows.iter().enumerate().filter(|(_, head)| head.id != matrix::TOTAL);
    Some(codes.filter_map(alone).collect())
}

/// What each row is ordered by.
fn ranks(
    study: &Study,
    sources: &[Source<'_>],
    (ask, options): (&MatrixAsk, &Options),
    key: &OrderKey,
    first: &Matrix,
) -> Result<Vec<Rank>, Failure> {
    let column = |of: &Matrix, column: usize| -> Vec<Rank> {
        let value = |row: usize| of.row(row).get(column).and_then(|cell| cell.value);
        (0..of.rows.len()).map(|row| value(row).into()).collect()
    };
    match key {
        OrderKey::Attribute(list, name) => ask.of_attribute(study, *list, name, &first.rows),
        OrderKey::Total => {
            let with_totals = Options { totals: true, content: ask.first(), ..options.clone() };
            let totals = matrix::matrix(study, sources, &with_totals);
            Ok(column(&totals, totals.columns.len().saturating_sub(1)))
        }
        OrderKey::Column(asked) => {
            let known: Vec<String> = first.columns.iter().map(ToString::to_string).collect();
            let at = known.iter().position(|it| find::same(it, asked)).ok_or_else(|| {
                let what = msg!("matrix.order_column", column = asked);
                Failure::Usage(what, msg!("matrix.order_column.fix", known = known.join(", ")))
            })?;
            Ok(column(first, at))
        }
        OrderKey::Code(asked, content) => {
            let code = study.find_code(asked)?;
            let columns = Axis::Code.into();
            // The same people stand in the rows, though the columns that ask for all of them are others here.
            let with_moderator = options.with_moderator || ask.has(&Axis::Role);
            let options = Options { columns, content: *content, with_moderator, ..options.clone() };
            let (id, own) = (&study.vocabulary.of(code).id, study.vocabulary.of(code).parent);
            // A dimension given as a code counts as its own column does.
            let columns = if own.is_none() { Axis::Dimension.into() } else { options.columns };
            let of_codes = matrix::matrix(study, sources, &Options { columns, ..options });
            let at = of_codes.columns.iter().position(|it| it.id == id.as_str());
            Ok(at.map_or_else(Vec::new, |at| column(&of_codes, at)))
        }
    }
}

impl MatrixAsk {
    /// The picked quotations, where anything asks for them.
    pub(super) fn picks(&self, opened: &Opened) -> Result<Picks, Failure> {
        let quotes = self.cells.iter().any(|it| matches!(it, Content::Quotes(Some(_))));
        if quotes || self.voice == Voice::Marked {
            return picks(opened, &self.deciding);
        }
        Ok(Picks::default())
    }

    /// The values that a list has for the rows.
    pub(super) fn of_attribute(
        &self,
        study: &Study,
        list: List,
        name: &str,
        rows: &[Head],
    ) -> Result<Vec<Rank>, Failure> {
        let axis = Axis::Attribute(list, name.to_owned());
        let cells: BTreeMap<&str, &str> =
            Attribute::of(study, list, name)?.cells(study).into_iter().collect();
        if !self.rows.has(&list.axis()) {
            let what = msg!("matrix.order_rows", key = axis, rows = self.rows);
            return Err(Failure::Usage(what, msg!("matrix.order_rows.fix", list = list.as_str())));
        }
        let is_outer = self.rows.outer.as_ref() == Some(&list.axis());
        let value = |id: &str| cells.get(id).copied().filter(|it| !it.is_empty());
        let rank = |row: &Head| {
            let id = if is_outer { row.outer.as_deref() } else { Some(row.id.as_str()) };
            id.and_then(value).map_or(Rank::Missing, |value| Rank::Text(value.to_owned()))
        };
        Ok(rows.iter().map(rank).collect())
    }

    fn has(&self, axis: &Axis) -> bool {
        self.rows.has(axis) || self.columns.has(axis)
    }

    /// What the first cell of each row and column holds.
    fn first(&self) -> Content {
        self.cells.first().copied().unwrap_or_default()
    }

    /// How cells are counted.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            content: self.first(),
            exact: self.exact,
            totals: self.totals,
            subtotals: self.subtotals,
            picks: Picks::default(),
            with_moderator: self.with_moderator,
            voice: self.voice,
            list_units: self.long || self.places,
        }
    }

    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let usual = Self::default();
        let line = Line::new("matrix")
            .unless(&usual.rows, "rows", &self.rows)
            .unless(&usual.columns, "columns", &self.columns)
            .unless(&listed(&usual.cells), "cell", &listed(&self.cells))
            .option("contrast", &self.contrast)
            .option("order-by", &self.order_by)
            .unless(&usual.voice.as_str(), "voice", &self.voice.as_str())
            .option("names", self.ids.then_some("ids"))
            .flag("totals", self.totals)
            .flag("subtotals", self.subtotals)
            .flag("exact", self.exact)
            .flag("long", self.long)
            .flag("with-moderator", self.with_moderator);
        self.deciding.on(self.part.on(line))
    }

    /// Refuses rows and columns that cannot be crossed.
    pub(super) fn check_axes(&self, study: &Study) -> Result<(), Failure> {
        let all: Vec<&Axis> = self.rows.all().chain(self.columns.all()).collect();
        for (at, axis) in all.iter().enumerate() {
            // Codes are crossed with codes: they meet in units.
            let met = axis.is_of_codes() && self.rows.has(axis) && self.columns.has(axis);
            if !met && all.iter().take(at).any(|it| it == axis) {
                let what = msg!("matrix.same", axis = axis);
                return Err(Failure::Usage(what, msg!("matrix.same.fix")));
            }
            check_axis(study, axis)?;
        }
        if self.subtotals && self.rows.outer.is_none() && self.columns.outer.is_none() {
            return Err(Failure::Usage(msg!("matrix.subtotals"), msg!("matrix.subtotals.fix")));
        }
        let of = |content: &Content| Options { content: *content, ..self.options() };
        if self.voice != Voice::All && !self.cells.iter().any(|it| of(it).asks_for_people()) {
            return Err(Failure::Usage(msg!("matrix.voice"), msg!("matrix.voice.fix")));
        }
        if self.cells.iter().any(|it| it.is_of_scale()) {
            let alone = |axes: &Axes| *axes == Axis::Dimension.into();
            if alone(&self.rows) == alone(&self.columns) {
                return Err(Failure::Usage(msg!("matrix.scale"), msg!("matrix.scale.fix")));
            }
            if !study.vocabulary.dimensions_in_force().any(|(_, it)| it.ordered) {
                return Err(Failure::Usage(msg!("matrix.no_scale"), msg!("matrix.no_scale.fix")));
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

/// Refuses an axis of which the study has nothing.
pub(super) fn check_axis(study: &Study, axis: &Axis) -> Result<(), Failure> {
    match axis {
        Axis::Attribute(list, name) => Attribute::exactly(study, *list, name).map(|_| ()),
        Axis::SourceKind => source_kind(study),
        Axis::Concept => concepts(study).map(|_| ()),
        _ => Ok(()),
    }
}

/// Refuses kinds of sources where the list of transcripts has no column for them.
fn source_kind(study: &Study) -> Result<(), Failure> {
    match Attribute::exactly(study, List::Transcript, SOURCE_KIND) {
        Ok(_) => Ok(()),
        Err(_) => Err(Failure::Usage(msg!("matrix.source_kind"), msg!("matrix.source_kind.fix"))),
    }
}

fn listed(cells: &[Content]) -> String {
    cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
