//! Every sentence a person reads, in English and Spanish.
//!
//! One file per area, each entry with its key and both languages side by side, so that none can be
//! forgotten. A gap is `{name}`; `{name|unit|units}` is the first word where the argument is 1 and the
//! second otherwise. Machine formats, file names, columns and keys are never translated; help is English.

mod agreement;
mod boundaries;
mod captions;
mod code;
mod codebook;
mod coders;
mod codings;
mod commands;
mod comparing;
mod cuts;
mod demo;
mod discrepancies;
mod documents;
mod files;
mod general;
mod guide;
mod id;
mod import;
mod matrix;
mod output;
mod preview;
mod provenance;
mod quotes;
mod resolve;
mod sheet;
mod store;
mod study;
mod usage;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::domain::message::Message;

/// One sentence: key, English, Spanish.
pub(crate) type Entry = (&'static str, &'static str, &'static str);

/// The areas; a new one is added here.
#[rustfmt::skip] // one a line, so that two additions do not meet
const AREAS: &[&[Entry]] = &[
    cuts::ENTRIES,
    demo::ENTRIES,
    preview::ENTRIES,
    code::ENTRIES,
    coders::ENTRIES,
    codebook::ENTRIES,
    commands::ENTRIES,
    files::ENTRIES,
    general::ENTRIES,
    guide::ENTRIES,
    id::ENTRIES,
    import::ENTRIES,
    matrix::ENTRIES,
    output::ENTRIES,
    resolve::ENTRIES,
    sheet::ENTRIES,
    store::ENTRIES,
    study::ENTRIES,
    usage::ENTRIES,
    agreement::ENTRIES,
    boundaries::ENTRIES,
    captions::ENTRIES,
    codings::ENTRIES,
    comparing::ENTRIES,
    discrepancies::ENTRIES,
    documents::ENTRIES,
    provenance::ENTRIES,
    quotes::ENTRIES,
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

fn table() -> &'static BTreeMap<&'static str, (&'static str, &'static str)> {
    static TABLE: OnceLock<BTreeMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        AREAS.iter().flat_map(|area| area.iter()).map(|(key, en, es)| (*key, (*en, *es))).collect()
    })
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

fn fill(template: &str, arguments: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((gap, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let mut parts = gap.split('|');
        let name = parts.next().unwrap_or_default();
        let value =
            arguments.iter().find(|(argument, _)| *argument == name).map_or("", |(_, value)| value);
        match (parts.next(), parts.next()) {
            (Some(one), Some(many)) => out.push_str(if value == "1" { one } else { many }),
            _ => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn gaps(template: &str) -> BTreeSet<&str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .filter_map(|(gap, _)| gap.split('|').next())
            .collect()
    }

    #[test]
    fn every_sentence_is_there_once_in_both_languages_with_the_same_gaps() {
        let mut keys = BTreeSet::new();
        for (key, english, spanish) in AREAS.iter().flat_map(|area| area.iter()) {
            assert!(keys.insert(key), "{key} is there twice");
            assert!(!english.is_empty() && !spanish.is_empty(), "{key} is empty in a language");
            assert_eq!(gaps(english), gaps(spanish), "{key} has other gaps in Spanish");
        }
    }

    #[test]
    fn gaps_are_filled_and_words_agree_with_their_number() {
        let arguments = [("n", "1".to_owned())];
        assert_eq!(fill("{n} {n|unit|units} of {x}.", &arguments), "1 unit of .");
        let arguments = [("n", "2".to_owned()), ("x", "A".to_owned())];
        assert_eq!(fill("{n} {n|unit|units} of {x}.", &arguments), "2 units of A.");
    }
}
