//! Whether a rule can do what it says: everything that is wrong with it is found before a run.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::predicate::{Predicate, speaks_sql};
use super::rule::{Effect, Rule};
use crate::layer::Latency;
use crate::stack::{CallPattern, Method, Service};

/// The part of a rule that is wrong.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleField {
    /// The call pattern; the bytes of it that are wrong, where that is known.
    Call(Option<Range<usize>>),
    /// An argument, by its place among those the rule asks for.
    Argument(usize),
    /// The node.
    Node,
    /// `nth`
    Nth,
    /// `every`
    Every,
    /// `first`
    First,
    /// `until`, or the whole window of time.
    Until,
    /// `chance`
    Chance,
    /// `hits`
    Hits,
    /// The effect.
    Effect,
    /// The delay beside a failure.
    Delay,
    /// The name.
    Name,
}

/// One thing that is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    pub(super) rule: usize,
    pub(super) origin: Arc<str>,
    pub(super) field: RuleField,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl RuleError {
    /// The place of the rule among those that were checked.
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// The part of the rule that is wrong.
    pub fn field(&self) -> &RuleField {
        &self.field
    }

    /// What is wrong, in a few words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What can be done about it.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}

/// Everything that is wrong with the rules of a run.
#[derive(Clone, PartialEq, Eq)]
pub struct RuleErrors(pub(super) Vec<RuleError>);

impl RuleErrors {
    /// The errors, in the order of the rules.
    pub fn errors(&self) -> &[RuleError] {
        &self.0
    }
}

impl fmt::Display for RuleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(RuleError::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Debug for RuleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `unwrap` prints this: it is read by people.
        write!(f, "\n{self}")
    }
}

impl std::error::Error for RuleErrors {}

/// A method that a rule means, and where its arguments stand.
#[derive(Debug)]
pub(super) struct Meant {
    pub(super) method: &'static Method,
    pub(super) places: Box<[usize]>,
}

/// Checks rules that are to be used together: everything that [`FaultLayer::new`](super::FaultLayer::new)
/// refuses.
pub fn check(rules: &[Rule], services: &[&'static Service]) -> Vec<RuleError> {
    let mut errors = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let mut checker = Checker { place, rule, errors: &mut errors };
        checker.numbers();
        checker.latencies();
        checker.node();
        checker.meant(services);
        let twin = |other: &Rule| rule.name().is_some() && other.name() == rule.name();
        if let Some(other) = rules[..place].iter().find(|other| twin(other)) {
            checker.error(
                RuleField::Name,
                format!("the rule at {} has the same name", other.origin()),
                Some("a rule's random numbers follow its name, so each has its own".into()),
            );
        }
    }
    errors
}

