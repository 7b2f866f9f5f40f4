//! [`FaultReport`]: what became of each rule, and why one that never fired did not.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::log::Why;
use super::near::Miss;
use super::{Entry, FaultLayer, Prepared, RuleState};
use crate::stack::CallName;

/// What became of each rule of a [`FaultLayer`] in one run.
#[derive(Clone, Debug)]
pub struct FaultReport {
    rules: Vec<RuleReport>,
}

impl FaultReport {
    /// The rules, in order.
    pub fn rules(&self) -> &[RuleReport] {
        &self.rules
    }

    /// The rules without chance that never fired: each is a failure of the run, because what it was to
    /// test was not tested. Rules with a chance are judged over many runs, by
    /// [`RuleTally`](super::RuleTally).
    pub fn unfired(&self) -> Vec<&RuleReport> {
        self.rules.iter().filter(|rule| rule.hits == 0 && !rule.random).collect()
    }
}

/// What became of one rule. Its `Display` says why the rule never fired, or how often it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleReport {
    pub(super) origin: Arc<str>,
    pub(super) rule: Arc<str>,
    pub(super) random: bool,
    pub(super) runs: u64,
    pub(super) considered: u64,
    pub(super) hits: u64,
    pub(super) nearest: Option<NearMiss>,
    /// What was called of the services meant, if the rule's methods were not.
    pub(super) called: Box<[(&'static str, u32)]>,
}

impl RuleReport {
    /// Where the rule is written, such as `scenarios/shop/cache_down.toml:12`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What the rule says.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How many calls its pattern means were made.
    pub fn considered(&self) -> u64 {
        self.considered
    }

    /// How many calls it decided.
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// True if it fires by chance.
    pub fn is_random(&self) -> bool {
        self.random
    }

    /// The call that met most of the rule, if the rule never fired.
    pub fn nearest(&self) -> Option<&NearMiss> {
        self.nearest.as_ref().filter(|_| self.hits == 0)
    }
}

impl fmt::Display for RuleReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = if self.considered == 1 { "call" } else { "calls" };
        let runs = if self.runs > 1 { format!(" in {} runs", self.runs) } else { String::new() };
        if self.hits > 0 {
            let (origin, hits, considered) = (&self.origin, self.hits, self.considered);
            return write!(f, "{origin}: fired for {hits} of {considered} {calls}{runs}");
        }
        writeln!(f, "{}: this rule never fired{runs}", self.origin)?;
        write!(f, "  rule     {}", self.rule)?;
        if self.considered == 0 {
            f.write_str("\n  calls    none of what it means")?;
            let called: Vec<_> =
                self.called.iter().map(|(method, calls)| format!("{method} {calls}")).collect();
            if !called.is_empty() {
                write!(f, "; there were {}", called.join(", "))?;
            }
            return Ok(());
        }
        write!(f, "\n  calls    {} {calls}, none hit", self.considered)?;
        let Some(nearest) = &self.nearest else { return Ok(()) };
        write!(f, "\n  nearest  {}", nearest.call)?;
        write!(f, "\n  {:<8} wanted {}", nearest.field, nearest.wanted)?;
        write!(f, "\n  {:<8} found  {}", "", nearest.found)
    }
}

/// The call that met most of a rule, and what was missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    pub(super) nearness: u16,
    /// The call.
    pub call: CallName,
    /// What it failed on: an argument's name, `node`, `nth`, `after`, `until`, `chance`, …
    pub field: String,
    /// What the rule wants there.
    pub wanted: String,
    /// What there was.
    pub found: String,
}

pub(super) fn of(layer: &FaultLayer) -> FaultReport {
    let state = layer.lock();
    let rules = layer.rules.iter().zip(&state.rules).enumerate();
    FaultReport {
        rules: rules.map(|(index, (rule, state))| one(layer, index, rule, state)).collect(),
    }
}

