//! [`Node`]: sixteen places that forks share.

use std::sync::Arc;

pub(super) const BITS: u32 = 4;
pub(super) const WIDTH: usize = 1 << BITS;

/// A page of a heap, or the children of a node above the pages. Who writes to one that is shared gets a new
/// one over it, which has only what was written: all else is looked up beneath. So a first write touches none
/// of the neighbours, however many rows there are.
pub(super) struct Node<T> {
    /// Places that are not empty.
    pub(super) used: usize,
    items: [Item<T>; WIDTH],
    /// Has itself nothing beneath it.
    under: Option<Arc<Node<T>>>,
}

enum Item<T> {
    Empty,
    Here(T),
    /// As in the node beneath.
    Under,
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node { used: 0, items: std::array::from_fn(|_| Item::Empty), under: None }
    }
}

impl<T: Clone> Clone for Node<T> {
    fn clone(&self) -> Node<T> {
        let item = |place| self.get(place).cloned().map_or(Item::Empty, Item::Here);
        Node { used: self.used, items: std::array::from_fn(item), under: None }
    }
}

impl<T: Clone> Node<T> {
    /// The node, to be written to.
    pub(super) fn own(node: &mut Arc<Node<T>>) -> &mut Node<T> {
        if Arc::strong_count(node) > 1 && node.under.is_none() {
            let items = std::array::from_fn(|_| Item::Under);
            *node = Arc::new(Node { used: node.used, items, under: Some(node.clone()) });
        }
        let node = Arc::make_mut(node);
        if node.under.as_ref().is_some_and(|under| Arc::strong_count(under) == 1) {
            node.absorb();
        }
        node
    }

    /// Takes over what is beneath once nobody else has it.
    #[cold]
    fn absorb(&mut self) {
        match self.under.take().map(Arc::try_unwrap) {
            Some(Ok(under)) => {
                for (item, beneath) in self.items.iter_mut().zip(under.items) {
                    if matches!(item, Item::Under) {
                        *item = beneath;
                    }
                }
            }
            Some(Err(under)) => self.under = Some(under),
            None => {}
        }
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<&T> {
        match &self.items[place] {
            Item::Here(item) => Some(item),
            Item::Empty => None,
            Item::Under => self.beneath(place),
        }
    }

    #[inline(never)]
    fn beneath(&self, place: usize) -> Option<&T> {
        match &self.under.as_ref()?.items[place] {
            Item::Here(item) => Some(item),
            Item::Empty | Item::Under => None,
        }
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        if let Item::Under = self.items[place] {
            self.items[place] = self.beneath(place).cloned().map_or(Item::Empty, Item::Here);
        }
        match &mut self.items[place] {
            Item::Here(item) => Some(item),
            Item::Empty | Item::Under => None,
        }
    }

    pub(super) fn set(&mut self, place: usize, item: T) {
        self.used += usize::from(self.get(place).is_none());
        self.items[place] = Item::Here(item);
    }

    pub(super) fn clear(&mut self, place: usize) {
        self.used -= usize::from(self.get(place).is_some());
        self.items[place] = Item::Empty;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(node: &Node<u32>) -> Vec<Option<u32>> {
        (0..WIDTH).map(|place| node.get(place).copied()).collect()
    }

    /// Whatever is written to one of several that share a node, the others keep what they had.
    #[test]
    fn copies_are_independent() {
        let mut state = 1u32;
        let mut random = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % below
        };
        let mut nodes = vec![(Arc::new(Node::default()), vec![None; WIDTH])];
        for step in 0..20_000u32 {
            let at = random(nodes.len());
            let place = random(WIDTH);
            match random(8) {
                0 if nodes.len() < 6 => {
                    let copy = nodes[at].clone();
                    nodes.push(copy);
                }
                1 if nodes.len() > 1 => {
                    nodes.swap_remove(at);
                }
                2 | 3 => {
                    Node::own(&mut nodes[at].0).clear(place);
                    nodes[at].1[place] = None;
                }
                4 => {
                    if let Some(item) = Node::own(&mut nodes[at].0).get_mut(place) {
                        *item += 1;
                        nodes[at].1[place] = nodes[at].1[place].map(|n: u32| n + 1);
                    }
                }
                _ => {
                    Node::own(&mut nodes[at].0).set(place, step);
                    nodes[at].1[place] = Some(step);
                }
            }
            for (node, model) in &nodes {
                assert_eq!(&all(node), model);
                assert_eq!(node.used, model.iter().flatten().count());
            }
        }
    }
}
