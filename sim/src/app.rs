//! [`App`]: what the simulator needs to know of an application.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use stuntdouble::fake::Environment;
use stuntdouble::fake::postgres::Postgres;
use stuntdouble::intercept::SERVICES;
use stuntdouble::scenario::Catalog;
use stuntdouble::stack::Service;
use stuntdouble::{AsError, ErrorKind};

use crate::World;

/// An application, as the simulator rehearses it: its scenarios, what happens in them, and what must be
/// true afterwards. Cheap to clone.
///
/// ```
/// use stuntdouble::Cache;
/// use stuntdouble_sim::{App, Scenario, World};
///
/// let app = App::new("counter")
///     .workload("count", |world: World| async move {
///         for _ in 0..3 {
///             world.platform("api").cache().incr("visits", 1).await?;
///         }
///         Ok::<(), stuntdouble::Error>(())
///     })
///     .invariant("every visit is counted", |world: World| async move {
///         match world.fakes().cache.incr("visits", 0).await {
///             Ok(3) => Ok(()),
///             other => Err(format!("{other:?} instead of 3")),
///         }
///     });
///
/// let report = stuntdouble_sim::run(&app, &Scenario::new("healthy", "Nothing goes wrong."), 0..10);
/// assert!(report.passed(), "{report}");
/// ```
#[derive(Clone)]
pub struct App {
    name: String,
    scenarios: Option<PathBuf>,
    services: Vec<&'static Service>,
    migrations: Vec<(String, String)>,
    workloads: Vec<Named<Workload>>,
    invariants: Vec<Named<Invariant>>,
    time_limit: Duration,
    replay_command: Option<String>,
    template: Arc<OnceLock<Result<Postgres, String>>>,
}

#[derive(Clone)]
pub(crate) struct Named<T> {
    pub(crate) name: String,
    pub(crate) run: T,
}

type Running<T> = Pin<Box<dyn Future<Output = T>>>;
pub(crate) type Workload = Arc<dyn Fn(World) -> Running<Result<(), Failed>> + Send + Sync>;
pub(crate) type Invariant = Arc<dyn Fn(World) -> Running<Result<(), String>> + Send + Sync>;

/// How a workload failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) kind: ErrorKind,
    pub(crate) text: String,
    pub(crate) injected_by: Option<String>,
}

impl App {
    /// An application of that name, which the command line shows.
    pub fn new(name: impl Into<String>) -> App {
        App {
            name: name.into(),
            scenarios: None,
            services: Vec::new(),
            migrations: Vec::new(),
            workloads: Vec::new(),
            invariants: Vec::new(),
            time_limit: Duration::from_secs(3600),
            replay_command: None,
            template: Arc::default(),
        }
    }

    /// The folder of the scenario files, such as
    /// `concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")`. Every `*.toml` in it is one.
    #[must_use]
    pub fn scenarios(mut self, folder: impl Into<PathBuf>) -> App {
        self.scenarios = Some(folder.into());
        self
    }

    /// A service of the application's own, so that rules and expectations can name it. Declared with
    /// [`methods!`](stuntdouble::methods).
    #[must_use]
    pub fn service(mut self, service: &'static Service) -> App {
        self.services.push(service);
        self
    }

    /// SQL scripts by name, run in order on an empty database once in the process. Each world gets a
    /// copy of the result, which costs next to nothing.
    #[must_use]
    pub fn migrations<N: Into<String>, S: Into<String>>(
        mut self,
        scripts: impl IntoIterator<Item = (N, S)>,
    ) -> App {
        self.migrations.extend(scripts.into_iter().map(|(n, s)| (n.into(), s.into())));
        self
    }

    /// What happens in a run. A scenario names its workload; the first one is the default.
    ///
    /// The workload runs as the main task of a node. Tasks that it spawns go on until the end of the
    /// run. If it returns an error, the run fails, unless the scenario expects an error of that kind;
    /// an error without a service's error in it counts as [`ErrorKind::Internal`].
    #[must_use]
    pub fn workload<F, Fut, E>(mut self, name: impl Into<String>, workload: F) -> App
    where
        F: Fn(World) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + 'static,
        E: AsError + fmt::Display + 'static,
    {
        let run: Workload = Arc::new(move |world| {
            let running = workload(world);
            Box::pin(async move { running.await.map_err(|error| Failed::of(&error)) })
        });
        self.workloads.push(Named { name: name.into(), run });
        self
    }

