//! Golden texts: what a trace looks like.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use stuntdouble::stack::{Fault, Verdict};
use stuntdouble::trace::Options;
use stuntdouble::{
    CacheExt, ConfigExt, Db, DbExt, Error, ErrorKind, LoggerExt, PubSubExt, SqlState, TracerExt,
    assert_trace_snapshot, params,
};

use super::support::{Node, World};

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Places an order: in a span, a transaction, then an event.
async fn place_order(node: &Node, order: i64) -> stuntdouble::Result<()> {
    let span = async {
        node.secrets.get("payment-key").await?;
        node.db
            .with_tx(async |tx| {
                let lock = "SELECT stock FROM item\n  WHERE id = $1\n  FOR UPDATE";
                tx.query(lock, params![7]).await?;
                let insert =
                    "INSERT INTO orders (id, item, note, placed_at)\n VALUES ($1, $2, $3, $4)";
                let at: jiff::Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
                tx.execute(insert, params![order, 7, "tea", at]).await?;
                Ok(())
            })
            .await?;
        let payload = json!({ "order_id": order, "total": "12.50" });
        node.pubsub.publish("order.placed", payload, Some(format!("order-{order}"))).await?;
        node.logger.info("order placed", stuntdouble::fields! { order_id: order });
        Ok(())
    };
    node.tracer.start_span("place order", span).await
}

#[tokio::test(start_paused = true)]
async fn an_order_and_its_delivery() {
    let world = World::new();
    world.fakes.secrets.set("payment-key", "sk_live_4eC39HqLyjWDarjtT1");
    let (api, worker) = (world.node("api"), world.node("worker"));
    let (objects, cache) = (worker.objects.clone(), worker.cache.clone());
    let subscription = worker.pubsub.on("order.placed", move |event| {
        let (objects, cache) = (objects.clone(), cache.clone());
        async move {
            let seen = format!("seen:{}", event.id);
            if !cache.set_if_absent(&seen, "1".into(), Some(ms(60_000))).await? {
                return Ok(());
            }
            tokio::time::sleep(ms(15)).await;
            objects.put("invoice/7.pdf", "%PDF".into(), "application/pdf").await?;
            Ok(())
        }
    });
    let subscription = subscription.unwrap();
    place_order(&api, 7).await.unwrap();
    world.fakes.pubsub.drain().await;
    drop(subscription);
    assert_trace_snapshot!(world.trace);
}

#[tokio::test(start_paused = true)]
async fn rules_that_interfered() {
    let world = World::new();
    let api = world.node("api");
    let unknown = Error::sqlstate(SqlState::TRANSACTION_RESOLUTION_UNKNOWN, "the answer was lost");
    let lost = Verdict::FailAfter(Fault::new(unknown).after(ms(50)));
    world.rules.add("db.commit#1", "scenarios/shop/lost_commit.toml:12", lost);
    let down = Error::new(ErrorKind::Unavailable, "connection refused\n(os error 111)");
    world.rules.add("cache.get", "cache_down.toml:3", Verdict::FailBefore(Fault::new(down)));
    world.rules.add("cache.set", "slow.toml:8", Verdict::Delay(ms(1250)));
    world.rules.add("cache.incr", "twice.toml:5", Verdict::Repeat(1));
    world.rules.add("cache.exists", "hang.toml:5", Verdict::Hang);

    let result = api.db.with_tx(async |tx| tx.execute("DELETE FROM cart", &[]).await).await;
    assert!(result.unwrap_err().is_outcome_unknown());
    api.cache.get("price:7").await.unwrap_err();
    api.cache.set("price:7", "1250".into(), None).await.unwrap();
    api.cache.incr("visits", 2).await.unwrap();
    let timeout = tokio::time::timeout(ms(100), api.cache.exists("price:7")).await;
    timeout.unwrap_err();
    let hanging = api.cache.clone();
    tokio::spawn(async move { hanging.exists("price:8").await });
    tokio::time::sleep(ms(1)).await;
    assert_trace_snapshot!(world.trace);
}

