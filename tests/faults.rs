//! Rules: which calls they hit, what happens to them, and what is said of those that never fired.
#![cfg(feature = "test-util")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use stuntdouble::fake::{Environment, FakeCache};
use stuntdouble::intercept::{self, CACHE, CONFIG, DB, PUBSUB, SERVICES};
use stuntdouble::layer::Latency;
use stuntdouble::layer::fault::{FaultLayer, Rule, RuleTally, When, Why};
use stuntdouble::stack::{Arg, Call, Layer, Method, Stack, Verdict};
use stuntdouble::{
    Cache, CallId, Db, Entropy, Error, ErrorKind, Result, Row, SqlState, Transaction, Value,
};

fn layer(rules: impl IntoIterator<Item = Rule>, seed: u64) -> FaultLayer {
    FaultLayer::new(rules, Entropy::new(seed), &SERVICES).unwrap()
}

/// Asks a layer about calls, as a stack does.
struct Driver {
    layer: FaultLayer,
    calls: u32,
    counts: BTreeMap<(String, String), u32>,
}

/// A call: node, method, text argument, virtual time in seconds.
type Made<'a> = (&'a str, &'static Method, &'a str, u64);

impl Driver {
    fn new(rules: impl IntoIterator<Item = Rule>, seed: u64) -> Driver {
        Driver { layer: layer(rules, seed), calls: 0, counts: BTreeMap::new() }
    }

    fn ask(&mut self, (node, method, text, at): Made<'_>) -> Verdict {
        let nth = self.counts.entry((node.to_owned(), method.to_string())).or_default();
        *nth += 1;
        self.calls += 1;
        let node: Arc<str> = node.into();
        let args = [Arg::Text(text), Arg::Unit, Arg::Unit];
        let call = Call {
            id: CallId(self.calls - 1),
            parent: None,
            node: &node,
            method,
            nth: *nth,
            args: &args[..method.arguments.len().min(3)],
            at: Duration::from_secs(at),
        };
        self.layer.decide(&call).verdict
    }

    /// One sign for each call: `.` for pass, `x` for anything else.
    fn hits<'a>(&mut self, calls: impl IntoIterator<Item = Made<'a>>) -> String {
        let ask = |call| if matches!(self.ask(call), Verdict::Pass) { '.' } else { 'x' };
        calls.into_iter().map(ask).collect()
    }
}

fn get() -> &'static Method {
    CACHE.method("get").unwrap()
}

fn execute() -> &'static Method {
    DB.method("execute").unwrap()
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn unavailable(when: When) -> Rule {
    when.fail_before(ErrorKind::Unavailable)
}

#[test]
fn matchers_say_which_calls_are_hit() {
    let set = CACHE.method("set").unwrap();
    let calls: [Made<'_>; 10] = [
        ("api", get(), "price:1", 0),
        ("api", set, "price:1", 1),
        ("worker", get(), "price:2", 2),
        ("api", get(), "user:1", 3),
        ("api", get(), "price:3", 4),
        ("worker", set, "price:2", 5),
        ("api", get(), "price:4", 6),
        ("api", CONFIG.method("get").unwrap(), "price:9", 7),
        ("api", get(), "price:5", 8),
        ("worker", get(), "price:6", 9),
    ];
    for (when, expected) in [
        (Rule::on("cache.get"), "x.xxx.x.xx"),
        (Rule::on("*.get"), "x.xxx.xxxx"),
        (Rule::on("*.*"), "xxxxxxxxxx"),
        (Rule::on("cache.*"), "xxxxxxx.xx"),
        (Rule::on("worker/cache.*"), "..x..x...x"),
        (Rule::on("cache.get#2"), "...x.....x"),
        (Rule::on("cache.get").node("w*"), "..x......x"),
        (Rule::on("cache.*").key("price:*"), "xxx.xxx.xx"),
        (Rule::on("cache.*").key("user:1"), "...x......"),
        (Rule::on("cache.*").argument("key", "*:1").argument("key", "p*"), "xx........"),
        (Rule::on("cache.get").nth(2), "..x......."),
        (Rule::on("cache.get").key("price:*").nth(3), "....x....."),
        (Rule::on("cache.get").every(3), "...x....x."),
        (Rule::on("cache.get").first(2), "x.x......."),
        (Rule::on("cache.get").after(secs(4)), "....x.x.xx"),
        (Rule::on("cache.get").until(secs(4)), "x.xx......"),
        (Rule::on("cache.get").during(secs(2), secs(6)), "..xxx....."),
        (Rule::on("cache.get").after(secs(3)).nth(2), "....x....."),
        (Rule::on("cache.get").hits(3), "x.xx......"),
        (Rule::on("cache.get").every(2).hits(2), "..x.x....."),
        (Rule::on("cache.get").chance(1.0), "x.xxx.x.xx"),
    ] {
        let text = when.to_string();
        assert_eq!(Driver::new([unavailable(when)], 1).hits(calls), expected, "{text}");
    }
}

