//! Golden scripts for the simulated PostgreSQL, and the real one beside it.
//!
//! Each file under `scripts/<topic>/` is a test `topic::file`: the simulated server must answer as the file
//! says. With `STUNTDOUBLE_TEST_POSTGRES="host=127.0.0.1 user=postgres"` there is a second one for each,
//! `real::topic::file`: the real server must still answer so.
//!
//! ```sh
//! # Write a script's answers (or all of them) from the real server:
//! STUNTDOUBLE_RECORD=1 STUNTDOUBLE_TEST_POSTGRES=… cargo test --test postgres -- locks::
//! ```
//!
//! The form of a script is told in `script.rs`.

mod answer;
mod compare;
mod gaps;
mod real;
mod run;
mod script;
mod tap;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::{Builder, Runtime};

use run::{Answers, Busy};
use script::Script;

/// Set to 1: write the answers of the real server into the scripts.
const RECORD: &str = "STUNTDOUBLE_RECORD";

/// How often the real server is asked again when it answers differently: on a busy machine a timeout can
/// fire between two steps.
const RETRIES: usize = 2;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    match trials(&mut arguments) {
        Ok((trials, cluster)) => {
            let conclusion = libtest_mimic::run(&arguments, trials);
            let cleaned = cluster.map_or(Ok(()), |cluster| runtime().and_then(|rt| rt.block_on(cluster.clean_up())));
            if let Err(what) = cleaned {
                eprintln!("{what}");
            }
            conclusion.exit_code()
        }
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres")
}

fn runtime() -> Result<Runtime, String> {
    Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())
}

type Cluster = Option<Arc<real::Cluster>>;

fn trials(arguments: &mut Arguments) -> Result<(Vec<Trial>, Cluster), String> {
    let scripts = Script::all(&here().join("scripts"))?;
    let server = std::env::var(real::SERVER).ok().filter(|server| !server.is_empty());
    let cluster = server.map(|server| real::Cluster::new(&server)).transpose()?.map(Arc::new);
    let record = std::env::var_os(RECORD).is_some_and(|value| value == "1");
    if record && cluster.is_none() {
        return Err(format!("{RECORD} needs a server to record from: set {}", real::SERVER));
    }
    let mut trials = Vec::new();
    if let Some(cluster) = &cluster {
        // The scripts mostly sleep or wait for the server.
        arguments.test_threads = Some(arguments.test_threads.unwrap_or(real::DATABASES).min(real::DATABASES));
        for script in &scripts {
            let (script, cluster) = (script.clone(), Arc::clone(cluster));
            let name = script.name.clone();
            trials.push(if record {
                Trial::test(name, move || recorded(&cluster, &script))
            } else {
                Trial::test(format!("real::{name}"), move || check_real(&cluster, &script))
            });
        }
    }
    Ok((trials, cluster))
}

/// What the real server answers.
fn ask_real(cluster: &real::Cluster, script: &Script, busy: Busy) -> Result<Answers, String> {
    runtime()?.block_on(async {
        let mut database = cluster.database().await?;
        run::run(&mut database, script, busy).await
    })
}

fn recorded(cluster: &real::Cluster, script: &Script) -> Result<(), Failed> {
    let answers = ask_real(cluster, script, Busy::Refuse)?;
    std::fs::write(&script.path, script.with_answers(&answers))?;
    Ok(())
}

fn check_real(cluster: &real::Cluster, script: &Script) -> Result<(), Failed> {
    let mut attempts = 0;
    loop {
        let answers = ask_real(cluster, script, Busy::Refuse)?;
        match compare::difference(script, "PostgreSQL", &answers, true) {
            Some(_) if attempts < RETRIES => attempts += 1,
            Some(difference) => return Err(difference.text.into()),
            None => return Ok(()),
        }
    }
}
