//! Products and their prices.
//!
//! Prices are read through the cache. A reader only fills what is empty, and whoever changes a price
//! overwrites what is there, after the commit: so a reader that was slow cannot put an old price over a
//! new one. If the cache misses a change, the TTL bounds for how long.

use bytes::Bytes;
use stuntdouble::{Cache, Db, DbExt, LoggerExt, Result, fields, params};

use crate::error::ShopError;
use crate::options::Mistake;
use crate::retry::{repeatable, within};
use crate::shop::Shop;

fn cache_key(sku: &str) -> String {
    format!("price:{sku}")
}

impl Shop {
    /// What a piece of the product costs, in cents. May be as old as [`Settings::price_ttl`] if the
    /// cache missed a change; an order is always placed at the current price.
    ///
    /// [`Settings::price_ttl`]: crate::Settings::price_ttl
    ///
    /// # Errors
    /// [`ShopError::UnknownProduct`], or the database's. The cache's are none: the shop can do without.
    pub async fn price(&self, sku: &str) -> Result<i64, ShopError> {
        let key = cache_key(sku);
        let cached = self.cached_price(&key).await;
        if self.makes(Mistake::TrustTheCache) {
            cached.clone()?;
        }
        if let Ok(Some(price)) = cached {
            return Ok(price);
        }
        let price =
            repeatable(self, "reading a price", async || self.stored_price(sku).await).await?;
        // A cache that just failed is left alone.
        if cached.is_ok() {
            let (value, ttl) = (text(price), Some(self.settings().price_ttl));
            let fill = self.cache().set_if_absent(&key, value, ttl);
            if let Err(error) = within(self.settings().optional_timeout, "the cache", fill).await {
                self.cache_failed(&error);
            }
        }
        Ok(price)
    }

    /// Changes a product's price.
    ///
    /// # Errors
    /// [`ShopError::UnknownProduct`], or the database's.
    pub async fn set_price(&self, sku: &str, cents: i64) -> Result<(), ShopError> {
        let change = self.db().with_tx_retry(&self.settings().retry, async |tx| {
            let sql = "UPDATE product SET price_cents = $2 WHERE sku = $1";
            if tx.execute(sql, params![sku, cents]).await? == 0 {
                return Err(ShopError::UnknownProduct { sku: sku.to_owned() });
            }
            if self.makes(Mistake::CacheSetInsideTransaction) {
                self.refresh(sku, cents).await;
            }
            let sql = "INSERT INTO price_change (sku, price_cents) VALUES ($1, $2)";
            tx.execute(sql, params![sku, cents]).await?;
            Ok(())
        });
        match within(self.settings().db_timeout, "changing a price", change).await {
            Ok(()) if self.makes(Mistake::CacheSetInsideTransaction) => {}
            Ok(()) => self.refresh(sku, cents).await,
            // Old or new, the next reader will find out.
            Err(error) if error.is_outcome_unknown() => {
                let forget = async { self.cache().delete(&cache_key(sku)).await };
                if let Err(error) =
                    within(self.settings().optional_timeout, "the cache", forget).await
                {
                    self.cache_failed(&error);
                }
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        self.logger().info("price changed", fields! { sku: sku, cents: cents });
        Ok(())
    }

    async fn cached_price(&self, key: &str) -> Result<Option<i64>> {
        let get = self.cache().get(key);
        match within(self.settings().optional_timeout, "the cache", get).await {
            // What is no number is no price: it is read again.
            Ok(found) => Ok(found.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok())),
            Err(error) => {
                self.cache_failed(&error);
                Err(error)
            }
        }
    }

    async fn stored_price(&self, sku: &str) -> Result<i64, ShopError> {
        let sql = "SELECT price_cents FROM product WHERE sku = $1";
        let rows = self.db().query(sql, params![sku]).await?;
        let row = rows.first().ok_or_else(|| ShopError::UnknownProduct { sku: sku.to_owned() })?;
        Ok(row.get("price_cents")?)
    }

    async fn refresh(&self, sku: &str, cents: i64) {
        let key = cache_key(sku);
        let set = self.cache().set(&key, text(cents), Some(self.settings().price_ttl));
        if let Err(error) = within(self.settings().optional_timeout, "the cache", set).await {
            self.cache_failed(&error);
        }
    }

    fn cache(&self) -> &dyn Cache {
        self.platform().cache()
    }

    fn cache_failed(&self, error: &stuntdouble::Error) {
        self.logger().warn("doing without the cache", fields! { error: error.to_string() });
    }
}

fn text(cents: i64) -> Bytes {
    cents.to_string().into()
}
