//! A scenario over its seeds: made, judged, and put into a [`Report`].

use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stuntdouble::scenario::Scenario;

use crate::app::App;
use crate::judge::{Reason, ReasonKind};
use crate::place;
use crate::report::{Report, Seeds};
use crate::runner::{Judged, Mode, run_seeds};
use crate::snapshot;

/// Runs a scenario with each of these seeds, as many at a time as there are cores.
///
/// For tests that want the [`Report`]; the command line and the tests of scenario files come from
/// [`main`](crate::main) and [`test_main`](crate::test_main).
///
/// ```
/// use stuntdouble::layer::fault::Rule;
/// use stuntdouble::{Cache, ErrorKind};
/// use stuntdouble_sim::{App, Scenario, World};
///
/// let app = App::new("prices").workload("look up", |world: World| async move {
///     world.platform("api").cache().get("price:tea").await.map(drop)
/// });
/// let down = Scenario::new("cache_down", "The cache is down. Prices are shown all the same.")
///     .rule(Rule::on("cache.get").fail_before(ErrorKind::Unavailable));
///
/// let report = stuntdouble_sim::run(&app, &down, 3);
/// assert!(!report.passed());
/// assert_eq!(
///     report.failures()[0].reasons[0].text().lines().next(),
///     Some("the workload failed: cache.get: the service is unavailable"),
/// );
/// ```
pub fn run(app: &App, scenario: &Scenario, seeds: impl Into<Seeds>) -> Report {
    Rehearsal::new(app, scenario).seeds(seeds.into()).run(&mut |_| ())
}

/// Runs a scenario with each of these seeds twice, and compares the two runs call by call: a seed that
/// gives two different runs fails, with the first call in which they differ.
pub fn check_determinism(app: &App, scenario: &Scenario, seeds: impl Into<Seeds>) -> Report {
    Rehearsal::new(app, scenario).seeds(seeds.into()).twice(true).run(&mut |_| ())
}

/// How many seeds are run where neither a scenario nor the caller says so.
const SEEDS: u64 = 10;

/// From where a rehearsal was started: how its runs are repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// From a test's own code.
    Code,
    /// From [`main`](crate::main).
    CommandLine,
    /// From [`test_main`](crate::test_main).
    Tests,
}

pub(crate) struct Rehearsal {
    app: Arc<App>,
    scenario: Arc<Scenario>,
    seeds: Range<u64>,
    mode: Mode,
    fail_fast: bool,
    entry: Entry,
    file: Option<PathBuf>,
}

impl Rehearsal {
    pub(crate) fn new(app: &App, scenario: &Scenario) -> Rehearsal {
        let path = Path::new(scenario.path());
        Rehearsal {
            app: Arc::new(app.clone()),
            scenario: Arc::new(scenario.clone()),
            seeds: scenario.seeds.clone().unwrap_or(0..SEEDS),
            mode: Mode { jobs: cores(), twice: false, keep: None },
            fail_fast: false,
            entry: Entry::Code,
            file: path.is_file().then(|| path.to_owned()),
        }
    }

    /// The scenario's file, where its path is only a label.
    pub(crate) fn file(mut self, file: &Path) -> Rehearsal {
        self.file = Some(file.to_owned());
        self
    }

    pub(crate) fn seeds(mut self, seeds: Seeds) -> Rehearsal {
        self.seeds = seeds.0;
        self
    }

    pub(crate) fn jobs(mut self, jobs: usize) -> Rehearsal {
        self.mode.jobs = jobs;
        self
    }

    pub(crate) fn twice(mut self, twice: bool) -> Rehearsal {
        self.mode.twice = twice;
        self
    }

    pub(crate) fn fail_fast(mut self, fail_fast: bool) -> Rehearsal {
        self.fail_fast = fail_fast;
        self
    }

    pub(crate) fn entry(mut self, entry: Entry) -> Rehearsal {
        self.entry = entry;
        self
    }

    pub(crate) fn number_of_seeds(&self) -> u64 {
        self.seeds.end - self.seeds.start
    }

    /// Makes the runs. `progress` sees the report after each of them.
    pub(crate) fn run(mut self, progress: &mut dyn FnMut(&Report)) -> Report {
        let first = self.first_seed();
        self.mode.keep = self.scenario.expect.snapshot.then_some(first);
        let mut report = Report::new(&self.scenario);
        let mut all = true;
        run_seeds(&self.app, &self.scenario, self.seeds.clone(), self.mode, |mut judged| {
            self.check_snapshot(&mut judged);
            let (seed, failed) = (judged.seed, !judged.reasons.is_empty());
            report.add(judged, || self.replay(seed));
            progress(&report);
            if failed && self.fail_fast {
                all = false;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if all {
            report.close();
        }
        report
    }

    /// Makes one run, and keeps its trace even if all is well.
    pub(crate) fn replay_one(mut self, seed: u64) -> Option<Judged> {
        self.mode.keep = Some(seed);
        let mut found = None;
        run_seeds(
            &self.app,
            &self.scenario,
            seed..seed.saturating_add(1),
            self.mode,
            |mut judged| {
                self.check_snapshot(&mut judged);
                found = Some(judged);
                ControlFlow::Break(())
            },
        );
        found
    }

    /// The seed whose trace is kept: the first that the scenario itself names, whatever is run.
    fn first_seed(&self) -> u64 {
        self.scenario.seeds.as_ref().map_or(0, |seeds| seeds.start)
    }

    fn check_snapshot(&self, judged: &mut Judged) {
        let wanted = self.scenario.expect.snapshot && judged.seed == self.first_seed();
        // A run that went wrong would only teach the snapshot what is wrong.
        if !wanted || !judged.reasons.is_empty() {
            return;
        }
        let Some(trace) = &judged.trace else { return };
        judged.reasons.extend(match &self.file {
            Some(file) => snapshot::check(trace, file, self.scenario.path()),
            None => Some(Reason::new(
                ReasonKind::Snapshot,
                "a snapshot is kept beside the scenario's file, and this scenario has none",
            )),
        });
    }

    /// The command that repeats the run of a seed.
    fn replay(&self, seed: u64) -> String {
        let (path, name) = (self.scenario.path(), self.scenario.name());
        let command = match (self.app.own_replay_command(), self.entry) {
            (Some(command), _) => Some(command.to_owned()),
            (None, Entry::CommandLine) => Some(place::command_of_this_program()),
            (None, _) => None,
        };
        match (command, self.entry) {
            (Some(command), _) if self.file.is_some() => {
                format!("{command} replay {path} --seed {seed}")
            }
            (_, Entry::Tests) => {
                let package = std::env::var("CARGO_PKG_NAME");
                let package = package.map(|name| format!(" -p {name}")).unwrap_or_default();
                let target = place::test_target().unwrap_or_else(|| "scenarios".to_owned());
                format!("{SEED}={seed} cargo test{package} --test {target} -- {name}")
            }
            _ => format!("stuntdouble_sim::run(&app, &scenario, {seed}..{})", seed + 1),
        }
    }
}

/// The environment's variable that has the tests of scenario files run one seed only.
pub(crate) const SEED: &str = "STUNTDOUBLE_SEED";

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}
