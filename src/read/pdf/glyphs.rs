//! The names of glyphs, and the encodings of fonts that say nothing more.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// What a simple font's codes are read as before its own differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Windows,
    Macintosh,
    Standard,
}

/// The text of every code of a simple font.
pub(super) fn table(base: Base) -> Vec<String> {
    (0..=255_u8)
        .map(|code| {
            let text = match base {
                Base::Windows => WINDOWS_1252.decode_without_bom_handling(&[code]).0.into_owned(),
                Base::Macintosh => MACINTOSH.decode_without_bom_handling(&[code]).0.into_owned(),
                Base::Standard => standard(code).map_or_else(String::new, String::from),
            };
            if code < 0x20 { String::new() } else { text }
        })
        .collect()
}

/// Adobe's standard encoding.
fn standard(code: u8) -> Option<char> {
    const HIGH: &str = "\u{a1}¡\u{a2}¢\u{a3}£\u{a4}⁄\u{a5}¥\u{a6}ƒ\u{a7}§\u{a8}¤\u{a9}'\u{aa}“\u{ab}«\u{ac}‹\
        \u{ad}›\u{ae}ﬁ\u{af}ﬂ\u{b1}–\u{b2}†\u{b3}‡\u{b4}·\u{b6}¶\u{b7}•\u{b8}‚\u{b9}„\u{ba}”\u{bb}»\u{bc}…\
        \u{bd}‰\u{bf}¿\u{c1}`\u{c2}´\u{c3}ˆ\u{c4}˜\u{c5}¯\u{c6}˘\u{c7}˙\u{c8}¨\u{ca}˚\u{cb}¸\u{cd}˝\u{ce}˛\
        \u{cf}ˇ\u{d0}—\u{e1}Æ\u{e3}ª\u{e8}Ł\u{e9}Ø\u{ea}Œ\u{eb}º\u{f1}æ\u{f5}ı\u{f8}ł\u{f9}ø\u{fa}œ\u{fb}ß";
    match code {
        b'\'' => Some('’'),
        b'`' => Some('‘'),
        0x20..=0x7e => Some(char::from(code)),
        _ => {
            let mut pairs = HIGH.chars();
            while let (Some(known), Some(character)) = (pairs.next(), pairs.next()) {
                if known == char::from(code) {
                    return Some(character);
                }
            }
            None
        }
    }
}

/// The text that a glyph's name stands for; `None` if it tells nothing.
pub(super) fn text(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|it| !it.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(text).collect();
    }
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        return Some(letter.to_string());
    }
    hexadecimal(name).or_else(|| accented(name)).or_else(|| listed(name))
}

/// `uni00E9`, `u1F463`.
fn hexadecimal(name: &str) -> Option<String> {
    if let Some(units) = name.strip_prefix("uni").filter(|it| it.len() >= 4 && it.is_ascii()) {
        let units: Option<Vec<u16>> = units
            .as_bytes()
            .chunks_exact(4)
            .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
            .collect();
        return units.map(|it| String::from_utf16_lossy(&it));
    }
    let number = name.strip_prefix('u').filter(|it| (4..=6).contains(&it.len()))?;
    u32::from_str_radix(number, 16).ok().and_then(char::from_u32).map(String::from)
}

/// `eacute`, `Ccedilla`: a letter and its mark.
fn accented(name: &str) -> Option<String> {
    const MARKS: &[(&str, char)] = &[
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("circumflex", '\u{302}'),
        ("tilde", '\u{303}'),
        ("macron", '\u{304}'),
        ("breve", '\u{306}'),
        ("dotaccent", '\u{307}'),
        ("dieresis", '\u{308}'),
        ("ring", '\u{30a}'),
        ("hungarumlaut", '\u{30b}'),
        ("caron", '\u{30c}'),
        ("cedilla", '\u{327}'),
        ("ogonek", '\u{328}'),
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, mark) = MARKS.iter().find(|(mark, _)| name.get(1..) == Some(*mark))?;
    Some([letter, *mark].iter().collect::<String>().nfc().collect())
}

fn listed(name: &str) -> Option<String> {
    const NAMES: &str = "space \u{20} nbspace \u{a0} exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' \
        parenleft ( parenright ) asterisk * plus + comma , hyphen - sfthyphen - minus − period . slash / \
        zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < \
        equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ \
        underscore _ grave ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ \
        currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª guillemotleft « \
        guillemotright » logicalnot ¬ registered ® macron ¯ degree ° plusminus ± acute ´ mu µ paragraph ¶ \
        periodcentered · middot · cedilla ¸ ordmasculine º onequarter ¼ onehalf ½ threequarters ¾ \
        questiondown ¿ AE Æ ae æ Eth Ð eth ð Oslash Ø oslash ø Thorn Þ thorn þ germandbls ß multiply × \
        divide ÷ dotlessi ı Lslash Ł lslash ł OE Œ oe œ florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ \
        ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ endash – emdash — quoteleft ‘ quoteright ’ quotesinglbase ‚ \
        quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • ellipsis … \
        perthousand ‰ guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € euro € trademark ™ fi fi fl fl \
        ff ff ffi ffi ffl ffl onesuperior ¹ twosuperior ² threesuperior ³";
    let mut words = NAMES.split(' ').filter(|it| !it.is_empty());
    if name == "space" {
        return Some(" ".to_owned());
    }
    words.next();
    while let (Some(known), Some(text)) = (words.next(), words.next()) {
        if known == name {
            return Some(text.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_is_known_by_its_letter_its_number_its_mark_or_its_name() {
        for (name, expected) in [
            ("A", Some("A")),
            ("space", Some(" ")),
            ("exclam", Some("!")),
            ("eacute", Some("é")),
            ("Ccedilla", Some("Ç")),
            ("uni00E9", Some("é")),
            ("u1F463", Some("👣")),
            ("f_i", Some("fi")),
            ("quoteright.alt", Some("’")),
            ("g123", None),
            (".notdef", None),
        ] {
            assert_eq!(text(name).as_deref(), expected, "{name}");
        }
        assert_eq!(table(Base::Standard)[0x27], "’");
        assert_eq!(table(Base::Macintosh)[0x8e], "é");
        assert_eq!(table(Base::Windows)[0x80], "€");
    }
}
