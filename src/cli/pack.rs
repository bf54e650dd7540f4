//! `pack`: one page for a coder who installs nothing.

use std::path::{Path, PathBuf};

use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::format::pack;
use crate::msg;
use crate::store::Folder;
use crate::work::take_away::TakeAway;

/// Write one web page in which one coder codes without the program and without internet
///
/// The page holds her units with the talk around them, the codebook and what she has decided so far;
/// nobody else's decisions are in the file, and sealed cases are left out. It opens in any current
/// browser, takes keys or the mouse, keeps what she does hidden in that browser, and saves it as a file.
/// Take that back with `themata receive FILE --coder NAME`.
///
/// With a name that ends in .zip the page goes into an archive beside a line that says what to do, for
/// mail gateways that let no page through.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata pack --coder c2 -o c2.html
  themata pack --coder c2 --case CoP-31 -o c2.zip
  themata --lang es pack --coder c2 -o c2.html --force")]
pub(super) struct Args {
    /// Whose page it is, as named in themata.yaml
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// Where to write the page, or an archive that holds it
    #[arg(short, long = "output", value_name = "FILE.html|FILE.zip")]
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
    let ends_in = |wanted: &str| {
        args.output.extension().is_some_and(|found| found.eq_ignore_ascii_case(wanted))
    };
    if !ends_in("html") && !ends_in("zip") {
        let what = msg!("pack.extension", file = args.output.display());
        return Err(Failure::Usage(what, msg!("pack.extension.fix")).into());
    }
    let opened = context.open()?;
    let taken = TakeAway::of(&opened, &args.coder, args.round.as_ref(), &args.cases)?;
    for case in &taken.sealed {
        context.tell(&msg!("code.sealed_left_out", case = case))?;
    }
    let pack = taken.work(context.language)?;
    let bytes = match ends_in("zip") {
        true => pack::write_archive(&pack, &page_name(&args.output))?,
        false => pack::write(&pack),
    };
    Folder::export(&args.output, &bytes, args.force)?;
    let file = args.output.display();
    context.tell(&msg!("pack.written", n = taken.count, coder = taken.coder, file = file))?;
    Ok(Outcome::Clean)
}

/// What the page is called inside an archive: as the archive is.
fn page_name(archive: &Path) -> String {
    let stem = archive.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    format!("{}.html", stem.unwrap_or_else(|| "coding".to_owned()))
}
