//! Whether letters look damaged: by a wrong encoding in which a text was once read and saved again, or by one that has
//! no such letters.

use crate::language::detect::detect;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// Encodings in which a text in UTF-8 is read by mistake.
const WRONG: [&Encoding; 4] = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, MACINTOSH];
/// More places need not be counted.
const ENOUGH: usize = 200;

/// How often letters look damaged in some texts: those of UTF-8 that was read in another encoding and saved again
/// (`Ã³`, `Â¿`, `â€™`, `√≥`, `Гі`, `├│`, `ÔÇÖ`), U+FFFD, and in a text without any accent question marks inside words (`ma?ana`).
/// Once may be what somebody wrote.
///
/// `replaced`: who read the file wrote U+FFFD and says so, so that it proves nothing of the file.
pub(super) fn places<'a>(texts: impl Iterator<Item = &'a str> + Clone, replaced: bool) -> usize {
    let (mut found, mut ascii) = (0, true);
    for text in texts.clone().filter(|it| !it.is_ascii()) {
        ascii = false;
        found += signs(text);
        found += pairs(text)
            .max(text.split(|it: char| it.is_ascii()).filter(|it| is_reread(it)).count());
        found += if replaced { 0 } else { text.matches('\u{fffd}').count() };
        if found > ENOUGH {
            return found;
        }
    }
    if ascii { found + asked(texts) } else { found }
}

/// Whether letters beside one another are the bytes of others in a wrong encoding.
fn is_reread(run: &str) -> bool {
    let Some(second) = run.chars().nth(1) else { return false };
    // In code pages of DOS, which only draw lines by such characters.
    if run.starts_with(['├', '┬']) {
        return second != '─';
    }
    if run.contains("ÔÇ") || run.contains("ΓÇ") {
        return true;
    }
    WRONG.iter().any(|wrong| {
        let (bytes, _, unknown) = wrong.encode(run);
        !unknown && std::str::from_utf8(&bytes).is_ok_and(|it| it.chars().all(is_usual))
    })
}

/// Characters that people's texts have; others come out by chance.
fn is_usual(character: char) -> bool {
    matches!(character, '\u{a0}'..='\u{17f}' | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{45f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{2010}'..='\u{203a}' | '€' | '\u{3040}'..='\u{9fff}')
}

/// Question marks inside words of a text without any letter beyond ASCII, if there are many.
fn asked<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let (mut words, mut damaged) = (0, 0);
    for word in texts.flat_map(str::split_whitespace) {
        words += 1;
        let bytes = word.as_bytes();
        let inside = bytes.windows(3).any(|it| {
            matches!(it, [one, b'?', next] if one.is_ascii_lowercase() && next.is_ascii_lowercase())
        });
        damaged += usize::from(inside && !word.contains(['/', '=', ':']));
    }
    if damaged >= 3 && damaged * 200 >= words { damaged } else { 0 }
}

/// Signs inside words that are letters in code pages of DOS and of Macs (`se¤ora`, `C¢mo`, `MaŽana`).
fn signs(text: &str) -> usize {
    let inside = |one: char, sign: char, next: char| {
        let drawn = matches!(sign, '¢'..='©' | '¬' | '¯'..='±' | '¶' | '¸' | '¼'..='¾' | '¡' | '‚' | '‡' | 'ˆ' | '‰');
        let upper = matches!(sign, 'Ž' | 'Š' | 'Ÿ');
        one.is_lowercase() && next.is_lowercase() && (drawn || upper)
    };
    let (second, third) = (text.chars().skip(1), text.chars().skip(2));
    text.chars()
        .zip(second)
        .zip(third)
        .filter(|((one, sign), next)| inside(*one, *sign, *next))
        .count()
}

/// How often letters stand as codes: `&eacute;`, `&#233;`, `\\u00e9`, `\\xe9`, `=C3=A9`.
pub(super) fn codes<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let hexadecimal = |it: Option<&[u8]>| it.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
    let mut found = 0;
    for text in texts.filter(|it| it.contains(['&', '\\', '='])) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let of = |from: usize, to: usize| bytes.get(at + from..at + to);
            let high = |from: usize| {
                of(from, from + 1)
                    .is_some_and(|it| matches!(it, [b'8'..=b'9' | b'A'..=b'F' | b'a'..=b'f']))
            };
            let length = match byte {
                b'&' => super::entities::first(text.get(at..).unwrap_or_default())
                    .filter(|(shown, _)| !shown.is_ascii())
                    .map(|(_, length)| length),
                b'\\' if of(1, 2) == Some(b"u") && hexadecimal(of(2, 6)) => Some(6),
                b'\\' if of(1, 2) == Some(b"x") && high(2) && hexadecimal(of(2, 4)) => Some(4),
                b'=' if high(1)
                    && hexadecimal(of(1, 3))
                    && of(3, 4) == Some(b"=")
                    && high(4)
                    && hexadecimal(of(4, 6)) =>
                {
                    Some(6)
                }
                _ => None,
            };
            found += usize::from(length.is_some());
            at += length.unwrap_or(1);
        }
    }
    found
}

