//! [`Cache`]: values by key that may be gone, as Redis has them.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::Result;

/// A cache.
///
/// # Contract
/// - A value is gone once its TTL has passed, or earlier, if the cache is full.
/// - `set` without TTL clears an earlier one. `incr` keeps it.
/// - A TTL of zero is [`InvalidArgument`](crate::ErrorKind::InvalidArgument); the smallest is 1 ms.
/// - A miss is `None`, never an error.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The value, unless there is none or it has expired.
    async fn get(&self, key: &str) -> Result<Option<Bytes>>;

    /// Sets the value. Without TTL it stays until it is deleted or evicted.
    async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()>;

    /// Removes the value; false if there was none.
    async fn delete(&self, key: &str) -> Result<bool>;

    /// True if there is a value.
    async fn exists(&self, key: &str) -> Result<bool>;

    /// Adds to a decimal integer and returns the sum. A missing value counts as 0.
    ///
    /// # Errors
    /// [`TypeMismatch`](crate::ErrorKind::TypeMismatch) if the value is no integer,
    /// [`InvalidArgument`](crate::ErrorKind::InvalidArgument) if the sum does not fit an `i64`.
    async fn incr(&self, key: &str, by: i64) -> Result<i64>;

    /// Sets the value if there is none; false if there was one (Redis' `SET … NX`).
    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool>;

    /// The values of several keys, in that order, as of one moment.
    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>>;
}

/// Text in a cache. Every [`Cache`] has it.
#[async_trait]
pub trait CacheExt: Cache {
    /// The value as text.
    ///
    /// # Errors
    /// [`TypeMismatch`](crate::ErrorKind::TypeMismatch) if it is no UTF-8.
    async fn get_text(&self, key: &str) -> Result<Option<String>>;
}

#[async_trait]
impl<C: Cache + ?Sized> CacheExt for C {
    async fn get_text(&self, key: &str) -> Result<Option<String>> {
        let Some(bytes) = self.get(key).await? else { return Ok(None) };
        String::from_utf8(bytes.into()).map(Some).map_err(|_| {
            let message = format!("the value of {key:?} is no UTF-8");
            crate::Error::new(crate::ErrorKind::TypeMismatch, message)
        })
    }
}
