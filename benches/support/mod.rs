//! Compares what criterion has just measured with the goals: as ratios and differences within one run.

use std::path::PathBuf;

/// A goal about one benchmark and its peer, in the same run.
#[allow(dead_code, reason = "each bench has goals of its own kinds")]
pub(crate) enum Goal {
    /// At most so many nanoseconds more than the peer, for each of `per` calls.
    AtMostMore { ns: f64 },
    /// At most so long.
    AtMost { ns: f64 },
    /// At least so many times faster than the peer.
    TimesFaster { times: f64 },
    /// What it adds to `base` is so many times less than what the peer adds to it.
    AddsLess { base: &'static str, times: f64 },
}

/// One line of the table of goals. `per` is the number of calls that one iteration makes.
pub(crate) struct Check {
    pub(crate) what: &'static str,
    pub(crate) bench: &'static str,
    pub(crate) peer: &'static str,
    pub(crate) per: f64,
    pub(crate) goal: Goal,
}

/// Prints every goal with what was measured. Returns false if one is missed.
pub(crate) fn check(checks: &[Check]) -> bool {
    let mut all_met = true;
    println!("\n{:<58} {:>10} {:>10}  goal", "goal", "measured", "peer");
    for Check { what, bench, peer, per, goal } in checks {
        let (Some(own), Some(other)) = (median(bench), median(peer)) else {
            println!("{what:<58} not measured in this run");
            continue;
        };
        let (own, other) = (own / per, other / per);
        let (met, text) = match goal {
            Goal::AtMostMore { ns } => {
                let more = own - other;
                (more <= *ns, format!("{more:+.0} ns, at most {ns:+.0} ns"))
            }
            Goal::AtMost { ns } => (own <= *ns, format!("at most {ns} ns")),
            Goal::AddsLess { base, times } => {
                let base = median(base).unwrap_or_default() / per;
                let less = (other - base) / (own - base);
                (less >= *times, format!("{less:.1} times less, at least {times}"))
            }
            Goal::TimesFaster { times } => {
                let faster = other / own;
                (faster >= *times, format!("{faster:.1} times faster, at least {times}"))
            }
        };
        all_met &= met;
        let verdict = if met { "met" } else { "MISSED" };
        println!("{what:<58} {own:>7.0} ns {other:>7.0} ns  {verdict}: {text}");
    }
    all_met
}

/// The median that criterion has written down, in nanoseconds for each iteration.
fn median(bench: &str) -> Option<f64> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let path = target.join("criterion").join(bench).join("new/estimates.json");
    let estimates = std::fs::read_to_string(path).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&estimates).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
