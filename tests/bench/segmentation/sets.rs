//! Conversations whose boundaries people marked, one JSON object a line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use themata::domain::participant::Role;
use themata::language;
use themata::unitize::theme::{Turn, guess_leader};
use themata::unitize::words;

/// Where the sets lie, if they are there.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/segmentation");
    folder.join("qmsum.val.jsonl").is_file().then_some(folder)
}

/// One conversation.
pub(crate) struct Conversation {
    pub(crate) language: String,
    pub(crate) texts: Vec<String>,
    speakers: Vec<usize>,
    leader: Option<usize>,
    /// A unit begins at each of these turns; the first one is not listed.
    pub(crate) boundaries: Vec<usize>,
    /// First and last turn of each stretch that answers a question, as people marked it.
    pub(crate) answers: Vec<(usize, usize)>,
    pub(crate) lengths: Vec<u32>,
}

impl Conversation {
    /// From a JSON object.
    fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let turns = value["turns"].as_array().unwrap();
        let text = |turn: &Value, key: &str| turn[key].as_str().unwrap_or_default().to_owned();
        let texts: Vec<String> = turns.iter().map(|turn| text(turn, "text")).collect();
        let labels: Vec<String> = turns.iter().map(|turn| text(turn, "speaker")).collect();
        let number = |it: &Value| it.as_u64().unwrap() as usize;
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for label in &labels {
            let next = numbers.len();
            numbers.entry(label).or_insert(next);
        }
        let speakers: Vec<usize> = labels.iter().map(|label| numbers[label.as_str()]).collect();
        let named: Vec<usize> =
            numbers.iter().filter(|(label, _)| names_a_leader(label)).map(|it| *it.1).collect();
        let mut conversation = Self {
            language: text(&value, "lang"),
            lengths: texts.iter().map(|text| words::count(text)).collect(),
            texts,
            speakers,
            leader: None,
            boundaries: list("boundaries").iter().map(number).collect(),
            answers: list("query_spans")
                .iter()
                .map(|it| (number(&it[0]), number(&it[1])))
                .collect(),
        };
        conversation.leader = conversation.find_leader(&named);
        conversation
    }

    /// Of those who are named so, the one who asks most; else the one who asks most of three or more.
    fn find_leader(&self, named: &[usize]) -> Option<usize> {
        let turns = self.turns();
        if named.is_empty() {
            return guess_leader(&turns);
        }
        let asked = |who: usize| {
            let asks = |turn: &&Turn<'_>| turn.speaker == who && turn.texts[0].contains('?');
            turns.iter().filter(asks).count()
        };
        named.iter().copied().max_by_key(|who| asked(*who))
    }

    /// What the method sees of it.
    pub(crate) fn turns(&self) -> Vec<Turn<'_>> {
        let turn = |at: usize| Turn {
            texts: vec![self.texts[at].as_str()],
            speaker: self.speakers[at],
            leads: self.leader == Some(self.speakers[at]),
            words: self.lengths[at],
            ..Turn::default()
        };
        (0..self.texts.len()).map(turn).collect()
    }

    /// Words of all turns.
    pub(crate) fn words(&self) -> u64 {
        self.lengths.iter().map(|it| u64::from(*it)).sum()
    }
}

fn names_a_leader(label: &str) -> bool {
    let folded = language::fold(label);
    let moderates = |word: &str| language::role(word) == Some(Role::Moderator);
    folded == "project manager" || folded.split(|it: char| !it.is_alphabetic()).any(moderates)
}

/// Reads a set.
pub(crate) fn read(name: &str) -> Vec<Conversation> {
    let file = folder().unwrap().join(format!("{name}.jsonl"));
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(Conversation::read).collect()
}
