//! Changes of a codebook, as values: a codebook in, a codebook and what that means for decisions out.
//!
//! Nothing here knows what was decided; whoever writes the change looks at that before.

use std::collections::BTreeSet;

use super::{Changed, diff, entries};
use crate::domain::codebook::{Code, Codebook, Dimension, Select};
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::id::{CodeId, DimensionId};
use crate::domain::message::Message;
use crate::domain::revision::Effect;
use crate::msg;

/// The fields of a wording that say what a code means.
pub const MEANING: [&str; 4] = ["brief", "definition", "use_when", "not_when"];

/// A codebook that was changed, and what became of which dimension or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is now.
    pub codebook: Codebook,
    /// What that means for decisions of before.
    pub effects: Vec<(String, Effect)>,
}

/// Where something is put among what lies beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// What it lies beneath: a dimension or a code; for a dimension nothing.
    pub beneath: Option<String>,
    /// What it stands before.
    pub before: Option<String>,
    /// What it stands after.
    pub after: Option<String>,
}

fn wrong(what: Message, fix: Message) -> Failure {
    Failure::Usage(what, fix)
}

/// That a codebook has no such dimension or code.
#[must_use]
pub fn unknown(codebook: &Codebook, asked: &str) -> Failure {
    let known: Vec<&str> = entries(codebook).into_iter().map(|it| it.id).collect();
    NotFound::among(Named::Code, asked, known).into()
}

/// The dimension that a dimension or code belongs to.
#[must_use]
pub fn dimension_of<'a>(codebook: &'a Codebook, id: &str) -> Option<&'a Dimension> {
    let has = |it: &&Dimension| {
        it.id.as_str() == id || it.tree().iter().any(|(_, code)| code.id.as_str() == id)
    };
    codebook.dimensions.iter().find(has)
}

/// A code by id, to be changed.
pub fn code_mut<'a>(codes: &'a mut [Code], id: &str) -> Option<&'a mut Code> {
    for code in codes {
        if code.id.as_str() == id {
            return Some(code);
        }
        if let Some(found) = code_mut(&mut code.codes, id) {
            return Some(found);
        }
    }
    None
}

/// Takes a code out of a tree, with its place among what lies beside it.
fn take(codes: &mut Vec<Code>, id: &str) -> Option<Code> {
    if let Some(at) = codes.iter().position(|code| code.id.as_str() == id) {
        return Some(codes.remove(at));
    }
    codes.iter_mut().find_map(|code| take(&mut code.codes, id))
}

/// Puts something before or after another of its kind, or last.
fn put<T>(
    list: &mut Vec<T>,
    new: T,
    place: &Place,
    id: impl Fn(&T) -> String,
) -> Result<(), Failure> {
    let (beside, later) = match (&place.before, &place.after) {
        (Some(before), _) => (before, 0),
        (None, Some(after)) => (after, 1),
        (None, None) => {
            list.push(new);
            return Ok(());
        }
    };
    let Some(at) = list.iter().position(|it| id(it) == *beside) else {
        return Err(wrong(msg!("change.beside", id = beside), msg!("change.beside.fix")));
    };
    list.insert(at + later, new);
    Ok(())
}

/// What lies directly beneath a dimension or a code.
fn beneath<'a>(codebook: &'a mut Codebook, id: &str) -> Result<&'a mut Vec<Code>, Failure> {
    let missing = unknown(codebook, id);
    let found = codebook.dimensions.iter_mut().find_map(|dimension| {
        if dimension.id.as_str() == id {
            return Some(&mut dimension.codes);
        }
        code_mut(&mut dimension.codes, id).map(|code| &mut code.codes)
    });
    found.ok_or(missing)
}

/// Where a code is put: beneath what is named, or beside what it is to stand before or after.
fn home(codebook: &Codebook, place: &Place) -> Result<String, Failure> {
    if let Some(beneath) = &place.beneath {
        return Ok(beneath.clone());
    }
    let beside = place.before.as_ref().or(place.after.as_ref());
    let Some(beside) = beside else {
        return Err(wrong(msg!("change.nowhere"), msg!("change.nowhere.fix")));
    };
    let entry = entries(codebook).into_iter().find(|it| it.id == beside);
    let parent = entry.and_then(|it| it.parent);
    parent.map(str::to_owned).ok_or_else(|| unknown(codebook, beside))
}

