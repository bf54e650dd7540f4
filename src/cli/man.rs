//! `man`: the manual, made from the same definitions as `--help`.

use std::path::PathBuf;

use clap::CommandFactory;

use super::{Cli, Context, Outcome};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::Folder;

/// Write the manual pages
///
/// Without -o all pages go to standard output, one after the other. Into a folder, one page a command is
/// written: themata.1, themata-init.1 …
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata man | man -l -\n  themata man -o ~/.local/share/man/man1/"
)]
pub(super) struct Args {
    /// A file for all pages, or a folder, there already or ending in `/`, for one page a command
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// One page: the name of its file, and what it says.
struct Page {
    file: String,
    text: String,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    write(&program, &mut pages)?;
    let whole = || pages.iter().map(|page| page.text.as_str()).collect::<String>();
    match &args.output {
        None => context.result().write_all(whole().as_bytes())?,
        Some(path) if path.is_dir() || path.to_string_lossy().ends_with(['/', '\\']) => {
            let files: Vec<PathBuf> = pages.iter().map(|page| path.join(&page.file)).collect();
            if let Some(there) = files.iter().find(|file| !args.force && file.exists()) {
                let what = msg!("store.exists", file = there.display());
                return Err(Failure::Refused(what, msg!("man.exists.fix")).into());
            }
            Folder::make(path)?;
            for (file, page) in files.iter().zip(&pages) {
                Folder::export(file, page.text.as_bytes(), args.force)?;
            }
            context.tell(&msg!("man.written", n = pages.len(), folder = path.display()))?;
        }
        Some(path) => Folder::export(path, whole().as_bytes(), args.force)?,
    }
    Ok(Outcome::Clean)
}

/// The page of a command, and after it those of its commands.
fn write(command: &clap::Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(command.clone())
        .source(concat!("themata ", env!("CARGO_PKG_VERSION")));
    let mut bytes = Vec::new();
    man.render(&mut bytes)?;
    let text = headed(&String::from_utf8_lossy(&bytes));
    pages.push(Page { file: man.get_filename(), text });
    command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .try_for_each(|command| write(command, pages))
}

/// The same page with what stands after the options under its own first line instead of "extra".
fn headed(page: &str) -> String {
    let Some((before, after)) = page.split_once(".SH EXTRA\n") else { return page.to_owned() };
    match after.split_once(":\n") {
        Some((heading, rest)) if !heading.contains('\n') => {
            format!("{before}.SH \"{}\"\n{rest}", heading.to_uppercase())
        }
        _ => page.to_owned(),
    }
}
