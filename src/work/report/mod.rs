//! The whole analysis of a study: what is recorded, what commands answer, what may be quoted.
//!
//! Nothing is counted here that a command does not count: each answer is that of a question with a command line of its own.
//! What a study that is not finished lacks is left out whole, for half of a figure would be read as the figure.

mod facts;

use std::collections::BTreeMap;

pub use facts::Facts;

use super::ask::{
    self, AgreeAnswer, AgreeAsk, Answer as Counted, Ask, BoundariesAnswer, BoundariesAsk,
    CooccurAsk, Deciding, Differences, DiscrepanciesAsk, MatrixAnswer, MatrixAsk, OrAll,
    SaturationAsk, Stratum, Talk, TalkAsk,
};
use crate::analysis::citation::Citations;
use crate::analysis::cooccurrence::Meeting;
use crate::analysis::decisions::{Decisions, settlements_that_hold};
use crate::analysis::matrix::Axis;
use crate::analysis::meetings::meetings;
use crate::analysis::picks::Picks;
use crate::analysis::quotes::chosen;
use crate::analysis::redacted::{Profile, quoted, quoted_stretch};
use crate::domain::failure::Failure;
use crate::domain::id::{DimensionId, ParticipantId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::format::checklist::{self, Checklist};
use crate::stats::Measure;
use crate::store::{Opened, Wish};

/// The sections that commands fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// How far cuts agree.
    Units,
    /// Agreement before consensus.
    Agreement,
    /// Where coders differed.
    Discrepancies,
    /// What consensus changed.
    Consensus,
    /// Matrices.
    Matrices,
    /// Who speaks.
    Voices,
    /// What each further group brings.
    Saturation,
}

/// What a command answers.
#[derive(Debug)]
pub enum Answer {
    /// How far coders agree.
    Agreement(Box<AgreeAsk>, Box<AgreeAnswer>),
    /// How far their cuts agree.
    Boundaries(BoundariesAnswer),
    /// Which whole answers they take for one another.
    Confusions(Differences),
    /// A cross-case display.
    Matrix(MatrixAsk, Box<MatrixAnswer>),
    /// Codes that meet.
    Meetings(CooccurAsk, Counted<Vec<Meeting>>),
    /// What further groups bring.
    Saturation(SaturationAsk, Counted<Vec<Stratum>>),
    /// Who speaks.
    Talk(TalkAsk, Talk),
}

/// An answer in its section.
#[derive(Debug)]
pub struct Answered {
    /// Which section it belongs to.
    pub section: Section,
    /// The command line that asks for it.
    pub command: String,
    /// What it is.
    pub answer: Answer,
    /// Whether its table is shown only when it is asked for.
    pub folded: bool,
}

/// Words that are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The words, those of whoever must not be quoted left out.
    pub text: String,
    /// Where they stand, as it is cited in prose.
    pub citation: String,
    /// The unit.
    pub unit: UnitIndex,
}

/// Everything that a report is made of.
#[derive(Debug)]
pub struct Analysis {
    /// What is recorded.
    pub facts: Facts,
    /// What commands answer.
    pub answers: Vec<Answered>,
    /// Quotations by dimension.
    pub quotations: Vec<(DimensionId, Vec<Quoted>)>,
    /// The checklists.
    pub checklists: Vec<Checklist>,
}

/// The fewest people that a value may describe in a report for others, unless a team decides otherwise.
pub const LEAST: u64 = 3;