    /// What must be true after every run, whatever went wrong in it: Ok, or an error that says what is
    /// wrong, best by naming the things in question. Asked when the workload has ended and no event is
    /// in flight. It looks at the fakes directly, so that nothing fails and nothing is recorded.
    #[must_use]
    pub fn invariant<F, Fut, E>(mut self, name: impl Into<String>, invariant: F) -> App
    where
        F: Fn(World) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + 'static,
        E: fmt::Display + 'static,
    {
        let run: Invariant = Arc::new(move |world| {
            let judging = invariant(world);
            Box::pin(async move { judging.await.map_err(|error| error.to_string()) })
        });
        self.invariants.push(Named { name: name.into(), run });
        self
    }

    /// How long a workload may take, in virtual time, where its scenario sets no `max_time`: what has
    /// not ended then hangs. One hour by default.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> App {
        self.time_limit = limit;
        self
    }

    /// The command that runs this application's [`main`](crate::main), such as
    /// `cargo run -p shop --example shop --`; what a failure is replayed with. By default it is guessed
    /// from the program that runs.
    #[must_use]
    pub fn replay_command(mut self, command: impl Into<String>) -> App {
        self.replay_command = Some(command.into());
        self
    }

    /// What scenario files of this application can name.
    pub fn catalog(&self) -> Catalog {
        let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<Vec<_>>();
        Catalog {
            services: self.all_services(),
            invariants: names(&mut self.invariants.iter().map(|invariant| &invariant.name)),
            workloads: names(&mut self.workloads.iter().map(|workload| &workload.name)),
            lints: crate::judge::slugs().map(str::to_owned).collect(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn folder(&self) -> Option<&PathBuf> {
        self.scenarios.as_ref()
    }

    pub(crate) fn all_services(&self) -> Vec<&'static Service> {
        SERVICES.iter().chain(&self.services).copied().collect()
    }

    pub(crate) fn own_services(&self) -> impl Iterator<Item = &'static Service> {
        self.services.iter().copied()
    }

    pub(crate) fn limit(&self) -> Duration {
        self.time_limit
    }

    pub(crate) fn own_replay_command(&self) -> Option<&str> {
        self.replay_command.as_deref()
    }

    /// The workload of that name, or the first.
    pub(crate) fn find_workload(&self, name: Option<&str>) -> Result<&Workload, String> {
        let names: Vec<_> = self.workloads.iter().map(|workload| &*workload.name).collect();
        let found = match name {
            Some(name) => self.workloads.iter().find(|workload| workload.name == name),
            None => self.workloads.first(),
        };
        found.map(|workload| &workload.run).ok_or_else(|| match name {
            _ if names.is_empty() => format!("{} has no workload: add App::workload", self.name),
            Some(name) => format!("there is no workload {name:?}: there are {}", names.join(", ")),
            None => unreachable!("the first of some"),
        })
    }

    /// The invariants of these names, or all.
    pub(crate) fn chosen_invariants<'a>(
        &'a self,
        names: Option<&'a [String]>,
    ) -> impl Iterator<Item = &'a Named<Invariant>> {
        let chosen = move |name| names.is_none_or(|names| names.contains(name));
        self.invariants.iter().filter(move |invariant| chosen(&invariant.name))
    }

    /// The migrated database that each world gets a copy of.
    pub(crate) fn template(&self) -> Result<Option<&Postgres>, String> {
        if self.migrations.is_empty() {
            return Ok(None);
        }
        let template = self.template.get_or_init(|| {
            // On a thread of its own: this one may already drive a runtime.
            let migrating = || std::thread::scope(|s| s.spawn(|| migrate(&self.migrations)).join());
            migrating().unwrap_or_else(|panic| {
                Err(format!("the migrations panicked: {}", crate::panics::message(&*panic)))
            })
        });
        template.as_ref().map(Some).map_err(Clone::clone)
    }
}

fn migrate(scripts: &[(String, String)]) -> Result<Postgres, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(|error| format!("no runtime for the migrations: {error}"))?;
    runtime.block_on(async {
        let environment = Environment::seeded(0);
        let database = Postgres::new(environment.clock().clone(), environment.entropy());
        for (name, script) in scripts {
            let done = database.migrate(script).await;
            done.map_err(|error| format!("migration {name}: {error}"))?;
        }
        Ok(database)
    })
}

impl Failed {
    fn of<E: AsError + fmt::Display>(error: &E) -> Failed {
        let inner = error.as_error();
        Failed {
            kind: inner.map_or(ErrorKind::Internal, |error| error.kind()),
            text: error.to_string(),
            injected_by: inner.and_then(|error| error.injected_by()).map(str::to_owned),
        }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("name", &self.name).finish_non_exhaustive()
    }
}
