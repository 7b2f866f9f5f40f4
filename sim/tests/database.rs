//! Runs with a database: each from the same migrated template, and what is told of locks and of
//! transactions that are left open.

use std::time::Duration;

use stuntdouble::{Db, DbExt, Error, params};
use stuntdouble_sim::{App, Report, Scenario, World, run};

const ITEMS: &str = "CREATE TABLE item (id INT PRIMARY KEY, stock INT NOT NULL CHECK (stock >= 0));\n\
                     INSERT INTO item VALUES (1, 3), (2, 5);";
const TAKE: &str = "UPDATE item SET stock = stock - 1 WHERE id = $1";

fn app<F, Fut>(workload: F) -> App
where
    F: Fn(World) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), Error>> + 'static,
{
    App::new("stock").migrations([("0001_item.sql", ITEMS)]).workload("work", workload)
}

fn healthy() -> Scenario {
    Scenario::new("healthy", "Nothing goes wrong.")
}

fn fails(report: &Report, name: &str) {
    assert!(!report.passed(), "{name} passed");
    let text = report.to_string();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{name}: more than 80 columns: {line}");
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_run_starts_from_the_same_database() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        platform.db().with_tx(async |tx| tx.execute(TAKE, params![1]).await).await?;
        Ok(())
    })
    .invariant("one was taken", |world: World| async move {
        let rows = world.fakes().db.rows("SELECT stock FROM item WHERE id = 1").await;
        let stock: i32 = rows.and_then(|rows| rows[0].get("stock")).map_err(|e| e.to_string())?;
        if stock == 2 { Ok(()) } else { Err(format!("{stock} are left, of 3")) }
    });
    let report = run(&app, &healthy(), 50);
    assert!(report.passed(), "{report}");
    assert_eq!(report.calls(), 50 * 3);
}

#[test]
fn a_lock_that_is_never_given_up() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        let first = platform.db().begin().await?;
        first.execute(TAKE, params![1]).await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
        // Waits for the transaction above, which waits for this.
        platform.db().execute(TAKE, params![1]).await?;
        first.commit().await
    });
    fails(&run(&app, &healthy(), 1), "lock_is_never_given_up");
}

#[test]
fn a_transaction_that_is_left_open() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        let (begun, wait) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            let transaction = platform.db().begin().await?;
            transaction.execute(TAKE, params![2]).await?;
            let _ = begun.send(());
            std::future::pending::<()>().await;
            transaction.commit().await
        });
        let _ = wait.await;
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "transaction_is_left_open");
}

#[test]
fn what_a_background_task_has_open_for_a_moment_is_not_left_open() {
    let app = app(|world: World| async move {
        let platform = world.platform("relay");
        tokio::spawn(async move {
            loop {
                let taken = platform.db().with_tx(async |tx| {
                    tokio::time::sleep(Duration::from_millis(90)).await;
                    tx.execute("UPDATE item SET stock = stock WHERE id = 1", params![]).await
                });
                taken.await.expect("nothing fails");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        tokio::time::sleep(Duration::from_millis(1050)).await;
        Ok(())
    });
    let report = run(&app, &healthy(), 1);
    assert!(report.passed(), "{report}");
}

#[test]
fn a_migration_that_is_wrong() {
    let app = App::new("stock")
        .migrations([("0001_item.sql", ITEMS), ("0002_index.sql", "CREATE INDEX ON itme (stock);")])
        .workload("nothing", |_| async { Ok::<(), Error>(()) });
    let report = run(&app, &healthy(), 1);
    let text = report.failures()[0].reasons[0].to_string();
    let expected = "setup: migration 0002_index.sql: statement 1 (line 1): \
                    relation \"itme\" does not exist (42P01)";
    assert_eq!(text, expected);
}
