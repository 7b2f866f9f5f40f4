//! What interception and recording cost, against the bare double and against other ways to record.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use criterion::{BatchSize, Criterion, criterion_group};
use stuntdouble::fake::{Environment, FakeCache};
use stuntdouble::layer::{FaultLayer, Recorder, Rule};
use stuntdouble::mock::MockCache;
use stuntdouble::stack::{Layer, Stack};
use stuntdouble::trace::Trace;
use stuntdouble::{Cache, Clock, Entropy, ErrorKind, Result, intercept};
use support::{Check, Goal, check};

/// Calls for each iteration: enough to make the set-up small, few enough for the trace to stay in cache.
const CALLS: usize = 256;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

fn intercepted(
    inner: Arc<dyn Cache>,
    environment: &Environment,
    layers: Vec<Arc<dyn Layer>>,
) -> Arc<dyn Cache> {
    let trace = Trace::new();
    let clock = environment.clock().clone();
    let builder = Stack::builder("api", clock).layer(Recorder::new(&trace));
    let stack =
        layers.into_iter().fold(builder, |builder, layer| builder.shared_layer(layer)).build();
    intercept::cache(&stack, inner)
}

/// The usual way to record by hand: a JSON value for each call, with what a trace knows of it.
struct NaiveRecorder {
    inner: Arc<dyn Cache>,
    clock: Arc<dyn Clock>,
    calls: Mutex<Vec<serde_json::Value>>,
}

#[async_trait]
impl Cache for NaiveRecorder {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        let started = self.clock.elapsed().as_nanos() as u64;
        let result = self.inner.get(key).await;
        let ended = self.clock.elapsed().as_nanos() as u64;
        let answer = match &result {
            Ok(Some(bytes)) => serde_json::json!({ "ok": bytes.to_vec() }),
            Ok(None) => serde_json::json!({ "ok": null }),
            Err(error) => serde_json::json!({ "error": error.to_string() }),
        };
        let mut calls = self.calls.lock().unwrap();
        let call = serde_json::json!({
            "id": calls.len(),
            "parent": null,
            "node": "api",
            "service": "cache",
            "method": "get",
            "nth": calls.len() + 1,
            "args": { "key": key },
            "outcome": answer,
            "started": started,
            "ended": ended,
        });
        calls.push(call);
        result
    }

    async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()> {
        self.inner.set(key, value, ttl).await
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        self.inner.delete(key).await
    }

    async fn exists(&self, key: &str) -> Result<bool> {
        self.inner.exists(key).await
    }

    async fn incr(&self, key: &str, by: i64) -> Result<i64> {
        self.inner.incr(key, by).await
    }

    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool> {
        self.inner.set_if_absent(key, value, ttl).await
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        self.inner.get_many(keys).await
    }
}

fn faults(rules: impl Iterator<Item = Rule>) -> Arc<dyn Layer> {
    Arc::new(FaultLayer::new(rules, Entropy::new(1), &intercept::SERVICES).unwrap())
}

/// Rules on the method that is called, which fail on something else each.
fn near_miss(n: usize) -> Rule {
    let when = Rule::on("cache.get").named(format!("rule {n}"));
    let when = match n % 4 {
        0 => when.key(format!("stock:{n}*")),
        1 => when.nth(1_000_000),
        2 => when.after(Duration::from_secs(3600)),
        _ => when.key(format!("*:coffee{n}")),
    };
    when.fail_before(ErrorKind::Unavailable)
}

/// What services keep in caches: a small document.
const DOCUMENT: &[u8] =
    br#"{"sku":"tea","cents":1999,"currency":"EUR","changed":"2030-01-01T00:00:00Z"}"#;

fn mock() -> Arc<dyn Cache> {
    let mut mock = MockCache::new();
    mock.expect_get().returning(|_| Ok(Some(Bytes::from_static(DOCUMENT))));
    Arc::new(mock)
}

fn cache_get(criterion: &mut Criterion) {
    let runtime = runtime();
    let _guard = runtime.enter();
    let environment = Environment::seeded(1);
    let fake = FakeCache::new(&environment);
    runtime.block_on(fake.set("price:tea", Bytes::from_static(DOCUMENT), None)).unwrap();
    let fake: Arc<dyn Cache> = Arc::new(fake);

    let mut group = criterion.benchmark_group("cache.get");
    let mut bench = |name: &str, make: &dyn Fn() -> Arc<dyn Cache>| {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                make,
                |cache| {
                    runtime.block_on(async {
                        for _ in 0..CALLS {
                            cache.get("price:tea").await.unwrap();
                        }
                    });
                    cache
                },
                BatchSize::SmallInput,
            );
        });
    };
    bench("bare", &|| fake.clone());
    bench("recorded", &|| intercepted(fake.clone(), &environment, vec![]));
    bench("20 rules on other methods", &|| {
        let rules = (0..20).map(|n| Rule::on("db.execute").table(format!("table_{n}")).hang());
        intercepted(fake.clone(), &environment, vec![faults(rules)])
    });
    bench("20 rules that do not match", &|| {
        intercepted(fake.clone(), &environment, vec![faults((0..20).map(near_miss))])
    });
    bench("mock with one expectation", &mock);
    bench("naive json", &|| {
        let clock = environment.clock().clone();
        Arc::new(NaiveRecorder { inner: fake.clone(), clock, calls: Mutex::default() })
    });
    group.finish();
}

criterion_group!(benches, cache_get);

fn main() -> std::process::ExitCode {
    benches();
    Criterion::default().configure_from_args().final_summary();
    let met = check(&[
        Check {
            what: "cache.get intercepted and recorded, against the bare fake",
            bench: "cache.get/recorded",
            peer: "cache.get/bare",
            per: CALLS as f64,
            goal: Goal::AtMostMore { ns: 150.0 },
        },
        Check {
            what: "20 rules on other methods, against none",
            bench: "cache.get/20 rules on other methods",
            peer: "cache.get/recorded",
            per: CALLS as f64,
            goal: Goal::AtMostMore { ns: 20.0 },
        },
        Check {
            what: "20 rules that do not match, against none",
            bench: "cache.get/20 rules that do not match",
            peer: "cache.get/recorded",
            per: CALLS as f64,
            goal: Goal::AtMostMore { ns: 200.0 },
        },
        Check {
            what: "a recorded fake, against a mock with one expectation",
            bench: "cache.get/recorded",
            peer: "cache.get/mock with one expectation",
            per: CALLS as f64,
            goal: Goal::TimesFaster { times: 1.0 },
        },
        Check {
            what: "what recording adds, against recording as JSON",
            bench: "cache.get/recorded",
            peer: "cache.get/naive json",
            per: CALLS as f64,
            goal: Goal::AddsLess { base: "cache.get/bare", times: 15.0 },
        },
    ]);
    if met { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
