//! What the fake cache does beyond its contract: size, order of use, statistics, log.
#![cfg(feature = "test-util")]

use std::sync::Arc;
use std::time::Duration;

use stuntdouble::fake::{Environment, FakeCache, FakeLogger};
use stuntdouble::{Cache, ErrorKind, Result};
use tokio::time::sleep;

fn cache() -> FakeCache {
    FakeCache::new(&Environment::seeded(1))
}

#[tokio::test(start_paused = true)]
async fn evicts_the_least_recently_used() -> Result<()> {
    let cache = cache().with_max_entries(3);
    for key in ["a", "b", "c"] {
        cache.set(key, "1".into(), None).await?;
    }
    cache.get("a").await?;
    cache.exists("b").await?; // no use
    cache.set("d", "1".into(), None).await?;
    assert_eq!(cache.keys(), ["c", "a", "d"]);
    assert_eq!(cache.stats().evictions, 1);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn counts_bytes_of_keys_and_values() -> Result<()> {
    let cache = cache().with_max_bytes(10);
    cache.set("a", "1234".into(), None).await?;
    cache.set("b", "1234".into(), None).await?;
    assert_eq!(cache.len(), 2);
    cache.set("b", "12345".into(), None).await?;
    assert_eq!(cache.keys(), ["b"]);
    cache.set("large", "1234567890".into(), None).await?;
    assert!(cache.is_empty());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn expired_entries_take_no_room() -> Result<()> {
    let cache = cache().with_max_entries(2);
    cache.set("stays", "1".into(), None).await?;
    cache.set("goes", "1".into(), Some(Duration::from_millis(10))).await?;
    sleep(Duration::from_millis(10)).await;
    cache.set("new", "1".into(), None).await?;
    assert_eq!(cache.keys(), ["stays", "new"]);
    assert_eq!((cache.stats().expired, cache.stats().evictions), (1, 0));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn flush_evict_and_statistics() -> Result<()> {
    let cache = cache();
    cache.set("a", "1".into(), None).await?;
    cache.set("b", "1".into(), None).await?;
    assert!(cache.evict("a"));
    assert!(!cache.evict("a"));
    assert_eq!(cache.get_many(&["a".into(), "b".into()]).await?, [None, Some("1".into())]);
    cache.flush();
    assert!(!cache.exists("b").await?);
    let stats = cache.stats();
    assert_eq!((stats.hits, stats.misses, stats.evictions), (1, 2, 1));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn integers_are_what_redis_takes_for_them() -> Result<()> {
    let cache = cache();
    for text in ["007", "+5", "", " 5", "1.5", "-0", "abc", "9223372036854775808"] {
        cache.set("n", text.into(), None).await?;
        let error = cache.incr("n", 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TypeMismatch, "{text:?}");
        assert_eq!(error.to_string(), "cache.incr: ERR value is not an integer or out of range");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_ttl_is_cut_to_whole_milliseconds() -> Result<()> {
    let cache = cache();
    let error = cache.set("a", "1".into(), Some(Duration::from_micros(999))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    cache.set("a", "1".into(), Some(Duration::from_micros(1999))).await?;
    assert_eq!(cache.ttl("a"), Some(Duration::from_millis(1)));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn logs_keys_and_outcomes_and_no_values() -> Result<()> {
    let environment = Environment::seeded(1);
    let logger = FakeLogger::new(&environment);
    let cache = FakeCache::new(&environment.with_logger(Arc::new(logger.clone())));
    cache.set("k", "token-1".into(), None).await?;
    cache.get("k").await?;
    cache.incr("k", 1).await.unwrap_err();
    cache.get_many(&["k".into(), "l".into()]).await?;
    let outcomes: Vec<_> =
        logger.lines().iter().map(|line| line.fields.get("outcome").unwrap().clone()).collect();
    assert_eq!(outcomes, ["stored", "hit", "type_mismatch", "1 of 2 hit"]);
    assert!(!logger.contains("token-1"));
    Ok(())
}
