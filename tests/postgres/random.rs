//! Generated scripts: the simulated server must answer them as the real one does. What differs is shrunk,
//! and printed as a script that can be kept.
//!
//! Without a server the simulated one is compared with itself: the same seed, the same answers.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokio::time::Instant;

use crate::compare::{difference_of, differences_of};
use crate::gaps::Gaps;
use crate::real::Cluster;
use crate::run::{Answers, Busy};
use crate::script::{Action, Script};
use crate::{SIMULATED, ask_real, ask_simulated};

mod expressions;
mod queries;
mod schedules;

/// Environment variables: how many scripts, along which path, and whether with SERIALIZABLE. (There, a small
/// table's index pages make the real server abort more than the rules ask for.)
const CASES: &str = "STUNTDOUBLE_RANDOM_CASES";
const SEED: &str = "STUNTDOUBLE_RANDOM_SEED";
const SERIALIZABLE: &str = "STUNTDOUBLE_RANDOM_SERIALIZABLE";

/// The name of generated scripts.
pub(crate) const SCRIPT: &str = "random";

/// The name of scripts whose transactions are all SERIALIZABLE.
pub(crate) const SERIALIZABLE_SCRIPT: &str = "serializable";

/// By default a test ends after this time, or after this many scripts (or expressions).
const BUDGET: Duration = Duration::from_secs(20);
const DEFAULT_CASES: u32 = 2_000;

/// Against itself.
const DEFAULT_CASES_ALONE: u32 = 200;

/// A difference counts if the real server answers the same this often.
const REPEATS: usize = 3;

/// Statements in one generated script of expressions, and how many differences are shown.
const STATEMENTS: usize = 100;
const SHOWN: usize = 40;

/// The tests of generated scripts. One that is listed as a gap may fail.
pub(crate) fn trials(cluster: Option<&Arc<Cluster>>, gaps: &Gaps) -> Vec<Trial> {
    let tests: [(&str, Test); 5] = [
        ("random::schedules", schedules),
        ("random::wide_schedules", |cluster| all(SCRIPT, &schedules::wide(), cluster)),
        ("random::serializable", |cluster| {
            all(SERIALIZABLE_SCRIPT, &schedules::serializable(), cluster)
        }),
        ("random::expressions", |cluster| statements(&expressions::strategy(), cluster)),
        ("random::queries", |cluster| statements(&queries::strategy(), cluster)),
    ];
    let trial = |(name, test): (&str, Test)| {
        let cluster = cluster.map(Arc::clone);
        // Asked for by a number of cases, it shows what it finds all the same.
        let may_fail =
            cluster.is_some() && gaps.contains_key(name) && std::env::var_os(CASES).is_none();
        Trial::test(name, move || {
            test(cluster.as_deref()).or_else(|failed| if may_fail { Ok(()) } else { Err(failed) })
        })
    };
    tests.into_iter().map(trial).collect()
}

type Test = fn(Option<&Cluster>) -> Result<(), Failed>;

/// How much to try, and along which path.
struct Effort {
    cases: u32,
    /// `None`: no limit.
    budget: Option<Duration>,
    runner: TestRunner,
}

impl Effort {
    fn read(cluster: Option<&Cluster>) -> Result<Effort, String> {
        let number = |name: &str| match std::env::var(name) {
            Ok(text) => text.parse::<u32>().map(Some).map_err(|error| format!("{name}: {error}")),
            Err(_) => Ok(None),
        };
        let (cases, seed) = (number(CASES)?, number(SEED)?.unwrap_or(0));
        let config = Config {
            cases: cases.unwrap_or(if cluster.is_some() {
                DEFAULT_CASES
            } else {
                DEFAULT_CASES_ALONE
            }),
            failure_persistence: None,
            max_shrink_time: 30_000,
            max_shrink_iters: 2_000,
            ..Config::default()
        };
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_le_bytes());
        Ok(Effort {
            cases: config.cases,
            budget: cases.is_none().then_some(BUDGET),
            runner: TestRunner::new_with_rng(
                config,
                TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
            ),
        })
    }
}

