//! What one rehearsal of the shop costs, with all that belongs to it: a fresh world, a migrated database,
//! the calls, the invariants. On one core, as if there were only one.
//!
//! `cargo bench -p shop`. The goal is less than 300 µs.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use shop::ShopOptions;
use stuntdouble_sim::{App, Scenario};

#[path = "../harness/mod.rs"]
mod harness;

#[allow(clippy::disallowed_methods, reason = "a bench reads the machine's clock")]
fn rehearsals(app: &App, scenario: &Scenario, runs: u64) -> Duration {
    let begun = Instant::now();
    let report = stuntdouble_sim::run(app, scenario, runs);
    assert!(report.passed(), "{report}");
    // As many at a time as there are cores: the cost is that of one core.
    begun.elapsed() * std::thread::available_parallelism().map_or(1, |n| n.get() as u32)
}

fn benches(criterion: &mut Criterion) {
    let app = harness::app(ShopOptions::default());
    let mut group = criterion.benchmark_group("shop");
    group.sample_size(20);
    for name in ["healthy", "database_conflicts"] {
        let file = format!("{}/../../scenarios/shop/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let mut scenario = Scenario::load(file, &app.catalog()).expect("the scenario can be read");
        // Rendering one trace in each measurement is no part of a run.
        scenario.expect.snapshot = false;
        group.bench_function(name, |b| b.iter_custom(|runs| rehearsals(&app, &scenario, runs)));
    }
    group.finish();
}

criterion_group!(healthy, benches);
criterion_main!(healthy);
