//! Cutting a transcript into units by theme, turn, paragraph or sentence.
//!
//! Units partition what is not dropped. A paragraph without speaker belongs to the unit before it, at
//! the top to the first, and breaks no turn. Cuts that were set by hand (`pinned`) stay.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::pins::Pins;
use super::recount::recount;
use super::stretch::{Heading, Refine, Stretch, turns};
use super::thematic::{self, Thematic};
use crate::domain::id::ParticipantId;
use crate::domain::participant::{Participant, Role};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;

/// What one unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A stretch of talk with one theme, as the words of the transcript suggest.
    Theme,
    /// A run of paragraphs by one speaker.
    Turn,
    /// A paragraph.
    Paragraph,
    /// A sentence of a paragraph.
    Sentence,
}

impl By {
    /// Every way that there is.
    pub const ALL: [Self; 4] = [Self::Theme, Self::Turn, Self::Paragraph, Self::Sentence];

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Turn => "turn",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

impl FromStr for By {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// What becomes of the turns of moderators and observers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prompts {
    /// Each joins the unit after it; at the very end, the unit before it.
    With,
    /// Each is a unit of its own that nobody codes.
    #[default]
    Apart,
    /// They are left out.
    Drop,
}

impl Prompts {
    /// Every way that there is.
    pub const ALL: [Self; 3] = [Self::With, Self::Apart, Self::Drop];

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Apart => "apart",
            Self::Drop => "drop",
        }
    }
}

impl FromStr for Prompts {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// How a transcript is cut.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// What one unit is.
    pub by: By,
    /// What becomes of the turns of moderators and observers.
    pub prompts: Prompts,
    /// How themes are found; for [`By::Theme`].
    pub thematic: Thematic,
    /// Units as they were; what was set by hand stays.
    pub before: &'a [Unit],
}

impl Plan<'_> {
    /// A first cut, themes found in the usual way.
    #[must_use]
    pub fn new(by: By, prompts: Prompts) -> Self {
        Self { by, prompts, thematic: Thematic::default(), before: &[] }
    }
}

/// Cuts a transcript into units, in order of place.
#[must_use]
pub fn split(transcript: &Transcript, participants: &[Participant], plan: &Plan<'_>) -> Vec<Unit> {
    let roles: BTreeMap<&ParticipantId, Role> =
        participants.iter().map(|it| (&it.id, it.role)).collect();
    let role = |id: &ParticipantId| roles.get(id).copied().unwrap_or(Role::Unknown);
    let pins = Pins::of(plan.before, transcript);
    let turns = turns(transcript, &role, &pins);
    let stretches = match plan.by {
        By::Theme => {
            let groups = thematic::groups(turns, &role, &plan.thematic);
            let all = groups.into_iter().flat_map(|group| group.stretches(plan.prompts)).collect();
            if plan.prompts == Prompts::Drop { without_prompts(all) } else { all }
        }
        By::Turn => join_prompts(turns, plan.prompts),
        By::Paragraph => join_prompts(refined(turns, Refine::Paragraphs), plan.prompts),
        By::Sentence => join_prompts(refined(turns, Refine::Sentences), plan.prompts),
    };
    let free = stretches.into_iter().filter(|it| !it.held);
    let mut units: Vec<Unit> = free.filter_map(|it| it.unit(transcript)).collect();
    units.extend(pins.units().map(|unit| recount(unit, transcript, role)));
    units.sort_by(|one, other| one.locator.cmp(&other.locator));
    units
}

/// Turns of participants cut further; those of moderators and observers stay whole.
fn refined(turns: Vec<Stretch<'_>>, by: Refine) -> Vec<Stretch<'_>> {
    turns
        .into_iter()
        .flat_map(|turn| if turn.prompt { vec![turn] } else { turn.refined(by) })
        .collect()
}

/// The stretches of participants; a heading before a prompt opens the one after it, and closes the one before it where
/// none follows or a cut by hand stands there.
fn without_prompts(stretches: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    let mut all: Vec<Stretch<'_>> = Vec::with_capacity(stretches.len());
    let mut heading = None;
    for mut stretch in stretches {
        if stretch.prompt {
            heading = heading.or_else(|| stretch.heading());
            continue;
        }
        match heading.take() {
            Some(heading) if !stretch.must && !stretch.held => stretch.open_with(heading),
            left => close_with(&mut all, left),
        }
        all.push(stretch);
    }
    close_with(&mut all, heading);
    all
}

/// Ends the last stretch with a heading that opens none.
fn close_with(all: &mut [Stretch<'_>], heading: Option<Heading>) {
    if let (Some(heading), Some(last)) = (heading, all.last_mut().filter(|last| !last.held)) {
        last.close_with(heading);
    }
}

/// Does with the prompts what is asked.
fn join_prompts(stretches: Vec<Stretch<'_>>, prompts: Prompts) -> Vec<Stretch<'_>> {
    match prompts {
        Prompts::Apart => stretches,
        Prompts::Drop => without_prompts(stretches),
        Prompts::With => {
            let mut all: Vec<Stretch<'_>> = Vec::with_capacity(stretches.len());
            for stretch in stretches {
                match all.last_mut() {
                    Some(last) if last.prompt && !stretch.must => last.join(stretch),
                    _ => all.push(stretch),
                }
            }
            if all.len() > 1
                && all.last().is_some_and(|last| last.prompt && !last.must)
                && let (Some(trailing), Some(last)) = (all.pop(), all.last_mut())
            {
                last.join(trailing);
            }
            all
        }
    }
}
