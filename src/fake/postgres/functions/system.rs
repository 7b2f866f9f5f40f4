//! Chance, sequences, and what a session says about itself.

use super::super::errors::{R, fail};
use super::super::parse::ast::TableLock;
use super::super::store::SequenceShape;
use super::super::types::Datum;
use super::{Env, boolean, float, functions, int};

fn refuse_read_only(env: &Env<'_>, what: &str) -> R<()> {
    let txn = env.parameters.as_ref().and_then(|parameters| parameters.txn.as_deref());
    if txn.is_some_and(|txn| txn.read_only) {
        return fail("25006", format!("cannot execute {what} in a read-only transaction"));
    }
    Ok(())
}

/// Until the transaction ends, nobody changes or drops the sequence.
fn keep(env: &mut Env<'_>, oid: u32) {
    let txn = env.parameters.as_mut().and_then(|parameters| parameters.txn.as_deref_mut());
    if let Some(txn) = txn {
        txn.hold(oid, TableLock::RowExclusive);
    }
}

fn next(env: &mut Env<'_>, a: &[Datum]) -> R<Datum> {
    refuse_read_only(env, "nextval()")?;
    let oid = int(&a[0]) as u32;
    keep(env, oid);
    let value = match env.session.cached.get_mut(&oid) {
        Some(cached) => {
            cached.first += cached.increment;
            cached.first
        }
        None => {
            let drawn = env.sequences.draw(oid)?;
            env.session.cached.insert(oid, drawn);
            drawn.first
        }
    };
    if env.session.cached.get(&oid).is_some_and(|cached| cached.first == cached.last) {
        env.session.cached.remove(&oid);
    }
    env.session.current.insert(oid, value);
    env.session.last = Some(oid);
    Ok(Datum::Int(value))
}

fn current(env: &mut Env<'_>, a: &[Datum]) -> R<Datum> {
    let oid = int(&a[0]) as u32;
    match env.session.current.get(&oid) {
        Some(value) => Ok(Datum::Int(*value)),
        None => {
            let name = env.sequences.name(oid).unwrap_or("?");
            fail(
                "55000",
                format!("currval of sequence \"{name}\" is not yet defined in this session"),
            )
        }
    }
}

fn last(env: &mut Env<'_>) -> R<Datum> {
    match env.session.last.and_then(|oid| env.session.current.get(&oid)) {
        Some(value) => Ok(Datum::Int(*value)),
        None => fail("55000", "lastval is not yet defined in this session"),
    }
}

fn set(env: &mut Env<'_>, oid: i64, value: i64, called: bool) -> R<Datum> {
    refuse_read_only(env, "setval()")?;
    keep(env, oid as u32);
    env.sequences.set(oid as u32, value, called)?;
    env.session.cached.remove(&(oid as u32));
    if called {
        env.session.current.insert(oid as u32, value);
    }
    Ok(Datum::Int(value))
}

/// PostgreSQL's generator (xoroshiro128**), so that a seed gives the numbers that it gives there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seeded([u64; 2]);

impl Seeded {
    fn new(seed: f64) -> R<Seeded> {
        if !(-1.0..=1.0).contains(&seed) {
            let shown = super::numbers_text::general(seed, 0);
            return fail(
                "22023",
                format!("setseed parameter {shown} is out of allowed range [-1,1]"),
            );
        }
        let mut state = (((1u64 << 52) - 1) as f64 * seed) as i64 as u64;
        let mut split = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Ok(Seeded([split(), split()]))
    }

    fn unit(&mut self) -> f64 {
        let [first, second] = self.0;
        let drawn = first.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let mixed = second ^ first;
        self.0 = [first.rotate_left(24) ^ mixed ^ (mixed << 16), mixed.rotate_left(37)];
        (drawn >> 12) as f64 / (1u64 << 52) as f64
    }
}

fn shape(env: &Env<'_>, a: &[Datum], of: fn(&SequenceShape) -> i64) -> R<Datum> {
    Ok(Datum::Int(of(&env.sequences.get(int(&a[0]) as u32)?.shape)))
}

