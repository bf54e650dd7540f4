//! Every sentence a person reads, in English and Spanish.
//!
//! One text file per area, each entry with its key and both languages side by side, so that none can be
//! forgotten; `area` says how such a file is written. A gap is `{name}`; `{name|unit|units}` is the first
//! wording where the argument is 1 and the second otherwise, and a wording may have gaps of its own.
//! Machine formats, file names, columns and keys are never translated; help is English.

mod area;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::domain::message::Message;

use self::area::Entry;

/// The areas; a new one is added here.
#[rustfmt::skip] // one a line, so that two additions do not meet
const AREAS: &[(&str, &str)] = &[
    ("accuracy", include_str!("accuracy.txt")),
    ("agreement", include_str!("agreement.txt")),
    ("boundaries", include_str!("boundaries.txt")),
    ("captions", include_str!("captions.txt")),
    ("change", include_str!("change.txt")),
    ("cite", include_str!("cite.txt")),
    ("claims", include_str!("claims.txt")),
    ("code", include_str!("code.txt")),
    ("codebook", include_str!("codebook.txt")),
    ("coders", include_str!("coders.txt")),
    ("codings", include_str!("codings.txt")),
    ("commands", include_str!("commands.txt")),
    ("comparing", include_str!("comparing.txt")),
    ("concepts", include_str!("concepts.txt")),
    ("concordance", include_str!("concordance.txt")),
    ("cooccur", include_str!("cooccur.txt")),
    ("cuts", include_str!("cuts.txt")),
    ("demo", include_str!("demo.txt")),
    ("discrepancies", include_str!("discrepancies.txt")),
    ("display", include_str!("display.txt")),
    ("documents", include_str!("documents.txt")),
    ("files", include_str!("files.txt")),
    ("find", include_str!("find.txt")),
    ("general", include_str!("general.txt")),
    ("guide", include_str!("guide.txt")),
    ("id", include_str!("id.txt")),
    ("import", include_str!("import.txt")),
    ("matrix", include_str!("matrix.txt")),
    ("output", include_str!("output.txt")),
    ("pack", include_str!("pack.txt")),
    ("page", include_str!("page.txt")),
    ("picks", include_str!("picks.txt")),
    ("picture", include_str!("picture.txt")),
    ("preview", include_str!("preview.txt")),
    ("provenance", include_str!("provenance.txt")),
    ("quotes", include_str!("quotes.txt")),
    ("report", include_str!("report.txt")),
    ("resolve", include_str!("resolve.txt")),
    ("saturation", include_str!("saturation.txt")),
    ("sheet", include_str!("sheet.txt")),
    ("store", include_str!("store.txt")),
    ("study", include_str!("study.txt")),
    ("summaries", include_str!("summaries.txt")),
    ("talk", include_str!("talk.txt")),
    ("usage", include_str!("usage.txt")),
    ("where", include_str!("where.txt")),
    ("words", include_str!("words.txt")),
];

/// A language in which people are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The language's tag: `en` or `es`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of a tag or locale such as `es_ES.UTF-8`, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary =
            tag.split(['_', '-', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "en" => Some(Self::English),
            "es" => Some(Self::Spanish),
            _ => None,
        }
    }
}

/// Every sentence of every area: its key, in English, in Spanish.
pub fn sentences() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    static SENTENCES: OnceLock<Vec<Entry>> = OnceLock::new();
    let all = SENTENCES.get_or_init(|| {
        // A test reads every area, so that none is left out here.
        AREAS.iter().filter_map(|(_, text)| area::parse(text).ok()).flatten().collect()
    });
    all.iter().map(|(key, english, spanish)| (*key, english.as_ref(), spanish.as_ref()))
}

fn table() -> &'static BTreeMap<&'static str, (&'static str, &'static str)> {
    static TABLE: OnceLock<BTreeMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| sentences().map(|(key, en, es)| (key, (en, es))).collect())
}

