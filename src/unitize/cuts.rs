//! Cuts: the places where units begin and end, and what people do with them.
//!
//! A cut is a place in the text. Units are made anew from places, so that whoever drops, moves or adds a cut need not
//! think about locators, words and speakers.

use super::recount::recount;
use super::sentences;
use crate::domain::id::ParticipantId;
use crate::domain::locator::Span;
use crate::domain::participant::Role;
pub use crate::domain::point::Point;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};

/// The canonical stretch between two places; `None` where there is no text between them.
#[must_use]
pub fn span(transcript: &Transcript, from: Point, to: Point) -> Option<Span> {
    if to <= from || from.paragraph > transcript.count() {
        return None;
    }
    let ends_inside = to.character > 0;
    let mut last = if ends_inside { to.paragraph } else { to.paragraph.checked_sub(1)? };
    if from.character == 0 && !ends_inside {
        return Span::paragraphs(from.paragraph, last).ok();
    }
    // No place has an end in a paragraph without text.
    while !ends_inside && last > from.paragraph && transcript.length(last) == 0 {
        last -= 1;
    }
    let to = if ends_inside { to.character } else { transcript.length(last) };
    Span::characters(from.paragraph, from.character, last, to).ok()
}

/// Where the sentences of a stretch begin. A paragraph without speaker goes with what is before it, so no sentence
/// begins there, unless nobody speaks at all.
#[must_use]
pub fn sentence_starts(transcript: &Transcript, span: Span) -> Vec<Point> {
    let nobody = transcript.paragraphs.iter().all(|it| it.speaker.is_none());
    let mut starts = vec![Point::start(span)];
    for number in span.first..=span.last.min(transcript.count()) {
        let Some(paragraph) = transcript.paragraph(number) else { continue };
        if paragraph.speaker.is_none() && !nobody {
            continue;
        }
        let inside = span.characters_of(number, transcript.length(number));
        let mut character = 0;
        for sentence in sentences::of(&paragraph.text) {
            if inside.contains(&character) {
                starts.push(Point { paragraph: number, character });
            }
            character += u32::try_from(sentence.chars().count()).unwrap_or(0);
        }
        if paragraph.text.is_empty() {
            starts.push(Point::paragraph(number));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// A unit of the same kind and topic between two places, with its speakers and words counted.
#[must_use]
pub fn unit(
    like: &Unit,
    transcript: &Transcript,
    (from, to): (Point, Point),
    role: impl Fn(&ParticipantId) -> Role,
) -> Option<Unit> {
    let locator = transcript.locator(span(transcript, from, to)?);
    let unit = Unit { locator, strength: String::new(), pinned: false, ..like.clone() };
    Some(recount(&unit, transcript, role))
}

/// The strengths of a unit's first and last cut, as far as the splitter wrote them.
#[must_use]
pub fn strengths(unit: &Unit) -> (&str, &str) {
    let (first, last) = unit.strength.split_once(';').unwrap_or((unit.strength.as_str(), ""));
    (first.trim(), last.trim())
}

/// The two strengths as one cell.
#[must_use]
pub fn strength_cell(first: &str, last: &str) -> String {
    if first.is_empty() && last.is_empty() { String::new() } else { format!("{first}; {last}") }
}

/// A stretch of a transcript as one unit a turn; moderators' turns stand apart where they do so elsewhere.
#[must_use]
pub fn turns(
    transcript: &Transcript,
    (from, to): (Point, Point),
    apart: bool,
    role: impl Fn(&ParticipantId) -> Role + Copy,
) -> Vec<Unit> {
    let mut starts = vec![from];
    let mut kinds = Vec::new();
    let mut before: Option<&ParticipantId> = None;
    for number in from.paragraph..=to.paragraph.min(transcript.count()) {
        let Some(speaker) = transcript.paragraph(number).and_then(|it| it.speaker.as_ref()) else {
            continue;
        };
        let at = Point::paragraph(number).max(from);
        if at >= to {
            break;
        }
        if before != Some(speaker) {
            if before.is_some() {
                starts.push(at);
            }
            let asks = apart && !role(speaker).counts();
            kinds.push(if asks { UnitKind::Prompt } else { UnitKind::Talk });
            before = Some(speaker);
        }
    }
    starts.push(to);
    let ends = starts.windows(2).map(|pair| (pair[0], pair[1]));
    ends.zip(kinds)
        .filter_map(|(ends, kind)| {
            let like =
                Unit { kind, ..Unit::talk(transcript.locator(span(transcript, ends.0, ends.1)?)) };
            unit(&like, transcript, ends, role)
        })
        .collect()
}

/// The place in a list of units of the next unit of talk after a place in the list.
#[must_use]
pub fn next_talk(units: &[Unit], after: usize) -> Option<usize> {
    let later = units.iter().enumerate().skip(after + 1);
    later.filter(|(_, unit)| unit.kind == UnitKind::Talk).map(|(at, _)| at).next()
}

/// The place in a list of units of the unit of talk before a place in the list.
#[must_use]
pub fn talk_before(units: &[Unit], before: usize) -> Option<usize> {
    let earlier = units.iter().enumerate().take(before).rev();
    earlier.filter(|(_, unit)| unit.kind == UnitKind::Talk).map(|(at, _)| at).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transcript::Paragraph;
    use crate::unitize::split::{By, Plan, Prompts, split};

    fn transcript() -> Transcript {
        let line = |speaker: Option<&str>, text: &str| Paragraph {
            time: None,
            speaker: speaker.map(|it| it.parse().unwrap()),
            text: text.to_owned(),
        };
        Transcript {
            id: "T1".parse().unwrap(),
            case: "A".parse().unwrap(),
            name: String::new(),
            date: String::new(),
            language: String::new(),
            source: String::new(),
            source_sha256: String::new(),
            text_sha256: String::new(),
            attributes: Vec::new(),
            paragraphs: vec![
                line(Some("P1"), "One is said. Two is said."),
                line(None, "(noise)"),
                line(Some("P2"), "Three."),
                line(Some("P1"), "Four. Five. Six."),
            ],
        }
    }

    fn told(units: &[Unit]) -> Vec<String> {
        let told = |unit: &Unit| {
            let pin = if unit.pinned { "!" } else { "" };
            format!("{pin}{}", unit.locator.span())
        };
        units.iter().map(told).collect()
    }

    #[test]
    fn stretches_are_what_places_enclose() {
        let transcript = transcript();
        for text in ["1", "1-3", "1@0-13", "1@13-25", "1@13-4@6", "4@6-16", "1-4"] {
            let given: Span = text.parse().unwrap();
            let made = span(&transcript, Point::start(given), Point::end(given, &transcript));
            assert_eq!(made.map(|it| it.to_string()).as_deref(), Some(text));
        }
        assert_eq!(span(&transcript, Point::paragraph(5), Point::paragraph(6)), None);
    }

    #[test]
    fn sentences_begin_where_somebody_begins_one() {
        let transcript = transcript();
        let starts = sentence_starts(&transcript, "1-4".parse().unwrap());
        let told: Vec<String> = starts.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["1", "1@13", "3", "4", "4@6", "4@12"]);
    }

    #[test]
    fn cuts_set_by_hand_hold_in_a_new_split_and_what_lies_between_two_is_left_alone() {
        let transcript = transcript();
        let cut = |by, before: &[Unit]| {
            split(&transcript, &[], &Plan { before, ..Plan::new(by, Prompts::Apart) })
        };
        let mut before = cut(By::Turn, &[]);
        assert_eq!(told(&before), ["1-2", "3", "4"]);
        before[1].pinned = true;
        before[2].pinned = true;
        // The first and the last stand between a hand-set cut and an end of the text.
        assert_eq!(told(&cut(By::Sentence, &before)), ["1-2", "!3", "!4"]);
        before[2].pinned = false;
        let sentences = cut(By::Sentence, &before);
        assert_eq!(told(&sentences), ["1-2", "!3", "4@0-6", "4@6-12", "4@12-16"]);
        // A cut that no new split would make.
        let mut before = cut(By::Sentence, &[]);
        before[4].pinned = true;
        assert_eq!(told(&before)[4], "!4@6-12");
        let turns = cut(By::Turn, &before);
        assert_eq!(told(&turns), ["1-2", "3", "4@0-6", "!4@6-16"]);
        assert_eq!(turns.iter().map(|it| it.words).sum::<u32>(), 10);
    }
}
