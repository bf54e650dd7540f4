//! YAML, with guards for what its readers let through: size, depth, keys that occur twice.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};

use super::table::quotable;
use crate::domain::localized::Localized;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// The largest file that is read, in bytes; a codebook of a thousand codes has a tenth of it.
const LARGEST: usize = 16 << 20;
/// The deepest nesting that is read; a tree of codes needs a dozen.
const DEEPEST: usize = 64;

/// Reads a YAML file into a value.
///
/// # Errors
/// One problem, with the line where the reader stopped.
pub fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, Box<Problem>> {
    let problem = |line: Option<u64>, what, fix| {
        Box::new(Problem::new(Place { file: file.to_owned(), line, column: None }, what, fix))
    };
    if bytes.len() > LARGEST {
        return Err(problem(None, msg!("yaml.large"), msg!("yaml.large.fix")));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(problem(None, msg!("table.not_utf8"), msg!("table.not_utf8.fix")));
    };
    if let Some(line) = too_deep(text) {
        return Err(problem(Some(line), msg!("yaml.deep"), msg!("yaml.deep.fix")));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let said = error.to_string();
        let at = error.location().map(|at| (at.line(), at.column()));
        let twice = at.and_then(|at| line_of_second(text, at, twice(&said)?));
        let line = twice.or(at.map(|(line, _)| line as u64));
        problem(line, reason(&said), msg!("yaml.wrong.fix"))
    })
}

/// The key that the reader says occurs twice.
fn twice(said: &str) -> Option<&str> {
    let behind =
        |words: &str| Some(said.split_once(words)?.1.split('`').next().unwrap_or_default());
    behind("duplicate field `").or_else(|| behind(&format!("{LANGUAGE_TWICE} `")))
}

/// The line on which a key stands for the second time in the mapping that begins at this line and column, from 1, where
/// each key has a line of its own: of a key that occurs twice the reader says only where its mapping begins.
fn line_of_second(text: &str, (line, column): (usize, usize), key: &str) -> Option<u64> {
    let mut found = 0;
    for (number, text) in (1..).zip(text.lines()).skip(line.saturating_sub(1)) {
        let inner = text.trim_start_matches([' ', '-']);
        let indent = text.len() - inner.len() + 1;
        if indent < column && !inner.is_empty() && !inner.starts_with('#') {
            return None;
        }
        found += usize::from(indent == column && is_key(inner, key));
        if found == 2 {
            return Some(number);
        }
    }
    None
}

/// Whether a line, or what is left of one, begins with this key.
fn is_key(text: &str, key: &str) -> bool {
    let text = text.trim_start_matches(['"', '\'']);
    let rest = text.strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'']));
    rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// The lines on which a key stands, in order, one for each time: the reader does not keep them.
#[must_use]
pub fn lines_of(bytes: &[u8], key: &str) -> Vec<u64> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(String::from_utf8_lossy(bytes).lines()) {
        // In `{id: a, name: b}` a line has several keys.
        let keys = line.split(['{', ',']).map(|part| part.trim_start_matches([' ', '-']));
        lines.extend(keys.filter(|part| is_key(part, key)).map(|_| number));
    }
    lines
}

/// What the reader says, in our words and without the place, which is said before. Of the file's own text nothing is
/// quoted but what has the shape of an id, as names of fields have.
fn reason(said: &str) -> Message {
    let said = said.split(" at line ").next().unwrap_or_default();
    // What stands in the first pair of backticks behind these words.
    let named = |words: &str| {
        let text = said.split_once(words)?.1;
        Some(text.split_once('`').map_or(text, |it| it.0))
    };
    let known = || {
        let list = said.split_once("expected ").map_or("", |it| it.1);
        let ticked = list.split('`').skip(1).step_by(2).map(quotable);
        ticked.collect::<Vec<_>>().join(", ")
    };
    if let Some(field) = named("unknown field `") {
        return msg!("yaml.unknown_field", field = quotable(field), known = known());
    }
    if named("unknown variant `").is_some() {
        return msg!("yaml.unknown_value", known = known());
    }
    if let Some(field) = named("missing field `") {
        return msg!("yaml.missing_field", field = quotable(field));
    }
    if let Some(field) = named("duplicate field `") {
        return msg!("yaml.twice", field = quotable(field));
    }
    if said.contains("duplicate entry") || said.contains(LANGUAGE_TWICE) {
        return msg!("yaml.key_twice");
    }
    match () {
        () if said.contains(A_LIST) => msg!("yaml.a_list"),
        () if said.contains(PER_LANGUAGE) => msg!("yaml.per_language"),
        () if said.contains(A_TEXT) => msg!("yaml.a_text"),
        () if said.contains("invalid ") => msg!("yaml.kind"),
        () => msg!("yaml.wrong"),
    }
}

