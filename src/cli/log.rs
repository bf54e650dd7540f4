//! `log`: the audit trail.

mod meeting;

use super::{Context, Outcome, OutputArgs, name_waiting};
use crate::domain::comparison::Waiting;
use crate::domain::consensus::Settlement;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::locator::Locator;
use crate::domain::log::{REST, UnitIndex};
use crate::domain::seal::Seal;
use crate::domain::time::Moment;
use crate::format::log::written_codes;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;
use crate::work::session;

/// Show the audit trail: every decision of one coder, or what the team did
///
/// With --coder, every row of that coder's log in its order, nothing left out: who decided when, what, how it
/// came, and what it took back. Without, what is recorded of the team: rounds, seals, reasons, files
/// received, early looks, and what was settled in cases that are open. With --meeting, the minutes of a day: what was
/// settled from which answers, why, who was there, and what became of the codebook.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata log\n  themata log --coder c1 --limit 20\n  themata log --coder c1 --unit CoP-31:106 --format csv\n  themata log --meeting 2026-03-01 -o minutes.docx"
)]
pub(super) struct Args {
    /// Whose log
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// Only what concerns this unit
    #[arg(long, value_name = "LOCATOR", requires = "coder")]
    unit: Option<Locator>,
    /// The minutes of the meeting on this day (UTC), as in 2026-03-01
    #[arg(long, value_name = "DATE", conflicts_with = "coder")]
    meeting: Option<jiff::civil::Date>,
    /// Only the last N rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let (mut list, waiting) = match (&args.coder, &args.meeting) {
        (None, Some(date)) => meeting::minutes(&opened, &date.to_string())?,
        (Some(name), _) => {
            let coder = session::coder(&opened, name)?;
            let unit = args.unit.as_ref().map(|unit| known(&opened, unit)).transpose()?;
            (decisions(&opened, &coder, unit)?, Vec::new())
        }
        (None, None) => team(&opened),
    };
    if list.rows.is_empty() && args.meeting.is_none() {
        list.notes.insert(0, msg!("trail.none"));
    }
    let earlier = list.rows.len().saturating_sub(args.limit.unwrap_or(usize::MAX));
    if earlier > 0 {
        list.rows.drain(..earlier);
        list.notes.insert(0, msg!("trail.earlier", n = earlier));
    }
    list.quieten_empty(&["round", "certainty", "memo", "undoes", "device", "detail", "reason"]);
    args.output.emit(&list, context)?;
    name_waiting(&args.output, &waiting, context)?;
    Ok(Outcome::Clean)
}

/// A unit of the study, also one that stands no more.
fn known(opened: &Opened, unit: &Locator) -> Result<UnitIndex, Failure> {
    opened.study.ever_unit(unit).ok_or_else(|| {
        Failure::Usage(msg!("trail.no_unit", unit = unit), msg!("trail.no_unit.fix"))
    })
}

/// Every row of a coder's log, as it was written.
fn decisions(opened: &Opened, coder: &CoderId, unit: Option<UnitIndex>) -> Result<List, Failure> {
    let columns = [
        ("coder", "trail.coder"),
        ("seq", "trail.seq"),
        ("at", "trail.at"),
        ("round", "trail.round"),
        ("unit", "trail.unit"),
        ("dimension", "trail.dimension"),
        ("codes", "trail.codes"),
        ("certainty", "trail.certainty"),
        ("memo", "trail.memo"),
        ("via", "trail.via"),
        ("undoes", "trail.undoes"),
        ("codebook", "trail.version"),
        ("device", "trail.device"),
    ];
    let mut list = List::new("themata.log/1", &columns);
    list.asked = vec![("coder", coder.as_str().into())];
    let log = opened.own_log(coder)?;
    let study = &opened.study;
    let written: Vec<_> = log.devices.iter().map(written_codes).collect();
    for row in log.rows.iter().filter(|row| unit.is_none_or(|unit| row.unit == unit)) {
        let device = usize::from(row.device);
        let codes = written.get(device).and_then(|codes| codes.get(&row.line));
        let codes = codes.map_or("", String::as_str);
        list.rows.push(vec![
            Item::id(coder),
            Item::count(row.seq),
            Item::At(row.at),
            Item::maybe(study.rounds.get(usize::from(row.round.0))),
            Item::id(study.unit_name(row.unit)),
            Item::maybe(
                study.vocabulary.dimensions.get(usize::from(row.dimension.0)).map(|it| &it.id),
            ),
            Item::maybe(Some(codes).filter(|codes| !codes.is_empty())),
            if row.unsure {
                Item::Said(Value::id("unsure"), msg!("trail.unsure"))
            } else {
                Item::from(Value::Missing)
            },
            Item::text(row.memo().unwrap_or_default()),
            Item::id(format!("{}{}", row.via, if row.rest { REST } else { "" })),
            Item::from(row.undoes().map_or(Value::Missing, Value::Count)),
            Item::maybe(study.versions.get(usize::from(row.version)).map(|it| &it.id)),
            Item::maybe(log.devices.get(device).map(|it| &it.name).filter(|it| !it.is_empty())),
        ]);
    }
    list.quieten("coder");
    if study.rounds.len() == 1 {
        list.quieten("round");
    }
    if study.versions.len() == 1 {
        list.quieten("codebook");
    }
    Ok(list)
}

