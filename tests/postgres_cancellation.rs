//! Statements of the simulated PostgreSQL whose futures are dropped half-way, in random schedules of several
//! sessions: what a dropped one did is gone wholly, it leaves no lock and no waiter, and who stood behind it
//! goes on.
#![cfg(feature = "test-util")]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use stuntdouble::fake::postgres::{Answer, Postgres, Session};
use stuntdouble::{Db, DbExt, Entropy, Error, TokioClock, Transaction};
use tokio::sync::Mutex;

/// A row of `c` waits at its COMMIT for who has deleted the row of `p`.
const TABLES: &str = "
    CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL);
    INSERT INTO t VALUES (1, 0), (2, 0);
    CREATE TABLE p (id int PRIMARY KEY);
    INSERT INTO p VALUES (1), (2), (3);
    CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)";

/// What changes something says by how much: the sum of what was committed is what must be there.
/// `#` is a number from 1 to 3.
const CHANGES: &[&str] = &[
    "UPDATE t SET n = n + 1 WHERE id = # RETURNING 't' || id AS what, 1 AS change",
    "UPDATE t SET n = n + 1 RETURNING 't' || id AS what, 1 AS change",
    "UPDATE t SET n = n + 1 WHERE id IN (SELECT id FROM t ORDER BY id DESC FOR UPDATE) RETURNING 't' || id AS what, 1 AS change",
    "DELETE FROM t WHERE id = # RETURNING 't' || id AS what, -n AS change",
    "INSERT INTO t VALUES (#, 1) RETURNING 't' || id AS what, n AS change",
    "INSERT INTO t VALUES (#, 1), (# % 3 + 1, 1) ON CONFLICT DO NOTHING RETURNING 't' || id AS what, n AS change",
    "INSERT INTO t VALUES (#, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1 RETURNING 't' || id AS what, 1 AS change",
    "INSERT INTO c VALUES (#) RETURNING 'c' || p AS what, 1 AS change",
    "DELETE FROM c WHERE p = # RETURNING 'c' || p AS what, -1 AS change",
    "INSERT INTO p VALUES (#) RETURNING 'p' || id AS what, 1 AS change",
    "DELETE FROM p WHERE id = # RETURNING 'p' || id AS what, -1 AS change",
];

const OTHERS: &[&str] = &[
    "SELECT * FROM t ORDER BY id FOR UPDATE",
    "SELECT * FROM t WHERE id = # FOR SHARE",
    "SELECT * FROM t FOR NO KEY UPDATE SKIP LOCKED",
    "SELECT * FROM t FOR UPDATE NOWAIT",
    "SELECT * FROM p WHERE id = # FOR KEY SHARE",
    "LOCK TABLE t",
    "LOCK TABLE t IN SHARE MODE",
    "LOCK TABLE t, p IN EXCLUSIVE MODE",
    "LOCK TABLE t IN ROW EXCLUSIVE MODE NOWAIT",
    "ALTER TABLE t ADD COLUMN IF NOT EXISTS more int",
    "SELECT pg_advisory_xact_lock(#)",
    "SELECT pg_advisory_xact_lock_shared(#)",
    "SELECT pg_advisory_lock(#)",
    "SELECT pg_try_advisory_xact_lock(#)",
    "DECLARE x CURSOR FOR SELECT * FROM t FOR UPDATE",
    "FETCH 1 FROM x",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "SELECT pg_sleep(0.5)",
];

const CONTROLS: &[&str] = &[
    "BEGIN",
    "BEGIN",
    "BEGIN",
    "BEGIN",
    "BEGIN",
    "BEGIN",
    "BEGIN ISOLATION LEVEL REPEATABLE READ",
    "BEGIN ISOLATION LEVEL SERIALIZABLE",
    "COMMIT",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT s",
    "SAVEPOINT s",
    "ROLLBACK TO s",
    "RELEASE s",
];

#[derive(Clone, Debug)]
enum What {
    Statement(String),
    /// `with_tx` around these, the last of them in a savepoint.
    WithTx(Vec<String>),
    /// The same by hand: begin, statements, and a drop instead of the commit.
    LeftOpen(Vec<String>),
    /// The whole session is dropped, and another one opened.
    Drop,
    Pass(u16),
}

/// The client sends something; if its last statement still waits, that is polled instead.
#[derive(Clone, Debug)]
struct Action {
    client: usize,
    what: What,
    /// After how many polls the future is dropped.
    polls: Option<u8>,
}

