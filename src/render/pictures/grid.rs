//! Tables of numbers in shades: matrices, confusion tables, codes that meet.

use std::collections::BTreeMap;

pub use super::canvas::Sign;
use super::canvas::{Anchor, Canvas, LINE, colour, fitting, number, shade, width};
use crate::domain::codebook::Code;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::render::document::Figure;
use crate::render::number::shown;
use crate::words::{Language, say};

/// The widest label.
const LABEL: f64 = 260.0;
/// The width and height of a cell.
const CELL: (f64, f64) = (46.0, 26.0);
/// More columns than that go down, if the rows are fewer.
const ACROSS: usize = 16;

/// A row or column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// What it is called.
    pub name: String,
    /// The colour and pattern of the codebook, if any.
    pub sign: Sign,
}

/// One cell: a number, as it is printed, and how many units are behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A count.
    Count(u64),
    /// A share or another figure.
    Figure(f64),
}

impl Number {
    fn value(self) -> f64 {
        match self {
            Self::Count(count) => f64::from(u32::try_from(count).unwrap_or(u32::MAX)),
            Self::Figure(figure) => figure,
        }
    }

    fn shown(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Figure(figure) => {
                let text = shown(figure);
                text.strip_suffix('0').map_or(text.clone(), str::to_owned)
            }
        }
    }
}

/// The colour that the codebook gives each dimension with a pattern of its own, by its id and those of its codes.
#[must_use]
pub fn signs(study: &Study) -> BTreeMap<String, Sign> {
    fn beneath(codes: &[Code], sign: &Sign, into: &mut BTreeMap<String, Sign>) {
        for code in codes {
            into.insert(code.id.to_string(), sign.clone());
            beneath(&code.codes, sign, into);
        }
    }
    let mut all = BTreeMap::new();
    for (pattern, dimension) in study.codebook().dimensions.iter().enumerate() {
        let sign = Sign { colour: dimension.color.clone(), pattern };
        all.insert(dimension.id.to_string(), sign.clone());
        beneath(&dimension.codes, &sign, &mut all);
    }
    all
}

/// One table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What stands above it; empty for a single one.
    pub title: String,
    /// The rows.
    pub rows: Vec<Head>,
    /// The columns.
    pub columns: Vec<Head>,
    /// Row by row; nothing where there is no value.
    pub cells: Vec<Option<Number>>,
    /// Whether the last row and column are totals: printed, not shaded.
    pub totals: bool,
    /// Whether it is half of a table that says the same twice: what it does not hold is left blank.
    pub half: bool,
}

/// Tables, one beneath the other, on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Grids {
    /// What they show.
    pub title: Message,
    /// The tables.
    pub grids: Vec<Grid>,
}

impl Grid {
    fn cell(&self, row: usize, column: usize) -> Option<Number> {
        self.cells.get(row * self.columns.len() + column).copied().flatten()
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        self.totals && (row + 1 == self.rows.len() || column + 1 == self.columns.len())
    }

    /// The same with the long side down.
    fn upright(&self) -> Self {
        if self.columns.len() <= ACROSS || self.columns.len() <= self.rows.len() {
            return self.clone();
        }
        let cells = (0..self.columns.len())
            .flat_map(|column| (0..self.rows.len()).map(move |row| (row, column)))
            .map(|(row, column)| self.cell(row, column));
        Self {
            title: self.title.clone(),
            rows: self.columns.clone(),
            columns: self.rows.clone(),
            cells: cells.collect(),
            totals: self.totals,
            half: self.half,
        }
    }

    /// The value that is shaded most.
    fn most(&self) -> f64 {
        let is_none = |heads: &[Head], at: usize| heads.get(at).is_some_and(|it| it.name == "none");
        let shaded = self.values().filter(|(row, column, _)| {
            !(is_none(&self.rows, *row) && is_none(&self.columns, *column))
        });
        shaded.map(|it| it.2.value()).fold(0.0, f64::max)
    }

    /// Values that are shaded, with their row and column.
    fn values(&self) -> impl Iterator<Item = (usize, usize, Number)> {
        let places = (0..self.rows.len())
            .flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)));
        places
            .filter(|(row, column)| !self.is_total(*row, *column))
            .filter_map(|(row, column)| Some((row, column, self.cell(row, column)?)))
    }
}

