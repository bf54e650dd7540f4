//! Columns that are one coder's in one dimension each, as in `ann_trust`, `bo_trust`.

use std::collections::BTreeSet;

/// Headings that are pairs of a coder and something coded, as in `ann_trust`, `bo_trust`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs {
    /// What stands before the mark, in order of appearance.
    pub(super) before: Vec<String>,
    /// What stands after it.
    pub(super) after: Vec<String>,
    /// Per heading, its places in both.
    pub(super) places: Vec<(usize, usize)>,
}

impl Pairs {
    /// The pairs that all of these headings make: each of both sides with each, and two or more on either side.
    pub(super) fn of(headings: &[&str]) -> Option<Self> {
        const MARKS: [&str; 9] = ["__", "_", ".", ":", "/", "|", " - ", "-", " "];
        let first = |mark: &&str| Self::parted_at(headings, mark);
        MARKS.iter().find_map(first)
    }

    fn parted_at(headings: &[&str], mark: &str) -> Option<Self> {
        // A name may hold the mark itself: the first or the last of them parts.
        let first: Option<Vec<_>> = headings.iter().map(|it| it.split_once(mark)).collect();
        let last: Option<Vec<_>> = headings.iter().map(|it| it.rsplit_once(mark)).collect();
        Self::grid(&first?).or_else(|| Self::grid(&last?))
    }

    fn grid(parts: &[(&str, &str)]) -> Option<Self> {
        let mut pairs = Self { before: Vec::new(), after: Vec::new(), places: Vec::new() };
        let place = |list: &mut Vec<String>, name: &str| {
            let name = name.trim().trim_matches(['(', ')', '[', ']']);
            list.iter().position(|it| it == name).unwrap_or_else(|| {
                list.push(name.to_owned());
                list.len() - 1
            })
        };
        for (before, after) in parts {
            if before.trim().is_empty() || after.trim().is_empty() {
                return None;
            }
            let at = (place(&mut pairs.before, before), place(&mut pairs.after, after));
            pairs.places.push(at);
        }
        let distinct: BTreeSet<&(usize, usize)> = pairs.places.iter().collect();
        let (before, after) = (pairs.before.len(), pairs.after.len());
        let full = distinct.len() == parts.len() && parts.len() == before * after;
        (full && before > 1 && after > 1).then_some(pairs)
    }

    /// The same with both sides changed.
    pub(super) fn turned(self) -> Self {
        let places = self.places.into_iter().map(|(before, after)| (after, before)).collect();
        Self { before: self.after, after: self.before, places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_coders_and_codes_make_a_whole_grid() {
        let pairs = Pairs::of(&["ann_trust", "bo_trust", "ann_cost", "bo_cost"]).unwrap();
        assert_eq!(
            (pairs.before, pairs.after),
            (vec!["ann".into(), "bo".into()], vec!["trust".into(), "cost".into()])
        );
        assert_eq!(Pairs::of(&["coder_1", "coder_2"]), None);
        assert_eq!(Pairs::of(&["ann_trust", "bo_trust", "ann_cost"]), None);
        assert!(
            Pairs::of(&["coder 1.code a", "coder 1.code b", "coder 2.code a", "coder 2.code b"])
                .is_some()
        );
        let bracketed =
            Pairs::of(&["trust (ann)", "trust (bo)", "cost (ann)", "cost (bo)"]).unwrap();
        assert_eq!(bracketed.after, ["ann", "bo"]);
    }
}
