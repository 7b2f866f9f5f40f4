//! Reads a SQL/JSON path.

use super::super::super::errors::{R, fail, pg, unsupported};
use super::super::super::types::numeric::Decimal;
use super::lex::{Kind, Token, tokens};
use crate::error::Error;

/// A primary and the accessors that follow it.
pub(super) type Chain = Vec<Item>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    StartsWith,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Method {
    Type,
    Size,
    Abs,
    Floor,
    Ceiling,
    Double,
    KeyValue,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    Null,
    Bool(bool),
    Number(Decimal),
    Text(String),
    Variable(String),
    Root,
    Current,
    Last,
    Binary(Op, Chain, Chain),
    Not(Chain),
    IsUnknown(Chain),
    Exists(Chain),
    Sign {
        minus: bool,
        of: Chain,
    },
    LikeRegex {
        of: Chain,
        pattern: String,
        flags: String,
    },
    Key(String),
    AnyKey,
    AnyArray,
    Index(Vec<(Chain, Option<Chain>)>),
    /// `**`, with its levels; `u32::MAX` is the last.
    Any(u32, u32),
    Filter(Chain),
    Call(Method),
    Datetime(Option<String>),
}

#[derive(Debug)]
pub(super) struct Path {
    pub(super) strict: bool,
    pub(super) root: Chain,
}

