//! Why each rule did or did not fire, for each call that its pattern means.

use crate::context::CallId;

/// What a rule made of a call that its pattern means. Sixteen bytes at most: it is kept for every call
/// and rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered {
    /// The call.
    pub call: CallId,
    /// The place of the rule among those of the layer, from 0.
    pub rule: u16,
    /// Why it did or did not fire.
    pub why: Why,
}

const _: () = assert!(size_of::<Considered>() <= 16);

/// Why a rule did or did not fire, in the order in which it is asked.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Another node made the call.
    OtherNode,
    /// Another number of the call name, `#n`, is meant.
    OtherNumber,
    /// That argument, by its place among those the rule asks for, is another.
    Argument(u8),
    /// The call began before the rule's window of time.
    BeforeStart,
    /// The call began after the rule's window of time.
    AfterEnd,
    /// It is the call of that number, among those that the rule means; another is to be hit.
    NotNth(u32),
    /// The rule has had all its hits.
    HitsExhausted,
    /// The random number was against it.
    ChanceMiss,
    /// The rule would have fired, but an earlier rule decided.
    EarlierRule(u16),
    /// It fired.
    Fired,
}

impl Why {
    /// How near the call was to being hit: the higher, the more of the rule it met.
    pub(super) fn nearness(self) -> u16 {
        match self {
            Why::OtherNode => 1,
            Why::OtherNumber => 2,
            Why::Argument(place) => 10 + u16::from(place),
            Why::BeforeStart | Why::AfterEnd => 300,
            Why::NotNth(_) => 301,
            Why::HitsExhausted => 302,
            Why::ChanceMiss => 303,
            Why::EarlierRule(_) => 304,
            Why::Fired => 305,
        }
    }

    /// True if of several such misses the last is the nearest.
    pub(super) fn later_is_nearer(self) -> bool {
        matches!(self, Why::OtherNumber | Why::BeforeStart | Why::NotNth(_) | Why::ChanceMiss)
    }
}
