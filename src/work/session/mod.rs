//! Sessions: somebody sits at a desk, and what she decides is kept.
//!
//! What a decision rests on (log, units, codebook, seal, lock) is looked at again before it is acknowledged. Where
//! it is no longer so, nothing is kept, the person is told why, and the session begins anew with what is now.

pub mod before;
pub mod chosen;
pub mod code;
mod disputed;
pub mod resolve;
pub mod review;
pub mod settle;
pub mod undo;

use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::store::Opened;

/// The coder of a name; an unknown one is refused with the known names.
///
/// # Errors
/// There is none of that name or id.
pub fn coder(opened: &Opened, name: &str) -> Result<CoderId, Failure> {
    Ok(opened.study.find_coder(name)?.id.clone())
}
