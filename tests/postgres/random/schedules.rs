//! Schedules: a few sessions that read, write and lock a few rows.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Action, BoxedStrategy, vec};

pub(super) const SESSIONS: [&str; 3] = ["a", "b", "c"];

/// Sessions do not wait long for the deadlock detector.
const IMPATIENT: &str = "SET deadlock_timeout = '150ms'";
const PATIENCE: Duration = Duration::from_millis(400);

const SETUP: [&str; 4] = [
    "CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE, v int)",
    "CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE, v int)",
    "INSERT INTO t VALUES (1, 1, 10), (2, 2, 20), (3, 3, 30)",
    "INSERT INTO c VALUES (1, 1, 0), (2, 2, 0)",
];

/// Scripts of three sessions, which end with each session's rollback.
pub(super) fn strategy(serializable: bool) -> BoxedStrategy<Vec<Action>> {
    let levels = if serializable { 5 } else { 3 };
    let step =
        (select(SESSIONS.to_vec()), statement(levels)).prop_map(|(session, sql)| run(session, sql));
    vec(step, 3..24).prop_map(complete).boxed()
}

const SERIALIZABLE_SETUP: [&str; 4] = [
    "CREATE TABLE t (id int PRIMARY KEY, v int)",
    "CREATE TABLE u (id int, v int)",
    "INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)",
    "INSERT INTO u VALUES (1, 10), (2, 20)",
];

/// Scripts of three sessions that run SERIALIZABLE transactions over two tables.
pub(super) fn serializable() -> BoxedStrategy<Vec<Action>> {
    let step = (select(SESSIONS.to_vec()), serializable_statement())
        .prop_map(|(session, sql)| run(session, sql));
    vec(step, 4..20)
        .prop_map(|steps| {
            let mut script: Vec<Action> =
                SERIALIZABLE_SETUP.iter().map(|sql| run("setup", *sql)).collect();
            let begins = SESSIONS.map(|session| run(session, "BEGIN ISOLATION LEVEL SERIALIZABLE"));
            script.extend(begins);
            script.extend(steps);
            for last in ["COMMIT", "ROLLBACK"] {
                script.extend(SESSIONS.iter().map(|session| run(session, last)));
                script.push(Action::Sleep(Duration::from_millis(1300)));
            }
            script.extend(SESSIONS.iter().map(|session| run(session, "ROLLBACK")));
            script.push(run("setup", "SELECT * FROM t ORDER BY id"));
            script.push(run("setup", "SELECT * FROM u ORDER BY id, v"));
            script
        })
        .boxed()
}

fn serializable_statement() -> BoxedStrategy<String> {
    let begin = select(vec![
        "BEGIN ISOLATION LEVEL SERIALIZABLE",
        "BEGIN ISOLATION LEVEL SERIALIZABLE",
        "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY",
    ]);
    let id = || 1..5;
    prop_oneof![
        3 => begin.prop_map(str::to_owned),
        4 => select(vec!["COMMIT", "COMMIT", "COMMIT", "ROLLBACK"]).prop_map(str::to_owned),
        5 => id().prop_map(|id| format!("SELECT v FROM t WHERE id = {id}")),
        1 => id().prop_map(|id| format!("SELECT id, v FROM t WHERE id > {id} ORDER BY id")),
        1 => id().prop_map(|v| format!("SELECT id FROM t WHERE v = {v} * 10")),
        2 => select(vec![
            "SELECT sum(v) FROM t", "SELECT count(*) FROM u", "SELECT max(id) FROM t", "SELECT sum(v) FROM u",
        ]).prop_map(str::to_owned),
        1 => id().prop_map(|id| format!("SELECT id FROM t WHERE id = {id} FOR UPDATE")),
        5 => id().prop_map(|id| format!("UPDATE t SET v = v + 1 WHERE id = {id}")),
        1 => (id(), id()).prop_map(|(id, to)| format!("UPDATE t SET id = {to} WHERE id = {id}")),
        3 => (id(), 0..9).prop_map(|(id, v)| format!("INSERT INTO t VALUES ({id}, {v})")),
        1 => id().prop_map(|id| format!("INSERT INTO t VALUES ({id}, 1) ON CONFLICT DO NOTHING")),
        1 => id().prop_map(|id| {
            format!("INSERT INTO t VALUES ({id}, 1) ON CONFLICT (id) DO UPDATE SET v = t.v + 1")
        }),
        2 => id().prop_map(|id| format!("DELETE FROM t WHERE id = {id}")),
        2 => id().prop_map(|id| format!("UPDATE u SET v = v + 1 WHERE id = {id}")),
        2 => (id(), 0..9).prop_map(|(id, v)| format!("INSERT INTO u VALUES ({id}, {v})")),
    ]
    .boxed()
}

