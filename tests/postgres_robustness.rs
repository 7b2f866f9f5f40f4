//! The simulated PostgreSQL with what nobody should send: texts out of their mind, statements cut short, and
//! ten thousand sessions at once. Nothing panics, nothing hangs, no lock stays.
#![cfg(feature = "test-util")]

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use stuntdouble::fake::postgres::{Postgres, Session};
use stuntdouble::{Entropy, TokioClock, params};

fn in_virtual_time<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(future)
}

fn database() -> Postgres {
    let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
    Postgres::new(Arc::new(clock), Entropy::new(1))
}

/// Every statement of the golden scripts, in tokens.
static STATEMENTS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let mut statements = Vec::new();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres/scripts");
    let mut topics: Vec<_> =
        std::fs::read_dir(scripts).unwrap().map(|e| e.unwrap().path()).collect();
    topics.sort();
    for topic in topics {
        let mut files: Vec<_> =
            std::fs::read_dir(topic).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap();
            let sent = text.lines().filter_map(|line| line.split_once("> "));
            let sent =
                sent.filter(|(session, _)| session.chars().all(|c| c.is_ascii_alphanumeric()));
            statements.extend(sent.map(|(_, sql)| tokens(sql)));
        }
    }
    assert!(statements.len() > 1000, "the golden scripts are found");
    statements
});

/// Words, numbers, quoted texts, and single characters. Long numbers are cut: a billion rows are no mistake
/// of the server's.
fn tokens(sql: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut chars = sql.chars().peekable();
    while let Some(first) = chars.next() {
        let mut token = first.to_string();
        if first == '\'' {
            for c in chars.by_ref() {
                token.push(c);
                if c == '\'' {
                    break;
                }
            }
        } else if first.is_alphanumeric() {
            while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                token.push(c);
            }
            if token.chars().all(|c| c.is_ascii_digit()) {
                token.truncate(3);
            }
        }
        list.push(token);
    }
    list
}

#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index),
    Double(Index),
    Swap(Index, Index),
    /// A token of another statement.
    Borrow(Index, Index, Index),
    Insert(Index, String),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let odd = [
        "(",
        ")",
        "'",
        "\"",
        "$1",
        "$99999",
        "::",
        "NULL",
        "-",
        "*",
        "\u{0}",
        "\u{1F600}",
        "--",
        "/*",
        "$$",
        "E'\\",
        "U&'\\",
        ".",
        ",",
        ";",
        "[",
        "]",
        ":=",
        "1e400",
        "0.0000001",
    ];
    let any = any::<Index>;
    prop_oneof![
        2 => any().prop_map(Mutation::Delete),
        1 => any().prop_map(Mutation::Double),
        2 => (any(), any()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        4 => (any(), any(), any()).prop_map(|(a, b, c)| Mutation::Borrow(a, b, c)),
        2 => (any(), prop::sample::select(odd.to_vec())).prop_map(|(a, t)| Mutation::Insert(a, t.into())),
        1 => any().prop_map(Mutation::Cut),
    ]
}

fn mutated(start: Index, mutations: &[Mutation]) -> String {
    let mut tokens = start.get(&STATEMENTS).clone();
    for mutation in mutations {
        if tokens.is_empty() {
            break;
        }
        let len = tokens.len();
        let place = |index: &Index| index.index(len);
        match mutation {
            Mutation::Delete(at) => drop(tokens.remove(place(at))),
            Mutation::Double(at) => tokens.insert(place(at), tokens[place(at)].clone()),
            Mutation::Swap(a, b) => {
                let (a, b) = (place(a), place(b));
                tokens.swap(a, b);
            }
            Mutation::Borrow(at, from, which) => {
                let other = from.get(&STATEMENTS);
                if !other.is_empty() {
                    tokens[place(at)] = which.get(other).clone();
                }
            }
            Mutation::Insert(at, token) => tokens.insert(place(at), token.clone()),
            Mutation::Cut(at) => tokens.truncate(place(at)),
        }
    }
    tokens.concat()
}

const TABLES: &str = "
    CREATE TABLE t (id int PRIMARY KEY, n int, s text, a int[], j jsonb, at timestamptz DEFAULT now());
    INSERT INTO t VALUES (1, 10, 'one', '{1,2}', '{\"k\": 1}'), (2, NULL, 'two', NULL, '[1, 2]');
    CREATE TABLE p (id int PRIMARY KEY);
    INSERT INTO p VALUES (1), (2), (3);
    CREATE TABLE c (id serial PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE);
    INSERT INTO c (p) VALUES (1), (2)";

