//! [`StubConfig`].

use super::core::stub;
use crate::error::Result;
use crate::fields;
use crate::service::Config;

stub! {
    /// Settings with canned answers.
    ///
    /// Default: no key is set.
    ///
    /// ```
    /// use stuntdouble::ConfigExt;
    /// use stuntdouble::stub::StubConfig;
    ///
    /// let config = StubConfig::builder().setting("http.port", "8080").build();
    /// assert_eq!(config.get_int("http.port").required()?, 8080);
    /// # Ok::<(), stuntdouble::Error>(())
    /// ```
    StubConfig, StubConfigBuilder, "config";
    /// What `get` answers. The argument is the key.
    get: str => Result<Option<String>>;
}

impl StubConfigBuilder {
    /// That key always has this value.
    #[track_caller]
    pub fn setting(mut self, key: &str, value: &str) -> StubConfigBuilder {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.get = self.get.when(move |asked| asked == key).ok(Some(value));
        self
    }
}

impl Config for StubConfig {
    fn get(&self, key: &str) -> Result<Option<String>> {
        self.inner.get.give_now(&self.inner.core, key, fields! { key: key }, |_| Ok(None))
    }
}
