//! What happens in a rehearsal.

use std::time::Duration;

use shop::{Shop, ShopOptions};
use stuntdouble::{Db, Error, ErrorKind, Result, params};
use stuntdouble_sim::World;
use tokio::task::JoinHandle;

use super::customers::{Customer, Customers, patiently};
use super::payment::{self, API_KEY, FakePayment};

/// What the shop starts with, beside its schema.
pub(crate) const SEED: &str = "\
    INSERT INTO product (sku, name, price_cents, stock) \
    VALUES ('tea', 'Darjeeling', 800, 10), ('cup', 'A cup', 350, 10);\n\
    INSERT INTO price_change (sku, price_cents) VALUES ('tea', 800), ('cup', 350);";

/// How many pieces of each product there are at the start, unless `params.stock` says otherwise of the
/// tea.
pub(crate) const STOCK: i64 = 10;

/// Customers buy, all at once; the relay and the handlers do their part. Then the first one wants its
/// money back.
///
/// Params: `customers` (2), `stock` of tea (10), `double_click` and `declined` (names of customers),
/// `refund` (true).
pub(crate) async fn checkout(world: World, options: ShopOptions) -> Result<()> {
    let stock: i64 = world.param("stock", STOCK)?;
    if stock != STOCK {
        let sql = "UPDATE product SET stock = $1 WHERE sku = 'tea'";
        world.fakes().db.execute(sql, params![stock]).await?;
    }
    let open = Open::start(&world, options)?;
    let result = shopping(&world, &open.shop).await;
    open.close().await;
    result
}

async fn shopping(world: &World, shop: &Shop) -> Result<()> {
    let customers = world.extension(|_| Customers::default());
    let double_click = world.param("double_click", String::new())?;
    let declined = world.param("declined", String::new())?;
    let mut buying = Vec::new();
    for mut customer in Customer::several(world.param("customers", 2)?) {
        customer.double_click = customer.name() == double_click;
        customer.declined = customer.name() == declined;
        let (shop, customers) = (shop.clone(), customers.clone());
        buying.push(tokio::spawn(async move { customer.buy(&shop, &customers).await }));
    }
    let mut bought = Vec::new();
    for customer in buying {
        bought.push(customer.await.map_err(|_| panicked())?);
    }
    // Also if a customer was turned away: the others' orders are to come to their end.
    at_rest(world).await;
    let orders = bought.into_iter().collect::<Result<Vec<_>>>()?;
    if let Some(first) = orders.iter().flatten().next()
        && world.param("refund", true)?
    {
        shop.request_refund(*first).await?;
        at_rest(world).await;
    }
    Ok(())
}

/// The tea becomes dearer, while customers look at its price.
///
/// Params: `refused` (false): the change is expected to fail.
pub(crate) async fn price_change(world: World, options: ShopOptions) -> Result<()> {
    let open = Open::start(&world, options)?;
    let result = dearer_tea(&open.shop, world.param("refused", false)?).await;
    open.close().await;
    result
}

async fn dearer_tea(shop: &Shop, refused: bool) -> Result<()> {
    shop.price("tea").await?;
    let change = {
        let shop = shop.clone();
        tokio::spawn(async move {
            let change = async || shop.set_price("tea", 950).await;
            // Who expects it to fail does not insist.
            if refused { change().await } else { patiently(change).await }
        })
    };
    for _ in 0..3 {
        shop.price("tea").await?;
    }
    let changed = change.await.map_err(|_| panicked())?;
    if !refused {
        changed?;
    }
    shop.price("tea").await?;
    Ok(())
}

/// A shop that is open for business.
struct Open {
    shop: Shop,
    relay: JoinHandle<()>,
    subscriptions: [stuntdouble::Subscription; 2],
}

impl Open {
    fn start(world: &World, options: ShopOptions) -> Result<Open> {
        let fakes = world.fakes();
        fakes.secrets.set("payment_key", API_KEY);
        let provider = world.extension(|_| FakePayment::default());
        let payment = payment::intercept(&world.stack("shop"), provider);
        let shop = Shop::new(world.platform("shop"), payment, options)?;
        let subscriptions = shop.subscribe()?;
        let relay = {
            let shop = shop.clone();
            tokio::spawn(async move { shop.run_relay().await })
        };
        Ok(Open { shop, relay, subscriptions })
    }

    async fn close(self) {
        self.relay.abort();
        let _ = self.relay.await;
        drop(self.subscriptions);
    }
}

/// Waits until every order has come to its end, but not for ever: what takes longer than half a minute
/// will not come by itself.
async fn at_rest(world: &World) {
    const UNFINISHED: &str = "\
        SELECT id FROM orders WHERE status IN ('placed', 'refunding') \
        UNION ALL SELECT id FROM outbox WHERE sent_at IS NULL LIMIT 1";
    for _ in 0..120 {
        world.settle().await;
        match world.fakes().db.rows(UNFINISHED).await {
            Ok(rows) if rows.is_empty() => return,
            _ => tokio::time::sleep(Duration::from_millis(250)).await,
        }
    }
}

fn panicked() -> Error {
    Error::new(ErrorKind::Internal, "a customer's task panicked")
}
