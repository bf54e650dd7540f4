//! Who spoke to which question of the guide, in which order, and whether what she said was coded (Onwuegbuzie, Dickinson,
//! Leech and Zoran 2009, Int. J. Qual. Methods 8(3), p. 8, from where agreement and dissent come).

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::Decisions;
use super::withdrawn::Withdrawn;
use crate::domain::answer::CodeIndex;
use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// What one person did when one question was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoke {
    /// The question's topic.
    pub topic: String,
    /// In which case.
    pub case: CaseId,
    /// Who.
    pub participant: ParticipantId,
    /// What she did.
    pub did: Did,
    /// As which of her group she first spoke to it, from 1; absent where she did not speak.
    pub order: Option<u64>,
    /// Whether something she said was given the code for agreement.
    pub agreed: bool,
    /// Whether something she said was given the code for dissent.
    pub dissented: bool,
    /// The units of the question in which she speaks.
    pub units: Vec<UnitIndex>,
}

/// What somebody did when a question was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Did {
    /// She did not speak. It is no answer.
    Silent,
    /// She spoke, and nothing of it was coded, or it is not known what was.
    Spoke,
    /// She spoke, and something of it was coded.
    Coded,
}

impl Did {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Spoke => "spoke",
            Self::Coded => "coded",
        }
    }
}

/// Codes by which a team marks agreement and dissent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// For agreement with what others said.
    pub agreement: Option<CodeIndex>,
    /// For dissent.
    pub dissent: Option<CodeIndex>,
}

/// Per question that was asked in a case, what each of its participants did: those of the list who belong there, and whoever
/// speaks there. Units are those looked at; what was coded is known of those in `decisions`.
#[must_use]
pub fn spoke(
    study: &Study,
    units: &[UnitIndex],
    decisions: Option<&Decisions<'_>>,
    marks: Marks,
) -> Vec<Spoke> {
    let withdrawn = Withdrawn::of(study);
    let given = decisions.map(|it| Given::of(study, it, marks)).unwrap_or_default();
    let mut asked: BTreeMap<(usize, usize), Asked> = BTreeMap::new();
    let topics = topics(study, units);
    for &unit in units {
        let Some(known) = study.unit_at(unit) else { continue };
        let topic = topics.iter().position(|it| it == known.topic.trim());
        let case = study.cases.iter().position(|it| it.id == *study.case_of(unit));
        let Some(place) = topic.zip(case) else { continue };
        let here = asked.entry(place).or_default();
        for person in withdrawn.speakers(known) {
            if !here.heard.contains_key(person) {
                here.order.push(person);
            }
            here.heard.entry(person).or_default().push(unit);
        }
    }
    let mut all = Vec::new();
    for ((topic, case), here) in &asked {
        let Some(case) = study.cases.get(*case).map(|it| &it.id) else { continue };
        for person in members(study, case, &withdrawn, here) {
            let units = here.heard.get(person).cloned().unwrap_or_default();
            let any = |of: &BTreeSet<UnitIndex>| units.iter().any(|unit| of.contains(unit));
            let order = here.order.iter().position(|it| *it == person).map(|at| at as u64 + 1);
            all.push(Spoke {
                topic: topics.get(*topic).cloned().unwrap_or_default(),
                case: case.clone(),
                participant: person.clone(),
                did: match units.is_empty() {
                    true => Did::Silent,
                    false if any(&given.coded) => Did::Coded,
                    false => Did::Spoke,
                },
                order,
                agreed: any(&given.agreed),
                dissented: any(&given.dissented),
                units,
            });
        }
    }
    all
}

/// Who spoke to a question in a case.
#[derive(Default)]
struct Asked<'a> {
    order: Vec<&'a ParticipantId>,
    heard: BTreeMap<&'a ParticipantId, Vec<UnitIndex>>,
}

/// The topics of units, those of the guide first and in its order; units without one are to no question.
fn topics(study: &Study, units: &[UnitIndex]) -> Vec<String> {
    let of = |unit: &UnitIndex| study.unit_at(*unit).map_or("", |it| it.topic.trim());
    let here: BTreeSet<&str> = units.iter().map(of).filter(|it| !it.is_empty()).collect();
    let mut topics: Vec<String> = Vec::new();
    let known = study.guide.topics().into_iter().filter(|it| here.contains(it));
    for topic in known.chain(units.iter().map(of).filter(|it| !it.is_empty())) {
        if !topics.iter().any(|it| it == topic) {
            topics.push(topic.to_owned());
        }
    }
    topics
}

/// The participants of a case, in the order of their list, and behind them whoever speaks there all the same.
fn members<'a>(
    study: &'a Study,
    case: &CaseId,
    withdrawn: &Withdrawn<'_>,
    here: &Asked<'a>,
) -> Vec<&'a ParticipantId> {
    let belongs = study.participants.iter().filter(|it| it.role.counts() && !withdrawn.has(&it.id));
    let belongs =
        belongs.filter(|it| it.case.as_ref() == Some(case) || here.heard.contains_key(&it.id));
    let mut members: Vec<&ParticipantId> = belongs.map(|it| &it.id).collect();
    for person in &here.order {
        if !members.contains(person) {
            members.push(person);
        }
    }
    members
}

/// Units that were given any code, and those for agreement and dissent.
#[derive(Default)]
struct Given {
    coded: BTreeSet<UnitIndex>,
    agreed: BTreeSet<UnitIndex>,
    dissented: BTreeSet<UnitIndex>,
}

impl Given {
    fn of(study: &Study, decisions: &Decisions<'_>, marks: Marks) -> Self {
        let mut given = Self::default();
        for (place, unit) in decisions.units.iter().enumerate() {
            let cells = decisions.unit(place).iter();
            for code in cells.flat_map(|it| decisions.answers.codes(it.answer)) {
                let is = |mark: Option<CodeIndex>| {
                    mark.is_some_and(|it| {
                        study.vocabulary.is_within(*code, study.vocabulary.now(it))
                    })
                };
                given.coded.insert(*unit);
                if is(marks.agreement) {
                    given.agreed.insert(*unit);
                }
                if is(marks.dissent) {
                    given.dissented.insert(*unit);
                }
            }
        }
        given
    }
}

/// Per person and case, in how many units in which she speaks agreement was coded, and in how many dissent.
#[must_use]
pub fn marked<'a>(
    study: &'a Study,
    decisions: &Decisions<'_>,
    marks: Marks,
) -> BTreeMap<(&'a CaseId, &'a ParticipantId), (u64, u64)> {
    let (given, withdrawn) = (Given::of(study, decisions, marks), Withdrawn::of(study));
    let mut counts: BTreeMap<(&CaseId, &ParticipantId), (u64, u64)> = BTreeMap::new();
    for unit in &decisions.units {
        let Some(known) = study.unit_at(*unit) else { continue };
        for person in withdrawn.speakers(known) {
            let count = counts.entry((study.case_of(*unit), person)).or_default();
            count.0 += u64::from(given.agreed.contains(unit));
            count.1 += u64::from(given.dissented.contains(unit));
        }
    }
    counts
}
