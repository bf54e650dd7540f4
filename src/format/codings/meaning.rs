//! What the different cells of a file mean: which are no answer, which codes stand in the others, which are one.
//!
//! A million cells hold a few different texts. Each is looked at once, together with how often it occurs, and what
//! is assumed of it is told.

use std::collections::BTreeMap;

use super::missing::{is_doubtful, is_placeholder};
use super::parting::Parting;
use super::spelling::{self, Spellings, key};
use super::texts::{Text, Texts};
use super::units::natural;
use super::{Reading, dates};
use crate::domain::message::Message;
use crate::escape::csv::unguard;
use crate::msg;

/// What a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing stands there.
    Blank,
    /// A sign for no answer.
    Missing,
    /// An answer, by its place in [`Meanings::answers`].
    Answer(u32),
    /// `none` beside a code.
    Both,
}

/// What the cells of a file mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Meanings {
    /// By the number of a text less 1.
    pub(super) of: Vec<Meaning>,
    /// Codes in order, each sorted; none of them where nothing applies.
    pub(super) answers: Vec<Vec<u32>>,
    /// The codes, as they are declared or in the order in which people count.
    pub(super) codes: Vec<String>,
    /// How many cells are blank.
    pub(super) blank: u64,
    /// Codes that a spreadsheet made a day of.
    pub(super) days: Vec<String>,
    /// Codes that nobody declared.
    pub(super) undeclared: Vec<String>,
    /// What is assumed.
    pub(super) said: Vec<Message>,
}

/// A text before its codes have numbers.
enum Sense {
    Blank,
    Missing,
    Keys { keys: Vec<String>, none: bool },
}

/// Looks at the texts of a file, each with how many cells hold it.
struct Looking<'a> {
    reading: &'a Reading,
    cells: Vec<(&'a str, u64)>,
    /// Keys of declared answers.
    declared: BTreeMap<String, usize>,
    /// Keys of what the caller says is missing.
    missing: Vec<String>,
    has_none: bool,
    has_plus: bool,
}

impl Meanings {
    /// What these texts mean; `counts` says how many cells hold each, by its number less 1.
    pub(super) fn of(texts: &Texts, counts: &[u64], reading: &Reading) -> Self {
        let counts = whole_counts(texts, counts);
        let looking = Looking::new(texts, &counts, reading);
        let mut meanings = Self::default();
        let used =
            |it: &&(&str, u64)| it.1 > 0 && looking.is_answer(it.0) && !looking.is_declared(it.0);
        let parting = match &reading.separator {
            Some(mark) => Parting::by(mark),
            None => Parting::of(looking.cells.iter().filter(used).map(|it| it.0)),
        };
        let mut spellings = Spellings::default();
        let mut missing: BTreeMap<&str, u64> = BTreeMap::new();
        let mut senses = Vec::with_capacity(looking.cells.len());
        for (text, times) in &looking.cells {
            let sense = looking.sense(text, &parting, &mut spellings, *times);
            match &sense {
                Sense::Blank => meanings.blank += times,
                Sense::Missing if *times > 0 => *missing.entry(text).or_default() += times,
                _ => {}
            }
            senses.push(sense);
        }
        let numbers = meanings.number(&looking, &senses, &spellings);
        meanings.answers(texts, &senses, &numbers);
        meanings.find_days(&looking);
        meanings.say(&looking, &parting, &spellings, &missing);
        meanings
    }

    /// Puts the codes in order and numbers them.
    fn number(
        &mut self,
        looking: &Looking<'_>,
        senses: &[Sense],
        spellings: &Spellings,
    ) -> BTreeMap<String, u32> {
        let mut used: BTreeMap<&String, u64> = BTreeMap::new();
        for (sense, (_, times)) in senses.iter().zip(&looking.cells) {
            if let Sense::Keys { keys, .. } = sense {
                keys.iter().for_each(|key| *used.entry(key).or_default() += times);
            }
        }
        let name = |key: &String| spellings.best(key).unwrap_or(key).to_owned();
        let mut named: Vec<(&String, String)> = used
            .iter()
            .filter(|(key, times)| **times > 0 && !looking.declared.contains_key(**key))
            .map(|(key, _)| (*key, name(key)))
            .collect();
        named.sort_by(|one, other| natural(one.1.as_bytes(), other.1.as_bytes()));
        let mut numbers = BTreeMap::new();
        if let Some(declared) = &looking.reading.categories {
            for code in declared.iter().filter(|it| key(it) != "none") {
                numbers.insert(key(code), self.codes.len() as u32);
                self.codes.push(code.clone());
            }
            self.undeclared = named.iter().map(|(_, name)| name.clone()).collect();
        }
        for (key, name) in named {
            numbers.insert(key.clone(), self.codes.len() as u32);
            self.codes.push(name);
        }
        numbers
    }

