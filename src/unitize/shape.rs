//! What a label looks like: whether its words are those of a name, a role, a number, or of a sentence.

use unicode_normalization::UnicodeNormalization;

use crate::domain::participant::Role;
use crate::language;

/// Characters that take no room: zero-width, directional, soft hyphen, byte order mark.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The label as it is shown: one space between words, nothing invisible.
pub(super) fn shown(label: &str) -> String {
    let visible: String = label.chars().filter(|it| !is_invisible(*it)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What makes two labels one: no difference of case, of Unicode form, of spaces, of what is invisible.
pub(super) fn key(label: &str) -> String {
    let shown = shown(label);
    if shown.is_ascii() {
        return shown.to_ascii_lowercase();
    }
    shown.nfc().flat_map(char::to_lowercase).collect()
}

/// What the words of a label look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Words, not counting what follows a comma or stands in brackets.
    pub(super) words: usize,
    /// All letters are capitals, and there are two or more.
    pub(super) capitals: bool,
    /// One word of two to four capitals, such as initials.
    pub(super) initials: bool,
    /// Every word begins as a name does: with a capital or in a script without them.
    pub(super) name_like: bool,
    /// A letter or `id` and a number, as participants are numbered: `P3`, `id7`.
    pub(super) numbered: bool,
    /// The folded word with which it begins, where sentences may begin with it; see [`Shape::opens`].
    first: Option<String>,
    /// What a word of it says the speaker does.
    pub(super) role: Option<(String, Role)>,
    /// Every word of it names a role, a function or a number, and no person.
    pub(super) nameless: bool,
    /// A letter of it is a capital; in scripts without them every word could begin a name.
    pub(super) cased: bool,
    /// Words in all.
    pub(super) all_words: usize,
    /// It heads a part of a document.
    pub(super) field: bool,
    /// Nothing but question marks: a speaker whom the transcriber did not know.
    pub(super) unknown: bool,
    /// It begins with a transcriber's word: `inaudible`.
    pub(super) mark: bool,
    /// It has a mark that only a sentence has: `I said. So`, `What? No`.
    pub(super) sentence: bool,
    /// That mark may be the full stop of an abbreviation: `Ing. Pérez`, `Yes. So`.
    pub(super) abbreviated: bool,
}

impl Shape {
    /// Looks at a label.
    pub(super) fn of(label: &str) -> Self {
        let shown = shown(label);
        let base = base(&shown);
        let words: Vec<&str> = base
            .split([' ', '\u{a0}'])
            .filter(|it| it.chars().any(char::is_alphanumeric) || it.bytes().all(|it| it == b'?'))
            .filter(|it| !it.is_empty())
            .collect();
        let folded = language::fold(base);
        let first = folded.split(' ').next().unwrap_or_default();
        let first = first.trim_end_matches(['.', ',', '!', '?', '…']);
        let letters = || base.chars().filter(|it| it.is_alphabetic());
        let capitals =
            letters().count() >= 2 && letters().all(|it| it.is_uppercase() && !it.is_lowercase());
        let title = shown.get(base.len()..).unwrap_or_default();
        let title = language::fold(title.trim_matches([',', ' ', '(', ')']));
        let role =
            roles(&folded).or_else(|| language::role(&title).map(|role| (title.clone(), role)));
        Self {
            words: words.len(),
            capitals,
            initials: capitals && words.len() == 1 && (2..=4).contains(&base.chars().count()),
            name_like: !words.is_empty() && words.iter().enumerate().all(|(at, it)| named(it, at)),
            numbered: is_numbered(&folded),
            first: (words.len() > 1 || (!capitals && base.chars().count() > 1))
                .then(|| first.to_owned()),
            role,
            nameless: !words.is_empty() && words.iter().all(|it| is_nameless(it)),
            cased: letters().any(char::is_uppercase),
            all_words: shown.split(' ').count(),
            field: language::is_field(&folded) || language::is_field(&language::fold(&shown)),
            unknown: base.bytes().all(|it| it == b'?'),
            mark: language::is_mark(&folded),
            sentence: is_sentence(&shown, &short_word),
            abbreviated: !is_sentence(&shown, &abbreviation),
        }
    }
}

/// The label before a comma, bracket or bar: a title or remark follows there.
pub(super) fn base(shown: &str) -> &str {
    let end = shown.find([',', '(', '[', '{', '|']).filter(|at| *at > 0).unwrap_or(shown.len());
    shown.get(..end).unwrap_or(shown).trim_end()
}

/// Whether a label has a mark that only a sentence has: one that ends a clause, or a full stop after a word that
/// is no abbreviation or title and with more after it.
fn is_sentence(label: &str, is_short: &dyn Fn(&str) -> bool) -> bool {
    let mut commas = 0;
    let mut previous = ' ';
    let mut word_start = 0;
    for (at, character) in label.char_indices() {
        let last = at + character.len_utf8() == label.len();
        match character {
            '!' | ';' | '…' | '„' | '>' | '=' | '\\' | '¿' | '¡' | '。' | '、' | '，' => {
                return true;
            }
            '?' if !last && label.chars().any(char::is_alphanumeric) => return true,
            '"' | '“' | '”' if at > 0 && !last && !previous.is_alphabetic() => return true,
            ',' => commas += 1,
            // `kim.lee` is one word.
            '.' if !label.get(at + 1..).is_some_and(|it| it.starts_with(goes_on))
                && !last
                && !is_short(label.get(word_start..at).unwrap_or_default()) =>
            {
                return true;
            }
            _ => {}
        }
        if character.is_whitespace() {
            word_start = at + character.len_utf8();
        }
        previous = character;
    }
    commas > 3
}

/// What follows a full stop that ends no sentence, without a blank: `kim.lee`, `(Ayto.)`.
fn goes_on(next: char) -> bool {
    next.is_lowercase() || matches!(next, ')' | ']' | ',' | '-' | '/')
}

/// Whether a full stop after this word may be that of an abbreviation: `Ing`, `Abg`, and `Yes`.
fn abbreviation(word: &str) -> bool {
    let bare = word.trim_start_matches(['(', '[']);
    let short = bare.chars().count() <= 5 && bare.chars().next().is_some_and(char::is_uppercase);
    short || short_word(word)
}

/// Whether a full stop after this word may stand inside a label: `Dr`, `J`, `2`, `h`.
fn short_word(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[']);
    let word = word.rsplit('.').next().unwrap_or(word);
    word.chars().count() <= 1
        || word.bytes().all(|byte| byte.is_ascii_digit())
        || language::is_title(&language::fold(word))
}

/// Whether a word begins as one of a name does.
fn named(word: &str, at: usize) -> bool {
    let word =
        word.trim_start_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '&' | '/'));
    let Some(first) = word.chars().next() else { return true };
    first.is_uppercase()
        || first.is_numeric()
        || first == '&'
        || first == '/'
        || (first.is_alphabetic() && !first.is_lowercase())
        || (at > 0 && language::is_particle(&language::fold(word.trim_end_matches('.'))))
}

