//! Quotations that researchers picked, as whoever asks may see them; and picking one.

use super::deciding::Deciding;
use crate::analysis::picks::{Pick, Picks, units_of};
use crate::analysis::quotes::may_be_quoted;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::record::NewPick;
use crate::domain::study::Study;
use crate::msg;
use crate::store::{Opened, PickWriter};

/// What is picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickAsk {
    /// The stretch.
    pub locator: Locator,
    /// What it is quoted for, by id or name.
    pub code: String,
    /// The language of the translation; empty where there is none.
    pub language: String,
    /// The translation.
    pub translation: String,
    /// Who made it.
    pub translator: String,
}

/// What became of a pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept, with this number.
    Kept(u64),
    /// It was there already.
    There(u64),
    /// The pick of this number was taken back.
    TakenBack(u64),
}

/// The picks that whoever asks may see, by unit.
///
/// # Errors
/// They cannot be read, or there is no such coder.
pub fn picks(opened: &Opened, deciding: &Deciding) -> Result<Picks, Failure> {
    let own = deciding.comparing.who(&opened.study)?;
    let shared = opened.shared_picks(own.as_ref())?;
    Ok(Picks::of(&opened.study, &shared.picks))
}

/// Keeps a pick.
///
/// # Errors
/// A stretch or code that the study does not have, words that must not be quoted, or it cannot be written.
pub fn pick(
    opened: &Opened,
    coder: &CoderId,
    device: &str,
    ask: &PickAsk,
) -> Result<Outcome, Failure> {
    let new = new(&opened.study, ask)?;
    let same = |it: &Pick| {
        it.locator == new.locator
            && opened.study.vocabulary.of(it.code).id.as_str() == new.code
            && (it.language == new.language && it.translation == new.translation)
            && it.translator == new.translator
    };
    if let Some(there) = opened.picks_of(coder)?.picks.iter().find(|it| same(it)) {
        return Ok(Outcome::There(there.seq));
    }
    Ok(Outcome::Kept(PickWriter::open(opened, coder, device)?.append(&new)?))
}

/// Takes a coder's last pick of a stretch for a code back.
///
/// # Errors
/// There is none, or it cannot be written.
pub fn take_back(
    opened: &Opened,
    coder: &CoderId,
    device: &str,
    ask: &PickAsk,
) -> Result<Outcome, Failure> {
    let new = new(&opened.study, ask)?;
    let hers = opened.picks_of(coder)?;
    let same = |it: &&Pick| {
        it.locator == new.locator && opened.study.vocabulary.of(it.code).id.as_str() == new.code
    };
    let Some(last) = hers.picks.iter().rfind(same) else {
        let what = msg!("picks.none_such", coder = coder, locator = new.locator, code = new.code);
        return Err(Failure::Usage(what, msg!("picks.none_such.fix")));
    };
    let back = NewPick {
        language: String::new(),
        translation: String::new(),
        translator: String::new(),
        undoes: Some(last.seq),
        ..new
    };
    PickWriter::open(opened, coder, device)?.append(&back)?;
    Ok(Outcome::TakenBack(last.seq))
}

/// A pick as it is written down.
fn new(study: &Study, ask: &PickAsk) -> Result<NewPick, Failure> {
    let code = study.vocabulary.of(study.find_code(&ask.code)?);
    let dimension = study.vocabulary.dimensions.get(usize::from(code.dimension.0));
    let transcript = study.known_transcript(ask.locator.transcript())?;
    let Some(locator) = transcript.locate(ask.locator.span()) else {
        let fix =
            msg!("memo.outside.fix", transcript = transcript.id, n = transcript.paragraphs.len());
        return Err(Failure::Usage(msg!("picks.nothing", locator = ask.locator), fix));
    };
    let units = units_of(study, &locator);
    if units.is_empty() {
        let what = msg!("picks.no_unit", locator = locator);
        return Err(Failure::Usage(what, msg!("picks.no_unit.fix")));
    }
    if !units.iter().all(|unit| may_be_quoted(study, *unit)) {
        let what = msg!("picks.not_quoted", locator = locator);
        return Err(Failure::Refused(what, msg!("picks.not_quoted.fix")));
    }
    Ok(NewPick {
        locator,
        dimension: dimension.map_or_else(String::new, |it| it.id.to_string()),
        code: code.id.to_string(),
        language: ask.language.clone(),
        translation: ask.translation.clone(),
        translator: ask.translator.clone(),
        undoes: None,
    })
}
