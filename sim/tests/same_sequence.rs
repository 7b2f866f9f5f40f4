//! Random sequences of operations on all nine services, by several clients at once, with latency and faults
//! of every kind: the same sequence and seed give the same trace, twice, and in two processes.

use std::fmt::Write;
use std::ops::Range;
use std::process::Command;
use std::time::Duration;

use futures_util::future::{BoxFuture, join_all};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use stuntdouble::fake::Flag;
use stuntdouble::trace::Options;
use stuntdouble::{
    Cache, Db, DbExt, Error, ErrorKind, EvaluationContext, EventEnvelope, Fields, FlagValue, Level,
    ObjectStorage, Platform, PubSubExt, PutCondition, Result, TracerExt, params,
};
use stuntdouble_sim::{App, Scenario, World};

const SEQUENCES: Range<u64> = 0..40;
const CLIENTS: usize = 3;

/// Set in the process that only prints its traces.
const PRINT: &str = "STUNTDOUBLE_PRINT_SEQUENCES";
const BEGIN: &str = "--- traces ---\n";
const END: &str = "--- end ---\n";

/// Every distribution, and every effect that a call can survive.
const SCENARIO: &str = r#"
why = "Everything varies that can."

[latency]
default = { p50 = "2ms", p99 = "40ms" }
cache = { uniform = ["1ms", "3ms"] }
pubsub = { min = "1ms", shape = 1.5 }

[[rule]]
call = "cache.*"
chance = 0.1
fail_before = "unavailable"

[[rule]]
call = "db.execute"
chance = 0.1
fail_before = "40001"

[[rule]]
call = "pubsub.publish"
chance = 0.2
repeat = 1

[[rule]]
call = "object_storage.put"
chance = 0.2
fail_after = "timeout"
delay = "5ms"
"#;

#[derive(Clone, Debug)]
enum Op {
    Cache(u8, u8, u8),
    Secret(u8),
    Publish(u8, u8),
    Object(u8, u8),
    Flag(u8),
    Log(u8),
    Setting(u8),
    Add(u8, i64),
    Transfer(u8, u8, bool),
    Read,
    Span(Vec<Op>),
    Wait(u64),
}

fn op() -> BoxedStrategy<Op> {
    let key = || 0u8..4;
    let leaf = prop_oneof![
        4 => (0u8..6, key(), key()).prop_map(|(what, key, value)| Op::Cache(what, key, value)),
        1 => key().prop_map(Op::Secret),
        3 => (0u8..2, key()).prop_map(|(topic, key)| Op::Publish(topic, key)),
        2 => (0u8..5, key()).prop_map(|(what, key)| Op::Object(what, key)),
        1 => key().prop_map(Op::Flag),
        1 => key().prop_map(Op::Log),
        1 => key().prop_map(Op::Setting),
        3 => (key(), -3i64..4).prop_map(|(id, by)| Op::Add(id, by)),
        3 => (key(), key(), any::<bool>()).prop_map(|(from, to, ok)| Op::Transfer(from, to, ok)),
        1 => Just(Op::Read),
        2 => (1u64..50).prop_map(Op::Wait),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| vec(inner, 1..4).prop_map(Op::Span)).boxed()
}

/// The clients' operations of that sequence.
fn sequence(number: u64) -> Vec<Vec<Op>> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    vec(vec(op(), 1..20), CLIENTS).new_tree(&mut runner).unwrap().current()
}

async fn cache(cache: &dyn Cache, what: u8, key: u8, value: u8) -> Result<()> {
    let (name, ttl) = (format!("k{key}"), Some(Duration::from_millis(20)));
    match what {
        0 => cache.set(&name, value.to_string().into(), ttl).await,
        1 => cache.incr(&name, value.into()).await.map(drop),
        2 => cache.set_if_absent(&name, "x".into(), None).await.map(drop),
        3 => cache.delete(&name).await.map(drop),
        4 => cache.get_many(&[name, "k0".to_owned()]).await.map(drop),
        _ => cache.get(&name).await.map(drop),
    }
}

async fn object(objects: &dyn ObjectStorage, what: u8, key: u8) -> Result<()> {
    let name = format!("o{key}");
    match what {
        0 => objects.put(&name, "content".into(), "text/plain").await.map(drop),
        1 => {
            let condition = PutCondition::IfNoneMatch;
            objects.put_if(&name, "new".into(), "text/plain", condition).await.map(drop)
        }
        2 => objects.list("o").await.map(drop),
        3 => objects.presign_get(&name, Duration::from_secs(60)).await.map(drop),
        _ => objects.get(&name).await.map(drop),
    }
}

async fn transfer(platform: &Platform, from: u8, to: u8, succeeds: bool) -> Result<()> {
    let change = "UPDATE account SET cents = cents + $2 WHERE id = $1";
    platform
        .db()
        .with_tx(async |tx| {
            tx.execute(change, params![i64::from(from), -1]).await?;
            tx.execute(change, params![i64::from(to), 1]).await?;
            let key = "INSERT INTO entry (what) VALUES (gen_random_uuid())";
            tx.execute(key, &[]).await?;
            if succeeds {
                Ok(())
            } else {
                Err(Error::new(ErrorKind::PreconditionFailed, "not now"))
            }
        })
        .await
}

