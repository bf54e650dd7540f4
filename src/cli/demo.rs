//! `demo`: the example study, and the whole way through it.

use std::path::PathBuf;

use super::{Context, Outcome};
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::store::Folder;
use crate::words;

/// The files of the example study, compiled in.
macro_rules! study {
    ($($file:literal)*) => {
        &[$(($file, include_bytes!(concat!("../../examples/communities/", $file)).as_slice())),*]
    };
}

const STUDY: &[(&str, &[u8])] = study![
    "README.md"
    "themata.yaml"
    ".gitattributes"
    ".gitignore"
    "codebook.yaml"
    "codebooks/v-82f5784999cf.yaml"
    "cases.csv"
    "participants.csv"
    "transcripts.csv"
    "originals/CoP-31.txt"
    "originals/CoP-36.txt"
    "originals/CoP-38.txt"
    "originals/CoP-09.txt"
    "originals/CoP-16.txt"
    "originals/CoP-62.txt"
    "transcripts/CoP-31.txt"
    "transcripts/CoP-36.txt"
    "transcripts/CoP-38.txt"
    "transcripts/CoP-09.txt"
    "transcripts/CoP-16.txt"
    "transcripts/CoP-62.txt"
    "units/CoP-31.csv"
    "units/CoP-36.csv"
    "units/CoP-38.csv"
    "units/CoP-09.csv"
    "units/CoP-16.csv"
    "units/CoP-62.csv"
    "coding/c1.csv"
    "coding/c2.csv"
    "memos/c1.csv"
    "memos/c2.csv"
    "seals.csv"
    "events.csv"
    "guide.csv"
    "consensus.csv"
];

/// The way through it: what each step shows, and its command.
const STEPS: &[(&str, &[&str])] = &[
    ("demo.status", &["status"]),
    ("demo.units", &["units", "show", "--case", "CoP-38", "--limit", "3"]),
    ("demo.agree", &["agree"]),
    ("demo.discrepancies", &["discrepancies", "--limit", "2"]),
    ("demo.consensus", &["log", "--limit", "3"]),
    ("demo.matrix", &["matrix", "--totals"]),
];

/// Write the example study and run the whole way through it, showing each step
///
/// Six invented focus groups of communities of practice, coded by two coders who have met to settle
/// what they coded differently. Each command is printed before its result.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata demo\n  themata demo my-demo --lang es")]
pub(super) struct Args {
    /// The folder for the study; none of its files may be there yet
    #[arg(value_name = "DIR", default_value = "themata-demo")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    Folder::at(&args.folder).unpack(STUDY)?;
    let shown = args.folder.display().to_string();
    context.tell(&msg!("demo.written", folder = shown))?;
    for (what, command) in STEPS {
        let what = words::word(what, context.language);
        let line = format!("\n{what}\n$ themata -C {shown} {}\n", command.join(" "));
        context.print(&Guarded::line(&line))?;
        context.result().flush()?;
        let mut arguments = vec!["themata", "-C", &shown, "--lang", context.language.tag()];
        arguments.extend(command.iter());
        let (out, err) = context.streams();
        super::run(arguments, &mut std::io::empty(), out, err);
    }
    let next = words::say(&msg!("demo.try", folder = shown), context.language);
    context.print(&Guarded::line(&format!("\n{next}")))?;
    Ok(Outcome::Clean)
}
