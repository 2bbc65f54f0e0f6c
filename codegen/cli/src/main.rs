//! The program behind `cargo smithlet`.

use mimalloc::MiMalloc;
use smithlet::report::Console;
use std::process::ExitCode;

/// The generator makes many small allocations, for which the system's allocator is slow.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    smithlet::cli::run(std::env::args_os(), &mut Console::of_the_process(&mut out, &mut err)).into()
}
