//! [`RuleTally`]: the rules of a scenario over many runs.

use super::report::{FaultReport, RuleReport};

/// What became of the rules of one scenario over many runs, so that rules with a chance can be judged.
/// Tallies of parts of the runs can be merged, in any order of parts.
///
/// ```
/// use stuntdouble::layer::fault::{FaultLayer, Rule, RuleTally};
/// use stuntdouble::{Entropy, ErrorKind, intercept};
///
/// let rule = Rule::on("db.commit").chance(0.01).fail_before(ErrorKind::Conflict);
/// let mut tally = RuleTally::new();
/// for seed in 0..3 {
///     let layer = FaultLayer::new([rule.clone()], Entropy::new(seed), &intercept::SERVICES)?;
///     // … the run …
///     tally.add(&layer.report());
/// }
/// assert_eq!(tally.unfired().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    rules: Vec<RuleReport>,
}

impl RuleTally {
    /// No run yet.
    pub fn new() -> RuleTally {
        RuleTally::default()
    }

    /// Adds a run.
    pub fn add(&mut self, report: &FaultReport) {
        for (place, rule) in report.rules().iter().enumerate() {
            self.add_rule(place, rule);
        }
    }

    /// Adds the runs of another tally.
    pub fn merge(&mut self, other: &RuleTally) {
        for (place, rule) in other.rules.iter().enumerate() {
            self.add_rule(place, rule);
        }
    }

    /// The rules, summed up over all runs.
    pub fn rules(&self) -> &[RuleReport] {
        &self.rules
    }

    /// The rules that fired in no run, whether they have a chance or not.
    pub fn unfired(&self) -> Vec<&RuleReport> {
        self.rules.iter().filter(|rule| rule.hits == 0).collect()
    }

    /// The rules with a chance that fired in no run; the others are found by
    /// [`FaultReport::unfired`] after each run.
    pub fn unfired_by_chance(&self) -> Vec<&RuleReport> {
        self.rules.iter().filter(|rule| rule.hits == 0 && rule.random).collect()
    }

    fn add_rule(&mut self, place: usize, rule: &RuleReport) {
        let same = |known: &RuleReport| known.origin == rule.origin && known.rule == rule.rule;
        // The same scenario has the same rules in the same places; anything else is looked for.
        let known = match self.rules.get(place) {
            Some(known) if same(known) => Some(place),
            _ => self.rules.iter().position(same),
        };
        let Some(known) = known.map(|place| &mut self.rules[place]) else {
            self.rules.push(rule.clone());
            return;
        };
        known.runs += rule.runs;
        known.considered += rule.considered;
        known.hits += rule.hits;
        let nearness = |rule: &RuleReport| rule.nearest.as_ref().map_or(0, |near| near.nearness);
        if nearness(rule) > nearness(known) {
            known.nearest = rule.nearest.clone();
        }
        if known.called.is_empty() {
            known.called = rule.called.clone();
        }
    }
}
