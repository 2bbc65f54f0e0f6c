//! The program behind `cargo smithlet`.

fn main() {}
