//! A codebook as it is written.

use crate::domain::codebook::{Code, Codebook, ORDERED, Wording};
use crate::domain::localized::Localized;
use crate::format::yaml;

/// Writes a codebook; every text in quotation marks, so that no reader takes one for a number or a date.
#[must_use]
pub fn write(codebook: &Codebook) -> Vec<u8> {
    let mut out = String::new();
    field(&mut out, 0, "title", &codebook.title);
    out.push_str(&format!("version: {}\n", yaml::quoted(&codebook.version)));
    field(&mut out, 0, "unit", &codebook.unit);
    out.push_str(if codebook.dimensions.is_empty() { "dimensions: []\n" } else { "dimensions:\n" });
    for dimension in &codebook.dimensions {
        out.push_str(&format!("  - id: {}\n", yaml::quoted(dimension.id.as_str())));
        out.push_str(&format!("    select: {}\n", dimension.select.as_str()));
        if dimension.ordered {
            out.push_str(&format!("    scale: {ORDERED}\n"));
        }
        wording(&mut out, 4, &dimension.wording);
        older(&mut out, 4, "replaces", &dimension.replaces);
        if !dimension.color.is_empty() {
            out.push_str(&format!("    color: {}\n", yaml::quoted(&dimension.color)));
        }
        codes(&mut out, 4, &dimension.codes);
    }
    out.into_bytes()
}

fn codes(out: &mut String, indent: usize, list: &[Code]) {
    if list.is_empty() {
        return;
    }
    let pad = " ".repeat(indent);
    out.push_str(&format!("{pad}codes:\n"));
    for code in list {
        out.push_str(&format!("{pad}  - id: {}\n", yaml::quoted(code.id.as_str())));
        wording(out, indent + 4, &code.wording);
        older(out, indent + 4, "replaces", &code.replaces);
        older(out, indent + 4, "merged_from", &code.merged_from);
        let keywords: Vec<String> = code.keywords.iter().map(|it| yaml::quoted(it)).collect();
        if !keywords.is_empty() {
            out.push_str(&format!("{pad}    keywords: [{}]\n", keywords.join(", ")));
        }
        codes(out, indent + 4, &code.codes);
    }
}

/// Ids of before in a field, if there are any.
fn older<T: std::fmt::Display>(out: &mut String, indent: usize, field: &str, ids: &[T]) {
    if !ids.is_empty() {
        let ids: Vec<String> = ids.iter().map(|id| yaml::quoted(&id.to_string())).collect();
        out.push_str(&format!("{}{field}: [{}]\n", " ".repeat(indent), ids.join(", ")));
    }
}

fn wording(out: &mut String, indent: usize, wording: &Wording) {
    field(out, indent, "name", &wording.name);
    field(out, indent, "brief", &wording.brief);
    field(out, indent, "definition", &wording.definition);
    field(out, indent, "use_when", &wording.use_when);
    field(out, indent, "not_when", &wording.not_when);
    let list = |texts: &Vec<String>| {
        format!("[{}]", texts.iter().map(|it| yaml::quoted(it)).collect::<Vec<_>>().join(", "))
    };
    let examples = match &wording.examples {
        Localized::Plain(texts) => list(texts),
        Localized::ByLanguage(by) => {
            mapping(by.iter().map(|(language, texts)| (language, list(texts))))
        }
    };
    out.push_str(&format!("{}examples: {examples}\n", " ".repeat(indent)));
}

fn mapping<'a>(entries: impl Iterator<Item = (&'a String, String)>) -> String {
    let entries: Vec<String> =
        entries.map(|(language, text)| format!("{}: {text}", yaml::quoted(language))).collect();
    format!("{{{}}}", entries.join(", "))
}

fn field(out: &mut String, indent: usize, name: &str, text: &Localized<String>) {
    let value = match text {
        Localized::Plain(text) => yaml::quoted(text),
        Localized::ByLanguage(texts) => {
            mapping(texts.iter().map(|(language, text)| (language, yaml::quoted(text))))
        }
    };
    out.push_str(&format!("{}{name}: {value}\n", " ".repeat(indent)));
}
