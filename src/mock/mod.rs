//! Mocks of every service, by [mockall]: expectations that are set before and verified at the end.
//!
//! `use stuntdouble::mock::*;` brings all of them, [`Sequence`] and [`predicate`]; `mockall` itself need
//! not be a dependency of the crate that uses them.
//!
//! ```
//! use stuntdouble::Cache;
//! use stuntdouble::mock::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let mut cache = MockCache::new();
//! cache.expect_get().with(predicate::eq("price:tea")).times(1).returning(|_| Ok(Some("12".into())));
//!
//! assert_eq!(cache.get("price:tea").await.unwrap().unwrap(), "12");
//! # }
//! ```
//!
//! # Transactions
//!
//! `begin` returns a [`MockTransaction`], which has expectations of its own. No closure of the
//! application ever enters a mock, so [`DbExt::with_tx`](crate::DbExt::with_tx) works with mocks as it is:
//!
//! ```
//! use stuntdouble::mock::*;
//! use stuntdouble::{Db, DbExt};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let mut tx = MockTransaction::new();
//! tx.expect_execute().times(1).returning(|_, _| Ok(1));
//! tx.expect_commit().times(1).returning(|| Ok(()));
//! let mut db = MockDb::new();
//! db.expect_begin().times(1).return_once(|| Ok(Box::new(tx)));
//!
//! let deleted = db.with_tx(async |tx| tx.execute("DELETE FROM cart", &[]).await).await;
//! assert_eq!(deleted.unwrap(), 1);
//! # }
//! ```
//!
//! # Order over several mocks
//!
//! Expectations that share a [`Sequence`] must be met in the order in which they joined it, whichever
//! mocks they are of: `expect_commit().times(1).in_sequence(&mut order)`, then
//! `expect_publish().times(1).in_sequence(&mut order)`.
//!
//! # Latency, hangs and faults
//!
//! A mock answers at once. To make it slow, hang or fail, wrap it like any other implementation: what the
//! layers decide happens around the mock's own answer. A call that hangs, or fails before it is made, does
//! not reach the mock.
//!
//! ```
//! use std::sync::Arc;
//! use std::time::Duration;
//! use stuntdouble::layer::{Latency, LatencyLayer};
//! use stuntdouble::mock::*;
//! use stuntdouble::stack::Stack;
//! use stuntdouble::{Clock, Entropy, TokioClock, intercept};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! let mut cache = MockCache::new();
//! cache.expect_get().times(1).returning(|_| Ok(None));
//!
//! let clock = Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()));
//! let slow = Latency::Fixed(Duration::from_secs(2));
//! let latency = LatencyLayer::new(Entropy::new(1)).with("cache.get", slow);
//! let stack = Stack::builder("api", clock.clone()).layer(latency).build();
//! let cache = intercept::cache(&stack, Arc::new(cache));
//!
//! assert_eq!(cache.get("price:tea").await.unwrap(), None);
//! assert_eq!(clock.elapsed(), Duration::from_secs(2));
//! # }
//! ```
//!
//! # What a mock cannot see
//!
//! A call that was not expected panics. In the task of the test that fails the test. In a task that was
//! *spawned*, tokio catches the panic: the test passes, unless somebody asks. Any one of these asks:
//! - await the task's `JoinHandle` (or the `JoinSet`) and unwrap its result;
//! - wrap the mock and record its calls: the panic is the call's outcome
//!   ([`Ended::Panicked`](crate::trace::Ended::Panicked)), which the trace shows and an assertion finds;
//! - run the test in the simulator, which fails a run in which any task panicked.
//!
//! An expectation that was *not* met panics when the mock is dropped. Inside of a `Platform` that is
//! when its last clone goes: a task that still holds one keeps the check from happening. Put the mock in
//! an `Arc`, keep a clone of it, and end the test with `Arc::into_inner(mock).expect("still in use")`.
//!
//! Left out on purpose: [`Transaction::context`] and
//! [`Span::scope`] keep the traits' defaults. They carry the context and are not a
//! use of the service, and to expect them in every test would be noise. `Span::scope` asks
//! [`MockSpan::expect_context`].
//!
//! [mockall]: https://docs.rs/mockall

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::context::SpanContext;
use crate::error::Result;
use crate::service::{
    ByteRange, Cache, Config, Db, Evaluation, EvaluationContext, EventEnvelope, EventHandler,
    FeatureFlags, Fields, FlagValue, Level, Logger, Object, ObjectMeta, ObjectStorage,
    PresignedUrl, PubSub, PutCondition, Secret, Secrets, Span, Subscription, Tracer, Transaction,
};
use crate::value::{Row, Value};

pub use mockall::{Sequence, predicate};

mockall::mock! {
    /// A [`Db`] that expects.
    #[derive(Debug)]
    pub Db {}

    #[async_trait]
    impl Db for Db {
        async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;
        async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64>;
        async fn begin(&self) -> Result<Box<dyn Transaction>>;
    }
}

