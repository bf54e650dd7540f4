//! Finding what a person names: by id or by name, accents, capitals and blanks ignored, if only one fits; and what to
//! say where nothing does.
//!
//! Every command asks here, so that a slip is answered alike everywhere: the name as it was given, what may have been
//! meant, what is there.

mod alike;

pub use alike::{letters, nearest, same, without_zeros};

use alike::{folded, near};

use super::answer::{CodeIndex, DimensionIndex};
use super::case::Case;
use super::coder::Coder;
use super::failure::Failure;
use super::id::{CoderId, ParticipantId, RoundId, TranscriptId};
use super::log::RoundIndex;
use super::message::Message;
use super::participant::Participant;
use super::study::Study;
use super::transcript::Transcript;
use crate::msg;

/// What has a name of its own in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A coder.
    Coder,
    /// A case.
    Case,
    /// A round.
    Round,
    /// A dimension of the codebook.
    Dimension,
    /// A code, or a dimension given as a code.
    Code,
    /// A transcript.
    Transcript,
    /// Somebody who speaks.
    Participant,
}

/// That a name fits nothing, or several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What was looked for.
    pub named: Named,
    /// The name as it was given.
    pub asked: String,
    /// The ids of those that it fits, where it fits several.
    pub fits: Vec<String>,
    /// The ids of those that may have been meant, the nearest first.
    pub near: Vec<String>,
    /// The ids of all that are there.
    pub known: Vec<String>,
    /// Whether it is the study that has none, so that a command could add one.
    pub in_study: bool,
}

/// How many ids a remedy lists.
const LISTED: usize = 30;

impl From<NotFound> for Failure {
    fn from(missing: NotFound) -> Self {
        Self::Usage(missing.what(), missing.fix())
    }
}

impl NotFound {
    /// That a name is none of these, which another file or a narrower question has.
    #[must_use]
    pub fn among<'a>(
        named: Named,
        asked: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter().map(|name| (name, &[][..]));
        Self { in_study: false, ..missing(named, asked, known) }
    }

    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> Message {
        let name = &self.asked;
        if !self.fits.is_empty() {
            return msg!("find.several", name = name, fits = self.fits.join(", "));
        }
        match self.named {
            Named::Coder => msg!("find.coder", name = name),
            Named::Case => msg!("find.case", name = name),
            Named::Round => msg!("find.round", name = name),
            Named::Dimension => msg!("find.dimension", name = name),
            Named::Code => msg!("find.code", name = name),
            Named::Transcript => msg!("find.transcript", name = name),
            Named::Participant => msg!("find.participant", name = name),
        }
    }

    /// What puts it right.
    #[must_use]
    pub fn fix(&self) -> Message {
        if !self.fits.is_empty() {
            return msg!("find.several.fix");
        }
        let mut known = self.known.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>();
        if self.known.len() > LISTED {
            known.push("…");
        }
        let known = known.join(", ");
        match (self.near.first(), known.is_empty()) {
            (_, true) => match self.named {
                Named::Transcript | Named::Case | Named::Participant if self.in_study => {
                    msg!("find.import.fix")
                }
                _ => msg!("find.nothing.fix"),
            },
            (Some(near), false) => msg!("find.near.fix", near = near, known = known),
            (None, false) => match self.named {
                Named::Coder if self.in_study => msg!("find.coder.fix", known = known),
                Named::Round if self.in_study => msg!("find.round.fix", known = known),
                _ => msg!("find.known.fix", known = known),
            },
        }
    }
}

impl Study {
    /// A coder by id or name.
    ///
    /// # Errors
    /// There is none, or the name fits several.
    pub fn find_coder(&self, asked: &str) -> Result<&Coder, NotFound> {
        let all = self.settings.coders.iter();
        find(Named::Coder, asked, all.map(|it| (it, it.id.as_str(), vec![it.name.as_str()])))
    }

    /// A case by id or name.
    ///
    /// # Errors
    /// There is none, or the name fits several.
    pub fn find_case(&self, asked: &str) -> Result<&Case, NotFound> {
        let all = self.cases.iter();
        find(Named::Case, asked, all.map(|it| (it, it.id.as_str(), vec![it.name.as_str()])))
    }

