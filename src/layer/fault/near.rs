//! The calls that a rule nearly hit, for the case that it hits none.

use std::borrow::Cow;
use std::sync::Arc;

use super::log::Why;
use crate::stack::{Call, Method};

/// The misses that met most of a rule. Costs nothing once a few are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    nearness: u16,
    tried: u8,
    pub(super) why: Option<Why>,
    pub(super) misses: Vec<Miss>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Miss {
    pub(super) node: Arc<str>,
    pub(super) method: &'static Method,
    pub(super) nth: u32,
    pub(super) at: std::time::Duration,
    /// The argument that was another.
    pub(super) found: Box<str>,
}

/// So many different arguments are kept.
const KEPT: usize = 8;
/// So many calls are looked at for them.
const TRIED: u8 = 32;

impl Near {
    /// Keeps a miss if it is among the nearest. `found` is asked only then.
    #[inline]
    pub(super) fn missed<'a>(
        &mut self,
        why: Why,
        call: &Call<'_>,
        found: impl FnOnce() -> Cow<'a, str>,
    ) {
        let nearness = why.nearness();
        if nearness < self.nearness {
            return;
        }
        if nearness > self.nearness {
            *self = Near { nearness, tried: 0, why: Some(why), misses: Vec::new() };
        }
        if why.later_is_nearer() {
            self.why = Some(why);
            match &mut self.misses[..] {
                [last] if last.node == *call.node => {
                    (last.method, last.nth, last.at) = (call.method, call.nth, call.at);
                }
                _ => self.misses = vec![Miss::of(call, "")],
            }
        } else if self.misses.len() < KEPT && self.tried < TRIED {
            self.tried += 1;
            let found = found();
            if self.misses.iter().all(|known| *known.found != *found) {
                self.misses.push(Miss::of(call, &found));
            }
        }
    }

    /// The miss whose argument is the most like what was wanted; the first of equals.
    pub(super) fn nearest(&self, likeness: impl Fn(&Miss) -> f64) -> Option<&Miss> {
        let mut best: Option<(f64, &Miss)> = None;
        for miss in &self.misses {
            let like = likeness(miss);
            if best.is_none_or(|(most, _)| like > most) {
                best = Some((like, miss));
            }
        }
        best.map(|(_, miss)| miss)
    }
}

impl Miss {
    fn of(call: &Call<'_>, found: &str) -> Miss {
        Miss {
            node: call.node.clone(),
            method: call.method,
            nth: call.nth,
            at: call.at,
            found: found.into(),
        }
    }
}