/// Longer than anything that a statement is asked to sleep.
const LONG: Duration = Duration::from_secs(100_000);

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_makes_it_panic_or_wait_for_nothing(
        statements in vec((any::<Index>(), vec(mutation(), 0..4)), 1..25),
    ) {
        in_virtual_time(async {
            let db = database();
            db.migrate(TABLES).await.unwrap();
            let mut session = db.session();
            for (start, mutations) in &statements {
                let sql = mutated(*start, mutations);
                let run = tokio::time::timeout(LONG, session.execute(&sql, &[]));
                let run = futures_util::FutureExt::catch_unwind(AssertUnwindSafe(run)).await;
                let Ok(run) = run else { panic!("it panicked: {sql}") };
                prop_assert!(run.is_ok(), "it waits, and there is nobody to wait for: {}", sql);
            }
            drop(session);
            prop_assert!(db.open_transactions().is_empty());
            Ok(())
        })?;
    }

    #[test]
    fn a_statement_that_is_dropped_while_it_waits_leaves_no_lock(
        // How often the statement that waits is polled before it is dropped, and which one it is.
        polls in 1usize..4,
        which in 0usize..7,
    ) {
        let waiting = [
            "UPDATE t SET n = 0 WHERE id = 1",
            "SELECT * FROM t FOR UPDATE",
            "DELETE FROM p WHERE id = 1",
            "INSERT INTO t VALUES (3, 0)",
            "LOCK TABLE t",
            "SELECT pg_advisory_xact_lock(7)",
            "ALTER TABLE t ADD COLUMN more int",
        ][which];
        in_virtual_time(async {
            let db = database();
            db.migrate(TABLES).await.unwrap();
            let (mut holder, mut waiter) = (db.session(), db.session());
            for sql in [
                "BEGIN",
                "UPDATE t SET n = 1 WHERE id = 1",
                "INSERT INTO t VALUES (3, 1)",
                "INSERT INTO c (p) VALUES (1)",
                "SELECT pg_advisory_xact_lock(7)",
            ] {
                holder.execute(sql, &[]).await.unwrap();
            }
            waiter.execute("BEGIN", &[]).await.unwrap();
            waiter.execute("UPDATE p SET id = 22 WHERE id = 3", &[]).await.unwrap();
            {
                let mut statement = pin!(waiter.execute(waiting, &[]));
                let mut context = Context::from_waker(Waker::noop());
                for _ in 0..polls {
                    let polled = statement.as_mut().poll(&mut context);
                    prop_assert!(matches!(polled, Poll::Pending), "{} does not wait", waiting);
                }
            }
            // The client has vanished in the middle of its statement: so has its transaction.
            let mut other = db.session();
            let free = other.execute("UPDATE p SET id = 23 WHERE id = 3", &[]).await.unwrap();
            prop_assert_eq!(free.tag(), "UPDATE 1");
            holder.execute("COMMIT", &[]).await.unwrap();
            for sql in ["LOCK TABLE t, p, c IN ACCESS EXCLUSIVE MODE NOWAIT", "SELECT * FROM t FOR UPDATE NOWAIT"] {
                other.execute("BEGIN", &[]).await.unwrap();
                other.execute(sql, &[]).await.unwrap();
                other.execute("COMMIT", &[]).await.unwrap();
            }
            let error = waiter.execute("SELECT 1", &[]).await.unwrap_err();
            prop_assert_eq!(error.code().map(|code| code.as_str().to_owned()), Some("57P01".to_owned()));
            Ok(())
        })?;
    }
}

/// All want one row, and get it in the order in which they came.
#[test]
fn ten_thousand_sessions_queue_for_one_row() {
    const SESSIONS: i64 = 10_000;
    in_virtual_time(async {
        let db = database();
        db.migrate("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0)")
            .await
            .unwrap();
        let mut first = db.session();
        first.execute("BEGIN", &[]).await.unwrap();
        first.execute("UPDATE t SET n = 0", &[]).await.unwrap();
        let tasks: Vec<_> = (0..SESSIONS)
            .map(|_| {
                let mut session: Session = db.session();
                tokio::spawn(async move {
                    session.execute("BEGIN", &[]).await.unwrap();
                    let next = "UPDATE t SET n = n + 1 WHERE id = $1 RETURNING n";
                    let answer = session.execute(next, params![1]).await.unwrap();
                    session.execute("COMMIT", &[]).await.unwrap();
                    answer.rows()[0].get::<i64>("n").unwrap()
                })
            })
            .collect();
        // Until all of them wait: only then does time pass.
        tokio::time::sleep(Duration::from_millis(1)).await;
        first.execute("COMMIT", &[]).await.unwrap();
        for (place, task) in (1..).zip(tasks) {
            assert_eq!(task.await.unwrap(), place);
        }
        assert!(db.open_transactions().is_empty());
    });
}

/// The detector looks thousands of times, and the report names thousands.
#[test]
fn thousands_of_sessions_wait_for_long() {
    const SESSIONS: usize = 2_000;
    for wait in ["UPDATE t SET n = n + 1", "LOCK TABLE t", "SELECT pg_advisory_xact_lock(1)"] {
        in_virtual_time(async {
            let db = database();
            db.migrate("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0)")
                .await
                .unwrap();
            let mut first = db.session();
            for sql in ["BEGIN", "UPDATE t SET n = 0", "SELECT pg_advisory_xact_lock(1)"] {
                first.execute(sql, &[]).await.unwrap();
            }
            let tasks: Vec<_> = (0..SESSIONS)
                .map(|_| {
                    let mut session: Session = db.session();
                    tokio::spawn(async move {
                        session.execute("BEGIN", &[]).await.unwrap();
                        session.execute(wait, &[]).await.unwrap();
                        session.execute("COMMIT", &[]).await.unwrap();
                    })
                })
                .collect();
            tokio::time::sleep(Duration::from_secs(3)).await;
            assert_eq!(db.open_transactions().len(), SESSIONS + 1);
            first.execute("COMMIT", &[]).await.unwrap();
            for task in tasks {
                task.await.unwrap();
            }
        });
    }
}