    /// Makes answers of the senses.
    fn answers(&mut self, texts: &Texts, senses: &[Sense], numbers: &BTreeMap<String, u32>) {
        let mut places: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells = senses.iter();
        for text in texts.list() {
            let meaning = match text {
                Text::Cell(_) => match cells.next() {
                    None | Some(Sense::Blank) => Meaning::Blank,
                    Some(Sense::Missing) => Meaning::Missing,
                    Some(Sense::Keys { keys, none: true }) if !keys.is_empty() => Meaning::Both,
                    Some(Sense::Keys { keys, .. }) => {
                        let codes: Vec<u32> =
                            keys.iter().filter_map(|key| numbers.get(key).copied()).collect();
                        // Codes that no cell holds that is read have no numbers.
                        if codes.is_empty() && !keys.is_empty() {
                            Meaning::Blank
                        } else {
                            Meaning::Answer(self.place(codes, &mut places))
                        }
                    }
                },
                Text::Both(one, other) => self.together(*one, *other, &mut places),
            };
            self.of.push(meaning);
        }
    }

    fn place(&mut self, mut codes: Vec<u32>, places: &mut BTreeMap<Vec<u32>, u32>) -> u32 {
        codes.sort_unstable();
        codes.dedup();
        let next = self.answers.len() as u32;
        let place = *places.entry(codes.clone()).or_insert(next);
        if place == next {
            self.answers.push(codes);
        }
        place
    }

    fn together(&mut self, one: u32, other: u32, places: &mut BTreeMap<Vec<u32>, u32>) -> Meaning {
        let of = |number: u32| self.of.get(number as usize - 1).copied().unwrap_or(Meaning::Blank);
        match (of(one), of(other)) {
            (Meaning::Both, _) | (_, Meaning::Both) => Meaning::Both,
            (Meaning::Answer(one), Meaning::Answer(other)) => {
                let codes =
                    |place: u32| self.answers.get(place as usize).cloned().unwrap_or_default();
                let (one, other) = (codes(one), codes(other));
                if one.is_empty() != other.is_empty() {
                    return Meaning::Both;
                }
                Meaning::Answer(self.place([one, other].concat(), places))
            }
            (answer @ Meaning::Answer(_), _) | (_, answer @ Meaning::Answer(_)) => answer,
            (Meaning::Missing, _) | (_, Meaning::Missing) => Meaning::Missing,
            (Meaning::Blank, Meaning::Blank) => Meaning::Blank,
        }
    }

    /// Finds codes that are days among codes that are none.
    fn find_days(&mut self, looking: &Looking<'_>) {
        if !looking.declared.is_empty() {
            return;
        }
        let days = self.codes.iter().filter(|it| dates::is_day(it));
        let (days, all) = (days.cloned().collect::<Vec<_>>(), self.codes.len());
        if !days.is_empty() && days.len() < all {
            self.days = days;
        } else if self.codes.iter().any(|it| dates::is_like_a_day(it)) {
            self.days = self.codes.iter().filter(|it| dates::is_serial(it)).cloned().collect();
        }
    }

    fn say(
        &mut self,
        looking: &Looking<'_>,
        parting: &Parting,
        spellings: &Spellings,
        missing: &BTreeMap<&str, u64>,
    ) {
        if !missing.is_empty() {
            let n: u64 = missing.values().sum();
            let list: Vec<String> =
                missing.iter().map(|(text, n)| format!("`{text}` ({n})")).collect();
            self.said.push(msg!("codings.said.missing", n = n, list = list.join(", ")));
        }
        let unheld: Vec<String> = looking
            .reading
            .missing
            .iter()
            .filter(|it| !looking.holds(it))
            .map(|it| format!("`{it}`"))
            .collect();
        if !unheld.is_empty() {
            self.said.push(msg!("codings.said.no_such_missing", list = unheld.join(", ")));
        }
        let joined = spellings.joined();
        if !joined.is_empty() {
            let n = joined.len();
            self.said.push(msg!(
                "codings.said.spellings",
                n = n,
                list = shortened(&joined, 10).join("; ")
            ));
        }
        if looking.declared.is_empty() {
            let names: Vec<(String, u64)> =
                self.codes.iter().map(|it| (it.clone(), spellings.times(it))).collect();
            let alike = spelling::alike(&names);
            if !alike.is_empty() {
                let list = shortened(&alike, 10).join("; ");
                self.said.push(msg!("codings.said.alike", list = list));
            }
        }
        let marks = parting.marks();
        if !marks.is_empty() {
            self.said.push(msg!("codings.said.parted", marks = marks.join(", ")));
        }
        if parting.commas {
            self.said.push(msg!("codings.said.commas"));
        }
        if let Some(list) = looking.odd_numbers(&self.codes) {
            let options = list.join(",");
            let options =
                if options.contains([' ', '\'']) { format!("\"{options}\"") } else { options };
            self.said.push(msg!(
                "codings.said.odd_numbers",
                list = list.join(", "),
                options = options
            ));
        }
    }
}

