//! `report`: the whole analysis as one document.

use super::{Cli, Command, Context, Outcome, OutputArgs, agree};
use crate::analysis::citation::Citations;
use crate::analysis::decisions::{Decisions, settlements_that_hold};
use crate::analysis::picks::Picks;
use crate::analysis::quotes::chosen;
use crate::analysis::redacted::{Profile, quoted, quoted_stretch};
use crate::domain::failure::Failure;
use crate::domain::log::UnitIndex;
use crate::format::checklist;
use crate::msg;
use crate::render::Report as _;
use crate::render::confusion::ConfusionReport;
use crate::render::document::{Document, Quotation};
use crate::render::list::{Item, List};
use crate::render::matrix::MatrixReport;
use crate::render::names::Names;
use crate::render::report::{Facts, Piece, Report, Section};
use crate::render::spoke::SpokeReport;
use crate::render::{counted, talk};
use crate::store::{Opened, Wish};
use crate::words::Language;
use crate::work::ask::{self, Ask, Deciding, Differences, Found, Talk};

use clap::Parser;

/// For whom a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ProfileArg {
    /// The team: everybody but those who said no is quoted.
    Team,
    /// Others: only who said yes is quoted; no rows of participants, no memos.
    Public,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Team => Self::Team,
            ProfileArg::Public => Self::Public,
        }
    }
}

/// Write the whole analysis as one document, for the team or for others
///
/// Sample, code system, units, procedure, agreement before consensus, discrepancies, what consensus changed, matrices,
/// quotations, voices, saturation, history, limitations, a methods paragraph and checklists: each figure from a command that
/// gives it again, each sentence from a record. A study that is not finished gets a banner and no half figures.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata report --profile team -o report.html
  themata report --profile public -o report.md
  themata report --profile team --explain 12")]
pub(super) struct Args {
    /// For whom it is: decides who is quoted and what is left out
    #[arg(long, value_enum, value_name = "WHO")]
    profile: ProfileArg,
    /// Print the command and the units behind figure N, as the page numbers them
    #[arg(long, value_name = "N")]
    explain: Option<usize>,
    /// In public, the fewest people that a value may describe
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(3..))]
    min: u64,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let report = report(args, &opened, context.language)?;
    let Some(asked) = args.explain else {
        args.output.emit(&report, context)?;
        return Ok(Outcome::Clean);
    };
    let traced = report.document(context.language).traced();
    let Some(found) = asked.checked_sub(1).and_then(|at| traced.get(at)) else {
        let what = msg!("report.explain", n = asked);
        return Err(Failure::Usage(what, msg!("report.explain.fix", n = traced.len())).into());
    };
    let columns = [
        ("figure", "report.figure"),
        ("column", "report.column"),
        ("value", "report.value"),
        ("command", "report.column.command"),
        ("units", "report.units.count"),
    ];
    let mut list = List::new("themata.figure/1", &columns);
    list.rows = vec![vec![
        Item::count(asked as u64),
        Item::text(&found.column),
        Item::text(&found.shown),
        Item::text(&found.command),
        crate::render::document::Value::Ids(found.units.clone()).into(),
    ]];
    args.output.emit(&list, context)?;
    Ok(Outcome::Clean)
}

