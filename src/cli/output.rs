//! `--format`, `-o FILE` and their kin: where a result goes and in what form.

use std::path::{Path, PathBuf};

use super::Context;
use crate::domain::failure::Failure;
use crate::msg;
use crate::render::csv::{self, Dialect};
use crate::render::{Report, markdown, spreadsheet, table};

/// Forms of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for the terminal
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// JSON
    Json,
    /// Markdown
    Md,
    /// A spreadsheet
    Xlsx,
}

impl Format {
    fn of_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" => Self::Table,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "json" => Self::Json,
            "md" => Self::Md,
            "xlsx" => Self::Xlsx,
            _ => return None,
        })
    }

    /// Whether what people are told about a result stands beneath it.
    #[must_use]
    pub fn has_notes(self) -> bool {
        matches!(self, Self::Table | Self::Md | Self::Xlsx)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Md => "md",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Where a result goes and in what form.
#[derive(Debug, Clone, clap::Args)]
pub struct OutputArgs {
    /// The form of the result [default: table; with -o, by the file's extension]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "The result")]
    format: Option<Format>,
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
    pub fn form(&self) -> Result<Format, Failure> {
        let form = match (&self.output, self.format) {
            (None, None) => Format::Table,
            (None, Some(format)) => format,
            (Some(path), asked) => {
                let Some(of_path) = Format::of_extension(path) else {
                    return Err(Failure::Usage(
                        msg!("output.extension", file = path.display()),
                        msg!("output.extension.fix"),
                    ));
                };
                if asked.is_some_and(|asked| asked != of_path) {
                    return Err(Failure::Usage(
                        msg!(
                            "output.conflict",
                            file = path.display(),
                            format = asked.unwrap_or(of_path).name()
                        ),
                        msg!("output.conflict.fix"),
                    ));
                }
                of_path
            }
        };
        if (self.bom || self.raw) && !matches!(form, Format::Csv | Format::Tsv) {
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

    /// Writes a result where it was asked for.
    ///
    /// # Errors
    /// Wrong use, a file that exists, or a stream or file that cannot be written.
    pub fn emit(&self, report: &dyn Report, context: &mut Context<'_>) -> anyhow::Result<()> {
        let bytes = match self.form()? {
            Format::Table => table::display(&report.display(context.language), 100).into_bytes(),
            Format::Csv => csv::csv(&report.records(), self.dialect(b',')),
            Format::Tsv => csv::csv(&report.records(), self.dialect(b'\t')),
            Format::Json => {
                let mut text = serde_json::to_string_pretty(&report.json())?;
                text.push('\n');
                text.into_bytes()
            }
            Format::Md => markdown::display(&report.display(context.language)).into_bytes(),
            Format::Xlsx => spreadsheet::display(&report.workbook(context.language))?,
        };
        self.write(&bytes, context)
    }

    fn dialect(&self, separator: u8) -> Dialect {
        Dialect { separator, bom: self.bom, raw: self.raw }
    }

    /// Writes bytes to `-o FILE`, or to standard output.
    ///
    /// # Errors
    /// A file that exists without `--force`, or that cannot be written.
    pub fn write(&self, bytes: &[u8], context: &mut Context<'_>) -> anyhow::Result<()> {
        match &self.output {
            None => context.out.write_all(bytes)?,
            Some(path) => crate::store::Folder::export(path, bytes, self.force)?,
        }
        Ok(())
    }
}
