//! The contract of [`Cache`].

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::future::join_all;

use super::{Capability, Checked, Report, Suite, equal, fails, holds};
use crate::error::{ErrorKind, Result};
use crate::service::Cache;

/// Where the suite gets caches from.
#[async_trait]
pub trait CacheHarness: Send + Sync {
    /// An empty cache.
    async fn fresh(&self) -> Result<Arc<dyn Cache>>;

    /// Lets that much time pass.
    async fn advance(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// What the cache cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const VALUES: &str = "Sets the value. Without TTL it stays until it is deleted or evicted.";
const MISS: &str = "A miss is `None`, never an error.";
const GONE: &str = "A value is gone once its TTL has passed, or earlier, if the cache is full.";
const KEEPS: &str = "`set` without TTL clears an earlier one. `incr` keeps it.";
const ZERO: &str = "A TTL of zero is [`InvalidArgument`](crate::ErrorKind::InvalidArgument); the smallest is 1 ms.";
const ADDS: &str = "Adds to a decimal integer and returns the sum. A missing value counts as 0.";
const NO_INTEGER: &str =
    "[`TypeMismatch`](crate::ErrorKind::TypeMismatch) if the value is no integer,";
const NO_ROOM: &str =
    "[`InvalidArgument`](crate::ErrorKind::InvalidArgument) if the sum does not fit an `i64`.";
const ABSENT: &str = "Sets the value if there is none; false if there was one (Redis' `SET … NX`).";
const MANY: &str = "The values of several keys, in that order, as of one moment.";

const TTL: Duration = Duration::from_millis(250);
const MARGIN: Duration = Duration::from_millis(50);

fn some(text: &'static str) -> Option<Bytes> {
    Some(Bytes::from_static(text.as_bytes()))
}

/// Runs all checks.
pub async fn suite(harness: &dyn CacheHarness) -> Report {
    let mut suite = Suite::new("cache", harness.lacks());
    values(&mut suite, harness).await;
    expiry(&mut suite, harness).await;
    integers(&mut suite, harness).await;
    absent(&mut suite, harness).await;
    suite.report()
}

async fn values(suite: &mut Suite<'_>, harness: &dyn CacheHarness) {
    suite
        .check("a_miss_is_none", MISS, async {
            let cache = harness.fresh().await?;
            equal("get of a missing key", cache.get("k").await?, None::<Bytes>)?;
            equal("exists of a missing key", cache.exists("k").await?, false)?;
            equal("delete of a missing key", cache.delete("k").await?, false)
        })
        .await;
    suite
        .check("a_value_is_set_replaced_and_deleted", VALUES, async {
            let cache = harness.fresh().await?;
            cache.set("k", "1".into(), None).await?;
            equal("get", cache.get("k").await?, some("1"))?;
            cache.set("k", "2".into(), None).await?;
            equal("get after another set", cache.get("k").await?, some("2"))?;
            equal("exists", cache.exists("k").await?, true)?;
            equal("delete", cache.delete("k").await?, true)?;
            equal("get after delete", cache.get("k").await?, None::<Bytes>)
        })
        .await;
    suite
        .check("keys_and_values_are_arbitrary", VALUES, async {
            let cache = harness.fresh().await?;
            let bytes = Bytes::from((0..=255).collect::<Vec<u8>>());
            for key in ["a b", "a:b/c", "ключ", "\n\0"] {
                cache.set(key, bytes.clone(), None).await?;
                equal(format!("get of {key:?}"), cache.get(key).await?, Some(bytes.clone()))?;
            }
            cache.set("empty", Bytes::new(), None).await?;
            equal("get of an empty value", cache.get("empty").await?, some(""))?;
            equal("exists of an empty value", cache.exists("empty").await?, true)
        })
        .await;
    suite
        .check("many_values_come_in_the_order_of_their_keys", MANY, async {
            let cache = harness.fresh().await?;
            cache.set("a", "1".into(), None).await?;
            cache.set("b", "2".into(), None).await?;
            let keys = ["b", "none", "a", "b"].map(String::from);
            let wanted = vec![some("2"), None, some("1"), some("2")];
            equal("get_many", cache.get_many(&keys).await?, wanted)?;
            equal("get_many of no keys", cache.get_many(&[]).await?, vec![])
        })
        .await;
}

async fn expiry(suite: &mut Suite<'_>, harness: &dyn CacheHarness) {
    let millis = Capability::MillisecondTtl;
    suite
        .check_if(millis, "a_value_expires", GONE, async {
            let cache = harness.fresh().await?;
            cache.set("k", "1".into(), Some(TTL)).await?;
            equal("get before the TTL", cache.get("k").await?, some("1"))?;
            harness.advance(TTL + MARGIN).await;
            expired(&*cache).await
        })
        .await;
    suite
        .check_if(millis, "a_new_ttl_replaces_the_old_one", GONE, async {
            let cache = harness.fresh().await?;
            cache.set("k", "1".into(), Some(TTL)).await?;
            cache.set("k", "2".into(), Some(4 * TTL)).await?;
            harness.advance(TTL + MARGIN).await;
            equal("get after the first TTL", cache.get("k").await?, some("2"))?;
            harness.advance(3 * TTL).await;
            expired(&*cache).await
        })
        .await;
    suite
        .check_if(millis, "set_clears_the_ttl", KEEPS, async {
            let cache = harness.fresh().await?;
            cache.set("k", "1".into(), Some(TTL)).await?;
            cache.set("k", "2".into(), None).await?;
            harness.advance(TTL + MARGIN).await;
            equal("get after the cleared TTL", cache.get("k").await?, some("2"))
        })
        .await;
    suite
        .check_if(millis, "incr_keeps_the_ttl", KEEPS, async {
            let cache = harness.fresh().await?;
            cache.set("k", "1".into(), Some(TTL)).await?;
            equal("incr", cache.incr("k", 1).await?, 2)?;
            harness.advance(TTL + MARGIN).await;
            expired(&*cache).await?;
            equal("incr after the TTL", cache.incr("k", 1).await?, 1)
        })
        .await;
    suite
        .check("a_ttl_of_zero_is_refused", ZERO, async {
            let cache = harness.fresh().await?;
            let zero = Some(Duration::ZERO);
            let invalid = ErrorKind::InvalidArgument;
            fails("set", cache.set("k", "1".into(), zero).await, invalid)?;
            fails("set_if_absent", cache.set_if_absent("k", "1".into(), zero).await, invalid)?;
            equal("get", cache.get("k").await?, None::<Bytes>)?;
            cache.set("k", "1".into(), None).await?;
            fails("set", cache.set("k", "2".into(), zero).await, invalid)?;
            equal("get", cache.get("k").await?, some("1"))
        })
        .await;
}

async fn expired(cache: &dyn Cache) -> Checked {
    equal("get after the TTL", cache.get("k").await?, None::<Bytes>)?;
    equal("exists after the TTL", cache.exists("k").await?, false)?;
    equal("get_many after the TTL", cache.get_many(&["k".to_owned()]).await?, vec![None])?;
    equal("delete after the TTL", cache.delete("k").await?, false)
}

async fn integers(suite: &mut Suite<'_>, harness: &dyn CacheHarness) {
    suite
        .check("incr_counts_from_zero", ADDS, async {
            let cache = harness.fresh().await?;
            equal("first incr", cache.incr("n", 5).await?, 5)?;
            equal("second incr", cache.incr("n", -7).await?, -2)?;
            equal("get", cache.get("n").await?, some("-2"))?;
            cache.set("n", "40".into(), None).await?;
            equal("incr of a value that was set", cache.incr("n", 2).await?, 42)
        })
        .await;
    suite
        .check("incr_loses_nothing", ADDS, async {
            let cache = harness.fresh().await?;
            let sums = join_all((0..50).map(|_| cache.incr("n", 1))).await;
            let mut sums = sums.into_iter().collect::<Result<Vec<_>>>()?;
            sums.sort_unstable();
            equal("50 sums at once", sums, (1..=50).collect::<Vec<i64>>())
        })
        .await;
    suite
        .check("incr_refuses_what_is_no_integer", NO_INTEGER, async {
            let cache = harness.fresh().await?;
            for text in ["abc", "", "1.5", " 1", "007", "+1", "9223372036854775808"] {
                cache.set("n", text.into(), None).await?;
                let what = format!("incr of {text:?}");
                fails(what, cache.incr("n", 1).await, ErrorKind::TypeMismatch)?;
                equal("the value after it", cache.get("n").await?, some(text))?;
            }
            Ok(())
        })
        .await;
    suite
        .check("incr_refuses_to_overflow", NO_ROOM, async {
            let cache = harness.fresh().await?;
            for (start, by) in [(i64::MAX, 1), (i64::MIN, -1)] {
                cache.set("n", start.to_string().into(), None).await?;
                fails("incr", cache.incr("n", by).await, ErrorKind::InvalidArgument)?;
                let value = cache.get("n").await?;
                equal("the value after it", value, Some(Bytes::from(start.to_string())))?;
            }
            Ok(())
        })
        .await;
}

async fn absent(suite: &mut Suite<'_>, harness: &dyn CacheHarness) {
    suite
        .check("set_if_absent_sets_once", ABSENT, async {
            let cache = harness.fresh().await?;
            equal("first", cache.set_if_absent("k", "1".into(), None).await?, true)?;
            equal("second", cache.set_if_absent("k", "2".into(), None).await?, false)?;
            equal("get", cache.get("k").await?, some("1"))?;
            cache.delete("k").await?;
            equal("after delete", cache.set_if_absent("k", "3".into(), None).await?, true)
        })
        .await;
    suite
        .check("one_of_many_at_once_sets", ABSENT, async {
            let cache = harness.fresh().await?;
            let attempts = (0..20).map(|_| cache.set_if_absent("k", "1".into(), None));
            let set = join_all(attempts).await.into_iter().collect::<Result<Vec<_>>>()?;
            equal("the number that set it", set.iter().filter(|set| **set).count(), 1)
        })
        .await;
    suite
        .check_if(Capability::MillisecondTtl, "set_if_absent_minds_the_ttl", ABSENT, async {
            let cache = harness.fresh().await?;
            let set =
                async |value: &'static str| cache.set_if_absent("k", value.into(), Some(TTL)).await;
            holds(set("1").await?, "the first was refused")?;
            holds(!set("2").await?, "the second replaced a live value")?;
            harness.advance(TTL + MARGIN).await;
            holds(set("3").await?, "an expired value was in the way")?;
            equal("get", cache.get("k").await?, some("3"))?;
            harness.advance(TTL + MARGIN).await;
            expired(&*cache).await
        })
        .await;
}
