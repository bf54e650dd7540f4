//! What the program knows of languages: words of roles, marks of transcribers, titles, abbreviations.
//!
//! One file per language, all lists as data; a text may mix languages, so the readers here ask all of
//! them at once. Words are kept folded: small letters, no accents.

mod ca;
mod de;
pub mod detect;
mod document;
mod en;
mod es;
mod fr;
mod he;
mod it;
mod pt;
pub mod tags;
pub mod talk;
pub mod tokens;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::participant::Role;
pub use document::{
    is_aside, is_code_head, is_credit, is_namesake, is_number_word, is_other_head, is_part,
    is_turn_word,
};

/// Common given names, folded, those left out that are everyday words or places in some language (Will, Rose, Santiago).
const GIVEN_NAMES: &str = include_str!("given_names.txt");

/// Whether a word, folded, is a common given name.
#[must_use]
pub fn is_given_name(folded: &str) -> bool {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    NAMES.get_or_init(|| GIVEN_NAMES.split_whitespace().collect()).contains(folded)
}

/// What is known of one language. All words are folded, see [`fold`].
#[derive(Debug)]
pub struct Lexicon {
    /// Language tag.
    pub tag: &'static str,
    /// Words in a label that name who asks or leads.
    pub moderators: &'static [&'static str],
    /// Words in a label that name who sits in and takes notes.
    pub observers: &'static [&'static str],
    /// Words in a label that name who answers or takes part.
    pub participants: &'static [&'static str],
    /// Words in a label that name nobody in particular: a function, a voice, several people.
    pub functions: &'static [&'static str],
    /// Words before a colon that name a part of the document, never a person.
    pub fields: &'static [&'static str],
    /// First words of a remark in brackets that a transcriber makes.
    pub marks: &'static [&'static str],
    /// First words of a sentence, with which no label begins.
    pub openers: &'static [&'static str],
    /// Small words inside a name: `de`, `von`.
    pub particles: &'static [&'static str],
    /// Titles that end with a full stop before a name.
    pub titles: &'static [&'static str],
    /// Other abbreviations after which a sentence goes on.
    pub abbreviations: &'static [&'static str],
    /// How a line begins that closes the sitting.
    pub closings: &'static [&'static str],
    /// How the column of speakers in a table of turns, or a list of speakers, is headed.
    pub speaker_heads: &'static [&'static str],
    /// How the column of speech in a table of turns is headed.
    pub speech_heads: &'static [&'static str],
    /// How the column of times, or of beginnings, in a table of turns is headed.
    pub time_heads: &'static [&'static str],
    /// How the column of ends in a table of turns is headed.
    pub end_heads: &'static [&'static str],
}

/// Every language, in order of tag.
pub const LEXICONS: &[&Lexicon] = &[
    &ca::LEXICON,
    &de::LEXICON,
    &en::LEXICON,
    &es::LEXICON,
    &fr::LEXICON,
    &he::LEXICON,
    &it::LEXICON,
    &pt::LEXICON,
];

/// Small letters without accents, as the lists are kept.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).collect()
}

/// The role that a folded word of a label names, in any language.
#[must_use]
pub fn role(word: &str) -> Option<Role> {
    static ROLES: OnceLock<HashMap<&'static str, Role>> = OnceLock::new();
    let roles = ROLES.get_or_init(|| {
        let mut roles = HashMap::new();
        for lexicon in LEXICONS {
            roles.extend(lexicon.participants.iter().map(|it| (*it, Role::Participant)));
            roles.extend(lexicon.observers.iter().map(|it| (*it, Role::Observer)));
            roles.extend(lexicon.moderators.iter().map(|it| (*it, Role::Moderator)));
        }
        roles
    });
    roles.get(word).copied()
}

/// The lists that a word or phrase may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Function,
    Field,
    Mark,
    Opener,
    Particle,
    Title,
    Abbreviation,
    SpeakerHead,
    SpeechHead,
    TimeHead,
    EndHead,
}

/// Whether a folded word or phrase stands in a list of any language.
fn is_in(list: List, word: &str) -> bool {
    static WORDS: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words: HashMap<&'static str, u16> = HashMap::new();
        for lexicon in LEXICONS {
            for (list, members) in lexicon.lists() {
                for word in members {
                    *words.entry(word).or_default() |= 1 << list as u16;
                }
            }
        }
        words
    });
    words.get(word).is_some_and(|lists| lists & (1 << list as u16) != 0)
}

impl Lexicon {
    fn lists(&self) -> [(List, &'static [&'static str]); 11] {
        [
            (List::Function, self.functions),
            (List::Field, self.fields),
            (List::Mark, self.marks),
            (List::Opener, self.openers),
            (List::Particle, self.particles),
            (List::Title, self.titles),
            (List::Abbreviation, self.abbreviations),
            (List::SpeakerHead, self.speaker_heads),
            (List::SpeechHead, self.speech_heads),
            (List::TimeHead, self.time_heads),
            (List::EndHead, self.end_heads),
        ]
    }
}

