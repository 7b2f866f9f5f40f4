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
mod condition;
mod index;
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

use check::{Meant, resolve};
use condition::{Condition, nanos};
use index::Index;
use log::{Code, Log};
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
    methods: Vec<Entry>,
    index: Index,
    state: Mutex<State>,
}

/// A rule and what was worked out of it.
struct Prepared {
    rule: Rule,
    origin: Arc<str>,
    pattern: CallPattern,
}

struct Entry {
    method: &'static Method,
    speaks_sql: bool,
    calls: AtomicU32,
    bound: Box<[Bound]>,
}

/// A rule that can mean a method, and what it asks of the method's calls.
struct Bound {
    rule: u16,
    condition: Condition,
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
        // Without rules nobody asks which methods there are, nor how often they were called.
        let mut methods = if rules.is_empty() { Vec::new() } else { entries(services) };
        let index = Index::of(methods.iter().map(|entry| &entry.method));
        let mut prepared = Vec::with_capacity(rules.len());
        let mut states = Vec::with_capacity(rules.len());
        let mut bound: Vec<Vec<Bound>> = methods.iter().map(|_| Vec::new()).collect();
        for rule in &rules {
            // Checked above: the pattern is one.
            let Some((pattern, meant)) = resolve(rule, services) else { continue };
            let number = u16::try_from(prepared.len()).unwrap_or(u16::MAX);
            for Meant { method, places } in meant {
                if let Some(place) = find(&index, &methods, method) {
                    let condition = Condition::of(rule, &pattern, &places);
                    bound[place].push(Bound { rule: number, condition });
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
        Ok(FaultLayer { rules: prepared, methods, index, state })
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
    let mut entries = Vec::new();
    for (at, service) in services.iter().enumerate() {
        // Somebody may name a service that is among ours already.
        if services[..at].iter().any(|known| std::ptr::eq(*known, *service)) {
            continue;
        }
        let speaks_sql = service.methods.iter().any(|method| predicate::speaks_sql(method));
        entries.extend(service.methods.iter().map(|method| Entry {
            method,
            speaks_sql,
            calls: AtomicU32::new(0),
            bound: Box::default(),
        }));
    }
    entries
}

#[inline]
fn find(index: &Index, entries: &[Entry], method: &'static Method) -> Option<usize> {
    index.find(method, |place| std::ptr::eq(entries[place].method, method))
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
        Prepared { origin: rule.when.origin.clone(), pattern, rule }
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
        let Some(place) = find(&self.index, &self.methods, call.method) else {
            return Decision::PASS;
        };
        let entry = &self.methods[place];
        entry.calls.fetch_add(1, Ordering::Relaxed);
        if entry.bound.is_empty() {
            return Decision::PASS;
        }
        self.ask_all(call, place)
    }
}

impl FaultLayer {
    /// What the rule does, unless an earlier one has decided: it draws all the same.
    #[cold]
    fn fire(
        &self,
        rule: u16,
        entry: &Entry,
        state: &mut RuleState,
        is_decided: bool,
    ) -> Option<Verdict> {
        let verdict = self.rules[usize::from(rule)].verdict(entry, &mut state.stream);
        if is_decided {
            return None;
        }
        state.hits += 1;
        state.near.close();
        Some(verdict)
    }

    /// What the rules on the call's method, which is the one at that place, make of it.
    fn ask_all(&self, call: &Call<'_>, place: usize) -> Decision {
        let entry = &self.methods[place];
        let facts = Facts::of(call);
        let mut decided: Option<(u16, Verdict)> = None;
        let mut state = self.lock();
        let State { rules, log } = &mut *state;
        let decisions = log.call(call.id, place, entry.bound.len());
        let at = nanos(call.at);
        // What needs nothing but the call comes first, for all rules: most end there.
        for (Bound { condition, .. }, decision) in entry.bound.iter().zip(&mut *decisions) {
            *decision = condition.refuses(call, at, &facts);
        }
        for (Bound { rule, condition }, decision) in entry.bound.iter().zip(decisions) {
            let state = &mut rules[usize::from(*rule)];
            if *decision == Code::MEANT {
                *decision = condition.count(state);
                if *decision == Code::FIRED {
                    match self.fire(*rule, entry, state, decided.is_some()) {
                        Some(verdict) => decided = Some((*rule, verdict)),
                        None => *decision = Code::EARLIER_RULE,
                    }
                }
            }
            if state.near.wants(*decision) {
                let earlier = decided.as_ref().map(|(rule, _)| *rule);
                state.near.keep(*decision, earlier, call, |argument| {
                    facts.text(condition.place(argument))
                });
            }
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
