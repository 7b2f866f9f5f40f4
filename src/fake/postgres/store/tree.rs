//! [`Tree`]: a B-tree of (key, tuple) whose nodes forks share.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::types::Datum;
use super::heap::Tid;

/// Entries of a leaf and children of a node. Copying one is what a first write costs.
const WIDTH: usize = 48;

/// Entries that a leaf page of PostgreSQL's index holds, for a small key.
const PAGE: usize = 366;

/// Leaves that stand for such a page.
const LEAVES_OF_PAGE: usize = 8;

#[derive(Clone)]
struct Entry {
    key: Datum,
    tid: Tid,
}

impl Entry {
    fn order(&self, key: &Datum, tid: Tid) -> Ordering {
        self.key.order(key).then(self.tid.cmp(&tid))
    }
}

#[derive(Clone)]
enum Node {
    Leaf(Vec<Entry>),
    /// `firsts[i]` is not above anything in `children[i]`, and above everything before.
    Inner {
        firsts: Vec<Entry>,
        children: Vec<Arc<Node>>,
    },
}

/// An index. Several tuples may have one key.
#[derive(Clone)]
pub(crate) struct Tree {
    root: Arc<Node>,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { root: Arc::new(Node::Leaf(vec![])) }
    }
}

/// One end of a range. A record that is shorter than the keys stands for all that begin with it.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    Open,
    Included(Datum),
    Excluded(Datum),
}

/// Compares the part of the key that the bound speaks of.
#[inline]
fn prefix_order(key: &Datum, bound: &Datum) -> Ordering {
    match (key, bound) {
        (Datum::Int(key), Datum::Int(bound)) => key.cmp(bound),
        (Datum::Record(key), Datum::Record(bound)) => key
            .iter()
            .zip(bound.iter())
            .map(|(k, b)| k.order(b))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal),
        _ => key.order(bound),
    }
}

impl Bound {
    /// Whether the range begins after the key.
    pub(crate) fn is_above(&self, key: &Datum) -> bool {
        match self {
            Bound::Open => false,
            Bound::Included(bound) => prefix_order(key, bound).is_lt(),
            Bound::Excluded(bound) => prefix_order(key, bound).is_le(),
        }
    }

    /// Whether the range ends before the key.
    pub(crate) fn is_below(&self, key: &Datum) -> bool {
        match self {
            Bound::Open => false,
            Bound::Included(bound) => prefix_order(key, bound).is_gt(),
            Bound::Excluded(bound) => prefix_order(key, bound).is_ge(),
        }
    }
}

/// How many entries come before the range.
fn before(entries: &[Entry], low: &Bound) -> usize {
    match low {
        Bound::Open => 0,
        // NULL comes last.
        Bound::Included(Datum::Int(bound)) => {
            entries.partition_point(|entry| matches!(&entry.key, Datum::Int(key) if key < bound))
        }
        _ => entries.partition_point(|entry| low.is_above(&entry.key)),
    }
}

impl Tree {
    pub(super) fn insert(&mut self, key: Datum, tid: Tid) {
        let entry = Entry { key, tid };
        if let Some((first, right)) = Self::insert_into(Arc::make_mut(&mut self.root), entry) {
            let left = self.root.clone();
            let left_first = match &*left {
                Node::Leaf(entries) => entries[0].clone(),
                Node::Inner { firsts, .. } => firsts[0].clone(),
            };
            self.root = Arc::new(Node::Inner {
                firsts: vec![left_first, first],
                children: vec![left, right],
            });
        }
    }

    /// Returns the right half, if the node had to be split.
    fn insert_into(node: &mut Node, entry: Entry) -> Option<(Entry, Arc<Node>)> {
        match node {
            Node::Leaf(entries) => {
                let at = entries.partition_point(|e| e.order(&entry.key, entry.tid).is_lt());
                let at_end = at == entries.len();
                entries.insert(at, entry);
                if entries.len() <= WIDTH {
                    return None;
                }
                // Ascending keys fill their leaves: split at the end.
                let half = if at_end { entries.len() - 1 } else { entries.len() / 2 };
                let mut right = Vec::with_capacity(WIDTH + 1);
                right.extend(entries.drain(half..));
                Some((right[0].clone(), Arc::new(Node::Leaf(right))))
            }
            Node::Inner { firsts, children } => {
                let at =
                    firsts.partition_point(|e| e.order(&entry.key, entry.tid).is_le()).max(1) - 1;
                if firsts[at].order(&entry.key, entry.tid).is_gt() {
                    firsts[at] = entry.clone();
                }
                let (first, right) = Self::insert_into(Arc::make_mut(&mut children[at]), entry)?;
                let at_end = at + 1 == children.len();
                firsts.insert(at + 1, first);
                children.insert(at + 1, right);
                if children.len() <= WIDTH {
                    return None;
                }
                let half = if at_end { children.len() - 1 } else { children.len() / 2 };
                let (right_firsts, right_children) =
                    (firsts.split_off(half), children.split_off(half));
                let first = right_firsts[0].clone();
                Some((
                    first,
                    Arc::new(Node::Inner { firsts: right_firsts, children: right_children }),
                ))
            }
        }
    }

