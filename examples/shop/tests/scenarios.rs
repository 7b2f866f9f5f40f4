//! Each scenario file is a test of its own name.

use std::process::ExitCode;

use shop::ShopOptions;

#[path = "../harness/mod.rs"]
mod harness;

fn main() -> ExitCode {
    stuntdouble_sim::test_main(harness::app(ShopOptions::default()))
}
