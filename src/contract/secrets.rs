//! The contract of [`Secrets`].

use std::sync::Arc;

use async_trait::async_trait;

use super::{Capability, Report, Suite, equal, fails, holds};
use crate::error::{ErrorKind, Result};
use crate::service::Secrets;

/// Where the suite gets secret stores from.
#[async_trait]
pub trait SecretsHarness: Send + Sync {
    /// A store without secrets.
    async fn fresh(&self) -> Result<Arc<dyn Secrets>>;

    /// Sets a secret of the store that was made last, as an operator does.
    async fn set(&self, name: &str, value: &str) -> Result<()>;

    /// Removes a secret of the store that was made last.
    async fn remove(&self, name: &str) -> Result<()>;

    /// What the store cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const CURRENT: &str = "The current value of that secret.";
const MISSING: &str = "A missing secret is an error ([`ErrorKind::NotFound`](crate::ErrorKind::NotFound)) that names it.";
const HIDDEN: &str = "A value never appears in a trace, a log, a `Debug` or an error.";
const ROTATES: &str =
    "A secret may change between two calls (rotation): read it when it is needed.";

/// Runs all checks.
pub async fn suite(harness: &dyn SecretsHarness) -> Report {
    let mut suite = Suite::new("secrets", harness.lacks());
    suite
        .check("a_secret_is_read", CURRENT, async {
            let secrets = harness.fresh().await?;
            harness.set("db-password", "hunter2").await?;
            equal("the value", secrets.get("db-password").await?.expose(), "hunter2")
        })
        .await;
    suite
        .check("a_missing_secret_is_not_found", MISSING, async {
            let secrets = harness.fresh().await?;
            let error = fails("get", secrets.get("db-password").await, ErrorKind::NotFound)?;
            holds(error.to_string().contains("db-password"), format!("it is not named: {error}"))?;
            harness.set("db-password", "hunter2").await?;
            harness.remove("db-password").await?;
            let removed = secrets.get("db-password").await;
            fails("get of a removed one", removed, ErrorKind::NotFound).map(drop)
        })
        .await;
    suite
        .check("a_value_is_hidden", HIDDEN, async {
            let secrets = harness.fresh().await?;
            harness.set("db-password", "hunter2").await?;
            let shown = format!("{:?}", secrets.get("db-password").await?);
            holds(!shown.contains("hunter2"), format!("Debug shows it: {shown}"))?;
            harness.remove("db-password").await?;
            let error = fails("get", secrets.get("db-password").await, ErrorKind::NotFound)?;
            let shown = format!("{error} {error:?}");
            holds(!shown.contains("hunter2"), format!("the error shows it: {shown}"))
        })
        .await;
    suite
        .check("a_rotated_value_is_seen", ROTATES, async {
            let secrets = harness.fresh().await?;
            harness.set("db-password", "hunter2").await?;
            secrets.get("db-password").await?;
            harness.set("db-password", "hunter3").await?;
            equal("the value", secrets.get("db-password").await?.expose(), "hunter3")
        })
        .await;
    suite.report()
}
