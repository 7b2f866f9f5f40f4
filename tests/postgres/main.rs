//! Golden scripts for the simulated PostgreSQL, and the real one beside it.
//!
//! Each file under `scripts/<topic>/` is a test `topic::file`: the simulated server must answer as the file
//! says, but for the scripts in `known_gaps.txt`, which must fail. With
//! `STUNTDOUBLE_TEST_POSTGRES="host=127.0.0.1 user=postgres"` there is a second test for each,
//! `real::topic::file`: the real server must still answer so; and `random::…` compares the two on generated
//! scripts.
//!
//! ```sh
//! # Write a script's answers (or all of them) from the real server:
//! STUNTDOUBLE_RECORD=1 STUNTDOUBLE_TEST_POSTGRES=… cargo test --test postgres -- row_locks::
//! # Write the list of known gaps anew, and all differences into a file:
//! STUNTDOUBLE_GAPS=update STUNTDOUBLE_REPORT=differences.md cargo test --test postgres
//! # Write the page that says what is supported anew:
//! STUNTDOUBLE_SUPPORT=update cargo test --test postgres
//! # Look for differences for longer, along another path:
//! STUNTDOUBLE_RANDOM_CASES=5000 STUNTDOUBLE_RANDOM_SEED=7 cargo test --test postgres -- random::
//! # Ask both servers the scripts of any folder, which need no answers, and list what differs:
//! STUNTDOUBLE_CONTRAST=folder STUNTDOUBLE_REPORT=differences.md cargo test --test postgres
//! ```
//!
//! The form of a script is told in `script.rs`.

mod answer;
mod compare;
mod contrast;
mod fake;
mod gaps;
mod random;
mod real;
mod report;
mod run;
mod script;
mod support;
mod tap;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::{Builder, Runtime};

use compare::Difference;
use gaps::Gaps;
use report::Findings;
use run::{Answers, Busy};
use script::Script;

/// Set to 1: write the answers of the real server into the scripts.
const RECORD: &str = "STUNTDOUBLE_RECORD";

/// Set to `update`: write `known_gaps.txt` anew.
const GAPS: &str = "STUNTDOUBLE_GAPS";

/// How often the real server is asked again when it answers differently: on a busy machine a timeout can
/// fire between two steps.
const RETRIES: usize = 2;

/// The simulated server's name in messages.
pub(crate) const SIMULATED: &str = "The simulated PostgreSQL";

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let result = Suite::read().and_then(|suite| {
        if let Some(folder) = std::env::var_os(contrast::CONTRAST) {
            return suite.contrast(Path::new(&folder), &mut arguments);
        }
        let trials = suite.trials(&mut arguments);
        let conclusion = libtest_mimic::run(&arguments, trials);
        suite.finish(&arguments)?;
        Ok(conclusion.exit_code())
    });
    result.unwrap_or_else(|what| {
        eprintln!("{what}");
        ExitCode::FAILURE
    })
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres")
}

fn real_time() -> Result<Runtime, String> {
    Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())
}

fn virtual_time() -> Result<Runtime, String> {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(|error| error.to_string())
}

/// All that there is to run.
struct Suite {
    scripts: Vec<Script>,
    gaps: Arc<Gaps>,
    cluster: Option<Arc<real::Cluster>>,
    record: bool,
    update_gaps: bool,
    findings: Arc<Mutex<Findings>>,
}

impl Suite {
    fn read() -> Result<Suite, String> {
        let server = std::env::var(real::SERVER).ok().filter(|server| !server.is_empty());
        let suite = Suite {
            scripts: Script::all(&here().join("scripts"))?,
            gaps: Arc::new(gaps::read(&here().join("known_gaps.txt"))),
            cluster: server.map(|server| real::Cluster::new(&server)).transpose()?.map(Arc::new),
            record: std::env::var_os(RECORD).is_some_and(|value| value == "1"),
            update_gaps: std::env::var_os(GAPS).is_some_and(|value| value == "update"),
            findings: Arc::default(),
        };
        if suite.record && suite.cluster.is_none() {
            return Err(format!("{RECORD} needs a server to record from: set {}", real::SERVER));
        }
        let known = |name: &&String| {
            name.starts_with("random::") || suite.scripts.iter().any(|script| script.name == **name)
        };
        match suite.gaps.keys().find(|name| !known(name)) {
            Some(name) => Err(format!("known_gaps.txt lists {name}, and there is no such script")),
            None => Ok(suite),
        }
    }

