//! [`FeatureFlags`], intercepted.

use std::sync::Arc;

use async_trait::async_trait;

use crate::service::{Evaluation, EvaluationContext, FeatureFlags, FlagError, FlagValue};
use crate::stack::{Arg, Describe, Detail, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`FeatureFlags`]. An evaluation that fails gives the default.
    pub static FEATURE_FLAGS = "feature_flags" {
        IS_ENABLED = "is_enabled"(flag, context): Effects::READ;
        EVALUATE = "evaluate"(flag, default, context): Effects::READ;
    }
}

/// Puts feature flags behind the stack.
pub fn feature_flags<F: FeatureFlags + ?Sized + 'static>(
    stack: &Stack,
    inner: Arc<F>,
) -> Arc<dyn FeatureFlags> {
    Arc::new(Intercepted { port: stack.port(&FEATURE_FLAGS), inner })
}

struct Intercepted<F: ?Sized> {
    port: Port,
    inner: Arc<F>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<F: FeatureFlags + ?Sized> FeatureFlags for Intercepted<F> {
    async fn is_enabled(&self, flag: &str, context: &EvaluationContext) -> bool {
        let args = [Arg::Text(flag), Arg::Other(context)];
        let result = self
            .port
            .call(&IS_ENABLED, &args, |_| async { Ok(self.inner.is_enabled(flag, context).await) })
            .await;
        result.unwrap_or(false)
    }

    async fn evaluate(
        &self,
        flag: &str,
        default: FlagValue,
        context: &EvaluationContext,
    ) -> Evaluation {
        let args = [Arg::Text(flag), Arg::Other(&default), Arg::Other(context)];
        let result = self
            .port
            .call(&EVALUATE, &args, |_| async {
                Ok(self.inner.evaluate(flag, default.clone(), context).await)
            })
            .await;
        result.unwrap_or_else(|error| {
            Evaluation::failed(default, FlagError::General(error.message().to_owned()))
        })
    }
}

impl Describe for FlagValue {
    fn describe(&self) -> Detail {
        match self {
            FlagValue::Bool(value) => Detail::Bool(*value),
            FlagValue::Int(value) => Detail::Int(*value),
            FlagValue::Float(value) => Detail::Float(*value),
            FlagValue::Text(value) => Detail::Text(value.as_str().into()),
            FlagValue::Json(value) => Arg::Json(value).detail(),
        }
    }
}

impl Describe for EvaluationContext {
    fn describe(&self) -> Detail {
        let key = self.targeting_key.iter();
        let key = key.map(|key| ("targeting_key".into(), Detail::Text(key.as_str().into())));
        let attributes = self.attributes.iter();
        let attributes = attributes.map(|(name, v)| (name.clone().into(), Arg::Json(v).detail()));
        Detail::Record(key.chain(attributes).collect())
    }
}

impl Describe for Evaluation {
    fn describe(&self) -> Detail {
        let mut parts = vec![("value".into(), self.value.describe())];
        if let Some(variant) = &self.variant {
            parts.push(("variant".into(), Detail::Text(variant.as_str().into())));
        }
        parts.push(("reason".into(), Detail::Text(self.reason.to_string().into())));
        if let Some(error) = &self.error {
            parts.push(("error".into(), Detail::Text(error.to_string().into())));
        }
        Detail::Record(parts.into())
    }
}

impl Reveal for Evaluation {
    fn reveal(&self) -> Arg<'_> {
        Arg::Other(self)
    }
}