mockall::mock! {
    /// A [`Transaction`] that expects. Without an expected `commit` or `rollback` it may be dropped,
    /// which rolls back.
    #[derive(Debug)]
    pub Transaction {}

    #[async_trait]
    impl Db for Transaction {
        async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;
        async fn execute(&self, sql: &str, params: &[Value]) -> Result<u64>;
        async fn begin(&self) -> Result<Box<dyn Transaction>>;
    }

    #[async_trait]
    impl Transaction for Transaction {
        async fn commit(self: Box<Self>) -> Result<()>;
        async fn rollback(self: Box<Self>) -> Result<()>;
    }
}

mockall::mock! {
    /// A [`Secrets`] that expects.
    #[derive(Debug)]
    pub Secrets {}

    #[async_trait]
    impl Secrets for Secrets {
        async fn get(&self, name: &str) -> Result<Secret>;
    }
}

mockall::mock! {
    /// A [`PubSub`] that expects. To deliver an event, keep the handler that `subscribe` was given
    /// (`returning(move |_, handler| …)`) and call it.
    #[derive(Debug)]
    pub PubSub {}

    #[async_trait]
    impl PubSub for PubSub {
        async fn publish(
            &self,
            topic: &str,
            payload: serde_json::Value,
            idempotency_key: Option<String>,
        ) -> Result<String>;
        fn subscribe(&self, topic: &str, handler: Arc<dyn EventHandler>) -> Result<Subscription>;
    }
}

mockall::mock! {
    /// An [`EventHandler`] that expects.
    #[derive(Debug)]
    pub EventHandler {}

    #[async_trait]
    impl EventHandler for EventHandler {
        async fn handle(&self, event: EventEnvelope) -> Result<()>;
    }
}

mockall::mock! {
    /// An [`ObjectStorage`] that expects.
    #[derive(Debug)]
    pub ObjectStorage {}

    #[async_trait]
    impl ObjectStorage for ObjectStorage {
        async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<ObjectMeta>;
        async fn put_if(
            &self,
            key: &str,
            bytes: Bytes,
            content_type: &str,
            condition: PutCondition,
        ) -> Result<ObjectMeta>;
        async fn get(&self, key: &str) -> Result<Object>;
        async fn get_range(&self, key: &str, range: ByteRange) -> Result<Object>;
        async fn head(&self, key: &str) -> Result<ObjectMeta>;
        async fn delete(&self, key: &str) -> Result<bool>;
        async fn list(&self, prefix: &str) -> Result<Vec<ObjectMeta>>;
        async fn presign_put(
            &self,
            key: &str,
            content_type: &str,
            expires_in: Duration,
        ) -> Result<PresignedUrl>;
        async fn presign_get(&self, key: &str, expires_in: Duration) -> Result<PresignedUrl>;
    }
}

mockall::mock! {
    /// A [`Cache`] that expects.
    #[derive(Debug)]
    pub Cache {}

    #[async_trait]
    impl Cache for Cache {
        async fn get(&self, key: &str) -> Result<Option<Bytes>>;
        async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()>;
        async fn delete(&self, key: &str) -> Result<bool>;
        async fn exists(&self, key: &str) -> Result<bool>;
        async fn incr(&self, key: &str, by: i64) -> Result<i64>;
        async fn set_if_absent(
            &self,
            key: &str,
            value: Bytes,
            ttl: Option<Duration>,
        ) -> Result<bool>;
        async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>>;
    }
}

mockall::mock! {
    /// A [`FeatureFlags`] that expects.
    #[derive(Debug)]
    pub FeatureFlags {}

    #[async_trait]
    impl FeatureFlags for FeatureFlags {
        async fn is_enabled(&self, flag: &str, context: &EvaluationContext) -> bool;
        async fn evaluate(
            &self,
            flag: &str,
            default: FlagValue,
            context: &EvaluationContext,
        ) -> Evaluation;
    }
}

mockall::mock! {
    /// A [`Tracer`] that expects. `open_span` returns a [`MockSpan`].
    #[derive(Debug)]
    pub Tracer {}

    impl Tracer for Tracer {
        fn open_span(&self, name: &str, parent: Option<SpanContext>) -> Box<dyn Span>;
    }
}

mockall::mock! {
    /// A [`Span`] that expects. It needs `expect_context().return_const(…)` to be current.
    #[derive(Debug)]
    pub Span {}

    impl Span for Span {
        fn context(&self) -> SpanContext;
        fn set_attribute(&mut self, name: &str, value: serde_json::Value);
        fn set_error(&mut self, message: &str);
    }
}

mockall::mock! {
    /// A [`Logger`] that expects. `with_fields` returns another one.
    #[derive(Debug)]
    pub Logger {}

    impl Logger for Logger {
        fn log(&self, level: Level, message: &str, fields: Fields);
        fn with_fields(&self, fields: Fields) -> Arc<dyn Logger>;
    }
}

mockall::mock! {
    /// A [`Config`] that expects.
    #[derive(Debug)]
    pub Config {}

    impl Config for Config {
        fn get(&self, key: &str) -> Result<Option<String>>;
    }
}
