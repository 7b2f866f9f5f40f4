//! From the types of the file to a [`Scenario`]: what the parts mean together.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::diagnostic::Diagnostic;
use super::file::{
    Expect as ExpectTable, File, Latencies as LatencyTable, RuleTable, Setup as SetupTable,
};
use super::read::{At, Reader};
use super::unit::{Count, Fails, Time};
use super::{CallCount, Catalog, Expect, Latencies, Scenario, Setup};
use crate::error::ErrorKind;
use crate::layer::Latency;
use crate::layer::fault::{Failure, Rule, RuleError, RuleField, When, check};
use crate::service::Secret;
use crate::stack::{CallPattern, Effects, Method};

pub(super) struct Lower<'a, 'r> {
    pub(super) path: &'a Arc<str>,
    pub(super) catalog: &'a Catalog,
    pub(super) reader: &'r mut Reader<'a>,
}

impl Lower<'_, '_> {
    /// The scenario; of use only if nothing was wrong.
    pub(super) fn scenario(&mut self, file: File) -> Scenario {
        if file.why.is_none() && !file.given.contains(&"why") {
            let wrong = Diagnostic::new(0..0, "`why` is missing");
            let help = "say what goes wrong in the world and what must hold: why = \"…\"";
            self.missing(wrong.help(help));
        }
        let workload = file.workload.map(|at| (at.span, at.value.0));
        if let Some((span, name)) = &workload {
            self.known(span, "workload", name, &self.catalog.workloads);
        }
        let rules = file.rule.map(|rules| self.rules(rules.value.0)).unwrap_or_default();
        Scenario {
            path: self.path.clone(),
            why: file.why.map(|at| at.value.0.trim().to_owned()).unwrap_or_default(),
            workload: workload.map(|(_, name)| name),
            seeds: file.seeds.map(|at| at.value.0),
            node: file.node.map(|at| at.value.0),
            setup: file.setup.map(|at| setup(at.value)).unwrap_or_default(),
            latency: file.latency.map(|at| self.latencies(at.value)).unwrap_or_default(),
            rules,
            expect: file.expect.map(|at| self.expect(at.value)).unwrap_or_default(),
        }
    }

    fn missing(&mut self, diagnostic: Diagnostic) {
        if self.reader.whole {
            self.reader.error(diagnostic);
        }
    }

    fn known(&mut self, span: &Range<usize>, what: &str, name: &str, known: &[String]) {
        if known.iter().any(|one| one == name) {
            return;
        }
        let known: Vec<_> = known.iter().map(String::as_str).collect();
        let span = self.reader.inside(span);
        self.reader.unknown_word(span, what, name, &known);
    }

    fn line(&self, offset: usize) -> usize {
        self.reader.text[..offset.min(self.reader.text.len())].matches('\n').count() + 1
    }

    fn latencies(&mut self, table: LatencyTable) -> Latencies {
        let mut latencies = Latencies::default();
        for (name, at) in table.0.0 {
            if name == "default" {
                latencies.default = Some(at.value.0);
                continue;
            }
            let (service, method) = name.split_once('.').unwrap_or((&name, "*"));
            let takes_time = |one: &&&'static Method| one.effects.contains(Effects::DELAY);
            let known = self.catalog.services.iter().filter(|known| known.name == service);
            let methods = known.flat_map(|known| known.methods);
            let meant: Vec<_> = methods.filter(|one| method == "*" || one.name == method).collect();
            if !meant.is_empty() && !meant.iter().any(takes_time) {
                let message = format!("`{name}` is synchronous: it takes no time");
                self.reader.error(Diagnostic::new(at.key, message));
            } else if meant.is_empty() || name.ends_with(".*") {
                let known = self.latency_names(name.contains('.'));
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                let what = if name.contains('.') { "method" } else { "service" };
                self.reader.unknown_word(at.key, what, &name, &known);
            }
            latencies.named.push((name, at.value.0));
        }
        latencies
    }

    fn latency_names(&self, methods: bool) -> Vec<String> {
        let services = self.catalog.services.iter();
        if methods {
            services.flat_map(|service| service.methods).map(|method| method.to_string()).collect()
        } else {
            services.map(|service| service.name.to_owned()).chain(["default".into()]).collect()
        }
    }