/// The pattern of a rule and the methods it means, if it means any.
pub(super) fn resolve(
    rule: &Rule,
    services: &[&'static Service],
) -> Option<(CallPattern, Vec<Meant>)> {
    let pattern = CallPattern::parse(&rule.when.call).ok()?;
    let methods: Vec<_> = pattern
        .methods(services)
        .filter(|method| method.effects.contains(rule.needs()))
        .filter(|method| speaks_sql_if_needed(rule, method, services))
        .filter_map(|method| {
            let places = rule.when.arguments.iter().map(|one| one.place(method));
            Some(Meant { method, places: places.collect::<Option<_>>()? })
        })
        .collect();
    Some((pattern, methods))
}

/// True if one of the service's methods carries SQL, so that its errors have an SQLSTATE.
fn service_speaks_sql(method: &Method, services: &[&'static Service]) -> bool {
    let service = services.iter().find(|service| service.name == method.service);
    service.is_some_and(|service| service.methods.iter().any(|method| speaks_sql(method)))
}

fn speaks_sql_if_needed(rule: &Rule, method: &Method, services: &[&'static Service]) -> bool {
    let sqlstate = match &rule.effect {
        Effect::FailBefore(failure) | Effect::FailAfter(failure) => failure.is_sqlstate(),
        _ => false,
    };
    !sqlstate || service_speaks_sql(method, services)
}

struct Checker<'a> {
    place: usize,
    rule: &'a Rule,
    errors: &'a mut Vec<RuleError>,
}

impl Checker<'_> {
    fn error(&mut self, field: RuleField, message: impl Into<String>, help: Option<String>) {
        self.errors.push(RuleError {
            rule: self.place,
            origin: self.rule.when.origin.clone(),
            field,
            message: message.into(),
            help,
        });
    }

    fn node(&mut self) {
        let Some(node) = &self.rule.when.node else { return };
        // The mark of a call name would be read as one.
        if node.contains(['/', '#']) || CallPattern::parse(&format!("{node}/*.*")).is_err() {
            self.error(RuleField::Node, format!("{node:?} is no name of a node"), None);
        }
    }

    fn numbers(&mut self) {
        let when = &self.rule.when;
        let counts = [
            (RuleField::Nth, "nth", when.nth),
            (RuleField::Every, "every", when.every),
            (RuleField::First, "first", when.first),
        ];
        let given: Vec<_> = counts.into_iter().filter(|(_, _, count)| count.is_some()).collect();
        for (field, name, count) in given.clone() {
            if count == Some(0) {
                self.error(
                    field,
                    format!("`{name} = 0` means no call"),
                    Some("calls are counted from 1".into()),
                );
            }
        }
        if let [(_, first, _), rest @ ..] = &given[..] {
            for (field, name, _) in rest {
                let message = format!("`{name}` and `{first}` cannot stand together");
                self.error(field.clone(), message, Some("keep one of the two".into()));
            }
        }
        if when.hits == Some(0) {
            let help = Some("leave the rule out".into());
            self.error(RuleField::Hits, "`hits = 0` means that the rule never fires", help);
        }
        if let Some(chance) = when.chance {
            if !(0.0..=1.0).contains(&chance) {
                self.error(RuleField::Chance, "a chance is from 0 to 1", None);
            } else if chance == 0.0 {
                let help = Some("leave the rule out".into());
                self.error(RuleField::Chance, "with `chance = 0` the rule never fires", help);
            }
        }
        if let Some(until) = when.until
            && until <= when.after.unwrap_or_default()
        {
            let message = match when.after {
                Some(after) => {
                    format!("the window ends at {until:?}, before it begins at {after:?}")
                }
                None => "the window ends before anything is called".into(),
            };
            self.error(RuleField::Until, message, None);
        }
        if let Effect::Repeat(0) = self.rule.effect {
            let help = Some("`repeat = 1` makes the call twice".into());
            self.error(RuleField::Effect, "`repeat = 0` does nothing", help);
        }
    }

    fn latencies(&mut self) {
        if let Effect::Delay(latency) = self.rule.effect {
            self.latency(RuleField::Effect, latency);
        }
        let Some(delay) = self.rule.delay else { return };
        self.latency(RuleField::Delay, delay);
        let allowed = matches!(
            self.rule.effect,
            Effect::FailBefore(_) | Effect::FailAfter(_) | Effect::Disconnect
        );
        if !allowed {
            let message = format!("`{}` and a delay cannot stand together", self.rule.effect);
            let help = Some("a delay goes with a failure or a disconnect".into());
            self.error(RuleField::Delay, message, help);
        }
    }

    fn latency(&mut self, field: RuleField, latency: Latency) {
        if let Err(message) = latency.validate() {
            self.error(field, message, None);
        }
    }

    fn meant(&mut self, services: &[&'static Service]) {
        let pattern = match CallPattern::parse(&self.rule.when.call) {
            Ok(pattern) => pattern,
            Err(error) => {
                let field = RuleField::Call(Some(error.span()));
                return self.error(field, error.message(), None);
            }
        };
        if let Err(unknown) = pattern.known(services) {
            let help = match unknown.suggestion() {
                Some(near) => format!("did you mean `{near}`?"),
                None => names_help("services", services.iter().map(|service| service.name)),
            };
            let message = format!("no service has a method `{}`", unknown.name());
            return self.error(RuleField::Call(None), message, Some(help));
        }
        let methods: Vec<_> = pattern.methods(services).collect();
        let before = self.errors.len();
        self.arguments(&methods);
        self.effect(&methods, services);
        let meant = resolve(self.rule, services);
        if self.errors.len() == before && meant.is_some_and(|(_, methods)| methods.is_empty()) {
            let message = format!("no method that `{pattern}` means fits all of the rule");
            let help = Some("some have the arguments, and others can suffer the effect".into());
            self.error(RuleField::Call(None), message, help);
        }
    }

    fn arguments(&mut self, methods: &[&'static Method]) {
        for (place, predicate) in self.rule.when.arguments.iter().enumerate() {
            if methods.iter().any(|method| predicate.place(method).is_some()) {
                continue;
            }
            let message = match methods {
                [only] => format!("`{only}` has no argument `{}`", predicate.argument),
                _ => {
                    let pattern = &self.rule.when.call;
                    format!("no method of `{pattern}` has an argument `{}`", predicate.argument)
                }
            };
            let mut names: Vec<&str> = Vec::new();
            for name in methods.iter().flat_map(|method| Predicate::names(method)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let help = match nearest(&predicate.argument, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "it has no arguments".into(),
                None => names_help("arguments", names.into_iter()),
            };
            self.error(RuleField::Argument(place), message, Some(help));
        }
    }

    fn effect(&mut self, methods: &[&'static Method], services: &[&'static Service]) {
        let needs = self.rule.needs();
        if !methods.iter().any(|method| method.effects.contains(needs)) {
            let all = methods.iter().fold(crate::stack::Effects::NONE, |all, m| all.and(m.effects));
            let missing = needs.without(all);
            let missing: Vec<_> =
                if missing.names().count() == 0 { needs } else { missing }.names().collect();
            let call = &self.rule.when.call;
            let can: Vec<_> = all.names().collect();
            let message = format!("`{call}` cannot {}", missing.join(" and "));
            let help = format!("what can happen to it: {}", can.join(", "));
            let field = if missing == ["delay"] && self.rule.delay.is_some() {
                RuleField::Delay
            } else {
                RuleField::Effect
            };
            self.error(field, message, Some(help));
        } else if !methods.iter().any(|method| speaks_sql_if_needed(self.rule, method, services)) {
            let message = format!("`{}` reports no SQLSTATE", self.rule.when.call);
            let help = "use an error kind, such as `unavailable`".to_owned();
            self.error(RuleField::Effect, message, Some(help));
        }
    }
}

fn names_help<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> String {
    format!("{what}: {}", names.collect::<Vec<_>>().join(", "))
}

/// The nearest of several words, where one is near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = word.chars().count().div_ceil(3);
    let near = known.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name));
    let near = near.filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}
