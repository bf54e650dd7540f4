//! What a file of codings says, read and numbered.

use super::Reading;
use super::meaning::Meanings;
use super::reader::Raw;
use crate::domain::message::Message;

/// A file of codings, read and numbered.
pub struct CodingsFile {
    /// The coders, in order of appearance, or as they were asked for.
    pub coders: Vec<String>,
    /// The dimensions, in order of appearance; none if the file has no such column.
    pub dimensions: Vec<String>,
    /// The rounds, in order of appearance; none if the file has no such column.
    pub rounds: Vec<String>,
    /// The cases, in order of appearance; none if the file has no such column.
    pub cases: Vec<String>,
    /// What was assumed of the file, a sentence each.
    pub assumed: Vec<Message>,
    pub(super) raw: Raw,
    /// Per coder its column in `raw`.
    pub(super) columns: Vec<usize>,
    pub(super) meanings: Meanings,
    pub(super) reading: Reading,
    /// Whether each column is a coder, so that no answer can be absent.
    pub(super) wide: bool,
    /// How many units there are that the file does not name.
    pub(super) unnamed: usize,
}
