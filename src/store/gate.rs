//! The one gate through which decisions are seen: promise 3, that coders decide independently.
//!
//! A case is open for comparison when every coder with units in it has sealed it in that round. Only
//! open cases enter whatever is computed from decisions. With `--coder`, that coder's own decisions are
//! read, and nobody else's. A study of one coder is not blind. Looking early is possible with a reason,
//! and is recorded for ever.

use std::collections::{BTreeMap, BTreeSet};

use super::holding::Held;
use super::load::Opened;
use crate::domain::coding::{Cell, Coding, InForce, SelfConflict};
use crate::domain::comparison::{Comparison, Stage, Waiting};
use crate::domain::event::{Event, HeldLog, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{Log, LogRow, RoundIndex, UnitIndex};
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// What somebody wants to compare.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Only this round; absent for, per unit and dimension, the latest that every coder decided.
    pub round: Option<RoundId>,
    /// Why somebody looks before all have sealed, and who; recorded in events.csv.
    pub unblind: Option<Unblind>,
    /// Which decisions, by what was open to their coder when she made them.
    pub stage: Stage,
    /// The cases asked about, which an early look concerns; all where empty.
    pub cases: BTreeSet<CaseId>,
    /// Coders who are asked about by name: trainees, machines and whoever came late are compared only then, and cases
    /// wait for their seals too.
    pub also: BTreeSet<CoderId>,
    /// Whether it is for settling: what was settled differently at once is no hindrance then, for it is settled there.
    pub settles: bool,
}

/// Why and as whom somebody looks early.
#[derive(Debug, Clone)]
pub struct Unblind {
    /// The coder who looks; absent where the team does.
    pub who: Option<CoderId>,
    /// Why.
    pub reason: String,
}

impl Opened {
    /// A coder of the study.
    ///
    /// # Errors
    /// There is none of that name; the known names are said.
    pub fn coder(&self, coder: &CoderId) -> Result<(), Failure> {
        self.study.known_coder(coder)?;
        Ok(())
    }

