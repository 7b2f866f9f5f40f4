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

/// What is kept of a [`Why`]: the numbers follow from the decisions before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Code(u8);

impl Code {
    pub(super) const OTHER_NODE: Code = Code(0);
    pub(super) const OTHER_NUMBER: Code = Code(1);
    pub(super) const BEFORE_START: Code = Code(2);
    pub(super) const AFTER_END: Code = Code(3);
    pub(super) const NOT_NTH: Code = Code(4);
    pub(super) const HITS_EXHAUSTED: Code = Code(5);
    pub(super) const CHANCE_MISS: Code = Code(6);
    pub(super) const EARLIER_RULE: Code = Code(7);
    pub(super) const FIRED: Code = Code(8);
    /// Nothing yet: whether it fires depends on the calls before.
    pub(super) const MEANT: Code = Code(9);
    /// That of the first argument; the others follow.
    const ARGUMENT: Code = Code(16);

    #[inline]
    pub(super) fn argument(place: usize) -> Code {
        Code(u8::try_from(place).unwrap_or(u8::MAX).saturating_add(Code::ARGUMENT.0))
    }

    /// How near the call was to being hit: the higher, the more of the rule it met.
    #[inline]
    pub(super) fn nearness(self) -> u16 {
        const NEARNESS: [u16; 16] = [1, 2, 300, 300, 301, 302, 303, 304, 305, 0, 0, 0, 0, 0, 0, 0];
        match NEARNESS.get(usize::from(self.0)) {
            Some(nearness) => *nearness,
            None => u16::from(self.0),
        }
    }

    /// True if of several such misses the last is the nearest.
    #[inline]
    pub(super) fn later_is_nearer(self) -> bool {
        let later = [Code::OTHER_NUMBER, Code::BEFORE_START, Code::NOT_NTH, Code::CHANCE_MISS];
        later.contains(&self)
    }

    /// True if the rule had counted the call among those it means.
    fn is_counted(self) -> bool {
        (Code::NOT_NTH.0..Code::ARGUMENT.0).contains(&self.0)
    }

    /// In words: of a rule that had counted so many calls, where an earlier rule had decided or not.
    pub(super) fn why(self, counted: u32, earlier: Option<u16>) -> Why {
        match self {
            Code::OTHER_NODE => Why::OtherNode,
            Code::OTHER_NUMBER => Why::OtherNumber,
            Code::BEFORE_START => Why::BeforeStart,
            Code::AFTER_END => Why::AfterEnd,
            Code::NOT_NTH => Why::NotNth(counted),
            Code::HITS_EXHAUSTED => Why::HitsExhausted,
            Code::CHANCE_MISS => Why::ChanceMiss,
            Code::EARLIER_RULE => Why::EarlierRule(earlier.unwrap_or_default()),
            Code::FIRED => Why::Fired,
            Code(argument) => Why::Argument(argument.saturating_sub(Code::ARGUMENT.0)),
        }
    }
}

/// Every decision: eight bytes for a call and one for each rule that was asked.
#[derive(Debug, Default)]
pub(super) struct Log {
    calls: Vec<(CallId, u16)>,
    codes: Vec<Code>,
}

impl Log {
    /// A call is to be decided, by so many rules on the method at that place: where the code of each
    /// goes.
    #[inline]
    pub(super) fn call(&mut self, call: CallId, method: usize, rules: usize) -> &mut [Code] {
        self.calls.push((call, u16::try_from(method).unwrap_or(u16::MAX)));
        let before = self.codes.len();
        self.codes.resize(before + rules, Code::default());
        &mut self.codes[before..]
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
                *seen += u32::from(code.is_counted());
                let why = code.why(*seen, first);
                if why == Why::Fired {
                    first = Some(rule);
                }
                all.push(Considered { call, rule, why });
            }
        }
        all
    }
}
