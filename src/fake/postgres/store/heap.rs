//! [`Heap`]: row versions in physical order, in pages that forks share.

use std::sync::Arc;

use super::IndexSpec;
use super::version::Tuple;

/// The place of a version in its heap. Places are never used twice.
pub(crate) type Tid = u64;

/// No version.
pub(crate) const NO_TUPLE: Tid = u64::MAX;

/// Slots of a page and children of a node: 2^4. Copying one is what a first write costs.
const BITS: u32 = 4;
const WIDTH: usize = 1 << BITS;
const MASK: u64 = (WIDTH - 1) as u64;

/// What is at a place.
#[derive(Clone, Default)]
pub(super) enum Slot {
    #[default]
    Empty,
    Live(Tuple),
    /// The row's first version is gone, and the indexes still name it: here is the oldest that is left.
    Moved(Tid),
}

impl Slot {
    fn live(&self) -> Option<&Tuple> {
        match self {
            Slot::Live(tuple) => Some(tuple),
            Slot::Empty | Slot::Moved(_) => None,
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Slot::Empty)
    }
}

#[derive(Clone, Default)]
struct Page {
    used: usize,
    slots: [Slot; WIDTH],
}

#[derive(Clone, Default)]
struct Inner {
    used: usize,
    children: [Child; WIDTH],
}

#[derive(Clone, Default)]
enum Child {
    #[default]
    Empty,
    Page(Arc<Page>),
    Inner(Arc<Inner>),
}

/// A table's row versions: a radix tree over places, but for the last page, which is being filled.
#[derive(Clone, Default)]
pub(crate) struct Heap {
    root: Child,
    /// Levels above the pages.
    height: u32,
    tail: Arc<Page>,
    /// Where the last page begins.
    base: Tid,
    end: Tid,
    indexes: Arc<[IndexSpec]>,
}

fn place_in(tid: Tid, height: u32) -> usize {
    ((tid >> (BITS * height)) & MASK) as usize
}

impl Heap {
    pub(crate) fn indexes(&self) -> &Arc<[IndexSpec]> {
        &self.indexes
    }

    pub(super) fn add_index(&mut self, spec: IndexSpec) {
        self.indexes = self.indexes.iter().cloned().chain([spec]).collect();
    }

    pub(super) fn drop_index(&mut self, tree: usize) {
        self.indexes = self.indexes.iter().filter(|spec| spec.tree != tree).cloned().collect();
    }

    /// One above the last place that was ever used.
    pub(crate) fn end(&self) -> Tid {
        self.end
    }

    /// Leaves out the places before `end`.
    pub(super) fn skip_to(&mut self, end: Tid) {
        if end > self.base + MASK {
            self.keep_tail();
            self.base = end & !MASK;
        }
        self.end = self.end.max(end);
    }

    /// Puts the version at the next place.
    pub(super) fn push(&mut self, mut tuple: Tuple) -> Tid {
        let tid = self.end;
        if tuple.root == NO_TUPLE {
            tuple.root = tid;
        }
        self.skip_to(tid);
        let page = Arc::make_mut(&mut self.tail);
        page.slots[place_in(tid, 0)] = Slot::Live(tuple);
        page.used += 1;
        self.end = tid + 1;
        tid
    }

    /// The last page takes its place among the others.
    fn keep_tail(&mut self) {
        let page = std::mem::take(&mut self.tail);
        if page.used == 0 {
            return;
        }
        while self.base >> (BITS * (self.height + 1)) != 0 {
            if !matches!(self.root, Child::Empty) {
                let mut inner = Inner { used: 1, ..Inner::default() };
                inner.children[0] = std::mem::take(&mut self.root);
                self.root = Child::Inner(Arc::new(inner));
            }
            self.height += 1;
        }
        let (mut child, mut height) = (&mut self.root, self.height);
        while height > 0 {
            if matches!(child, Child::Empty) {
                *child = Child::Inner(Arc::default());
            }
            let Child::Inner(inner) = child else { return };
            let inner = Arc::make_mut(inner);
            child = &mut inner.children[place_in(self.base, height)];
            inner.used += usize::from(matches!(child, Child::Empty));
            height -= 1;
        }
        *child = Child::Page(page);
    }

    /// Whether the tree is high enough for the place.
    fn reaches(&self, tid: Tid) -> bool {
        tid >> (BITS * (self.height + 1)) == 0
    }

    fn slot(&self, tid: Tid) -> Option<&Slot> {
        if tid >= self.base {
            return self.tail.slots.get(usize::try_from(tid - self.base).ok()?);
        }
        if !self.reaches(tid) {
            return None;
        }
        let (mut child, mut height) = (&self.root, self.height);
        loop {
            match child {
                Child::Page(page) => return Some(&page.slots[place_in(tid, 0)]),
                Child::Inner(inner) => child = &inner.children[place_in(tid, height)],
                Child::Empty => return None,
            }
            height = height.saturating_sub(1);
        }
    }

    /// A place that is not empty.
    fn slot_mut(&mut self, tid: Tid) -> Option<&mut Slot> {
        let page = if tid >= self.base {
            if tid >= self.end {
                return None;
            }
            &mut self.tail
        } else if !self.reaches(tid) {
            return None;
        } else {
            let (mut child, mut height) = (&mut self.root, self.height);
            loop {
                match child {
                    Child::Page(page) => break page,
                    Child::Inner(inner) => {
                        child = &mut Arc::make_mut(inner).children[place_in(tid, height)];
                    }
                    Child::Empty => return None,
                }
                height = height.saturating_sub(1);
            }
        };
        let slot = &mut Arc::make_mut(page).slots[place_in(tid, 0)];
        (!slot.is_empty()).then_some(slot)
    }

