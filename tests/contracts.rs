//! The contract suites on the fakes; and that a suite notices a broken contract, and cites sentences
//! that the traits' documentation really has.
#![cfg(feature = "test-util")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use stuntdouble::contract::cache::CacheHarness;
use stuntdouble::contract::config::ConfigHarness;
use stuntdouble::contract::feature_flags::{FLAGS, FeatureFlagsHarness};
use stuntdouble::contract::logger::LoggerHarness;
use stuntdouble::contract::object_storage::ObjectStorageHarness;
use stuntdouble::contract::pubsub::PubSubHarness;
use stuntdouble::contract::secrets::SecretsHarness;
use stuntdouble::contract::tracer::TracerHarness;
use stuntdouble::contract::{self, Capability, CheckOutcome, Report};
use stuntdouble::fake::{Environment, Fakes};
use stuntdouble::{
    Cache, Config, FeatureFlags, Fields, Level, Logger, ObjectStorage, PubSub, Result, Secrets,
    Tracer,
};

/// Makes fresh fakes, and remembers the last ones.
struct Harness(Mutex<Fakes>);

impl Harness {
    fn new() -> Harness {
        Harness(Mutex::new(Fakes::new(Environment::seeded(1))))
    }

    fn last(&self) -> Fakes {
        self.0.lock().unwrap().clone()
    }

    fn renew(&self) -> Fakes {
        let mut last = self.0.lock().unwrap();
        *last = Fakes::new(last.environment.clone());
        last.clone()
    }
}

#[async_trait]
impl CacheHarness for Harness {
    async fn fresh(&self) -> Result<Arc<dyn Cache>> {
        Ok(Arc::new(self.renew().cache))
    }
}

#[async_trait]
impl PubSubHarness for Harness {
    async fn fresh(&self) -> Result<Arc<dyn PubSub>> {
        Ok(Arc::new(self.renew().pubsub))
    }

    async fn dead_letters(&self) -> Result<Vec<String>> {
        Ok(self.last().pubsub.dead_letters().into_iter().map(|letter| letter.event.id).collect())
    }
}

#[async_trait]
impl ObjectStorageHarness for Harness {
    async fn fresh(&self) -> Result<Arc<dyn ObjectStorage>> {
        Ok(Arc::new(self.renew().object_storage))
    }

    async fn http_put(&self, url: &str, bytes: Bytes, content_type: &str) -> Result<()> {
        self.last().object_storage.http_put(url, bytes, content_type).await.map(drop)
    }

    async fn http_get(&self, url: &str) -> Result<Bytes> {
        Ok(self.last().object_storage.http_get(url).await?.bytes)
    }
}

#[async_trait]
impl SecretsHarness for Harness {
    async fn fresh(&self) -> Result<Arc<dyn Secrets>> {
        Ok(Arc::new(self.renew().secrets))
    }

    async fn set(&self, name: &str, value: &str) -> Result<()> {
        self.last().secrets.set(name, value);
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<()> {
        self.last().secrets.remove(name);
        Ok(())
    }
}

#[async_trait]
impl FeatureFlagsHarness for Harness {
    async fn fresh(&self) -> Result<Arc<dyn FeatureFlags>> {
        let flags = self.renew().feature_flags;
        flags.set_json(FLAGS)?;
        Ok(Arc::new(flags))
    }

    async fn change(&self) -> Result<()> {
        self.last().feature_flags.serve("text", "b")
    }
}

impl TracerHarness for Harness {
    fn fresh(&self) -> Result<Arc<dyn Tracer>> {
        Ok(Arc::new(self.renew().tracer))
    }
}

impl LoggerHarness for Harness {
    fn fresh(&self) -> Result<Arc<dyn Logger>> {
        Ok(Arc::new(self.renew().logger))
    }

