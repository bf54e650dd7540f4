//! Ids of what a person names on the command line, by id or by name.

use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::{CoderId, ParticipantId, TranscriptId};
use crate::domain::study::Study;

/// The transcripts that are named.
pub(super) fn transcripts(study: &Study, asked: &[String]) -> Result<Vec<TranscriptId>, Failure> {
    let found = asked.iter().map(|name| Ok(study.find_transcript(name)?.id.clone()));
    Ok(found.collect::<Result<_, NotFound>>()?)
}

/// The coders who are named.
pub(super) fn coders(study: &Study, asked: &[String]) -> Result<Vec<CoderId>, Failure> {
    let found = asked.iter().map(|name| Ok(study.find_coder(name)?.id.clone()));
    Ok(found.collect::<Result<_, NotFound>>()?)
}

/// The coder who is named, if anybody is.
pub(super) fn coder(study: &Study, asked: Option<&str>) -> Result<Option<CoderId>, Failure> {
    Ok(asked.map(|name| study.find_coder(name)).transpose()?.map(|it| it.id.clone()))
}

/// The person who is named.
pub(super) fn participant(study: &Study, asked: &str) -> Result<ParticipantId, Failure> {
    Ok(study.find_participant(asked)?.id.clone())
}
