//! The same seed is the same run: on two threads and in two processes. And an application that is not
//! deterministic is found out.

use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};

use stuntdouble::Error;
use stuntdouble::trace::{Options, Trace};
use stuntdouble_sim::{App, ReasonKind, Scenario, World, check_determinism, run};

mod tiny;

const SEEDS: std::ops::Range<u64> = 0..20;
/// Set in the process that only prints its traces.
const PRINT: &str = "STUNTDOUBLE_PRINT_TRACES";
const BEGIN: &str = "--- traces ---\n";
const END: &str = "--- end ---\n";

/// A scenario whose every run fails, so that all traces are kept.
fn scenario() -> Scenario {
    let text = include_str!("tiny/failing/careless.toml");
    let text = format!("{text}\n[expect]\noutcome = \"corrupted\"\n");
    Scenario::parse("tiny/careless.toml", &text, &tiny::app("failing").catalog()).unwrap()
}

/// Everything in the traces, values and times included.
fn whole(trace: &Trace) -> String {
    let options = Options::new().with_width(200).with_pseudonyms(false).with_shortening(false);
    trace.render_with(&options)
}

fn traces() -> String {
    let report = run(&tiny::app("failing"), &scenario(), SEEDS);
    assert_eq!(report.failures().len() as u64, SEEDS.end - SEEDS.start);
    report.failures().iter().map(|f| format!("seed {}\n{}", f.seed, whole(&f.trace))).collect()
}

#[test]
fn on_two_threads() {
    let report = check_determinism(&tiny::app("failing"), &scenario(), SEEDS);
    for failure in report.failures() {
        let kinds: Vec<_> = failure.reasons.iter().map(|reason| reason.kind()).collect();
        assert!(!kinds.contains(&ReasonKind::Nondeterminism), "{report}");
    }
    assert_eq!(traces(), traces());
}

#[test]
fn in_two_processes() {
    if std::env::var_os(PRINT).is_some() {
        print!("{BEGIN}{}{END}", traces());
        return;
    }
    let other = || {
        let program = std::env::current_exe().unwrap();
        let mut command = Command::new(program);
        command.args(["--exact", "in_two_processes", "--nocapture"]).env(PRINT, "1");
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let (_, rest) = output.split_once(BEGIN).expect("the other process prints its traces");
        rest.split_once(END).expect("to the end").0.to_owned()
    };
    let here = traces();
    assert!(here.contains("cache.incr#"));
    assert_eq!(here, other());
    assert_eq!(here, other());
}

#[test]
fn seeds_differ() {
    let report = run(&tiny::app("failing"), &scenario(), SEEDS);
    let first = whole(&report.failures()[0].trace);
    assert!(report.failures().iter().any(|failure| whole(&failure.trace) != first));
}

#[test]
fn an_application_that_is_not_deterministic_is_found_out() {
    // State that outlives the run, as caches and counters in statics do.
    static RUNS: AtomicI64 = AtomicI64::new(0);
    let app = App::new("leaky").workload("count", |world: World| async move {
        let cache = world.platform("api").cache;
        cache.get("visits").await?;
        cache.incr("visits", RUNS.fetch_add(1, Ordering::Relaxed)).await?;
        cache.get("visits").await?;
        Ok::<(), Error>(())
    });
    let healthy = Scenario::new("healthy", "Nothing goes wrong.");
    assert!(run(&app, &healthy, 1).passed());
    let report = check_determinism(&app, &healthy, 1);
    let reasons = &report.failures()[0].reasons;
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].kind(), ReasonKind::Nondeterminism);
    let text = reasons[0].text();
    assert!(text.contains("cache.incr#1"), "names the first call that differs: {text}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("not_deterministic", report.to_string());
    });
}

#[test]
fn thread_locals_do_not_reach_the_next_run() {
    thread_local! {
        static RUNS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    let app = App::new("local").workload("count", |_| async {
        RUNS.set(RUNS.get() + 1);
        assert_eq!(RUNS.get(), 1);
        Ok::<(), Error>(())
    });
    let report = run(&app, &Scenario::new("healthy", "Nothing goes wrong."), 50);
    assert!(report.passed(), "{report}");
}
