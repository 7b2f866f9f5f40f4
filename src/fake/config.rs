//! [`FakeConfig`]: settings that a test sets, and which of them were read.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use super::{Environment, Journal, lock};
use crate::error::Result;
use crate::service::Config;

/// Settings. Clones share them. No value is printed or logged: it may be a secret.
///
/// ```
/// use stuntdouble::ConfigExt;
/// use stuntdouble::fake::{Environment, FakeConfig};
///
/// # fn main() -> stuntdouble::Result<()> {
/// let config = FakeConfig::new(&Environment::seeded(42))
///     .with_all([("HTTP_PORT", "8080"), ("HTTP_PROT", "https")]);
/// assert_eq!(config.get_int("HTTP_PORT").required()?, 8080);
/// assert_eq!(config.get_bool("VERBOSE").or(false)?, false);
///
/// assert_eq!(config.unread(), ["HTTP_PROT"]); // a typing error in the settings, perhaps
/// assert_eq!(config.missing(), ["VERBOSE"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeConfig {
    shared: Arc<Shared>,
}

struct Shared {
    journal: Journal,
    keys: Mutex<BTreeMap<String, Key>>,
}

/// A key that was set, or asked for, or both.
#[derive(Default)]
struct Key {
    value: Option<String>,
    reads: u64,
    /// It was asked for while it was not set.
    missed: bool,
}

impl FakeConfig {
    /// Settings without any key.
    pub fn new(environment: &Environment) -> FakeConfig {
        let (journal, keys) = (environment.journal("config"), Mutex::default());
        FakeConfig { shared: Arc::new(Shared { journal, keys }) }
    }

    /// As [`FakeConfig::set`], for building.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> FakeConfig {
        self.set(key, value);
        self
    }

    /// Sets all of these: an array of pairs, a `BTreeMap`, `std::env::vars()`.
    #[must_use]
    pub fn with_all<K, V>(self, pairs: impl IntoIterator<Item = (K, V)>) -> FakeConfig
    where
        K: AsRef<str>,
        V: Into<String>,
    {
        pairs.into_iter().for_each(|(key, value)| self.set(key.as_ref(), value));
        self
    }

    /// Sets a key, whether or not it is set.
    pub fn set(&self, key: &str, value: impl Into<String>) {
        lock(&self.shared.keys).entry(key.to_owned()).or_default().value = Some(value.into());
        self.shared.journal.note("set", key, || "set");
    }

    /// Removes a key; false if it was not set.
    pub fn remove(&self, key: &str) -> bool {
        let mut keys = lock(&self.shared.keys);
        let removed = keys.get_mut(key).and_then(|entry| entry.value.take()).is_some();
        drop(keys);
        self.shared.journal.note("remove", key, || if removed { "removed" } else { "not set" });
        removed
    }

    /// The keys that are set and were never read, in alphabetical order.
    pub fn unread(&self) -> Vec<String> {
        self.keys(|key| key.value.is_some() && key.reads == 0)
    }

    /// The keys that were read, set or not, in alphabetical order.
    pub fn read(&self) -> Vec<String> {
        self.keys(|key| key.reads > 0)
    }

    /// The keys that were read while they were not set, in alphabetical order.
    pub fn missing(&self) -> Vec<String> {
        self.keys(|key| key.missed)
    }

    /// What is unfinished: nothing, ever, for settings.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }

    fn keys(&self, wanted: impl Fn(&Key) -> bool) -> Vec<String> {
        let keys = lock(&self.shared.keys);
        keys.iter().filter(|(_, key)| wanted(key)).map(|(name, _)| name.clone()).collect()
    }
}

impl fmt::Debug for FakeConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeConfig").field("keys", &self.keys(|key| key.value.is_some())).finish()
    }
}

impl Config for FakeConfig {
    fn get(&self, key: &str) -> Result<Option<String>> {
        let value = {
            let mut keys = lock(&self.shared.keys);
            let entry = keys.entry(key.to_owned()).or_default();
            entry.reads += 1;
            entry.missed |= entry.value.is_none();
            entry.value.clone()
        };
        self.shared.journal.note("get", key, || if value.is_some() { "set" } else { "not set" });
        Ok(value)
    }
}
