//! What the fakes of secrets, settings, spans and log lines do beyond their contracts.
#![cfg(feature = "test-util")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use stuntdouble::fake::{Environment, FakeConfig, FakeLogger, FakeSecrets, FakeTracer, Fakes};
use stuntdouble::{
    ConfigExt, ErrorKind, InContext, Level, Logger, LoggerExt, PubSub, PubSubExt, Result, Secrets,
    SpanContext, Tracer, TracerExt, fields,
};
use tokio::time::{sleep, timeout};

const MS: Duration = Duration::from_millis(1);

#[tokio::test(start_paused = true)]
async fn spans_nest_over_awaits_and_tasks() {
    let tracer = FakeTracer::new(&Environment::seeded(1));
    let inner = {
        let tracer = tracer.clone();
        async move { tracer.start_span("in a task", sleep(2 * MS)).await }
    };
    let work = async {
        sleep(MS).await;
        {
            let mut guard = tracer.with_span("guard");
            guard.span().set_attribute("order", 7.into());
            guard.span().set_error("card declined");
        }
        tokio::spawn(inner.in_current_context()).await.unwrap();
    };
    tracer.start_span("root", work).await;
    tracer.start_span("other", async {}).await;
    let traces = tracer.traces();
    assert_eq!(traces.len(), 2);
    assert_eq!(
        tracer.trace(traces[0]),
        "root 3ms\n  guard 0ns order=7 error: card declined\n  in a task 2ms\n"
    );
    assert_eq!(tracer.spans_named("guard")[0].start, MS);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_span_ends_and_an_open_one_is_reported() {
    let tracer = FakeTracer::new(&Environment::seeded(1));
    let never = tracer.start_span("never", std::future::pending::<()>());
    assert!(timeout(5 * MS, never).await.is_err());
    assert_eq!(tracer.spans()[0].end, Some(5 * MS));
    assert!(tracer.left_open().is_empty());

    let span = tracer.open_span("open", None);
    assert_eq!(tracer.left_open(), ["span \"open\" is open since 5ms"]);
    drop(span);
    assert!(tracer.left_open().is_empty());
}

#[test]
fn a_remote_parent_is_kept() {
    let tracer = FakeTracer::new(&Environment::seeded(1));
    let remote: SpanContext =
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".parse().unwrap();
    let context = tracer.open_span("here", Some(remote)).context();
    assert_eq!((context.trace_id, context.sampled), (remote.trace_id, false));
    assert_ne!(context.span_id, remote.span_id);
    assert!(tracer.trace(remote.trace_id).starts_with("here "));
}

#[tokio::test(start_paused = true)]
async fn a_handler_s_span_is_a_child_of_the_publisher_s() -> Result<()> {
    let fakes = Fakes::new(Environment::seeded(1));
    let tracer = fakes.tracer.clone();
    let _subscription = fakes.pubsub.on("t", move |_| {
        let tracer = tracer.clone();
        async move {
            tracer.start_span("handle", async {}).await;
            Ok(())
        }
    })?;
    fakes.tracer.start_span("publish", fakes.pubsub.publish("t", 1.into(), None)).await?;
    assert_eq!(fakes.left_open().len(), 1);
    fakes.pubsub.drain().await;
    assert!(fakes.left_open().is_empty());
    let trace = fakes.tracer.trace(fakes.tracer.traces()[0]);
    assert_eq!(trace, "publish 0ns\n  handle 0ns\n");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn log_lines() {
    let environment = Environment::seeded(1);
    let logger = FakeLogger::new(&environment).with_min_level(Level::Info);
    let tracer = FakeTracer::new(&environment);
    logger.debug("not kept", fields! {});
    let child = logger.with_fields(fields! { a: 1, b: 2 });
    tracer.start_span("s", async { child.warn("twice", fields! { b: 3, c: "x" }) }).await;
    sleep(MS).await;
    logger.error("bad", fields! {});
    assert_eq!(logger.text(), "0ns warn  twice a=1 b=3 c=\"x\"\n1ms error bad\n");
    assert_eq!(logger.lines()[0].span, Some(tracer.spans()[0].context));
    assert!(logger.contains("c=\"x\"") && !logger.contains("not kept"));
    assert_eq!(logger.at_level(Level::Error).len(), 1);
}

#[tokio::test]
async fn secrets_are_never_shown() -> Result<()> {
    let environment = Environment::seeded(1);
    let logger = FakeLogger::new(&environment);
    let secrets = FakeSecrets::new(&environment.with_logger(Arc::new(logger.clone())))
        .with("db-password", "hunter2");
    secrets.get("db-password").await?;
    let old = secrets.rotate("db-password", "hunter3")?;
    assert_eq!(old.expose(), "hunter2");
    assert_eq!((secrets.version("db-password"), secrets.reads("db-password")), (2, 1));
    assert!(secrets.remove("db-password"));
    let error = secrets.get("db-password").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.to_string(), "secrets.get: there is no secret \"db-password\"");
    assert!(secrets.rotate("db-password", "hunter4").is_err());
    for shown in [logger.text(), format!("{secrets:?} {old:?} {error:?}")] {
        assert!(!shown.contains("hunter"), "{shown}");
    }
    Ok(())
}

#[test]
fn settings() -> Result<()> {
    let pairs = BTreeMap::from([("PORT".to_owned(), "80".to_owned())]);
    let config = FakeConfig::new(&Environment::seeded(1)).with_all(pairs).with("KEY", "s3cret");
    assert_eq!(config.get_int("PORT").required()?, 80);
    let error = config.get_bool("KEY").required().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TypeMismatch);
    assert!(error.message().contains("KEY") && !error.message().contains("s3cret"));
    assert!(config.get_text("NONE").required().unwrap_err().message().contains("NONE"));
    config.set("PORT", "81");
    assert_eq!(config.get_int("PORT").or(1)?, 81);
    assert!(config.remove("PORT") && !config.remove("PORT"));
    assert_eq!(config.get_int("PORT").or(1)?, 1);
    assert_eq!(config.read(), ["KEY", "NONE", "PORT"]);
    assert!(!format!("{config:?}").contains("s3cret"));
    Ok(())
}
