//! The calls that a rule nearly hit, for the case that it hits none.

use std::borrow::Cow;
use std::sync::Arc;

use super::log::{Code, Why};
use crate::stack::{Call, Method};

/// The misses that met most of a rule. Costs nothing once a few are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    /// Misses below this one tell nothing new.
    floor: u16,
    pub(super) nearness: u16,
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
    /// True if a call that was missed for this may tell something new.
    #[inline]
    pub(super) fn wants(&self, code: Code) -> bool {
        code.nearness() >= self.floor
    }

    /// The rule has fired: misses are of no interest any more.
    pub(super) fn close(&mut self) {
        self.floor = u16::MAX;
    }

    /// Keeps a miss that is wanted. `earlier` is the rule that had decided, `found` gives what stood in the
    /// place of an argument of the rule.
    #[inline]
    pub(super) fn keep<'a>(
        &mut self,
        code: Code,
        earlier: Option<u16>,
        call: &Call<'_>,
        found: impl FnOnce(u8) -> Cow<'a, str>,
    ) {
        let again = self.nearness == code.nearness() && code.later_is_nearer();
        match &mut self.misses[..] {
            [last] if again && Arc::ptr_eq(&last.node, call.node) => {
                (last.method, last.nth, last.at) = (call.method, call.nth, call.at);
            }
            _ => self.keep_new(code.why(0, earlier), code, call, found),
        }
    }

    #[cold]
    #[inline(never)]
    fn keep_new<'a>(
        &mut self,
        why: Why,
        code: Code,
        call: &Call<'_>,
        found: impl FnOnce(u8) -> Cow<'a, str>,
    ) {
        let nearness = code.nearness();
        if nearness > self.nearness {
            *self = Near { floor: nearness, nearness, why: Some(why), ..Near::default() };
        }
        if code.later_is_nearer() {
            self.why = Some(why);
            self.misses = vec![Miss::of(call, "")];
            return;
        }
        self.tried += 1;
        let found = match why {
            Why::Argument(argument) => found(argument),
            _ => "".into(),
        };
        if self.misses.iter().all(|known| *known.found != *found) {
            self.misses.push(Miss::of(call, &found));
        }
        if self.misses.len() == KEPT || self.tried == TRIED {
            self.floor = nearness + 1;
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
