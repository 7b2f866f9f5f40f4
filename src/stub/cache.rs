//! [`StubCache`].

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use super::core::stub;
use crate::error::Result;
use crate::fields;
use crate::service::Cache;

/// The arguments of `set` and `set_if_absent`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheSet {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Bytes,
    /// How long it stays.
    pub ttl: Option<Duration>,
}

/// The arguments of `incr`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheIncr {
    /// The key.
    pub key: String,
    /// What is added.
    pub by: i64,
}

stub! {
    /// A cache with canned answers.
    ///
    /// Defaults, those of an empty cache: `get` and `get_many` find nothing, `set` succeeds, `delete` and
    /// `exists` are false, `incr` is `by`, `set_if_absent` is true.
    StubCache, StubCacheBuilder, "cache";
    /// What `get` answers. The argument is the key.
    get: str => Result<Option<Bytes>>;
    /// What `set` answers.
    set: CacheSet => Result<()>;
    /// What `delete` answers. The argument is the key.
    delete: str => Result<bool>;
    /// What `exists` answers. The argument is the key.
    exists: str => Result<bool>;
    /// What `incr` answers.
    incr: CacheIncr => Result<i64>;
    /// What `set_if_absent` answers.
    set_if_absent: CacheSet => Result<bool>;
    /// What `get_many` answers. The argument are the keys.
    get_many: [String] => Result<Vec<Option<Bytes>>>;
}

#[async_trait]
impl Cache for StubCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        self.inner.get.give(&self.inner.core, key, fields! { key: key }, |_| Ok(None)).await
    }

    async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()> {
        let fields = fields! { key: key, bytes: value.len() };
        let args = CacheSet { key: key.to_owned(), value, ttl };
        self.inner.set.give(&self.inner.core, &args, fields, |_| Ok(())).await
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        self.inner.delete.give(&self.inner.core, key, fields! { key: key }, |_| Ok(false)).await
    }

    async fn exists(&self, key: &str) -> Result<bool> {
        self.inner.exists.give(&self.inner.core, key, fields! { key: key }, |_| Ok(false)).await
    }

    async fn incr(&self, key: &str, by: i64) -> Result<i64> {
        let args = CacheIncr { key: key.to_owned(), by };
        let fields = fields! { key: key, by: by };
        self.inner.incr.give(&self.inner.core, &args, fields, |_| Ok(by)).await
    }

    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool> {
        let fields = fields! { key: key, bytes: value.len() };
        let args = CacheSet { key: key.to_owned(), value, ttl };
        self.inner.set_if_absent.give(&self.inner.core, &args, fields, |_| Ok(true)).await
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        let fields = fields! { keys: keys.to_vec() };
        let default = |_| Ok(vec![None; keys.len()]);
        self.inner.get_many.give(&self.inner.core, keys, fields, default).await
    }
}
