//! The simulated PostgreSQL with statements that nest deeply, on a thread as small as any that tests have:
//! they are answered, or they are 54001, and nothing overflows.
#![cfg(feature = "test-util")]

use std::sync::Arc;

use stuntdouble::fake::postgres::Postgres;
use stuntdouble::{Entropy, TokioClock};

/// How a statement begins, and what is repeated before and after its middle.
const SHAPES: &[(&str, &str, &str, &str)] = &[
    ("SELECT 1", " + 1", "", ""),
    ("SELECT ", "(", "1", ")"),
    ("SELECT ", "(1 + ", "1", ")"),
    ("SELECT ", "- ", "1", ""),
    ("SELECT ", "NOT ", "true", ""),
    ("SELECT ", "(SELECT ", "1", ")"),
    ("SELECT 1 WHERE ", "EXISTS (SELECT 1 WHERE ", "true", ")"),
    ("SELECT ", "true IN (SELECT ", "true", ")"),
    ("SELECT * FROM ", "(SELECT * FROM ", "t", ") s"),
    ("SELECT n FROM t", " UNION ALL SELECT 1", "", ""),
    ("SELECT ", "jsonb_build_array(", "1", ")"),
    ("SELECT ", "abs(", "(SELECT n FROM t)", ")"),
    ("SELECT ", "coalesce(NULL, ", "1", ")"),
    ("SELECT ", "CASE WHEN true THEN ", "1", " END"),
    ("SELECT ", "cardinality(ARRAY[", "1", "])"),
    ("SELECT 1", "::text", "", ""),
    ("SELECT true", " IS TRUE", "", ""),
    ("SELECT '{}'::jsonb", " -> 'a'", "", ""),
    ("", "WITH w AS (", "SELECT 1", ") SELECT * FROM w"),
    ("UPDATE t SET n = 1", " + n", "", ""),
    ("CREATE OR REPLACE VIEW sums AS SELECT 1", " + 1", "", ""),
    ("CREATE OR REPLACE VIEW calls AS SELECT ", "abs(", "1", ")"),
];

/// Within what is accepted, at its bound in some form, and far above it.
const COUNTS: &[usize] = &[20, 40, 60, 80, 100, 150, 1000];

async fn run_all(db: Postgres) {
    db.migrate("CREATE TABLE t (n int); INSERT INTO t VALUES (1)").await.unwrap();
    for (start, before, middle, after) in SHAPES {
        for count in COUNTS {
            let sql = format!("{start}{}{middle}{}", before.repeat(*count), after.repeat(*count));
            let answer = db.session().execute(&sql, &[]).await;
            let code = answer.err().and_then(|error| error.code());
            assert!(
                code.is_none_or(|code| code.as_str() == "54001"),
                "{count} of {before:?}: {code:?}"
            );
            assert!(*count > 20 || code.is_none(), "{count} of {before:?}: {code:?}");
        }
    }
}

#[test]
fn nothing_overflows_a_small_stack() {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let thread = thread.spawn(|| {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
            run_all(Postgres::new(Arc::new(clock), Entropy::new(1))).await;
        });
    });
    thread.unwrap().join().unwrap();
}
