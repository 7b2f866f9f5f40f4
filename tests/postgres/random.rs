//! Generated scripts: the simulated server must answer them as the real one does. What differs is shrunk,
//! and printed as a script that can be kept.
//!
//! Without a server the simulated one is compared with itself: the same seed, the same answers.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use proptest::collection::vec;
use proptest::strategy::BoxedStrategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokio::time::Instant;

use crate::compare::difference_of;
use crate::real::Cluster;
use crate::run::{Answers, Busy};
use crate::script::{Action, Script};
use crate::{SIMULATED, ask_real, ask_simulated};

mod expressions;
mod schedules;

/// Environment variables: how many scripts, along which path, and whether with SERIALIZABLE. (There, a small
/// table's index pages make the real server abort more than the rules ask for.)
const CASES: &str = "STUNTDOUBLE_RANDOM_CASES";
const SEED: &str = "STUNTDOUBLE_RANDOM_SEED";
const SERIALIZABLE: &str = "STUNTDOUBLE_RANDOM_SERIALIZABLE";

/// By default a test ends after this time, or after this many scripts.
const BUDGET: Duration = Duration::from_secs(20);
const DEFAULT_CASES: u32 = 200;

/// A difference counts if the real server answers the same this often.
const REPEATS: usize = 3;

/// The tests of generated scripts.
pub(crate) fn trials(cluster: Option<&Arc<Cluster>>) -> Vec<Trial> {
    let kinds: [(&str, fn() -> Scripts); 2] = [("schedules", schedules), ("expressions", expressions::strategy)];
    let trial = |(name, strategy): (&str, fn() -> Scripts)| {
        let cluster = cluster.map(Arc::clone);
        Trial::test(format!("random::{name}"), move || search(&strategy(), cluster.as_deref()))
    };
    kinds.into_iter().map(trial).collect()
}

type Scripts = BoxedStrategy<Vec<Action>>;

fn schedules() -> Scripts {
    schedules::strategy(std::env::var_os(SERIALIZABLE).is_some_and(|value| value == "1"))
}

fn search(strategy: &Scripts, cluster: Option<&Cluster>) -> Result<(), Failed> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u32>());
    let cases = number(CASES).transpose().map_err(|error| format!("{CASES}: {error}"))?;
    let seed = number(SEED).transpose().map_err(|error| format!("{SEED}: {error}"))?.unwrap_or(0);
    let config = Config {
        cases: cases.unwrap_or(DEFAULT_CASES),
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let start = Instant::now();
    let found = Cell::new(false);
    let result = runner.run(strategy, |actions| {
        if cases.is_none() && !found.get() && start.elapsed() > BUDGET {
            return Ok(());
        }
        let checked = check(&Script::of("random", actions), cluster);
        found.set(found.get() || checked.is_err());
        checked.map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, _)) => Err(reason.message().to_owned().into()),
        Err(TestError::Abort(reason)) => Err(reason.message().to_owned().into()),
    }
}

fn check(script: &Script, cluster: Option<&Cluster>) -> Result<(), String> {
    let simulated = ask_simulated(0, script, Busy::Skip)?;
    let Some(cluster) = cluster else {
        let again = ask_simulated(0, script, Busy::Skip)?;
        return complain(script, "The simulated PostgreSQL, asked again,", &simulated, &again);
    };
    let real = ask_real(cluster, script, Busy::Skip)?;
    let Err(what) = complain(script, SIMULATED, &real, &simulated) else { return Ok(()) };
    // Which of several waiters goes first is a race in the real server: that is no answer to compare with.
    for _ in 1..REPEATS {
        if ask_real(cluster, script, Busy::Skip)? != real {
            return Ok(());
        }
    }
    Err(what)
}

fn complain(script: &Script, who: &str, expected: &Answers, got: &Answers) -> Result<(), String> {
    match difference_of(script, who, expected, got, false) {
        None => Ok(()),
        Some(difference) => Err(format!(
            "{}\nAs a script to keep under tests/postgres/scripts/:\n\n-- Found by comparison with the real server.\n\n{}",
            difference.text,
            script.with_answers(expected)
        )),
    }
}
