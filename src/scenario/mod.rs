//! Scenario files: what goes wrong in the world, and what must hold all the same.
//!
//! ```toml
//! #:schema ../schema.json
//! why = """
//! The database answers a commit too late: the order is there, but the caller does not know.
//! Nobody is charged twice."""
//! workload = "checkout"
//! seeds = 20
//!
//! [latency]
//! default = "1ms"
//! db = { p50 = "2ms", p99 = "40ms" }
//!
//! [[rule]]
//! call = "api/db.commit"
//! nth = 1
//! fail_after = "outcome_unknown"
//!
//! [expect]
//! calls = { "payment.charge" = 1 }
//! max_time = "5s"
//! ```
//!
//! Durations are a number and a unit, `ms`, `s`, `m` or `h`: `"20ms"`, `"1.5s"`. Times are virtual and
//! count from the start of the run. Everything that is wrong with a file is reported at once, with line
//! and column; see [`Diagnostics`]. The JSON schema in `scenarios/schema.json` makes editors complete
//! the files.
//!
//! # At the top
//!
//! | key | meaning | default |
//! | --- | --- | --- |
//! | `why` | one paragraph: what goes wrong in the world and what must hold | required |
//! | `workload` | which of the application's workloads is run | its first |
//! | `seeds` | seeds to run: `20` means 0 to 19, `"10..30"` means 10 to 29 | 10 |
//! | `node` | the node that the application runs on | `app` |
//!
//! # `[setup]`: what the world starts with
//!
//! | key | meaning | default |
//! | --- | --- | --- |
//! | `flags` | feature flags by name: boolean, number, text or table | none |
//! | `config` | settings by name; every value is a text, as in an environment | none |
//! | `secrets` | secrets by name; masked in traces | none |
//! | `params` | parameters of the workload, free-form | none |
//!
//! # `[latency]`: the ordinary latency
//!
//! Keys are services (`db`), methods (`"db.commit"`, which comes before its service) and `default`, for
//! all others; without `default` that is 1 to 5 ms, alike, so that each seed interleaves calls in its own
//! way. `default = "0ms"` is no latency. A latency is one of:
//!
//! | value | distribution |
//! | --- | --- |
//! | `"5ms"` | always the same |
//! | `{ uniform = ["1ms", "5ms"] }` | anything between the two, alike |
//! | `{ mean = "5ms", std_dev = "1ms" }` | normal, cut off at zero |
//! | `{ p50 = "5ms", p99 = "80ms" }` | lognormal, as most services have it |
//! | `{ min = "1ms", shape = 1.5 }` | Pareto: the smaller the shape, the longer the tail |
//!
//! Virtual time moves in whole milliseconds, so a latency is 0 or at least 1 ms.
//!
//! # `[[rule]]`: what goes wrong
//!
//! The first rule that fires decides a call; see [`fault`](crate::layer::fault). Which calls:
//!
//! | key | meaning | default |
//! | --- | --- | --- |
//! | `call` | `[node/]service.method[#n]`, `*` for any characters | required |
//! | `where` | arguments and their texts, `*` for any characters; `table` is a table that the SQL names | any |
//! | `nth` | only the nth of the calls that the rule means, from 1 | every call |
//! | `every` | only every nth of them | every call |
//! | `first` | only the first n of them | every call |
//! | `during` | only calls that begin from the first time on and before the second | always |
//! | `after` | only calls that begin at that time or later | `"0s"` |
//! | `until` | only calls that begin before that time | the end |
//! | `chance` | only with that probability, above 0 and up to 1 | 1 |
//! | `hits` | at most so many times | no limit |
//! | `name` | what the rule's random numbers follow | what the rule says |
//!
//! and exactly one effect, where `delay` may go with a failure or a disconnect as well:
//!
//! | key | meaning |
//! | --- | --- |
//! | `fail_before` | the call fails with an [error kind](crate::ErrorKind) or an SQLSTATE; nothing was applied |
//! | `fail_after` | the call is made, and fails all the same: its answer was lost |
//! | `delay` | the call takes that long first; a latency as above |
//! | `hang = true` | the call is not made and never answers |
//! | `repeat` | the call is made so many times more |
//! | `disconnect = true` | the connection is lost before the call, and the transaction with it |
//!
//! # `[expect]`: what must hold
//!
//! | key | meaning | default |
//! | --- | --- | --- |
//! | `outcome` | how the workload ends: `ok` or an error kind | `ok` |
//! | `calls` | numbers of calls by pattern: `1`, `"1..=3"`, `"2.."`, `"..=4"` | any |
//! | `max_time` | the longest that a run takes, in virtual time | the application's limit |
//! | `invariants` | the invariants to check, by name | all |
//! | `allow` | lints that are expected and do not warn | none |
//! | `snapshot` | whether the trace of the first seed is kept as a snapshot | `false` |

