//! `codebook history` and `codebook diff`.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::Path;

use super::{Context, Outcome, OutputArgs};
use crate::analysis::codebook::{Change, Changed, diff as compare};
use crate::domain::codebook::Codebook;
use crate::domain::failure::Failure;
use crate::domain::study::Version;
use crate::format::codebook;
use crate::msg;
use crate::render::codebook::heading;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::{Opened, VersionUse, read_given};

pub(super) fn history(output: &OutputArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let columns = [
        ("codebook", "codebook.heading.version"),
        ("label", "codebook.heading.label"),
        ("decisions", "codebook.heading.decisions"),
        ("standing", "codebook.heading.standing"),
        ("first", "codebook.heading.first"),
        ("last", "codebook.heading.last"),
        ("current", "codebook.heading.current"),
    ];
    let mut list = List::new("themata.codebooks/1", &columns);
    let in_force = opened.study.version_in_force();
    for (version, used) in in_order(&opened)? {
        list.rows.push(vec![
            Item::id(&version.id),
            Item::text(&version.codebook.version),
            Item::count(used.decisions),
            Item::count(used.standing),
            Item::at(used.first),
            Item::at(used.last),
            if version.id == in_force.id {
                Item::Said(Value::id("yes"), msg!("codebook.heading.yes"))
            } else {
                Item::from(Value::Missing)
            },
        ]);
    }
    list.notes.push(msg!("codebook.history_means"));
    output.emit(&list, context)?;
    Ok(Outcome::Clean)
}

/// The versions by first use, the one in force last; one that nobody has used stands after the one of which a command
/// made it.
fn in_order(opened: &Opened) -> Result<Vec<(&Version, VersionUse)>, Failure> {
    let uses = opened.version_uses()?;
    let mut all: Vec<(&Version, VersionUse)> = opened.study.versions.iter().zip(uses).collect();
    let in_force = all.pop();
    all.sort_by_key(|(version, used)| (used.first.is_some(), used.first, version.id.clone()));
    let mut placed = BTreeSet::new();
    for revision in &opened.study.revisions {
        let at = |id: &str, all: &[(&Version, VersionUse)]| all.iter().position(|it| it.0.id == id);
        let Some(own) = at(&revision.new, &all).filter(|own| all[*own].1.first.is_none()) else {
            continue;
        };
        if placed.insert(&revision.new) {
            let version = all.remove(own);
            let before = at(&revision.old, &all).map_or(own, |before| before + 1);
            all.insert(before, version);
        }
    }
    all.extend(in_force);
    Ok(all)
}

/// A codebook and what it is called here.
struct Named {
    name: String,
    codebook: Codebook,
}

impl Named {
    fn version(version: &Version) -> Self {
        Self { name: version.id.clone(), codebook: version.codebook.clone() }
    }
}

pub(super) fn diff(
    old: Option<&str>,
    new: Option<&str>,
    output: &OutputArgs,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let needs_study = [old, new].iter().any(|name| name.is_none_or(|name| !is_file(name)));
    let opened = needs_study.then(|| context.open()).transpose()?;
    let opened = opened.as_deref();
    let new = match (new, opened) {
        (Some(name), _) => named(name, opened)?,
        (None, Some(opened)) => Named::version(opened.study.version_in_force()),
        (None, None) => return Err(no_older()),
    };
    let old = match (old, opened) {
        (Some(name), _) => named(name, opened)?,
        (None, Some(opened)) => last_older(opened)?,
        (None, None) => return Err(no_older()),
    };
    output.emit(&report(&old, &new), context)?;
    Ok(Outcome::Clean)
}

fn no_older() -> anyhow::Error {
    Failure::Usage(msg!("codebook.no_older"), msg!("codebook.no_older.fix")).into()
}

/// The version that was coded with last, of those that are no longer in force.
fn last_older(opened: &Opened) -> anyhow::Result<Named> {
    let mut older: Vec<_> = opened.study.versions.iter().zip(opened.version_order()?).collect();
    older.pop();
    let last = older.into_iter().min_by_key(|(_, last)| Reverse(*last));
    last.map(|(version, _)| Named::version(version)).ok_or_else(no_older)
}

/// Whether a name can only be a file's: an id of a version has no dot and no folder.
fn is_file(name: &str) -> bool {
    name.contains(['.', '/', '\\'])
}

/// The version of an id, of the beginning of one, or in a file.
fn named(name: &str, opened: Option<&Opened>) -> anyhow::Result<Named> {
    if is_file(name) {
        let bytes = read_given(Path::new(name))?;
        let mut problems = Vec::new();
        let read = codebook::read(name, &bytes, &mut problems);
        let codebook = read.ok_or(Failure::Invalid(problems))?;
        return Ok(Named { name: name.to_owned(), codebook });
    }
    let versions = opened.map(|it| it.study.versions.as_slice()).unwrap_or_default();
    let begins = |version: &&Version| {
        let hex = version.id.strip_prefix("v-").unwrap_or_default();
        version.id.starts_with(name) || hex.starts_with(name)
    };
    let found: Vec<&Version> = versions.iter().filter(begins).collect();
    if let [version] = found.as_slice() {
        return Ok(Named::version(version));
    }
    let known: Vec<&str> = versions.iter().map(|it| it.id.as_str()).collect();
    let what = if found.is_empty() {
        msg!("codebook.no_version", version = name)
    } else {
        msg!("codebook.several_versions", version = name)
    };
    Err(Failure::Usage(what, msg!("codebook.no_version.fix", known = known.join(", "))).into())
}

/// What two codebooks, each with its name, differ in.
pub(super) fn difference(old: (&str, &Codebook), new: (&str, &Codebook)) -> List {
    let named = |(name, codebook): (&str, &Codebook)| Named {
        name: name.to_owned(),
        codebook: codebook.clone(),
    };
    report(&named(old), &named(new))
}

fn report(old: &Named, new: &Named) -> List {
    let columns = [
        ("id", "codebook.heading.id"),
        ("change", "codebook.heading.change"),
        ("field", "codebook.heading.field"),
        ("language", "codebook.heading.language"),
        ("old", "codebook.heading.old"),
        ("new", "codebook.heading.new"),
    ];
    let mut list = List::new("themata.codebook_diff/1", &columns);
    list.asked = vec![("old", old.name.clone().into()), ("new", new.name.clone().into())];
    list.rows = compare(&old.codebook, &new.codebook).iter().map(row).collect();
    let (old, new) = (&old.name, &new.name);
    list.notes.push(match list.rows.len() {
        0 => msg!("codebook.no_difference", old = old, new = new),
        n => msg!("codebook.differences", n = n, old = old, new = new),
    });
    list
}

fn row(change: &Change) -> Vec<Item> {
    let changed = match change.changed {
        Changed::Added => Item::Said(Value::id("added"), msg!("codebook.heading.added")),
        Changed::Removed => Item::Said(Value::id("removed"), msg!("codebook.heading.removed")),
        Changed::Changed => Item::Said(Value::id("changed"), msg!("codebook.heading.changed")),
    };
    let field = crate::domain::message::Message::new(heading(change.field));
    vec![
        Item::maybe(change.id.as_ref()),
        changed,
        Item::Said(Value::id(change.field), field),
        Item::maybe(Some(&change.language).filter(|tag| !tag.is_empty())),
        Item::text(&change.old),
        Item::text(&change.new),
    ]
}