pub(super) fn parse(text: &str) -> R<Path> {
    let tokens = tokens(text)?;
    if tokens.len() == 1 {
        return fail("22P02", format!("invalid input syntax for type jsonpath: \"{text}\""));
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let strict = parser.word("strict");
    if !strict {
        parser.word("lax");
    }
    let (root, _) = parser.either()?;
    if parser.kind() != &Kind::End {
        return Err(parser.unexpected());
    }
    check(&root, 0, false)?;
    Ok(Path { strict, root })
}

/// `@` stands only in filters, `last` only in subscripts.
fn check(chain: &Chain, filters: u32, subscript: bool) -> R<()> {
    for item in chain {
        match item {
            Item::Current if filters == 0 => {
                return fail("42601", "@ is not allowed in root expressions");
            }
            Item::Last if !subscript => {
                return fail("42601", "LAST is allowed only in array subscripts");
            }
            Item::Binary(_, left, right) => {
                check(left, filters, subscript)?;
                check(right, filters, subscript)?;
            }
            Item::Not(of)
            | Item::IsUnknown(of)
            | Item::Exists(of)
            | Item::Sign { of, .. }
            | Item::LikeRegex { of, .. } => check(of, filters, subscript)?,
            Item::Filter(of) => check(of, filters + 1, subscript)?,
            Item::Index(list) => {
                for (from, to) in list {
                    check(from, filters, true)?;
                    to.iter().try_for_each(|to| check(to, filters, true))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

/// What was read, and whether it is a predicate.
type Read = (Chain, bool);

impl Parser {
    fn kind(&self) -> &Kind {
        self.tokens.get(self.at).map_or(&Kind::End, |token| &token.kind)
    }

    #[cold]
    fn unexpected(&self) -> Error {
        match self.tokens.get(self.at) {
            Some(token) if token.kind != Kind::End => {
                pg("42601", format!("syntax error at or near \"{}\" of jsonpath input", token.text))
            }
            _ => pg("42601", "syntax error at end of jsonpath input"),
        }
    }

    fn eat(&mut self, mark: &'static str) -> bool {
        let there = *self.kind() == Kind::Mark(mark);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, mark: &'static str) -> R<()> {
        if self.eat(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.kind(), Kind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        self.at += usize::from(there);
        there
    }

    fn string(&mut self) -> R<String> {
        match self.kind().clone() {
            Kind::Text(text) => {
                self.at += 1;
                Ok(text)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn either(&mut self) -> R<Read> {
        self.depth += 1;
        if self.depth > 60 {
            return fail("54001", "stack depth limit exceeded");
        }
        let (mut left, mut is) = self.both()?;
        while is && self.eat("||") {
            let (right, predicate) = self.both()?;
            if !predicate {
                return Err(self.unexpected());
            }
            (left, is) = (vec![Item::Binary(Op::Or, left, right)], true);
        }
        self.depth -= 1;
        Ok((left, is))
    }

    fn both(&mut self) -> R<Read> {
        let (mut left, mut is) = self.predicate()?;
        while is && self.eat("&&") {
            let (right, predicate) = self.predicate()?;
            if !predicate {
                return Err(self.unexpected());
            }
            (left, is) = (vec![Item::Binary(Op::And, left, right)], true);
        }
        Ok((left, is))
    }

    /// `! (…)`, a comparison and its kin, or a plain expression.
    fn predicate(&mut self) -> R<Read> {
        if self.eat("!") {
            if *self.kind() != Kind::Mark("(") && !self.is_word("exists") {
                return Err(self.unexpected());
            }
            let (of, predicate) = self.primary()?;
            if !predicate {
                return Err(self.unexpected());
            }
            return Ok((vec![Item::Not(of)], true));
        }
        let (left, is) = self.sum()?;
        if is {
            return Ok((left, true));
        }
        let op = match self.kind() {
            Kind::Mark("==") => Op::Equal,
            Kind::Mark("!=" | "<>") => Op::NotEqual,
            Kind::Mark("<") => Op::Less,
            Kind::Mark(">") => Op::Greater,
            Kind::Mark("<=") => Op::LessEqual,
            Kind::Mark(">=") => Op::GreaterEqual,
            _ => return self.word_predicate(left),
        };
        self.at += 1;
        let (right, is) = self.sum()?;
        if is {
            return Err(self.unexpected());
        }
        Ok((vec![Item::Binary(op, left, right)], true))
    }

    fn word_predicate(&mut self, left: Chain) -> R<Read> {
        if self.word("starts") {
            if !self.word("with") {
                return Err(self.unexpected());
            }
            let initial = match self.kind().clone() {
                Kind::Text(text) => Item::Text(text),
                Kind::Variable(name) => Item::Variable(name),
                _ => return Err(self.unexpected()),
            };
            self.at += 1;
            return Ok((vec![Item::Binary(Op::StartsWith, left, vec![initial])], true));
        }
        if self.word("like_regex") {
            let pattern = self.string()?;
            let flags = if self.word("flag") { self.string()? } else { String::new() };
            let flags = regex_flags(&flags)?;
            super::super::regex::is_match("", &pattern, &engine_flags(&flags))?;
            return Ok((vec![Item::LikeRegex { of: left, pattern, flags }], true));
        }
        Ok((left, false))
    }

    fn sum(&mut self) -> R<Read> {
        let (mut left, mut is) = self.product()?;
        while !is {
            let op = match self.kind() {
                Kind::Mark("+") => Op::Add,
                Kind::Mark("-") => Op::Subtract,
                _ => break,
            };
            self.at += 1;
            let (right, predicate) = self.product()?;
            if predicate {
                return Err(self.unexpected());
            }
            (left, is) = (vec![Item::Binary(op, left, right)], false);
        }
        Ok((left, is))
    }

    fn product(&mut self) -> R<Read> {
        let (mut left, mut is) = self.signed()?;
        while !is {
            let op = match self.kind() {
                Kind::Mark("*") => Op::Multiply,
                Kind::Mark("/") => Op::Divide,
                Kind::Mark("%") => Op::Modulo,
                _ => break,
            };
            self.at += 1;
            let (right, predicate) = self.signed()?;
            if predicate {
                return Err(self.unexpected());
            }
            (left, is) = (vec![Item::Binary(op, left, right)], false);
        }
        Ok((left, is))
    }

    fn signed(&mut self) -> R<Read> {
        let minus = match self.kind() {
            Kind::Mark("-") => true,
            Kind::Mark("+") => false,
            _ => return self.primary(),
        };
        self.at += 1;
        self.depth += 1;
        if self.depth > 60 {
            return fail("54001", "stack depth limit exceeded");
        }
        let (of, predicate) = self.signed()?;
        self.depth -= 1;
        if predicate {
            return Err(self.unexpected());
        }
        // A number takes its sign at once.
        Ok((
            match &of[..] {
                [Item::Number(number)] if minus => vec![Item::Number(number.negated())],
                [Item::Number(_)] => of,
                _ => vec![Item::Sign { minus, of }],
            },
            false,
        ))
    }

    fn primary(&mut self) -> R<Read> {
        let item = match self.kind().clone() {
            Kind::Mark("$") => Item::Root,
            Kind::Mark("@") => Item::Current,
            Kind::Variable(name) => Item::Variable(name),
            Kind::Text(text) => Item::Text(text),
            Kind::Number(text) => match Decimal::read(&text)? {
                Some(number) => Item::Number(number),
                None => return Err(self.unexpected()),
            },
            Kind::Word(word) if word == "null" => Item::Null,
            Kind::Word(word) if word == "true" => Item::Bool(true),
            Kind::Word(word) if word == "false" => Item::Bool(false),
            Kind::Word(word) if word.eq_ignore_ascii_case("last") => Item::Last,
            Kind::Word(word) if word.eq_ignore_ascii_case("exists") => {
                self.at += 1;
                self.expect("(")?;
                let (of, predicate) = self.either()?;
                if predicate {
                    return Err(self.unexpected());
                }
                self.expect(")")?;
                return Ok((vec![Item::Exists(of)], true));
            }
            Kind::Mark("(") => {
                self.at += 1;
                let (inner, predicate) = self.either()?;
                self.expect(")")?;
                if predicate && self.word("is") {
                    if !self.word("unknown") {
                        return Err(self.unexpected());
                    }
                    return Ok((vec![Item::IsUnknown(inner)], true));
                }
                let mut chain = inner;
                let plain = chain.len();
                self.accessors(&mut chain)?;
                let predicate = predicate && chain.len() == plain;
                return Ok((chain, predicate));
            }
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        let mut chain = vec![item];
        self.accessors(&mut chain)?;
        Ok((chain, false))
    }

    fn accessors(&mut self, chain: &mut Chain) -> R<()> {
        loop {
            if self.eat(".") {
                chain.push(self.member()?);
            } else if self.eat("[") {
                chain.push(self.subscript()?);
            } else if self.eat("?") {
                self.expect("(")?;
                let (of, predicate) = self.either()?;
                if !predicate {
                    return Err(self.unexpected());
                }
                self.expect(")")?;
                chain.push(Item::Filter(of));
            } else {
                return Ok(());
            }
        }
    }

    fn member(&mut self) -> R<Item> {
        if self.eat("*") {
            return Ok(Item::AnyKey);
        }
        if self.eat("**") {
            if !self.eat("{") {
                return Ok(Item::Any(0, u32::MAX));
            }
            let first = self.level()?;
            let last = if self.word("to") { self.level()? } else { first };
            self.expect("}")?;
            return Ok(Item::Any(first, last));
        }
        let (name, quoted) = match self.kind().clone() {
            Kind::Word(word) => (word, false),
            Kind::Text(text) => (text, true),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        if quoted || *self.kind() != Kind::Mark("(") {
            return Ok(Item::Key(name));
        }
        let method = match name.to_ascii_lowercase().as_str() {
            "type" => Method::Type,
            "size" => Method::Size,
            "abs" => Method::Abs,
            "floor" => Method::Floor,
            "ceiling" => Method::Ceiling,
            "double" => Method::Double,
            "keyvalue" => Method::KeyValue,
            "datetime" => {
                self.at += 1;
                let template = match self.kind() {
                    Kind::Text(_) => Some(self.string()?),
                    _ => None,
                };
                self.expect(")")?;
                return Ok(Item::Datetime(template));
            }
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        self.expect(")")?;
        Ok(Item::Call(method))
    }

    fn level(&mut self) -> R<u32> {
        if self.word("last") {
            return Ok(u32::MAX);
        }
        match self.kind().clone() {
            Kind::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.at += 1;
                Ok(text.parse().unwrap_or(u32::MAX))
            }
            _ => Err(self.unexpected()),
        }
    }

    fn subscript(&mut self) -> R<Item> {
        if self.eat("*") {
            self.expect("]")?;
            return Ok(Item::AnyArray);
        }
        let mut list = vec![];
        loop {
            let from = self.index()?;
            let to = if self.word("to") { Some(self.index()?) } else { None };
            list.push((from, to));
            if !self.eat(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(Item::Index(list))
    }

    fn index(&mut self) -> R<Chain> {
        match self.sum()? {
            (chain, false) => Ok(chain),
            _ => Err(self.unexpected()),
        }
    }
}

/// The flags of `like_regex`, in the order in which they are printed.
fn regex_flags(given: &str) -> R<String> {
    for flag in given.chars() {
        if !"ismxq".contains(flag) {
            return Err(pg("42601", "invalid input syntax for type jsonpath").with_detail(
                format!("Unrecognized flag character \"{flag}\" in LIKE_REGEX predicate."),
            ));
        }
    }
    if given.contains('x') && !given.contains('q') {
        return fail(
            "0A000",
            "XQuery \"x\" flag (expanded regular expressions) is not implemented",
        );
    }
    Ok("ismxq".chars().filter(|flag| given.contains(*flag)).collect())
}

/// XQuery's flags as those of PostgreSQL's regular expressions.
pub(super) fn engine_flags(flags: &str) -> String {
    let case = if flags.contains('i') { "i" } else { "" };
    let lines = match (flags.contains('q'), flags.contains('s'), flags.contains('m')) {
        (true, ..) => "q",
        (_, true, true) => "w",
        (_, true, false) => "s",
        (_, false, true) => "n",
        (_, false, false) => "p",
    };
    format!("{lines}{case}")
}

#[cold]
pub(super) fn no_datetime() -> Error {
    unsupported(".datetime() in a SQL/JSON path")
}
