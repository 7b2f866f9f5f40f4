//! The broker against a model of it: handlers that fail, panic and take their time, subscriptions that
//! come and go, pauses, duplicates, held events, dead letters. And: the same seed and sequence give the
//! same log.
#![cfg(feature = "test-util")]

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;
use stuntdouble::fake::{DeliveryOutcome, Environment, Fakes};
use stuntdouble::{
    Cache, Error, ErrorKind, EventEnvelope, ObjectStorage, PubSub, PubSubExt, RetryPolicy, Secrets,
    Subscription, TracerExt,
};

const TOPICS: [&str; 2] = ["t", "u"];
const ATTEMPTS: u32 = 3;
/// After the first, the second failure.
const BACKOFF: [u64; 2] = [100, 200];

fn in_virtual_time<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(future)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Ok,
    Err,
    Panic,
}

/// What a handler does at its first, second, … call for an event: how long it takes, what it answers.
type Script = Vec<(u64, Answer)>;

#[derive(Clone, Debug)]
enum Op {
    Subscribe(usize),
    Unsubscribe(usize),
    Publish(usize, Script),
    Wait(u64),
    Pause(usize),
    Resume(usize),
    DuplicateNext(usize),
    HoldNext(usize),
    Release(usize),
    DeliverAgain(usize),
    RedeliverDeadLetters,
}

fn op() -> impl Strategy<Value = Op> {
    let topic = || 0..TOPICS.len();
    let answer = prop_oneof![
        4 => Just(Answer::Ok),
        3 => Just(Answer::Err),
        1 => Just(Answer::Panic),
    ];
    // Odd and few, so that a handler seldom ends at the very instant of an operation.
    let time = prop::sample::select(vec![0u64, 7, 13, 437, 1801]);
    let script = prop::collection::vec((time, answer), 1..4);
    prop_oneof![
        3 => topic().prop_map(Op::Subscribe),
        1 => (0usize..6).prop_map(Op::Unsubscribe),
        8 => (topic(), script).prop_map(|(topic, script)| Op::Publish(topic, script)),
        4 => (1u64..4).prop_map(Op::Wait),
        1 => topic().prop_map(Op::Pause),
        2 => topic().prop_map(Op::Resume),
        1 => topic().prop_map(Op::DuplicateNext),
        1 => topic().prop_map(Op::HoldNext),
        1 => topic().prop_map(Op::Release),
        1 => (0usize..10).prop_map(Op::DeliverAgain),
        1 => Just(Op::RedeliverDeadLetters),
    ]
}

