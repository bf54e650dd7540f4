//! `agree --boundaries`: two coders' own cuts of the same texts, from files or from the study.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::args::{Args, OrAll};
use super::asked::requirement;
use crate::analysis::agreement::{CutText, Cutting, Options, Requirement, boundaries};
use crate::cli::Context;
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::locator::Locator;
use crate::domain::problem::Problem;
use crate::domain::transcript::Transcript;
use crate::domain::unit::UnitKind;
use crate::format::marks::{Mark, Stretch, read};
use crate::format::table::quotable;
use crate::msg;
use crate::render::agreement::{AgreementReport, Cuts, Places};
use crate::render::names::Names;
use crate::stats::gamma::Settings;
use crate::stats::{Marked, Measure};
use crate::store::{Opened, read_given};

/// The figures of cuts in files, or of coders' own cuts in the study.
pub(super) fn found(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Found> {
    let measures = measures(args)?;
    let opened = match context.folder() {
        Ok(_) => Some(context.open()?),
        Err(error) if args.files.is_empty() => return Err(error.into()),
        Err(_) => None,
    };
    let requirement: Option<Requirement> = requirement(args, opened.as_ref())?;
    let cut = match &opened {
        Some(opened) if args.files.is_empty() => of_study(args, opened)?,
        opened => of_files(args, opened.as_ref())?,
    };
    let settings = Settings {
        position: args.gamma.gamma_alpha,
        category: args.gamma.gamma_beta,
        unaligned: args.gamma.gamma_delta,
        samples: args.gamma.gamma_samples,
        seed: args.seed.unwrap_or(1),
    };
    let ids = args.names.ids();
    let report = AgreementReport {
        names: opened.as_ref().map_or(Names::without(ids), |it| Names::of(&it.study, ids)),
        assumed: Vec::new(),
        inventory: None,
        agreement: boundaries(&cut.cutting, &measures, settings),
        options: Options { measures, ..Options::default() },
        by: Some("transcript"),
        without_unsure: false,
        definitions: Vec::new(),
        provenance: None,
        cuts: Some(Cuts { places: cut.places, left_out: cut.left_out }),
    };
    Ok(Found { report, requirement })
}

fn measures(args: &Args) -> Result<Vec<Measure>, Failure> {
    let mut measures: Vec<Measure> = Vec::new();
    for asked in &args.measure {
        match asked {
            OrAll::One(measure) if !measure.is_of_boundaries() => {
                let what = msg!("boundaries.measure", measure = measure);
                return Err(Failure::Usage(what, msg!("boundaries.measure.fix")));
            }
            OrAll::One(measure) => measures.push(*measure),
            OrAll::All => measures.extend(of_boundaries()),
        }
    }
    if measures.is_empty() {
        measures.extend(of_boundaries());
    }
    let mut seen = BTreeSet::new();
    measures.retain(|measure| seen.insert(*measure));
    Ok(measures)
}

fn of_boundaries() -> impl Iterator<Item = Measure> {
    Measure::ALL.iter().copied().filter(|measure| measure.is_of_boundaries())
}

/// Cuts as measures read them, and what people are told of them.
struct Cut {
    cutting: Cutting,
    places: Places,
    left_out: Vec<String>,
}

/// Stretches by text, then by coder: from where to where, and the code.
type Stretches = BTreeMap<Option<String>, BTreeMap<String, Vec<(u64, u64, String)>>>;

/// Stretches, what they are counted in, and the lengths of texts as far as they are known.
type Placed = (Stretches, Places, BTreeMap<Option<String>, u64>);

fn of_files(args: &Args, opened: Option<&Opened>) -> Result<Cut, Failure> {
    if !args.part.cases.is_empty() {
        let fix = msg!("agree.study_only.fix", option = "--case");
        return Err(Failure::Usage(msg!("agree.study_only", option = "--case"), fix));
    }
    let mut marks: Vec<(String, Mark)> = Vec::new();
    let mut coders: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for file in &args.files {
        let shown = file.display().to_string();
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let taken = args.files.iter().filter(|other| other.file_stem() == file.file_stem()).count();
        let own = stem.filter(|_| taken == 1).unwrap_or_else(|| shown.clone());
        match read(&shown, &read_given(file)?) {
            Err(more) => problems.extend(more),
            Ok(read) => {
                // A file without rows is a coder who marked nothing.
                if read.iter().all(|mark| mark.coder.is_none()) && !coders.contains(&own) {
                    coders.push(own.clone());
                }
                for mark in read {
                    let coder = mark.coder.clone().unwrap_or_else(|| own.clone());
                    if !coders.contains(&coder) {
                        coders.push(coder.clone());
                    }
                    marks.push((coder, mark));
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let (stretches, places, lengths) = placed(&marks, opened)?;
    cut(args, coders, stretches, places, &lengths)
}

/// Where every mark begins and ends: by characters where the study knows the transcript, by paragraphs where
/// nobody does.
fn placed(marks: &[(String, Mark)], opened: Option<&Opened>) -> Result<Placed, Failure> {
    let transcript = |locator: &Locator| opened?.study.transcript(locator.transcript());
    let mut problems = Vec::new();
    let mut stretches = Stretches::new();
    let mut lengths = BTreeMap::new();
    let mut places = Places::Counted;
    for (coder, mark) in marks {
        let of_text = stretches.entry(mark.transcript.clone()).or_default();
        let own = of_text.entry(coder.clone()).or_default();
        let (start, end) = match &mark.stretch {
            None => continue,
            Some(Stretch::Counted(start, end)) => (*start, *end),
            Some(Stretch::Located(locator)) => {
                let found = match transcript(locator) {
                    Some(known) => {
                        places = Places::Characters;
                        lengths.insert(mark.transcript.clone(), characters(known));
                        in_characters(known, locator)
                    }
                    None => {
                        places = Places::Paragraphs;
                        in_paragraphs(locator)
                    }
                };
                let Some(found) = found else {
                    let (what, fix) = match transcript(locator) {
                        Some(_) => {
                            (msg!("units.outside", unit = locator), msg!("units.outside.fix"))
                        }
                        None => (msg!("boundaries.characters"), msg!("boundaries.characters.fix")),
                    };
                    problems.push(Problem::new(mark.place.clone(), what, fix));
                    continue;
                };
                found
            }
        };
        own.push((start, end, mark.code.clone()));
    }
    if problems.is_empty() {
        Ok((stretches, places, lengths))
    } else {
        Err(Failure::Invalid(problems))
    }
}

/// The characters of all paragraphs of a transcript, without labels and times.
fn characters(transcript: &Transcript) -> u64 {
    transcript.paragraphs.iter().map(|it| it.text.chars().count() as u64).sum()
}

/// From which to before which character of the whole transcript a stretch reaches.
fn in_characters(transcript: &Transcript, locator: &Locator) -> Option<(u64, u64)> {
    let span = locator.span();
    let before = |paragraph: u32| -> Option<u64> {
        let whole = transcript.paragraphs.get(..paragraph as usize - 1)?;
        Some(whole.iter().map(|it| it.text.chars().count() as u64).sum())
    };
    let length =
        |paragraph: u32| Some(transcript.paragraph(paragraph)?.text.chars().count() as u64);
    let end = span.to.map_or(length(span.last)?, u64::from);
    if end > length(span.last)? {
        return None;
    }
    let start = before(span.first)? + span.from.map_or(0, u64::from);
    let end = before(span.last)? + end;
    (start < end).then_some((start, end))
}

fn in_paragraphs(locator: &Locator) -> Option<(u64, u64)> {
    let span = locator.span();
    span.from.is_none().then(|| (u64::from(span.first) - 1, u64::from(span.last)))
}

/// Coders' own cuts in `units/<coder>/`, of the transcripts with which all who cut them are done.
fn of_study(args: &Args, opened: &Opened) -> Result<Cut, Failure> {
    let unblind = args.comparing().unblinding(&opened.study)?;
    let scope = args.part.ask().scope(&opened.study)?;
    let mut cuts = opened.open_cuts(unblind.as_ref())?;
    if cuts.open.is_empty() && !cuts.waiting.is_empty() {
        let what = msg!("settle.closed", waiting = cuts.told());
        return Err(Failure::Refused(what, msg!("settle.closed.fix")));
    }
    let wanted =
        |transcript: &&Transcript| scope.cases.is_empty() || scope.cases.contains(&transcript.case);
    let mut stretches = Stretches::new();
    let mut lengths = BTreeMap::new();
    let mut coders = Vec::new();
    for transcript in opened.study.transcripts.iter().filter(wanted) {
        let name = Some(transcript.id.to_string());
        for (coder, own) in cuts.open.remove(&transcript.id).unwrap_or_default() {
            let coder = coder.to_string();
            if !coders.contains(&coder) {
                coders.push(coder.clone());
            }
            let talk = own.iter().filter(|unit| unit.kind == UnitKind::Talk);
            let place = |unit: &crate::domain::unit::Unit| {
                in_characters(transcript, &unit.locator)
                    .map(|(start, end)| (start, end, String::new()))
            };
            let own = talk.filter_map(place).collect();
            stretches.entry(name.clone()).or_default().insert(coder, own);
        }
        lengths.insert(name, characters(transcript));
    }
    if stretches.is_empty() {
        return Err(Failure::Usage(msg!("boundaries.no_cuts"), msg!("boundaries.no_cuts.fix")));
    }
    cut(args, coders, stretches, Places::Characters, &lengths)
}

/// The texts that every coder cut, with codes as numbers.
fn cut(
    args: &Args,
    found: Vec<String>,
    stretches: Stretches,
    places: Places,
    lengths: &BTreeMap<Option<String>, u64>,
) -> Result<Cut, Failure> {
    let coders = chosen(args, found)?;
    let codes: BTreeSet<String> = stretches
        .values()
        .flat_map(|of_text| of_text.values().flatten())
        .map(|(_, _, code)| code.clone())
        .filter(|code| !code.is_empty())
        .collect();
    let codes: Vec<String> = codes.into_iter().collect();
    let number = |code: &String| {
        // A stretch without code beside others with one is a value of its own.
        codes.binary_search(code).unwrap_or(codes.len()).try_into().unwrap_or(u32::MAX)
    };
    let several = stretches.len() > 1;
    let (mut texts, mut left_out) = (Vec::new(), Vec::new());
    for (name, of_text) in stretches {
        // Where there is one text only, who is not in it marked nothing.
        if several && !coders.iter().all(|coder| of_text.contains_key(coder)) {
            left_out.extend(name);
            continue;
        }
        let own = |coder: &String| -> Vec<Marked> {
            let marks = of_text.get(coder).map(Vec::as_slice).unwrap_or_default();
            let mark = |(start, end, code): &(u64, u64, String)| Marked {
                start: *start,
                end: *end,
                code: number(code),
            };
            marks.iter().map(mark).collect()
        };
        let marks: Vec<Vec<Marked>> = coders.iter().map(own).collect();
        let reach = marks.iter().flatten().map(|mark| mark.end).max().unwrap_or(0);
        let length = match (lengths.get(&name).copied(), args.gamma.length) {
            (Some(length), None) => length,
            (known, Some(asked)) if reach > asked || known.is_some() => {
                let what =
                    msg!("boundaries.length", length = asked, reach = known.unwrap_or(reach));
                return Err(Failure::Usage(what, msg!("boundaries.length.fix")));
            }
            (_, asked) => asked.unwrap_or(reach),
        };
        texts.push(CutText { name, length, marks });
    }
    if texts.is_empty() {
        return Err(Failure::Usage(msg!("boundaries.no_text"), msg!("boundaries.no_text.fix")));
    }
    Ok(Cut { cutting: Cutting { coders, codes, texts }, places, left_out })
}

/// The coders asked for, else all, two at least.
fn chosen(args: &Args, found: Vec<String>) -> Result<Vec<String>, Failure> {
    let asked: Vec<String> = args.coders.iter().map(|coder| coder.text.clone()).collect();
    if let Some(name) = asked.iter().find(|name| !found.contains(name)) {
        let known: Vec<&str> = found.iter().map(|name| quotable(name)).collect();
        return Err(NotFound::among(Named::Coder, name, known).into());
    }
    let coders = if asked.is_empty() { found } else { asked };
    if coders.len() < 2 {
        return Err(Failure::Usage(msg!("boundaries.coders"), msg!("boundaries.coders.fix")));
    }
    Ok(coders)
}
