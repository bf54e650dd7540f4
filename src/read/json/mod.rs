//! JSON of speech recognition and of diarisation services into blocks.
//!
//! Each service has its own shape; what they share is a list of stretches with a text, mostly a speaker and
//! times. The shapes that stand for themselves are in [`services`], all others are lists whose fields have
//! the names that one meets ([`fields`]). A shape that is neither is refused: to guess would be to invent.

mod fields;
mod services;
mod words;

use serde_json::Value;

use super::content::Content;
use super::unreadable::Unreadable;
use crate::msg;
use crate::read::block::{Block, Piece};

/// A stretch of speech as a file has it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Said {
    /// Who speaks, if the file says so.
    speaker: Option<String>,
    text: String,
    /// Seconds or their thousandths, as the file counts.
    from: Option<f64>,
    to: Option<f64>,
}

/// What was said, and how its times count.
#[derive(Debug, Default)]
struct Found {
    said: Vec<Said>,
    /// How many to a second: 1 or 1,000; absent where the file leaves that to be seen.
    unit: Option<f64>,
}

/// Whether a text is JSON: it begins with an object that has a name, or a list of objects.
pub(super) fn is_one(text: &str) -> bool {
    let text = text.trim_start();
    let inside = |open: char| text.strip_prefix(open).map(str::trim_start);
    inside('{').is_some_and(|it| it.starts_with('"'))
        || inside('[').is_some_and(|it| {
            it.strip_prefix('{').is_some_and(|it| it.trim_start().starts_with('"'))
        })
}

/// Reads JSON.
///
/// # Errors
/// It is damaged, with its line, or of a shape that nobody told this program of.
pub(super) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    let value = parse(text)?;
    if services::is_beyond(&value) {
        return Err(Unreadable::new(msg!("json.speakers_apart"), msg!("json.shape.fix")));
    }
    let found = services::find(&value).or_else(|| fields::find(&value));
    let found = found.filter(|it| it.said.iter().any(|said| !said.text.trim().is_empty()));
    let found = found.ok_or_else(|| Unreadable::new(msg!("json.shape"), msg!("json.shape.fix")))?;
    let unit = found.unit.unwrap_or_else(|| fields::unit(&found.said));
    let mut content = Content { language: fields::language(&value), ..Content::default() };
    let speakers = found.said.iter().any(|it| it.speaker.is_some());
    for (number, said) in (1..).zip(found.said) {
        let text = said.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            content.blocks.push(block(number, text, &said, unit, speakers));
        }
    }
    Ok(content)
}

fn block(number: u32, text: String, said: &Said, unit: f64, speakers: bool) -> Block<'static> {
    let block = Block::text(number, text);
    let from = said.from.and_then(|it| thousandths(it, unit));
    let to = said.to.and_then(|it| thousandths(it, unit));
    let block = match from {
        Some(from) => block.piece(Piece { from, to: to.unwrap_or(from).max(from) }),
        None => block,
    };
    match &said.speaker {
        Some(speaker) => block.said_by(speaker.clone()),
        None if speakers => block.said_by_somebody(),
        None => block,
    }
}

/// A time in thousandths of a second, if it can be one: a year has room.
fn thousandths(time: f64, unit: f64) -> Option<u64> {
    let time = (time / unit * 1000.0).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within a year
    (0.0..31_536_000_000.0).contains(&time).then_some(time as u64)
}

/// The value of a text; several one after the other, as in JSON Lines, are a list.
fn parse(text: &str) -> Result<Value, Unreadable> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        values.push(value.map_err(|error| {
            let line = u64::try_from(error.line()).unwrap_or(u64::MAX);
            let what = msg!("json.damaged", column = error.column());
            Unreadable::new(what, msg!("json.damaged.fix")).at_line(line)
        })?);
    }
    match (values.pop(), values.is_empty()) {
        (Some(value), true) => Ok(value),
        (Some(last), false) => {
            values.push(last);
            Ok(Value::Array(values))
        }
        (None, _) => Err(Unreadable::new(msg!("json.shape"), msg!("json.shape.fix"))),
    }
}
