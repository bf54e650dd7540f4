//! Words with times and speakers, as some services give them, into stretches of speech.

use super::Said;

/// One word, or a mark that belongs to the word before it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) speaker: Option<String>,
    pub(super) from: Option<f64>,
    pub(super) to: Option<f64>,
    /// Whether it follows the word before it without a space.
    pub(super) attached: bool,
}

/// Joins words into stretches: one ends where the speaker changes, and with a sentence.
pub(super) fn join(words: impl IntoIterator<Item = Word>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for word in words {
        let ended =
            said.last().is_none_or(|it| it.text.ends_with(['.', '?', '!', '…', '。', '？']));
        match said.last_mut() {
            Some(last) if word.attached => last.text.push_str(&word.text),
            Some(last) if !ended && last.speaker == word.speaker => {
                last.text.push(' ');
                last.text.push_str(&word.text);
                last.to = word.to.or(last.to);
            }
            _ => said.push(Said {
                speaker: word.speaker,
                text: word.text,
                from: word.from,
                to: word.to,
            }),
        }
    }
    said
}
