//! The simulated PostgreSQL beside SQLite in memory, on the same statements, and beside the real server if
//! `STUNTDOUBLE_TEST_POSTGRES` names one.
//!
//! `cargo bench --manifest-path benches/peers/Cargo.toml`. Ends with a table of the goals, and with status 1
//! if one is missed.

#[path = "../support/mod.rs"]
mod support;

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion};
use rusqlite::{Connection, MAIN_DB};
use stuntdouble::fake::postgres::{Postgres, Session};
use stuntdouble::{Entropy, TokioClock, params};
use support::{Check, Goal, check};
use tokio::runtime::{Builder, Runtime};

const SELECT: &str = "SELECT id, name, stock FROM item WHERE id = $1";
const UPDATE: &str = "UPDATE item SET stock = stock + 1 WHERE id = $1";
const INSERT: &str = "INSERT INTO item VALUES ($1, $2, $3)";
const SCAN: &str = "SELECT count(*), sum(stock) FROM item WHERE stock > $1";
const JOIN: &str = "SELECT count(*) FROM item i JOIN item j ON j.id = i.stock WHERE i.stock > $1";
/// The transaction, between BEGIN and COMMIT.
const READ: &str = "SELECT stock FROM item WHERE id = $1";
const WRITE: &str = "UPDATE item SET stock = $2 WHERE id = $1";
const TABLE: &str =
    "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, stock int NOT NULL)";

const FEW: u32 = 1_000;
const MANY: u32 = 100_000;

fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

fn clock() -> Arc<TokioClock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

async fn simulated(rows: u32) -> Postgres {
    let db = Postgres::new(clock(), Entropy::new(1));
    let fill =
        format!("INSERT INTO item SELECT n, 'item', n % 1000 FROM generate_series(1, {rows}) n");
    db.migrate(&format!("{TABLE}; {fill}")).await.unwrap();
    db
}

fn sqlite(rows: u32) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLE).unwrap();
    let fill = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
                INSERT INTO item SELECT n, 'item', n % 1000 FROM n";
    db.execute(fill, [rows]).unwrap();
    db
}

/// The time of that many runs in one go: entering the runtime is no part of a statement.
async fn timed(runs: u64, mut run: impl AsyncFnMut(u64)) -> Duration {
    let begun = Instant::now();
    for number in 0..runs {
        run(number).await;
    }
    begun.elapsed()
}

fn on_simulated(c: &mut Criterion) {
    let runtime = paused();
    let db = runtime.block_on(simulated(FEW));
    let mut session: Session = db.session();
    let mut group = c.benchmark_group("simulated");
    let mut bench = |name: &str, sql: &str| {
        group.bench_function(name, |b| {
            b.iter_custom(|runs| {
                runtime.block_on(timed(runs, async |number| {
                    let id = i64::try_from(number % 1000).unwrap() + 1;
                    black_box(session.execute(sql, params![id]).await.unwrap());
                }))
            });
        });
    };
    bench("select", SELECT);
    bench("update", UPDATE);
    let mut next = i64::from(FEW);
    group.bench_function("insert", |b| {
        b.iter_custom(|runs| {
            runtime.block_on(timed(runs, async |_| {
                next += 1;
                black_box(session.execute(INSERT, params![next, "new", 1]).await.unwrap());
            }))
        });
    });
    group.bench_function("transaction", |b| {
        b.iter_custom(|runs| {
            runtime.block_on(timed(runs, async |_| {
                session.execute("BEGIN", &[]).await.unwrap();
                black_box(session.execute(READ, params![7]).await.unwrap());
                session.execute(WRITE, params![7, 5]).await.unwrap();
                session.execute("COMMIT", &[]).await.unwrap();
            }))
        });
    });
    for (name, rows) in [("10000", MANY / 10), ("100000", MANY)] {
        let mut session = runtime.block_on(simulated(rows)).session();
        for (kind, sql) in [("scan", SCAN), ("join", JOIN)] {
            group.bench_function(format!("{kind} {name}"), |b| {
                b.iter(|| {
                    let answer = async { session.execute(sql, params![500]).await.unwrap() };
                    black_box(runtime.block_on(answer))
                });
            });
        }
    }
    group.finish();
}

fn on_sqlite(c: &mut Criterion) {
    let db = sqlite(FEW);
    let mut group = c.benchmark_group("sqlite");
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(i64, String, i64)> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    };
    let mut id = 0;
    let mut next_id = move || {
        id = id % 1000 + 1;
        id
    };
    group.bench_function("select", |b| {
        b.iter(|| {
            let mut statement = db.prepare_cached(SELECT).unwrap();
            black_box(statement.query_row([next_id()], row).unwrap())
        });
    });
    group.bench_function("update", |b| {
        b.iter(|| black_box(db.prepare_cached(UPDATE).unwrap().execute([next_id()]).unwrap()));
    });
    let mut next = i64::from(FEW);
    group.bench_function("insert", |b| {
        b.iter(|| {
            next += 1;
            black_box(db.prepare_cached(INSERT).unwrap().execute((next, "new", 1)).unwrap())
        });
    });
    let many = sqlite(MANY);
    for (kind, sql) in [("scan", SCAN), ("join", JOIN)] {
        group.bench_function(format!("{kind} 100000"), |b| {
            b.iter(|| {
                let mut statement = many.prepare_cached(sql).unwrap();
                black_box(statement.query_row([500], |row| row.get::<_, i64>(0)).unwrap())
            });
        });
    }
    for rows in [10, 1_000_000] {
        let image = sqlite(rows).serialize(MAIN_DB).unwrap().to_vec();
        group.sample_size(10);
        group.bench_function(format!("deserialize {rows}"), |b| {
            b.iter(|| {
                let mut copy = Connection::open_in_memory().unwrap();
                let (bytes, size) = (&image[..], image.len());
                copy.deserialize_read_exact(MAIN_DB, bytes, size, false).unwrap();
                black_box(copy)
            });
        });
    }
    group.finish();
}

