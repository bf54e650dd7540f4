//! `units done`, `units settle` and `units lock`: from two ways of cutting to one that is fixed.

use crate::cli::{Context, Outcome};
use crate::desk::Keeper;
use crate::desk::settle::{CutTwice, Keep, SettleDesk};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::unit::Unit;
use crate::face;
use crate::msg;
use crate::store::{self, CutsWriter, OpenCuts, Opened, SettleWriter};

/// `units done`.
pub(super) fn done(
    coder: &CoderId,
    named: &[TranscriptId],
    take_back: Option<&str>,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    known(&opened.study, named)?;
    let ids = opened.declare_cuts(coder, named, take_back)?;
    let names: Vec<&str> = ids.iter().map(TranscriptId::as_str).collect();
    let names = names.join(", ");
    context.tell(&match take_back {
        Some(_) => msg!("cuts.taken_back", coder = coder, transcripts = names),
        None => msg!("cuts.declared", coder = coder, transcripts = names),
    })?;
    Ok(Outcome::Clean)
}

/// `units settle`.
pub(super) fn settle(
    named: &[TranscriptId],
    present: &[CoderId],
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    known(&opened.study, named)?;
    // While the meeting sits, nobody else cuts or codes.
    let (units, opened) = CutsWriter::open(&opened, None)?;
    let mut cuts = opened.open_cuts(None)?;
    let asked = |id: &TranscriptId| named.is_empty() || named.contains(id);
    cuts.open.retain(|id, of| {
        asked(id) && of.len() > 1 && opened.may_cut(std::slice::from_ref(id), None).is_ok()
    });
    cuts.waiting.retain(|id, _| asked(id));
    if cuts.open.is_empty() {
        return Err(closed(&opened, named, &cuts).into());
    }
    if !cuts.waiting.is_empty() {
        context.tell(&msg!("settle.waiting", waiting = cuts.told()))?;
    }
    let transcripts = opened.study.transcripts.iter();
    let texts = transcripts.filter_map(|transcript| {
        Some(CutTwice { transcript, cuts: cuts.open.remove(&transcript.id)? })
    });
    let texts = texts.collect();
    let mut desk = SettleDesk::new(&opened.study, texts, &opened.settled_cuts(), present.to_vec());
    let (agreed, differ) = desk.counts();
    context.tell(&msg!("settle.counts", agreed = agreed, differ = differ))?;
    let mut saver = Saver { opened: &opened, units, events: SettleWriter::open(&opened)? };
    for (id, list) in desk.complete() {
        // Without a difference, or decided in an earlier meeting that ended before the units were written.
        if opened.units_of(&id) != opened.with_topics(&id, list.clone()) {
            saver.write(&id, &list)?;
            context.tell(&msg!("settle.written", transcript = id, n = list.len()))?;
        }
    }
    if differ > 0 {
        face::lines::run(&mut desk, &mut saver, &mut context.talk())?;
    }
    Ok(Outcome::Clean)
}

/// Why there is nothing to settle.
fn closed(opened: &Opened, named: &[TranscriptId], cuts: &OpenCuts) -> Failure {
    if !cuts.waiting.is_empty() {
        return Failure::Refused(
            msg!("settle.closed", waiting = cuts.told()),
            msg!("settle.closed.fix"),
        );
    }
    let asked: Vec<TranscriptId> =
        opened.study.transcripts.iter().map(|it| it.id.clone()).collect();
    let asked = if named.is_empty() { asked } else { named.to_vec() };
    let fixed = |id: &TranscriptId| opened.may_cut(std::slice::from_ref(id), None).is_err();
    if !asked.is_empty() && asked.iter().all(fixed) {
        return Failure::Refused(msg!("settle.fixed"), msg!("units.locked.fix"));
    }
    Failure::Refused(msg!("settle.nothing"), msg!("settle.nothing.fix"))
}

/// `units lock`.
pub(super) fn lock(named: &[TranscriptId], context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    known(&opened.study, named)?;
    let _lock = opened.folder.lock_lists()?;
    let opened = store::load(&opened.folder)?;
    unsettled(&opened, named)?;
    for (transcript, n) in opened.lock_units(named)? {
        context.tell(&msg!("units.lock_done", transcript = transcript, n = n))?;
    }
    Ok(Outcome::Clean)
}

