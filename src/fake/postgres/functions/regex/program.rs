//! A regular expression as a machine of states, all of which run at once: the time is the length of the
//! text times the length of the pattern.

use super::super::super::errors::{R, fail};
use super::chars::{Set, is_word};
use super::parse::{Assertion, Re};

const MOST_STATES: usize = 20_000;

enum State {
    Take(Set, usize),
    Split(usize, usize),
    Assert(Assertion, usize),
    Look(usize, usize),
    Accept,
}

struct Look {
    ahead: bool,
    negative: bool,
    program: Program,
}

pub(super) struct Program {
    states: Vec<State>,
    looks: Vec<Look>,
    start: usize,
}

/// States that are on, each once.
#[derive(Default)]
struct Active {
    list: Vec<usize>,
    on: Vec<bool>,
}

impl Active {
    fn clear(&mut self, size: usize) {
        self.list.clear();
        self.on.clear();
        self.on.resize(size, false);
    }
}

impl Program {
    pub(super) fn new(re: &Re) -> R<Program> {
        let mut program = Program { states: vec![State::Accept], looks: vec![], start: 0 };
        program.start = program.add(re, 0)?;
        Ok(program)
    }

    fn push(&mut self, state: State) -> R<usize> {
        if self.states.len() >= MOST_STATES {
            return fail("2201B", "invalid regular expression: regular expression is too complex");
        }
        self.states.push(state);
        Ok(self.states.len() - 1)
    }

    /// The state at which the expression begins, if `next` follows it.
    fn add(&mut self, re: &Re, next: usize) -> R<usize> {
        match re {
            Re::Empty => Ok(next),
            Re::Set(set) => self.push(State::Take(set.clone(), next)),
            Re::Concat(list) => list.iter().rev().try_fold(next, |next, part| self.add(part, next)),
            Re::Either(list) => {
                let mut first = None;
                for part in list.iter().rev() {
                    let start = self.add(part, next)?;
                    first = Some(match first {
                        None => start,
                        Some(other) => self.push(State::Split(start, other))?,
                    });
                }
                Ok(first.unwrap_or(next))
            }
            Re::Repeat(inner, least, most) => {
                let mut at = next;
                match most {
                    None => {
                        let split = self.push(State::Split(0, at))?;
                        let body = self.add(inner, split)?;
                        self.states[split] = State::Split(body, at);
                        at = split;
                    }
                    Some(most) => {
                        for _ in *least..*most {
                            let body = self.add(inner, at)?;
                            at = self.push(State::Split(body, next))?;
                        }
                    }
                }
                for _ in 0..*least {
                    at = self.add(inner, at)?;
                }
                Ok(at)
            }
            Re::Assert(assertion) => self.push(State::Assert(*assertion, next)),
            Re::Look { ahead, negative, inner } => {
                let program = Program::new(inner)?;
                self.looks.push(Look { ahead: *ahead, negative: *negative, program });
                self.push(State::Look(self.looks.len() - 1, next))
            }
        }
    }

    /// Turns on a state and what can be reached from it without taking a character.
    fn turn_on(&self, active: &mut Active, state: usize, text: &[char], at: usize) {
        let mut pending = vec![state];
        while let Some(state) = pending.pop() {
            if std::mem::replace(&mut active.on[state], true) {
                continue;
            }
            active.list.push(state);
            match &self.states[state] {
                State::Split(a, b) => pending.extend([*b, *a]),
                State::Assert(assertion, next) if holds(*assertion, text, at) => {
                    pending.push(*next);
                }
                State::Look(look, next) if self.looks[*look].holds(text, at) => {
                    pending.push(*next);
                }
                _ => {}
            }
        }
    }

    fn step(&self, from: &Active, to: &mut Active, text: &[char], at: usize) {
        to.clear(self.states.len());
        for state in &from.list {
            if let State::Take(set, next) = &self.states[*state]
                && set.holds(text[at])
            {
                self.turn_on(to, *next, text, at + 1);
            }
        }
    }

    /// Where a match that begins there ends: the first end from `least` on, or else the last, at most `most`.
    pub(super) fn end(
        &self,
        text: &[char],
        begin: usize,
        least: usize,
        most: usize,
        shortest: bool,
    ) -> Option<usize> {
        let (mut now, mut then) = (Active::default(), Active::default());
        now.clear(self.states.len());
        self.turn_on(&mut now, self.start, text, begin);
        let (mut at, mut found) = (begin, None);
        loop {
            if now.on[0] && at >= least {
                found = Some(at);
                if shortest {
                    break;
                }
            }
            if at >= most || now.list.is_empty() {
                break;
            }
            self.step(&now, &mut then, text, at);
            std::mem::swap(&mut now, &mut then);
            at += 1;
        }
        found
    }

    /// Between which places the first match begins: the second is the earliest end of any match.
    pub(super) fn search(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        let (mut now, mut then) = (Active::default(), Active::default());
        now.clear(self.states.len());
        let mut open = from;
        for at in from..=text.len() {
            if now.list.is_empty() {
                open = at;
            }
            self.turn_on(&mut now, self.start, text, at);
            if now.on[0] {
                return Some((open, at));
            }
            if at < text.len() {
                self.step(&now, &mut then, text, at);
                std::mem::swap(&mut now, &mut then);
            }
        }
        None
    }
}

impl Look {
    fn holds(&self, text: &[char], at: usize) -> bool {
        let found = if self.ahead {
            self.program.end(text, at, at, text.len(), true).is_some()
        } else {
            (0..=at).rev().any(|begin| self.program.end(text, begin, at, at, true).is_some())
        };
        found != self.negative
    }
}

fn holds(assertion: Assertion, text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.get(at)).copied();
    let after = text.get(at).copied();
    let (left, right) = (before.is_some_and(is_word), after.is_some_and(is_word));
    match assertion {
        Assertion::TextStart => at == 0,
        Assertion::TextEnd => at == text.len(),
        Assertion::LineStart => before.is_none_or(|c| c == '\n'),
        Assertion::LineEnd => after.is_none_or(|c| c == '\n'),
        Assertion::WordStart => !left && right,
        Assertion::WordEnd => left && !right,
        Assertion::WordEdge => left != right,
        Assertion::NoWordEdge => left == right,
    }
}