    fn trials(&self, arguments: &mut Arguments) -> Vec<Trial> {
        let mut trials = Vec::new();
        for script in &self.scripts {
            if !self.record {
                let (script, gaps, findings) =
                    (script.clone(), Arc::clone(&self.gaps), Arc::clone(&self.findings));
                let update = self.update_gaps;
                trials.push(Trial::test(script.name.clone(), move || {
                    check_simulated(&script, &gaps, &findings)
                        .or_else(|failed| if update { Ok(()) } else { Err(failed) })
                }));
            }
            let Some(cluster) = &self.cluster else { continue };
            let (script, cluster) = (script.clone(), Arc::clone(cluster));
            let name = script.name.clone();
            trials.push(match self.record {
                true => Trial::test(name, move || record(&cluster, &script)),
                false => {
                    Trial::test(format!("real::{name}"), move || check_real(&cluster, &script))
                }
            });
        }
        if !self.record {
            trials.extend(random::trials(self.cluster.as_ref(), &self.gaps));
        }
        if self.cluster.is_some() {
            // The scripts mostly sleep or wait for the server.
            arguments.test_threads =
                Some(arguments.test_threads.unwrap_or(real::DATABASES).min(real::DATABASES));
        }
        trials
    }

    fn contrast(&self, folder: &Path, arguments: &mut Arguments) -> Result<ExitCode, String> {
        let (conclusion, text) = contrast::run(folder, arguments, self.cluster.as_ref())?;
        if let Some(cluster) = &self.cluster {
            real_time()?.block_on(cluster.clean_up())?;
        }
        contrast::write(&text)?;
        println!("{}", text.lines().next().unwrap_or_default());
        Ok(conclusion.exit_code())
    }

    fn finish(&self, arguments: &Arguments) -> Result<(), String> {
        if let Some(cluster) = &self.cluster {
            real_time()?.block_on(cluster.clean_up())?;
        }
        let whole = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list;
        if !whole || self.record {
            return Ok(());
        }
        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = std::env::var_os(report::REPORT) {
            std::fs::write(path, findings.report(&self.scripts))
                .map_err(|error| error.to_string())?;
        }
        if self.update_gaps {
            gaps::write(&here().join("known_gaps.txt"), &findings.gaps(&self.gaps))?;
        }
        support::check(Path::new(env!("CARGO_MANIFEST_DIR")), &self.scripts, &findings)
    }
}

/// What the real server answers.
pub(crate) fn ask_real(
    cluster: &real::Cluster,
    script: &Script,
    busy: Busy,
) -> Result<Answers, String> {
    let _turn = cluster.turn(script);
    real_time()?.block_on(async {
        let mut database = cluster.database().await?;
        // What SERIALIZABLE transactions read depends on the plan.
        let serializable = script.name == random::SERIALIZABLE_SCRIPT
            || (script.name != random::SCRIPT && script.mentions("SERIALIZABLE"));
        if busy == Busy::Skip && !serializable {
            database.scan_heaps();
        }
        run::run(&mut database, script, busy).await
    })
}

/// What the simulated server answers, in a world of that seed.
pub(crate) fn ask_simulated(seed: u64, script: &Script, busy: Busy) -> Result<Answers, String> {
    virtual_time()?
        .block_on(async { run::run(&mut fake::Simulated::new(seed), script, busy).await })
}

fn record(cluster: &real::Cluster, script: &Script) -> Result<(), Failed> {
    let answers = ask_real(cluster, script, Busy::Refuse)?;
    std::fs::write(&script.path, script.with_answers(&answers))?;
    Ok(())
}

fn check_real(cluster: &real::Cluster, script: &Script) -> Result<(), Failed> {
    let mut attempts = 0;
    loop {
        let answers = ask_real(cluster, script, Busy::Stop)?;
        match compare::difference(script, "PostgreSQL", &answers) {
            Some(_) if attempts < RETRIES => attempts += 1,
            Some(difference) => return Err(difference.text.into()),
            None => return Ok(()),
        }
    }
}

fn check_simulated(script: &Script, gaps: &Gaps, findings: &Mutex<Findings>) -> Result<(), Failed> {
    let differences = match ask_simulated(0, script, Busy::Stop) {
        Ok(answers) => compare::differences(script, SIMULATED, &answers),
        Err(what) => vec![Difference {
            at: 0,
            summary: what.clone(),
            brief: compare::shortened(&what, 160),
            text: what,
        }],
    };
    findings.lock().unwrap_or_else(PoisonError::into_inner).add(&script.name, &differences);
    match (differences.into_iter().next(), gaps.get(&script.name)) {
        (Some(difference), None) => Err(difference.text.into()),
        (None, Some(_)) => {
            let what = "This script is listed in tests/postgres/known_gaps.txt, and passes: remove it from there.";
            Err(what.into())
        }
        _ => Ok(()),
    }
}