/// Says a message in a language.
///
/// A key that is in no area is shown as it is; a test keeps that from happening.
#[must_use]
pub fn say(message: &Message, language: Language) -> String {
    let Some((english, spanish)) = table().get(message.key) else { return message.key.to_owned() };
    let template = match language {
        Language::English => english,
        Language::Spanish => spanish,
    };
    fill(template, &message.arguments)
}

/// Says a sentence without gaps.
#[must_use]
pub fn word(key: &'static str, language: Language) -> String {
    say(&Message::new(key), language)
}

/// The names of the gaps of a sentence, those inside wordings that depend on a number too.
#[must_use]
pub fn gaps(template: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut rest = template;
    while let Some((_, gap, after)) = next_gap(rest) {
        let mut parts = alternatives(gap);
        names.extend(parts.next());
        names.extend(parts.flat_map(gaps));
        rest = after;
    }
    names
}

fn fill(template: &str, arguments: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, gap, after)) = next_gap(rest) {
        out.push_str(before);
        let mut parts = alternatives(gap);
        let name = parts.next().unwrap_or_default();
        let value =
            arguments.iter().find(|(argument, _)| *argument == name).map_or("", |(_, value)| value);
        match (parts.next(), parts.next()) {
            (Some(one), Some(many)) => {
                out.push_str(&fill(if value == "1" { one } else { many }, arguments));
            }
            _ => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the next gap, the gap without its braces, and what follows it.
fn next_gap(template: &str) -> Option<(&str, &str, &str)> {
    let open = template.find('{')?;
    let mut depth = 0_usize;
    for (at, c) in template.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&template[..open], &template[open + 1..at], &template[at + 1..]));
        }
    }
    None
}

/// The parts of a gap between its bars; a bar inside an inner gap parts nothing here.
fn alternatives(gap: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    gap.split(move |c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '|' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_is_read_to_its_end() {
        for (name, text) in AREAS {
            assert!(
                area::parse(text).is_ok_and(|it| !it.is_empty()),
                "{name}: {:?}",
                area::parse(text)
            );
        }
    }

    #[test]
    fn every_sentence_is_there_once_in_both_languages_with_the_same_gaps() {
        let mut keys = BTreeSet::new();
        for (key, english, spanish) in sentences() {
            assert!(keys.insert(key), "{key} is there twice");
            assert!(!english.is_empty() && !spanish.is_empty(), "{key} is empty in a language");
            assert_eq!(gaps(english), gaps(spanish), "{key} has other gaps in Spanish");
        }
    }

    #[test]
    fn every_gap_is_closed_and_names_an_argument() {
        for (key, english, spanish) in sentences() {
            for sentence in [english, spanish] {
                let filled = fill(sentence, &[]);
                assert!(!filled.contains(['{', '}']), "{key}: {filled}");
                let named = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                assert!(gaps(sentence).into_iter().all(named), "{key}: {:?}", gaps(sentence));
            }
        }
    }

    #[test]
    fn gaps_are_filled_and_words_agree_with_their_number() {
        let arguments = [("n", "1".to_owned())];
        assert_eq!(fill("{n} {n|unit|units} of {x}.", &arguments), "1 unit of .");
        let arguments = [("n", "2".to_owned()), ("x", "A".to_owned())];
        assert_eq!(fill("{n} {n|unit|units} of {x}.", &arguments), "2 units of A.");
    }

    #[test]
    fn a_wording_that_depends_on_a_number_may_hold_gaps() {
        let sentence = "{n|the only cut|all {n} {x|cut|cuts}} of {y}";
        let arguments = [("n", "3".to_owned()), ("x", "1".to_owned()), ("y", "A".to_owned())];
        assert_eq!(fill(sentence, &arguments), "all 3 cut of A");
        assert_eq!(gaps(sentence), BTreeSet::from(["n", "x", "y"]));
    }
}
