//! `transcripts/<id>.txt`: one paragraph a line, exactly what was said.

use std::collections::BTreeSet;

use super::recent::Recent;
use crate::domain::id::ParticipantId;
use crate::domain::problem::{Place, Problem};
use crate::domain::time::Offset;
use crate::domain::transcript::Paragraph;
use crate::msg;

/// Reads a transcript's text: `[h:mm:ss] speaker: text`, or two spaces and text without a speaker.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Paragraph> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(body) else {
        problems.push(Problem::new(
            Place::file(file),
            msg!("table.not_utf8"),
            msg!("table.not_utf8.fix"),
        ));
        return Vec::new();
    };
    let mut paragraphs = Vec::new();
    let mut wrong = BTreeSet::new();
    let mut known = Recent::default();
    for (number, line) in (1_u64..).zip(text.lines()) {
        match paragraph(line, &mut known) {
            Some(paragraph) => paragraphs.push(paragraph),
            None => {
                wrong.insert(number);
                paragraphs.push(Paragraph { time: None, speaker: None, text: line.to_owned() });
            }
        }
    }
    for line in wrong {
        problems.push(Problem::new(
            Place::line(file, line),
            msg!("transcript.line"),
            msg!("transcript.line.fix"),
        ));
    }
    paragraphs
}

fn paragraph(line: &str, known: &mut Recent<ParticipantId>) -> Option<Paragraph> {
    if let Some(text) = line.strip_prefix("  ") {
        return Some(Paragraph { time: None, speaker: None, text: text.to_owned() });
    }
    let (time, rest) = match line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((time, rest)) => (Some(Offset::parse(time)?), rest),
        None => (None, line),
    };
    if let Some(text) = rest.strip_prefix("  ") {
        return Some(Paragraph { time, speaker: None, text: text.to_owned() });
    }
    let (speaker, text) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    let speaker = known.get(speaker, || speaker.parse().ok())?;
    Some(Paragraph { time, speaker: Some(speaker), text: text.to_owned() })
}

/// Writes a transcript's text.
#[must_use]
pub fn write(paragraphs: &[Paragraph]) -> Vec<u8> {
    let mut out = String::new();
    for paragraph in paragraphs {
        if let Some(time) = paragraph.time {
            out.push_str(&format!("[{time}] "));
        }
        match &paragraph.speaker {
            Some(speaker) => out.push_str(&format!("{speaker}: ")),
            None => out.push_str("  "),
        }
        out.push_str(&paragraph.text);
        out.push('\n');
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_transcript_reads_back_as_it_was_written(
            lines in proptest::collection::vec((proptest::option::of(0_u32..400_000), proptest::option::of("[A-Z][a-z0-9]{0,4}"), "[^\r\n]{0,12}"), 0..6)
        ) {
            let paragraphs: Vec<Paragraph> = lines
                .into_iter()
                .map(|(time, speaker, text)| Paragraph {
                    time: time.map(Offset),
                    speaker: speaker.and_then(|it| it.parse().ok()),
                    text,
                })
                .collect();
            let mut problems = Vec::new();
            prop_assert_eq!(read("t.txt", &write(&paragraphs), &mut problems), paragraphs);
            prop_assert_eq!(problems, vec![]);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
            read("t.txt", &bytes, &mut Vec::new());
        }
    }
}
