//! Runs the programs with replies that the SDK's test client replays.

mod doubles;
mod mock;
mod replay;
mod replies;
mod runs;
