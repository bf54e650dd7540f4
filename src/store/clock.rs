//! The one clock: what time it is, for rows that say when.

use crate::domain::time::Moment;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// Now, to the second.
    fn now(&self) -> Moment;
}

/// The computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let now = Moment::now();
        Moment::from_second(now.as_second()).unwrap_or(now)
    }
}

/// A clock that stands still, for tests and for examples that must come out the same.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Moment);

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}
