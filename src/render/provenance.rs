//! Where a result comes from: which round, which codebook, which cases still wait, whose decisions.

use super::document::Note;
use crate::analysis::decisions::Tally;
use crate::domain::comparison::{Comparison, Waiting};
use crate::domain::id::RoundId;
use crate::domain::study::Study;
use crate::msg;

/// Where a result comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The round asked for; absent where per unit the latest holds.
    pub round: Option<String>,
    /// How many rounds there are.
    pub rounds: usize,
    /// The codebook in force.
    pub codebook: String,
    /// The cases that are not open for comparison.
    pub waiting: Vec<Waiting>,
    /// Whether somebody looked before all had sealed.
    pub unblinded: bool,
}

impl Provenance {
    /// Where a result of this comparison comes from.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison) -> Self {
        Self {
            round: comparison.round.as_ref().map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: comparison.waiting.clone(),
            unblinded: comparison.unblinded,
        }
    }

    /// Where a result of one coder's own decisions comes from.
    #[must_use]
    pub fn own(study: &Study, round: Option<&RoundId>) -> Self {
        Self {
            round: round.map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: Vec::new(),
            unblinded: false,
        }
    }

    /// What people are told of it.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let codebook = &self.codebook;
        let round = match (&self.round, self.rounds) {
            (Some(round), _) => msg!("provenance.round", round = round, codebook = codebook),
            (None, 0 | 1) => msg!("provenance.round", round = "main", codebook = codebook),
            (None, _) => msg!("provenance.latest", codebook = codebook),
        };
        let mut notes = vec![Note::told(round)];
        for waiting in &self.waiting {
            let coders: Vec<&str> = waiting.coders.iter().map(|coder| coder.as_str()).collect();
            let coders = coders.join(", ");
            notes.push(Note::told(msg!(
                "provenance.waiting",
                case = waiting.case,
                coders = coders
            )));
        }
        if self.unblinded {
            notes.push(Note::told(msg!("provenance.unblinded")));
        }
        notes
    }
}

/// Whose decisions a display counts, and how many units × dimensions stand how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What `--from` says.
    pub from: String,
    /// How many units × dimensions stand how.
    pub tally: Tally,
}

impl Counted {
    /// The footer of a display.
    #[must_use]
    pub fn note(&self) -> Note {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = self.tally;
        let n = self.tally.all();
        let message = if self.from == "final" {
            msg!(
                "counted.final",
                n = n,
                consensus = consensus,
                agreed = agreed,
                single = single,
                unsettled = unsettled,
                undecided = undecided
            )
        } else {
            msg!("counted.other", from = self.from, counted = counted, n = n)
        };
        Note::told(message)
    }

    /// The same for programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = self.tally;
        let of = self.tally.all();
        if self.from != "final" {
            return serde_json::json!({ "counted": counted, "of": of });
        }
        serde_json::json!({
            "counted": counted,
            "of": of,
            "consensus": consensus,
            "agreed": agreed,
            "single": single,
            "unsettled": unsettled,
            "undecided": undecided,
        })
    }
}