    /// A round by id.
    ///
    /// # Errors
    /// There is none.
    pub fn find_round(&self, asked: &str) -> Result<&RoundId, NotFound> {
        find(Named::Round, asked, self.rounds.iter().map(|it| (it, it.as_str(), Vec::new())))
    }

    /// A transcript by id or name.
    ///
    /// # Errors
    /// There is none, or the name fits several.
    pub fn find_transcript(&self, asked: &str) -> Result<&Transcript, NotFound> {
        if self.moved.replaced.iter().any(|gone| gone.id.as_str() == asked) {
            // An id names one text for ever: the one that took its place may still bear the name, and is not meant.
            let all = self.transcripts.iter().map(|it| it.id.as_str());
            return Err(of_ids(Named::Transcript, asked, all));
        }
        let all = self.transcripts.iter();
        find(Named::Transcript, asked, all.map(|it| (it, it.id.as_str(), vec![it.name.as_str()])))
    }

    /// Somebody who speaks, by id or name.
    ///
    /// # Errors
    /// There is nobody, or the name fits several.
    pub fn find_participant(&self, asked: &str) -> Result<&Participant, NotFound> {
        let all = self.participants.iter();
        find(Named::Participant, asked, all.map(|it| (it, it.id.as_str(), vec![it.name.as_str()])))
    }

    /// The coder of this very id, for whoever goes on with the id.
    ///
    /// # Errors
    /// There is none.
    pub fn known_coder(&self, id: &CoderId) -> Result<&Coder, NotFound> {
        let all = self.settings.coders.iter().map(|it| it.id.as_str());
        self.coder(id).ok_or_else(|| of_ids(Named::Coder, id.as_str(), all))
    }

    /// The round of this very id.
    ///
    /// # Errors
    /// There is none.
    pub fn known_round(&self, id: &RoundId) -> Result<RoundIndex, NotFound> {
        let all = self.rounds.iter().map(RoundId::as_str);
        self.round(id.as_str()).ok_or_else(|| of_ids(Named::Round, id.as_str(), all))
    }

    /// The transcript of this very id.
    ///
    /// # Errors
    /// There is none.
    pub fn known_transcript(&self, id: &TranscriptId) -> Result<&Transcript, NotFound> {
        let all = self.transcripts.iter().map(|it| it.id.as_str());
        self.transcript(id).ok_or_else(|| of_ids(Named::Transcript, id.as_str(), all))
    }

    /// Who speaks and has this very id.
    ///
    /// # Errors
    /// There is nobody.
    pub fn known_participant(&self, id: &ParticipantId) -> Result<&Participant, NotFound> {
        let all = self.participants.iter().map(|it| it.id.as_str());
        self.participant(id).ok_or_else(|| of_ids(Named::Participant, id.as_str(), all))
    }

    /// A dimension of the codebook in force, by id or by its name in any language.
    ///
    /// # Errors
    /// There is none, or the name fits several.
    pub fn find_dimension(&self, asked: &str) -> Result<DimensionIndex, NotFound> {
        let all = self.vocabulary.dimensions_in_force();
        let named = all.map(|(index, it)| (index, it.id.as_str(), self.names_of(it.id.as_str())));
        find(Named::Dimension, asked, named)
    }

    /// A code, or a dimension given as one: by id, also one that was retired or that another code replaces, or by its
    /// name in any language.
    ///
    /// # Errors
    /// There is none, or the name fits several.
    pub fn find_code(&self, asked: &str) -> Result<CodeIndex, NotFound> {
        if let Some(code) = self.vocabulary.code(asked) {
            return Ok(code);
        }
        let all = (0..).map(CodeIndex).zip(&self.vocabulary.codes);
        let in_force = all.filter(|(_, code)| code.in_force);
        let named =
            in_force.map(|(index, it)| (index, it.id.as_str(), self.names_of(it.id.as_str())));
        find(Named::Code, asked, named)
    }

    /// What a dimension or code is called, in every language of the codebook.
    fn names_of(&self, id: &str) -> Vec<&str> {
        let wording = self.codebook().wording(id);
        wording.into_iter().flat_map(|it| it.name.all()).map(String::as_str).collect()
    }
}

