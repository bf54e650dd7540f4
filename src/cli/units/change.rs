//! `units split`, `join` and `move`: units that are fixed or coded, changed one by one, with a reason.

use crate::cli::{Context, Outcome, named};
use crate::domain::failure::Failure;
use crate::domain::locator::Locator;
use crate::domain::moved::How;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::store::{Opened, UnitChange};
use crate::unitize::cuts::{self, Point, next_talk, sentence_starts, span, talk_before};

/// Why, and who is there.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    /// Why, in your own words; it is recorded
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::reason, required_unless_present = "show")]
    reason: Option<String>,
    /// Who decided it, separated by commas; it is recorded
    #[arg(long, value_name = "CODER", value_delimiter = ',')]
    present: Vec<String>,
    /// Change nothing, and list the sentences of the stretch with their places
    #[arg(long, conflicts_with_all = ["reason", "present"])]
    show: bool,
}

/// `units split`.
pub(super) fn split(
    unit: &Locator,
    at: Option<Point>,
    why: &Why,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let found = Found::of(&opened, unit)?;
    let own = found.unit()?.clone();
    let Some(at) = at.filter(|_| !why.show) else {
        return show(found.transcript, &[&own], context);
    };
    let (from, to) = found.ends(&own);
    inside(found.transcript, at, from, to)?;
    let first = found.make(&opened.study, &own, from, at)?;
    let second = found.make(&opened.study, &own, at, to)?;
    let moves = vec![(own.clone(), first.clone()), (own, second.clone())];
    let change =
        Change { range: found.at..found.at + 1, made: vec![first, second], moves, how: How::Split };
    change.make(&opened, &found, why, context)
}

/// `units join`.
pub(super) fn join(
    units: &[Locator],
    why: &Why,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let first = units.first().ok_or_else(|| anyhow::anyhow!("no unit"))?;
    let found = Found::of(&opened, first)?;
    let own = found.unit()?.clone();
    let next = next_talk(&found.units, found.at).and_then(|at| Some((at, found.units.get(at)?)));
    let Some((last, next)) = next else {
        return Err(
            Failure::Usage(msg!("units.no_next", unit = first), msg!("units.no_next.fix")).into()
        );
    };
    if let Some(other) = units.get(1).filter(|it| **it != next.locator) {
        let what = msg!("units.not_next", unit = first, other = other);
        return Err(Failure::Usage(what, msg!("units.not_next.fix", next = next.locator)).into());
    }
    if why.show {
        return show(found.transcript, &[&own, next], context);
    }
    let (from, to) = (found.ends(&own).0, found.ends(next).1);
    let joined = found.make(&opened.study, &own, from, to)?;
    let moves = vec![(own, joined.clone()), (next.clone(), joined.clone())];
    let change = Change { range: found.at..last + 1, made: vec![joined], moves, how: How::Join };
    change.make(&opened, &found, why, context)
}

/// `units move`.
pub(super) fn shift(
    unit: &Locator,
    to: Option<Point>,
    why: &Why,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let found = Found::of(&opened, unit)?;
    let own = found.unit()?.clone();
    let before =
        talk_before(&found.units, found.at).and_then(|at| Some((at, found.units.get(at)?)));
    let Some((first, before)) = before else {
        return Err(Failure::Usage(
            msg!("units.no_before", unit = unit),
            msg!("units.no_before.fix"),
        )
        .into());
    };
    let Some(at) = to.filter(|_| !why.show) else {
        return show(found.transcript, &[before, &own], context);
    };
    let (from, end) = (found.ends(before).0, found.ends(&own).1);
    inside(found.transcript, at, from, end)?;
    let cut = found.ends(&own).0;
    if at == cut {
        return Err(Failure::Usage(
            msg!("units.begins_there", unit = unit),
            msg!("units.begins_there.fix"),
        )
        .into());
    }
    let one = found.make(&opened.study, before, from, at)?;
    let two = found.make(&opened.study, &own, at, end)?;
    let moves = vec![(before.clone(), one.clone()), (own, two.clone())];
    let change = Change { range: first..found.at + 1, made: vec![one, two], moves, how: How::Move };
    change.make(&opened, &found, why, context)
}

