//! [`Config`]: settings that are read at start.

use std::any::type_name;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// Settings by key.
///
/// # Contract
/// - A key that is not set is `None`; an empty value is a value.
/// - An error names the key and never prints a value, which may be a secret.
///
/// [`ConfigExt`] is what applications use; this trait is what a source of settings implements.
pub trait Config: Send + Sync {
    /// The value as text.
    fn get(&self, key: &str) -> Result<Option<String>>;
}

/// Settings of a type. Every [`Config`] has it.
///
/// ```
/// use stuntdouble::{Config, ConfigExt, Result};
///
/// fn port(config: &dyn Config) -> Result<i64> {
///     config.get_int("HTTP_PORT").or(8080)
/// }
/// fn database(config: &dyn Config) -> Result<String> {
///     config.get_text("DATABASE_URL").required()
/// }
/// ```
pub trait ConfigExt: Config {
    /// A text.
    fn get_text(&self, key: &str) -> Lookup<String> {
        lookup(self, key)
    }

    /// A decimal integer.
    fn get_int(&self, key: &str) -> Lookup<i64> {
        lookup(self, key)
    }

    /// `true` or `false`.
    fn get_bool(&self, key: &str) -> Lookup<bool> {
        lookup(self, key)
    }

    /// A decimal number; not `NaN` or infinity.
    fn get_float(&self, key: &str) -> Lookup<f64> {
        let mut found = lookup::<f64, _>(self, key);
        if matches!(found.value, Ok(Some(number)) if !number.is_finite()) {
            found.value = Err(wrong_type::<f64>(key));
        }
        found
    }
}

impl<C: Config + ?Sized> ConfigExt for C {}

fn lookup<T: FromStr, C: Config + ?Sized>(config: &C, key: &str) -> Lookup<T> {
    let value = config.get(key).and_then(|text| match text {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| wrong_type::<T>(key)),
    });
    Lookup { key: key.to_owned(), value }
}

fn wrong_type<T>(key: &str) -> Error {
    let wanted = match type_name::<T>() {
        "i64" => "an integer",
        "bool" => "true or false",
        _ => "a number",
    };
    let message = format!("the setting {key} is not {wanted}");
    Error::new(ErrorKind::TypeMismatch, message).at("config", "get")
}

/// What a key gave: say what a missing one means.
#[must_use = "say what a missing key means: required, or, optional"]
#[derive(Debug)]
pub struct Lookup<T> {
    key: String,
    value: Result<Option<T>>,
}

impl<T> Lookup<T> {
    /// The value; a missing key is an error.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if the key is not set, [`ErrorKind::TypeMismatch`] if its value is of
    /// another type, or the source's own error.
    pub fn required(self) -> Result<T> {
        self.value?.ok_or_else(|| {
            let message = format!("the setting {} is required and not set", self.key);
            Error::new(ErrorKind::NotFound, message).at("config", "get")
        })
    }

    /// The value, or this one if the key is not set. A value of the wrong type is still an error.
    ///
    /// # Errors
    /// [`ErrorKind::TypeMismatch`] if the value is of another type, or the source's own error.
    pub fn or(self, default: T) -> Result<T> {
        Ok(self.value?.unwrap_or(default))
    }

    /// The value, if the key is set.
    ///
    /// # Errors
    /// [`ErrorKind::TypeMismatch`] if the value is of another type, or the source's own error.
    pub fn optional(self) -> Result<Option<T>> {
        self.value
    }
}
