//! How much each person speaks, over all transcripts.

use std::collections::BTreeMap;

use super::talk::turns;
use crate::domain::id::ParticipantId;
use crate::domain::transcript::Transcript;

/// How much a person speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Speech {
    /// Runs of paragraphs without another speaker between them; a stage direction breaks none.
    pub turns: u64,
    /// Unicode (UAX 29) words.
    pub words: u64,
}

/// How much each speaker of these transcripts speaks.
#[must_use]
pub fn speech<'a>(
    transcripts: impl IntoIterator<Item = &'a Transcript>,
) -> BTreeMap<&'a ParticipantId, Speech> {
    let mut all: BTreeMap<&ParticipantId, Speech> = BTreeMap::new();
    for turn in transcripts.into_iter().flat_map(turns) {
        let speech = all.entry(turn.speaker).or_default();
        speech.turns += 1;
        speech.words += turn.words;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transcript::Paragraph;

    fn transcript(lines: &[(&str, &str)]) -> Transcript {
        let paragraph = |(speaker, text): &(&str, &str)| Paragraph {
            time: None,
            speaker: speaker.parse().ok(),
            text: (*text).to_owned(),
        };
        Transcript {
            id: "A".parse().unwrap(),
            case: "A".parse().unwrap(),
            name: String::new(),
            date: String::new(),
            language: String::new(),
            source: String::new(),
            source_sha256: String::new(),
            text_sha256: String::new(),
            attributes: Vec::new(),
            paragraphs: lines.iter().map(paragraph).collect(),
        }
    }

    #[test]
    fn a_turn_ends_where_another_speaks_and_not_at_a_stage_direction() {
        let first = transcript(&[
            ("P1", "One two."),
            ("", "(laughter)"),
            ("P1", "Three."),
            ("P2", "Don't."),
            ("P1", "Four."),
        ]);
        let second = transcript(&[("P1", "Five.")]);
        let speech: Vec<(&str, u64, u64)> = speech([&first, &second])
            .into_iter()
            .map(|(id, it)| (id.as_str(), it.turns, it.words))
            .collect();
        assert_eq!(speech, [("P1", 3, 5), ("P2", 1, 1)]);
    }
}
