//! [`Heap`]: row versions in physical order, in pages that forks share.

use std::sync::Arc;

use super::IndexSpec;
use super::version::Tuple;

/// The place of a version in its heap. Places are never used twice.
pub(crate) type Tid = u64;

/// No version.
pub(crate) const NO_TUPLE: Tid = u64::MAX;

/// Slots of a page and children of a node: 2^5. Copying one is what a first write costs.
const BITS: u32 = 5;
const WIDTH: usize = 1 << BITS;
const MASK: u64 = (WIDTH - 1) as u64;

#[derive(Clone)]
enum Node {
    Page(Vec<Option<Tuple>>),
    Inner(Vec<Option<Arc<Node>>>),
}

impl Node {
    fn empty(height: u32) -> Node {
        if height == 0 { Node::Page(vec![None; WIDTH]) } else { Node::Inner(vec![None; WIDTH]) }
    }

    fn is_empty(&self) -> bool {
        match self {
            Node::Page(slots) => slots.iter().all(Option::is_none),
            Node::Inner(children) => children.iter().all(Option::is_none),
        }
    }
}

/// A table's row versions: a radix tree over places.
#[derive(Clone)]
pub(crate) struct Heap {
    root: Arc<Node>,
    /// Levels above the pages.
    height: u32,
    end: Tid,
    indexes: Arc<[IndexSpec]>,
}

impl Default for Heap {
    fn default() -> Heap {
        Heap { root: Arc::new(Node::empty(0)), height: 0, end: 0, indexes: Arc::new([]) }
    }
}

fn slot(tid: Tid, height: u32) -> usize {
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

    pub(super) fn reserve(&mut self, end: Tid) {
        self.end = self.end.max(end);
    }

    /// The place that the next version gets.
    pub(super) fn push(&mut self, mut tuple: Tuple) -> Tid {
        let tid = self.end;
        if tuple.root == NO_TUPLE {
            tuple.root = tid;
        }
        self.place(tid, tuple);
        tid
    }

    pub(super) fn place(&mut self, tid: Tid, tuple: Tuple) {
        while tid >> (BITS * (self.height + 1)) != 0 {
            let mut children = vec![None; WIDTH];
            children[0] = Some(self.root.clone());
            self.root = Arc::new(Node::Inner(children));
            self.height += 1;
        }
        let mut node = Arc::make_mut(&mut self.root);
        let mut height = self.height;
        loop {
            match node {
                Node::Page(slots) => {
                    slots[slot(tid, 0)] = Some(tuple);
                    break;
                }
                Node::Inner(children) => {
                    let child = &mut children[slot(tid, height)];
                    height -= 1;
                    node =
                        Arc::make_mut(child.get_or_insert_with(|| Arc::new(Node::empty(height))));
                }
            }
        }
        self.end = self.end.max(tid + 1);
    }

    pub(crate) fn get(&self, tid: Tid) -> Option<&Tuple> {
        if tid >= self.end {
            return None;
        }
        let mut node = &*self.root;
        let mut height = self.height;
        loop {
            match node {
                Node::Page(slots) => return slots[slot(tid, 0)].as_ref(),
                Node::Inner(children) => {
                    node = children[slot(tid, height)].as_deref()?;
                    height -= 1;
                }
            }
        }
    }

    pub(super) fn get_mut(&mut self, tid: Tid) -> Option<&mut Tuple> {
        if tid >= self.end {
            return None;
        }
        let mut node = Arc::make_mut(&mut self.root);
        let mut height = self.height;
        loop {
            match node {
                Node::Page(slots) => return slots[slot(tid, 0)].as_mut(),
                Node::Inner(children) => {
                    node = Arc::make_mut(children[slot(tid, height)].as_mut()?);
                    height -= 1;
                }
            }
        }
    }

    pub(super) fn remove(&mut self, tid: Tid) -> Option<Tuple> {
        fn inside(node: &mut Node, tid: Tid, height: u32) -> Option<Tuple> {
            match node {
                Node::Page(slots) => slots[slot(tid, 0)].take(),
                Node::Inner(children) => {
                    let place = &mut children[slot(tid, height)];
                    let child = Arc::make_mut(place.as_mut()?);
                    let tuple = inside(child, tid, height - 1)?;
                    if child.is_empty() {
                        *place = None;
                    }
                    Some(tuple)
                }
            }
        }
        if tid >= self.end {
            return None;
        }
        inside(Arc::make_mut(&mut self.root), tid, self.height)
    }

    /// The versions, in physical order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { heap: self, page: &[], base: 0, at: 0, next: 0 }
    }

    /// The first page at or after a place: where it begins, its slots, and where the next may begin.
    fn page_from(&self, from: Tid) -> Option<(Tid, &[Option<Tuple>])> {
        fn find(node: &Node, base: Tid, height: u32, from: Tid) -> Option<(Tid, &[Option<Tuple>])> {
            match node {
                Node::Page(slots) => Some((base, slots)),
                Node::Inner(children) => {
                    let span = 1u64 << (BITS * height);
                    let first = (from.saturating_sub(base) >> (BITS * height)) as usize;
                    children.iter().enumerate().skip(first).find_map(|(place, child)| {
                        find(child.as_deref()?, base + place as u64 * span, height - 1, from)
                    })
                }
            }
        }
        if from >= self.end {
            return None;
        }
        find(&self.root, 0, self.height, from)
    }
}

/// Iterates over a heap.
pub(crate) struct Iter<'h> {
    heap: &'h Heap,
    page: &'h [Option<Tuple>],
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
                if let Some(tuple) = slot {
                    return Some((tid, tuple));
                }
            }
            (self.base, self.page) = self.heap.page_from(self.next)?;
            self.at = 0;
            self.next = self.base + WIDTH as u64;
        }
    }
}
