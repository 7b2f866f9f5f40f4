//! A small world: every service behind one recording stack, and rules that interfere.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stuntdouble::fake::{Environment, Fakes};
use stuntdouble::layer::Recorder;
use stuntdouble::stack::{Call, CallPattern, Decision, Layer, Stack, Verdict};
use stuntdouble::stub::{Statement, StubDb};
use stuntdouble::trace::Trace;
use stuntdouble::{
    Cache, Config, Db, Logger, ObjectStorage, PubSub, Row, Secrets, Tracer, intercept,
};

/// Rules that a test adds: pattern, name, verdict.
#[derive(Clone, Default)]
pub(crate) struct Rules(Arc<Mutex<Vec<Rule>>>);

type Rule = (CallPattern, Arc<str>, Verdict);

impl Rules {
    pub(crate) fn add(&self, pattern: &str, rule: &str, verdict: Verdict) {
        self.0.lock().unwrap().push((pattern.parse().unwrap(), rule.into(), verdict));
    }
}

impl Layer for Rules {
    fn decide(&self, call: &Call<'_>) -> Decision {
        let rules = self.0.lock().unwrap();
        let rule = rules.iter().find(|(pattern, _, _)| pattern.matches_call(call));
        rule.map_or(Decision::PASS, |(_, rule, verdict)| {
            Decision::by(rule.clone(), verdict.clone())
        })
    }
}

/// The services of one node.
pub(crate) struct Node {
    pub(crate) db: Arc<dyn Db>,
    pub(crate) cache: Arc<dyn Cache>,
    pub(crate) pubsub: Arc<dyn PubSub>,
    pub(crate) objects: Arc<dyn ObjectStorage>,
    pub(crate) secrets: Arc<dyn Secrets>,
    pub(crate) tracer: Arc<dyn Tracer>,
    pub(crate) logger: Arc<dyn Logger>,
    pub(crate) config: Arc<dyn Config>,
}

/// What all nodes share.
pub(crate) struct World {
    pub(crate) trace: Trace,
    pub(crate) rules: Rules,
    pub(crate) fakes: Fakes,
    environment: Environment,
    db: Arc<StubDb>,
}

/// A delay that some statements have, so that a trace has times.
fn slow(statement: &Statement) -> bool {
    statement.sql.contains("pg_sleep")
}

impl World {
    pub(crate) fn new() -> World {
        World::seeded(42)
    }

    pub(crate) fn seeded(seed: u64) -> World {
        let environment = Environment::seeded(seed);
        let db = StubDb::builder()
            .delay(Duration::ZERO)
            .query(|query| {
                query
                    .when(slow)
                    .after(Duration::from_millis(1250))
                    .ok(vec![])
                    .when(|statement| statement.sql.contains("FROM item"))
                    .ok(vec![Row::new(["stock"], [3.into()])])
            })
            .execute(|execute| execute.always().ok(1))
            .build();
        World {
            trace: Trace::new(),
            rules: Rules::default(),
            fakes: Fakes::new(environment.clone()),
            environment,
            db: Arc::new(db),
        }
    }

    pub(crate) fn node(&self, name: &str) -> Node {
        let stack = Stack::builder(name, self.environment.clock().clone())
            .layer(Recorder::new(&self.trace))
            .layer(self.rules.clone())
            .build();
        let fakes = &self.fakes;
        Node {
            db: intercept::db(&stack, self.db.clone()),
            cache: intercept::cache(&stack, Arc::new(fakes.cache.clone())),
            pubsub: intercept::pubsub(&stack, Arc::new(fakes.pubsub.clone())),
            objects: intercept::object_storage(&stack, Arc::new(fakes.object_storage.clone())),
            secrets: intercept::secrets(&stack, Arc::new(fakes.secrets.clone())),
            tracer: intercept::tracer(&stack, Arc::new(fakes.tracer.clone())),
            logger: intercept::logger(&stack, Arc::new(fakes.logger.clone())),
            config: intercept::config(&stack, Arc::new(fakes.config.clone())),
        }
    }
}
