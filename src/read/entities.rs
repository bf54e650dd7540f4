//! Characters that a text writes by name or number, as web pages do: `&eacute;`, `&#8212;`, `&#xE9;`.
//!
//! Every name of HTML 5 is known. A name that is not known stays as it stands, so that nothing is lost.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;

/// The names that a web page may also give without their semicolon.
const BARE: &str = "AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave \
    Euml GT Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN \
    Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil \
    cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc \
    iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm \
    oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute \
    ucirc ugrave uml uuml yacute yen yuml";

/// The longest name, in bytes.
const LONGEST: usize = 32;

/// What windows-1252 has at 0x80 to 0x9f: pages name these by number as if Unicode had them there.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What an entity stands for, and how many bytes it takes.
type Entity = (Cow<'static, str>, usize);

/// A text with its entities as the characters they stand for, and how many there were.
pub(super) fn decode(text: &str) -> (String, u32) {
    replace(text, first)
}

/// The text of a web page with the characters that it names, read as browsers read it: some names need no
/// semicolon, and a number that is no character is U+FFFD.
pub(super) fn of_page(text: &str) -> String {
    replace(text, in_page).0
}

fn replace(text: &str, entity: fn(&str) -> Option<Entity>) -> (String, u32) {
    let mut out = String::with_capacity(text.len());
    let mut entities = 0;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let length = match entity(after) {
            Some((shown, length)) => {
                entities += 1;
                out.push_str(&shown);
                length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    (out, entities)
}

/// What an entity at the beginning of a text stands for, and how long the entity is. It ends with a
/// semicolon, and what it stands for can be shown.
pub(super) fn first(text: &str) -> Option<Entity> {
    let rest = text.strip_prefix('&')?;
    if rest.starts_with('#') {
        let (character, length) = by_number(rest)?;
        let whole = rest.get(..length).is_some_and(|it| it.ends_with(';'));
        let character = character.filter(|it| whole && !it.is_control())?;
        return Some((character.to_string().into(), length + 1));
    }
    let (name, _) = name(rest).split_once(';')?;
    Some((by_name(name)?.into(), name.len() + 2))
}

fn in_page(text: &str) -> Option<Entity> {
    let rest = text.strip_prefix('&')?;
    if rest.starts_with('#') {
        let (character, length) = by_number(rest)?;
        let character = character.filter(|it| *it != '\0').unwrap_or('\u{fffd}');
        return Some((character.to_string().into(), length + 1));
    }
    let name = name(rest);
    if let Some((name, _)) = name.split_once(';')
        && let Some(shown) = by_name(name)
    {
        return Some((shown.into(), name.len() + 2));
    }
    // The longest name that begins it: `&copyright` is © and the rest of the word.
    let bare = BARE.split_ascii_whitespace().filter(|bare| name.starts_with(bare));
    let bare = bare.max_by_key(|bare| bare.len())?;
    Some((by_name(bare)?.into(), bare.len() + 1))
}

/// The letters and digits at the beginning of a text, and the semicolon after them if there is one.
fn name(rest: &str) -> &str {
    let length = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let semicolon = usize::from(rest.as_bytes().get(length) == Some(&b';'));
    rest.get(..length + semicolon).unwrap_or_default()
}

fn by_name(name: &str) -> Option<&'static str> {
    let at = NAMED_ENTITIES.binary_search_by_key(&name.as_bytes(), |(known, _)| known).ok()?;
    NAMED_ENTITIES.get(at).map(|(_, shown)| *shown)
}

/// The character of `#233;` or `#xE9;`, where there is one of that number, and how many bytes name it; some
/// programs give a character in two halves, as UTF-16 has it.
fn by_number(rest: &str) -> Option<(Option<char>, usize)> {
    let (value, length) = number(rest)?;
    if let Some(high @ 0xd800..=0xdbff) = u16::try_from(value).ok()
        && let Some(next) = rest.get(length..).and_then(|it| it.strip_prefix('&'))
        && let Some((low, more)) = number(next)
        && let Some(low) = u16::try_from(low).ok()
        && let Some(Ok(character)) = char::decode_utf16([high, low]).next()
    {
        return Some((Some(character), length + 1 + more));
    }
    let windows = value.checked_sub(0x80).and_then(|it| WINDOWS.get(it as usize)).copied();
    Some((windows.or(char::from_u32(value)), length))
}

/// The number after a `#` at the beginning, and how many bytes that takes.
fn number(rest: &str) -> Option<(u32, usize)> {
    let rest = rest.strip_prefix('#')?;
    let (radix, mark) = if rest.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = rest.get(mark..)?;
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let value = digits.get(..length).filter(|it| !it.is_empty())?;
    // A number beyond all characters is one that cannot be shown.
    let value = u32::from_str_radix(value, radix).unwrap_or(u32::MAX);
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((value, 1 + mark + length + semicolon))
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
            ("caf&eacute; Ko&ccaron;a &#150; &NotEqualTilde;", "café Koča – ≂\u{338}", 4),
            ("AT&T &copy &eacute &#233 &#99999999;", "AT&T &copy &eacute &#233 &#99999999;", 0),
            ("&CounterClockwiseContourIntegral;&é;&;", "∳&é;&;", 1),
        ] {
            assert_eq!(decode(text), (expected.to_owned(), entities));
        }
    }

    #[test]
    fn a_page_may_leave_out_a_semicolon_and_name_what_is_no_character() {
        for (text, expected) in [
            ("&eacute; x", "é x"),
            ("&eacutex", "éx"),
            ("&copy<", "©<"),
            ("&copyright", "©right"),
            ("&notin; &notit; &not", "∉ ¬it; ¬"),
            ("&nbsp;&yuml;&Omega;&sigma;&rdquo;&ccaron;", "\u{a0}ÿΩσ”č"),
            ("&hellip &nosuch; & b", "&hellip &nosuch; & b"),
            ("&#233;&#xE9 &#150;", "éé –"),
            ("&#99999999999;&#0;&#55357;&#56", "\u{fffd}\u{fffd}\u{fffd}8"),
            ("&#55357;&#56419;x", "👣x"),
            ("&#;", "&#;"),
        ] {
            assert_eq!(of_page(text), expected, "{text}");
        }
    }

    #[test]
    fn the_names_are_in_the_order_in_which_they_are_looked_for_and_none_is_longer() {
        assert!(NAMED_ENTITIES.is_sorted_by_key(|(name, _)| *name));
        assert!(NAMED_ENTITIES.iter().all(|(name, _)| name.len() < LONGEST));
        assert!(BARE.split_ascii_whitespace().all(|name| by_name(name).is_some()));
        assert_eq!(BARE.split_ascii_whitespace().count(), 106);
    }
}
