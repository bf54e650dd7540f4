//! `codebook import | export`: the codebook as a table, on its way to a spreadsheet and back.

use std::path::PathBuf;

use super::codebook_change::{MeaningArgs, told};
use super::{Context, Outcome, OutputArgs, codebook_versions};
use crate::domain::revision::Act;
use crate::format::{codebook, codebook_columns};
use crate::msg;
use crate::render::codebook_table::CodebookTable;
use crate::store::read_given;
use crate::work::codebook::{ImportAsk, Missing};

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The table (.csv, .tsv, .xlsx, .ods), in any encoding
    #[arg(value_name = "TABLE")]
    file: PathBuf,
    /// What becomes of codes that the table does not name
    #[arg(long, value_enum, value_name = "WHAT")]
    missing: Option<MissingArg>,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    meaning: MeaningArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum MissingArg {
    /// They stay where they are
    Keep,
    /// They are retired
    Retire,
}

/// Gives the codebook as a table.
pub(super) fn export(args: &ExportArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    args.output.emit(&CodebookTable(opened.study.codebook()), context)?;
    Ok(Outcome::Clean)
}

/// Shows what a table changes, and changes it.
pub(super) fn import(args: &ImportArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let ImportArgs { file, missing, dry_run, meaning, output } = args;
    let columns = codebook_columns::read(&file.display().to_string(), &read_given(file)?)?;
    let missing = missing.map(|it| match it {
        MissingArg::Keep => Missing::Keep,
        MissingArg::Retire => Missing::Retire,
    });
    let ask = ImportAsk { columns, missing, effect: meaning.effect() };
    let opened = context.open()?;
    for said in &ask.columns.said {
        context.tell(said)?;
    }
    let change = ask.change(&opened)?;
    let in_force = opened.study.version_in_force();
    let new = codebook::version(&codebook::write(&change.codebook));
    let difference =
        codebook_versions::difference((&in_force.id, &in_force.codebook), (&new, &change.codebook));
    output.emit(&difference, context)?;
    if change.codebook == in_force.codebook {
        return Ok(Outcome::Clean);
    }
    if *dry_run {
        context.tell(&msg!("change.dry_run"))?;
        return Ok(Outcome::Clean);
    }
    let revised = opened.change_codebook(Act::Import, None, |now| ask.change(now))?;
    told(&revised, context)?;
    Ok(Outcome::Clean)
}
