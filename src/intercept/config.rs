//! [`Config`], intercepted.

use std::sync::Arc;

use crate::error::Result;
use crate::service::Config;
use crate::stack::{Arg, Effects, Port, Reveal, Stack};

crate::methods! {
    /// The methods of [`Config`].
    pub static CONFIG = "config" {
        GET = "get"(key): Effects::SYNC;
    }
}

/// Puts settings behind the stack. Their values are masked in the trace: they may hold secrets.
pub fn config<C: Config + ?Sized + 'static>(stack: &Stack, inner: Arc<C>) -> Arc<dyn Config> {
    Arc::new(Intercepted { port: stack.port(&CONFIG), inner })
}

struct Intercepted<C: ?Sized> {
    port: Port,
    inner: Arc<C>,
}

#[deny(clippy::missing_trait_methods)]
impl<C: Config + ?Sized> Config for Intercepted<C> {
    fn get(&self, key: &str) -> Result<Option<String>> {
        let setting = self
            .port
            .call_sync(&GET, &[Arg::Text(key)], |_| self.inner.get(key).map(|v| v.map(Setting)))?;
        Ok(setting.map(|Setting(value)| value))
    }
}

struct Setting(String);

impl Reveal for Setting {
    fn reveal(&self) -> Arg<'_> {
        Arg::Masked
    }
}
