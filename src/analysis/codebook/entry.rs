//! A codebook laid out flat: dimensions and codes in their order, each with what it lies beneath.

use crate::domain::codebook::{Code, Codebook, Dimension, Wording};
use crate::domain::localized::Localized;

/// One dimension or code, with its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// Its id.
    pub id: &'a str,
    /// The dimension it belongs to; its own id for a dimension.
    pub dimension: &'a str,
    /// What it lies beneath; absent for a dimension.
    pub parent: Option<&'a str>,
    /// How deep it lies: 0 for a dimension.
    pub depth: usize,
    /// Its wording.
    pub wording: &'a Wording,
    /// The dimension itself, if it is one.
    pub of_dimension: Option<&'a Dimension>,
    /// The code itself, if it is one.
    pub of_code: Option<&'a Code>,
    /// Codes directly beneath it.
    pub codes: &'a [Code],
}

impl<'a> Entry<'a> {
    /// Its ids of before.
    #[must_use]
    pub fn replaces(&self) -> Vec<&'a str> {
        let of_code = self.of_code.iter().flat_map(|it| &it.replaces).map(|it| it.as_str());
        let own = self.of_dimension.iter().flat_map(|it| &it.replaces).map(|it| it.as_str());
        of_code.chain(own).collect()
    }

    /// The codes that were merged into it.
    #[must_use]
    pub fn merged_from(&self) -> Vec<&'a str> {
        self.of_code.iter().flat_map(|it| &it.merged_from).map(|it| it.as_str()).collect()
    }

    /// Whether it is a dimension.
    #[must_use]
    pub fn is_dimension(&self) -> bool {
        self.parent.is_none()
    }
}

/// The texts of a wording with the names of their fields, examples apart.
pub(super) fn texts(wording: &Wording) -> [(&'static str, &Localized<String>); 5] {
    [
        ("name", &wording.name),
        ("brief", &wording.brief),
        ("definition", &wording.definition),
        ("use_when", &wording.use_when),
        ("not_when", &wording.not_when),
    ]
}

/// Every dimension and code, parents before what lies beneath.
#[must_use]
pub fn entries(codebook: &Codebook) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    for dimension in &codebook.dimensions {
        let id = dimension.id.as_str();
        all.push(Entry {
            id,
            dimension: id,
            parent: None,
            depth: 0,
            wording: &dimension.wording,
            of_dimension: Some(dimension),
            of_code: None,
            codes: &dimension.codes,
        });
        let mut path = vec![id];
        for (depth, code) in dimension.tree() {
            path.truncate(depth + 1);
            all.push(Entry {
                id: code.id.as_str(),
                dimension: id,
                parent: path.last().copied(),
                depth: depth + 1,
                wording: &code.wording,
                of_dimension: None,
                of_code: Some(code),
                codes: &code.codes,
            });
            path.push(code.id.as_str());
        }
    }
    all
}
