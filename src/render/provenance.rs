//! What is said of where a result comes from.

use super::document::Note;
use super::number;
use crate::analysis::decisions::{Reasons, Tally};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::comparison::{Codes, Stage};
use crate::domain::message::Message;
use crate::msg;

impl Provenance {
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
        if let Some((filter, n)) = &self.filter {
            notes.push(Note::told(msg!("provenance.where", filter = filter, n = n)));
        }
        for waiting in &self.waiting {
            let coders: Vec<&str> = waiting.coders.iter().map(|coder| coder.as_str()).collect();
            let coders = coders.join(", ");
            notes.push(Note::told(msg!(
                "provenance.waiting",
                case = waiting.case,
                coders = coders
            )));
        }
        for coder in &self.unasked {
            notes.push(Note::told(msg!("provenance.unasked", coder = coder)));
        }
        for coder in &self.excluded {
            notes.push(Note::told(msg!("provenance.excluded", coder = coder)));
        }
        if self.unblinded {
            notes.push(Note::told(msg!("provenance.unblinded")));
        }
        let (none, rest) = self.none;
        if rest > 0 {
            let share = number::shown(share(rest, none));
            notes.push(Note::told(msg!(
                "provenance.rest",
                none = none,
                rest = rest,
                share = share
            )));
        }
        notes.extend(self.said().into_iter().map(Note::assumed));
        notes
    }

    /// The condition under which units are in the result.
    #[must_use]
    pub fn condition(&self) -> Option<&str> {
        self.filter.as_ref().map(|(filter, _)| filter.as_str())
    }

    /// What is said of a result in every form: which decisions these are, and what was left out.
    #[must_use]
    pub fn said(&self) -> Vec<Message> {
        let left = &self.left_out;
        let (later, late) = (left.later, left.late);
        let mut said = Vec::new();
        for (coder, facts) in &self.machines {
            said.push(match facts.is_empty() {
                true => msg!("provenance.machine_untold", coder = coder),
                false => msg!("provenance.machine", coder = coder, facts = facts),
            });
        }
        for (coder, n) in &self.open_to {
            said.push(msg!("provenance.open_to", coder = coder, n = n));
        }
        match self.stage {
            Stage::All => {}
            Stage::Independent if later == 0 => {}
            Stage::Independent => said.push(msg!("left_out.later", n = later)),
            Stage::After => said.push(msg!("provenance.stage_after")),
        }
        if !self.measured.is_empty() {
            let rounds = self.measured.join(", ");
            said.push(msg!("left_out.measured", n = self.measured.len(), rounds = rounds));
        }
        said.extend(self.wordings.said());
        match self.codes {
            Some((Codes::Decided, _)) => said.push(msg!("provenance.codes_decided")),
            Some((Codes::Current, n)) => said.push(msg!("provenance.codes_current", n = n)),
            None => {}
        }
        for (n, message) in [
            (late, msg!("left_out.late", n = late)),
            (left.recut, msg!("left_out.recut", n = left.recut)),
            (left.replaced, msg!("left_out.replaced", n = left.replaced)),
            (left.withdrawn, msg!("left_out.withdrawn", n = left.withdrawn)),
            (left.withdrawn_in, msg!("left_out.withdrawn_in", n = left.withdrawn_in)),
        ] {
            if n > 0 {
                said.push(message);
            }
        }
        said
    }

    /// The same for programs: each kind by name, those that are 0 left out.
    #[must_use]
    pub fn left_out_json(&self) -> serde_json::Value {
        let left = &self.left_out;
        let kinds = [
            ("after_seal", left.late),
            ("after_comparison", left.later),
            ("recut", left.recut),
            ("replaced_text", left.replaced),
            ("withdrawn", left.withdrawn),
            ("withdrawn_share", left.withdrawn_in),
        ];
        let kinds = kinds.into_iter().filter(|(_, n)| *n > 0);
        kinds.map(|(kind, n)| (kind.to_owned(), serde_json::json!(n))).collect()
    }
}

#[allow(clippy::cast_precision_loss)] // a study has fewer decisions than 2^53
fn share(part: u64, of: u64) -> f64 {
    part as f64 / of as f64
}

impl Counted {
    /// The footer of a display: how everything stands, and why what is not counted is not.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        std::iter::once(self.note()).chain(self.why().into_iter().map(Note::told)).collect()
    }

    fn note(&self) -> Note {
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

    /// What is behind the figures of the footer; what is 0 is not said.
    fn why(&self) -> Vec<Message> {
        let Reasons { waiting, superseded, reopened, gone: _ } = &self.reasons;
        let mut why = Vec::new();
        if self.from == "final" {
            for (coder, n) in waiting {
                why.push(msg!("counted.waiting", n = n, coder = coder));
            }
            if *superseded > 0 {
                why.push(msg!("counted.superseded", n = superseded));
            }
            if *reopened > 0 {
                why.push(msg!("counted.reopened", n = reopened));
            }
        }
        why
    }

    /// The same for programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let Tally { consensus, agreed, single, unsettled, undecided, counted } = self.tally;
        let of = self.tally.all();
        if self.from != "final" {
            return serde_json::json!({ "counted": counted, "of": of });
        }
        let mut object = serde_json::json!({
            "counted": counted,
            "of": of,
            "consensus": consensus,
            "agreed": agreed,
            "single": single,
            "unsettled": unsettled,
            "undecided": undecided,
        });
        let Reasons { waiting, superseded, reopened, gone } = &self.reasons;
        for (key, n) in [("superseded", superseded), ("reopened", reopened), ("code_gone", gone)] {
            if *n > 0 {
                object[key] = serde_json::json!(n);
            }
        }
        for (coder, n) in waiting {
            object["waiting"][coder.as_str()] = serde_json::json!(n);
        }
        object
    }
}
