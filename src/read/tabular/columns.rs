//! Which column of a table holds what.

use std::collections::BTreeSet;

use super::Row;
use super::cells;
use crate::domain::message::Message;
use crate::language::{self, detect};
use crate::msg;

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
    /// The columns of speech, where each speaker has one; their headings name them.
    pub(super) voices: Vec<usize>,
}

impl Columns {
    /// Finds them by the headings, else by what stands in them; none where the table is no transcript.
    pub(super) fn find(rows: &[Row]) -> Option<Self> {
        let found = (0..rows.len().min(HEAD))
            .find_map(|at| Self::by_heading(rows, at))
            .or_else(|| Self::by_voices(rows))
            .or_else(|| Self::by_content(rows))?;
        (!found.is_survey(rows)).then_some(found)
    }

    /// The columns as a row heads them, if it is one of headings.
    fn by_heading(rows: &[Row], at: usize) -> Option<Self> {
        let heads: Vec<String> = rows.get(at)?.cells.iter().map(|cell| fold(cell)).collect();
        let body = rows.get(at + 1..).unwrap_or_default();
        let places = |is: fn(&str) -> bool| {
            let found = heads.iter().enumerate().filter(move |(_, head)| is(head));
            found.map(|(place, _)| place).collect::<Vec<_>>()
        };
        // `Turn` may head a number and `Words` a count: speech is what is longest. Remarks and translations
        // are no speech where anything else is.
        let own = |place: &usize| !is_other(&heads, *place);
        let text = places(|it| language::is_speech_head(parted(it).map_or(it, |(base, _)| base)))
            .into_iter()
            .max_by_key(|place| (own(place), length(body, *place), usize::MAX - place))?;
        // `role` says less of who speaks than `name` does.
        let speaker = places(language::is_speaker_head)
            .into_iter()
            .filter(|place| *place != text)
            .max_by_key(|it| (names(body, *it), different(body, *it), usize::MAX - it));
        let from = places(language::is_time_head).into_iter().find(|place| *place != text);
        let to = places(language::is_end_head).into_iter().find(|place| *place != text);
        let one_column = heads.iter().filter(|head| !head.is_empty()).count() == 1;
        let coded = heads.iter().any(|it| language::is_code_head(it));
        let speaker = speaker.or_else(|| {
            if coded {
                return None;
            }
            let others = (0..heads.len()).filter(|it| ![Some(text), from, to].contains(&Some(*it)));
            others.filter(|it| own(it)).find(|it| names(body, *it))
        });
        let found = Self { heading: Some(at), text, speaker, from, to, voices: Vec::new() };
        let speech = || length(body, text) >= filled(body, text).max(1) * 20;
        (one_column || speaker.is_some() || from.is_some() || speech()).then_some(found)
    }

    /// A column for each speaker, under a heading each: in nearly every row one of them alone is filled.
    fn by_voices(rows: &[Row]) -> Option<Self> {
        let (heading, body) = rows.split_first()?;
        let body = body.get(..body.len().min(SAMPLE))?;
        let (from, to, others) = timed_and_others(body, heading.cells.len());
        let named = |place: &usize| {
            let head = heading.cell(*place);
            let plain = !head.is_empty() && head.chars().count() <= 60;
            plain && !language::is_other_head(&fold(head)) && head.chars().any(char::is_alphabetic)
        };
        let voices: Vec<usize> =
            others.into_iter().filter(named).filter(|it| filled(body, *it) > 0).collect();
        let alone = |row: &&Row| voices.iter().filter(|it| !row.cell(**it).is_empty()).count() == 1;
        let spoken = |row: &&Row| voices.iter().any(|it| !row.cell(*it).is_empty());
        let (alone, spoken) =
            (body.iter().filter(alone).count(), body.iter().filter(spoken).count());
        let shared = voices.iter().all(|it| filled(body, *it) * 10 <= spoken * 9);
        let said = voices.iter().map(|it| length(body, *it)).sum::<usize>();
        let sound =
            voices.len() >= 2 && spoken >= 4 && alone * 5 >= spoken * 4 && said >= spoken * 12;
        let text = *voices.first()?;
        (sound && shared).then_some(Self {
            heading: Some(0),
            text,
            speaker: None,
            from,
            to,
            voices,
        })
    }

