//! [`FakeCache`]: Redis' strings in memory, with expiry in virtual time and exact LRU eviction.

mod store;

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use super::{Environment, Journal, lock};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::service::Cache;
use store::Store;

/// A cache with Redis' semantics. Clones share the entries.
///
/// - A TTL is cut to whole milliseconds. The value is gone at the instant at which the TTL has passed.
/// - `incr` takes what Redis takes for an integer: decimal, without sign `+`, leading zeros or spaces.
/// - With a maximum size, the entry that has not been used for longest goes first; expired entries
///   take no room. `get`, `get_many`, `set` and `incr` use an entry; `exists` does not. A value that
///   is larger than the whole cache is evicted at once.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::Cache;
/// use stuntdouble::fake::{Environment, FakeCache};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let cache = FakeCache::new(&Environment::seeded(42)).with_max_entries(100);
/// cache.set("session", "abc".into(), Some(Duration::from_secs(30))).await?;
/// assert_eq!(cache.ttl("session"), Some(Duration::from_secs(30)));
///
/// tokio::time::sleep(Duration::from_secs(30)).await; // virtual: takes no time
/// assert_eq!(cache.get("session").await?, None);
/// assert_eq!(cache.stats().expired, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeCache {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    journal: Journal,
    store: Mutex<Store>,
}

/// What happened to a cache since it was made.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheStats {
    /// Reads (`get`, `get_many`, `exists`; per key) that found a value.
    pub hits: u64,
    /// Reads that found none.
    pub misses: u64,
    /// Entries that were dropped because the cache was full, or by [`FakeCache::evict`].
    pub evictions: u64,
    /// Entries whose TTL passed, counted when it was noticed.
    pub expired: u64,
}

impl FakeCache {
    /// An empty cache without a maximum size.
    pub fn new(environment: &Environment) -> FakeCache {
        FakeCache {
            shared: Arc::new(Shared {
                clock: environment.clock().clone(),
                journal: environment.journal("cache"),
                store: Mutex::default(),
            }),
        }
    }

    /// Keeps at most that many entries. Holds for all clones, and may be set at any time.
    #[must_use]
    pub fn with_max_entries(self, entries: usize) -> FakeCache {
        lock(&self.shared.store).limit(&*self.shared.clock, |limits| limits.entries = entries);
        self
    }

    /// Keeps at most that many bytes of keys and values. Holds for all clones, and may be set at any
    /// time.
    #[must_use]
    pub fn with_max_bytes(self, bytes: usize) -> FakeCache {
        lock(&self.shared.store).limit(&*self.shared.clock, |limits| limits.bytes = bytes);
        self
    }

    /// Removes everything, as an operator or a restart does.
    pub fn flush(&self) {
        let removed = lock(&self.shared.store).flush(&*self.shared.clock);
        self.shared.journal.note("flush", "*", || format!("{removed} removed"));
    }

    /// Drops one entry, as a full cache does; false if there was none.
    pub fn evict(&self, key: &str) -> bool {
        let evicted = lock(&self.shared.store).evict(key, &*self.shared.clock);
        self.shared.journal.note("evict", key, || if evicted { "evicted" } else { "miss" });
        evicted
    }

    /// How long the value still lives; `None` if there is none, or if it lives until it is removed.
    pub fn ttl(&self, key: &str) -> Option<Duration> {
        lock(&self.shared.store).ttl(key, &*self.shared.clock)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        lock(&self.shared.store).len(&*self.shared.clock)
    }

    /// True if there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys in the order in which they would be evicted: the least recently used first.
    pub fn keys(&self) -> Vec<String> {
        lock(&self.shared.store).keys(&*self.shared.clock)
    }

    /// What happened since the cache was made.
    pub fn stats(&self) -> CacheStats {
        lock(&self.shared.store).stats()
    }

    /// What is unfinished: nothing, ever, for a cache.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }

    /// When a value that is set now is gone.
    fn deadline(&self, ttl: Option<Duration>, method: &'static str) -> Result<Option<Duration>> {
        let Some(ttl) = ttl else { return Ok(None) };
        let millis = ttl.as_millis();
        if millis == 0 || millis > i64::MAX as u128 {
            let message = format!("invalid expire time in 'set' command: {ttl:?}");
            return Err(Error::new(ErrorKind::InvalidArgument, message)
                .at("cache", method)
                .with_detail("a TTL is at least 1 ms; leave it out for a value that stays"));
        }
        let whole = Duration::from_millis(millis as u64);
        Ok(Some(self.shared.clock.elapsed().saturating_add(whole)))
    }

    fn note_result<T>(
        &self,
        method: &'static str,
        key: &str,
        result: &Result<T>,
        ok: impl FnOnce(&T) -> String,
    ) {
        self.shared.journal.note(method, key, || match result {
            Ok(value) => ok(value),
            Err(error) => error.kind().name().to_owned(),
        });
    }
}

impl fmt::Debug for FakeCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be anything, a session token for one.
        f.debug_struct("FakeCache").field("keys", &self.keys()).finish()
    }
}

#[async_trait]
impl Cache for FakeCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        let value = lock(&self.shared.store).get(key, &*self.shared.clock);
        self.shared.journal.note("get", key, || if value.is_some() { "hit" } else { "miss" });
        Ok(value)
    }

    async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<()> {
        let result = self.deadline(ttl, "set").map(|deadline| {
            lock(&self.shared.store).set(key, value, deadline, &*self.shared.clock);
        });
        self.note_result("set", key, &result, |()| "stored".to_owned());
        result
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        let deleted = lock(&self.shared.store).delete(key, &*self.shared.clock);
        self.shared.journal.note("delete", key, || if deleted { "deleted" } else { "miss" });
        Ok(deleted)
    }

    async fn exists(&self, key: &str) -> Result<bool> {
        let exists = lock(&self.shared.store).exists(key, &*self.shared.clock);
        self.shared.journal.note("exists", key, || if exists { "hit" } else { "miss" });
        Ok(exists)
    }

    async fn incr(&self, key: &str, by: i64) -> Result<i64> {
        let result = lock(&self.shared.store).incr(key, by, &*self.shared.clock);
        let result = result.map_err(|error| error.at("cache", "incr"));
        self.note_result("incr", key, &result, |_| "added".to_owned());
        result
    }

    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool> {
        let result = self.deadline(ttl, "set_if_absent").map(|deadline| {
            lock(&self.shared.store).set_if_absent(key, value, deadline, &*self.shared.clock)
        });
        self.note_result("set_if_absent", key, &result, |stored| {
            if *stored { "stored" } else { "present" }.to_owned()
        });
        result
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        let values = {
            let mut store = lock(&self.shared.store);
            keys.iter().map(|key| store.get(key, &*self.shared.clock)).collect::<Vec<_>>()
        };
        if let Some(first) = keys.first() {
            self.shared.journal.note("get_many", first, || {
                format!("{} of {} hit", values.iter().flatten().count(), keys.len())
            });
        }
        Ok(values)
    }
}