/// The whole analysis.
///
/// # Errors
/// Decisions cannot be read, or a checklist is damaged.
pub fn analyse(opened: &Opened, profile: Profile) -> Result<Analysis, Failure> {
    let study = &opened.study;
    let mut analysis = Analysis {
        facts: Facts::of(study),
        answers: Vec::new(),
        quotations: Vec::new(),
        checklists: checklist::own().map_err(|it| Failure::invalid(*it))?,
    };
    analysis.facts.recorded(opened);
    let decided = match Deciding::default().decisions(opened, &Default::default()) {
        Ok(decided) => Some(decided),
        Err(Failure::Refused(..)) => None,
        Err(failure) => return Err(failure),
    };
    let waiting = match &decided {
        Some(decided) => decided.provenance.waiting.clone(),
        None => study.all_rounds().next_back().map(|it| opened.waiting(it)).unwrap_or_default(),
    };
    let coders = |coders: &[crate::domain::id::CoderId]| {
        coders.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
    };
    let told = waiting.iter().map(|it| (it.case.to_string(), coders(&it.coders)));
    analysis.facts.waiting = told.collect();
    analysis.cuts(opened)?;
    // A half-finished study has no figures of decisions: what is open now would be read as the whole.
    if let Some(decided) = decided.filter(|_| analysis.facts.waiting.is_empty()) {
        let tally = decided.counted.tally;
        let facts = &mut analysis.facts;
        facts.single = tally.single;
        facts.counted = tally.counted;
        facts.none = decided.provenance.none;
        facts.late = decided.provenance.left_out.late;
        facts.later = decided.provenance.left_out.later;
        facts.meetings = meetings(&opened.shared_settlements().rows);
        settled(opened, facts)?;
        // What was left open on purpose is settled: both readings stand.
        facts.unsettled = tally.unsettled.saturating_sub(facts.open);
        facts.undecided = tally.undecided;
        analysis.before_consensus(opened)?;
        if analysis.facts.unsettled == 0 {
            let picks = ask::picks::picks(opened, &Deciding::default())?;
            analysis.quotations(opened, &decided.decisions, &picks, profile);
            analysis.after_consensus(opened)?;
        }
    }
    if profile == Profile::Team {
        analysis.answer(opened, Section::Voices, Ask::Talk(TalkAsk::default()), true)?;
    }
    Ok(analysis)
}

/// How discrepancies were settled, as far as it holds.
fn settled(opened: &Opened, facts: &mut Facts) -> Result<(), Failure> {
    let comparison = opened.comparison(&Wish::default())?;
    let holds = settlements_that_hold(&opened.study, &comparison, &opened.settlements);
    for ((_, dimension), settlement) in holds {
        let dimension = opened.study.vocabulary.dimensions.get(usize::from(dimension.0));
        let (Some(dimension), Some(outcome)) = (dimension, &settlement.outcome) else { continue };
        facts.open += u64::from(outcome.to_string() == "open");
        if let Some(reason) = settlement.reason {
            let key = (dimension.id.to_string(), reason.as_str().to_owned());
            *facts.reasons.entry(key).or_default() += 1;
        }
    }
    Ok(())
}

impl Analysis {
    /// How far cuts agree, where coders cut texts of their own.
    fn cuts(&mut self, opened: &Opened) -> Result<(), Failure> {
        let measures = [Measure::UAlpha, Measure::BoundarySimilarity];
        let measures = measures.map(OrAll::One).to_vec();
        let ask = BoundariesAsk { measures, ..BoundariesAsk::default() };
        match opened.study.settings.agreement {
            true => self.answer(opened, Section::Units, Ask::Boundaries(ask), false),
            false => Ok(()),
        }
    }

    /// What holds before anything is settled.
    fn before_consensus(&mut self, opened: &Opened) -> Result<(), Failure> {
        if opened.study.counting_coders().count() < 2 {
            return Ok(());
        }
        if self.facts.agreement {
            self.answer(opened, Section::Agreement, Ask::Agree(Box::default()), false)?;
        }
        let confusion = DiscrepanciesAsk { confusion: true, ..DiscrepanciesAsk::default() };
        self.answer(opened, Section::Discrepancies, Ask::Discrepancies(confusion), true)
    }

    /// What rests on what was settled.
    fn after_consensus(&mut self, opened: &Opened) -> Result<(), Failure> {
        let matrix = |rows: Axis, columns: Axis, totals: bool| {
            let (rows, columns) = (rows.into(), columns.into());
            Ask::Matrix(MatrixAsk { rows, columns, totals, ..MatrixAsk::default() })
        };
        if opened.study.counting_coders().count() > 1 {
            for ask in
                [matrix(Axis::Coder, Axis::Code, false), matrix(Axis::Case, Axis::Code, true)]
            {
                self.answer(opened, Section::Consensus, ask, true)?;
            }
        }
        for (section, ask, folded) in [
            (Section::Matrices, matrix(Axis::Case, Axis::Dimension, true), false),
            (Section::Matrices, Ask::Cooccur(CooccurAsk::default()), true),
            (Section::Saturation, Ask::Saturation(SaturationAsk::default()), false),
        ] {
            self.answer(opened, section, ask, folded)?;
        }
        Ok(())
    }

    /// What one question is answered; nothing where the study is not of a kind that it is about.
    fn answer(
        &mut self,
        opened: &Opened,
        section: Section,
        asked: Ask,
        folded: bool,
    ) -> Result<(), Failure> {
        let command = asked.line().to_string();
        let answer = match answered(opened, asked) {
            Ok(answer) => answer,
            Err(Failure::Usage(..) | Failure::Refused(..)) => return Ok(()),
            Err(failure) => return Err(failure),
        };
        if let Some(Answer::Agreement(_, answer)) = &answer {
            let figures = answer.agreement.groups.iter().flat_map(|it| &it.rows);
            self.facts.undefined = figures.filter(|it| it.figure.is_err()).count() as u64;
        }
        self.answers.extend(answer.map(|answer| Answered { section, command, answer, folded }));
        Ok(())
    }

