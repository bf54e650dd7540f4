//! Concepts: which codes and which topics of the guide each is made of.

use crate::domain::answer::CodeIndex;
use crate::domain::concept::Concept;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::domain::study::Study;
use crate::msg;

/// A concept as the study knows its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What it is called.
    pub name: String,
    /// Its codes; a dimension stands for what lies beneath it.
    pub codes: Vec<CodeIndex>,
    /// The topics of its questions.
    pub topics: Vec<String>,
}

/// The concepts of a study, in the order of their file.
///
/// # Errors
/// There are none, or one names a code or question that the study does not have.
pub fn concepts(study: &Study) -> Result<Vec<Parts>, Failure> {
    if study.concepts.is_empty() {
        return Err(Failure::Usage(msg!("concepts.none"), msg!("concepts.none.fix")));
    }
    let problems = problems(study);
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let parts = |it: &Concept| Parts {
        name: it.name.clone(),
        // A code that was merged is asked for under what it became, too.
        codes: it
            .codes
            .iter()
            .filter_map(|(_, code)| study.find_code(code).ok())
            .flat_map(|code| [code, study.vocabulary.now(code)])
            .collect(),
        topics: it.questions.iter().filter_map(|(_, asked)| topic(study, asked)).collect(),
    };
    Ok(study.concepts.iter().map(parts).collect())
}

/// What a study's list of concepts names in vain.
#[must_use]
pub fn problems(study: &Study) -> Vec<Problem> {
    let code = |(place, code): &(Place, String)| {
        let missing = study.find_code(code).err()?;
        Some(Problem::new(place.clone(), missing.what(), missing.fix()))
    };
    let question = |(place, asked): &(Place, String)| {
        let known: Vec<&str> = study.guide.questions.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("concepts.question.fix", known = known.join(", "));
        let what = msg!("concepts.question", question = asked);
        topic(study, asked).is_none().then(|| Problem::new(place.clone(), what, fix))
    };
    let of = |it: &Concept| -> Vec<Problem> {
        let codes = it.codes.iter().filter_map(code);
        codes.chain(it.questions.iter().filter_map(question)).collect()
    };
    study.concepts.iter().flat_map(of).collect()
}

/// The topic of a question by its id, or a topic by its name.
fn topic(study: &Study, asked: &str) -> Option<String> {
    let question = study.guide.place(asked).and_then(|at| study.guide.questions.get(at));
    let named = || study.guide.topics().into_iter().find(|it| *it == asked);
    question.map(|it| it.topic.as_str()).or_else(named).map(str::to_owned)
}
