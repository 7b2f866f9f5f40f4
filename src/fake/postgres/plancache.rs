//! Plans by text: a database's own, and those that it shares with its forks.

#![allow(clippy::disallowed_types, reason = "looked up, never iterated")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

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
    plans: Mutex<Map>,
    pub(super) versions: AtomicU64,
}

/// A database's plans.
pub(crate) struct PlanCache {
    own: Map,
    pub(crate) shared: Arc<SharedPlans>,
}

impl PlanCache {
    pub(crate) fn new(shared: Arc<SharedPlans>) -> PlanCache {
        PlanCache { own: Map::default(), shared }
    }

    pub(crate) fn fork(&self) -> PlanCache {
        PlanCache::new(self.shared.clone())
    }

    /// What the text means against the catalog of that version.
    pub(crate) fn get(&mut self, text: &str, version: u64) -> Option<(Arc<str>, Prepared)> {
        if let Some((key, (planned, prepared))) = self.own.get_key_value(text)
            && *planned == version
        {
            return Some((key.clone(), prepared.clone()));
        }
        let shared = self.shared.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, (planned, prepared)) = shared.get_key_value(text)?;
        if *planned != version {
            return None;
        }
        let (key, prepared) = (key.clone(), prepared.clone());
        drop(shared);
        keep(&mut self.own, key.clone(), version, prepared.clone());
        Some((key, prepared))
    }

    pub(crate) fn put(&mut self, key: Arc<str>, version: u64, prepared: Prepared) {
        keep(&mut self.own, key.clone(), version, prepared.clone());
        let mut shared = self.shared.plans.lock().unwrap_or_else(PoisonError::into_inner);
        keep(&mut shared, key, version, prepared);
    }
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
