//! [`Platform`]: everything an application depends on, in one value.

use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::production::{Absent, ConsoleLogger, EnvConfig, NoopTracer};
use crate::service::{
    Cache, Config, Db, FeatureFlags, Logger, ObjectStorage, PubSub, Secrets, Tracer,
};

macro_rules! platform {
    ($($name:ident, $with:ident: $service:ident, $doc:literal;)*) => {
        /// One of each service. Cheap to clone: clones share the services.
        ///
        /// Application code takes a `&Platform`, or the services that it needs. A field is the shared
        /// service (`platform.cache.clone()` for a task), the method of the same name borrows it
        /// (`platform.cache()` is a `&dyn Cache`).
        ///
        /// ```
        /// use bytes::Bytes;
        /// use stuntdouble::{Platform, Result, params};
        ///
        /// async fn price(platform: &Platform, product: &str) -> Result<Option<Bytes>> {
        ///     if let Some(price) = platform.cache().get(product).await? {
        ///         return Ok(Some(price));
        ///     }
        ///     let sql = "SELECT price FROM product WHERE name = $1";
        ///     let rows = platform.db().query(sql, params![product]).await?;
        ///     rows.first().map(|row| row.get("price")).transpose()
        /// }
        /// ```
        #[non_exhaustive]
        #[derive(Clone)]
        pub struct Platform {
            $(#[doc = $doc] pub $name: Arc<dyn $service>,)*
        }

        impl Platform {
            $(
                #[doc = concat!($doc, " Borrowed.")]
                pub fn $name(&self) -> &dyn $service {
                    &*self.$name
                }

                #[doc = concat!("This platform with another [`", stringify!($service), "`].")]
                #[must_use]
                pub fn $with(mut self, $name: Arc<dyn $service>) -> Platform {
                    self.$name = $name;
                    self
                }
            )*
        }

        /// Builds a [`Platform`]. See [`Platform::builder`].
        #[must_use = "a builder does nothing until `build`"]
        #[derive(Clone, Default)]
        pub struct PlatformBuilder {
            $($name: Option<Arc<dyn $service>>,)*
        }

        impl PlatformBuilder {
            $(
                #[doc = $doc]
                pub fn $name(mut self, $name: Arc<dyn $service>) -> PlatformBuilder {
                    self.$name = Some($name);
                    self
                }
            )*

            /// The platform.
            ///
            /// # Errors
            /// [`ErrorKind::InvalidArgument`] if a service was not set that has no default; the error
            /// names all of them.
            pub fn build(mut self) -> Result<Platform> {
                self.logger.get_or_insert_with(|| Arc::new(ConsoleLogger::new()));
                self.config.get_or_insert_with(|| Arc::new(EnvConfig::new()));
                match self {
                    PlatformBuilder { $($name: Some($name)),* } => Ok(Platform { $($name),* }),
                    PlatformBuilder { $($name),* } => {
                        let set = [$((stringify!($name), $name.is_some())),*];
                        let missing = set.iter().filter(|(_, set)| !set).map(|(name, _)| *name);
                        Err(incomplete(&missing.collect::<Vec<_>>()))
                    }
                }
            }

            fn set(&self) -> Vec<&'static str> {
                let set = [$((stringify!($name), self.$name.is_some())),*];
                set.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect()
            }
        }
    };
}

platform! {
    db, with_db: Db, "The database.";
    secrets, with_secrets: Secrets, "The secret store.";
    pubsub, with_pubsub: PubSub, "The message broker.";
    object_storage, with_object_storage: ObjectStorage, "The object store.";
    cache, with_cache: Cache, "The cache.";
    feature_flags, with_feature_flags: FeatureFlags, "The feature flags.";
    tracer, with_tracer: Tracer, "The tracer.";
    logger, with_logger: Logger, "The logger.";
    config, with_config: Config, "The settings.";
}

fn incomplete(missing: &[&str]) -> Error {
    let (last, others) = missing.split_last().expect("something is missing");
    let list = if others.is_empty() {
        (*last).to_owned()
    } else {
        format!("{} and {last}", others.join(", "))
    };
    let calls = missing.iter().map(|name| format!(".{name}(…)")).collect::<String>();
    let message = format!("the platform has no {list}: add Platform::builder(){calls}");
    Error::new(ErrorKind::InvalidArgument, message)
}

