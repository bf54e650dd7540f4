//! `assign`: who is asked to code what.

use std::collections::BTreeSet;

use clap::Subcommand;

use super::usage::Wrong;
use super::{Context, Outcome, OutputArgs};
use crate::analysis::assigning::{Deal, Portion, Rows, Share, dealt, drawn, units_of};
use crate::domain::assignments::Part;
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;
use crate::work::session;

/// Say who is asked to code what
///
/// While nothing is said, everybody codes everything. The first time something is said of a coder who has
/// decided nothing else, it is all she is asked for in that round; from then on, more is added and --take takes
/// away. What is said goes to assignments.csv. The same words and the same seed draw the same units.
///
/// Only units in which nobody's decisions are at stake change hands: --take and --double are refused where a coder
/// has decided already.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  themata assign --coder c3 --case CoP-31 --case CoP-36
  themata assign --coder c3 --share 0.2 --per case --seed 7
  themata assign --double 0.2 --coders c1,c2 --seed 7
  themata assign --coder c3 --case CoP-31 --take
  themata assign show"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<AssignCommand>,
    /// Who is asked
    #[arg(long, value_name = "NAME", required_unless_present = "double", conflicts_with_all = ["double", "coders"])]
    coder: Option<String>,
    /// Everything there is and will be
    #[arg(long, conflicts_with_all = ["cases", "transcripts", "share", "double"])]
    all: bool,
    /// These cases; with --share or --double, units of these cases (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE", value_delimiter = ',')]
    cases: Vec<String>,
    /// These transcripts; with --share or --double, units of these (repeatable, or separated by commas)
    #[arg(long = "transcript", value_name = "TRANSCRIPT", value_delimiter = ',')]
    transcripts: Vec<String>,
    /// A random share of the units, as in 0.2 or 20%
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "double")]
    share: Option<Share>,
    /// Everything once, divided evenly among --coders, and a random share of it twice, as in 0.2
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "coders")]
    double: Option<Share>,
    /// Who divides it (separated by commas)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "double")]
    coders: Vec<String>,
    /// The share of each case by itself, not of everything together
    #[arg(long, value_enum, value_name = "WHAT")]
    per: Option<Per>,
    /// Where the random numbers of --share and --double begin [default: 1]
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// In which round, or `all`, later ones too [default: the current one]
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Take away what the same words would ask for
    #[arg(long)]
    take: bool,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum AssignCommand {
    /// Show how many units each coder is asked for
    ///
    /// With --lead, what each is asked for in words, and how many units are coded by nobody, by one and by several:
    /// for whoever leads the study and does not code.
    Show {
        /// Show what each coder is asked for
        #[arg(long)]
        lead: bool,
        /// The round [default: the current one]
        #[arg(long, value_name = "ROUND")]
        round: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Per {
    /// Each case by itself
    Case,
}

fn share(text: &str) -> Result<Share, Wrong> {
    text.parse().map_err(|_| Wrong(msg!("assign.share.fix")))
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    if let Some(AssignCommand::Show { lead, round, output }) = &args.command {
        let round = match round {
            Some(asked) => opened.study.find_round(asked).map_err(Failure::from)?.clone(),
            None => current(&opened.study),
        };
        output.emit(&shown(&opened, &round, *lead), context)?;
        return Ok(Outcome::Clean);
    }
    let random = args.share.is_some() || args.double.is_some();
    if !random && (args.seed.is_some() || args.per.is_some()) {
        return Err(Failure::Usage(msg!("assign.seed"), msg!("assign.seed.fix")).into());
    }
    let asks = args.all || random || !args.cases.is_empty() || !args.transcripts.is_empty();
    if !asks {
        return Err(Failure::Usage(msg!("assign.what"), msg!("assign.what.fix")).into());
    }
    if opened.study.talk().next().is_none() {
        return Err(Failure::Refused(msg!("assign.no_units"), msg!("assign.no_units.fix")).into());
    }
    let ask = Ask { args, opened: &opened, round: args.of_round(&opened.study)? };
    ask.run(context)?;
    Ok(Outcome::Clean)
}

fn current(study: &Study) -> RoundId {
    let round = usize::from(study.current_round().0);
    study.rounds.get(round).cloned().unwrap_or_else(RoundId::main)
}

impl Args {
    /// The round that is meant; absent for all.
    fn of_round(&self, study: &Study) -> Result<Option<RoundId>, Failure> {
        match self.round.as_deref() {
            None => Ok(Some(current(study))),
            Some(word) if word.eq_ignore_ascii_case("all") => Ok(None),
            Some(asked) => Ok(Some(study.find_round(asked)?.clone())),
        }
    }

    /// The cases and transcripts that are named.
    fn named(&self, study: &Study) -> Result<Vec<Portion>, Failure> {
        let mut parts = Vec::new();
        for asked in &self.cases {
            let case = study.find_case(asked)?;
            parts.push(Part::Case(case.id.clone()));
        }
        for asked in &self.transcripts {
            let text = study.find_transcript(asked)?;
            parts.push(Part::Transcript(text.id.clone()));
        }
        parts.dedup();
        Ok(parts.into_iter().map(|part| Portion::of(study, part)).collect())
    }
}

/// What is asked, of a study, in a round or in all.
struct Ask<'a> {
    args: &'a Args,
    opened: &'a Opened,
    round: Option<RoundId>,
}

impl Ask<'_> {
    fn run(&self, context: &mut Context<'_>) -> anyhow::Result<()> {
        let study = &self.opened.study;
        let named = self.args.named(study)?;
        let pool = match named.is_empty() {
            true => Portion::of(study, Part::All).units,
            false => units_of(&named),
        };
        let asked: Vec<(CoderId, Vec<Portion>)> = match (&self.args.coder, self.args.double) {
            (_, Some(double)) => self.deal(&pool, double)?,
            (Some(name), None) => {
                let coder = session::coder(self.opened, name)?;
                let portions = match self.args.share {
                    Some(share) => {
                        self.single(&drawn(study, &pool, share, self.per_case(), self.seed()))
                    }
                    None if self.args.all => vec![Portion::of(study, Part::All)],
                    None => named,
                };
                vec![(coder, portions)]
            }
            (None, None) => return Ok(()),
        };
        if self.args.take { self.take(&asked, context) } else { self.add(&asked, &pool, context) }
    }

    fn seed(&self) -> u64 {
        self.args.seed.unwrap_or(1)
    }

    fn per_case(&self) -> bool {
        self.args.per == Some(Per::Case)
    }

    fn single(&self, units: &BTreeSet<UnitIndex>) -> Vec<Portion> {
        units.iter().filter_map(|unit| Portion::unit(&self.opened.study, *unit)).collect()
    }

    fn deal(
        &self,
        pool: &BTreeSet<UnitIndex>,
        double: Share,
    ) -> Result<Vec<(CoderId, Vec<Portion>)>, Failure> {
        let mut coders: Vec<CoderId> = Vec::new();
        for name in &self.args.coders {
            let coder = session::coder(self.opened, name)?;
            if !self.opened.study.counts(&coder) {
                let what = msg!("assign.not_counting", coder = coder);
                return Err(Failure::Usage(what, msg!("assign.not_counting.fix")));
            }
            if !coders.contains(&coder) {
                coders.push(coder);
            }
        }
        if coders.len() < 2 {
            return Err(Failure::Usage(msg!("assign.two"), msg!("assign.two.fix")));
        }
        let (per_case, seed) = (self.per_case(), self.seed());
        let deal = Deal { coders: coders.len(), double, per_case, seed };
        let hands = dealt(&self.opened.study, pool, deal);
        Ok(coders.into_iter().zip(hands.iter().map(|hand| self.single(hand))).collect())
    }

    /// The units on which a coder has decided in the round, or in any.
    fn decided(&self, coder: &CoderId) -> Result<BTreeSet<UnitIndex>, Failure> {
        let study = &self.opened.study;
        let round = self.round.as_ref().and_then(|round| study.round(round.as_str()));
        self.opened.decided_units(coder, round)
    }

    /// Refuses to take units away on which a coder has decided.
    fn spare(&self, coder: &CoderId, units: &BTreeSet<UnitIndex>) -> Result<(), Failure> {
        let hers = self.decided(coder)?.intersection(units).count();
        if hers == 0 {
            return Ok(());
        }
        let what = msg!("assign.decided", coder = coder, n = hers);
        Err(Failure::Refused(what, msg!("assign.decided.fix", coder = coder)))
    }

    /// Refuses to ask for more in a case that a coder has handed over.
    fn unsealed(&self, coder: &CoderId, units: &BTreeSet<UnitIndex>) -> Result<(), Failure> {
        let sealed = self.opened.sealed_cases(coder, self.round.as_ref());
        let study = &self.opened.study;
        let mut cases: Vec<&str> = Vec::new();
        for unit in units {
            let case = study.case_of(*unit);
            if sealed.contains(case) && !cases.contains(&case.as_str()) {
                cases.push(case.as_str());
            }
        }
        if cases.is_empty() {
            return Ok(());
        }
        let what = msg!("assign.sealed", coder = coder, cases = cases.join(", "));
        Err(Failure::Refused(what, msg!("assign.sealed.fix")))
    }

    fn add(
        &self,
        asked: &[(CoderId, Vec<Portion>)],
        pool: &BTreeSet<UnitIndex>,
        context: &mut Context<'_>,
    ) -> anyhow::Result<()> {
        let study = &self.opened.study;
        let round = self.round.as_ref();
        let mut rows = Rows::of(study);
        let mut told = Vec::new();
        for (coder, portions) in asked {
            let units = units_of(portions);
            let before = rows.asked(coder, round);
            if self.args.double.is_some() {
                let others: BTreeSet<UnitIndex> = pool.difference(&units).copied().collect();
                self.spare(coder, &others)?;
                rows.take(coder, round, pool);
            }
            self.unsealed(coder, &units.difference(&before).copied().collect())?;
            let added = rows.add(coder, round, portions, &self.decided(coder)?);
            let all = rows.asked(coder, round).len();
            let new = units.difference(&before).count();
            told.push(if self.args.double.is_some() || added.no_longer > 0 {
                msg!("assign.only", coder = coder, n = all, round = self.shown())
            } else if new == 0 {
                msg!("assign.same", coder = coder, n = all, round = self.shown())
            } else {
                msg!("assign.done", coder = coder, n = new, all = all, round = self.shown())
            });
        }
        self.write(rows, &told, context)
    }

    fn shown(&self) -> &str {
        self.round.as_ref().map_or("all", RoundId::as_str)
    }

    /// Writes the rows, unless they are what they were, and says what changed.
    fn write(
        &self,
        rows: Rows<'_>,
        told: &[Message],
        context: &mut Context<'_>,
    ) -> anyhow::Result<()> {
        let rows = rows.into_rows();
        if rows != Rows::of(&self.opened.study).into_rows() {
            self.opened.write_assignments(&rows)?;
        }
        told.iter().try_for_each(|message| context.tell(message))?;
        if self.args.share.is_some() || self.args.double.is_some() {
            context.tell(&msg!("assign.seeded", seed = self.seed()))?;
        }
        Ok(())
    }

    fn take(
        &self,
        asked: &[(CoderId, Vec<Portion>)],
        context: &mut Context<'_>,
    ) -> anyhow::Result<()> {
        let mut rows = Rows::of(&self.opened.study);
        let mut told = Vec::new();
        for (coder, portions) in asked {
            let units = units_of(portions);
            self.spare(coder, &units)?;
            let taken = rows.take(coder, self.round.as_ref(), &units);
            let all = rows.asked(coder, self.round.as_ref()).len();
            told.push(msg!(
                "assign.taken",
                coder = coder,
                n = taken,
                all = all,
                round = self.shown()
            ));
        }
        self.write(rows, &told, context)
    }
}

