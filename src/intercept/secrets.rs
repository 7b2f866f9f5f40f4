//! [`Secrets`], intercepted.

use std::sync::Arc;

use async_trait::async_trait;

use crate::error::Result;
use crate::service::{Secret, Secrets};
use crate::stack::{Arg, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`Secrets`].
    pub static SECRETS = "secrets" {
        GET = "get"(name): Effects::READ;
    }
}

/// Puts a secret store behind the stack.
pub fn secrets<S: Secrets + ?Sized + 'static>(stack: &Stack, inner: Arc<S>) -> Arc<dyn Secrets> {
    Arc::new(Intercepted { port: stack.port(&SECRETS), inner })
}

struct Intercepted<S: ?Sized> {
    port: Port,
    inner: Arc<S>,
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<S: Secrets + ?Sized> Secrets for Intercepted<S> {
    async fn get(&self, name: &str) -> Result<Secret> {
        self.port.call(&GET, &[Arg::Text(name)], |_| self.inner.get(name)).await
    }
}

impl Reveal for Secret {
    fn reveal(&self) -> Arg<'_> {
        Arg::Masked
    }
}