impl Shape {
    /// Whether it can mean nothing but somebody who speaks: `Interviewer 2`, `P3`.
    pub(super) fn names_a_speaker(&self) -> bool {
        self.numbered || (self.nameless && self.role.is_some())
    }

    /// Whether it begins as a sentence does, in the language of the file; in any, where that is not clear.
    /// A small word of names before a name (`De la Fuente`, `Von Braun`) opens none.
    pub(super) fn opens(&self, language: Option<&str>) -> bool {
        let surname = self.name_like
            && self.words >= 2
            && self.first.as_deref().is_some_and(language::begins_surname);
        !surname && self.first.as_deref().is_some_and(|word| language::is_opener(language, word))
    }
}

/// Whether a word names a role, a function or a number.
fn is_nameless(word: &str) -> bool {
    let folded = language::fold(word);
    let folded = ungendered(&folded);
    let stem = folded.trim_matches(|it: char| it.is_ascii_digit() || ".#_-".contains(it));
    stem.is_empty() || language::role(stem).is_some() || language::is_function(stem)
}

/// A word without what writes it for all genders: `interviewer*in`, `moderador/a`, `animateur·rice`.
fn ungendered(folded: &str) -> &str {
    let mark = ['*', ':', '·', '•', '@', '/', '(', '_', '!'];
    match folded.split_once(mark) {
        Some((stem, ending)) if stem.len() > 3 => {
            let ending = ending.trim_matches(|it: char| !it.is_alphabetic());
            if ending.chars().count() <= 5 { stem } else { folded }
        }
        _ => folded,
    }
}

/// The first word that names a role, and the role.
fn roles(folded: &str) -> Option<(String, Role)> {
    folded
        .split([' ', '/', '-', '_', '.', '(', ')', '#', '*', ':', '·', '•', '@'])
        .map(|word| word.trim_end_matches(|it: char| it.is_ascii_digit()))
        .chain(std::iter::once(folded))
        .find_map(|word| language::role(word).map(|role| (word.to_owned(), role)))
}

/// `p3`, `p 12`, `id7`, `fg1-p3`: as participants are numbered.
fn is_numbered(folded: &str) -> bool {
    let last = folded.rsplit(['-', '_', '/', ' ']).find(|it| !it.is_empty()).unwrap_or_default();
    let letters = last.trim_end_matches(|it: char| it.is_ascii_digit());
    let numbered = letters.len() < last.len() && last.len() - letters.len() <= 3;
    let spaced = letters.is_empty() && folded.starts_with("p ") && folded.len() <= 6;
    let prefix = folded.strip_suffix(last).unwrap_or_default();
    let grouped = prefix.is_empty() || prefix.bytes().any(|it| it.is_ascii_digit());
    numbered && (spaced || (grouped && matches!(letters, "p" | "id" | "pt" | "tn" | "r")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_differ_only_in_what_nobody_sees_are_one() {
        assert_eq!(key("JOSE\u{301}"), key("José"));
        assert_eq!(key("P1\u{200b}"), key("p1 "));
        assert_eq!(key("Dr.\u{a0}Ada  Poe"), key("dr. ada poe"));
        assert_ne!(key("P1"), key("P2"));
    }

    #[test]
    fn shapes_tell_names_from_sentences() {
        for (label, name_like) in [
            ("Ada Poe", true),
            ("ADA POE", true),
            ("Dr. Karl Freiherr zu Hof", true),
            ("Project manager", false),
            ("So here's the thing", false),
            ("משה כהן", true),
        ] {
            assert_eq!(Shape::of(label).name_like, name_like, "{label}");
        }
        assert!(Shape::of("P3").numbered && Shape::of("FG1-P12").numbered);
        assert!(!Shape::of("A1").numbered && !Shape::of("Step2").numbered);
        assert_eq!(Shape::of("Interviewer2 2").role.map(|it| it.1), Some(Role::Moderator));
    }
}
