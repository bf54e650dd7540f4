//! Two versions of a codebook, compared code by code and field by field.
//!
//! What is compared is what was read: comments, quotation marks and the order of fields are no wording.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, entries, texts};
use crate::domain::codebook::{Codebook, ORDERED};
use crate::domain::localized::Localized;

/// What became of a dimension, a code or the codebook as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// A field of it differs.
    Changed,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id; absent for the codebook as a whole.
    pub id: Option<String>,
    /// What became of it.
    pub changed: Changed,
    /// The field; `parent` says what it lies beneath and `codes` in which order what lies beneath stands.
    pub field: &'static str,
    /// The language, where the field has several.
    pub language: String,
    /// What it was; empty if nothing.
    pub old: String,
    /// What it is; empty if nothing.
    pub new: String,
}

/// Every difference: first the whole, then what the newer version has in its order, then what is gone.
#[must_use]
pub fn diff(old: &Codebook, new: &Codebook) -> Vec<Change> {
    let mut changes = whole(old, new);
    let (before, after) = (entries(old), entries(new));
    let known: BTreeMap<&str, &Entry<'_>> = before.iter().map(|it| (it.id, it)).collect();
    let there: BTreeSet<&str> = after.iter().map(|entry| entry.id).collect();
    let renamed = renamed(&known, &there, &after);
    for entry in &after {
        let id = renamed.get(entry.id).copied().unwrap_or(entry.id);
        match known.get(id) {
            Some(was) => changes.extend(fields(was, entry, &renamed)),
            None => changes.extend(gone(entry, Changed::Added)),
        }
    }
    let kept: BTreeSet<&str> = renamed.values().copied().collect();
    let removed =
        before.iter().filter(|entry| !there.contains(entry.id) && !kept.contains(entry.id));
    changes.extend(removed.flat_map(|entry| gone(entry, Changed::Removed)));
    changes
}

/// What has another id in the newer version and says so: its older id by its newer one.
fn renamed<'a>(
    known: &BTreeMap<&'a str, &Entry<'_>>,
    there: &BTreeSet<&str>,
    after: &[Entry<'a>],
) -> BTreeMap<&'a str, &'a str> {
    let new = after.iter().filter(|entry| !known.contains_key(entry.id));
    let of = |entry: &Entry<'a>| {
        let old = entry.replaces().into_iter().rev();
        let mut old = old.filter(|id| known.contains_key(id) && !there.contains(id));
        Some((entry.id, old.next()?))
    };
    let mut taken = BTreeSet::new();
    new.filter_map(of).filter(|(_, old)| taken.insert(*old)).collect()
}

fn whole(old: &Codebook, new: &Codebook) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |field, pairs: Vec<(String, String, String)>| {
        changes.extend(pairs.into_iter().map(|(language, old, new)| Change {
            id: None,
            changed: Changed::Changed,
            field,
            language,
            old,
            new,
        }));
    };
    add("title", differing(&old.title, &new.title, String::clone));
    add("version", plain(old.version.clone(), new.version.clone()));
    add("unit", differing(&old.unit, &new.unit, String::clone));
    let order = |codebook: &Codebook| -> Vec<String> {
        codebook.dimensions.iter().map(|it| it.id.to_string()).collect()
    };
    add("dimensions", reordered(&order(old), &order(new)));
    changes
}

/// Something that only one version has: its names, and what it replaces.
fn gone(entry: &Entry<'_>, changed: Changed) -> Vec<Change> {
    let change = |field, language: String, text: String| {
        let (old, new) = match changed {
            Changed::Removed => (text, String::new()),
            _ => (String::new(), text),
        };
        Change { id: Some(entry.id.to_owned()), changed, field, language, old, new }
    };
    let mut changes: Vec<Change> = match &entry.wording.name {
        Localized::Plain(name) => vec![change("name", String::new(), name.clone())],
        Localized::ByLanguage(names) => names
            .iter()
            .map(|(language, name)| change("name", language.clone(), name.clone()))
            .collect(),
    };
    for (field, ids) in [("replaces", entry.replaces()), ("merged_from", entry.merged_from())] {
        if !ids.is_empty() {
            changes.push(change(field, String::new(), ids.join("; ")));
        }
    }
    changes
}

