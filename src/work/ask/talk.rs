//! What is asked of the talk itself: who speaks, and where something is said.

use std::collections::BTreeMap;

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::part::Part;
use crate::analysis::concordance::{Concordance, Hit, Pattern, concordance};
use crate::analysis::decisions::Decisions;
use crate::analysis::filter::{Filter, Given, Key, Test};
use crate::analysis::talk::{Following, Voice, following, voices};
use crate::domain::codebook::Code;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Opened;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TalkAsk {
    /// Whether moderators and observers are there too.
    pub with_moderator: bool,
    /// Whether it is asked who follows whom.
    pub follows: bool,
    /// Only these cases.
    pub cases: Vec<String>,
}

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindAsk {
    /// What is looked for; a regular expression between slashes.
    pub text: Option<String>,
    /// A code whose keywords in the codebook are looked for.
    pub keywords: Option<String>,
    /// Whether capitals and accents are ignored.
    pub loose: bool,
    /// Only what these people say.
    pub participants: Vec<String>,
    /// Only in units that were given this code, or anything beneath it.
    pub code: Option<String>,
    /// Only in units that were not.
    pub not_coded: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Only these cases.
    pub cases: Vec<String>,
    /// Whose decisions, where a code is asked for.
    pub deciding: Deciding,
}

/// Who speaks, or who follows whom.
#[derive(Debug)]
pub enum Talk {
    /// Everybody who speaks.
    Voices(Vec<Voice>),
    /// Whose turn comes after whose.
    Following(Vec<Following>),
}

impl TalkAsk {
    /// The command line that asks it.
    #[must_use]
    pub fn line(&self) -> Line {
        Line::new("talk")
            .flag("with-moderator", self.with_moderator)
            .flag("follows", self.follows)
            .option("case", &self.cases)
    }
}

impl FindAsk {
    /// The command line that asks it.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("find")
            .option("keywords", &self.keywords)
            .flag("loose", self.loose)
            .option("participant", &self.participants)
            .option("code", &self.code)
            .option("not-coded", &self.not_coded)
            .option("limit", self.limit)
            .option("case", &self.cases);
        self.deciding.on(line).last(self.text.as_deref())
    }
}

/// Who speaks.
///
/// # Errors
/// A case that the study does not have.
pub fn talk(opened: &Opened, ask: &TalkAsk) -> Result<Talk, Failure> {
    let (study, cases) = (&opened.study, cases(&opened.study, &ask.cases)?);
    Ok(match ask.follows {
        true => Talk::Following(following(study, &cases, ask.with_moderator)),
        false => Talk::Voices(voices(study, &cases, ask.with_moderator)),
    })
}