fn apply<'a>(platform: &'a Platform, op: &'a Op) -> BoxFuture<'a, ()> {
    Box::pin(perform(platform, op))
}

async fn perform(platform: &Platform, op: &Op) {
    // What fails is in the trace.
    let _ = match op {
        Op::Cache(what, key, value) => cache(platform.cache(), *what, *key, *value).await,
        Op::Secret(key) => platform.secrets().get(&format!("s{key}")).await.map(drop),
        Op::Publish(topic, key) => {
            let (topic, key) = (format!("t{topic}"), (*key > 0).then(|| format!("key {key}")));
            platform.pubsub().publish(&topic, json!({ "n": key }), key).await.map(drop)
        }
        Op::Object(what, key) => object(platform.object_storage(), *what, *key).await,
        Op::Flag(key) => {
            let context = EvaluationContext::of(format!("user {key}"));
            let flags = platform.feature_flags();
            flags.evaluate("half", FlagValue::Bool(false), &context).await;
            Ok(())
        }
        Op::Log(key) => {
            let mut fields = Fields::new();
            fields.set("n", i64::from(*key));
            platform.logger().log(Level::Info, "said", fields);
            Ok(())
        }
        Op::Setting(key) => platform.config().get(&format!("c{key}")).map(drop),
        Op::Add(id, by) => {
            let sql = "INSERT INTO account VALUES ($1, $2) \
                       ON CONFLICT (id) DO UPDATE SET cents = account.cents + $2";
            platform.db().execute(sql, params![i64::from(*id), *by]).await.map(drop)
        }
        Op::Transfer(from, to, succeeds) => transfer(platform, *from, *to, *succeeds).await,
        Op::Read => {
            let sql = "SELECT id, cents, (SELECT count(*) FROM entry) AS entries, now(), random() \
                       FROM account";
            platform.db().query(sql, &[]).await.map(drop)
        }
        Op::Span(ops) => {
            let inside = async {
                for op in ops {
                    apply(platform, op).await;
                }
            };
            platform.tracer().start_span("work", inside).await;
            Ok(())
        }
        Op::Wait(millis) => {
            tokio::time::sleep(Duration::from_millis(*millis)).await;
            Ok(())
        }
    };
}

async fn run(number: u64) -> String {
    let scenario = Scenario::parse("sequence.toml", SCENARIO, &App::new("sequence").catalog());
    let world = World::builder(number).scenario(scenario.unwrap()).build().unwrap();
    let fakes = world.fakes();
    fakes.db.migrate(
        "CREATE TABLE account (id int PRIMARY KEY, cents int NOT NULL);
         CREATE TABLE entry (id serial PRIMARY KEY, what uuid NOT NULL, at timestamptz DEFAULT now())",
    ).await.unwrap();
    fakes.secrets.set("s1", "hidden");
    fakes.config.set("c1", "17");
    fakes.feature_flags.set("half", Flag::on()).unwrap();
    let worker = world.platform("worker");
    let subscriptions: Vec<_> = ["t0", "t1"]
        .map(|topic| {
            let platform = worker.clone();
            worker.pubsub().on(topic, move |event: EventEnvelope| {
                let platform = platform.clone();
                async move {
                    platform.cache().incr("handled", 1).await?;
                    platform.cache().set("last", event.id.into(), None).await
                }
            })
        })
        .into_iter()
        .collect();
    let clients = sequence(number).into_iter().enumerate().map(|(client, ops)| {
        let platform = world.platform(&format!("client{client}"));
        async move {
            for op in &ops {
                apply(&platform, op).await;
            }
        }
    });
    join_all(clients).await;
    fakes.pubsub.drain().await;
    drop(subscriptions);
    // Everything in the trace, values and times included.
    let options = Options::new().with_width(200).with_pseudonyms(false).with_shortening(false);
    world.trace().render_with(&options)
}

fn traces() -> String {
    let mut text = String::new();
    for number in SEQUENCES {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().start_paused(true).build().unwrap();
        let trace = runtime.block_on(run(number));
        let _ = writeln!(text, "sequence {number}\n{trace}");
    }
    text
}

#[test]
fn twice_and_in_two_processes() {
    if std::env::var_os(PRINT).is_some() {
        print!("{BEGIN}{}{END}", traces());
        return;
    }
    let here = traces();
    for service in ["cache", "db", "pubsub", "object_storage", "secrets", "feature_flags", "tracer"]
    {
        assert!(here.contains(&format!(" {service}.")), "no sequence calls {service}");
    }
    assert!(here.contains("pubsub.deliver#"), "nothing was delivered");
    assert_eq!(here, traces(), "the same process, twice");

    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args(["--exact", "twice_and_in_two_processes", "--nocapture"]).env(PRINT, "1");
    let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let (_, rest) = output.split_once(BEGIN).expect("the other process prints its traces");
    let (there, _) = rest.split_once(END).expect("to the end");
    assert_eq!(here, there, "another process");
}

#[test]
fn another_seed_is_another_trace() {
    let of = |number| {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().start_paused(true).build().unwrap().block_on(run(number))
    };
    assert_ne!(of(1), of(2));
}
