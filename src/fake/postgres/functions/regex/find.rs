//! Finds matches, and says which part of a match belongs to which parentheses.

use super::super::super::errors::{R, unsupported};
use super::chars::{to_lower, to_upper};
use super::parse::{BACK, Kind, Node, Parsed, SHORTER};
use super::program::Program;

/// Where the parts of one match begin and end, in characters: the whole, then the groups.
pub(super) type Spans = Vec<Option<(usize, usize)>>;

/// A joint with the machine of everything below it.
struct Part {
    program: Program,
    shorter: bool,
    /// There is a reference below, so that the machine allows too much.
    back: bool,
    capture: usize,
    kind: PartKind,
}

enum PartKind {
    Leaf,
    Back { group: usize, least: u32, most: Option<u32> },
    Concat(Box<(Part, Part)>),
    Either(Vec<Part>),
    Repeat { least: u32, most: Option<u32>, inner: Box<Part> },
    Group(Box<Part>),
}

impl Part {
    fn new(node: Node) -> R<Part> {
        let kind = match node.kind {
            Kind::Leaf => PartKind::Leaf,
            Kind::Back { group, least, most } => PartKind::Back { group, least, most },
            Kind::Concat(pair) => {
                PartKind::Concat(Box::new((Part::new(pair.0)?, Part::new(pair.1)?)))
            }
            Kind::Either(list) => {
                PartKind::Either(list.into_iter().map(Part::new).collect::<R<_>>()?)
            }
            Kind::Repeat { least, most, inner } => {
                PartKind::Repeat { least, most, inner: Box::new(Part::new(*inner)?) }
            }
            Kind::Group(inner) => PartKind::Group(Box::new(Part::new(*inner)?)),
        };
        Ok(Part {
            program: Program::new(&node.re)?,
            shorter: node.flags & SHORTER != 0,
            back: node.flags & BACK != 0,
            capture: node.capture,
            kind,
        })
    }

    fn forget(&self, spans: &mut Spans) {
        if self.capture > 0 {
            spans[self.capture] = None;
        }
        match &self.kind {
            PartKind::Leaf | PartKind::Back { .. } => {}
            PartKind::Concat(pair) => {
                pair.0.forget(spans);
                pair.1.forget(spans);
            }
            PartKind::Either(list) => list.iter().for_each(|part| part.forget(spans)),
            PartKind::Repeat { inner, .. } | PartKind::Group(inner) => inner.forget(spans),
        }
    }
}

/// A pattern, ready to be looked for.
pub(super) struct Finder {
    tree: Part,
    pub(super) groups: usize,
    ignore_case: bool,
}

/// One text that is being taken apart.
struct Attempt<'t> {
    text: &'t [char],
    ignore_case: bool,
    spans: Spans,
    /// How much may still be tried. References can take exponential time.
    budget: u32,
}

impl Finder {
    pub(super) fn new(parsed: Parsed) -> R<Finder> {
        let Parsed { tree, groups, ignore_case } = parsed;
        Ok(Finder { tree: Part::new(tree)?, groups, ignore_case })
    }

    pub(super) fn is_match(&self, text: &[char]) -> R<bool> {
        if self.tree.back {
            return Ok(self.find(text, 0, true)?.is_some());
        }
        Ok(self.tree.program.search(text, 0).is_some())
    }

    /// The first match that begins there or later. `parts`: with its groups.
    pub(super) fn find(&self, text: &[char], from: usize, parts: bool) -> R<Option<Spans>> {
        let mut from = from;
        while from <= text.len()
            && let Some((open, close)) = self.tree.program.search(text, from)
        {
            for begin in open..=close {
                if let Some(spans) = self.find_at(text, begin, parts)? {
                    return Ok(Some(spans));
                }
            }
            // PostgreSQL does not look at the very end again.
            from = close + 1;
            if from == text.len() {
                break;
            }
        }
        Ok(None)
    }

    fn find_at(&self, text: &[char], begin: usize, parts: bool) -> R<Option<Spans>> {
        let (mut least, mut most) = (begin, text.len());
        let mut attempt = Attempt {
            text,
            ignore_case: self.ignore_case,
            spans: vec![None; self.groups + 1],
            budget: 200_000,
        };
        while let Some(end) = self.tree.program.end(text, begin, least, most, self.tree.shorter) {
            if (!parts && !self.tree.back) || attempt.dissect(&self.tree, begin, end)? {
                attempt.spans[0] = Some((begin, end));
                return Ok(Some(attempt.spans));
            }
            if self.tree.shorter {
                if end == most {
                    break;
                }
                least = end + 1;
            } else {
                if end == begin {
                    break;
                }
                most = end - 1;
            }
        }
        Ok(None)
    }
}

