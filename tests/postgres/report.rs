//! What a whole run found: for the list of known gaps, and as a report by topic.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::compare::Difference;
use crate::gaps::Gaps;
use crate::script::Script;

/// Names the file for the report.
pub(crate) const REPORT: &str = "STUNTDOUBLE_REPORT";

/// How many differences of one script the report shows.
const SHOWN: usize = 8;

/// Differences by script; empty for a script that passed.
#[derive(Debug, Default)]
pub(crate) struct Findings(BTreeMap<String, Vec<Found>>);

#[derive(Debug)]
struct Found {
    summary: String,
    brief: String,
}

impl Findings {
    pub(crate) fn add(&mut self, script: &str, differences: &[Difference]) {
        let found = |difference: &Difference| Found {
            summary: difference.summary.clone(),
            brief: difference.brief.clone(),
        };
        self.0.insert(script.to_owned(), differences.iter().map(found).collect());
    }

    /// How many steps of a script were refused with 0A000, and how many answered otherwise.
    pub(crate) fn counts(&self, script: &str) -> (usize, usize) {
        let found = self.0.get(script).map_or(&[][..], |found| found);
        let refused = found.iter().filter(|found| found.brief.starts_with("0A000")).count();
        (refused, found.len() - refused)
    }

    /// The gaps as they are now, and those of `before` that are not about a script.
    pub(crate) fn gaps(&self, before: &Gaps) -> Gaps {
        let failed = self
            .0
            .iter()
            .filter_map(|(name, found)| Some((name.clone(), found.first()?.brief.clone())));
        let others = before.iter().filter(|(name, _)| !self.0.contains_key(*name));
        failed.chain(others.map(|(name, reason)| (name.clone(), reason.clone()))).collect()
    }

    /// Markdown: a table of topics, then each script that fails.
    pub(crate) fn report(&self, scripts: &[Script]) -> String {
        let mut topics: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (name, differences) in &self.0 {
            let counts = topics.entry(topic(name)).or_default();
            counts.0 += usize::from(differences.is_empty());
            counts.1 += 1;
        }
        let passed: usize = topics.values().map(|(passed, _)| passed).sum();
        let mut text = format!(
            "# {passed} of {} scripts pass\n\n| topic | pass | of |\n| --- | --- | --- |\n",
            self.0.len()
        );
        for (topic, (passed, all)) in &topics {
            let _ = writeln!(text, "| {topic} | {passed} | {all} |");
        }
        let mut last = "";
        for (name, differences) in self.0.iter().filter(|(_, differences)| !differences.is_empty())
        {
            if topic(name) != last {
                last = topic(name);
                let _ = writeln!(text, "\n## {last}\n");
            }
            let why = scripts
                .iter()
                .find(|script| script.name == *name)
                .and_then(Script::why)
                .unwrap_or_default();
            let _ = writeln!(text, "- **{name}** ({why})");
            for difference in differences.iter().take(SHOWN) {
                let _ = writeln!(text, "  - {}", difference.summary);
            }
            if differences.len() > SHOWN {
                let _ = writeln!(text, "  - … {} more", differences.len() - SHOWN);
            }
        }
        text
    }
}

fn topic(name: &str) -> &str {
    name.split("::").next().unwrap_or(name)
}
