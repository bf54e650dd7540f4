//! Where a result comes from: which round, which codebook, which cases still wait, whose decisions.

use std::collections::BTreeSet;

use super::document::Note;
use super::number;
use crate::analysis::decisions::{Reasons, Tally};
use crate::analysis::left_out::LeftOut;
use crate::analysis::scope::Scope;
use crate::domain::answer::AnswerIndex;
use crate::domain::coder::{Coder, CoderKind};
use crate::domain::comparison::{Comparison, Stage, UnitAndDimension, Waiting};
use crate::domain::event::Purpose;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;

/// Where a result comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The round asked for; absent where per unit the latest holds.
    pub round: Option<String>,
    /// How many rounds there are.
    pub rounds: usize,
    /// The codebook in force.
    pub codebook: String,
    /// The cases that are not open for comparison.
    pub waiting: Vec<Waiting>,
    /// Whether somebody looked before all had sealed.
    pub unblinded: bool,
    /// Which decisions, by what was open to their coder.
    pub stage: Stage,
    /// What is left out of the cases asked about.
    pub left_out: LeftOut,
    /// How many decisions are `none`, and how many of these came by closing a unit; where agreement is measured.
    pub none: (u64, u64),
    /// Rounds that are measured only and are not in here.
    pub measured: Vec<String>,
    /// Coders who count and are asked for nothing.
    pub unasked: Vec<String>,
    /// Coders whose decisions were taken out of every result.
    pub excluded: Vec<String>,
    /// Machines that are compared or counted here, and what the team says each of them was.
    pub machines: Vec<(String, String)>,
    /// Coders who are measured only or came late, and how much of this each decided while others' answers were open to her.
    pub open_to: Vec<(String, u64)>,
}

impl Provenance {
    /// Where a result of this comparison comes from.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison) -> Self {
        Self::within(study, comparison, &Scope::default())
    }

    /// The same of a result on a part of the study.
    #[must_use]
    pub fn within(study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        let displayed = comparison.stage == Stage::All;
        let measured = study.all_rounds().filter(|round| study.purpose(*round) != Purpose::Code);
        let name = |round: RoundIndex| Some(study.rounds.get(usize::from(round.0))?.to_string());
        Self {
            stage: comparison.stage,
            left_out: LeftOut::of(study, comparison, scope, displayed),
            none: if displayed { (0, 0) } else { none(study, comparison, scope) },
            measured: match &comparison.round {
                Some(_) => Vec::new(),
                None => measured.filter_map(name).collect(),
            },
            round: comparison.round.as_ref().map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: comparison.waiting.clone(),
            unblinded: comparison.unblinded,
            unasked: study.unasked_coders().map(|it| it.id.to_string()).collect(),
            excluded: (study.settings.coders.iter())
                .filter(|it| study.is_excluded(&it.id))
                .map(|it| it.id.to_string())
                .collect(),
            machines: machines(study, comparison.codings.iter().map(|it| &it.coder)),
            open_to: open_to(study, comparison, scope),
        }
    }

    /// Where a result of one coder's own decisions comes from.
    #[must_use]
    pub fn own(study: &Study, coder: &CoderId, round: Option<&RoundId>) -> Self {
        Self {
            round: round.map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: Vec::new(),
            unblinded: false,
            stage: Stage::All,
            left_out: LeftOut::default(),
            none: (0, 0),
            measured: Vec::new(),
            unasked: Vec::new(),
            excluded: Vec::new(),
            machines: machines(study, [coder]),
            open_to: Vec::new(),
        }
    }

    /// What people are told of it.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let codebook = &self.codebook;
        let round = match (&self.round, self.rounds) {
            (Some(round), _) => msg!("provenance.round", round = round, codebook = codebook),
            (None, 0 | 1) => msg!("provenance.round", round = "main", codebook = codebook),
            (None, _) => msg!("provenance.latest", codebook = codebook),
        };
        let mut notes = vec![Note::told(round)];
        for waiting in &self.waiting {
            let coders: Vec<&str> = waiting.coders.iter().map(|coder| coder.as_str()).collect();
            let coders = coders.join(", ");
            notes.push(Note::told(msg!(
                "provenance.waiting",
                case = waiting.case,
                coders = coders
            )));
        }
        for coder in &self.unasked {
            notes.push(Note::told(msg!("provenance.unasked", coder = coder)));
        }
        for coder in &self.excluded {
            notes.push(Note::told(msg!("provenance.excluded", coder = coder)));
        }
        if self.unblinded {
            notes.push(Note::told(msg!("provenance.unblinded")));
        }
        let (none, rest) = self.none;
        if rest > 0 {
            let share = number::shown(share(rest, none));
            notes.push(Note::told(msg!(
                "provenance.rest",
                none = none,
                rest = rest,
                share = share
            )));
        }
        notes.extend(self.said().into_iter().map(Note::assumed));
        notes
    }

    /// What is said of a result in every form: which decisions these are, and what was left out.
    #[must_use]
    pub fn said(&self) -> Vec<Message> {
        let left = &self.left_out;
        let (later, late) = (left.later, left.late);
        let mut said = Vec::new();
        for (coder, facts) in &self.machines {
            said.push(match facts.is_empty() {
                true => msg!("provenance.machine_untold", coder = coder),
                false => msg!("provenance.machine", coder = coder, facts = facts),
            });
        }
        for (coder, n) in &self.open_to {
            said.push(msg!("provenance.open_to", coder = coder, n = n));
        }
        match self.stage {
            Stage::All => {}
            Stage::Independent if later == 0 => {}
            Stage::Independent => said.push(msg!("left_out.later", n = later)),
            Stage::After => said.push(msg!("provenance.stage_after")),
        }
        if !self.measured.is_empty() {
            let rounds = self.measured.join(", ");
            said.push(msg!("left_out.measured", n = self.measured.len(), rounds = rounds));
        }
        for (n, message) in [
            (late, msg!("left_out.late", n = late)),
            (left.recut, msg!("left_out.recut", n = left.recut)),
            (left.replaced, msg!("left_out.replaced", n = left.replaced)),
            (left.withdrawn, msg!("left_out.withdrawn", n = left.withdrawn)),
            (left.withdrawn_in, msg!("left_out.withdrawn_in", n = left.withdrawn_in)),
        ] {
            if n > 0 {
                said.push(message);
            }
        }
        said
    }

    /// The same for programs: each kind by name, those that are 0 left out.
    #[must_use]
    pub fn left_out_json(&self) -> serde_json::Value {
        let left = &self.left_out;
        let kinds = [
            ("after_seal", left.late),
            ("after_comparison", left.later),
            ("recut", left.recut),
            ("replaced_text", left.replaced),
            ("withdrawn", left.withdrawn),
            ("withdrawn_share", left.withdrawn_in),
        ];
        let kinds = kinds.into_iter().filter(|(_, n)| *n > 0);
        kinds.map(|(kind, n)| (kind.to_owned(), serde_json::json!(n))).collect()
    }
}

