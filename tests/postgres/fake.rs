//! The simulated PostgreSQL as the server of a script, in virtual time.
//!
//! The sessions' futures are polled here by hand, so that "waits" is exact: nothing that was woken is left
//! to poll. Time passes in a `sleep` only, a millisecond at a go, so that what falls due first also goes
//! first.

use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use jiff::Timestamp;
use stuntdouble::fake::postgres::{self, Postgres, Session};
use stuntdouble::{Entropy, Error, Numeric, TokioClock, Value};

use crate::answer::{Answer, Column, Notice, Outcome};
use crate::run::Server;
use crate::script::Param;

const TICK: Duration = Duration::from_millis(1);

/// A fresh database. Lives in a runtime whose time is paused.
pub(crate) struct Simulated {
    database: Postgres,
    sessions: BTreeMap<String, State>,
    sent: usize,
    /// Answered during a `sleep`.
    finished: Vec<(usize, String, Answer)>,
}

type Result = std::result::Result<postgres::Answer, Error>;

enum State {
    Idle(Session),
    Busy(Statement),
}

struct Statement {
    sent: usize,
    future: Pin<Box<dyn Future<Output = (Session, Result)>>>,
    woken: Arc<Woken>,
}

/// Whether the future asked to be polled again.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Simulated {
    pub(crate) fn new(seed: u64) -> Simulated {
        let clock = Arc::new(TokioClock::starting_at(
            Timestamp::UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        ));
        Simulated {
            database: Postgres::new(clock, Entropy::new(seed)),
            sessions: BTreeMap::new(),
            sent: 0,
            finished: Vec::new(),
        }
    }

    /// Polls what was woken, in the order of the statements, until nothing is.
    async fn work(&mut self, finished: &mut Vec<(usize, String, Answer)>) {
        loop {
            // Also gives the runtime's cooperative scheduling its turn.
            tokio::task::yield_now().await;
            let woken = |state: &State| matches!(state, State::Busy(busy) if busy.woken.0.load(Ordering::SeqCst));
            let mut names: Vec<(usize, String)> = Vec::new();
            for (name, state) in &self.sessions {
                if let State::Busy(busy) = state
                    && woken(state)
                {
                    names.push((busy.sent, name.clone()));
                }
            }
            if names.is_empty() {
                return;
            }
            names.sort();
            for (sent, name) in names {
                let Some(State::Busy(busy)) = self.sessions.get_mut(&name) else { continue };
                busy.woken.0.store(false, Ordering::SeqCst);
                let waker = Waker::from(Arc::clone(&busy.woken));
                let mut context = Context::from_waker(&waker);
                match catch_unwind(AssertUnwindSafe(|| busy.future.as_mut().poll(&mut context))) {
                    Ok(Poll::Pending) => {}
                    Ok(Poll::Ready((session, result))) => {
                        let answer = understand(&session, result);
                        self.sessions.insert(name.clone(), State::Idle(session));
                        finished.push((sent, name, answer));
                    }
                    Err(panic) => {
                        self.sessions.remove(&name);
                        finished.push((sent, name, panicked(&*panic)));
                    }
                }
            }
        }
    }
}

impl Server for Simulated {
    async fn start(
        &mut self,
        session: &str,
        sql: &str,
        params: &[Param],
    ) -> std::result::Result<(), String> {
        let mut backend = match self.sessions.remove(session) {
            None => self.database.session(),
            Some(State::Idle(backend)) => backend,
            Some(State::Busy(_)) => return Err("the session is busy".to_owned()),
        };
        let sql = sql.to_owned();
        let params: Vec<Value> = params.iter().map(value).collect();
        let future = Box::pin(async move {
            let result = backend.execute(&sql, &params).await;
            (backend, result)
        });
        self.sent += 1;
        let statement =
            Statement { sent: self.sent, future, woken: Arc::new(Woken(AtomicBool::new(true))) };
        self.sessions.insert(session.to_owned(), State::Busy(statement));
        Ok(())
    }

    async fn settle(&mut self) -> std::result::Result<Vec<(String, Answer)>, String> {
        let mut finished = std::mem::take(&mut self.finished);
        self.work(&mut finished).await;
        finished.sort_by_key(|(sent, ..)| *sent);
        Ok(finished.into_iter().map(|(_, name, answer)| (name, answer)).collect())
    }

    async fn sleep(&mut self, time: Duration) -> std::result::Result<(), String> {
        let mut finished = std::mem::take(&mut self.finished);
        let mut passed = Duration::ZERO;
        while passed < time {
            tokio::time::advance(TICK).await;
            passed += TICK;
            self.work(&mut finished).await;
        }
        self.finished = finished;
        Ok(())
    }

    async fn disconnect(&mut self, session: &str) -> std::result::Result<(), String> {
        self.sessions
            .remove(session)
            .map(drop)
            .ok_or_else(|| format!("there is no session {session}"))
    }

    fn is_busy(&self, session: &str) -> bool {
        matches!(self.sessions.get(session), Some(State::Busy(_)))
    }

    fn is_waiting(&self) -> bool {
        self.sessions.values().any(|state| matches!(state, State::Busy(_)))
    }
}

/// The statement's answer, so that the rest of the script runs: its session is gone.
fn panicked(panic: &(dyn Any + Send)) -> Answer {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied());
    let message = text.unwrap_or("(no text)").to_owned();
    let outcome = Outcome::Failed {
        code: "PANIC".to_owned(),
        message,
        detail: None,
        hint: None,
        constraint: None,
    };
    Answer { notices: Vec::new(), outcome }
}

fn value(param: &Param) -> Value {
    match param {
        Param::Null => Value::Null,
        Param::Bool(value) => Value::Bool(*value),
        Param::Int(value) => Value::Int(*value),
        Param::Decimal(text) => {
            Numeric::new(text).map_or(Value::Text(text.as_str().into()), Value::Numeric)
        }
        Param::Text(text) => Value::Text(text.as_str().into()),
    }
}

fn understand(session: &Session, result: Result) -> Answer {
    let outcome = match result {
        Ok(answer) => {
            let tag = match answer.tag() {
                empty if empty.is_empty() => "(empty query)".to_owned(),
                tag => tag,
            };
            let columns: Vec<Column> = answer
                .columns()
                .map(|column| Column {
                    name: column.name.to_string(),
                    ty: short_name(&column.type_name),
                })
                .collect();
            let cells = |row| (0..columns.len()).map(|column| answer.text(row, column)).collect();
            let rows = (0..answer.len()).map(cells).collect();
            if columns.is_empty() && answer.is_empty() {
                Outcome::Done { tag }
            } else {
                Outcome::Rows { columns, rows, tag }
            }
        }
        Err(error) => Outcome::Failed {
            code: error
                .code()
                .map_or_else(|| format!("{:?}", error.kind()), |code| code.as_str().to_owned()),
            message: error.message().to_owned(),
            detail: error.detail().map(str::to_owned),
            hint: error.hint().map(str::to_owned),
            constraint: error.constraint().map(str::to_owned),
        },
    };
    let notices = session.notices().into_iter().map(|notice| Notice {
        severity: notice.severity.to_string(),
        code: notice.code.to_string(),
        message: notice.message,
        detail: notice.detail,
        hint: notice.hint,
    });
    Answer { notices: notices.collect(), outcome }
}

/// `_int4` is `int4[]` in scripts.
fn short_name(name: &str) -> String {
    name.strip_prefix('_').map_or_else(|| name.to_owned(), |element| format!("{element}[]"))
}