    pub(super) fn remove(&mut self, key: &Datum, tid: Tid) {
        let root = Arc::make_mut(&mut self.root);
        if Self::remove_from(root, key, tid) {
            *root = Node::Leaf(vec![]);
        }
        while let Node::Inner { children, .. } = &*self.root
            && children.len() == 1
        {
            self.root = children[0].clone();
        }
    }

    /// Returns whether the node is empty now.
    fn remove_from(node: &mut Node, key: &Datum, tid: Tid) -> bool {
        match node {
            Node::Leaf(entries) => {
                if let Ok(at) = entries.binary_search_by(|e| e.order(key, tid)) {
                    entries.remove(at);
                }
                entries.is_empty()
            }
            Node::Inner { firsts, children } => {
                let at = firsts.partition_point(|e| e.order(key, tid).is_le()).max(1) - 1;
                if Self::remove_from(Arc::make_mut(&mut children[at]), key, tid) {
                    firsts.remove(at);
                    children.remove(at);
                }
                children.is_empty()
            }
        }
    }

    /// Visits the entries of a range in order of key, then of place, until `visit` says stop (false).
    pub(crate) fn visit(
        &self,
        low: &Bound,
        high: &Bound,
        visit: &mut dyn FnMut(&Datum, Tid) -> bool,
    ) {
        Self::visit_node(&self.root, low, high, visit);
    }

    /// Visits all entries from the last to the first, until `visit` says stop (false).
    pub(crate) fn visit_back(&self, visit: &mut dyn FnMut(&Datum, Tid) -> bool) {
        Self::visit_node_back(&self.root, visit);
    }

    fn visit_node_back(node: &Node, visit: &mut dyn FnMut(&Datum, Tid) -> bool) -> bool {
        match node {
            Node::Leaf(entries) => entries.iter().rev().all(|e| visit(&e.key, e.tid)),
            Node::Inner { children, .. } => {
                children.iter().rev().all(|child| Self::visit_node_back(child, visit))
            }
        }
    }

    /// The range, widened to whole pages as PostgreSQL's index has them: the whole tree while it is small.
    pub(crate) fn pages(&self, low: &Bound, high: &Bound) -> (Bound, Bound) {
        let mut room = PAGE;
        if Self::fits(&self.root, &mut room) {
            return (Bound::Open, Bound::Open);
        }
        let first = Self::edge(&self.root, &mut |entry| low.is_above(&entry.key), false);
        let last = Self::edge(&self.root, &mut |entry| !high.is_below(&entry.key), true);
        (first.map_or(Bound::Open, Bound::Included), last.map_or(Bound::Open, Bound::Excluded))
    }

    fn fits(node: &Node, room: &mut usize) -> bool {
        match node {
            Node::Leaf(entries) => {
                let enough = entries.len() <= *room;
                *room = room.saturating_sub(entries.len());
                enough
            }
            Node::Inner { children, .. } => children.iter().all(|child| Self::fits(child, room)),
        }
    }

    /// Where the page of the last entry that is `before` begins, or the one after it.
    fn edge(root: &Node, before: &mut dyn FnMut(&Entry) -> bool, end: bool) -> Option<Datum> {
        let (mut node, mut edge) = (root, None);
        while let Node::Inner { firsts, children } = node {
            let at = firsts.partition_point(&mut *before).max(1) - 1;
            let is_last = matches!(&*children[at], Node::Leaf(_));
            let page = if is_last { at / LEAVES_OF_PAGE * LEAVES_OF_PAGE } else { at };
            let step = if is_last { LEAVES_OF_PAGE } else { 1 };
            let place = if end { page + step } else { page };
            if place > 0 && place < firsts.len() {
                edge = Some(firsts[place].key.clone());
            }
            node = &children[at];
        }
        edge
    }

    fn visit_node(
        node: &Node,
        low: &Bound,
        high: &Bound,
        visit: &mut dyn FnMut(&Datum, Tid) -> bool,
    ) -> bool {
        match node {
            Node::Leaf(entries) => {
                let from = before(entries, low);
                entries[from..].iter().all(|e| !high.is_below(&e.key) && visit(&e.key, e.tid))
            }
            Node::Inner { firsts, children } => {
                let from = before(firsts, low).max(1) - 1;
                firsts[from..].iter().zip(&children[from..]).enumerate().all(
                    |(place, (first, child))| {
                        (place == 0 || !high.is_below(&first.key))
                            && Self::visit_node(child, low, high, visit)
                    },
                )
            }
        }
    }
}
