//! Checklists of what a report has to say: data, so that another one needs no code.

use serde::Deserialize;

use super::yaml;
use crate::domain::problem::Problem;

/// The checklists that come with the program.
const OWN: [(&str, &str); 2] = [
    ("coreq.yaml", include_str!("checklists/coreq.yaml")),
    ("srqr.yaml", include_str!("checklists/srqr.yaml")),
];

/// One checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// What it is called.
    pub name: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number.
    pub id: String,
    /// What it asks, in English.
    pub en: String,
    /// What it asks, in Spanish.
    pub es: String,
    /// Which recorded fact answers it; empty where only the authors can.
    pub fact: String,
}

/// The checklists that come with the program.
///
/// # Errors
/// One of them is broken: the first problem.
pub fn own() -> Result<Vec<Checklist>, Box<Problem>> {
    OWN.into_iter().map(|(file, text)| yaml::read(file, text.as_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checklists_have_all_their_items() {
        let known: Vec<(String, usize)> =
            own().unwrap().into_iter().map(|it| (it.name, it.items.len())).collect();
        assert_eq!(known, [("COREQ".to_owned(), 32), ("SRQR".to_owned(), 21)]);
    }
}
