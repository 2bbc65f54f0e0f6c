//! Settings for tests, for the cargo feature `test-util`.

use super::{Builder, Credentials, Region, SharedCredentialsProvider, SharedTimeSource};
use aws_smithy_async::time::StaticTimeSource;
use std::time::{Duration, UNIX_EPOCH};

/// The time at which a client under test signs its requests, since 1970.
const NOW: Duration = Duration::from_secs(1_234_567_890);

impl Builder {
    /// Makes requests the same in every run: sets a fixed clock and invalid credentials.
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        self.set_time_source(Some(SharedTimeSource::new(StaticTimeSource::new(UNIX_EPOCH + NOW))));
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(Credentials::for_tests())))
    }

    /// See [`apply_test_defaults`](Self::apply_test_defaults).
    #[must_use]
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// Sets the same, and the region `us-east-1` if there is none yet.
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        if self.settings.region.is_none() {
            self.set_region(Some(Region::from_static("us-east-1")));
        }
        self
    }

    /// See [`apply_test_defaults_v2`](Self::apply_test_defaults_v2).
    #[must_use]
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }
}
