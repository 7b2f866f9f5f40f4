//! [`FakeFeatureFlags`]: a flag provider in memory, with targeting rules and stable rollouts.
//!
//! - `flag`: what a flag is made of, and its evaluation.
//! - `condition`: what a targeting rule can look at.
//! - `rollout`: the hash that splits targeting keys.
//! - `json`: flags from flagd's JSON.

mod condition;
mod flag;
mod json;
mod rollout;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::nearest::did_you_mean;
use super::{Environment, Journal, lock};
use crate::error::{Error, ErrorKind, Result};
use crate::service::{Evaluation, EvaluationContext, FeatureFlags, FlagError, FlagValue, Reason};
pub use condition::{Attribute, Comparison, Condition};
pub use flag::{Flag, Serve};

/// A flag provider. Clones share the flags.
///
/// The reasons are OpenFeature's: `STATIC` for a flag without rules, `TARGETING_MATCH` or `SPLIT` if a
/// rule decided, `DEFAULT` if none matched, `DISABLED`, and `ERROR` with the caller's default.
///
/// An integer flag can be read as a float (a JSON file says `1` for both), not the other way round.
///
/// ```
/// use stuntdouble::fake::{Condition, Environment, FakeFeatureFlags, Flag};
/// use stuntdouble::{EvaluationContext, FeatureFlags, FeatureFlagsExt};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let flags = FakeFeatureFlags::new(&Environment::seeded(42));
/// flags.set("new-checkout", Flag::off())?;
/// flags.set(
///     "discount",
///     Flag::new([("none", 0.0), ("ten", 0.1)], "none")
///         .when(Condition::attribute("country").one_of(["DE", "AT"]), "ten")
///         .rollout([("none", 90), ("ten", 10)]),
/// )?;
///
/// let ada = EvaluationContext::of("ada").with("country", "AT");
/// assert_eq!(flags.get_value("discount", 0.0, &ada).await, 0.1);
///
/// assert!(!flags.is_enabled("new-checkout", &ada).await);
/// flags.serve("new-checkout", "on")?; // at run time
/// assert!(flags.is_enabled("new-checkout", &ada).await);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeFeatureFlags {
    shared: Arc<Shared>,
}

struct Shared {
    journal: Journal,
    flags: Mutex<BTreeMap<String, Flag>>,
    evaluations: Mutex<Vec<FlagEvaluation>>,
}

/// An evaluation that took place.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct FlagEvaluation {
    /// The flag.
    pub flag: String,
    /// For whom.
    pub targeting_key: Option<String>,
    /// What came out.
    pub result: Evaluation,
}

impl FakeFeatureFlags {
    /// A provider without flags.
    pub fn new(environment: &Environment) -> FakeFeatureFlags {
        FakeFeatureFlags {
            shared: Arc::new(Shared {
                journal: environment.journal("feature_flags"),
                flags: Mutex::default(),
                evaluations: Mutex::default(),
            }),
        }
    }

    /// Defines a flag, or defines it anew.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] that lists what is wrong: a default or a rule that names no
    /// variant, variants of different types, weights that add up to nothing, a version that is none.
    pub fn set(&self, name: &str, flag: Flag) -> Result<()> {
        let problems = flag.problems();
        if !problems.is_empty() {
            let message = format!("the flag {name:?}: {}", problems.join("; "));
            return Err(invalid(message, "set"));
        }
        lock(&self.shared.flags).insert(name.to_owned(), flag);
        self.shared.journal.note("set", name, || "defined");
        Ok(())
    }

    /// Defines flags from JSON in flagd's format, or defines them anew. All or none are defined.
    ///
    /// ```
    /// use stuntdouble::fake::{Environment, FakeFeatureFlags};
    /// use stuntdouble::{EvaluationContext, FeatureFlagsExt};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> stuntdouble::Result<()> {
    /// let flags = FakeFeatureFlags::new(&Environment::seeded(42));
    /// flags.set_json(r#"{
    ///   "flags": {
    ///     "limit": {
    ///       "state": "ENABLED",
    ///       "variants": { "low": 10, "high": 100 },
    ///       "defaultVariant": "low",
    ///       "targeting": {
    ///         "if": [
    ///           { "in": [{ "var": "plan" }, ["gold", "platinum"]] }, "high",
    ///           { "fractional": [["low", 75], ["high", 25]] }
    ///         ]
    ///       }
    ///     }
    ///   }
    /// }"#)?;
    /// let gold = EvaluationContext::of("ada").with("plan", "gold");
    /// assert_eq!(flags.get_value("limit", 0, &gold).await, 100);
    ///
    /// let error = flags.set_json(r#"{ "flags": { "f": {
    ///     "variants": { "on": true }, "defaultVariant": "no"
    /// } } }"#).unwrap_err();
    /// assert_eq!(
    ///     error.message(),
    ///     "flags.f: the default \"no\" is no variant (there are: \"on\")"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Of JSONLogic it takes `if`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `and`, `or`, `!`, and
    /// flagd's `starts_with`, `ends_with`, `sem_ver` and `fractional`, with `{"var": "…"}` on the left
    /// and a constant on the right. Anything else is an error.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] that lists all that is wrong, each with its path.
    pub fn set_json(&self, text: &str) -> Result<()> {
        let flags =
            json::parse(text).map_err(|problems| invalid(problems.join("\n"), "set_json"))?;
        for (name, flag) in flags {
            self.set(&name, flag)?;
        }
        Ok(())
    }

