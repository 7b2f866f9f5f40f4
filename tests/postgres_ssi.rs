//! SERIALIZABLE, deadlocks and advisory locks of the simulated PostgreSQL, without a server: no history
//! passes that no serial order explains, and what the golden scripts cannot say.
#![cfg(feature = "test-util")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use stuntdouble::fake::postgres::{Answer, Postgres, Session};
use stuntdouble::{Entropy, Error, Result, TokioClock};
use tokio::task::JoinHandle;

const LEVEL: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";

fn clock() -> Arc<TokioClock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

async fn database(schema: &str) -> Postgres {
    let db = Postgres::new(clock(), Entropy::new(1));
    db.migrate(schema).await.unwrap();
    db
}

/// What a statement answered, as text that can be compared.
fn shown(result: &Result<Answer>) -> String {
    match result {
        Ok(answer) => {
            let rows: Vec<String> = (0..answer.len())
                .map(|row| {
                    let columns = 0..answer.columns().len();
                    let values = columns.map(|at| answer.text(row, at).unwrap_or("NULL".into()));
                    values.collect::<Vec<_>>().join(",")
                })
                .collect();
            format!("{} {}", answer.tag(), rows.join(";"))
        }
        Err(error) => format!("ERROR {}", code(error)),
    }
}

fn code(error: &Error) -> String {
    error.code().map_or("none".into(), |code| code.as_str().to_owned())
}

// ---------------------------------------------------------------------------------------------------
// Histories

const SCHEMA: &str = "
    CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE, v int NOT NULL);
    CREATE TABLE u (id int, v int);
    CREATE INDEX ON u (id);
    INSERT INTO t VALUES (1, 1, 10), (2, 2, 20), (3, 3, 30);
    INSERT INTO u VALUES (1, 10), (2, 20);
";

const SESSIONS: usize = 4;

/// Beginnings: mostly read and write, at SERIALIZABLE.
fn beginning() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => Just(LEVEL),
        1 => Just("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"),
        1 => Just("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY, DEFERRABLE"),
    ]
}

fn statement() -> impl Strategy<Value = String> {
    let id = || 1..5i32;
    prop_oneof![
        3 => id().prop_map(|id| format!("SELECT v FROM t WHERE id = {id}")),
        1 => id().prop_map(|k| format!("SELECT id FROM t WHERE k = {k}")),
        1 => id().prop_map(|id| format!("SELECT id, v FROM t WHERE id >= {id} ORDER BY id")),
        1 => Just("SELECT sum(v), count(*) FROM t".to_owned()),
        1 => Just("SELECT max(id) FROM t".to_owned()),
        1 => id().prop_map(|id| format!("SELECT v FROM u WHERE id = {id} ORDER BY v")),
        1 => Just("SELECT t.id, u.v FROM t JOIN u ON u.id = t.id ORDER BY 1, 2".to_owned()),
        1 => id().prop_map(|id| format!("SELECT EXISTS (SELECT 1 FROM u WHERE v > {id} * 10)")),
        1 => id().prop_map(|id| format!("SELECT id FROM t WHERE id = {id} FOR UPDATE")),
        4 => id().prop_map(|id| format!("UPDATE t SET v = v + 1 WHERE id = {id}")),
        1 => id().prop_map(|id| format!("UPDATE t SET v = (SELECT sum(v) FROM u) WHERE id = {id}")),
        1 => (id(), id()).prop_map(|(from, to)| format!("UPDATE t SET k = {to} WHERE id = {from}")),
        2 => (id(), 1..6i32).prop_map(|(id, k)| format!("INSERT INTO t VALUES ({id}, {k}, 5)")),
        1 => id().prop_map(|id| {
            format!("INSERT INTO t VALUES ({id}, NULL, 7) ON CONFLICT (id) DO UPDATE SET v = t.v + 3")
        }),
        1 => id().prop_map(|id| {
            format!("INSERT INTO t VALUES ({id}, NULL, 9) ON CONFLICT DO NOTHING")
        }),
        1 => id().prop_map(|id| format!("DELETE FROM t WHERE id = {id}")),
        2 => id().prop_map(|id| format!("UPDATE u SET v = v + 1 WHERE id = {id}")),
        1 => id().prop_map(|id| format!("UPDATE u SET id = id + 1 WHERE v < {id} * 10")),
        2 => id().prop_map(|id| format!("INSERT INTO u SELECT {id}, count(*) FROM t")),
        1 => Just("DELETE FROM u WHERE v = (SELECT min(v) FROM u)".to_owned()),
    ]
}

