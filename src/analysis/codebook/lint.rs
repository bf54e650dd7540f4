//! What a careful colleague would remark on a codebook: gaps in its wording, names that clash, codes
//! that tell nothing apart.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, entries, texts};
use super::set::no_pattern;
use crate::domain::codebook::Codebook;
use crate::domain::localized::Localized;
use crate::domain::message::Message;
use crate::msg;

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the dimension or code; absent where the codebook as a whole is meant.
    pub id: Option<String>,
    /// What is wrong.
    pub what: Message,
    /// What puts it right.
    pub fix: Message,
}

/// Every remark on a codebook, in its order.
#[must_use]
pub fn lint(codebook: &Codebook) -> Vec<Finding> {
    let entries = entries(codebook);
    let languages = languages(codebook);
    let mut findings = whole(codebook, &languages);
    for entry in &entries {
        findings.extend(missing(entry));
        findings.extend(one_language(
            Some(entry.id),
            &texts(entry.wording),
            Some(&entry.wording.examples),
            &languages,
        ));
        findings.extend(shape(entry));
        findings.extend(keyword(entry));
    }
    findings.extend(same_names(&entries, &languages));
    findings.extend(replaced(&entries));
    findings
}

/// The languages that any wording is given in.
#[must_use]
pub fn languages(codebook: &Codebook) -> BTreeSet<&str> {
    let entries = entries(codebook);
    let mut found = BTreeSet::new();
    let wordings = entries.iter().flat_map(|entry| texts(entry.wording)).map(|(_, text)| text);
    for text in [&codebook.title, &codebook.unit].into_iter().chain(wordings) {
        if let Localized::ByLanguage(texts) = text {
            found.extend(texts.keys().map(String::as_str));
        }
    }
    for entry in &entries {
        if let Localized::ByLanguage(lists) = &entry.wording.examples {
            found.extend(lists.keys().map(String::as_str));
        }
    }
    found
}

fn whole(codebook: &Codebook, languages: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let about = |what, fix| Finding { id: None, what, fix };
    let fields = [("title", &codebook.title), ("unit", &codebook.unit)];
    let blank: Vec<&str> =
        fields.iter().filter(|(_, text)| text.is_blank()).map(|(name, _)| *name).collect();
    if !blank.is_empty() {
        let what = msg!("lint.missing_whole", fields = blank.join(", "));
        findings.push(about(what, msg!("lint.missing.fix")));
    }
    if codebook.dimensions.is_empty() {
        findings.push(about(msg!("lint.no_dimensions"), msg!("lint.no_dimensions.fix")));
    }
    findings.extend(one_language(None, &fields, None, languages));
    findings
}

fn no_examples(examples: &Localized<Vec<String>>) -> bool {
    examples.all().flatten().all(|text| text.trim().is_empty())
}

/// Fields that no language has; a dimension may do without examples, its codes have them.
fn missing(entry: &Entry<'_>) -> Option<Finding> {
    let mut fields: Vec<&str> = texts(entry.wording)
        .iter()
        .filter(|(_, text)| text.is_blank())
        .map(|(name, _)| *name)
        .collect();
    if !entry.is_dimension() && no_examples(&entry.wording.examples) {
        fields.push("examples");
    }
    let what = msg!("lint.missing", id = entry.id, fields = fields.join(", "));
    (!fields.is_empty()).then(|| Finding {
        id: Some(entry.id.to_owned()),
        what,
        fix: msg!("lint.missing.fix"),
    })
}