fn statement() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        3 => prop::sample::select(CHANGES),
        2 => prop::sample::select(OTHERS),
    ];
    (text, 1i32..=3).prop_map(|(sql, key): (&str, i32)| sql.replace('#', &key.to_string()))
}

fn action() -> impl Strategy<Value = Action> {
    let what = prop_oneof![
        10 => statement().prop_map(What::Statement),
        4 => prop::sample::select(CONTROLS).prop_map(|sql| What::Statement(sql.into())),
        2 => vec(statement(), 1..4).prop_map(What::WithTx),
        1 => vec(statement(), 1..3).prop_map(What::LeftOpen),
        1 => Just(What::Drop),
        2 => prop::sample::select(vec![100, 600, 1100]).prop_map(What::Pass),
    ];
    let polls = prop_oneof![1 => Just(None), 1 => (0u8..4).prop_map(Some)];
    (0usize..4, what, polls).prop_map(|(client, what, polls)| Action { client, what, polls })
}

/// Changes of sums, by what they are sums of.
type Changes = Vec<(String, i64)>;

enum Done {
    Answered(String, Result<Answer, Error>),
    /// A whole transaction, with what it committed.
    Committed(Changes),
}

struct Flight {
    future: Pin<Box<dyn Future<Output = Done>>>,
    /// Polls that are left until it is dropped.
    left: Option<u8>,
    polled: bool,
    /// It uses the client's own session.
    own: bool,
}

/// What the client knows of its session.
#[derive(Default)]
struct Known {
    in_block: bool,
    failed: bool,
    lost: bool,
    changes: Changes,
    savepoints: Vec<usize>,
}

struct Client {
    session: Arc<Mutex<Session>>,
    id: i32,
    known: Known,
    flight: Option<Flight>,
}

struct World {
    db: Postgres,
    clients: Vec<Client>,
    sums: BTreeMap<String, i64>,
    /// What was sent, for the message.
    log: Vec<String>,
}

impl Client {
    fn open(db: &Postgres) -> Client {
        let session = db.session();
        let id = session.id();
        let session = Arc::new(Mutex::new(session));
        Client { session, id, known: Known::default(), flight: None }
    }
}

async fn changes_of(db: &dyn Db, sql: &str) -> Result<Changes, Error> {
    let rows = db.query(sql, &[]).await?;
    // So that others get in between.
    tokio::task::yield_now().await;
    if !sql.contains("AS what") {
        return Ok(vec![]);
    }
    rows.iter().map(|row| Ok((row.get("what")?, row.get("change")?))).collect()
}

async fn with_tx(db: &Postgres, statements: &[String]) -> Result<Changes, Error> {
    db.with_tx(async |tx| {
        let mut changes = vec![];
        let Some((last, first)) = statements.split_last() else { return Ok(changes) };
        for sql in first {
            changes.extend(changes_of(tx, sql).await?);
        }
        let savepoint = tx.begin().await?;
        let within = changes_of(&*savepoint, last).await;
        // What failed is undone by the drop, and the rest is committed.
        if let Ok(within) = within {
            savepoint.commit().await?;
            changes.extend(within);
        }
        Ok::<_, Error>(changes)
    })
    .await
}

async fn left_open(db: &Postgres, statements: &[String]) -> Result<(), Error> {
    let tx: Box<dyn Transaction> = db.begin().await?;
    for sql in statements {
        changes_of(&*tx, sql).await?;
    }
    Ok(())
}

impl World {
    async fn act(&mut self, action: &Action) {
        let place = action.client % self.clients.len();
        self.log.push(format!("{place}: {:?} {:?}", action.what, action.polls));
        if let What::Pass(milliseconds) = action.what {
            tokio::time::advance(Duration::from_millis(milliseconds.into())).await;
        } else if let What::Drop = action.what {
            self.clients[place] = Client::open(&self.db);
        } else if self.clients[place].flight.is_some() {
            self.poll(place);
        } else {
            self.send(place, &action.what, action.polls);
            self.poll(place);
        }
        self.check();
        // A task that never yields is told to wait by tokio's timers.
        tokio::task::yield_now().await;
    }

