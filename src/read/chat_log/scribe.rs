//! Nicks that write down what others say: `<Transcriber> Ada_Poe: Hello`.

use std::collections::{BTreeMap, BTreeSet};

use super::message::Message;
use crate::language;

/// The fewest lines by which a scribe is known.
const FEWEST: u32 = 10;
/// Words before a colon that minutes use, in small letters; no one says them.
const KEYWORDS: &[&str] = &[
    "meeting",
    "topic",
    "subtopic",
    "chair",
    "chairs",
    "scribe",
    "scribenick",
    "agenda",
    "date",
    "present",
    "regrets",
    "guest",
    "guests",
    "previous",
    "next",
    "action",
    "issue",
    "resolution",
    "resolved",
    "proposed",
    "proposal",
    "http",
    "https",
];

/// The nicks that write for others.
#[derive(Debug, Default)]
pub(super) struct Scribes<'a>(BTreeSet<&'a str>);

impl<'a> Scribes<'a> {
    /// Those nearly all of whose messages begin with a name and a colon.
    pub(super) fn find(messages: &[Message<'a>]) -> Self {
        let mut lines: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for message in messages {
            let Some(who) = message.who else { continue };
            let (all, named) = lines.entry(who).or_default();
            *all += 1;
            *named += u32::from(split(&message.said()).is_some());
        }
        let scribes =
            lines.into_iter().filter(|(_, (all, named))| *all >= FEWEST && named * 10 >= all * 8);
        Self(scribes.map(|(who, _)| who).collect())
    }

    /// Who speaks in a message, and what is said.
    pub(super) fn speaker<'t>(
        &self,
        message: &Message<'t>,
        text: &'t str,
    ) -> (Option<&'t str>, &'t str) {
        match message.who {
            Some(who) if self.0.contains(who) => match split(text) {
                Some((name, said)) if !is_keyword(name) => (Some(name), said),
                _ => (None, text),
            },
            who => (who, text),
        }
    }
}

/// A name in one word before a colon, and what was said.
fn split(text: &str) -> Option<(&str, &str)> {
    let (name, said) = text.split_once(": ")?;
    let sound = !name.is_empty() && name.len() <= 100 && !name.contains(char::is_whitespace);
    sound.then(|| (name, said.trim()))
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&language::fold(name).as_str())
}