/// Fields that are given in some languages of the codebook and not in others, one remark a language;
/// and fields that are given once in a codebook of several languages.
fn one_language(
    id: Option<&str>,
    texts: &[(&'static str, &Localized<String>)],
    examples: Option<&Localized<Vec<String>>>,
    languages: &BTreeSet<&str>,
) -> Vec<Finding> {
    if languages.len() < 2 {
        return Vec::new();
    }
    let mut lacking: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut once = Vec::new();
    for (field, text) in texts.iter().filter(|(_, text)| !text.is_blank()) {
        match text {
            Localized::Plain(_) => once.push(*field),
            Localized::ByLanguage(by) => {
                let has = |language: &str| by.get(language).is_some_and(|it| !it.trim().is_empty());
                for language in languages.iter().filter(|language| !has(language)) {
                    lacking.entry(language).or_default().push(field);
                }
            }
        }
    }
    match examples.filter(|examples| !no_examples(examples)) {
        Some(Localized::Plain(_)) => once.push("examples"),
        Some(Localized::ByLanguage(by)) => {
            let has = |language: &str| {
                by.get(language).is_some_and(|list| list.iter().any(|it| !it.trim().is_empty()))
            };
            for language in languages.iter().filter(|language| !has(language)) {
                lacking.entry(language).or_default().push("examples");
            }
        }
        None => {}
    }
    let about = |what| Finding { id: id.map(str::to_owned), what, fix: msg!("lint.language.fix") };
    let mut findings: Vec<Finding> = lacking
        .into_iter()
        .map(|(language, fields)| {
            let fields = fields.join(", ");
            about(match id {
                Some(id) => msg!("lint.language", id = id, fields = fields, language = language),
                None => msg!("lint.language_whole", fields = fields, language = language),
            })
        })
        .collect();
    if !once.is_empty() {
        let languages: Vec<&str> = languages.iter().copied().collect();
        let (fields, languages) = (once.join(", "), languages.join(", "));
        findings.push(about(match id {
            Some(id) => msg!("lint.once", id = id, fields = fields, languages = languages),
            None => msg!("lint.once_whole", fields = fields, languages = languages),
        }));
    }
    findings
}

/// A dimension without codes, and a code that is alone beneath something.
fn shape(entry: &Entry<'_>) -> Option<Finding> {
    match entry.codes {
        [] if entry.is_dimension() => Some(Finding {
            id: Some(entry.id.to_owned()),
            what: msg!("lint.empty", id = entry.id),
            fix: msg!("lint.empty.fix", id = entry.id),
        }),
        [only] => Some(Finding {
            id: Some(only.id.to_string()),
            what: msg!("lint.alone", id = only.id, parent = entry.id),
            fix: msg!("lint.alone.fix", parent = entry.id),
        }),
        _ => None,
    }
}

/// A keyword that `find --keywords` could not look for.
fn keyword(entry: &Entry<'_>) -> Option<Finding> {
    let wrong = no_pattern(&entry.of_code?.keywords)?;
    Some(Finding {
        id: Some(entry.id.to_owned()),
        what: msg!("lint.keyword", id = entry.id, keyword = wrong),
        fix: msg!("codebook.keyword.fix"),
    })
}

/// Names that two have in one language, whatever their capitals.
fn same_names(entries: &[Entry<'_>], languages: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    // A codebook without languages has one that bears no name.
    let tags = if languages.is_empty() { BTreeSet::from([""]) } else { languages.clone() };
    for language in tags {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for entry in entries {
            let name = match &entry.wording.name {
                Localized::Plain(name) => Some(name),
                Localized::ByLanguage(names) => names.get(language),
            };
            let Some(name) = name.map(|it| it.trim().to_lowercase()).filter(|it| !it.is_empty())
            else {
                continue;
            };
            let other = *known.entry(name).or_insert(entry.id);
            if other != entry.id && told.insert((other, entry.id)) {
                findings.push(Finding {
                    id: Some(entry.id.to_owned()),
                    what: match language {
                        "" => msg!("lint.name", id = entry.id, other = other),
                        tag => {
                            msg!("lint.name_in", id = entry.id, other = other, language = tag)
                        }
                    },
                    fix: msg!("lint.name.fix"),
                });
            }
        }
    }
    findings
}

/// Old ids that are still in the codebook, or that two codes claim to replace.
fn replaced(entries: &[Entry<'_>]) -> Vec<Finding> {
    let there: BTreeSet<&str> = entries.iter().map(|entry| entry.id).collect();
    let mut by: BTreeMap<&str, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for entry in entries {
        for old in entry.replaces().into_iter().chain(entry.merged_from()) {
            let first = *by.entry(old).or_insert(entry.id);
            let what = if there.contains(old) {
                msg!("lint.replaces", id = entry.id, old = old)
            } else if first != entry.id {
                msg!("lint.replaces_twice", id = entry.id, old = old, other = first)
            } else {
                continue;
            };
            let fix = msg!("lint.replaces.fix", old = old);
            findings.push(Finding { id: Some(entry.id.to_owned()), what, fix });
        }
    }
    findings
}
