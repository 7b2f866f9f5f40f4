//! Scenario tests.
fn main() {}
