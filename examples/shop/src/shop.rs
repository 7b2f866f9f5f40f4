//! [`Shop`]: the service and what it needs.

use std::fmt;
use std::sync::Arc;

use stuntdouble::{Db, Logger, Platform, Result};
use tokio::sync::Notify;

use crate::options::{Mistake, ShopOptions};
use crate::payment::Payment;
use crate::settings::Settings;

/// The shop. Cheap to clone.
#[derive(Clone)]
pub struct Shop(Arc<Inner>);

struct Inner {
    platform: Platform,
    payment: Arc<dyn Payment>,
    settings: Settings,
    options: ShopOptions,
    /// Wakes the relay as soon as there is something in the outbox.
    outbox_filled: Notify,
}

impl Shop {
    /// A shop on that platform.
    ///
    /// # Errors
    /// A setting that cannot be read.
    pub fn new(
        platform: Platform,
        payment: Arc<dyn Payment>,
        options: ShopOptions,
    ) -> Result<Shop> {
        let settings = Settings::read(platform.config())?;
        let outbox_filled = Notify::new();
        Ok(Shop(Arc::new(Inner { platform, payment, settings, options, outbox_filled })))
    }

    /// The settings it runs with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn platform(&self) -> &Platform {
        &self.0.platform
    }

    pub(crate) fn db(&self) -> &dyn Db {
        self.0.platform.db()
    }

    pub(crate) fn logger(&self) -> &dyn Logger {
        self.0.platform.logger()
    }

    pub(crate) fn payment(&self) -> &dyn Payment {
        &*self.0.payment
    }

    pub(crate) fn outbox_filled(&self) -> &Notify {
        &self.0.outbox_filled
    }

    /// True if that mistake is built in.
    pub(crate) fn makes(&self, mistake: Mistake) -> bool {
        self.0.options.mistake == Some(mistake)
    }
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shop")
            .field("settings", &self.0.settings)
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}
