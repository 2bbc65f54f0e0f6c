//! The programs run, each against a conversation that is replayed by the SDK's own test double.

mod doubles;
mod mock;
mod replies;
mod runs;