impl Attempt<'_> {
    fn covers(&self, part: &Part, begin: usize, end: usize) -> bool {
        part.program.end(self.text, begin, end, end, false).is_some()
    }

    /// True if the part matches just that range; notes its groups.
    fn dissect(&mut self, part: &Part, begin: usize, end: usize) -> R<bool> {
        self.budget = match self.budget.checked_sub(1) {
            Some(left) => left,
            None => return Err(unsupported("so costly a regular expression")),
        };
        let matched = match &part.kind {
            PartKind::Leaf => true,
            PartKind::Back { group, least, most } => self.refers(*group, *least, *most, begin, end),
            PartKind::Concat(pair) => self.concat(&pair.0, &pair.1, begin, end)?,
            PartKind::Either(list) => {
                let mut matched = false;
                for choice in list {
                    if self.covers(choice, begin, end) && self.dissect(choice, begin, end)? {
                        matched = true;
                        break;
                    }
                }
                matched
            }
            PartKind::Repeat { least, most, inner } => {
                self.repeat(inner, *least, *most, begin, end)?
            }
            PartKind::Group(inner) => self.dissect(inner, begin, end)?,
        };
        if matched && part.capture > 0 {
            self.spans[part.capture] = Some((begin, end));
        }
        Ok(matched)
    }

    fn refers(
        &self,
        group: usize,
        least: u32,
        most: Option<u32>,
        begin: usize,
        end: usize,
    ) -> bool {
        let Some((from, to)) = self.spans[group] else { return false };
        let wanted = &self.text[from..to];
        if wanted.is_empty() {
            return begin == end;
        }
        if begin == end {
            return least == 0;
        }
        let given = &self.text[begin..end];
        let times = (given.len() / wanted.len()) as u32;
        let same = |a: &char, b: &char| {
            a == b
                || (self.ignore_case
                    && (to_lower(*a) == to_lower(*b) || to_upper(*a) == to_upper(*b)))
        };
        given.len().is_multiple_of(wanted.len())
            && times >= least
            && most.is_none_or(|most| times <= most)
            && given
                .chunks(wanted.len())
                .all(|chunk| chunk.iter().zip(wanted).all(|(a, b)| same(a, b)))
    }

    /// The first part takes as much as it can, or as little, so that the second fits.
    fn concat(&mut self, left: &Part, right: &Part, begin: usize, end: usize) -> R<bool> {
        let (mut least, mut most) = (begin, end);
        while let Some(middle) = left.program.end(self.text, begin, least, most, left.shorter) {
            if self.covers(right, middle, end) && self.dissect(left, begin, middle)? {
                if self.dissect(right, middle, end)? {
                    return Ok(true);
                }
                left.forget(&mut self.spans);
            }
            if left.shorter {
                if middle == end {
                    break;
                }
                least = middle + 1;
            } else {
                if middle == begin {
                    break;
                }
                most = middle - 1;
            }
        }
        Ok(false)
    }

    /// Cuts the range into repetitions, each as long (or as short) as can be, from the left.
    fn repeat(
        &mut self,
        inner: &Part,
        least: u32,
        most: Option<u32>,
        begin: usize,
        end: usize,
    ) -> R<bool> {
        if inner.shorter && least == 0 && begin == end {
            return Ok(true);
        }
        let needed = least.max(1) as usize;
        let allowed = (end - begin).min(most.map_or(usize::MAX, |most| most as usize)).max(needed);
        let mut ends = vec![begin];
        if self.repetitions(inner, &mut ends, needed, allowed, end)? {
            return Ok(true);
        }
        Ok(least == 0 && begin == end)
    }

    fn repetitions(
        &mut self,
        inner: &Part,
        ends: &mut Vec<usize>,
        needed: usize,
        allowed: usize,
        end: usize,
    ) -> R<bool> {
        // A stack of what may still be tried at each repetition: its bounds.
        let mut bounds = vec![(ends[0], end)];
        while let Some((least, most)) = bounds.last().copied() {
            self.budget = match self.budget.checked_sub(1) {
                Some(left) => left,
                None => return Err(unsupported("so costly a regular expression")),
            };
            let begin = ends[ends.len() - 1];
            let number = ends.len();
            let least = if number >= allowed { least.max(end) } else { least };
            let found = if least > most {
                None
            } else {
                inner.program.end(self.text, begin, least, most, inner.shorter)
            };
            let Some(stop) = found else {
                bounds.pop();
                if ends.len() > 1 {
                    ends.pop();
                }
                continue;
            };
            // What comes next at this place, should this not do.
            if let Some(bound) = bounds.last_mut() {
                *bound = match inner.shorter {
                    true => (stop + 1, most),
                    false if stop == begin => (1, 0),
                    false => (least, stop - 1),
                };
            }
            // An empty repetition only counts towards the least number.
            let empty_needed = number < needed && needed - number >= end - stop;
            if stop == begin && stop != end && !empty_needed {
                continue;
            }
            if stop == end {
                if number >= needed && self.verify(inner, ends, end)? {
                    return Ok(true);
                }
                if !(stop == begin && number < needed) {
                    continue;
                }
            }
            if number < allowed {
                ends.push(stop);
                bounds.push((stop, end));
            }
        }
        Ok(false)
    }

    fn verify(&mut self, inner: &Part, ends: &[usize], end: usize) -> R<bool> {
        for (place, begin) in ends.iter().enumerate() {
            inner.forget(&mut self.spans);
            let stop = ends.get(place + 1).copied().unwrap_or(end);
            if !self.dissect(inner, *begin, stop)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
