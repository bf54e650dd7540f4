//! Somebody looks at cuts: which texts she is shown, and how what she changes is kept.

use crate::desk::review::{Keep, ReviewDesk};
use crate::desk::{Keeper, NotKept};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::msg;
use crate::store::{self, CutsWriter, Cutting, Opened};

/// Whose cuts are looked at, in which texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewAsk {
    /// The transcripts; all that may be cut anew if empty.
    pub transcripts: Vec<TranscriptId>,
    /// Whose own cuts; absent for the study's.
    pub coder: Option<CoderId>,
}

/// Somebody at work on cuts; nobody else cuts, or codes, meanwhile.
pub struct ReviewSession {
    ask: ReviewAsk,
    opened: Opened,
    chosen: Vec<TranscriptId>,
    writer: CutsWriter,
}

impl ReviewSession {
    /// Takes the locks, and finds the texts.
    ///
    /// # Errors
    /// Somebody else cuts or codes, or the texts may not be cut (refused).
    pub fn begin(before: &Opened, ask: ReviewAsk) -> Result<Self, Failure> {
        let (writer, opened) = before.begin(Cutting(ask.coder.clone()))?;
        let chosen = chosen(&ask.transcripts, ask.coder.as_ref(), &opened)?;
        opened.may_cut(&chosen, ask.coder.as_ref())?;
        Ok(Self { ask, opened, chosen, writer })
    }

    /// Begins anew with the study as it is now.
    ///
    /// # Errors
    /// As [`ReviewSession::begin`], or the study is invalid now.
    pub fn again(self) -> Result<Self, Failure> {
        let Self { ask, opened, writer, .. } = self;
        drop(writer);
        Self::begin(&store::load(&opened.folder)?, ask)
    }

    /// Leaves texts out of this session, and returns which.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        left_out(&self.opened, &mut self.chosen, leave)
    }

    /// Whether no text is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Sits the person down: the desk, and what keeps her cuts.
    ///
    /// # Errors
    /// A file of units is invalid, or no text is cut yet (refused).
    pub fn sit(&mut self) -> Result<(ReviewDesk<'_>, CutsKeeper<'_>), Failure> {
        let Self { ask, opened, chosen, writer } = self;
        Ok((desk(opened, ask.coder.as_ref(), chosen)?, CutsKeeper { opened, writer }))
    }
}

/// A look at cuts that somebody else is changing: nothing can be changed here.
pub struct ReviewLook {
    coder: Option<CoderId>,
    opened: Opened,
    chosen: Vec<TranscriptId>,
    /// What the other session has.
    pub what: String,
    /// For how many minutes.
    pub minutes: u64,
}

impl ReviewLook {
    /// Finds the texts, if somebody else cuts them, or codes; else gives the study back.
    ///
    /// # Errors
    /// As [`ReviewSession::begin`].
    pub fn begin(before: Opened, ask: &ReviewAsk) -> Result<Result<Self, Opened>, Failure> {
        let coder = ask.coder.clone();
        let held = Cutting(coder.clone()).held_by_another(&before)?;
        let Some((what, minutes)) = held else { return Ok(Err(before)) };
        let chosen = chosen(&ask.transcripts, coder.as_ref(), &before)?;
        Ok(Ok(Self { coder, opened: before, chosen, what, minutes }))
    }

    /// Leaves texts out of what is looked at, and returns which.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        left_out(&self.opened, &mut self.chosen, leave)
    }

    /// The desk.
    ///
    /// # Errors
    /// As [`ReviewSession::sit`].
    pub fn sit(&self) -> Result<ReviewDesk<'_>, Failure> {
        desk(&self.opened, self.coder.as_ref(), &self.chosen)
    }
}

/// Takes texts out of a list, and returns which.
fn left_out(
    opened: &Opened,
    chosen: &mut Vec<TranscriptId>,
    leave: impl Fn(&Transcript) -> bool,
) -> Vec<TranscriptId> {
    let gone = |id: &TranscriptId| opened.study.transcript(id).is_some_and(&leave);
    let (left, rest) = std::mem::take(chosen).into_iter().partition(gone);
    *chosen = rest;
    left
}

