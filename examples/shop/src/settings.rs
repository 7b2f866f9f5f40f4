//! What can be set without a new release.

use std::time::Duration;

use stuntdouble::{Config, ConfigExt, Error, ErrorKind, Result, RetryPolicy};

/// The shop's settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What shipping costs, in cents. `SHOP_SHIPPING_CENTS`, 490 by default.
    pub shipping_cents: i64,
    /// How long to wait for the payment provider. `SHOP_PAYMENT_TIMEOUT_MS`, 2 s by default.
    pub payment_timeout: Duration,
    /// How long to wait for the database, for a whole transaction. 5 s.
    pub db_timeout: Duration,
    /// How long to wait for what the shop can do without: the cache, the flags. 200 ms.
    pub optional_timeout: Duration,
    /// How long a price may be out of date after the cache missed a change. 60 s.
    pub price_ttl: Duration,
    /// How many events the relay takes at once. 10.
    pub relay_batch: u32,
    /// How often the relay looks, if nobody wakes it. 1 s.
    pub relay_poll: Duration,
    /// How often something is tried, and how long apart. 4 times, 20 ms doubled.
    pub retry: RetryPolicy,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// A value of the wrong type, or a negative one.
    pub fn read(config: &dyn Config) -> Result<Settings> {
        let shipping_cents = not_negative(config, "SHOP_SHIPPING_CENTS", 490)?;
        let payment_timeout = not_negative(config, "SHOP_PAYMENT_TIMEOUT_MS", 2000)?;
        Ok(Settings {
            shipping_cents,
            payment_timeout: Duration::from_millis(payment_timeout.unsigned_abs()),
            db_timeout: Duration::from_secs(5),
            optional_timeout: Duration::from_millis(200),
            price_ttl: Duration::from_secs(60),
            relay_batch: 10,
            relay_poll: Duration::from_secs(1),
            retry: RetryPolicy::new(4).with_base(Duration::from_millis(20)),
        })
    }
}

fn not_negative(config: &dyn Config, key: &str, default: i64) -> Result<i64> {
    let value = config.get_int(key).or(default)?;
    if value < 0 {
        let message = format!("the setting {key} is negative");
        return Err(Error::new(ErrorKind::InvalidArgument, message));
    }
    Ok(value)
}
