//! The grammar of a line at the coding desk: a whole answer, or one letter with what it needs.

use super::{Act, CodingDesk};
use crate::desk::choices;
use crate::desk::typed::{bare, head, words};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::message::Message;
use crate::domain::record::MemoKind;
use crate::msg;

/// Makes an act of a line.
///
/// A single letter is always the command of that letter, even if a code is called so; that code has
/// its number.
pub(super) fn read(desk: &CodingDesk<'_>, line: &str) -> Result<Act, Message> {
    let line = bare(line);
    let (head, rest) = head(line);
    let alone =
        |act: Act| if rest.is_empty() { Ok(act) } else { Err(msg!("code.alone", letter = head)) };
    match head {
        "" => Ok(Act::Pass),
        "e" | "E" => alone(Act::RestNone),
        "z" | "Z" => alone(Act::Undo),
        "y" | "Y" => alone(Act::Redo),
        "s" | "S" => alone(Act::Skip),
        "n" | "N" => alone(Act::Next),
        "q" | "Q" => alone(Act::Leave),
        "h" | "H" | "?" => alone(Act::Help),
        "v" | "V" => alone(Act::Again),
        "a" | "A" if rest.is_empty() => Ok(Act::Doubt),
        "m" | "M" if rest.is_empty() => Err(msg!("code.note_empty")),
        "m" | "M" => Ok(Act::Note(MemoKind::Note, rest.to_owned())),
        "b" | "B" if rest.is_empty() => Err(msg!("code.wish_empty")),
        "b" | "B" => Ok(Act::Note(MemoKind::Boundary, rest.to_owned())),
        "+" => proposal(rest),
        "c" | "C" => {
            let dimension = desk.open_dimension().ok_or_else(|| msg!("code.all_decided"))?;
            choices::named(desk.study, dimension, &words(rest)).map(Act::Define)
        }
        "g" | "G" => go(desk, &words(rest)),
        _ if line.contains('/') => several(desk, line).map(Act::Several),
        _ => {
            let (words, unsure) = answer(line)?;
            let dimension = desk.open_dimension().ok_or_else(|| msg!("code.all_decided"))?;
            let codes = choices::read(desk.study, dimension, &words)?;
            Ok(Act::Answer { codes, unsure })
        }
    }
}

/// A code to be proposed: `NAME`, or `NAME: what it means`.
fn proposal(text: &str) -> Result<Act, Message> {
    let (name, brief) = text.split_once(':').unwrap_or((text, ""));
    match name.trim() {
        "" => Err(msg!("code.proposal_empty")),
        name => Ok(Act::Propose(name.to_owned(), brief.trim().to_owned())),
    }
}

/// An answer for each dimension of the unit, from the first to the last.
fn several(
    desk: &CodingDesk<'_>,
    line: &str,
) -> Result<Vec<(DimensionIndex, Vec<CodeIndex>, bool)>, Message> {
    desk.open_dimension().ok_or_else(|| msg!("code.all_decided"))?;
    let parts: Vec<&str> = line.split('/').map(str::trim).collect();
    let asked = desk.dimensions.len();
    if parts.len() != asked {
        return Err(msg!("code.all_dimensions", n = asked, given = parts.len()));
    }
    let one = |(part, dimension): (&&str, &DimensionIndex)| {
        let (words, unsure) = answer(part)?;
        Ok((*dimension, choices::read(desk.study, *dimension, &words)?, unsure))
    };
    parts.iter().zip(&desk.dimensions).map(one).collect()
}

fn go(desk: &CodingDesk<'_>, words: &[&str]) -> Result<Act, Message> {
    let (place, dimension) = match words {
        [place] => (place, None),
        [place, dimension] => (place, Some(dimension)),
        _ => return Err(msg!("code.go_where")),
    };
    let unit = desk.find(place).ok_or_else(|| msg!("code.no_such_unit"))?;
    let named = |id: &&str| desk.dimension(id).ok_or_else(|| msg!("code.no_such_dimension"));
    Ok(Act::Go(unit, dimension.map(named).transpose()?))
}

/// The words of an answer, and whether it is marked as unsure.
fn answer(line: &str) -> Result<(Vec<&str>, bool), Message> {
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
    Ok((words, unsure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_words_and_at_most_one_mark_before_or_after_them() {
        let words = |words: &[&'static str], unsure| Ok((words.to_vec(), unsure));
        assert_eq!(answer("1 3"), words(&["1", "3"], false));
        assert_eq!(answer("1,3, rotating-roles"), words(&["1", "3", "rotating-roles"], false));
        assert_eq!(answer("u 1"), words(&["1"], true));
        assert_eq!(answer("0 U"), words(&["0"], true));
        assert_eq!(answer("u e"), words(&["e"], true), "no code `e`: the choices will say so");
        assert_eq!(answer("u"), Err(msg!("code.unsure_alone")));
        for line in ["1 u 2", "u 1 u", ", ,"] {
            assert_eq!(answer(line), Err(msg!("code.not_understood")), "{line}");
        }
    }
}
