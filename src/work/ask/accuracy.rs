//! How right coders are where a standard is taken for right, as it is asked of a study.

use super::comparing::{
    CoderAt, Comparing, any_open, given_by_any, in_results, join, unasked, waits_for,
};
use super::line::Line;
use super::part::Part;
use crate::analysis::accuracy::{Accuracy, accuracy};
use crate::analysis::decisions::{Decisions, Rule, Tally, of_coder, of_comparison};
use crate::analysis::provenance::Provenance;
use crate::analysis::scope::Scope;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::msg;
use crate::store::{Opened, Wish};

/// What is asked of coders against a standard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccuracyAsk {
    /// What is taken for right: `final`, or a coder.
    pub against: String,
    /// Who is measured; every trainee and every machine where there is nobody.
    pub coders: Vec<CoderAt>,
    /// How codes that were merged since are counted.
    pub codes: Codes,
    /// Whether people too read ids.
    pub ids: bool,
    /// Which cases and dimensions.
    pub part: Part,
    /// Which decisions.
    pub comparing: Comparing,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AccuracyAnswer {
    /// What is taken for right: `final`, or a coder's id.
    pub against: String,
    /// Whether it is what was settled, agreed, or decided by one alone.
    pub is_final: bool,
    /// Each coder's figures, and what the standard consists of for her.
    pub coders: Vec<(Accuracy, Tally)>,
    /// Who could not be measured, of those nobody asked for by name.
    pub left_out: Vec<String>,
    /// What was let through.
    pub provenance: Provenance,
}

/// How right coders are.
///
/// # Errors
/// Names that the study does not have, somebody who is part of the standard, nobody to measure, or no case is open.
pub fn measured(opened: &Opened, ask: &AccuracyAsk) -> Result<AccuracyAnswer, Failure> {
    let standard = Standard::of(&ask.against, opened)?;
    let scope = ask.part.scope(&opened.study)?;
    let asked = standard.measures(ask, opened)?;
    let (mut coders, mut left_out) = (Vec::new(), Vec::new());
    let (mut together, mut refused): (Option<Comparison>, _) = (None, None);
    for at in &asked {
        match measure(ask, opened, &standard, at, &scope) {
            Ok(Measured { accuracy, tally, comparison }) => {
                coders.push((accuracy, tally));
                match &mut together {
                    None => together = Some(comparison),
                    Some(together) => join(together, comparison),
                }
            }
            // Of whom nobody asked by name, those are shown of whom there is something.
            Err(why @ Failure::Refused(..)) if ask.coders.is_empty() => {
                left_out.push(at.text.clone());
                refused = Some(why);
            }
            Err(why) => return Err(why),
        }
    }
    let Some(comparison) = together else { return Err(refused.unwrap_or_else(nobody)) };
    Ok(AccuracyAnswer {
        against: standard.to_string(),
        is_final: matches!(standard, Standard::Final),
        coders,
        left_out,
        provenance: Provenance::within(&opened.study, &comparison, &scope),
    })
}

impl AccuracyAsk {
    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("agree")
            .option("against", Some(&self.against))
            .option("coders", &self.coders)
            .unless(&Codes::Decided.as_str(), "codes", &self.codes.as_str())
            .option("names", self.ids.then_some("ids"));
        self.comparing.on(self.part.on(line))
    }
}

/// What is taken for right.
enum Standard {
    /// What was settled, agreed, or decided by one alone.
    Final,
    /// What one coder decided.
    Coder(CoderId),
}

/// One coder held against the standard, and what was let through for it.
struct Measured {
    accuracy: Accuracy,
    tally: Tally,
    comparison: Comparison,
}

impl std::fmt::Display for Standard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Final => f.write_str("final"),
            Self::Coder(id) => id.fmt(f),
        }
    }
}

impl Standard {
    fn of(asked: &str, opened: &Opened) -> Result<Self, Failure> {
        if asked == "final" {
            return Ok(Self::Final);
        }
        let coder = opened.study.find_coder(asked)?.id.clone();
        in_results(&opened.study, &coder)?;
        Ok(Self::Coder(coder))
    }

