//! [`World`]: everything that one seed decides.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use stuntdouble::fake::postgres::Postgres;
use stuntdouble::fake::{Environment, Fakes, Flag};
use stuntdouble::intercept::{self, SERVICES};
use stuntdouble::layer::fault::{FaultLayer, Rule, RuleErrors};
use stuntdouble::scenario::Scenario;
use stuntdouble::stack::{Layer, Service, Stack};
use stuntdouble::trace::Trace;
use stuntdouble::{Clock, Entropy, Error, ErrorKind, Platform, Result};

use crate::leftovers::{self, Leftovers};
use crate::watch::Watch;

/// The world of one run: a clock, chance, the services, and the record of what was called. Cheap to
/// clone; clones are the same world.
///
/// The simulator makes one for each seed. A plain test can make its own, inside its runtime:
///
/// ```
/// use stuntdouble::Cache;
/// use stuntdouble_sim::World;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let world = World::new(42);
/// let platform = world.platform("api");
/// platform.cache().set("price:tea", "800".into(), None).await?;
///
/// assert_eq!(world.trace().calls()[0].name().to_string(), "api/cache.set#1");
/// assert!(world.finish().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    seed: u64,
    fakes: Fakes,
    trace: Trace,
    watch: Arc<Watch>,
    faults: Arc<FaultLayer>,
    layers: Vec<Arc<dyn Layer>>,
    params: serde_json::Map<String, serde_json::Value>,
    stacks: Mutex<BTreeMap<String, Stack>>,
    extensions: Mutex<BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// A world in which nothing goes wrong. Make it inside the runtime whose time it is to follow: a
    /// paused one (`#[tokio::test(start_paused = true)]`), or a host of a turmoil simulation.
    pub fn new(seed: u64) -> World {
        // Without rules there are none that could be wrong.
        World::builder(seed).build().unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// A world in which rules make things go wrong.
    ///
    /// ```
    /// use stuntdouble::layer::fault::Rule;
    /// use stuntdouble::{Cache, ErrorKind};
    /// use stuntdouble_sim::World;
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let down = Rule::on("cache.get").fail_before(ErrorKind::Unavailable);
    /// let world = World::builder(42).rule(down).build()?;
    /// let error = world.platform("api").cache().get("price:tea").await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Unavailable);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(seed: u64) -> WorldBuilder {
        WorldBuilder {
            seed,
            scenario: None,
            rules: Vec::new(),
            services: SERVICES.to_vec(),
            database: None,
        }
    }

    /// What decides everything.
    pub fn seed(&self) -> u64 {
        self.0.seed
    }

    /// The time, virtual in a simulation. It begins at 2030-01-01T00:00:00Z.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.0.fakes.environment.clock().clone()
    }

    /// Chance. Take a stream with a label of your own.
    pub fn entropy(&self) -> Entropy {
        self.0.fakes.environment.entropy()
    }

    /// The calls so far. What goes to the fakes directly is none.
    pub fn trace(&self) -> &Trace {
        &self.0.trace
    }

    /// The services behind the platforms of all nodes. To set them up, and to look at them from
    /// outside of the application: nothing that is done to them here is recorded or fails.
    pub fn fakes(&self) -> &Fakes {
        &self.0.fakes
    }

    /// The layers round the services of a node: recording, then the rules, then the ordinary latency.
    /// A service of the application's own is put behind it as the nine are.
    pub fn stack(&self, node: &str) -> Stack {
        let mut stacks = lock(&self.0.stacks);
        if let Some(stack) = stacks.get(node) {
            return stack.clone();
        }
        let builder = Stack::builder(node, self.clock());
        let layers = self.0.layers.iter().cloned();
        let stack = layers.fold(builder, |builder, layer| builder.shared_layer(layer)).build();
        stacks.insert(node.to_owned(), stack.clone());
        stack
    }

    /// What an application on that node gets: every service of [`World::fakes`] behind
    /// [`World::stack`].
    pub fn platform(&self, node: &str) -> Platform {
        let (stack, bare) = (self.stack(node), Platform::fakes(&self.0.fakes));
        bare.clone()
            .with_db(intercept::db(&stack, bare.db))
            .with_secrets(intercept::secrets(&stack, bare.secrets))
            .with_pubsub(intercept::pubsub(&stack, bare.pubsub))
            .with_object_storage(intercept::object_storage(&stack, bare.object_storage))
            .with_cache(intercept::cache(&stack, bare.cache))
            .with_feature_flags(intercept::feature_flags(&stack, bare.feature_flags))
            .with_tracer(intercept::tracer(&stack, bare.tracer))
            .with_logger(intercept::logger(&stack, bare.logger))
            .with_config(intercept::config(&stack, bare.config))
    }

    /// State of the application's own that lives as long as the world, one of each type: made by the
    /// first that asks, then shared, by the workload and the invariants for instance.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use stuntdouble_sim::World;
    ///
    /// let world = World::new(42);
    /// world.extension(|_| AtomicU32::new(7)).fetch_add(1, Ordering::Relaxed);
    /// assert_eq!(world.extension(|_| AtomicU32::new(0)).load(Ordering::Relaxed), 8);
    /// ```
    pub fn extension<T: Send + Sync + 'static>(&self, make: impl FnOnce(&World) -> T) -> Arc<T> {
        let known = || lock(&self.0.extensions).get(&TypeId::of::<T>()).cloned();
        let state = known().unwrap_or_else(|| {
            // Made without the lock: `make` may ask for other extensions.
            let made: Arc<dyn Any + Send + Sync> = Arc::new(make(self));
            lock(&self.0.extensions).entry(TypeId::of::<T>()).or_insert(made).clone()
        });
        state.downcast().unwrap_or_else(|_| unreachable!("stored under its own type"))
    }

    /// A parameter that the scenario sets for the workload (`[setup] params`), or else the default.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] if the scenario sets something that is no `T`.
    pub fn param<T: FromStr>(&self, name: &str, default: T) -> Result<T> {
        let Some(value) = self.0.params.get(name) else { return Ok(default) };
        let text = match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        text.parse().map_err(|_| {
            let wanted = std::any::type_name::<T>().rsplit("::").next().unwrap_or_default();
            let message = format!("the scenario's param {name} is {value}, which is no {wanted}");
            Error::new(ErrorKind::InvalidArgument, message)
        })
    }

    /// Waits, in virtual time, until every published event is acknowledged or given up, redeliveries
    /// included. Waits for ever if a handler does.
    pub async fn settle(&self) {
        self.0.fakes.pubsub.drain().await;
    }

    /// What is open now: transactions, calls in flight, open spans, events that are not acknowledged.
    /// The world can go on being used.
    pub fn finish(&self) -> Leftovers {
        let transactions = self.0.fakes.db.open_transactions();
        let mut services = self.0.fakes.left_open();
        // They have a field of their own.
        services.retain(|line| !line.starts_with("db: "));
        let busy = self.0.watch.has_calls_in_flight();
        Leftovers {
            transactions,
            calls: if busy { leftovers::open_calls(self.0.trace.calls()) } else { Vec::new() },
            services,
        }
    }

    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    pub(crate) fn faults(&self) -> &FaultLayer {
        &self.0.faults
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("seed", &self.0.seed)
            .field("trace", &self.0.trace)
            .finish_non_exhaustive()
    }
}

