//! The simulated PostgreSQL: statements by key, forks, and the first write after a fork.
//!
//! `cargo bench --bench postgres`. Goals: point SELECT 0.7 µs, UPDATE of one row 1.9 µs, INSERT 1.8 µs; a
//! fork 1 µs and the first write after it 10 µs, at 10 rows and at a million.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use stuntdouble::fake::postgres::{Postgres, Session};
use stuntdouble::{Entropy, TokioClock, params};
use tokio::runtime::Runtime;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

fn clock() -> Arc<TokioClock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

async fn database(rows: u32) -> Postgres {
    let db = Postgres::new(clock(), Entropy::new(1));
    db.migrate(&format!(
        "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, stock int NOT NULL);
         INSERT INTO item SELECT n, 'item', 10 FROM generate_series(1, {rows}) n"
    ))
    .await
    .unwrap();
    db
}

fn statements(c: &mut Criterion) {
    let runtime = runtime();
    let mut group = c.benchmark_group("statement");
    let db = runtime.block_on(database(1000));
    let mut session: Session = db.session();
    let select = "SELECT id, name, stock FROM item WHERE id = $1";
    group.bench_function("select_by_key", |b| {
        b.iter(|| {
            black_box(
                runtime.block_on(async { session.execute(select, params![500]).await.unwrap() }),
            )
        });
    });
    let update = "UPDATE item SET stock = stock + 1 WHERE id = $1";
    group.bench_function("update_by_key", |b| {
        b.iter(|| {
            black_box(
                runtime.block_on(async { session.execute(update, params![500]).await.unwrap() }),
            )
        });
    });
    let insert = "INSERT INTO item VALUES ($1, $2, $3)";
    let mut next = 1000;
    group.bench_function("insert", |b| {
        b.iter(|| {
            next += 1;
            let params = params![next, "new", 1].to_vec();
            black_box(runtime.block_on(async { session.execute(insert, &params).await.unwrap() }))
        });
    });
    group.bench_function("transaction_of_four", |b| {
        b.iter(|| {
            runtime.block_on(async {
                session.execute("BEGIN", &[]).await.unwrap();
                session.execute("SELECT stock FROM item WHERE id = $1", params![7]).await.unwrap();
                session
                    .execute("UPDATE item SET stock = $2 WHERE id = $1", params![7, 5])
                    .await
                    .unwrap();
                session.execute("COMMIT", &[]).await.unwrap();
            });
        });
    });
    let big = runtime.block_on(database(100_000));
    let mut session = big.session();
    group.bench_function("scan_100000", |b| {
        b.iter(|| {
            black_box(runtime.block_on(async {
                let count = "SELECT count(*) FROM item WHERE stock > $1";
                session.execute(count, params![5]).await.unwrap()
            }))
        });
    });
    group.finish();
}

fn forks(c: &mut Criterion) {
    let runtime = runtime();
    let mut group = c.benchmark_group("fork");
    let (clock, entropy) = (clock(), Entropy::new(2));
    for rows in [10, 1_000_000] {
        let template = runtime.block_on(database(rows));
        group.bench_function(format!("fork_{rows}"), |b| {
            b.iter_with_large_drop(|| template.fork(clock.clone(), entropy));
        });
        let update = "UPDATE item SET stock = stock + 1 WHERE id = $1";
        runtime.block_on(async {
            template.session().execute(update, params![5]).await.unwrap();
        });
        let mut place = 0;
        group.bench_function(format!("first_write_{rows}"), |b| {
            b.iter_batched(
                || {
                    place = (place + 7919) % rows;
                    let fork = template.fork(clock.clone(), entropy);
                    let session = fork.session();
                    (fork, session, i64::from(place) + 1)
                },
                |(fork, mut session, id)| {
                    runtime.block_on(async {
                        session.execute(update, params![id]).await.unwrap();
                    });
                    (fork, session)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, statements, forks);
criterion_main!(benches);
