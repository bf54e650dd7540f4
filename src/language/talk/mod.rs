//! How people talk in a language, as far as it tells where one theme ends and the next begins: words that
//! carry no theme, words and phrases with which somebody moves on, thanks, and word stems.
//!
//! Lists are kept folded, see [`super::fold`]. English and Spanish have all of it; of some other
//! languages only the stems are known; every other language is taken as it is written.

mod en;
mod es;

use std::collections::HashSet;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

/// What is known of one language. All words are folded.
#[derive(Debug)]
pub struct Talk {
    /// Language tag.
    pub tag: &'static str,
    /// Words without a theme: function words, verbs of every sentence, numbers, fillers of speech.
    pub empty: &'static [&'static str],
    /// First words of a turn that opens something new or sums up.
    pub openers: &'static [&'static str],
    /// Phrases with which somebody moves on; a word that ends in `*` stands for all that begin so.
    pub moves: &'static [&'static str],
    /// Words that thank.
    pub thanks: &'static [&'static str],
}

/// The languages with words of their own.
pub const TALKS: &[&Talk] = &[&en::TALK, &es::TALK];

/// What is known of the language of a tag such as `es` or `es-MX`.
#[must_use]
pub fn talk(tag: &str) -> Option<&'static Talk> {
    let primary = primary(tag);
    TALKS.iter().find(|it| it.tag == primary).copied()
}

/// The part of a tag that names the language, in small letters.
#[must_use]
pub fn primary(tag: &str) -> String {
    tag.split(['-', '_', '.', '@']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Makes stems of words in one language, after Porter (2001), Snowball.
#[must_use]
pub fn stemmer(tag: &str) -> Option<Stemmer> {
    let algorithm = match primary(tag).as_str() {
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fr" => Algorithm::French,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

impl Talk {
    /// The words without a theme, for looking up.
    pub fn empty_words(&self) -> &'static HashSet<&'static str> {
        static SETS: OnceLock<Vec<HashSet<&'static str>>> = OnceLock::new();
        static NONE: OnceLock<HashSet<&'static str>> = OnceLock::new();
        let sets = SETS
            .get_or_init(|| TALKS.iter().map(|it| it.empty.iter().copied().collect()).collect());
        let at = TALKS.iter().position(|it| it.tag == self.tag);
        at.and_then(|at| sets.get(at)).unwrap_or_else(|| NONE.get_or_init(HashSet::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn every_list_is_kept_folded_and_names_a_word_once() {
        for talk in TALKS {
            for list in [talk.empty, talk.openers, talk.moves, talk.thanks] {
                let mut seen = HashSet::new();
                for word in list {
                    assert_eq!(fold(word), **word, "in {}", talk.tag);
                    assert!(seen.insert(word), "{word} stands twice in {}", talk.tag);
                }
            }
        }
    }

    #[test]
    fn tags_are_read_with_their_region() {
        assert_eq!(talk("es-MX").map(|it| it.tag), Some("es"));
        assert_eq!(talk("EN").map(|it| it.tag), Some("en"));
        assert!(talk("").is_none() && talk("nl").is_none());
        assert_eq!(stemmer("fr").unwrap().stem("cuisines"), "cuisin");
        assert!(stemmer("nl").is_none());
    }
}
