//! What is asked of the talk itself: who speaks, and where something is said.

use std::collections::BTreeMap;

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::part::Part;
use crate::analysis;
use crate::analysis::concordance::{Concordance, Hit, Pattern, concordance};
use crate::analysis::decisions::{Decisions, of_talk};
use crate::analysis::filter::{Filter, Given, Key, Test};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::spoke::{Marks, Spoke, marked};
use crate::analysis::talk::{Following, Voice, following, voices};
use crate::domain::codebook::Dimension;
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
    /// Whether it is asked who spoke to which question.
    pub spoke: bool,
    /// The code by which the team marks agreement with what others said.
    pub agreement: Option<String>,
    /// The code by which it marks dissent.
    pub dissent: Option<String>,
    /// Only these cases, and where it is asked who spoke to which question, only units for which a filter holds.
    pub part: Part,
    /// Whose decisions, where it is asked what was coded.
    pub deciding: Deciding,
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
    /// Only these cases, and only units for which a filter holds.
    pub part: Part,
    /// Whose decisions, where a code is asked for.
    pub deciding: Deciding,
}

/// Who speaks, or who follows whom.
#[derive(Debug)]
pub enum Talk {
    /// Everybody who speaks.
    Voices(Vec<Voice>, Option<Marked>),
    /// Whose turn comes after whose.
    Following(Vec<Following>),
    /// Who spoke to which question.
    Spoke(SpokeAnswer),
}

/// Per person who speaks, in how many of her units agreement was coded, and in how many dissent.
#[derive(Debug)]
pub struct Marked {
    /// The counts, in the order of the voices.
    pub counts: Vec<(u64, u64)>,
    /// Whose decisions count.
    pub counted: Counted,
    /// Where they come from.
    pub provenance: Provenance,
}

/// Who spoke to which question, and where it comes from.
#[derive(Debug, Clone)]
pub struct SpokeAnswer {
    /// What was found.
    pub found: Vec<Spoke>,
    /// The codes for agreement and dissent.
    pub marks: Marks,
    /// Whose decisions count; nothing where no case is open.
    pub decided: Option<(Counted, Provenance)>,
}

impl TalkAsk {
    /// The command line that asks it.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("talk")
            .flag("with-moderator", self.with_moderator)
            .flag("follows", self.follows)
            .option("cell", self.spoke.then_some("spoke"))
            .option("agreement", &self.agreement)
            .option("dissent", &self.dissent);
        self.deciding.on(self.part.on(line))
    }

    /// The codes by which the team marks agreement and dissent.
    fn marks(&self, study: &Study) -> Result<Marks, Failure> {
        let find = |code: &Option<String>| {
            code.as_deref().map(|it| study.find_code(it)).transpose().map_err(Failure::from)
        };
        Ok(Marks { agreement: find(&self.agreement)?, dissent: find(&self.dissent)? })
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
            .option("limit", self.limit);
        self.deciding.on(self.part.on(line)).last(self.text.as_deref())
    }
}

/// Who speaks.
///
/// # Errors
/// A case or code that the study does not have, or a filter where turns are counted and not units.
pub fn talk(opened: &Opened, ask: &TalkAsk) -> Result<Talk, Failure> {
    let study = &opened.study;
    let marks = ask.marks(study)?;
    if ask.spoke {
        return Ok(Talk::Spoke(spoke(opened, ask, marks)?));
    }
    if !ask.part.filters.is_empty() {
        return Err(Failure::Usage(msg!("talk.where"), msg!("talk.where.fix")));
    }
    let cases: Vec<CaseId> = ask.part.scope(study)?.cases.into_iter().collect();
    match marks == Marks::default() {
        true => ask.deciding.nothing(&ask.part)?,
        // The codes say which dimensions are looked at.
        false => Deciding::default().nothing(&ask.part)?,
    }
    if ask.follows {
        return Ok(Talk::Following(following(study, &cases, ask.with_moderator)));
    }
    let all = voices(study, &cases, ask.with_moderator);
    if marks == Marks::default() {
        return Ok(Talk::Voices(all, None));
    }
    let scope = Part { cases: ask.part.cases.clone(), ..Part::default() }.scope(study)?;
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    let found = marked(study, &decisions, marks);
    let of = |it: &Voice| found.get(&(&it.case, &it.participant)).copied().unwrap_or_default();
    let counts = all.iter().map(of).collect();
    Ok(Talk::Voices(all, Some(Marked { counts, counted, provenance })))
}

