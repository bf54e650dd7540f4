//! What is wrong use of the arguments of `agree`.

use super::args::Args;
use super::values::{ByArg, CategoriesArg, ResampleArg};
use crate::domain::failure::Failure;
use crate::format::table::quotable;
use crate::msg;
use crate::work::ask::CoderAt;

/// What clap cannot say: which options ask for nothing without others.
pub(super) fn check(args: &Args) -> Result<(), Failure> {
    if args.resample == ResampleArg::Cases && args.by == Some(ByArg::Case) {
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
    if let (Some(CategoriesArg::These(_)), false) = (&args.categories, !args.files.is_empty()) {
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
