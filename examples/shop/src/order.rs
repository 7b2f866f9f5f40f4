//! Orders: placing them, and what is known of them.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::json;
use stuntdouble::{
    AsError, Db, DbExt, EvaluationContext, FeatureFlagsExt, LoggerExt, Result, Row, TracerExt, Tx,
    Value, fields, params,
};

use crate::error::ShopError;
use crate::options::Mistake;
use crate::outbox::{self, ORDER_PLACED};
use crate::retry::{note, repeatable, within};
use crate::shop::Shop;

const LOCK_PRODUCTS: &str = "\
    SELECT sku, price_cents, stock FROM product WHERE sku = ANY($1) ORDER BY sku FOR UPDATE";
const READ_PRODUCTS: &str = "\
    SELECT sku, price_cents, stock FROM product WHERE sku = ANY($1) ORDER BY sku";
const INSERT_ORDER: &str = "\
    INSERT INTO orders (idempotency_key, customer, card_token, total_cents) \
    VALUES ($1, $2, $3, $4) ON CONFLICT (idempotency_key) DO NOTHING RETURNING id";
const INSERT_LINE: &str = "\
    INSERT INTO order_line (order_id, sku, quantity, price_cents) VALUES ($1, $2, $3, $4)";
const ORDER: &str = "SELECT id, customer, card_token, status, total_cents, charge_id FROM orders";

/// What a customer wants.
#[derive(Clone, Debug)]
pub struct PlaceOrder {
    /// Chosen by the client, one for each cart: the same when it tries again.
    pub key: String,
    /// Who orders.
    pub customer: String,
    /// The card, as the payment provider knows it.
    pub card_token: String,
    /// What is ordered, each product once.
    pub lines: Vec<Line>,
}

/// So many pieces of a product.
#[derive(Clone, Debug)]
pub struct Line {
    /// The product.
    pub sku: String,
    /// How many, at least 1.
    pub quantity: i64,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its number.
    pub id: i64,
    /// Who ordered.
    pub customer: String,
    /// The card to charge.
    pub card_token: String,
    /// What has become of it.
    pub status: Status,
    /// What it costs, in cents, shipping included.
    pub total_cents: i64,
    /// What the payment provider calls the charge, once there is one.
    pub charge_id: Option<String>,
}

/// What has become of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The stock is taken, the card is to be charged.
    Placed,
    /// The money was taken.
    Paid,
    /// The card was declined. The stock is returned.
    Cancelled,
    /// The money is to be given back.
    Refunding,
    /// The money was given back. The stock is returned.
    Refunded,
}

impl Status {
    const ALL: [Status; 5] =
        [Status::Placed, Status::Paid, Status::Cancelled, Status::Refunding, Status::Refunded];

