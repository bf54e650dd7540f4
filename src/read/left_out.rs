//! What a document holds besides what was said: counted, left out, and told.

use crate::domain::message::Message;
use crate::msg;

/// How much was left out of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct LeftOut {
    /// Pieces of text that the document hides.
    pub(super) hidden: u32,
    /// Deletions whose author is still tracked.
    pub(super) deleted: u32,
    /// Comments in the margin.
    pub(super) comments: u32,
    /// Footnotes and endnotes.
    pub(super) footnotes: u32,
    /// Headers and footers of pages that hold text.
    pub(super) headers: u32,
    /// Cells that the file declares to be shown again beside themselves.
    pub(super) repeated: u32,
    /// Parts of a web page that hold text and are not of it: title, scripts, menus, players.
    pub(super) furniture: u32,
    /// Documents and objects inside the document.
    pub(super) embedded: u32,
}

impl LeftOut {
    /// What the researcher should know of it.
    pub(super) fn notes(&self) -> Vec<Message> {
        let counted = [
            (self.hidden, msg!("import.note.hidden", n = self.hidden)),
            (self.deleted, msg!("import.note.deleted", n = self.deleted)),
            (self.comments, msg!("import.note.comments", n = self.comments)),
            (self.footnotes, msg!("import.note.footnotes", n = self.footnotes)),
            (self.headers, msg!("import.note.headers", n = self.headers)),
            (self.repeated, msg!("import.note.repeated", n = self.repeated)),
            (self.furniture, msg!("import.note.furniture", n = self.furniture)),
            (self.embedded, msg!("import.note.embedded", n = self.embedded)),
        ];
        counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, note)| note).collect()
    }
}