mod diagnostic;
mod file;
mod lower;
mod read;
mod schema;
mod takes;
mod unit;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use schema::schema;

use crate::entropy::Entropy;
use crate::error::ErrorKind;
use crate::intercept::SERVICES;
use crate::layer::fault::Rule;
use crate::layer::{Latency, LatencyLayer};
use crate::service::{FlagValue, Secret};
use crate::stack::{CallPattern, Service};
use crate::trace::Lint;

/// What the names in a scenario file can refer to. By default the nine services and all lints, and
/// nothing of an application's.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The services that rules can name. Add the application's own.
    pub services: Vec<&'static Service>,
    /// The names of the application's invariants.
    pub invariants: Vec<String>,
    /// The names of the application's workloads.
    pub workloads: Vec<String>,
    /// The names of the lints that a file can allow.
    pub lints: Vec<String>,
}

impl Default for Catalog {
    fn default() -> Catalog {
        Catalog {
            services: SERVICES.to_vec(),
            invariants: Vec::new(),
            workloads: Vec::new(),
            lints: Lint::ALL.iter().map(|lint| lint.slug().to_owned()).collect(),
        }
    }
}

/// A scenario: what goes wrong in the world, and what must hold all the same.
///
/// ```
/// use stuntdouble::scenario::{Catalog, Scenario};
///
/// let text = r#"
/// why = "The cache is down. Prices come from the database."
/// [[rule]]
/// call = "cache.*"
/// fail_before = "unavailable"
/// "#;
/// let scenario = Scenario::parse("scenarios/shop/cache_down.toml", text, &Catalog::default())?;
/// assert_eq!(scenario.name(), "cache_down");
/// assert_eq!(scenario.rules()[0].origin(), "scenarios/shop/cache_down.toml:3");
/// # Ok::<(), stuntdouble::scenario::Diagnostics>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Scenario {
    path: Arc<str>,
    /// What goes wrong in the world and what must hold.
    pub why: String,
    /// Which of the application's workloads is run; its first by default.
    pub workload: Option<String>,
    /// The seeds to run, if the file says any.
    pub seeds: Option<Range<u64>>,
    /// The node that the application runs on, if the file says so.
    pub node: Option<String>,
    /// What the world starts with.
    pub setup: Setup,
    /// The ordinary latency.
    pub latency: Latencies,
    rules: Vec<Rule>,
    /// What must hold.
    pub expect: Expect,
}

/// What the world starts with.
#[non_exhaustive]
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// Feature flags by name.
    pub flags: BTreeMap<String, FlagValue>,
    /// Settings by name.
    pub config: BTreeMap<String, String>,
    /// Secrets by name.
    pub secrets: BTreeMap<String, Secret>,
    /// Parameters of the workload.
    pub params: serde_json::Map<String, serde_json::Value>,
}

/// The ordinary latency of services.
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latencies {
    /// Of all that is not named; [`Latencies::DEFAULT`] if it is not set.
    pub default: Option<Latency>,
    /// By service (`db`) or method (`db.commit`).
    pub named: Vec<(String, Latency)>,
}

impl Latencies {
    /// 1 to 5 ms, alike. Without latency no two calls would ever be under way at once, and most races
    /// could not show.
    pub const DEFAULT: Latency =
        Latency::Uniform(Duration::from_millis(1), Duration::from_millis(5));

    /// The layer that makes calls take so long; `None` if no call takes any time.
    pub fn layer(&self, entropy: Entropy) -> Option<LatencyLayer> {
        let default = self.default.unwrap_or(Latencies::DEFAULT);
        let none = Latency::Fixed(Duration::ZERO);
        if default == none && self.named.is_empty() {
            return None;
        }
        let layer = self.named.iter().fold(LatencyLayer::new(entropy), |layer, (name, latency)| {
            layer.with(name.clone(), *latency)
        });
        Some(if default == none { layer } else { layer.with_default(default) })
    }
}

