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

/// The language that a text is clearly in, by how many of its folded words are words without a theme of
/// that language alone; `None` where that is not clear, or it is none of ours.
pub fn clearly<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<&'static Talk> {
    let mut all = 0_u32;
    let mut own = vec![0_u32; TALKS.len()];
    for word in words {
        all += 1;
        let mut holds = (0..).zip(TALKS).filter(|(_, it)| it.empty_words().contains(word));
        if let (Some((at, _)), None) = (holds.next(), holds.next())
            && let Some(count) = own.get_mut(at)
        {
            *count += 1;
        }
    }
    let most = own.iter().copied().max()?;
    let others: u32 = own.iter().sum::<u32>() - most;
    let clear = most >= 20 && most * 5 >= all && most >= 4 * others;
    let at = own.iter().position(|count| *count == most).filter(|_| clear)?;
    TALKS.get(at).copied()
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

    #[test]
    fn a_text_shows_its_language_if_it_is_long_enough() {
        let english = "well I think that we should have been there when they came ".repeat(3);
        let spanish =
            "pues yo creo que nosotros tendríamos que haber ido cuando vinieron ".repeat(3);
        let told = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(fold).collect();
            clearly(words.iter().map(String::as_str)).map(|it| it.tag)
        };
        assert_eq!(told(&english), Some("en"));
        assert_eq!(told(&spanish), Some("es"));
        assert_eq!(told("well"), None);
        assert_eq!(told(&format!("{english}{spanish}")), None);
    }
}
