//! The changes to a single call.

use super::engine::Engine;
use super::request::Edits;
use crate::config::Builder;
use std::fmt;

/// Another configuration for a call. It is a trait object, so that a program without such calls is linked without the code for them.
pub(crate) trait Override: fmt::Debug + Send + Sync {
    /// The same engine under the other configuration.
    fn apply(self: Box<Self>, engine: &Engine) -> Engine;
}

impl Override for Builder {
    fn apply(self: Box<Self>, engine: &Engine) -> Engine {
        engine.overridden(*self)
    }
}

/// The changes to a single call. The default changes nothing.
#[derive(Default)]
pub struct Customization {
    pub(crate) config_override: Option<Box<dyn Override>>,
    pub(crate) edits: Edits,
}

impl fmt::Debug for Customization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customization").field("config_override", &self.config_override).field("edits", &self.edits.len()).finish()
    }
}
