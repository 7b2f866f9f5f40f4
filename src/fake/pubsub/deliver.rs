//! The task of a subscription: takes one event after the other and calls the handler.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};

use futures_util::FutureExt;

use super::report::DeliveryOutcome;
use super::state::{Seat, Step};
use super::{Shared, lock};
use crate::context::Context;
use crate::service::{EventEnvelope, EventHandler};

/// Knows the broker only weakly: a subscription that was detached lives as long as the broker.
pub(super) struct Worker {
    shared: Weak<Shared>,
    seat: Seat,
    handler: Arc<dyn EventHandler>,
}

impl Worker {
    pub(super) fn new(shared: &Arc<Shared>, seat: Seat, handler: Arc<dyn EventHandler>) -> Worker {
        Worker { shared: Arc::downgrade(shared), seat, handler }
    }

    /// Ends the subscription, once.
    pub(super) fn end(&self) -> impl Fn() + Send + Sync + use<> {
        let (shared, seat) = (self.shared.clone(), self.seat.clone());
        move || {
            if let Some(shared) = shared.upgrade() {
                shared.end(&seat);
            }
        }
    }

    pub(super) async fn run(self) {
        while let Some(shared) = self.shared.upgrade() {
            let step = lock(&shared.state).next_step(&self.seat, shared.clock.elapsed());
            // Not held while waiting, so that the broker can go.
            drop(shared);
            match step {
                Step::End => return,
                Step::Wait => self.seat.wake.notified().await,
                Step::WaitFor(time) => {
                    // What wakes it earlier (an end, another event in front) is looked at again.
                    let _ = tokio::time::timeout(time, self.seat.wake.notified()).await;
                }
                Step::Deliver { event, context, attempt } => {
                    self.deliver(*event, context, attempt).await;
                }
            }
        }
    }

    async fn deliver(&self, event: EventEnvelope, context: Context, attempt: u32) {
        let event_id = event.id.clone();
        // The handler is called inside, so that a panic before its first await is caught as well.
        let handling = context.scope(async { self.handler.handle(event).await });
        let outcome = match AssertUnwindSafe(handling).catch_unwind().await {
            Ok(Ok(())) => DeliveryOutcome::Acknowledged,
            Ok(Err(error)) => DeliveryOutcome::Failed(error),
            Err(panic) => DeliveryOutcome::Panicked(panic_message(&*panic)),
        };
        if let Some(shared) = self.shared.upgrade() {
            shared.answered(&self.seat, &event_id, outcome, attempt);
        }
    }
}

impl Drop for Worker {
    /// The task may end with its runtime, when the node that subscribed crashes.
    fn drop(&mut self) {
        self.end()();
    }
}

impl Shared {
    fn end(&self, seat: &Seat) {
        let ended = lock(&self.state).end(seat, self.clock.elapsed());
        if ended {
            self.settled.notify_waiters();
        }
    }

    fn answered(&self, seat: &Seat, event_id: &str, outcome: DeliveryOutcome, attempt: u32) {
        let policy = lock(&self.state).redelivery.clone();
        let now = self.clock.elapsed();
        // Outside the lock: jitter is the user's code.
        let retry_at = match outcome {
            DeliveryOutcome::Acknowledged => None,
            _ if attempt >= policy.max_attempts() => None,
            _ => Some(now + policy.delay(attempt)),
        };
        let answered = lock(&self.state).answered(seat, outcome.clone(), retry_at, now);
        if answered {
            self.journal.note("deliver", event_id, || outcome.to_string());
        }
        self.settled.notify_waiters();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        lock(&self.state).wake_all();
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "(not a text)".to_owned())
}
