//! What it costs to keep a call, and to render, compare and check what was kept.

mod support;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use criterion::{BatchSize, Criterion, criterion_group};
use stuntdouble::CallId;
use stuntdouble::intercept::CACHE;
use stuntdouble::stack::{Arg, Call, Outcome};
use stuntdouble::trace::Trace;
use support::{Check, Goal, check};

const CALLS: usize = 1024;

/// Begins and ends as many calls of `cache.get`.
fn calls(node: &Arc<str>, started: impl Fn(&Call<'_>), ended: impl Fn(&Call<'_>, &Outcome<'_>)) {
    let value = Bytes::from_static(b"1999");
    for id in 0..CALLS as u32 {
        let args = [Arg::Text("price:tea")];
        let call = Call {
            id: CallId(id),
            parent: None,
            node,
            method: CACHE.methods[0],
            nth: id + 1,
            args: &args,
            at: Duration::from_millis(u64::from(id)),
        };
        started(&call);
        ended(&call, &Outcome::Ok(Arg::Bytes(&value)));
    }
}

fn record(trace: &Trace, node: &Arc<str>) {
    let ended = |call: &Call<'_>, outcome: &Outcome<'_>| trace.record_end(call, call.at, outcome);
    calls(node, |call| trace.record_start(call), ended);
}

fn trace(criterion: &mut Criterion) {
    let node: Arc<str> = "api".into();
    let (kept, same) = (Trace::new(), Trace::new());
    record(&kept, &node);
    record(&same, &node);
    let mut group = criterion.benchmark_group("trace");
    group.bench_function("nothing", |bencher| {
        let started = |call: &Call<'_>| {
            black_box(call);
        };
        let ended = |call: &Call<'_>, outcome: &Outcome<'_>| {
            black_box((call, outcome));
        };
        bencher.iter(|| calls(&node, started, ended));
    });
    group.bench_function("record", |bencher| {
        let record = |trace: Trace| {
            record(&trace, &node);
            trace
        };
        bencher.iter_batched(Trace::new, record, BatchSize::SmallInput);
    });
    group.bench_function("render", |bencher| bencher.iter(|| kept.render()));
    group.bench_function("json", |bencher| bencher.iter(|| kept.to_json()));
    group.bench_function("diff", |bencher| bencher.iter(|| kept.diff(&same).is_none()));
    group.bench_function("lint", |bencher| bencher.iter(|| kept.lint().len()));
    group.finish();
}

criterion_group!(benches, trace);

fn main() -> std::process::ExitCode {
    benches();
    Criterion::default().configure_from_args().final_summary();
    let against_nothing = |what, bench, ns| Check {
        what,
        bench,
        peer: "trace/nothing",
        per: CALLS as f64,
        goal: Goal::AtMostMore { ns },
    };
    let met = check(&[
        against_nothing("a call recorded", "trace/record", 100.0),
        Check {
            what: "a call recorded, against rendering it at once",
            bench: "trace/record",
            peer: "trace/render",
            per: CALLS as f64,
            goal: Goal::TimesFaster { times: 3.0 },
        },
        against_nothing("a recorded call rendered", "trace/render", 10_000.0),
        against_nothing("a recorded call as JSON", "trace/json", 10_000.0),
        against_nothing("a recorded call compared", "trace/diff", 10_000.0),
        against_nothing("a recorded call linted", "trace/lint", 10_000.0),
    ]);
    if met { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
