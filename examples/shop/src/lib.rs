//! A small order service: the reference application of stuntdouble.
//!
//! It is written against stuntdouble's traits and one of its own ([`Payment`]), and knows nothing of
//! tests. How it is rehearsed stands beside it, in `harness/` and in `scenarios/shop/`.
//!
//! # What happens to an order
//! 1. [`Shop::place_order`] writes the order, takes the stock and leaves an event in the outbox, all in
//!    one transaction ([`outbox`] says why).
//! 2. The relay ([`Shop::run_relay`]) publishes what is in the outbox, at least once.
//! 3. The handler of `order.placed` charges the card, marks the order as paid and stores the invoice;
//!    if the card is declined, it cancels the order and returns the stock.
//! 4. [`Shop::request_refund`] gives the money back, on the same way: outbox, relay, handler.
//!
//! # What it relies on when something fails
//! Every step can be done twice without harm, so that whatever failed can be done again: an order has
//! the client's key, a charge the order's, a change of status names the status before, an invoice has
//! one place. Where the answer of a commit is lost, the shop looks before it acts.
//!
//! [`Mistake`] builds in what often goes wrong instead, one at a time.

mod catalog;
mod charge;
mod error;
mod migrations;
mod options;
mod order;
pub mod outbox;
mod payment;
mod refund;
mod relay;
mod retry;
mod settings;
mod shop;

pub use error::ShopError;
pub use migrations::MIGRATIONS;
pub use options::{Mistake, ShopOptions};
pub use order::{Line, Order, PlaceOrder, Status};
pub use payment::{Charge, ChargeOutcome, Payment, Refund};
pub use settings::Settings;
pub use shop::Shop;
