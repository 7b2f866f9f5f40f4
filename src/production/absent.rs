//! [`Absent`]: a service that the application does not use.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::{Error, ErrorKind, Result};
use crate::service::{
    ByteRange, Cache, Db, Evaluation, EvaluationContext, EventHandler, FeatureFlags, FlagError,
    FlagValue, Object, ObjectMeta, ObjectStorage, PresignedUrl, PubSub, PutCondition, Secret,
    Secrets, Subscription, Transaction,
};
use crate::value::{Row, Value};

/// Stands in for a service that the application does not use: each call fails with
/// [`Unsupported`](ErrorKind::Unsupported), `cache.get: the platform has no cache`. A feature flag is
/// off, or has the caller's default.
///
/// [`PlatformBuilder::without_the_rest`](crate::PlatformBuilder::without_the_rest) puts it where nothing
/// was set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Absent;

fn absent<T>(service: &'static str, method: &'static str) -> Result<T> {
    let message = format!("the platform has no {service}");
    Err(Error::new(ErrorKind::Unsupported, message).at(service, method))
}

#[async_trait]
impl Db for Absent {
    async fn query(&self, _: &str, _: &[Value]) -> Result<Vec<Row>> {
        absent("db", "query")
    }

    async fn execute(&self, _: &str, _: &[Value]) -> Result<u64> {
        absent("db", "execute")
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        absent("db", "begin")
    }
}

#[async_trait]
impl Secrets for Absent {
    async fn get(&self, _: &str) -> Result<Secret> {
        absent("secrets", "get")
    }
}

#[async_trait]
impl PubSub for Absent {
    async fn publish(&self, _: &str, _: serde_json::Value, _: Option<String>) -> Result<String> {
        absent("pubsub", "publish")
    }

    fn subscribe(&self, _: &str, _: Arc<dyn EventHandler>) -> Result<Subscription> {
        absent("pubsub", "subscribe")
    }
}

#[async_trait]
impl ObjectStorage for Absent {
    async fn put(&self, _: &str, _: Bytes, _: &str) -> Result<ObjectMeta> {
        absent("object_storage", "put")
    }

    async fn put_if(&self, _: &str, _: Bytes, _: &str, _: PutCondition) -> Result<ObjectMeta> {
        absent("object_storage", "put_if")
    }

    async fn get(&self, _: &str) -> Result<Object> {
        absent("object_storage", "get")
    }

    async fn get_range(&self, _: &str, _: ByteRange) -> Result<Object> {
        absent("object_storage", "get_range")
    }

    async fn head(&self, _: &str) -> Result<ObjectMeta> {
        absent("object_storage", "head")
    }

    async fn delete(&self, _: &str) -> Result<bool> {
        absent("object_storage", "delete")
    }

    async fn list(&self, _: &str) -> Result<Vec<ObjectMeta>> {
        absent("object_storage", "list")
    }

    async fn presign_put(&self, _: &str, _: &str, _: Duration) -> Result<PresignedUrl> {
        absent("object_storage", "presign_put")
    }

    async fn presign_get(&self, _: &str, _: Duration) -> Result<PresignedUrl> {
        absent("object_storage", "presign_get")
    }
}

#[async_trait]
impl Cache for Absent {
    async fn get(&self, _: &str) -> Result<Option<Bytes>> {
        absent("cache", "get")
    }

    async fn set(&self, _: &str, _: Bytes, _: Option<Duration>) -> Result<()> {
        absent("cache", "set")
    }

    async fn delete(&self, _: &str) -> Result<bool> {
        absent("cache", "delete")
    }

    async fn exists(&self, _: &str) -> Result<bool> {
        absent("cache", "exists")
    }

    async fn incr(&self, _: &str, _: i64) -> Result<i64> {
        absent("cache", "incr")
    }

    async fn set_if_absent(&self, _: &str, _: Bytes, _: Option<Duration>) -> Result<bool> {
        absent("cache", "set_if_absent")
    }

    async fn get_many(&self, _: &[String]) -> Result<Vec<Option<Bytes>>> {
        absent("cache", "get_many")
    }
}

#[async_trait]
impl FeatureFlags for Absent {
    async fn is_enabled(&self, _: &str, _: &EvaluationContext) -> bool {
        false
    }

    async fn evaluate(&self, _: &str, default: FlagValue, _: &EvaluationContext) -> Evaluation {
        Evaluation::failed(default, FlagError::General("the platform has no feature_flags".into()))
    }
}
