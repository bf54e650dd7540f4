//! The choices that a coder has in a dimension, numbered, and the reading of an answer made of them.

use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::id;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;

/// One code that can be given; its number on the screen is its place in the list, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The code.
    pub code: CodeIndex,
    /// How deep it lies in the tree of its dimension, from 0.
    pub depth: usize,
    /// Whether it is the dimension's own id: the dimension, nothing more specific.
    pub own: bool,
}

/// The choices of a dimension: its codes in codebook order, then its own id.
#[must_use]
pub fn choices(study: &Study, dimension: DimensionIndex) -> Vec<Choice> {
    let vocabulary = &study.vocabulary;
    let Some(asked) = vocabulary.dimensions.get(usize::from(dimension.0)) else {
        return Vec::new();
    };
    let depth = |code: CodeIndex| {
        let above = |code: &CodeIndex| vocabulary.of(*code).parent;
        std::iter::successors(Some(code), above).count().saturating_sub(2)
    };
    vocabulary
        .codes_of(dimension)
        .map(|(code, _)| Choice { code, depth: depth(code), own: false })
        .chain([Choice { code: asked.own_code, depth: 0, own: true }])
        .collect()
}

/// Reads an answer: numbers or ids of one dimension's choices, `0` or `none` for none.
///
/// The codes come back in codebook order, each once; an empty list is "none applies".
///
/// # Errors
/// Says what is not understood: nothing of the line may count then.
pub fn read(
    study: &Study,
    dimension: DimensionIndex,
    words: &[&str],
) -> Result<Vec<CodeIndex>, Message> {
    let codes = named(study, dimension, words)?;
    if codes.len() < words.len() && !codes.is_empty() {
        return Err(msg!("code.none_beside"));
    }
    settle(study, dimension, codes)
}

/// The choices that numbers or ids name, one for each word; `0` and `none` name none.
///
/// # Errors
/// Says which word is not understood.
pub fn named(
    study: &Study,
    dimension: DimensionIndex,
    words: &[&str],
) -> Result<Vec<CodeIndex>, Message> {
    let choices = choices(study, dimension);
    let mut codes = Vec::new();
    for word in words {
        codes.extend(one(study, dimension, &choices, word)?);
    }
    Ok(codes)
}

/// Puts chosen codes in order and lets the dimension's own id give way to what lies beneath it.
///
/// # Errors
/// Several codes where the dimension takes one.
pub fn settle(
    study: &Study,
    dimension: DimensionIndex,
    mut codes: Vec<CodeIndex>,
) -> Result<Vec<CodeIndex>, Message> {
    codes.sort_unstable();
    codes.dedup();
    let Some(asked) = study.vocabulary.dimensions.get(usize::from(dimension.0)) else {
        return Ok(codes);
    };
    if codes.len() > 1 {
        codes.retain(|code| *code != asked.own_code);
    }
    if codes.len() > 1 && asked.select == Select::One {
        return Err(msg!("code.one_only", dimension = &asked.id));
    }
    Ok(codes)
}

/// One word of an answer; `None` is "none applies".
fn one(
    study: &Study,
    dimension: DimensionIndex,
    choices: &[Choice],
    word: &str,
) -> Result<Option<CodeIndex>, Message> {
    if word == "0" || word.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        return match number.and_then(|at| choices.get(at)) {
            Some(choice) => Ok(Some(choice.code)),
            None => Err(msg!("code.no_number", last = choices.len())),
        };
    }
    if !id::has_shape(word) {
        return Err(msg!("code.not_understood"));
    }
    let vocabulary = &study.vocabulary;
    let named = |code: CodeIndex| vocabulary.of(code).id.as_str().eq_ignore_ascii_case(word);
    if let Some(choice) = choices.iter().find(|choice| named(choice.code)) {
        return Ok(Some(choice.code));
    }
    let elsewhere = (0..)
        .map(CodeIndex)
        .zip(&vocabulary.codes)
        .find(|(code, known)| named(*code) && known.in_force && known.dimension != dimension)
        .and_then(|(_, known)| vocabulary.dimensions.get(usize::from(known.dimension.0)));
    Err(match elsewhere {
        Some(other) => msg!("code.elsewhere", code = word, dimension = &other.id),
        None => msg!("code.unknown", code = word),
    })
}
