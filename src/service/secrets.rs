//! [`Secrets`]: passwords and keys by name.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::error::Result;

/// A secret store.
///
/// # Contract
/// - A missing secret is an error ([`ErrorKind::NotFound`](crate::ErrorKind::NotFound)) that names it.
/// - A value never appears in a trace, a log, a `Debug` or an error.
/// - A secret may change between two calls (rotation): read it when it is needed.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The current value of that secret.
    async fn get(&self, name: &str) -> Result<Secret>;
}

/// A secret value. It can be printed only by asking for it with [`Secret::expose`].
///
/// ```
/// use stuntdouble::Secret;
///
/// let key = Secret::new("sk_live_1");
/// assert_eq!(format!("{key:?}"), "Secret(****)");
/// assert_eq!(key.expose(), "sk_live_1");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<Arc<str>>) -> Secret {
        Secret(value.into())
    }

    /// The value.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(****)")
    }
}
