//! What programs and people write alone in a cell where there is no answer.
//!
//! Statistics programs, spreadsheets and data bases have words for nothing, and people have theirs, in their
//! language. None of it is a code, unless the team declares it as one. A literal `none` is an answer.

use crate::language::fold;

/// Words of programs: R, SPSS, Stata, SAS, pandas, MATLAB, Julia, SQL, JSON.
const OF_PROGRAMS: &[&str] = &[
    "na",
    "<na>",
    "n/a",
    "n.a.",
    "n.a",
    "n. a.",
    "na_character_",
    "na_integer_",
    "na_real_",
    "nan",
    "-nan",
    "+nan",
    "nat",
    "<nat>",
    "null",
    "<null>",
    "(null)",
    "[null]",
    "nil",
    "\\n",
    "missing",
    "<missing>",
    "(missing)",
    "[missing]",
    "undefined",
    "nul",
    "sysmis",
    "1.#qnan",
    "-1.#qnan",
    "1.#ind",
    "-1.#ind",
    "#n/a n/a",
    "(blank)",
    "<blank>",
    "blank",
    "[blank]",
    "(empty)",
    "<empty>",
    "empty",
    "none/na",
    "<none>",
    "(none)",
    "not a number",
];

/// Words of people, folded, in English, Spanish, French, German, Portuguese and Italian.
const OF_PEOPLE: &[&str] = &[
    // English
    "not applicable",
    "not available",
    "no answer",
    "no response",
    "no data",
    "nodata",
    "no rating",
    "not coded",
    "uncoded",
    "not rated",
    "unrated",
    "not answered",
    "unanswered",
    "not yet coded",
    "not done",
    "not assigned",
    "unassigned",
    "left blank",
    "skipped",
    "skip",
    "pending",
    "to do",
    "todo",
    "to code",
    "tbd",
    "tba",
    "tbc",
    "missing value",
    "missing data",
    "no value",
    "did not code",
    "n/c",
    "n.c.",
    // Spanish
    "n/d",
    "n.d.",
    "n. d.",
    "s/d",
    "s.d.",
    "s/r",
    "s.r.",
    "n/r",
    "n.r.",
    "ns/nc",
    "n.s./n.c.",
    "nsnc",
    "ns/nr",
    "nd",
    "nr",
    "sin dato",
    "sin datos",
    "sin respuesta",
    "no responde",
    "no contesta",
    "no aplica",
    "no aplicable",
    "no procede",
    "no disponible",
    "no codificado",
    "no codificada",
    "sin codificar",
    "vacio",
    "vacia",
    "en blanco",
    "perdido",
    "valor perdido",
    "dato perdido",
    "faltante",
    "dato faltante",
    "pendiente",
    "por codificar",
    "por hacer",
    "omitido",
    "no consta",
    "no corresponde",
    // French
    "s.o.",
    "s/o",
    "s. o.",
    "sans objet",
    "sans reponse",
    "non applicable",
    "non disponible",
    "non renseigne",
    "non renseignee",
    "non code",
    "non codee",
    "non repondu",
    "manquant",
    "manquante",
    "donnee manquante",
    "valeur manquante",
    "vide",
    "pas de reponse",
    "pas code",
    "a coder",
    "a faire",
    "en attente",
    "n.r",
    "n.d",
    // German
    "k.a.",
    "k. a.",
    "k.a",
    "k/a",
    "keine angabe",
    "keine angaben",
    "keine antwort",
    "nicht zutreffend",
    "nicht anwendbar",
    "entfallt",
    "entf.",
    "n.z.",
    "n. z.",
    "n/z",
    "n.v.",
    "n. v.",
    "n/v",
    "nicht verfugbar",
    "nicht kodiert",
    "nicht codiert",
    "unkodiert",
    "uncodiert",
    "fehlend",
    "fehlt",
    "fehlender wert",
    "leer",
    "ausstehend",
    "unbeantwortet",
    "nicht beantwortet",
    "nicht bearbeitet",
    "n.b.",
    "noch offen",
    // Portuguese
    "nao se aplica",
    "nao aplicavel",
    "nao disponivel",
    "nao respondeu",
    "nao responde",
    "sem dados",
    "sem dado",
    "sem resposta",
    "em branco",
    "vazio",
    "vazia",
    "ausente (dado)",
    "pendente",
    "nao codificado",
    "nao codificada",
    "por codificar",
    "omisso",
    "em falta",
    "ns/nr",
    "a codificar",
    // Italian
    "non applicabile",
    "non codificato",
    "non codificata",
    "non pervenuto",
    "n.p.",
    "mancante",
    "dato mancante",
    "valore mancante",
    "vuoto",
    "nessuna risposta",
    "senza risposta",
    "da fare",
    "da codificare",
    "in sospeso",
    "in attesa",
    "non risponde",
];

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
    known(&folded) || (bare.len() > 1 && bare != "none" && known(bare))
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
