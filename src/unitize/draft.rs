//! What import found in a file, before anything is written: paragraphs, labels and why they are taken for
//! speakers, and what was not.

use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::domain::time::Offset;

/// A transcript as it was found in a file: what `import --preview` shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The paragraphs, in order.
    pub paragraphs: Vec<DraftParagraph>,
    /// The labels taken for speakers, in order of first appearance.
    pub labels: Vec<Label>,
    /// What looked like a label and was left in the text, in order of first appearance.
    pub rejected: Vec<Rejected>,
    /// What the researcher should know about the file.
    pub notes: Vec<Message>,
}

/// One paragraph of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftParagraph {
    /// Where it is in the recording, if the file says so.
    pub time: Option<Offset>,
    /// Who speaks: the place in [`Draft::labels`]; absent for headings, remarks and what comes before
    /// the first label.
    pub label: Option<usize>,
    /// What was said, without label and time.
    pub text: String,
    /// Where it begins: the line of the file, or the paragraph of the document, from 1.
    pub line: u32,
}

/// A label taken for a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As it stands where it is first met, without colon, brackets and time.
    pub text: String,
    /// Other ways in which the file writes it, taken for the same.
    pub spellings: Vec<String>,
    /// How often it stands in the file.
    pub times: u32,
    /// How many turns it has: runs of paragraphs by this speaker.
    pub turns: u32,
    /// Unicode words said under it.
    pub words: u64,
    /// Where it is first met: the line of the file, or the paragraph of the document, from 1.
    pub first: u32,
    /// What this speaker seems to do.
    pub role: Role,
    /// Why it was taken for a speaker.
    pub why: Message,
    /// Why it was given this role.
    pub why_role: Message,
    /// Whether it looks like the name of a person, which should not stay in a study.
    pub looks_personal: bool,
    /// Whether the file names nobody here: who speaks where no label stands.
    pub unnamed: bool,
}

/// Something that looked like a label and was left in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// What stands where a label would.
    pub text: String,
    /// How often.
    pub times: u32,
    /// Where it is first met.
    pub first: u32,
    /// Why it was not taken for a speaker.
    pub why: Message,
}

impl Draft {
    /// Whether anybody was found to speak.
    #[must_use]
    pub fn has_speakers(&self) -> bool {
        !self.labels.is_empty()
    }

    /// The labels that moderate.
    pub fn moderators(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| label.role == Role::Moderator)
    }
}
