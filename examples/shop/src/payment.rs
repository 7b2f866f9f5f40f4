//! [`Payment`]: the payment provider, a service of the shop's own.

use async_trait::async_trait;
use stuntdouble::{Result, Secret};

/// A payment provider.
///
/// # Contract
/// - Two charges, or two refunds, with one idempotency key are one: the second gets the answer of the
///   first, whatever it was. A key that comes again with another amount is
///   [`InvalidArgument`](stuntdouble::ErrorKind::InvalidArgument).
/// - Without a key every charge is a new one.
/// - A declined card is an answer, not an error.
#[async_trait]
pub trait Payment: Send + Sync {
    /// Takes money.
    async fn charge(&self, api_key: &Secret, charge: &Charge) -> Result<ChargeOutcome>;

    /// What became of the charge with that idempotency key; `None` if there was none.
    async fn status(&self, api_key: &Secret, key: &str) -> Result<Option<ChargeOutcome>>;

    /// Gives money back, all of it.
    async fn refund(&self, api_key: &Secret, refund: &Refund) -> Result<()>;
}

/// What is to be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What the money is for: `order-7`.
    pub reference: String,
    /// How much, in cents.
    pub cents: i64,
    /// The card, as the provider knows it. Not its number.
    pub card_token: String,
    /// The same for each attempt.
    pub idempotency_key: Option<String>,
}

/// What the provider answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeOutcome {
    /// The money was taken.
    Accepted {
        /// What to refer to for a refund.
        charge_id: String,
    },
    /// The money was not taken, and will not be.
    Declined {
        /// Why.
        reason: String,
    },
}

/// What is to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The charge.
    pub charge_id: String,
    /// The same for each attempt.
    pub idempotency_key: String,
}
