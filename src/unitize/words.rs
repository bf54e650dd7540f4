//! Counting words as Unicode (UAX 29) cuts them.

use crate::read::eight::{everywhere, zeros};
use unicode_segmentation::UnicodeSegmentation;

/// Number of Unicode words in a text: stretches between UAX 29 word boundaries that hold a letter or digit.
///
/// Text of ASCII, Latin letters and usual punctuation, which is nearly all there is, is counted byte by
/// byte; a test holds the two ways equal.
#[must_use]
pub fn count(text: &str) -> u32 {
    letters(text.as_bytes())
        .or_else(|| plain(text))
        .unwrap_or_else(|| u32::try_from(text.unicode_words().count()).unwrap_or(u32::MAX))
}

/// Counts text of ASCII without digits and `_`, eight bytes at a time; `None` for other text. A word begins at each letter
/// that follows none, unless one of `.`, `'` and `:` parts the two.
fn letters(text: &[u8]) -> Option<u32> {
    const HIGH: u64 = everywhere(0x80);
    // Each byte from `first` to `last`, by its highest bit; no byte of ASCII carries into the next.
    let within = |word: u64, first: u8, last: u8| {
        (word + everywhere(0x80 - first)) & !(word + everywhere(0x7f - last)) & HIGH
    };
    let (words, last) = text.as_chunks::<8>();
    let mut end = [b' '; 8];
    end.iter_mut().zip(last).for_each(|(to, from)| *to = *from);
    let (mut count, mut before, mut joined_before) = (0, 0, 0);
    for word in words.iter().chain(std::iter::once(&end)).map(|it| u64::from_le_bytes(*it)) {
        if word & HIGH != 0 {
            return None;
        }
        if (within(word, b'0', b'9') | zeros(word ^ everywhere(b'_'))) != 0 {
            return None;
        }
        let letters = within(word | everywhere(0x20), b'a', b'z');
        let joiners = [b'.', b'\'', b':'].map(|it| zeros(word ^ everywhere(it)));
        let joined = joiners[0] | joiners[1] | joiners[2];
        let shifted =
            |now: u64, before: u64, bytes: u32| now << (8 * bytes) | before >> (64 - 8 * bytes);
        let parted = shifted(joined, joined_before, 1) & shifted(letters, before, 2);
        count += (letters & !shifted(letters, before, 1) & !parted).count_ones();
        (before, joined_before) = (letters, joined);
    }
    Some(count)
}

/// What a character is for the rules WB5 to WB13b.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Joins letters and digits to what stands beside it: `_`.
    Joiner,
    /// Stands between two letters without parting them: `:`, `·`.
    MidLetter,
    /// Stands between two digits without parting them: `,`, `;`.
    MidNumber,
    /// Both: `.`, `'`, `’`.
    MidBoth,
    Other,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        table[at] = if byte.is_ascii_alphabetic() {
            Class::Letter
        } else if byte.is_ascii_digit() {
            Class::Digit
        } else {
            match byte {
                b'_' => Class::Joiner,
                b':' => Class::MidLetter,
                b',' | b';' => Class::MidNumber,
                b'.' | b'\'' => Class::MidBoth,
                _ => Class::Other,
            }
        };
        at += 1;
    }
    table
};

/// Counts text of simple characters; `None` where one needs the full rules.
fn plain(text: &str) -> Option<u32> {
    let mut words = 0_u32;
    // Whether the word at hand has a letter or digit, and the last character of it that is not between.
    let mut in_word = false;
    let mut before = Class::Other;
    let mut between = None;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let class = if byte < 0x80 {
            at += 1;
            ASCII[usize::from(byte)]
        } else {
            let character = text.get(at..)?.chars().next()?;
            at += character.len_utf8();
            simple(character)?
        };
        match class {
            Class::Letter | Class::Digit => {
                let joined = match (before, between) {
                    (Class::Other, _) => false,
                    (_, None) => true,
                    (Class::Letter, Some(Class::MidLetter | Class::MidBoth)) => {
                        class == Class::Letter
                    }
                    (Class::Digit, Some(Class::MidNumber | Class::MidBoth)) => {
                        class == Class::Digit
                    }
                    _ => false,
                };
                words += u32::from(!(joined && in_word));
                in_word = true;
                (before, between) = (class, None);
                if class == Class::Letter {
                    // The letters that follow are of the same word.
                    let more = bytes.get(at..).unwrap_or_default().iter();
                    at += more.take_while(|byte| byte.is_ascii_alphabetic()).count();
                }
            }
            Class::Joiner => {
                let joined = before != Class::Other && between.is_none();
                in_word = in_word && joined;
                (before, between) = (class, None);
            }
            Class::MidLetter | Class::MidNumber | Class::MidBoth
                if between.is_none() && matches!(before, Class::Letter | Class::Digit) =>
            {
                between = Some(class);
            }
            _ => {
                in_word = false;
                (before, between) = (Class::Other, None);
            }
        }
    }
    Some(words)
}

/// The class of the characters beyond ASCII that Latin-script text is made of.
fn simple(character: char) -> Option<Class> {
    Some(match character {
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'ª' | 'º' => Class::Letter,
        '’' | '‘' => Class::MidBoth,
        '·' => Class::MidLetter,
        '\u{a0}' | '¡' | '¿' | '«' | '»' | '“' | '”' | '„' | '–' | '—' | '…' | '€' | '°' | '×' => {
            Class::Other
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_counted_as_people_count_them() {
        for (text, words) in [
            ("", 0),
            ("(…)", 0),
            ("I can't go.", 3),
            ("12.50 euros, e.g. 1,000", 4),
            ("¿Qué opinan del barrio?", 4),
            ("l’école d'à côté", 3),
            ("well-being co_operate", 3),
            ("Ja. Nein!", 2),
        ] {
            assert_eq!(count(text), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_fast_way_counts_as_the_full_rules_do(text in "([a-zA-Z0-9 .,;:'’‘·_ñéÀɏªº¡¿“…–\u{a0}(-]|[ -~]){0,24}") {
            prop_assert_eq!(plain(&text), Some(text.unicode_words().count() as u32), "{:?}", text);
        }

        #[test]
        fn the_fastest_way_counts_as_the_full_rules_do(text in "([a-z .,;:'(-]|[ -/:-^`-~\n\t]){0,40}[0-9_é]?") {
            let words = text.unicode_words().count() as u32;
            let is_ours = text.bytes().all(|it| it.is_ascii() && !it.is_ascii_digit() && it != b'_');
            prop_assert_eq!(letters(text.as_bytes()), is_ours.then_some(words), "{:?}", text);
        }

        #[test]
        fn any_text_is_counted(text in ".{0,40}") {
            prop_assert_eq!(count(&text) as usize, text.unicode_words().count());
        }
    }
}