#[test]
fn statements_are_met_by_text_and_by_table() {
    let calls = [
        ("api", execute(), "UPDATE stock SET left = left - 1", 0),
        ("api", execute(), "INSERT INTO orders (id) VALUES ($1) -- stock", 1),
        ("api", execute(), "DELETE FROM order_lines WHERE note = 'from stock'", 2),
    ];
    for (when, expected) in [
        (Rule::on("db.execute").table("stock"), "x.."),
        (Rule::on("db.execute").table("ORDER*"), ".xx"),
        (Rule::on("db.execute").sql("*where*"), "..x"),
        (Rule::on("db.execute").sql("insert into orders*").table("orders"), ".x."),
    ] {
        let text = when.to_string();
        assert_eq!(Driver::new([unavailable(when)], 1).hits(calls), expected, "{text}");
    }
}

#[test]
fn the_first_rule_that_fires_decides() {
    let rules = [
        Rule::on("cache.get").nth(2).hang(),
        Rule::on("cache.get").first(2).fail_before(ErrorKind::Timeout),
        Rule::on("cache.*").fail_before(ErrorKind::Unavailable),
    ];
    let mut driver = Driver::new(rules, 1);
    let ask = |driver: &mut Driver| driver.ask(("api", get(), "k", 0)).to_string();
    assert_eq!(ask(&mut driver), "fail before timeout");
    assert_eq!(ask(&mut driver), "hang");
    assert_eq!(ask(&mut driver), "fail before unavailable");
    let log: Vec<_> =
        driver.layer.log().iter().map(|one| (one.call.0, one.rule, one.why)).collect();
    assert_eq!(
        log,
        [
            (0, 0, Why::NotNth(1)),
            (0, 1, Why::Fired),
            (0, 2, Why::EarlierRule(1)),
            (1, 0, Why::Fired),
            (1, 1, Why::EarlierRule(0)),
            (1, 2, Why::EarlierRule(0)),
            (2, 0, Why::NotNth(3)),
            (2, 1, Why::NotNth(3)),
            (2, 2, Why::Fired),
        ]
    );
}

#[test]
fn chance_hits_about_as_often_as_it_says() {
    let rule = unavailable(Rule::on("cache.get").chance(0.25));
    let hits = Driver::new([rule], 42).hits((0..10_000).map(|_| ("api", get(), "k", 0)));
    let hit = hits.matches('x').count();
    assert!((2350..2650).contains(&hit), "{hit}");
}

