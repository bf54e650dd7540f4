//! What the arguments of `agree` ask for, and what is wrong use of them.

use super::args::{Args, By, CategoriesArg, GivenArg, OrAll, ResampleArg, SingleArg};
use crate::analysis::agreement::{
    self, Bootstrap, Categories, Drawn, Given, Level, Options, Requirement, Single,
};
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::format::table::quotable;
use crate::msg;
use crate::stats::elsewhere::Program;
use crate::stats::{Measure, Plan};
use crate::store::{Opened, layout};
use crate::work::ask::CoderAt;

/// What is required, if anything is.
pub(super) fn requirement(
    args: &Args,
    opened: Option<&Opened>,
) -> Result<Option<Requirement>, Failure> {
    match &args.require {
        None => Ok(None),
        Some(Some(requirement)) => Ok(Some(*requirement)),
        Some(None) => {
            let of_study = opened.and_then(|opened| opened.study.settings.require.as_ref());
            let Some(text) = of_study else {
                return Err(Failure::Usage(
                    msg!("agree.require.none"),
                    msg!("agree.require.none.fix"),
                ));
            };
            let problem = |_| {
                Failure::invalid(Problem::new(
                    Place::file(layout::SETTINGS).column("require"),
                    msg!("agree.require.invalid"),
                    msg!("agree.require.invalid.fix"),
                ))
            };
            text.parse().map(Some).map_err(problem)
        }
    }
}

/// What is computed; a measure and a level that do not exist together are wrong use.
pub(super) fn options(
    args: &Args,
    requirement: Option<&Requirement>,
    single: Single,
    no_coefficients: bool,
    coders: usize,
) -> Result<Options, Failure> {
    let levels = listed(&args.level, &Level::ALL);
    let program = args.program.map(Program::from);
    if let Some(program) = program {
        known_to(program, &args.level, &args.measure)?;
    }
    let mut measures = listed(&args.measure, Measure::ALL);
    if let (Some(requirement), true) = (requirement, measures.is_empty()) {
        let usual = agreement::defaults(coders, no_coefficients);
        if !usual.contains(&requirement.measure) {
            measures = usual;
            measures.push(requirement.measure);
        }
    }
    let asked_levels = if levels.is_empty() { Level::ALL.to_vec() } else { levels.clone() };
    for asked in args.measure.iter().filter(|_| program.is_none()) {
        if let OrAll::One(measure) = asked
            && !asked_levels.iter().any(|level| level.knows(*measure))
        {
            return Err(no_pair(*measure, asked_levels.first().copied().unwrap_or(Level::Value)));
        }
    }
    for asked in args.level.iter().filter(|_| program.is_none()) {
        if let (OrAll::One(level), Some(measure)) = (asked, measures.first())
            && !measures.iter().any(|measure| level.knows(*measure))
        {
            return Err(no_pair(*measure, *level));
        }
    }
    Ok(Options {
        levels,
        measures,
        no_coefficients,
        single: match args.single {
            None => single,
            Some(SingleArg::Exclude) => Single::Exclude,
            Some(SingleArg::Include) => Single::Include,
        },
        given: args.given.map(|given| match given {
            GivenArg::Both => Given::Both,
            GivenArg::Either => Given::Either,
        }),
        categories: match (&args.categories, of_file(args)) {
            (Some(CategoriesArg::Observed), _) => Categories::Observed,
            (None, true) if args.codebook.is_none() => Categories::Observed,
            _ => Categories::Codebook,
        },
        positive: args.positive.clone(),
        by_case: args.by == Some(By::Case),
        per_category: args.per_category,
        weights: args.weights.into(),
        program,
        bootstrap: args.bootstrap.map(|resamples| Bootstrap {
            plan: Plan { resamples, seed: args.seed.unwrap_or(1) },
            drawn: match args.resample {
                ResampleArg::Units => Drawn::Units,
                ResampleArg::Cases => Drawn::Cases,
            },
        }),
    })
}

/// Whether a file of codings is looked at instead of the study.
fn of_file(args: &Args) -> bool {
    !args.files.is_empty()
}

/// What clap cannot say: which options ask for nothing without others.
pub(super) fn check(args: &Args) -> Result<(), Failure> {
    if args.resample == ResampleArg::Cases && args.by == Some(By::Case) {
        return Err(Failure::Usage(
            msg!("agree.resample.by_case"),
            msg!("agree.resample.by_case.fix"),
        ));
    }
    let pass = |at: &CoderAt| (at.coder.clone(), at.round.clone().or(args.comparing.round.clone()));
    for (nth, at) in args.coders.iter().enumerate() {
        if args.coders.iter().take(nth).any(|before| pass(before) == pass(at)) {
            let coder = match &at.round {
                Some(round) => format!("{}@{}", quotable(&at.coder), quotable(round)),
                None => quotable(&at.text).to_owned(),
            };
            let fix = msg!("agree.twice.fix", coder = quotable(&at.coder));
            return Err(Failure::Usage(msg!("agree.twice", coder = coder), fix));
        }
    }
    if args.seed.is_some() && args.bootstrap.is_none() && !args.boundaries {
        return Err(Failure::Usage(msg!("agree.seed"), msg!("agree.seed.fix")));
    }
    if let (Some(CategoriesArg::These(_)), false) = (&args.categories, of_file(args)) {
        return Err(Failure::Usage(
            msg!("agree.categories.study"),
            msg!("agree.categories.study.fix"),
        ));
    }
    if args.files.len() > 1 && !args.boundaries {
        return Err(Failure::Usage(msg!("agree.files"), msg!("agree.files.fix")));
    }
    Ok(())
}

/// Refuses a level or a measure of which somebody else prints nothing.
fn known_to(
    program: Program,
    levels: &[OrAll<Level>],
    measures: &[OrAll<Measure>],
) -> Result<(), Failure> {
    let known: Vec<Level> = Level::ALL.into_iter().filter(|it| it.is_known_to(program)).collect();
    let level = levels.iter().find_map(|asked| match asked {
        OrAll::One(level) if !known.contains(level) => Some(*level),
        _ => None,
    });
    let measure = measures.iter().find_map(|asked| match asked {
        OrAll::One(measure) if !program.measures().contains(measure) => Some(*measure),
        _ => None,
    });
    let what = match (measure, level) {
        (Some(measure), _) => msg!("agree.as.measure", program = program, measure = measure),
        (None, Some(level)) => msg!("agree.as.level", program = program, level = level),
        (None, None) => return Ok(()),
    };
    let names = |list: Vec<&str>| list.join(", ");
    let fix = msg!(
        "agree.as.measure.fix",
        program = program,
        measures = names(program.measures().iter().map(|it| it.as_str()).collect()),
        levels = names(known.iter().map(|it| it.as_str()).collect())
    );
    Err(Failure::Usage(what, fix))
}

fn no_pair(measure: Measure, level: Level) -> Failure {
    if measure.is_of_boundaries() {
        let what = msg!("agree.pair.boundaries", measure = measure);
        return Failure::Usage(what, msg!("agree.pair.boundaries.fix"));
    }
    Failure::Usage(msg!("agree.pair", measure = measure, level = level), msg!("agree.pair.fix"))
}

/// What was asked for, in its order and each once; empty if nothing was.
fn listed<T: Copy + PartialEq>(asked: &[OrAll<T>], all: &[T]) -> Vec<T> {
    let mut list: Vec<T> = Vec::new();
    for one in asked {
        let more = match one {
            OrAll::All => all,
            OrAll::One(one) => std::slice::from_ref(one),
        };
        for one in more {
            if !list.contains(one) {
                list.push(*one);
            }
        }
    }
    list
}
