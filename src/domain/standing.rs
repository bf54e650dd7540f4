//! Which of several answers to one question holds, and where two of one seq contradict one another.
//!
//! Two computers that each answered without the other give their rows the same seq. No clock says who came first: the
//! question is open until somebody answers it again.

use std::collections::BTreeMap;

/// What holds of rows that answer questions.
#[derive(Debug, Clone)]
pub struct Standing<Question, Row> {
    /// The last row on each question that is not contested.
    pub holds: BTreeMap<Question, Row>,
    /// Questions that two rows of one seq answer differently, and that seq.
    pub contested: BTreeMap<Question, u64>,
}

impl<Question: Ord + Clone, Row> Standing<Question, Row> {
    /// Folds rows in their order. A row without a seq is of before: its place in the order is all there is. `differ` says
    /// whether two rows answer differently.
    pub fn of(
        rows: impl IntoIterator<Item = (Question, Option<u64>, Row)>,
        differ: impl Fn(&Row, &Row) -> bool,
    ) -> Self {
        let mut all: BTreeMap<Question, So<Row>> = BTreeMap::new();
        for (question, seq, row) in rows {
            let so = all.entry(question).or_insert(So { last: None, holds: None, contested: None });
            let same = seq.filter(|seq| so.last == Some(*seq));
            match (same, &so.holds) {
                // A third row of that seq settles nothing.
                (Some(_), None) => continue,
                (Some(_), Some(before)) if differ(before, &row) => {
                    (so.holds, so.contested) = (None, same);
                    continue;
                }
                _ => {}
            }
            so.last = seq.or(so.last);
            (so.holds, so.contested) = (Some(row), None);
        }
        let contested =
            all.iter().filter_map(|(question, so)| Some((question.clone(), so.contested?)));
        let contested = contested.collect();
        let holds = all.into_iter().filter_map(|(question, so)| Some((question, so.holds?)));
        Self { holds: holds.collect(), contested }
    }
}

/// How one question stands so far.
struct So<Row> {
    /// The last seq that answered it.
    last: Option<u64>,
    holds: Option<Row>,
    contested: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(rows: &[(Option<u64>, char)]) -> (Option<char>, Option<u64>) {
        let rows = rows.iter().map(|(seq, answer)| ("q", *seq, *answer));
        let standing = Standing::of(rows, |one, other| one != other);
        (standing.holds.get("q").copied(), standing.contested.get("q").copied())
    }

    #[test]
    fn two_answers_of_one_seq_leave_the_question_open_until_it_is_answered_again() {
        assert_eq!(standing(&[(Some(1), 'a'), (Some(2), 'b')]), (Some('b'), None));
        assert_eq!(standing(&[(Some(1), 'a'), (Some(1), 'a')]), (Some('a'), None));
        assert_eq!(standing(&[(Some(1), 'a'), (Some(1), 'b')]), (None, Some(1)));
        assert_eq!(standing(&[(Some(1), 'a'), (Some(1), 'b'), (Some(1), 'a')]), (None, Some(1)));
        assert_eq!(standing(&[(Some(1), 'a'), (Some(1), 'b'), (Some(2), 'a')]), (Some('a'), None));
        assert_eq!(standing(&[(None, 'a'), (None, 'b')]), (Some('b'), None));
        assert_eq!(standing(&[(None, 'a'), (Some(1), 'b')]), (Some('b'), None));
    }
}
