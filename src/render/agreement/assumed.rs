//! What a file of codings was taken for: which answers are in use, whose they are, what was assumed.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::AgreementReport;
use crate::analysis::codings::WHOLE;
use crate::domain::message::Message;
use crate::msg;
use crate::render::document::Note;

/// So many answers are listed.
const ANSWERS: usize = 30;
/// So many coders, and pairs of them, are listed.
const CODERS: usize = 30;

impl AgreementReport {
    /// What is said beneath the table, or beside a form that holds figures alone.
    pub(super) fn assumed_notes(&self) -> Vec<Note> {
        let mut said = self.assumed.clone();
        self.inventory(&mut said);
        self.two_categories(&mut said);
        said.into_iter().map(Note::assumed).collect()
    }

    /// Answers, coders and pairs with their counts, for programs.
    pub(super) fn inventory_json(&self) -> Option<Json> {
        let inventory = self.inventory.as_ref()?;
        let answers = |(dimension, answers): &(String, Vec<(String, u64)>)| {
            let one = |(answer, n): &(String, u64)| json!({ "answer": answer, "n": n });
            json!({ "dimension": dimension, "answers": answers.iter().map(one).collect::<Vec<_>>() })
        };
        let decided = |(coder, n): &(String, u64)| json!({ "coder": coder, "units": n });
        let shared =
            |(one, other, n): &(String, String, u64)| json!({ "coders": [one, other], "units": n });
        Some(json!({
            "answers": inventory.answers.iter().map(answers).collect::<Vec<_>>(),
            "decided": inventory.decided.iter().map(decided).collect::<Vec<_>>(),
            "shared": inventory.shared.iter().map(shared).collect::<Vec<_>>(),
        }))
    }

    fn inventory(&self, said: &mut Vec<Message>) {
        let Some(inventory) = &self.inventory else { return };
        for (dimension, answers) in &inventory.answers {
            let one = |(answer, n): &(String, u64)| format!("{answer} ({n})");
            let list: Vec<String> = answers.iter().take(ANSWERS).map(one).collect();
            let (n, list, more) =
                (answers.len(), list.join(", "), answers.len().saturating_sub(ANSWERS));
            said.push(match (dimension == WHOLE, more) {
                (true, 0) => msg!("agree.said.answers", n = n, list = list),
                (true, _) => msg!("agree.said.answers_more", n = n, list = list, more = more),
                (false, 0) => {
                    msg!("agree.said.answers_in", dimension = dimension, n = n, list = list)
                }
                (false, _) => {
                    msg!(
                        "agree.said.answers_in_more",
                        dimension = dimension,
                        n = n,
                        list = list,
                        more = more
                    )
                }
            });
        }
        let decided: Vec<String> = inventory
            .decided
            .iter()
            .take(CODERS)
            .map(|(coder, n)| format!("{coder} ({n})"))
            .collect();
        said.push(msg!(
            "agree.said.decided",
            n = inventory.decided.len(),
            list = shortened(decided, inventory.decided.len())
        ));
        let pairs = &inventory.shared;
        if inventory.decided.len() > 2 {
            let shared: Vec<String> = pairs
                .iter()
                .take(CODERS)
                .map(|(one, other, n)| format!("{one} & {other} ({n})"))
                .collect();
            said.push(msg!("agree.said.shared", list = shortened(shared, pairs.len())));
        } else if let [(_, _, n)] = pairs.as_slice() {
            said.push(msg!("agree.said.both", n = n));
        }
        for (coder, answers) in &inventory.apart {
            let list = shortened(answers.iter().take(10).cloned().collect(), answers.len());
            said.push(msg!("agree.said.apart", coder = coder, list = list));
        }
    }

    /// Which of two answers was the positive one, and who gave it more often.
    fn two_categories(&self, said: &mut Vec<Message>) {
        let rows = || self.agreement.groups.iter().flat_map(|group| &group.rows);
        let mut named: BTreeSet<(&str, &str)> = BTreeSet::new();
        for row in rows() {
            if let Some(positive) = &row.positive
                && named.insert((row.about.name(), positive))
            {
                said.push(if row.about.name() == WHOLE {
                    msg!("agree.said.positive", answer = positive)
                } else {
                    msg!("agree.said.positive_in", name = row.about.name(), answer = positive)
                });
            }
        }
        for group in &self.agreement.groups {
            for row in &group.rows {
                if let Some(coder) = &row.more_often {
                    let name = match &group.name {
                        Some(group) => format!("{group}, {}", row.about.name()),
                        None => row.about.name().to_owned(),
                    };
                    said.push(msg!("agree.said.more_often", coder = coder, name = name));
                }
            }
        }
    }
}

/// A list of the first, and how many more there are.
fn shortened(list: Vec<String>, all: usize) -> String {
    let more = all - list.len();
    let list = list.join(", ");
    if more > 0 { format!("{list}, … (+{more})") } else { list }
}
