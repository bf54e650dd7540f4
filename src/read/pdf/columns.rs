//! Rows of a page into lines, in the order in which they are read: column after column, notes in the margin
//! aside.

use super::furniture::median;
use super::rows::{Row, Segment};

/// Columns may lie in one another this deep.
const DEPTH: u32 = 3;
/// Shorter segments are cells of a table, or labels, and no lines of a column.
const COLUMN_LETTERS: f32 = 14.0;

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Which column it stands in, counted over the whole file.
    pub(super) column: usize,
    /// Columns of one kind begin at the same place, and so end at the same.
    pub(super) kind: (i32, bool),
    pub(super) base: f32,
    pub(super) numbered: bool,
    /// What stands side by side in it: more than one only in a row of a table.
    pub(super) cells: Vec<Segment>,
}

impl Line {
    /// The size of its largest letters.
    pub(super) fn size(&self) -> f32 {
        self.cells.iter().map(|it| it.size).max_by(f32::total_cmp).unwrap_or(0.0)
    }
}

/// What came of a page.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) lines: Vec<Line>,
    /// How many columns there are so far.
    count: usize,
    /// Notes in the margin, left out.
    pub(super) notes: usize,
    /// Pages read column by column.
    pub(super) pages: usize,
    /// Where pages so far were parted: a last page has the same columns, of which one may be nearly empty.
    gutters: Vec<f32>,
}

/// A row with its segments.
#[derive(Debug, Clone)]
struct Strip {
    base: f32,
    numbered: bool,
    segments: Vec<Segment>,
}

impl Columns {
    /// Reads a page, given the size of most letters.
    pub(super) fn page(&mut self, rows: &[Row], body: f32) {
        let strips: Vec<Strip> = rows
            .iter()
            .map(|row| Strip { base: row.base, numbered: row.numbered, segments: row.segments() })
            .collect();
        let strips = self.without_notes(strips, body);
        let before = self.count;
        self.read(strips, 0);
        self.pages += usize::from(self.count > before + 1);
    }

    /// Leaves out what stands right of the text in letters of another size.
    fn without_notes(&mut self, strips: Vec<Strip>, body: f32) -> Vec<Strip> {
        let of_text = |it: &&Segment| (it.size - body).abs() < 0.3;
        let rights =
            || strips.iter().flat_map(|it| &it.segments).filter(of_text).map(|it| it.right);
        let Some(edge) = rights().max_by(f32::total_cmp) else { return strips };
        let is_note = |it: &Segment| it.left > edge && (it.size - body).abs() >= 0.3;
        let notes = strips.iter().flat_map(|it| &it.segments).filter(|it| is_note(it)).count();
        if notes == 0 {
            return strips;
        }
        self.notes += notes;
        let mut kept = strips;
        for strip in &mut kept {
            strip.segments.retain(|it| !is_note(it));
        }
        kept.retain(|it| !it.segments.is_empty());
        kept
    }

    fn read(&mut self, strips: Vec<Strip>, depth: u32) {
        let own = if depth < DEPTH { gutter(&strips) } else { None };
        if depth < 2 {
            self.gutters.extend(own.filter(|it| !self.gutters.contains(it)));
        }
        // Of three columns the last may be nearly empty beside the second.
        let known = || self.gutters.iter().copied().find(|it| fits(&strips, *it));
        let gutter = own.or_else(|| if depth < 2 { known() } else { None });
        let Some(gutter) = gutter else {
            self.lines(strips, depth > 0);
            return;
        };
        // What reaches across parts the page into bands; in each, the left column comes first.
        let mut band = Vec::new();
        let mut across = Vec::new();
        for strip in strips {
            if strip.segments.iter().any(|it| it.left < gutter && it.right > gutter) {
                self.band(std::mem::take(&mut band), gutter, depth);
                across.push(strip);
            } else {
                self.lines(std::mem::take(&mut across), false);
                band.push(strip);
            }
        }
        self.lines(across, false);
        self.band(band, gutter, depth);
    }

    fn band(&mut self, band: Vec<Strip>, gutter: f32, depth: u32) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for strip in band {
            let (before, after): (Vec<Segment>, Vec<Segment>) =
                strip.segments.into_iter().partition(|it| it.left < gutter);
            for (segments, side) in [(before, &mut left), (after, &mut right)] {
                if !segments.is_empty() {
                    side.push(Strip { segments, ..Strip { segments: Vec::new(), ..strip } });
                }
            }
        }
        self.read(left, depth + 1);
        self.read(right, depth + 1);
    }

    /// Rows that are read one after the other: lines of text, or rows of a table.
    fn lines(&mut self, strips: Vec<Strip>, parted: bool) {
        if strips.is_empty() {
            return;
        }
        self.count += 1;
        let starts: Vec<f32> =
            strips.iter().flat_map(|it| it.segments.iter().skip(1)).map(|it| it.left).collect();
        let column = self.count;
        let left = strips.iter().filter_map(|it| it.segments.first()).map(|it| it.left);
        #[allow(clippy::cast_possible_truncation)] // places on a page are below a million
        let left = left.min_by(f32::total_cmp).map_or(0, |left| (left / 10.0).round() as i32);
        for strip in strips {
            let cells = cells(strip.segments, &starts);
            let Strip { base, numbered, .. } = Strip { segments: Vec::new(), ..strip };
            self.lines.push(Line { column, kind: (left, parted), base, numbered, cells });
        }
    }
}

