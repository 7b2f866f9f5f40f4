//! A trace as data.

use serde_json::json;
use stuntdouble::stack::{Fault, Verdict};
use stuntdouble::trace::json::{Detail, Document, Outcome, SCHEMA};
use stuntdouble::{Db, DbExt, Error, SqlState, Value, params};

use super::support::World;

async fn document() -> (String, Document) {
    let world = World::new();
    let api = world.node("api");
    let conflict = Error::sqlstate(SqlState::UNIQUE_VIOLATION, "duplicate key")
        .with_constraint("orders_pkey")
        .with_detail("Key (id)=(7) already exists.");
    world.rules.add("db.execute#2", "r.toml:1", Verdict::FailBefore(Fault::new(conflict)));
    api.db
        .with_tx(async |tx| {
            tx.query("SELECT stock FROM item", params![f64::NAN, 1.5, "a", Value::Null]).await?;
            tx.execute("INSERT 1", params![uuid::Uuid::nil(), vec![0xffu8, 0]]).await?;
            tx.execute("INSERT 2", &[]).await
        })
        .await
        .unwrap_err();
    api.pubsub.publish("t", json!({ "a": [1, null, "x"] }), None).await.unwrap();
    let text = world.trace.to_json();
    let document = serde_json::from_str(&text).unwrap();
    (text, document)
}

#[tokio::test(start_paused = true)]
async fn it_reads_back() {
    let (text, document) = document().await;
    assert_eq!(document.schema, "stuntdouble.trace/1");
    assert_eq!(serde_json::to_string_pretty(&document).unwrap(), text);
    let [begin, query, ..] = &document.calls[..] else { panic!("{text}") };
    assert_eq!((query.parent, query.name.as_str()), (Some(begin.id), "api/db.query#1"));
    let Detail::List(params) = &query.arguments[1].value else { panic!("{text}") };
    assert_eq!(params[0], Detail::NotFinite("NaN".to_owned()));
    let Outcome::Error { sqlstate, injected_by, .. } = &document.calls[3].outcome else {
        panic!("{text}")
    };
    assert_eq!(sqlstate.as_deref(), Some("23505"));
    assert_eq!(injected_by.as_deref(), Some("r.toml:1"));
}

#[tokio::test(start_paused = true)]
async fn it_has_the_keys_that_the_schema_promises() {
    let (text, _) = document().await;
    insta::assert_snapshot!(text);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let names = |keys: &serde_json::Value| -> Vec<String> {
        keys.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(names(&document), names(&schema["properties"]));
    for call in document["calls"].as_array().unwrap() {
        assert_eq!(names(call), names(&schema["$defs"]["Call"]["properties"]));
    }
}
