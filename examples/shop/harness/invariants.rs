//! What must be true when everything has come to rest, whatever failed on the way.
//!
//! They look at the fakes directly: at what is, not at what the shop says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shop::Status;
use shop::outbox::ORDER_PLACED;
use stuntdouble::{Cache, CacheExt, ObjectStorage, Result, Row};
use stuntdouble_sim::World;
use tokio::sync::OnceCell;

use super::customers::{Customers, Told};
use super::payment::{Entry, FakePayment};
use super::workload::STOCK;

/// Fine, or what is wrong, a line for each order.
type Judgement = Result<(), String>;

struct Order {
    id: i64,
    customer: String,
    status: Status,
    total: i64,
}

impl Order {
    fn reference(&self) -> String {
        format!("order-{}", self.id)
    }
}

async fn rows(world: &World, sql: &str) -> Result<Vec<Row>, String> {
    world.fakes().db.rows(sql).await.map_err(|error| format!("{sql}: {error}"))
}

/// Read once for all invariants: nothing changes any more.
async fn orders(world: &World) -> Result<Arc<[Order]>, String> {
    let orders = world.extension(|_| OnceCell::<Arc<[Order]>>::new());
    orders.get_or_try_init(async || read_orders(world).await).await.cloned()
}

async fn read_orders(world: &World) -> Result<Arc<[Order]>, String> {
    let sql = "SELECT id, customer, status, total_cents FROM orders ORDER BY id";
    let orders = rows(world, sql).await?;
    orders.iter().map(|row| order(row).map_err(|error| error.to_string())).collect()
}

fn order(row: &Row) -> Result<Order> {
    let status: String = row.get("status")?;
    Ok(Order {
        id: row.get("id")?,
        customer: row.get("customer")?,
        // The schema allows no other.
        status: Status::from_name(&status).unwrap_or(Status::Placed),
        total: row.get("total_cents")?,
    })
}

fn ledger(world: &World) -> Vec<Entry> {
    world.extension(|_| FakePayment::default()).entries()
}

