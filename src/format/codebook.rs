//! `codebook.yaml`: dimensions, codes and their wording.

mod hashes;
mod write;

pub use hashes::{digest, sha256, text_digest, text_sha256, version};
pub use write::write;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::yaml::{self, Label, PerLanguage, Text, Texts};
use crate::domain::codebook::{Code, Codebook, Dimension, ORDERED, Select, Wording};
use crate::domain::id::IdError;
use crate::domain::localized::Localized;
use crate::domain::problem::{Place, Problem};
use crate::msg;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookFile {
    #[serde(default)]
    title: PerLanguage<Text>,
    #[serde(default)]
    version: Label,
    #[serde(default)]
    unit: PerLanguage<Text>,
    #[serde(default)]
    dimensions: Option<Vec<DimensionEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionEntry {
    id: Text,
    #[serde(default)]
    name: PerLanguage<Text>,
    #[serde(default)]
    select: Text,
    #[serde(default)]
    scale: Text,
    #[serde(default)]
    replaces: Texts,
    #[serde(default)]
    brief: PerLanguage<Text>,
    #[serde(default)]
    definition: PerLanguage<Text>,
    #[serde(default)]
    use_when: PerLanguage<Text>,
    #[serde(default)]
    not_when: PerLanguage<Text>,
    #[serde(default)]
    examples: PerLanguage<Texts>,
    #[serde(default)]
    color: Text,
    #[serde(default)]
    codes: Option<Vec<CodeEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeEntry {
    id: Text,
    #[serde(default)]
    name: PerLanguage<Text>,
    #[serde(default)]
    brief: PerLanguage<Text>,
    #[serde(default)]
    definition: PerLanguage<Text>,
    #[serde(default)]
    use_when: PerLanguage<Text>,
    #[serde(default)]
    not_when: PerLanguage<Text>,
    #[serde(default)]
    examples: PerLanguage<Texts>,
    #[serde(default)]
    replaces: Texts,
    #[serde(default)]
    merged_from: Texts,
    #[serde(default)]
    keywords: Texts,
    #[serde(default)]
    codes: Option<Vec<CodeEntry>>,
}

/// Whether a file has lines of comment, or comments behind what it says.
#[must_use]
pub fn has_comments(bytes: &[u8]) -> bool {
    let comment = |line: &str| {
        let inner = line.trim_start();
        // Behind a text in quotation marks or a plain word; within one it would be a colour or a hashtag.
        let behind = inner.rsplit_once(" #").is_some_and(|(said, _)| {
            said.matches('"').count() % 2 == 0 && said.matches('\'').count() % 2 == 0
        });
        inner.starts_with('#') || behind
    };
    String::from_utf8_lossy(bytes).lines().any(comment)
}

/// Reads a codebook. A codebook with any problem in its structure is not given out.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Codebook> {
    let read = match yaml::read::<CodebookFile>(file, bytes) {
        Ok(read) => read,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let mut reader =
        Reader { file, lines: IdLines::of(bytes), seen: BTreeMap::new(), problems: Vec::new() };
    let codebook = Codebook {
        title: text(read.title),
        version: read.version.0,
        unit: text(read.unit),
        dimensions: read
            .dimensions
            .unwrap_or_default()
            .into_iter()
            .filter_map(|it| reader.dimension(it))
            .collect(),
    };
    let sound = reader.problems.is_empty();
    problems.append(&mut reader.problems);
    sound.then_some(codebook)
}

fn text(value: PerLanguage<Text>) -> Localized<String> {
    match value.0 {
        Localized::Plain(Text(text)) => Localized::Plain(text),
        Localized::ByLanguage(texts) => Localized::ByLanguage(
            texts.into_iter().map(|(language, Text(text))| (language, text)).collect(),
        ),
    }
}

fn texts(value: PerLanguage<Texts>) -> Localized<Vec<String>> {
    match value.0 {
        Localized::Plain(Texts(list)) => Localized::Plain(list),
        Localized::ByLanguage(lists) => Localized::ByLanguage(
            lists.into_iter().map(|(language, Texts(list))| (language, list)).collect(),
        ),
    }
}

/// The lines on which ids stand, in order; the YAML reader does not keep them.
#[derive(Debug)]
pub struct IdLines(BTreeMap<String, Vec<u64>>);

impl IdLines {
    /// The lines of a codebook file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut lines: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (number, line) in (1..).zip(String::from_utf8_lossy(bytes).lines()) {
            // In `[{id: a}, {id: b}]` a line has several; in a sentence `id:` is a word.
            let is_key = |before: &str| {
                before.trim_start_matches([' ', '-']).is_empty()
                    || before.trim_end().ends_with(['{', ','])
            };
            let line = line.replace(['"', '\''], "");
            for (at, key) in line.match_indices("id:") {
                let (before, value) = line.split_at(at);
                if !is_key(before) {
                    continue;
                }
                let value = value.strip_prefix(key).unwrap_or_default();
                let value = value.split([',', '#', '}']).next().unwrap_or_default();
                let value = value.trim().to_ascii_lowercase();
                lines.entry(value).or_default().push(number);
            }
        }
        Self(lines)
    }

    /// The line of the nth entry with this id, from 0.
    #[must_use]
    pub fn line(&self, id: &str, nth: usize) -> Option<u64> {
        let lines = self.0.get(&id.to_ascii_lowercase())?;
        lines.get(nth).or(lines.last()).copied()
    }
}

