//! Answering a filter for all units of a study at once.

use std::collections::BTreeSet;

use super::{Filter, Key, Order, Test};
use crate::analysis::attribute::List;
use crate::analysis::attribute::{Attribute, Measure};
use crate::analysis::decisions::Decisions;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::answer::CodeIndex;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::id::ParticipantId;
use crate::domain::log::UnitIndex;
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::domain::unit::Unit;
use crate::msg;

/// What units were given, for conditions on codes and certainty.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What counts.
    pub decisions: &'a Decisions<'a>,
    /// Where it was decided.
    pub codings: &'a [Coding],
}

impl Filter {
    /// Per unit of the study, whether the filter holds for it; without `given`, no unit has a code.
    ///
    /// # Errors
    /// It names what the study does not have, or compares with what is no number and no date.
    pub fn units(&self, study: &Study, given: Option<Given<'_>>) -> Result<Vec<bool>, Failure> {
        let count = study.units.len();
        Ok(match self {
            Self::All(all) => {
                let mut holds = vec![true; count];
                for one in all {
                    let one = one.units(study, given)?;
                    holds.iter_mut().zip(one).for_each(|(all, one)| *all &= one);
                }
                holds
            }
            Self::Any(any) => {
                let mut holds = vec![false; count];
                for one in any {
                    let one = one.units(study, given)?;
                    holds.iter_mut().zip(one).for_each(|(any, one)| *any |= one);
                }
                holds
            }
            Self::Not(one) => one.units(study, given)?.into_iter().map(|it| !it).collect(),
            Self::Condition(key, Test::IsNot(value)) => {
                let is = Self::Condition(key.clone(), Test::Is(value.clone()));
                is.units(study, given)?.into_iter().map(|it| !it).collect()
            }
            Self::Condition(key, test) => condition(study, key, test, given)?,
        })
    }
}

fn condition(
    study: &Study,
    key: &Key,
    test: &Test,
    given: Option<Given<'_>>,
) -> Result<Vec<bool>, Failure> {
    let values = match test {
        Test::Is(value) | Test::IsNot(value) => vec![value.as_str()],
        Test::In(values) => values.iter().map(String::as_str).collect(),
        Test::Than(order, value) => return than(study, key, *order, value),
    };
    let people = Withdrawn::of(study);
    match key {
        Key::Case => {
            let cases = found(&values, |it| Ok(study.find_case(it)?.id.clone()))?;
            Ok(each(study, |unit, _| cases.contains(study.case_of(unit))))
        }
        Key::Transcript => {
            let texts = found(&values, |it| Ok(study.find_transcript(it)?.id.clone()))?;
            Ok(each(study, |unit, _| texts.contains(&study.transcript_of(unit).id)))
        }
        Key::Participant => {
            let who = found(&values, |it| Ok(study.find_participant(it)?.id.clone()))?;
            Ok(each(study, |_, unit| people.speakers(unit).into_iter().any(|it| who.contains(it))))
        }
        Key::Role => {
            let roles = found(&values, role)?;
            let of = |id: &ParticipantId| study.participant(id).map_or(Role::Unknown, |it| it.role);
            Ok(each(study, |unit, known| {
                let pieces = study.transcript_of(unit).pieces(known.locator.span());
                let here = pieces.filter_map(|(_, speaker, _)| speaker);
                here.into_iter().any(|id| !people.has(id) && roles.contains(&of(id)))
            }))
        }
        Key::Topic => {
            let topics: BTreeSet<&str> = study.units.iter().map(|it| it.topic.trim()).collect();
            known_values(&Key::Topic, &values, &topics)?;
            Ok(each(study, |_, unit| values.iter().any(|it| find::same(it, unit.topic.trim()))))
        }
        Key::Code => {
            let codes = found(&values, |it| Ok(study.find_code(it)?))?;
            Ok(coded(study, &codes, given))
        }
        Key::Certainty => {
            let wanted = found(&values, |it| match it {
                _ if find::same(it, "unsure") => Ok(true),
                _ if find::same(it, "sure") => Ok(false),
                _ => Err(no_such(&Key::Certainty, it, &["sure", "unsure"])),
            })?;
            let unsure = unsure(study, given);
            Ok(unsure.into_iter().map(|it| wanted.contains(&it)).collect())
        }
        Key::Words => {
            let numbers = found(&values, |it| it.parse::<u64>().map_err(|_| no_number(key, it)))?;
            Ok(each(study, |unit, _| numbers.contains(&people.words(study, unit))))
        }
        Key::Attribute(list, name) => {
            let column = Attribute::of(study, *list, name)?;
            let known = column.cells(study).into_iter().map(|(_, cell)| cell).collect();
            known_values(key, &values, &known)?;
            Ok(of_column(study, column, |cell| values.iter().any(|it| find::same(it, cell))))
        }
    }
}