impl Platform {
    /// A platform to be put together from real drivers, or from anything else.
    ///
    /// `logger` is a [`ConsoleLogger`] and `config` an [`EnvConfig`] unless they are set; every other
    /// service must be set, or given up with [`PlatformBuilder::without_the_rest`].
    ///
    /// ```
    /// use stuntdouble::Platform;
    ///
    /// let error = Platform::builder().build().unwrap_err();
    /// assert_eq!(
    ///     error.message(),
    ///     "the platform has no db, secrets, pubsub, object_storage, cache, feature_flags and tracer: \
    ///      add Platform::builder().db(…).secrets(…).pubsub(…).object_storage(…).cache(…)\
    ///      .feature_flags(…).tracer(…)"
    /// );
    /// ```
    pub fn builder() -> PlatformBuilder {
        PlatformBuilder::default()
    }

    /// A platform of [fakes](crate::fake): the application has the platform, the test keeps the fakes.
    ///
    /// Its `db` is a [simulated PostgreSQL](crate::fake::postgres::Postgres), empty at first.
    ///
    /// ```
    /// use stuntdouble::Platform;
    /// use stuntdouble::fake::{Environment, Fakes};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> stuntdouble::Result<()> {
    /// let fakes = Fakes::new(Environment::seeded(42));
    /// let platform = Platform::fakes(&fakes);
    /// platform.pubsub().publish("order.placed", 7.into(), None).await?;
    /// assert_eq!(fakes.pubsub.published("order.placed").len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "test-util")]
    pub fn fakes(fakes: &crate::fake::Fakes) -> Platform {
        Platform {
            db: Arc::new(fakes.db.clone()),
            secrets: Arc::new(fakes.secrets.clone()),
            pubsub: Arc::new(fakes.pubsub.clone()),
            object_storage: Arc::new(fakes.object_storage.clone()),
            cache: Arc::new(fakes.cache.clone()),
            feature_flags: Arc::new(fakes.feature_flags.clone()),
            tracer: Arc::new(fakes.tracer.clone()),
            logger: Arc::new(fakes.logger.clone()),
            config: Arc::new(fakes.config.clone()),
        }
    }

    /// A platform of [stubs](crate::stub), each with its default answers, that logs nothing. For a test
    /// to which most services do not matter: it replaces the one that does.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use stuntdouble::Platform;
    /// use stuntdouble::stub::StubCache;
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let cache = StubCache::builder().get(|get| get.always().ok(Some("12".into()))).build();
    /// let platform = Platform::stubs().with_cache(Arc::new(cache));
    /// assert_eq!(platform.cache().get("price:tea").await.unwrap().unwrap(), "12");
    /// # }
    /// ```
    #[cfg(feature = "test-util")]
    pub fn stubs() -> Platform {
        use crate::stub;
        Platform {
            db: Arc::new(stub::StubDb::default()),
            secrets: Arc::new(stub::StubSecrets::default()),
            pubsub: Arc::new(stub::StubPubSub::default()),
            object_storage: Arc::new(stub::StubObjectStorage::default()),
            cache: Arc::new(stub::StubCache::default()),
            feature_flags: Arc::new(stub::StubFeatureFlags::default()),
            tracer: Arc::new(stub::StubTracer::default()),
            logger: Arc::new(stub::StubLogger::default()),
            config: Arc::new(stub::StubConfig::default()),
        }
    }
}

impl PlatformBuilder {
    /// What has not been set by now is not there: each call of it fails and says so ([`Absent`]), and
    /// spans are not kept ([`NoopTracer`]).
    ///
    /// ```
    /// use stuntdouble::Platform;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let platform = Platform::builder().without_the_rest().build().unwrap();
    /// let error = platform.cache().get("price:tea").await.unwrap_err();
    /// assert_eq!(error.to_string(), "cache.get: the platform has no cache");
    /// # }
    /// ```
    pub fn without_the_rest(mut self) -> PlatformBuilder {
        self.db.get_or_insert_with(|| Arc::new(Absent));
        self.secrets.get_or_insert_with(|| Arc::new(Absent));
        self.pubsub.get_or_insert_with(|| Arc::new(Absent));
        self.object_storage.get_or_insert_with(|| Arc::new(Absent));
        self.cache.get_or_insert_with(|| Arc::new(Absent));
        self.feature_flags.get_or_insert_with(|| Arc::new(Absent));
        self.tracer.get_or_insert_with(|| Arc::new(NoopTracer));
        self
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platform")
    }
}

impl fmt::Debug for PlatformBuilder {
    /// Lists the services that are set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PlatformBuilder").field(&self.set()).finish()
    }
}
