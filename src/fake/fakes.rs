//! [`Fakes`]: one fake of each service, in one world.

use super::postgres::Postgres;
use super::{
    Environment, FakeCache, FakeConfig, FakeFeatureFlags, FakeLogger, FakeObjectStorage,
    FakePubSub, FakeSecrets, FakeTracer,
};

/// One fake of each service. Clones share them all.
///
/// ```
/// use stuntdouble::fake::{Environment, Fakes};
/// use stuntdouble::{Cache, LoggerExt, PubSub, fields};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let fakes = Fakes::new(Environment::seeded(42));
/// fakes.cache.set("price:tea", "4".into(), None).await?;
/// fakes.pubsub.publish("order.placed", 7.into(), None).await?;
/// fakes.logger.info("order placed", fields! { order: 7 });
///
/// assert_eq!(fakes.pubsub.published("order.placed").len(), 1);
/// assert!(fakes.left_open().is_empty());
/// # Ok(())
/// # }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Fakes {
    /// The world they live in.
    pub environment: Environment,
    /// The database, empty.
    pub db: Postgres,
    /// The secret store.
    pub secrets: FakeSecrets,
    /// The broker.
    pub pubsub: FakePubSub,
    /// The bucket.
    pub object_storage: FakeObjectStorage,
    /// The cache.
    pub cache: FakeCache,
    /// The flag provider.
    pub feature_flags: FakeFeatureFlags,
    /// The tracer.
    pub tracer: FakeTracer,
    /// The application's logger. What the fakes themselves do goes to the environment's.
    pub logger: FakeLogger,
    /// The settings.
    pub config: FakeConfig,
}

impl Fakes {
    /// One of each, empty.
    pub fn new(environment: Environment) -> Fakes {
        Fakes {
            db: Postgres::new(environment.clock().clone(), environment.entropy()),
            secrets: FakeSecrets::new(&environment),
            pubsub: FakePubSub::new(&environment),
            object_storage: FakeObjectStorage::new(&environment),
            cache: FakeCache::new(&environment),
            feature_flags: FakeFeatureFlags::new(&environment),
            tracer: FakeTracer::new(&environment),
            logger: FakeLogger::new(&environment),
            config: FakeConfig::new(&environment),
            environment,
        }
    }

    /// What is unfinished, each line with its service: open transactions, events that are not
    /// acknowledged, open spans.
    pub fn left_open(&self) -> Vec<String> {
        let transactions = self.db.open_transactions().iter().map(ToString::to_string).collect();
        let services = [
            ("db", transactions),
            ("secrets", self.secrets.left_open()),
            ("pubsub", self.pubsub.left_open()),
            ("object_storage", self.object_storage.left_open()),
            ("cache", self.cache.left_open()),
            ("feature_flags", self.feature_flags.left_open()),
            ("tracer", self.tracer.left_open()),
            ("logger", self.logger.left_open()),
            ("config", self.config.left_open()),
        ];
        let lines = services.into_iter().flat_map(|(service, lines)| {
            lines.into_iter().map(move |line| format!("{service}: {line}"))
        });
        lines.collect()
    }
}