/// Adds a code.
///
/// # Errors
/// There is no such place.
pub fn add_code(mut codebook: Codebook, code: Code, place: &Place) -> Result<Change, Failure> {
    let home = home(&codebook, place)?;
    let id = code.id.to_string();
    put(beneath(&mut codebook, &home)?, code, place, |it| it.id.to_string())?;
    Ok(Change { codebook, effects: vec![(id, Effect::Added)] })
}

/// Adds a dimension.
///
/// # Errors
/// There is no such place.
pub fn add_dimension(
    mut codebook: Codebook,
    dimension: Dimension,
    place: &Place,
) -> Result<Change, Failure> {
    let id = dimension.id.to_string();
    put(&mut codebook.dimensions, dimension, place, |it| it.id.to_string())?;
    Ok(Change { codebook, effects: vec![(id, Effect::Added)] })
}

/// Gives a dimension or a code another id; decisions follow.
///
/// # Errors
/// There is no such dimension or code, or the new id cannot be one.
pub fn rename(mut codebook: Codebook, id: &str, new: &CodeId) -> Result<Change, Failure> {
    let missing = unknown(&codebook, id);
    let effects = vec![(id.to_owned(), Effect::Renamed(new.to_string()))];
    if let Some(dimension) = codebook.dimensions.iter_mut().find(|it| it.id.as_str() == id) {
        let id: DimensionId = new.as_str().parse().map_err(|_| missing)?;
        let old = std::mem::replace(&mut dimension.id, id.clone());
        dimension.replaces.retain(|it| *it != id && *it != old);
        dimension.replaces.push(old);
        return Ok(Change { codebook, effects });
    }
    let mut all = codebook.dimensions.iter_mut();
    let code = all.find_map(|it| code_mut(&mut it.codes, id)).ok_or(missing)?;
    let old = std::mem::replace(&mut code.id, new.clone());
    code.replaces.retain(|it| it != new && *it != old);
    code.replaces.push(old);
    Ok(Change { codebook, effects })
}

/// Puts a dimension or a code elsewhere, with all that lies beneath.
///
/// # Errors
/// There is no such dimension, code or place, or the place lies beneath what is moved.
pub fn relocate(mut codebook: Codebook, id: &str, place: &Place) -> Result<Change, Failure> {
    let effects = vec![(id.to_owned(), Effect::Moved)];
    if let Some(at) = codebook.dimensions.iter().position(|it| it.id.as_str() == id) {
        if place.beneath.is_some() {
            return Err(wrong(
                msg!("change.dimension_beneath"),
                msg!("change.dimension_beneath.fix"),
            ));
        }
        let dimension = codebook.dimensions.remove(at);
        put(&mut codebook.dimensions, dimension, place, |it| it.id.to_string())?;
        return Ok(Change { codebook, effects });
    }
    let missing = unknown(&codebook, id);
    let home = home(&codebook, place)?;
    let taken = codebook.dimensions.iter_mut().find_map(|it| take(&mut it.codes, id));
    let code = taken.ok_or(missing)?;
    let within = home == id || code_mut(&mut [code.clone()], &home).is_some();
    if within {
        return Err(wrong(msg!("change.circle", id = id), msg!("change.circle.fix")));
    }
    put(beneath(&mut codebook, &home)?, code, place, |it| it.id.to_string())?;
    Ok(Change { codebook, effects })
}

