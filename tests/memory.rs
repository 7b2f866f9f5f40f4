//! What a recorded call costs in memory: the allocations that a run of calls leaves behind.
//!
//! In a test binary of its own, since it counts every allocation of the process.

use std::alloc::System;
use std::sync::Arc;
use std::time::Duration;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use stuntdouble::fake::{Environment, FakeCache};
use stuntdouble::layer::Recorder;
use stuntdouble::stack::Stack;
use stuntdouble::trace::Trace;
use stuntdouble::{Cache, intercept};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A multiple of the trace's segments, so that no spare room counts.
const CALLS: usize = 20 * 256;

/// The bytes that each call leaves behind, with the trace and without it.
async fn bytes_for_each(call: impl AsyncFn(&dyn Cache, &str)) -> f64 {
    let growth = async |trace: Option<&Trace>| {
        let environment = Environment::seeded(42);
        let builder = Stack::builder("api", environment.clock().clone());
        let stack = match trace {
            Some(trace) => builder.layer(Recorder::new(trace)).build(),
            None => builder.build(),
        };
        let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&environment)));
        cache.set("price:7", "1250".into(), None).await.unwrap();
        let region = Region::new(ALLOCATOR);
        for _ in 0..CALLS {
            call(&*cache, "price:7").await;
        }
        let change = region.change();
        // What a reallocation adds or gives back is counted as allocated or deallocated.
        (change.bytes_allocated as f64 - change.bytes_deallocated as f64) / CALLS as f64
    };
    let trace = Trace::new();
    let recorded = growth(Some(&trace)).await;
    assert_eq!(trace.len(), CALLS + 1);
    recorded - growth(None).await
}

#[tokio::test(start_paused = true)]
async fn a_recorded_call_takes_less_than_200_bytes() {
    let get = bytes_for_each(async |cache, key| drop(cache.get(key).await.unwrap())).await;
    let set = bytes_for_each(async |cache, key| {
        cache.set(key, "1250".into(), Some(Duration::from_secs(60))).await.unwrap();
    })
    .await;
    println!("cache.get {get:.0} bytes, cache.set {set:.0} bytes");
    assert!(get < 200.0, "cache.get: {get:.0} bytes");
    assert!(set < 200.0, "cache.set: {set:.0} bytes");
}
