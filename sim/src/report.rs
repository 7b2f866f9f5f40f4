//! [`Report`]: what came of a scenario over its seeds.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::time::Duration;

use stuntdouble::layer::fault::RuleTally;
use stuntdouble::scenario::Scenario;
use stuntdouble::trace::Trace;

use crate::excerpt;
use crate::judge::{Reason, ReasonKind, Warning, unused};
use crate::runner::Judged;
use crate::style::Style;
use crate::words::{count, fit, prose, wrap};

/// What came of a scenario over its seeds. Its `Display` is what a terminal shows of it, without
/// colour: nothing if all is well, or the failures in words.
#[derive(Debug)]
pub struct Report {
    name: String,
    why: String,
    runs: u64,
    failures: Vec<Failure>,
    over_all: Vec<Reason>,
    warnings: Vec<SeenWarning>,
    virtual_time: Duration,
    calls: u64,
    faults: u64,
    tally: RuleTally,
}

/// A run that failed.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Failure {
    /// The seed that repeats it.
    pub seed: u64,
    /// What is wrong: panics first, then how the workload ended, then invariants, then the rest.
    pub reasons: Vec<Reason>,
    /// Every call of the run.
    pub trace: Trace,
    /// The command that repeats it.
    pub replay: String,
    /// The rules that fired, in words.
    pub fired: Vec<String>,
}

/// A warning, and how many runs gave it.
#[derive(Clone, Debug)]
struct SeenWarning {
    warning: Warning,
    runs: u64,
    first_seed: u64,
    last_seed: u64,
}

/// In how many ways runs fail differently before the others are only counted.
const WAYS_SHOWN: usize = 3;
/// How many warnings of a scenario are shown.
const WARNINGS_SHOWN: usize = 3;
/// How many seeds that fail in the same way are named.
const SEEDS_NAMED: usize = 10;
/// The width of the text.
const WIDTH: usize = 80;

impl Report {
    pub(crate) fn new(scenario: &Scenario) -> Report {
        Report {
            name: scenario.name().to_owned(),
            why: scenario.why.trim().to_owned(),
            runs: 0,
            failures: Vec::new(),
            over_all: Vec::new(),
            warnings: Vec::new(),
            virtual_time: Duration::ZERO,
            calls: 0,
            faults: 0,
            tally: RuleTally::new(),
        }
    }

    /// Adds a run. `replay` is the command that repeats it.
    pub(crate) fn add(&mut self, judged: Judged, replay: impl FnOnce() -> String) {
        self.runs += 1;
        self.virtual_time += judged.virtual_time;
        self.calls += judged.calls as u64;
        let mut fired = Vec::new();
        if let Some(faults) = &judged.faults {
            self.tally.add(faults);
            for rule in faults.rules().iter().filter(|rule| rule.hits() > 0) {
                self.faults += rule.hits();
                let times = count(rule.hits(), "time", "times");
                fired.push(format!("{}  {times}\n  {}", rule.origin(), rule.rule()));
            }
        }
        for warning in judged.warnings {
            self.warn(warning, judged.seed);
        }
        if !judged.reasons.is_empty() {
            self.failures.push(Failure {
                seed: judged.seed,
                reasons: judged.reasons,
                trace: judged.trace.unwrap_or_default(),
                replay: replay(),
                fired,
            });
        }
    }

    fn warn(&mut self, warning: Warning, seed: u64) {
        let same = |seen: &&mut SeenWarning| seen.warning.slug == warning.slug;
        match self.warnings.iter_mut().find(same) {
            // A run that gives it twice is one run all the same.
            Some(seen) if seen.last_seed == seed => {}
            Some(seen) => (seen.runs, seen.last_seed) = (seen.runs + 1, seed),
            None => {
                let seen = SeenWarning { warning, runs: 1, first_seed: seed, last_seed: seed };
                self.warnings.push(seen);
            }
        }
    }

    /// All runs were made: judges what only all of them together can tell.
    pub(crate) fn close(&mut self) {
        let unfired = self.tally.unfired_by_chance();
        let unused = |rule: &&stuntdouble::layer::fault::RuleReport| {
            unused(rule.origin(), &rule.to_string())
        };
        self.over_all = unfired.iter().map(unused).collect();
    }