/// A transaction: how it begins, and what it runs.
#[derive(Clone, Debug)]
struct Plan {
    begin: &'static str,
    statements: Vec<String>,
}

fn plans() -> impl Strategy<Value = (Vec<Plan>, Vec<usize>)> {
    let plan = (beginning(), prop::collection::vec(statement(), 1..5))
        .prop_map(|(begin, statements)| Plan { begin, statements });
    let order = prop::collection::vec(0..SESSIONS, 60);
    (prop::collection::vec(plan, 2..=SESSIONS), order)
}

/// A session that can be asked on while others wait.
struct Actor {
    session: Option<Session>,
    running: Option<JoinHandle<(Session, Result<Answer>)>>,
    next: usize,
    answers: Vec<String>,
    failed: Option<String>,
    committed: bool,
}

impl Actor {
    async fn settle(&mut self) {
        if let Some(handle) = self.running.take_if(|handle| handle.is_finished()) {
            let (session, result) = handle.await.unwrap();
            self.session = Some(session);
            match &result {
                Err(error) => self.failed = Some(code(error)),
                Ok(answer) if answer.tag() == "COMMIT" => self.committed = true,
                Ok(_) => {}
            }
            self.answers.push(shown(&result));
        }
    }

    fn is_over(&self) -> bool {
        self.committed || self.failed.is_some()
    }

    /// Starts what comes next; false if it is done, or waits.
    fn start(&mut self, plan: &Plan) -> bool {
        if self.is_over() {
            return false;
        }
        let sql = match self.next {
            0 => plan.begin.to_owned(),
            n if n <= plan.statements.len() => plan.statements[n - 1].clone(),
            _ => "COMMIT".to_owned(),
        };
        let Some(mut session) = self.session.take() else { return false };
        self.next += 1;
        self.running = Some(tokio::spawn(async move {
            let result = session.execute(&sql, &[]).await;
            (session, result)
        }));
        true
    }
}

struct History {
    /// Of those that committed: which plan, and what it was answered.
    committed: Vec<(usize, Vec<String>)>,
    /// SQLSTATE and how often.
    failures: BTreeMap<String, usize>,
    content: String,
}

async fn content(db: &Postgres) -> String {
    let mut session = db.session();
    let t = session.execute("SELECT * FROM t ORDER BY id", &[]).await;
    let u = session.execute("SELECT * FROM u ORDER BY id, v", &[]).await;
    format!("{} | {}", shown(&t), shown(&u))
}

