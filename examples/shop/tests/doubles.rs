//! What a simulation is too large for: one function of the shop, and one thing that goes wrong.
//!
//! Stubs where only the answer matters, mocks where it matters what is called, fakes where the truth
//! does; each in a plain tokio test, whose time is paused.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use shop::outbox::ORDER_PLACED;
use shop::{
    Charge, ChargeOutcome, Line, Mistake, Payment, PlaceOrder, Refund, Shop, ShopError, ShopOptions,
};
use stuntdouble::fake::{Environment, FakeObjectStorage, FakePubSub};
use stuntdouble::layer::Recorder;
use stuntdouble::mock::*;
use stuntdouble::stack::{Call, Decision, Fault, Layer, Stack, Verdict};
use stuntdouble::stub::{StubCache, StubDb, StubSecrets};
use stuntdouble::trace::Trace;
use stuntdouble::{
    Error, ErrorKind, Platform, PubSub, Result, Row, Secret, SqlState, Transaction, Value,
};

#[path = "../harness/payment.rs"]
mod payment;

use payment::{API_KEY, FakePayment};

mockall::mock! {
    Payment {}

    #[async_trait]
    impl Payment for Payment {
        async fn charge(&self, api_key: &Secret, charge: &Charge) -> Result<ChargeOutcome>;
        async fn status(&self, api_key: &Secret, key: &str) -> Result<Option<ChargeOutcome>>;
        async fn refund(&self, api_key: &Secret, refund: &Refund) -> Result<()>;
    }
}

fn shop(platform: Platform, payment: impl Payment + 'static) -> Shop {
    Shop::new(platform, Arc::new(payment), ShopOptions::default()).unwrap()
}

fn tea() -> PlaceOrder {
    PlaceOrder {
        key: "cart-1".to_owned(),
        customer: "alice".to_owned(),
        card_token: "card-good".to_owned(),
        lines: vec![Line { sku: "tea".to_owned(), quantity: 1 }],
    }
}

fn product(stock: i64) -> Row {
    Row::new(["sku", "price_cents", "stock"], ["tea".into(), Value::Int(800), Value::Int(stock)])
}

fn order(status: &str) -> Row {
    Row::new(
        ["id", "customer", "card_token", "status", "total_cents", "charge_id"],
        [7.into(), "alice".into(), "card-good".into(), status.into(), 1290.into(), Value::Null],
    )
}