fn one(layer: &FaultLayer, index: usize, prepared: &Prepared, state: &RuleState) -> RuleReport {
    let means = |entry: &&Entry| entry.bound.iter().any(|b| usize::from(b.rule) == index);
    let meant = layer.methods.iter().filter(means);
    let considered = meant.map(|entry| u64::from(entry.calls.load(Ordering::Relaxed))).sum();
    RuleReport {
        origin: prepared.origin.clone(),
        rule: prepared.rule.to_string().into(),
        random: prepared.rule.is_random(),
        runs: 1,
        considered,
        hits: state.hits.into(),
        nearest: if state.hits == 0 { near_miss(layer, prepared, state) } else { None },
        called: if considered == 0 { called(layer, index) } else { Box::default() },
    }
}

/// What was called of the services whose methods the rule means.
fn called(layer: &FaultLayer, rule: usize) -> Box<[(&'static str, u32)]> {
    let means = |entry: &Entry| entry.bound.iter().any(|b| usize::from(b.rule) == rule);
    let services: Vec<_> =
        layer.methods.iter().filter(|entry| means(entry)).map(|e| e.method.service).collect();
    let mut called: Vec<_> = layer
        .methods
        .iter()
        .filter(|entry| services.contains(&entry.method.service))
        .map(|entry| (entry.method, entry.calls.load(Ordering::Relaxed)))
        .filter(|(_, calls)| *calls > 0)
        .collect();
    // The index is sorted by address; people read the order of declaration.
    called.sort_by_key(|(method, _)| (method.service, method.ordinal));
    called.into_iter().map(|(method, calls)| (method.name, calls)).collect()
}

fn near_miss(layer: &FaultLayer, prepared: &Prepared, state: &RuleState) -> Option<NearMiss> {
    let why = state.near.why?;
    let when = &prepared.rule.when;
    let argument = match why {
        Why::Argument(place) => when.arguments.get(usize::from(place)),
        _ => None,
    };
    let likeness = |miss: &Miss| {
        argument
            .map_or(0.0, |one| strsim::normalized_levenshtein(&one.glob, &one.found(&miss.found)))
    };
    let miss = state.near.nearest(likeness)?;
    let seen = state.matched;
    let counted = || match (when.nth, when.every, when.first) {
        (Some(nth), ..) => ("nth", format!("number {nth} of the calls that it means")),
        (_, Some(every), _) => ("every", format!("every {every} of the calls that it means")),
        (_, _, first) => ("first", format!("the first {} calls", first.unwrap_or_default())),
    };
    let (field, wanted, found) = match why {
        Why::OtherNode => {
            let node = when.node.as_deref().or(prepared.pattern.node()).unwrap_or("*");
            ("node", node.to_owned(), miss.node.to_string())
        }
        Why::OtherNumber => {
            let nth = prepared.pattern.nth().unwrap_or_default();
            ("call", format!("#{nth}"), format!("#{} at last", miss.nth))
        }
        Why::Argument(_) => {
            let predicate = argument?;
            let found = predicate.found(&miss.found);
            (&*predicate.argument, format!("{:?}", predicate.glob), format!("{found:?}"))
        }
        Why::BeforeStart => {
            let after = when.after.unwrap_or_default();
            ("after", format!("{after:?} or later"), format!("{:?} at last", miss.at))
        }
        Why::AfterEnd => {
            let until = when.until.unwrap_or_default();
            ("until", format!("before {until:?}"), format!("{:?}", miss.at))
        }
        Why::NotNth(_) => {
            let (field, wanted) = counted();
            (field, wanted, format!("only {seen}"))
        }
        Why::HitsExhausted => ("hits", "no more".to_owned(), String::new()),
        Why::ChanceMiss => {
            let chance = when.chance.unwrap_or_default();
            ("chance", chance.to_string(), format!("the random numbers of {seen} calls against it"))
        }
        Why::EarlierRule(earlier) => {
            let earlier = &layer.rules[usize::from(earlier)].origin;
            ("decided", "by this rule".to_owned(), format!("by {earlier}, which comes first"))
        }
        Why::Fired => return None,
    };
    Some(NearMiss {
        nearness: state.near.nearness,
        call: CallName {
            node: miss.node.to_string(),
            service: miss.method.service.to_owned(),
            method: miss.method.name.to_owned(),
            nth: miss.nth,
        },
        field: field.to_owned(),
        wanted,
        found,
    })
}
