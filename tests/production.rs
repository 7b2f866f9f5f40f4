//! The production logger, settings and no-op services.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stuntdouble::{
    Clock, Config, ConfigExt, ConsoleLogger, Context, EnvConfig, ErrorKind, Level, Logger,
    LoggerExt, NoopLogger, NoopTracer, SpanContext, TokioClock, Tracer, TracerExt, fields,
};

/// Keeps each write apart.
#[derive(Clone, Default)]
struct Writes(Arc<Mutex<Vec<String>>>);

impl Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().push(String::from_utf8(bytes.to_vec()).unwrap());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A pipe that nobody reads any more.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn clock() -> Arc<dyn Clock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

/// What each call writes, as one write for each line.
#[tokio::test(start_paused = true)]
async fn lines_are_json() {
    type Act = fn(&dyn Logger);
    let table: [(&str, Act, &[&str]); 8] = [
        (
            "time, level, message, then fields in their order",
            |log| log.info("paid", fields! { order: 7, by: "card", at: 1.5 }),
            &[r#"{"time":"T","level":"info","message":"paid","order":7,"by":"card","at":1.5}"#],
        ),
        (
            "what needs escaping",
            |log| log.warn("a \"b\"\n", fields! { note: "line\nbreak" }),
            &[r#"{"time":"T","level":"warn","message":"a \"b\"\n","note":"line\nbreak"}"#],
        ),
        ("below the minimum", |log| log.debug("no", fields! {}), &[]),
        (
            "a child's fields come first, and inherit over generations",
            |log| {
                let child = log.with_fields(fields! { node: "api" });
                child.with_fields(fields! { request: 1 }).error("no", fields! { code: 500 });
            },
            &[r#"{"time":"T","level":"error","message":"no","node":"api","request":1,"code":500}"#],
        ),
        (
            "a field that is given twice keeps its place and has the later value",
            |log| log.with_fields(fields! { a: 1, b: 2 }).info("m", fields! { a: 3 }),
            &[r#"{"time":"T","level":"info","message":"m","a":3,"b":2}"#],
        ),
        (
            "no key twice",
            |log| log.info("m", fields! { level: 3, time: "noon", trace_id: 1 }),
            &[
                r#"{"time":"T","level":"info","message":"m","fields.level":3,"fields.time":"noon","fields.trace_id":1}"#,
            ],
        ),
        (
            "the current span",
            |log| {
                let span = PARENT.parse::<SpanContext>().unwrap();
                let _current = Context::default().with_span(span).enter();
                log.info("m", fields! { a: 1 });
            },
            &[
                r#"{"time":"T","level":"info","message":"m","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","a":1}"#,
            ],
        ),
        (
            "each line by itself",
            |log| {
                log.info("a", fields! {});
                log.info("b", fields! {});
            },
            &[
                r#"{"time":"T","level":"info","message":"a"}"#,
                r#"{"time":"T","level":"info","message":"b"}"#,
            ],
        ),
    ];
    for (name, act, expected) in table {
        let writes = Writes::default();
        act(&ConsoleLogger::new().with_writer(writes.clone()).with_clock(clock()));
        let written = writes.0.lock().unwrap().clone();
        let expected = expected.iter();
        let expected: Vec<_> =
            expected.map(|line| line.replace("\"T\"", "\"2030-01-01T00:00:00Z\"") + "\n").collect();
        assert_eq!(written, expected, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_is_the_clocks_and_debug_can_be_had() {
    let writes = Writes::default();
    let logger = ConsoleLogger::new().with_writer(writes.clone()).with_clock(clock());
    let logger = logger.with_min_level(Level::Debug);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    logger.debug("later", fields! {});
    let expected = r#"{"time":"2030-01-01T00:00:01.5Z","level":"debug","message":"later"}"#;
    assert_eq!(writes.0.lock().unwrap()[0].trim_end(), expected);
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let logger = ConsoleLogger::new().with_writer(Closed);
    logger.error("lost", fields! {});
    logger.with_fields(fields! { a: 1 }).error("lost as well", fields! {});
}

#[test]
fn lines_of_several_threads_do_not_mix() {
    let writes = Writes::default();
    let logger = ConsoleLogger::new().with_writer(writes.clone());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let logger = &logger;
            scope
                .spawn(move || (0..50).for_each(|n| logger.info("m", fields! { t: thread, n: n })));
        }
    });
    let written = writes.0.lock().unwrap();
    assert_eq!(written.len(), 200);
    assert!(written.iter().all(|line| line.starts_with('{') && line.ends_with("}\n")));
}

#[test]
fn keys_become_variables() {
    let table = [
        ("", "db.url", "DB_URL"),
        ("", "DB_URL", "DB_URL"),
        ("", "db-url", "DB_URL"),
        ("", "größe", "GR__E"),
        ("", "", ""),
        ("shop", "db.url", "SHOP_DB_URL"),
        ("Shop.Eu", "port", "SHOP_EU_PORT"),
    ];
    for (prefix, key, variable) in table {
        let config = EnvConfig::from_vars(Vec::<(String, String)>::new()).with_prefix(prefix);
        assert_eq!(config.variable(key), variable, "{prefix} {key}");
    }
}

#[test]
fn settings_are_read_from_the_environment() {
    let vars = [("PORT", "8080"), ("EMPTY", ""), ("NAME", "ab"), ("path", "/")];
    let config = EnvConfig::from_vars(vars);
    assert_eq!(config.get("port").unwrap().as_deref(), Some("8080"));
    assert_eq!(config.get("empty").unwrap().as_deref(), Some(""), "an empty value is a value");
    assert_eq!(config.get("missing").unwrap(), None);
    assert_eq!(config.get_int("port").required().unwrap(), 8080);
    let error = config.get_int("name").required().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TypeMismatch);
    assert_eq!(error.to_string(), "config.get: the setting name is not an integer");
    assert_eq!(format!("{config:?}"), r#"EnvConfig { prefix: "", variables: 4 }"#);
    // Cargo sets this one for its tests.
    assert!(EnvConfig::new().get("cargo.manifest.dir").unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_unicode_is_not_printed() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let bad = OsString::from_vec(b"secret\xff".to_vec());
    let config = EnvConfig::from_vars([("API_KEY".into(), bad), (OsString::from("A"), "1".into())]);
    let error = config.get("api.key").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TypeMismatch);
    let text =
        "config.get: the setting api.key (environment variable API_KEY) is not valid Unicode";
    assert_eq!(error.to_string(), text);
    assert!(!format!("{error:?} {config:?}").contains("secret"));
    assert_eq!(config.get("a").unwrap().as_deref(), Some("1"), "the others can be read");
}

#[tokio::test]
async fn the_noop_tracer_passes_the_trace_on() {
    let parent: SpanContext = PARENT.parse().unwrap();
    let current = async || Context::current().span;
    let inside = NoopTracer.start_span("a", NoopTracer.start_span("b", current()));
    assert_eq!(Context::default().with_span(parent).scope(inside).await, Some(parent));
    assert_eq!(NoopTracer.start_span("root", current()).await, None);
    let mut guard = NoopTracer.with_span("root");
    guard.span().set_error("nothing happens");
    assert_eq!(NoopTracer.current_trace_id(), None);
    assert_eq!(NoopTracer.open_span("a", Some(parent)).context(), parent);
    drop(guard);
    NoopLogger.with_fields(fields! { a: 1 }).error("nothing happens", fields! {});
}
