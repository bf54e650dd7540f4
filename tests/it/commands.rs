//! The commands that show and change lists, hand over, look back and export, as a person sees them.

mod codebook;
mod export;
mod files;
mod lists;
mod manual;
mod memos;
mod merge;
mod sealing;
mod theme;
mod trail;
