//! What a simulation costs beside its application: 50 calls of a cache, in a bare paused runtime, and as
//! whole simulations.
//!
//! `cargo bench -p stuntdouble-sim`. Each line is the time of one run of the workload.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use stuntdouble::layer::Latency;
use stuntdouble::layer::fault::Rule;
use stuntdouble::{Cache, ErrorKind, Result};
use stuntdouble_sim::{App, Scenario, World};

async fn calls(cache: &dyn Cache) -> Result<()> {
    for n in 0..25 {
        cache.incr("visits", 1).await?;
        cache.get(if n % 2 == 0 { "visits" } else { "price" }).await?;
    }
    Ok(())
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().expect("a runtime can be built")
}

/// A world, and the calls in it, in a bare runtime.
fn in_a_bare_runtime() {
    runtime().block_on(async {
        let world = World::new(42);
        calls(world.platform("api").cache()).await.expect("nothing fails");
    });
}

/// The time of `runs` simulations, one after the other.
#[allow(clippy::disallowed_methods, reason = "a bench reads the machine's clock")]
fn simulations(app: &App, scenario: &Scenario, runs: u64) -> Duration {
    let begun = Instant::now();
    let report = stuntdouble_sim::run(app, scenario, runs);
    assert!(report.passed(), "{report}");
    // As many at a time as there are cores: the cost is that of one core.
    begun.elapsed() * std::thread::available_parallelism().map_or(1, |n| n.get() as u32)
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("50 calls");
    group.sample_size(20);
    group.bench_function("world in a bare runtime", |b| b.iter(in_a_bare_runtime));
    group.bench_function("world in a bare runtime, on a thread of its own", |b| {
        b.iter(|| std::thread::spawn(in_a_bare_runtime).join().expect("nothing panics"));
    });
    let app = App::new("bench").workload("calls", |world: World| async move {
        calls(world.platform("api").cache()).await
    });
    let empty =
        App::new("bench").workload("nothing", |_| async { Ok::<(), stuntdouble::Error>(()) });
    let healthy = Scenario::new("healthy", "Nothing goes wrong.");
    group.bench_function("simulation of nothing", |b| {
        b.iter_custom(|runs| simulations(&empty, &healthy, runs));
    });
    group.bench_function("simulation", |b| {
        b.iter_custom(|runs| simulations(&app, &healthy, runs));
    });
    let late = Rule::on("cache.get").nth(7).delay(Latency::Fixed(Duration::from_secs(1)));
    let down = Rule::on("cache.incr").nth(26).fail_before(ErrorKind::Unavailable);
    let mut slow = healthy.rule(late).rule(down);
    slow.latency.default = Some(Latency::Fixed(Duration::from_millis(1)));
    // The second rule is made to fire as well.
    let visits_once_more = App::new("bench").workload("calls", |world: World| async move {
        let platform = world.platform("api");
        calls(platform.cache()).await?;
        let refused = platform.cache().incr("visits", 1).await;
        assert!(refused.is_err());
        Ok::<(), stuntdouble::Error>(())
    });
    group.bench_function("simulation with latency and two rules", |b| {
        b.iter_custom(|runs| simulations(&visits_once_more, &slow, runs));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
