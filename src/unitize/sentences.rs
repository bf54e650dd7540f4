//! Cutting a paragraph into sentences, as Unicode (UAX 29) does, but never after `Dr.` or `p.m.`.

use unicode_segmentation::UnicodeSegmentation;

use crate::language;

/// The sentences of a paragraph, each with the spaces after it: put together they are the paragraph.
#[must_use]
pub fn of(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for piece in text.split_sentence_bounds() {
        end += piece.len();
        let Some(sentence) = text.get(start..end) else { continue };
        if end < text.len() && (goes_on(sentence) || says_nothing(text.get(end..))) {
            continue;
        }
        sentences.push(sentence);
        start = end;
    }
    if let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        sentences.push(rest);
    }
    sentences
}

/// Whether a sentence goes on after these words: the last one is an abbreviation or an initial, or there
/// is no word yet.
fn goes_on(sentence: &str) -> bool {
    let trimmed = sentence.trim_end();
    if !trimmed.chars().any(char::is_alphanumeric) {
        return true;
    }
    let Some(before) = trimmed.strip_suffix('.') else { return false };
    let word = before.rsplit(|it: char| it.is_whitespace() || "(\"“«¿¡'’".contains(it)).next();
    let word = word.unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    initial || language::is_abbreviation(&language::fold(word))
}

/// Whether what is left has no word, so that it belongs to the sentence before it.
fn says_nothing(rest: Option<&str>) -> bool {
    rest.is_some_and(|rest| !rest.chars().any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        for (text, expected) in [
            ("I saw Dr. Smith. He left.", vec!["I saw Dr. Smith. ", "He left."]),
            ("Vino el Sr. Pérez. ¿Y usted?", vec!["Vino el Sr. Pérez. ", "¿Y usted?"]),
            ("It was 5 p.m. Tuesday. Late!", vec!["It was 5 p.m. Tuesday. ", "Late!"]),
            (
                "J. B. Doe spoke. So did I. Then we left.",
                vec!["J. B. Doe spoke. ", "So did I. ", "Then we left."],
            ),
            ("No. 5 is e.g. fine", vec!["No. 5 is e.g. fine"]),
            ("Wait... (laughs)", vec!["Wait... (laughs)"]),
            ("Yes. …", vec!["Yes. …"]),
            ("", vec![]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_put_together_are_the_paragraph(text in "([A-Za-z]{1,3}|[.?! …]|Dr\\.|\\PC){0,30}") {
            prop_assert_eq!(of(&text).concat(), text);
        }
    }
}
