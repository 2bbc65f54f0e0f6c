//! The user's guide, a page for each subject.
//!
//! - [`manifest`]: `smithlet.toml`, key by key
//! - [`overlays`]: what the model does not say, such as which members are secret
//! - [`updating`]: newer models, from a command or in a pull request
//! - [`build_script`]: generating in `build.rs`, the second choice
//! - [`differences`]: what is not as in the official crates
//!
//! The pages have no code.

pub mod build_script;
pub mod differences;
pub mod manifest;
pub mod overlays;
pub mod updating;
