//! The parser's place in the tokens, its errors, and how deep it may go.

use super::super::errors::{R, fail, pg, unsupported};
use super::ast::{Name, Persistence};
use super::keywords::K;
use super::lexer::{Kind, Token, Tokens, tokenize};
use crate::error::Error;

/// Nesting deeper than this is 54001, so that no text can overflow the stack.
const MAX_DEPTH: usize = if cfg!(debug_assertions) { 90 } else { 600 };

/// And so is a tree that is higher than this, where an operator counts 4 and a query 8: long chains of
/// operators nest without brackets. What reads the tree uses much more stack when it is not optimised.
const MAX_HEIGHT: usize = if cfg!(debug_assertions) { 320 } else { 1600 };

/// How often a statement may say BETWEEN SYMMETRIC, whose operands are copied.
const MAX_DOUBLED: usize = 12;

/// Reads one text. No token is ever read twice, so time grows with the text only.
pub(super) struct Parser<'s> {
    pub(super) text: &'s str,
    tokens: Vec<Token>,
    values: Vec<String>,
    problem: Option<Error>,
    at: usize,
    /// The token that the statement began with.
    first: usize,
    depth: usize,
    /// Of the trees made since the innermost `enter`.
    height: usize,
    doubled: usize,
    /// An output column is being read: a label may follow.
    pub(super) labels: bool,
    /// The table that the statement defines or alters, for messages about its columns.
    pub(super) table: String,
    /// Of `(row).*` that nobody has taken yet.
    pub(super) stars: usize,
    /// Of SELECT INTO.
    pub(super) into: Option<(Name, Persistence)>,
    /// The first thing that is well-formed but wrong or not supported: said when all has been read, for a
    /// syntax error further on comes first.
    later: Option<Error>,
}

impl<'s> Parser<'s> {
    pub(super) fn new(text: &'s str) -> Parser<'s> {
        let Tokens { list, values, problem } = tokenize(text);
        Parser {
            text,
            tokens: list,
            values,
            problem,
            at: 0,
            first: 0,
            depth: 0,
            height: 0,
            doubled: 0,
            labels: false,
            stars: 0,
            into: None,
            table: String::new(),
            later: None,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.tokens[self.at].kind
    }

    pub(super) fn kind_at(&self, ahead: usize) -> Kind {
        self.tokens.get(self.at + ahead).map_or(Kind::End, |token| token.kind)
    }

    /// All identifiers of the text, in full.
    pub(super) fn identifiers(&self) -> impl Iterator<Item = String> {
        self.tokens.iter().filter_map(|token| {
            let text = &self.text[token.start as usize..token.end as usize];
            match token.kind {
                Kind::Ident => Some(text.to_ascii_lowercase()),
                Kind::Quoted(_) => {
                    Some(text.strip_prefix('"')?.strip_suffix('"')?.replace("\"\"", "\""))
                }
                _ => None,
            }
        })
    }

    /// The current token as written.
    pub(super) fn here(&self) -> &'s str {
        self.text_at(0)
    }

    pub(super) fn text_at(&self, ahead: usize) -> &'s str {
        let text = self.text;
        let token = self.tokens.get(self.at + ahead);
        token.map_or("", |token| &text[token.start as usize..token.end as usize])
    }

    /// Where the current token begins.
    pub(super) fn place(&self) -> usize {
        self.tokens[self.at].start as usize
    }

