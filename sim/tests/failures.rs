//! What each kind of failure says. The texts are product: they are pinned in `tests/snapshots`.

use std::time::Duration;

use stuntdouble::layer::Latency;
use stuntdouble::layer::fault::Rule;
use stuntdouble::{Cache, Error, ErrorKind, PubSubExt};
use stuntdouble_sim::{App, Report, Scenario, World, run};

/// An application with one workload.
fn app<F, Fut>(workload: F) -> App
where
    F: Fn(World) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), Error>> + 'static,
{
    App::new("tiny").workload("work", workload)
}

fn healthy() -> Scenario {
    Scenario::new("healthy", "Nothing goes wrong.")
}

fn fails(report: &Report, name: &str) {
    assert!(!report.passed(), "{name} passed");
    let text = report.to_string();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{name}: more than 80 columns: {line}");
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_panic_in_a_spawned_task() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        platform.cache().incr("visits", 1).await?;
        tokio::spawn(async move {
            let visits = platform.cache().incr("visits", 1).await.unwrap();
            assert!(visits < 2, "too many visits");
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "panic_in_a_spawned_task");
}

#[test]
fn a_panic_of_the_workload() {
    let app = app(|world: World| async move {
        world.platform("api").cache().get("price").await?.expect("there is a price");
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "panic_of_the_workload");
}

#[test]
fn a_panic_of_a_mock() {
    let app = app(|world: World| async move {
        let mock = stuntdouble::mock::MockCache::new();
        let cache = stuntdouble::intercept::cache(&world.stack("api"), std::sync::Arc::new(mock));
        let task = tokio::spawn(async move { cache.get("price").await.map(drop) });
        // As applications do that do not look what became of their tasks.
        let _ = task.await;
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "panic_of_a_mock");
}

#[test]
fn a_panic_of_a_handler() {
    let app = app(|world: World| async move {
        let pubsub = world.platform("api").pubsub.clone();
        pubsub.on("order.placed", |_| async { panic!("no such order") })?.detach();
        pubsub.publish("order.placed", 7.into(), None).await?;
        Ok(())
    });
    let report = run(&app, &healthy(), 1);
    assert_eq!(report.failures()[0].reasons[0].text().lines().next(), Some("no such order"));
}

#[test]
fn a_workload_that_fails() {
    let app = app(|world: World| async move {
        world.platform("api").cache().get("price").await.map(drop)
    });
    let scenario = Scenario::new("cache_down", "The cache is down. Prices are shown all the same.")
        .rule(Rule::on("cache.get").origin("tiny.toml:7").fail_before(ErrorKind::Unavailable));
    fails(&run(&app, &scenario, 3), "workload_fails");
}

#[test]
fn a_workload_that_should_fail() {
    let app = app(|world: World| async move {
        world.platform("api").cache().get("price").await.map(drop)
    });
    let mut scenario = healthy();
    scenario.expect.outcome = Some(ErrorKind::Conflict);
    fails(&run(&app, &scenario, 1), "workload_should_fail");
    let mut down = Scenario::new("down", "The cache is down, and the caller is told.")
        .rule(Rule::on("cache.get").fail_before(ErrorKind::Unavailable));
    down.expect.outcome = Some(ErrorKind::Unavailable);
    assert!(run(&app, &down, 1).passed());
}

#[test]
fn a_call_that_never_answers() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        platform.cache().incr("visits", 1).await?;
        tokio::time::sleep(Duration::from_millis(1250)).await;
        platform.cache().get("price").await.map(drop)
    });
    let scenario =
        Scenario::new("cache_hangs", "The cache does not answer. Nobody waits for ever.")
            .rule(Rule::on("cache.get").origin("tiny.toml:7").hang());
    fails(&run(&app, &scenario, 1), "call_never_answers");
}

#[test]
fn a_workload_that_waits_for_itself() {
    let app = app(|world: World| async move {
        world.platform("api").cache().incr("visits", 1).await?;
        let (_kept, never) = tokio::sync::oneshot::channel::<()>();
        let _ = never.await;
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "waits_for_itself");
}

#[test]
fn a_workload_that_gets_nowhere_while_others_work() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        tokio::spawn(async move {
            loop {
                let _ = platform.cache().incr("heartbeat", 1).await;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        std::future::pending().await
    })
    .time_limit(Duration::from_secs(120));
    fails(&run(&app, &healthy(), 1), "gets_nowhere");
}

#[test]
fn events_that_do_not_come_to_rest() {
    let app = app(|world: World| async move {
        let pubsub = world.platform("api").pubsub.clone();
        pubsub.on("order.placed", |_| std::future::pending())?.detach();
        pubsub.publish("order.placed", 7.into(), None).await?;
        Ok(())
    });
    fails(&run(&app, &healthy(), 1), "events_do_not_come_to_rest");
}

#[test]
fn a_loop_that_never_waits() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        while platform.cache().get("price").await.is_err() {}
        Ok(())
    });
    let scenario = Scenario::new("cache_down", "The cache is down. It is not asked all the time.")
        .rule(Rule::on("cache.get").origin("tiny.toml:7").fail_before(ErrorKind::Unavailable));
    fails(&run(&app, &scenario, 1), "loop_never_waits");
}

