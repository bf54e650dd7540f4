//! Transcripts: one recorded sitting as text, exactly what was said.

use super::id::{CaseId, ParticipantId, TranscriptId};
use super::locator::{Locator, Span};
use super::time::Offset;

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it is in the recording, if known.
    pub time: Option<Offset>,
    /// Who speaks; absent for headings and stage directions.
    pub speaker: Option<ParticipantId>,
    /// What was said, without label and time.
    pub text: String,
}

/// One recorded sitting, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Its id; it names one text for ever.
    pub id: TranscriptId,
    /// The case it belongs to.
    pub case: CaseId,
    /// Its name as people write it.
    pub name: String,
    /// The day of the sitting, as the team wrote it.
    pub date: String,
    /// Language tag of the text (`en`, `es`), empty if not known.
    pub language: String,
    /// Name of the imported file.
    pub source: String,
    /// SHA-256 of the imported file's bytes, in hex.
    pub source_sha256: String,
    /// SHA-256 of the transcript's text file, after removing a BOM and CR before LF, in hex.
    pub text_sha256: String,
    /// Values of the attribute columns, in the order of the file's header.
    pub attributes: Vec<String>,
    /// The lines; paragraph n is at index n − 1.
    pub paragraphs: Vec<Paragraph>,
}

impl Transcript {
    /// Paragraph by its number, from 1.
    #[must_use]
    pub fn paragraph(&self, number: u32) -> Option<&Paragraph> {
        usize::try_from(number).ok()?.checked_sub(1).and_then(|index| self.paragraphs.get(index))
    }

    /// The locator of a stretch of this transcript.
    #[must_use]
    pub fn locator(&self, span: Span) -> Locator {
        Locator::new(self.id.clone(), span)
    }

    /// The locator of a stretch, as this text makes it: whole paragraphs without `@`; `None` where the
    /// stretch does not lie in the text.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Locator> {
        let length = |number| {
            self.paragraph(number)
                .map(|it| u32::try_from(it.text.chars().count()).unwrap_or(u32::MAX))
        };
        let (first, last) = (length(span.first)?, length(span.last)?);
        let (Some(from), Some(to)) = (span.from, span.to) else { return Some(self.locator(span)) };
        if from >= first || to > last {
            return None;
        }
        let whole = from == 0 && to == last;
        let span = if whole { Span::paragraphs(span.first, span.last).ok()? } else { span };
        Some(self.locator(span))
    }

    /// How many paragraphs there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX)
    }

    /// Characters of a paragraph's text; 0 where there is no such paragraph.
    #[must_use]
    pub fn length(&self, paragraph: u32) -> u32 {
        let characters = self.paragraph(paragraph).map_or(0, |it| it.text.chars().count());
        u32::try_from(characters).unwrap_or(u32::MAX)
    }

    /// The pieces of text in a stretch, paragraph by paragraph: number, speaker, text.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = (u32, Option<&ParticipantId>, &str)> {
        (span.first..=span.last).map_while(move |number| {
            let paragraph = self.paragraph(number)?;
            let whole = span.from.filter(|_| number == span.first).is_none()
                && span.to.filter(|_| number == span.last).is_none();
            let text = if whole {
                paragraph.text.as_str()
            } else {
                let range = span.characters_of(number, u32::MAX);
                slice(&paragraph.text, range.start, range.end)
            };
            Some((number, paragraph.speaker.as_ref(), text))
        })
    }

    /// The text of a stretch as it is shown: one line a paragraph, with labels only where several speak.
    #[must_use]
    pub fn text(&self, span: Span) -> String {
        let mut speakers = self.pieces(span).filter_map(|(_, speaker, _)| speaker);
        let first = speakers.next();
        let several = speakers.any(|speaker| Some(speaker) != first);
        let mut out = String::new();
        for (number, speaker, text) in self.pieces(span) {
            if number > span.first {
                out.push('\n');
            }
            if let (true, Some(speaker)) = (several, speaker) {
                out.push_str(speaker.as_str());
                out.push_str(": ");
            }
            out.push_str(text);
        }
        out
    }
}

/// The characters `from..to` of a text, counted as Unicode scalar values and cut at its end.
fn slice(text: &str, from: u32, to: u32) -> &str {
    let byte = |character: u32| {
        usize::try_from(character)
            .ok()
            .and_then(|nth| text.char_indices().nth(nth))
            .map_or(text.len(), |(byte, _)| byte)
    };
    text.get(byte(from)..byte(to)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_shows_labels_only_where_several_speak_and_cuts_by_characters() {
        let line = |speaker: Option<&str>, text: &str| Paragraph {
            time: None,
            speaker: speaker.map(|it| it.parse().unwrap()),
            text: text.to_owned(),
        };
        let transcript = Transcript {
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
                line(Some("P1"), "señal one"),
                line(None, "(noise)"),
                line(Some("P2"), "two"),
            ],
        };
        let text = |span: &str| transcript.text(span.parse().unwrap());
        assert_eq!(text("1-2"), "señal one\n(noise)");
        assert_eq!(text("1-3"), "P1: señal one\n(noise)\nP2: two");
        assert_eq!(text("1@2-5"), "ñal");
        assert_eq!(text("1@6-3@2"), "P1: one\n(noise)\nP2: tw");
        assert_eq!(text("3-9"), "two");
        let located = |span: &str| {
            transcript.locate(span.parse().unwrap()).map(|locator| locator.span().to_string())
        };
        assert_eq!(located("1@0-9"), Some("1".to_owned()));
        assert_eq!(located("1@0-3@3"), Some("1-3".to_owned()));
        assert_eq!(located("1@1-9"), Some("1@1-9".to_owned()));
        assert_eq!((located("1@1-10"), located("1@9-3@1"), located("2-4")), (None, None, None));
    }
}