/// Segments of one row as cells, if others stand under one another as they do; else as one text.
fn cells(segments: Vec<Segment>, starts: &[f32]) -> Vec<Segment> {
    let mut cells: Vec<Segment> = Vec::new();
    for segment in segments {
        let aligned = starts.iter().filter(|it| (**it - segment.left).abs() < 2.0).count() >= 2;
        match cells.last_mut() {
            Some(last) if !aligned || last.letters() > 60 => {
                if segment.is_bold() && last.is_bold() {
                    last.strong = last.text.len() + 1 + segment.text.len();
                }
                last.text.push(' ');
                last.text.push_str(&segment.text);
                last.right = last.right.max(segment.right);
            }
            _ => cells.push(segment),
        }
    }
    cells
}

/// Where a page is parted into columns of text, if it is.
fn gutter(strips: &[Strip]) -> Option<f32> {
    let segments: Vec<(f32, &Segment)> =
        strips.iter().flat_map(|strip| strip.segments.iter().map(|it| (strip.base, it))).collect();
    let mut places: Vec<f32> = segments.iter().map(|(_, it)| it.left).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|one, other| (*one - *other).abs() < 2.0);
    if places.len() > 60 {
        return None;
    }
    let mut best: Option<(usize, f32)> = None;
    for place in places {
        let Some(mass) = parted(&segments, place - 1.0) else { continue };
        if best.is_none_or(|(most, _)| mass > most) {
            best = Some((mass, place - 1.0));
        }
    }
    best.map(|(_, place)| place)
}

/// Whether a page whose one column is short is parted as others are: next to nothing reaches across, and
/// what stands right of the place begins there.
fn fits(strips: &[Strip], place: f32) -> bool {
    let segments = || strips.iter().flat_map(|strip| &strip.segments);
    let across = segments().filter(|it| it.left < place && it.right > place).count();
    let right: Vec<f32> = segments().filter(|it| it.left >= place).map(|it| it.left).collect();
    let left = segments().filter(|it| it.right <= place).count();
    let begins = right.iter().filter(|it| **it - place < 25.0).count();
    let all = left + right.len() + across;
    left > 0 && !right.is_empty() && across * 10 <= all && begins * 10 >= right.len() * 7
}

/// How many letters the lighter side has if the page is parted here; `None` if these are no columns.
fn parted(segments: &[(f32, &Segment)], place: f32) -> Option<usize> {
    let left: Vec<&(f32, &Segment)> = segments.iter().filter(|(_, it)| it.right <= place).collect();
    let right: Vec<&(f32, &Segment)> = segments.iter().filter(|(_, it)| it.left >= place).collect();
    let across = segments.len() - left.len() - right.len();
    if left.len() < 2 || right.len() < 2 || across * 3 > segments.len() {
        return None;
    }
    #[allow(clippy::cast_precision_loss)] // lengths of lines
    let typical = |side: &[&(f32, &Segment)]| {
        median(side.iter().map(|(_, it)| it.letters() as f32).collect()).unwrap_or(0.0)
    };
    if typical(&left) < COLUMN_LETTERS || typical(&right) < COLUMN_LETTERS {
        return None;
    }
    let edge = left.iter().map(|(_, it)| it.right).max_by(f32::total_cmp)?;
    let start = right.iter().map(|(_, it)| it.left).min_by(f32::total_cmp)?;
    let size = median(segments.iter().map(|(_, it)| it.size).collect())?;
    let beside = |one: &[&(f32, &Segment)], other: &[&(f32, &Segment)]| {
        let highest = other.iter().map(|it| it.0).max_by(f32::total_cmp).unwrap_or(0.0);
        let lowest = other.iter().map(|it| it.0).min_by(f32::total_cmp).unwrap_or(0.0);
        let within =
            one.iter().filter(|it| (lowest - size..=highest + size).contains(&it.0)).count();
        within * 2 >= one.len()
    };
    if start - edge < 0.8 * size || !beside(&left, &right) && !beside(&right, &left) {
        return None;
    }
    let mass = |side: &[&(f32, &Segment)]| side.iter().map(|(_, it)| it.letters()).sum::<usize>();
    let (lighter, all) = (mass(&left).min(mass(&right)), mass(&left) + mass(&right));
    (lighter * 5 >= all).then_some(lighter)
}