#[tokio::test(start_paused = true)]
async fn without_the_cache_a_price_comes_from_the_database() {
    let down = Error::new(ErrorKind::Unavailable, "connection refused");
    let cache = Arc::new(StubCache::builder().get(|get| get.always().err(down)).build());
    let db = StubDb::builder()
        .query(|query| {
            query
                .when(|statement| statement.sql.contains("FROM product"))
                .ok(vec![Row::new(["price_cents"], [800.into()])])
        })
        .build();
    let platform = Platform::stubs().with_cache(cache.clone()).with_db(Arc::new(db));

    assert_eq!(shop(platform, FakePayment::default()).price("tea").await.unwrap(), 800);
    assert!(cache.unused().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_product_that_is_not_there_is_no_failure_of_the_database() {
    let error = shop(Platform::stubs(), FakePayment::default()).price("coffee").await.unwrap_err();
    assert!(matches!(&error, ShopError::UnknownProduct { sku } if sku == "coffee"), "{error}");
}

/// A transaction that places an order, and ends as it is told.
fn placing(order: &mut Sequence, commit: Result<()>) -> Box<dyn Transaction> {
    let mut tx = MockTransaction::new();
    let locks = |sql: &str, _: &[Value]| sql.contains("FOR UPDATE");
    let inserts = |sql: &str, _: &[Value]| sql.starts_with("INSERT INTO orders");
    tx.expect_query()
        .withf(locks)
        .times(1)
        .in_sequence(order)
        .returning(|_, _| Ok(vec![product(1)]));
    let id = || Ok(vec![Row::new(["id"], [7.into()])]);
    tx.expect_query().withf(inserts).times(1).in_sequence(order).returning(move |_, _| id());
    for statement in ["UPDATE product", "INSERT INTO order_line", "INSERT INTO outbox"] {
        let starts = move |sql: &str, _: &[Value]| sql.starts_with(statement);
        tx.expect_execute().withf(starts).times(1).in_sequence(order).returning(|_, _| Ok(1));
    }
    tx.expect_commit().times(1).in_sequence(order).return_once(|| commit);
    Box::new(tx)
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_commit_the_order_is_looked_up_and_not_placed_again() {
    let mut sequence = Sequence::new();
    let lost = Err(Error::new(ErrorKind::OutcomeUnknown, "the connection was lost"));
    let tx = placing(&mut sequence, lost);
    let mut db = MockDb::new();
    db.expect_begin().times(1).return_once(|| Ok(tx));
    let by_key = |sql: &str, params: &[Value]| {
        sql.contains("WHERE idempotency_key = $1") && params == ["cart-1".into()]
    };
    db.expect_query()
        .withf(by_key)
        .times(1)
        .in_sequence(&mut sequence)
        .returning(|_, _| Ok(vec![order("placed")]));

    let platform = Platform::stubs().with_db(Arc::new(db));
    let placed = shop(platform, FakePayment::default()).place_order(&tea()).await.unwrap();
    assert_eq!(placed.id, 7);
}

#[tokio::test(start_paused = true)]
async fn the_mistake_places_the_order_again_without_looking() {
    let (mut first, mut second) = (Sequence::new(), Sequence::new());
    let lost = Err(Error::new(ErrorKind::OutcomeUnknown, "the connection was lost"));
    let mut transactions = vec![placing(&mut second, Ok(())), placing(&mut first, lost)];
    let mut db = MockDb::new();
    db.expect_begin().times(2).returning(move || Ok(transactions.pop().unwrap()));

    let platform = Platform::stubs().with_db(Arc::new(db));
    let options = ShopOptions::with_mistake(Mistake::RetryUnknownCommit);
    let shop = Shop::new(platform, Arc::new(FakePayment::default()), options).unwrap();
    shop.place_order(&tea()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_conflict_is_tried_again_and_an_empty_shelf_is_not() {
    let conflict = Error::sqlstate(SqlState::SERIALIZATION_FAILURE, "could not serialize access");
    let db = StubDb::builder()
        .query(|query| {
            query
                .when(|statement| statement.sql.contains("FROM product"))
                .ok(vec![product(0)])
                .when(|statement| statement.sql.starts_with("INSERT INTO orders"))
                .ok(vec![Row::new(["id"], [7.into()])])
        })
        .begin(|begin| begin.nth(1).err(conflict))
        .build();
    let db = Arc::new(db);
    let platform = Platform::stubs().with_db(db.clone());

    let error = shop(platform, FakePayment::default()).place_order(&tea()).await.unwrap_err();
    assert_eq!(error.to_string(), "tea is out of stock");
    assert_eq!(db.transactions().len(), 1);
}

/// The first charge never arrives, the answer to the second is lost.
struct BadDay;

impl Layer for BadDay {
    fn decide(&self, call: &Call<'_>) -> Decision {
        let lost = || Fault::new(Error::new(ErrorKind::OutcomeUnknown, "the answer was lost"));
        match (call.method.to_string().as_str(), call.nth) {
            ("payment.charge", 1) => Verdict::Hang.into(),
            ("payment.charge", 2) => Verdict::FailAfter(lost()).into(),
            _ => Decision::PASS,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_charge_that_is_not_answered_is_tried_again_with_the_same_key() {
    let mut provider = MockPayment::new();
    // Twice, not three times: the first one hangs before it gets here.
    provider
        .expect_charge()
        .withf(|api_key, charge| {
            api_key.expose() == API_KEY && charge.idempotency_key.as_deref() == Some("order-7")
        })
        .times(2)
        .returning(|_, _| Ok(ChargeOutcome::Accepted { charge_id: "charge-1".to_owned() }));
    provider.expect_status().never();

    let environment = Environment::seeded(1);
    let clock = environment.clock().clone();
    let trace = Trace::new();
    let stack =
        Stack::builder("shop", clock.clone()).layer(Recorder::new(&trace)).layer(BadDay).build();
    let db = StubDb::builder()
        .query(|query| query.always().ok(vec![order("placed")]))
        .execute(|execute| execute.always().ok(1))
        .build();
    let (pubsub, storage) = (FakePubSub::new(&environment), FakeObjectStorage::new(&environment));
    let secrets = StubSecrets::builder().secret("payment_key", API_KEY).build();
    let platform = Platform::stubs()
        .with_db(Arc::new(db))
        .with_secrets(Arc::new(secrets))
        .with_pubsub(Arc::new(pubsub.clone()))
        .with_object_storage(Arc::new(storage.clone()));
    let payment = payment::intercept(&stack, Arc::new(provider));
    let shop = Shop::new(platform, payment, ShopOptions::default()).unwrap();

    let _subscriptions = shop.subscribe().unwrap();
    pubsub.publish(ORDER_PLACED, serde_json::json!({ "order": 7 }), None).await.unwrap();
    pubsub.drain().await;

    assert_eq!(storage.keys(), ["invoices/order-7.json"]);
    assert_eq!(pubsub.deliveries().len(), 1, "the handler helped itself");
    let calls: Vec<_> = trace.calls().iter().map(|call| call.name().to_string()).collect();
    assert_eq!(calls, ["shop/payment.charge#1", "shop/payment.charge#2", "shop/payment.charge#3"]);
    assert!(clock.elapsed() > Duration::from_secs(2), "it waited for the first answer");
}

#[tokio::test]
async fn the_fake_provider_keeps_the_contract() {
    let provider = FakePayment::default();
    let key = Secret::new(API_KEY);
    let charge = |cents, key: Option<&str>| Charge {
        reference: "order-7".to_owned(),
        cents,
        card_token: "card-good".to_owned(),
        idempotency_key: key.map(str::to_owned),
    };
    let first = provider.charge(&key, &charge(1290, Some("a"))).await.unwrap();
    assert_eq!(provider.charge(&key, &charge(1290, Some("a"))).await.unwrap(), first);
    let error = provider.charge(&key, &charge(1, Some("a"))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(provider.status(&key, "a").await.unwrap(), Some(first.clone()));
    assert_eq!(provider.status(&key, "b").await.unwrap(), None);

    let ChargeOutcome::Accepted { charge_id } = first else { panic!("declined") };
    let refund = Refund { charge_id, idempotency_key: "back".to_owned() };
    provider.refund(&key, &refund).await.unwrap();
    provider.refund(&key, &refund).await.unwrap();
    provider.charge(&key, &charge(1290, None)).await.unwrap();
    provider.charge(&key, &charge(1290, None)).await.unwrap();
    let entries = provider.entries();
    assert!(entries.iter().all(|entry| entry.reference == "order-7"));
    let net: Vec<_> = entries.iter().map(|entry| entry.net()).collect();
    assert_eq!(net, [0, 1290, 1290], "without a key, each charge is a new one");

    let error = provider.charge(&Secret::new("sk_wrong"), &charge(1, None)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
}