fn run(session: &str, sql: impl Into<String>) -> Action {
    Action::Run { session: session.to_owned(), sql: sql.into(), params: Vec::new() }
}

/// With the tables before, and an end in which everything is resolved: rollbacks; if sessions still wait for
/// each other, time for the deadlock detector.
fn complete(steps: Vec<Action>) -> Vec<Action> {
    let mut script: Vec<Action> = SETUP.iter().map(|sql| run("setup", *sql)).collect();
    script.extend(steps);
    for _ in 0..2 {
        script.extend(SESSIONS.iter().map(|session| run(session, "ROLLBACK")));
        script.push(Action::Sleep(Duration::from_millis(1300)));
    }
    script.extend(SESSIONS.iter().map(|session| run(session, "ROLLBACK")));
    script.push(run("setup", "SELECT * FROM t ORDER BY id"));
    script.push(run("setup", "SELECT * FROM c ORDER BY id"));
    script
}

fn statement(levels: usize) -> BoxedStrategy<String> {
    let begin = [
        "BEGIN",
        "BEGIN",
        "BEGIN ISOLATION LEVEL REPEATABLE READ",
        "BEGIN ISOLATION LEVEL SERIALIZABLE",
    ];
    let begin: Vec<&str> = begin.iter().cycle().take(levels).copied().collect();
    prop_oneof![
        3 => select(begin).prop_map(str::to_owned),
        3 => select(vec!["COMMIT", "COMMIT", "ROLLBACK"]).prop_map(str::to_owned),
        1 => select(vec!["SAVEPOINT s", "ROLLBACK TO s", "RELEASE s"]).prop_map(str::to_owned),
        4 => read(),
        3 => lock(),
        8 => write(),
        4 => child(),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    prop_oneof![
        4 => (1..5).prop_map(|id| format!(" WHERE id = {id}")),
        1 => (1..5).prop_map(|id| format!(" WHERE id >= {id}")),
        1 => (1..5).prop_map(|key| format!(" WHERE k = {key}")),
        1 => (0..4).prop_map(|v| format!(" WHERE v > {}", v * 10)),
        1 => Just(String::new()),
    ]
    .boxed()
}

fn read() -> BoxedStrategy<String> {
    prop_oneof![
        condition().prop_map(|condition| format!("SELECT * FROM t{condition} ORDER BY id")),
        Just("SELECT count(*), sum(v) FROM t".to_owned()),
        Just(
            "SELECT t.id, t.v, c.id, c.v FROM t LEFT JOIN c ON c.t = t.id ORDER BY t.id, c.id"
                .to_owned()
        ),
        Just("SELECT * FROM c ORDER BY id".to_owned()),
    ]
    .boxed()
}

fn lock() -> BoxedStrategy<String> {
    let mode = select(vec!["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"]);
    let wait = select(vec!["", "", " NOWAIT", " SKIP LOCKED"]);
    let limit = select(vec!["", "", " LIMIT 1"]);
    (condition(), mode, wait, limit)
        .prop_map(|(condition, mode, wait, limit)| {
            format!("SELECT id, v FROM t{condition} ORDER BY id{limit} FOR {mode}{wait}")
        })
        .boxed()
}

fn write() -> BoxedStrategy<String> {
    let conflict = select(vec![
        "",
        "",
        " ON CONFLICT DO NOTHING",
        " ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v",
        " ON CONFLICT (k) DO UPDATE SET v = excluded.v WHERE t.v < 25",
    ]);
    prop_oneof![
        4 => condition().prop_map(|condition| format!("UPDATE t SET v = v + 1{condition}")),
        1 => (condition(), 1..6).prop_map(|(condition, key)| format!("UPDATE t SET k = {key}{condition}")),
        1 => (1..6, 1..6).prop_map(|(from, to)| format!("UPDATE t SET id = {to} WHERE id = {from}")),
        3 => (1..6, 1..6, 0..9, conflict)
            .prop_map(|(id, key, v, conflict)| format!("INSERT INTO t VALUES ({id}, {key}, {v}){conflict}")),
        2 => condition().prop_map(|condition| format!("DELETE FROM t{condition}")),
    ]
    .boxed()
}

fn child() -> BoxedStrategy<String> {
    prop_oneof![
        2 => (1..6, 1..6).prop_map(|(id, parent)| format!("INSERT INTO c VALUES ({id}, {parent}, 0)")),
        1 => (1..4, 1..6).prop_map(|(id, parent)| format!("UPDATE c SET t = {parent} WHERE id = {id}")),
        1 => (1..4).prop_map(|id| format!("UPDATE c SET v = v + 1 WHERE id = {id}")),
        1 => (1..4).prop_map(|id| format!("DELETE FROM c WHERE id = {id}")),
    ]
    .boxed()
}

/// Scripts of three sessions over three tables, with most kinds of statements that meet others.
pub(super) fn wide() -> BoxedStrategy<Vec<Action>> {
    let session = || select(SESSIONS.to_vec());
    let step = prop_oneof![
        40 => (session(), wide_statement()).prop_map(|(session, sql)| run(session, sql)),
        1 => Just(Action::Sleep(PATIENCE)),
    ];
    let begins = vec(
        select(vec![
            "BEGIN",
            "BEGIN",
            "BEGIN ISOLATION LEVEL REPEATABLE READ",
            "SHOW lock_timeout",
        ]),
        SESSIONS.len(),
    );
    (reference(), begins, vec(step, 4..18))
        .prop_map(|(reference, begins, steps)| {
            let setup = [
                "CREATE TABLE p (id int PRIMARY KEY, k int UNIQUE, v int DEFAULT 0)".to_owned(),
                format!(
                    "CREATE TABLE c (id serial PRIMARY KEY, p int {reference}, v int DEFAULT 0)"
                ),
                "CREATE TABLE q (id int PRIMARY KEY, state text DEFAULT 'new', who int)".to_owned(),
                "CREATE UNIQUE INDEX running ON q (who) WHERE state = 'run'".to_owned(),
                "INSERT INTO p VALUES (1, 1, 10), (2, 2, 20), (3, 3, 30)".to_owned(),
                "INSERT INTO c (p) VALUES (1), (2), (2)".to_owned(),
                "INSERT INTO q VALUES (1), (2), (3)".to_owned(),
            ];
            let mut script: Vec<Action> = setup.iter().map(|sql| run("setup", sql)).collect();
            for (session, begin) in SESSIONS.iter().zip(begins) {
                script.push(run(session, IMPATIENT));
                script.push(run(session, begin));
            }
            script.extend(steps);
            for last in ["COMMIT", "ROLLBACK"] {
                script.extend(SESSIONS.iter().map(|session| run(session, last)));
                script.push(Action::Sleep(PATIENCE));
            }
            script.extend(SESSIONS.iter().map(|session| run(session, "ROLLBACK")));
            for table in ["p", "c", "q"] {
                script.push(run("setup", format!("SELECT * FROM {table} ORDER BY id")));
            }
            script
        })
        .boxed()
}

fn reference() -> BoxedStrategy<String> {
    let action = || select(vec!["", "CASCADE", "SET NULL", "RESTRICT", "SET DEFAULT", "NO ACTION"]);
    let deferral = select(vec!["", "", "", " DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE"]);
    (action(), action(), deferral)
        .prop_map(|(delete, update, deferral)| {
            let clause = |when: &str, action: &str| match action {
                "" => String::new(),
                action => format!(" ON {when} {action}"),
            };
            format!(
                "REFERENCES p{}{}{deferral}",
                clause("DELETE", delete),
                clause("UPDATE", update)
            )
        })
        .boxed()
}

/// Templates: `#` is a small number, `%` a strength of row locks, `~` how to wait, `!` a mode of table locks.
const WIDE: &[(u32, &str)] = &[
    (4, "BEGIN"),
    (2, "BEGIN ISOLATION LEVEL REPEATABLE READ"),
    (8, "COMMIT"),
    (3, "ROLLBACK"),
    (3, "SAVEPOINT s"),
    (3, "ROLLBACK TO s"),
    (1, "RELEASE s"),
    (1, "SET CONSTRAINTS ALL DEFERRED"),
    (1, "SET CONSTRAINTS ALL IMMEDIATE"),
    (3, "SELECT * FROM p ORDER BY id"),
    (2, "SELECT * FROM c ORDER BY id"),
    (1, "SELECT p.id, c.id FROM p LEFT JOIN c ON c.p = p.id ORDER BY 1, 2"),
    (6, "SELECT id, v FROM p WHERE id = # FOR %~"),
    (2, "SELECT id, v FROM p ORDER BY id FOR %~"),
    (2, "SELECT id, v FROM p WHERE v < #0 ORDER BY id LIMIT # FOR %~"),
    (2, "SELECT p.id, c.id FROM c JOIN p ON p.id = c.p WHERE p.id = # ORDER BY c.id FOR % OF p~"),
    (1, "SELECT p.id, c.id FROM c JOIN p ON p.id = c.p WHERE c.id = # ORDER BY c.id FOR %~"),
    (2, "SELECT id FROM c WHERE id = # FOR %~"),
    (6, "UPDATE p SET v = v + 1 WHERE id = # RETURNING *"),
    (2, "UPDATE p SET v = v + 1 WHERE k = #"),
    (1, "UPDATE p SET v = v + 1 WHERE v > #0"),
    (1, "UPDATE p SET v = v + 1"),
    (2, "UPDATE p SET k = # WHERE id = #"),
    (2, "UPDATE p SET id = # WHERE id = # RETURNING *"),
    (1, "UPDATE p SET v = (SELECT max(v) FROM p) + 1 WHERE id = # RETURNING v"),
    (
        2,
        "UPDATE p SET v = p.v + c.v + 1 FROM c WHERE c.p = p.id AND c.id = # RETURNING p.id, p.v, c.id",
    ),
    (
        1,
        "UPDATE p SET v = 5 WHERE EXISTS (SELECT FROM c WHERE c.p = p.id AND c.v = 0) RETURNING id",
    ),
    (3, "DELETE FROM p WHERE id = # RETURNING *"),
    (1, "DELETE FROM p WHERE v > #0"),
    (1, "DELETE FROM p USING c WHERE c.p = p.id AND c.v = 0 RETURNING p.id"),
    (4, "INSERT INTO p VALUES (#, #, #)"),
    (1, "INSERT INTO p SELECT id + #, k + #, v FROM p WHERE id < 3"),
    (2, "INSERT INTO p VALUES (#, #, #) ON CONFLICT DO NOTHING RETURNING id"),
    (2, "INSERT INTO p VALUES (#, #, #) ON CONFLICT (id) DO NOTHING"),
    (
        3,
        "INSERT INTO p VALUES (#, #, #) ON CONFLICT (id) DO UPDATE SET v = p.v + excluded.v RETURNING *",
    ),
    (
        2,
        "INSERT INTO p VALUES (#, #, #) ON CONFLICT (k) DO UPDATE SET v = excluded.v WHERE p.v < 25",
    ),
    (1, "INSERT INTO p VALUES (#, #, #), (#, #, #) ON CONFLICT (id) DO UPDATE SET k = excluded.k"),
    (3, "INSERT INTO c (p) VALUES (#) RETURNING id"),
    (2, "UPDATE c SET p = # WHERE id = #"),
    (2, "UPDATE c SET v = v + 1 WHERE id = #"),
    (1, "UPDATE c SET v = v + 1 WHERE p = #"),
    (2, "DELETE FROM c WHERE id = #"),
    (1, "DELETE FROM c WHERE p = # RETURNING id"),
    (
        3,
        "UPDATE q SET state = 'run', who = # WHERE id = (SELECT id FROM q WHERE state = 'new' ORDER BY id LIMIT 1 FOR UPDATE~) RETURNING id",
    ),
    (1, "UPDATE q SET state = 'new' WHERE who = # RETURNING id"),
    (1, "UPDATE q SET state = 'run', who = # WHERE id = #"),
    (
        2,
        "INSERT INTO q VALUES (#, 'run', #) ON CONFLICT (who) WHERE state = 'run' DO UPDATE SET id = q.id + 10 RETURNING *",
    ),
    (1, "INSERT INTO q VALUES (#, 'run', #) ON CONFLICT DO NOTHING"),
    (
        1,
        "DELETE FROM q WHERE id IN (SELECT id FROM q ORDER BY id LIMIT # FOR UPDATE~) RETURNING id",
    ),
    (
        2,
        "MERGE INTO p USING (VALUES (#, #)) s(id, v) ON p.id = s.id WHEN MATCHED AND p.v > 15 THEN DELETE WHEN MATCHED THEN UPDATE SET v = p.v + s.v WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.id, s.v)",
    ),
    (
        1,
        "MERGE INTO p USING c ON p.id = c.p WHEN MATCHED AND c.v > 0 THEN UPDATE SET v = -1 WHEN MATCHED THEN DO NOTHING",
    ),
    (
        1,
        "MERGE INTO q USING (VALUES (#), (#)) s(id) ON q.id = s.id WHEN MATCHED AND q.state = 'new' THEN UPDATE SET state = 'old' WHEN NOT MATCHED THEN INSERT VALUES (s.id)",
    ),
    (
        1,
        "WITH gone AS (DELETE FROM c WHERE p = # RETURNING p) UPDATE p SET v = v + 100 WHERE id IN (SELECT p FROM gone) RETURNING id, v",
    ),
    (
        1,
        "WITH made AS (INSERT INTO p VALUES (#, #, #) RETURNING id) INSERT INTO c (p) SELECT id FROM made RETURNING *",
    ),
    (
        1,
        "WITH locked AS (SELECT id FROM p WHERE v >= #0 ORDER BY id LIMIT 2 FOR %~) UPDATE p SET v = 0 FROM locked WHERE p.id = locked.id RETURNING p.id",
    ),
    (2, "LOCK TABLE p IN ! MODE"),
    (1, "LOCK TABLE q IN ! MODE NOWAIT"),
    (1, "LOCK TABLE c, q IN ! MODE"),
    (1, "TRUNCATE q"),
    (2, "SELECT pg_advisory_xact_lock(#)"),
    (1, "SELECT pg_advisory_xact_lock_shared(#)"),
    (1, "SELECT pg_try_advisory_xact_lock(#)"),
    (1, "ALTER TABLE q ADD COLUMN IF NOT EXISTS extra int DEFAULT 1"),
    (1, "CREATE INDEX IF NOT EXISTS later ON q (who)"),
];

fn wide_statement() -> BoxedStrategy<String> {
    let templates =
        WIDE.iter().flat_map(|(weight, sql)| std::iter::repeat_n(*sql, *weight as usize));
    let strength = select(vec!["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"]);
    let wait = select(vec!["", "", " NOWAIT", " SKIP LOCKED"]);
    let mode = select(vec![
        "ACCESS SHARE",
        "ROW SHARE",
        "ROW EXCLUSIVE",
        "SHARE UPDATE EXCLUSIVE",
        "SHARE",
        "SHARE ROW EXCLUSIVE",
        "EXCLUSIVE",
        "ACCESS EXCLUSIVE",
    ]);
    (select(templates.collect::<Vec<_>>()), vec(1..5, 6), strength, wait, mode)
        .prop_map(|(template, numbers, strength, wait, mode)| {
            let mut numbers = numbers.into_iter().cycle();
            let mut sql = String::new();
            for c in template.chars() {
                match c {
                    '#' => sql.push_str(&numbers.next().unwrap_or(1).to_string()),
                    '%' => sql.push_str(strength),
                    '~' => sql.push_str(wait),
                    '!' => sql.push_str(mode),
                    _ => sql.push(c),
                }
            }
            sql
        })
        .boxed()
}
