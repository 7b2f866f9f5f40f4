//! What a test can see of the broker.

use std::fmt;
use std::time::Duration;

use std::sync::Arc;

use crate::error::Error;
use crate::service::EventEnvelope;

/// One attempt to deliver one event to one subscription.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The event's id.
    pub event_id: String,
    /// The subscription, such as `order.placed#1`.
    pub subscription: Arc<str>,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// When the handler was called, on [`Clock::elapsed`](crate::Clock::elapsed).
    pub began: Duration,
    /// When it was done.
    pub ended: Option<Duration>,
    /// What came of it.
    pub outcome: DeliveryOutcome,
}

/// What came of a delivery.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum DeliveryOutcome {
    /// The handler is running.
    UnderWay,
    /// The handler returned Ok.
    Acknowledged,
    /// The handler returned this error.
    Failed(Error),
    /// The handler panicked, with this message.
    Panicked(String),
    /// The subscription ended while the handler ran.
    Cancelled,
}

impl fmt::Display for DeliveryOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeliveryOutcome::UnderWay => f.write_str("under way"),
            DeliveryOutcome::Acknowledged => f.write_str("acknowledged"),
            DeliveryOutcome::Failed(error) => write!(f, "failed: {error}"),
            DeliveryOutcome::Panicked(message) => write!(f, "panicked: {message}"),
            DeliveryOutcome::Cancelled => f.write_str("cancelled"),
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Delivery { event_id, subscription, attempt, began, outcome, .. } = self;
        write!(f, "{began:?} {subscription} {event_id} attempt {attempt}: {outcome}")
    }
}

/// An event that failed too often.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The event.
    pub event: EventEnvelope,
    /// The subscription that did not acknowledge it.
    pub subscription: Arc<str>,
    /// How often it was delivered.
    pub attempts: u32,
    /// The last error; of kind [`Internal`](crate::ErrorKind::Internal) if the handler panicked.
    pub error: Error,
}

/// An idempotency key that was published more than once.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The topic.
    pub topic: String,
    /// The key.
    pub idempotency_key: String,
    /// The events' ids, in order.
    pub event_ids: Vec<String>,
}

/// An event that a subscription has not acknowledged yet.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// The event's id.
    pub event_id: String,
    /// The subscription; the topic for an event that is held.
    pub subscription: Arc<str>,
    /// How many deliveries have failed.
    pub failures: u32,
    /// Where it is.
    pub state: InFlightState,
}

/// Where an event is that is not acknowledged.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InFlightState {
    /// It waits for the events before it.
    Queued,
    /// It waits for its time: a delivery delay, or the backoff after a failure.
    Scheduled {
        /// How long it still waits.
        due_in: Duration,
    },
    /// The handler is running.
    UnderWay {
        /// For how long.
        since: Duration,
    },
    /// The test has paused the topic or the subscription.
    Paused,
    /// The test holds it back.
    Held,
}

impl fmt::Display for InFlight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.subscription, self.event_id)?;
        match self.state {
            InFlightState::Queued => f.write_str("queued")?,
            InFlightState::Scheduled { due_in } => write!(f, "due in {due_in:?}")?,
            InFlightState::UnderWay { since } => write!(f, "under way for {since:?}")?,
            InFlightState::Paused => f.write_str("paused")?,
            InFlightState::Held => f.write_str("held")?,
        }
        match self.failures {
            0 => Ok(()),
            failures => write!(f, " after {failures} failed"),
        }
    }
}
