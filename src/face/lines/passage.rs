//! A unit on the screen: what was said, with what was said just before and after.

use anstyle::Style;

use super::Talk;
use crate::desk::passage::Passage;
use crate::domain::id::ParticipantId;
use crate::domain::locator::Span;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::escape::terminal::Guarded;

/// Characters of a neighbour that are shown; a unit is always shown whole.
const GLIMPSE: usize = 240;

/// A unit between two rules, its neighbours dimmed.
pub(super) fn passage(passage: &Passage<'_>, talk: &Talk<'_>) -> Guarded {
    let transcript = passage.transcript;
    let glimpse = |span: Option<Span>, end: bool| {
        let pieces = span.into_iter().flat_map(|span| transcript.pieces(span));
        let lines: Guarded = pieces
            .filter(|(.., text)| !text.trim().is_empty())
            .map(|(number, speaker, text)| paragraph(number, speaker, &clip(text, end), talk))
            .collect();
        talk.styled(Style::new().dimmed(), lines)
    };
    let unit: Guarded = transcript
        .pieces(passage.unit)
        .map(|(number, speaker, text)| paragraph(number, speaker, text, talk))
        .collect();
    let (before, after) = (glimpse(passage.before, true), glimpse(passage.after, false));
    [before, talk.rule(), unit, talk.rule(), after].into_iter().collect()
}

/// Where a unit is and who speaks, and how far the session has come.
pub(super) fn heading(study: &Study, unit: UnitIndex, progress: &str) -> String {
    let Some(known) = study.unit_at(unit) else { return progress.to_owned() };
    let case = study.case(study.case_of(unit)).map_or("", |case| case.name.as_str());
    let speakers: Vec<&str> = known.speakers.iter().map(ParticipantId::as_str).collect();
    let parts = [known.locator.to_string(), case.to_owned(), speakers.join(", ")];
    let mut parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    parts.push(progress);
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn paragraph(number: u32, speaker: Option<&ParticipantId>, text: &str, talk: &Talk<'_>) -> Guarded {
    let label = speaker.map(|speaker| format!("{speaker}: ")).unwrap_or_default();
    let text = format!("{label}{text}");
    talk.wrapped(&text, &format!("{number:>6}  "), "        ")
}

/// The end of a text, or its beginning, if it is long.
fn clip(text: &str, end: bool) -> String {
    let length = text.chars().count();
    if length <= GLIMPSE {
        return text.to_owned();
    }
    if end {
        let tail: String = text.chars().skip(length - GLIMPSE).collect();
        format!("… {}", tail.trim_start())
    } else {
        let head: String = text.chars().take(GLIMPSE).collect();
        format!("{} …", head.trim_end())
    }
}