impl Grids {
    /// The picture.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        let grids: Vec<Grid> = self.grids.iter().map(Grid::upright).collect();
        let of_grid = |grid: &Grid| {
            let left = grid.rows.iter().map(|it| width(&it.name) + 30.0).fold(60.0, f64::max);
            let above = grid.columns.iter().map(|it| width(&it.name) + 22.0).fold(40.0, f64::max);
            (left.min(LABEL), above.min(LABEL))
        };
        let wide = |grid: &Grid| of_grid(grid).0 + number(grid.columns.len()) * CELL.0 + 16.0;
        let title_wide = grids.iter().map(|it| width(&it.title) + 16.0);
        let all_wide = grids.iter().map(wide).chain(title_wide).fold(240.0, f64::max);
        let high = |grid: &Grid| {
            let title = if grid.title.is_empty() { 0.0 } else { LINE * 1.5 };
            title + of_grid(grid).1 + number(grid.rows.len()) * CELL.1 + 16.0
        };
        let all_high: f64 = grids.iter().map(high).sum();
        // Where both coders gave nothing stands most, and would leave no shade to all else.
        let most = grids.iter().map(Grid::most).fold(0.0, f64::max);
        let mut canvas = Canvas::new(all_wide, all_high + 8.0);
        let mut y = 4.0;
        for grid in &grids {
            let (left, above) = of_grid(grid);
            draw(&mut canvas, grid, (left, above, y), most);
            y += high(grid);
        }
        let caption = say(&self.finding(&grids), language);
        let title = say(&self.title, language);
        let (svg, drawn) = canvas.finish(&title, &caption);
        Figure {
            svg,
            drawn,
            told: caption.clone(),
            caption: format!("{}. {caption}", title.trim_end_matches('.')),
        }
    }

    /// The finding in numbers: where most is, how much is 0 or empty.
    fn finding(&self, grids: &[Grid]) -> Message {
        let all = || grids.iter().flat_map(|grid| grid.values().map(move |it| (grid, it)));
        let cells = all().count();
        let empty: usize = grids
            .iter()
            .map(|grid| {
                let side = |count: usize| count - usize::from(grid.totals).min(count);
                side(grid.rows.len()) * side(grid.columns.len())
            })
            .sum::<usize>()
            - cells;
        let zero = all().filter(|(_, it)| it.2.value() <= 0.0).count();
        let mut best: Option<(&Grid, (usize, usize, Number))> = None;
        for next in all() {
            best = match best {
                Some(best) if best.1.2.value() >= next.1.2.value() => Some(best),
                _ => Some(next),
            };
        }
        match best {
            Some((grid, (row, column, value))) => {
                let name = |heads: &[Head], at: usize| {
                    heads.get(at).map_or(String::new(), |it| it.name.clone())
                };
                msg!(
                    "picture.grid",
                    row = name(&grid.rows, row),
                    column = name(&grid.columns, column),
                    value = value.shown(),
                    zero = zero,
                    cells = cells + empty,
                    empty = empty
                )
            }
            None => msg!("picture.grid.empty"),
        }
    }
}

fn draw(canvas: &mut Canvas, grid: &Grid, (left, above, top): (f64, f64, f64), most: f64) {
    let mut y = top;
    if !grid.title.is_empty() {
        canvas.bold(4.0, y + LINE, &grid.title);
        y += LINE * 1.5;
    }
    for (at, head) in grid.columns.iter().enumerate() {
        let x = left + number(at) * CELL.0 + CELL.0 / 2.0;
        canvas.named(&head.name, |canvas| {
            canvas.upward(x + 4.0, y + above - 18.0, &fitting(&head.name, above - 22.0));
            canvas.sign(x - 5.0, y + above - 14.0, &head.sign);
        });
    }
    y += above;
    for (row, head) in grid.rows.iter().enumerate() {
        let from = y + number(row) * CELL.1;
        let has_sign = colour(&head.sign.colour).is_some();
        let end = if has_sign { left - 20.0 } else { left - 6.0 };
        canvas.named(&head.name, |canvas| {
            canvas.text(end, from + 17.0, &fitting(&head.name, end - 4.0), Anchor::End);
            canvas.sign(left - 16.0, from + 8.0, &head.sign);
        });
        for (column, across) in grid.columns.iter().enumerate() {
            let x = left + number(column) * CELL.0;
            let value = grid.cell(row, column);
            let nothing = if grid.half { "" } else { "–" };
            let printed = value.map_or_else(|| nothing.to_owned(), Number::shown);
            let total = grid.is_total(row, column);
            let (ground, ink) = match value {
                Some(value) if !total => shade(value.value(), most),
                _ => ("#ffffff", "#1a1a1a"),
            };
            let name = format!("{}, {}: {printed}", head.name, across.name);
            canvas.named(&name, |canvas| {
                canvas.framed(x, from, CELL.0, CELL.1, ground);
                let middle = x + CELL.0 / 2.0;
                canvas.coloured(middle, from + 17.0, &printed, Anchor::Middle, ink);
            });
        }
    }
}