/// What the report is made of.
fn report<'a>(args: &Args, opened: &'a Opened, language: Language) -> anyhow::Result<Report<'a>> {
    let study = &opened.study;
    let profile = Profile::from(args.profile);
    let mut facts = Facts::of(study);
    for seal in &opened.seals {
        let at: String = seal.at.to_string().chars().take(10).collect();
        let cases = seal.scope.len() as u64;
        facts.seals.push((seal.coder.to_string(), seal.round.to_string(), at, cases));
    }
    for event in &opened.events {
        *facts.events.entry(event.what.word().to_owned()).or_default() += 1;
    }
    let mut report = Report {
        study,
        profile,
        min: args.min,
        facts,
        pieces: Vec::new(),
        quotations: Vec::new(),
        checklists: checklist::own().map_err(|it| Failure::invalid(*it))?,
    };
    let decided = match Deciding::default().decisions(opened, &Default::default()) {
        Ok(decided) => Some(decided),
        Err(Failure::Refused(..)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let waiting = match &decided {
        Some(decided) => decided.provenance.waiting.clone(),
        None => study.all_rounds().next_back().map(|it| opened.waiting(it)).unwrap_or_default(),
    };
    report.facts.waiting = waiting
        .iter()
        .map(|it| {
            let coders: Vec<&str> = it.coders.iter().map(|it| it.as_str()).collect();
            (it.case.to_string(), coders.join(", "))
        })
        .collect();
    // A half-finished study has no figures of decisions: what is open now would be read as the whole.
    if let Some(decided) = decided.filter(|_| report.facts.waiting.is_empty()) {
        let tally = decided.counted.tally;
        report.facts.single = tally.single;
        report.facts.counted = tally.counted;
        report.facts.none = decided.provenance.none;
        report.facts.late = decided.provenance.left_out.late;
        report.facts.later = decided.provenance.left_out.later;
        settled(opened, &mut report.facts)?;
        // What was left open on purpose is settled: both readings stand.
        let open = report.facts.open;
        report.facts.unsettled = tally.unsettled.saturating_sub(open) + tally.undecided;
        let picks = ask::picks::picks(opened, &Deciding::default())?;
        quotations(&mut report, opened, &decided.decisions, &picks, language);
        pieces(&mut report, opened, language)?;
    }
    let voices = ["talk"];
    if profile == Profile::Team {
        for line in voices {
            report.pieces.extend(piece(opened, Section::Voices, line, true, language)?);
        }
    }
    Ok(report)
}

/// How discrepancies were settled, as far as it holds.
fn settled(opened: &Opened, facts: &mut Facts) -> Result<(), Failure> {
    let comparison = opened.comparison(&Wish::default())?;
    let holds = settlements_that_hold(&opened.study, &comparison, &opened.settlements);
    for ((_, dimension), settlement) in holds {
        let dimension = opened.study.vocabulary.dimensions.get(usize::from(dimension.0));
        let (Some(dimension), Some(outcome)) = (dimension, &settlement.outcome) else { continue };
        facts.open += u64::from(outcome.to_string() == "open");
        if let Some(reason) = settlement.reason {
            let key = (dimension.id.to_string(), reason.as_str().to_owned());
            *facts.reasons.entry(key).or_default() += 1;
        }
    }
    Ok(())
}

/// What commands answer, section by section.
fn pieces(report: &mut Report<'_>, opened: &Opened, language: Language) -> anyhow::Result<()> {
    let several = opened.study.counting_coders().count() > 1;
    let mut lines = Vec::new();
    if several && report.facts.agreement {
        lines.push((Section::Agreement, "agree", false));
    }
    if several {
        lines.extend([
            (Section::Discrepancies, "discrepancies --confusion", true),
            (Section::Consensus, "matrix --rows=coder --columns=code", true),
            (Section::Consensus, "matrix --rows=case --columns=code --totals", true),
        ]);
    }
    lines.push((Section::Matrices, "matrix --totals", false));
    lines
        .extend([(Section::Matrices, "cooccur", true), (Section::Saturation, "saturation", false)]);
    for (section, line, folded) in lines {
        if line == "agree" {
            let Some(found) = agree::of_line(line, opened)? else { continue };
            let undefined = found.agreement.groups.iter().flat_map(|it| &it.rows);
            report.facts.undefined = undefined.filter(|it| it.figure.is_err()).count() as u64;
            report.pieces.push(Piece {
                section,
                command: format!("themata {line}"),
                document: found.document(language),
                figure: found.figure(language),
                folded,
            });
        } else {
            report.pieces.extend(piece(opened, section, line, folded, language)?);
        }
    }
    Ok(())
}

/// What one command answers; nothing where the study is not of a kind that it is about.
fn piece(
    opened: &Opened,
    section: Section,
    line: &str,
    folded: bool,
    language: Language,
) -> anyhow::Result<Option<Piece>> {
    let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let Some(asked) = super::asked(&words) else { return Ok(None) };
    let (document, figure) = match answered(opened, &asked, language) {
        Ok(answer) => answer,
        Err(Failure::Usage(..) | Failure::Refused(..)) => return Ok(None),
        Err(failure) => return Err(failure.into()),
    };
    let command = asked.line().to_string();
    Ok(Some(Piece { section, command, document, figure, folded }))
}

fn answered(
    opened: &Opened,
    asked: &Ask,
    language: Language,
) -> Result<(Document, Option<crate::render::document::Figure>), Failure> {
    let study = &opened.study;
    let both =
        |report: &dyn crate::render::Report| (report.document(language), report.figure(language));
    let names = Names::of(study, false).spoken(language);
    Ok(match asked {
        Ask::Matrix(ask) => both(&MatrixReport::new(study, ask::matrix(opened, ask)?, ask)),
        Ask::Discrepancies(ask) => {
            let Differences { comparison, scope, found } = ask::differences(opened, ask)?;
            let Found::Confusions(found) = found else { return Ok((Document::new(""), None)) };
            let report = ConfusionReport::new(study, &comparison, &found);
            both(&report.named(names).within(study, &comparison, &scope))
        }
        Ask::Cooccur(ask) => {
            both(&counted::meetings(study, &ask::cooccur(opened, ask)?, ask.within, &names))
        }
        Ask::Saturation(ask) => {
            both(&counted::saturation(study, ask, &ask::saturate(opened, ask)?, &names))
        }
        Ask::Talk(ask) => match ask::talk(opened, ask)? {
            Talk::Voices(all, marked) => {
                both(&talk::voices(&all, marked.as_ref(), ask.with_moderator, &names))
            }
            Talk::Following(all) => both(&talk::following(&all, ask.with_moderator, &names)),
            Talk::Spoke(answer) => both(&SpokeReport::new(study, answer, false)),
        },
        _ => (Document::new(""), None),
    })
}

/// How many quotations of a dimension are shown.
const SHOWN: usize = 4;

/// Quotations by dimension, from different people and cases as far as there are.
fn quotations(
    report: &mut Report<'_>,
    opened: &Opened,
    decisions: &Decisions<'_>,
    picks: &Picks,
    language: Language,
) {
    let study = &opened.study;
    let citations = Citations::of(study);
    let mut of_person: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    let mut all = 0;
    for (nth, dimension) in decisions.dimensions.iter().enumerate() {
        let Some(known) = study.vocabulary.dimensions.get(usize::from(dimension.0)) else {
            continue;
        };
        let given = |place: usize| {
            let decided = decisions.unit(place).get(nth);
            decided.is_some_and(|it| !decisions.answers.codes(it.answer).is_empty())
        };
        let units = decisions.units.iter().enumerate().filter(|(place, _)| given(*place));
        let mut may: Vec<UnitIndex> = Vec::new();
        for (_, unit) in units {
            match quoted(study, *unit, report.profile) {
                Some(_) => may.push(*unit),
                None => report.facts.not_quoted += 1,
            }
        }
        let mut shown = Vec::new();
        let codes = [known.own_code];
        let picked = |unit| picks.in_unit(study, unit, &codes).next().is_some();
        for unit in chosen(study, may, SHOWN, picked) {
            let stretch = picks.in_unit(study, unit, &codes).find(|it| it.inside);
            let stretch = stretch.and_then(|it| {
                let (text, heard) = quoted_stretch(study, &it.locator, report.profile)?;
                let citation = citations.stretch(&it.locator, &heard);
                Some((text, heard, citation))
            });
            let whole = || {
                let (text, heard) = quoted(study, unit, report.profile)?;
                let citation = citations.with(unit, &heard);
                Some((text, heard, citation))
            };
            let Some((text, heard, citation)) = stretch.or_else(whole) else { continue };
            all += 1;
            for person in &heard {
                *of_person.entry(person.to_string()).or_default() += 1;
            }
            shown.push(Quotation {
                text,
                citation,
                unit: study
                    .units
                    .get(unit.at())
                    .map_or_else(String::new, |it| it.locator.to_string()),
                language: study.transcript_of(unit).language.clone(),
            });
        }
        let book = study.codebook().dimensions.iter().find(|it| it.id == known.id);
        let name = book.map_or_else(
            || known.id.to_string(),
            |it| it.wording.name.text(language.tag()).to_owned(),
        );
        report.quotations.push((name, shown));
    }
    let most =
        of_person.into_iter().max_by_key(|(person, n)| (*n, std::cmp::Reverse(person.clone())));
    report.facts.most_quoted = most.map(|(person, n)| (person, n, all));
}

/// The arguments of a command line that is `agree`.
pub(super) fn agree_args(line: &str) -> Option<Box<agree::Args>> {
    let words = std::iter::once("themata").chain(line.split(' '));
    match Cli::try_parse_from(words).ok()?.command? {
        Command::Agree(args) => Some(args),
        _ => None,
    }
}