/// Whether a folded word names a function, a voice or several people, but no person by name.
#[must_use]
pub fn is_function(word: &str) -> bool {
    is_in(List::Function, word)
}

/// Whether a folded phrase heads a part of a document, alone or with a number: `tagesordnungspunkt 3`.
#[must_use]
pub fn is_field(folded: &str) -> bool {
    let unnumbered = folded.trim_end_matches(|it: char| !it.is_alphabetic());
    is_in(List::Field, folded) || is_in(List::Field, unnumbered)
}

/// Whether a folded remark in brackets begins with a transcriber's word: `inaudible`, `laughs`.
#[must_use]
pub fn is_mark(folded: &str) -> bool {
    folded
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(3)
        .any(|word| is_in(List::Mark, word))
}

/// Whether a folded word begins sentences in a language; in any that is known, where none is named.
///
/// Nothing is known of a language without a list, so no word begins a sentence in it.
#[must_use]
pub fn is_opener(language: Option<&str>, word: &str) -> bool {
    let pooled = is_in(List::Opener, word);
    let own = |tag: &str| {
        let lexicon = LEXICONS.iter().find(|it| it.tag == tag);
        lexicon.is_some_and(|it| it.openers.contains(&word))
    };
    pooled && language.is_none_or(own)
}

/// Whether a word is a small part of a name.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    is_in(List::Particle, word)
}

/// Whether a folded word, before another with a capital, begins a surname: `de la fuente`, `von braun`. A small word that
/// stands before any German noun, which has a capital too, or joins two sentences, does not.
#[must_use]
pub fn begins_surname(word: &str) -> bool {
    const OTHERS: [&str; 10] = ["der", "den", "zu", "zum", "zur", "vom", "und", "et", "y", "e"];
    is_particle(word) && !OTHERS.contains(&word)
}

/// Whether a folded word without its full stop is a title such as `dr`.
#[must_use]
pub fn is_title(word: &str) -> bool {
    is_in(List::Title, word)
}

/// Whether a sentence goes on after this folded word and a full stop.
#[must_use]
pub fn is_abbreviation(word: &str) -> bool {
    is_title(word) || is_in(List::Abbreviation, word)
}

/// Whether a folded text heads a column or list of speakers.
#[must_use]
pub fn is_speaker_head(folded: &str) -> bool {
    is_in(List::SpeakerHead, folded)
}

/// Whether a folded text heads a column of speech: `text`, `utterance text`.
#[must_use]
pub fn is_speech_head(folded: &str) -> bool {
    let each = || folded.split(' ').all(|word| is_in(List::SpeechHead, word));
    is_in(List::SpeechHead, folded) || (folded.contains(' ') && each())
}

/// Whether a folded text heads a column of times, or of beginnings.
#[must_use]
pub fn is_time_head(folded: &str) -> bool {
    is_in(List::TimeHead, folded)
}

/// Whether a folded text heads a column of ends.
#[must_use]
pub fn is_end_head(folded: &str) -> bool {
    is_in(List::EndHead, folded)
}

/// Whether a folded line says that the sitting ends here.
#[must_use]
pub fn is_closing(folded: &str) -> bool {
    let line = folded.trim_start_matches(|it: char| !it.is_alphanumeric());
    LEXICONS.iter().flat_map(|it| it.closings).any(|closing| line.starts_with(closing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_kept_folded() {
        for lexicon in LEXICONS {
            let roles = [lexicon.moderators, lexicon.observers, lexicon.participants];
            let others = lexicon.lists().into_iter().map(|(_, list)| list);
            let lists = roles.into_iter().chain(others).chain([lexicon.closings]);
            for word in lists.flatten() {
                assert_eq!(fold(word), **word, "in {}", lexicon.tag);
            }
        }
    }

    #[test]
    fn no_word_names_two_roles() {
        let mut seen: HashMap<&str, Role> = HashMap::new();
        for lexicon in LEXICONS {
            for (list, role) in [
                (lexicon.moderators, Role::Moderator),
                (lexicon.observers, Role::Observer),
                (lexicon.participants, Role::Participant),
            ] {
                for word in list {
                    assert_eq!(*seen.entry(word).or_insert(role), role, "{word}");
                }
            }
        }
    }

    #[test]
    fn roles_are_known_in_several_languages() {
        assert_eq!(role(&fold("MODERADORA")), Some(Role::Moderator));
        assert_eq!(role(&fold("Enquêtrice")), Some(Role::Moderator));
        assert_eq!(role(&fold("Interviewe")), Some(Role::Participant));
        assert_eq!(role(&fold("observador")), Some(Role::Observer));
        assert_eq!(role("ana"), None);
        assert!(is_field(&fold("Tagesordnungspunkt 3")));
        assert!(!is_field(&fold("Fecha de Ana")));
    }
}
