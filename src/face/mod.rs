//! The faces of the desk: they read a line or a key, step the machine, let its keeper do the effect, and only
//! then confirm and draw. What is decided, and in what order, is the desk's alone.

pub mod lines;
#[cfg(feature = "screen")]
pub mod screen;
mod stretch;
pub mod summary;

pub use lines::Talk;
