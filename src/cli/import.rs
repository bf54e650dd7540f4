//! `import`: transcripts into the study.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Context, Outcome};
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::participant::Participant;
use crate::domain::problem::{Place, Problem};
use crate::domain::slug::unique;
use crate::domain::transcript::Transcript;
use crate::format::codebook::sha256;
use crate::format::import::{self, Imported as Found, Options};
use crate::format::speakers;
use crate::msg;
use crate::render::preview::{self, Preview};
use crate::render::table;
use crate::store::{Imported, Opened, read_given};
use crate::unitize::people::{self, Cast, SpeakerRow};

/// Bring transcripts into the study
///
/// Plain text, Markdown and Word (.docx) are read. Who speaks is found from the labels before the speech;
/// --preview shows what was taken for what, before anything is written. The original is kept.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata import --preview \"CoP 31.txt\"\n  themata import \"CoP 31.txt\" \"CoP 36.docx\"\n  themata import --case CoP-31 --speakers speakers.csv second-sitting.txt"
)]
pub(super) struct Args {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The case they belong to [default: named after the file]
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// The transcript's id; for a single file [default: named after the file]
    #[arg(long, value_name = "ID")]
    transcript: Option<TranscriptId>,
    /// Who is who: a CSV with the columns transcript, label, participant, role
    #[arg(long, value_name = "MAP.csv")]
    speakers: Option<PathBuf>,
    /// Language of the talk, as a tag such as en or es [default: the study's]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Day of the sitting
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The files' encoding, where guessing is wrong: windows-1252, iso-8859-15, macintosh …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Show what would be imported, and write nothing; needs no study
    #[arg(long)]
    preview: bool,
}

/// One file as it was read, with its people named.
struct Draft {
    path: PathBuf,
    bytes: Vec<u8>,
    found: Found,
    cast: Cast,
    case: Case,
    id: TranscriptId,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    if args.transcript.is_some() && args.files.len() > 1 {
        return Err(Failure::Usage(msg!("import.one_id"), msg!("import.one_id.fix")).into());
    }
    let opened = match context.folder() {
        Ok(_) => Some(context.open()?),
        Err(_) if args.preview => None,
        Err(failure) => return Err(failure.into()),
    };
    let drafts = drafts(args, opened.as_ref())?;
    for draft in &drafts {
        let preview = Preview {
            file: draft.path.display().to_string(),
            bytes: draft.bytes.len(),
            found: &draft.found,
            cast: &draft.cast,
            case: &draft.case,
            transcript: &draft.id,
        };
        if args.preview {
            let text = table::display(&preview::display(&preview, context.language), 100);
            context.out.write_all(text.as_bytes())?;
        } else {
            for line in preview::summary(&preview) {
                context.tell(&line)?;
            }
        }
    }
    if let (Some(opened), false) = (&opened, args.preview) {
        write(args, opened, drafts)?;
        context.tell(&msg!("import.next"))?;
    }
    Ok(Outcome::Clean)
}

/// Reads all files; all or nothing.
fn drafts(args: &Args, opened: Option<&Opened>) -> anyhow::Result<Vec<Draft>> {
    let rows = speaker_rows(args)?;
    let mut naming = Naming::new(opened);
    let mut people: Vec<Participant> =
        opened.map(|it| it.study.participants.clone()).unwrap_or_default();
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    let mut matched = BTreeSet::new();
    for path in &args.files {
        let bytes = read_given(path)?;
        let file = path.display().to_string();
        if let Some(problem) = naming.seen_before(&file, &bytes) {
            problems.push(problem);
            continue;
        }
        let (case, id) = naming.names(args, path)?;
        let declared = people::declared(&rows, &id);
        let options = Options { encoding: args.encoding.as_deref(), declared: &declared };
        match import::read(&file, &bytes, &options) {
            Err(unreadable) => problems.push(unreadable.of(&file)),
            Ok(found) => {
                let cast = people::cast(&found.draft, &case.id, &id, &rows, &people);
                for person in &cast.participants {
                    match people.iter_mut().find(|it| it.id == person.id) {
                        Some(known) => *known = person.clone(),
                        None => people.push(person.clone()),
                    }
                }
                matched.extend((0..rows.len()).filter(|row| !cast.unmatched.contains(row)));
                drafts.push(Draft { path: path.clone(), bytes, found, cast, case, id });
            }
        }
    }
    if let Some(map) = &args.speakers
        && problems.is_empty()
        && matched.len() < rows.len()
    {
        let n = rows.len() - matched.len();
        let at = Place::file(map.display().to_string()).column("label");
        problems.push(Problem::new(
            at,
            msg!("import.unmatched", n = n),
            msg!("import.unmatched.fix"),
        ));
    }
    if problems.is_empty() { Ok(drafts) } else { Err(Failure::Invalid(problems).into()) }
}