    /// Has the flag give that variant to everyone: its rules are dropped, and it is switched on.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such flag, [`ErrorKind::InvalidArgument`] if it has no
    /// such variant.
    pub fn serve(&self, name: &str, variant: &str) -> Result<()> {
        self.change(name, "serve", |flag| {
            flag.serve_all(variant).map_err(|problem| format!("the flag {name:?}: {problem}"))
        })?;
        self.shared.journal.note("serve", name, || variant.to_owned());
        Ok(())
    }

    /// Switches a flag on or off as a whole. A flag that is off gives the caller's default.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such flag.
    pub fn set_enabled(&self, name: &str, enabled: bool) -> Result<()> {
        self.change(name, "set_enabled", |flag| {
            flag.enabled = enabled;
            Ok(())
        })?;
        self.shared.journal.note("set_enabled", name, || if enabled { "on" } else { "off" });
        Ok(())
    }

    /// Removes a flag; false if there was none.
    pub fn remove(&self, name: &str) -> bool {
        let removed = lock(&self.shared.flags).remove(name).is_some();
        self.shared.journal.note("remove", name, || if removed { "removed" } else { "miss" });
        removed
    }

    /// The flags' names, in alphabetical order.
    pub fn names(&self) -> Vec<String> {
        lock(&self.shared.flags).keys().cloned().collect()
    }

    /// Every evaluation so far, in order.
    pub fn evaluations(&self) -> Vec<FlagEvaluation> {
        lock(&self.shared.evaluations).clone()
    }

    /// What is unfinished: nothing, ever, for flags.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }

    fn change(
        &self,
        name: &str,
        method: &'static str,
        change: impl FnOnce(&mut Flag) -> Result<(), String>,
    ) -> Result<()> {
        let mut flags = lock(&self.shared.flags);
        if !flags.contains_key(name) {
            let hint = did_you_mean(name, flags.keys().map(String::as_str));
            let error = Error::new(ErrorKind::NotFound, format!("there is no flag {name:?}{hint}"));
            return Err(error.at("feature_flags", method));
        }
        let flag = flags.get_mut(name).expect("it was looked up above");
        change(flag).map_err(|problem| invalid(problem, method))
    }
}

fn invalid(message: String, method: &'static str) -> Error {
    Error::new(ErrorKind::InvalidArgument, message).at("feature_flags", method)
}

impl fmt::Debug for FakeFeatureFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeFeatureFlags").field("names", &self.names()).finish()
    }
}

#[async_trait]
impl FeatureFlags for FakeFeatureFlags {
    async fn is_enabled(&self, flag: &str, context: &EvaluationContext) -> bool {
        let evaluation = self.evaluate(flag, FlagValue::Bool(false), context).await;
        evaluation.value == FlagValue::Bool(true)
    }

    async fn evaluate(
        &self,
        flag: &str,
        default: FlagValue,
        context: &EvaluationContext,
    ) -> Evaluation {
        let result = match lock(&self.shared.flags).get(flag) {
            Some(definition) => definition.evaluate(flag, default, context),
            None => Evaluation::failed(default, FlagError::FlagNotFound),
        };
        self.shared.journal.note("evaluate", flag, || match (&result.variant, &result.error) {
            (_, Some(error)) => error.to_string(),
            (Some(variant), None) => format!("{variant} ({})", result.reason),
            (None, None) => Reason::Disabled.to_string(),
        });
        lock(&self.shared.evaluations).push(FlagEvaluation {
            flag: flag.to_owned(),
            targeting_key: context.targeting_key.clone(),
            result: result.clone(),
        });
        result
    }
}