/// The machines among some coders, each once, and what each of them was.
fn machines<'a>(
    study: &Study,
    coders: impl IntoIterator<Item = &'a CoderId>,
) -> Vec<(String, String)> {
    let machine =
        |coder: &'a CoderId| study.coder(coder).filter(|it| it.kind == CoderKind::Machine);
    let told = |it: &Coder| (it.id.to_string(), it.machine.described());
    let mut all: Vec<_> = coders.into_iter().filter_map(machine).map(told).collect();
    all.dedup();
    all
}

/// Who decided how much of a part of the study while the answers of others were open to her.
fn open_to(study: &Study, comparison: &Comparison, scope: &Scope) -> Vec<(String, u64)> {
    if comparison.open_to.is_empty() {
        return Vec::new();
    }
    let dimensions = scope.dimensions(study);
    let units: BTreeSet<UnitIndex> =
        scope.ever_units(study, &comparison.open).map(|(unit, _)| unit).collect();
    let asked = |(unit, dimension): &&UnitAndDimension| {
        units.contains(unit) && dimensions.contains(dimension)
    };
    let of = |(coder, places): (&CoderId, &Vec<UnitAndDimension>)| {
        (coder.to_string(), places.iter().filter(asked).count() as u64)
    };
    comparison.open_to.iter().map(of).filter(|(_, n)| *n > 0).collect()
}

/// How many decisions are `none`, and how many of these came by closing a unit.
fn none(study: &Study, comparison: &Comparison, scope: &Scope) -> (u64, u64) {
    let dimensions = scope.dimensions(study);
    let units = scope.ever_units(study, &comparison.open);
    let cells = units.flat_map(|(unit, _)| {
        dimensions.iter().flat_map(move |dimension| comparison.cells(unit, *dimension))
    });
    let none = cells.filter(|cell| cell.answer == AnswerIndex::NONE);
    none.fold((0, 0), |(all, rest), cell| (all + 1, rest + u64::from(cell.rest)))
}

#[allow(clippy::cast_precision_loss)] // a study has fewer decisions than 2^53
fn share(part: u64, of: u64) -> f64 {
    part as f64 / of as f64
}

/// Whose decisions a display counts, and how many units × dimensions stand how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What `--from` says.
    pub from: String,
    /// How many units × dimensions stand how.
    pub tally: Tally,
    /// What is behind it.
    pub reasons: Reasons,
}

impl Counted {
    /// The footer of a display: how everything stands, and why what is not counted is not.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        std::iter::once(self.note()).chain(self.why().into_iter().map(Note::told)).collect()
    }

    fn note(&self) -> Note {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = self.tally;
        let n = self.tally.all();
        let message = if self.from == "final" {
            msg!(
                "counted.final",
                n = n,
                consensus = consensus,
                agreed = agreed,
                single = single,
                unsettled = unsettled,
                undecided = undecided
            )
        } else {
            msg!("counted.other", from = self.from, counted = counted, n = n)
        };
        Note::told(message)
    }

    /// What is behind the figures of the footer; what is 0 is not said.
    fn why(&self) -> Vec<Message> {
        let Reasons { waiting, superseded, reopened, gone } = &self.reasons;
        let mut why = Vec::new();
        if self.from == "final" {
            for (coder, n) in waiting {
                why.push(msg!("counted.waiting", n = n, coder = coder));
            }
            if *superseded > 0 {
                why.push(msg!("counted.superseded", n = superseded));
            }
            if *reopened > 0 {
                why.push(msg!("counted.reopened", n = reopened));
            }
        }
        if *gone > 0 {
            why.push(msg!("counted.gone", n = gone));
        }
        why
    }

    /// The same for programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = self.tally;
        let of = self.tally.all();
        if self.from != "final" {
            return serde_json::json!({ "counted": counted, "of": of });
        }
        let mut object = serde_json::json!({
            "counted": counted,
            "of": of,
            "consensus": consensus,
            "agreed": agreed,
            "single": single,
            "unsettled": unsettled,
            "undecided": undecided,
        });
        let Reasons { waiting, superseded, reopened, gone } = &self.reasons;
        for (key, n) in [("superseded", superseded), ("reopened", reopened), ("code_gone", gone)] {
            if *n > 0 {
                object[key] = serde_json::json!(n);
            }
        }
        for (coder, n) in waiting {
            object["waiting"][coder.as_str()] = serde_json::json!(n);
        }
        object
    }
}
