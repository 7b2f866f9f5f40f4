//! Rehearses an application in a world that one seed decides: virtual time, stateful services that fail
//! as scenario files say, and a record of every call.
//!
//! ```
//! use stuntdouble::layer::fault::Rule;
//! use stuntdouble::{Cache, ErrorKind};
//! use stuntdouble_sim::{App, Scenario, World};
//!
//! // What happens, and what must be true afterwards.
//! let app = App::new("counter")
//!     .workload("count", |world: World| async move {
//!         let platform = world.platform("api");
//!         while platform.cache().incr("visits", 1).await.is_err() {} // as many write it
//!         Ok::<(), stuntdouble::Error>(())
//!     })
//!     .invariant("one visit is counted once", |world: World| async move {
//!         match world.fakes().cache.incr("visits", 0).await {
//!             Ok(1) => Ok(()),
//!             other => Err(format!("counted: {other:?}")),
//!         }
//!     });
//!
//! // What goes wrong: the answer is lost, although the visit was counted.
//! let lost = Scenario::new("lost_answer", "The answer of the cache is lost. A visit counts once.")
//!     .rule(Rule::on("cache.incr").nth(1).fail_after(ErrorKind::OutcomeUnknown));
//!
//! let report = stuntdouble_sim::run(&app, &lost, 10);
//! assert!(!report.passed());
//! assert!(report.to_string().contains("invariant: one visit is counted once"));
//! ```
//!
//! - [`main`] gives an application a command line, [`test_main`] makes each scenario file a test.
//! - [`World`] works without the simulator too: in a plain `#[tokio::test(start_paused = true)]`, and in
//!   a host of somebody else's turmoil simulation.
//!
//! # What a run is
//! A thread of its own, a turmoil simulation with one node, and a [`World`]. The workload runs until it
//! returns; then events come to rest ([`World::settle`]), then the invariants are asked. A run fails if
//! anything panicked in it (a spawned task or a mock, too), if the workload ended otherwise than
//! expected or hangs, if an invariant does not hold, if calls were made more or less often than
//! expected, if it took too long in virtual time, if a rule never fired, or if a transaction was left
//! open.
//!
//! # Layout
//! - `app`, `world`: what users make and get.
//! - `simulation`, `watch`, `panics`, `stall`: one run. `runner`: many of them.
//! - `judge`, `snapshot`: what is wrong with a run. `report`, `excerpt`, `table`, `style`, `words`: how it
//!   is told.
//! - `rehearsal`: a scenario over its seeds. `files`, `place`, `cli`, `progress`, `tests_entry`: from
//!   where it is started.

mod app;
mod cli;
mod excerpt;
mod files;
mod judge;
mod lanes;
mod leftovers;
mod panics;
mod place;
mod progress;
mod rehearsal;
mod report;
mod runner;
mod simulation;
mod snapshot;
mod stall;
mod style;
mod table;
mod tests_entry;
mod watch;
mod words;
mod world;

pub use app::App;
pub use cli::main;
pub use judge::{Reason, ReasonKind, Warning};
pub use leftovers::Leftovers;
pub use rehearsal::{check_determinism, run};
pub use report::{Failure, Report, Seeds};
pub use tests_entry::test_main;
pub use world::{World, WorldBuilder};

pub use stuntdouble::scenario::Scenario;
