//! [`Rule`]: which calls, and what happens to them.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::message;
use super::predicate::Predicate;
use crate::error::{Error, ErrorKind, SqlState};
use crate::layer::Latency;
use crate::stack::Effects;

/// Which calls, and what happens to them. Built from [`Rule::on`].
///
/// A call must meet everything that the rule asks for. It is asked in this order, and the first "no" is
/// what the decision log shows: the call pattern, the arguments in the order given, the window of
/// virtual time, the count (`nth`, `every`, `first`), the number of hits so far, and last the chance.
/// Random numbers are drawn only for calls that meet everything else.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::ErrorKind;
/// use stuntdouble::layer::Latency;
/// use stuntdouble::layer::fault::Rule;
///
/// let rule = Rule::on("api/db.execute")
///     .table("orders")
///     .nth(2)
///     .fail_after(ErrorKind::OutcomeUnknown)
///     .delayed(Latency::Fixed(Duration::from_secs(1)));
/// assert_eq!(
///     rule.to_string(),
///     r#"api/db.execute where table = "orders", nth 2 -> fail after outcome_unknown, delay 1s"#,
/// );
/// ```
#[must_use = "a rule does nothing until it is given to a FaultLayer"]
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) when: When,
    pub(super) effect: Effect,
    pub(super) delay: Option<Latency>,
}

/// Which calls a rule means: the half of a [`Rule`] to which an effect is still to be added.
#[must_use = "add an effect, such as `fail_before`"]
#[derive(Clone, Debug)]
pub struct When {
    pub(super) call: String,
    pub(super) name: Option<String>,
    pub(super) origin: Arc<str>,
    pub(super) node: Option<String>,
    pub(super) arguments: Vec<Predicate>,
    pub(super) nth: Option<u32>,
    pub(super) every: Option<u32>,
    pub(super) first: Option<u32>,
    pub(super) after: Option<Duration>,
    pub(super) until: Option<Duration>,
    pub(super) chance: Option<f64>,
    pub(super) hits: Option<u32>,
}

/// What a rule does.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    FailBefore(Failure),
    FailAfter(Failure),
    Delay(Latency),
    Hang,
    Repeat(u32),
    Disconnect,
}

/// The error that a rule makes a call fail with: an [`ErrorKind`], an [`SqlState`] or an [`Error`].
///
/// The text is the one that the service would report. A call of a database that is made to fail with a
/// kind has the SQLSTATE that PostgreSQL reports for it, where there is one: `conflict` is 40001.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum Failure {
    /// An error of that kind.
    Kind(ErrorKind),
    /// An error of PostgreSQL.
    SqlState(SqlState),
    /// That error.
    Error(Error),
}

impl From<ErrorKind> for Failure {
    fn from(kind: ErrorKind) -> Failure {
        Failure::Kind(kind)
    }
}

