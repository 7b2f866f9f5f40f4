//! [`Cache`], intercepted.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::Result;
use crate::service::Cache;
use crate::stack::{Arg, Describe, Detail, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`Cache`].
    pub static CACHE = "cache" {
        GET = "get"(key): Effects::READ;
        SET = "set"(key, value, ttl): Effects::WRITE;
        DELETE = "delete"(key): Effects::WRITE;
        EXISTS = "exists"(key): Effects::READ;
        INCR = "incr"(key, by): Effects::WRITE;
        SET_IF_ABSENT = "set_if_absent"(key, value, ttl): Effects::WRITE;
        GET_MANY = "get_many"(keys): Effects::READ;
    }
}

/// Puts a cache behind the stack.
pub fn cache<C: Cache + ?Sized + 'static>(stack: &Stack, inner: Arc<C>) -> Arc<dyn Cache> {
    Arc::new(Intercepted { port: stack.port(&CACHE), inner })
}

struct Intercepted<C: ?Sized> {
    port: Port,
    inner: Arc<C>,
}

fn ttl_arg(ttl: Option<Duration>) -> Arg<'static> {
    Arg::optional(ttl, Arg::Duration)
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<C: Cache + ?Sized> Cache for Intercepted<C> {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        self.port.call(&GET, &[Arg::Text(key)], |_| self.inner.get(key)).await
    }

    async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()> {
        let args = [Arg::Text(key), Arg::Bytes(&value), ttl_arg(ttl)];
        self.port.call(&SET, &args, |_| self.inner.set(key, value.clone(), ttl)).await
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        self.port.call(&DELETE, &[Arg::Text(key)], |_| self.inner.delete(key)).await
    }

    async fn exists(&self, key: &str) -> Result<bool> {
        self.port.call(&EXISTS, &[Arg::Text(key)], |_| self.inner.exists(key)).await
    }

    async fn incr(&self, key: &str, by: i64) -> Result<i64> {
        let args = [Arg::Text(key), Arg::Int(by)];
        self.port.call(&INCR, &args, |_| self.inner.incr(key, by)).await
    }

    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool> {
        let args = [Arg::Text(key), Arg::Bytes(&value), ttl_arg(ttl)];
        self.port
            .call(&SET_IF_ABSENT, &args, |_| self.inner.set_if_absent(key, value.clone(), ttl))
            .await
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        let list = Keys(keys);
        self.port.call(&GET_MANY, &[Arg::Other(&list)], |_| self.inner.get_many(keys)).await
    }
}

struct Keys<'a>(&'a [String]);

impl Describe for Keys<'_> {
    fn describe(&self) -> Detail {
        Detail::List(self.0.iter().map(|key| Detail::Text(key.as_str().into())).collect())
    }
}

impl Describe for Vec<Option<Bytes>> {
    fn describe(&self) -> Detail {
        Detail::List(self.iter().map(|value| value.reveal().detail()).collect())
    }
}

impl Reveal for Vec<Option<Bytes>> {
    fn reveal(&self) -> Arg<'_> {
        Arg::Other(self)
    }
}