/// Attempt, begin and end in milliseconds, and what came of it.
type Logged = (usize, u32, u64, Option<u64>, &'static str);

/// A subscription, simulated by hand. Time passes in `run`.
#[derive(Default)]
struct ModelSubscription {
    topic: usize,
    since: usize,
    ended: bool,
    /// Event, failures so far, not before.
    queue: VecDeque<(usize, u32, u64)>,
    /// The end of the delivery under way and its answer; it is the last one of the log.
    running: Option<(u64, Answer)>,
    calls: BTreeMap<usize, usize>,
    log: Vec<Logged>,
    dead: Vec<usize>,
}

#[derive(Default)]
struct Model {
    now: u64,
    events: Vec<(usize, Script)>,
    subscriptions: Vec<ModelSubscription>,
    paused: [bool; 2],
    duplicate_next: [u32; 2],
    hold_next: [u32; 2],
    held: [Vec<usize>; 2],
    /// Two things happened at one instant, whose order is anyone's guess.
    tie: bool,
}

impl Model {
    fn push(&mut self, event: usize) -> usize {
        let (topic, now) = (self.events[event].0, self.now);
        let takes = |s: &&mut ModelSubscription| !s.ended && s.topic == topic && s.since <= event;
        self.subscriptions
            .iter_mut()
            .filter(takes)
            .map(|s| s.queue.push_back((event, 0, now)))
            .count()
    }

    fn run(&mut self, until: u64) {
        for subscription in &mut self.subscriptions {
            let paused = self.paused[subscription.topic];
            self.tie |= subscription.run(self.now, until, paused, &self.events);
        }
        self.now = until;
    }

    fn apply(&mut self, op: &Op) {
        match op {
            Op::Subscribe(topic) => {
                let since = self.events.len();
                let subscription = ModelSubscription { topic: *topic, since, ..Default::default() };
                self.subscriptions.push(subscription);
            }
            Op::Unsubscribe(number) => {
                let now = self.now;
                let Some(subscription) = self.subscriptions.get_mut(*number) else { return };
                if !subscription.ended && subscription.running.take().is_some() {
                    let last = subscription.log.last_mut().unwrap();
                    (last.3, last.4) = (Some(now), "cancelled");
                }
                subscription.ended = true;
                subscription.queue.clear();
            }
            Op::Publish(topic, script) => {
                let event = self.events.len();
                self.events.push((*topic, script.clone()));
                let take_one =
                    |count: &mut u32| std::mem::replace(count, count.saturating_sub(1)) > 0;
                let copies = 1 + usize::from(take_one(&mut self.duplicate_next[*topic]));
                let hold = take_one(&mut self.hold_next[*topic]);
                for _ in 0..copies {
                    if hold {
                        self.held[*topic].push(event);
                    } else {
                        self.push(event);
                    }
                }
            }
            Op::Wait(seconds) => self.run(self.now + seconds * 1000),
            Op::Pause(topic) => self.paused[*topic] = true,
            Op::Resume(topic) => self.paused[*topic] = false,
            Op::DuplicateNext(topic) => self.duplicate_next[*topic] += 1,
            Op::HoldNext(topic) => self.hold_next[*topic] += 1,
            Op::Release(topic) => {
                for event in std::mem::take(&mut self.held[*topic]) {
                    self.push(event);
                }
            }
            Op::DeliverAgain(event) => {
                if *event < self.events.len() {
                    self.push(*event);
                }
            }
            Op::RedeliverDeadLetters => {
                let now = self.now;
                for subscription in self.subscriptions.iter_mut().filter(|s| !s.ended) {
                    let again = std::mem::take(&mut subscription.dead);
                    subscription.queue.extend(again.into_iter().map(|event| (event, 0, now)));
                }
            }
        }
    }
}

impl ModelSubscription {
    /// Lets time pass; true if something is due at the very end of it.
    fn run(&mut self, from: u64, until: u64, paused: bool, events: &[(usize, Script)]) -> bool {
        let mut now = from;
        loop {
            if let Some((end, answer)) = self.running {
                if end >= until {
                    return end == until;
                }
                now = end;
                self.finish(end, answer);
            }
            let Some(&(event, failures, not_before)) = self.queue.front() else { return false };
            let begin = now.max(not_before);
            if paused || begin >= until {
                return begin == until;
            }
            let call = self.calls.entry(event).or_default();
            let script = &events[event].1;
            let (time, answer) = script[*call % script.len()];
            *call += 1;
            self.log.push((event, failures + 1, begin, None, "under way"));
            self.running = Some((begin + time, answer));
        }
    }

    fn finish(&mut self, now: u64, answer: Answer) {
        self.running = None;
        let last = self.log.last_mut().unwrap();
        last.3 = Some(now);
        last.4 = match answer {
            Answer::Ok => "acknowledged",
            Answer::Err => "failed",
            Answer::Panic => "panicked",
        };
        let (event, failures, not_before) = self.queue.front_mut().unwrap();
        if answer == Answer::Ok {
            self.queue.pop_front();
        } else if *failures + 1 == ATTEMPTS {
            self.dead.push(*event);
            self.queue.pop_front();
        } else {
            *not_before = now + BACKOFF[*failures as usize];
            *failures += 1;
        }
    }
}

/// The same on the fake.
struct Real {
    fakes: Fakes,
    ids: Vec<String>,
    scripts: Arc<Mutex<BTreeMap<String, Script>>>,
    /// With the name of the subscription.
    subscriptions: Vec<(String, Option<Subscription>)>,
}

impl Real {
    fn new(seed: u64) -> Real {
        let policy = RetryPolicy::new(ATTEMPTS).with_base(Duration::from_millis(BACKOFF[0]));
        let mut fakes = Fakes::new(Environment::seeded(seed));
        fakes.pubsub = fakes.pubsub.with_redelivery(policy);
        Real { fakes, ids: vec![], scripts: Arc::default(), subscriptions: vec![] }
    }

    fn subscribe(&mut self, topic: usize) {
        let (scripts, calls) = (self.scripts.clone(), Mutex::new(BTreeMap::new()));
        let handler = move |event: EventEnvelope| {
            let script = scripts.lock().unwrap()[&event.id].clone();
            let mut calls = calls.lock().unwrap();
            let call: &mut usize = calls.entry(event.id).or_default();
            let (time, answer) = script[*call % script.len()];
            *call += 1;
            async move {
                if time > 0 {
                    tokio::time::sleep(Duration::from_millis(time)).await;
                }
                match answer {
                    Answer::Ok => Ok(()),
                    Answer::Err => Err(Error::new(ErrorKind::Unavailable, "not now")),
                    // Without the panic hook's noise.
                    Answer::Panic => std::panic::resume_unwind(Box::new("oh")),
                }
            }
        };
        let subscription = self.fakes.pubsub.on(TOPICS[topic], handler).unwrap();
        let name = self.fakes.pubsub.subscriptions().pop().unwrap();
        self.subscriptions.push((name, Some(subscription)));
    }

    async fn apply(&mut self, op: &Op) {
        let pubsub = self.fakes.pubsub.clone();
        match op {
            Op::Subscribe(topic) => self.subscribe(*topic),
            Op::Unsubscribe(number) => {
                if let Some((_, subscription)) = self.subscriptions.get_mut(*number) {
                    drop(subscription.take());
                }
            }
            Op::Publish(topic, script) => {
                let id = pubsub.publish(TOPICS[*topic], json!(self.ids.len()), None).await.unwrap();
                self.scripts.lock().unwrap().insert(id.clone(), script.clone());
                self.ids.push(id);
            }
            Op::Wait(seconds) => tokio::time::sleep(Duration::from_secs(*seconds)).await,
            Op::Pause(topic) => pubsub.pause(TOPICS[*topic]),
            Op::Resume(topic) => pubsub.resume(TOPICS[*topic]),
            Op::DuplicateNext(topic) => pubsub.duplicate_next(TOPICS[*topic]),
            Op::HoldNext(topic) => pubsub.hold_next(TOPICS[*topic]),
            Op::Release(topic) => drop(pubsub.release(TOPICS[*topic])),
            Op::DeliverAgain(event) => {
                if let Some(id) = self.ids.get(*event) {
                    pubsub.deliver_again(id).unwrap();
                }
            }
            Op::RedeliverDeadLetters => drop(pubsub.redeliver_dead_letters()),
        }
    }

    fn number(&self, id: &str) -> usize {
        self.ids.iter().position(|known| known == id).unwrap()
    }

    fn log(&self, name: &str) -> Vec<Logged> {
        let millis = |time: Duration| time.as_millis() as u64;
        let deliveries = self.fakes.pubsub.deliveries();
        let own = deliveries.iter().filter(|delivery| &*delivery.subscription == name);
        own.map(|delivery| {
            let outcome = match &delivery.outcome {
                DeliveryOutcome::UnderWay => "under way",
                DeliveryOutcome::Acknowledged => "acknowledged",
                DeliveryOutcome::Failed(_) => "failed",
                DeliveryOutcome::Panicked(_) => "panicked",
                DeliveryOutcome::Cancelled => "cancelled",
                _ => "?",
            };
            let event = self.number(&delivery.event_id);
            let (began, ended) = (millis(delivery.began), delivery.ended.map(millis));
            (event, delivery.attempt, began, ended, outcome)
        })
        .collect()
    }

    fn dead(&self, name: &str) -> Vec<usize> {
        let letters = self.fakes.pubsub.dead_letters();
        let own = letters.iter().filter(|letter| &*letter.subscription == name);
        own.map(|letter| self.number(&letter.event.id)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_broker_does_what_its_model_does(ops in prop::collection::vec(op(), 1..50)) {
        in_virtual_time(async {
            let (mut model, mut real) = (Model::default(), Real::new(1));
            // At the end everything may settle.
            let settle = [Op::Resume(0), Op::Resume(1), Op::Wait(1000)];
            for op in ops.iter().chain(&settle) {
                model.apply(op);
                real.apply(op).await;
                if model.tie {
                    return Ok(());
                }
                if !matches!(op, Op::Wait(_)) {
                    continue;
                }
                for (subscription, (name, _)) in model.subscriptions.iter().zip(&real.subscriptions) {
                    prop_assert_eq!(real.log(name), subscription.log.clone(), "{}", name);
                    prop_assert_eq!(real.dead(name), subscription.dead.clone(), "{}", name);
                }
                let queued: usize = model.subscriptions.iter().map(|s| s.queue.len()).sum();
                let held: usize = model.held.iter().map(Vec::len).sum();
                prop_assert_eq!(real.fakes.pubsub.in_flight().len(), queued + held);
            }
            // What is held is not waited for; nothing else is left.
            real.fakes.pubsub.drain_within(Duration::ZERO).await.unwrap();
            Ok(())
        })?;
    }

    #[test]
    fn drain_waits_for_everything(ops in prop::collection::vec(op(), 1..40)) {
        in_virtual_time(async {
            let mut real = Real::new(1);
            for op in &ops {
                if !matches!(op, Op::Pause(_) | Op::HoldNext(_)) {
                    real.apply(op).await;
                }
            }
            real.fakes.pubsub.drain().await;
            prop_assert!(real.fakes.pubsub.in_flight().is_empty());
            let before = real.fakes.pubsub.deliveries().len();
            tokio::time::sleep(Duration::from_secs(3600)).await;
            prop_assert_eq!(real.fakes.pubsub.deliveries().len(), before);
            Ok(())
        })?;
    }

    #[test]
    fn the_same_seed_and_sequence_give_the_same_log(
        ops in prop::collection::vec(op(), 1..40),
        seed in any::<u64>(),
    ) {
        let [one, other] = [seed, seed].map(|seed| in_virtual_time(everything(seed, &ops)));
        prop_assert_eq!(one, other);
    }
}

/// Runs the operations on a broker that reorders, uses the other fakes as well, and tells all that can
/// be seen of it.
async fn everything(seed: u64, ops: &[Op]) -> String {
    let mut real = Real::new(seed);
    real.fakes.pubsub.set_reordering("t", 0.5);
    for op in ops {
        real.apply(op).await;
    }
    let fakes = &real.fakes;
    let nested = fakes.tracer.start_span("inner", fakes.pubsub.publish("t", json!(0), None));
    let last = fakes.tracer.start_span("outer", nested).await.unwrap();
    // In time: nothing has waited since, so that no handler has run.
    real.scripts.lock().unwrap().insert(last, vec![(0, Answer::Ok)]);
    fakes.pubsub.drain().await;
    fakes.cache.set("k", "v".into(), Some(Duration::from_secs(1))).await.unwrap();
    fakes.secrets.set("s", "v");
    fakes.secrets.get("s").await.unwrap();
    let url = fakes.object_storage.presign_get("k", Duration::from_secs(60)).await.unwrap();
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{}\n{:?}",
        fakes.pubsub.deliveries(),
        fakes.pubsub.dead_letters(),
        fakes.pubsub.all_published(),
        fakes.pubsub.left_open(),
        fakes.tracer.spans(),
        url.expose(),
        fakes.cache.ttl("k"),
    )
}

#[test]
fn another_seed_gives_another_log() {
    let ops = [Op::Subscribe(0), Op::Publish(0, vec![(0, Answer::Ok)])];
    let [one, other] = [1, 2].map(|seed| in_virtual_time(everything(seed, &ops)));
    assert_ne!(one, other);
}