    fn send(&mut self, place: usize, what: &What, left: Option<u8>) {
        let client = &mut self.clients[place];
        let rolls_back = || What::Statement("ROLLBACK".into());
        let what = match &client.known {
            // Most schedules would soon have nobody left who takes part.
            known if known.lost && left.is_none() => {
                *client = Client::open(&self.db);
                what.clone()
            }
            known if known.failed && left == Some(1) => rolls_back(),
            known if known.failed && left.is_none() && !known.savepoints.is_empty() => {
                What::Statement("ROLLBACK TO s".into())
            }
            known if known.failed && left.is_none() => rolls_back(),
            _ => what.clone(),
        };
        let (db, session) = (self.db.clone(), self.clients[place].session.clone());
        let mut own = false;
        let future: Pin<Box<dyn Future<Output = Done>>> =
            match what {
                What::Statement(sql) => {
                    own = true;
                    Box::pin(async move {
                        let answer = session.lock().await.execute(&sql, &[]).await;
                        Done::Answered(sql, answer)
                    })
                }
                What::WithTx(list) => Box::pin(async move {
                    Done::Committed(with_tx(&db, &list).await.unwrap_or_default())
                }),
                What::LeftOpen(list) => Box::pin(async move {
                    let _ = left_open(&db, &list).await;
                    Done::Committed(vec![])
                }),
                What::Drop | What::Pass(_) => return,
            };
        self.clients[place].flight = Some(Flight { future, left, polled: false, own });
    }

    /// Once, or drops it if its polls are used up.
    fn poll(&mut self, place: usize) {
        let client = &mut self.clients[place];
        let Some(flight) = &mut client.flight else { return };
        if flight.left == Some(0) {
            if flight.own && flight.polled {
                client.known = Known { lost: true, ..Known::default() };
            }
            client.flight = None;
            return;
        }
        flight.left = flight.left.map(|left| left - 1);
        flight.polled = true;
        let polled = flight.future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(done) = polled else { return };
        client.flight = None;
        let committed = match done {
            Done::Committed(changes) => changes,
            Done::Answered(sql, answer) => client.known.learn(&sql, answer),
        };
        for (what, change) in committed {
            *self.sums.entry(what).or_default() += change;
        }
    }

    fn check(&self) {
        let open = self.db.open_transactions();
        let is_open = |id| open.iter().any(|transaction| transaction.session == id);
        for client in self.clients.iter().filter(|client| client.flight.is_none()) {
            let (id, expected) = (client.id, client.known.in_block);
            assert_eq!(is_open(id), expected, "of session {id} after {:#?}", self.log);
        }
        for waiting in open.iter().filter(|transaction| transaction.waits_for.is_some()) {
            let alive = |id: &i32| {
                is_open(*id) || self.clients.iter().any(|c| c.id == *id && !c.known.lost)
            };
            assert!(
                !waiting.blocked_by.is_empty() && waiting.blocked_by.iter().all(alive),
                "waits for nobody after {:#?}: {waiting}",
                self.log
            );
        }
    }

    /// Everybody is rolled back or dropped; whoever waits comes to its turn.
    async fn end(&mut self) {
        for _ in 0..40 {
            for place in 0..self.clients.len() {
                if let Some(flight) = &mut self.clients[place].flight {
                    flight.left = None;
                    if !flight.own {
                        // It may wait for the session of its own client.
                        let flight = self.clients[place].flight.take();
                        self.clients[place] = Client { flight, ..Client::open(&self.db) };
                    }
                } else if place % 2 == 0 && !self.clients[place].known.lost {
                    // The next may be sent as something else, while the first has failed.
                    for sql in ["ROLLBACK", "ROLLBACK", "SELECT pg_advisory_unlock_all()"] {
                        self.send(place, &What::Statement(sql.into()), None);
                        self.poll(place);
                    }
                } else {
                    self.clients[place] = Client::open(&self.db);
                }
                self.poll(place);
                self.check();
            }
            tokio::time::advance(Duration::from_millis(600)).await;
        }
        for client in &self.clients {
            assert!(client.flight.is_none(), "somebody waits for ever after {:#?}", self.log);
        }
        assert!(self.db.open_transactions().is_empty(), "after {:#?}", self.log);
    }

    async fn check_that_all_is_free(&self) {
        let mut other = self.db.session();
        for sql in [
            "BEGIN",
            "LOCK TABLE t, p, c IN ACCESS EXCLUSIVE MODE NOWAIT",
            "SELECT * FROM t FOR UPDATE NOWAIT",
            "SELECT * FROM p FOR UPDATE NOWAIT",
            "SELECT * FROM c FOR UPDATE NOWAIT",
            "SELECT 1 / (count(*) = 3)::int FROM generate_series(1, 3) key WHERE pg_try_advisory_xact_lock(key)",
            "COMMIT",
        ] {
            if let Err(error) = other.execute(sql, &[]).await {
                panic!("{sql}: {error} after {:#?}", self.log);
            }
        }
        let sums = "SELECT 't' || id AS what, n::int8 AS sum FROM t
            UNION ALL SELECT 'p' || id, 1 FROM p
            UNION ALL SELECT 'c' || p, count(*) FROM c GROUP BY p";
        let rows = self.db.query(sums, &[]).await.unwrap();
        let mut found: BTreeMap<String, i64> =
            rows.iter().map(|row| (row.get("what").unwrap(), row.get("sum").unwrap())).collect();
        found.retain(|_, sum| *sum != 0);
        let mut expected = self.sums.clone();
        expected.retain(|_, sum| *sum != 0);
        assert_eq!(found, expected, "after {:#?}", self.log);
    }
}

