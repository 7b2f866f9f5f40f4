//! Whatever is recorded can be rendered, fits its width, and reads the same twice.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use stuntdouble::stack::{Arg, Call, Decision, Effects, Fault, Outcome, Verdict};
use stuntdouble::trace::{Options, Trace};
use stuntdouble::{CallId, Error, ErrorKind, Row, Value};

stuntdouble::methods! {
    /// Anything.
    static ANY = "any" {
        DO = "do"(sql, params, more): Effects::WRITE;
    }
}

stuntdouble::methods! {
    /// Something with many arguments.
    static KEEP = "keep" {
        ALL = "all"(a, b, c, d, e, f, g): Effects::WRITE;
    }
}

#[derive(Clone, Debug)]
struct Step {
    parent: Option<u32>,
    node: u8,
    method: usize,
    sql: String,
    value: Value,
    at: u64,
    ended: Option<u64>,
    outcome: u8,
    rule: bool,
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::from),
        any::<u128>().prop_map(|bits| uuid::Uuid::from_u128(bits).into()),
        any::<String>().prop_map(|text| serde_json::json!({ "a": [text], "b": 1.5 }).into()),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let sql = prop_oneof![
        any::<String>(),
        "[a-z '\"/*\n-]{0,300}",
        "2030-01-01[T ]00:00:00(Z|[+]01)? 00000000-0000-4000-8000-00000000000[0-9]",
    ];
    let place = (prop::option::of(0..40u32), 0..3u8, 0..3usize);
    let time = (any::<u32>(), prop::option::of(any::<u32>()));
    (place, sql, value(), time, 0..5u8, any::<bool>()).prop_map(
        |((parent, node, method), sql, value, (at, ended), outcome, rule)| Step {
            parent,
            node,
            method,
            sql,
            value,
            at: at.into(),
            ended: ended.map(u64::from),
            outcome,
            rule,
        },
    )
}

