//! Simulations one after the other, each on a thread of its own: as many lanes as run at a time.
//!
//! A lane is a chain of threads. Each simulates one seed, judges it, starts the thread of the next seed, and
//! ends: nobody has to be woken in between, which would take longer than many a simulation does.

use std::ops::{ControlFlow, Range};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use stuntdouble::scenario::Scenario;
use stuntdouble::trace::Trace;
use stuntdouble::{Clock, SystemClock};

use crate::app::App;
use crate::runner::{Judged, Mode, judged, no_sign_of_life, stuck};
use crate::simulation::{Evidence, Plan, simulate};

/// A thread without a sign of life for so long (in real time, and twice) is stuck in a loop that calls
/// nothing and never awaits: nothing in the process can end it.
const NO_SIGN_OF_LIFE: Duration = Duration::from_secs(30);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What all lanes share.
pub(crate) struct Course {
    app: Arc<App>,
    scenario: Arc<Scenario>,
    mode: Mode,
    seeds: Range<u64>,
    next: AtomicU64,
    stop: AtomicBool,
    patience: Duration,
    clock: SystemClock,
    done: SyncSender<Vec<Judged>>,
    arrived: Mutex<Receiver<Vec<Judged>>>,
    lanes: Vec<Mutex<Lane>>,
}

/// What a lane runs now, and what it has yet to hand over: to wake the thread that reports for each run would
/// cost more than many a simulation does.
#[derive(Default)]
struct Lane {
    seed: u64,
    begun: Arc<OnceLock<Trace>>,
    /// Counts up with every seed, and when the lane's thread is given up, which has no say any more.
    turn: u64,
    running: bool,
    /// The turn, and how many calls it had made, when it was last looked at.
    seen: Option<(u64, Option<usize>)>,
    runs: Vec<Judged>,
    sent: Duration,
}

/// The longest that a run waits to be reported, in real time.
const BATCH_TIME: Duration = Duration::from_millis(50);
const BATCH_SIZE: usize = 32;

/// How often a rehearsal that was broken off looks whether its lanes have ended.
const GLANCE: Duration = Duration::from_millis(2);

impl Course {
    pub(crate) fn new(
        app: &Arc<App>,
        scenario: &Arc<Scenario>,
        seeds: Range<u64>,
        mode: Mode,
    ) -> Course {
        let number = seeds.end.saturating_sub(seeds.start);
        let lanes = mode.jobs.clamp(1, usize::try_from(number).unwrap_or(usize::MAX).max(1));
        let (done, arrived) = mpsc::sync_channel(lanes * 16);
        Course {
            app: app.clone(),
            scenario: scenario.clone(),
            mode,
            next: AtomicU64::new(seeds.start),
            seeds,
            stop: AtomicBool::new(false),
            patience: NO_SIGN_OF_LIFE,
            clock: SystemClock::new(),
            done,
            arrived: Mutex::new(arrived),
            lanes: (0..lanes).map(|_| Mutex::default()).collect(),
        }
    }

    /// Runs all seeds, and hands over each run as it arrives, until `each` breaks off.
    pub(crate) fn run(self, mut each: impl FnMut(Judged) -> ControlFlow<()>) {
        let course = Arc::new(self);
        for lane in 0..course.lanes.len() {
            course.clone().go_on(lane);
        }
        if course.receive(&mut each).is_break() {
            course.break_off();
        }
    }