    /// A round of the study; the current one if none is named.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn round(&self, round: Option<&RoundId>) -> Result<RoundIndex, Failure> {
        let Some(id) = round else { return Ok(self.study.current_round()) };
        Ok(self.study.known_round(id)?)
    }

    /// Refuses where nothing more is expected of a coder: what she decided would count nowhere, and she would not know.
    ///
    /// # Errors
    /// She has retired.
    pub fn still_codes(&self, coder: &CoderId) -> Result<(), Failure> {
        if !self.study.is_retired(coder) {
            return Ok(());
        }
        let what = msg!("coder.is_retired", coder = coder);
        Err(Failure::Refused(what, msg!("coder.is_retired.fix", coder = coder)))
    }

    /// A coder's own log, all devices.
    ///
    /// # Errors
    /// There is no such coder, or her log is invalid.
    pub fn own_log(&self, coder: &CoderId) -> Result<&Log, Failure> {
        self.coder(coder)?;
        if let Some(problems) = self.log_problems.get(coder) {
            return Err(Failure::Invalid(problems.clone()));
        }
        self.logs.get(coder).ok_or_else(|| Failure::Invalid(Vec::new()))
    }

    /// A coder's own decisions in a round, sealed or not.
    ///
    /// # Errors
    /// There is no such coder or round, or her log is invalid.
    pub fn own(&self, coder: &CoderId, round: Option<&RoundId>) -> Result<Coding, Failure> {
        let round = self.round(round)?;
        let mut in_force = self.fold(self.own_log(coder)?, |_, _| true);
        Ok(in_force.rounds.remove(&round).unwrap_or_else(|| self.empty(coder)))
    }

    /// What a coder's devices decided differently at once, still undecided.
    ///
    /// # Errors
    /// There is no such coder, or her log is invalid.
    pub fn self_conflicts(&self, coder: &CoderId) -> Result<Vec<SelfConflict>, Failure> {
        let log = self.own_log(coder)?;
        // Only rows of one seq contradict one another.
        Ok(if log.is_plain() { Vec::new() } else { self.fold(log, |_, _| true).conflicts })
    }

    /// How many units × dimensions a coder has decided of those asked for in a round, per case. This is
    /// all that status says of a coder's work before it is sealed.
    #[must_use]
    pub fn progress(&self, coder: &CoderId, round: RoundIndex) -> BTreeMap<CaseId, (u64, u64)> {
        let coding = self
            .logs
            .get(coder)
            .map(|log| self.fold(log, |_, _| true))
            .and_then(|mut in_force| in_force.rounds.remove(&round));
        let mut progress: BTreeMap<CaseId, (u64, u64)> = BTreeMap::new();
        for (unit, _) in
            self.study.talk().filter(|(unit, _)| self.study.is_assigned(*unit, coder, round))
        {
            let (done, asked) = progress.entry(self.study.case_of(unit).clone()).or_default();
            for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
                *asked += 1;
                let decided =
                    coding.as_ref().is_some_and(|it| it.cell(unit, dimension).answer.is_decided());
                *done += u64::from(decided);
            }
        }
        progress
    }

    /// Whether a coder is still asked for a unit in a round: it is assigned to her, and she has not retired
    /// before she sealed it.
    #[must_use]
    pub fn is_asked(&self, coder: &CoderId, unit: UnitIndex, round: RoundIndex) -> bool {
        self.study.is_assigned(unit, coder, round)
            && (!self.study.is_retired(coder) || self.has_sealed(coder, unit, round))
    }

    /// Whether a coder's decisions on a unit are compared in a round: it is asked of her, and if she was asked only once
    /// the case was open, she has sealed it.
    #[must_use]
    pub fn takes_part(&self, coder: &CoderId, unit: UnitIndex, round: RoundIndex) -> bool {
        let late = || self.study.is_late(coder, self.study.case_of(unit), round);
        self.is_asked(coder, unit, round) && (!late() || self.has_sealed(coder, unit, round))
    }

    /// Whether a unit of an open case is let through: everybody who counts and is asked for it has sealed it, but for those who
    /// were asked once it was open: their seals say only what of theirs takes part. Where somebody has not sealed all that
    /// she is asked for in the case by now, nothing is let through but what each of them had when she sealed: which of the
    /// new units waits for whom would tell a coder which of hers another codes too.
    pub(super) fn is_open(&self, unit: UnitIndex, gate: &Gate) -> bool {
        let case = self.study.case_of(unit);
        let had = |coder: &CoderId| self.has_sealed(coder, unit, gate.round);
        let asked = self.study.counting_coders().all(|coder| {
            !self.is_asked(&coder.id, unit, gate.round)
                || self.study.is_late(&coder.id, case, gate.round)
                || had(&coder.id)
        });
        asked && gate.growing.get(case).into_iter().flatten().all(had)
    }

    /// The cases of a round in which somebody who sealed was asked for more since, with all who are waited for there.
    fn growing(
        &self,
        round: RoundIndex,
        open: &BTreeSet<CaseId>,
    ) -> BTreeMap<CaseId, Vec<CoderId>> {
        let mut growing: BTreeMap<CaseId, Vec<CoderId>> = BTreeMap::new();
        // Units of one case mostly follow one another: who is waited for there is found out once for them.
        let mut here: Option<(&CaseId, Vec<&CoderId>)> = None;
        for (unit, _) in self.study.talk() {
            let case = self.study.case_of(unit);
            if here.as_ref().is_none_or(|(last, _)| *last != case) {
                let is_asked_about = open.contains(case) && !growing.contains_key(case);
                let waited = |coder: &&CoderId| {
                    is_asked_about
                        && !self.study.is_late(coder, case, round)
                        && !self.study.is_retired(coder)
                };
                let coders = self.study.counting_coders().map(|it| &it.id);
                here = Some((case, coders.filter(waited).collect()));
            }
            let Some((_, coders)) = &mut here else { continue };
            let lacks = |coder: &CoderId| {
                self.is_asked(coder, unit, round) && !self.has_sealed(coder, unit, round)
            };
            if coders.iter().any(|coder| lacks(coder)) {
                let coders = std::mem::take(coders);
                let here = coders.into_iter().filter(|it| self.is_sealed(it, case, round));
                growing.insert(case.clone(), here.cloned().collect());
            }
        }
        growing
    }

    /// Whether coders are kept apart at all: a study of one coder who counts is not blind.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.study.counting_coders().count() > 1
    }

    /// The decisions of all coders on the cases that are open.
    ///
    /// # Errors
    /// No case is open (refused, naming who has not sealed), a log is invalid, or an event could not
    /// be recorded.
    pub fn comparison(&self, wish: &Wish) -> Result<Comparison, Failure> {
        if self.for_one {
            return Err(refused(&[]));
        }
        let rounds: Vec<RoundIndex> = match &wish.round {
            Some(round) => vec![self.round(Some(round))?],
            None => self.study.counting_rounds().rev().collect(),
        };
        let unblinded = wish.unblind.is_some();
        let gates: Vec<Gate> =
            rounds.iter().map(|round| self.gate(*round, unblinded, &wish.also)).collect();
        let open: BTreeSet<CaseId> =
            gates.iter().flat_map(|gate| gate.open.iter().cloned()).collect();
        let waiting: Vec<Waiting> = gates
            .first()
            .map(|gate| {
                gate.waiting.iter().filter(|it| !open.contains(&it.case)).cloned().collect()
            })
            .unwrap_or_default();
        if open.is_empty() {
            return Err(refused(&waiting));
        }
        self.complain(wish.settles)?;
        if let Some(unblind) = &wish.unblind {
            self.note_look(unblind, wish, &gates);
        }
        let Held { codings, superseded, unfinished, later, late, open_to } =
            self.held(&gates, wish.stage, &wish.also);
        let open = self
            .study
            .cases
            .iter()
            .filter(|case| open.contains(&case.id))
            .map(|case| case.id.clone());
        Ok(Comparison {
            codings,
            superseded,
            unfinished,
            later,
            late,
            open_to,
            stage: wish.stage,
            open: open.collect(),
            waiting,
            round: wish.round.clone(),
            unblinded,
            ..Comparison::default()
        })
    }

    /// The cases of a round that are not open, and who with units in them has not sealed.
    #[must_use]
    pub fn waiting(&self, round: RoundIndex) -> Vec<Waiting> {
        self.gate(round, false, &BTreeSet::new()).waiting
    }

    /// The cases of a round that are open, and those that are not with who has not sealed them.
    pub(super) fn gate_of(&self, round: RoundIndex) -> (Vec<CaseId>, Vec<Waiting>) {
        let gate = self.gate(round, false, &BTreeSet::new());
        (gate.open.into_iter().collect(), gate.waiting)
    }

    /// Names problems of logs and conflicts of devices by file and line, without codes.
    fn complain(&self, settles: bool) -> Result<(), Failure> {
        let mut problems: Vec<Problem> = self.log_problems.values().flatten().cloned().collect();
        problems.extend(self.conflict_problems());
        problems.extend(self.contested_topics());
        if !settles {
            problems.extend(self.contested_settlements());
        }
        for coder in &self.study.settings.coders {
            problems.extend(self.seal_state(&coder.id).broken.iter().cloned());
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems)) }
    }

    /// Problems that devices of one coder made by deciding differently at once.
    #[must_use]
    pub fn conflict_problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        // Only rows of one seq contradict one another.
        for log in self.logs.values().filter(|log| !log.is_plain()) {
            for conflict in self.fold(log, |_, _| true).conflicts {
                let (unit, dimension) = (
                    self.study.unit_name(conflict.unit),
                    &self.study.vocabulary.dimensions[usize::from(conflict.dimension.0)].id,
                );
                let row = log.rows.iter().rfind(|row| {
                    row.seq == conflict.seq
                        && row.unit == conflict.unit
                        && row.dimension == conflict.dimension
                });
                let at = row.and_then(|row| {
                    let device = log.devices.get(usize::from(row.device))?;
                    Some(Place::line(&device.file, u64::from(row.line)))
                });
                problems.push(Problem::new(
                    at.unwrap_or_else(|| Place::file(super::layout::log(&log.coder, ""))),
                    msg!("gate.conflict", unit = unit, dimension = dimension),
                    msg!("gate.conflict.fix", coder = log.coder),
                ));
            }
        }
        problems
    }

    pub(super) fn empty(&self, coder: &CoderId) -> Coding {
        Coding::empty(coder.clone(), self.study.units.len(), self.study.vocabulary.dimensions.len())
    }

    pub(super) fn fold(&self, log: &Log, counts: impl Fn(u32, &LogRow) -> bool) -> InForce {
        InForce::fold(log, self.study.units.len(), self.study.vocabulary.dimensions.len(), counts)
    }

    /// The coders who are compared, in order: those who count, and those asked about by name.
    fn compared(&self, also: &BTreeSet<CoderId>) -> Vec<&CoderId> {
        let of = |coder: &&CoderId| self.study.counts(coder) || also.contains(*coder);
        self.study.settings.coders.iter().map(|coder| &coder.id).filter(of).collect()
    }

    /// The coders for whose seals a case waits in a round: those who count and are asked for units of it, unless they
    /// were asked only once it was open; and those who are asked about by name. A case that is asked of nobody who
    /// counts is not open.
    pub(super) fn coders_of(
        &self,
        round: RoundIndex,
        also: &BTreeSet<CoderId>,
    ) -> BTreeMap<CaseId, Vec<CoderId>> {
        let mut coders: BTreeMap<CaseId, Vec<CoderId>> = BTreeMap::new();
        let mut counted: BTreeSet<&CaseId> = BTreeSet::new();
        for coder in self.compared(also) {
            let mut cases = BTreeSet::new();
            let mut last = None;
            for (unit, _) in self.study.talk() {
                let case = self.study.case_of(unit);
                if last != Some(case) && self.is_asked(coder, unit, round) {
                    cases.insert(case);
                    last = Some(case);
                }
            }
            for case in cases {
                let waits = !self.study.is_late(coder, case, round);
                if waits && self.study.counts(coder) {
                    counted.insert(case);
                }
                if waits || also.contains(coder) {
                    coders.entry(case.clone()).or_default().push(coder.clone());
                }
            }
        }
        coders.retain(|case, _| counted.contains(case));
        coders
    }

    pub(super) fn gate(
        &self,
        round: RoundIndex,
        unblinded: bool,
        also: &BTreeSet<CoderId>,
    ) -> Gate {
        let unblinded =
            unblinded || (!self.is_blind() && also.iter().all(|it| self.study.counts(it)));
        let mut gate = Gate {
            round,
            open: BTreeSet::new(),
            waiting: Vec::new(),
            early: Vec::new(),
            growing: BTreeMap::new(),
            unblinded,
        };
        for (case, coders) in self.coders_of(round, also) {
            let missing: Vec<CoderId> =
                coders.into_iter().filter(|coder| !self.is_sealed(coder, &case, round)).collect();
            if !missing.is_empty() && self.is_blind() {
                gate.early.push(case.clone());
            }
            if unblinded || missing.is_empty() {
                gate.open.insert(case);
            } else {
                gate.waiting.push(Waiting { case, coders: missing });
            }
        }
        if !unblinded {
            gate.growing = self.growing(round, &gate.open);
        }
        gate
    }

    /// Notes an early look: it concerns the cases asked about that somebody has not sealed.
    fn note_look(&self, unblind: &Unblind, wish: &Wish, gates: &[Gate]) {
        let early: BTreeSet<&CaseId> = gates
            .iter()
            .flat_map(|gate| gate.early.iter())
            .filter(|case| wish.cases.is_empty() || wish.cases.contains(*case))
            .collect();
        if early.is_empty() {
            return;
        }
        let what = What::Unblind {
            cases: early.into_iter().cloned().collect(),
            round: wish.round.clone(),
            held: self.held_logs(),
        };
        let who = unblind.who.iter().cloned().collect();
        self.folder.looks.note(Event::new(self.folder.now(), who, what, &unblind.reason));
    }

    /// How much of every log is here.
    fn held_logs(&self) -> Vec<HeldLog> {
        let of_log = |log: &Log| {
            let coder = log.coder.clone();
            let held = log.devices.iter().filter_map(move |device| {
                let seqs: BTreeSet<(u64, &[u8])> = seqs(&device.bytes).collect();
                Some(HeldLog {
                    coder: coder.clone(),
                    device: device.name.clone(),
                    rows: seqs.len() as u64,
                    highest: seqs.last()?.0,
                })
            });
            held.collect::<Vec<_>>()
        };
        self.logs.values().flat_map(of_log).collect()
    }

    /// The row of a coder's log behind a decision that the gate let through.
    #[must_use]
    pub fn row(&self, coding: &Coding, cell: Cell) -> Option<&LogRow> {
        self.logs.get(&coding.coder)?.rows.get(cell.row as usize)
    }

    /// The rows of a log on a unit, by a coder who may see them.
    ///
    /// # Errors
    /// There is no such coder, or her log is invalid.
    pub fn own_rows(&self, coder: &CoderId, unit: UnitIndex) -> Result<Vec<&LogRow>, Failure> {
        Ok(self.own_log(coder)?.rows.iter().filter(|row| row.unit == unit).collect())
    }
}

