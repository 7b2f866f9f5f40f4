//! Trying again, for what can be done twice without harm.

use std::future::Future;
use std::time::Duration;

use stuntdouble::{AsError, Error, ErrorKind, LoggerExt, fields};

use crate::error::ShopError;
use crate::shop::Shop;

/// Gives up after that time. Whether it was done is not known then.
pub(crate) async fn within<T, E: From<Error>>(
    limit: Duration,
    what: &'static str,
    work: impl Future<Output = Result<T, E>> + Send,
) -> Result<T, E> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        let message = format!("{what}: no answer within {limit:?}");
        Err(Error::new(ErrorKind::OutcomeUnknown, message).into())
    })
}

/// Tries a step on the database until it works, also after an unknown outcome: the step must have the
/// same effect, done once or twice.
pub(crate) async fn repeatable<T, F, Fut>(
    shop: &Shop,
    what: &'static str,
    step: F,
) -> Result<T, ShopError>
where
    T: Send,
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<T, ShopError>> + Send,
{
    repeatable_within(shop, shop.settings().db_timeout, what, step).await
}

/// As [`repeatable`], for any service: gives up waiting for one answer after `limit`.
pub(crate) async fn repeatable_within<T, F, Fut>(
    shop: &Shop,
    limit: Duration,
    what: &'static str,
    step: F,
) -> Result<T, ShopError>
where
    T: Send,
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<T, ShopError>> + Send,
{
    let policy = &shop.settings().retry;
    let mut attempt = 1;
    loop {
        match within(limit, what, step()).await {
            Err(error) if may_succeed_later(&error) && attempt < policy.max_attempts() => {
                note(shop, what, attempt, &error);
                tokio::time::sleep(policy.delay(attempt)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// True if the same step may have another outcome later.
pub(crate) fn may_succeed_later(error: &ShopError) -> bool {
    error.is_retryable() || error.is_outcome_unknown()
}

/// Says that something is tried again.
pub(crate) fn note(shop: &Shop, what: &'static str, attempt: u32, error: &ShopError) {
    let fields = fields! { what: what, attempt: attempt, error: error.to_string() };
    shop.logger().warn("trying again", fields);
}