fn speaker_rows(args: &Args) -> anyhow::Result<Vec<SpeakerRow>> {
    let Some(path) = &args.speakers else { return Ok(Vec::new()) };
    let mut problems = Vec::new();
    let rows = speakers::read(&path.display().to_string(), &read_given(path)?, &mut problems);
    if problems.is_empty() { Ok(rows) } else { Err(Failure::Invalid(problems).into()) }
}

/// What is taken already, and how files become cases and transcripts.
struct Naming {
    cases: Vec<Case>,
    transcripts: BTreeSet<String>,
    taken_cases: BTreeSet<String>,
    hashes: Vec<(String, String)>,
}

impl Naming {
    fn new(opened: Option<&Opened>) -> Self {
        let study = opened.map(|it| &it.study);
        let transcripts = || study.into_iter().flat_map(|it| &it.transcripts);
        let cases: Vec<Case> = study.map(|it| it.cases.clone()).unwrap_or_default();
        Self {
            taken_cases: cases.iter().map(|it| it.id.as_str().to_ascii_lowercase()).collect(),
            cases,
            transcripts: transcripts().map(|it| it.id.as_str().to_ascii_lowercase()).collect(),
            hashes: transcripts().map(|it| (it.source_sha256.clone(), it.id.to_string())).collect(),
        }
    }

    /// A file that is already in the study, byte for byte, under whatever name.
    fn seen_before(&mut self, file: &str, bytes: &[u8]) -> Option<Problem> {
        let hash = sha256(bytes);
        if let Some((_, known)) = self.hashes.iter().find(|(known, _)| *known == hash) {
            let what = msg!("import.again", transcript = known);
            return Some(Problem::new(
                Place::file(file),
                what,
                msg!("import.again.fix", transcript = known),
            ));
        }
        self.hashes.push((hash, file.to_owned()));
        None
    }

    fn names(&mut self, args: &Args, path: &Path) -> Result<(Case, TranscriptId), Failure> {
        let odd = || Failure::Usage(msg!("import.odd_name"), msg!("import.odd_name.fix"));
        let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let case = self.case(args.case.as_deref().unwrap_or(&stem)).ok_or_else(odd)?;
        let id = match &args.transcript {
            Some(id) if !self.transcripts.insert(id.as_str().to_ascii_lowercase()) => {
                let what = msg!("import.taken", transcript = id);
                return Err(Failure::Refused(what, msg!("import.taken.fix")));
            }
            Some(id) => id.clone(),
            None => unique(&stem, 'T', &mut self.transcripts).parse().map_err(|_| odd())?,
        };
        Ok((case, id))
    }

    /// The case of that name or id, or a new one.
    fn case(&mut self, name: &str) -> Option<Case> {
        let as_id = crate::domain::slug::slug(name, 'C');
        let same = |case: &&Case| {
            case.name == name
                || as_id.as_deref().is_some_and(|id| case.id.as_str().eq_ignore_ascii_case(id))
        };
        if let Some(known) = self.cases.iter().find(same) {
            return Some(known.clone());
        }
        let id: CaseId = unique(name, 'C', &mut self.taken_cases).parse().ok()?;
        let case = Case { id, name: name.to_owned(), attributes: Vec::new() };
        self.cases.push(case.clone());
        Some(case)
    }
}

fn write(args: &Args, opened: &Opened, drafts: Vec<Draft>) -> Result<(), Failure> {
    let study = &opened.study;
    let mut cases = study.cases.clone();
    let mut people = study.participants.clone();
    let mut imported = Vec::new();
    for draft in drafts {
        if !cases.iter().any(|it| it.id == draft.case.id) {
            let attributes = vec![String::new(); study.case_attributes.len()];
            cases.push(Case { attributes, ..draft.case.clone() });
        }
        for mut person in draft.cast.participants {
            person.attributes.resize(study.participant_attributes.len(), String::new());
            match people.iter_mut().find(|it| it.id == person.id) {
                Some(known) => *known = person,
                None => people.push(person),
            }
        }
        let file_name = draft.path.file_name().map(|it| it.to_string_lossy().into_owned());
        let stem = draft.path.file_stem().map(|it| it.to_string_lossy().into_owned());
        imported.push(Imported {
            transcript: Transcript {
                id: draft.id,
                case: draft.case.id,
                name: stem.unwrap_or_default(),
                date: args.date.clone().unwrap_or_default(),
                language: args.language.clone().unwrap_or_else(|| study.settings.language.clone()),
                source: file_name.unwrap_or_default(),
                source_sha256: String::new(),
                text_sha256: String::new(),
                attributes: vec![String::new(); study.transcript_attributes.len()],
                paragraphs: draft.cast.paragraphs,
            },
            original: draft.bytes,
            extension: extension(&draft.path),
        });
    }
    opened.import(imported, &cases, &people)
}

/// The extension under which the original is kept.
fn extension(path: &Path) -> String {
    let given =
        path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let plain = !given.is_empty()
        && given.len() <= 8
        && given.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { given } else { "txt".to_owned() }
}