/// The first difference, shrunk.
fn schedules(cluster: Option<&Cluster>) -> Result<(), Failed> {
    let strategy =
        schedules::strategy(std::env::var_os(SERIALIZABLE).is_some_and(|value| value == "1"));
    let mut effort = Effort::read(cluster)?;
    let (start, found) = (Instant::now(), Cell::new(false));
    let result = effort.runner.run(&strategy, |actions| {
        if !found.get() && effort.budget.is_some_and(|budget| start.elapsed() > budget) {
            return Ok(());
        }
        let checked = Script::of(SCRIPT, &actions).and_then(|script| check(&script, cluster));
        found.set(found.get() || checked.is_err());
        checked.map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => {
            Err(reason.message().to_owned().into())
        }
    }
}

/// How many schedules are answered differently, and the shortest.
fn all(
    name: &str,
    strategy: &BoxedStrategy<Vec<Action>>,
    cluster: Option<&Cluster>,
) -> Result<(), Failed> {
    let mut effort = Effort::read(cluster)?;
    let start = Instant::now();
    let (mut compared, mut found) = (0, Vec::new());
    for _ in 0..effort.cases {
        if effort.budget.is_some_and(|budget| start.elapsed() > budget) {
            break;
        }
        let tree =
            strategy.new_tree(&mut effort.runner).map_err(|reason| reason.message().to_owned())?;
        compared += 1;
        let script = Script::of(name, &tree.current())?;
        if let Err(what) = check(&script, cluster) {
            found.push(what);
        }
    }
    found.sort_by_key(String::len);
    let Some(shortest) = found.first() else { return Ok(()) };
    let mut text = format!("{} of {compared} schedules were answered differently.\n", found.len());
    for what in &found {
        let _ = writeln!(text, "{}", what.lines().next().unwrap_or_default());
    }
    let _ = writeln!(text, "\nThe shortest:\n\n{shortest}");
    if let Some(path) = std::env::var_os("STUNTDOUBLE_RANDOM_FOUND") {
        std::fs::write(path, found.join("\n=====\n"))?;
    }
    Err(text.into())
}

/// All differences, the shortest statements first: these need no shrinking.
fn statements(
    strategy: &BoxedStrategy<Vec<Action>>,
    cluster: Option<&Cluster>,
) -> Result<(), Failed> {
    let mut effort = Effort::read(cluster)?;
    let start = Instant::now();
    let (mut found, mut compared, mut different) = (BTreeMap::<String, String>::new(), 0, 0);
    for _ in 0..effort.cases.div_ceil(STATEMENTS as u32) {
        if effort.budget.is_some_and(|budget| start.elapsed() > budget) {
            break;
        }
        let tree =
            strategy.new_tree(&mut effort.runner).map_err(|reason| reason.message().to_owned())?;
        let script = Script::of(SCRIPT, &tree.current())?;
        let expected = match cluster {
            Some(cluster) => ask_real(cluster, &script, Busy::Skip)?,
            None => ask_simulated(0, &script, Busy::Skip)?,
        };
        let got = ask_simulated(0, &script, Busy::Skip)?;
        compared += script.steps().len();
        for difference in differences_of(&script, SIMULATED, &expected, &got) {
            different += 1;
            let shortest = found
                .entry(kind(&difference.summary))
                .or_insert_with(|| difference.summary.clone());
            if difference.summary.len() < shortest.len() {
                *shortest = difference.summary;
            }
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut shortest: Vec<&String> = found.values().collect();
    // A panic first.
    shortest.sort_by_key(|summary| (!summary.contains("`ERROR PANIC"), summary.len()));
    let mut text = format!(
        "{different} of {compared} statements were answered differently; the shortest:\n\n"
    );
    for summary in shortest.into_iter().take(SHOWN) {
        let _ = writeln!(text, "{summary}");
    }
    Err(text.into())
}

/// What is the same for differences that are likely to be one: the error without its values, or the statement
/// without its constants.
fn kind(summary: &str) -> String {
    let error = |side: &str| summary.split_once(&format!("{side} `ERROR")).map(|(_, error)| error);
    let telling = error("expected").or(error("got")).unwrap_or(summary);
    let mut quoted = false;
    let mut kind = String::new();
    for c in telling.chars() {
        quoted ^= c == '\'' || c == '"';
        if !quoted && !c.is_ascii_digit() && !"()-.'\" ".contains(c) {
            kind.push(c);
        }
    }
    kind.replace("FROMSELECT*FROMeLIMITe", "FROMe").replace("NULL::", "")
}

fn check(script: &Script, cluster: Option<&Cluster>) -> Result<(), String> {
    let simulated = ask_simulated(0, script, Busy::Skip)?;
    let Some(cluster) = cluster else {
        let again = ask_simulated(0, script, Busy::Skip)?;
        return complain(script, "The simulated PostgreSQL, asked again,", &simulated, &again);
    };
    let mut real = ask_real(cluster, script, Busy::Skip)?;
    let steady =
        real.iter().position(|answer| released(answer.as_deref()) > 1).unwrap_or(real.len());
    real.truncate(steady);
    let mut simulated = simulated;
    simulated.truncate(steady);
    let Some(difference) = difference_of(script, SIMULATED, &real, &simulated) else {
        return Ok(());
    };
    let went_on = |answers: &Answers| {
        answers.get(difference.at).and_then(Option::as_deref).map_or_else(BTreeSet::new, sessions)
    };
    let (first, other) = (went_on(&real), went_on(&simulated));
    if first != other && !first.is_empty() && !other.is_empty() {
        return Ok(());
    }
    let Err(what) = complain(script, SIMULATED, &real, &simulated) else { return Ok(()) };
    for _ in 1..REPEATS {
        if ask_real(cluster, script, Busy::Skip)?[..steady] != real {
            return Ok(());
        }
    }
    Err(what)
}

/// How many sessions went on from a wait. If there are several, which of them goes first is a race in the
/// real server: from there on its answers are nothing to compare with. (Nor are they if another one goes on
/// than here.)
fn released(answer: Option<&[String]>) -> usize {
    sessions(answer.unwrap_or_default()).len()
}

fn sessions(answer: &[String]) -> BTreeSet<usize> {
    let session = |line: &String| {
        let (name, _) = line.split_once(": ")?;
        schedules::SESSIONS.iter().position(|session| *session == name)
    };
    answer.iter().filter_map(session).collect()
}

fn complain(script: &Script, who: &str, expected: &Answers, got: &Answers) -> Result<(), String> {
    let Some(difference) = difference_of(script, who, expected, got) else { return Ok(()) };
    let until: Answers = expected.iter().take(difference.at + 1).cloned().collect();
    Err(format!(
        "{}\nAs a script to keep under tests/postgres/scripts/:\n\n-- Found by comparison with the real server.\n\n{}",
        difference.text,
        script.with_answers(&until)
    ))
}
