//! stand-in
use crate::{answer::Answer,run::Server,script::Param};
pub(crate) struct Simulated;
impl Simulated { pub(crate) fn new(_:u64)->Simulated{Simulated} }
impl Server for Simulated {
    async fn start(&mut self, _: &str, _: &str, _: &[Param]) -> Result<(), String> { Err("none".into()) }
    async fn settle(&mut self) -> Result<Vec<(String, Answer)>, String> { Ok(vec![]) }
    async fn sleep(&mut self, _: std::time::Duration) -> Result<(), String> { Ok(()) }
    async fn disconnect(&mut self, _: &str) -> Result<(), String> { Ok(()) }
    fn is_busy(&self, _: &str) -> bool { false }
    fn is_waiting(&self) -> bool { false }
}
