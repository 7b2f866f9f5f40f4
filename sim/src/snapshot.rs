//! The trace of a scenario's first seed, kept beside the scenario as a text to review.
//!
//! `lost_commit.toml` has its trace in `lost_commit.trace`. It is a plain file, so that it is read and
//! reviewed beside the scenario, by people who do not know Rust as well. It is written anew with
//! `STUNTDOUBLE_BLESS=1` in the environment (or insta's `INSTA_UPDATE=always`), never by itself.

use std::path::{Path, PathBuf};

use similar::TextDiff;
use stuntdouble::trace::Trace;

use crate::judge::{Reason, ReasonKind};

/// The file in which the trace of that scenario is kept.
pub(crate) fn beside(scenario: &Path) -> PathBuf {
    scenario.with_extension("trace")
}

/// Compares the trace with the one that is kept, or writes it. `label` is the file as texts name it.
pub(crate) fn check(trace: &Trace, scenario: &Path, label: &str) -> Option<Reason> {
    let file = beside(scenario);
    let label = beside(Path::new(label)).display().to_string();
    let text = format!("{}\n", trace.render().trim_end());
    if blessed() {
        let written = std::fs::write(&file, &text);
        return written.err().map(|error| wrong(format!("cannot write {label}: {error}")));
    }
    match std::fs::read_to_string(&file) {
        Ok(kept) if kept.replace("\r\n", "\n") == text => None,
        Ok(kept) => Some(wrong(format!(
            "the trace is not the one in {label}\n{}{HOW_TO_UPDATE}",
            difference(&kept, &text)
        ))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Some(wrong(format!("there is no {label} yet\n{HOW_TO_WRITE}")))
        }
        Err(error) => Some(wrong(format!("cannot read {label}: {error}"))),
    }
}

const HOW_TO_UPDATE: &str = "if the new trace (+) is right, run again with STUNTDOUBLE_BLESS=1";
const HOW_TO_WRITE: &str = "run with STUNTDOUBLE_BLESS=1 to write it, and review it";

fn wrong(text: String) -> Reason {
    Reason::new(ReasonKind::Snapshot, text)
}

fn blessed() -> bool {
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|found| found == value);
    is("STUNTDOUBLE_BLESS", "1") || is("INSTA_UPDATE", "always")
}

/// At most this many lines of a difference are shown.
const SHOWN: usize = 40;

fn difference(kept: &str, text: &str) -> String {
    let diff = TextDiff::from_lines(kept, text);
    let unified = diff.unified_diff().context_radius(2).to_string();
    let lines: Vec<_> = unified.lines().collect();
    let mut shown = lines[..lines.len().min(SHOWN)].join("\n");
    if lines.len() > SHOWN {
        shown += &format!("\n… and {} more lines", lines.len() - SHOWN);
    }
    shown.push('\n');
    shown
}