fn record(steps: &[Step]) -> Trace {
    let trace = Trace::new();
    let methods = [
        &DO,
        stuntdouble::intercept::DB.method("begin").unwrap(),
        stuntdouble::intercept::PUBSUB.method("deliver").unwrap(),
    ];
    let method = |step: &Step| *[ANY.methods[0], methods[1], methods[2]].get(step.method).unwrap();
    for (id, step) in steps.iter().enumerate() {
        let params = [step.value.clone()];
        let args = [Arg::Text(&step.sql), Arg::Values(&params), Arg::Id("thing", &step.sql)];
        let method = method(step);
        let node: Arc<str> = format!("node{}", step.node).into();
        let call = Call {
            id: CallId(id as u32),
            parent: step.parent.map(CallId),
            node: &node,
            method,
            nth: id as u32 + 1,
            args: &args[..method.arguments.len()],
            at: Duration::from_micros(step.at),
        };
        trace.record_start(&call);
        let error = Error::new(ErrorKind::Internal, step.sql.clone());
        if step.rule {
            let verdict = Verdict::FailBefore(Fault::new(error.clone()));
            trace.record_decision(&call, &Decision::by(step.sql.as_str().into(), verdict));
        }
        let rows = [Row::new(["a"], [step.value.clone()])];
        let outcome = match step.outcome {
            0 => Outcome::Ok(Arg::Rows(&rows)),
            1 => Outcome::Ok(Arg::Text(&step.sql)),
            2 => Outcome::Err(&error),
            3 => Outcome::Cancelled,
            _ => Outcome::Panicked,
        };
        if let Some(ended) = step.ended {
            trace.record_end(&call, Duration::from_micros(ended), &outcome);
        }
    }
    trace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_trace_renders(steps in prop::collection::vec(step(), 0..40), width in 0..120usize) {
        let trace = record(&steps);
        let options = Options::new().with_width(width);
        let text = trace.render_with(&options);
        prop_assert_eq!(&text, &trace.clone().render_with(&options));
        prop_assert_eq!(&text, &record(&steps).render_with(&options));
        // 30 columns hold every prefix: beyond it, lines keep the width.
        for line in text.lines() {
            prop_assert!(line.chars().count() <= width.max(60), "{}", text);
            prop_assert!(!line.contains(char::is_control), "{:?}", line);
        }
        let json = trace.to_json();
        let document: stuntdouble::trace::json::Document = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(document.calls.len(), steps.len());
        prop_assert!(trace.diff(&record(&steps)).is_none());
        prop_assert!(trace.diff_with(&record(&steps), &Options::new()).is_none());
        for warning in trace.lint() {
            prop_assert!(!warning.calls().is_empty());
        }
        let _ = trace.at_most_retries(1);
        let _ = trace.no_calls_after(Duration::from_secs(1));
    }

    #[test]
    fn what_is_kept_is_what_was_given(
        texts in prop::collection::vec(".{0,40}", 0..300),
        bytes in prop::collection::vec(any::<u8>(), 0..64),
        int in any::<i64>(),
        nanos in any::<u64>(),
    ) {
        let trace = Trace::new();
        let method = KEEP.methods[0];
        let node: Arc<str> = "node".into();
        let bytes = bytes::Bytes::from(bytes);
        let long = "x".repeat(1 << 17);
        let args = |text| {
            [
                Arg::Text(text),
                Arg::Bytes(&bytes),
                Arg::Int(int),
                Arg::Duration(Duration::from_nanos(nanos)),
                Arg::Duration(Duration::MAX),
                Arg::Text(&long),
                Arg::Id("thing", text),
            ]
        };
        for (id, text) in texts.iter().enumerate().rev() {
            let args = args(text);
            let call = Call {
                id: CallId(id as u32),
                parent: id.checked_sub(1).map(|parent| CallId(parent as u32)),
                node: &node,
                method,
                nth: 7,
                args: &args,
                at: Duration::from_nanos(nanos),
            };
            trace.record_start(&call);
            trace.record_end(&call, Duration::from_nanos(nanos), &Outcome::Ok(args[0]));
        }
        prop_assert_eq!(trace.len(), texts.len());
        for (id, (call, text)) in trace.calls().iter().zip(&texts).enumerate() {
            prop_assert_eq!(call.id(), CallId(id as u32));
            let kept: Vec<_> = call.args().map(|(_, detail)| detail.clone()).collect();
            let given: Vec<_> = args(text).into_iter().map(Arg::detail).collect();
            prop_assert_eq!(kept, given);
            let Some(stuntdouble::trace::Ended::Ok(answer)) = call.outcome() else {
                panic!("it answered");
            };
            prop_assert_eq!(answer, &Arg::Text(text).detail());
            prop_assert_eq!(call.took().is_some(), true);
        }
    }
}

/// Calls of several threads are all there, each once, in the order of their numbers.
#[test]
fn several_threads_record_into_one_trace() {
    let trace = Trace::new();
    let clock: Arc<dyn stuntdouble::Clock> = Arc::new(stuntdouble::SystemClock::new());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let stack = stuntdouble::stack::Stack::builder(format!("n{thread}"), clock.clone())
                .layer(stuntdouble::layer::Recorder::new(&trace))
                .build();
            scope.spawn(move || {
                let port = stack.port(&KEEP);
                for _ in 0..1000 {
                    port.call_sync(KEEP.methods[0], &[Arg::Int(thread)], |_| Ok(())).unwrap();
                }
            });
        }
    });
    let calls = trace.calls();
    assert_eq!((calls.len(), trace.nodes().len()), (4000, 4));
    assert!(calls.iter().enumerate().all(|(place, call)| call.id() == CallId(place as u32)));
    assert!(calls.iter().all(|call| format!("n{}", int(call)) == call.node()));

    fn int(call: &stuntdouble::trace::CallRecord) -> i64 {
        match call.arg("a") {
            Some(stuntdouble::stack::Detail::Int(value)) => *value,
            other => panic!("{other:?}"),
        }
    }
}
