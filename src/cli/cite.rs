//! `cite`: a manuscript against the study, word for word.

use std::path::PathBuf;

use super::{Context, Outcome, OutputArgs};
use crate::analysis::manuscript::{Level, Paragraph, check, figures};
use crate::domain::failure::Failure;
use crate::msg;
use crate::read::block::BlockKind;
use crate::read::document::read;
use crate::render::Report;
use crate::render::cite::{CiteReport, annotations, numbers};
use crate::render::document::Form;
use crate::render::writers::{self, Setting};
use crate::store::{Folder, read_given};

/// Check every quotation of a manuscript against the study, word for word
///
/// Reads docx, odt, md, txt, html, tex or pdf. A quotation stands in quotation marks or in a block of its own, with a
/// citation such as (P11, CoP 38: 50): is that person there, does she say these words, may she be quoted? […], [inserted
/// words], the case of the first letter and typographic marks may differ. Where the number is off, the right place is
/// named. Exit status 1 when anything is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata cite paper.docx
  themata cite paper.docx -o checked.html
  themata cite paper.tex --format json
  themata cite paper.md --numbers
  themata cite paper.docx --ati annotations.csv")]
pub(super) struct Args {
    /// The manuscript
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// List the numbers of the text beside what the study says
    #[arg(long, conflicts_with = "ati")]
    numbers: bool,
    /// Write annotations for journals that publish them: excerpt, source, note
    #[arg(long, value_name = "FILE.csv")]
    ati: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    // With --ati alone, --force is about that file.
    let output = match (&args.ati, args.output.file()) {
        (Some(_), None) => args.output.unforced(),
        _ => args.output.clone(),
    };
    let form = output.form()?;
    output.spares(&args.file)?;
    if args.ati.as_ref().is_some_and(|it| it.extension().is_none_or(|it| it != "csv")) {
        return Err(Failure::Usage(msg!("cite.ati"), msg!("cite.ati.fix")).into());
    }
    let opened = context.open()?;
    let study = &opened.study;
    let paragraphs = manuscript(args)?;
    if args.numbers {
        output.emit(&numbers(&figures(study, &paragraphs)), context)?;
        return Ok(Outcome::Clean);
    }
    let outcome = check(study, &opened.shared_translations()?, paragraphs);
    let name =
        args.file.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    let report = CiteReport::new(study, &outcome, &name);
    // A file that is read as text is the manuscript itself, annotated; one that is worked on is the table.
    let report = match output.file().is_some() && form.form == Form::Page {
        true => report.annotated(),
        false => report,
    };
    output.emit(&report, context)?;
    if let (Some(path), Some(writer)) = (&args.ati, writers::named("csv")) {
        let document = annotations(study, &outcome, context.language).document(context.language);
        let setting = Setting::new(context.language);
        let bytes = (writer.write)(&document, &setting).map_err(anyhow::Error::from_boxed)?;
        Folder::export(path, &bytes, args.output.forced())?;
        context.tell(&msg!("output.wrote", file = path.display()))?;
    }
    Ok(if outcome.level() == Level::Failure { Outcome::Findings } else { Outcome::Clean })
}

/// The paragraphs of the manuscript.
fn manuscript(args: &Args) -> anyhow::Result<Vec<Paragraph>> {
    let bytes = read_given(&args.file)?;
    let name = args.file.display().to_string();
    let document = read(&name, &bytes, None).map_err(|it| Failure::invalid(it.of(&name)))?;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for block in document.blocks {
        let heading = block.kind == BlockKind::Heading;
        paragraphs.push(Paragraph { line: block.line, heading, text: block.text.into_owned() });
    }
    Ok(paragraphs)
}
