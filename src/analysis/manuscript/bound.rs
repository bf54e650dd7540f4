//! Which quotation belongs to which citation.
//!
//! A citation stands behind what it cites, in the same sentence; or before it, with a colon between; or at the end of a
//! block quotation, behind its last full stop; or alone, in a line under it.

use std::ops::Range;

use super::Paragraph;
use super::cited::{Citation, Names};
use super::marks::{left_open, marked};

/// A quotation, a citation, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    /// The place of its paragraph in the manuscript.
    pub(super) paragraph: usize,
    /// The bytes of the quotation's words in it; absent where something is cited and nothing quoted.
    pub(super) quoted: Option<Range<usize>>,
    /// Who is cited, and for what.
    pub(super) citation: Option<Citation>,
    /// What may be the quotation of a citation that has none: all that stands before it, in a paragraph without marks. Its
    /// words decide.
    pub(super) perhaps: Option<Range<usize>>,
    /// The place of the citation's paragraph.
    pub(super) cited_in: usize,
}

/// How many bytes may stand between a citation and the quotation that follows it.
const AHEAD: usize = 80;

/// Paragraphs of one quotation that opens each anew and closes the last, as one.
#[must_use]
pub(super) fn joined(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    for paragraph in paragraphs {
        let goes_on = all.last().and_then(|last| left_open(&last.text));
        match (goes_on, all.last_mut()) {
            (Some(mark), Some(last)) if paragraph.text.starts_with(mark) => {
                last.text.push('\n');
                last.text.push_str(paragraph.text.trim_start_matches(mark));
            }
            _ => all.push(paragraph),
        }
    }
    all
}

/// What a manuscript quotes and cites, in order.
#[must_use]
pub(super) fn bound(paragraphs: &[Paragraph], names: &Names<'_>) -> Vec<Bound> {
    let mut all: Vec<Bound> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let citations = names.citations(&paragraph.text);
        if let [only] = citations.as_slice()
            && only.range == (0..paragraph.text.len())
            && let Some(before) = at.checked_sub(1)
        {
            beneath(&mut all, paragraphs, before, only, at);
            continue;
        }
        all.extend(within(paragraph, at, citations));
    }
    all
}

/// A citation in a line of its own belongs to what stands above it.
fn beneath(
    all: &mut Vec<Bound>,
    paragraphs: &[Paragraph],
    before: usize,
    citation: &Citation,
    at: usize,
) {
    let open = all.iter_mut().rfind(|it| it.paragraph == before);
    match open {
        Some(bound) if bound.citation.is_none() => {
            bound.citation = Some(citation.clone());
            bound.cited_in = at;
        }
        Some(_) => all.push(Bound {
            paragraph: at,
            quoted: None,
            perhaps: None,
            citation: Some(citation.clone()),
            cited_in: at,
        }),
        None => {
            let text = paragraphs.get(before).map_or("", |it| it.text.as_str());
            all.push(Bound {
                paragraph: before,
                quoted: Some(0..text.len()),
                citation: Some(citation.clone()),
                perhaps: None,
                cited_in: at,
            });
        }
    }
}