/// How many units each coder is asked for in a round; for whoever leads the study, also what they are.
fn shown(opened: &Opened, round: &RoundId, lead: bool) -> List {
    let study = &opened.study;
    let rows = Rows::of(study);
    let columns: &[_] = if lead {
        &[
            ("coder", "assign.coder_heading"),
            ("round", "assign.round"),
            ("unit", "assign.unit"),
            ("units", "assign.units"),
        ]
    } else {
        &[("coder", "assign.coder_heading"), ("round", "assign.round"), ("units", "assign.units")]
    };
    let mut list = List::new("themata.assignments/1", columns);
    let mut times = vec![0_usize; study.units.len()];
    for coder in &study.settings.coders {
        let units = rows.asked(&coder.id, Some(round));
        if study.counts(&coder.id) {
            for unit in &units {
                if let Some(times) = times.get_mut(unit.at()) {
                    *times += 1;
                }
            }
        }
        if !lead {
            list.rows.push(vec![
                Item::id(&coder.id),
                Item::id(round),
                Item::count(units.len() as u64),
            ]);
            continue;
        }
        for (row, units) in rows.of_coder(&coder.id, round) {
            let of = row.round.as_ref().map_or("all", RoundId::as_str);
            list.rows.push(vec![
                Item::id(&coder.id),
                Item::id(of),
                Item::id(&row.part),
                Item::from(Value::Count(units as u64)),
            ]);
        }
    }
    let count = |of: &dyn Fn(usize) -> bool| {
        study.talk().filter(|(unit, _)| times.get(unit.at()).is_some_and(|it| of(*it))).count()
    };
    let all = study.talk().count();
    if lead {
        let (nobody, one) = (count(&|it| it == 0), count(&|it| it == 1));
        let several = all - nobody - one;
        list.notes.push(msg!(
            "assign.times",
            all = all,
            nobody = nobody,
            one = one,
            several = several
        ));
    } else {
        list.notes.push(msg!("assign.all", all = all, nobody = count(&|it| it == 0)));
    }
    if study.assignments.is_none() {
        list.notes.push(msg!("assign.none"));
    }
    list
}