fn judge(wrong: Vec<String>) -> Judgement {
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// `12.90`
fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// "money is taken exactly for paid orders"
pub(crate) async fn money_taken_for_paid_orders(world: World) -> Judgement {
    let (orders, ledger) = (orders(&world).await?, ledger(&world));
    let mut wrong = Vec::new();
    for order in &*orders {
        let entries: Vec<_> = ledger.iter().filter(|e| e.reference == order.reference()).collect();
        let net: i64 = entries.iter().map(|entry| entry.net()).sum();
        let right = match order.status {
            Status::Paid => net == order.total,
            Status::Refunding => net == order.total || net == 0,
            Status::Placed | Status::Cancelled | Status::Refunded => net == 0,
        };
        if !right {
            let Order { id, customer, status, total } = order;
            let back = entries.iter().map(|entry| entry.given_back.len()).sum();
            wrong.push(format!(
                "order {id} of {customer} is {status} and costs {}, but {} is kept for it \
                 (charged {}, given back {})",
                euros(*total),
                euros(net),
                times(entries.len()),
                times(back),
            ));
        }
    }
    let known: BTreeSet<_> = orders.iter().map(Order::reference).collect();
    for entry in ledger.iter().filter(|entry| !known.contains(&entry.reference)) {
        let Entry { reference, .. } = entry;
        let kept = euros(entry.net());
        wrong.push(format!("{kept} is kept for {reference}, which does not exist"));
    }
    judge(wrong)
}

/// "stock never negative"
pub(crate) async fn stock_never_negative(world: World) -> Judgement {
    let found = rows(&world, "SELECT sku, stock FROM product WHERE stock < 0 ORDER BY sku").await?;
    let wrong = found.iter().map(|row| {
        Ok(format!("{} pieces of {} are left", row.get::<i64>("stock")?, row.get::<String>("sku")?))
    });
    judge(wrong.collect::<Result<_>>().map_err(|error| error.to_string())?)
}

/// "stock and sold add up"
pub(crate) async fn stock_and_sold_add_up(world: World) -> Judgement {
    let sold_sql = "SELECT l.sku, l.quantity, o.id FROM order_line l JOIN orders o ON o.id = l.order_id \
                    WHERE o.status IN ('placed', 'paid', 'refunding') ORDER BY o.id";
    let sold_rows = rows(&world, sold_sql).await?;
    let mut sold: BTreeMap<String, (i64, Vec<String>)> = BTreeMap::new();
    for row in &sold_rows {
        let line = || Ok((row.get("sku")?, row.get::<i64>("quantity")?, row.get::<i64>("id")?));
        let (sku, quantity, id) = line().map_err(|error: stuntdouble::Error| error.to_string())?;
        let (count, ids) = sold.entry(sku).or_default();
        *count += quantity;
        ids.push(id.to_string());
    }
    let mut wrong = Vec::new();
    for row in &rows(&world, "SELECT sku, stock FROM product ORDER BY sku").await? {
        let product = || Ok((row.get::<String>("sku")?, row.get::<i64>("stock")?));
        let (sku, left) = product().map_err(|error: stuntdouble::Error| error.to_string())?;
        let at_start = match sku.as_str() {
            "tea" => world.param("stock", STOCK).map_err(|error| error.to_string())?,
            _ => STOCK,
        };
        let (count, ids) = sold.remove(&sku).unwrap_or_default();
        if left + count != at_start {
            wrong.push(format!(
                "of {sku} there were {at_start}; {count} sold ({}) and {left} left make {}",
                orders_text(&ids),
                left + count,
            ));
        }
    }
    judge(wrong)
}

/// `order 1`, or `orders 1, 2 and 3`
fn orders_text(ids: &[String]) -> String {
    match ids {
        [] => "nobody".to_owned(),
        [only] => format!("order {only}"),
        [first @ .., last] => format!("orders {} and {last}", first.join(", ")),
    }
}

/// "every paid order is invoiced once"
pub(crate) async fn invoiced_once(world: World) -> Judgement {
    let stored = world.fakes().object_storage.list("invoices/").await;
    let mut keys: BTreeSet<_> =
        stored.map_err(|error| error.to_string())?.into_iter().map(|meta| meta.key).collect();
    let mut wrong = Vec::new();
    for order in orders(&world).await?.iter() {
        let invoiced = keys.remove(&format!("invoices/order-{}.json", order.id));
        let due = !matches!(order.status, Status::Placed | Status::Cancelled);
        if due != invoiced {
            let has = if invoiced { "has an invoice" } else { "has no invoice" };
            wrong.push(format!(
                "order {} of {} is {} and {has}",
                order.id, order.customer, order.status
            ));
        }
    }
    wrong.extend(keys.iter().map(|key| format!("{key} is an invoice of nothing")));
    judge(wrong)
}

/// "events and orders agree"
pub(crate) async fn events_and_orders_agree(world: World) -> Judgement {
    let ids: BTreeSet<_> = orders(&world).await?.iter().map(|order| order.id).collect();
    let mut wrong = Vec::new();
    let mut placed = BTreeSet::new();
    for event in world.fakes().pubsub.all_published() {
        match event.payload["order"].as_i64() {
            Some(id) if ids.contains(&id) => {
                if event.r#type == ORDER_PLACED {
                    placed.insert(id);
                }
            }
            Some(id) => {
                wrong.push(format!(
                    "{} was published for order {id}, which does not exist",
                    event.r#type
                ));
            }
            None => wrong.push(format!("{} was published without an order", event.r#type)),
        }
    }
    let silent = ids.difference(&placed);
    wrong.extend(
        silent.map(|id| format!("order {id} was placed, and {ORDER_PLACED} never published")),
    );
    judge(wrong)
}

/// "nobody orders twice"
///
/// Each customer has one cart, with one idempotency key.
pub(crate) async fn nobody_orders_twice(world: World) -> Judgement {
    let mut of_customer: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Order { id, customer, .. } in orders(&world).await?.iter() {
        of_customer.entry(customer.clone()).or_default().push(id.to_string());
    }
    let twice = of_customer.iter().filter(|(_, orders)| orders.len() > 1);
    judge(
        twice
            .map(|(customer, orders)| {
                format!("{customer} ordered once, and there are {}", orders_text(orders))
            })
            .collect(),
    )
}

/// "customers are told the truth"
pub(crate) async fn customers_are_told_the_truth(world: World) -> Judgement {
    let orders = orders(&world).await?;
    let told = world.extension(|_| Customers::default()).told();
    let mut wrong = Vec::new();
    for Told { customer, answer } in &told {
        let mut theirs = orders.iter().filter(|order| order.customer == *customer);
        // Of two clicks, one that is answered is enough.
        let knows = told.iter().any(|other| other.customer == *customer && other.answer.is_ok());
        match answer {
            Ok(id) if !theirs.any(|order| order.id == *id) => {
                wrong.push(format!("{customer} was told of order {id}, which does not exist"));
            }
            Err(why) if !knows && theirs.next().is_some() => {
                wrong.push(format!(
                    "{customer} was told that there is no order ({why}), but there is"
                ));
            }
            _ => {}
        }
    }
    judge(wrong)
}

/// "money comes back once"
pub(crate) async fn money_comes_back_once(world: World) -> Judgement {
    let ledger = ledger(&world);
    let mut wrong = Vec::new();
    for order in orders(&world).await?.iter() {
        let entries = ledger.iter().filter(|entry| entry.reference == order.reference());
        let back: Vec<i64> = entries.flat_map(|entry| entry.given_back.iter().copied()).collect();
        let Order { id, customer, status, total } = order;
        let right = match status {
            Status::Refunded => back == [*total],
            Status::Refunding => back.is_empty() || back == [*total],
            _ => back.is_empty(),
        };
        if !right {
            wrong.push(format!(
                "order {id} of {customer} is {status} and costs {}, and {} was given back ({})",
                euros(*total),
                euros(back.iter().sum()),
                times(back.len()),
            ));
        }
    }
    judge(wrong)
}

/// "no order is forgotten"
pub(crate) async fn no_order_is_forgotten(world: World) -> Judgement {
    let open = orders(&world).await?;
    let open = open.iter().filter(|o| matches!(o.status, Status::Placed | Status::Refunding));
    judge(
        open.map(|Order { id, customer, status, .. }| {
            format!(
                "order {id} of {customer} is still {status}, and nothing is going to change that"
            )
        })
        .collect(),
    )
}

/// "cached prices are real"
///
/// They may be old, but each must have been the price at some time.
pub(crate) async fn cached_prices_are_real(world: World) -> Judgement {
    let mut real: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for row in &rows(&world, "SELECT sku, price_cents FROM price_change").await? {
        let price = || Ok((row.get::<String>("sku")?, row.get::<i64>("price_cents")?));
        let (sku, cents) = price().map_err(|error: stuntdouble::Error| error.to_string())?;
        real.entry(sku).or_default().insert(cents);
    }
    let cache: &dyn Cache = &world.fakes().cache;
    let mut wrong = Vec::new();
    for (sku, prices) in &real {
        let cached = cache.get_text(&format!("price:{sku}")).await;
        let Some(cached) = cached.map_err(|error| error.to_string())? else { continue };
        if !cached.parse().is_ok_and(|cents| prices.contains(&cents)) {
            wrong.push(format!(
                "the cache says that {sku} costs {cached} cents, which it never did"
            ));
        }
    }
    judge(wrong)
}
