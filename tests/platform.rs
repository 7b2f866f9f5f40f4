//! `Platform` and its factories.

use std::sync::Arc;

use stuntdouble::fake::{Environment, Fakes, Flag};
use stuntdouble::stub::{StubCache, StubDb, StubTracer};
use stuntdouble::{Cache, ErrorKind, EvaluationContext, NoopTracer, Platform, Result, fields};

fn from_stubs() -> stuntdouble::PlatformBuilder {
    let stubs = Platform::stubs();
    Platform::builder()
        .db(stubs.db)
        .secrets(stubs.secrets)
        .pubsub(stubs.pubsub)
        .object_storage(stubs.object_storage)
        .cache(stubs.cache)
        .feature_flags(stubs.feature_flags)
}

#[test]
fn what_is_missing_is_said_all_at_once() {
    let error = Platform::builder().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(
        error.message(),
        "the platform has no db, secrets, pubsub, object_storage, cache, feature_flags and tracer: add \
         Platform::builder().db(…).secrets(…).pubsub(…).object_storage(…).cache(…).feature_flags(…)\
         .tracer(…)"
    );
    let error = from_stubs().build().unwrap_err();
    let text = "the platform has no tracer: add Platform::builder().tracer(…)";
    assert_eq!(error.message(), text, "logger and config have defaults");
    assert!(from_stubs().tracer(Arc::new(NoopTracer)).build().is_ok());
    let builder = Platform::builder().cache(Arc::new(StubCache::default()));
    assert_eq!(format!("{builder:?}"), r#"PlatformBuilder(["cache"])"#);
}

#[tokio::test(start_paused = true)]
async fn one_service_can_be_replaced() -> Result<()> {
    let stubs = Platform::stubs();
    let full = StubCache::builder().get(|get| get.always().ok(Some("12".into()))).build();
    let replaced = stubs.clone().with_cache(Arc::new(full));
    assert_eq!(replaced.cache().get("a").await?.as_deref(), Some(&b"12"[..]));
    assert_eq!(stubs.cache().get("a").await?, None, "the original is as it was");
    assert!(Arc::ptr_eq(&stubs.db, &replaced.db), "the others are shared");
    Ok(())
}

/// An application that uses the cache only.
#[tokio::test(start_paused = true)]
async fn what_an_application_does_not_use_is_absent() -> Result<()> {
    let builder = Platform::builder().cache(Arc::new(StubCache::default()));
    let platform = builder.without_the_rest().build()?;
    platform.cache().set("a", "1".into(), None).await?;
    let everyone = EvaluationContext::default();
    let errors = [
        (
            platform.db().execute("SELECT 1", &[]).await.unwrap_err(),
            "db.execute: the platform has no db",
        ),
        (platform.db().begin().await.err().unwrap(), "db.begin: the platform has no db"),
        (
            platform.secrets().get("key").await.unwrap_err(),
            "secrets.get: the platform has no secrets",
        ),
        (
            platform.pubsub().publish("t", 1.into(), None).await.unwrap_err(),
            "pubsub.publish: the platform has no pubsub",
        ),
        (
            platform.object_storage().list("").await.unwrap_err(),
            "object_storage.list: the platform has no object_storage",
        ),
    ];
    for (error, text) in errors {
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Unsupported, text));
        assert!(!error.is_retryable());
    }
    assert!(!platform.feature_flags().is_enabled("f", &everyone).await);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn stubs_answer_everything() -> Result<()> {
    use stuntdouble::{
        ConfigExt, Db, DbExt, FeatureFlagsExt, FlagValue, LoggerExt, PubSubExt, Reason, TracerExt,
    };

    let platform = Platform::stubs();
    let for_all = EvaluationContext::default();
    let rows = platform.db().with_tx(async |tx| tx.query("SELECT 1", &[]).await).await?;
    assert!(rows.is_empty());
    assert_eq!(platform.secrets().get("api_key").await?.expose(), "stub:api_key");
    let _subscription = platform.pubsub().on("t", async |_| Ok(()))?;
    assert_eq!(platform.pubsub().publish("t", 1.into(), None).await?, "stub-event-1");
    assert!(platform.object_storage().list("").await?.is_empty());
    assert_eq!(platform.cache().incr("hits", 2).await?, 2);
    assert!(!platform.feature_flags().is_enabled("f", &for_all).await);
    assert_eq!(platform.feature_flags().get_value("f", 3, &for_all).await, 3);
    let answer = platform.feature_flags().evaluate("f", FlagValue::Int(3), &for_all).await;
    assert_eq!(answer.reason, Reason::Default);
    let incr = platform.tracer().start_span("s", platform.cache().incr("hits", 1));
    assert_eq!(incr.await?, 1);
    platform.logger().info("swallowed", fields! { a: 1 });
    assert_eq!(platform.config().get_text("k").optional()?, None);
    Ok(())
}

/// Both ways to a service: borrowed for a call, shared for a task.
#[tokio::test(start_paused = true)]
async fn services_can_be_borrowed_and_shared() -> Result<()> {
    async fn warm(cache: &dyn Cache) -> Result<()> {
        cache.set("a", "1".into(), None).await
    }
    let platform = Platform::stubs()
        .with_db(Arc::new(StubDb::default()))
        .with_tracer(Arc::new(StubTracer::default()));
    warm(platform.cache()).await?;
    let cache = platform.cache.clone();
    tokio::spawn(async move { warm(&*cache).await }).await.unwrap()
}

/// The application has the platform and the test the fakes: both see one world.
#[tokio::test(start_paused = true)]
async fn fakes_are_shared_with_the_test() -> Result<()> {
    use stuntdouble::{ConfigExt, LoggerExt, ObjectStorage, PubSubExt, TracerExt};

    let fakes = Fakes::new(Environment::seeded(7));
    let platform = Platform::fakes(&fakes);
    fakes.secrets.set("api_key", "sk_1");
    fakes.config.set("port", "8080");
    fakes.feature_flags.set("discount", Flag::on())?;

    assert_eq!(platform.secrets().get("api_key").await?.expose(), "sk_1");
    assert_eq!(platform.config().get_int("port").required()?, 8080);
    let everyone = EvaluationContext::default();
    assert!(platform.feature_flags().is_enabled("discount", &everyone).await);

    let cache = platform.cache.clone();
    let _subscription = platform.pubsub().on("order.placed", move |event| {
        let cache = cache.clone();
        async move { cache.set(&event.id, "seen".into(), None).await }
    })?;
    let publish = platform.pubsub().publish("order.placed", 7.into(), None);
    let event = platform.tracer().start_span("order", publish).await?;
    fakes.pubsub.drain().await;
    assert!(fakes.cache.exists(&event).await?);
    assert_eq!(fakes.tracer.spans_named("order").len(), 1);

    platform.object_storage().put("invoice/7", "7".into(), "text/plain").await?;
    assert_eq!(fakes.object_storage.list("invoice/").await?.len(), 1);
    platform.logger().info("order placed", fields! { order: 7 });
    assert!(fakes.logger.contains("order placed"));

    let rows = platform.with_db(Arc::new(StubDb::default())).db().query("SELECT 1", &[]).await?;
    assert!(rows.is_empty());
    Ok(())
}