/// What the team did, by time; what happened at one time in the order: events, seals, settlements.
fn team(opened: &Opened) -> (List, Vec<Waiting>) {
    let columns = [
        ("at", "trail.at"),
        ("event", "trail.event"),
        ("who", "trail.who"),
        ("round", "trail.round"),
        ("about", "trail.about"),
        ("detail", "trail.detail"),
        ("reason", "trail.reason"),
    ];
    let mut list = List::new("themata.events/1", &columns);
    let mut rows: Vec<(Moment, Vec<Item>)> = Vec::new();
    for event in &opened.events {
        rows.push((
            event.at,
            vec![
                Item::At(event.at),
                Item::id(event.what.word()),
                Item::maybe(Some(joined(&event.who)).filter(|it| !it.is_empty())),
                Item::from(Value::Missing),
                Item::id(event.what.told()),
                Item::from(Value::Missing),
                Item::text(&event.reason),
            ],
        ));
    }
    rows.extend(opened.seals.iter().map(|seal| (seal.at, sealed(seal))));
    let shared = opened.shared_settlements();
    rows.extend(shared.rows.into_iter().map(|it| (it.at, settled(opened, it))));
    rows.sort_by_key(|(at, _)| *at);
    list.rows = rows.into_iter().map(|(_, row)| row).collect();
    list.notes = shared.waiting.iter().map(super::closed).collect();
    (list, shared.waiting)
}

/// `c1; c2`.
fn joined(coders: &[CoderId]) -> String {
    coders.iter().map(CoderId::as_str).collect::<Vec<_>>().join("; ")
}

fn sealed(seal: &Seal) -> Vec<Item> {
    let scope: Vec<&str> = seal.scope.iter().map(CaseId::as_str).collect();
    let (n, codebook) = (seal.decisions, &seal.codebook);
    vec![
        Item::At(seal.at),
        Item::id("seal"),
        Item::id(&seal.coder),
        Item::id(&seal.round),
        Item::id(scope.join("; ")),
        Item::Said(
            Value::id(format!("decisions {n}; {codebook}")),
            msg!("trail.sealed", n = n, codebook = codebook),
        ),
        Item::from(Value::Missing),
    ]
}

fn settled(opened: &Opened, row: &Settlement) -> Vec<Item> {
    let study = &opened.study;
    let unit = study.unit_name(row.unit);
    let dimension = study.vocabulary.dimensions.get(usize::from(row.dimension.0));
    let dimension = dimension.map(|it| it.id.as_str()).unwrap_or_default();
    let codes = study.answers.cell(row.answer, &study.vocabulary);
    let detail = match &row.outcome {
        None => Item::Said(Value::id("taken back"), msg!("trail.taken_back")),
        Some(outcome) if codes.is_empty() => Item::id(outcome),
        Some(outcome) => Item::id(format!("{outcome}: {codes}")),
    };
    let reason = row.reason.map(|reason| reason.to_string()).unwrap_or_default();
    let reason = match (reason.as_str(), row.rationale.as_str()) {
        (reason, "") => reason.to_owned(),
        ("", rationale) => rationale.to_owned(),
        (reason, rationale) => format!("{reason}: {rationale}"),
    };
    vec![
        Item::At(row.at),
        Item::id("consensus"),
        Item::maybe(Some(joined(&row.present)).filter(|it| !it.is_empty())),
        Item::maybe(study.rounds.get(usize::from(row.round.0))),
        Item::id(format!("{unit} {dimension}")),
        detail,
        Item::text(&reason),
    ]
}