/// The one that is meant: whose id it is, else whose id or name it is but for accents, capitals, blanks and marks,
/// else the same but for leading zeros of numbers.
fn find<'a, T>(
    named: Named,
    asked: &str,
    all: impl Iterator<Item = (T, &'a str, Vec<&'a str>)>,
) -> Result<T, NotFound> {
    let mut all: Vec<(T, &str, Vec<&str>)> = all.collect();
    if let Some(at) = all.iter().position(|(_, id, _)| *id == asked) {
        return Ok(all.swap_remove(at).0);
    }
    let mut fits: Vec<usize> = Vec::new();
    for folded in [folded, without_zeros] {
        let wanted = folded(asked);
        let is_called = |text: &&str| !wanted.is_empty() && folded(text) == wanted;
        fits = (all.iter().enumerate())
            .filter(|(_, (_, id, names))| is_called(id) || names.iter().any(&is_called))
            .map(|(at, _)| at)
            .collect();
        if let [only] = fits.as_slice() {
            return Ok(all.swap_remove(*only).0);
        }
        if !fits.is_empty() {
            break;
        }
    }
    let id = |at: &usize| all.get(*at).map(|(_, id, _)| (*id).to_owned());
    let fits = fits.iter().filter_map(id).collect();
    let all = all.iter().map(|(_, id, names)| (*id, names.as_slice()));
    Err(NotFound { fits, ..missing(named, asked, all) })
}

/// That nothing in the study has an id.
fn of_ids<'a>(named: Named, asked: &str, ids: impl Iterator<Item = &'a str> + Clone) -> NotFound {
    missing(named, asked, ids.map(|id| (id, &[][..])))
}

/// That nothing in the study has a name.
fn missing<'a>(
    named: Named,
    asked: &str,
    all: impl Iterator<Item = (&'a str, &'a [&'a str])> + Clone,
) -> NotFound {
    NotFound {
        named,
        asked: asked.to_owned(),
        fits: Vec::new(),
        near: near(asked, all.clone()),
        known: all.map(|(id, _)| id.to_owned()).collect(),
        in_study: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked: &str) -> Result<&'static str, NotFound> {
        let all: [(&str, &str, Vec<&str>); 6] = [
            ("FG1", "FG1", vec!["FG 1 – remote design"]),
            ("FG2", "FG2", vec!["FG 02"]),
            ("horizontal", "horizontal", vec!["Horizontal", "Reparto horizontal"]),
            ("votacion", "votacion", vec!["Votación"]),
            ("a-1", "a-1", vec!["Trust"]),
            ("b-1", "b-1", vec!["trust"]),
        ];
        find(Named::Code, asked, all.into_iter())
    }

    #[test]
    fn a_name_is_as_good_as_an_id_whatever_its_accents_capitals_and_dashes() {
        for (asked, is) in [
            ("FG1", "FG1"),
            ("fg1", "FG1"),
            ("FG 1 – remote design", "FG1"),
            ("fg 1 - Remote Design", "FG1"),
            ("FG 2", "FG2"),
            ("FG02", "FG2"),
            ("VOTACIÓN", "votacion"),
            ("reparto  horizontal", "horizontal"),
        ] {
            assert_eq!(found(asked), Ok(is), "{asked}");
        }
    }

    #[test]
    fn what_fits_several_is_refused_with_these() {
        let several = found("TRUST").unwrap_err();
        assert_eq!(several.fits, ["a-1", "b-1"]);
    }

    #[test]
    fn a_slip_is_answered_with_what_may_have_been_meant() {
        for (asked, near) in [
            ("Horizontal and facilitated", "horizontal"),
            ("horizntal", "horizontal"),
            ("hroizontal", "horizontal"),
            ("votaciones", "votacion"),
            ("remote design", "FG1"),
        ] {
            assert_eq!(found(asked).unwrap_err().near.first().map(String::as_str), Some(near));
        }
        assert!(found("something else entirely").unwrap_err().near.is_empty());
        assert!(found("").unwrap_err().near.is_empty());
    }
}