/// What differs in something that both versions have; `renamed` holds the older ids of what has another one now.
fn fields(old: &Entry<'_>, new: &Entry<'_>, renamed: &BTreeMap<&str, &str>) -> Vec<Change> {
    let mut changes = Vec::new();
    let id = new.id;
    let mut add = |field, pairs: Vec<(String, String, String)>| {
        changes.extend(pairs.into_iter().map(|(language, old, new)| Change {
            id: Some(id.to_owned()),
            changed: Changed::Changed,
            field,
            language,
            old,
            new,
        }));
    };
    add("id", plain(old.id.to_owned(), new.id.to_owned()));
    for ((field, old), (_, new)) in texts(old.wording).into_iter().zip(texts(new.wording)) {
        add(field, differing(old, new, String::clone));
    }
    add("examples", differing(&old.wording.examples, &new.wording.examples, |it| it.join("\n")));
    let parent = |entry: &Entry<'_>| entry.parent.unwrap_or_default().to_owned();
    let older = |id: String| renamed.get(id.as_str()).map_or(id, |it| (*it).to_owned());
    if parent(old) != older(parent(new)) {
        add("parent", plain(parent(old), parent(new)));
    }
    let select = |entry: &Entry<'_>| {
        entry.of_dimension.map(|it| it.select.as_str().to_owned()).unwrap_or_default()
    };
    add("select", plain(select(old), select(new)));
    let scale = |entry: &Entry<'_>| {
        let ordered = entry.of_dimension.is_some_and(|it| it.ordered);
        if ordered { ORDERED.to_owned() } else { String::new() }
    };
    add("scale", plain(scale(old), scale(new)));
    let color =
        |entry: &Entry<'_>| entry.of_dimension.map(|it| it.color.clone()).unwrap_or_default();
    add("color", plain(color(old), color(new)));
    add("replaces", plain(old.replaces().join("; "), new.replaces().join("; ")));
    add("merged_from", plain(old.merged_from().join("; "), new.merged_from().join("; ")));
    let keywords =
        |entry: &Entry<'_>| entry.of_code.map(|it| it.keywords.join("\n")).unwrap_or_default();
    add("keywords", plain(keywords(old), keywords(new)));
    let order = |entry: &Entry<'_>| -> Vec<String> {
        entry.codes.iter().map(|code| code.id.to_string()).collect()
    };
    let newer: Vec<String> = order(new).into_iter().map(older).collect();
    add("codes", reordered(&order(old), &newer));
    changes
}

fn plain(old: String, new: String) -> Vec<(String, String, String)> {
    if old == new { Vec::new() } else { vec![(String::new(), old, new)] }
}

/// Language, old and new text wherever they differ. A text that is given once holds in every language.
fn differing<T>(
    old: &Localized<T>,
    new: &Localized<T>,
    text: impl Fn(&T) -> String,
) -> Vec<(String, String, String)> {
    let languages = |it: &Localized<T>| -> Vec<String> {
        match it {
            Localized::Plain(_) => Vec::new(),
            Localized::ByLanguage(by) => by.keys().cloned().collect(),
        }
    };
    let mut all: BTreeSet<String> = languages(old).into_iter().chain(languages(new)).collect();
    if all.is_empty() {
        all.insert(String::new());
    }
    let said = |it: &Localized<T>, language: &str| match it {
        Localized::Plain(value) => text(value),
        Localized::ByLanguage(by) => by.get(language).map(&text).unwrap_or_default(),
    };
    all.into_iter()
        .map(|language| {
            let (old, new) = (said(old, &language), said(new, &language));
            (language, old, new)
        })
        .filter(|(_, old, new)| old != new)
        .collect()
}

/// The two orders of what both have, if they differ.
fn reordered(old: &[String], new: &[String]) -> Vec<(String, String, String)> {
    let common = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    plain(common(old, new).join("; "), common(new, old).join("; "))
}