    /// The text from there to the end of the last token read.
    pub(super) fn text_since(&self, place: usize) -> &'s str {
        let end = self.at.checked_sub(1).map_or(0, |at| self.tokens[at].end as usize);
        self.text.get(place..end).unwrap_or("")
    }

    /// The last token stays: nothing is beyond it.
    pub(super) fn advance(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    /// Takes the string that a token stands for.
    pub(super) fn take_value(&mut self, place: u32) -> String {
        self.values.get_mut(place as usize).map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn value(&self, place: u32) -> &str {
        self.values.get(place as usize).map_or("", String::as_str)
    }

    pub(super) fn is(&self, word: K) -> bool {
        self.kind() == Kind::Word(word)
    }

    pub(super) fn is_at(&self, ahead: usize, word: K) -> bool {
        self.kind_at(ahead) == Kind::Word(word)
    }

    pub(super) fn is_char(&self, byte: u8) -> bool {
        self.kind() == Kind::Char(byte)
    }

    pub(super) fn is_char_at(&self, ahead: usize, byte: u8) -> bool {
        self.kind_at(ahead) == Kind::Char(byte)
    }

    pub(super) fn eat(&mut self, word: K) -> bool {
        let found = self.is(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn eat_char(&mut self, byte: u8) -> bool {
        let found = self.is_char(byte);
        if found {
            self.advance();
        }
        found
    }

    /// All of these words, or none.
    pub(super) fn eat_all(&mut self, words: &[K]) -> bool {
        let found = words.iter().enumerate().all(|(ahead, word)| self.is_at(ahead, *word));
        if found {
            words.iter().for_each(|_| self.advance());
        }
        found
    }

    pub(super) fn expect(&mut self, word: K) -> R<()> {
        if self.eat(word) { Ok(()) } else { self.unexpected() }
    }

    pub(super) fn expect_all(&mut self, words: &[K]) -> R<()> {
        words.iter().try_for_each(|word| self.expect(*word))
    }

    pub(super) fn expect_char(&mut self, byte: u8) -> R<()> {
        if self.eat_char(byte) { Ok(()) } else { self.unexpected() }
    }

    /// `IF EXISTS`
    pub(super) fn if_exists(&mut self) -> R<bool> {
        let found = self.eat(K::If);
        if found {
            self.expect(K::Exists)?;
        }
        Ok(found)
    }

    /// `IF NOT EXISTS`
    pub(super) fn if_not_exists(&mut self) -> R<bool> {
        let found = self.eat(K::If);
        if found {
            self.expect_all(&[K::Not, K::Exists])?;
        }
        Ok(found)
    }

    /// At the end of a statement.
    pub(super) fn is_end(&self) -> bool {
        matches!(self.kind(), Kind::End | Kind::Char(b';'))
    }

    /// The current token cannot stand here.
    #[cold]
    pub(super) fn unexpected<T>(&mut self) -> R<T> {
        match self.kind() {
            Kind::Bad => Err(self.problem.take().unwrap_or_else(|| pg("42601", "syntax error"))),
            Kind::End => fail("42601", "syntax error at end of input"),
            _ => fail("42601", format!("syntax error at or near \"{}\"", self.here())),
        }
    }

    /// To be said when the statement has been read.
    #[cold]
    pub(super) fn later(&mut self, error: Error) {
        self.later.get_or_insert(error);
    }

    /// The same, for what the engine does not do.
    #[cold]
    pub(super) fn refuse(&mut self, what: impl std::fmt::Display) {
        self.later(unsupported(what));
    }

    pub(super) fn begin_statement(&mut self) {
        self.first = self.at;
    }

    /// The statement's first keywords, without OR REPLACE.
    pub(super) fn headline(&self, words: usize) -> String {
        let tokens = self.tokens[self.first..].iter();
        let words: Vec<String> = tokens
            .map_while(|token| match token.kind {
                Kind::Word(word) => Some(word),
                _ => None,
            })
            .filter(|word| !matches!(word, K::Or | K::Replace))
            .take(words)
            .map(|word| word.text().to_uppercase())
            .collect();
        words.join(" ")
    }

    /// Part of the tree is about to be copied. Copies of copies would grow without bound.
    pub(super) fn double(&mut self) -> R<()> {
        self.doubled += 1;
        if self.doubled > MAX_DOUBLED { too_deep() } else { Ok(()) }
    }

    /// More brackets have been opened than closed.
    pub(super) fn in_brackets(&self) -> bool {
        let read = &self.tokens[self.first..self.at];
        let count = |byte| read.iter().filter(|token| token.kind == Kind::Char(byte)).count();
        count(b'(') + count(b'[') > count(b')') + count(b']')
    }

    /// `.*` has just been read.
    pub(super) fn follows_star(&self) -> bool {
        self.at >= 2
            && self.tokens[self.at - 1].kind == Kind::Char(b'*')
            && self.tokens[self.at - 2].kind == Kind::Char(b'.')
    }

    pub(super) fn settle(&mut self) -> R<()> {
        if self.stars > 0 {
            self.refuse("(…).* in an expression");
        }
        self.later.take().map_or(Ok(()), Err)
    }

    /// One level deeper; to be ended by `leave` with what this returns and what the level adds to the height.
    pub(super) fn enter(&mut self) -> R<usize> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return too_deep();
        }
        Ok(std::mem::replace(&mut self.height, 0))
    }

    pub(super) fn leave(&mut self, outer: usize, levels: usize) -> R<()> {
        self.depth -= 1;
        self.grow(levels)?;
        self.height = self.height.max(outer);
        Ok(())
    }

    /// The tree read since `enter` gets higher.
    pub(super) fn grow(&mut self, levels: usize) -> R<()> {
        self.height += levels;
        if self.height > MAX_HEIGHT { too_deep() } else { Ok(()) }
    }

    /// What `one` reads, with commas between.
    pub(super) fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> R<T>) -> R<Vec<T>> {
        let mut list = vec![one(self)?];
        while self.eat_char(b',') {
            list.push(one(self)?);
        }
        Ok(list)
    }

    /// The same in brackets.
    pub(super) fn bracketed<T>(&mut self, one: impl FnMut(&mut Self) -> R<T>) -> R<Vec<T>> {
        self.expect_char(b'(')?;
        let list = self.list(one)?;
        self.expect_char(b')')?;
        Ok(list)
    }
}

#[cold]
fn too_deep<T>() -> R<T> {
    fail("54001", "stack depth limit exceeded")
}
