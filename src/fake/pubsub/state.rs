//! Topics, queues and the log. Every method is one step under the broker's lock.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::report::{DeadLetter, Delivery, DeliveryOutcome, Duplicate, InFlight, InFlightState};
use crate::clock::Clock;
use crate::context::Context;
use crate::entropy::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::service::{EventEnvelope, RetryPolicy};

pub(super) struct State {
    stream: Stream,
    topics: BTreeMap<Arc<str>, Topic>,
    published: Vec<Arc<Published>>,
    queues: Vec<Queue>,
    pub(super) redelivery: RetryPolicy,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) dead: Vec<DeadLetter>,
}

/// A topic, as the test has set it up.
#[derive(Default)]
pub(super) struct Topic {
    subscriptions: u32,
    held: Vec<Arc<Published>>,
    pub(super) paused: bool,
    pub(super) delay: Duration,
    pub(super) duplicate_next: u32,
    pub(super) hold_next: u32,
    pub(super) reordering: f64,
}

/// An event and the context of its `publish`.
struct Published {
    number: usize,
    event: EventEnvelope,
    context: Context,
}

/// A subscription's queue. The front is what is, or is next, delivered.
struct Queue {
    name: Arc<str>,
    topic: Arc<str>,
    /// The number of the first event that the subscription gets.
    since: usize,
    items: VecDeque<Item>,
    wake: Arc<Notify>,
    paused: bool,
    ended: bool,
    /// How many events were not acknowledged at the end.
    lost: usize,
    /// The delivery under way, in [`State::deliveries`].
    running: Option<usize>,
}

struct Item {
    published: Arc<Published>,
    failures: u32,
    not_before: Duration,
}

/// A subscription's place among the queues, and how its task is woken.
#[derive(Clone)]
pub(super) struct Seat {
    pub(super) number: usize,
    pub(super) wake: Arc<Notify>,
}

/// What a subscription's task is to do.
pub(super) enum Step {
    Deliver { event: Box<EventEnvelope>, context: Context, attempt: u32 },
    WaitFor(Duration),
    Wait,
    End,
}

impl Queue {
    fn push(&mut self, published: &Arc<Published>, not_before: Duration) {
        self.items.push_back(Item { published: published.clone(), failures: 0, not_before });
        self.wake.notify_one();
    }

    /// Lets the last item overtake some of those that have not begun.
    fn shuffle_last(&mut self, stream: &mut Stream) {
        let begun = |item: &Item| item.failures > 0 || self.running.is_some();
        let first = usize::from(self.items.front().is_some_and(begun));
        let places = self.items.len().saturating_sub(first);
        if places > 1
            && let Some(last) = self.items.pop_back()
        {
            self.items.insert(first + stream.below(places as u64 - 1) as usize, last);
        }
    }

    /// True if the queue takes that event.
    fn takes(&self, published: &Published) -> bool {
        !self.ended && *self.topic == *published.event.r#type && self.since <= published.number
    }
}

impl State {
    pub(super) fn new(stream: Stream) -> State {
        let redelivery = RetryPolicy::new(5)
            .with_base(Duration::from_millis(100))
            .with_cap(Duration::from_secs(10));
        State {
            stream,
            topics: BTreeMap::new(),
            published: Vec::new(),
            queues: Vec::new(),
            redelivery,
            deliveries: Vec::new(),
            dead: Vec::new(),
        }
    }

    pub(super) fn topic(&mut self, name: &str) -> &mut Topic {
        if !self.topics.contains_key(name) {
            self.topics.insert(name.into(), Topic::default());
        }
        self.topics.get_mut(name).expect("it was inserted above")
    }

