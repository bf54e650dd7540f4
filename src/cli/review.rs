//! `split --review`: somebody looks at cuts, the weakest first.

use super::{Context, Outcome};
use crate::desk::Keeper;
use crate::desk::review::{Keep, ReviewDesk};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::face;
use crate::msg;
use crate::store::{CutsWriter, Opened};

/// Looks at the cuts of these transcripts, or of all that may be cut anew; a coder's own where one is named.
pub(super) fn run(
    named: &[TranscriptId],
    coder: Option<&CoderId>,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let (writer, opened) = CutsWriter::open(&opened, coder)?;
    let chosen = super::split::chosen(named, coder, &opened)?;
    opened.may_cut(&chosen, coder)?;
    let mut texts: Vec<(&Transcript, Vec<Unit>)> = Vec::new();
    for transcript in opened.study.transcripts.iter().filter(|it| chosen.contains(&it.id)) {
        let units = units(&opened, transcript, coder)?;
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
        )
        .into());
    }
    let mut desk = ReviewDesk::new(&opened.study, texts);
    let mut saver = Saver { opened: &opened, writer };
    face::lines::run(&mut desk, &mut saver, &mut context.talk())?;
    Ok(Outcome::Clean)
}

/// The units of a transcript: the study's, or a coder's own.
pub(super) fn units(
    opened: &Opened,
    transcript: &Transcript,
    coder: Option<&CoderId>,
) -> Result<Vec<Unit>, Failure> {
    match coder {
        Some(coder) => Ok(opened.own_cuts(coder, transcript)?.unwrap_or_default()),
        None => Ok(opened.units_of(&transcript.id)),
    }
}

struct Saver<'a> {
    opened: &'a Opened,
    writer: CutsWriter,
}

impl Keeper<Keep, ()> for Saver<'_> {
    fn keep(&mut self, what: &Keep) -> Result<(), Failure> {
        match self.opened.study.transcript(&what.transcript) {
            Some(text) => {
                let units = self.opened.with_topics(&what.transcript, what.units.clone());
                self.writer.write(text, &units)
            }
            None => Ok(()),
        }
    }
}
