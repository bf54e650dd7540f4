//! Characters that a text writes by name or number, as web pages do: `&amp;`, `&#8212;`.

/// Names met in transcripts; all others are numbers.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
];

/// A text with its entities as the characters they stand for, and how many there were.
pub(super) fn decode(text: &str) -> (String, u32) {
    let mut out = String::with_capacity(text.len());
    let mut entities = 0;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let (character, length) = match first(after) {
            Some(found) => {
                entities += 1;
                found
            }
            None => ('&', 1),
        };
        out.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    (out, entities)
}

/// The character that an entity at the beginning of a text stands for, and how long the entity is.
pub(super) fn first(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    if let Some((_, character)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*character, end + 1));
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let character = char::from_u32(code).filter(|it| !it.is_control())?;
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_become_their_characters_and_all_else_stays() {
        for (text, expected, entities) in [
            ("many&#8212;so", "many—so", 1),
            ("&lt;b&gt; &amp; &#x41;", "<b> & A", 4),
            ("R&D; &unknown; &#7; & &", "R&D; &unknown; &#7; & &", 0),
        ] {
            assert_eq!(decode(text), (expected.to_owned(), entities));
        }
    }
}
