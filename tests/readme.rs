//! The README tells the truth: its code is this file's, and its outputs are what that code prints.

use serde_json::json;
use stuntdouble::{Db, DbExt, PubSubExt, Result, assert_trace_snapshot, params};
use stuntdouble_sim::{App, Scenario, World};

// README: bank
async fn withdraw(db: &dyn Db, amount: i64) -> Result<()> {
    db.with_tx(async |tx| {
        let rows = tx.query("SELECT balance FROM account WHERE id = 1", params![]).await?;
        let left = rows[0].get::<i64>("balance")? - amount;
        tx.execute("UPDATE account SET balance = $1 WHERE id = 1", params![left]).await?;
        Ok(())
    })
    .await
}

fn bank() -> App {
    App::new("bank")
        .migrations([("account.sql", include_str!("readme/account.sql"))])
        .workload("two at once", async |world: World| {
            let db = world.platform("api").db;
            tokio::try_join!(withdraw(&db, 10), withdraw(&db, 20)).map(drop)
        })
        .invariant("what is taken is gone", async |world: World| {
            let rows = world.fakes().db.rows("SELECT balance FROM account").await;
            match rows.and_then(|rows| rows[0].get::<i64>(0)) {
                Ok(70) => Ok(()),
                left => Err(format!("of 100, 70 should be left, and not {left:?}")),
            }
        })
}
// README: end

#[test]
fn the_bank_loses_an_update() {
    // README: rehearse
    let quiet = Scenario::new("quiet", "Two withdrawals at once, and nothing goes wrong.");
    let report = stuntdouble_sim::run(&bank(), &quiet, 20);
    // README: end
    assert!(!report.passed());
    shows(&block("text", &report.to_string()));
}

// README: snapshot
#[tokio::test(start_paused = true)]
async fn an_order_is_told_of_once_it_is_kept() -> Result<()> {
    let world = World::new(7);
    world.fakes().db.migrate("CREATE TABLE orders (id serial PRIMARY KEY, item text)").await?;
    let (api, worker) = (world.platform("api"), world.platform("worker"));
    let orders = worker.clone().pubsub().on("order.placed", move |_| {
        let cache = worker.cache.clone();
        async move { cache.incr("orders", 1).await.map(drop) }
    })?;

    let insert = "INSERT INTO orders (item) VALUES ($1) RETURNING id";
    let id: i32 =
        api.db().with_tx(async |tx| tx.query(insert, params!["tea"]).await?[0].get("id")).await?;
    api.pubsub().publish("order.placed", json!({ "order": id }), None).await?;
    world.settle().await;

    assert_trace_snapshot!(world.trace(), @r#"
    +0ms    worker  pubsub.subscribe#1  "order.placed" → ok
    +0ms    api     db.begin#1          → ok
    +0ms    api       db.query#1        INSERT INTO orders (item) VALUES ($1)
                                          RETURNING id ["tea"] → 1 row {id: 1}
    +0ms    api       db.commit#1       → ok
    +0ms    api     pubsub.publish#1    "order.placed", payload: {"order": 1}
                                          → <event-1>
    +0ms    worker  pubsub.deliver#1    (from api/publish#1) "order.placed",
                                          <event-1> → ok
    +0ms    worker    cache.incr#1      "orders", by: 1 → 1
    "#);
    orders.unsubscribe();
    Ok(())
}
// README: end

#[test]
fn the_code_is_what_runs_here() {
    let regions = include_str!("readme.rs").split(concat!("// ", "README: ")).skip(1);
    let regions = regions.filter_map(|region| region.split_once('\n'));
    for (_, code) in regions.filter(|(name, _)| *name != "end") {
        let code = code.trim_end_matches(' ');
        let indent = code.len() - code.trim_start_matches(' ').len();
        let code: Vec<&str> = code.lines().map(|line| line.get(indent..).unwrap_or("")).collect();
        shows(&block("rust", &code.join("\n")));
    }
}

#[test]
fn the_scenario_is_a_shipped_one() {
    shows(&block("toml", include_str!("../scenarios/shop/lost_commit.toml")));
}

fn block(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

fn shows(block: &str) {
    let readme = include_str!("../README.md");
    assert!(readme.contains(block), "the README does not show this:\n{block}");
}
