//! [`Heap`]: row versions in physical order, in pages that forks share.

use std::sync::Arc;

use super::IndexSpec;
use super::node::{BITS, Node, WIDTH};
use super::version::Tuple;

/// The place of a version in its heap. Places are never used twice.
pub(crate) type Tid = u64;

/// No version.
pub(crate) const NO_TUPLE: Tid = u64::MAX;

const MASK: u64 = (WIDTH - 1) as u64;

/// What is at a place.
#[derive(Clone)]
enum Slot {
    Live(Tuple),
    /// The row's first version is gone, and the indexes still name it: here is the oldest that is left.
    Moved(Tid),
}

impl Slot {
    fn live(&self) -> Option<&Tuple> {
        match self {
            Slot::Live(tuple) => Some(tuple),
            Slot::Moved(_) => None,
        }
    }
}

type Page = Node<Slot>;
type Inner = Node<Child>;

#[derive(Clone)]
enum Child {
    Page(Arc<Page>),
    Inner(Arc<Inner>),
}

/// A table's row versions: a radix tree over places, but for the last page, which is being filled.
#[derive(Clone, Default)]
pub(crate) struct Heap {
    root: Option<Child>,
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
        Node::own(&mut self.tail).set(place_in(tid, 0), Slot::Live(tuple));
        self.end = tid + 1;
        tid
    }

    /// The last page takes its place among the others.
    fn keep_tail(&mut self) {
        let page = std::mem::take(&mut self.tail);
        if page.used == 0 {
            return;
        }
        while !self.reaches(self.base) {
            if let Some(root) = self.root.take() {
                let mut inner = Inner::default();
                inner.set(0, root);
                self.root = Some(Child::Inner(Arc::new(inner)));
            }
            self.height += 1;
        }
        if self.height == 0 {
            self.root = Some(Child::Page(page));
            return;
        }
        let inner = || Child::Inner(Arc::default());
        let (mut child, mut height) = (self.root.get_or_insert_with(inner), self.height);
        while let Child::Inner(node) = child {
            let (node, place) = (Node::own(node), place_in(self.base, height));
            height -= 1;
            if height == 0 {
                node.set(place, Child::Page(page));
                return;
            }
            if node.get(place).is_none() {
                node.set(place, inner());
            }
            let Some(below) = node.get_mut(place) else { return };
            child = below;
        }
    }

    /// Whether the tree is high enough for the place.
    fn reaches(&self, tid: Tid) -> bool {
        tid >> (BITS * (self.height + 1)) == 0
    }

    fn slot(&self, tid: Tid) -> Option<&Slot> {
        if tid >= self.base {
            return if tid < self.end { self.tail.get(place_in(tid, 0)) } else { None };
        }
        if !self.reaches(tid) {
            return None;
        }
        let (mut child, mut height) = (self.root.as_ref()?, self.height);
        loop {
            match child {
                Child::Page(page) => return page.get(place_in(tid, 0)),
                Child::Inner(inner) => child = inner.get(place_in(tid, height))?,
            }
            height = height.saturating_sub(1);
        }
    }

    fn slot_mut(&mut self, tid: Tid) -> Option<&mut Slot> {
        if tid >= self.base {
            let tail = if tid < self.end { Node::own(&mut self.tail) } else { return None };
            return tail.get_mut(place_in(tid, 0));
        }
        if !self.reaches(tid) {
            return None;
        }
        let (mut child, mut height) = (self.root.as_mut()?, self.height);
        loop {
            match child {
                Child::Page(page) => return Node::own(page).get_mut(place_in(tid, 0)),
                Child::Inner(inner) => child = Node::own(inner).get_mut(place_in(tid, height))?,
            }
            height = height.saturating_sub(1);
        }
    }

    pub(crate) fn get(&self, tid: Tid) -> Option<&Tuple> {
        self.slot(tid)?.live()
    }

    pub(super) fn get_mut(&mut self, tid: Tid) -> Option<&mut Tuple> {
        match self.slot_mut(tid)? {
            Slot::Live(tuple) => Some(tuple),
            Slot::Moved(_) => None,
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
            Slot::Live(_) => None,
        }
    }

    /// Empties a place.
    pub(super) fn clear(&mut self, tid: Tid) {
        /// Says whether there is nothing left beneath.
        fn inside(child: &mut Child, tid: Tid, height: u32) -> bool {
            let place = place_in(tid, height);
            match child {
                Child::Page(page) => {
                    let page = Node::own(page);
                    page.clear(place);
                    page.used == 0
                }
                Child::Inner(inner) => {
                    let inner = Node::own(inner);
                    let below = inner.get_mut(place);
                    if below.is_some_and(|below| inside(below, tid, height.saturating_sub(1))) {
                        inner.clear(place);
                    }
                    inner.used == 0
                }
            }
        }
        if tid >= self.base {
            if tid < self.end {
                Node::own(&mut self.tail).clear(place_in(tid, 0));
            }
        } else if self.reaches(tid)
            && self.root.as_mut().is_some_and(|root| inside(root, tid, self.height))
        {
            self.root = None;
        }
    }

    /// The versions that an index entry stands for: its own, and those after it that changed no key.
    pub(crate) fn chain(&self, entry: Tid) -> Chain<'_> {
        let (tid, tuple) = match self.slot(entry) {
            Some(Slot::Live(tuple)) => (entry, Some(tuple)),
            Some(Slot::Moved(to)) => (*to, self.get(*to)),
            None => (entry, None),
        };
        Chain { heap: self, tid, tuple }
    }

    /// The versions, in physical order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { heap: self, page: None, base: 0, at: 0, next: 0 }
    }

    /// The first page at or after a place, and where it begins.
    fn page_from(&self, from: Tid) -> Option<(Tid, &Page)> {
        fn find(child: &Child, base: Tid, height: u32, from: Tid) -> Option<(Tid, &Page)> {
            match child {
                Child::Page(page) => Some((base, page)),
                Child::Inner(inner) => {
                    let span = 1u64 << (BITS * height);
                    let first = (from.saturating_sub(base) >> (BITS * height)) as usize;
                    (first..WIDTH).find_map(|place| {
                        let below = inner.get(place)?;
                        find(below, base + place as u64 * span, height.saturating_sub(1), from)
                    })
                }
            }
        }
        let root = self.root.as_ref().filter(|_| from < self.base && self.reaches(from));
        let kept = root.and_then(|root| find(root, 0, self.height, from));
        kept.or_else(|| (from <= self.base).then_some((self.base, &*self.tail)))
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
    page: Option<&'h Page>,
    base: Tid,
    at: usize,
    next: Tid,
}

impl<'h> Iterator for Iter<'h> {
    type Item = (Tid, &'h Tuple);

    fn next(&mut self) -> Option<(Tid, &'h Tuple)> {
        loop {
            if let Some(page) = self.page {
                while self.at < WIDTH {
                    let place = self.at;
                    self.at += 1;
                    if let Some(tuple) = page.get(place).and_then(Slot::live) {
                        return Some((self.base + place as u64, tuple));
                    }
                }
            }
            let (base, page) = self.heap.page_from(self.next)?;
            (self.base, self.page, self.at) = (base, Some(page), 0);
            self.next = base + WIDTH as u64;
        }
    }
}
