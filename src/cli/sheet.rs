//! `sheet`: a spreadsheet for a coder without the program.

use std::path::PathBuf;

use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::format::sheet;
use crate::msg;
use crate::store::Folder;
use crate::work::take_away::TakeAway;

/// Write a spreadsheet in which one coder codes without the program
///
/// The workbook holds her units, row by row, with a drop-down of codes for each answer (several columns
/// where a dimension takes several codes), a column for the dimensions in which she is unsure, and one for
/// a memo. The codebook stands on the second sheet. What she has decided so far is filled in; nobody else's
/// decisions are in the file, and sealed cases are left out.
///
/// Everything but the answers is locked, without a password. Send the file, let her fill it in Excel or
/// LibreOffice, and take it back with `themata receive FILE --coder NAME`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata sheet --coder c2 -o c2.xlsx
  themata sheet --coder c2 --case CoP-31 --round main -o CoP-31-c2.xlsx
  themata --lang es sheet --coder c2 -o c2.xlsx --force")]
pub(super) struct Args {
    /// Whose sheet it is, as named in themata.yaml
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// Where to write the workbook
    #[arg(short, long = "output", value_name = "FILE.xlsx")]
    output: PathBuf,
    /// The round of coding [default: the current one]
    #[arg(long, value_name = "ROUND", value_parser = super::round_id)]
    round: Option<RoundId>,
    /// Only the units of this case (repeatable)
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<String>,
    /// Overwrite FILE if it exists
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let is_workbook = args.output.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    if !is_workbook {
        let what = msg!("sheet.extension", file = args.output.display());
        return Err(Failure::Usage(what, msg!("sheet.extension.fix")).into());
    }
    let opened = context.open()?;
    let taken = TakeAway::of(&opened, &args.coder, args.round.as_ref(), &args.cases)?;
    for case in &taken.sealed {
        context.tell(&msg!("code.sealed_left_out", case = case))?;
    }
    let sheet = taken.work(context.language)?;
    Folder::export(&args.output, &sheet::write(&sheet)?, args.force)?;
    let file = args.output.display();
    context.tell(&msg!("sheet.written", n = taken.count, coder = taken.coder, file = file))?;
    Ok(Outcome::Clean)
}
