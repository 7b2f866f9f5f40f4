//! Reads a regular expression in PostgreSQL's dialect (`ARE`).
//!
//! The result is a tree of [`Node`]s with the same joints as PostgreSQL's own: which part of a text belongs
//! to which parentheses follows from preferences (longer or shorter) that joints have, not from single
//! quantifiers. What lies below a joint without parentheses or references is one [`Re`].

use super::super::super::errors::{R, fail, unsupported};
use super::chars::Set;

/// A regular expression in the mathematical sense.
#[derive(Clone, Debug)]
pub(super) enum Re {
    Empty,
    Set(Set),
    Concat(Vec<Re>),
    Either(Vec<Re>),
    /// The second number is `None` for no limit.
    Repeat(Box<Re>, u32, Option<u32>),
    Assert(Assertion),
    Look {
        ahead: bool,
        negative: bool,
        inner: Box<Re>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Assertion {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    WordEdge,
    NoWordEdge,
}

/// A joint of the tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) flags: u8,
    pub(super) re: Re,
    /// The parentheses that this is the inside of; 0 for none.
    pub(super) capture: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Leaf,
    Back {
        group: usize,
        least: u32,
        most: Option<u32>,
    },
    Concat(Box<(Node, Node)>),
    Either(Vec<Node>),
    Repeat {
        least: u32,
        most: Option<u32>,
        inner: Box<Node>,
    },
    /// Only there to have one more capture.
    Group(Box<Node>),
}

pub(super) const LONGER: u8 = 1;
pub(super) const SHORTER: u8 = 2;
const MIXED: u8 = 4;
const CAPTURES: u8 = 8;
pub(super) const BACK: u8 = 16;

/// What a joint takes over from the parts below.
fn up(flags: u8) -> u8 {
    let mixed = if flags & LONGER != 0 && flags & SHORTER != 0 { MIXED } else { 0 };
    (flags & (MIXED | CAPTURES | BACK)) | mixed
}

fn messy(flags: u8) -> bool {
    flags & (MIXED | CAPTURES | BACK) != 0
}

fn preference(flags: u8) -> u8 {
    flags & (LONGER | SHORTER)
}

fn combine(first: u8, second: u8) -> u8 {
    let own = preference(first);
    up(first | second) | if own != 0 { own } else { preference(second) }
}

/// The options of a pattern.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Options {
    pub(super) global: bool,
    pub(super) ignore_case: bool,
    /// `.` and negated sets do not match a newline.
    pub(super) newline_stops: bool,
    /// `^` and `$` match at every line.
    newline_anchors: bool,
    expanded: bool,
    literal: bool,
}