functions! { FUNCTIONS:
    #volatile "random"() -> FLOAT8 = |env, _| {
        Ok(Datum::Float(match &mut env.session.seeded {
            Some(seeded) => seeded.unit(),
            None => env.random.unit(),
        }))
    };
    #volatile "gen_random_uuid"() -> UUID = |env, _| Ok(Datum::Uuid(env.uuids.uuid()));
    #volatile "nextval"(REGCLASS) -> INT8 = next;
    #volatile "currval"(REGCLASS) -> INT8 = current;
    #volatile "lastval"() -> INT8 = |env, _| last(env);
    #volatile "setval"(REGCLASS, INT8) -> INT8 = |env, a| set(env, int(&a[0]), int(&a[1]), true);
    #volatile "setval"(REGCLASS, INT8, BOOL) -> INT8 = |env, a| set(env, int(&a[0]), int(&a[1]), boolean(&a[2]));
    #volatile "sequence last_value"(REGCLASS) -> INT8 = |env, a| {
        Ok(Datum::Int(env.sequences.get(int(&a[0]) as u32)?.last))
    };
    #volatile "sequence log_cnt"(REGCLASS) -> INT8 = |env, a| {
        Ok(Datum::Int(env.sequences.get(int(&a[0]) as u32)?.log))
    };
    #volatile "sequence is_called"(REGCLASS) -> BOOL = |env, a| {
        Ok(Datum::Bool(env.sequences.get(int(&a[0]) as u32)?.called))
    };
    #volatile "sequence start"(REGCLASS) -> INT8 = |env, a| shape(env, a, |shape| shape.start);
    #volatile "sequence increment"(REGCLASS) -> INT8 = |env, a| {
        shape(env, a, |shape| shape.increment)
    };
    #volatile "sequence minimum"(REGCLASS) -> INT8 = |env, a| shape(env, a, |shape| shape.minimum);
    #volatile "sequence maximum"(REGCLASS) -> INT8 = |env, a| shape(env, a, |shape| shape.maximum);
    #volatile "sequence cache"(REGCLASS) -> INT8 = |env, a| shape(env, a, |shape| shape.cache);
    #volatile "sequence cycles"(REGCLASS) -> BOOL = |env, a| {
        Ok(Datum::Bool(env.sequences.get(int(&a[0]) as u32)?.shape.cycle))
    };
    #volatile "sequence cycle option"(REGCLASS) -> TEXT = |env, a| {
        let cycles = env.sequences.get(int(&a[0]) as u32)?.shape.cycle;
        Ok(Datum::text(if cycles { "YES" } else { "NO" }))
    };
    #volatile "sequence drawn"(REGCLASS) -> INT8 = |env, a| {
        let state = env.sequences.get(int(&a[0]) as u32)?;
        Ok(if state.called { Datum::Int(state.last) } else { Datum::Null })
    };
    #volatile "pg_sleep"(FLOAT8) -> VOID = |env, a| {
        let seconds = float(&a[0]);
        if seconds > 0.0 {
            env.sleep = env.sleep.saturating_add((seconds * 1e6) as i64);
        }
        Ok(Datum::text(""))
    };
    #volatile "setseed"(FLOAT8) -> VOID = |env, a| {
        env.session.seeded = Some(Seeded::new(float(&a[0]))?);
        Ok(Datum::text(""))
    };
    "pg_is_in_recovery"() -> BOOL = |_, _| Ok(Datum::Bool(false));
    "pg_backend_pid"() -> INT4 = |env, _| Ok(Datum::Int(env.session.pid.into()));
    "txid_current_if_assigned"() -> INT8 = |env, _| Ok(env.session.xid.map_or(Datum::Null, |xid| Datum::Int(xid as i64)));
    "version"() -> TEXT = |_, _| Ok(Datum::text("PostgreSQL 15 (simulated)"));
    #nullable "current_schema"() -> NAME = |env, _| {
        Ok(env.session.path.shown.first().map_or(Datum::Null, |name| Datum::text(&**name)))
    };
    "current_database"() -> NAME = |_, _| Ok(Datum::text("postgres"));
    "current_catalog"() -> NAME = |_, _| Ok(Datum::text("postgres"));
    "current_user"() -> NAME = |_, _| Ok(Datum::text("postgres"));
    "current_role"() -> NAME = |_, _| Ok(Datum::text("postgres"));
    "session_user"() -> NAME = |_, _| Ok(Datum::text("postgres"));
    "user"() -> NAME = |_, _| Ok(Datum::text("postgres"));
}
