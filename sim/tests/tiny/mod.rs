//! A tiny application to be rehearsed: visitors are counted, each once, and an event tells of each.

use std::time::Duration;

use stuntdouble::{Cache, ErrorKind, Platform, Result};
use stuntdouble_sim::{App, World};

/// The application with the scenarios of that folder of `tests/tiny`.
pub(crate) fn app(folder: &str) -> App {
    App::new("tiny")
        .scenarios(format!("{}/tests/tiny/{folder}", env!("CARGO_MANIFEST_DIR")))
        .workload("visits", visits)
        .workload("nothing", |_| async { Ok::<(), stuntdouble::Error>(()) })
        .invariant("every visitor is counted once", counted_once)
}

/// Params: `visitors` (3); `careless` (false), which asks again without looking.
async fn visits(world: World) -> Result<()> {
    let careless = world.param("careless", false)?;
    let visitors = world.param("visitors", 3)?;
    let tasks = (0..visitors).map(|visitor| {
        let platform = world.platform("api");
        tokio::spawn(async move { visit(&platform, visitor, careless).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        // A panic is found by the simulator.
        let Ok(visited) = task.await else { continue };
        visited?;
    }
    Ok(())
}

async fn visit(platform: &Platform, visitor: u32, careless: bool) -> Result<()> {
    let cache = platform.cache();
    for _ in 0..10 {
        let counted = if careless {
            cache.incr("visits", 1).await.map(drop)
        } else {
            // Counting a visitor twice is harmless.
            cache.set(&format!("visitor:{visitor}"), "here".into(), None).await
        };
        match counted {
            Ok(()) => break,
            Err(error) if error.kind() == ErrorKind::InvalidArgument => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    platform.pubsub().publish("visited", visitor.into(), Some(visitor.to_string())).await?;
    Ok(())
}

async fn counted_once(world: World) -> Result<(), String> {
    let cache = &world.fakes().cache;
    let visitors = world.param("visitors", 3).map_err(|error| error.to_string())?;
    let mut counted = cache.incr("visits", 0).await.map_err(|error| error.to_string())?;
    for visitor in 0..visitors {
        counted += i64::from(cache.exists(&format!("visitor:{visitor}")).await.unwrap_or(false));
    }
    if counted == i64::from(visitors) {
        return Ok(());
    }
    Err(format!("there were {visitors} visitors, and {counted} are counted"))
}