    /// Who is measured: whoever is named, else every trainee and every machine.
    fn measures(&self, ask: &AccuracyAsk, opened: &Opened) -> Result<Vec<CoderAt>, Failure> {
        let study = &opened.study;
        let mut asked = ask.coders.clone();
        if asked.is_empty() {
            let measured = study.settings.coders.iter().filter(|it| !it.is_person());
            let others = measured.filter(|it| !self.is(&it.id) && !study.is_excluded(&it.id));
            asked = others.map(|it| CoderAt::from(it.id.as_str())).collect();
        }
        if asked.is_empty() {
            return Err(nobody());
        }
        for at in &mut asked {
            let coder = &study.find_coder(&at.coder)?.id;
            in_results(&opened.study, coder)?;
            let is_part = match self {
                Self::Final => study.counts(coder),
                Self::Coder(_) => self.is(coder),
            };
            if is_part {
                let what = msg!("accuracy.part", coder = coder);
                return Err(Failure::Refused(what, msg!("accuracy.part.fix", coder = coder)));
            }
            at.coder = coder.to_string();
        }
        Ok(asked)
    }

    fn is(&self, coder: &CoderId) -> bool {
        matches!(self, Self::Coder(id) if id == coder)
    }
}

fn nobody() -> Failure {
    Failure::Usage(msg!("accuracy.nobody"), msg!("accuracy.nobody.fix"))
}

/// One coder against the standard, in the cases that she and all who count have sealed.
fn measure(
    ask: &AccuracyAsk,
    opened: &Opened,
    standard: &Standard,
    at: &CoderAt,
    scope: &Scope,
) -> Result<Measured, Failure> {
    let study = &opened.study;
    let hers = study.find_coder(&at.coder)?.id.clone();
    let mut wish = ask.comparing.wish(&opened.study, &scope.cases)?;
    if let Some(round) = &at.round {
        wish.round = Some(study.find_round(round)?.clone());
    }
    wish.also.insert(hers.clone());
    if let Standard::Coder(id) = standard {
        wish.also.insert(id.clone());
    }
    let mut comparison = opened.comparison(&wish)?.counting(study, ask.codes);
    any_open(&comparison, scope)?;
    let scope = &given_by_any(opened, &comparison, scope)?;
    let decisions = decisions(opened, &comparison, standard, &wish, scope)?;
    let Some(coding) = comparison.codings.iter_mut().find(|it| it.coder == hers) else {
        waits_for(&comparison, &hers)?;
        return Err(unasked(study, &hers, wish.round.as_ref()));
    };
    if at.round.is_some() {
        coding.label.clone_from(&at.text);
    }
    let accuracy = accuracy(study, &decisions, coding);
    let tally = decisions.tally;
    comparison.codings.retain(|it| it.coder == hers || standard.is(&it.coder));
    comparison.open_to.retain(|it, _| *it == hers || standard.is(it));
    Ok(Measured { accuracy, tally, comparison })
}

/// What is taken for right of what was let through.
fn decisions<'a>(
    opened: &'a Opened,
    comparison: &Comparison,
    standard: &Standard,
    wish: &Wish,
    scope: &Scope,
) -> Result<Decisions<'a>, Failure> {
    let study = &opened.study;
    match standard {
        Standard::Final => {
            let mut counting = comparison.clone();
            counting.codings.retain(|it| study.counts(&it.coder));
            Ok(of_comparison(study, &counting, &opened.settlements, Rule::Final, scope))
        }
        Standard::Coder(id) => {
            let Some(coding) = comparison.codings.iter().find(|it| it.coder == *id) else {
                waits_for(comparison, id)?;
                return Err(unasked(study, id, wish.round.as_ref()));
            };
            Ok(of_coder(study, coding, &comparison.open, scope, comparison.codes))
        }
    }
}
