//! A team's own driver is recorded, failed and snapshot in ten lines.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use stuntdouble::fake::Environment;
use stuntdouble::layer::Recorder;
use stuntdouble::layer::fault::{FaultLayer, Rule};
use stuntdouble::stack::Stack;
use stuntdouble::trace::Trace;
use stuntdouble::{Cache, ErrorKind, Result, assert_trace_snapshot, intercept};

/// A driver that the toolkit knows nothing of.
struct OwnDriver;

#[async_trait]
impl Cache for OwnDriver {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        tokio::time::sleep(Duration::from_millis(2)).await;
        Ok(Some(Bytes::from(format!("value of {key}"))))
    }

    async fn set(&self, _: &str, _: Bytes, _: Option<Duration>) -> Result<()> {
        Ok(())
    }

    async fn delete(&self, _: &str) -> Result<bool> {
        Ok(true)
    }

    async fn exists(&self, _: &str) -> Result<bool> {
        Ok(true)
    }

    async fn incr(&self, _: &str, by: i64) -> Result<i64> {
        Ok(by)
    }

    async fn set_if_absent(&self, _: &str, _: Bytes, _: Option<Duration>) -> Result<bool> {
        Ok(false)
    }

    async fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Bytes>>> {
        Ok(vec![None; keys.len()])
    }
}

#[tokio::test(start_paused = true)]
async fn recorded_failed_and_snapshot() -> Result<(), Box<dyn std::error::Error>> {
    let (world, trace) = (Environment::seeded(1), Trace::new());
    let lost = Rule::on("cache.set").key("price:*").fail_after(ErrorKind::OutcomeUnknown);
    let faults = FaultLayer::new([lost], world.entropy(), &intercept::SERVICES)?;
    let stack = Stack::builder("api", world.clock().clone());
    let stack = stack.layer(Recorder::new(&trace)).layer(faults).build();
    let cache = intercept::cache(&stack, Arc::new(OwnDriver));

    cache.get("price:tea").await?;
    cache.set("user:7", "Ada".into(), None).await?;
    cache.set("price:tea", "1999".into(), Some(Duration::from_secs(60))).await.unwrap_err();
    assert_trace_snapshot!(trace, @r#"
    +0ms    cache.get#1     "price:tea" → hit "value of price:tea" (2ms)
    +2ms    cache.set#1     "user:7", value: "Ada" → ok
    +2ms    cache.set#2     "price:tea", value: "1999", ttl: 60s
                              ✗ outcome_unknown: the answer never came: it was
                              applied, or it was not
                              ⟵ fail after outcome_unknown (own_driver.rs)
    "#);
    Ok(())
}