/// What a rule draws depends on the seed and on itself, not on the rules beside it.
#[test]
fn rules_do_not_shift_each_other() {
    let rule = || {
        let slow = Latency::Uniform(Duration::ZERO, secs(1));
        Rule::on("cache.get").chance(0.5).fail_before(ErrorKind::Throttled).delayed(slow)
    };
    let other = || Rule::on("cache.*").chance(0.5).delay(Latency::Uniform(secs(1), secs(2)));
    let told = |rules: Vec<Rule>, seed| -> Vec<String> {
        let mut driver = Driver::new(rules, seed);
        (0..200).map(|_| driver.ask(("api", get(), "k", 0)).to_string()).collect()
    };
    let alone = told(vec![rule()], 7);
    assert_eq!(alone, told(vec![rule()], 7));
    assert_ne!(alone, told(vec![rule()], 8));
    // A rule behind it takes over only where it passes; one before it hides it, and shifts nothing.
    let behind = told(vec![rule(), other()], 7);
    let before = told(vec![other(), rule()], 7);
    for (place, alone) in alone.iter().enumerate() {
        if alone != "pass" {
            assert_eq!(&behind[place], alone);
        }
        if before[place].starts_with("fail") {
            assert_eq!(&before[place], alone);
        }
    }
    assert!(before.iter().any(|verdict| verdict.starts_with("fail")));
    // A name keeps the numbers although the rule has changed.
    let named = |most| Rule::on("cache.get").named("flaky").hits(most).chance(0.5).hang();
    assert_eq!(told(vec![named(150)], 7)[..99], told(vec![named(140)], 7)[..99]);
    // Twins are told apart.
    let twins = told(vec![rule(), rule()], 7);
    assert!(twins.iter().filter(|verdict| *verdict != "pass").count() > 120);
}

#[test]
fn everything_that_is_wrong_is_refused_at_once() {
    let rules = [
        Rule::on("cahce.get").origin("a.toml:1").hang(),
        Rule::on("cache").origin("a.toml:2").hang(),
        Rule::on("config.get").origin("a.toml:3").hang(),
        Rule::on("cache.get").origin("a.toml:4").fail_after(ErrorKind::OutcomeUnknown),
        Rule::on("logger.info").origin("a.toml:5").delay(Latency::Fixed(secs(1))),
        Rule::on("cache.get").origin("a.toml:6").topic("x").nth(0).chance(f64::NAN).hang(),
        Rule::on("cache.get").origin("a.toml:7").fail_before(SqlState::DEADLOCK_DETECTED),
        Rule::on("db.query").origin("a.toml:8").named("x").hang().delayed(Latency::Fixed(secs(1))),
        Rule::on("db.query").origin("a.toml:9").named("x").first(1).every(2).hang(),
        Rule::on("db.query").origin("a.toml:10").node("a/b").during(secs(2), secs(1)).hang(),
        Rule::on("db.query")
            .origin("a.toml:11")
            .delay(Latency::LogNormal { p50: secs(2), p99: secs(1) }),
        Rule::on("cache.*").origin("a.toml:12").argument("value", "x").hang(),
    ];
    let errors = FaultLayer::new(rules, Entropy::new(1), &SERVICES).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "\
a.toml:1: no service has a method `cahce.get`
  help: did you mean `cache.get`?
a.toml:2: a method is missing: write cache.* for all of them
a.toml:3: `config.get` cannot hang
  help: what can happen to it: fail before
a.toml:4: `cache.get` cannot fail after
  help: what can happen to it: fail before, delay, hang
a.toml:5: `logger.info` cannot delay
  help: what can happen to it: fail before
a.toml:6: `nth = 0` means no call
  help: calls are counted from 1
a.toml:6: a chance is from 0 to 1
a.toml:6: `cache.get` has no argument `topic`
  help: arguments: key
a.toml:7: `cache.get` reports no SQLSTATE
  help: use an error kind, such as `unavailable`
a.toml:8: `hang` and a delay cannot stand together
  help: a delay goes with a failure or a disconnect
a.toml:9: `first` and `every` cannot stand together
  help: keep one of the two
a.toml:9: the rule at a.toml:8 has the same name
  help: a rule's random numbers follow its name, so each has its own
a.toml:10: the window ends at 1s, before it begins at 2s
a.toml:10: \"a/b\" is no name of a node
a.toml:11: the p99 1s is below the p50 2s"
    );
}