struct Reader<'a> {
    file: &'a str,
    lines: IdLines,
    seen: BTreeMap<String, usize>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn place(&self, id: &str, nth: usize) -> Place {
        Place { file: self.file.to_owned(), line: self.lines.line(id, nth), column: None }
    }

    fn id<T: std::str::FromStr<Err = IdError>>(&mut self, Text(id): &Text) -> Option<T> {
        let before = self.seen.entry(id.to_ascii_lowercase()).or_default();
        *before += 1;
        let times = *before;
        match id.parse::<T>() {
            Err(why) => {
                let at = self.place(id, times - 1);
                self.problems.push(Problem::new(at, why.message(), msg!("codebook.id.fix")));
                None
            }
            Ok(_) if times > 1 => {
                let at = self.place(id, times - 1);
                self.problems.push(Problem::new(
                    at,
                    msg!("codebook.twice", id = id),
                    msg!("codebook.twice.fix"),
                ));
                None
            }
            Ok(value) => Some(value),
        }
    }

    fn dimension(&mut self, entry: DimensionEntry) -> Option<Dimension> {
        let id = self.id(&entry.id);
        let select = match entry.select.0.to_ascii_lowercase().as_str() {
            "one" => Select::One,
            "many" => Select::Many,
            _ => {
                let at = self.place(&entry.id.0, 0).column("select");
                self.problems.push(Problem::new(
                    at,
                    msg!("codebook.select"),
                    msg!("codebook.select.fix"),
                ));
                Select::Many
            }
        };
        let ordered = self.ordered(&entry.id.0, &entry.scale.0, select);
        let replaces = self.older(&entry.id.0, "replaces", entry.replaces.0);
        let color = entry.color.0;
        let is_color = color.len() == 7
            && color
                .strip_prefix('#')
                .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !color.is_empty() && !is_color {
            let at = self.place(&entry.id.0, 0).column("color");
            self.problems.push(Problem::new(
                at,
                msg!("codebook.color"),
                msg!("codebook.color.fix"),
            ));
        }
        let codes =
            entry.codes.unwrap_or_default().into_iter().filter_map(|it| self.code(it)).collect();
        let wording = Wording {
            name: text(entry.name),
            brief: text(entry.brief),
            definition: text(entry.definition),
            use_when: text(entry.use_when),
            not_when: text(entry.not_when),
            examples: texts(entry.examples),
        };
        Some(Dimension { id: id?, select, ordered, wording, replaces, color, codes })
    }

    /// Whether the codes of a dimension are a scale; only one of a scale can be given.
    fn ordered(&mut self, id: &str, scale: &str, select: Select) -> bool {
        let (what, fix) = match scale.to_ascii_lowercase().as_str() {
            "" => return false,
            ORDERED if select == Select::One => return true,
            ORDERED => (msg!("codebook.scale_of_many"), msg!("codebook.scale_of_many.fix")),
            _ => (msg!("codebook.scale"), msg!("codebook.scale.fix")),
        };
        let at = self.place(id, 0).column("scale");
        self.problems.push(Problem::new(at, what, fix));
        false
    }

    /// Ids of before that stand in a field.
    fn older<T: std::str::FromStr<Err = IdError>>(
        &mut self,
        id: &str,
        field: &str,
        given: Vec<String>,
    ) -> Vec<T> {
        let mut read = Vec::new();
        for old in given {
            match old.parse::<T>() {
                Ok(old) => read.push(old),
                Err(why) => {
                    let at = self.place(id, 0).column(field);
                    self.problems.push(Problem::new(at, why.message(), msg!("codebook.id.fix")));
                }
            }
        }
        read
    }

    fn code(&mut self, entry: CodeEntry) -> Option<Code> {
        let id = self.id(&entry.id);
        let replaces = self.older(&entry.id.0, "replaces", entry.replaces.0);
        let merged_from = self.older(&entry.id.0, "merged_from", entry.merged_from.0);
        let codes =
            entry.codes.unwrap_or_default().into_iter().filter_map(|it| self.code(it)).collect();
        let wording = Wording {
            name: text(entry.name),
            brief: text(entry.brief),
            definition: text(entry.definition),
            use_when: text(entry.use_when),
            not_when: text(entry.not_when),
            examples: texts(entry.examples),
        };
        Some(Code { id: id?, wording, replaces, merged_from, keywords: entry.keywords.0, codes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        read("codebook.yaml", text.as_bytes(), &mut problems);
        problems.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect()
    }

    #[test]
    fn the_default_codebook_reads_and_writing_it_loses_nothing() {
        let bytes = include_bytes!("../../codebook.yaml");
        let mut problems = Vec::new();
        let codebook = read("codebook.yaml", bytes, &mut problems).unwrap();
        assert_eq!(problems, []);
        let ids: Vec<_> = codebook.dimensions.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["leadership", "relationships", "conflict", "outputs", "impact"]);
        assert_eq!(read("codebook.yaml", &write(&codebook), &mut problems), Some(codebook));
    }

    #[test]
    fn faults_are_found_where_they_lie() {
        assert_eq!(
            problems(
                "dimensions:\n  - id: a\n    select: one\n    codes:\n      - id: b\n      - id: A\n      - id: none\n"
            ),
            ["codebook.yaml:6 codebook.twice", "codebook.yaml:7 id.reserved"]
        );
        assert_eq!(
            problems("dimensions:\n  - id: a\n    select: two\n"),
            ["codebook.yaml:2:select codebook.select"]
        );
        assert_eq!(
            problems("dimensions:\n  - id: a\n    definiton: x\n"),
            ["codebook.yaml:3 yaml.unknown_field"]
        );
        assert_eq!(problems("title: {en: a, en: b}\n"), ["codebook.yaml:1 yaml.key_twice"]);
        assert_eq!(problems(&"[".repeat(100_000)), ["codebook.yaml:1 yaml.deep"]);
    }

    #[test]
    fn a_version_does_not_change_with_line_ends() {
        assert_eq!(version(b"a\nb\r\r\n"), version(b"\xef\xbb\xbfa\r\nb\r\r\n"));
        assert_ne!(version(b"a\nb"), version(b"a\r\r\nb"));
        // as `printf 'a\nb\n' | sha256sum` has it
        assert_eq!(version(b"a\nb\n"), "v-911169ddaaf1");
    }
}
