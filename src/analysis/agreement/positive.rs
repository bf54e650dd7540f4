//! Which of two answers says that something is there, as far as their words tell it in six languages.
//!
//! Positive agreement, prevalence and the bias index are about that answer. Which of two comes first in a file, or in
//! the alphabet, says nothing about it; where words do not tell, there is none.

/// Words for what is there, in lower case.
const THERE: &[&str] = &[
    "1",
    "yes",
    "y",
    "true",
    "t",
    "present",
    "x",
    "+",
    "✓",
    "✔",
    "given",
    "applies",
    "applicable",
    "positive",
    "pos",
    "on",
    "coded",
    "mentioned",
    "found",
    "si",
    "sí",
    "s",
    "verdadero",
    "cierto",
    "presente",
    "dado",
    "mencionado",
    "positivo",
    "oui",
    "o",
    "vrai",
    "présent",
    "donné",
    "positif",
    "ja",
    "j",
    "wahr",
    "vorhanden",
    "zutreffend",
    "trifft zu",
    "genannt",
    "positiv",
    "sim",
    "verdadeiro",
    "dada",
    "sì",
    "vero",
    "wr",
    "1.0",
];

/// Words for what is not there, which are never the positive one.
const NOT_THERE: &[&str] = &[
    "0",
    "no",
    "none",
    "false",
    "absent",
    "not present",
    "not given",
    "not mentioned",
    "nothing",
    "not coded",
    "not found",
    "falso",
    "ausente",
    "ninguno",
    "ninguna",
    "no presente",
    "no mencionado",
    "nada",
    "non",
    "faux",
    "absente",
    "aucun",
    "aucune",
    "rien",
    "nein",
    "falsch",
    "nicht vorhanden",
    "kein",
    "keine",
    "keines",
    "keiner",
    "nichts",
    "nicht genannt",
    "abwesend",
    "não",
    "nao",
    "nenhum",
    "nenhuma",
    "falsa",
    "assente",
    "nessuno",
    "nessuna",
    "niente",
    "ningún",
    "0.0",
];

/// Words that are not there only beside a word that is.
const OPPOSITE: &[&str] =
    &["n", "f", "-", "off", "negative", "neg", "negativo", "négatif", "negativ", "trifft nicht zu"];

/// Words that, before another answer, deny it.
const DENYING: &[&str] = &[
    "not ", "no ", "non ", "non-", "nicht ", "kein ", "keine ", "sin ", "sem ", "sans ", "senza ",
    "pas ", "não ", "un",
];

/// Whether a word by itself says that something is so, or is not; nothing where it says neither.
#[must_use]
pub fn evident(word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    let word = word.as_str();
    if NOT_THERE.contains(&word) || OPPOSITE.contains(&word) {
        return Some(false);
    }
    THERE.contains(&word).then_some(true)
}

/// The place of the positive one of two answers: the one asked for, else the evident one.
pub(super) fn of(labels: &[String], asked: Option<&str>) -> Option<usize> {
    let [one, other] = labels else { return None };
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    if let Some(asked) = asked {
        let asked = asked.trim().to_lowercase();
        return [&one, &other].into_iter().position(|it| *it == asked);
    }
    match (is_positive(&one, &other), is_positive(&other, &one)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

/// Whether the first of two answers is evidently the positive one.
fn is_positive(one: &str, other: &str) -> bool {
    let known = |list: &[&str], word: &str| list.contains(&word);
    if known(NOT_THERE, one) {
        return false;
    }
    // That nothing applies, or nought, leaves no doubt about the other.
    let nothing = ["none", "0", "absent", "ausente", "assente", "abwesend", "absente"];
    let denied = DENYING.iter().any(|it| other.strip_prefix(it) == Some(one));
    known(&nothing, other)
        || denied
        || (known(THERE, one) && (known(NOT_THERE, other) || known(OPPOSITE, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_positive_answer_is_the_one_that_words_tell_whichever_comes_first() {
        let place = |one: &str, other: &str| of(&[one.to_owned(), other.to_owned()], None);
        for (positive, negative) in [
            ("1", "0"),
            ("yes", "no"),
            ("true", "false"),
            ("present", "absent"),
            ("x", "none"),
            ("trust", "none"),
            ("sí", "no"),
            ("oui", "non"),
            ("ja", "nein"),
            ("sim", "não"),
            ("vero", "falso"),
            ("Y", "N"),
            ("positive", "negative"),
            ("relevant", "not relevant"),
            ("2", "0"),
            ("presente", "ausente"),
        ] {
            assert_eq!(
                (place(positive, negative), place(negative, positive)),
                (Some(0), Some(1)),
                "{positive}"
            );
        }
        for (one, other) in
            [("a", "b"), ("1", "2"), ("yes", "unclear"), ("no", "maybe"), ("0", "none")]
        {
            assert_eq!((place(one, other), place(other, one)), (None, None), "{one} {other}");
        }
        assert_eq!(of(&["a".into(), "b".into()], Some("B")), Some(1));
    }
}
