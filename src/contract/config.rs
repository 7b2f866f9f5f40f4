//! The contract of [`Config`].

use std::sync::Arc;

use super::{Capability, Report, Suite, equal, fails, holds};
use crate::error::{ErrorKind, Result};
use crate::service::{Config, ConfigExt};

/// Where the suite gets settings from.
pub trait ConfigHarness: Send + Sync {
    /// Settings with these keys and values, and no others that begin with `STUNTDOUBLE_CONTRACT_`.
    fn with(&self, pairs: &[(&str, &str)]) -> Result<Arc<dyn Config>>;

    /// What the settings cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const UNSET: &str = "A key that is not set is `None`; an empty value is a value.";
const NAMED: &str = "An error names the key and never prints a value, which may be a secret.";
const INTEGER: &str = "A decimal integer.";
const BOOLEAN: &str = "`true` or `false`.";
const FLOAT: &str = "A decimal number; not `NaN` or infinity.";
const REQUIRED: &str = "[`ErrorKind::NotFound`] if the key is not set, [`ErrorKind::TypeMismatch`] if its value is of another type, or the source's own error.";
const DEFAULT: &str =
    "The value, or this one if the key is not set. A value of the wrong type is still an error.";

const KEY: &str = "STUNTDOUBLE_CONTRACT_KEY";

/// Runs all checks.
pub async fn suite(harness: &dyn ConfigHarness) -> Report {
    let mut suite = Suite::new("config", harness.lacks());
    suite
        .check("a_key_is_set_or_not", UNSET, async {
            equal("get of a key", harness.with(&[(KEY, "v")])?.get(KEY)?.as_deref(), Some("v"))?;
            equal(
                "get of an empty value",
                harness.with(&[(KEY, "")])?.get(KEY)?.as_deref(),
                Some(""),
            )?;
            equal("get of a missing key", harness.with(&[])?.get(KEY)?, None::<String>)
        })
        .await;
    suite
        .check("integers", INTEGER, async {
            let int = |text| harness.with(&[(KEY, text)])?.get_int(KEY).required();
            equal("0", int("0")?, 0)?;
            equal("the smallest", int("-9223372036854775808")?, i64::MIN)?;
            for text in ["", "x", "1.0", "9223372036854775808", "0x10", " 1"] {
                fails(format!("{text:?}"), int(text), ErrorKind::TypeMismatch)?;
            }
            Ok(())
        })
        .await;
    suite
        .check("booleans", BOOLEAN, async {
            let bool = |text| harness.with(&[(KEY, text)])?.get_bool(KEY).required();
            equal("true", bool("true")?, true)?;
            equal("false", bool("false")?, false)?;
            for text in ["", "yes", "1", "TRUE"] {
                fails(format!("{text:?}"), bool(text), ErrorKind::TypeMismatch)?;
            }
            Ok(())
        })
        .await;
    suite
        .check("floats", FLOAT, async {
            let float = |text| harness.with(&[(KEY, text)])?.get_float(KEY).required();
            equal("0.25", float("0.25")?, 0.25)?;
            equal("-3", float("-3")?, -3.0)?;
            for text in ["", "x", "NaN", "inf", "1,5"] {
                fails(format!("{text:?}"), float(text), ErrorKind::TypeMismatch)?;
            }
            Ok(())
        })
        .await;
    errors(&mut suite, harness).await;
    suite.report()
}

async fn errors(suite: &mut Suite<'_>, harness: &dyn ConfigHarness) {
    suite
        .check("a_required_key_must_be_set", REQUIRED, async {
            let config = harness.with(&[])?;
            let error = fails("required", config.get_text(KEY).required(), ErrorKind::NotFound)?;
            holds(error.to_string().contains(KEY), format!("the key is not named: {error}"))
        })
        .await;
    suite
        .check("a_default_is_for_a_missing_key_only", DEFAULT, async {
            equal("a missing key", harness.with(&[])?.get_int(KEY).or(7)?, 7)?;
            equal("a set key", harness.with(&[(KEY, "1")])?.get_int(KEY).or(7)?, 1)?;
            let wrong = harness.with(&[(KEY, "x")])?.get_int(KEY).or(7);
            fails("a value of the wrong type", wrong, ErrorKind::TypeMismatch).map(drop)
        })
        .await;
    suite
        .check("an_error_names_the_key_and_hides_the_value", NAMED, async {
            let config = harness.with(&[(KEY, "hunter2")])?;
            let found = config.get_int(KEY).required();
            let error = fails("get_int of a text", found, ErrorKind::TypeMismatch)?;
            let shown = format!("{error} {error:?}");
            holds(shown.contains(KEY), format!("the key is not named: {shown}"))?;
            holds(!shown.contains("hunter2"), format!("the value is shown: {shown}"))
        })
        .await;
}