    /// The scenario's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True if every run, and all of them together, were as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty() && self.over_all.is_empty()
    }

    /// Panics with the text of the report, unless everything was as expected.
    ///
    /// # Panics
    /// If the report is not [passed](Report::passed).
    #[track_caller]
    pub fn assert(&self) {
        assert!(self.passed(), "\n{self}");
    }

    /// How many runs were made.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// The runs that failed, in the order of their seeds.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// What is wrong with all runs together: rules with a chance that never fired in any.
    pub fn over_all(&self) -> &[Reason] {
        &self.over_all
    }

    /// What is suspicious, each thing once.
    pub fn warnings(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().map(|seen| &seen.warning)
    }

    /// How much virtual time the runs took together.
    pub fn virtual_time(&self) -> Duration {
        self.virtual_time
    }

    /// How many calls were made in all runs together.
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// How often rules fired in all runs together.
    pub fn faults(&self) -> u64 {
        self.faults
    }

    /// What a terminal shows.
    pub(crate) fn render(&self, style: Style) -> String {
        let mut text = String::new();
        for (place, way) in self.ways().into_iter().enumerate() {
            if place == WAYS_SHOWN {
                text += &format!("… and seeds that fail in other ways: {}\n\n", seeds(&way));
                break;
            }
            text += &self.way(&way, style);
        }
        if !self.over_all.is_empty() {
            text += &self.head(&format!("all {} seeds together", self.runs), style);
            text += &reasons(&self.over_all, style);
        }
        for seen in self.warnings.iter().take(WARNINGS_SHOWN) {
            text += &self.warning(seen, style);
        }
        text
    }

    /// The failures by the ways in which they fail; each way, and within it, by seed.
    fn ways(&self) -> Vec<Vec<&Failure>> {
        let mut places: BTreeMap<Vec<(ReasonKind, &str)>, usize> = BTreeMap::new();
        let mut ways: Vec<Vec<&Failure>> = Vec::new();
        for failure in &self.failures {
            let key: Vec<_> = failure.reasons.iter().map(Reason::key).collect();
            let place = *places.entry(key).or_insert(ways.len());
            if place == ways.len() {
                ways.push(Vec::new());
            }
            ways[place].push(failure);
        }
        if ways.len() > WAYS_SHOWN {
            let others = ways.split_off(WAYS_SHOWN);
            ways.push(others.into_iter().flatten().collect());
        }
        ways
    }

    fn head(&self, what: &str, style: Style) -> String {
        let line = format!("✗ {}, {what}", self.name);
        format!("{}\n\n{}\n", style.bad(&line), dim_lines(&prose(&self.why, WIDTH, "  "), style))
    }

    fn way(&self, way: &[&Failure], style: Style) -> String {
        let first = way[0];
        let mut text = self.head(&format!("seed {}", first.seed), style);
        text += &first.body(style);
        if way.len() > 1 {
            let more = count(way.len() as u64 - 1, "more seed fails", "more seeds fail");
            let line = format!("{more} in the same way: {}", seeds(&way[1..]));
            text += &format!("{}\n", wrap(&line, WIDTH, "  "));
        }
        text
    }

    fn warning(&self, seen: &SeenWarning, style: Style) -> String {
        let SeenWarning { warning, runs, first_seed, .. } = seen;
        let of = match runs {
            1 => format!("seed {first_seed}"),
            runs => format!("{runs} of {} seeds, first {first_seed}", self.runs),
        };
        let head = style.warning(&format!("! {}, {of}", self.name));
        format!("{head}\n\n{}\n", fit(&warning.text, WIDTH, "  "))
    }
}

impl Failure {
    /// What is wrong, the rules, the calls and the command.
    fn body(&self, style: Style) -> String {
        let mut text = reasons(&self.reasons, style);
        if !self.fired.is_empty() {
            text += &section("rules that fired", style);
            text += &format!("{}\n", fit(&self.fired.join("\n"), WIDTH, "    "));
        }
        let nondeterministic = |reason: &Reason| reason.kind() == ReasonKind::Nondeterminism;
        if !self.reasons.iter().any(nondeterministic) {
            let (head, calls) = excerpt::of(&self.trace, &self.reasons, style.colour);
            text += &section(&head, style);
            text += &format!("{}\n", indented(&calls, "    "));
        }
        text += &section("to run it again", style);
        text += &format!("    {}\n\n", style.bold(&self.replay));
        text
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.body(Style::PLAIN))
    }
}

fn section(head: &str, style: Style) -> String {
    format!("  {}\n", style.bold(head))
}

/// What is wrong, in words; nothing if nothing is.
pub(crate) fn reasons(reasons: &[Reason], style: Style) -> String {
    let mut text = String::new();
    if reasons.is_empty() {
        return text;
    }
    for reason in reasons {
        let (first, rest) = reason.text().split_once('\n').unwrap_or((reason.text(), ""));
        let lines = wrap(&format!("{}: {first}", reason.kind()), WIDTH, "  ");
        text += &match lines.split_once(':') {
            Some((kind, first)) => format!("{}:{first}", style.bad(kind)),
            None => lines,
        };
        text += &fit(rest, WIDTH, "    ");
    }
    text.push('\n');
    text
}

fn seeds(failures: &[&Failure]) -> String {
    let named = failures.iter().take(SEEDS_NAMED).map(|failure| failure.seed.to_string());
    let mut text = named.collect::<Vec<_>>().join(", ");
    if failures.len() > SEEDS_NAMED {
        text += ", …";
    }
    text
}

fn indented(text: &str, indent: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    };
    text.lines().map(line).collect()
}

fn dim_lines(text: &str, style: Style) -> String {
    text.lines().map(|line| format!("{}\n", style.dim(line))).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::PLAIN))
    }
}

/// Seeds: a range, or a number of them from 0.
///
/// ```
/// use stuntdouble_sim::Seeds;
///
/// assert_eq!(Seeds::from(20), Seeds::from(0..20));
/// assert_eq!("10..30".parse(), Ok(Seeds::from(10..30)));
/// assert!("ten".parse::<Seeds>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeds(pub(crate) Range<u64>);

impl From<Range<u64>> for Seeds {
    fn from(range: Range<u64>) -> Seeds {
        Seeds(range)
    }
}

impl From<u64> for Seeds {
    fn from(number: u64) -> Seeds {
        Seeds(0..number)
    }
}

impl std::str::FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Seeds, String> {
        let allowed = || "seeds are a number of them (20) or a range (10..30, 10..=30)".to_owned();
        let number =
            |text: &str| text.trim().replace('_', "").parse::<u64>().map_err(|_| allowed());
        let range = match text.split_once("..") {
            None => 0..number(text)?,
            Some((first, last)) => match last.strip_prefix('=') {
                Some(last) => number(first)?..number(last)?.saturating_add(1),
                None => number(first)?..number(last)?,
            },
        };
        if range.is_empty() {
            return Err(format!("there is no seed in {text}"));
        }
        Ok(Seeds(range))
    }
}
