//! A world without the simulator: in a plain test, and in a host of somebody else's turmoil simulation.

use std::time::Duration;

use stuntdouble::layer::fault::Rule;
use stuntdouble::{ErrorKind, Platform, PubSubExt, Result};
use stuntdouble_sim::{Scenario, World};

/// The application: counts visits, and tells others of them.
async fn visit(platform: &Platform) -> Result<i64> {
    let visits = platform.cache().incr("visits", 1).await?;
    platform.pubsub().publish("visited", visits.into(), None).await?;
    Ok(visits)
}

#[tokio::test(start_paused = true)]
async fn in_a_plain_test() {
    // One seed decides everything; the clock is the one of the paused runtime.
    let down = Rule::on("cache.incr").nth(2).fail_before(ErrorKind::Unavailable);
    let world = World::builder(42).rule(down).build().unwrap();
    let platform = world.platform("api");

    let subscription = platform.pubsub().on("visited", |_| async {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        Ok(())
    });
    let _subscription = subscription.unwrap();
    assert_eq!(visit(&platform).await.unwrap(), 1);
    assert_eq!(visit(&platform).await.unwrap_err().kind(), ErrorKind::Unavailable);

    // An hour of virtual time costs nothing.
    world.settle().await;
    assert_eq!(world.clock().now().to_string(), "2030-01-01T01:00:00Z");
    world.trace().expect("cache.incr").times(2).unwrap();

    // The fixture is clean: no transaction, call or event was left open.
    let leftovers = world.finish();
    assert!(leftovers.is_empty(), "{leftovers}");
}

#[tokio::test(start_paused = true)]
async fn finish_says_what_is_left_open() {
    let world = World::new(42);
    assert_eq!(world.finish().to_string(), "nothing was left open");
    let platform = world.platform("api");
    let _subscription =
        platform.pubsub().on("visited", |_| std::future::pending::<Result<()>>()).unwrap();
    visit(&platform).await.unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;

    let leftovers = world.finish();
    assert_eq!(leftovers.calls.len(), 1);
    assert_eq!(leftovers.calls[0].name().to_string(), "api/pubsub.deliver#1");
    let text = leftovers.to_string();
    assert!(text.starts_with("call: api/pubsub.deliver#1 since +0ms\npubsub: "), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_world_can_follow_a_scenario() {
    let mut scenario = Scenario::new("slow", "The cache takes a second.");
    scenario.setup.params.insert("visits".into(), 3.into());
    scenario.latency.default = Some(stuntdouble::layer::Latency::Fixed(Duration::from_secs(1)));
    let world = World::builder(42).scenario(scenario).build().unwrap();
    for _ in 0..world.param("visits", 1).unwrap() {
        visit(&world.platform("api")).await.unwrap();
    }
    assert_eq!(world.clock().elapsed(), Duration::from_secs(6));
}

#[test]
fn in_a_host_of_another_turmoil_simulation() -> turmoil::Result {
    let mut simulation = turmoil::Builder::new().rng_seed(42).build();
    simulation.client("api", async {
        // Made inside of the host: its clock is the host's.
        let world = World::new(42);
        let platform = world.platform("api");
        let begun = world.clock().now();
        visit(&platform).await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        visit(&platform).await?;

        assert_eq!(world.clock().now().duration_since(begun).as_millis(), 1500);
        assert_eq!(world.fakes().pubsub.published("visited").len(), 2);
        assert!(world.finish().is_empty());
        Ok(())
    });
    simulation.run()
}
