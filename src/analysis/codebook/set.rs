//! One field of a dimension, a code or the codebook as a whole, set to another text.

use std::collections::BTreeMap;

use super::change::{Change, code_mut, select, unknown};
use crate::analysis::concordance::Pattern;
use crate::domain::codebook::{Codebook, Dimension, ORDERED, Select, Wording};
use crate::domain::failure::Failure;
use crate::domain::localized::Localized;
use crate::domain::revision::Effect;
use crate::msg;

/// The fields of every dimension and code.
pub const WORDING: [&str; 6] = ["name", "brief", "definition", "use_when", "not_when", "examples"];
/// The fields of a dimension besides.
const OF_DIMENSION: [&str; 3] = ["select", "scale", "color"];
/// The fields of the codebook as a whole, which is named by the word that no id can be.
const OF_ALL: [&str; 3] = ["title", "unit", "version"];
/// That word.
pub const WHOLE: &str = "codebook";

/// In which language a text is.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// The language that was named: a tag.
    pub asked: Option<&'a str>,
    /// The language of the study.
    pub own: &'a str,
}

/// Sets a field, in one language where one is named.
///
/// # Errors
/// There is no such dimension, code or field, or the field does not take the text.
pub fn set(
    mut codebook: Codebook,
    id: &str,
    field: &str,
    text: &str,
    language: Spoken<'_>,
    effect: Effect,
) -> Result<Change, Failure> {
    if id == WHOLE {
        of_all(&mut codebook, field, text, language)?;
        return Ok(Change { codebook, effects: Vec::new() });
    }
    let missing = unknown(&codebook, id);
    let effects = vec![(id.to_owned(), if tells_nothing(field) { Effect::Minor } else { effect })];
    if let Some(dimension) = codebook.dimensions.iter_mut().find(|it| it.id.as_str() == id) {
        if WORDING.contains(&field) {
            of_wording(&mut dimension.wording, field, text, language);
        } else {
            of_dimension(dimension, field, text)?;
        }
        return Ok(Change { codebook, effects });
    }
    let mut all = codebook.dimensions.iter_mut();
    let code = all.find_map(|it| code_mut(&mut it.codes, id)).ok_or(missing)?;
    match field {
        "keywords" => {
            let keywords = apart(text, &code.keywords);
            if let Some(wrong) = no_pattern(&keywords) {
                let what = msg!("codebook.keyword", keyword = wrong);
                return Err(Failure::Usage(what, msg!("codebook.keyword.fix")));
            }
            code.keywords = keywords;
        }
        field if WORDING.contains(&field) => {
            of_wording(&mut code.wording, field, text, language);
        }
        _ => return Err(no_field(field, &[&WORDING[..], &["keywords"]].concat())),
    }
    Ok(Change { codebook, effects })
}

/// Whether a field never says what a code means.
fn tells_nothing(field: &str) -> bool {
    matches!(field, "color" | "keywords")
}

fn no_field(field: &str, known: &[&str]) -> Failure {
    let known = known.join(", ");
    Failure::Usage(msg!("change.field", field = field), msg!("change.field.fix", known = known))
}

fn of_all(
    codebook: &mut Codebook,
    field: &str,
    text: &str,
    language: Spoken<'_>,
) -> Result<(), Failure> {
    match field {
        "title" => put(&mut codebook.title, text.to_owned(), language),
        "unit" => put(&mut codebook.unit, text.to_owned(), language),
        "version" => codebook.version = text.to_owned(),
        _ => return Err(no_field(field, &OF_ALL)),
    }
    Ok(())
}

fn of_dimension(dimension: &mut Dimension, field: &str, text: &str) -> Result<(), Failure> {
    match field {
        "select" => {
            let Some(select) = select(text) else {
                return Err(Failure::Usage(msg!("codebook.select"), msg!("codebook.select.fix")));
            };
            if dimension.ordered && select == Select::Many {
                let fix = msg!("codebook.scale_of_many.fix");
                return Err(Failure::Usage(msg!("codebook.scale_of_many"), fix));
            }
            dimension.select = select;
        }
        "scale" => {
            dimension.ordered = match text {
                "" => false,
                ORDERED if dimension.select == Select::One => true,
                ORDERED => {
                    let fix = msg!("codebook.scale_of_many.fix");
                    return Err(Failure::Usage(msg!("codebook.scale_of_many"), fix));
                }
                _ => {
                    return Err(Failure::Usage(msg!("codebook.scale"), msg!("codebook.scale.fix")));
                }
            };
        }
        "color" => {
            let hex = text.strip_prefix('#').filter(|it| it.len() == 6);
            let is_color = hex.is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
            if !text.is_empty() && !is_color {
                return Err(Failure::Usage(msg!("codebook.color"), msg!("codebook.color.fix")));
            }
            dimension.color = text.to_owned();
        }
        _ => return Err(no_field(field, &[&WORDING[..], &OF_DIMENSION[..]].concat())),
    }
    Ok(())
}

/// Sets a field of a wording.
pub fn of_wording(wording: &mut Wording, field: &str, text: &str, language: Spoken<'_>) {
    let place = match field {
        "name" => &mut wording.name,
        "brief" => &mut wording.brief,
        "definition" => &mut wording.definition,
        "use_when" => &mut wording.use_when,
        "not_when" => &mut wording.not_when,
        _ => {
            let tag = language.asked.unwrap_or(language.own);
            let known = wording.examples.in_language(tag).cloned().unwrap_or_default();
            return put(&mut wording.examples, apart(text, &known), language);
        }
    };
    put(place, text.to_owned(), language);
}

/// Several texts in one cell: a bar between them; a bar within a text is written twice.
#[must_use]
pub fn in_one(texts: &[String]) -> String {
    texts.iter().map(|it| it.replace('|', "||")).collect::<Vec<_>>().join(" | ")
}

/// The texts of one cell: parted by line breaks or bars, two bars being one within a text. What stands in the cell
/// just as the known texts would is the known texts, whatever they hold.
#[must_use]
pub fn apart(text: &str, known: &[String]) -> Vec<String> {
    if text.replace("\r\n", "\n") == in_one(known) {
        return known.to_vec();
    }
    let mut texts = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '|' if characters.next_if_eq(&'|').is_some() => {
                texts.last_mut().into_iter().for_each(|it| it.push('|'));
            }
            '|' | '\n' => texts.push(String::new()),
            other => texts.last_mut().into_iter().for_each(|it| it.push(other)),
        }
    }
    let texts = texts.iter().map(|it| it.trim().to_owned());
    texts.filter(|it| !it.is_empty()).collect()
}

/// The first keyword that cannot be looked for.
#[must_use]
pub fn no_pattern(keywords: &[String]) -> Option<&String> {
    keywords.iter().find(|it| Pattern::keyword(it, false).is_err())
}

/// Sets a value in one language. What was given once is in the study's own language.
fn put<T: Clone + Default + PartialEq>(place: &mut Localized<T>, value: T, of: Spoken<'_>) {
    let language = of.asked.unwrap_or(of.own);
    match place {
        Localized::ByLanguage(by) => {
            by.insert(language.to_owned(), value);
        }
        Localized::Plain(once) if of.asked.is_none() || language == of.own => *once = value,
        Localized::Plain(once) => {
            let mut by = BTreeMap::from([(language.to_owned(), value)]);
            if *once != T::default() {
                by.insert(of.own.to_owned(), std::mem::take(once));
            }
            *place = Localized::ByLanguage(by);
        }
    }
}
