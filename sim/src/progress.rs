//! What a terminal shows while simulations run; nothing elsewhere.

use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::report::Report;
use crate::words::thousands;

/// A bar for the scenario that is running. On standard error, so that standard output can be kept.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new(scenario: &str, seeds: u64) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress { bar: None };
        }
        let bar = ProgressBar::new(seeds);
        let template = "  {prefix:<24!} {bar:20} {pos}/{len}  {rate}/s  {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─").with_key("rate", rate));
        }
        bar.set_prefix(scenario.to_owned());
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress { bar: Some(bar) }
    }

    pub(crate) fn show(&self, report: &Report) {
        let Some(bar) = &self.bar else { return };
        bar.set_position(report.runs());
        match report.failures().len() {
            0 => {}
            failed => bar.set_message(format!("{failed} failed")),
        }
    }

    pub(crate) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn rate(state: &ProgressState, out: &mut dyn Write) {
    // A bar that cannot be written is no error of the run.
    let _ = out.write_str(&thousands(state.per_sec() as u64));
}
