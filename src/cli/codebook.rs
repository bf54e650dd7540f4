//! `codebook`: show it, look it over, and tell its versions apart.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::codebook_change::{self, ChangeCommand};
use super::{Context, Outcome, OutputArgs, codebook_versions};
use crate::analysis::codebook::lint;
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::problem::{Place, Problem};
use crate::domain::study::Study;
use crate::format::codebook::{self, IdLines};
use crate::format::settings;
use crate::msg;
use crate::render::codebook::{CodebookReport, Extent};
use crate::store::{layout, read_given};

/// Show the codebook, look it over, change it, and compare its versions
///
/// The codebook in force is codebook.yaml. It is changed by these commands, which keep what was decided under old ids, or
/// with any editor. Every version that was ever coded with is kept in codebooks/, and each decision names the version it
/// was made under.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: CodebookCommand,
}

#[derive(Debug, Subcommand)]
enum CodebookCommand {
    /// Show dimensions and codes as a tree, or every field of them
    ///
    /// Texts are shown in the study's language, or in that of --lang. As CSV, --full gives a table that
    /// `init --codebook` reads.
    #[command(
        after_help = "Examples:\n  themata codebook show\n  themata codebook show leadership\n  themata codebook show --full --lang es -o codebook.xlsx"
    )]
    Show {
        /// Every field of this dimension or code
        #[arg(value_name = "ID", conflicts_with = "full")]
        id: Option<String>,
        /// Every field of every dimension and code
        #[arg(long)]
        full: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// List what is missing or unclear in the codebook, with line and remedy
    ///
    /// Exit status 1 where there is anything: fields that are missing, in one language or in all; names
    /// that two codes share; codes without an example or alone beneath another; dimensions without codes.
    #[command(
        after_help = "Examples:\n  themata codebook check\n  themata codebook check our-next-codebook.yaml"
    )]
    Check {
        /// A codebook that is not the study's [default: codebook.yaml of the study]
        #[arg(value_name = "FILE.yaml")]
        file: Option<PathBuf>,
    },
    /// List the versions that were coded with, and what they were used for
    #[command(
        after_help = "Examples:\n  themata codebook history\n  themata codebook history --format csv"
    )]
    History {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Compare two versions, code by code and field by field
    ///
    /// A changed comment is no difference. A version is named by its id, by the beginning of it, or by a
    /// file. Without NEW, the codebook in force; without OLD, the version that was coded with last
    /// before it.
    #[command(
        after_help = "Examples:\n  themata codebook diff\n  themata codebook diff v-3f\n  themata codebook diff old.yaml new.yaml --format csv"
    )]
    Diff {
        /// The older version
        #[arg(value_name = "OLD")]
        old: Option<String>,
        /// The newer version
        #[arg(value_name = "NEW")]
        new: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
    #[command(flatten)]
    Change(ChangeCommand),
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    match &args.command {
        CodebookCommand::Show { id, full, output } => show(id.as_deref(), *full, output, context),
        CodebookCommand::Check { file } => check(file.as_deref(), context),
        CodebookCommand::History { output } => codebook_versions::history(output, context),
        CodebookCommand::Diff { old, new, output } => {
            codebook_versions::diff(old.as_deref(), new.as_deref(), output, context)
        }
        CodebookCommand::Change(command) => codebook_change::run(command, context),
    }
}

fn show(
    id: Option<&str>,
    full: bool,
    output: &OutputArgs,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let version = opened.study.version_in_force();
    let extent = match id {
        Some(id) => Extent::One(entry(&opened.study, id)?),
        None if full => Extent::Full,
        None => Extent::Tree,
    };
    let own = opened.study.settings.language.as_str();
    let language =
        if context.language_asked || own.is_empty() { context.language.tag() } else { own };
    let report = CodebookReport {
        codebook: &version.codebook,
        version: &version.id,
        language,
        extent: &extent,
    };
    output.emit(&report, context)?;
    Ok(Outcome::Clean)
}

/// The id of a dimension or code of the codebook in force.
fn entry(study: &Study, asked: &str) -> Result<String, Failure> {
    if study.codebook().wording(asked).is_some() {
        return Ok(asked.to_owned());
    }
    let code = study.vocabulary.of(study.find_code(asked)?);
    match code.in_force {
        true => Ok(code.id.to_string()),
        false => {
            let known = study.vocabulary.codes.iter().filter(|code| code.in_force);
            let known: Vec<&str> = known.map(|code| code.id.as_str()).collect();
            Err(NotFound::among(Named::Code, asked, known).into())
        }
    }
}

fn check(file: Option<&Path>, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let (name, bytes) = match file {
        Some(path) => (path.display().to_string(), Some(read_given(path)?)),
        None => {
            // Not the whole study: whoever mends a codebook may have half of it in pieces.
            let folder = context.folder()?;
            let read = folder.read(layout::SETTINGS)?.unwrap_or_default();
            if let Some(settings) = settings::read(layout::SETTINGS, &read, &mut Vec::new()) {
                context.speak(&settings.language);
            }
            (layout::CODEBOOK.to_owned(), folder.read(layout::CODEBOOK)?)
        }
    };
    let problems = problems(&name, bytes.as_deref());
    context.print(&context.listed(&problems))?;
    context.show(&msg!("check.count", n = problems.len()))?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// What is wrong with a codebook's form, or, if nothing is, what there is to remark on its wording.
fn problems(name: &str, bytes: Option<&[u8]>) -> Vec<Problem> {
    let Some(bytes) = bytes else {
        let (what, fix) = (msg!("load.no_codebook"), msg!("load.no_codebook.fix"));
        return vec![Problem::new(Place::file(name), what, fix)];
    };
    let mut problems = Vec::new();
    if let Some(codebook) = codebook::read(name, bytes, &mut problems) {
        let lines = IdLines::of(bytes);
        problems.extend(lint(&codebook).into_iter().map(|found| {
            let line = found.id.as_ref().and_then(|id| lines.line(id, 0));
            Problem::new(Place { file: name.to_owned(), line, column: None }, found.what, found.fix)
        }));
    }
    problems.sort_by(|one, other| one.at.cmp(&other.at));
    problems
}
