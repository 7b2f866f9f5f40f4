//! Rehearses the shop: `cargo run --example shop`, and `-- --help` for more.
//!
//! `SHOP_MISTAKE=retry-unknown-commit cargo run --example shop` builds a mistake in, and shows what
//! finds it.

use std::process::ExitCode;

use shop::ShopOptions;

#[path = "../harness/mod.rs"]
mod harness;

fn main() -> ExitCode {
    let Ok(name) = std::env::var("SHOP_MISTAKE") else {
        return stuntdouble_sim::main(harness::app(ShopOptions::default()));
    };
    match name.parse() {
        Ok(mistake) => {
            let app = harness::app(ShopOptions::with_mistake(mistake));
            let replay = format!("SHOP_MISTAKE={mistake} cargo run --example shop --");
            stuntdouble_sim::main(app.replay_command(replay))
        }
        Err(message) => {
            eprintln!("SHOP_MISTAKE: {message}");
            ExitCode::from(2)
        }
    }
}