    /// Quotations by dimension, from different people and cases as far as there are.
    fn quotations(
        &mut self,
        opened: &Opened,
        decisions: &Decisions<'_>,
        picks: &Picks,
        profile: Profile,
    ) {
        let study = &opened.study;
        let mut of_person: BTreeMap<String, u64> = BTreeMap::new();
        let mut all = 0;
        for (nth, dimension) in decisions.dimensions.iter().enumerate() {
            let Some(known) = study.vocabulary.dimensions.get(usize::from(dimension.0)) else {
                continue;
            };
            let given = |place: usize| {
                let decided = decisions.unit(place).get(nth);
                decided.is_some_and(|it| !decisions.answers.codes(it.answer).is_empty())
            };
            let units = decisions.units.iter().enumerate().filter(|(place, _)| given(*place));
            let mut may: Vec<UnitIndex> = Vec::new();
            for (_, unit) in units {
                match quoted(study, *unit, profile) {
                    Some(_) => may.push(*unit),
                    None => self.facts.not_quoted += 1,
                }
            }
            let codes = [known.own_code];
            let picked = |unit| picks.in_unit(study, unit, &codes).next().is_some();
            let mut shown = Vec::new();
            for unit in chosen(study, may, SHOWN, picked) {
                let stretch = picks.in_unit(study, unit, &codes).find(|it| it.inside);
                let stretch = stretch.map(|it| &it.locator);
                let Some((heard, quoted)) = words(study, unit, stretch, profile) else { continue };
                all += 1;
                for person in heard {
                    *of_person.entry(person.to_string()).or_default() += 1;
                }
                shown.push(quoted);
            }
            self.quotations.push((known.id.clone(), shown));
        }
        let most =
            of_person.into_iter().max_by_key(|(person, n)| (*n, std::cmp::Reverse(person.clone())));
        self.facts.most_quoted = most.map(|(person, n)| (person, n, all));
    }
}

/// The answer to a question that a report asks.
fn answered(opened: &Opened, asked: Ask) -> Result<Option<Answer>, Failure> {
    Ok(Some(match asked {
        Ask::Agree(ask) => {
            let answer = ask::agree(opened, &ask)?;
            Answer::Agreement(ask, Box::new(answer))
        }
        Ask::Boundaries(ask) => Answer::Boundaries(ask.figures(ask::own_cuts(opened, &ask)?)?),
        Ask::Discrepancies(ask) => Answer::Confusions(ask::differences(opened, &ask)?),
        Ask::Matrix(ask) => {
            let answer = ask::matrix(opened, &ask)?;
            Answer::Matrix(ask, Box::new(answer))
        }
        Ask::Cooccur(ask) => {
            let answer = ask::cooccur(opened, &ask)?;
            Answer::Meetings(ask, answer)
        }
        Ask::Saturation(ask) => {
            let answer = ask::saturate(opened, &ask)?;
            Answer::Saturation(ask, answer)
        }
        Ask::Talk(ask) => {
            let answer = ask::talk(opened, &ask)?;
            Answer::Talk(ask, answer)
        }
        Ask::Accuracy(_)
        | Ask::Export(_)
        | Ask::Find(_)
        | Ask::Quotes(_)
        | Ask::Status(_)
        | Ask::Words(_) => return Ok(None),
    }))
}

/// How many quotations of a dimension are shown.
const SHOWN: usize = 4;

/// The words of a picked stretch, else of a whole unit, as far as they may be quoted, and who is heard in them.
fn words(
    study: &Study,
    unit: UnitIndex,
    stretch: Option<&Locator>,
    profile: Profile,
) -> Option<(Vec<ParticipantId>, Quoted)> {
    let citations = Citations::of(study);
    let picked = stretch.and_then(|locator| {
        let (text, heard) = quoted_stretch(study, locator, profile)?;
        let citation = citations.stretch(locator, &heard);
        Some((heard, Quoted { text, citation, unit }))
    });
    picked.or_else(|| {
        let (text, heard) = quoted(study, unit, profile)?;
        let citation = citations.with(unit, &heard);
        Some((heard, Quoted { text, citation, unit }))
    })
}
