//! `agree --against`: how right coders are where a standard is taken for right.

use super::args::Args;
use crate::cli::{Context, Outcome};
use crate::render::accuracy::AccuracyReport;
use crate::render::names::Names;
use crate::work::ask::{AccuracyAsk, measured};

pub(super) fn run(
    args: &Args,
    ask: &AccuracyAsk,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let answer = measured(&opened, ask)?;
    let report = AccuracyReport { answer, names: Names::of(&opened.study, ask.ids) };
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}