    /// The columns by what stands in them: the longest texts are speech, of several the first that is no
    /// translation; speakers are few, short and recur; times come first. The first row heads them if it is
    /// unlike those below.
    fn by_content(rows: &[Row]) -> Option<Self> {
        let rows = rows.get(..rows.len().min(SAMPLE))?;
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        if rows.len() < 3 || width < 2 {
            return None;
        }
        let body = rows.get(1..)?;
        let (from, to, others) = timed_and_others(body, width);
        let heads: Vec<String> = rows.first()?.cells.iter().map(|cell| fold(cell)).collect();
        let other_head = |place: usize| is_other(&heads, place);
        let candidates: Vec<usize> = others.iter().copied().filter(|it| !other_head(*it)).collect();
        // What is said differs from row to row; the title of a recording does not.
        let most = candidates.iter().map(|it| different(body, *it)).max()?;
        let varied =
            || candidates.iter().copied().filter(|it| different(body, *it) * 10 >= most * 3);
        let longest = varied().map(|it| length(body, it)).max().filter(|it| *it > 0)?;
        let text = varied().find(|it| length(body, *it) * 10 >= longest * 6)?;
        let by_head =
            |place: &usize| heads.get(*place).is_some_and(|it| language::is_speaker_head(it));
        let names_here =
            |place: &usize| *place != text && !other_head(*place) && names(body, *place);
        let speaker = candidates.iter().copied().find(|it| by_head(it) && names_here(it));
        let speaker = speaker.or_else(|| {
            candidates.iter().copied().filter(names_here).min_by_key(|it| {
                let labels: BTreeSet<&str> = body.iter().map(|row| row.cell(*it)).collect();
                (*it > text, labels.len() < 2, *it)
            })
        });
        let mut found = Self { heading: None, text, speaker, from, to, voices: Vec::new() };
        found.heading = found.is_headed(rows).then_some(0);
        let coded = heads.iter().any(|it| language::is_code_head(it));
        let fine = from.is_some_and(|it| body.iter().any(|row| row.cell(it).contains([':', '.'])));
        let certain = speaker.is_some() && fine;
        let sound = certain || (!coded && looks_like_speech(body, text));
        (sound && (speaker.is_some() || from.is_some())).then_some(found)
    }

    /// Whether the first row heads the others: a column of times or numbers begins with words, or who would
    /// speak in it speaks nowhere else and says next to nothing.
    fn is_headed(&self, rows: &[Row]) -> bool {
        let Some((first, body)) = rows.split_first() else { return false };
        let number = |cell: &str| cell.parse::<f64>().is_ok() || cells::time(cell).0.is_some();
        let unlike = (0..first.cells.len()).any(|place| {
            let numbers = body.iter().filter(|row| number(row.cell(place))).count();
            let words =
                first.cell(place).chars().any(char::is_alphabetic) && !number(first.cell(place));
            words && filled(body, place) >= 2 && numbers * 10 >= filled(body, place) * 9
        });
        let known = first.cells.iter().map(|it| fold(it)).any(|it| {
            language::is_other_head(&it)
                || language::is_speech_head(&it)
                || language::is_time_head(&it)
        });
        let brief = |place: usize| {
            let cell = first.cell(place);
            !cell.is_empty()
                && cell.split_whitespace().count() <= 4
                && !cell.ends_with(['.', '?', '!', '…'])
        };
        let stranger = self.speaker.is_some_and(|it| {
            let cell = first.cell(it);
            !cell.is_empty() && !body.iter().any(|row| row.cell(it).eq_ignore_ascii_case(cell))
        });
        let head_of_speakers =
            self.speaker.is_some_and(|it| language::is_speaker_head(&fold(first.cell(it))));
        unlike
            || (stranger
                && brief(self.text)
                && (known || head_of_speakers || is_long(body, self.text)))
    }

    /// Whether a table is one of answers and not of turns: a row a person, and several columns in which nearly
    /// everybody wrote something of their own.
    fn is_survey(&self, rows: &[Row]) -> bool {
        if !self.voices.is_empty() || self.from.is_some_and(|_| self.speaker.is_some()) {
            return false;
        }
        let body = rows.get(self.heading.map_or(0, |at| at + 1)..).unwrap_or_default();
        let body = body.get(..body.len().min(SAMPLE)).unwrap_or_default();
        if body.len() < 3 || self.speaker.is_some_and(|it| names(body, it)) {
            return false;
        }
        let heads = self.heading.and_then(|at| rows.get(at));
        let width = body.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let asks =
            (0..width).filter(|it| heads.is_some_and(|row| row.cell(*it).contains('?'))).count();
        let written = (0..width).filter(|it| {
            let different: BTreeSet<&str> =
                body.iter().map(|row| row.cell(*it)).filter(|it| it.contains(' ')).collect();
            different.len() * 2 >= body.len() && different.len() >= 2
        });
        asks >= 2 || written.count() >= 3
    }

