//! The program behind `cargo smithlet`.

use smithlet::report::Console;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    smithlet::cli::run(std::env::args_os(), &mut Console::of_the_process(&mut out, &mut err)).into()
}
