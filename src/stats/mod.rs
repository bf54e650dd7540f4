//! Agreement between coders, its standard errors and intervals: numbers in, numbers out.
//!
//! Nothing here knows a study, a codebook or a file, so that every figure can be held against the
//! paper that defines it. One file per family of measures; each public function names its source.
//! Only `+ - * /`, the square root and the `libm` crate reach a result, so that equal input gives
//! equal bytes on every platform.
//!
//! The measures of categories read [`Ratings`], a table of answer patterns whose size does not grow
//! with the number of units; those of sets of codes read [`SetRatings`].

pub mod accuracy;
pub mod agreement;
mod alignment;
pub mod alpha;
mod answers;
mod assignment;
pub mod bootstrap;
pub mod coefficient;
pub mod cohen;
pub mod continuum;
pub mod elsewhere;
pub mod gamma;
pub mod measure;
pub mod ordered;
mod packing;
mod pair_table;
pub mod random;
pub mod ratings;
mod ratings_builder;
pub mod scott;
pub mod segmentation;
pub mod set_alpha;
mod set_overlaps;
pub mod set_ratings;
pub mod shared_codes;
pub mod student;
pub mod two_categories;
pub mod unitizing;

pub use answers::SetDistance;
pub use bootstrap::{PatternTable, Plan, Resampled, resample_cases, resample_units};
pub use coefficient::{Coefficient, Estimate, Undefined};
pub use continuum::{Continuum, Marked};
pub use measure::{Measure, UnknownMeasure, nominal, sets};
pub use ordered::Weights;
pub use ratings::Ratings;
pub use ratings_builder::RatingsBuilder;
pub use segmentation::Segmentation;
pub use set_ratings::SetRatings;
pub use two_categories::FourCounts;
