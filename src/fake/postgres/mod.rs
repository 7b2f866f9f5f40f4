//! A simulated PostgreSQL: a small database that executes SQL with PostgreSQL's transactions and locks,
//! in virtual time.
//!
//! ```
//! use std::sync::Arc;
//! use stuntdouble::fake::postgres::Postgres;
//! use stuntdouble::{Entropy, TokioClock};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> stuntdouble::Result<()> {
//! let clock = Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()));
//! let template = Postgres::new(clock.clone(), Entropy::new(1));
//! template.migrate("CREATE TABLE stock (item text PRIMARY KEY, count int NOT NULL);
//!                   INSERT INTO stock VALUES ('tea', 1)").await?;
//! let db = template.fork(clock, Entropy::new(2)); // shares everything, copies what it writes
//!
//! let (mut alice, mut bob) = (db.session(), db.session());
//! alice.execute("BEGIN", &[]).await?;
//! alice.execute("UPDATE stock SET count = count - 1 WHERE item = 'tea'", &[]).await?;
//! // Bob's update waits for Alice's transaction and goes on from the row that she leaves.
//! let waiting = tokio::spawn(async move {
//!     bob.execute("UPDATE stock SET count = count - 1 WHERE item = 'tea' AND count > 0", &[]).await
//! });
//! tokio::task::yield_now().await;
//! assert_eq!(db.open_transactions().len(), 2);
//! alice.execute("COMMIT", &[]).await?;
//! assert_eq!(waiting.await.unwrap()?.tag(), "UPDATE 0");
//! # Ok(())
//! # }
//! ```
//!
//! # The model
//!
//! ```text
//!  heap of "stock"      tid   row            born     died            next   what it is
//!                         0   ('tea', 1)     csn 2    xid 7 (open)       1   what everybody else sees
//!                         1   ('tea', 0)     xid 7                           what transaction 7 sees
//!  index on (item)      'tea' → 0, 'tea' → 1
//!
//!  snapshot   (csn 2, own xid, own command): sees what was born by then and had not died
//!  row lock   an open `died` is one; FOR UPDATE and its kin, and who waits, stand in a table by row
//!  commit     stamps the next csn on everything that the transaction made or ended
//!  rollback   takes it back; both wake who waits
//! ```
//!
//! - *Versions.* A row is a chain of tuples in a heap that only grows; an update appends one. Dead
//!   versions are removed when no snapshot can see them. Without ORDER BY, rows come in heap order, and
//!   groups in the order of PostgreSQL's hash tables.
//! - *Snapshots.* READ COMMITTED takes one for each statement, REPEATABLE READ one at the first.
//! - *Locks.* Reads never wait. A statement that wants a locked row queues up; when it has the row, READ
//!   COMMITTED follows the chain to the newest version and checks the condition again, REPEATABLE READ
//!   fails with 40001. Who waits for `deadlock_timeout` looks for a cycle and gives up with 40P01.
//! - *SERIALIZABLE* is REPEATABLE READ whose read-write conflicts are watched: see `ssi`.
//! - *Waiting* is a future. Nothing blocks the thread, and no lock of the program is held over an await:
//!   a statement is a state machine that repeats its last step when it is woken.
//!
//! # The rooms
//!
//! | room | what it does |
//! | --- | --- |
//! | `parse` | text to syntax tree, by PostgreSQL's grammar |
//! | `plan` | syntax tree to plan: names, types, functions, indexes |
//! | `execute` | runs plans: expressions, scans, joins, changes, constraints, DDL |
//! | `types`, `functions` | values, casts, input and output; what functions do |
//! | `catalog` | tables, constraints, indexes, sequences |
//! | `store` | versions in heaps and trees that forks share |
//! | `locks` | rows, tables, advisory locks, transactions, deadlocks |
//! | `ssi` | conflicts of serializable transactions |
//! | `session` | transactions, settings, waiting, cancellation |
//!
//!
#![doc = include_str!("SUPPORT.md")]

mod answer;
mod catalog;
mod database;
mod engine;
mod errors;
mod execute;
mod functions;
mod locks;
mod notice;
mod parse;
mod plan;
mod plancache;
mod report;
mod service;
mod session;
mod ssi;
mod store;
mod types;

pub use answer::{Answer, Column};
pub use database::Postgres;
pub use notice::{Notice, Severity};
pub use report::{OpenTransaction, TransactionState};
pub use session::Session;

use database::Shared;
