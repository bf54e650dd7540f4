//! The grammar of a line at the coding desk: a whole answer, or one letter with what it needs.

use crate::desk::typed::{bare, head, words};
use crate::domain::message::Message;
use crate::msg;

/// What a line asks for. Whether it can be done is for the desk to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// An answer to the question: numbers and ids, and whether the coder is unsure.
    Answer { words: Vec<&'a str>, unsure: bool },
    /// None in every dimension of the unit that is still undecided.
    RestNone,
    /// Take back the last act.
    Undo,
    /// Take back the last undo.
    Redo,
    /// On to the next unit.
    Skip,
    /// A note on the unit.
    Note(&'a str),
    /// A wish that the unit were cut differently.
    Wish(&'a str),
    /// The definitions: of the whole dimension, or of these choices.
    Definitions(Vec<&'a str>),
    /// To a unit, and there to a dimension.
    Go { place: &'a str, dimension: Option<&'a str> },
    /// On to the next undecided question.
    Next,
    /// Enough for now.
    Leave,
    /// What can be typed.
    Help,
    /// Nothing was typed.
    Empty,
}

/// Reads a line.
///
/// A single letter is always the command of that letter, even if a code is called so; that code has
/// its number.
pub(super) fn read(line: &str) -> Result<Line<'_>, Message> {
    let line = bare(line);
    let (head, rest) = head(line);
    let alone = |command: Line<'static>| {
        if rest.is_empty() { Ok(command) } else { Err(msg!("code.alone", letter = head)) }
    };
    match head {
        "" => Ok(Line::Empty),
        "e" | "E" => alone(Line::RestNone),
        "z" | "Z" => alone(Line::Undo),
        "y" | "Y" => alone(Line::Redo),
        "s" | "S" => alone(Line::Skip),
        "n" | "N" => alone(Line::Next),
        "q" | "Q" => alone(Line::Leave),
        "h" | "H" | "?" => alone(Line::Help),
        "m" | "M" if rest.is_empty() => Err(msg!("code.note_empty")),
        "m" | "M" => Ok(Line::Note(rest)),
        "b" | "B" if rest.is_empty() => Err(msg!("code.wish_empty")),
        "b" | "B" => Ok(Line::Wish(rest)),
        "c" | "C" => Ok(Line::Definitions(words(rest))),
        "g" | "G" => go(&words(rest)),
        _ => answer(line),
    }
}

fn go<'a>(words: &[&'a str]) -> Result<Line<'a>, Message> {
    match words {
        [place] => Ok(Line::Go { place, dimension: None }),
        [place, dimension] => Ok(Line::Go { place, dimension: Some(dimension) }),
        _ => Err(msg!("code.go_where")),
    }
}

fn answer(line: &str) -> Result<Line<'_>, Message> {
    let all = words(line);
    let is_mark = |word: &str| word.eq_ignore_ascii_case("u");
    let unsure = all.first().is_some_and(|word| is_mark(word))
        || all.last().is_some_and(|word| is_mark(word));
    let words: Vec<&str> = all.iter().copied().filter(|word| !is_mark(word)).collect();
    let marks = all.len() - words.len();
    if words.is_empty() {
        return Err(if marks > 0 {
            msg!("code.unsure_alone")
        } else {
            msg!("code.not_understood")
        });
    }
    if marks > 1 || (marks == 1 && !unsure) {
        return Err(msg!("code.not_understood"));
    }
    Ok(Line::Answer { words, unsure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_whole_answer_or_one_letter() {
        let answer =
            |words: &[&'static str], unsure| Ok(Line::Answer { words: words.to_vec(), unsure });
        assert_eq!(read("1 3\r\n"), answer(&["1", "3"], false));
        assert_eq!(read("1,3, rotating-roles"), answer(&["1", "3", "rotating-roles"], false));
        assert_eq!(read("u 1"), answer(&["1"], true));
        assert_eq!(read("0 U"), answer(&["0"], true));
        assert_eq!(read(" u "), Err(msg!("code.unsure_alone")));
        assert_eq!(read("1 u 2"), Err(msg!("code.not_understood")));
        assert_eq!(read("u 1 u"), Err(msg!("code.not_understood")));
        assert_eq!(read("u e"), answer(&["e"], true), "no code `e`: the desk will say so");
        assert_eq!(read("m  two  words "), Ok(Line::Note("two  words")));
        assert_eq!(read("m"), Err(msg!("code.note_empty")));
        assert_eq!(
            read("g A:3 outputs"),
            Ok(Line::Go { place: "A:3", dimension: Some("outputs") })
        );
        assert_eq!(read("q now"), Err(msg!("code.alone", letter = "q")));
        assert_eq!(read(", ,"), Err(msg!("code.not_understood")));
        assert_eq!(read(""), Ok(Line::Empty));
    }
}