impl Options {
    fn set(&mut self, letter: char) -> R<bool> {
        match letter {
            'i' => self.ignore_case = true,
            'c' => self.ignore_case = false,
            'n' | 'm' => (self.newline_stops, self.newline_anchors) = (true, true),
            'p' => (self.newline_stops, self.newline_anchors) = (true, false),
            'w' => (self.newline_stops, self.newline_anchors) = (false, true),
            's' => (self.newline_stops, self.newline_anchors) = (false, false),
            'x' => self.expanded = true,
            't' => self.expanded = false,
            'q' => self.literal = true,
            'b' | 'e' => {
                return Err(unsupported(format!("the regular expression option \"{letter}\"")));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Those that a function's `flags` argument names.
    pub(super) fn read(letters: &str) -> R<Options> {
        let mut options = Options::default();
        for letter in letters.chars() {
            if letter == 'g' {
                options.global = true;
            } else if !options.set(letter)? {
                return fail("22023", format!("invalid regular expression option: \"{letter}\""));
            }
        }
        Ok(options)
    }
}

/// A pattern that has been read.
pub(super) struct Parsed {
    pub(super) tree: Node,
    pub(super) groups: usize,
    pub(super) ignore_case: bool,
}

pub(super) fn invalid<T>(why: &str) -> R<T> {
    fail("2201B", format!("invalid regular expression: {why}"))
}

const BAD_REPEAT: &str = "quantifier operand invalid";
pub(super) const BAD_ESCAPE: &str = "invalid escape \\ sequence";
const BAD_PARENTHESES: &str = "parentheses () not balanced";
const BAD_COUNT: &str = "invalid repetition count(s)";

pub(super) fn parse(pattern: &str, mut options: Options) -> R<Parsed> {
    if options.literal && (options.expanded || options.newline_stops || options.newline_anchors) {
        return invalid("invalid argument to regex function");
    }
    let chars: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    if !options.literal && chars.len() > 3 && chars[..3] == ['*'; 3] {
        match chars[3] {
            '?' => return invalid("invalid regexp (reg version 0.8)"),
            '=' => (options.literal, options.expanded, at) = (true, false, 4),
            ':' => at = 4,
            _ => return invalid(BAD_REPEAT),
        }
        if options.literal {
            (options.newline_stops, options.newline_anchors) = (false, false);
        }
    }
    if !options.literal
        && chars[at..].starts_with(&['(', '?'])
        && chars.get(at + 2).is_some_and(char::is_ascii_alphabetic)
    {
        at += 2;
        while let Some(letter) = chars.get(at).filter(|c| c.is_ascii_alphabetic()) {
            if !options.set(*letter)? {
                return invalid("invalid embedded option");
            }
            at += 1;
        }
        if chars.get(at) != Some(&')') {
            return invalid("invalid embedded option");
        }
        at += 1;
    }
    let mut parser = Parser { chars, at, options, groups: vec![None], opened: 0, depth: 0 };
    if options.literal {
        let list = parser.chars[at..].iter().map(|c| Re::Set(Set::one(*c, options.ignore_case)));
        let tree = leaf(Re::Concat(list.collect()), 0);
        return Ok(Parsed { tree, groups: 0, ignore_case: options.ignore_case });
    }
    let tree = parser.alternatives(false, false)?;
    Ok(Parsed { tree, groups: parser.opened, ignore_case: options.ignore_case })
}

fn leaf(re: Re, flags: u8) -> Node {
    Node { kind: Kind::Leaf, flags, re, capture: 0 }
}

fn concat(first: Node, second: Node, flags: u8) -> Node {
    let re = Re::Concat(vec![first.re.clone(), second.re.clone()]);
    Node { kind: Kind::Concat(Box::new((first, second))), flags, re, capture: 0 }
}

/// A reference's text need not meet the conditions that its group stated.
fn without_conditions(re: &Re) -> Re {
    match re {
        Re::Assert(_) | Re::Look { .. } => Re::Empty,
        Re::Concat(list) => Re::Concat(list.iter().map(without_conditions).collect()),
        Re::Either(list) => Re::Either(list.iter().map(without_conditions).collect()),
        Re::Repeat(inner, least, most) => {
            Re::Repeat(Box::new(without_conditions(inner)), *least, *most)
        }
        other => other.clone(),
    }
}

/// What stands at one place, before its quantifier.
pub(super) enum Atom {
    Condition(Re),
    Plain(Re),
    Group(Node, bool),
    Back(usize),
}

pub(super) struct Parser {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    pub(super) options: Options,
    /// The groups that are closed, by number.
    groups: Vec<Option<Re>>,
    opened: usize,
    depth: usize,
}

impl Parser {
    fn peek(&mut self) -> Option<char> {
        loop {
            let c = self.chars.get(self.at).copied();
            if self.options.expanded {
                match c {
                    Some(c) if c.is_whitespace() => {
                        self.at += 1;
                        continue;
                    }
                    Some('#') => {
                        while self.chars.get(self.at).is_some_and(|c| *c != '\n') {
                            self.at += 1;
                        }
                        continue;
                    }
                    _ => {}
                }
            }
            if c == Some('(') && self.chars[self.at..].starts_with(&['(', '?', '#']) {
                while self.chars.get(self.at).is_some_and(|c| *c != ')') {
                    self.at += 1;
                }
                self.at = (self.at + 1).min(self.chars.len());
                continue;
            }
            return c;
        }
    }

    fn eat(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c);
        self.at += usize::from(there);
        there
    }

    fn alternatives(&mut self, inside: bool, looking: bool) -> R<Node> {
        self.depth += 1;
        if self.depth > 100 {
            return invalid("regular expression is too complex");
        }
        let mut branches = vec![self.branch(looking)?];
        while self.eat('|') {
            branches.push(self.branch(looking)?);
        }
        self.depth -= 1;
        if inside != self.eat(')') {
            return invalid(BAD_PARENTHESES);
        }
        if branches.len() == 1
            && let Some(branch) = branches.pop()
        {
            return Ok(branch);
        }
        let flags = branches.iter().fold(LONGER, |flags, branch| flags | up(flags | branch.flags));
        let re = Re::Either(branches.iter().map(|branch| branch.re.clone()).collect());
        if !messy(flags) {
            return Ok(leaf(re, flags));
        }
        Ok(Node { kind: Kind::Either(branches), flags, re, capture: 0 })
    }

    fn at_branch_end(&mut self) -> bool {
        matches!(self.peek(), None | Some('|' | ')'))
    }

    fn branch(&mut self, looking: bool) -> R<Node> {
        let (mut before, mut flags) = (vec![], 0);
        while !self.at_branch_end() {
            let atom = match self.atom(looking)? {
                Atom::Condition(re) => {
                    before.push(re);
                    continue;
                }
                atom => atom,
            };
            let (least, most, prefers) = self.quantifier()?;
            if most == Some(0) {
                continue;
            }
            let once = least == 1 && most == Some(1);
            let (node, hard, back) = match atom {
                Atom::Condition(re) | Atom::Plain(re) => (leaf(re, 0), false, None),
                Atom::Group(node, captures) => (node, captures, None),
                Atom::Back(group) => {
                    let copy = self.groups[group].as_ref().map_or(Re::Empty, without_conditions);
                    (leaf(copy, BACK), true, Some(group))
                }
            };
            let together = flags | prefers | node.flags;
            if !hard && !messy(up(together)) {
                before.push(if once { node.re } else { repeat(node.re, least, most) });
                flags = together;
                continue;
            }
            let joint = combine(prefers, node.flags);
            let part = quantified(node, back, (least, most, prefers));
            return self.hard_branch(before, flags, part, joint, looking);
        }
        Ok(leaf(Re::Concat(before), flags))
    }

    /// The joints around a part with parentheses, references, or another preference than what precedes.
    fn hard_branch(
        &mut self,
        before: Vec<Re>,
        flags: u8,
        part: Node,
        joint: u8,
        looking: bool,
    ) -> R<Node> {
        let first = before.is_empty();
        let prefix = leaf(Re::Concat(before), flags);
        if self.at_branch_end() {
            if first {
                return Ok(part);
            }
            let flags = flags | combine(flags, part.flags);
            return Ok(concat(prefix, part, flags));
        }
        self.depth += 1;
        if self.depth > 300 {
            return invalid("regular expression is too complex");
        }
        let rest = self.branch(looking)?;
        self.depth -= 1;
        let joint = joint | combine(joint, rest.flags);
        let flags = flags | combine(flags, joint);
        if first {
            return Ok(concat(part, rest, flags));
        }
        let leaves = matches!((&part.kind, &rest.kind), (Kind::Leaf, Kind::Leaf));
        if leaves && !messy(up(part.flags | rest.flags)) && part.capture + rest.capture == 0 {
            let merged = combine(part.flags, rest.flags);
            return Ok(concat(prefix, leaf(Re::Concat(vec![part.re, rest.re]), merged), flags));
        }
        Ok(concat(prefix, concat(part, rest, joint), flags))
    }

    fn quantifier(&mut self) -> R<(u32, Option<u32>, u8)> {
        let (least, most, passes) = match self.peek() {
            Some('*') => (0, None, false),
            Some('+') => (1, None, false),
            Some('?') => (0, Some(1), false),
            Some('{') => {
                let (before, start) = (self.at, self.at + 1);
                self.at = start;
                if !self.peek().is_some_and(|c| c.is_ascii_digit()) {
                    self.at = before;
                    return Ok((1, Some(1), 0));
                }
                let least = self.number()?;
                let (most, passes) = if self.eat(',') {
                    match self.peek() {
                        Some(c) if c.is_ascii_digit() => (Some(self.number()?), false),
                        _ => (None, false),
                    }
                } else {
                    (Some(least), true)
                };
                match self.peek() {
                    None => return invalid("braces {} not balanced"),
                    Some('}') if most.is_none_or(|most| least <= most) => {}
                    _ => return invalid(BAD_COUNT),
                }
                (least, most, passes)
            }
            _ => return Ok((1, Some(1), 0)),
        };
        self.at += 1;
        let lazy = self.chars.get(self.at) == Some(&'?');
        self.at += usize::from(lazy);
        if matches!(self.peek(), Some('*' | '+' | '?')) || self.counts_follow() {
            return invalid(BAD_REPEAT);
        }
        let prefers = match () {
            () if passes => 0,
            () if lazy => SHORTER,
            () => LONGER,
        };
        Ok((least, most, prefers))
    }

    fn counts_follow(&mut self) -> bool {
        self.peek() == Some('{') && self.chars.get(self.at + 1).is_some_and(char::is_ascii_digit)
    }

    fn number(&mut self) -> R<u32> {
        let mut value = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = value * 10 + digit;
            self.at += 1;
            if value > 255 {
                return invalid(BAD_COUNT);
            }
        }
        Ok(value)
    }

    fn atom(&mut self, looking: bool) -> R<Atom> {
        let ignore_case = self.options.ignore_case;
        let Some(c) = self.peek() else { return invalid(BAD_REPEAT) };
        if matches!(c, '*' | '+' | '?') || self.counts_follow() {
            return invalid(BAD_REPEAT);
        }
        self.at += 1;
        Ok(match c {
            '^' => Atom::Condition(Re::Assert(match self.options.newline_anchors {
                true => Assertion::LineStart,
                false => Assertion::TextStart,
            })),
            '$' => Atom::Condition(Re::Assert(match self.options.newline_anchors {
                true => Assertion::LineEnd,
                false => Assertion::TextEnd,
            })),
            '.' => Atom::Plain(Re::Set(Set::any(self.options.newline_stops))),
            '[' => return self.bracket(),
            '(' => return self.group(looking),
            '\\' => return self.escape(looking),
            c => Atom::Plain(Re::Set(Set::one(c, ignore_case))),
        })
    }

    fn group(&mut self, looking: bool) -> R<Atom> {
        if self.chars.get(self.at) != Some(&'?') {
            if looking {
                return Ok(Atom::Group(self.alternatives(true, true)?, false));
            }
            self.opened += 1;
            let number = self.opened;
            self.groups.push(None);
            let inner = self.alternatives(true, looking)?;
            self.groups[number] = Some(inner.re.clone());
            let mut node = match inner.capture {
                0 => inner,
                _ => {
                    let (flags, re) = (inner.flags, inner.re.clone());
                    Node { kind: Kind::Group(Box::new(inner)), flags, re, capture: 0 }
                }
            };
            node.flags |= CAPTURES;
            node.capture = number;
            return Ok(Atom::Group(node, true));
        }
        self.at += 1;
        let next = self.chars.get(self.at).copied();
        self.at += 1;
        let (ahead, negative) = match next {
            Some(':') => return Ok(Atom::Group(self.alternatives(true, looking)?, false)),
            Some('=') => (true, false),
            Some('!') => (true, true),
            Some('<') => {
                let next = self.chars.get(self.at).copied();
                self.at += 1;
                match next {
                    Some('=') => (false, false),
                    Some('!') => (false, true),
                    _ => return invalid(BAD_REPEAT),
                }
            }
            _ => return invalid(BAD_REPEAT),
        };
        let inner = Box::new(self.alternatives(true, true)?.re);
        Ok(Atom::Condition(Re::Look { ahead, negative, inner }))
    }

    fn escape(&mut self, looking: bool) -> R<Atom> {
        let Some(c) = self.chars.get(self.at).copied() else { return invalid(BAD_ESCAPE) };
        self.at += 1;
        let condition = match c {
            'A' => Some(Assertion::TextStart),
            'Z' => Some(Assertion::TextEnd),
            'm' => Some(Assertion::WordStart),
            'M' => Some(Assertion::WordEnd),
            'y' => Some(Assertion::WordEdge),
            'Y' => Some(Assertion::NoWordEdge),
            _ => None,
        };
        if let Some(condition) = condition {
            return Ok(Atom::Condition(Re::Assert(condition)));
        }
        if ('1'..='9').contains(&c) {
            let after = self.at;
            self.at -= 1;
            let number = self.digits(10, 1, 255)? as usize;
            if self.at == after || (number > 0 && number <= self.opened) {
                if looking || self.groups.get(number).is_none_or(Option::is_none) {
                    return invalid("invalid backreference number");
                }
                return Ok(Atom::Back(number));
            }
            self.at = after;
        }
        self.at -= 1;
        Ok(Atom::Plain(Re::Set(self.character_escape()?)))
    }
}

fn repeat(re: Re, least: u32, most: Option<u32>) -> Re {
    if most == Some(0) { Re::Empty } else { Re::Repeat(Box::new(re), least, most) }
}

/// A hard part with its quantifier.
fn quantified(node: Node, back: Option<usize>, how: (u32, Option<u32>, u8)) -> Node {
    let (least, most, prefers) = how;
    let flags = combine(prefers, node.flags);
    if let Some(group) = back {
        let re = repeat(node.re, least, most);
        let flags = node.flags | flags;
        return Node { kind: Kind::Back { group, least, most }, flags, re, capture: 0 };
    }
    let own = node.flags & (LONGER | SHORTER | MIXED);
    if least == 1 && most == Some(1) && (prefers == 0 || own == 0 || prefers == own) {
        return node;
    }
    if node.flags & (CAPTURES | BACK) == 0 {
        return leaf(repeat(node.re, least, most), flags);
    }
    if least > 0 && node.flags & BACK == 0 {
        // Only the last repetition's captures count.
        let before = repeat(node.re.clone(), least - 1, most.map(|most| most - 1));
        return concat(leaf(before, preference(flags)), node, flags);
    }
    let re = repeat(node.re.clone(), least, most);
    Node { kind: Kind::Repeat { least, most, inner: Box::new(node) }, flags, re, capture: 0 }
}