/// The desk over the texts that are cut at all.
fn desk<'a>(
    opened: &'a Opened,
    coder: Option<&CoderId>,
    chosen: &[TranscriptId],
) -> Result<ReviewDesk<'a>, Failure> {
    let mut texts: Vec<(&Transcript, Vec<Unit>)> = Vec::new();
    for transcript in opened.study.transcripts.iter().filter(|it| chosen.contains(&it.id)) {
        let units = units(opened, transcript, coder)?;
        if !units.is_empty() {
            texts.push((transcript, units));
        }
    }
    if texts.is_empty() {
        return Err(Failure::Refused(
            msg!("review.nothing"),
            match coder {
                Some(coder) => msg!("review.nothing_own.fix", coder = coder),
                None => msg!("review.nothing.fix"),
            },
        ));
    }
    Ok(ReviewDesk::new(&opened.study, texts))
}

/// Keeps units as they are cut.
pub struct CutsKeeper<'a> {
    pub(super) opened: &'a Opened,
    pub(super) writer: &'a mut CutsWriter,
}

impl Keeper<Keep, ()> for CutsKeeper<'_> {
    fn keep(&mut self, what: &Keep) -> Result<(), NotKept> {
        self.write(&what.transcript, &what.units)
    }
}

impl CutsKeeper<'_> {
    /// Looks whether what a cut in a transcript rests on is still so.
    pub(super) fn is_still_so(&self, transcript: &TranscriptId) -> Result<(), NotKept> {
        if self.writer.is_still_so(self.opened)? {
            return Ok(());
        }
        Err(NotKept::Changed(msg!("session.cuts", transcript = transcript)))
    }

    /// Writes the units of a transcript, unless something in the study changed under the locks.
    pub(super) fn write(
        &mut self,
        transcript: &TranscriptId,
        units: &[Unit],
    ) -> Result<(), NotKept> {
        self.is_still_so(transcript)?;
        let Some(text) = self.opened.study.transcript(transcript) else { return Ok(()) };
        let units = self.opened.with_topics(transcript, units.to_vec());
        Ok(self.writer.write(text, &units)?)
    }
}

/// The units of a transcript: the study's, or a coder's own.
///
/// # Errors
/// A coder's own file is invalid.
pub fn units(
    opened: &Opened,
    transcript: &Transcript,
    coder: Option<&CoderId>,
) -> Result<Vec<Unit>, Failure> {
    match coder {
        Some(coder) => Ok(opened.own_cuts(coder, transcript)?.unwrap_or_default()),
        None => Ok(opened.units_of(&transcript.id)),
    }
}

/// The transcripts named, or all that may be cut anew, by the team or by a coder for herself.
///
/// # Errors
/// The study does not have one that is named, or none may be cut.
pub fn chosen(
    named: &[TranscriptId],
    coder: Option<&CoderId>,
    opened: &Opened,
) -> Result<Vec<TranscriptId>, Failure> {
    let study = &opened.study;
    named.iter().try_for_each(|id| study.known_transcript(id).map(|_| ()))?;
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let ids: Vec<TranscriptId> = study.transcripts.iter().map(|it| it.id.clone()).collect();
    let is_free = |id: &&TranscriptId| opened.may_cut(std::slice::from_ref(*id), coder).is_ok();
    let free: Vec<TranscriptId> = ids.iter().filter(is_free).cloned().collect();
    match free.is_empty() {
        false => Ok(free),
        true if ids.is_empty() => {
            Err(Failure::Usage(msg!("split.nothing"), msg!("split.nothing.fix")))
        }
        true => Err(match opened.may_cut(&ids, coder).err() {
            Some(why) if coder.is_some() || !matches!(why, Failure::Refused(..)) => why,
            Some(why) if ids.iter().any(|id| opened.is_locked(id)) => why,
            _ => Failure::Refused(msg!("split.all_coded"), msg!("units.coded.fix")),
        }),
    }
}
