//! Refunds: asked for in a transaction, done by the handler of `order.refund_requested`.

use stuntdouble::{Db, DbExt, EventEnvelope, LoggerExt, Result, TracerExt, fields, params};

use crate::error::ShopError;
use crate::order::{Order, Status, return_stock};
use crate::outbox::{self, REFUND_REQUESTED, order_of};
use crate::payment::Refund;
use crate::retry::{repeatable, repeatable_within};
use crate::shop::Shop;

impl Shop {
    /// Asks for an order's money to be given back. Safe to call again: it is given back once.
    ///
    /// # Errors
    /// [`ShopError::UnknownOrder`], [`ShopError::NotRefundable`] unless it is paid, or the database's.
    pub async fn request_refund(&self, order: i64) -> Result<(), ShopError> {
        let sql = "UPDATE orders SET status = 'refunding' WHERE id = $1 AND status = 'paid'";
        let request = repeatable(self, "asking for a refund", async || {
            let request = self.db().try_with_tx(async |tx| {
                if tx.execute(sql, params![order]).await? == 0 {
                    return Ok(false);
                }
                outbox::leave(tx, REFUND_REQUESTED, order).await?;
                Ok::<bool, ShopError>(true)
            });
            request.await
        });
        if request.await? {
            self.outbox_filled().notify_one();
            self.logger().info("refund requested", fields! { order: order });
            return Ok(());
        }
        match self.find_order(order).await? {
            None => Err(ShopError::UnknownOrder { order }),
            Some(Order { status: Status::Refunding | Status::Refunded, .. }) => Ok(()),
            Some(Order { status, .. }) => Err(ShopError::NotRefundable { order, status }),
        }
    }

    pub(crate) async fn refund_requested(self, event: EventEnvelope) -> Result<()> {
        let refunding = self.refund_order(&event);
        Ok(self.platform().tracer().start_span("refund order", refunding).await?)
    }

    async fn refund_order(&self, event: &EventEnvelope) -> Result<(), ShopError> {
        let id = order_of(event)?;
        let order = self.find_order(id).await?.ok_or(ShopError::UnknownOrder { order: id })?;
        match (order.status, order.charge_id) {
            (Status::Refunding, Some(charge_id)) => {
                self.give_back(id, charge_id).await?;
                self.mark_as_refunded(id).await
            }
            (Status::Refunded, _) => Ok(()),
            (status, _) => Err(ShopError::NotRefundable { order: id, status }),
        }
    }

    async fn give_back(&self, order: i64, charge_id: String) -> Result<(), ShopError> {
        let api_key = self.payment_key().await?;
        let refund = Refund { charge_id, idempotency_key: format!("refund-order-{order}") };
        let limit = self.settings().payment_timeout;
        repeatable_within(self, limit, "giving money back", async || {
            Ok(self.payment().refund(&api_key, &refund).await?)
        })
        .await
    }

    async fn mark_as_refunded(&self, order: i64) -> Result<(), ShopError> {
        let sql = "UPDATE orders SET status = 'refunded' WHERE id = $1 AND status = 'refunding'";
        repeatable(self, "marking an order as refunded", async || {
            let change =
                self.db().try_with_tx(async |tx| match tx.execute(sql, params![order]).await? {
                    0 => Ok(()),
                    _ => Ok::<(), ShopError>(return_stock(tx, order).await?),
                });
            change.await
        })
        .await?;
        self.logger().info("order refunded", fields! { order: order });
        Ok(())
    }
}
