//! Plans by text: a database's own, and those that it shares with its forks.

#![allow(clippy::disallowed_types, reason = "looked up, never iterated")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::parse::ast::Control;
use super::plan::Plan;

/// What a text means.
#[derive(Clone)]
pub(crate) enum Prepared {
    Plan(Arc<Plan>),
    Control(Arc<Control>),
}

/// Texts that a database keeps before it begins anew: generated texts must not fill the memory.
const LIMIT: usize = 4096;

type Map = HashMap<Arc<str>, (u64, Prepared), BuildHasherDefault<TextHasher>>;

/// Plans that every fork of a database uses.
#[derive(Default)]
pub(crate) struct SharedPlans {
    plans: Mutex<Plans>,
    pub(super) versions: AtomicU64,
}

/// Forks take `published` with them; what was planned since is published in lots, because a map that a fork
/// holds is copied when it grows.
#[derive(Default)]
struct Plans {
    published: Arc<Map>,
    recent: Map,
}

impl Plans {
    fn put(&mut self, key: Arc<str>, version: u64, prepared: Prepared) {
        self.recent.insert(key, (version, prepared));
        if self.recent.len() * 8 < self.published.len() {
            return;
        }
        if self.published.len() + self.recent.len() > LIMIT {
            self.published = Arc::default();
        }
        Arc::make_mut(&mut self.published).extend(self.recent.drain());
    }
}

impl SharedPlans {
    fn lock(&self) -> MutexGuard<'_, Plans> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A database's plans.
pub(crate) struct PlanCache {
    own: Map,
    /// Those that were shared when this database was made: found without a lock, and not copied.
    inherited: Arc<Map>,
    pub(crate) shared: Arc<SharedPlans>,
}

impl PlanCache {
    pub(crate) fn new(shared: Arc<SharedPlans>) -> PlanCache {
        let inherited = shared.lock().published.clone();
        PlanCache { own: Map::default(), inherited, shared }
    }

    pub(crate) fn fork(&self) -> PlanCache {
        PlanCache::new(self.shared.clone())
    }

    /// What the text means against the catalog of that version.
    pub(crate) fn get(&mut self, text: &str, version: u64) -> Option<(Arc<str>, Prepared)> {
        let known = find(&self.inherited, text, version);
        if let Some(known) = known.or_else(|| find(&self.own, text, version)) {
            return Some(known);
        }
        let (key, prepared) = {
            let plans = self.shared.lock();
            let recent = find(&plans.recent, text, version);
            recent.or_else(|| find(&plans.published, text, version))?
        };
        keep(&mut self.own, key.clone(), version, prepared.clone());
        Some((key, prepared))
    }

    pub(crate) fn put(&mut self, key: Arc<str>, version: u64, prepared: Prepared) {
        keep(&mut self.own, key.clone(), version, prepared.clone());
        self.shared.lock().put(key, version, prepared);
    }
}

fn find(map: &Map, text: &str, version: u64) -> Option<(Arc<str>, Prepared)> {
    let (key, (planned, prepared)) = map.get_key_value(text)?;
    (*planned == version).then(|| (key.clone(), prepared.clone()))
}

fn keep(map: &mut Map, key: Arc<str>, version: u64, prepared: Prepared) {
    if map.len() >= LIMIT {
        map.clear();
    }
    map.insert(key, (version, prepared));
}

/// Eight bytes at a time: texts are long, and nobody attacks this table.
#[derive(Default)]
pub(crate) struct TextHasher(u64);

impl Hasher for TextHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
        let mut rest = [0; 8];
        let tail = chunks.remainder();
        rest[..tail.len()].copy_from_slice(tail);
        self.add(u64::from_le_bytes(rest) ^ ((bytes.len() as u64) << 56));
    }
}

impl TextHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