impl From<SqlState> for Failure {
    fn from(state: SqlState) -> Failure {
        Failure::SqlState(state)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

impl Failure {
    /// The error, as a service reports it that speaks SQL or not.
    pub(super) fn error(&self, speaks_sql: bool) -> Error {
        match self {
            Failure::Kind(kind) => message::of_kind(*kind, speaks_sql),
            Failure::SqlState(state) => message::of_state(*state),
            Failure::Error(error) => error.clone(),
        }
    }

    pub(super) fn is_sqlstate(&self) -> bool {
        match self {
            Failure::Kind(_) => false,
            Failure::SqlState(_) => true,
            Failure::Error(error) => error.code().is_some(),
        }
    }
}

impl Rule {
    /// A rule on calls that a pattern means, such as `db.commit`, `*.get` or `api/cache.set#2`; see
    /// [`CallPattern`](crate::stack::CallPattern).
    ///
    /// A pattern that is wrong, like anything that is wrong with a rule, is reported by
    /// [`FaultLayer::new`](super::FaultLayer::new). Until [`When::origin`] says otherwise, the rule is
    /// called after the line of code that made it.
    #[track_caller]
    pub fn on(call: impl Into<String>) -> When {
        let place = Location::caller();
        When {
            call: call.into(),
            name: None,
            origin: format!("{}:{}", place.file(), place.line()).into(),
            node: None,
            arguments: Vec::new(),
            nth: None,
            every: None,
            first: None,
            after: None,
            until: None,
            chance: None,
            hits: None,
        }
    }

    /// Has the call take that long before it fails. Only for rules that fail a call or disconnect.
    pub fn delayed(mut self, latency: Latency) -> Rule {
        self.delay = Some(latency);
        self
    }

    /// Where the rule is written, such as `scenarios/shop/cache_down.toml:12`.
    pub fn origin(&self) -> &str {
        &self.when.origin
    }

    /// The name that was given to it.
    pub fn name(&self) -> Option<&str> {
        self.when.name.as_deref()
    }

    /// True if it fires by chance, so that only many runs together tell whether it works.
    pub fn is_random(&self) -> bool {
        self.when.chance.is_some_and(|chance| chance < 1.0)
    }

    /// What the random stream of the rule is called: the rule's name, or else what it says. Neither its
    /// place among other rules nor its line in the file matters.
    pub(super) fn identity(&self) -> String {
        match &self.when.name {
            Some(name) => format!("rule {name}"),
            None => format!("rule {self}"),
        }
    }

    /// What a method must be able to suffer.
    pub(super) fn needs(&self) -> Effects {
        let effect = match self.effect {
            Effect::FailBefore(_) => Effects::FAIL_BEFORE,
            Effect::FailAfter(_) => Effects::FAIL_AFTER,
            Effect::Delay(_) => Effects::DELAY,
            Effect::Hang => Effects::HANG,
            Effect::Repeat(_) => Effects::REPEAT,
            Effect::Disconnect => Effects::FAIL_BEFORE.and(Effects::DISCONNECT),
        };
        if self.delay.is_some() { effect.and(Effects::DELAY) } else { effect }
    }
}

impl When {
    /// Gives the rule a name. Its random stream follows the name, so that the rule can be changed
    /// without changing what it draws. Names are unique among the rules of a run.
    pub fn named(mut self, name: impl Into<String>) -> When {
        self.name = Some(name.into());
        self
    }

    /// Says where the rule is written; what traces and errors cite.
    pub fn origin(mut self, origin: impl Into<Arc<str>>) -> When {
        self.origin = origin.into();
        self
    }

    /// Only calls of that node. `*` stands for any characters.
    pub fn node(mut self, node: impl Into<String>) -> When {
        self.node = Some(node.into());
        self
    }

    /// Only calls whose argument has that text; `*` stands for any characters. The argument has its name
    /// from the method, `sql` or `key` for instance; `key` finds any of the `keys` of a method as well.
    ///
    /// A number compares as it is written in decimal, JSON as compact text, a list if one of it does. A
    /// value that is masked in traces matches nothing. SQL compares without regard to case, and any
    /// white space is one space. A method without the argument is not meant.
    pub fn argument(mut self, name: impl Into<String>, glob: impl Into<String>) -> When {
        self.arguments.push(Predicate::new(name, glob.into()));
        self
    }

    /// Only statements that name a table of that name (`orders`, `shop.orders`, `orders_*`) after FROM,
    /// JOIN, INTO, UPDATE or TABLE, without regard to case.
    pub fn table(self, glob: impl Into<String>) -> When {
        self.argument("table", glob)
    }

    /// Only statements with that text; see [`When::argument`].
    pub fn sql(self, glob: impl Into<String>) -> When {
        self.argument("sql", glob)
    }

    /// Only calls with that key, of a cache, an object store or settings.
    pub fn key(self, glob: impl Into<String>) -> When {
        self.argument("key", glob)
    }

    /// Only calls on that topic.
    pub fn topic(self, glob: impl Into<String>) -> When {
        self.argument("topic", glob)
    }

    /// Only evaluations of that flag.
    pub fn flag(self, glob: impl Into<String>) -> When {
        self.argument("flag", glob)
    }

    /// Only the nth, from 1, of the calls that meet the rule's pattern, arguments and window. All nodes
    /// are counted together; a call that an earlier rule decides counts as well.
    pub fn nth(mut self, nth: u32) -> When {
        self.nth = Some(nth);
        self
    }

    /// Only every nth: 3 means the third, the sixth, … Counted as by [`When::nth`].
    pub fn every(mut self, nth: u32) -> When {
        self.every = Some(nth);
        self
    }

    /// Only the first n. Counted as by [`When::nth`].
    pub fn first(mut self, n: u32) -> When {
        self.first = Some(n);
        self
    }

    /// Only calls that begin at that virtual time, since the start of the run, or later.
    pub fn after(mut self, start: Duration) -> When {
        self.after = Some(start);
        self
    }

    /// Only calls that begin before that virtual time.
    pub fn until(mut self, end: Duration) -> When {
        self.until = Some(end);
        self
    }

    /// Only calls that begin from `start` on and before `end`.
    pub fn during(self, start: Duration, end: Duration) -> When {
        self.after(start).until(end)
    }

    /// Only with that probability, from 0 to 1: drawn for each call that meets everything else.
    pub fn chance(mut self, probability: f64) -> When {
        self.chance = Some(probability);
        self
    }

    /// At most so many times.
    pub fn hits(mut self, most: u32) -> When {
        self.hits = Some(most);
        self
    }

    /// They fail, and nothing was applied.
    pub fn fail_before(self, failure: impl Into<Failure>) -> Rule {
        self.with(Effect::FailBefore(failure.into()))
    }

    /// They are made, and fail all the same if they succeed: the answer was lost.
    pub fn fail_after(self, failure: impl Into<Failure>) -> Rule {
        self.with(Effect::FailAfter(failure.into()))
    }

    /// They take that long, and are made then.
    pub fn delay(self, latency: Latency) -> Rule {
        self.with(Effect::Delay(latency))
    }

    /// They are not made and never answer.
    pub fn hang(self) -> Rule {
        self.with(Effect::Hang)
    }

    /// They are made so many times more, as by a client library that retries. The caller gets the last
    /// answer.
    pub fn repeat(self, times: u32) -> Rule {
        self.with(Effect::Repeat(times))
    }

    /// The connection is lost before the call is made: nothing was applied, and the transaction that the
    /// call is part of is lost, with all later calls of it. Of a commit, the caller cannot know that
    /// nothing was applied: its error is `outcome_unknown`.
    pub fn disconnect(self) -> Rule {
        self.with(Effect::Disconnect)
    }

    fn with(self, effect: Effect) -> Rule {
        Rule { when: self, effect, delay: None }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.when, self.effect)?;
        self.delay.map_or(Ok(()), |delay| write!(f, ", delay {}", Told(delay)))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.call)?;
        for (place, predicate) in self.arguments.iter().enumerate() {
            write!(f, "{}{predicate}", if place == 0 { " where " } else { " and " })?;
        }
        if let Some(node) = &self.node {
            write!(f, ", node {node}")?;
        }
        for (name, count) in [("nth", self.nth), ("every", self.every), ("first", self.first)] {
            count.map_or(Ok(()), |count| write!(f, ", {name} {count}"))?;
        }
        match (self.after, self.until) {
            (None, None) => {}
            (Some(after), None) => write!(f, ", after {after:?}")?,
            (None, Some(until)) => write!(f, ", until {until:?}")?,
            (Some(after), Some(until)) => write!(f, ", during {after:?} to {until:?}")?,
        }
        self.chance.map_or(Ok(()), |chance| write!(f, ", chance {chance}"))?;
        self.hits.map_or(Ok(()), |hits| write!(f, ", at most {hits} hits"))
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Effect::FailBefore(failure) => write!(f, "fail before {failure}"),
            Effect::FailAfter(failure) => write!(f, "fail after {failure}"),
            Effect::Delay(latency) => write!(f, "delay {}", Told(*latency)),
            Effect::Hang => f.write_str("hang"),
            Effect::Repeat(times) => write!(f, "repeat {times}"),
            Effect::Disconnect => f.write_str("disconnect"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Kind(kind) => kind.fmt(f),
            Failure::SqlState(state) => state.fmt(f),
            Failure::Error(error) => match error.code() {
                Some(state) => state.fmt(f),
                None => error.kind().fmt(f),
            },
        }
    }
}

/// A latency in words.
struct Told(Latency);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Latency::Fixed(fixed) => write!(f, "{fixed:?}"),
            Latency::Uniform(low, high) => write!(f, "{low:?} to {high:?}"),
            Latency::Normal { mean, std_dev } => write!(f, "{mean:?} +- {std_dev:?}"),
            Latency::LogNormal { p50, p99 } => write!(f, "p50 {p50:?} p99 {p99:?}"),
            Latency::Pareto { min, shape } => write!(f, "pareto {min:?} shape {shape}"),
        }
    }
}