/// Who spoke to which question; where nothing is open for comparison, what was coded is not known.
fn spoke(opened: &Opened, ask: &TalkAsk, marks: Marks) -> Result<SpokeAnswer, Failure> {
    let study = &opened.study;
    if study.talk().all(|(_, unit)| unit.topic.trim().is_empty()) {
        return Err(Failure::Usage(msg!("talk.no_topics"), msg!("talk.no_topics.fix")));
    }
    let scope = ask.part.scope(study)?;
    let (cases, dimensions) = (ask.part.cases.clone(), ask.part.dimensions.clone());
    let whole = Part { cases, dimensions, ..Part::default() }.scope(study)?;
    for code in [marks.agreement, marks.dissent].into_iter().flatten() {
        let code = study.vocabulary.of(code);
        if !whole.dimensions.is_empty() && !whole.dimensions.contains(&code.dimension) {
            let what = msg!("talk.mark_outside", code = code.id);
            return Err(Failure::Usage(what, msg!("talk.mark_outside.fix")));
        }
    }
    let decided = match ask.deciding.decisions(opened, &whole) {
        Ok(decided) => Some(decided),
        // What was asked for of codes cannot be told; who spoke can.
        Err(Failure::Refused(..)) if marks == Marks::default() && scope.pending.is_none() => None,
        Err(failure) => return Err(failure),
    };
    let units = match (&scope.pending, &decided) {
        (Some(_), Some(_)) => ask.deciding.decisions(opened, &scope)?.decisions.units,
        _ => of_talk(study, &scope).units,
    };
    let found =
        analysis::spoke::spoke(study, &units, decided.as_ref().map(|it| &it.decisions), marks);
    let decided = decided.map(|it| (it.counted, it.provenance));
    Ok(SpokeAnswer { found, marks, decided })
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
    let scope = Part { cases: ask.part.cases.clone(), ..Part::default() }.scope(&opened.study)?;
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
    let whole = Part { cases: ask.part.cases.clone(), ..Part::default() };
    let cases: Vec<CaseId> = whole.scope(study)?.cases.into_iter().collect();
    let who = ask.participants.iter().map(|it| Ok(study.find_participant(it)?.id.clone()));
    let who = who.collect::<Result<Vec<_>, Failure>>()?;
    let patterns = patterns(study, ask)?;
    let mut all = concordance(study, &patterns, &cases, &who);
    let scope = ask.part.scope(study)?;
    if scope.pending.is_none() {
        match ask.code.is_none() && ask.not_coded.is_none() {
            true => ask.deciding.nothing(&ask.part)?,
            // The code says which dimension is looked at.
            false => Deciding::default().nothing(&ask.part)?,
        }
    }
    if !ask.part.filters.is_empty() {
        let units = match scope.pending {
            Some(_) => ask.deciding.decisions(opened, &scope)?.decisions.units,
            None => of_talk(study, &scope).units,
        };
        within(study, &mut all, &units, |_| true);
    }
    let wanted = [(&ask.code, true), (&ask.not_coded, false)];
    for (code, given) in
        wanted.into_iter().filter_map(|(code, given)| Some((code.as_ref()?, given)))
    {
        let Decided { decisions, .. } = ask.deciding.decisions(opened, &whole.scope(study)?)?;
        let condition = Filter::Condition(Key::Code, Test::Is(code.clone()));
        let holds = condition.units(study, Some(Given { decisions: &decisions, codings: &[] }))?;
        let holds = |unit: UnitIndex| holds.get(unit.at()).copied().unwrap_or(false) == given;
        within(study, &mut all, &decisions.units, holds);
    }
    Ok(all)
}

/// Leaves the places that lie in a unit of these for which something holds.
fn within(
    study: &Study,
    all: &mut Concordance,
    units: &[UnitIndex],
    holds: impl Fn(UnitIndex) -> bool,
) {
    let mut of_text: BTreeMap<&TranscriptId, Vec<UnitIndex>> = BTreeMap::new();
    for unit in units {
        of_text.entry(&study.transcript_of(*unit).id).or_default().push(*unit);
    }
    all.hits.retain(|hit| {
        let here = of_text.get(&hit.transcript).map_or(&[][..], Vec::as_slice);
        // Units stand in order and do not overlap: the last that begins no later.
        let behind = here.partition_point(|unit| begins(study, *unit) <= hit.begins());
        let unit = behind.checked_sub(1).and_then(|at| here.get(at));
        unit.filter(|unit| covers(study, **unit, hit)).is_some_and(|unit| holds(*unit))
    });
}

/// Where a unit begins.
fn begins(study: &Study, unit: UnitIndex) -> (u32, u32) {
    let span = study.unit_at(unit).map(|it| it.locator.span());
    span.map_or((0, 0), |span| (span.first, span.from.unwrap_or(0)))
}

/// Whether a place lies in a unit, by where it begins.
fn covers(study: &Study, unit: UnitIndex, hit: &Hit) -> bool {
    let Some(known) = study.unit_at(unit) else { return false };
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
    let mut codes = codebook.dimensions.iter().flat_map(Dimension::tree);
    let keywords = codes.find(|(_, it)| it.id == code.id).map_or(&[][..], |(_, it)| &it.keywords);
    if keywords.is_empty() {
        let what = msg!("concordance.keywords", code = code.id);
        return Err(Failure::Usage(what, msg!("concordance.keywords.fix")));
    }
    let pattern = |text: &String| Pattern::keyword(text, ask.loose).map_err(|_| wrong(text));
    keywords.iter().map(pattern).collect()
}
