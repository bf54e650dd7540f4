//! From two ways of cutting to one: what a meeting over cuts talks about, how what it decides is kept, what is next.

use super::review::CutsKeeper;
use crate::desk::settle::{CutTwice, Keep, SettleDesk};
use crate::desk::{Keeper, NotKept};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::store::{self, CutsWriter, Cutting, OpenCuts, Opened, SettleWriter, SettlingCuts};

/// What a meeting over cuts wants to settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleAsk {
    /// The transcripts; all that were cut twice if empty.
    pub transcripts: Vec<TranscriptId>,
    /// Who is here; asked at the desk if empty.
    pub present: Vec<CoderId>,
}

/// A meeting over cuts; nobody else cuts, or codes, meanwhile.
pub struct SettleSession {
    ask: SettleAsk,
    opened: Opened,
    cuts: OpenCuts,
    units: CutsWriter,
    events: SettleWriter,
}

impl SettleSession {
    /// Takes the locks, and finds what was cut twice and may be compared.
    ///
    /// # Errors
    /// Somebody else cuts or codes; or there is nothing to settle (refused, with the reason).
    pub fn begin(before: &Opened, ask: SettleAsk) -> Result<Self, Failure> {
        known(&before.study, &ask.transcripts)?;
        let ((units, events), opened) = before.begin(SettlingCuts)?;
        let cuts = cut_twice(&opened, &ask.transcripts)?;
        Ok(Self { ask, opened, cuts, units, events })
    }

    /// Begins anew with the study as it is now.
    ///
    /// # Errors
    /// As [`SettleSession::begin`], or the study is invalid now.
    pub fn again(self) -> Result<Self, Failure> {
        let Self { ask, opened, units, events, .. } = self;
        drop((units, events));
        Self::begin(&store::load(&opened.folder)?, ask)
    }

    /// Leaves texts out of this meeting, and returns which.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        left_out(&self.opened, &mut self.cuts, leave)
    }

    /// The texts that are settled.
    pub fn texts(&self) -> impl Iterator<Item = &Transcript> {
        self.cuts.open.keys().filter_map(|id| self.opened.study.transcript(id))
    }

    /// Who is still waited for, as it is said; nothing where nobody is.
    #[must_use]
    pub fn waiting(&self) -> Option<String> {
        (!self.cuts.waiting.is_empty()).then(|| self.cuts.told())
    }

    /// Sits the meeting down: the desk, and what keeps its decisions.
    pub fn sit(&mut self) -> (SettleDesk<'_>, SettleKeeper<'_>) {
        let Self { ask, opened, cuts, units, events } = self;
        let desk = desk(opened, cuts, ask.present.clone());
        (desk, SettleKeeper { cuts: CutsKeeper { opened, writer: units }, events })
    }
}

/// A look at what another meeting over cuts is settling: nothing can be settled here.
pub struct SettleLook {
    opened: Opened,
    cuts: OpenCuts,
    /// What the other session has.
    pub what: String,
    /// For how many minutes.
    pub minutes: u64,
}

impl SettleLook {
    /// Finds what was cut twice, if somebody else cuts, settles or codes; else gives the study back.
    ///
    /// # Errors
    /// As [`SettleSession::begin`].
    pub fn begin(before: Opened, ask: &SettleAsk) -> Result<Result<Self, Opened>, Failure> {
        known(&before.study, &ask.transcripts)?;
        let held = Cutting(None).held_by_another(&before)?;
        let Some((what, minutes)) = held else { return Ok(Err(before)) };
        let cuts = cut_twice(&before, &ask.transcripts)?;
        Ok(Ok(Self { opened: before, cuts, what, minutes }))
    }

    /// Leaves texts out of what is looked at, and returns which.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        left_out(&self.opened, &mut self.cuts, leave)
    }

    /// The desk. Nobody is asked who is here: nothing is written.
    #[must_use]
    pub fn sit(&self) -> SettleDesk<'_> {
        let coders = self.opened.study.settings.coders.iter();
        desk(&self.opened, &self.cuts, coders.map(|it| it.id.clone()).collect())
    }
}

/// What was cut twice of some texts, or of all, and may be settled.
fn cut_twice(opened: &Opened, named: &[TranscriptId]) -> Result<OpenCuts, Failure> {
    let mut cuts = opened.open_cuts(None)?;
    let asked = |id: &TranscriptId| named.is_empty() || named.contains(id);
    cuts.open.retain(|id, of| {
        asked(id) && of.len() > 1 && opened.may_cut(std::slice::from_ref(id), None).is_ok()
    });
    cuts.waiting.retain(|id, _| asked(id));
    match cuts.open.is_empty() {
        true => Err(closed(opened, named, &cuts)),
        false => Ok(cuts),
    }
}