/// So many words without any letter beyond ASCII are odd in a language that has some.
const UNACCENTED: usize = 150;

/// How many words a text has that is in a language with accents or other letters and has none of them: people leave them
/// out, and so do programs.
pub(super) fn unaccented<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let letter = |it: char| !it.is_ascii() && it.is_alphabetic();
    if texts.clone().any(|it| it.contains(letter)) {
        return None;
    }
    let words: usize = texts.clone().map(|it| it.split_whitespace().count()).sum();
    let has = |tag: &str| ["es", "fr", "de", "pt", "it", "ca"].contains(&tag);
    (words >= UNACCENTED && detect(texts).is_some_and(has)).then_some(words)
}

/// Pairs of which the second may have been lost or changed since.
fn pairs(text: &str) -> usize {
    let follows = text.chars().zip(text.chars().skip(1));
    let damaged = follows.filter(|(one, next)| match one {
        'Ã' | 'Å' | 'Ä' | 'Ð' | 'Ñ' | 'Ø' | 'Ù' => {
            matches!(next, '\u{80}'..='\u{bf}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | 'ƒ')
                || matches!(next, '€' | '‚' | '„' | '…' | '†' | '‡' | '‰' | '‹' | '›' | '•' | '™')
        }
        'Â' => matches!(next, '\u{80}'..='\u{bf}'),
        'â' => matches!(next, '€' | '\u{80}' | '„' | '‚'),
        '√' => {
            matches!(next, '≥' | '±' | '°' | '©' | '≠' | '∫' | '¢' | '†' | '\u{a0}' | 'º' | '§')
        }
        _ => false,
    });
    damaged.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        places(std::iter::once(text), false)
    }

    #[test]
    fn letters_of_every_wrong_encoding_are_noticed_and_sound_ones_are_not() {
        for text in [
            "¿Cómo empezó? Mañana llegué con mi señora. «JOSÉ», «CAFÉ»",
            "Für uns war das schön, wir saßen draußen. „Über“ ÄÖÜ",
            "Ça a commencé à l’école, c’était été. « Où ça ? »",
            "NÃO, Ângela, à vontade. Avó, irmã e pão.",
            "Přišli jsme později, žádný klíč. Příště.",
            "Как началось? Мы пришли. «Да», рёв.",
            "Πώς ξεκίνησε; Ήρθαμε αργά.",
            "איך זה התחיל? באנו מאוחר.",
            "我们来了。「好」",
            "What?yes. See www.example.org/a?b=c and so on, so on, so on.",
        ] {
            assert!(count(text) < 2, "{text}: {}", count(text));
            for wrong in WRONG {
                let (read, _, _) = wrong.decode(text.as_bytes());
                let plain = text.is_ascii() || text.contains(['我', 'א', 'Π']);
                let lost = read.contains('\u{fffd}') || read.chars().any(char::is_control);
                assert!(plain || lost || count(&read) >= 2, "{}: {read}", wrong.name());
            }
        }
        assert!(count("Llegu?mos en la ma?ana con mi se?ora") >= 2);
        assert!(count("Llegu\u{fffd}mos en la ma\u{fffd}ana") >= 2);
        assert_eq!(places(["se\u{fffd}or", "a\u{fffd}o"].into_iter(), true), 0);
        assert!(count("Ma├▒ana lleg├│") >= 2);
        assert!(count("It wasnÔÇÖt, wasnÔÇÖt it?") >= 2);
        assert!(count("It wasnΓÇÖt ΓÇô wasnΓÇÖt it?") >= 2);
        assert_eq!(count("├── a\n├── b\n┬─┬"), 0);
        assert!(count("C¢mo empez¢, ma¤ana con mi se¤ora") >= 2);
        assert!(count("Il a ŽtŽ lˆ, un ŽlŽve ‰gŽ, le pre‚mier") >= 2);
        assert!(count("l·l, M.ª Pérez, 2º, well…then, A±B, 5¢") < 2);
    }

    #[test]
    fn letters_that_stand_as_codes_are_counted_and_signs_of_speech_are_none() {
        for coded in ["C&oacute;mo", "C&#243;mo", r"C\u00f3mo", r"C\xf3mo", "C=C3=B3mo"] {
            assert_eq!(codes(std::iter::once(coded)), 1, "{coded}");
        }
        for plain in ["R&D; 100% sure", r"C:\users\xavier", "a=b, 5%10", "Q&A;", "&lt; 3 &amp;"] {
            assert_eq!(codes(std::iter::once(plain)), 0, "{plain}");
        }
        let line = "Pues nosotros vinimos con la vecina que tenia la llave de la escuela y nadie nos dijo nada. ";
        assert_eq!(unaccented(std::iter::once(line.repeat(10).as_str())), Some(180));
        assert_eq!(unaccented(std::iter::once((line.repeat(10) + "Sí.").as_str())), None);
        assert_eq!(unaccented(std::iter::once(line)), None);
    }
}
