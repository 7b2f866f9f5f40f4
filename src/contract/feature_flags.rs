//! The contract of [`FeatureFlags`].

use std::sync::Arc;

use async_trait::async_trait;

use super::{Capability, Report, Suite, equal, holds};
use crate::error::Result;
use crate::service::{
    EvaluationContext, FeatureFlags, FeatureFlagsExt, FlagError, FlagValue, Reason,
};

/// Where the suite gets flag providers from.
#[async_trait]
pub trait FeatureFlagsHarness: Send + Sync {
    /// A provider with the flags that [`FLAGS`] defines, in flagd's JSON.
    async fn fresh(&self) -> Result<Arc<dyn FeatureFlags>>;

    /// Gives the flag `text` of the provider that was made last another default variant (`b`).
    async fn change(&self) -> Result<()>;

    /// What the provider cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

/// The flags that the suite evaluates.
pub const FLAGS: &str = r#"{ "flags": {
  "bool":   { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
  "int":    { "state": "ENABLED", "variants": { "a": 7 }, "defaultVariant": "a" },
  "float":  { "state": "ENABLED", "variants": { "a": 0.25 }, "defaultVariant": "a" },
  "text":   { "state": "ENABLED", "variants": { "a": "A", "b": "B" }, "defaultVariant": "a" },
  "json":   { "state": "ENABLED", "variants": { "a": { "k": [1, null] } }, "defaultVariant": "a" },
  "off":    { "state": "DISABLED", "variants": { "on": true }, "defaultVariant": "on" },
  "target": { "state": "ENABLED", "variants": { "in": "in", "out": "out" }, "defaultVariant": "out",
              "targeting": { "if": [{ "in": [{ "var": "country" }, ["DE", "AT"]] }, "in"] } },
  "split":  { "state": "ENABLED", "variants": { "a": "A", "b": "B" }, "defaultVariant": "a",
              "targeting": { "fractional": [["a", 50], ["b", 50]] } }
} }"#;

const NEVER_FAILS: &str = "An evaluation never fails: where something is wrong it gives the caller's default, with [`Reason::Error`] and what was wrong.";
const STABLE: &str = "Targeting rules and percentage rollouts are stable: the same flag and targeting key always get the same value, until the flag's definition changes.";
const TYPED: &str = "Evaluates the flag. The value is always of the default's type.";
const ENABLED: &str = "True if the flag is on; false by default.";
const MATCHED: &str = "A targeting rule matched.";
const DISABLED: &str = "The flag is switched off.";
const KEYLESS: &str = "A rollout needs a targeting key.";

fn text(value: &str) -> FlagValue {
    FlagValue::Text(value.to_owned())
}

/// Runs all checks.
pub async fn suite(harness: &dyn FeatureFlagsHarness) -> Report {
    let mut suite = Suite::new("feature_flags", harness.lacks());
    values(&mut suite, harness).await;
    targeting(&mut suite, harness).await;
    suite.report()
}

