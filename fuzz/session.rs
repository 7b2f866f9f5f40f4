//! Several sessions of the simulated PostgreSQL, and whatever text: no panic, and at the end no lock.
//!
//! One statement a line, `a> SELECT 1`, by one of the sessions `a`, `b` and `c`. A line `~ a` drops the
//! statement that the session waits with.
#![no_main]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use stuntdouble::fake::postgres::{Postgres, Session};
use stuntdouble::{Entropy, TokioClock};

const TABLES: &str = "
    CREATE TABLE t (id int PRIMARY KEY, n int, s text);
    INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two');
    CREATE TABLE c (id serial PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)";

type Sessions = BTreeMap<String, Rc<RefCell<Option<Session>>>>;
type Waiting = BTreeMap<String, Pin<Box<dyn Future<Output = ()>>>>;

fuzz_target!(|text: &str| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
        let db = Postgres::new(Arc::new(clock), Entropy::new(1));
        db.migrate(TABLES).await.unwrap();
        let (mut sessions, mut waiting) = (Sessions::new(), Waiting::new());
        for line in text.lines().take(50) {
            step(&db, &mut sessions, &mut waiting, line);
            // Timeouts and deadlocks come due.
            tokio::time::sleep(Duration::from_millis(400)).await;
            let mut context = Context::from_waker(Waker::noop());
            waiting.retain(|_, statement| statement.as_mut().poll(&mut context).is_pending());
        }
        drop(waiting);
        drop(sessions);
        assert!(db.open_transactions().is_empty());
        let mut session = db.session();
        session.execute("BEGIN", &[]).await.unwrap();
        // Whatever tables are left, nobody holds them.
        let _ = session.execute("LOCK TABLE t NOWAIT", &[]).await.map_err(|error| {
            assert!(error.code().is_none_or(|code| code.as_str() != "55P03"), "{error}");
        });
    });
});

fn step(db: &Postgres, sessions: &mut Sessions, waiting: &mut Waiting, line: &str) {
    if let Some(name) = line.strip_prefix("~ ") {
        waiting.remove(name);
        return;
    }
    let Some((name @ ("a" | "b" | "c"), sql)) = line.split_once("> ") else { return };
    if waiting.contains_key(name) {
        return;
    }
    let slot = sessions.entry(name.to_owned()).or_default().clone();
    // A session that was dropped in the middle of a statement has gone with it.
    let mut session = slot.borrow_mut().take().unwrap_or_else(|| db.session());
    let sql = sql.to_owned();
    let mut statement = Box::pin(async move {
        let _ = session.execute(&sql, &[]).await;
        *slot.borrow_mut() = Some(session);
    });
    let mut context = Context::from_waker(Waker::noop());
    if let Poll::Pending = statement.as_mut().poll(&mut context) {
        waiting.insert(name.to_owned(), statement);
    }
}