/// Takes texts out of what was cut twice, and returns which.
fn left_out(
    opened: &Opened,
    cuts: &mut OpenCuts,
    leave: impl Fn(&Transcript) -> bool,
) -> Vec<TranscriptId> {
    let gone = |id: &&TranscriptId| opened.study.transcript(id).is_some_and(&leave);
    let left: Vec<TranscriptId> = cuts.open.keys().filter(gone).cloned().collect();
    cuts.open.retain(|id, _| !left.contains(id));
    left
}

fn desk<'a>(opened: &'a Opened, cuts: &OpenCuts, present: Vec<CoderId>) -> SettleDesk<'a> {
    let transcripts = opened.study.transcripts.iter();
    let texts = transcripts.filter_map(|transcript| {
        Some(CutTwice { transcript, cuts: cuts.open.get(&transcript.id)?.clone() })
    });
    let texts = texts.collect();
    SettleDesk::new(&opened.study, texts, &opened.settled_cuts(), present)
}

/// Keeps what a meeting over cuts decides.
pub struct SettleKeeper<'a> {
    cuts: CutsKeeper<'a>,
    events: &'a mut SettleWriter,
}

impl SettleKeeper<'_> {
    /// Writes the units of texts in which there was nothing to decide, or all was decided in an earlier meeting that
    /// ended before the units were written. Returns which, with the number of their units.
    ///
    /// # Errors
    /// They could not be written, or the study has changed.
    pub fn write_complete(
        &mut self,
        desk: &SettleDesk<'_>,
    ) -> Result<Vec<(TranscriptId, usize)>, NotKept> {
        let mut written = Vec::new();
        for (id, list) in desk.complete() {
            let opened = self.cuts.opened;
            if opened.units_of(&id) != opened.with_topics(&id, list.clone()) {
                self.cuts.write(&id, &list)?;
                written.push((id, list.len()));
            }
        }
        Ok(written)
    }
}

impl Keeper<Keep, ()> for SettleKeeper<'_> {
    fn keep(&mut self, what: &Keep) -> Result<(), NotKept> {
        match what {
            Keep::Decision(decision) => {
                self.cuts.is_still_so(&decision.transcript)?;
                let now = self.cuts.opened.folder.now();
                Ok(self.events.append(now, decision)?)
            }
            Keep::Units(transcript, units) => self.cuts.write(transcript, units),
        }
    }
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

/// Refuses while two ways of cutting a transcript are not yet one.
///
/// # Errors
/// They are not, or a file is invalid.
pub fn unsettled(opened: &Opened, named: &[TranscriptId]) -> Result<(), Failure> {
    let contested = opened.contested_cut_problems();
    if !contested.is_empty() {
        return Err(Failure::Invalid(contested));
    }
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

/// What is next, for a program that is called `themata`, where two coders cut the transcripts each on their own; nothing where nobody does, or all is locked.
///
/// # Errors
/// A file of cuts is invalid.
pub fn next(
    opened: &Opened,
    coder: Option<&CoderId>,
    themata: &str,
) -> Result<Option<Message>, Failure> {
    let mut cuts = opened.open_cuts(None)?;
    let free = |id: &TranscriptId| opened.may_cut(std::slice::from_ref(id), None).is_ok();
    cuts.waiting.retain(|id, _| free(id));
    cuts.open.retain(|id, of| free(id) && of.len() > 1);
    let mut late = cuts.waiting.values().flatten();
    if let Some(late) = late.find(|late| coder.is_none_or(|it| it == *late)) {
        return Ok(Some(msg!("status.next.done", themata = themata, coder = late)));
    }
    if cuts.open.is_empty() {
        return Ok(None);
    }
    Ok(Some(match open_difference(opened, &mut cuts, free) {
        Some(_) => msg!("status.next.settle", themata = themata),
        None => msg!("status.next.lock", themata = themata),
    }))
}

/// Refuses transcripts that the study does not have.
///
/// # Errors
/// The known ones are said.
pub fn known(study: &Study, named: &[TranscriptId]) -> Result<(), Failure> {
    named.iter().try_for_each(|id| study.known_transcript(id).map(|_| ()))?;
    Ok(())
}