    fn written(&self) -> Result<Vec<(Level, String, Fields)>> {
        let lines = self.last().logger.lines();
        Ok(lines.into_iter().map(|line| (line.level, line.message, line.fields)).collect())
    }
}

impl ConfigHarness for Harness {
    fn with(&self, pairs: &[(&str, &str)]) -> Result<Arc<dyn Config>> {
        Ok(Arc::new(self.renew().config.with_all(pairs.iter().copied())))
    }
}

async fn all_suites() -> Vec<Report> {
    let harness = Harness::new();
    vec![
        contract::cache::suite(&harness).await,
        contract::pubsub::suite(&harness).await,
        contract::object_storage::suite(&harness).await,
        contract::secrets::suite(&harness).await,
        contract::feature_flags::suite(&harness).await,
        contract::tracer::suite(&harness).await,
        contract::logger::suite(&harness).await,
        contract::config::suite(&harness).await,
    ]
}

#[tokio::test(start_paused = true)]
async fn the_fakes_keep_the_contracts_of_their_services() {
    for report in all_suites().await {
        report.assert_kept();
        let skipped = |outcome: &CheckOutcome| matches!(outcome, CheckOutcome::Skipped(_));
        assert!(!report.checks.iter().any(|check| skipped(&check.outcome)), "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_check_has_its_own_name_and_cites_the_documentation() {
    for report in all_suites().await {
        let path = format!("{}/src/service/{}.rs", env!("CARGO_MANIFEST_DIR"), report.service);
        let source = std::fs::read_to_string(path).unwrap();
        let docs: Vec<_> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("///"))
            .flat_map(str::split_whitespace)
            .collect();
        let docs = docs.join(" ");
        for (place, check) in report.checks.iter().enumerate() {
            assert!(docs.contains(check.sentence), "{}: {}", report.service, check.sentence);
            let earlier = &report.checks[..place];
            assert!(earlier.iter().all(|other| other.name != check.name), "{}", check.name);
        }
    }
}

/// A cache as people write them: a map. It forgets to clear the TTL, and knows no integers.
#[derive(Default)]
struct NaiveCache(Mutex<Vec<(String, Bytes)>>);

impl NaiveCache {
    fn find(&self, key: &str) -> Option<Bytes> {
        let entries = self.0.lock().unwrap();
        entries.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    }
}

#[async_trait]
impl Cache for NaiveCache {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        Ok(self.find(key))
    }

    async fn set(&self, key: &str, value: Bytes, _ttl: Option<Duration>) -> Result<()> {
        self.delete(key).await?;
        self.0.lock().unwrap().push((key.to_owned(), value));
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        let mut entries = self.0.lock().unwrap();
        let before = entries.len();
        entries.retain(|(known, _)| known != key);
        Ok(entries.len() < before)
    }

    async fn exists(&self, key: &str) -> Result<bool> {
        Ok(self.find(key).is_some())
    }

    async fn incr(&self, key: &str, by: i64) -> Result<i64> {
        let text = self.find(key).unwrap_or_else(|| "0".into());
        let sum = std::str::from_utf8(&text).unwrap().parse::<i64>().unwrap() + by;
        self.set(key, sum.to_string().into(), None).await?;
        Ok(sum)
    }

    async fn set_if_absent(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<bool> {
        let absent = !self.exists(key).await?;
        if absent {
            self.set(key, value, ttl).await?;
        }
        Ok(absent)
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        Ok(keys.iter().map(|key| self.find(key)).collect())
    }
}

struct Naive(&'static [Capability]);

#[async_trait]
impl CacheHarness for Naive {
    async fn fresh(&self) -> Result<Arc<dyn Cache>> {
        Ok(Arc::new(NaiveCache::default()))
    }

    fn lacks(&self) -> &[Capability] {
        self.0
    }
}

#[tokio::test(start_paused = true)]
async fn a_suite_notices_a_broken_contract_and_says_which() {
    let report = contract::cache::suite(&Naive(&[])).await;
    let broken: Vec<_> = report.broken().iter().map(|check| check.name).collect();
    let wanted = [
        "a_value_expires",
        "a_new_ttl_replaces_the_old_one",
        "incr_keeps_the_ttl",
        "a_ttl_of_zero_is_refused",
        "incr_refuses_what_is_no_integer",
        "incr_refuses_to_overflow",
        "set_if_absent_minds_the_ttl",
    ];
    assert_eq!(broken, wanted);
    let text = report.to_string();
    let expires = "  a_value_expires
    promised: A value is gone once its TTL has passed, or earlier, if the cache is full.
    found:    get after the TTL: Some(b\"1\") instead of None
";
    assert!(text.contains(expires), "{text}");
    assert!(text.contains("found:    it panicked: "), "{text}");
    assert!(std::panic::catch_unwind(|| report.assert_kept()).is_err());
}

#[tokio::test(start_paused = true)]
async fn what_a_service_lacks_is_skipped_and_said() {
    let report = contract::cache::suite(&Naive(&[Capability::MillisecondTtl])).await;
    assert!(report.to_string().contains("a_value_expires: skipped, lacks MillisecondTtl"));
    assert_eq!(report.broken().len(), 3);
}
