//! The entries: an index by key, a list in order of use, and a set in order of expiry.

use std::collections::BTreeSet;
#[allow(clippy::disallowed_types, reason = "an index that is never iterated")]
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::CacheStats;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};

/// No slot: the end of the list.
const NONE: u32 = u32::MAX;

/// The largest size.
pub(super) struct Limits {
    pub(super) entries: usize,
    pub(super) bytes: usize,
}

/// Every operation is O(1), plus O(log n) in the number of entries that have a TTL.
///
/// The clock is read only where an entry has a TTL: reading it costs as much as all the rest.
pub(super) struct Store {
    #[allow(clippy::disallowed_types, reason = "an index that is never iterated")]
    index: HashMap<Arc<str>, u32, BuildHasherDefault<Fnv>>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    oldest: u32,
    newest: u32,
    deadlines: BTreeSet<(Duration, u32)>,
    bytes: usize,
    limits: Limits,
    stats: CacheStats,
}

/// An entry and its neighbours in the order of use.
struct Slot {
    key: Arc<str>,
    value: Bytes,
    deadline: Option<Duration>,
    older: u32,
    newer: u32,
}

impl Default for Store {
    fn default() -> Store {
        Store {
            index: Default::default(),
            slots: Vec::new(),
            free: Vec::new(),
            oldest: NONE,
            newest: NONE,
            deadlines: BTreeSet::new(),
            bytes: 0,
            limits: Limits { entries: usize::MAX, bytes: usize::MAX },
            stats: CacheStats::default(),
        }
    }
}

impl Store {
    pub(super) fn get(&mut self, key: &str, clock: &dyn Clock) -> Option<Bytes> {
        let found = self.find(key, clock);
        self.count(found.is_some());
        let slot = found?;
        self.touch(slot);
        Some(self.slots[slot as usize].value.clone())
    }

    pub(super) fn exists(&mut self, key: &str, clock: &dyn Clock) -> bool {
        let found = self.find(key, clock).is_some();
        self.count(found);
        found
    }

    pub(super) fn set(
        &mut self,
        key: &str,
        value: Bytes,
        deadline: Option<Duration>,
        clock: &dyn Clock,
    ) {
        self.expire(clock);
        match self.index.get(key) {
            Some(&slot) => self.replace(slot, value, deadline),
            None => self.insert(key, value, deadline),
        }
        self.shrink();
    }

    pub(super) fn set_if_absent(
        &mut self,
        key: &str,
        value: Bytes,
        deadline: Option<Duration>,
        clock: &dyn Clock,
    ) -> bool {
        self.expire(clock);
        if self.index.contains_key(key) {
            return false;
        }
        self.insert(key, value, deadline);
        self.shrink();
        true
    }

    pub(super) fn incr(&mut self, key: &str, by: i64, clock: &dyn Clock) -> Result<i64> {
        self.expire(clock);
        let slot = self.index.get(key).copied();
        let before = slot.map_or(Ok(0), |slot| integer(&self.slots[slot as usize].value))?;
        let sum = before.checked_add(by).ok_or_else(|| {
            let message = "ERR increment or decrement would overflow";
            Error::new(ErrorKind::InvalidArgument, message)
        })?;
        let value = Bytes::from(sum.to_string());
        match slot {
            Some(slot) => self.replace(slot, value, self.slots[slot as usize].deadline),
            None => self.insert(key, value, None),
        }
        self.shrink();
        Ok(sum)
    }

    pub(super) fn delete(&mut self, key: &str, clock: &dyn Clock) -> bool {
        let found = self.find(key, clock);
        found.inspect(|&slot| self.remove(slot)).is_some()
    }

    pub(super) fn evict(&mut self, key: &str, clock: &dyn Clock) -> bool {
        let evicted = self.delete(key, clock);
        self.stats.evictions += u64::from(evicted);
        evicted
    }

    pub(super) fn flush(&mut self, clock: &dyn Clock) -> usize {
        let removed = self.len(clock);
        while self.oldest != NONE {
            self.remove(self.oldest);
        }
        removed
    }

    pub(super) fn ttl(&mut self, key: &str, clock: &dyn Clock) -> Option<Duration> {
        let slot = self.find(key, clock)?;
        let deadline = self.slots[slot as usize].deadline?;
        Some(deadline.saturating_sub(clock.elapsed()))
    }

    pub(super) fn len(&mut self, clock: &dyn Clock) -> usize {
        self.expire(clock);
        self.index.len()
    }

