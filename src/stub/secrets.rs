//! [`StubSecrets`].

use async_trait::async_trait;

use super::core::stub;
use crate::error::Result;
use crate::fields;
use crate::service::{Secret, Secrets};

stub! {
    /// A secret store with canned answers.
    ///
    /// Default: the secret `NAME` has the value `stub:NAME`, so that an application starts up. For one
    /// that is missing, can an error of kind [`NotFound`](crate::ErrorKind::NotFound).
    StubSecrets, StubSecretsBuilder, "secrets";
    /// What `get` answers. The argument is the name.
    get: str => Result<Secret>;
}

impl StubSecretsBuilder {
    /// The secret of that name always has this value.
    #[track_caller]
    pub fn secret(mut self, name: &str, value: &str) -> StubSecretsBuilder {
        let (name, value) = (name.to_owned(), Secret::new(value));
        self.get = self.get.when(move |asked| asked == name).ok(value);
        self
    }
}

#[async_trait]
impl Secrets for StubSecrets {
    async fn get(&self, name: &str) -> Result<Secret> {
        let default = |_| Ok(Secret::new(format!("stub:{name}")));
        self.inner.get.give(&self.inner.core, name, fields! { name: name }, default).await
    }
}
