//! The outbox: events are written in the transaction that makes them true, and published afterwards.
//!
//! A message broker takes no part in a database's transaction. An event that is published before the
//! commit may speak of something that never happened; one that is published after it is lost if the
//! process dies in between. A row in the transaction is there exactly if the transaction is.

use serde_json::json;
use stuntdouble::{Db, Error, ErrorKind, EventEnvelope, Result, params};

/// An order was placed and is to be charged.
pub const ORDER_PLACED: &str = "order.placed";
/// The money of an order is to be given back.
pub const REFUND_REQUESTED: &str = "order.refund_requested";

/// Leaves an event about an order. `db` is the transaction that makes it true.
pub(crate) async fn leave(db: &dyn Db, topic: &str, order: i64) -> Result<()> {
    let sql = "INSERT INTO outbox (topic, payload) VALUES ($1, $2)";
    db.execute(sql, params![topic, json!({ "order": order })]).await?;
    Ok(())
}

/// The order that an event is about.
pub(crate) fn order_of(event: &EventEnvelope) -> Result<i64> {
    event.payload["order"].as_i64().ok_or_else(|| {
        let message = format!("an event of {} without an order: {}", event.r#type, event.payload);
        Error::new(ErrorKind::InvalidArgument, message)
    })
}