    pub(super) fn keys(&mut self, clock: &dyn Clock) -> Vec<String> {
        self.expire(clock);
        let linked = |slot: u32| (slot != NONE).then_some(slot);
        std::iter::successors(linked(self.oldest), |&slot| linked(self.slots[slot as usize].newer))
            .map(|slot| self.slots[slot as usize].key.to_string())
            .collect()
    }

    pub(super) fn limit(&mut self, clock: &dyn Clock, set: impl FnOnce(&mut Limits)) {
        set(&mut self.limits);
        self.expire(clock);
        self.shrink();
    }

    pub(super) fn stats(&self) -> CacheStats {
        self.stats
    }

    fn count(&mut self, hit: bool) {
        if hit { self.stats.hits += 1 } else { self.stats.misses += 1 }
    }

    /// The slot of a key whose TTL has not passed.
    fn find(&mut self, key: &str, clock: &dyn Clock) -> Option<u32> {
        let slot = *self.index.get(key)?;
        match self.slots[slot as usize].deadline {
            Some(deadline) if deadline <= clock.elapsed() => {
                self.remove(slot);
                self.stats.expired += 1;
                None
            }
            _ => Some(slot),
        }
    }

    /// Removes all entries whose TTL has passed.
    fn expire(&mut self, clock: &dyn Clock) {
        if self.deadlines.is_empty() {
            return;
        }
        let now = clock.elapsed();
        while let Some(&(deadline, slot)) = self.deadlines.first()
            && deadline <= now
        {
            self.remove(slot);
            self.stats.expired += 1;
        }
    }

    /// Evicts until the limits hold.
    fn shrink(&mut self) {
        while self.index.len() > self.limits.entries || self.bytes > self.limits.bytes {
            self.remove(self.oldest);
            self.stats.evictions += 1;
        }
    }

    fn insert(&mut self, key: &str, value: Bytes, deadline: Option<Duration>) {
        let key: Arc<str> = key.into();
        self.bytes += key.len() + value.len();
        let entry = Slot { key: key.clone(), value, deadline, older: NONE, newer: NONE };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = entry;
                slot
            }
            None => {
                self.slots.push(entry);
                (self.slots.len() - 1) as u32
            }
        };
        self.index.insert(key, slot);
        self.deadlines.extend(deadline.map(|deadline| (deadline, slot)));
        self.append(slot);
    }

    fn replace(&mut self, slot: u32, value: Bytes, deadline: Option<Duration>) {
        let entry = &mut self.slots[slot as usize];
        self.bytes = self.bytes - entry.value.len() + value.len();
        entry.value = value;
        let before = std::mem::replace(&mut entry.deadline, deadline);
        if before != deadline {
            if let Some(before) = before {
                self.deadlines.remove(&(before, slot));
            }
            self.deadlines.extend(deadline.map(|deadline| (deadline, slot)));
        }
        self.touch(slot);
    }

    fn remove(&mut self, slot: u32) {
        self.unlink(slot);
        let entry = &mut self.slots[slot as usize];
        let value = std::mem::take(&mut entry.value);
        self.bytes -= entry.key.len() + value.len();
        if let Some(deadline) = entry.deadline.take() {
            self.deadlines.remove(&(deadline, slot));
        }
        self.index.remove(&entry.key);
        self.free.push(slot);
    }

    /// Makes the slot the most recently used one.
    fn touch(&mut self, slot: u32) {
        if self.newest != slot {
            self.unlink(slot);
            self.append(slot);
        }
    }

    fn append(&mut self, slot: u32) {
        let entry = &mut self.slots[slot as usize];
        (entry.older, entry.newer) = (self.newest, NONE);
        match std::mem::replace(&mut self.newest, slot) {
            NONE => self.oldest = slot,
            before => self.slots[before as usize].newer = slot,
        }
    }

    fn unlink(&mut self, slot: u32) {
        let Slot { older, newer, .. } = self.slots[slot as usize];
        match older {
            NONE => self.oldest = newer,
            older => self.slots[older as usize].newer = newer,
        }
        match newer {
            NONE => self.newest = older,
            newer => self.slots[newer as usize].older = older,
        }
    }
}

/// What Redis takes for an integer: exactly the text that it would write for it.
fn integer(value: &Bytes) -> Result<i64> {
    let parsed = std::str::from_utf8(value).ok().and_then(|text| {
        let number: i64 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    });
    parsed.ok_or_else(|| {
        let message = "ERR value is not an integer or out of range";
        Error::new(ErrorKind::TypeMismatch, message)
    })
}

/// FNV-1a: fast for short keys, and the same in every process.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