/// Draws who speaks and, in cases that are open for comparison, what is coded there.
///
/// # Errors
/// A case that the study does not have.
pub fn turn_map<T>(
    opened: &Opened,
    ask: &TalkAsk,
    draw: impl FnOnce(&Study, &[CaseId], Option<&Decisions<'_>>) -> T,
) -> Result<T, Failure> {
    let part = Part { cases: ask.cases.clone(), ..Part::default() };
    let scope = part.scope(&opened.study)?;
    let cases: Vec<CaseId> = scope.cases.iter().cloned().collect();
    // Where nothing is open the talk alone is shown.
    let decided = match Deciding::default().decisions(opened, &scope) {
        Ok(decided) => Some(decided),
        Err(Failure::Refused(..)) => None,
        Err(failure) => return Err(failure),
    };
    Ok(draw(&opened.study, &cases, decided.as_ref().map(|it| &it.decisions)))
}

/// Where something is said, all places: `limit` is for whoever shows them.
///
/// # Errors
/// Nothing to look for, a pattern that is none, names that the study does not have, or no case is open where a code is
/// asked for.
pub fn find(opened: &Opened, ask: &FindAsk) -> Result<Concordance, Failure> {
    let study = &opened.study;
    let cases = cases(study, &ask.cases)?;
    let who = ask.participants.iter().map(|it| Ok(study.find_participant(it)?.id.clone()));
    let who = who.collect::<Result<Vec<_>, Failure>>()?;
    let patterns = patterns(study, ask)?;
    let mut all = concordance(study, &patterns, &cases, &who);
    let wanted = [(&ask.code, true), (&ask.not_coded, false)];
    for (code, given) in
        wanted.into_iter().filter_map(|(code, given)| Some((code.as_ref()?, given)))
    {
        let scope = Part { cases: ask.cases.clone(), ..Part::default() }.scope(study)?;
        let Decided { decisions, .. } = ask.deciding.decisions(opened, &scope)?;
        let condition = Filter::Condition(Key::Code, Test::Is(code.clone()));
        let holds = condition.units(study, Some(Given { decisions: &decisions, codings: &[] }))?;
        let mut of_text: BTreeMap<&TranscriptId, Vec<UnitIndex>> = BTreeMap::new();
        for unit in &decisions.units {
            of_text.entry(&study.transcript_of(*unit).id).or_default().push(*unit);
        }
        let is_in = |hit: &Hit| {
            let here = of_text.get(&hit.transcript).map_or(&[][..], Vec::as_slice);
            // Units stand in order and do not overlap: the last that begins no later.
            let behind = here.partition_point(|unit| begins(study, *unit) <= hit.begins());
            let unit = behind.checked_sub(1).and_then(|at| here.get(at));
            let unit = unit.filter(|unit| covers(study, **unit, hit));
            unit.is_some_and(|unit| holds.get(unit.at()).copied().unwrap_or(false) == given)
        };
        all.hits.retain(is_in);
    }
    Ok(all)
}

/// Where a unit begins.
fn begins(study: &Study, unit: UnitIndex) -> (u32, u32) {
    let span = study.units.get(unit.at()).map(|it| it.locator.span());
    span.map_or((0, 0), |span| (span.first, span.from.unwrap_or(0)))
}

/// Whether a place lies in a unit, by where it begins.
fn covers(study: &Study, unit: UnitIndex, hit: &Hit) -> bool {
    let Some(known) = study.units.get(unit.at()) else { return false };
    let span = known.locator.span();
    (span.first..=span.last).contains(&hit.paragraph)
        && span.characters_of(hit.paragraph, u32::MAX).contains(&hit.characters.start)
}

fn patterns(study: &Study, ask: &FindAsk) -> Result<Vec<Pattern>, Failure> {
    let wrong = |text: &str| {
        let what = msg!("concordance.pattern", pattern = text);
        Failure::Usage(what, msg!("concordance.pattern.fix"))
    };
    let Some(asked) = &ask.keywords else {
        let text = ask.text.as_deref().unwrap_or_default();
        return Ok(vec![Pattern::new(text, ask.loose).map_err(|_| wrong(text))?]);
    };
    let code = study.vocabulary.of(study.find_code(asked)?);
    let codebook = &study.version_in_force().codebook;
    let mut codes: Vec<&Code> = codebook.dimensions.iter().flat_map(|it| &it.codes).collect();
    let mut keywords = Vec::new();
    while let Some(one) = codes.pop() {
        if one.id == code.id {
            keywords.clone_from(&one.keywords);
        }
        codes.extend(&one.codes);
    }
    if keywords.is_empty() {
        let what = msg!("concordance.keywords", code = code.id);
        return Err(Failure::Usage(what, msg!("concordance.keywords.fix")));
    }
    let pattern = |text: &String| Pattern::keyword(text, ask.loose).map_err(|_| wrong(text));
    keywords.iter().map(pattern).collect()
}

fn cases(study: &Study, asked: &[String]) -> Result<Vec<CaseId>, Failure> {
    let part = Part { cases: asked.to_vec(), ..Part::default() };
    Ok(part.scope(study)?.cases.into_iter().collect())
}
