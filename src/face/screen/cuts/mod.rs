//! The screens for cuts: looking at them one by one, and settling two ways of cutting.

mod draw;
mod review;
mod settle;

pub use review::ReviewFace;
pub use settle::SettleFace;
