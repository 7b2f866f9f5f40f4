//! The shop's rehearsal: what the simulator needs to know of it.
//!
//! - `payment`: the payment provider, faked and intercepted; the model for a service of one's own.
//! - `customers`, `workload`: what happens.
//! - `invariants`: what must be true afterwards.
//!
//! The command line (`examples/shop.rs`) and the tests share it.

mod customers;
mod invariants;
pub(crate) mod payment;
mod workload;

use shop::{MIGRATIONS, ShopOptions};
use stuntdouble_sim::App;

/// The shop, as the simulator runs it.
pub(crate) fn app(options: ShopOptions) -> App {
    App::new("shop")
        .scenarios(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/shop"))
        .service(&payment::PAYMENT)
        .migrations(MIGRATIONS)
        .migrations([("the shop window", workload::SEED)])
        .workload("checkout", move |world| workload::checkout(world, options))
        .workload("price change", move |world| workload::price_change(world, options))
        .invariant(
            "money is taken exactly for paid orders",
            invariants::money_taken_for_paid_orders,
        )
        .invariant("money comes back once", invariants::money_comes_back_once)
        .invariant("stock never negative", invariants::stock_never_negative)
        .invariant("stock and sold add up", invariants::stock_and_sold_add_up)
        .invariant("every paid order is invoiced once", invariants::invoiced_once)
        .invariant("events and orders agree", invariants::events_and_orders_agree)
        .invariant("nobody orders twice", invariants::nobody_orders_twice)
        .invariant("customers are told the truth", invariants::customers_are_told_the_truth)
        .invariant("no order is forgotten", invariants::no_order_is_forgotten)
        .invariant("cached prices are real", invariants::cached_prices_are_real)
}