/// A unit of talk with the others of its transcript.
struct Found<'a> {
    transcript: &'a Transcript,
    units: Vec<Unit>,
    at: usize,
}

impl<'a> Found<'a> {
    fn of(opened: &'a Opened, unit: &Locator) -> Result<Self, Failure> {
        let study = &opened.study;
        let units = opened.units_of(unit.transcript());
        let is_it = |it: &Unit| it.locator == *unit && it.kind == UnitKind::Talk;
        match (study.transcript(unit.transcript()), units.iter().position(is_it)) {
            (Some(transcript), Some(at)) => Ok(Self { transcript, units, at }),
            _ => Err(Failure::Usage(msg!("trail.no_unit", unit = unit), msg!("trail.no_unit.fix"))),
        }
    }

    fn unit(&self) -> anyhow::Result<&Unit> {
        self.units.get(self.at).ok_or_else(|| anyhow::anyhow!("no unit"))
    }

    fn ends(&self, unit: &Unit) -> (Point, Point) {
        let span = unit.locator.span();
        (Point::start(span), Point::end(span, self.transcript))
    }

    fn make(&self, study: &Study, like: &Unit, from: Point, to: Point) -> Result<Unit, Failure> {
        let made = cuts::unit(like, self.transcript, (from, to), |id| study.role(id));
        made.ok_or_else(|| Failure::Usage(msg!("units.at", at = from), msg!("units.at.fix")))
    }
}

/// Refuses a place that is not in a stretch, or not the beginning of a sentence in it.
fn inside(transcript: &Transcript, at: Point, from: Point, to: Point) -> Result<(), Failure> {
    let within = span(transcript, from, to);
    let starts = within.map(|span| sentence_starts(transcript, span)).unwrap_or_default();
    if from < at && at < to && starts.contains(&at) {
        return Ok(());
    }
    Err(Failure::Usage(msg!("units.at", at = at), msg!("units.at.fix")))
}

/// The sentences of a stretch, each after its place.
fn show(
    transcript: &Transcript,
    units: &[&Unit],
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    for unit in units {
        let own = unit.locator.span();
        let mut starts = sentence_starts(transcript, own);
        starts.push(Point::end(own, transcript));
        context.print(&Guarded::line(&unit.locator.to_string()))?;
        for pair in starts.windows(2) {
            let Some(span) = span(transcript, pair[0], pair[1]) else { continue };
            let text = transcript.text(span).replace('\n', " ");
            let line = format!("  {:<10} {}", pair[0].to_string(), text.trim());
            context.print(&Guarded::line(&line))?;
        }
    }
    Ok(Outcome::Clean)
}

/// Units that give way to others.
struct Change {
    /// Their places in the list of the transcript's units.
    range: std::ops::Range<usize>,
    made: Vec<Unit>,
    moves: Vec<(Unit, Unit)>,
    how: How,
}

impl Change {
    fn make(
        self,
        opened: &Opened,
        found: &Found<'_>,
        why: &Why,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Outcome> {
        let Self { range, made, moves, how } = self;
        let was_pinned = found.units.get(range.start).is_some_and(|it| it.pinned);
        let number = made.len();
        let made = made.into_iter().enumerate();
        let made = made.map(|(nth, unit)| Unit { pinned: nth > 0 || was_pinned, ..unit });
        let mut after = found.units.clone();
        after.splice(range, made);
        // Whether anybody decided on these units is nobody's to know.
        let coded = opened.anybody_decided();
        opened.change_units(&UnitChange {
            transcript: found.transcript.id.clone(),
            before: found.units.clone(),
            after,
            moves: moves.clone(),
            how,
            reason: why.reason.clone().unwrap_or_default(),
            present: named::coders(&opened.study, &why.present)?,
        })?;
        for (old, new) in &moves {
            context.tell(&msg!("units.moved", old = old.locator, new = new.locator))?;
        }
        if coded {
            context.tell(&msg!("units.undecided", n = number))?;
        }
        Ok(Outcome::Clean)
    }
}
