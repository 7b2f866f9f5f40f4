//! [`FaultLayer`]: calls fail, wait, hang or repeat as rules say.
//!
//! # Precedence
//! Rules are asked in the order in which they were given; the first that fires decides. The others are
//! asked all the same: they count the call, and draw for it, as if they were alone, so that adding a
//! rule never changes when another fires. A rule that would have fired but for an earlier one has not
//! had a hit.
//!
//! # Chance
//! Each rule draws from a stream of its own, named after the rule's name or, without one, after what the
//! rule says; neither its place among the rules nor its line in the file matters. Two rules that say the
//! same and have no names are told apart by their order.
//!
//! # What a pattern means
//! A pattern with `*` means those methods that have the arguments that the rule asks for and can suffer
//! its effect: a rule that has `*.get` hang leaves the synchronous `config.get` alone. If there is no
//! such method, the rule is refused.
//!
//! # Cost
//! Which rules can mean a method is worked out once. A method without rules costs a look-up.

mod check;
mod log;
mod message;
mod near;
mod predicate;
mod report;
mod rule;
mod sql;
mod tally;

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use check::nearest;
pub use check::{RuleError, RuleErrors, RuleField, check};
pub use log::{Considered, Why};
pub use report::{FaultReport, NearMiss, RuleReport};
pub use rule::{Failure, Rule, When};
pub use tally::RuleTally;

use check::{Meant, resolve, service_speaks_sql};
use log::Log;
use near::Near;
use predicate::Facts;
use rule::Effect;

use crate::entropy::{Entropy, Stream};
use crate::error::{Error, SqlState};
use crate::stack::{Call, CallPattern, Decision, Fault, Layer, Method, Service, Verdict};

/// Makes calls fail, wait, hang or repeat, as its rules say. One layer can be in the stacks of several
/// nodes, which it then counts together.
///
/// ```
/// use std::sync::Arc;
/// use stuntdouble::fake::{Environment, FakeCache};
/// use stuntdouble::layer::fault::{FaultLayer, Rule};
/// use stuntdouble::stack::Stack;
/// use stuntdouble::{Cache, Entropy, ErrorKind, intercept};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let world = Environment::seeded(7);
/// let down = Rule::on("cache.get").key("price:*").nth(2).fail_before(ErrorKind::Unavailable);
/// let faults = Arc::new(FaultLayer::new([down], world.entropy(), &intercept::SERVICES)?);
/// let stack = Stack::builder("api", world.clock().clone()).shared_layer(faults.clone()).build();
/// let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&world)));
///
/// assert!(cache.get("price:1").await.is_ok());
/// assert!(cache.get("user:1").await.is_ok());
/// let error = cache.get("price:2").await.unwrap_err();
/// assert_eq!(error.to_string(), "cache.get: the service is unavailable");
/// assert_eq!(faults.report().rules()[0].hits(), 1);
/// # Ok(())
/// # }
/// ```
pub struct FaultLayer {
    rules: Vec<Prepared>,
    /// Sorted by address, which is how a method is found.
    methods: Vec<Entry>,
    state: Mutex<State>,
}

/// A rule and what was worked out of it.
struct Prepared {
    rule: Rule,
    origin: Arc<str>,
    pattern: CallPattern,
    node: Option<CallPattern>,
    /// Calls of every node are meant: nothing to compare.
    any_node: bool,
    /// The `#n` of the pattern.
    number: Option<u32>,
}

struct Entry {
    method: &'static Method,
    speaks_sql: bool,
    calls: AtomicU32,
    bound: Box<[Bound]>,
}

/// A rule that can mean a method, and where the arguments that it asks for stand.
struct Bound {
    rule: u16,
    places: Box<[usize]>,
}

struct State {
    rules: Vec<RuleState>,
    log: Log,
}

struct RuleState {
    matched: u32,
    hits: u32,
    stream: Stream,
    near: Near,
}