    pub(super) fn publish(
        &mut self,
        clock: &dyn Clock,
        context: Context,
        event: impl FnOnce(String) -> EventEnvelope,
    ) -> String {
        let event = event(self.stream.uuid().to_string());
        let id = event.id.clone();
        let published = Arc::new(Published { number: self.published.len(), event, context });
        self.published.push(published.clone());

        let topic = self.topic(&published.event.r#type);
        let copies = if take_one(&mut topic.duplicate_next) { 2 } else { 1 };
        let (delay, reordering) = (topic.delay, topic.reordering);
        if take_one(&mut topic.hold_next) {
            topic.held.extend(std::iter::repeat_n(published, copies));
            return id;
        }
        let not_before = if delay.is_zero() { Duration::ZERO } else { clock.elapsed() + delay };
        for queue in self.queues.iter_mut().filter(|queue| queue.takes(&published)) {
            for _ in 0..copies {
                queue.push(&published, not_before);
                if reordering > 0.0 && self.stream.chance(reordering) {
                    queue.shuffle_last(&mut self.stream);
                }
            }
        }
        id
    }

    pub(super) fn subscribe(&mut self, topic: &str) -> (Seat, Arc<str>) {
        let entry = self.topic(topic);
        entry.subscriptions += 1;
        let name: Arc<str> = format!("{topic}#{}", entry.subscriptions).into();
        let seat = Seat { number: self.queues.len(), wake: Arc::new(Notify::new()) };
        self.queues.push(Queue {
            name: name.clone(),
            topic: topic.into(),
            since: self.published.len(),
            items: VecDeque::new(),
            wake: seat.wake.clone(),
            paused: false,
            ended: false,
            lost: 0,
            running: None,
        });
        (seat, name)
    }

    /// Ends a subscription; false if it had ended.
    pub(super) fn end(&mut self, seat: &Seat, now: Duration) -> bool {
        let queue = &mut self.queues[seat.number];
        if std::mem::replace(&mut queue.ended, true) {
            return false;
        }
        queue.lost = queue.items.len();
        queue.items.clear();
        if let Some(running) = queue.running.take() {
            let delivery = &mut self.deliveries[running];
            (delivery.ended, delivery.outcome) = (Some(now), DeliveryOutcome::Cancelled);
        }
        queue.wake.notify_one();
        true
    }

    pub(super) fn next_step(&mut self, seat: &Seat, now: Duration) -> Step {
        let paused = self.is_paused(&self.queues[seat.number]);
        let queue = &mut self.queues[seat.number];
        let Some(item) = queue.items.front() else {
            return if queue.ended { Step::End } else { Step::Wait };
        };
        if item.not_before > now {
            return Step::WaitFor(item.not_before - now);
        }
        if paused {
            return Step::Wait;
        }
        let (event, context) = (item.published.event.clone(), item.published.context);
        let attempt = item.failures + 1;
        queue.running = Some(self.deliveries.len());
        self.deliveries.push(Delivery {
            event_id: event.id.clone(),
            subscription: queue.name.clone(),
            attempt,
            began: now,
            ended: None,
            outcome: DeliveryOutcome::UnderWay,
        });
        Step::Deliver { event: Box::new(event), context, attempt }
    }

    /// Notes what the handler answered; false if the subscription ended in the meantime.
    pub(super) fn answered(
        &mut self,
        seat: &Seat,
        outcome: DeliveryOutcome,
        retry_at: Option<Duration>,
        now: Duration,
    ) -> bool {
        let queue = &mut self.queues[seat.number];
        let Some(running) = queue.running.take() else { return false };
        let error = match &outcome {
            DeliveryOutcome::Failed(error) => Some(error.clone()),
            DeliveryOutcome::Panicked(message) => Some(panicked(message)),
            _ => None,
        };
        let delivery = &mut self.deliveries[running];
        (delivery.ended, delivery.outcome) = (Some(now), outcome);
        match (error, retry_at) {
            (Some(_), Some(at)) => {
                if let Some(item) = queue.items.front_mut() {
                    item.failures += 1;
                    item.not_before = at;
                }
            }
            (error, _) => {
                let done = queue.items.pop_front();
                if let (Some(item), Some(error)) = (done, error) {
                    self.dead.push(DeadLetter {
                        event: item.published.event.clone(),
                        subscription: queue.name.clone(),
                        attempts: item.failures + 1,
                        error,
                    });
                }
            }
        }
        true
    }

    fn is_paused(&self, queue: &Queue) -> bool {
        queue.paused || self.topics.get(&queue.topic).is_some_and(|topic| topic.paused)
    }

    /// True if nothing will move any more by itself.
    pub(super) fn is_settled(&self) -> bool {
        self.queues.iter().all(|queue| {
            queue.running.is_none() && (queue.items.is_empty() || self.is_paused(queue))
        })
    }

    pub(super) fn resume(&mut self, topic: &str) {
        self.topic(topic).paused = false;
        for queue in self.queues.iter().filter(|queue| *queue.topic == *topic) {
            queue.wake.notify_one();
        }
    }

    pub(super) fn set_paused(&mut self, name: &str, paused: bool) -> Result<()> {
        let known = self.live_subscriptions().join(", ");
        let queue = self.queues.iter_mut().find(|queue| !queue.ended && *queue.name == *name);
        let queue = queue.ok_or_else(|| {
            let message = format!("no subscription {name:?}; there are: {known}");
            Error::new(ErrorKind::NotFound, message).at("pubsub", "pause_subscription")
        })?;
        queue.paused = paused;
        queue.wake.notify_one();
        Ok(())
    }

    pub(super) fn release(&mut self, topic: &str, now: Duration) -> usize {
        let held = std::mem::take(&mut self.topic(topic).held);
        for published in &held {
            for queue in self.queues.iter_mut().filter(|queue| queue.takes(published)) {
                queue.push(published, now);
            }
        }
        held.len()
    }

    pub(super) fn deliver_again(&mut self, event_id: &str) -> Option<usize> {
        let published = self.published.iter().find(|known| known.event.id == event_id)?;
        let takers = self.queues.iter_mut().filter(|queue| queue.takes(published));
        Some(takers.map(|queue| queue.push(published, Duration::ZERO)).count())
    }

    pub(super) fn redeliver_dead_letters(&mut self, now: Duration) -> usize {
        let before = self.dead.len();
        for letter in std::mem::take(&mut self.dead) {
            let published = self.published.iter().find(|known| known.event.id == letter.event.id);
            let queue = self
                .queues
                .iter_mut()
                .find(|queue| !queue.ended && queue.name == letter.subscription);
            match (published, queue) {
                (Some(published), Some(queue)) => queue.push(published, now),
                _ => self.dead.push(letter),
            }
        }
        before - self.dead.len()
    }

    pub(super) fn published(&self, wanted: impl Fn(&EventEnvelope) -> bool) -> Vec<EventEnvelope> {
        let events = self.published.iter().map(|published| &published.event);
        events.filter(|event| wanted(event)).cloned().collect()
    }

    pub(super) fn duplicates(&self) -> Vec<Duplicate> {
        let mut found: Vec<Duplicate> = Vec::new();
        let mut places = BTreeMap::new();
        for EventEnvelope { id, r#type: topic, idempotency_key, .. } in
            self.published.iter().map(|published| &published.event)
        {
            let Some(key) = idempotency_key else { continue };
            let place = *places.entry((topic, key)).or_insert_with(|| {
                found.push(Duplicate {
                    topic: topic.clone(),
                    idempotency_key: key.clone(),
                    event_ids: Vec::new(),
                });
                found.len() - 1
            });
            found[place].event_ids.push(id.clone());
        }
        found.retain(|duplicate| duplicate.event_ids.len() > 1);
        found
    }

    pub(super) fn live_subscriptions(&self) -> Vec<String> {
        let live = self.queues.iter().filter(|queue| !queue.ended);
        live.map(|queue| queue.name.to_string()).collect()
    }

    pub(super) fn in_flight(&self, now: Duration) -> Vec<InFlight> {
        let queued = self.queues.iter().flat_map(|queue| {
            let items = queue.items.iter().enumerate();
            items.map(move |(place, item)| InFlight {
                event_id: item.published.event.id.clone(),
                subscription: queue.name.clone(),
                failures: item.failures,
                state: self.place_of(queue, place, item, now),
            })
        });
        let held = self.topics.iter().flat_map(|(name, topic)| {
            topic.held.iter().map(|published| InFlight {
                event_id: published.event.id.clone(),
                subscription: name.clone(),
                failures: 0,
                state: InFlightState::Held,
            })
        });
        queued.chain(held).collect()
    }

    fn place_of(&self, queue: &Queue, place: usize, item: &Item, now: Duration) -> InFlightState {
        match queue.running {
            Some(running) if place == 0 => InFlightState::UnderWay {
                since: now.saturating_sub(self.deliveries[running].began),
            },
            _ if self.is_paused(queue) => InFlightState::Paused,
            _ if item.not_before > now => {
                InFlightState::Scheduled { due_in: item.not_before - now }
            }
            _ => InFlightState::Queued,
        }
    }

    pub(super) fn left_open(&self, now: Duration) -> Vec<String> {
        let open = self.in_flight(now);
        let mut lines: Vec<_> =
            open.iter().map(|item| format!("not acknowledged: {item}")).collect();
        for queue in self.queues.iter().filter(|queue| queue.lost > 0) {
            let events = if queue.lost == 1 { "event" } else { "events" };
            let Queue { name, lost, .. } = queue;
            lines.push(format!("{name} ended with {lost} {events} not acknowledged"));
        }
        lines
    }

    /// How a task finds out that the broker is gone.
    pub(super) fn wake_all(&self) {
        self.queues.iter().for_each(|queue| queue.wake.notify_one());
    }
}

fn take_one(count: &mut u32) -> bool {
    let taken = *count > 0;
    *count = count.saturating_sub(1);
    taken
}

fn panicked(message: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("the handler panicked: {message}"))
}
