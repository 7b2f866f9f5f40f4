//! One simulation: a seed, a world, a node, and what came of it.
//!
//! The node is a turmoil client whose tick is longer than the run can be: virtual time is then tokio's
//! own, exact to its millisecond and free while everybody sleeps. When the run is over, the clock jumps
//! to the end of the tick, because turmoil ends nothing earlier, and background tasks would otherwise
//! live on for the rest of it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};
use std::task::{self, Poll};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use stuntdouble::Clock;
use stuntdouble::layer::fault::FaultReport;
use stuntdouble::scenario::Scenario;
use stuntdouble::trace::Trace;

use crate::World;
use crate::app::{App, Failed};
use crate::leftovers::{Leftovers, PATIENCE};
use crate::panics::{self, Panic};
use crate::stall::{Phase, Stall};

/// What came of a run, before it is judged.
pub(crate) struct Evidence {
    pub(crate) workload: Ended,
    /// How long the workload and its settling took, in virtual time.
    pub(crate) took: Duration,
    /// The invariants that do not hold, with what they say.
    pub(crate) broken: Vec<(String, String)>,
    pub(crate) panics: Vec<Panic>,
    pub(crate) trace: Trace,
    pub(crate) faults: Option<FaultReport>,
    pub(crate) leftovers: Leftovers,
}

/// How a workload ended.
pub(crate) enum Ended {
    Ok,
    Failed(Failed),
    /// With a panic that says this. It is among the panics as well, with its place.
    Panicked(String),
    /// Not at all, or its events did not come to rest.
    Hung(Box<Stall>),
    /// It could not begin: a migration, a rule or the name of a workload is wrong.
    NotBegun(String),
}

impl Ended {
    /// True if the workload came to an end of its own, good or bad.
    fn returned(&self) -> bool {
        matches!(self, Ended::Ok | Ended::Failed(_))
    }
}

impl Evidence {
    fn without_world(workload: Ended, panics: Vec<Panic>) -> Evidence {
        Evidence {
            workload,
            took: Duration::ZERO,
            broken: Vec::new(),
            panics,
            trace: Trace::new(),
            faults: None,
            leftovers: Leftovers::default(),
        }
    }
}

/// How long an invariant may take, in virtual time: it looks, and does not wait.
const INVARIANT_LIMIT: Duration = Duration::from_secs(60);
/// What a workload may take beyond its `max_time` before it counts as hanging, and not as slow.
const GRACE: Duration = Duration::from_secs(60);
/// 2030-01-01T00:00:00Z, as everywhere.
const EPOCH: Duration = Duration::from_secs(1_893_456_000);

/// What a simulation is made from.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) app: Arc<App>,
    pub(crate) scenario: Arc<Scenario>,
    pub(crate) seed: u64,
}

/// Runs the plan on the current thread, which is to be used for nothing else: what the application
/// keeps in thread-locals would otherwise reach the next run. `begun` is set to the trace as soon as
/// there is one.
pub(crate) fn simulate(plan: &Plan, begun: &Arc<OnceLock<Trace>>) -> Evidence {
    panics::keep_those_of_this_thread();
    let found = Rc::new(RefCell::new(None));
    // Longer than a workload, its settling and its invariants can take.
    let tick = plan.limit() + plan.app.limit() + Duration::from_secs(86_400);
    let mut simulation = turmoil::Builder::new()
        .rng_seed(plan.seed)
        .epoch(SystemTime::UNIX_EPOCH + EPOCH)
        .tick_duration(tick)
        .simulation_duration(tick)
        .build();
    let node = {
        let (plan, begun, found) = (plan.clone(), begun.clone(), found.clone());
        async move {
            let evidence = plan.run(&begun).await;
            *found.borrow_mut() = Some(evidence);
            // Polled once, which moves the clock. The client must be done in this very poll: turmoil
            // ends a tick without looking at its tasks again.
            let _ = tokio::time::advance(tick).now_or_never();
            Ok(())
        }
    };
    // Tasks are dropped here as well, and a destructor of the application may panic.
    let ended = std::panic::catch_unwind(AssertUnwindSafe(move || {
        simulation.client(plan.scenario.node.as_deref().unwrap_or("app"), node);
        simulation.run().err().map(|error| error.to_string())
    }));
    let evidence = found.borrow_mut().take();
    // The node itself catches the panics of the application: this is one of the simulator or a fake.
    evidence.unwrap_or_else(|| {
        let why = match ended {
            Ok(error) => error.unwrap_or_else(|| "it ended without a result".to_owned()),
            Err(payload) => panics::message(&*payload),
        };
        let why = format!("the simulation itself failed: {why}");
        Evidence::without_world(Ended::NotBegun(why), panics::take())
    })
}