async fn interleaved(template: &Postgres, plans: &[Plan], order: &[usize]) -> History {
    let db = template.fork(clock(), Entropy::new(2));
    let actor = |_: &Plan| Actor {
        session: Some(db.session()),
        running: None,
        next: 0,
        answers: vec![],
        failed: None,
        committed: false,
    };
    let mut actors: Vec<Actor> = plans.iter().map(actor).collect();
    let rounds = order.iter().copied().chain((0..40 * SESSIONS).map(|n| n % SESSIONS));
    for who in rounds {
        let Some(plan) = plans.get(who) else { continue };
        let stuck = |actor: &Actor| actor.session.is_none() || actor.is_over();
        if !actors[who].start(plan) && actors.iter().all(stuck) {
            // Everybody waits: time for the deadlock detector.
            tokio::time::sleep(Duration::from_millis(1100)).await;
        }
        for _ in 0..6 {
            tokio::task::yield_now().await;
        }
        for actor in &mut actors {
            actor.settle().await;
            if actor.failed.is_some()
                && let Some(session) = &mut actor.session
            {
                let _ = session.execute("ROLLBACK", &[]).await;
            }
        }
        if !actors.iter().any(|actor| actor.running.is_some()) && actors.iter().all(Actor::is_over)
        {
            break;
        }
    }
    let mut history =
        History { committed: vec![], failures: BTreeMap::new(), content: content(&db).await };
    for (at, actor) in actors.into_iter().enumerate() {
        match actor.failed {
            _ if actor.committed => history.committed.push((at, actor.answers)),
            Some(code) => *history.failures.entry(code).or_default() += 1,
            None => panic!("a session neither committed nor failed"),
        }
    }
    history
}

/// Whether the transactions, one after the other in that order, are answered the same and leave the same.
async fn explains(template: &Postgres, plans: &[Plan], order: &[usize], history: &History) -> bool {
    let db = template.fork(clock(), Entropy::new(2));
    for place in order {
        let (which, answers) = &history.committed[*place];
        let plan = &plans[*which];
        let mut session = db.session();
        let texts = [plan.begin]
            .into_iter()
            .chain(plan.statements.iter().map(String::as_str))
            .chain(["COMMIT"]);
        for (text, answer) in texts.zip(answers) {
            if shown(&session.execute(text, &[]).await) != *answer {
                return false;
            }
        }
    }
    content(&db).await == history.content
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = permutations(count - 1);
    shorter
        .iter()
        .flat_map(|order| {
            (0..count).map(|at| {
                let mut longer = order.clone();
                longer.insert(at, count - 1);
                longer
            })
        })
        .collect()
}

/// Committed transactions, histories without a failure, failures by SQLSTATE.
type Counts = RefCell<(usize, usize, BTreeMap<String, usize>)>;

fn note(counts: &Counts, plans: &[Plan], history: &History) {
    let mut counts = counts.borrow_mut();
    counts.0 += history.committed.len();
    counts.1 += usize::from(history.committed.len() == plans.len());
    for (code, count) in &history.failures {
        *counts.2.entry(code.clone()).or_default() += count;
    }
}

/// How many histories are tried: `STUNTDOUBLE_RANDOM_CASES`, or this many.
const CASES: u32 = 400;

#[test]
fn every_history_has_a_serial_order() {
    let cases = std::env::var("STUNTDOUBLE_RANDOM_CASES").ok().and_then(|text| text.parse().ok());
    let seed: u32 = std::env::var("STUNTDOUBLE_RANDOM_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases: cases.unwrap_or(CASES),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let counts = Counts::default();
    let result = runner.run(&plans(), |(plans, order)| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let template = database(SCHEMA).await;
            let history = interleaved(&template, &plans, &order).await;
            note(&counts, &plans, &history);
            for order in permutations(history.committed.len()) {
                if explains(&template, &plans, &order, &history).await {
                    return Ok(());
                }
            }
            let told: Vec<String> = history
                .committed
                .iter()
                .map(|(which, answers)| format!("{which}: {:?} → {answers:?}", plans[*which]))
                .collect();
            let text = format!("no serial order:\n{}\n{}", told.join("\n"), history.content);
            Err(TestCaseError::fail(text))
        })
    });
    let (committed, clean, failures) = counts.into_inner();
    println!("{committed} committed; {clean} histories without a failure; failures: {failures:?}");
    result.unwrap();
    assert!(
        failures.contains_key("40001") && clean > 0,
        "the histories conflict, and not all of them"
    );
}

// ---------------------------------------------------------------------------------------------------
// Single cases