/// Makes one code of several: what lay beneath them lies beneath it. It is one of them, another code of their dimension,
/// or a new one, which then stands where the first of them stood.
///
/// # Errors
/// One of them is unknown or a dimension, or they are of several dimensions.
pub fn merge(mut codebook: Codebook, from: &[String], into: &Code) -> Result<Change, Failure> {
    let target = into.id.to_string();
    let gone: Vec<&String> = from.iter().filter(|id| **id != target).collect();
    let Some(first) = gone.first() else {
        return Err(wrong(msg!("change.merge_one"), msg!("change.merge_one.fix")));
    };
    let mut dimensions = BTreeSet::new();
    for id in from.iter().chain([&target]) {
        match dimension_of(&codebook, id) {
            Some(dimension) if dimension.id.as_str() == id => {
                return Err(wrong(
                    msg!("change.merge_dimension", id = id),
                    msg!("change.merge_dimension.fix"),
                ));
            }
            Some(dimension) => drop(dimensions.insert(dimension.id.to_string())),
            None if *id == target => {}
            None => return Err(unknown(&codebook, id)),
        }
    }
    if dimensions.len() > 1 {
        return Err(wrong(msg!("change.merge_across"), msg!("change.merge_across.fix")));
    }
    let mut effects = Vec::new();
    if dimension_of(&codebook, &target).is_none() {
        let place = Place { before: Some((*first).clone()), ..Place::default() };
        codebook = add_code(codebook, into.clone(), &place)?.codebook;
    }
    let mut merged: Vec<CodeId> = Vec::new();
    let mut children = Vec::new();
    for id in gone {
        let missing = unknown(&codebook, id);
        // The one that stays may lie beneath one that goes: then it takes that one's place.
        let code = codebook.dimensions.iter_mut().find_map(|it| lift(&mut it.codes, id));
        let mut code = code.ok_or(missing)?;
        effects.push((id.clone(), Effect::Merged(target.clone())));
        merged.extend(code.replaces.drain(..).chain(code.merged_from.drain(..)));
        merged.push(code.id);
        children.append(&mut code.codes);
    }
    let missing = unknown(&codebook, &target);
    let mut all = codebook.dimensions.iter_mut();
    let into = all.find_map(|it| code_mut(&mut it.codes, &target)).ok_or(missing)?;
    into.merged_from.extend(merged);
    into.codes.extend(children);
    Ok(Change { codebook, effects })
}

/// Takes a code out and gives it back without what lies beneath, which takes its place.
fn lift(codes: &mut Vec<Code>, id: &str) -> Option<Code> {
    if let Some(at) = codes.iter().position(|code| code.id.as_str() == id) {
        let mut code = codes.remove(at);
        let beneath = std::mem::take(&mut code.codes);
        codes.splice(at..at, beneath);
        return Some(code);
    }
    codes.iter_mut().find_map(|code| lift(&mut code.codes, id))
}

/// Makes several codes of one: the new ones stand after it, or in its place where it is none of them.
///
/// # Errors
/// It is no code, or has codes beneath it and would go.
pub fn split(mut codebook: Codebook, id: &str, into: &[Code]) -> Result<Change, Failure> {
    let mut effects = Vec::new();
    let mut after = id.to_owned();
    for code in into.iter().filter(|code| code.id.as_str() != id) {
        let place = Place { after: Some(after), ..Place::default() };
        codebook = add_code(codebook, code.clone(), &place)?.codebook;
        after = code.id.to_string();
        effects.push((after.clone(), Effect::Added));
    }
    if into.iter().any(|code| code.id.as_str() == id) {
        effects.insert(0, (id.to_owned(), Effect::Changed));
    } else {
        let mut retired = retire(codebook, id)?;
        codebook = retired.codebook;
        retired.effects.append(&mut effects);
        effects = retired.effects;
    }
    Ok(Change { codebook, effects })
}

/// Takes a dimension or a code out; decisions that give it stay as they are.
///
/// # Errors
/// There is none, or codes lie beneath the code.
pub fn retire(mut codebook: Codebook, id: &str) -> Result<Change, Failure> {
    if let Some(at) = codebook.dimensions.iter().position(|it| it.id.as_str() == id) {
        let dimension = codebook.dimensions.remove(at);
        let codes = dimension.tree().into_iter().map(|(_, code)| code.id.to_string());
        let ids = std::iter::once(id.to_owned()).chain(codes);
        let effects = ids.map(|id| (id, Effect::Retired)).collect();
        return Ok(Change { codebook, effects });
    }
    let missing = unknown(&codebook, id);
    let code = codebook.dimensions.iter_mut().find_map(|it| take(&mut it.codes, id));
    let code = code.ok_or(missing)?;
    if !code.codes.is_empty() {
        let beneath: Vec<&str> = code.codes.iter().map(|it| it.id.as_str()).collect();
        let what = msg!("change.retire_beneath", id = id, codes = beneath.join(", "));
        return Err(wrong(what, msg!("change.retire_beneath.fix")));
    }
    Ok(Change { codebook, effects: vec![(id.to_owned(), Effect::Retired)] })
}

