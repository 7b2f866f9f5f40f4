//! [`FeatureFlags`]: switches that change without a deployment, as OpenFeature has them.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;

use async_trait::async_trait;

/// A feature flag provider.
///
/// # Contract (OpenFeature specification 0.8, sections 1.3 and 1.4)
/// - An evaluation never fails: where something is wrong it gives the caller's default, with
///   [`Reason::Error`] and what was wrong.
/// - Targeting rules and percentage rollouts are stable: the same flag and targeting key always get the
///   same value, until the flag's definition changes.
#[async_trait]
pub trait FeatureFlags: Send + Sync {
    /// True if the flag is on; false by default.
    async fn is_enabled(&self, flag: &str, context: &EvaluationContext) -> bool;

    /// Evaluates the flag. The value is always of the default's type.
    async fn evaluate(
        &self,
        flag: &str,
        default: FlagValue,
        context: &EvaluationContext,
    ) -> Evaluation;
}

/// Flags of a Rust type. Every [`FeatureFlags`] has it.
pub trait FeatureFlagsExt: FeatureFlags {
    /// The flag's value, or the default.
    ///
    /// ```
    /// use stuntdouble::{EvaluationContext, FeatureFlags, FeatureFlagsExt};
    ///
    /// async fn discount(flags: &dyn FeatureFlags, customer: &str) -> f64 {
    ///     flags.get_value("discount", 0.0, &EvaluationContext::of(customer)).await
    /// }
    /// ```
    fn get_value<T: FlagType>(
        &self,
        flag: &str,
        default: T,
        context: &EvaluationContext,
    ) -> impl Future<Output = T> + Send {
        let fallback = default.clone();
        let evaluation = async move { self.evaluate(flag, default.into_flag(), context).await };
        async move { T::from_flag(evaluation.await.value).unwrap_or(fallback) }
    }
}

impl<F: FeatureFlags + ?Sized> FeatureFlagsExt for F {}

/// The value of a flag.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum FlagValue {
    /// A boolean flag.
    Bool(bool),
    /// An integer flag.
    Int(i64),
    /// A float flag.
    Float(f64),
    /// A string flag.
    Text(String),
    /// An object flag.
    Json(serde_json::Value),
}

impl FlagValue {
    /// True if the two are of one type.
    pub fn same_type(&self, other: &FlagValue) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A Rust type that a flag can have.
pub trait FlagType: Clone + Send + Sync {
    /// As a flag's value.
    fn into_flag(self) -> FlagValue;
    /// From a flag's value; `None` if it is of another type.
    fn from_flag(value: FlagValue) -> Option<Self>;
}

macro_rules! flag_types {
    ($($type:ty = $variant:ident;)*) => {
        $(impl FlagType for $type {
            fn into_flag(self) -> FlagValue { FlagValue::$variant(self) }
            fn from_flag(value: FlagValue) -> Option<Self> {
                if let FlagValue::$variant(value) = value { Some(value) } else { None }
            }
        }

        impl From<$type> for FlagValue {
            fn from(value: $type) -> FlagValue { FlagValue::$variant(value) }
        })*
    };
}

flag_types! {
    bool = Bool;
    i64 = Int;
    f64 = Float;
    String = Text;
    serde_json::Value = Json;
}

/// For whom a flag is evaluated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvaluationContext {
    /// Who: a percentage rollout is stable for each key.
    pub targeting_key: Option<String>,
    /// What targeting rules look at.
    pub attributes: BTreeMap<String, serde_json::Value>,
}

impl EvaluationContext {
    /// A context for that targeting key.
    pub fn of(targeting_key: impl Into<String>) -> EvaluationContext {
        EvaluationContext { targeting_key: Some(targeting_key.into()), attributes: BTreeMap::new() }
    }

    /// Adds an attribute.
    #[must_use]
    pub fn with(
        mut self,
        name: impl Into<String>,
        value: impl Into<serde_json::Value>,
    ) -> EvaluationContext {
        self.attributes.insert(name.into(), value.into());
        self
    }
}

/// A value and why it is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The flag's value, or the caller's default.
    pub value: FlagValue,
    /// The name of the variant, where the flag has variants.
    pub variant: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What was wrong; only with [`Reason::Error`].
    pub error: Option<FlagError>,
}

impl Evaluation {
    /// The caller's default, because something was wrong.
    pub fn failed(default: FlagValue, error: FlagError) -> Evaluation {
        Evaluation { value: default, variant: None, reason: Reason::Error, error: Some(error) }
    }
}

/// Why a flag has its value (OpenFeature, *resolution reason*).
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The flag has the one value, for everyone.
    Static,
    /// No targeting rule matched.
    Default,
    /// A targeting rule matched.
    TargetingMatch,
    /// A percentage rollout decided.
    Split,
    /// The flag is switched off.
    Disabled,
    /// Something was wrong: the value is the caller's default.
    Error,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Static => "STATIC",
            Reason::Default => "DEFAULT",
            Reason::TargetingMatch => "TARGETING_MATCH",
            Reason::Split => "SPLIT",
            Reason::Disabled => "DISABLED",
            Reason::Error => "ERROR",
        })
    }
}

/// What was wrong (OpenFeature, *error code*).
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagError {
    /// There is no such flag.
    FlagNotFound,
    /// The flag is of another type than the default.
    TypeMismatch,
    /// A rollout needs a targeting key.
    TargetingKeyMissing,
    /// The provider could not answer.
    General(String),
}

impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FlagError::FlagNotFound => f.write_str("FLAG_NOT_FOUND"),
            FlagError::TypeMismatch => f.write_str("TYPE_MISMATCH"),
            FlagError::TargetingKeyMissing => f.write_str("TARGETING_KEY_MISSING"),
            FlagError::General(message) => write!(f, "GENERAL: {message}"),
        }
    }
}