    /// As the database has it.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Placed => "placed",
            Status::Paid => "paid",
            Status::Cancelled => "cancelled",
            Status::Refunding => "refunding",
            Status::Refunded => "refunded",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Shop {
    /// Places an order. Safe to call again with the same key: there will be one order, and every call
    /// that succeeds returns it.
    ///
    /// # Errors
    /// [`ShopError::OutOfStock`] and the like: there is no order. If [`ShopError::is_outcome_unknown`],
    /// there may be one: ask again with the same key.
    pub async fn place_order(&self, request: &PlaceOrder) -> Result<Order, ShopError> {
        validate(request)?;
        let placing = self.place_until_known(request);
        let order = self.platform().tracer().start_span("place order", placing).await?;
        self.outbox_filled().notify_one();
        let fields = fields! { order: order.id, cents: order.total_cents };
        self.logger().info("order placed", fields);
        Ok(order)
    }

    async fn place_until_known(&self, request: &PlaceOrder) -> Result<Order, ShopError> {
        let discount = self.discount_percent(&request.customer).await;
        let policy = &self.settings().retry;
        let mut attempt = 1;
        loop {
            // The mistake: to the database, each attempt is another order.
            let key = match self.makes(Mistake::RetryUnknownCommit) {
                true => format!("{}/{attempt}", request.key),
                false => request.key.clone(),
            };
            let transaction = self
                .db()
                .try_with_tx(async |tx| self.write_order(tx, request, &key, discount).await);
            let error =
                match within(self.settings().db_timeout, "placing an order", transaction).await {
                    Ok(order) => return Ok(order),
                    Err(error) => error,
                };
            if error.is_outcome_unknown() {
                // It may be there. To look is all that helps; and if it is not there, the key keeps a
                // commit that is late and the next attempt from both succeeding.
                if !self.makes(Mistake::RetryUnknownCommit) {
                    match self.find_order_by_key(&request.key).await {
                        Ok(Some(order)) => return Ok(order),
                        Ok(None) => {}
                        Err(_) => return Err(error),
                    }
                }
            } else if !error.is_retryable() {
                return Err(error);
            }
            if attempt >= policy.max_attempts() {
                return Err(error);
            }
            note(self, "placing an order", attempt, &error);
            tokio::time::sleep(policy.delay(attempt)).await;
            attempt += 1;
        }
    }

    /// All of an order, or nothing.
    async fn write_order(
        &self,
        tx: &Tx,
        request: &PlaceOrder,
        key: &str,
        discount_percent: i64,
    ) -> Result<Order, ShopError> {
        let products = self.lock_products(tx, request).await?;
        let goods: i64 = products.iter().map(|product| product.cents * product.quantity).sum();
        let total_cents = goods - goods * discount_percent / 100 + self.settings().shipping_cents;

        let PlaceOrder { customer, card_token, .. } = request;
        let inserted =
            tx.query(INSERT_ORDER, params![key, customer, card_token, total_cents]).await?;
        let Some(row) = inserted.first() else {
            // The key is taken: this is the order that the client asks for again.
            return same_order(tx, request, key).await;
        };
        let id = row.get("id")?;
        // Only now: an order that is asked for again is there, even if it took the last piece itself.
        for product in &products {
            self.take_from_stock(tx, id, product).await?;
        }
        if self.makes(Mistake::PublishInsideTransaction) {
            let pubsub = self.platform().pubsub();
            pubsub
                .publish(ORDER_PLACED, json!({ "order": id }), Some(format!("order-{id}")))
                .await?;
        } else {
            outbox::leave(tx, ORDER_PLACED, id).await?;
        }
        Ok(Order {
            id,
            customer: customer.clone(),
            card_token: card_token.clone(),
            status: Status::Placed,
            total_cents,
            charge_id: None,
        })
    }

    /// Locked in the order of their names, so that two orders cannot wait for each other.
    async fn lock_products(
        &self,
        tx: &Tx,
        request: &PlaceOrder,
    ) -> Result<Vec<Product>, ShopError> {
        let sql = match self.makes(Mistake::ReadModifyWriteWithoutLock) {
            true => READ_PRODUCTS,
            false => LOCK_PRODUCTS,
        };
        let skus: Value = request.lines.iter().map(|line| line.sku.as_str()).collect();
        let rows = tx.query(sql, params![skus]).await?;
        let known = rows.iter().map(|row| Ok((row.get::<String>("sku")?, row)));
        let known = known.collect::<Result<Vec<_>>>()?;
        let mut products = Vec::with_capacity(request.lines.len());
        for Line { sku, quantity } in &request.lines {
            let (_, row) = known
                .iter()
                .find(|(name, _)| name == sku)
                .ok_or_else(|| ShopError::UnknownProduct { sku: sku.clone() })?;
            products.push(Product {
                sku: sku.clone(),
                quantity: *quantity,
                cents: row.get("price_cents")?,
                stock: row.get("stock")?,
            });
        }
        Ok(products)
    }

    async fn take_from_stock(
        &self,
        tx: &Tx,
        order: i64,
        product: &Product,
    ) -> Result<(), ShopError> {
        let Product { sku, quantity, cents, stock } = product;
        if stock < quantity {
            return Err(ShopError::OutOfStock { sku: sku.clone() });
        }
        if self.makes(Mistake::ReadModifyWriteWithoutLock) {
            let sql = "UPDATE product SET stock = $2 WHERE sku = $1";
            tx.execute(sql, params![sku, stock - quantity]).await?;
        } else {
            let sql = "UPDATE product SET stock = stock - $2 WHERE sku = $1";
            tx.execute(sql, params![sku, *quantity]).await?;
        }
        tx.execute(INSERT_LINE, params![order, sku, *quantity, *cents]).await?;
        Ok(())
    }

    async fn discount_percent(&self, customer: &str) -> i64 {
        let customer = EvaluationContext::of(customer);
        let percent = self.platform().feature_flags().get_value("discount", 0, &customer);
        let limit = self.settings().optional_timeout;
        // Who does not get an answer does not get a discount.
        tokio::time::timeout(limit, percent).await.unwrap_or(0).clamp(0, 100)
    }

    /// The order of that number.
    ///
    /// # Errors
    /// The database's.
    pub async fn find_order(&self, id: i64) -> Result<Option<Order>, ShopError> {
        repeatable(self, "reading an order", async || Ok(find(self.db(), id).await?)).await
    }

    /// The order that was placed with that idempotency key.
    ///
    /// # Errors
    /// The database's.
    pub async fn find_order_by_key(&self, key: &str) -> Result<Option<Order>, ShopError> {
        repeatable(self, "looking for an order", async || Ok(find_by_key(self.db(), key).await?))
            .await
    }
}

/// A line of an order, and what the database knows of the product.
struct Product {
    sku: String,
    quantity: i64,
    cents: i64,
    stock: i64,
}

fn validate(request: &PlaceOrder) -> Result<(), ShopError> {
    let skus: BTreeSet<_> = request.lines.iter().map(|line| &line.sku).collect();
    if request.lines.is_empty() {
        Err(ShopError::InvalidOrder("it has no line"))
    } else if skus.len() < request.lines.len() {
        Err(ShopError::InvalidOrder("a product is in it twice"))
    } else if request.lines.iter().any(|line| line.quantity < 1) {
        Err(ShopError::InvalidOrder("a quantity is below 1"))
    } else {
        Ok(())
    }
}

async fn same_order(tx: &Tx, request: &PlaceOrder, key: &str) -> Result<Order, ShopError> {
    match find_by_key(tx, key).await? {
        Some(order) if order.customer == request.customer => Ok(order),
        _ => Err(ShopError::KeyReused { key: key.to_owned() }),
    }
}

async fn find(db: &dyn Db, id: i64) -> Result<Option<Order>> {
    let rows = db.query(&format!("{ORDER} WHERE id = $1"), params![id]).await?;
    rows.first().map(order).transpose()
}

async fn find_by_key(db: &dyn Db, key: &str) -> Result<Option<Order>> {
    let rows = db.query(&format!("{ORDER} WHERE idempotency_key = $1"), params![key]).await?;
    rows.first().map(order).transpose()
}

fn order(row: &Row) -> Result<Order> {
    let status: String = row.get("status")?;
    let status = Status::from_name(&status).ok_or_else(|| {
        let message = format!("an order has the status {status:?}");
        stuntdouble::Error::new(stuntdouble::ErrorKind::Corrupted, message)
    })?;
    Ok(Order {
        id: row.get("id")?,
        customer: row.get("customer")?,
        card_token: row.get("card_token")?,
        status,
        total_cents: row.get("total_cents")?,
        charge_id: row.get("charge_id")?,
    })
}

/// Puts back what the order took. `tx` is the transaction that cancels it.
pub(crate) async fn return_stock(tx: &dyn Db, order: i64) -> Result<()> {
    let sql = "UPDATE product SET stock = product.stock + order_line.quantity FROM order_line \
               WHERE order_line.order_id = $1 AND product.sku = order_line.sku";
    tx.execute(sql, params![order]).await?;
    Ok(())
}
