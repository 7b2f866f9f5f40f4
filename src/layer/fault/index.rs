//! The place of a method among those that rules can name, by the method's address.
//!
//! A hash table, because every call looks here. Addresses change from build to build; the places that they
//! lead to do not.

use crate::stack::Method;

#[derive(Debug)]
pub(super) struct Index {
    /// The places, and [`EMPTY`] between them: at least three of four.
    slots: Box<[u16]>,
    shift: u32,
}

const EMPTY: u16 = u16::MAX;

/// The golden ratio: spreads addresses that lie side by side.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Index {
    /// Of these methods, of which none comes twice.
    pub(super) fn of<'a>(methods: impl ExactSizeIterator<Item = &'a &'static Method>) -> Index {
        let bits = (methods.len() * 4).next_power_of_two().max(4).trailing_zeros();
        let mut index = Index { slots: vec![EMPTY; 1 << bits].into(), shift: 64 - bits };
        for (place, method) in methods.enumerate() {
            let mut slot = index.slot(method);
            while index.slots[slot] != EMPTY {
                slot = index.after(slot);
            }
            index.slots[slot] = u16::try_from(place).unwrap_or(EMPTY);
        }
        index
    }

    /// The place of the method; `is_at` says whether it is that one.
    #[inline]
    pub(super) fn find(
        &self,
        method: &'static Method,
        is_at: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut slot = self.slot(method);
        loop {
            match self.slots[slot] {
                EMPTY => return None,
                place if is_at(usize::from(place)) => return Some(usize::from(place)),
                _ => slot = self.after(slot),
            }
        }
    }

    #[inline]
    fn slot(&self, method: &'static Method) -> usize {
        let address = std::ptr::from_ref(method).addr() as u64;
        (address.wrapping_mul(SPREAD) >> self.shift) as usize
    }

    #[inline]
    fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}
