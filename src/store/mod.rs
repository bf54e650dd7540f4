//! The only place that opens files, takes locks and knows the clock.
//!
//! `disk.rs` is the small door to the operating system; everything else goes through it, so that a
//! simulated disk can cut the power after any operation. `load.rs` reads a study, `gate.rs` decides who
//! may see whose decisions, the other files write: logs by appending, lists by replacing.

mod apart;
mod append;
mod assigned;
mod begin;
mod beside;
mod change_codebook;
mod change_units;
mod check;
mod check_yaml;
mod clock;
mod coders;
mod coding;
mod consensus;
mod copies;
mod cuts;
mod disclosed;
mod disk;
mod folder;
mod gate;
mod given;
mod guide;
mod handover;
mod holding;
pub mod layout;
mod lists;
mod load;
mod lock_units;
mod looks;
mod merge;
mod names;
mod people;
mod picked;
mod proposals;
mod records;
mod regular;
mod replace;
mod replace_text;
mod seal;
mod seal_before;
mod seal_state;
mod sealed;
mod seen;
mod settle;
mod shared;
mod study;
mod take_in;
mod together;
mod versions;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod cuts_tests;
#[cfg(test)]
mod devices_tests;
#[cfg(test)]
mod interleaved_tests;
#[cfg(test)]
mod seal_tests;
#[cfg(test)]
pub(crate) mod simulated;
#[cfg(test)]
pub(crate) mod small_study;
#[cfg(test)]
mod study_tests;
#[cfg(test)]
mod together_tests;

pub use begin::{Everything, Lists, Locks, Writing};
pub use beside::Beside;
pub use change_codebook::Revised;
pub use change_units::UnitChange;
pub use clock::{Clock, FixedClock, SystemClock};
pub use coders::{AskedFor, Turn};
pub use coding::{Coding, LogWriter};
pub use consensus::{ConsensusWriter, Settling};
pub use cuts::{CutsWriter, Cutting, OpenCuts, Unitiser};
pub use disk::{Disk, FileState, Held, SystemDisk};
pub use folder::Folder;
pub use gate::{Unblind, Wish};
pub use given::{Given, given_files, is_same_file};
pub use handover::{HandedIn, HandedLog};
pub use load::{Opened, Survey, load, load_for, survey};
pub use looks::Looks;
pub use picked::{PickWriter, Picked};
pub use proposals::ProposalWriter;
pub use records::{EventWriter, MemoWriter};
pub use regular::{Odd, head_of_given, read_given};
pub use replace::{is_inside_a_repository, is_inside_a_study};
pub use replace_text::Replacement;
pub use seal::SealWish;
pub use seal_state::SealState;
pub use settle::{SettleWriter, SettlingCuts};
pub use shared::Shared;
pub use study::{Imported, NewStudy};
pub use take_in::{TakeIn, Taken, TakingIn};
pub use versions::VersionUse;
