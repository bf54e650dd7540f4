//! Numbers of a manuscript beside what the study says, for a person to compare: never a fault.

use std::sync::LazyLock;

use regex::Regex;

use super::Paragraph;
use super::cited::Names;
use crate::domain::codebook::Code;
use crate::domain::study::Study;

/// What a study can say in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Cases.
    Cases,
    /// Transcripts.
    Transcripts,
    /// Participants who count.
    Participants,
    /// Units that are coded.
    Units,
    /// Coders who count.
    Coders,
    /// Dimensions.
    Dimensions,
    /// Codes.
    Codes,
    /// Words of participants.
    Words,
}

impl Known {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Cases,
        Self::Transcripts,
        Self::Participants,
        Self::Units,
        Self::Coders,
        Self::Dimensions,
        Self::Codes,
        Self::Words,
    ];

    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Transcripts => "transcripts",
            Self::Participants => "participants",
            Self::Units => "units",
            Self::Coders => "coders",
            Self::Dimensions => "dimensions",
            Self::Codes => "codes",
            Self::Words => "words",
        }
    }

    /// How words begin by which a manuscript may mean it, in English and Spanish.
    fn stems(self) -> &'static [&'static str] {
        match self {
            Self::Cases => &["case", "communit", "group", "caso", "comunidad", "grupo"],
            Self::Transcripts => &["transcript", "session", "transcripci", "sesi"],
            Self::Participants => &["participant", "people", "person", "informant", "members"],
            Self::Units => &["unit", "unidad", "segment", "extract"],
            Self::Coders => &["coder", "codificador", "researcher", "investigador"],
            Self::Dimensions => &["dimension", "theme", "dimensi", "tema"],
            Self::Codes => &["code", "código", "codigo", "categor"],
            Self::Words => &["words", "palabras"],
        }
    }

    /// What the study says.
    #[must_use]
    pub fn of(self, study: &Study) -> u64 {
        let count = |all: usize| all as u64;
        match self {
            Self::Cases => count(study.cases.len()),
            Self::Transcripts => count(study.transcripts.len()),
            Self::Participants => {
                let all = study.participants.iter();
                count(all.filter(|it| it.role.counts() && !study.has_withdrawn(&it.id)).count())
            }
            Self::Units => count(study.talk().count()),
            Self::Coders => count(study.counting_coders().count()),
            Self::Dimensions => count(study.codebook().dimensions.len()),
            Self::Codes => study.codebook().dimensions.iter().map(|it| codes(&it.codes)).sum(),
            Self::Words => study.talk().map(|(_, unit)| u64::from(unit.words)).sum(),
        }
    }
}

/// How many codes there are, those beneath others too.
fn codes(all: &[Code]) -> u64 {
    all.iter().map(|it| 1 + codes(&it.codes)).sum()
}

/// A number of a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The line or paragraph of the file.
    pub line: u32,
    /// As it is written.
    pub number: String,
    /// What stands around it in the manuscript.
    pub around: String,
    /// What of the study it may be, with what the study says.
    pub known: Vec<(Known, u64)>,
}

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d+(?:[.,\u{a0}\u{202f}]\d+)*\s?%?").ok());

/// How many characters before and after a number are shown, and read to tell what it may be.
const AROUND: usize = 32;

/// The numbers of a manuscript, in order; those of citations of quotations are none.
#[must_use]
pub fn figures(study: &Study, paragraphs: &[Paragraph]) -> Vec<Figure> {
    let names = Names::of(study);
    let said: Vec<(Known, u64)> =
        Known::ALL.into_iter().map(|known| (known, known.of(study))).collect();
    let mut all = Vec::new();
    for paragraph in paragraphs {
        let citations = names.citations(&paragraph.text);
        let text = paragraph.text.as_str();
        for found in NUMBER.as_ref().into_iter().flat_map(|it| it.find_iter(text)) {
            let is_name =
                text[..found.start()].ends_with(|it: char| it.is_alphabetic() || it == '-');
            let cited = citations.iter().any(|it| it.range.contains(&found.start()));
            if cited || is_name {
                continue;
            }
            all.push(Figure {
                line: paragraph.line,
                number: found.as_str().trim().to_owned(),
                around: around(text, found.range()),
                known: may_be(text, found.range(), found.as_str(), &said),
            });
        }
    }
    all
}

/// What a number may be: by the words behind it, else by its value.
fn may_be(
    text: &str,
    range: std::ops::Range<usize>,
    number: &str,
    said: &[(Known, u64)],
) -> Vec<(Known, u64)> {
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    if year && !number.contains([',', '.']) {
        return Vec::new();
    }
    let behind: String = text[range.end..].chars().take(AROUND).collect::<String>().to_lowercase();
    let named = said.iter().filter(|(known, _)| {
        let mut words = behind.split(|it: char| !it.is_alphanumeric()).take(4);
        words.any(|word| known.stems().iter().any(|stem| word.starts_with(stem)))
    });
    let named: Vec<(Known, u64)> = named.copied().collect();
    if !named.is_empty() {
        return named;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let value: Option<u64> = digits.parse().ok().filter(|_| !number.contains('%'));
    said.iter().filter(|(_, it)| value == Some(*it) && *it > 9).copied().collect()
}

fn around(text: &str, range: std::ops::Range<usize>) -> String {
    let before: Vec<char> = text[..range.start].chars().rev().take(AROUND).collect();
    let after: String = text[range.start..].chars().take(AROUND + range.len()).collect();
    let text: String = before.into_iter().rev().collect();
    format!("{text}{after}").split_whitespace().collect::<Vec<_>>().join(" ")
}
