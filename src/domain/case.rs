//! Cases: what is compared, with attributes of the team's own choosing.

use super::id::CaseId;

/// What is compared: here a community, with one focus group each; it may have several transcripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its name as people write it.
    pub name: String,
    /// Values of the attribute columns, in the order of the file's header.
    pub attributes: Vec<String>,
}
