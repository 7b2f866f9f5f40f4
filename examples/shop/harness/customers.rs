//! The customers of a rehearsal: each buys once, and remembers what it was told.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shop::{Line, Order, PlaceOrder, Shop, ShopError};
use stuntdouble::{AsError, Error, Result};

use super::payment::DECLINED_CARD;

const NAMES: [&str; 5] = ["alice", "bob", "carol", "dave", "erin"];

/// What the customers were told.
#[derive(Debug, Default)]
pub(crate) struct Customers {
    told: Mutex<Vec<Told>>,
}

/// What one customer was told of its order.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) customer: &'static str,
    /// The order, or why there is none.
    pub(crate) answer: Result<i64, String>,
}

impl Customers {
    /// What they were told, in order.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.lock().clone()
    }

    fn tell(&self, customer: &'static str, answer: Result<i64, String>) {
        self.lock().push(Told { customer, answer });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Someone who wants tea.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Customer {
    name: &'static str,
    place: usize,
    /// Presses the button twice.
    pub(crate) double_click: bool,
    /// Has a card that is declined.
    pub(crate) declined: bool,
}

impl Customer {
    /// That many customers, at most five.
    pub(crate) fn several(count: usize) -> impl Iterator<Item = Customer> {
        let names = NAMES.into_iter().enumerate().take(count);
        names.map(|(place, name)| Customer { name, place, double_click: false, declined: false })
    }

    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    /// Looks at the price and buys. Returns the order's number; `None` if there was no tea left.
    ///
    /// # Errors
    /// The shop's, if it turned the customer away for no good reason.
    pub(crate) async fn buy(self, shop: &Shop, customers: &Customers) -> Result<Option<i64>> {
        patiently(async || shop.price("tea").await).await?;
        let answers = match self.double_click {
            true => {
                let (first, second) = tokio::join!(self.order(shop), self.order(shop));
                vec![first, second]
            }
            false => vec![self.order(shop).await],
        };
        let mut order = None;
        for answer in answers {
            customers.tell(
                self.name,
                match &answer {
                    Ok(order) => Ok(order.id),
                    Err(error) => Err(error.to_string()),
                },
            );
            match answer {
                Ok(placed) => order = Some(placed.id),
                Err(ShopError::OutOfStock { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(order)
    }

    async fn order(self, shop: &Shop) -> Result<Order, ShopError> {
        let line = |sku: &str, quantity| Line { sku: sku.to_owned(), quantity };
        // The first one wants cups as well.
        let lines = match self.place {
            0 => vec![line("tea", 1), line("cup", 2)],
            _ => vec![line("tea", 1)],
        };
        let card = if self.declined { DECLINED_CARD } else { "card-good" };
        let request = PlaceOrder {
            key: format!("cart-{}", self.name),
            customer: self.name.to_owned(),
            card_token: card.to_owned(),
            lines,
        };
        patiently(async || shop.place_order(&request).await).await
    }
}

/// Tries again as a browser does, as long as it may help.
pub(crate) async fn patiently<T, F, Fut>(step: F) -> Result<T, ShopError>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<T, ShopError>>,
{
    let mut attempt = 1;
    loop {
        match step().await {
            Err(error) if attempt < 4 && may_help(error.as_error()) => {
                tokio::time::sleep(Duration::from_millis(500)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

fn may_help(error: Option<&Error>) -> bool {
    error.is_some_and(|error| error.is_retryable() || error.is_outcome_unknown())
}
