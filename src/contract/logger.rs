//! The contract of [`Logger`].

use std::sync::Arc;

use super::{Capability, Report, Suite, equal};
use crate::error::Result;
use crate::fields;
use crate::service::{Fields, Level, Logger, LoggerExt};

/// Where the suite gets loggers from.
pub trait LoggerHarness: Send + Sync {
    /// A logger that has written nothing, of every level.
    fn fresh(&self) -> Result<Arc<dyn Logger>>;

    /// What the logger that was made last, and its children, have written.
    fn written(&self) -> Result<Vec<(Level, String, Fields)>>;

    /// What the logger cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const LINE: &str =
    "A line is a level, a message and fields; a child logger's lines have its fields first.";
const TWICE: &str =
    "A field that is given twice has the later value, in the place of the earlier one.";

/// Runs all checks.
pub async fn suite(harness: &dyn LoggerHarness) -> Report {
    let mut suite = Suite::new("logger", harness.lacks());
    suite
        .check("a_line_has_level_message_and_fields", LINE, async {
            let logger = harness.fresh()?;
            logger.debug("one", fields! {});
            logger.info("two", fields! { a: 1, b: "x", c: true });
            logger.warn("three \"quoted\"\n", fields! { a: 0.5 });
            logger.error("", fields! { a: serde_json::json!({ "b": [1, null] }) });
            let wanted = vec![
                (Level::Debug, "one".to_owned(), fields! {}),
                (Level::Info, "two".to_owned(), fields! { a: 1, b: "x", c: true }),
                (Level::Warn, "three \"quoted\"\n".to_owned(), fields! { a: 0.5 }),
                (Level::Error, String::new(), fields! { a: serde_json::json!({ "b": [1, null] }) }),
            ];
            equal("the lines", harness.written()?, wanted)
        })
        .await;
    suite
        .check("a_child_inherits_and_its_parent_does_not_change", LINE, async {
            let logger = harness.fresh()?;
            let child = logger.with_fields(fields! { a: 1 });
            let grandchild = child.with_fields(fields! { b: 2 });
            grandchild.info("grandchild", fields! { c: 3 });
            child.info("child", fields! { c: 3 });
            logger.info("parent", fields! { c: 3 });
            let wanted = vec![
                (Level::Info, "grandchild".to_owned(), fields! { a: 1, b: 2, c: 3 }),
                (Level::Info, "child".to_owned(), fields! { a: 1, c: 3 }),
                (Level::Info, "parent".to_owned(), fields! { c: 3 }),
            ];
            equal("the lines", harness.written()?, wanted)
        })
        .await;
    suite
        .check("a_field_that_is_given_twice_has_the_later_value", TWICE, async {
            let logger = harness.fresh()?.with_fields(fields! { a: 1, b: 2 });
            logger.info("line", fields! { c: 3, a: 4 });
            let wanted = vec![(Level::Info, "line".to_owned(), fields! { a: 4, b: 2, c: 3 })];
            equal("the lines", harness.written()?, wanted)
        })
        .await;
    suite.report()
}
