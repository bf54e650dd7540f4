//! Words of a text as they are compared: letters with the apostrophes between them, in small letters.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Calls `each` with every word of a text that has a letter.
///
/// Latin text is cut at whatever is no letter; any other text as Unicode (UAX 29) cuts it, so that
/// languages without spaces have words too.
pub fn each(text: &str, buffer: &mut String, mut each: impl FnMut(&str)) {
    if !text.chars().all(is_simple) {
        let composed: String = text.nfc().collect();
        for word in composed.unicode_words().filter(|it| it.chars().any(char::is_alphabetic)) {
            lower(word, buffer);
            each(buffer);
        }
        return;
    }
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        rest = rest.get(start..).unwrap_or_default();
        let end = end_of_word(rest);
        lower(rest.get(..end).unwrap_or_default(), buffer);
        each(buffer);
        rest = rest.get(end..).unwrap_or_default();
    }
}

/// What of a word in small letters carries its meaning: `it` of `it's`, `école` of `l'école`, `arte` of `dell'arte`.
#[must_use]
pub fn base<'w>(tag: &str, word: &'w str) -> &'w str {
    let Some((before, rest)) = word.split_once('\'') else { return word };
    match tag {
        "en" => before,
        "fr" | "it" | "ca" if rest.chars().count() > 1 && before != "aujourd" => rest,
        _ => word,
    }
}

/// The byte at which the word ends that a text begins with; an apostrophe between letters is part of it.
fn end_of_word(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let inside = character.is_alphabetic()
            || (is_apostrophe(character)
                && characters.peek().is_some_and(|(_, next)| next.is_alphabetic()));
        if !inside {
            return at;
        }
    }
    text.len()
}

fn lower(word: &str, buffer: &mut String) {
    buffer.clear();
    for character in word.chars() {
        match character {
            'a'..='z' => buffer.push(character),
            '’' | '\'' => buffer.push('\''),
            _ => buffer.extend(character.to_lowercase()),
        }
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// Characters of Latin text that need no rules of their own: no combining marks, no other scripts.
fn is_simple(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{24f}' | '\u{2010}'..='\u{203a}' | '€')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, &mut String::new(), |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn what_was_elided_or_added_is_no_part_of_the_word() {
        for (tag, word, alone) in [
            ("fr", "l'école", "école"),
            ("fr", "qu'il", "il"),
            ("fr", "aujourd'hui", "aujourd'hui"),
            ("it", "dell'arte", "arte"),
            ("it", "po'", "po'"),
            ("ca", "d'aigua", "aigua"),
            ("ca", "compra'n", "compra'n"),
            ("en", "it's", "it"),
            ("es", "l'école", "l'école"),
        ] {
            assert_eq!(base(tag, word), alone, "{tag} {word}");
        }
    }

    #[test]
    fn words_are_letters_with_apostrophes_between_them() {
        for (text, words) in [
            ("I can’t -- it's 5 p.m.!", vec!["i", "can't", "it's", "p", "m"]),
            ("¿Qué OPINAN del barrio?", vec!["qué", "opinan", "del", "barrio"]),
            ("well-being 'quoted'", vec!["well", "being", "quoted"]),
            ("cafe\u{301} naïve", vec!["café", "naïve"]),
            ("今日は3時", vec!["今", "日", "は", "時"]),
            ("12 -- 3", vec![]),
        ] {
            assert_eq!(of(text), words, "{text}");
        }
    }
}
