//! How many codes each further group brings: in the order of the sessions, and in many other orders.
//!
//! The three numbers of Guest, Namey and Chen (2020), A simple method to assess and report thematic saturation in
//! qualitative research, PLOS ONE 15(5), e0232076: base size, run length, new information threshold. It counts codes, not
//! what they mean (Hennink, Kaiser and Weber 2019).

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::Decisions;
use super::withdrawn::Withdrawn;
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::study::Study;
use crate::stats::random::Random;

/// What one group brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The case.
    pub case: CaseId,
    /// The date of its first session; empty if none is known.
    pub date: String,
    /// Units decided.
    pub units: u64,
    /// Codes given.
    pub codes: BTreeSet<CodeIndex>,
    /// Of these, codes that no earlier group was given although one was asked for them.
    pub new: Vec<CodeIndex>,
    /// Of these, codes for which no earlier group was asked: they came into the codebook later.
    pub first_asked: Vec<CodeIndex>,
    /// Of all these, codes that came into the codebook while it was coded with; all others were given beforehand.
    pub came: Vec<CodeIndex>,
    /// Codes given up to here.
    pub so_far: u64,
    /// How many new codes stand at this place on average over other orders; absent where none were drawn.
    pub elsewhere: Option<f64>,
}

/// New codes in a run of groups, over those of the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The first and the last group of the run, by place from 1.
    pub groups: (usize, usize),
    /// Codes that are new in it.
    pub new: u64,
    /// Codes of the base.
    pub base: u64,
}

impl Run {
    /// New codes over those of the base; absent where the base has none.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // a codebook has few codes
    pub fn share(&self) -> Option<f64> {
        (self.base > 0).then(|| self.new as f64 / self.base as f64)
    }
}

/// A code, and who is behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The code.
    pub code: CodeIndex,
    /// Whether it was in the codebook before anything was coded.
    pub beforehand: bool,
    /// The group that it first was given in, by place from 1.
    pub first: u64,
    /// In how many groups it was given.
    pub groups: u64,
    /// Units given it.
    pub units: u64,
    /// Who speaks in them, in the order of their list.
    pub participants: Vec<ParticipantId>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Groups of the base.
    pub base: usize,
    /// Groups of a run.
    pub run: usize,
    /// How many other orders are drawn; 0 for none.
    pub orders: u32,
    /// What they are drawn by.
    pub seed: u64,
}

/// How codes come in.
#[derive(Debug, Clone, PartialEq)]
pub struct Saturation {
    /// The groups in the order of their sessions; those without a date stand behind, as in their file.
    pub groups: Vec<Group>,
    /// The runs, each one group further; none where base and run need more groups than there are.
    pub runs: Vec<Run>,
    /// Every code that was given, in the order of the codebook, with who is behind it.
    pub behind: Vec<Behind>,
}

/// How codes come in, group by group. A code counts where it was given itself.
#[must_use]
pub fn saturation(study: &Study, decisions: &Decisions<'_>, asked: &Asked) -> Saturation {
    let mut groups = groups(study, decisions);
    let dates = groups.iter().map(|(group, _)| group.date.clone()).collect::<Vec<_>>();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| dates.get(*at).map(|date| (date.is_empty(), date.clone())));
    let mut sorted: Vec<(Group, BTreeSet<CodeIndex>)> =
        order.iter().filter_map(|at| groups.get(*at).cloned()).collect();
    groups.clear();
    let mut given = BTreeSet::new();
    let mut offered: BTreeSet<CodeIndex> = BTreeSet::new();
    for (at, (group, own)) in sorted.iter_mut().enumerate() {
        let fresh = group.codes.difference(&given).copied();
        let (new, first): (Vec<CodeIndex>, Vec<CodeIndex>) =
            fresh.partition(|code| at == 0 || offered.contains(code));
        group.new = new;
        group.first_asked = first;
        given.extend(&group.codes);
        offered.extend(&*own);
        group.so_far = given.len() as u64;
    }
    let mut groups: Vec<Group> = sorted.into_iter().map(|(group, _)| group).collect();
    let means = elsewhere(&groups, asked);
    for (group, mean) in groups.iter_mut().zip(means) {
        group.elsewhere = Some(mean);
    }
    for group in &mut groups {
        let all = group.new.iter().chain(&group.first_asked);
        group.came = all.filter(|code| !was_beforehand(study, **code)).copied().collect();
    }
    let runs = runs(&groups, asked);
    let behind = behind(study, decisions, &groups);
    Saturation { groups, runs, behind }
}

/// Whether a code was in the codebook, under this or an earlier id, before anything was coded.
fn was_beforehand(study: &Study, code: CodeIndex) -> bool {
    let Some(first) = study.versions.first() else { return true };
    let ids = first.codebook.dimensions.iter().flat_map(|dimension| {
        dimension.tree().into_iter().map(|(_, it)| it.id.as_str()).collect::<Vec<_>>()
    });
    let known = ids.filter_map(|id| study.vocabulary.code(id));
    known.into_iter().any(|it| it == code || study.vocabulary.now(it) == code)
}