const PAIR: &str = "
    CREATE TABLE t (id int PRIMARY KEY, n int);
    INSERT INTO t VALUES (1, 0), (2, 0);
";

async fn run(session: &mut Session, statements: &[&str]) -> Result<()> {
    for sql in statements {
        session.execute(sql, &[]).await?;
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_serialization_failure_says_why() -> Result<()> {
    let db = database(PAIR).await;
    let (mut a, mut b) = (db.session(), db.session());
    run(&mut a, &[LEVEL, "SELECT sum(n) FROM t", "UPDATE t SET n = 1 WHERE id = 1"]).await?;
    run(&mut b, &[LEVEL, "SELECT sum(n) FROM t", "UPDATE t SET n = 1 WHERE id = 2"]).await?;
    a.execute("COMMIT", &[]).await?;
    let error = b.execute("COMMIT", &[]).await.unwrap_err();
    assert_eq!(code(&error), "40001");
    assert!(error.is_retryable());
    assert_eq!(
        error.message(),
        "could not serialize access due to read/write dependencies among transactions"
    );
    assert_eq!(
        error.detail(),
        Some("Reason code: Canceled on identification as a pivot, during commit attempt.")
    );
    // The failed commit has ended the transaction.
    assert!(db.open_transactions().is_empty());
    b.execute("SELECT 1", &[]).await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_deferrable_reader_takes_another_snapshot_if_the_first_is_unsafe() -> Result<()> {
    let db = database(PAIR).await;
    let (mut a, mut b, mut r) = (db.session(), db.session(), db.session());
    // a reads what b has replaced before the reader's snapshot: the reader could see b's and not a's.
    run(&mut a, &[LEVEL, "SELECT sum(n) FROM t"]).await?;
    run(&mut b, &[LEVEL, "UPDATE t SET n = 5 WHERE id = 2", "COMMIT"]).await?;
    r.execute("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE", &[]).await?;
    let waiting = tokio::spawn(async move {
        let answer = r.execute("SELECT n FROM t ORDER BY id", &[]).await;
        (r, answer)
    });
    tokio::task::yield_now().await;
    let open = db.open_transactions();
    let wait = open.iter().find_map(|open| open.waits_for.clone()).unwrap();
    assert!(wait.starts_with("a snapshot that no open transaction makes unsafe"), "{wait}");
    run(&mut a, &["UPDATE t SET n = -1 WHERE id = 1", "COMMIT"]).await?;
    let (mut r, answer) = waiting.await.unwrap();
    assert_eq!(shown(&answer), "SELECT 2 -1;5");
    r.execute("COMMIT", &[]).await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn nothing_is_remembered_of_transactions_that_nobody_overlaps() -> Result<()> {
    let db = database(PAIR).await;
    let mut session = db.session();
    for _ in 0..100 {
        run(&mut session, &[LEVEL, "SELECT sum(n) FROM t", "UPDATE t SET n = n + 1", "COMMIT"])
            .await?;
    }
    let rows = db.rows("SELECT n FROM t WHERE id = 1").await?;
    assert_eq!(rows[0].get::<i64>(0)?, 100);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn rows_far_apart_in_an_index_do_not_conflict() -> Result<()> {
    let db = database(
        "CREATE TABLE t (id int PRIMARY KEY, n int);
         INSERT INTO t SELECT i, 0 FROM generate_series(1, 5000) i;",
    )
    .await;
    let (mut a, mut b) = (db.session(), db.session());
    run(&mut a, &[LEVEL, "SELECT n FROM t WHERE id = 1"]).await?;
    run(&mut b, &[LEVEL, "SELECT n FROM t WHERE id = 4000"]).await?;
    run(&mut a, &["DELETE FROM t WHERE id = 1", "INSERT INTO t VALUES (1, 1)", "COMMIT"]).await?;
    run(&mut b, &["DELETE FROM t WHERE id = 4000", "INSERT INTO t VALUES (4000, 1)", "COMMIT"])
        .await?;

    // Neighbours share a page.
    run(&mut a, &[LEVEL, "SELECT n FROM t WHERE id = 11"]).await?;
    run(&mut b, &[LEVEL, "SELECT n FROM t WHERE id = 12"]).await?;
    run(&mut a, &["DELETE FROM t WHERE id = 11", "INSERT INTO t VALUES (11, 1)"]).await?;
    run(&mut b, &["DELETE FROM t WHERE id = 12", "INSERT INTO t VALUES (12, 1)"]).await?;
    a.execute("COMMIT", &[]).await?;
    assert_eq!(code(&b.execute("COMMIT", &[]).await.unwrap_err()), "40001");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_deadlock_takes_its_time_and_tells_of_both() -> Result<()> {
    let db = database(PAIR).await;
    let (mut a, mut b) = (db.session(), db.session());
    run(&mut a, &["SET deadlock_timeout = '3s'", "BEGIN", "UPDATE t SET n = 1 WHERE id = 1"])
        .await?;
    run(&mut b, &["SET deadlock_timeout = '5s'", "BEGIN", "UPDATE t SET n = 2 WHERE id = 2"])
        .await?;
    let (first, second) = (a.id(), b.id());
    let start = tokio::time::Instant::now();
    let other = tokio::spawn(async move {
        let result = b.execute("UPDATE t SET n = 2 WHERE id = 1", &[]).await;
        (b, result)
    });
    tokio::task::yield_now().await;
    let error = a.execute("UPDATE t SET n = 1 WHERE id = 2", &[]).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 3);
    assert_eq!((code(&error).as_str(), error.message()), ("40P01", "deadlock detected"));
    let detail = error.detail().unwrap().to_owned();
    let lines: Vec<&str> = detail.lines().collect();
    assert!(lines[0].starts_with(&format!("Process {first} waits for ShareLock on transaction ")));
    assert!(lines[0].ends_with(&format!("; blocked by process {second}.")), "{detail}");
    assert!(lines[1].starts_with(&format!("Process {second} waits for ShareLock")), "{detail}");
    let (_b, result) = other.await.unwrap();
    assert_eq!(shown(&result), "UPDATE 1 ");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn advisory_locks_of_a_lost_session_are_free() -> Result<()> {
    let db = database("").await;
    let (mut a, mut b) = (db.session(), db.session());
    a.execute("SELECT pg_advisory_lock(7)", &[]).await?;
    let waiting =
        tokio::spawn(async move { shown(&b.execute("SELECT pg_advisory_lock(7)", &[]).await) });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    db.kill(a.id());
    assert_eq!(waiting.await.unwrap(), "SELECT 1 ");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn one_statement_takes_advisory_locks_in_order_and_waits_for_each() -> Result<()> {
    let db = database("").await;
    let (mut a, mut b, mut c) = (db.session(), db.session(), db.session());
    a.execute("SELECT pg_advisory_lock(2)", &[]).await?;
    let waiting = tokio::spawn(async move {
        let sql = "SELECT pg_advisory_lock(1), pg_advisory_lock(2), pg_advisory_lock(3)";
        let answer = b.execute(sql, &[]).await;
        (b, answer)
    });
    tokio::task::yield_now().await;
    let free = "SELECT pg_try_advisory_lock(1), pg_try_advisory_lock(3)";
    assert_eq!(shown(&c.execute(free, &[]).await), "SELECT 1 f,t");
    c.execute("SELECT pg_advisory_unlock_all()", &[]).await?;
    assert_eq!(shown(&a.execute("SELECT pg_advisory_unlock(2)", &[]).await), "SELECT 1 t");
    let (_b, answer) = waiting.await.unwrap();
    assert!(answer.is_ok());
    assert_eq!(shown(&c.execute(free, &[]).await), "SELECT 1 f,f");
    Ok(())
}
