//! Two groups set against one another: what is asked for, and the answer.

use super::matrix::{MatrixAsk, Sources, ordered_places, sources};
use crate::analysis::matrix::{
    self, Besides, Cell, Content, Contrast, Matrix, Options, OrderKey, Rank, SideCell, Sides,
};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Opened;

/// Two groups side by side, and where their figures come from.
#[derive(Debug)]
pub struct ContrastAnswer {
    /// What was found.
    pub contrast: Contrast,
    /// What was counted, where both count the same decisions.
    pub counted: Option<Counted>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The contrast that is asked for: `ask.contrast` says of what, and its rows stand in the rows.
///
/// # Errors
/// Rows and groups that cannot be crossed, names that the study does not have, or no case is open.
pub fn contrast(
    opened: &Opened,
    ask: &MatrixAsk,
    sides: &Sides,
) -> Result<ContrastAnswer, Failure> {
    let study = &opened.study;
    if ask.cells.contains(&Content::Summary) {
        return Err(Failure::Usage(
            msg!("matrix.contrast_summary"),
            msg!("matrix.contrast_summary.fix"),
        ));
    }
    let ask = MatrixAsk { columns: sides.axis.clone().into(), totals: false, ..ask.clone() };
    ask.check_axes(study)?;
    let scope = ask.part.scope(study)?;
    let Sources { sources, counted, provenance } = sources(&ask, opened, &scope)?;
    // Bases are those of a row: the groups stand there until they have been counted.
    let turned = Options {
        rows: ask.columns.clone(),
        columns: ask.rows.clone(),
        list_units: true,
        picks: ask.picks(opened)?,
        ..ask.options()
    };
    let of = |content| matrix::matrix(study, &sources, &Options { content, ..turned.clone() });
    let shares = of(Content::Share);
    let places = places(study, sides, &shares)?;
    let asked: Vec<(Content, Matrix)> = ask.cells.iter().map(|it| (*it, of(*it))).collect();
    let cell = |of: &Matrix, side: usize, row: usize| -> Cell {
        of.row(side).get(row).cloned().unwrap_or_default()
    };
    let side = |side: usize, row: usize| {
        let share = cell(&shares, side, row);
        SideCell {
            values: asked.iter().map(|(it, of)| (*it, cell(of, side, row))).collect(),
            base: share.base,
            share: SideCell::of_share(share.value),
            units: share.units,
        }
    };
    let name = |place: usize| shares.rows.get(place).map_or_else(String::new, ToString::to_string);
    let rows = shares.columns.clone();
    let both = |row| places.map(|place| side(place, row));
    let found = Contrast {
        axis: sides.axis.clone(),
        sides: places.map(name),
        cells: (0..rows.len()).map(both).collect(),
        rows,
        besides: Besides::of(asked.iter().map(|(_, it)| it)),
    };
    let contrast = in_order(study, &ask, found)?;
    Ok(ContrastAnswer { contrast, counted, provenance })
}

/// Where the two groups stand.
fn places(study: &Study, sides: &Sides, of: &Matrix) -> Result<[usize; 2], Failure> {
    let known: Vec<&str> = of.rows.iter().map(|it| it.id.as_str()).collect();
    let place = |asked: &String| {
        let named = match sides.axis {
            matrix::Axis::Case => study.find_case(asked).ok().map(|it| it.id.as_str()),
            matrix::Axis::Transcript => study.find_transcript(asked).ok().map(|it| it.id.as_str()),
            _ => None,
        };
        let is_it = |it: &&str| Some(*it) == named || find::same(it, asked);
        known.iter().position(is_it).ok_or_else(|| {
            let what = msg!("where.value", key = sides.axis, value = asked);
            let known = known.join(", ");
            Failure::Usage(what, msg!("where.value.fix", key = sides.axis, known = known))
        })
    };
    let [first, second] = &sides.of;
    Ok([place(first)?, place(second)?])
}

/// The rows in the order that is asked for.
fn in_order(study: &Study, ask: &MatrixAsk, found: Contrast) -> Result<Contrast, Failure> {
    let Some(by) = &ask.order_by else { return Ok(found) };
    let [first, second] = &found.sides;
    let number = |value: Option<f64>| value.map_or(Rank::Missing, Rank::Number);
    let of_side = |side: usize, part: &str, row: &[SideCell; 2]| {
        let it = &row[side.min(1)];
        match part {
            "base" => it.base.map(matrix::Value::Count).into(),
            "share" => number(it.share),
            _ => {
                let value = it
                    .values
                    .iter()
                    .find(|(content, _)| part.is_empty() || content.to_string() == part);
                value.and_then(|(_, cell)| cell.value).into()
            }
        }
    };
    let ranks: Vec<Rank> = match &by.key {
        OrderKey::Total => {
            let distinct = |row: &[SideCell; 2]| {
                let mut units = [row[0].units.as_slice(), row[1].units.as_slice()].concat();
                units.sort_unstable();
                units.dedup();
                Some(matrix::Value::Count(units.len() as u64)).into()
            };
            found.cells.iter().map(distinct).collect()
        }
        OrderKey::Column(asked) if asked == "difference" => {
            found.cells.iter().map(|row| number(Contrast::difference(row))).collect()
        }
        OrderKey::Column(asked) => {
            let side = |name: &String| {
                let rest = asked.strip_prefix(name.as_str())?;
                if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
            };
            let of = side(first).map(|part| (0, part)).or_else(|| side(second).map(|it| (1, it)));
            let Some((at, part)) = of else {
                let what = msg!("matrix.order_column", column = asked);
                let known = format!("{first}, {second}, difference");
                return Err(Failure::Usage(what, msg!("matrix.order_column.fix", known = known)));
            };
            found.cells.iter().map(|row| of_side(at, part, row)).collect()
        }
        OrderKey::Attribute(list, name) => ask.of_attribute(study, *list, name, &found.rows)?,
        OrderKey::Code(..) => {
            let what = msg!("matrix.order_contrast");
            return Err(Failure::Usage(what, msg!("matrix.order_contrast.fix")));
        }
    };
    let places = ordered_places(ask, by, &found.rows, &ranks);
    let rows = places.iter().filter_map(|at| found.rows.get(*at)).cloned().collect();
    let cells = places.iter().filter_map(|at| found.cells.get(*at)).cloned().collect();
    Ok(Contrast { rows, cells, ..found })
}
