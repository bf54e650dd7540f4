//! `--format`, `-o FILE` and their kin: where a result goes and in what form.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::Context;
use super::usage::Wrong;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::escape::terminal::shown;
use crate::msg;
use crate::render::Report;
use crate::render::document::{Document, Form, Part};
use crate::render::spreadsheet;
use crate::render::writers::{self, Setting, WRITERS, Writer};

/// Reads the name of a form; the help lists them.
fn form() -> impl TypedValueParser<Value = &'static Writer> {
    let known = WRITERS.iter().map(|writer| PossibleValue::new(writer.name).help(writer.about));
    PossibleValuesParser::new(known)
        .try_map(|name| writers::named(&name).ok_or_else(|| Wrong(extensions())))
}

/// What a file of a result may be called.
fn extensions() -> Message {
    let known: Vec<String> =
        WRITERS.iter().map(|writer| format!(".{}", writer.extension)).collect();
    msg!("output.extension.fix", known = known.join(", "))
}

/// Where a result goes and in what form.
#[derive(Debug, Clone, clap::Args)]
pub struct OutputArgs {
    /// The form of the result [default: table; with -o, by the file's extension]
    #[arg(long, value_parser = form(), value_name = "FORMAT", help_heading = "The result")]
    format: Option<&'static Writer>,
    /// Write the result to FILE; its extension decides the form
    #[arg(short, long = "output", value_name = "FILE", help_heading = "The result")]
    output: Option<PathBuf>,
    /// Overwrite FILE if it exists
    #[arg(long, help_heading = "The result")]
    force: bool,
    /// Put a byte order mark before CSV, for spreadsheets that ask for one
    #[arg(long, help_heading = "The result")]
    bom: bool,
    /// Leave free text in CSV without the guard against formulas, for R
    #[arg(long, help_heading = "The result")]
    raw: bool,
}

impl OutputArgs {
    /// The same with a file that was named as an argument of its own.
    #[must_use]
    pub fn into_file(&self, file: Option<&Path>) -> Self {
        let output = file.map(Path::to_owned).or_else(|| self.output.clone());
        Self { output, ..self.clone() }
    }

    /// The same without leave to overwrite: it was about another file.
    #[must_use]
    pub fn unforced(&self) -> Self {
        Self { force: false, ..self.clone() }
    }

    /// Whether a form or a file was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.format.is_some() || self.output.is_some() || self.bom || self.raw
    }

    /// Whether what exists may be overwritten.
    #[must_use]
    pub fn forced(&self) -> bool {
        self.force
    }

    /// The file asked for.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// The form asked for.
    ///
    /// # Errors
    /// An extension that is no form, or one that contradicts `--format`; `--bom` or `--raw` without CSV;
    /// `--force` without a file.
    pub fn form(&self) -> Result<&'static Writer, Failure> {
        let form = match (&self.output, self.format) {
            (None, asked) => asked.unwrap_or(&WRITERS[0]),
            (Some(path), asked) => {
                let Some(of_path) = of_extension(path) else {
                    return Err(Failure::Usage(
                        msg!("output.extension", file = path.display()),
                        extensions(),
                    ));
                };
                if let Some(asked) = asked.filter(|asked| asked.name != of_path.name) {
                    return Err(Failure::Usage(
                        msg!("output.conflict", file = path.display(), format = asked.name),
                        msg!("output.conflict.fix"),
                    ));
                }
                of_path
            }
        };
        if (self.bom || self.raw) && form.form != Form::Csv {
            return Err(Failure::Usage(msg!("output.csv_only"), msg!("output.csv_only.fix")));
        }
        if self.force && self.output.is_none() {
            return Err(Failure::Usage(msg!("output.force"), msg!("output.force.fix")));
        }
        Ok(form)
    }

    /// Refuses to write a result over the file that it is made from.
    ///
    /// # Errors
    /// `-o` names that very file.
    pub fn spares(&self, input: &Path) -> Result<(), Failure> {
        let real = |path: &Path| path.canonicalize().ok();
        match &self.output {
            Some(output) if real(output).is_some() && real(output) == real(input) => {
                Err(Failure::Refused(
                    msg!("output.input", file = output.display()),
                    msg!("output.input.fix"),
                ))
            }
            _ => Ok(()),
        }
    }

    /// Writes a result where it was asked for. Where its form has no notes, what was taken for granted about the data is
    /// said to the person beside it.
    ///
    /// # Errors
    /// Wrong use, a file that exists, or a stream or file that cannot be written.
    pub fn emit(&self, report: &dyn Report, context: &mut Context<'_>) -> anyhow::Result<()> {
        let writer = self.form()?;
        if let (Some(rows), Some(stream)) = (report.streamed(), writer.stream) {
            let setting = self.setting(context);
            return self.write_by(context, |out| stream(rows, &setting, out));
        }
        let document = match writer.form {
            Form::Picture => picture(report, context)?,
            _ => report.document(context.language),
        };
        let setting = self.setting(context);
        let bytes = (writer.write)(&document, &setting).map_err(anyhow::Error::from_boxed)?;
        self.write(&bytes, context)?;
        if writer.form == Form::Sheet
            && let Some(said) = spreadsheet::cut_short(&document)
        {
            context.tell(&said)?;
        }
        if writer.form == Form::Csv {
            document
                .assumed()
                .try_for_each(|note| context.tell_text(&note.text(context.language)))?;
        }
        Ok(())
    }

    fn setting(&self, context: &Context<'_>) -> Setting {
        let setting = Setting { bom: self.bom, raw: self.raw, ..Setting::new(context.language) };
        match &self.output {
            Some(_) => setting,
            None => {
                let (width, wrapped) = (context.page(), context.screen.shown);
                Setting { width, wrapped, ..setting }
            }
        }
    }

    /// Has a result written bit by bit, where it goes to standard output and is not to be looked at as a whole.
    fn write_by(
        &self,
        context: &mut Context<'_>,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> anyhow::Result<()> {
        if self.output.is_some() || context.screen.shown {
            let mut bytes = Vec::new();
            write(&mut bytes)?;
            return self.write(&bytes, context);
        }
        context.record_looks()?;
        let mut out = std::io::BufWriter::with_capacity(1 << 16, context.result());
        write(&mut out)?;
        Ok(out.flush()?)
    }

    /// Writes bytes to `-o FILE`, or to standard output.
    ///
    /// # Errors
    /// A file that exists without `--force`, or that cannot be written.
    pub fn write(&self, bytes: &[u8], context: &mut Context<'_>) -> anyhow::Result<()> {
        match &self.output {
            None => {
                context.record_looks()?;
                // A terminal obeys what stands in a CSV as it does what stands in a table, whose own guard this does not touch.
                let guarded = context.screen.shown.then(|| shown(bytes));
                context.result().write_all(guarded.as_deref().unwrap_or(bytes))?;
            }
            Some(path) => {
                let record = || context.record_looks();
                crate::store::Folder::export_once(path, bytes, self.force, record)?;
                context.tell(&msg!("output.wrote", file = path.display()))?;
            }
        }
        Ok(())
    }
}

/// A document that is the picture of a result, and nothing else.
fn picture(report: &dyn Report, context: &Context<'_>) -> Result<Document, Failure> {
    let Some(figure) = report.figure(context.language) else {
        return Err(Failure::Usage(msg!("output.picture"), msg!("output.picture.fix")));
    };
    let document = Document::new("");
    Ok(Document { parts: vec![Part::Figure(figure)], ..document })
}

/// The form of files with this extension.
fn of_extension(path: &Path) -> Option<&'static Writer> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    WRITERS.iter().find(|writer| writer.extension == extension)
}
