//! [`StubFeatureFlags`].

use async_trait::async_trait;

use super::core::stub;
use crate::fields;
use crate::service::{Evaluation, EvaluationContext, FeatureFlags, FlagError, FlagValue, Reason};

/// The arguments of an evaluation.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct FlagQuery {
    /// The flag.
    pub flag: String,
    /// The caller's default; of `is_enabled`, false.
    pub default: FlagValue,
    /// For whom.
    pub context: EvaluationContext,
}

stub! {
    /// Feature flags with canned answers.
    ///
    /// Defaults: no flag is enabled, and an evaluation gives the caller's default with
    /// [`Reason::Default`]. A canned value of another type than the caller's default gives the default
    /// with [`FlagError::TypeMismatch`], as the contract demands.
    StubFeatureFlags, StubFeatureFlagsBuilder, "feature_flags";
    /// What `is_enabled` answers.
    is_enabled: FlagQuery => bool;
    /// What `evaluate` answers.
    evaluate: FlagQuery => Evaluation;
}

impl StubFeatureFlagsBuilder {
    /// The flag always has this value, for everyone; a boolean one is also what `is_enabled` says.
    #[track_caller]
    pub fn flag(mut self, flag: &str, value: impl Into<FlagValue>) -> StubFeatureFlagsBuilder {
        let (value, name, same) = (value.into(), flag.to_owned(), flag.to_owned());
        if let FlagValue::Bool(on) = value {
            self.is_enabled = self.is_enabled.when(move |query| query.flag == same).value(on);
        }
        let answer = Evaluation { value, variant: None, reason: Reason::Static, error: None };
        self.evaluate = self.evaluate.when(move |query| query.flag == name).value(answer);
        self
    }
}

#[async_trait]
impl FeatureFlags for StubFeatureFlags {
    async fn is_enabled(&self, flag: &str, context: &EvaluationContext) -> bool {
        let default = FlagValue::Bool(false);
        let args = FlagQuery { flag: flag.to_owned(), default, context: context.clone() };
        let fields = fields! { flag: flag };
        self.inner.is_enabled.give(&self.inner.core, &args, fields, |_| false).await
    }

    async fn evaluate(
        &self,
        flag: &str,
        default: FlagValue,
        context: &EvaluationContext,
    ) -> Evaluation {
        let args = FlagQuery { flag: flag.to_owned(), default, context: context.clone() };
        let fields = fields! { flag: flag };
        let unset = |_| Evaluation {
            value: args.default.clone(),
            variant: None,
            reason: Reason::Default,
            error: None,
        };
        let answer = self.inner.evaluate.give(&self.inner.core, &args, fields, unset).await;
        if answer.value.same_type(&args.default) {
            answer
        } else {
            Evaluation::failed(args.default, FlagError::TypeMismatch)
        }
    }
}