impl FaultLayer {
    /// A layer of these rules. `services` are all that the rules can name: usually
    /// [`SERVICES`](crate::intercept::SERVICES) and the application's own.
    ///
    /// # Errors
    /// Everything that is wrong with any of the rules: a pattern that is none, a method that does not
    /// exist, an argument that it has not, an effect that it cannot suffer, a number out of range.
    pub fn new(
        rules: impl IntoIterator<Item = Rule>,
        entropy: Entropy,
        services: &[&'static Service],
    ) -> Result<FaultLayer, RuleErrors> {
        let rules: Vec<Rule> = rules.into_iter().collect();
        let errors = check(&rules, services);
        if !errors.is_empty() {
            return Err(RuleErrors(errors));
        }
        let mut methods = entries(services);
        let mut prepared = Vec::with_capacity(rules.len());
        let mut states = Vec::with_capacity(rules.len());
        let mut bound: Vec<Vec<Bound>> = methods.iter().map(|_| Vec::new()).collect();
        for rule in &rules {
            // Checked above: the pattern is one.
            let Some((pattern, meant)) = resolve(rule, services) else { continue };
            let index = u16::try_from(prepared.len()).unwrap_or(u16::MAX);
            for Meant { method, places } in meant {
                if let Some(place) = find(&methods, method) {
                    bound[place].push(Bound { rule: index, places });
                }
            }
            states.push(RuleState {
                matched: 0,
                hits: 0,
                stream: entropy.stream(&stream_name(rule, &rules[..prepared.len()])),
                near: Near::default(),
            });
            prepared.push(Prepared::of(rule.clone(), pattern));
        }
        for (entry, bound) in methods.iter_mut().zip(bound) {
            entry.bound = bound.into();
        }
        let state = Mutex::new(State { rules: states, log: Log::default() });
        Ok(FaultLayer { rules: prepared, methods, state })
    }

    /// What became of each rule so far.
    pub fn report(&self) -> FaultReport {
        report::of(self)
    }

    /// Every decision so far: for each call that a rule's pattern means, why the rule did or did not
    /// fire, in the order of the calls.
    pub fn log(&self) -> Vec<Considered> {
        let rules = |method: usize| -> Box<dyn Iterator<Item = u16> + '_> {
            Box::new(self.methods[method].bound.iter().map(|bound| bound.rule))
        };
        self.lock().log.read(self.rules.len(), rules)
    }

    /// The rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|prepared| &prepared.rule)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for FaultLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rules.iter().map(|prepared| &prepared.rule.when)).finish()
    }
}