/// Builds a [`World`] by hand, for use without the simulator. See [`World::builder`].
#[must_use = "a builder does nothing until `build`"]
#[derive(Clone, Debug)]
pub struct WorldBuilder {
    seed: u64,
    scenario: Option<Arc<Scenario>>,
    rules: Vec<Rule>,
    services: Vec<&'static Service>,
    database: Option<Postgres>,
}

impl WorldBuilder {
    /// With the setup, the latencies and the rules of a scenario.
    pub fn scenario(mut self, scenario: impl Into<Arc<Scenario>>) -> WorldBuilder {
        self.scenario = Some(scenario.into());
        self
    }

    /// With one more rule.
    pub fn rule(mut self, rule: Rule) -> WorldBuilder {
        self.rules.push(rule);
        self
    }

    /// With a service of the application's own that rules can name.
    pub fn service(mut self, service: &'static Service) -> WorldBuilder {
        self.services.push(service);
        self
    }

    /// With a copy of that database. An empty one by default.
    pub fn database(mut self, template: &Postgres) -> WorldBuilder {
        self.database = Some(template.clone());
        self
    }

    /// The world.
    ///
    /// # Errors
    /// Everything that is wrong with the rules.
    pub fn build(self) -> std::result::Result<World, RuleErrors> {
        let environment = Environment::seeded(self.seed);
        let (clock, entropy) = (environment.clock().clone(), environment.entropy());
        let mut fakes = Fakes::new(environment);
        if let Some(template) = &self.database {
            fakes.db = template.fork(clock.clone(), entropy);
        }
        let mut rules = self.scenario.as_deref().map(Scenario::rules).unwrap_or_default();
        rules.extend(self.rules);
        let faults = Arc::new(FaultLayer::new(rules, entropy.fork("rules"), &self.services)?);
        let trace = Trace::new();
        let watch = Arc::new(Watch::new(&trace));
        let mut layers: Vec<Arc<dyn Layer>> = vec![watch.clone(), faults.clone()];
        let latency = self.scenario.as_ref().and_then(|s| s.latency.layer(entropy));
        layers.extend(latency.map(|layer| Arc::new(layer) as Arc<dyn Layer>));
        if let Some(scenario) = &self.scenario {
            set_up(&fakes, scenario);
        }
        Ok(World(Arc::new(Inner {
            seed: self.seed,
            fakes,
            trace,
            watch,
            faults,
            layers,
            params: self.scenario.map(|s| s.setup.params.clone()).unwrap_or_default(),
            stacks: Mutex::default(),
            extensions: Mutex::default(),
        })))
    }
}

fn set_up(fakes: &Fakes, scenario: &Scenario) {
    for (name, value) in &scenario.setup.flags {
        // A flag of one value cannot be wrong: it has no variants to name.
        let _ = fakes.feature_flags.set(name, Flag::value(value.clone()));
    }
    for (key, value) in &scenario.setup.config {
        fakes.config.set(key, value.clone());
    }
    for (name, secret) in &scenario.setup.secrets {
        fakes.secrets.set(name, secret.expose());
    }
}