/// Refuses while two ways of cutting a transcript are not yet one.
fn unsettled(opened: &Opened, named: &[TranscriptId]) -> Result<(), Failure> {
    let asked =
        |id: &TranscriptId| (named.is_empty() || named.contains(id)) && !opened.is_locked(id);
    let mut cuts = opened.open_cuts(None)?;
    cuts.waiting.retain(|id, _| asked(id));
    if !cuts.waiting.is_empty() {
        return Err(Failure::Refused(
            msg!("settle.closed", waiting = cuts.told()),
            msg!("settle.closed.fix"),
        ));
    }
    match open_difference(opened, &mut cuts, asked) {
        Some(id) => {
            Err(Failure::Refused(msg!("settle.open", transcript = id), msg!("settle.open.fix")))
        }
        None => Ok(()),
    }
}

/// A transcript that is not coded yet, and in which cuts are not settled.
fn open_difference(
    opened: &Opened,
    cuts: &mut OpenCuts,
    asked: impl Fn(&TranscriptId) -> bool,
) -> Option<TranscriptId> {
    let before = opened.settled_cuts();
    let coded = opened.coded_transcripts();
    let transcripts = opened.study.transcripts.iter();
    let transcripts = transcripts.filter(|it| asked(&it.id) && !coded.contains(&it.id));
    for transcript in transcripts {
        let Some(of) = cuts.open.remove(&transcript.id).filter(|of| of.len() > 1) else { continue };
        let texts = vec![CutTwice { transcript, cuts: of }];
        let desk = SettleDesk::new(&opened.study, texts, &before, Vec::new());
        if desk.complete().is_empty() || opened.units_of(&transcript.id).is_empty() {
            return Some(transcript.id.clone());
        }
    }
    None
}

/// What is next where two coders cut the transcripts each on their own; nothing where nobody does, or all is locked.
pub(in crate::cli) fn next(
    opened: &Opened,
    coder: Option<&CoderId>,
) -> Result<Option<Message>, Failure> {
    let mut cuts = opened.open_cuts(None)?;
    let free = |id: &TranscriptId| opened.may_cut(std::slice::from_ref(id), None).is_ok();
    cuts.waiting.retain(|id, _| free(id));
    cuts.open.retain(|id, of| free(id) && of.len() > 1);
    let mut late = cuts.waiting.values().flatten();
    if let Some(late) = late.find(|late| coder.is_none_or(|it| it == *late)) {
        return Ok(Some(msg!("status.next.done", coder = late)));
    }
    if cuts.open.is_empty() {
        return Ok(None);
    }
    Ok(Some(match open_difference(opened, &mut cuts, free) {
        Some(_) => msg!("status.next.settle"),
        None => msg!("status.next.lock"),
    }))
}

/// Refuses transcripts that the study does not have.
pub(super) fn known(study: &Study, named: &[TranscriptId]) -> Result<(), Failure> {
    match named.iter().find(|id| study.transcript(id).is_none()) {
        None => Ok(()),
        Some(unknown) => {
            let known: Vec<&str> = study.transcripts.iter().map(|it| it.id.as_str()).collect();
            let fix = msg!("store.no_transcript.fix", known = known.join(", "));
            Err(Failure::Usage(msg!("store.no_transcript", transcript = unknown), fix))
        }
    }
}

struct Saver<'a> {
    opened: &'a Opened,
    units: CutsWriter,
    events: SettleWriter,
}

impl Keeper<Keep, ()> for Saver<'_> {
    fn keep(&mut self, what: &Keep) -> Result<(), Failure> {
        match what {
            Keep::Decision(decision) => self.events.append(self.opened.folder.now(), decision),
            Keep::Units(transcript, units) => self.write(transcript, units),
        }
    }
}

impl Saver<'_> {
    /// Writes the study's units of a transcript in which nothing is left to decide.
    fn write(&mut self, transcript: &TranscriptId, units: &[Unit]) -> Result<(), Failure> {
        match self.opened.study.transcript(transcript) {
            Some(text) => {
                let units = self.opened.with_topics(transcript, units.to_vec());
                self.units.write(text, &units)
            }
            None => Ok(()),
        }
    }
}
