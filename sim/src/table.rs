//! The table of scenarios, and the line under it: the first thing that a newcomer sees.

use std::time::Duration;

use crate::report::Report;
use crate::style::Style;
use crate::words::{count, span, thousands};

/// Lays out rows for scenarios whose names are known beforehand.
pub(crate) struct Table {
    style: Style,
    name_width: usize,
}

/// The longest name that does not push the columns out of 80.
const NAME: usize = 30;

impl Table {
    pub(crate) fn new<'a>(names: impl Iterator<Item = &'a str>, style: Style) -> Table {
        let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
        Table { style, name_width: longest.clamp("scenario".len(), NAME) }
    }

    /// The names of the columns.
    pub(crate) fn head(&self) -> String {
        let line = self.columns("  ", "scenario", ["ok", "failed", "virtual", "faults", "sims/s"]);
        self.style.dim(&line)
    }

    /// The row of a scenario that took so long in real time.
    pub(crate) fn row(&self, report: &Report, real: Duration) -> String {
        let failed = report.failures().len() as u64;
        let rate = report.runs() as f64 / real.as_secs_f64().max(1e-9);
        let columns = [
            thousands(report.runs() - failed),
            thousands(failed),
            span(rounded(report.virtual_time())),
            thousands(report.faults()),
            thousands(rate as u64),
        ];
        let columns = columns.each_ref().map(String::as_str);
        let sign = if report.passed() { "✓ " } else { "✗ " };
        let line = self.columns(sign, report.name(), columns);
        if report.passed() {
            line.replacen('✓', &self.style.good("✓"), 1)
        } else {
            self.style.bad(&line)
        }
    }

    fn columns(&self, sign: &str, name: &str, columns: [&str; 5]) -> String {
        let [ok, failed, virtual_time, faults, rate] = columns;
        let width = self.name_width;
        format!("{sign}{name:<width$} {ok:>7} {failed:>7} {virtual_time:>10} {faults:>8} {rate:>9}")
    }
}

/// Milliseconds say nothing of a sum over many runs.
fn rounded(span: Duration) -> Duration {
    match span.as_secs() {
        0 => span,
        1..10 => Duration::from_millis(span.as_millis() as u64 / 100 * 100),
        seconds => Duration::from_secs(seconds),
    }
}

/// The last line: `6 passed, 0 failed`.
pub(crate) fn verdict(reports: &[Report], style: Style) -> String {
    let passed = reports.iter().filter(|report| report.passed()).count();
    let failed = reports.len() - passed;
    let line = format!("{passed} passed, {failed} failed");
    if failed > 0 { style.bad(&line) } else { style.good(&line) }
}

/// The scenarios that failed, a line each; nothing if none did.
pub(crate) fn failed(reports: &[Report], style: Style) -> String {
    if reports.iter().all(Report::passed) {
        return String::new();
    }
    let line = |report: &Report| {
        let seeds = match report.failures() {
            [] => format!("all {} seeds together", report.runs()),
            [one] => format!("seed {}", one.seed),
            [first, others @ ..] => {
                format!("seed {} and {}", first.seed, count(others.len() as u64, "other", "others"))
            }
        };
        format!("  {} ({seeds})\n", report.name())
    };
    let lines = reports.iter().filter(|report| !report.passed()).map(line);
    format!("{}\n{}\n", style.bold("failed:"), lines.collect::<String>())
}