/// How many cells hold each cell text, those of rows taken together counted for each.
fn whole_counts(texts: &Texts, counts: &[u64]) -> Vec<u64> {
    let mut whole = counts.to_vec();
    whole.resize(texts.len(), 0);
    for (at, text) in texts.list().iter().enumerate().rev() {
        if let Text::Both(one, other) = text {
            let times = whole.get(at).copied().unwrap_or(0);
            for part in [one, other] {
                if let Some(count) = whole.get_mut(*part as usize - 1) {
                    *count += times;
                }
            }
        }
    }
    let cells = texts.list().iter().zip(whole).filter(|(text, _)| matches!(text, Text::Cell(_)));
    cells.map(|(_, times)| times).collect()
}

/// The first of a list, and how many more there are.
pub(super) fn shortened(list: &[String], most: usize) -> Vec<String> {
    let mut short: Vec<String> = list.iter().take(most).cloned().collect();
    if list.len() > most {
        short.push(format!("… (+{})", list.len() - most));
    }
    short
}

impl<'a> Looking<'a> {
    fn new(texts: &'a Texts, counts: &[u64], reading: &'a Reading) -> Self {
        let cells: Vec<(&str, u64)> =
            texts.cells().map(unguard).zip(counts.iter().copied()).collect();
        let used = || cells.iter().filter(|(_, times)| *times > 0).map(|(text, _)| *text);
        let has_none = used().any(|it| it != "None" && key(it) == "none");
        let has_plus = used().any(|it| it == "+");
        let declared =
            reading.categories.iter().flatten().zip(0..).map(|(it, at)| (key(it), at)).collect();
        let missing = reading.missing.iter().map(|it| key(it)).collect();
        Self { reading, declared, missing, has_none, has_plus, cells }
    }

    fn is_declared(&self, text: &str) -> bool {
        !self.declared.is_empty() && self.declared.contains_key(&key(text))
    }

    fn holds(&self, missing: &str) -> bool {
        let wanted = key(missing);
        self.cells.iter().any(|(text, times)| *times > 0 && key(text) == wanted)
    }

    /// Whether something stands in a cell that is no sign for nothing.
    fn is_answer(&self, text: &str) -> bool {
        !text.is_empty() && !self.is_missing(text)
    }

    fn is_missing(&self, text: &str) -> bool {
        if self.missing.contains(&key(text)) {
            return true;
        }
        if self.is_declared(text) {
            return false;
        }
        match text {
            // What Python writes for no value; beside a `none` it is one.
            "None" => !self.has_none,
            // The other of `+`.
            "-" | "–" | "−" => !self.has_plus,
            _ => is_placeholder(text),
        }
    }

    fn sense(&self, text: &str, parting: &Parting, spellings: &mut Spellings, times: u64) -> Sense {
        if text.trim().is_empty() {
            return Sense::Blank;
        }
        if self.is_missing(text) {
            return Sense::Missing;
        }
        let parts =
            if self.is_declared(text) { vec![text.trim().to_owned()] } else { parting.parts(text) };
        let (mut keys, mut none) = (Vec::with_capacity(parts.len()), false);
        for part in &parts {
            let part = unguard(part);
            let of_part = key(part);
            if times > 0 {
                spellings.add(part, times);
            }
            if of_part == "none" { none = true } else { keys.push(of_part) }
        }
        if parts.is_empty() { Sense::Blank } else { Sense::Keys { keys, none } }
    }

    /// Numbers such as 99 and -9 that stand apart from all others, and words such as `unclear`: people write them for
    /// no answer.
    fn odd_numbers(&self, codes: &[String]) -> Option<Vec<String>> {
        const ODD: [&str; 12] =
            ["99", "999", "9999", "98", "998", "-9", "-99", "-999", "-1", "-98", "-88", "88"];
        if !self.declared.is_empty() {
            return None;
        }
        let value = |it: &String| key(it).parse::<i64>().ok();
        let (odd, rest): (Vec<&String>, Vec<&String>) =
            codes.iter().partition(|it| ODD.contains(&key(it).as_str()));
        // Beside words such a number stands apart whatever it is.
        let most = rest.iter().filter_map(|it| value(it)).max().unwrap_or(0);
        let apart = |it: &&String| value(it).is_some_and(|it| it < 0 || it > most * 5 + 20);
        let least = rest.iter().filter_map(|it| value(it)).min().unwrap_or(0);
        let numbers = odd.into_iter().filter(apart).filter(|_| least >= 0);
        let words = rest.iter().copied().filter(|it| is_doubtful(it));
        let odd: Vec<String> = numbers.chain(words).cloned().collect();
        (!odd.is_empty()).then_some(odd)
    }
}
