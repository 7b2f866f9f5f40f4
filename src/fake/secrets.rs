//! [`FakeSecrets`]: secrets by name, that a test sets, rotates and removes.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::nearest::did_you_mean;
use super::{Environment, Journal, lock};
use crate::error::{Error, ErrorKind, Result};
use crate::service::{Secret, Secrets};

/// A secret store. Clones share the secrets. No value is ever printed or logged.
///
/// ```
/// use stuntdouble::Secrets;
/// use stuntdouble::fake::{Environment, FakeSecrets};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let secrets = FakeSecrets::new(&Environment::seeded(42));
/// secrets.set("payment-key", "sk_1");
/// assert_eq!(secrets.get("payment-key").await?.expose(), "sk_1");
///
/// secrets.rotate("payment-key", "sk_2")?;
/// assert_eq!(secrets.get("payment-key").await?.expose(), "sk_2");
///
/// let missing = secrets.get("payment_key").await.unwrap_err();
/// assert_eq!(
///     missing.to_string(),
///     r#"secrets.get: there is no secret "payment_key"; did you mean "payment-key"?"#
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeSecrets {
    shared: Arc<Shared>,
}

struct Shared {
    journal: Journal,
    secrets: Mutex<BTreeMap<String, Entry>>,
}

struct Entry {
    value: Secret,
    version: u32,
    reads: u64,
}

impl FakeSecrets {
    /// A store without secrets.
    pub fn new(environment: &Environment) -> FakeSecrets {
        let (journal, secrets) = (environment.journal("secrets"), Mutex::default());
        FakeSecrets { shared: Arc::new(Shared { journal, secrets }) }
    }

    /// As [`FakeSecrets::set`], for building.
    #[must_use]
    pub fn with(self, name: &str, value: impl Into<Arc<str>>) -> FakeSecrets {
        self.set(name, value);
        self
    }

    /// Sets a secret, whether or not there is one of that name.
    pub fn set(&self, name: &str, value: impl Into<Arc<str>>) {
        let value = Secret::new(value);
        let mut secrets = lock(&self.shared.secrets);
        match secrets.get_mut(name) {
            Some(entry) => {
                entry.value = value;
                entry.version += 1;
            }
            None => {
                secrets.insert(name.to_owned(), Entry { value, version: 1, reads: 0 });
            }
        }
        drop(secrets);
        self.shared.journal.note("set", name, || "set");
    }

    /// Replaces a secret and returns the old value.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no secret of that name.
    pub fn rotate(&self, name: &str, value: impl Into<Arc<str>>) -> Result<Secret> {
        let rotated = {
            let mut secrets = lock(&self.shared.secrets);
            match secrets.get_mut(name) {
                Some(entry) => {
                    entry.version += 1;
                    Ok(std::mem::replace(&mut entry.value, Secret::new(value)))
                }
                None => Err(missing(name, &secrets, "rotate")),
            }
        };
        self.note("rotate", name, &rotated, "rotated");
        rotated
    }

    /// Removes a secret; false if there was none.
    pub fn remove(&self, name: &str) -> bool {
        let removed = lock(&self.shared.secrets).remove(name).is_some();
        self.shared.journal.note("remove", name, || if removed { "removed" } else { "miss" });
        removed
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> Vec<String> {
        lock(&self.shared.secrets).keys().cloned().collect()
    }

    /// How often the value was set, from 1; 0 if there is none.
    pub fn version(&self, name: &str) -> u32 {
        lock(&self.shared.secrets).get(name).map_or(0, |entry| entry.version)
    }

    /// How often the secret was read since it was first set.
    pub fn reads(&self, name: &str) -> u64 {
        lock(&self.shared.secrets).get(name).map_or(0, |entry| entry.reads)
    }

    /// What is unfinished: nothing, ever, for a secret store.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }

    fn note<T>(&self, method: &'static str, name: &str, result: &Result<T>, ok: &'static str) {
        self.shared.journal.note(method, name, || match result {
            Ok(_) => ok,
            Err(error) => error.kind().name(),
        });
    }
}

fn missing(name: &str, known: &BTreeMap<String, Entry>, method: &'static str) -> Error {
    let hint = did_you_mean(name, known.keys().map(String::as_str));
    let message = format!("there is no secret {name:?}{hint}");
    Error::new(ErrorKind::NotFound, message).at("secrets", method)
}

impl fmt::Debug for FakeSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeSecrets").field("names", &self.names()).finish()
    }
}

#[async_trait]
impl Secrets for FakeSecrets {
    async fn get(&self, name: &str) -> Result<Secret> {
        let result = {
            let mut secrets = lock(&self.shared.secrets);
            match secrets.get_mut(name) {
                Some(entry) => {
                    entry.reads += 1;
                    Ok(entry.value.clone())
                }
                None => Err(missing(name, &secrets, "get")),
            }
        };
        self.note("get", name, &result, "read");
        result
    }
}
