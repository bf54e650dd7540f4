//! Where units are in a corrected text: their words exactly, else the same words with differences, else nowhere.
//!
//! The words of both texts are aligned from beginning to end, so that a unit is also found by what stands around it.
//! Cuts are carried over rather than units: what was put in somewhere lies in a unit again.

mod align;

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::cuts::{Point, sentence_starts, span};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::language::fold;

/// From which share of common words on a unit is proposed to be the same.
pub const ALIKE: f64 = 0.5;

/// A unit of the old text, and where it is in the new one.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchored {
    /// The place of the unit in the list of the old text's units.
    pub unit: usize,
    /// From where to where it is; absent where no word of it is left.
    pub place: Option<(Point, Point)>,
    /// Whether the same people say the same, to the letter.
    pub exact: bool,
    /// Words in common over the words of both, from 0 to 1.
    pub likeness: f64,
}

/// The units of an old text in a new one, and stretches of the new text that are in no unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Anchoring {
    /// Every unit, in order of place.
    pub units: Vec<Anchored>,
    /// What came with the new text.
    pub fresh: Vec<(Point, Point)>,
}

/// A word, or a paragraph without words, and where it begins.
struct Token {
    at: Point,
    word: u32,
}

/// A stretch of the old text: a unit, or what lies between two.
struct Stretch {
    unit: Option<usize>,
    /// Its words.
    from: usize,
    to: usize,
    /// The first and the last of its words that are in the new text: places in the old, and in the new.
    first: Option<(usize, usize)>,
    last: Option<(usize, usize)>,
    common: usize,
}

/// Finds the units of an old text in a new one.
#[must_use]
pub fn anchor(old: &Transcript, units: &[Unit], new: &Transcript) -> Anchoring {
    let mut numbers = HashMap::new();
    let (olds, news) = (tokens(old, &mut numbers), tokens(new, &mut numbers));
    let words = |tokens: &[Token]| tokens.iter().map(|it| it.word).collect::<Vec<_>>();
    let found = align::align(&words(&olds), &words(&news));
    let stretches = stretches(old, units, &olds, &found);
    let texts = Texts { new, news: &news };
    let mut anchoring = Anchoring::default();
    let mut begin = texts.before_first(&stretches, &mut anchoring.fresh);
    for (number, stretch) in stretches.iter().enumerate() {
        let Some(last) = stretch.last else {
            anchoring.units.extend(stretch.unit.map(lost));
            continue;
        };
        let next = stretches.iter().enumerate().skip(number + 1).find(|(_, it)| it.first.is_some());
        let (end, then) = match next {
            Some((at, next)) => {
                let between = stretches.get(number + 1..at).unwrap_or_default();
                let missing: usize = between.iter().map(|it| it.to - it.from).sum();
                texts.cut(stretch, last, next, missing)
            }
            None => texts.after_last(stretch, last, stretches.len() > number + 1),
        };
        if let Some(unit) = stretch.unit {
            anchoring.units.push(texts.anchored(old, units, unit, stretch, (begin, end)));
        }
        if end < then {
            anchoring.fresh.push((end, then));
        }
        begin = then;
    }
    anchoring
}

fn lost(unit: usize) -> Anchored {
    Anchored { unit, place: None, exact: false, likeness: 0.0 }
}

fn tokens(transcript: &Transcript, numbers: &mut HashMap<String, u32>) -> Vec<Token> {
    let mut all = Vec::new();
    let mut number = |word: String| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(word).or_insert(next)
    };
    for (paragraph, it) in (1_u32..).zip(&transcript.paragraphs) {
        let before = all.len();
        let (mut byte, mut character) = (0, 0);
        for (start, word) in it.text.unicode_word_indices() {
            let skipped = it.text.get(byte..start).map_or(0, |text| text.chars().count());
            character += u32::try_from(skipped).unwrap_or(0);
            byte = start;
            all.push(Token { at: Point { paragraph, character }, word: number(fold(word)) });
        }
        if all.len() == before {
            all.push(Token {
                at: Point::paragraph(paragraph),
                word: number(format!(" {}", it.text)),
            });
        }
    }
    all
}