    /// Whether nearly every row tells where it begins and ends.
    pub(super) fn spans(&self, rows: &[Row]) -> bool {
        let (Some(from), Some(to)) = (self.from, self.to) else { return false };
        if !self.voices.is_empty() {
            return false; // an annotation is a paragraph
        }
        let timed = |row: &&Row| {
            let time = |at: usize| cells::time(row.cell(at)).0;
            time(from).zip(time(to)).is_some_and(|(from, to)| from <= to)
        };
        rows.iter().filter(timed).count() * 10 >= rows.len() * 9
    }

    /// Whether what stands in the column of speech is longer than words in a form are.
    pub(super) fn is_speech(&self, rows: &[Row]) -> bool {
        let body = rows.get(self.heading.map_or(0, |at| at + 1)..).unwrap_or_default();
        body.len() >= 4 && length(body, self.text) >= filled(body, self.text) * 20
    }

    /// Which columns were taken for speakers and speech, where the headings do not say so.
    pub(super) fn guessed(&self, rows: &[Row]) -> Option<Message> {
        let head = |place: usize| {
            let cell = self.heading.and_then(|at| rows.get(at)).map_or("", |row| row.cell(place));
            let cell: String = cell.chars().take(30).collect();
            if cell.is_empty() { (place + 1).to_string() } else { cell }
        };
        let known = language::is_speech_head(&fold(&head(self.text)));
        let speaker = self.speaker.filter(|it| !language::is_speaker_head(&fold(&head(*it))));
        if known && speaker.is_none() {
            return None;
        }
        let text = head(self.text);
        Some(match self.speaker {
            Some(speaker) => msg!("tabular.taken", speaker = head(speaker), text = text),
            None => msg!("tabular.taken.text", text = text),
        })
    }

    /// The columns that hold what was said each in a language of its own, `text_es` and `text_en`, if there are several:
    /// nothing tells which of them was said and which was translated.
    pub(super) fn tongues(&self, rows: &[Row]) -> Option<String> {
        let heading = self.heading.and_then(|at| rows.get(at))?;
        let heads: Vec<String> = heading.cells.iter().map(|it| fold(it)).collect();
        let own = heads.get(self.text).and_then(|it| parted(it))?;
        let body = rows.get(self.heading? + 1..).unwrap_or_default();
        let same = |place: &usize| {
            let other = heads.get(*place).and_then(|it| parted(it));
            other.is_some_and(|it| it.0 == own.0) && filled(body, *place) > 0
        };
        let all: Vec<&str> = (0..heads.len()).filter(same).map(|it| heading.cell(it)).collect();
        (all.len() > 1).then(|| all.join(", "))
    }

    /// The columns that are not read and hold anything, by their headings, or by number where they have none.
    pub(super) fn left_out(&self, rows: &[Row]) -> Vec<String> {
        let used = [Some(self.text), self.speaker, self.from, self.to];
        let body = rows.get(self.heading.map_or(0, |at| at + 1)..).unwrap_or_default();
        let heading = self.heading.and_then(|at| rows.get(at));
        let widest = || rows.iter().take(SAMPLE).map(|row| row.cells.len()).max().unwrap_or(0);
        let width = heading.map_or_else(widest, |row| row.cells.len());
        let head = |place: usize| heading.map_or("", |row| row.cell(place));
        let unused = (0..width).filter(|place| {
            !used.contains(&Some(*place))
                && !self.voices.contains(place)
                && (!head(*place).is_empty() || length(body, *place) > 0)
        });
        let name = |place: usize| match head(place).chars().take(30).collect::<String>() {
            head if head.is_empty() => (place + 1).to_string(),
            head => head,
        };
        unused.take(12).map(name).collect()
    }
}

/// The columns of beginnings and ends, and those that hold words.
fn timed_and_others(body: &[Row], width: usize) -> (Option<usize>, Option<usize>, Vec<usize>) {
    let timed: Vec<usize> = (0..width).filter(|place| is_timed(body, *place)).collect();
    let words = |place: &usize| !timed.contains(place) && !is_numeric(body, *place);
    let others: Vec<usize> = (0..width).filter(words).collect();
    let clocks: Vec<usize> = timed.into_iter().filter(|place| is_clock(body, *place)).collect();
    (clocks.first().copied(), clocks.get(1).copied(), others)
}

/// Rows that have something in a column.
fn filled(rows: &[Row], place: usize) -> usize {
    rows.iter().filter(|row| !row.cell(place).is_empty()).count()
}