    fn receive(
        self: &Arc<Course>,
        each: &mut impl FnMut(Judged) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let arrived = lock(&self.arrived);
        let mut left = self.seeds.end.saturating_sub(self.seeds.start);
        let mut looked = self.clock.elapsed();
        while left > 0 {
            let mut runs = arrived.recv_timeout(self.patience).unwrap_or_default();
            if self.clock.elapsed() - looked >= self.patience {
                looked = self.clock.elapsed();
                runs.extend((0..self.lanes.len()).flat_map(|lane| self.look_for_life(lane)));
            }
            for judged in runs {
                left -= 1;
                each(judged)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Waits for the runs that go on, so that none of them meets what the caller does next.
    fn break_off(&self) {
        self.stop.store(true, Ordering::Relaxed);
        let arrived = lock(&self.arrived);
        let begun = self.clock.elapsed();
        while self.lanes.iter().any(|lane| lock(lane).running)
            && self.clock.elapsed() - begun < self.patience
        {
            let _ = arrived.recv_timeout(GLANCE);
        }
    }

    /// What a lane had to hand over if it is stuck; it goes on without the thread that is.
    fn look_for_life(self: &Arc<Course>, number: usize) -> Vec<Judged> {
        let mut lane = lock(&self.lanes[number]);
        if !lane.running {
            return Vec::new();
        }
        let calls = lane.begun.get().map(Trace::len);
        let now = Some((lane.turn, calls));
        if lane.seen != now {
            lane.seen = now;
            return Vec::new();
        }
        lane.turn += 1;
        let (seed, why) = (lane.seed, no_sign_of_life(calls, self.patience));
        let mut runs = std::mem::take(&mut lane.runs);
        runs.push(stuck(seed, &lane.begun, why));
        drop(lane);
        self.clone().go_on(number);
        runs
    }

    /// Starts the lane's next seed, if there is one.
    fn go_on(self: Arc<Course>, number: usize) {
        loop {
            let seed = self.next.fetch_add(1, Ordering::Relaxed);
            if seed >= self.seeds.end || self.stop.load(Ordering::Relaxed) {
                let mut lane = lock(&self.lanes[number]);
                lane.running = false;
                let runs = std::mem::take(&mut lane.runs);
                drop(lane);
                if !runs.is_empty() {
                    let _ = self.done.send(runs);
                }
                return;
            }
            let begun = Arc::new(OnceLock::new());
            let turn = {
                let mut lane = lock(&self.lanes[number]);
                (lane.seed, lane.begun, lane.running) = (seed, begun.clone(), true);
                lane.turn += 1;
                lane.turn
            };
            let link = Link { course: self.clone(), number, turn, seed, begun, first: None };
            let Err(error) = link.start() else { return };
            let why = format!("no thread for the simulation: {error}");
            if !self.deliver(number, turn, stuck(seed, &OnceLock::new(), why)) {
                return;
            }
        }
    }

    /// False if the lane's thread was given up, or if nobody listens any more.
    fn deliver(&self, number: usize, turn: u64, judged: Judged) -> bool {
        let mut lane = lock(&self.lanes[number]);
        if lane.turn != turn {
            return false;
        }
        lane.runs.push(judged);
        let now = self.clock.elapsed();
        if lane.runs.len() < BATCH_SIZE && now - lane.sent < BATCH_TIME {
            return true;
        }
        lane.sent = now;
        let runs = std::mem::take(&mut lane.runs);
        drop(lane);
        self.done.send(runs).is_ok()
    }
}

/// One thread of a lane: one simulation, and then the next link.
struct Link {
    course: Arc<Course>,
    number: usize,
    turn: u64,
    seed: u64,
    begun: Arc<OnceLock<Trace>>,
    /// What came of the seed's first run, where it is run twice.
    first: Option<Box<Evidence>>,
}

impl Link {
    fn start(self) -> std::io::Result<()> {
        let thread = thread::Builder::new().name(format!("seed {}", self.seed));
        thread.spawn(move || self.run()).map(drop)
    }

    fn run(mut self) {
        let Link { course, number, turn, seed, .. } = &self;
        let (number, turn, seed, course) = (*number, *turn, *seed, course.clone());
        let judged = match catch_unwind(AssertUnwindSafe(|| self.simulate())) {
            Ok(Some(judged)) => judged,
            // The second run is on its way.
            Ok(None) => return,
            Err(_) => {
                let why = "the simulation's thread ended without a result".to_owned();
                stuck(seed, &OnceLock::new(), why)
            }
        };
        if course.deliver(number, turn, judged) {
            course.go_on(number);
        }
    }

    /// None if another link does the rest.
    fn simulate(&mut self) -> Option<Judged> {
        let Course { app, scenario, mode, .. } = &*self.course;
        let plan = Plan { app: app.clone(), scenario: scenario.clone(), seed: self.seed };
        let evidence = simulate(&plan, &self.begun);
        match self.first.take() {
            None if mode.twice => {
                let second = Link {
                    course: self.course.clone(),
                    first: Some(Box::new(evidence)),
                    begun: Arc::new(OnceLock::new()),
                    ..*self
                };
                let error = second.start().err()?;
                let why = format!("no thread for the second simulation: {error}");
                Some(stuck(self.seed, &self.begun, why))
            }
            None => Some(judged(&plan, *mode, evidence, None)),
            Some(first) => Some(judged(&plan, *mode, *first, Some(&evidence))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::ReasonKind;

    fn course(app: App, seeds: Range<u64>) -> Course {
        let scenario = Scenario::new("healthy", "Nothing goes wrong.");
        let mode = Mode { jobs: 1, twice: false, keep: None };
        let course = Course::new(&Arc::new(app), &Arc::new(scenario), seeds, mode);
        Course { patience: Duration::from_millis(300), ..course }
    }

    #[test]
    fn a_thread_that_never_awaits_is_given_up() {
        static END: AtomicBool = AtomicBool::new(false);
        let app = App::new("busy").workload("work", |world: crate::World| async move {
            world.platform("api").cache().get("price").await?;
            while world.seed() == 1 && !END.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
            Ok::<(), stuntdouble::Error>(())
        });
        let mut runs = Vec::new();
        course(app, 0..4).run(|judged| {
            runs.push(judged);
            ControlFlow::Continue(())
        });
        END.store(true, Ordering::Relaxed);
        runs.sort_by_key(|run| run.seed);
        let failed: Vec<_> = runs.iter().map(|run| !run.reasons.is_empty()).collect();
        assert_eq!(failed, [false, true, false, false]);
        assert_eq!(runs[1].reasons[0].kind(), ReasonKind::Hang);
        assert!(runs[1].reasons[0].text().starts_with("the application keeps its thread busy"));
    }

    #[test]
    fn nothing_runs_on_after_a_rehearsal_was_broken_off() {
        static RUNNING: AtomicU64 = AtomicU64::new(0);
        let app = App::new("slow").workload("work", |_world: crate::World| async move {
            RUNNING.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(1)).await;
            RUNNING.fetch_sub(1, Ordering::SeqCst);
            Ok::<(), stuntdouble::Error>(())
        });
        course(app, 0..1_000_000).run(|_| ControlFlow::Break(()));
        assert_eq!(RUNNING.load(Ordering::SeqCst), 0);
    }
}