async fn values(suite: &mut Suite<'_>, harness: &dyn FeatureFlagsHarness) {
    let anyone = &EvaluationContext::of("ada");
    suite
        .check("a_flag_has_its_value", TYPED, async {
            let flags = harness.fresh().await?;
            equal("bool", flags.get_value("bool", false, anyone).await, true)?;
            equal("int", flags.get_value("int", 0, anyone).await, 7)?;
            equal("float", flags.get_value("float", 0.0, anyone).await, 0.25)?;
            equal("text", flags.get_value("text", String::new(), anyone).await, "A")?;
            let json = flags.get_value("json", serde_json::json!({}), anyone).await;
            equal("json", json, serde_json::json!({ "k": [1, null] }))?;
            let found = flags.evaluate("text", text("x"), anyone).await;
            equal("the variant", found.variant.as_deref(), Some("a"))?;
            equal("the error", found.error, None::<FlagError>)
        })
        .await;
    suite
        .check("a_missing_flag_gives_the_default", NEVER_FAILS, async {
            let flags = harness.fresh().await?;
            let found = flags.evaluate("no-such-flag", text("x"), anyone).await;
            equal("value", found.value, text("x"))?;
            equal("reason", found.reason, Reason::Error)?;
            equal("error", found.error, Some(FlagError::FlagNotFound))
        })
        .await;
    suite
        .check("another_type_gives_the_default", NEVER_FAILS, async {
            let flags = harness.fresh().await?;
            for (flag, default) in [
                ("text", FlagValue::Bool(true)),
                ("bool", text("x")),
                ("float", FlagValue::Int(1)),
                ("json", text("x")),
            ] {
                let found = flags.evaluate(flag, default.clone(), anyone).await;
                equal(format!("value of {flag}"), found.value, default)?;
                let wanted = (Reason::Error, Some(FlagError::TypeMismatch));
                equal(format!("reason of {flag}"), (found.reason, found.error), wanted)?;
            }
            Ok(())
        })
        .await;
    suite
        .check("is_enabled_is_false_by_default", ENABLED, async {
            let flags = harness.fresh().await?;
            equal("an on flag", flags.is_enabled("bool", anyone).await, true)?;
            equal("a missing flag", flags.is_enabled("no-such-flag", anyone).await, false)?;
            equal("a flag of another type", flags.is_enabled("text", anyone).await, false)?;
            equal("a disabled flag", flags.is_enabled("off", anyone).await, false)
        })
        .await;
    suite
        .check("a_disabled_flag_gives_the_default", DISABLED, async {
            let flags = harness.fresh().await?;
            for default in [true, false].map(FlagValue::Bool) {
                let found = flags.evaluate("off", default.clone(), anyone).await;
                equal(
                    "value and reason",
                    (found.value, found.reason),
                    (default, Reason::Disabled),
                )?;
            }
            Ok(())
        })
        .await;
}

async fn targeting(suite: &mut Suite<'_>, harness: &dyn FeatureFlagsHarness) {
    suite
        .check("a_rule_that_matches_decides", MATCHED, async {
            let flags = harness.fresh().await?;
            for (country, value, reason) in [
                (Some("DE"), "in", Reason::TargetingMatch),
                (Some("FR"), "out", Reason::Default),
                (None, "out", Reason::Default),
            ] {
                let mut context = EvaluationContext::of("ada");
                context.attributes.extend(country.map(|code| ("country".to_owned(), code.into())));
                let found = flags.evaluate("target", text("x"), &context).await;
                equal(format!("{country:?}"), (found.value, found.reason), (text(value), reason))?;
            }
            Ok(())
        })
        .await;
    suite
        .check_if(Capability::Rollout, "a_rollout_is_stable", STABLE, async {
            let flags = harness.fresh().await?;
            let mut seen = [0, 0];
            for user in 0..200 {
                let context = EvaluationContext::of(format!("user-{user}"));
                let first = flags.evaluate("split", text("x"), &context).await;
                equal("reason", first.reason, Reason::Split)?;
                for _ in 0..3 {
                    let again = flags.evaluate("split", text("x"), &context).await;
                    equal(format!("user-{user} again"), again.value, first.value.clone())?;
                }
                seen[usize::from(first.value == text("B"))] += 1;
            }
            holds(seen.iter().all(|count| *count > 60), format!("50 to 50 gave {seen:?} of 200"))
        })
        .await;
    suite
        .check_if(Capability::Rollout, "a_rollout_needs_a_targeting_key", KEYLESS, async {
            let flags = harness.fresh().await?;
            let found = flags.evaluate("split", text("x"), &EvaluationContext::default()).await;
            equal("value", found.value, text("x"))?;
            equal("error", found.error, Some(FlagError::TargetingKeyMissing))
        })
        .await;
    suite
        .check("a_changed_definition_is_seen", STABLE, async {
            let flags = harness.fresh().await?;
            let anyone = EvaluationContext::of("ada");
            equal("before", flags.get_value("text", String::new(), &anyone).await, "A")?;
            harness.change().await?;
            equal("after", flags.get_value("text", String::new(), &anyone).await, "B")
        })
        .await;
}