fn is_numeric(rows: &[Row], place: usize) -> bool {
    let numbers = rows.iter().filter(|row| row.cell(place).parse::<f64>().is_ok()).count();
    numbers > 0 && numbers * 10 >= filled(rows, place) * 9
}

/// Whether times in a column rise as those of a recording do, and are no lengths or numbers of rows.
fn is_clock(rows: &[Row], place: usize) -> bool {
    let times: Vec<u64> = rows.iter().filter_map(|row| cells::time(row.cell(place)).0).collect();
    let rising = times.windows(2).filter(|pair| pair.first() <= pair.get(1)).count();
    let plain =
        rows.iter().take(20).all(|row| row.cell(place).bytes().all(|it| it.is_ascii_digit()));
    let counted = times
        .windows(2)
        .all(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b <= a + 1000));
    rising * 10 >= times.len().saturating_sub(1) * 8 && !(plain && counted)
}

/// Whether a column holds what people say: sentences, or words enough to be some, that are not all the same.
fn looks_like_speech(rows: &[Row], place: usize) -> bool {
    let cells: Vec<&str> =
        rows.iter().map(|row| row.cell(place)).filter(|it| !it.is_empty()).collect();
    let different: BTreeSet<&str> = cells.iter().copied().collect();
    let sentence = |it: &&&str| {
        let words = it.split_whitespace().count();
        words >= 5 || (words >= 2 && it.ends_with(['.', '?', '!', '…', '。', '？']))
    };
    let sentences = cells.iter().filter(sentence).count();
    let unspaced = cells.iter().filter(|it| it.chars().count() >= 8 && !it.is_ascii()).count();
    different.len() * 4 >= cells.len()
        && (sentences * 5 >= cells.len() * 2 || unspaced * 2 >= cells.len())
}

/// Whether most of what stands in a column is longer than a heading is.
fn is_long(rows: &[Row], place: usize) -> bool {
    let long = rows.iter().filter(|row| row.cell(place).split_whitespace().count() > 4).count();
    long * 2 >= filled(rows, place)
}

/// What a heading says before and of the language that it ends or consists in: `text es`, `text (español)`, `es`.
fn parted(head: &str) -> Option<(&str, &'static str)> {
    let (base, tongue) = head.rsplit_once(' ').unwrap_or(("", head));
    let tongue = tongue.trim_matches(['(', ')', '[', ']']);
    Some((base, detect::named(tongue)?))
}

/// Whether a column holds what is neither said nor who says it: remarks, numbers, or a translation, which stands beside
/// the same without a language, `text` and `text_en`.
fn is_other(heads: &[String], place: usize) -> bool {
    heads.get(place).is_some_and(|head| {
        let base = parted(head).map_or("", |it| it.0);
        language::is_other_head(head)
            || language::is_other_head(base)
            || (!base.is_empty() && heads.iter().any(|it| it == base))
    })
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

/// How many different texts a column holds.
fn different(rows: &[Row], place: usize) -> usize {
    let cells: BTreeSet<&str> = rows.iter().take(SAMPLE).map(|row| row.cell(place)).collect();
    cells.len()
}

/// Whether a column holds who speaks: few names that come back after others, and not the languages in which they
/// do. What heads one run of rows each, as the terms of a list do, is no speaker.
fn names(rows: &[Row], place: usize) -> bool {
    let cells: Vec<&str> =
        rows.iter().map(|row| row.cell(place)).filter(|it| !it.is_empty()).collect();
    let different: BTreeSet<&str> = cells.iter().copied().collect();
    let brief = different.iter().all(|it| it.len() <= 80 && it.chars().any(char::is_alphabetic));
    let tongues = different
        .iter()
        .all(|it| it.eq_ignore_ascii_case("na") || detect::named(&language::fold(it)).is_some());
    let answers = different.iter().all(|it| {
        [
            "true", "false", "yes", "no", "si", "sí", "n/a", "na", "none", "ja", "nein", "oui",
            "non", "m", "f", "x",
        ]
        .contains(&it.to_lowercase().as_str())
    });
    let runs = 1 + cells.windows(2).filter(|pair| pair.first() != pair.get(1)).count();
    let come_back = different.len() <= 3 || runs > different.len() + different.len() / 4;
    let lists = different.iter().filter(|it| it.contains(';')).count();
    // In few rows a third may speak once.
    let seldom = different.len() * 2 <= cells.len()
        || (cells.len() < 12 && different.len() * 4 <= cells.len() * 3);
    let few = different.len() >= 2 && lists * 2 <= different.len() && seldom;
    brief && !tongues && !answers && few && come_back
}
