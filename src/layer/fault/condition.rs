//! What a rule asks of the calls of one method, laid out for the asking: most calls are not meant.

use std::time::Duration;

use super::RuleState;
use super::log::Code;
use super::predicate::{Facts, Predicate};
use super::rule::Rule;
use crate::stack::{Call, CallPattern};

/// Where a rule asks for nothing, the value that every call meets.
pub(super) struct Condition {
    /// What the node is to match; nothing if calls of every node are meant.
    nodes: Box<[CallPattern]>,
    /// The `#n` of the pattern; 0 for any.
    number: u32,
    /// Where each argument stands, and what it is to be.
    arguments: Box<[(usize, Predicate)]>,
    /// Nanoseconds since the start of the run.
    after: u64,
    until: u64,
    /// 0 for any.
    nth: u32,
    every: u32,
    first: u32,
    hits: u32,
    chance: Option<f64>,
}

impl Condition {
    /// `places` are those of the arguments that the rule asks for, in its order.
    pub(super) fn of(rule: &Rule, pattern: &CallPattern, places: &[usize]) -> Condition {
        let when = &rule.when;
        let of_node = |node: &String| CallPattern::parse(&format!("{node}/*.*")).ok();
        let in_pattern = pattern.node().is_some().then(|| pattern.clone());
        let nodes = when.node.as_ref().and_then(of_node).into_iter().chain(in_pattern);
        Condition {
            nodes: nodes.collect(),
            number: pattern.nth().unwrap_or_default(),
            arguments: places.iter().copied().zip(when.arguments.iter().cloned()).collect(),
            after: when.after.map_or(0, nanos),
            until: when.until.map_or(u64::MAX, nanos),
            nth: when.nth.unwrap_or_default(),
            every: when.every.unwrap_or(1),
            first: when.first.unwrap_or(u32::MAX),
            hits: when.hits.unwrap_or(u32::MAX),
            chance: when.chance,
        }
    }

    /// Where that argument of the rule stands among the method's.
    pub(super) fn place(&self, argument: u8) -> usize {
        self.arguments.get(usize::from(argument)).map_or(usize::MAX, |(place, _)| *place)
    }

    /// What keeps the rule from counting the call among those it means, or [`Code::MEANT`]. `at` is when the
    /// call began.
    #[inline(always)]
    pub(super) fn refuses(&self, call: &Call<'_>, at: u64, facts: &Facts<'_>) -> Code {
        if !self.nodes.is_empty() && !self.means_node(call.node) {
            return Code::OTHER_NODE;
        }
        if self.number != 0 && self.number != call.nth {
            return Code::OTHER_NUMBER;
        }
        for (number, (place, predicate)) in self.arguments.iter().enumerate() {
            if !predicate.matches(*place, facts) {
                return Code::argument(number);
            }
        }
        if at < self.after {
            return Code::BEFORE_START;
        }
        if at >= self.until {
            return Code::AFTER_END;
        }
        Code::MEANT
    }

    #[inline(never)]
    fn means_node(&self, node: &str) -> bool {
        self.nodes.iter().all(|pattern| pattern.matches_node(node))
    }

    /// Whether the rule would fire, for a call that it means, if it were alone. Counts, and draws.
    #[inline(always)]
    pub(super) fn count(&self, state: &mut RuleState) -> Code {
        state.matched += 1;
        let counts = (self.nth == 0 || state.matched == self.nth)
            && (self.every == 1 || state.matched.is_multiple_of(self.every))
            && state.matched <= self.first;
        if !counts {
            return Code::NOT_NTH;
        }
        if state.hits >= self.hits {
            return Code::HITS_EXHAUSTED;
        }
        match self.chance {
            Some(chance) if !state.stream.chance(chance) => Code::CHANCE_MISS,
            _ => Code::FIRED,
        }
    }
}

/// Up to 584 years, which no run takes.
pub(super) fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
