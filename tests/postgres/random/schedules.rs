//! Schedules: a few sessions that read, write and lock a few rows.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Action, BoxedStrategy, vec};

pub(super) const SESSIONS: [&str; 3] = ["a", "b", "c"];

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
