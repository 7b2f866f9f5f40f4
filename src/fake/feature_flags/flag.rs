//! A flag: variants, a default, rules; and its evaluation.

use super::condition::Condition;
use super::rollout;
use crate::fake::nearest::did_you_mean;
use crate::service::{Evaluation, EvaluationContext, FlagError, FlagValue, Reason};

/// The definition of a flag. [`FakeFeatureFlags::set`](super::FakeFeatureFlags::set) checks it.
///
/// Rules are tried in the order in which they were added; the first that matches decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    pub(super) enabled: bool,
    variants: Vec<(String, FlagValue)>,
    default: String,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    when: Condition,
    serve: Serve,
}

/// What a rule gives.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Serve {
    /// The variant of that name.
    Variant(String),
    /// The default variant.
    Default,
    /// One of several variants, each for its share of the targeting keys.
    ///
    /// The choice is stable: `murmur3_32(flag name + targeting key) · sum of weights >> 32` is the
    /// place on the line of weights, as in flagd.
    Split {
        /// The attribute whose value is hashed, alone, in place of flag name and targeting key.
        by: Option<String>,
        /// Variants and weights.
        weights: Vec<(String, u32)>,
    },
}

impl From<&str> for Serve {
    fn from(variant: &str) -> Serve {
        Serve::Variant(variant.to_owned())
    }
}

impl Flag {
    /// A boolean flag (variants `on` and `off`) that is true.
    pub fn on() -> Flag {
        Flag::new([("on", true), ("off", false)], "on")
    }

    /// A boolean flag (variants `on` and `off`) that is false.
    pub fn off() -> Flag {
        Flag::new([("on", true), ("off", false)], "off")
    }

    /// A flag with one variant, `value`.
    pub fn value(value: impl Into<FlagValue>) -> Flag {
        Flag::new([("value", value.into())], "value")
    }

    /// A flag with those variants, which gives the one of the name `default`.
    pub fn new<N: Into<String>, V: Into<FlagValue>>(
        variants: impl IntoIterator<Item = (N, V)>,
        default: impl Into<String>,
    ) -> Flag {
        let variants = variants.into_iter().map(|(name, value)| (name.into(), value.into()));
        let (variants, default) = (variants.collect(), default.into());
        Flag { enabled: true, variants, default, rules: Vec::new() }
    }

    /// Adds a rule: whoever meets the condition gets that variant, or split.
    #[must_use]
    pub fn when(mut self, condition: Condition, serve: impl Into<Serve>) -> Flag {
        self.rules.push(Rule { when: condition, serve: serve.into() });
        self
    }

    /// Adds a rule for everyone: each variant gets its share of the targeting keys. Weights need not
    /// add up to 100.
    #[must_use]
    pub fn rollout<N: Into<String>>(self, weights: impl IntoIterator<Item = (N, u32)>) -> Flag {
        let weights = weights.into_iter().map(|(name, weight)| (name.into(), weight)).collect();
        self.when(Condition::Always, Serve::Split { by: None, weights })
    }

    /// Switches the flag off: it gives the caller's default.
    #[must_use]
    pub fn disabled(mut self) -> Flag {
        self.enabled = false;
        self
    }

