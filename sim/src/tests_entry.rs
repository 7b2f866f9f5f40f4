//! [`test_main`]: each scenario file is a test of its own name.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::app::App;
use crate::files;
use crate::rehearsal::{Entry, Rehearsal, SEED};
use crate::report::Seeds;

/// Runs each scenario file of the application as a test of its own name, with the seeds that the file
/// names. It is the `main` of a test target with `harness = false`:
///
/// ```toml
/// [[test]]
/// name = "scenarios"
/// harness = false
/// ```
///
/// Works under `cargo test` and nextest, and takes libtest's arguments. With `STUNTDOUBLE_SEED=17` in
/// the environment, that seed alone is run. A file that cannot be read is a test that fails.
pub fn test_main(app: App) -> ExitCode {
    let arguments = Arguments::from_args();
    let files = match files::all(&app) {
        Ok(files) => files,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(2);
        }
    };
    let seeds = match seeds_of_environment() {
        Ok(seeds) => seeds,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(2);
        }
    };
    let trials = files.into_iter().map(|file| trial(&app, file, seeds.clone())).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn seeds_of_environment() -> Result<Option<Seeds>, String> {
    let Some(value) = std::env::var_os(SEED) else { return Ok(None) };
    let seed = value.to_str().and_then(|text| text.trim().parse::<u64>().ok());
    let seed = seed.filter(|seed| *seed < u64::MAX);
    seed.map(|seed| Some(Seeds(seed..seed + 1)))
        .ok_or_else(|| format!("{SEED} is {value:?}; it must be a number from 0"))
}

fn trial(app: &App, file: PathBuf, seeds: Option<Seeds>) -> Trial {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let app = app.clone();
    Trial::test(name, move || rehearse(&app, &file, seeds))
}

fn rehearse(app: &App, file: &Path, seeds: Option<Seeds>) -> Result<(), Failed> {
    let loaded = files::load(app, file).map_err(|diagnostics| {
        // The test's name is above it.
        Failed::from(format!("\n{diagnostics}"))
    })?;
    // The test runner itself is parallel.
    let rehearsal = Rehearsal::new(app, &loaded.scenario).file(file).entry(Entry::Tests).jobs(1);
    let rehearsal = match seeds {
        Some(seeds) => rehearsal.seeds(seeds),
        None => rehearsal,
    };
    let report = rehearsal.run(&mut |_| ());
    if report.passed() { Ok(()) } else { Err(Failed::from(format!("\n{report}"))) }
}