/// What a difference between two codebooks means for decisions, where no command said it: a changed definition may mean
/// anything, a changed name or example nothing.
#[must_use]
pub fn implied(old: &Codebook, new: &Codebook) -> Vec<(String, Effect)> {
    let after = entries(new);
    let heir = |id: &str| {
        let renamed = after.iter().find(|it| it.replaces().contains(&id));
        let merged = after.iter().find(|it| it.merged_from().contains(&id));
        renamed
            .map(|it| Effect::Renamed(it.id.to_owned()))
            .or(merged.map(|it| Effect::Merged(it.id.to_owned())))
    };
    let was: BTreeSet<&str> = entries(old).into_iter().map(|it| it.id).collect();
    let is_new_name = |id: &str| {
        let entry = after.iter().find(|it| it.id == id);
        entry.is_some_and(|it| it.replaces().iter().any(|old| was.contains(old)))
    };
    let mut effects: Vec<(String, Effect)> = Vec::new();
    for change in diff(old, new) {
        let Some(mut id) = change.id else { continue };
        let effect = match change.changed {
            Changed::Changed if change.field == "id" => {
                id = change.old;
                Effect::Renamed(change.new)
            }
            Changed::Added if is_new_name(&id) => continue,
            Changed::Added => Effect::Added,
            Changed::Removed => heir(&id).unwrap_or(Effect::Retired),
            Changed::Changed if MEANING.contains(&change.field) => Effect::Changed,
            Changed::Changed if change.field == "parent" => Effect::Moved,
            Changed::Changed => continue,
        };
        if !effects.contains(&(id.clone(), effect.clone())) {
            effects.push((id, effect));
        }
    }
    effects
}

/// Whether a codebook takes another for the same: they differ in the title, or in nothing.
#[must_use]
pub fn is_same_but_for_title(one: &Codebook, other: &Codebook) -> bool {
    one.version == other.version && one.unit == other.unit && one.dimensions == other.dimensions
}

/// How many codes a dimension lets a unit have, by its word.
#[must_use]
pub fn select(word: &str) -> Option<Select> {
    [Select::One, Select::Many].into_iter().find(|it| it.as_str() == word)
}

/// Every id of a codebook.
#[must_use]
pub fn ids(codebook: &Codebook) -> BTreeSet<&str> {
    entries(codebook).into_iter().map(|it| it.id).collect()
}

/// The id of a code and of all that lies beneath it.
#[must_use]
pub fn ids_beneath(code: &Code) -> Vec<&str> {
    let beneath = code.codes.iter().flat_map(ids_beneath);
    std::iter::once(code.id.as_str()).chain(beneath).collect()
}

/// Puts what a codebook had back into another: each where it lay, what lay beneath something that is gone beneath its
/// dimension.
pub fn keep(codebook: &mut Codebook, known: &Codebook, missing: &[String]) {
    for entry in entries(known).into_iter().filter(|it| missing.iter().any(|id| id == it.id)) {
        if let Some(dimension) = entry.of_dimension {
            codebook.dimensions.push(Dimension { codes: Vec::new(), ..dimension.clone() });
            continue;
        }
        let Some(code) = entry.of_code else { continue };
        let code = Code { codes: Vec::new(), ..code.clone() };
        let above = entry.parent.filter(|it| ids(codebook).contains(*it));
        let above = above.unwrap_or(entry.dimension).to_owned();
        if let Ok(list) = beneath(codebook, &above) {
            list.push(code);
        }
    }
}
