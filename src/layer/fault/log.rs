//! Why each rule did or did not fire, for each call that its pattern means.

use crate::context::CallId;

/// What a rule made of a call that its pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered {
    /// The call.
    pub call: CallId,
    /// The place of the rule among those of the layer, from 0.
    pub rule: u16,
    /// Why it did or did not fire.
    pub why: Why,
}

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
    #[inline]
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
    #[inline]
    pub(super) fn later_is_nearer(self) -> bool {
        matches!(self, Why::OtherNumber | Why::BeforeStart | Why::NotNth(_) | Why::ChanceMiss)
    }

    /// What is kept: the numbers follow from the decisions before.
    #[inline]
    fn code(self) -> u8 {
        match self {
            Why::OtherNode => 0,
            Why::OtherNumber => 1,
            Why::BeforeStart => 2,
            Why::AfterEnd => 3,
            Why::NotNth(_) => 4,
            Why::HitsExhausted => 5,
            Why::ChanceMiss => 6,
            Why::EarlierRule(_) => 7,
            Why::Fired => 8,
            Why::Argument(place) => ARGUMENT.saturating_add(place),
        }
    }
}

/// The code of the first argument; the others follow.
const ARGUMENT: u8 = 16;

/// Every decision: eight bytes for a call and one for each rule that was asked.
#[derive(Debug, Default)]
pub(super) struct Log {
    calls: Vec<(CallId, u16)>,
    codes: Vec<u8>,
}

impl Log {
    /// A call is to be decided, by so many rules on the method at that place.
    #[inline]
    pub(super) fn call(&mut self, call: CallId, method: usize, rules: usize) {
        self.codes.reserve(rules);
        self.calls.push((call, u16::try_from(method).unwrap_or(u16::MAX)));
    }

    /// What the next of these rules made of it.
    #[inline]
    pub(super) fn decision(&mut self, why: Why) {
        self.codes.push(why.code());
    }

    /// The decisions in words. `rules` gives the rules on the method at a place, in order.
    pub(super) fn read<'r>(
        &self,
        all_rules: usize,
        rules: impl Fn(usize) -> Box<dyn Iterator<Item = u16> + 'r>,
    ) -> Vec<Considered> {
        let mut matched = vec![0; all_rules];
        let mut codes = self.codes.iter().copied();
        let mut all = Vec::with_capacity(self.codes.len());
        for &(call, method) in &self.calls {
            let mut first = None;
            // Rules first: the codes of the next call are not to be taken.
            for (rule, code) in rules(usize::from(method)).zip(codes.by_ref()) {
                let seen: &mut u32 = &mut matched[usize::from(rule)];
                *seen += u32::from((4..ARGUMENT).contains(&code));
                let why = match code {
                    0 => Why::OtherNode,
                    1 => Why::OtherNumber,
                    2 => Why::BeforeStart,
                    3 => Why::AfterEnd,
                    4 => Why::NotNth(*seen),
                    5 => Why::HitsExhausted,
                    6 => Why::ChanceMiss,
                    7 => Why::EarlierRule(first.unwrap_or_default()),
                    8 => Why::Fired,
                    _ => Why::Argument(code.saturating_sub(ARGUMENT)),
                };
                if why == Why::Fired {
                    first = Some(rule);
                }
                all.push(Considered { call, rule, why });
            }
        }
        all
    }
}