/// Who is behind each code that was given.
fn behind(study: &Study, decisions: &Decisions<'_>, groups: &[Group]) -> Vec<Behind> {
    let withdrawn = Withdrawn::of(study);
    let mut found: BTreeMap<CodeIndex, (u64, BTreeSet<&ParticipantId>)> = BTreeMap::new();
    for (place, unit) in decisions.units.iter().enumerate() {
        let given = decisions.unit(place).iter().flat_map(|it| decisions.answers.codes(it.answer));
        let Some(known) = study.unit_at(*unit) else { continue };
        for code in given.filter(|code| study.vocabulary.of(**code).parent.is_some()) {
            let of = found.entry(*code).or_default();
            of.0 += 1;
            of.1.extend(withdrawn.speakers(known));
        }
    }
    let place = |code: &CodeIndex| groups.iter().position(|it| it.codes.contains(code));
    let row = |(code, (units, people)): (&CodeIndex, &(u64, BTreeSet<&ParticipantId>))| {
        let listed = study.participants.iter().map(|it| &it.id).filter(|id| people.contains(id));
        let unlisted = people.iter().filter(|id| study.participant(id).is_none()).copied();
        Behind {
            code: *code,
            beforehand: was_beforehand(study, *code),
            first: place(code).map_or(0, |at| at as u64 + 1),
            groups: groups.iter().filter(|it| it.codes.contains(code)).count() as u64,
            units: *units,
            participants: listed.chain(unlisted).cloned().collect(),
        }
    };
    let order = decisions.dimensions.iter().flat_map(|dimension| {
        study.vocabulary.codes_of(*dimension).map(|(code, _)| code).collect::<Vec<_>>()
    });
    order.filter_map(|code| found.get_key_value(&code)).map(row).collect()
}

/// The groups in the order of their file, each with the codes for which it was asked.
fn groups(study: &Study, decisions: &Decisions<'_>) -> Vec<(Group, BTreeSet<CodeIndex>)> {
    let date = |case: &CaseId| {
        let own = study.transcripts.iter().filter(|it| it.case == *case && !it.date.is_empty());
        own.map(|it| it.date.clone()).min().unwrap_or_default()
    };
    let mut groups: Vec<(Group, BTreeSet<CodeIndex>)> = Vec::new();
    let mut seen: BTreeSet<(usize, DimensionIndex, u16)> = BTreeSet::new();
    for (place, &unit) in decisions.units.iter().enumerate() {
        let case = study.case_of(unit);
        let at = groups.iter().position(|(it, _)| it.case == *case).unwrap_or_else(|| {
            let group = Group {
                case: case.clone(),
                date: date(case),
                units: 0,
                codes: BTreeSet::new(),
                new: Vec::new(),
                first_asked: Vec::new(),
                came: Vec::new(),
                so_far: 0,
                elsewhere: None,
            };
            groups.push((group, BTreeSet::new()));
            groups.len() - 1
        });
        let Some((group, offered)) = groups.get_mut(at) else { continue };
        let decided = decisions.dimensions.iter().zip(decisions.unit(place));
        let mut any = false;
        for (dimension, it) in decided.filter(|(_, it)| it.answer.is_decided()) {
            any = true;
            let codes = decisions.answers.codes(it.answer).iter();
            let is_code = |code: &&CodeIndex| study.vocabulary.of(**code).parent.is_some();
            group.codes.extend(codes.filter(is_code));
            if seen.insert((at, *dimension, it.offer)) {
                let all = study.vocabulary.codes_of(*dimension).map(|(code, _)| code);
                offered.extend(all.filter(|code| decisions.offered.has(it.offer, *code)));
            }
        }
        group.units += u64::from(any);
    }
    groups.retain(|(group, _)| group.units > 0);
    groups
}

/// New codes at each place, on average over orders that are drawn.
#[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
fn elsewhere(groups: &[Group], asked: &Asked) -> Vec<f64> {
    if asked.orders == 0 {
        return Vec::new();
    }
    let mut sums = vec![0_u64; groups.len()];
    // A bit for each code: very many orders are drawn.
    let codes: BTreeSet<CodeIndex> = groups.iter().flat_map(|it| &it.codes).copied().collect();
    let places: BTreeMap<CodeIndex, usize> = codes.into_iter().zip(0..).collect();
    let words = places.len().div_ceil(64);
    let of_group = |group: &Group| {
        let mut bits = vec![0_u64; words];
        for at in group.codes.iter().filter_map(|it| places.get(it)) {
            if let Some(word) = bits.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        bits
    };
    let bits: Vec<Vec<u64>> = groups.iter().map(of_group).collect();
    for nth in 0..asked.orders {
        let mut random = Random::stream(asked.seed, u64::from(nth));
        let mut order: Vec<usize> = (0..groups.len()).collect();
        for at in (1..order.len()).rev() {
            let other = random.below(at as u64 + 1);
            order.swap(at, usize::try_from(other).unwrap_or(at));
        }
        let mut given = vec![0_u64; words];
        for (sum, at) in sums.iter_mut().zip(order) {
            for (given, own) in given.iter_mut().zip(bits.get(at).into_iter().flatten()) {
                *sum += u64::from((own & !*given).count_ones());
                *given |= own;
            }
        }
    }
    sums.into_iter().map(|sum| sum as f64 / f64::from(asked.orders)).collect()
}

fn runs(groups: &[Group], asked: &Asked) -> Vec<Run> {
    let codes = |range: std::ops::Range<usize>| -> BTreeSet<CodeIndex> {
        let of = groups.get(range).unwrap_or_default().iter();
        of.flat_map(|it| it.codes.iter().copied()).collect()
    };
    let base = codes(0..asked.base).len() as u64;
    let starts = asked.base..(groups.len() + 1).saturating_sub(asked.run);
    let run = |start: usize| {
        let before = codes(0..start);
        let new = codes(start..start + asked.run).difference(&before).count() as u64;
        Run { groups: (start + 1, start + asked.run), new, base }
    };
    starts.map(run).collect()
}