impl Known {
    /// Takes notice of an answer; returns what is now committed.
    fn learn(&mut self, sql: &str, answer: Result<Answer, Error>) -> Changes {
        let code = answer.as_ref().err().and_then(Error::code);
        let code = code.as_ref().map(|code| code.as_str());
        if self.lost {
            assert_eq!(code, Some("57P01"), "{sql} of a session that is lost");
            return vec![];
        }
        let ends = ["COMMIT", "ROLLBACK", "ROLLBACK TO s"].contains(&sql);
        if self.failed && !ends {
            assert_eq!(code, Some("25P02"), "{sql} of a transaction that has failed");
            return vec![];
        }
        let is_committed = answer.as_ref().is_ok_and(|answer| answer.tag() == "COMMIT");
        match (sql, &answer) {
            ("COMMIT" | "ROLLBACK", _) => {
                let known = std::mem::take(self);
                return if is_committed { known.changes } else { vec![] };
            }
            (_, Err(_)) => self.failed = self.in_block,
            ("SAVEPOINT s", Ok(_)) => self.savepoints.push(self.changes.len()),
            ("ROLLBACK TO s", Ok(_)) => {
                self.failed = false;
                self.changes.truncate(self.savepoints.last().copied().unwrap_or(0));
            }
            ("RELEASE s", Ok(_)) => drop(self.savepoints.pop()),
            (sql, Ok(_)) if sql.starts_with("BEGIN") => self.in_block = true,
            (sql, Ok(answer)) if sql.contains("AS what") => {
                let changes = answer
                    .rows()
                    .into_iter()
                    .map(|row| (row.get("what").unwrap(), row.get("change").unwrap()));
                if !self.in_block {
                    return changes.collect();
                }
                self.changes.extend(changes);
            }
            (_, Ok(_)) => {}
        }
        vec![]
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        max_shrink_iters: 500,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_dropped_statement_leaves_nothing(clients in 2usize..=4, actions in vec(action(), 20..80)) {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
            let db = Postgres::new(Arc::new(clock), Entropy::new(1));
            db.migrate(TABLES).await.unwrap();
            let clients = (0..clients).map(|_| Client::open(&db)).collect();
            let sums = (1..=3).map(|id| (format!("p{id}"), 1)).collect();
            let mut world = World { db, clients, sums, log: vec![] };
            for action in &actions {
                world.act(action).await;
            }
            world.end().await;
            world.check_that_all_is_free().await;
        });
    }
}

/// The savepoint is a value of its own, and can outlive its transaction even while it runs something.
#[tokio::test(start_paused = true)]
async fn a_transaction_is_dropped_while_a_statement_of_its_savepoint_waits() {
    let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
    let db = Postgres::new(Arc::new(clock), Entropy::new(1));
    db.migrate(TABLES).await.unwrap();
    let holder = db.begin().await.unwrap();
    holder.execute("UPDATE t SET n = 5 WHERE id = 1", &[]).await.unwrap();
    let transaction = db.begin().await.unwrap();
    transaction.execute("UPDATE t SET n = 7 WHERE id = 2", &[]).await.unwrap();
    let savepoint = transaction.begin().await.unwrap();
    {
        let mut statement = savepoint.execute("UPDATE t SET n = n + 1", &[]);
        let mut context = Context::from_waker(Waker::noop());
        assert!(statement.as_mut().poll(&mut context).is_pending());
        drop(transaction);
        assert_eq!(db.open_transactions().len(), 1);
        let error = statement.await.unwrap_err();
        assert_eq!(error.code().map(|code| code.as_str().to_owned()).as_deref(), Some("57P01"));
    }
    drop(savepoint);
    holder.rollback().await.unwrap();
    let rows = db.query("SELECT sum(n)::int AS sum FROM t", &[]).await.unwrap();
    assert_eq!(rows[0].get::<i64>("sum").unwrap(), 0);
}
