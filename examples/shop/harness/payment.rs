//! The payment provider in a rehearsal: a fake with true semantics, and what puts it behind the stack.
//!
//! This is all that a service of a team's own needs to be recorded and made to fail like the nine:
//! `methods!`, and an implementation of the trait that passes each call through a `Port`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use shop::{Charge, ChargeOutcome, Payment, Refund};
use stuntdouble::stack::{Arg, Effects, Port, Reveal, Stack};
use stuntdouble::{Error, ErrorKind, Result, Secret, methods};

methods! {
    /// The methods of [`Payment`].
    pub(crate) static PAYMENT = "payment" {
        CHARGE = "charge"(reference, cents, key): Effects::WRITE;
        STATUS = "status"(key): Effects::READ;
        REFUND = "refund"(charge, key): Effects::WRITE;
    }
}

/// Puts a payment provider behind the stack.
pub(crate) fn intercept(stack: &Stack, inner: Arc<dyn Payment>) -> Arc<dyn Payment> {
    Arc::new(Intercepted { port: stack.port(&PAYMENT), inner })
}

struct Intercepted {
    port: Port,
    inner: Arc<dyn Payment>,
}

#[async_trait]
impl Payment for Intercepted {
    async fn charge(&self, api_key: &Secret, charge: &Charge) -> Result<ChargeOutcome> {
        let key = Arg::optional(charge.idempotency_key.as_deref(), Arg::Text);
        let args = [Arg::Text(&charge.reference), Arg::Int(charge.cents), key];
        let make = async |_| self.inner.charge(api_key, charge).await.map(Answer::of);
        Ok(self.port.call(&CHARGE, &args, make).await?.outcome)
    }

    async fn status(&self, api_key: &Secret, key: &str) -> Result<Option<ChargeOutcome>> {
        let make = async |_| Ok(self.inner.status(api_key, key).await?.map(Answer::of));
        let answer = self.port.call(&STATUS, &[Arg::Text(key)], make).await?;
        Ok(answer.map(|answer| answer.outcome))
    }

    async fn refund(&self, api_key: &Secret, refund: &Refund) -> Result<()> {
        let args = [Arg::Text(&refund.charge_id), Arg::Text(&refund.idempotency_key)];
        self.port.call(&REFUND, &args, |_| self.inner.refund(api_key, refund)).await
    }
}

/// What the trace is to show of an answer.
struct Answer {
    outcome: ChargeOutcome,
    shown: String,
}

impl Answer {
    fn of(outcome: ChargeOutcome) -> Answer {
        let shown = match &outcome {
            ChargeOutcome::Accepted { charge_id } => charge_id.clone(),
            ChargeOutcome::Declined { reason } => format!("declined: {reason}"),
        };
        Answer { outcome, shown }
    }
}

impl Reveal for Answer {
    fn reveal(&self) -> Arg<'_> {
        Arg::Text(&self.shown)
    }
}

/// A payment provider in memory, that keeps what [`Payment`] promises and knows where the money is.
#[derive(Debug, Default)]
pub(crate) struct FakePayment {
    books: Mutex<Books>,
}

/// The key that the fake knows the shop by.
pub(crate) const API_KEY: &str = "sk_test_shop";
/// The card that is always declined. Every other one is good.
pub(crate) const DECLINED_CARD: &str = "card-declined";

#[derive(Debug, Default)]
struct Books {
    entries: Vec<Entry>,
    /// By idempotency key: what was asked, and the answer.
    answers: BTreeMap<String, (Charge, ChargeOutcome)>,
    refunds: BTreeMap<String, Refund>,
}

/// Money that was taken, and perhaps given back.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What it was taken for: `order-7`.
    pub(crate) reference: String,
    pub(crate) charge_id: String,
    pub(crate) cents: i64,
    /// What was given back, one for each refund.
    pub(crate) given_back: Vec<i64>,
}

impl Entry {
    /// What the provider still has.
    pub(crate) fn net(&self) -> i64 {
        self.cents - self.given_back.iter().sum::<i64>()
    }
}

impl FakePayment {
    /// All money that was taken, in order.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.books().entries.clone()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Payment for FakePayment {
    async fn charge(&self, api_key: &Secret, charge: &Charge) -> Result<ChargeOutcome> {
        check(api_key)?;
        let mut books = self.books();
        let Some(key) = charge.idempotency_key.as_deref() else { return Ok(books.charge(charge)) };
        if let Some((before, answer)) = books.answers.get(key) {
            return if before == charge { Ok(answer.clone()) } else { Err(other_request(key)) };
        }
        let answer = books.charge(charge);
        books.answers.insert(key.to_owned(), (charge.clone(), answer.clone()));
        Ok(answer)
    }

    async fn status(&self, api_key: &Secret, key: &str) -> Result<Option<ChargeOutcome>> {
        check(api_key)?;
        Ok(self.books().answers.get(key).map(|(_, answer)| answer.clone()))
    }

    async fn refund(&self, api_key: &Secret, refund: &Refund) -> Result<()> {
        check(api_key)?;
        let mut books = self.books();
        match books.refunds.get(&refund.idempotency_key) {
            Some(before) if before == refund => return Ok(()),
            Some(_) => return Err(other_request(&refund.idempotency_key)),
            None => {}
        }
        let entry = books.entries.iter_mut().find(|entry| entry.charge_id == refund.charge_id);
        let entry = entry.ok_or_else(|| {
            Error::new(ErrorKind::NotFound, format!("there is no charge {:?}", refund.charge_id))
        })?;
        entry.given_back.push(entry.cents);
        books.refunds.insert(refund.idempotency_key.clone(), refund.clone());
        Ok(())
    }
}

impl Books {
    fn charge(&mut self, charge: &Charge) -> ChargeOutcome {
        if charge.card_token == DECLINED_CARD {
            return ChargeOutcome::Declined { reason: "insufficient funds".to_owned() };
        }
        let charge_id = format!("charge-{}", self.entries.len() + 1);
        self.entries.push(Entry {
            reference: charge.reference.clone(),
            charge_id: charge_id.clone(),
            cents: charge.cents,
            given_back: Vec::new(),
        });
        ChargeOutcome::Accepted { charge_id }
    }
}

fn check(api_key: &Secret) -> Result<()> {
    match api_key.expose() {
        API_KEY => Ok(()),
        _ => Err(Error::new(
            ErrorKind::Unauthenticated,
            "the payment provider does not know that key",
        )),
    }
}

fn other_request(key: &str) -> Error {
    let message = format!("the idempotency key {key:?} was used for another request");
    Error::new(ErrorKind::InvalidArgument, message)
}