    fn expect(&mut self, table: ExpectTable) -> Expect {
        let mut calls = Vec::new();
        for (text, at) in table.calls.into_iter().flat_map(|calls| calls.value.0) {
            let key = at.key.clone();
            match CallPattern::parse(&text) {
                Err(error) => {
                    let span = self.reader.within(&key, error.span());
                    self.reader.error(Diagnostic::new(span, error.message()));
                }
                Ok(pattern) => {
                    if let Err(unknown) = pattern.known(&self.catalog.services) {
                        let message = format!("no service has a method `{}`", unknown.name());
                        let wrong = Diagnostic::new(self.reader.inside(&key), message);
                        self.reader.error(match unknown.suggestion() {
                            Some(near) => wrong.help(format!("did you mean `{near}`?")),
                            None => wrong.help(format!("services: {}", self.services())),
                        });
                    }
                    let origin = format!("{}:{}", self.path, self.line(key.start)).into();
                    let (min, max) = (at.value.0, at.value.1);
                    calls.push(CallCount { pattern, min, max, origin });
                }
            }
        }
        let invariants = table.invariants.map(|list| {
            let names = list.value.0.into_iter().map(|at| (at.span, at.value.0));
            self.names("invariant", names.collect(), &self.catalog.invariants)
        });
        let allow = table.allow.map(|list| {
            let names = list.value.0.into_iter().map(|at| (at.span, at.value.0));
            self.names("lint", names.collect(), &self.catalog.lints)
        });
        Expect {
            outcome: table.outcome.and_then(|at| at.value.0),
            calls,
            max_time: table.max_time.map(|at| at.value.0),
            invariants,
            allow: allow.unwrap_or_default(),
            snapshot: table.snapshot.is_some_and(|at| at.value),
        }
    }

    fn services(&self) -> String {
        let names: Vec<_> = self.catalog.services.iter().map(|service| service.name).collect();
        names.join(", ")
    }

    fn names(
        &mut self,
        what: &str,
        names: Vec<(Range<usize>, String)>,
        known: &[String],
    ) -> Vec<String> {
        for (span, name) in &names {
            self.known(span, what, name, known);
        }
        names.into_iter().map(|(_, name)| name).collect()
    }

    fn rules(&mut self, tables: Vec<At<RuleTable>>) -> Vec<Rule> {
        let rules: Vec<_> = tables.iter().map(|table| self.rule(table)).collect();
        for error in check(&rules, &self.catalog.services) {
            let Some(table) = tables.get(error.rule()) else { continue };
            // What was replaced because it could not be read has been reported.
            let replaced = match error.field() {
                RuleField::Call(_) | RuleField::Argument(_) => table.value.call.is_none(),
                RuleField::Effect => table.value.call.is_none() || !effect_was_read(&table.value),
                _ => false,
            };
            if !replaced {
                let diagnostic = self.place(&error, table);
                self.reader.error(diagnostic);
            }
        }
        rules
    }

    /// The rule. What could not be read is replaced by something harmless, so that the rest of the
    /// rule is checked all the same.
    fn rule(&mut self, table: &At<RuleTable>) -> Rule {
        let rule = &table.value;
        if !rule.given.contains(&"call") {
            let wrong = Diagnostic::new(header(table), "the rule has no `call`");
            self.missing(wrong.help("say which calls are meant: call = \"db.commit\""));
        }
        self.windows(rule);
        let effect = self.one_effect(table);
        let call = rule.call.as_ref().map_or(ANY, |at| &at.value.0);
        let origin = format!("{}:{}", self.path, self.line(header(table).start));
        let made = with_effect(with_matchers(Rule::on(call).origin(origin), rule), rule, effect);
        match &rule.delay {
            Some(delay) if effect != "delay" => made.delayed(delay.value.0),
            _ => made,
        }
    }

    fn windows(&mut self, rule: &RuleTable) {
        let Some(during) = &rule.during else { return };
        for (name, key) in [
            ("after", rule.after.as_ref().map(|at| at.key.clone())),
            ("until", rule.until.as_ref().map(|at| at.key.clone())),
        ] {
            let Some(key) = key else { continue };
            let message = format!("`during` and `{name}` cannot stand together");
            let wrong =
                Diagnostic::new(key, message).other(during.key.clone(), "the window is here");
            self.reader.error(wrong.help("keep one of the two"));
        }
    }

