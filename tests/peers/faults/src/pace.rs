//! A clock and timer that run faster than real time.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use std::time::{Duration, Instant, SystemTime};

/// A clock that starts at a given time, and a timer. Both are faster than the machine's by a factor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    factor: u32,
    set_to: SystemTime,
    made: Instant,
}

impl Pace {
    pub(crate) fn new(factor: u32, set_to: SystemTime) -> Self {
        Self { factor, set_to, made: Instant::now() }
    }

    /// The time of this clock since its start.
    pub(crate) fn passed(&self) -> Duration {
        self.made.elapsed() * self.factor
    }
}

impl TimeSource for Pace {
    fn now(&self) -> SystemTime {
        self.set_to + self.passed()
    }
}

impl AsyncSleep for Pace {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / self.factor))
    }
}