/// Units and what lies between them, from the beginning of the old text to its end.
fn stretches(
    old: &Transcript,
    units: &[Unit],
    olds: &[Token],
    found: &[Option<usize>],
) -> Vec<Stretch> {
    let token = |at: Point| olds.partition_point(|it| it.at < at);
    let mut all = Vec::new();
    let mut add = |unit: Option<usize>, from: usize, to: usize| {
        if from >= to && unit.is_none() {
            return;
        }
        let mut pairs = (from..to).filter_map(|at| Some((at, (*found.get(at)?)?)));
        let common = pairs.clone().count();
        let first = pairs.next();
        all.push(Stretch { unit, from, to, first, last: pairs.next_back().or(first), common });
    };
    let mut at = 0;
    for (number, unit) in units.iter().enumerate() {
        let own = unit.locator.span();
        let (from, to) = (token(Point::start(own)), token(Point::end(own, old)));
        add(None, at, from);
        add(Some(number), from.max(at), to);
        at = to.max(at);
    }
    add(None, at, olds.len());
    all
}

struct Texts<'a> {
    new: &'a Transcript,
    news: &'a [Token],
}

impl Texts<'_> {
    fn point(&self, token: usize) -> Point {
        self.news.get(token).map_or(Point::last(self.new), |it| it.at)
    }

    /// Paragraphs in which somebody begins to speak, after one place and not after another.
    fn paragraphs(&self, after: Point, to: Point) -> Vec<Point> {
        let nobody = self.new.paragraphs.iter().all(|it| it.speaker.is_none());
        let speaks = |number: &u32| {
            self.new.paragraph(*number).is_some_and(|it| nobody || it.speaker.is_some())
        };
        let numbers = (after.paragraph + 1..=to.paragraph).filter(speaks);
        numbers.map(Point::paragraph).collect()
    }

    /// Where the first stretch that is left begins; what is wholly new before it is fresh.
    fn before_first(&self, stretches: &[Stretch], fresh: &mut Vec<(Point, Point)>) -> Point {
        let top = Point::paragraph(1);
        let first = stretches.iter().find_map(|it| Some((it, it.first?)));
        let Some((stretch, (old, new))) = first else {
            if !self.news.is_empty() {
                fresh.push((top, Point::last(self.new)));
            }
            return top;
        };
        let begins = Point::paragraph(self.point(new).paragraph);
        let is_new = old == stretch.from && begins > top;
        let said = (1..begins.paragraph)
            .any(|number| self.new.paragraph(number).is_some_and(|it| it.speaker.is_some()));
        if is_new && said {
            fresh.push((top, begins));
            return begins;
        }
        top
    }

    /// Where a stretch ends, and where the next one that is left begins; what lies between the two is fresh.
    fn cut(
        &self,
        stretch: &Stretch,
        last: (usize, usize),
        next: &Stretch,
        missing: usize,
    ) -> (Point, Point) {
        let Some(first) = next.first else { return (Point::last(self.new), Point::last(self.new)) };
        let (after, to) = (self.point(last.1), self.point(first.1));
        // Words of the old text that are gone, at the end of the one and at the beginning of the other.
        let (tail, head) = (stretch.to - 1 - last.0, first.0 - next.from);
        let paragraphs = self.paragraphs(after, to);
        if let ([one, .., other], true) =
            (paragraphs.as_slice(), (tail == 0 && head == 0) || missing > 0)
        {
            return (*one, *other);
        }
        let sentences = || {
            let here =
                span(self.new, Point::paragraph(to.paragraph), Point::paragraph(to.paragraph + 1));
            let starts = here.map(|it| sentence_starts(self.new, it)).unwrap_or_default();
            starts.into_iter().filter(|at| after < *at && *at <= to).collect::<Vec<_>>()
        };
        let places = if paragraphs.is_empty() { sentences() } else { paragraphs };
        // The place before which as many words were put in as are gone.
        let distance = |at: &Point| {
            let words = self.news.partition_point(|it| it.at < *at).saturating_sub(last.1 + 1);
            words.abs_diff(tail)
        };
        let at = places
            .into_iter()
            .min_by_key(distance)
            .unwrap_or_else(|| self.point((last.1 + 1 + tail).min(first.1)));
        (at, at)
    }

    /// Where the last stretch that is left ends, and the end of the text.
    fn after_last(&self, stretch: &Stretch, last: (usize, usize), missing: bool) -> (Point, Point) {
        let end = Point::last(self.new);
        let tail = stretch.to - 1 - last.0;
        let paragraphs = self.paragraphs(self.point(last.1), end);
        match paragraphs.first() {
            Some(first) if tail == 0 || missing => (*first, end),
            _ => (end, end),
        }
    }

    fn anchored(
        &self,
        old: &Transcript,
        units: &[Unit],
        unit: usize,
        stretch: &Stretch,
        place: (Point, Point),
    ) -> Anchored {
        let own = units.get(unit).map(|it| it.locator.span());
        let (Some(own), Some(now)) = (own, span(self.new, place.0, place.1)) else {
            return lost(unit);
        };
        let said = |transcript: &Transcript, span| {
            let pieces = transcript.pieces(span);
            pieces
                .map(|(_, speaker, text)| (speaker.cloned(), text.trim().to_owned()))
                .collect::<Vec<_>>()
        };
        let token = |at: Point| self.news.partition_point(|it| it.at < at);
        let words = token(place.1).saturating_sub(token(place.0)) + stretch.to - stretch.from;
        #[allow(clippy::cast_precision_loss)] // numbers of words
        let likeness = 2.0 * stretch.common as f64 / words.max(1) as f64;
        Anchored {
            unit,
            place: Some(place),
            exact: said(old, own) == said(self.new, now),
            likeness: likeness.min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transcript::Paragraph;
    use crate::unitize::split::{By, Plan, Prompts, split};
    use crate::unitize::thematic::Thematic;

    fn transcript(id: &str, lines: &[&str]) -> Transcript {
        let line = |line: &&str| {
            let (speaker, text) = line.split_once(": ").unwrap_or(("", line));
            Paragraph { time: None, speaker: speaker.parse().ok(), text: text.to_owned() }
        };
        Transcript {
            id: id.parse().unwrap(),
            case: "A".parse().unwrap(),
            name: String::new(),
            date: String::new(),
            language: String::new(),
            source: String::new(),
            source_sha256: String::new(),
            text_sha256: String::new(),
            attributes: Vec::new(),
            paragraphs: lines.iter().map(line).collect(),
        }
    }

    /// Each sentence of the old text as a unit, with where it is now: `=` exactly, `~` with differences.
    fn told(old: &[&str], new: &[&str]) -> Vec<String> {
        let (old, new) = (transcript("T1", old), transcript("T2", new));
        let thematic = Thematic::default();
        let plan = Plan { by: By::Sentence, prompts: Prompts::Apart, thematic, before: &[] };
        let units = split(&old, &[], &plan);
        let found = anchor(&old, &units, &new);
        let place = |at: (Point, Point)| {
            span(&new, at.0, at.1).map_or_else(String::new, |it| it.to_string())
        };
        let mut all: Vec<String> = found
            .units
            .iter()
            .map(|it| {
                let mark = if it.exact { "=" } else { "~" };
                let unit = units[it.unit].locator.span();
                it.place.map_or(format!("{unit} lost"), |at| format!("{unit} {mark} {}", place(at)))
            })
            .collect();
        all.extend(found.fresh.iter().map(|at| format!("new {}", place(*at))));
        all
    }

    #[test]
    fn units_are_found_by_their_words_and_what_stands_around_them() {
        let old = [
            "P1: One is said here. Two is said there.",
            "(noise)",
            "P2: Three came later.",
            "P1: Four.",
        ];
        assert_eq!(told(&old, &old), ["1@0-18 = 1@0-18", "1@18-2@7 = 1@18-2@7", "3 = 3", "4 = 4"]);
        // A word is corrected, a speaker is another, a turn is left out, one is put in.
        let new = [
            "P1: One is sad here. Two is said there.",
            "(noise)",
            "P3: Three came later.",
            "P2: Quite.",
        ];
        assert_eq!(
            told(&old, &new),
            ["1@0-18 ~ 1@0-17", "1@18-2@7 = 1@17-2@7", "3 ~ 3", "4 lost", "new 4"]
        );
        let new = [
            "P2: Before all.",
            "P1: One is said here.",
            "P1: Two is said there.",
            "(noise)",
            "P2: Well.",
            "P2: Three came later.",
            "P1: Four.",
        ];
        assert_eq!(
            told(&old, &new),
            ["1@0-18 = 2", "1@18-2@7 = 3-4", "3 = 6", "4 = 7", "new 1", "new 5"]
        );
        assert_eq!(
            told(&old, &["P9: Nothing of this."]),
            ["1@0-18 lost", "1@18-2@7 lost", "3 lost", "4 lost", "new 1"]
        );
    }
}