#[tokio::test(start_paused = true)]
async fn transactions_that_interleave() {
    let world = World::new();
    let api = world.node("api");
    let one = api.db.begin().await.unwrap();
    let two = api.db.begin().await.unwrap();
    one.execute("UPDATE item SET stock = 1", &[]).await.unwrap();
    two.execute("UPDATE item SET stock = 2", &[]).await.unwrap();
    two.query("SELECT stock FROM item", &[]).await.unwrap();
    let savepoint = one.begin().await.unwrap();
    savepoint.execute("DELETE FROM item", &[]).await.unwrap();
    savepoint.rollback().await.unwrap();
    one.commit().await.unwrap();
    api.cache.get("a").await.unwrap();
    drop(two);
    assert_trace_snapshot!(world.trace, @r#"
    +0ms    db.begin#1          → ok
    +0ms    db.begin#2          → ok
    +0ms      db.execute#1      (in begin#1) UPDATE item SET stock = 1 → 1 row
    +0ms      db.execute#2      (in begin#2) UPDATE item SET stock = 2 → 1 row
    +0ms      db.query#1        SELECT stock FROM item → 1 row {stock: 3}
    +0ms      db.begin#3        (in begin#1) → ok
    +0ms        db.execute#3    DELETE FROM item → 1 row
    +0ms        db.rollback#1   → ok
    +0ms      db.commit#1       → ok
    +0ms    cache.get#1         "a" → miss
    +0ms      db.rollback#2     (in begin#2) cancelled
    "#);
}

#[tokio::test(start_paused = true)]
async fn long_values_are_shortened_and_still_tell_changes_apart() {
    let text = async |last: &str| {
        let world = World::new();
        let api = world.node("api");
        let columns: Vec<_> = (0..60).map(|n| format!("column_{n}")).collect();
        let sql = format!("SELECT {} FROM wide WHERE id = $1 AND name = $2", columns.join(", "));
        api.db.query(&sql, params![1, "x".repeat(300) + last]).await.unwrap();
        let payload = json!({ "lines": (0..50).collect::<Vec<_>>(), "last": last });
        api.pubsub.publish("order.placed", payload, None).await.unwrap();
        api.cache.set("blob", vec![0xff; 300].into(), None).await.unwrap();
        api.cache.get_many(&["blob".to_owned(), "k".repeat(100)]).await.unwrap();
        world.trace
    };
    let (one, two) = (text("1").await, text("2").await);
    assert_ne!(one.render(), two.render());
    assert!(one.render().lines().all(|line| line.chars().count() <= 80));
    assert_trace_snapshot!(one);
}

#[tokio::test(start_paused = true)]
async fn what_varies_has_pseudonyms_everywhere() {
    let text = async |seed: u64| {
        let world = World::seeded(seed);
        let api = world.node("api");
        let id = api.pubsub.publish("order.placed", json!({}), None).await.unwrap();
        api.cache.set(&format!("seen:{id}"), id.clone().into(), None).await.unwrap();
        let uuid = world.fakes.environment.entropy().stream("test").uuid();
        let sql = format!("DELETE FROM t WHERE id = '{uuid}'");
        api.db
            .execute(&sql, params![uuid, json!({ "event": id, "of": uuid.to_string() })])
            .await
            .unwrap();
        let meta = api.objects.put("a", "1".into(), "text/plain").await.unwrap();
        api.cache.set("etag", meta.etag.into(), None).await.unwrap();
        let missing = api.secrets.get(&uuid.to_string()).await;
        assert!(missing.unwrap_err().to_string().contains(&uuid.to_string()));
        world.trace
    };
    let (one, two) = (text(1).await, text(2).await);
    assert_eq!(one.render(), two.render());
    assert_trace_snapshot!(one, @r#"
    +0ms    pubsub.publish#1        "order.placed", payload: {} → <event-1>
    +0ms    cache.set#1             "seen:<event-1>", value: "<event-1>" → ok
    +0ms    db.execute#1            DELETE FROM t WHERE id = '<uuid-1>' [<uuid-1>,
                                      {"event": "<event-1>", "of": "<uuid-1>"}]
                                      → 1 row
    +0ms    object_storage.put#1    "a", bytes: "1", content_type: "text/plain"
                                      → {size: 1, etag: <etag-1>, content_type:
                                      "text/plain"}
    +0ms    cache.set#2             "etag", value: "\"<etag-1>\"" → ok
    +0ms    secrets.get#1           "<uuid-1>"
                                      ✗ not_found: there is no secret "<uuid-1>"
    "#);
    let raw = one.render_with(&Options::new().with_pseudonyms(false));
    assert_ne!(raw, two.render_with(&Options::new().with_pseudonyms(false)));
}

#[tokio::test(start_paused = true)]
async fn secrets_are_nowhere() {
    const SECRET: &str = "sk_live_4eC39HqLyjWDarjtT1";
    let world = World::new();
    world.fakes.secrets.set("payment-key", SECRET);
    world.fakes.config.set("DATABASE_URL", SECRET);
    let api = world.node("api");
    assert_eq!(api.secrets.get("payment-key").await.unwrap().expose(), SECRET);
    assert_eq!(api.config.get_text("DATABASE_URL").required().unwrap(), SECRET);
    let url = api.objects.presign_get("invoice/7.pdf", ms(1000)).await.unwrap();
    assert_trace_snapshot!(world.trace);
    let raw = Options::new().with_pseudonyms(false).with_shortening(false);
    for text in [
        world.trace.render_with(&raw),
        world.trace.to_json(),
        serde_json::to_string(&world.trace.document(&raw)).unwrap(),
        format!("{:?} {:?} {:?}", world.trace, world.trace.filter(), world.trace.calls()),
    ] {
        assert!(!text.contains(SECRET) && !text.contains(url.expose()), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn colours_change_nothing_but_escapes() {
    let world = World::new();
    let api = world.node("api");
    place_order(&api, 7).await.unwrap_err();
    let plain = world.trace.render();
    let coloured = world.trace.render_with(&Options::new().with_colour(true));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\x1b') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(stripped + rest, plain);
    assert!(coloured.contains("\x1b[1;31m✗ not_found"), "{coloured}");
}

#[tokio::test(start_paused = true)]
async fn widths_from_narrow_to_wide() {
    let world = World::new();
    world.fakes.secrets.set("payment-key", "k");
    let (api, _worker) = (world.node("api"), world.node("worker"));
    place_order(&api, 7).await.unwrap();
    for width in [0, 40, 60, 80, 100, 200] {
        let text = world.trace.render_with(&Options::new().with_width(width));
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.max(40), "{width}:\n{text}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{width}:\n{text}");
    }
    let untimed = Options::new().with_times(false).with_width(60);
    assert_trace_snapshot!("without_times", world.trace.filter().with_options(untimed));
}

#[tokio::test(start_paused = true)]
async fn views_keep_the_order_and_say_what_they_show() {
    let world = World::new();
    world.fakes.secrets.set("payment-key", "k");
    let (api, worker) = (world.node("api"), world.node("worker"));
    worker.cache.get("before").await.unwrap();
    place_order(&api, 7).await.unwrap();
    tokio::time::sleep(ms(10)).await;
    api.secrets.get("none").await.unwrap_err();
    worker.cache.get_text("later").await.unwrap();

    let view = world.trace.filter();
    assert_eq!(view.len(), 11);
    assert_eq!(view.clone().node("worker").len(), 2);
    assert_eq!(view.clone().node("api").service("secrets").failed().len(), 1);
    assert_eq!(view.clone().calls("*.get").len(), 4);
    assert_eq!(view.clone().calls("worker/*.get#2").len(), 1);
    assert_eq!(view.clone().between(ms(1)..).len(), 2);
    assert_eq!(view.clone().between(..=Duration::ZERO).without_service("logger").len(), 8);
    let ids: Vec<_> = view.clone().service("db").iter().map(|call| call.id()).collect();
    assert!(ids.is_sorted());
    assert_eq!(
        view.clone().node("api").service("secrets").failed().describe(),
        "1 call of api (node api, service secrets, failed)"
    );
    assert_trace_snapshot!(view.within("db.begin").without_service("logger"), @r#"
    +0ms    db.begin#1      (in span#1) → ok
    +0ms      db.query#1    SELECT stock FROM item WHERE id = $1 FOR UPDATE [7]
                              → 1 row {stock: 3}
    +0ms      db.execute#1  INSERT INTO orders (id, item, note, placed_at) VALUES
                              ($1, $2, $3, $4) [7, 7, "tea", <time-1>] → 1 row
    +0ms      db.commit#1   → ok
    "#);
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "no service has a method db.comit: did you mean db.commit?")]
async fn a_filter_that_can_match_nothing_is_a_mistake() {
    let world = World::new();
    let _api = world.node("api");
    let _ = world.trace.filter().calls("db.comit");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "no node is called apii: this trace records api")]
async fn so_is_a_node_that_is_not() {
    let world = World::new();
    let _api = world.node("api");
    let _ = world.trace.filter().node("apii");
}

#[tokio::test(start_paused = true)]
async fn settings_of_insta_do_not_outlive_the_assertion() {
    let world = World::new();
    let before = insta::Settings::clone_current();
    assert_trace_snapshot!(world.trace, @"(no calls)");
    let after = insta::Settings::clone_current();
    assert_eq!(before.description(), after.description());
    assert_eq!(before.omit_expression(), after.omit_expression());
    let _ = Arc::new(world);
}
