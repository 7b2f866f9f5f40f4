//! [`EnvConfig`]: settings from environment variables.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::service::Config;

/// Settings from environment variables.
///
/// A key becomes a variable's name thus: ASCII letters become capitals, and whatever is no ASCII letter
/// or digit becomes `_`; a prefix goes before it with a `_` between. So `db.url`, `db-url` and `DB_URL`
/// all read `DB_URL`, or `SHOP_DB_URL` with the prefix `shop`. A variable whose name has small letters
/// cannot be read.
///
/// The environment is read once, when the value is made: all readers see the same settings, whatever
/// changes the environment later.
///
/// ```
/// use stuntdouble::{ConfigExt, EnvConfig};
///
/// let config = EnvConfig::from_vars([("SHOP_HTTP_PORT", "8080")]).with_prefix("shop");
/// assert_eq!(config.get_int("http.port").required()?, 8080);
/// assert_eq!(config.get_bool("debug").or(false)?, false);
/// # Ok::<(), stuntdouble::Error>(())
/// ```
#[derive(Clone)]
pub struct EnvConfig {
    variables: BTreeMap<OsString, OsString>,
    prefix: String,
}

impl EnvConfig {
    /// The process' environment as it is now, without prefix.
    pub fn new() -> EnvConfig {
        EnvConfig::from_vars(std::env::vars_os())
    }

    /// These variables instead of the process' own.
    pub fn from_vars<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> EnvConfig
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let variables =
            variables.into_iter().map(|(name, value)| (fold(name.into()), value.into()));
        EnvConfig { variables: variables.collect(), prefix: String::new() }
    }

    /// Reads only variables that start with this prefix and a `_`. An empty prefix is none.
    #[must_use]
    pub fn with_prefix(mut self, prefix: &str) -> EnvConfig {
        self.prefix = prefix.to_owned();
        self
    }

    /// The name of the variable that a key reads.
    pub fn variable(&self, key: &str) -> String {
        let joined = match self.prefix.as_str() {
            "" => key.to_owned(),
            prefix => format!("{prefix}_{key}"),
        };
        let capital =
            |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        joined.chars().map(capital).collect()
    }
}

/// Windows' names of variables do not tell capitals from small letters.
fn fold(name: OsString) -> OsString {
    if cfg!(windows) { name.to_ascii_uppercase() } else { name }
}

impl Default for EnvConfig {
    fn default() -> EnvConfig {
        EnvConfig::new()
    }
}

impl fmt::Debug for EnvConfig {
    /// Shows how many variables there are; their values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvConfig")
            .field("prefix", &self.prefix)
            .field("variables", &self.variables.len())
            .finish()
    }
}

impl Config for EnvConfig {
    /// # Errors
    /// [`ErrorKind::TypeMismatch`] if the value is no Unicode; the error does not print it.
    fn get(&self, key: &str) -> Result<Option<String>> {
        let variable = self.variable(key);
        let Some(value) = self.variables.get(std::ffi::OsStr::new(&variable)) else {
            return Ok(None);
        };
        value.to_str().map(|text| Some(text.to_owned())).ok_or_else(|| {
            let message =
                format!("the setting {key} (environment variable {variable}) is not valid Unicode");
            Error::new(ErrorKind::TypeMismatch, message).at("config", "get")
        })
    }
}
