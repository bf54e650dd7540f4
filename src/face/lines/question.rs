//! A question on the screen: the dimension, its choices with their numbers, and the definitions.

use anstyle::Style;

use super::Talk;
use crate::desk::choices::{self, Choice};
use crate::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::codebook::{Select, Wording};
use crate::domain::study::Study;
use crate::escape::terminal::Guarded;
use crate::msg;

/// The id of a dimension.
pub(super) fn dimension_id(study: &Study, dimension: DimensionIndex) -> &str {
    let known = study.vocabulary.dimensions.get(usize::from(dimension.0));
    known.map_or("", |known| known.id.as_str())
}

/// A name as it is shown: the name, then the id it is typed by.
pub(super) fn named(study: &Study, id: &str, talk: &Talk<'_>) -> String {
    let name = study.codebook().name(id, talk.language.tag());
    if name == id { id.to_owned() } else { format!("{name} ({id})") }
}

/// An answer as it is shown.
pub(super) fn answer(
    study: &Study,
    answers: &Answers,
    answer: AnswerIndex,
    talk: &Talk<'_>,
) -> String {
    if answer == AnswerIndex::NONE {
        return talk.word("code.none");
    }
    let id = |code: &CodeIndex| named(study, study.vocabulary.of(*code).id.as_str(), talk);
    answers.codes(answer).iter().map(id).collect::<Vec<_>>().join("; ")
}

/// The dimension and its numbered choices.
pub(super) fn question(
    study: &Study,
    dimension: DimensionIndex,
    choices: &[Choice],
    talk: &Talk<'_>,
) -> Guarded {
    let id = dimension_id(study, dimension);
    let one = study.codebook().dimension(id).is_some_and(|it| it.select == Select::One);
    let select = talk.word(if one { "code.one" } else { "code.several" });
    let heading = format!("{} · {select}", named(study, id, talk));
    let mut out = talk.styled(Style::new().bold(), line(&heading, talk, "", ""));
    if let Some(brief) = brief(study, id, talk) {
        out.push(&line(&brief, talk, "", ""));
    }
    for (at, choice) in choices.iter().enumerate() {
        out.push(&self::choice(study, at + 1, choice, talk));
    }
    out.push(&line(&talk.word("code.none"), talk, "    0  ", ""));
    out
}

fn choice(study: &Study, number: usize, choice: &Choice, talk: &Talk<'_>) -> Guarded {
    let id = study.vocabulary.of(choice.code).id.as_str();
    let indent = "  ".repeat(choice.depth);
    let text = if choice.own {
        talk.say(&msg!("code.own", id = id))
    } else {
        let name = named(study, id, talk);
        brief(study, id, talk).map_or(name.clone(), |brief| format!("{name}: {brief}"))
    };
    line(&text, talk, &format!("{number:>5}  {indent}"), &format!("         {indent}"))
}

/// The definitions of these codes in full, or the dimension in full with what each of its codes means.
pub(super) fn definitions(
    study: &Study,
    dimension: DimensionIndex,
    codes: &[CodeIndex],
    talk: &Talk<'_>,
) -> Guarded {
    if !codes.is_empty() {
        return codes
            .iter()
            .map(|code| in_full(study, study.vocabulary.of(*code).id.as_str(), talk))
            .collect();
    }
    let mut out = in_full(study, dimension_id(study, dimension), talk);
    for (at, choice) in choices::choices(study, dimension).iter().enumerate() {
        let id = study.vocabulary.of(choice.code).id.as_str();
        let Some(wording) = study.codebook().wording(id).filter(|_| !choice.own) else { continue };
        let definition = wording.definition.text(talk.language.tag());
        let text = format!("{}: {definition}", named(study, id, talk));
        out.push(&line(&text, talk, &format!("{:>5}  ", at + 1), "       "));
    }
    out.push(&line(&talk.word("code.more"), talk, "", ""));
    out
}

fn in_full(study: &Study, id: &str, talk: &Talk<'_>) -> Guarded {
    let mut out = talk.styled(Style::new().bold(), line(&named(study, id, talk), talk, "", ""));
    let Some(wording) = study.codebook().wording(id) else { return out };
    for (label, text) in fields(wording, talk) {
        if !text.trim().is_empty() {
            out.push(&line(&format!("{label}{text}"), talk, "  ", "    "));
        }
    }
    out
}

/// What a wording says beyond its name, each with its label.
fn fields<'a>(wording: &'a Wording, talk: &Talk<'_>) -> Vec<(String, &'a str)> {
    let tag = talk.language.tag();
    let label = |key| format!("{} ", talk.word(key));
    let mut fields = vec![
        (String::new(), wording.definition.text(tag)),
        (label("code.use_when"), wording.use_when.text(tag)),
        (label("code.not_when"), wording.not_when.text(tag)),
    ];
    let examples = wording.examples.get(tag).map_or(&[][..], Vec::as_slice);
    fields.extend(examples.iter().map(|it| (label("code.example"), it.as_str())));
    fields
}

fn brief(study: &Study, id: &str, talk: &Talk<'_>) -> Option<String> {
    let brief = study.codebook().wording(id)?.brief.text(talk.language.tag());
    (!brief.trim().is_empty()).then(|| brief.to_owned())
}

/// One paragraph of the screen.
fn line(text: &str, talk: &Talk<'_>, first: &str, rest: &str) -> Guarded {
    talk.wrapped(text, first, rest)
}
