//! The faces of the desk: they read a line, step the machine, let `store` do the effect, and only then
//! confirm and draw. What is decided, and in what order, is the desk's alone.

pub mod coding;
pub mod consensus;
mod cuts;
mod passage;
mod question;
pub mod replace;
pub mod review;
pub mod settle;
mod talk;
use crate::render::wrap;

pub use talk::Talk;