    /// What is wrong with the definition.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.variants.is_empty() {
            problems.push("it has no variants".to_owned());
        }
        let first = self.variants.first();
        for (place, (name, value)) in self.variants.iter().enumerate() {
            if self.variants[..place].iter().any(|(other, _)| other == name) {
                problems.push(format!("the variant {name:?} is given twice"));
            }
            if let Some((other, wanted)) = first
                && !value.same_type(wanted)
            {
                let types = format!("{} and {}", type_name(wanted), type_name(value));
                problems.push(format!("the variants {other:?} and {name:?} are of types {types}"));
            }
        }
        problems.extend(self.unknown("the default", &self.default));
        for (place, rule) in self.rules.iter().enumerate() {
            let rule_name = format!("rule {}", place + 1);
            self.check_serve(&rule_name, &rule.serve, &mut problems);
            rule.when.check(&mut |problem| problems.push(format!("{rule_name}: {problem}")));
        }
        problems
    }

    fn check_serve(&self, rule: &str, serve: &Serve, problems: &mut Vec<String>) {
        match serve {
            Serve::Default => {}
            Serve::Variant(name) => problems.extend(self.unknown(&format!("{rule}:"), name)),
            Serve::Split { weights, .. } => {
                for (name, _) in weights {
                    problems.extend(self.unknown(&format!("{rule}:"), name));
                }
                match weights.iter().map(|(_, weight)| u64::from(*weight)).sum() {
                    0 => problems.push(format!("{rule}: the weights add up to nothing")),
                    1..=0xffff_ffff => {}
                    _ => problems.push(format!("{rule}: the weights add up to more than 2^32")),
                }
            }
        }
    }

    fn unknown(&self, what: &str, name: &str) -> Option<String> {
        let names = || self.variants.iter().map(|(name, _)| name.as_str());
        if names().any(|known| known == name) {
            return None;
        }
        let list: Vec<_> = names().map(|name| format!("{name:?}")).collect();
        let hint = did_you_mean(name, names());
        Some(format!("{what} {name:?} is no variant (there are: {}){hint}", list.join(", ")))
    }

    pub(super) fn serve_all(&mut self, variant: &str) -> Result<(), String> {
        if let Some(problem) = self.unknown("variant", variant) {
            return Err(problem);
        }
        self.default = variant.to_owned();
        self.rules.clear();
        self.enabled = true;
        Ok(())
    }

    /// The value for that context, of the default's type.
    pub(super) fn evaluate(
        &self,
        name: &str,
        default: FlagValue,
        context: &EvaluationContext,
    ) -> Evaluation {
        if !self.enabled {
            let reason = Reason::Disabled;
            return Evaluation { value: default, variant: None, reason, error: None };
        }
        let (variant, reason) = match self.decide(name, context) {
            Ok(decision) => decision,
            Err(error) => return Evaluation::failed(default, error),
        };
        let known = self.variants.iter().find(|(known, _)| known == variant);
        let Some((_, value)) = known else {
            // `problems` lets no such flag in.
            let message = format!("the variant {variant:?} does not exist");
            return Evaluation::failed(default, FlagError::General(message));
        };
        let value = match (value, &default) {
            (FlagValue::Int(number), FlagValue::Float(_)) => FlagValue::Float(*number as f64),
            (value, default) if value.same_type(default) => value.clone(),
            _ => return Evaluation::failed(default, FlagError::TypeMismatch),
        };
        Evaluation { value, variant: Some(variant.to_owned()), reason, error: None }
    }

    fn decide(&self, name: &str, context: &EvaluationContext) -> Result<(&str, Reason), FlagError> {
        if self.rules.is_empty() {
            return Ok((&self.default, Reason::Static));
        }
        match self.rules.iter().find(|rule| rule.when.holds(context)).map(|rule| &rule.serve) {
            None | Some(Serve::Default) => Ok((&self.default, Reason::Default)),
            Some(Serve::Variant(variant)) => Ok((variant, Reason::TargetingMatch)),
            Some(Serve::Split { by, weights }) => {
                let key = split_key(name, by.as_deref(), context)?;
                Ok((rollout::choose(&key, weights), Reason::Split))
            }
        }
    }
}

/// What is hashed: flag and targeting key, so that flags split independently; or the attribute alone,
/// so that flags split alike.
fn split_key(
    flag: &str,
    by: Option<&str>,
    context: &EvaluationContext,
) -> Result<String, FlagError> {
    match by {
        None => match &context.targeting_key {
            Some(key) => Ok(format!("{flag}{key}")),
            None => Err(FlagError::TargetingKeyMissing),
        },
        Some(attribute) => match super::condition::lookup(attribute, context).as_deref() {
            Some(serde_json::Value::String(text)) => Ok(text.clone()),
            Some(value) => Ok(value.to_string()),
            None => {
                let message =
                    format!("the attribute {attribute:?}, by which it splits, is missing");
                Err(FlagError::General(message))
            }
        },
    }
}

pub(super) fn type_name(value: &FlagValue) -> &'static str {
    match value {
        FlagValue::Bool(_) => "boolean",
        FlagValue::Int(_) => "integer",
        FlagValue::Float(_) => "float",
        FlagValue::Text(_) => "string",
        FlagValue::Json(_) => "object",
    }
}
