//! How often words are said: what is asked for, and the answer.

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::matrix::check_axis;
use super::part::Part;
use crate::analysis::decisions::of_talk;
use crate::analysis::matrix::{Axes, Axis, Frequencies, Options, Source, frequencies};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::Opened;

/// Which words are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordsAsk {
    /// By what they are told apart, if by anything.
    pub by: Option<Axes>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Whether moderators and observers are heard too.
    pub with_moderator: bool,
    /// Which part.
    pub part: Part,
    /// Whose decisions, where codes are asked for.
    pub deciding: Deciding,
}

/// Words, and where they come from.
#[derive(Debug)]
pub struct WordsAnswer {
    /// What was found, all of it: `limit` is for whoever shows it.
    pub found: Frequencies,
    /// Whose decisions count and where they come from, where codes were asked for.
    pub decided: Option<(Counted, Provenance)>,
}

/// How many words are shown where nobody says how many.
pub const USUAL: usize = 50;

impl WordsAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("words")
            .option("by", &self.by)
            .option("limit", self.limit.filter(|limit| *limit != USUAL))
            .flag("all", self.limit.is_none())
            .flag("with-moderator", self.with_moderator);
        self.deciding.on(self.part.on(line))
    }
}

/// How often words are said. Talk is open to all; where codes are asked for, cases that are open alone count.
///
/// # Errors
/// Names that the study does not have, or no case is open where codes are asked for.
pub fn words(opened: &Opened, ask: &WordsAsk) -> Result<WordsAnswer, Failure> {
    let study = &opened.study;
    for axis in ask.by.iter().flat_map(Axes::all) {
        check_axis(study, axis)?;
        if matches!(axis, Axis::Coder | Axis::Round) {
            let what = msg!("words.axis", axis = axis);
            return Err(Failure::Usage(what, msg!("words.axis.fix")));
        }
    }
    let scope = ask.part.scope(study)?;
    let of_codes = ask.by.as_ref().is_some_and(Axes::is_of_codes);
    let options = Options { with_moderator: ask.with_moderator, ..Options::default() };
    let of = |decisions| {
        let source = Source { coder: None, round: None, decisions };
        frequencies(study, &source, ask.by.as_ref(), &options)
    };
    if !of_codes && scope.pending.is_none() {
        ask.deciding.nothing(&ask.part)?;
        return Ok(WordsAnswer { found: of(of_talk(study, &scope)), decided: None });
    }
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    Ok(WordsAnswer { found: of(decisions), decided: Some((counted, provenance)) })
}