#[test]
fn a_rule_that_never_fired_names_the_nearest_call() {
    let at = |line: u32, when: When| when.origin(format!("scenarios/shop/x.toml:{line}"));
    let rules = [
        unavailable(at(1, Rule::on("cache.get").key("price:1*"))),
        unavailable(at(2, Rule::on("db.execute").table("orders"))),
        unavailable(at(3, Rule::on("cache.get").nth(5))),
        unavailable(at(4, Rule::on("worker/cache.get"))),
        unavailable(at(5, Rule::on("cache.get#9"))),
        unavailable(at(6, Rule::on("cache.get").after(secs(20)))),
        unavailable(at(7, Rule::on("cache.set"))),
        unavailable(at(8, Rule::on("pubsub.publish"))),
        unavailable(at(9, Rule::on("db.execute").sql("update stock*").nth(1))),
        unavailable(at(10, Rule::on("db.execute").first(1))),
        unavailable(at(11, Rule::on("cache.get").chance(1e-9))),
    ];
    let mut driver = Driver::new(rules, 1);
    driver.hits([
        ("api", get(), "user:10", 1),
        ("api", get(), "price:2", 2),
        ("api", get(), "stock:1", 3),
        ("api", execute(), "UPDATE stock SET left = 1 FROM order_lines", 4),
    ]);
    let report = driver.layer.report();
    let texts: Vec<_> = report.unfired().iter().map(|rule| rule.to_string()).collect();
    let expected = "\
scenarios/shop/x.toml:1: this rule never fired
  rule     cache.get where key = \"price:1*\" -> fail before unavailable
  calls    3 calls, none hit
  nearest  api/cache.get#2
  key      wanted \"price:1*\"
           found  \"price:2\"
scenarios/shop/x.toml:2: this rule never fired
  rule     db.execute where table = \"orders\" -> fail before unavailable
  calls    1 call, none hit
  nearest  api/db.execute#1
  table    wanted \"orders\"
           found  \"stock, order_lines\"
scenarios/shop/x.toml:3: this rule never fired
  rule     cache.get, nth 5 -> fail before unavailable
  calls    3 calls, none hit
  nearest  api/cache.get#3
  nth      wanted number 5 of the calls that it means
           found  only 3
scenarios/shop/x.toml:4: this rule never fired
  rule     worker/cache.get -> fail before unavailable
  calls    3 calls, none hit
  nearest  api/cache.get#1
  node     wanted worker
           found  api
scenarios/shop/x.toml:5: this rule never fired
  rule     cache.get#9 -> fail before unavailable
  calls    3 calls, none hit
  nearest  api/cache.get#3
  call     wanted #9
           found  #3 at last
scenarios/shop/x.toml:6: this rule never fired
  rule     cache.get, after 20s -> fail before unavailable
  calls    3 calls, none hit
  nearest  api/cache.get#3
  after    wanted 20s or later
           found  3s at last
scenarios/shop/x.toml:7: this rule never fired
  rule     cache.set -> fail before unavailable
  calls    none of what it means; there were get 3
scenarios/shop/x.toml:8: this rule never fired
  rule     pubsub.publish -> fail before unavailable
  calls    none of what it means
scenarios/shop/x.toml:10: this rule never fired
  rule     db.execute, first 1 -> fail before unavailable
  calls    1 call, none hit
  nearest  api/db.execute#1
  decided  wanted by this rule
           found  by scenarios/shop/x.toml:9, which comes first";
    assert_eq!(texts.join("\n"), expected);
    assert_eq!(report.rules()[8].to_string(), "scenarios/shop/x.toml:9: fired for 1 of 1 call");
}