/// What is expected, as the reader is told it; people are told in their language.
const A_TEXT: &str = "a text in quotation marks";
const A_LIST: &str = "a list of texts";
const PER_LANGUAGE: &str = "a text, or one per language";
const LANGUAGE_TWICE: &str = "a language is given twice";

/// The line on which nesting grows too deep, in flow (`[[[`) or by indentation; a scan without parsing.
fn too_deep(text: &str) -> Option<u64> {
    let mut flow = 0_usize;
    let mut indents: Vec<usize> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let inner = line.trim_start_matches([' ', '-']);
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        let indent = line.len() - inner.len();
        while indents.last().is_some_and(|last| *last >= indent) {
            indents.pop();
        }
        indents.push(indent);
        let dashes = line[..indent].bytes().filter(|byte| *byte == b'-').count();
        if flow == 0 && inner.starts_with(['[', '{'])
            || flow > 0
            || inner.contains(": [")
            || inner.contains(": {")
        {
            for byte in inner.bytes() {
                match byte {
                    b'[' | b'{' => flow += 1,
                    b']' | b'}' => flow = flow.saturating_sub(1),
                    _ => {}
                }
                if flow > DEEPEST {
                    return Some(number);
                }
            }
        }
        if indents.len() > DEEPEST || dashes > DEEPEST {
            return Some(number);
        }
    }
    None
}

/// A text as YAML writes it down: a string, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> de::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(A_TEXT)
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.trim().to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A label, which may look like a number or a truth value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label(pub String);

impl<'de> de::Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Label;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(A_TEXT)
            }
            fn visit_str<E>(self, text: &str) -> Result<Label, E> {
                Ok(Label(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Label, E> {
                Ok(Label::default())
            }
            fn visit_bool<E>(self, said: bool) -> Result<Label, E> {
                Ok(Label(said.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Label, E> {
                Ok(Label(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Label, E> {
                Ok(Label(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Label, E> {
                Ok(Label(serde_yaml::Number::from(number).to_string()))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// Several texts: a list, or a single one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl<'de> de::Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(A_LIST)
            }
            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.trim().to_owned()]))
            }
            fn visit_unit<E>(self) -> Result<Texts, E> {
                Ok(Texts::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(Text(text)) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A value given once or once per language; a language that occurs twice is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerLanguage<T>(pub Localized<T>);

impl<T: Default> Default for PerLanguage<T> {
    fn default() -> Self {
        Self(Localized::Plain(T::default()))
    }
}

impl<'de, T: de::Deserialize<'de> + Default> de::Deserialize<'de> for PerLanguage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(std::marker::PhantomData<T>);
        impl<'de, T: de::Deserialize<'de> + Default> Visitor<'de> for Read<T> {
            type Value = PerLanguage<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(PER_LANGUAGE)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text))
                    .map(|it| PerLanguage(Localized::Plain(it)))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(PerLanguage::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::SeqAccessDeserializer::new(list))
                    .map(|it| PerLanguage(Localized::Plain(it)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = BTreeMap::new();
                while let Some((Text(language), value)) = map.next_entry::<Text, T>()? {
                    let twice = language.clone();
                    if values.insert(language, value).is_some() {
                        return Err(de::Error::custom(format!("{LANGUAGE_TWICE} `{twice}`")));
                    }
                }
                if values.is_empty() {
                    return Ok(PerLanguage::default());
                }
                Ok(PerLanguage(Localized::ByLanguage(values)))
            }
        }
        deserializer.deserialize_any(Read(std::marker::PhantomData))
    }
}

/// A text as YAML that no reader takes for anything else: always in quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    // Every JSON string is a YAML string.
    serde_json::Value::from(text).to_string()
}