/// What one round lets through.
pub(super) struct Gate {
    pub(super) round: RoundIndex,
    pub(super) open: BTreeSet<CaseId>,
    waiting: Vec<Waiting>,
    /// The cases that somebody has not sealed, whether or not they are let through.
    early: Vec<CaseId>,
    /// Open cases in which somebody was asked for more since she sealed, with who is waited for there.
    growing: BTreeMap<CaseId, Vec<CoderId>>,
    /// Whether coders are not kept apart here.
    pub(super) unblinded: bool,
}

/// The rows of a file of a log with their seqs, as far as they have one.
pub(super) fn seqs(bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let seq = line.split(|byte| *byte == b',').next()?;
        Some((std::str::from_utf8(seq).ok()?.trim_matches('"').parse().ok()?, line))
    })
}

pub(super) fn refused(waiting: &[Waiting]) -> Failure {
    let list: Vec<String> = waiting
        .iter()
        .map(|it| {
            let coders: Vec<&str> = it.coders.iter().map(CoderId::as_str).collect();
            format!("{} ({})", it.case, coders.join(", "))
        })
        .collect();
    if list.is_empty() {
        return Failure::Refused(msg!("gate.nothing"), msg!("gate.nothing.fix"));
    }
    Failure::Refused(msg!("gate.closed", waiting = list.join("; ")), msg!("gate.closed.fix"))
}