    pub(crate) fn get(&self, tid: Tid) -> Option<&Tuple> {
        self.slot(tid)?.live()
    }

    pub(super) fn get_mut(&mut self, tid: Tid) -> Option<&mut Tuple> {
        match self.slot_mut(tid)? {
            Slot::Live(tuple) => Some(tuple),
            Slot::Empty | Slot::Moved(_) => None,
        }
    }

    /// Says at a place that is not empty where its row has gone.
    pub(super) fn forward(&mut self, tid: Tid, to: Tid) {
        if let Some(slot) = self.slot_mut(tid) {
            *slot = Slot::Moved(to);
        }
    }

    /// Where the row has gone whose first version was here.
    pub(super) fn moved(&self, tid: Tid) -> Option<Tid> {
        match self.slot(tid)? {
            Slot::Moved(to) => Some(*to),
            Slot::Empty | Slot::Live(_) => None,
        }
    }

    /// Empties a place.
    pub(super) fn clear(&mut self, tid: Tid) {
        /// Says whether there is nothing left beneath.
        fn inside(child: &mut Child, tid: Tid, height: u32) -> bool {
            match child {
                Child::Page(page) => {
                    let page = Arc::make_mut(page);
                    let slot = &mut page.slots[place_in(tid, 0)];
                    page.used -= usize::from(!slot.is_empty());
                    *slot = Slot::Empty;
                    page.used == 0
                }
                Child::Inner(inner) => {
                    let inner = Arc::make_mut(inner);
                    let below = &mut inner.children[place_in(tid, height)];
                    if !matches!(below, Child::Empty)
                        && inside(below, tid, height.saturating_sub(1))
                    {
                        *below = Child::Empty;
                        inner.used -= 1;
                    }
                    inner.used == 0
                }
                Child::Empty => false,
            }
        }
        if tid >= self.base {
            if let Some(slot) = self.slot_mut(tid) {
                *slot = Slot::Empty;
                Arc::make_mut(&mut self.tail).used -= 1;
            }
        } else if self.reaches(tid) && inside(&mut self.root, tid, self.height) {
            self.root = Child::Empty;
        }
    }

    /// The versions that an index entry stands for: its own, and those after it that changed no key.
    pub(crate) fn chain(&self, entry: Tid) -> Chain<'_> {
        let (tid, tuple) = match self.slot(entry) {
            Some(Slot::Live(tuple)) => (entry, Some(tuple)),
            Some(Slot::Moved(to)) => (*to, self.get(*to)),
            Some(Slot::Empty) | None => (entry, None),
        };
        Chain { heap: self, tid, tuple }
    }

    /// The versions, in physical order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { heap: self, page: &[], base: 0, at: 0, next: 0 }
    }

    /// The first page at or after a place: where it begins, and its slots.
    fn page_from(&self, from: Tid) -> Option<(Tid, &[Slot])> {
        fn find(child: &Child, base: Tid, height: u32, from: Tid) -> Option<(Tid, &[Slot])> {
            match child {
                Child::Page(page) => Some((base, &page.slots)),
                Child::Inner(inner) => {
                    let span = 1u64 << (BITS * height);
                    let first = (from.saturating_sub(base) >> (BITS * height)) as usize;
                    inner.children.iter().enumerate().skip(first).find_map(|(place, child)| {
                        find(child, base + place as u64 * span, height.saturating_sub(1), from)
                    })
                }
                Child::Empty => None,
            }
        }
        let within = from < self.base && self.reaches(from);
        let kept = within.then(|| find(&self.root, 0, self.height, from)).flatten();
        kept.or_else(|| (from <= self.base).then_some((self.base, &self.tail.slots[..])))
    }
}

/// Follows a row's versions.
pub(crate) struct Chain<'h> {
    heap: &'h Heap,
    tid: Tid,
    tuple: Option<&'h Tuple>,
}

impl<'h> Iterator for Chain<'h> {
    type Item = (Tid, &'h Tuple);

    fn next(&mut self) -> Option<(Tid, &'h Tuple)> {
        let (tid, tuple) = (self.tid, self.tuple?);
        self.tid = tuple.next;
        self.tuple = match tuple.next {
            NO_TUPLE => None,
            next => self.heap.get(next).filter(|tuple| tuple.same_keys),
        };
        Some((tid, tuple))
    }
}

/// Iterates over a heap.
pub(crate) struct Iter<'h> {
    heap: &'h Heap,
    page: &'h [Slot],
    base: Tid,
    at: usize,
    next: Tid,
}

impl<'h> Iterator for Iter<'h> {
    type Item = (Tid, &'h Tuple);

    fn next(&mut self) -> Option<(Tid, &'h Tuple)> {
        loop {
            while let Some(slot) = self.page.get(self.at) {
                let tid = self.base + self.at as u64;
                self.at += 1;
                if let Slot::Live(tuple) = slot {
                    return Some((tid, tuple));
                }
            }
            (self.base, self.page) = self.heap.page_from(self.next)?;
            self.at = 0;
            self.next = self.base + WIDTH as u64;
        }
    }
}