fn entries(services: &[&'static Service]) -> Vec<Entry> {
    let all = services.iter().flat_map(|service| service.methods.iter().copied());
    let mut entries: Vec<_> = all
        .map(|method| Entry {
            method,
            speaks_sql: service_speaks_sql(method, services),
            calls: AtomicU32::new(0),
            bound: Box::default(),
        })
        .collect();
    // An index, never shown: the order of addresses changes from build to build.
    entries.sort_by_key(|entry| std::ptr::from_ref(entry.method).addr());
    entries.dedup_by_key(|entry| std::ptr::from_ref(entry.method).addr());
    entries
}

fn find(entries: &[Entry], method: &'static Method) -> Option<usize> {
    let wanted = std::ptr::from_ref(method).addr();
    entries.binary_search_by_key(&wanted, |entry| std::ptr::from_ref(entry.method).addr()).ok()
}

fn stream_name(rule: &Rule, earlier: &[Rule]) -> String {
    let identity = rule.identity();
    match earlier.iter().filter(|other| other.identity() == identity).count() {
        0 => identity,
        twins => format!("{identity} ({})", twins + 1),
    }
}

impl Prepared {
    fn of(rule: Rule, pattern: CallPattern) -> Prepared {
        let node = rule.when.node.as_ref();
        let node = node.and_then(|node| CallPattern::parse(&format!("{node}/*.*")).ok());
        let any_node = node.is_none() && pattern.node().is_none();
        let number = pattern.nth();
        Prepared { origin: rule.when.origin.clone(), any_node, number, node, pattern, rule }
    }

    /// What the rule does to the call. Draws.
    fn verdict(&self, entry: &Entry, stream: &mut Stream) -> Verdict {
        let delay = self.rule.delay.map(|latency| latency.draw(stream)).unwrap_or_default();
        let fault =
            |error: Error| Fault::new(error.with_injected_by(self.origin.clone())).after(delay);
        match &self.rule.effect {
            Effect::FailBefore(failure) => {
                Verdict::FailBefore(fault(failure.error(entry.speaks_sql)))
            }
            Effect::FailAfter(failure) => {
                Verdict::FailAfter(fault(failure.error(entry.speaks_sql)))
            }
            Effect::Delay(latency) => Verdict::Delay(latency.draw(stream)),
            Effect::Hang => Verdict::Hang,
            Effect::Repeat(times) => Verdict::Repeat(*times),
            Effect::Disconnect => {
                let lost = if (entry.method.service, entry.method.name) == ("db", "commit") {
                    message::of_state(SqlState::TRANSACTION_RESOLUTION_UNKNOWN)
                } else if entry.speaks_sql {
                    message::of_state(SqlState::CONNECTION_FAILURE)
                } else {
                    Fault::disconnect().error
                };
                Verdict::FailBefore(Fault { disconnect: true, ..fault(lost) })
            }
        }
    }
}

impl Layer for FaultLayer {
    fn decide(&self, call: &Call<'_>) -> Decision {
        let Some(place) = find(&self.methods, call.method) else { return Decision::PASS };
        let entry = &self.methods[place];
        entry.calls.fetch_add(1, Ordering::Relaxed);
        if entry.bound.is_empty() {
            return Decision::PASS;
        }
        let facts = Facts::of(call);
        let mut decided: Option<(u16, Verdict)> = None;
        let mut state = self.lock();
        let State { rules, log } = &mut *state;
        log.call(call.id, place, entry.bound.len());
        for bound in &entry.bound {
            let (prepared, state) =
                (&self.rules[usize::from(bound.rule)], &mut rules[usize::from(bound.rule)]);
            let mut why = consider(prepared, bound, state, call, &facts);
            if why == Why::Fired {
                let verdict = prepared.verdict(entry, &mut state.stream);
                match &decided {
                    Some((earlier, _)) => why = Why::EarlierRule(*earlier),
                    None => {
                        state.hits += 1;
                        decided = Some((bound.rule, verdict));
                    }
                }
            }
            if state.hits == 0 {
                state.near.missed(why, call, || match why {
                    Why::Argument(place) => facts.text(bound.places[usize::from(place)]),
                    _ => "".into(),
                });
            }
            log.decision(why);
        }
        drop(state);
        match decided {
            Some((rule, verdict)) => {
                Decision::by(self.rules[usize::from(rule)].origin.clone(), verdict)
            }
            None => Decision::PASS,
        }
    }
}

/// Whether the rule would fire if it were alone. Counts, and draws.
#[inline]
fn consider(
    prepared: &Prepared,
    bound: &Bound,
    state: &mut RuleState,
    call: &Call<'_>,
    facts: &Facts<'_>,
) -> Why {
    let when = &prepared.rule.when;
    let of_node = |pattern: &CallPattern| pattern.matches_node(call.node);
    let meant = || of_node(&prepared.pattern) && prepared.node.as_ref().is_none_or(of_node);
    if !prepared.any_node && !meant() {
        return Why::OtherNode;
    }
    if prepared.number.is_some_and(|nth| nth != call.nth) {
        return Why::OtherNumber;
    }
    for (at, (predicate, place)) in when.arguments.iter().zip(&bound.places).enumerate() {
        if !predicate.matches(*place, facts) {
            return Why::Argument(u8::try_from(at).unwrap_or(u8::MAX));
        }
    }
    if when.after.is_some_and(|after| call.at < after) {
        return Why::BeforeStart;
    }
    if when.until.is_some_and(|until| call.at >= until) {
        return Why::AfterEnd;
    }
    state.matched += 1;
    let counts = when.nth.is_none_or(|nth| state.matched == nth)
        && when.every.is_none_or(|every| state.matched.is_multiple_of(every))
        && when.first.is_none_or(|first| state.matched <= first);
    if !counts {
        return Why::NotNth(state.matched);
    }
    if when.hits.is_some_and(|most| state.hits >= most) {
        return Why::HitsExhausted;
    }
    match when.chance {
        Some(chance) if !state.stream.chance(chance) => Why::ChanceMiss,
        _ => Why::Fired,
    }
}
