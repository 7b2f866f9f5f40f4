//! Advisory locks.
//!
//! What does not wait is decided here. What has to wait is left for the end of the statement: the call
//! answers nothing that its caller could look at, and the statement's snapshot is already taken.

use super::super::errors::R;
use super::super::locks::{AdvisoryKey, AdvisoryRequest};
use super::super::notice::Notice;
use super::super::parse::ast::TableLock;
use super::super::types::Datum;
use super::{Env, functions, int};

const EXCLUSIVE: TableLock = TableLock::Exclusive;
const SHARE: TableLock = TableLock::Share;

fn key(args: &[Datum]) -> AdvisoryKey {
    match args {
        [one] => {
            let key = int(one) as u64;
            AdvisoryKey { high: (key >> 32) as u32, low: key as u32, is_pair: false }
        }
        [high, low, ..] => {
            AdvisoryKey { high: int(high) as u32, low: int(low) as u32, is_pair: true }
        }
        [] => AdvisoryKey { high: 0, low: 0, is_pair: false },
    }
}

fn lock(env: &mut Env<'_>, args: &[Datum], mode: TableLock, transaction: bool) -> R<Datum> {
    let request = AdvisoryRequest { key: key(args), mode, transaction };
    let waits = !env.session.wanted.is_empty();
    if waits || !env.heavy.try_advisory(env.session.slot, request) {
        env.session.wanted.push_back(request);
    }
    Ok(Datum::text(""))
}

fn attempt(env: &mut Env<'_>, args: &[Datum], mode: TableLock, transaction: bool) -> R<Datum> {
    let request = AdvisoryRequest { key: key(args), mode, transaction };
    Ok(Datum::Bool(env.heavy.try_advisory(env.session.slot, request)))
}

fn unlock(env: &mut Env<'_>, args: &[Datum], mode: TableLock) -> R<Datum> {
    let released = env.heavy.unlock(env.session.slot, key(args), mode);
    env.session.released |= released;
    if !released {
        let kind = if mode == EXCLUSIVE { "ExclusiveLock" } else { "ShareLock" };
        let message = format!("you don't own a lock of type {kind}");
        env.session.notices.push(Notice::warning("01000", message));
    }
    Ok(Datum::Bool(released))
}

functions! { FUNCTIONS:
    #volatile "pg_advisory_lock"(INT8) -> VOID = |env, a| lock(env, a, EXCLUSIVE, false);
    #volatile "pg_advisory_lock"(INT4, INT4) -> VOID = |env, a| lock(env, a, EXCLUSIVE, false);
    #volatile "pg_advisory_lock_shared"(INT8) -> VOID = |env, a| lock(env, a, SHARE, false);
    #volatile "pg_advisory_lock_shared"(INT4, INT4) -> VOID = |env, a| lock(env, a, SHARE, false);
    #volatile "pg_advisory_xact_lock"(INT8) -> VOID = |env, a| lock(env, a, EXCLUSIVE, true);
    #volatile "pg_advisory_xact_lock"(INT4, INT4) -> VOID = |env, a| lock(env, a, EXCLUSIVE, true);
    #volatile "pg_advisory_xact_lock_shared"(INT8) -> VOID = |env, a| lock(env, a, SHARE, true);
    #volatile "pg_advisory_xact_lock_shared"(INT4, INT4) -> VOID = |env, a| lock(env, a, SHARE, true);
    #volatile "pg_try_advisory_lock"(INT8) -> BOOL = |env, a| attempt(env, a, EXCLUSIVE, false);
    #volatile "pg_try_advisory_lock"(INT4, INT4) -> BOOL = |env, a| attempt(env, a, EXCLUSIVE, false);
    #volatile "pg_try_advisory_lock_shared"(INT8) -> BOOL = |env, a| attempt(env, a, SHARE, false);
    #volatile "pg_try_advisory_lock_shared"(INT4, INT4) -> BOOL = |env, a| attempt(env, a, SHARE, false);
    #volatile "pg_try_advisory_xact_lock"(INT8) -> BOOL = |env, a| attempt(env, a, EXCLUSIVE, true);
    #volatile "pg_try_advisory_xact_lock"(INT4, INT4) -> BOOL = |env, a| attempt(env, a, EXCLUSIVE, true);
    #volatile "pg_try_advisory_xact_lock_shared"(INT8) -> BOOL = |env, a| attempt(env, a, SHARE, true);
    #volatile "pg_try_advisory_xact_lock_shared"(INT4, INT4) -> BOOL = |env, a| attempt(env, a, SHARE, true);
    #volatile "pg_advisory_unlock"(INT8) -> BOOL = |env, a| unlock(env, a, EXCLUSIVE);
    #volatile "pg_advisory_unlock"(INT4, INT4) -> BOOL = |env, a| unlock(env, a, EXCLUSIVE);
    #volatile "pg_advisory_unlock_shared"(INT8) -> BOOL = |env, a| unlock(env, a, SHARE);
    #volatile "pg_advisory_unlock_shared"(INT4, INT4) -> BOOL = |env, a| unlock(env, a, SHARE);
    #volatile "pg_advisory_unlock_all"() -> VOID = |env, _| {
        env.session.released |= env.heavy.unlock_all(env.session.slot);
        Ok(Datum::text(""))
    };
}