#[test]
fn an_invariant_that_does_not_hold() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        while platform.cache().incr("visits", 1).await.is_err() {}
        Ok(())
    })
    .invariant("one visit is counted once", |world: World| async move {
        match world.fakes().cache.incr("visits", 0).await {
            Ok(1) => Ok(()),
            Ok(visits) => Err(format!("{visits} visits are counted\nvisitor 7 came once")),
            Err(error) => Err(error.to_string()),
        }
    })
    .invariant("nothing is out of order", |_| async { Ok::<(), String>(()) });
    let scenario = Scenario::new(
        "lost_answer",
        "The answer of the cache is lost, although the visit was counted. Whoever visits once is \
         counted once, however often the service asks, and however long the answer takes.",
    )
    .rule(
        Rule::on("cache.incr").nth(1).origin("tiny.toml:7").fail_after(ErrorKind::OutcomeUnknown),
    );
    fails(&run(&app, &scenario, 20), "invariant");
}

#[test]
fn calls_that_are_not_as_many_as_expected() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        for _ in 0..40 {
            platform.cache().incr("visits", 1).await?;
        }
        platform.cache().get("price").await.map(drop)
    });
    let text = "why = \"Visits are counted.\"\n[expect]\n\
                calls = { \"cache.get\" = 2, \"cache.delete\" = \"1..\" }\n";
    let scenario = Scenario::parse("tiny/counts.toml", text, &app.catalog()).unwrap();
    fails(&run(&app, &scenario, 1), "calls");
}

#[test]
fn a_run_that_takes_too_long() {
    let app = app(|_| async {
        tokio::time::sleep(Duration::from_millis(5200)).await;
        Ok(())
    });
    let mut scenario = healthy();
    scenario.expect.max_time = Some(Duration::from_secs(5));
    fails(&run(&app, &scenario, 1), "too_long");
}

#[test]
fn a_rule_that_never_fires() {
    let app = app(|world: World| async move {
        let cache = world.platform("api").cache;
        for n in 0..3 {
            cache.get(&format!("price:{n}")).await?;
        }
        Ok(())
    });
    let scenario = healthy()
        .rule(Rule::on("cache.get").key("prices:*").origin("tiny.toml:7").hang())
        .rule(Rule::on("cache.get").chance(0.0001).origin("tiny.toml:12").hang());
    fails(&run(&app, &scenario, 3), "rule_never_fires");
}

#[test]
fn a_rule_that_is_wrong() {
    let app = app(|_| async { Ok(()) });
    let scenario = healthy().rule(Rule::on("cache.gte").origin("tiny.toml:7").hang());
    fails(&run(&app, &scenario, 1), "rule_is_wrong");
}

#[test]
fn runs_that_fail_in_several_ways() {
    let app = app(|world: World| async move {
        world.platform("api").cache().get("price").await.map(drop)
    })
    .invariant("even seeds", |world: World| async move {
        if world.seed().is_multiple_of(2) { Ok(()) } else { Err("the seed is odd") }
    });
    let mut scenario = healthy().rule(
        Rule::on("cache.get").chance(0.5).origin("tiny.toml:7").fail_before(ErrorKind::Throttled),
    );
    scenario.latency.default =
        Some(Latency::Uniform(Duration::from_millis(1), Duration::from_millis(9)));
    fails(&run(&app, &scenario, 40), "several_ways");
}

#[test]
fn a_world_is_as_its_scenario_says() {
    let app = app(|world: World| async move {
        let platform = world.platform("api");
        assert_eq!(platform.secrets().get("payment_key").await?.expose(), "sk_test");
        assert_eq!(platform.config().get("HTTP_PORT")?.as_deref(), Some("80"));
        assert_eq!((world.param("customers", 1)?, world.param("stock", 4)?), (3, 4));
        let error = world.param::<bool>("customers", false).unwrap_err();
        assert_eq!(error.message(), "the scenario's param customers is 3, which is no bool");
        let begun = world.clock().elapsed();
        platform.cache().get("price").await?;
        assert_eq!(world.clock().elapsed() - begun, Duration::from_millis(7));
        assert_eq!(world.clock().now().to_string(), "2030-01-01T00:00:00.014Z");
        Ok(())
    });
    let text = r#"
why = "The world has a setup."
[setup]
config = { HTTP_PORT = "80" }
secrets = { payment_key = "sk_test" }
params = { customers = 3 }
[latency]
default = "7ms"
"#;
    let scenario = Scenario::parse("tiny/setup.toml", text, &app.catalog()).unwrap();
    let report = run(&app, &scenario, 2);
    assert!(report.passed(), "{report}");
}
