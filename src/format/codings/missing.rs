//! What programs and people write alone in a cell where there is no answer.
//!
//! Statistics programs, spreadsheets and data bases have words for nothing, and people have theirs, in their
//! language. None of it is a code, unless the team declares it as one. A literal `none` is an answer.

use super::missing_words::{DOUBTFUL, OF_PEOPLE, OF_PROGRAMS};
use crate::language::fold;

/// Whether an answer is what people also write where they have none: `unclear`, `no sabe`.
pub(super) fn is_doubtful(text: &str) -> bool {
    let folded = fold(&text.replace('’', "'"));
    DOUBTFUL.contains(&folded.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

/// Whether a cell holds nothing but a sign for no answer.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    if text.is_empty() {
        return false;
    }
    if is_sign(text) || is_error(text) || is_special(text) {
        return true;
    }
    let folded = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = folded.trim_matches(['<', '>', '(', ')', '[', ']', '*', '-', '"', '\'']).trim();
    let known = |it: &str| OF_PROGRAMS.contains(&it) || OF_PEOPLE.contains(&it);
    // What stands in brackets after it says why: `n/a (not coded)`.
    let plain = folded.split_once(" (").map_or("", |(plain, _)| plain.trim());
    let bare = bare.len() > 1 && bare != "none" && known(bare);
    let reasoned = plain.len() > 1 && folded.ends_with(')') && known(plain);
    known(&folded) || bare || reasoned
}

/// Whether a cell holds nothing but strokes, dots, stars and the like.
fn is_sign(text: &str) -> bool {
    let signs = |it: char| {
        matches!(it, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '*' | '＊' | '#' | '.' | '…')
            || matches!(
                it,
                '?' | '¿' | '/' | '\\' | '_' | '~' | '·' | '•' | '=' | ':' | '!' | '∅' | 'ø' | 'Ø'
            )
            || matches!(
                it,
                '(' | ')' | '<' | '>' | '\'' | '"' | '‹' | '›' | '«' | '»' | '×' | '^' | '&' | '%'
            )
    };
    text.chars().all(|it| signs(it) || it.is_whitespace())
}

/// Whether a cell holds the error of a spreadsheet in any of its languages: `#N/A`, `#VALUE!`, `#NV`, `Err:502`.
fn is_error(text: &str) -> bool {
    if let Some(number) = text.strip_prefix("Err:").or_else(|| text.strip_prefix("err:")) {
        return !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    }
    let Some(word) = text.strip_prefix('#') else { return false };
    let upper = fold(word).to_uppercase();
    let named = [
        "N/A",
        "NA",
        "N/D",
        "ND",
        "NV",
        "N/V",
        "N.D.",
        "GETTING_DATA",
        "NULL",
        "VALUE",
        "REF",
        "NUM",
    ];
    let letters =
        |it: char| it.is_alphabetic() || matches!(it, '/' | '0' | '¡' | '¿' | '!' | '?' | '_');
    named.contains(&upper.as_str()) || (word.ends_with(['!', '?']) && word.chars().all(letters))
}

/// The special missing values of Stata and SAS: `.a` to `.z`, `._`.
fn is_special(text: &str) -> bool {
    let mut characters = text.chars();
    let (dot, letter, end) = (characters.next(), characters.next(), characters.next());
    dot == Some('.')
        && end.is_none()
        && letter.is_some_and(|it| it.is_ascii_alphabetic() || it == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_and_people_write_for_nothing_is_no_answer() {
        for nothing in [
            "NA",
            "N/A",
            "n.a.",
            "<NA>",
            "NaN",
            "nan",
            "NULL",
            "null",
            "-",
            "–",
            "--",
            ".",
            "..",
            "*",
            "#",
            "?",
            "…",
            ".a",
            ".Z",
            "._",
            "#N/A",
            "#VALUE!",
            "#¡VALOR!",
            "#NV",
            "#WERT!",
            "#DIV/0!",
            "#NOM?",
            "#NÚM!",
            "Err:502",
            "k.A.",
            "keine Angabe",
            "sin datos",
            "Sans objet",
            "não se aplica",
            "non applicabile",
            "(missing)",
            "\\N",
            "#N/D",
            "NaT",
            "entfällt",
            "non renseigné",
            "- ",
            "S/D",
            "not applicable (see memo)",
        ] {
            assert!(is_placeholder(nothing), "{nothing}");
        }
        for answer in [
            "none", "a", "0", "99", "-1", "x", "no", "nein", "ninguno", "#hashtag", "C#", "1.",
            ".5", "a.", "nada", "Namibia", "b-", "#1", "unknown", "", "x!", "not", "ja", "nana",
            "+", "✓",
        ] {
            assert!(!is_placeholder(answer), "{answer}");
        }
    }
}
