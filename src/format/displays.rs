//! `displays.yaml`: displays that a team saved, each a name for what `matrix` is asked.

use serde::Deserialize;

use super::yaml::{self, PerLanguage, Text};
use crate::domain::localized::Localized;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// A display that the team saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// The question that it answers.
    pub question: Localized<String>,
    /// Where it comes from.
    pub source: String,
    /// What `matrix` is asked for, word by word.
    pub options: Vec<String>,
    /// Where its name stands.
    pub at: Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    displays: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: Text,
    #[serde(default)]
    question: PerLanguage<String>,
    #[serde(default)]
    source: Text,
    command: Text,
}

/// Reads the displays, in the order of the file.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Saved> {
    let place = |field: &str, nth: usize| {
        let line = yaml::lines_of(bytes, field).get(nth).copied();
        Place { file: file.to_owned(), line, column: Some(field.to_owned()) }
    };
    let rows = match yaml::read::<File>(file, bytes) {
        Ok(file) => file.displays,
        Err(problem) => {
            problems.push(*problem);
            return Vec::new();
        }
    };
    let mut saved: Vec<Saved> = Vec::new();
    for (nth, row) in rows.into_iter().enumerate() {
        let Text(name) = row.name;
        let plain = |it: char| it.is_alphanumeric() || "-_.".contains(it);
        let options = words(&row.command.0).and_then(|words| asked_of_matrix(&words));
        match options {
            _ if name.is_empty() || !name.chars().all(plain) || name == "list" => {
                let at = place("name", nth);
                problems.push(Problem::new(
                    at,
                    msg!("display.name_odd"),
                    msg!("display.name_odd.fix"),
                ));
            }
            None => {
                let at = place("command", nth);
                let what = msg!("display.command_odd", name = name);
                problems.push(Problem::new(at, what, msg!("display.command_odd.fix")));
            }
            Some(options) => {
                let (question, source) = (row.question.0, row.source.0);
                saved.push(Saved { name, question, source, options, at: place("name", nth) });
            }
        }
    }
    saved
}

/// The options of `matrix` in a command, whose name may be left out.
fn asked_of_matrix(words: &[String]) -> Option<Vec<String>> {
    let words = words.strip_prefix(&["themata".to_owned()]).unwrap_or(words);
    let options = words.strip_prefix(&["matrix".to_owned()]).unwrap_or(words);
    let first = options.first();
    first.is_none_or(|it| it.starts_with('-')).then(|| options.to_vec())
}

/// The words of a command as a shell parts them; nothing where a quotation mark stays open.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted: Option<char> = None;
    let mut rest = command.chars();
    while let Some(it) = rest.next() {
        match (quoted, it) {
            (Some(mark), it) if it == mark => quoted = None,
            (None, '\'' | '"') => {
                quoted = Some(it);
                word.get_or_insert_default();
            }
            (None, it) if it.is_whitespace() => words.extend(word.take()),
            (None | Some('"'), '\\') => word.get_or_insert_default().push(rest.next()?),
            (_, it) => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    quoted.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_parted_as_a_shell_does() {
        let parted = words(r#"matrix --where 'a="b c"' --rows "case" x\ y"#).unwrap();
        assert_eq!(parted, ["matrix", "--where", "a=\"b c\"", "--rows", "case", "x y"]);
        assert_eq!(words("--where 'a"), None);
        assert_eq!(asked_of_matrix(&["talk".to_owned()]), None);
    }
}
