//! The handler of `order.placed`: charges the card, and does what follows from the answer.
//!
//! An event may come again at any time, and the handler may have failed anywhere before. So it looks at
//! what the order is, and does what is left to do; each step has the same effect once or twice.

use bytes::Bytes;
use serde_json::json;
use stuntdouble::{
    Db, DbExt, ErrorKind, EventEnvelope, InContext, LoggerExt, PubSubExt, PutCondition, Result,
    Secret, Subscription, TracerExt, fields, params,
};

use crate::error::ShopError;
use crate::options::Mistake;
use crate::order::{Order, Status, return_stock};
use crate::outbox::{ORDER_PLACED, REFUND_REQUESTED, order_of};
use crate::payment::{Charge, ChargeOutcome};
use crate::retry::{may_succeed_later, repeatable, repeatable_within, within};
use crate::shop::Shop;

impl Shop {
    /// Handles the shop's events, until the subscriptions are dropped.
    ///
    /// # Errors
    /// The broker's.
    pub fn subscribe(&self) -> Result<[Subscription; 2]> {
        let pubsub = self.platform().pubsub();
        let shop = self.clone();
        let placed = pubsub.on(ORDER_PLACED, move |event| shop.clone().order_placed(event))?;
        let shop = self.clone();
        let refund =
            pubsub.on(REFUND_REQUESTED, move |event| shop.clone().refund_requested(event))?;
        Ok([placed, refund])
    }

    async fn order_placed(self, event: EventEnvelope) -> Result<()> {
        if self.makes(Mistake::AckBeforeWork) {
            let work = async move { self.charge_order(&event).await };
            tokio::spawn(work.in_current_context());
            return Ok(());
        }
        let charging = self.charge_order(&event);
        Ok(self.platform().tracer().start_span("charge order", charging).await?)
    }

    async fn charge_order(&self, event: &EventEnvelope) -> Result<(), ShopError> {
        let id = order_of(event)?;
        let order = self.find_order(id).await?.ok_or(ShopError::UnknownOrder { order: id })?;
        match order.status {
            Status::Placed => match self.charge_card(&order).await? {
                ChargeOutcome::Accepted { charge_id } => {
                    self.mark_as_paid(id, &charge_id).await?;
                    self.store_invoice(&order).await
                }
                ChargeOutcome::Declined { reason } => self.cancel(id, &reason).await,
            },
            // Perhaps the invoice is what failed the last time.
            Status::Paid | Status::Refunding | Status::Refunded => self.store_invoice(&order).await,
            Status::Cancelled => Ok(()),
        }
    }

    /// Tries with one key until there is an answer. If there is none, it asks what became of it: a
    /// failure that is reported while the money is gone would be the worst of answers.
    async fn charge_card(&self, order: &Order) -> Result<ChargeOutcome, ShopError> {
        let api_key = self.payment_key().await?;
        let key = format!("order-{}", order.id);
        let charge = Charge {
            reference: key.clone(),
            cents: order.total_cents,
            card_token: order.card_token.clone(),
            idempotency_key: (!self.makes(Mistake::NoIdempotencyKey)).then(|| key.clone()),
        };
        let limit = self.settings().payment_timeout;
        let answer = repeatable_within(self, limit, "charging a card", async || {
            Ok(self.payment().charge(&api_key, &charge).await?)
        });
        match answer.await {
            Err(error) if may_succeed_later(&error) => {
                let status = self.payment().status(&api_key, &key);
                let known = within(limit, "asking for a charge", status).await?;
                known.ok_or(error)
            }
            answer => answer,
        }
    }

    /// Read for each use, since it may change.
    pub(crate) async fn payment_key(&self) -> Result<Secret, ShopError> {
        let secrets = self.platform().secrets();
        repeatable(self, "reading a secret", async || Ok(secrets.get("payment_key").await?)).await
    }

    async fn mark_as_paid(&self, order: i64, charge_id: &str) -> Result<(), ShopError> {
        let sql = "UPDATE orders SET status = 'paid', charge_id = $2 \
                   WHERE id = $1 AND status = 'placed'";
        repeatable(self, "marking an order as paid", async || {
            Ok(self.db().execute(sql, params![order, charge_id]).await?)
        })
        .await?;
        self.logger().info("order paid", fields! { order: order });
        Ok(())
    }

    /// One place for each order's invoice, and the first one stays.
    async fn store_invoice(&self, order: &Order) -> Result<(), ShopError> {
        let key = format!("invoices/order-{}.json", order.id);
        let invoice = json!({
            "order": order.id,
            "customer": order.customer,
            "total_cents": order.total_cents,
        });
        let bytes = Bytes::from(invoice.to_string());
        repeatable(self, "storing an invoice", async || {
            let storage = self.platform().object_storage();
            let condition = PutCondition::IfNoneMatch;
            match storage.put_if(&key, bytes.clone(), "application/json", condition).await {
                Err(error) if error.kind() == ErrorKind::PreconditionFailed => Ok(()),
                stored => Ok(stored.map(drop)?),
            }
        })
        .await
    }

    async fn cancel(&self, order: i64, reason: &str) -> Result<(), ShopError> {
        let sql = "UPDATE orders SET status = 'cancelled' WHERE id = $1 AND status = 'placed'";
        repeatable(self, "cancelling an order", async || {
            // The status tells whether an earlier attempt did it.
            let cancel = async |db: &dyn Db| match db.execute(sql, params![order]).await? {
                0 => Ok(()),
                _ => return_stock(db, order).await,
            };
            match self.makes(Mistake::CancelWithoutTransaction) {
                true => Ok(cancel(self.db()).await?),
                false => Ok(self.db().with_tx(async |tx| cancel(tx).await).await?),
            }
        })
        .await?;
        self.logger().info("order cancelled", fields! { order: order, reason: reason });
        Ok(())
    }
}