/// What must hold at the end of each run.
#[non_exhaustive]
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// How the workload ends: `None` for success, or the kind of its error.
    pub outcome: Option<ErrorKind>,
    /// How often calls are made.
    pub calls: Vec<CallCount>,
    /// The longest that a run takes, in virtual time.
    pub max_time: Option<Duration>,
    /// The invariants that are checked; `None` for all of the application's.
    pub invariants: Option<Vec<String>>,
    /// The lints that are expected, and do not warn.
    pub allow: Vec<String>,
    /// Whether the trace of the first seed is kept as a snapshot.
    pub snapshot: bool,
}

/// How often calls of a pattern are made.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct CallCount {
    /// Which calls.
    pub pattern: CallPattern,
    /// At least so many.
    pub min: u32,
    /// At most so many; `None` for any number.
    pub max: Option<u32>,
    /// Where it is written, such as `scenarios/shop/cache_down.toml:20`.
    pub origin: Arc<str>,
}

impl CallCount {
    /// True if that many calls are as expected.
    pub fn allows(&self, calls: usize) -> bool {
        calls >= self.min as usize && self.max.is_none_or(|max| calls <= max as usize)
    }
}

impl std::fmt::Display for CallCount {
    /// The number of calls that is expected, in words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.min, self.max) {
            (min, Some(max)) if min == max => write!(f, "{min}"),
            (0, Some(max)) => write!(f, "at most {max}"),
            (min, Some(max)) => write!(f, "{min} to {max}"),
            (min, None) => write!(f, "at least {min}"),
        }
    }
}

impl Scenario {
    /// A scenario that no file has: nothing goes wrong in it until rules are added, and success is
    /// expected. What else it says is set in its fields.
    ///
    /// ```
    /// use std::time::Duration;
    /// use stuntdouble::ErrorKind;
    /// use stuntdouble::layer::fault::Rule;
    /// use stuntdouble::scenario::Scenario;
    ///
    /// let mut scenario = Scenario::new("cache_down", "The cache is down. Prices are shown all the same.")
    ///     .rule(Rule::on("cache.*").fail_before(ErrorKind::Unavailable));
    /// scenario.expect.max_time = Some(Duration::from_secs(5));
    /// assert_eq!(scenario.name(), "cache_down");
    /// ```
    pub fn new(name: impl Into<Arc<str>>, why: impl Into<String>) -> Scenario {
        Scenario {
            path: name.into(),
            why: why.into(),
            workload: None,
            seeds: None,
            node: None,
            setup: Setup::default(),
            latency: Latencies::default(),
            rules: Vec::new(),
            expect: Expect::default(),
        }
    }

    /// Adds a rule after those that there are.
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Scenario {
        self.rules.push(rule);
        self
    }

    /// Reads a scenario. `path` is what errors and rules cite.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn parse(
        path: impl Into<Arc<str>>,
        text: &str,
        catalog: &Catalog,
    ) -> Result<Scenario, Diagnostics> {
        let path = path.into();
        let (mut reader, table) = read::Reader::parse(text);
        let file = file::File::read_table(table.get_ref(), &mut reader);
        let mut lower = lower::Lower { path: &path, catalog, reader: &mut reader };
        let scenario = lower.scenario(file);
        let errors = reader.into_errors();
        if errors.is_empty() { Ok(scenario) } else { Err(Diagnostics::new(&path, text, errors)) }
    }

    /// Reads the scenario of that file. Errors and rules cite the path as it is given.
    ///
    /// # Errors
    /// Everything that is wrong with the file, or that it cannot be read.
    pub fn load(path: impl AsRef<Path>, catalog: &Catalog) -> Result<Scenario, Diagnostics> {
        let label: Arc<str> = path.as_ref().display().to_string().replace('\\', "/").into();
        match std::fs::read_to_string(path.as_ref()) {
            Ok(text) => Scenario::parse(label, &text, catalog),
            Err(error) => Err(Diagnostics::unreadable(&label, &error)),
        }
    }

    /// The file, as it was named.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The name of the file, without folder and ending.
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.strip_suffix(".toml").unwrap_or(file)
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> Vec<Rule> {
        self.rules.clone()
    }
}