    /// The one effect of the rule. Its value may have been wrong.
    fn one_effect(&mut self, table: &At<RuleTable>) -> &'static str {
        let rule = &table.value;
        let given: Vec<&'static str> =
            rule.given.iter().filter(|key| EFFECTS.contains(key)).copied().collect();
        let Some((first, rest)) = given.split_first() else {
            if !rule.given.contains(&"delay") {
                let wrong = Diagnostic::new(header(table), "the rule has no effect");
                let effects = EFFECTS.join(", ");
                self.missing(wrong.help(format!("add one of these: {effects}, delay")));
            }
            return "delay";
        };
        for other in rest {
            let message = format!("`{other}` and `{first}` cannot stand together");
            let at = effect_key(rule, other).unwrap_or_else(|| header(table));
            let mut wrong = Diagnostic::new(at, message);
            if let Some(first) = effect_key(rule, first) {
                wrong = wrong.other(first, "the effect is here");
            }
            self.reader.error(wrong.help("a rule has one effect: write two rules"));
        }
        first
    }

    /// What is wrong with a rule, where it stands in the file.
    fn place(&self, error: &RuleError, table: &At<RuleTable>) -> Diagnostic {
        let rule = &table.value;
        let value = |span: Option<Range<usize>>| span.unwrap_or_else(|| header(table));
        let span = |at: &Option<At<Count>>| at.as_ref().map(|at| at.span.clone());
        let call = || rule.call.as_ref().map(|at| at.span.clone());
        let field = match error.field() {
            RuleField::Call(Some(part)) => {
                value(call().map(|call| self.reader.within(&call, part.clone())))
            }
            RuleField::Call(None) => value(call().map(|call| self.reader.inside(&call))),
            RuleField::Argument(place) => {
                let arguments = rule.r#where.as_ref().map(|map| &map.value.0);
                value(arguments.and_then(|all| all.get(*place)).map(|(_, at)| at.key.clone()))
            }
            RuleField::Nth => value(span(&rule.nth)),
            RuleField::Every => value(span(&rule.every)),
            RuleField::First => value(span(&rule.first)),
            RuleField::Hits => value(span(&rule.hits)),
            RuleField::Chance => value(rule.chance.as_ref().map(|at| at.span.clone())),
            RuleField::Until => {
                let during = rule.during.as_ref().map(|at| at.span.clone());
                value(during.or_else(|| rule.until.as_ref().map(|at| at.span.clone())))
            }
            RuleField::Name => value(rule.name.as_ref().map(|at| at.span.clone())),
            RuleField::Delay => value(rule.delay.as_ref().map(|at| at.key.clone())),
            _ => {
                let delay = || rule.delay.as_ref().map(|at| at.key.clone());
                let effect = EFFECTS.iter().find_map(|name| effect_key(rule, name));
                value(effect.or_else(delay))
            }
        };
        let diagnostic = Diagnostic::new(field, error.message());
        match error.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// The pattern that means every call.
const ANY: &str = "*.*";

fn with_matchers(mut when: When, rule: &RuleTable) -> When {
    for (name, glob) in rule.r#where.iter().flat_map(|map| &map.value.0) {
        when = when.argument(name.clone(), glob.value.0.clone());
    }
    let count = |at: &Option<At<Count>>| at.as_ref().map(|at| at.value.0);
    let time = |at: &Option<At<Time>>| at.as_ref().map(|at| at.value.0);
    let during = rule.during.as_ref().map(|at| at.value);
    let after = during.map(|pair| pair.0).or(time(&rule.after));
    let until = during.map(|pair| pair.1).or(time(&rule.until));
    when = with(when, count(&rule.nth), When::nth);
    when = with(when, count(&rule.every), When::every);
    when = with(when, count(&rule.first), When::first);
    when = with(when, count(&rule.hits), When::hits);
    when = with(when, after.filter(|after| !after.is_zero()), When::after);
    when = with(when, until, When::until);
    when = with(when, rule.chance.as_ref().map(|at| at.value.0), When::chance);
    with(when, rule.name.as_ref().map(|at| at.value.0.clone()), When::named)
}

fn with_effect(when: When, rule: &RuleTable, effect: &str) -> Rule {
    let failure = |at: &Option<At<Fails>>| {
        at.as_ref().map_or(Failure::Kind(ErrorKind::Internal), |at| at.value.0.clone())
    };
    match effect {
        "fail_before" => when.fail_before(failure(&rule.fail_before)),
        "fail_after" => when.fail_after(failure(&rule.fail_after)),
        "hang" => when.hang(),
        "repeat" => when.repeat(rule.repeat.as_ref().map_or(1, |at| at.value.0)),
        "disconnect" => when.disconnect(),
        _ => {
            when.delay(rule.delay.as_ref().map_or(Latency::Fixed(Duration::ZERO), |at| at.value.0))
        }
    }
}

fn effect_was_read(rule: &RuleTable) -> bool {
    rule.delay.is_some() || EFFECTS.iter().any(|name| effect_key(rule, name).is_some())
}

const EFFECTS: [&str; 5] = ["fail_before", "fail_after", "hang", "repeat", "disconnect"];

fn effect_key(rule: &RuleTable, name: &str) -> Option<Range<usize>> {
    match name {
        "fail_before" => rule.fail_before.as_ref().map(|at| at.key.clone()),
        "fail_after" => rule.fail_after.as_ref().map(|at| at.key.clone()),
        "hang" => rule.hang.as_ref().map(|at| at.key.clone()),
        "repeat" => rule.repeat.as_ref().map(|at| at.key.clone()),
        _ => rule.disconnect.as_ref().map(|at| at.key.clone()),
    }
}

/// Where `[[rule]]` stands.
fn header(table: &At<RuleTable>) -> Range<usize> {
    table.span.clone()
}

fn with<W, T>(when: W, value: Option<T>, set: impl FnOnce(W, T) -> W) -> W {
    match value {
        Some(value) => set(when, value),
        None => when,
    }
}

fn setup(table: SetupTable) -> Setup {
    let flags = table.flags.into_iter().flat_map(|map| map.value.0);
    let config = table.config.into_iter().flat_map(|map| map.value.0);
    let secrets = table.secrets.into_iter().flat_map(|map| map.value.0);
    let params = table.params.into_iter().flat_map(|map| map.value.0);
    Setup {
        flags: flags.map(|(name, at)| (name, at.value.0)).collect(),
        config: config.map(|(name, at)| (name, at.value.0)).collect(),
        secrets: secrets
            .map(|(name, at)| (name, Secret::new(at.value.0)))
            .collect::<BTreeMap<_, _>>(),
        params: params.map(|(name, at)| (name, at.value.0)).collect(),
    }
}
