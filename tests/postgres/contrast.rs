//! Scripts from anywhere, without answers: both servers are asked, and every difference is listed.
//!
//! To see how much of one's own SQL the simulated server answers as the real one does.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};

use crate::compare::{Difference, differences_of};
use crate::real::Cluster;
use crate::run::{Answers, Busy};
use crate::script::Script;
use crate::{SIMULATED, ask_real, ask_simulated, report};

/// Names the folder of scripts: `<folder>/<topic>/<name>.sql`, in the form that `script.rs` tells. What
/// stands beneath a step is not read.
pub(crate) const CONTRAST: &str = "STUNTDOUBLE_CONTRAST";

/// Counts of a script's steps, and its differences.
#[derive(Default)]
struct Contrast {
    same: usize,
    refused: usize,
    different: Vec<String>,
}

type Contrasts = Arc<Mutex<BTreeMap<String, Contrast>>>;

fn lock(found: &Contrasts) -> MutexGuard<'_, BTreeMap<String, Contrast>> {
    found.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Compares all scripts under `folder`. Fails if there is a difference.
pub(crate) fn run(
    folder: &Path,
    arguments: &mut Arguments,
    cluster: Option<&Arc<Cluster>>,
) -> Result<(libtest_mimic::Conclusion, String), String> {
    let cluster = cluster.ok_or_else(|| format!("{CONTRAST} needs a real server to ask"))?;
    let found = Contrasts::default();
    let trial = |script: Script| {
        let (cluster, found) = (Arc::clone(cluster), Arc::clone(&found));
        Trial::test(script.name.clone(), move || contrast(&script, &cluster, &found))
    };
    let trials = Script::all(folder)?.into_iter().map(trial).collect();
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(2).min(2));
    let conclusion = libtest_mimic::run(arguments, trials);
    let text = text(&lock(&found));
    Ok((conclusion, text))
}

fn contrast(script: &Script, cluster: &Cluster, found: &Contrasts) -> Result<(), Failed> {
    let asked = ask_real(cluster, script, Busy::Skip)
        .and_then(|expected| Ok((expected, ask_simulated(0, script, Busy::Skip)?)));
    let (expected, got) = match asked {
        Ok(asked) => asked,
        Err(what) => {
            // The report tells of every script.
            let broken = Contrast { different: vec![what.clone()], ..Contrast::default() };
            lock(found).insert(script.name.clone(), broken);
            return Err(what.into());
        }
    };
    let differences = differences_of(script, SIMULATED, &expected, &got);
    let contrast = count(&got, &differences);
    let told = format!(
        "{} steps answered otherwise, {} with 0A000, {} alike",
        contrast.different.len() - contrast.refused,
        contrast.refused,
        contrast.same
    );
    let alike = contrast.different.is_empty();
    lock(found).insert(script.name.clone(), contrast);
    match differences.into_iter().next() {
        Some(first) if !alike => Err(format!("{told}. The first:\n\n{}", first.text).into()),
        _ => Ok(()),
    }
}

fn count(got: &Answers, differences: &[Difference]) -> Contrast {
    let taken = got.iter().filter(|answer| answer.is_some()).count();
    Contrast {
        same: taken.saturating_sub(differences.len()),
        refused: differences.iter().filter(|one| one.brief.starts_with("0A000")).count(),
        different: differences.iter().map(|one| one.summary.clone()).collect(),
    }
}

fn text(found: &BTreeMap<String, Contrast>) -> String {
    let mut text = String::new();
    let (mut same, mut refused, mut different) = (0, 0, 0);
    for (name, contrast) in found {
        let wrong = contrast.different.len() - contrast.refused;
        same += contrast.same;
        refused += contrast.refused;
        different += wrong;
        let counts =
            format!("{} alike, {} with 0A000, {wrong} otherwise", contrast.same, contrast.refused);
        let _ = writeln!(text, "\n## {name}: {counts}\n");
        for summary in &contrast.different {
            let _ = writeln!(text, "- {summary}");
        }
    }
    format!("# {same} steps alike, {refused} with 0A000, {different} otherwise\n{text}",)
}

/// Writes the report where it was asked for.
pub(crate) fn write(text: &str) -> Result<(), String> {
    match std::env::var_os(report::REPORT) {
        Some(path) => std::fs::write(path, text).map_err(|error| error.to_string()),
        None => Ok(()),
    }
}
