//! Sessions: somebody sits at a desk, and what she decides is kept.
//!
//! What a decision rests on (log, units, codebook, seal, lock) is looked at again before it is acknowledged. Where
//! it is no longer so, nothing is kept, the person is told why, and the session begins anew with what is now.

pub mod code;
pub mod resolve;
pub mod review;
pub mod settle;
pub mod undo;

use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::format::table::quotable;
use crate::msg;
use crate::store::Opened;

/// The coder of a name; an unknown one is refused with the known names.
///
/// # Errors
/// There is none of that name or id.
pub fn coder(opened: &Opened, name: &str) -> Result<CoderId, Failure> {
    let known = &opened.study.settings.coders;
    if let Some(coder) = known.iter().find(|it| it.id.as_str() == name || it.name == name) {
        return Ok(coder.id.clone());
    }
    let known: Vec<&str> = known.iter().map(|it| it.id.as_str()).collect();
    Err(Failure::Usage(
        msg!("gate.coder", coder = quotable(name)),
        msg!("gate.coder.fix", known = known.join(", ")),
    ))
}