#[test]
fn rules_with_a_chance_are_judged_over_all_runs() {
    let rule = || unavailable(Rule::on("cache.get").origin("x.toml:3").chance(0.05));
    let never = || unavailable(Rule::on("cache.get").origin("x.toml:9").key("x").chance(0.5));
    let run = |seeds: std::ops::Range<u64>| {
        let mut tally = RuleTally::new();
        for seed in seeds {
            let mut driver = Driver::new([rule(), never()], seed);
            driver.hits([("api", get(), "y", 0), ("api", get(), "xx", 0)]);
            assert!(driver.layer.report().unfired().is_empty());
            tally.add(&driver.layer.report());
        }
        tally
    };
    let mut tally = run(0..40);
    tally.merge(&run(40..100));
    assert_eq!(tally, run(0..100));
    assert!(tally.rules()[0].hits() > 0);
    let texts: Vec<_> = tally.unfired_by_chance().iter().map(|rule| rule.to_string()).collect();
    assert_eq!(
        texts,
        ["x.toml:9: this rule never fired in 100 runs\n  \
          rule     cache.get where key = \"x\", chance 0.5 -> fail before unavailable\n  \
          calls    200 calls, none hit\n  nearest  api/cache.get#2\n  \
          key      wanted \"x\"\n           found  \"xx\""]
    );
}

fn cache(rule: Rule) -> (Arc<dyn Cache>, FakeCache) {
    let world = Environment::seeded(7);
    let fake = FakeCache::new(&world);
    let stack = Stack::builder("api", world.clock().clone()).layer(layer([rule], 7)).build();
    (intercept::cache(&stack, Arc::new(fake.clone())), fake)
}

#[tokio::test(start_paused = true)]
async fn effects_are_what_they_say() -> Result<()> {
    let one = || Bytes::from_static(b"1");
    let (cache_, fake) = cache(Rule::on("cache.set").fail_before(ErrorKind::Timeout));
    let error = cache_.set("k", one(), None).await.unwrap_err();
    assert_eq!(error.to_string(), "cache.set: the service did not finish in time");
    assert!(error.injected_by().unwrap().starts_with("tests/faults.rs:"));
    assert_eq!(fake.get("k").await?, None);

    let slow = Latency::Fixed(secs(3));
    let lost = Rule::on("cache.set").fail_after(ErrorKind::OutcomeUnknown).delayed(slow);
    let (cache_, fake) = cache(lost);
    let start = tokio::time::Instant::now();
    assert!(cache_.set("k", one(), None).await.unwrap_err().is_outcome_unknown());
    assert_eq!((start.elapsed(), fake.get("k").await?), (secs(3), Some(one())));

    let (cache_, fake) = cache(Rule::on("cache.incr").repeat(2));
    assert_eq!(cache_.incr("n", 5).await?, 15);
    assert_eq!(fake.get("n").await?, Some(Bytes::from_static(b"15")));

    let (cache_, _) = cache(Rule::on("cache.get").hang());
    assert!(tokio::time::timeout(secs(3600), cache_.get("k")).await.is_err());

    let start = tokio::time::Instant::now();
    let (cache_, _) = cache(Rule::on("cache.get").nth(2).delay(slow));
    cache_.get("k").await?;
    assert_eq!(start.elapsed(), Duration::ZERO);
    cache_.get("k").await?;
    assert_eq!(start.elapsed(), secs(3));
    Ok(())
}

/// A database that notes what it is told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn note(&self, text: &str) {
        self.0.lock().unwrap().push(text.to_owned());
    }
}

#[async_trait]
impl Db for Notes {
    async fn query(&self, sql: &str, _: &[Value]) -> Result<Vec<Row>> {
        self.note(sql);
        Ok(Vec::new())
    }

