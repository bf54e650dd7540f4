//! Which column of a table holds what.

use std::collections::BTreeSet;

use super::Row;
use super::cells;
use crate::language;

/// Rows looked at.
const SAMPLE: usize = 400;
/// The headings stand in one of the first rows: above them may stand a title.
const HEAD: usize = 20;

/// The columns of a table of turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// The row of the headings, if there is one.
    pub(super) heading: Option<usize>,
    pub(super) text: usize,
    pub(super) speaker: Option<usize>,
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
}

impl Columns {
    /// Finds them by the headings, else by what stands in them.
    pub(super) fn find(rows: &[Row]) -> Option<Self> {
        (0..rows.len().min(HEAD))
            .find_map(|at| Self::by_heading(rows, at))
            .or_else(|| Self::by_content(rows))
    }

    /// The columns as a row heads them, if it is one of headings.
    fn by_heading(rows: &[Row], at: usize) -> Option<Self> {
        let heads: Vec<String> = rows.get(at)?.cells.iter().map(|cell| fold(cell)).collect();
        let body = rows.get(at + 1..).unwrap_or_default();
        let places = |is: fn(&str) -> bool| {
            let found = heads.iter().enumerate().filter(move |(_, head)| is(head));
            found.map(|(place, _)| place).collect::<Vec<_>>()
        };
        // `Turn` may head a number and `Words` a count: speech is what is longest.
        let text = places(language::is_speech_head);
        let text =
            text.into_iter().max_by_key(|place| (length(body, *place), usize::MAX - place))?;
        let speaker = places(language::is_speaker_head).into_iter().find(|place| *place != text);
        let from = places(language::is_time_head).into_iter().find(|place| *place != text);
        let to = places(language::is_end_head).into_iter().find(|place| *place != text);
        let one_column = heads.iter().filter(|head| !head.is_empty()).count() == 1;
        (one_column || speaker.is_some() || from.is_some() || length(body, text) > 0)
            .then_some(Self { heading: Some(at), text, speaker, from, to })
    }

    /// The columns of a table without headings: the longest texts are speech; speakers are short, recur and
    /// stand before it; times come first.
    fn by_content(rows: &[Row]) -> Option<Self> {
        let rows = rows.get(..rows.len().min(SAMPLE))?;
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        if rows.len() < 3 || width < 2 {
            return None;
        }
        let timed: Vec<usize> = (0..width).filter(|place| is_timed(rows, *place)).collect();
        let others = || (0..width).filter(|place| !timed.contains(place));
        let text = others().max_by_key(|place| (length(rows, *place), usize::MAX - place))?;
        let speaker = others().filter(|place| *place < text).find(|place| names(rows, *place));
        let mut times = timed.iter().copied().filter(|place| *place < text);
        let (from, to) = (times.next(), times.next());
        (speaker.is_some() || from.is_some()).then_some(Self {
            heading: None,
            text,
            speaker,
            from,
            to,
        })
    }

    /// Whether nearly every row tells where it begins and ends.
    pub(super) fn spans(&self, rows: &[Row]) -> bool {
        let (Some(from), Some(to)) = (self.from, self.to) else { return false };
        let timed = |row: &&Row| {
            let time = |at: usize| cells::time(row.cell(at)).0;
            time(from).zip(time(to)).is_some_and(|(from, to)| from <= to)
        };
        rows.iter().filter(timed).count() * 10 >= rows.len() * 9
    }

    /// The headings of the columns that are not read and hold anything.
    pub(super) fn left_out(&self, rows: &[Row]) -> Vec<String> {
        let Some(at) = self.heading else { return Vec::new() };
        let Some(heading) = rows.get(at) else { return Vec::new() };
        let used = [Some(self.text), self.speaker, self.from, self.to];
        let body = rows.get(at + 1..).unwrap_or_default();
        let unused = heading.cells.iter().enumerate().filter(|(place, head)| {
            !used.contains(&Some(*place)) && (!head.is_empty() || length(body, *place) > 0)
        });
        let name = |(place, head): (usize, &String)| match head.chars().take(30).collect::<String>()
        {
            head if head.is_empty() => (place + 1).to_string(),
            head => head,
        };
        unused.take(12).map(name).collect()
    }
}

/// A heading as the lists have them.
fn fold(heading: &str) -> String {
    let plain = heading.replace(['_', '-'], " ");
    language::fold(plain.trim().trim_end_matches(':').trim())
}

fn length(rows: &[Row], place: usize) -> usize {
    rows.iter().take(SAMPLE).map(|row| row.cell(place).len()).sum()
}

fn is_timed(rows: &[Row], place: usize) -> bool {
    let filled: Vec<&str> =
        rows.iter().map(|row| row.cell(place)).filter(|it| !it.is_empty()).collect();
    let times = filled.iter().filter(|cell| matches!(cells::time(cell), (Some(_), ""))).count();
    !filled.is_empty() && times * 10 >= filled.len() * 9
}

/// Whether a column holds who speaks: few names that recur, and not the languages in which they do.
fn names(rows: &[Row], place: usize) -> bool {
    let cells: Vec<&str> =
        rows.iter().map(|row| row.cell(place)).filter(|it| !it.is_empty()).collect();
    let different: BTreeSet<&str> = cells.iter().copied().collect();
    let brief = different.iter().all(|it| it.len() <= 80 && it.chars().any(char::is_alphabetic));
    let tags =
        ["ENG", "SPA", "FRA", "DEU", "POR", "ITA", "CAT", "EN", "ES", "FR", "DE", "PT", "NA"];
    let tongues = different.iter().all(|it| tags.contains(&it.to_ascii_uppercase().as_str()));
    brief && !tongues && different.len() >= 2 && different.len() * 2 <= cells.len()
}