impl Plan {
    fn limit(&self) -> Duration {
        let wanted = self.scenario.expect.max_time.map(|max| max + GRACE);
        wanted.unwrap_or(self.app.limit())
    }

    fn world(&self) -> Result<World, String> {
        let mut builder = World::builder(self.seed).scenario(self.scenario.clone());
        for service in self.app.own_services() {
            builder = builder.service(service);
        }
        if let Some(template) = self.app.template()? {
            builder = builder.database(template);
        }
        builder.build().map_err(|errors| errors.to_string())
    }

    /// What the node does.
    async fn run(&self, begun: &OnceLock<Trace>) -> Evidence {
        let prepared = self.world().and_then(|world| {
            let workload = self.app.find_workload(self.scenario.workload.as_deref())?;
            Ok((world, workload))
        });
        let (world, workload) = match prepared {
            Ok(prepared) => prepared,
            Err(why) => return Evidence::without_world(Ended::NotBegun(why), panics::take()),
        };
        // Only this thread sets it.
        let _ = begun.set(world.trace().clone());
        // Lives until the end of the run: what it has in flight is not to be seen as cancelled.
        let workload = workload(world.clone());
        let mut workload = pin!(AssertUnwindSafe(workload).catch_unwind());
        let mut ended = self.work(&world, workload.as_mut()).await;
        if ended.returned()
            && let Some(stall) = self.settle(&world).await
        {
            ended = Ended::Hung(Box::new(stall));
        }
        let took = world.clock().elapsed();
        let (mut leftovers, mut broken) = (Leftovers::default(), Vec::new());
        if ended.returned() {
            leftovers = still_open(&world).await;
            broken = self.broken_invariants(&world).await;
        }
        world.watch().close();
        Evidence {
            workload: ended,
            took,
            broken,
            panics: panics::take(),
            trace: world.trace().clone(),
            faults: Some(world.faults().report()),
            leftovers,
        }
    }

    async fn work<F>(&self, world: &World, workload: Pin<&mut F>) -> Ended
    where
        F: Future<Output = std::thread::Result<Result<(), Failed>>>,
    {
        let (clock, limit) = (world.clock(), self.limit());
        let last_step = Cell::new(Duration::ZERO);
        let watched = Watched { workload, clock: &*clock, limit, last: &last_step };
        match tokio::time::timeout(limit, watched).await {
            Ok(Ok(Ok(()))) => Ended::Ok,
            Ok(Ok(Err(failed))) => Ended::Failed(failed),
            Ok(Err(payload)) => Ended::Panicked(panics::message(&*payload)),
            Err(_) => Ended::Hung(Box::new(Stall::of(world, Phase::Workload, last_step.get()))),
        }
    }

    async fn settle(&self, world: &World) -> Option<Stall> {
        let done = world.clock().elapsed();
        let settled = tokio::time::timeout(self.app.limit(), world.settle()).await;
        settled.is_err().then(|| Stall::of(world, Phase::Settling, done))
    }

    async fn broken_invariants(&self, world: &World) -> Vec<(String, String)> {
        let mut broken = Vec::new();
        for invariant in self.app.chosen_invariants(self.scenario.expect.invariants.as_deref()) {
            let judging = AssertUnwindSafe((invariant.run)(world.clone())).catch_unwind();
            let why = match tokio::time::timeout(INVARIANT_LIMIT, judging).await {
                Ok(Ok(Ok(()))) => continue,
                Ok(Ok(Err(why))) => why,
                Ok(Err(payload)) => {
                    format!("could not be judged: it panicked: {}", panics::message(&*payload))
                }
                Err(_) => "could not be judged: it waits for something".to_owned(),
            };
            broken.push((invariant.name.clone(), why));
        }
        broken
    }
}

/// What is open and stays open: background tasks may have something open at any moment, but not the
/// same thing for long.
async fn still_open(world: &World) -> Leftovers {
    let busy = |open: &Leftovers| !open.transactions.is_empty() || !open.calls.is_empty();
    let mut open = world.finish();
    let begun = world.clock().elapsed();
    let mut wait = Duration::from_millis(1);
    while busy(&open) && world.clock().elapsed() - begun < PATIENCE {
        tokio::time::sleep(wait).await;
        wait *= 4;
        open = world.finish().still_open(&open);
    }
    open
}

/// Notes when the workload was last polled: then it got something that it waited for.
struct Watched<'a, F> {
    workload: Pin<&'a mut F>,
    clock: &'a dyn Clock,
    limit: Duration,
    last: &'a Cell<Duration>,
}

impl<F: Future> Future for Watched<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let now = self.clock.elapsed();
        // At the limit it is polled because of the limit.
        if now < self.limit {
            self.last.set(now);
        }
        self.workload.as_mut().poll(cx)
    }
}