/// What one paragraph quotes and cites.
fn within(paragraph: &Paragraph, at: usize, citations: Vec<Citation>) -> Vec<Bound> {
    let text = paragraph.text.as_str();
    let inside = |range: &Range<usize>, quoted: &Range<usize>| {
        quoted.start <= range.start && range.end <= quoted.end
    };
    let mut quoted: Vec<(Range<usize>, Range<usize>, Option<Citation>)> =
        marked(text).into_iter().map(|it| (it.inner, it.outer, None)).collect();
    // What stands inside quotation marks cites nothing.
    let citations: Vec<Citation> = citations
        .into_iter()
        .filter(|it| !quoted.iter().any(|(inner, ..)| inside(&it.range, inner)))
        .collect();
    let mut bare = Vec::new();
    let mut from = 0;
    for (nth, citation) in citations.iter().enumerate() {
        let next = citations.get(nth + 1).map_or(text.len(), |it| it.range.start);
        let mut found = false;
        for (_, outer, mine) in quoted.iter_mut().rev() {
            if outer.end > citation.range.start || outer.start < from || mine.is_some() {
                continue;
            }
            let between = text.get(outer.end..citation.range.start).unwrap_or_default();
            if ends_sentence(between) || has_a_source(between) {
                break;
            }
            *mine = Some(citation.clone());
            found = true;
        }
        if !found {
            let ahead = quoted.iter_mut().find(|(_, outer, mine)| {
                mine.is_none() && outer.start >= citation.range.end && outer.end <= next
            });
            if let Some((_, outer, mine)) = ahead {
                let between = text.get(citation.range.end..outer.start).unwrap_or_default();
                // What follows with a citation of its own is not this one's.
                let own = next < text.len()
                    && !ends_sentence(text.get(outer.end..next).unwrap_or_default());
                if between.len() <= AHEAD && !ends_sentence(between) && !own {
                    *mine = Some(citation.clone());
                    found = true;
                }
            }
        }
        if !found {
            bare.push(citation.clone());
        }
        from = citation.range.end;
    }
    let mut all: Vec<Bound> = quoted
        .into_iter()
        .map(|(inner, _, citation)| Bound {
            paragraph: at,
            quoted: Some(inner),
            citation,
            perhaps: None,
            cited_in: at,
        })
        .collect();
    if all.is_empty()
        && let [only] = bare.as_slice()
        && let Some(quoted) = block(text, only)
    {
        let citation = Some(only.clone());
        return vec![Bound {
            paragraph: at,
            quoted: Some(quoted),
            citation,
            perhaps: None,
            cited_in: at,
        }];
    }
    let alone = all.is_empty() && bare.len() == 1;
    let bare = bare.into_iter().filter(|it| !it.doubtful);
    all.extend(bare.map(|it| Bound {
        paragraph: at,
        quoted: None,
        perhaps: perhaps(text, &it).filter(|_| alone),
        citation: Some(it),
        cited_in: at,
    }));
    let place = |it: &Bound| match (&it.quoted, &it.citation) {
        (Some(quoted), _) => quoted.start,
        (None, Some(citation)) => citation.range.start,
        _ => 0,
    };
    all.sort_by_key(place);
    all
}

/// What stands before a citation that ends its paragraph.
fn perhaps(text: &str, citation: &Citation) -> Option<Range<usize>> {
    let after = text.get(citation.range.end..)?.trim_matches(['.', ' ']);
    after.is_empty().then_some(0..citation.range.start)
}

/// The words of a block quotation: its citation stands behind its last stop, and nothing behind that.
fn block(text: &str, citation: &Citation) -> Option<Range<usize>> {
    let after = text.get(citation.range.end..)?.trim();
    let before = text.get(..citation.range.start)?.trim_end();
    let stopped = before.ends_with(['.', '?', '!', '…', ']', ')', '”', '"', '»', '—', '–']);
    (after.is_empty() && stopped && before.len() > 3).then_some(0..before.len())
}

/// Whether what follows a quotation names its source in literature: `(Smith, 2001)`.
fn has_a_source(between: &str) -> bool {
    let rest = between.trim_start_matches(['.', ',', ';', ' ', '\u{a0}']);
    let inside = rest.strip_prefix('(').or_else(|| rest.strip_prefix('['));
    let inside = inside.and_then(|it| it.split([')', ']']).next()).unwrap_or_default();
    inside.split(|it: char| !it.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether a sentence ends between two places, apart from the sign right behind a quotation.
fn ends_sentence(between: &str) -> bool {
    let rest = between.trim_start_matches(['.', ',', ';', ':', '!', '?']);
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        let space = characters.peek().is_some_and(|it| it.is_whitespace());
        if character == '\n' || (matches!(character, '.' | '!' | '?') && space) {
            return true;
        }
    }
    // “… over.” He said (P1, …): what follows the stop begins anew.
    let stopped = between.starts_with(['.', '!', '?']);
    stopped && rest.trim_start().chars().next().is_some_and(char::is_uppercase)
}