fn forks(c: &mut Criterion) {
    let runtime = paused();
    let mut group = c.benchmark_group("fork");
    let (clock, entropy) = (clock(), Entropy::new(2));
    for rows in [10, 1_000_000] {
        let template = runtime.block_on(simulated(rows));
        group.bench_function(rows.to_string(), |b| {
            b.iter_with_large_drop(|| template.fork(clock.clone(), entropy));
        });
        runtime.block_on(async {
            template.session().execute(UPDATE, params![5]).await.unwrap();
        });
        let mut place = 0;
        group.bench_function(format!("first write {rows}"), |b| {
            b.iter_batched(
                || {
                    place = (place + 7919) % rows;
                    let fork = template.fork(clock.clone(), entropy);
                    let session = fork.session();
                    (fork, session, i64::from(place) + 1)
                },
                |(fork, mut session, id)| {
                    runtime.block_on(async {
                        session.execute(UPDATE, params![id]).await.unwrap();
                    });
                    (fork, session)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// Over its socket, in a database that is dropped again.
fn on_server(c: &mut Criterion) {
    let Some(server) = std::env::var("STUNTDOUBLE_TEST_POSTGRES").ok().filter(|s| !s.is_empty())
    else {
        println!("no STUNTDOUBLE_TEST_POSTGRES: nothing is compared with the real server");
        return;
    };
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let connect = async || {
        let (client, connection) =
            tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("SET client_min_messages = error").await.unwrap();
        client
    };
    let client = runtime.block_on(async {
        let client = connect().await;
        let fill = format!("INSERT INTO item SELECT n, 'item', 1 FROM generate_series(1, {FEW}) n");
        // A temporary table takes part in everything but the write-ahead log, which favours the server.
        let table = TABLE.replace("CREATE TABLE", "CREATE TEMP TABLE");
        client.batch_execute(&format!("{table}; {fill}")).await.unwrap();
        client
    });
    let mut group = c.benchmark_group("server");
    for (name, sql) in [("select", SELECT), ("update", UPDATE)] {
        let statement = runtime.block_on(client.prepare(sql)).unwrap();
        group.bench_function(name, |b| {
            b.iter_custom(|runs| {
                runtime.block_on(timed(runs, async |number| {
                    let id = i32::try_from(number % 1000).unwrap() + 1;
                    black_box(client.query(&statement, &[&id]).await.unwrap());
                }))
            });
        });
    }
    let statement = runtime.block_on(client.prepare(INSERT)).unwrap();
    let mut next = 1_000_000;
    group.bench_function("insert", |b| {
        b.iter_custom(|runs| {
            runtime.block_on(timed(runs, async |_| {
                next += 1;
                black_box(client.execute(&statement, &[&next, &"new", &1]).await.unwrap());
            }))
        });
    });
    group.sample_size(10);
    group.bench_function("create database from template", |b| {
        b.iter(|| {
            runtime.block_on(async {
                client
                    .batch_execute("CREATE DATABASE stuntdouble_peer TEMPLATE template0")
                    .await
                    .unwrap();
                client.batch_execute("DROP DATABASE stuntdouble_peer").await.unwrap();
            });
        });
    });
    group.finish();
}

fn goals() -> Vec<Check> {
    let faster = |what, bench, peer, times| Check {
        what,
        bench,
        peer,
        per: 1.0,
        goal: Goal::TimesFaster { times },
    };
    let most =
        |what, bench, ns| Check { what, bench, peer: bench, per: 1.0, goal: Goal::AtMost { ns } };
    vec![
        faster("SELECT by key, against SQLite", "simulated/select", "sqlite/select", 1.0),
        faster("UPDATE of one row, against SQLite", "simulated/update", "sqlite/update", 1.0),
        faster("INSERT, against SQLite", "simulated/insert", "sqlite/insert", 1.0),
        faster("SELECT by key, against the server", "simulated/select", "server/select", 40.0),
        faster("UPDATE of one row, against the server", "simulated/update", "server/update", 40.0),
        faster("INSERT, against the server", "simulated/insert", "server/insert", 40.0),
        most("a transaction of four statements", "simulated/transaction", 4_000.0),
        most("a fork of 10 rows", "fork/10", 1_000.0),
        most("a fork of a million rows", "fork/1000000", 1_000.0),
        most("the first write after it, 10 rows", "fork/first write 10", 10_000.0),
        most("the first write after it, a million rows", "fork/first write 1000000", 10_000.0),
        faster("a fork, against sqlite3_deserialize", "fork/10", "sqlite/deserialize 10", 1.0),
        faster(
            "a scan of 100,000 rows, against SQLite",
            "simulated/scan 100000",
            "sqlite/scan 100000",
            1.0 / 3.0,
        ),
        faster(
            "a join over 100,000 rows, against SQLite",
            "simulated/join 100000",
            "sqlite/join 100000",
            1.0 / 3.0,
        ),
        // Ten times the rows, at most 13 times the time: linear, with the cache's share.
        faster(
            "a scan, against one of a tenth",
            "simulated/scan 100000",
            "simulated/scan 10000",
            1.0 / 13.0,
        ),
        faster(
            "a join, against one of a tenth",
            "simulated/join 100000",
            "simulated/join 10000",
            1.0 / 13.0,
        ),
    ]
}

fn main() -> ExitCode {
    let mut criterion = Criterion::default().configure_from_args();
    on_simulated(&mut criterion);
    on_sqlite(&mut criterion);
    forks(&mut criterion);
    on_server(&mut criterion);
    criterion.final_summary();
    if check(&goals()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