/// A comparison of numbers or dates.
fn than(study: &Study, key: &Key, order: Order, value: &str) -> Result<Vec<bool>, Failure> {
    let asked = Measure::of(value).ok_or_else(|| no_number(key, value))?;
    let stands = |cell: &str| match (Measure::of(cell), &asked) {
        (Some(Measure::Number(cell)), Measure::Number(asked)) => order.holds(&cell, asked),
        (Some(Measure::Date(cell)), Measure::Date(asked)) => order.holds(&cell, asked),
        _ => false,
    };
    match key {
        Key::Words => {
            let people = Withdrawn::of(study);
            Ok(each(study, |unit, _| stands(&people.words(study, unit).to_string())))
        }
        Key::Attribute(list, name) => {
            Ok(of_column(study, Attribute::of(study, *list, name)?, stands))
        }
        _ => {
            let what = msg!("where.order", key = key);
            Err(Failure::Usage(what, msg!("where.order.fix")))
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, one: &T, other: &T) -> bool {
        match self {
            Self::Less => one < other,
            Self::AtMost => one <= other,
            Self::More => one > other,
            Self::AtLeast => one >= other,
        }
    }
}

/// Per unit, whether a cell of a column that belongs to it passes a test.
fn of_column(study: &Study, column: Attribute, test: impl Fn(&str) -> bool) -> Vec<bool> {
    let cells = column.cells(study);
    let ids: BTreeSet<&str> =
        cells.into_iter().filter(|(_, cell)| test(cell)).map(|(id, _)| id).collect();
    let people = Withdrawn::of(study);
    each(study, |unit, known| match column.list {
        List::Case => ids.contains(study.case_of(unit).as_str()),
        List::Transcript => ids.contains(study.transcript_of(unit).id.as_str()),
        List::Participant => people.speakers(known).into_iter().any(|it| ids.contains(it.as_str())),
    })
}

fn each(study: &Study, holds: impl Fn(UnitIndex, &Unit) -> bool) -> Vec<bool> {
    let mut all = vec![false; study.units.len()];
    for (unit, known) in study.ever_talk() {
        if let Some(slot) = all.get_mut(unit.at()) {
            *slot = holds(unit, known);
        }
    }
    all
}

/// Per unit, whether it was given one of these codes or anything beneath.
fn coded(study: &Study, codes: &BTreeSet<CodeIndex>, given: Option<Given<'_>>) -> Vec<bool> {
    let mut all = vec![false; study.units.len()];
    let Some(Given { decisions, .. }) = given else { return all };
    let within = |code: &CodeIndex| codes.iter().any(|it| study.vocabulary.is_within(*code, *it));
    for (place, unit) in decisions.units.iter().enumerate() {
        let mut here = decisions.unit(place).iter();
        let has = here.any(|it| decisions.answers.codes(it.answer).iter().any(within));
        if let Some(slot) = all.get_mut(unit.at()) {
            *slot |= has;
        }
    }
    all
}

/// Per unit, whether any of its decisions is marked unsure.
fn unsure(study: &Study, given: Option<Given<'_>>) -> Vec<bool> {
    let codings = given.map_or(&[][..], |it| it.codings);
    let dimensions: Vec<_> = study.vocabulary.dimensions_in_force().map(|(it, _)| it).collect();
    each(study, |unit, _| {
        let mut cells =
            codings.iter().flat_map(|of| dimensions.iter().map(|at| of.cell(unit, *at)));
        cells.any(|cell| cell.unsure)
    })
}

fn found<T: Ord>(
    values: &[&str],
    find: impl Fn(&str) -> Result<T, Failure>,
) -> Result<BTreeSet<T>, Failure> {
    values.iter().map(|value| find(value)).collect()
}

fn role(text: &str) -> Result<Role, Failure> {
    let known = Role::ALL.map(Role::as_str);
    let role = Role::ALL.into_iter().find(|it| find::same(it.as_str(), text));
    role.ok_or_else(|| no_such(&Key::Role, text, &known))
}

/// Refuses a value that nothing has: a slip would count nothing in silence.
fn known_values(key: &Key, values: &[&str], known: &BTreeSet<&str>) -> Result<(), Failure> {
    for value in values {
        if !known.iter().any(|it| find::same(it, value)) {
            let known: Vec<&str> = known.iter().filter(|it| !it.is_empty()).copied().collect();
            return Err(no_such(key, value, &known));
        }
    }
    Ok(())
}

fn no_such(key: &Key, value: &str, known: &[&str]) -> Failure {
    let fix = msg!("where.value.fix", key = key, known = known.join(", "));
    Failure::Usage(msg!("where.value", key = key, value = value), fix)
}

fn no_number(key: &Key, value: &str) -> Failure {
    let what = msg!("where.number", key = key, value = value);
    Failure::Usage(what, msg!("where.number.fix"))
}
