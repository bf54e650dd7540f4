//! What commands say of talks that nobody moderates.

use crate::domain::message::Message;
use crate::domain::transcript::Transcript;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::store::Opened;
use crate::unitize::moderation::who_asks;

/// For each of these transcripts that nobody moderates: who asks most, the command, and how many units would
/// change.
pub(super) fn said<'a>(
    opened: &Opened,
    transcripts: impl Iterator<Item = &'a Transcript>,
) -> Vec<Message> {
    let study = &opened.study;
    let told = transcripts.filter_map(|transcript| {
        let asker = who_asks(&transcript.paragraphs, |id| study.role(id))?;
        let n = study
            .units_in(&transcript.id)
            .map(|it| it.1)
            .filter(|it| it.kind == UnitKind::Talk && it.speakers.contains(&asker.participant))
            .count();
        let (id, asked, turns) = (asker.participant, asker.asked, asker.turns);
        let transcript = &transcript.id;
        Some(if n == 0 {
            msg!(
                "moderation.nobody",
                transcript = transcript,
                id = id,
                asked = asked,
                turns = turns
            )
        } else {
            msg!(
                "moderation.nobody.units",
                transcript = transcript,
                id = id,
                asked = asked,
                turns = turns,
                n = n,
            )
        })
    });
    told.collect()
}
