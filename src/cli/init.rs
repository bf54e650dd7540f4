//! `init`: a new study.

use std::path::{Path, PathBuf};

use super::{Context, Outcome};
use crate::domain::coder::Coder;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::Problem;
use crate::domain::study::Settings;
use crate::format::{codebook, codebook_columns, codebook_table};
use crate::msg;
use crate::store::{Folder, NewStudy, read_given};
use crate::words;

/// The default codebook, compiled in.
const COMMUNITIES: &[u8] = include_bytes!("../../codebook.yaml");
/// A codebook to begin from nothing.
const EMPTY: &str = "title: \"\"\nversion: \"1\"\nunit: \"\"\n# A dimension is an aspect under which every unit is looked at; its codes are what a unit can be given.\n# dimensions:\n#   - id: trust\n#     name: Trust\n#     select: many          # one | many codes of this dimension per unit\n#     brief: How far people rely on one another.\n#     definition: …\n#     use_when: …\n#     not_when: …\n#     examples: [\"…\"]\n#     codes:\n#       - id: in-colleagues\n#         name: In colleagues\ndimensions: []\n";

/// Make a new study in a folder
///
/// Writes themata.yaml, codebook.yaml, the lists of cases, participants and transcripts, and a short
/// README, all plain text. Nothing is ever written outside this folder.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata init study --title \"Communities of practice\" --coder c1 --coder c2\n  themata init study --codebook our-codes.csv --coder Ana --coder Luis"
)]
pub(super) struct Args {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the study is called [default: the folder's name]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Who codes, in order: an id or a name (repeatable)
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    /// The codebook: `communities` (the default one), `empty`, or a FILE (.yaml, .csv, .tsv, .xlsx, .ods)
    ///
    /// A table has the columns dimension, code, parent, name, brief, definition, use_when, not_when, examples; tables of other
    /// programs (Taguette, Requal, Dedoose, NVivo, MAXQDA, QualCoder) are read by theirs.
    #[arg(long, value_name = "CODEBOOK", default_value = "communities")]
    codebook: String,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let name = args.folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let title = args.title.clone().or(name).unwrap_or_default();
    let coders = coders(&args.coders)?;
    let (codebook, said) = codebook_bytes(&args.codebook)?;
    let settings = Settings {
        title,
        language: context.language.tag().to_owned(),
        coders,
        agreement: true,
        require: None,
        asks_each: false,
        ethics: Default::default(),
    };
    let readme = words::say(&msg!("init.readme", title = settings.title), context.language);
    let blind = settings.coders.len() > 1;
    let unnamed = settings.coders.is_empty();
    let folder = Folder::at(&args.folder).with_clock(context.clock.clone());
    folder.create(&NewStudy { settings, codebook, readme })?;
    let shown = args.folder.display();
    context.tell(&msg!("init.made", folder = shown))?;
    context.tell(&match args.codebook.as_str() {
        "communities" => msg!("init.codebook.communities"),
        "empty" => msg!("init.codebook.empty"),
        given => msg!("init.codebook.own", file = given),
    })?;
    for said in &said {
        context.tell(said)?;
    }
    if unnamed {
        context.tell(&msg!("init.no_coders"))?;
    }
    if blind {
        context.tell(&msg!("init.blind"))?;
    }
    context.tell(&msg!("init.next", folder = shown))?;
    Ok(Outcome::Clean)
}

/// Coders by id, or by a name of which an id is made.
fn coders(names: &[String]) -> Result<Vec<Coder>, Failure> {
    let mut coders: Vec<Coder> = Vec::new();
    for name in names {
        let twice = || Failure::Usage(msg!("init.coder_twice"), msg!("init.coder_twice.fix"));
        coders.push(Coder::named(name, &coders).ok_or_else(twice)?);
    }
    Ok(coders)
}

/// The bytes of codebook.yaml, from a file in any of the forms of a codebook, and what was assumed of it.
pub(super) fn codebook_bytes(given: &str) -> anyhow::Result<(Vec<u8>, Vec<Message>)> {
    match given {
        "communities" => return Ok((COMMUNITIES.to_vec(), Vec::new())),
        "empty" => return Ok((EMPTY.as_bytes().to_vec(), Vec::new())),
        _ => {}
    }
    let path = Path::new(given);
    let bytes = read_given(path)?;
    let extension =
        path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let mut problems: Vec<Problem> = Vec::new();
    let mut said = Vec::new();
    let made = match extension.as_str() {
        "yaml" | "yml" => codebook::read(given, &bytes, &mut problems).map(|_| bytes),
        "csv" | "tsv" | "txt" | "xlsx" | "ods" | "xls" => {
            let columns = codebook_columns::read(given, &bytes)?;
            said = columns.said;
            codebook_table::read(&columns.table, &mut problems).map(|it| codebook::write(&it))
        }
        _ => {
            let fix = msg!("init.codebook.fix");
            return Err(Failure::Usage(msg!("init.codebook", file = given), fix).into());
        }
    };
    match made {
        Some(bytes) if problems.is_empty() => Ok((bytes, said)),
        _ => Err(Failure::Invalid(problems).into()),
    }
}
