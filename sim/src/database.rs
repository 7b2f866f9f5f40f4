//! Temporary.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use stuntdouble::{Clock, Entropy};
#[derive(Clone, Debug)]
pub struct Postgres;
impl Postgres {
    pub fn new(_: Arc<dyn Clock>, _: Entropy) -> Postgres {
        Postgres
    }
    pub fn fork(&self, _: Arc<dyn Clock>, _: Entropy) -> Postgres {
        Postgres
    }
    pub async fn migrate(&self, _: &str) -> stuntdouble::Result<()> {
        Ok(())
    }
    pub fn open_transactions(&self) -> Vec<OpenTransaction> {
        Vec::new()
    }
}
/// T
#[derive(Clone, Debug)]
pub struct OpenTransaction {
    /// s
    pub session: i32,
    /// s
    pub since: Duration,
}
impl fmt::Display for OpenTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.session)
    }
}
