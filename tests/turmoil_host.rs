//! The doubles inside of a host of somebody else's turmoil simulation: nothing of this project's
//! simulator is needed, and the time is the host's.

use std::sync::Arc;
use std::time::Duration;

use stuntdouble::fake::{Environment, FakeCache};
use stuntdouble::layer::{Latency, LatencyLayer, Recorder};
use stuntdouble::mock::MockCache;
use stuntdouble::stack::Stack;
use stuntdouble::stub::{StubCache, StubDb};
use stuntdouble::trace::Trace;
use stuntdouble::{Cache, Clock, Db, DbExt, Entropy, Platform, TokioClock, intercept};

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Runs the body as turmoil's only client, in steps of a millisecond.
fn in_a_host(body: impl Future<Output = turmoil::Result> + 'static) {
    let mut sim = turmoil::Builder::new().tick_duration(ms(1)).build();
    sim.client("app", body);
    sim.run().unwrap();
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()))
}

#[test]
fn stubs() {
    in_a_host(async {
        let db = StubDb::builder().delay(ms(20)).execute(|execute| execute.then().ok(1)).build();
        let platform = Platform::stubs().with_db(Arc::new(db.clone()));
        let clock = clock();
        let deleted = platform.db().with_tx(async |tx| tx.execute("DELETE FROM cart", &[]).await);
        assert_eq!(deleted.await?, 1);
        assert_eq!(clock.elapsed(), ms(60), "begin, execute, commit");
        assert!(db.unused().is_empty());
        Ok(())
    });
}

#[test]
fn mocks_and_layers() {
    in_a_host(async {
        let mut cache = MockCache::new();
        cache.expect_get().times(1).returning(|_| Ok(Some("12".into())));
        let (clock, trace) = (clock(), Trace::new());
        let latency = LatencyLayer::new(Entropy::new(1)).with_default(Latency::Fixed(ms(30)));
        let stack = Stack::builder("app", clock.clone())
            .layer(Recorder::new(&trace))
            .layer(latency)
            .build();
        let cache = intercept::cache(&stack, Arc::new(cache));
        assert_eq!(cache.get("price:tea").await?.as_deref(), Some(&b"12"[..]));
        let call = &trace.calls()[0];
        assert_eq!((call.started(), call.ended()), (ms(0), Some(ms(30))));
        Ok(())
    });
}

#[test]
fn fakes() {
    in_a_host(async {
        let cache = FakeCache::new(&Environment::seeded(7));
        cache.set("a", "1".into(), Some(ms(50))).await?;
        tokio::time::sleep(ms(49)).await;
        assert!(cache.exists("a").await?);
        tokio::time::sleep(ms(1)).await;
        assert!(!cache.exists("a").await?, "it expires in the host's time");
        Ok(())
    });
}

/// A double is shared by hosts as a service is.
#[test]
fn one_double_for_two_hosts() {
    let cache = StubCache::builder().incr(|incr| incr.then().ok(1).then().ok(2)).build();
    let mut sim = turmoil::Builder::new().tick_duration(ms(1)).build();
    for (name, wait) in [("first", 10), ("second", 20)] {
        let cache = cache.clone();
        sim.client(name, async move {
            tokio::time::sleep(ms(wait)).await;
            assert_eq!(cache.incr("turn", 1).await?, wait as i64 / 10);
            Ok(())
        });
    }
    sim.run().unwrap();
    assert!(cache.unused().is_empty());
}