    async fn execute(&self, sql: &str, _: &[Value]) -> Result<u64> {
        self.note(sql);
        Ok(1)
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.note("BEGIN");
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Transaction for Notes {
    async fn commit(self: Box<Self>) -> Result<()> {
        self.note("COMMIT");
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<()> {
        self.note("ROLLBACK");
        Ok(())
    }
}

fn db(rule: Rule) -> (Arc<dyn Db>, Notes) {
    let world = Environment::seeded(7);
    let notes = Notes::default();
    let stack = Stack::builder("api", world.clock().clone()).layer(layer([rule], 7)).build();
    (intercept::db(&stack, Arc::new(notes.clone())), notes)
}

#[tokio::test(start_paused = true)]
async fn a_disconnect_loses_the_transaction() -> Result<()> {
    let (db_, notes) = db(Rule::on("db.execute").nth(2).disconnect());
    let tx = db_.begin().await?;
    tx.execute("INSERT 1", &[]).await?;
    let error = tx.execute("INSERT 2", &[]).await.unwrap_err();
    assert_eq!(error.to_string(), "db.execute: server closed the connection unexpectedly (08006)");
    assert_eq!(tx.execute("INSERT 3", &[]).await.unwrap_err().kind(), ErrorKind::ConnectionLost);
    assert_eq!(tx.commit().await.unwrap_err().kind(), ErrorKind::ConnectionLost);
    assert_eq!(*notes.0.lock().unwrap(), ["BEGIN", "INSERT 1"]);

    // Whoever loses the connection during a commit cannot know that nothing was applied.
    let (db_, notes) = db(Rule::on("db.commit").disconnect());
    let error = db_.begin().await?.commit().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code().unwrap().as_str()),
        (ErrorKind::OutcomeUnknown, "08007")
    );
    assert_eq!(*notes.0.lock().unwrap(), ["BEGIN"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_database_fails_with_an_sqlstate() -> Result<()> {
    let fails = async |rule: Rule| -> Error {
        let (db_, _) = db(rule);
        db_.execute("UPDATE stock SET left = 1", &[]).await.unwrap_err()
    };
    let error = fails(Rule::on("db.*").fail_before(ErrorKind::Conflict)).await;
    assert_eq!(error.code(), Some(SqlState::SERIALIZATION_FAILURE));
    let error = fails(Rule::on("db.*").fail_before(SqlState::DEADLOCK_DETECTED)).await;
    assert_eq!(error.to_string(), "db.execute: deadlock detected (40P01)");
    assert!(error.is_retryable());
    let own =
        Error::sqlstate(SqlState::CHECK_VIOLATION, "no stock left").with_constraint("stock_left");
    let error = fails(Rule::on("db.*").table("stock").fail_after(own)).await;
    assert_eq!(error.to_string(), "db.execute: no stock left (23514, stock_left)");
    Ok(())
}

#[test]
fn deliveries_are_met_by_topic() {
    let deliver = PUBSUB.method("deliver").unwrap();
    let rule = Rule::on("pubsub.deliver").topic("order.*").nth(2).repeat(1);
    let hits = Driver::new([rule], 1).hits([
        ("worker", deliver, "order.placed", 0),
        ("worker", deliver, "stock.low", 0),
        ("worker", deliver, "order.paid", 0),
    ]);
    assert_eq!(hits, "..x");
}

/// Half of the draws are below p50, 99 of 100 below p99; within what 10,000 draws allow.
#[test]
fn distributions_have_the_shape_they_say() {
    let ms = Duration::from_millis;
    for (latency, p50, p99) in [
        (Latency::Fixed(ms(5)), 5.0, 5.0),
        (Latency::Uniform(ms(10), ms(20)), 15.0, 19.9),
        (Latency::Normal { mean: ms(50), std_dev: ms(10) }, 50.0, 50.0 + 23.26),
        (Latency::LogNormal { p50: ms(5), p99: ms(80) }, 5.0, 80.0),
        // min · (1 − p)^(−1/shape)
        (Latency::Pareto { min: ms(10), shape: 2.0 }, 14.142, 100.0),
    ] {
        let mut stream = Entropy::new(42).stream("latency");
        let mut draws: Vec<_> =
            (0..10_000).map(|_| latency.draw(&mut stream).as_secs_f64() * 1e3).collect();
        draws.sort_by(f64::total_cmp);
        let near = |found: f64, wanted: f64, part: f64| (found / wanted - 1.0).abs() < part;
        assert!(near(draws[5_000], p50, 0.05), "{latency:?}: p50 {}", draws[5_000]);
        assert!(near(draws[9_900], p99, 0.12), "{latency:?}: p99 {}", draws[9_900]);
        assert!(draws[0] >= 0.0);
    }
}
