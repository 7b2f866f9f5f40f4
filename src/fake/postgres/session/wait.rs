//! Waiting: until a lock is given, a deadlock is found, or time is up.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::super::Shared;
use super::super::errors::{R, pg};
use super::super::locks::{Target, Waiting};
use super::statement::lost;

/// When a wait that begins now must look up.
struct Deadlines {
    deadlock: Option<Instant>,
    lock: Option<Instant>,
    statement: Option<Instant>,
}

fn after(start: Instant, milliseconds: u64) -> Option<Instant> {
    (milliseconds > 0).then(|| start.checked_add(Duration::from_millis(milliseconds))).flatten()
}

/// Waits until the session is woken. If what it waits for becomes something else, that is a new wait.
pub(super) async fn await_turn(shared: &Arc<Shared>, slot: usize, start: Instant) -> R<()> {
    let (signal, mut waiting, mut deadlines) = begin_wait(shared, slot, start)?;
    loop {
        if is_woken(shared, slot)? {
            return Ok(());
        }
        let next =
            [deadlines.deadlock, deadlines.lock, deadlines.statement].into_iter().flatten().min();
        match next {
            None => signal.notified().await,
            Some(deadline) => {
                if tokio::time::timeout_at(deadline, signal.notified()).await.is_err()
                    && !is_woken_peek(shared, slot)
                {
                    expired(shared, slot, &mut deadlines)?;
                }
            }
        }
        let (_, now, fresh) = begin_wait(shared, slot, start)?;
        if now.is_some() && now != waiting {
            (waiting, deadlines) = (now, fresh);
        }
    }
}

fn begin_wait(
    shared: &Arc<Shared>,
    slot: usize,
    start: Instant,
) -> R<(Arc<Notify>, Option<Waiting>, Deadlines)> {
    let now = Instant::now();
    let mut engine = shared.lock();
    let Some(me) = engine.backend_mut(slot) else { return Err(lost()) };
    let signal = me.signal.get_or_insert_default().clone();
    let settings = me.current();
    let is_lock = me.waiting.is_none_or(|w| w.target != Target::SafeSnapshot);
    let deadlines = Deadlines {
        deadlock: after(now, settings.deadlock_timeout),
        lock: after(now, if is_lock { settings.lock_timeout } else { 0 }),
        statement: after(start, settings.statement_timeout),
    };
    Ok((signal, me.waiting, deadlines))
}

fn is_woken_peek(shared: &Arc<Shared>, slot: usize) -> bool {
    shared.lock().backend(slot).is_none_or(|me| me.woken || me.lost)
}

fn is_woken(shared: &Arc<Shared>, slot: usize) -> R<bool> {
    let mut engine = shared.lock();
    let Some(me) = engine.backend_mut(slot) else { return Err(lost()) };
    if me.lost {
        return Err(lost());
    }
    Ok(std::mem::take(&mut me.woken))
}

fn expired(shared: &Arc<Shared>, slot: usize, deadlines: &mut Deadlines) -> R<()> {
    let now = Instant::now();
    let passed = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
    if passed(deadlines.lock) {
        return Err(pg("55P03", "canceling statement due to lock timeout"));
    }
    if passed(deadlines.statement) {
        return Err(pg("57014", "canceling statement due to statement timeout"));
    }
    if passed(deadlines.deadlock) {
        // Looked for once for each wait: a cycle that is closed later is found by who closes it.
        deadlines.deadlock = None;
        if let Some(error) = shared.lock().resolve_deadlock(slot) {
            return Err(error);
        }
    }
    Ok(())
}

/// `pg_sleep`
pub(super) async fn sleep(shared: &Arc<Shared>, slot: usize, start: Instant, micros: i64) -> R<()> {
    let limit = {
        let engine = shared.lock();
        let Some(me) = engine.backend(slot) else { return Err(lost()) };
        after(start, me.current().statement_timeout)
    };
    let wake = Instant::now() + Duration::from_micros(micros.max(0).unsigned_abs());
    match limit {
        Some(limit) if limit < wake => {
            tokio::time::sleep_until(limit).await;
            Err(pg("57014", "canceling statement due to statement timeout"))
        }
        _ => {
            tokio::time::sleep_until(wake).await;
            Ok(())
        }
    }
}
