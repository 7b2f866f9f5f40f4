//! Expressions: operators with their precedence. `atoms` has what stands between them.
//!
//! From weak to strong: OR, AND, NOT, IS, comparison, BETWEEN and its kin, other operators, `+ -`, `* / %`,
//! `^`, AT TIME ZONE, COLLATE, the sign, `::`. Comparisons, IS … FROM, LIKE and BETWEEN do not associate.

use super::super::errors::R;
use super::ast::{Expr, Literal};
use super::atoms::{Paren, boxed, call, string, system_call};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const IS: u8 = 4;
const COMPARISON: u8 = 5;
const LIKE: u8 = 6;
const OTHER: u8 = 8;
const SUM: u8 = 9;
const PRODUCT: u8 = 10;
const POWER: u8 = 11;
const ZONE: u8 = 12;
const COLLATE: u8 = 13;
const SIGN: u8 = 14;
const CAST: u8 = 16;

/// What an operator made, and its level if it does not associate.
type Applied = (Expr, Option<u8>);

impl Parser<'_> {
    /// Any expression.
    pub(super) fn expr(&mut self) -> R<Expr> {
        self.operators(0, false)
    }

    pub(super) fn exprs(&mut self) -> R<Vec<Expr>> {
        self.list(Self::expr)
    }

    /// One without AND, NOT, IN, LIKE, BETWEEN, IS NULL, COLLATE: where those would be ambiguous.
    pub(super) fn restricted_expr(&mut self) -> R<Expr> {
        self.operators(0, true)
    }

    /// Operators of that level and above.
    fn operators(&mut self, least: u8, restricted: bool) -> R<Expr> {
        let outer = self.enter()?;
        let left = self.prefixed(restricted)?;
        let expr = self.infixed(left, least, restricted)?;
        self.leave(outer, 0)?;
        Ok(expr)
    }

    /// Goes on after an operand that has been read.
    pub(super) fn rest_of_expr(&mut self, left: Expr) -> R<Expr> {
        self.infixed(left, 0, false)
    }

    fn prefixed(&mut self, restricted: bool) -> R<Expr> {
        match self.kind() {
            Kind::Char(b'-') => {
                self.advance();
                Ok(match self.signed(SIGN, restricted)? {
                    // So that the smallest integer is one.
                    Expr::Literal(Literal::Number(number)) => {
                        Expr::Literal(Literal::Number(match number.strip_prefix('-') {
                            Some(number) => number.to_owned(),
                            None => format!("-{number}"),
                        }))
                    }
                    expr => Expr::Unary("-".into(), boxed(expr)),
                })
            }
            Kind::Char(b'+') => {
                self.advance();
                Ok(Expr::Unary("+".into(), boxed(self.signed(SIGN, restricted)?)))
            }
            Kind::Op => {
                let name = self.operator()?;
                Ok(Expr::Unary(name, boxed(self.signed(OTHER + 1, restricted)?)))
            }
            Kind::Word(K::Operator) if self.is_char_at(1, b'(') => {
                let name = self.operator()?;
                Ok(Expr::Unary(name, boxed(self.signed(OTHER + 1, restricted)?)))
            }
            Kind::Word(K::Not) if !restricted && !self.is_negated_like() => {
                self.advance();
                Ok(Expr::Not(boxed(self.signed(NOT, false)?)))
            }
            Kind::Word(K::Default) if !restricted => {
                self.advance();
                Ok(Expr::Default)
            }
            _ => self.atom(),
        }
    }

    /// The operand of what stands before it.
    fn signed(&mut self, least: u8, restricted: bool) -> R<Expr> {
        let operand = self.operators(least, restricted)?;
        self.grow(4)?;
        Ok(operand)
    }

    /// NOT that belongs to the word after it.
    fn is_negated_like(&self) -> bool {
        self.is(K::Not)
            && matches!(
                self.kind_at(1),
                Kind::Word(K::Between | K::In | K::Like | K::Ilike | K::Similar)
            )
    }

    /// An operator's word that nothing follows is a column's label: `SELECT 1 is`.
    fn is_label(&self) -> bool {
        let ends = matches!(
            self.kind_at(1),
            Kind::End
                | Kind::Char(b';' | b',')
                | Kind::Word(
                    K::From
                        | K::Into
                        | K::Where
                        | K::Group
                        | K::Having
                        | K::Window
                        | K::Order
                        | K::Limit
                        | K::Offset
                        | K::Fetch
                        | K::Union
                        | K::Except
                        | K::Intersect
                )
        );
        ends && self.labels
            && matches!(self.kind(), Kind::Word(word) if word.is_bare_label())
            && !self.in_brackets()
    }

    /// The level of the current token, if it is an operator between two operands or after one.
    pub(super) fn level(&self, restricted: bool) -> Option<u8> {
        Some(match self.kind() {
            Kind::Char(b'+' | b'-') => SUM,
            Kind::Char(b'*' | b'/' | b'%') => PRODUCT,
            Kind::Char(b'^') => POWER,
            Kind::Char(b'<' | b'>' | b'=') => COMPARISON,
            Kind::LessEquals | Kind::GreaterEquals | Kind::NotEquals => COMPARISON,
            Kind::Op => OTHER,
            Kind::Cast => CAST,
            Kind::Word(K::Operator) if self.is_char_at(1, b'(') => OTHER,
            Kind::Word(K::Is) if !self.is_label() => {
                let after = if self.is_at(1, K::Not) { 2 } else { 1 };
                if restricted && !self.is_at(after, K::Distinct) {
                    return None;
                }
                IS
            }
            Kind::Word(_) if restricted || self.is_label() => return None,
            Kind::Word(K::Or) => OR,
            Kind::Word(K::And) => AND,
            Kind::Word(K::Isnull | K::Notnull) => IS,
            Kind::Word(K::Similar) if !self.is_at(1, K::To) => return None,
            Kind::Word(K::Between | K::In | K::Like | K::Ilike | K::Similar) => LIKE,
            Kind::Word(K::Not) if self.is_negated_like() => LIKE,
            Kind::Word(K::At) => ZONE,
            Kind::Word(K::Collate) => COLLATE,
            _ => return None,
        })
    }

    fn infixed(&mut self, mut left: Expr, least: u8, restricted: bool) -> R<Expr> {
        let mut closed = None;
        while let Some(level) = self.level(restricted) {
            if level < least {
                break;
            }
            if closed == Some(level) {
                return self.unexpected();
            }
            (left, closed) = self.apply(left, level, restricted)?;
        }
        Ok(left)
    }

    fn apply(&mut self, left: Expr, level: u8, restricted: bool) -> R<Applied> {
        match level {
            OR | AND => return Ok((self.junction(left, level)?, None)),
            IS => return self.is_test(left, restricted),
            LIKE => return self.like_test(left),
            _ => self.grow(4)?,
        }
        let applied = match self.kind() {
            Kind::Cast => {
                self.advance();
                Expr::Cast { expr: boxed(left), to: self.type_name()? }
            }
            Kind::Word(K::At) => {
                self.advance();
                self.expect_all(&[K::Time, K::Zone])?;
                let zone = self.operators(ZONE + 1, false)?;
                system_call("timezone", vec![zone, left])
            }
            Kind::Word(K::Collate) => {
                self.advance();
                self.collation()?;
                Expr::Collate(boxed(left))
            }
            _ => {
                let op = self.operator()?;
                if !restricted && self.is_quantifier() {
                    return Ok((self.quantified(left, op)?, None));
                }
                let right = self.operators(level + 1, restricted)?;
                let closed = (level == COMPARISON).then_some(level);
                return Ok((Expr::Binary(op, boxed(left), boxed(right)), closed));
            }
        };
        Ok((applied, None))
    }

    /// The operator that the current token is or begins, as the catalog names it.
    pub(super) fn operator(&mut self) -> R<String> {
        let name = match self.kind() {
            Kind::NotEquals => "<>",
            Kind::Char(b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'<' | b'>' | b'=')
            | Kind::Op
            | Kind::LessEquals
            | Kind::GreaterEquals => self.here(),
            Kind::Word(K::Operator) if self.is_char_at(1, b'(') => return self.named_operator(),
            _ => return self.unexpected(),
        };
        self.advance();
        Ok(name.to_owned())
    }

    /// `OPERATOR(pg_catalog.+)`
    fn named_operator(&mut self) -> R<String> {
        self.advance();
        self.expect_char(b'(')?;
        let mut schema = vec![];
        while self.is_col_id() {
            schema.push(self.take_name());
            self.expect_char(b'.')?;
        }
        if let [schema] = schema.as_slice()
            && schema != "pg_catalog"
        {
            self.later(super::super::errors::pg(
                "3F000",
                format!("schema \"{schema}\" does not exist"),
            ));
        }
        let name = self.operator()?;
        self.expect_char(b')')?;
        Ok(name)
    }

    /// `a AND b AND c`: a list, made a tree that is not as high as the list is long.
    fn junction(&mut self, left: Expr, level: u8) -> R<Expr> {
        let word = if level == AND { K::And } else { K::Or };
        let mut list = vec![left];
        while self.eat(word) {
            list.push(self.operators(level + 1, false)?);
        }
        let join = if level == AND { Expr::And } else { Expr::Or };
        let levels = if list.len() > 8 { list.len().ilog2() as usize + 8 } else { list.len() - 1 };
        self.grow(4 * levels)?;
        while list.len() > 8 {
            let mut pairs = Vec::with_capacity(list.len() / 2 + 1);
            let mut rest = list.into_iter();
            while let Some(first) = rest.next() {
                pairs.push(match rest.next() {
                    Some(second) => join(boxed(first), boxed(second)),
                    None => first,
                });
            }
            list = pairs;
        }
        let mut list = list.into_iter();
        let first = list.next().unwrap_or(Expr::Literal(Literal::Null));
        Ok(list.fold(first, |left, right| join(boxed(left), boxed(right))))
    }

    fn is_test(&mut self, left: Expr, restricted: bool) -> R<Applied> {
        self.grow(4)?;
        let expr = boxed(left);
        if self.eat(K::Isnull) {
            return Ok((Expr::IsNull { expr, negated: false }, None));
        }
        if self.eat(K::Notnull) {
            return Ok((Expr::IsNull { expr, negated: true }, None));
        }
        self.expect(K::Is)?;
        let negated = self.eat(K::Not);
        let test = match self.kind() {
            Kind::Word(K::Null) if !restricted => Expr::IsNull { expr, negated },
            Kind::Word(K::True) if !restricted => Expr::IsBool { expr, value: Some(true), negated },
            Kind::Word(K::False) if !restricted => {
                Expr::IsBool { expr, value: Some(false), negated }
            }
            Kind::Word(K::Unknown) if !restricted => Expr::IsBool { expr, value: None, negated },
            Kind::Word(K::Distinct) => {
                self.advance();
                self.expect(K::From)?;
                let right = boxed(self.operators(IS + 1, restricted)?);
                return Ok((Expr::IsDistinct { left: expr, right, negated }, Some(IS)));
            }
            Kind::Word(K::Document) => {
                self.refuse("IS DOCUMENT");
                *expr
            }
            Kind::Word(K::Normalized | K::Nfc | K::Nfd | K::Nfkc | K::Nfkd) if !restricted => {
                let mut args = vec![*expr];
                if !self.is(K::Normalized) {
                    args.push(string(self.here().to_ascii_uppercase()));
                    self.advance();
                }
                if !self.is(K::Normalized) {
                    return self.unexpected();
                }
                let test = system_call("is_normalized", args);
                if negated { Expr::Not(boxed(test)) } else { test }
            }
            _ => return self.unexpected(),
        };
        self.advance();
        Ok((test, None))
    }

    /// BETWEEN, IN, LIKE, ILIKE, SIMILAR TO, each with NOT or without.
    fn like_test(&mut self, left: Expr) -> R<Applied> {
        self.grow(4)?;
        let negated = self.eat(K::Not);
        let word = self.kind();
        self.advance();
        match word {
            Kind::Word(K::Between) => self.between(left, negated),
            Kind::Word(K::In) => Ok((self.in_test(left, negated)?, None)),
            Kind::Word(K::Similar) => {
                self.expect(K::To)?;
                let pattern = self.operators(LIKE + 1, false)?;
                let mut args = vec![left, pattern];
                if self.eat(K::Escape) {
                    args.push(self.operators(LIKE + 1, false)?);
                }
                let similar = call("similar_to", args);
                let test = if negated { Expr::Not(boxed(similar)) } else { similar };
                Ok((test, Some(LIKE)))
            }
            _ => {
                let fold_case = word == Kind::Word(K::Ilike);
                if self.is_quantifier() {
                    let op = match (negated, fold_case) {
                        (false, false) => "~~",
                        (true, false) => "!~~",
                        (false, true) => "~~*",
                        (true, true) => "!~~*",
                    };
                    return Ok((self.quantified(left, op.into())?, None));
                }
                let expr = boxed(left);
                let pattern = boxed(self.operators(LIKE + 1, false)?);
                let escape = if self.eat(K::Escape) {
                    Some(boxed(self.operators(LIKE + 1, false)?))
                } else {
                    None
                };
                Ok((Expr::Like { expr, pattern, escape, negated, fold_case }, Some(LIKE)))
            }
        }
    }

    fn between(&mut self, left: Expr, negated: bool) -> R<Applied> {
        let symmetric = self.eat(K::Symmetric);
        if !symmetric {
            self.eat(K::Asymmetric);
        }
        let low = boxed(self.operators(0, true)?);
        self.expect(K::And)?;
        let high = boxed(self.operators(LIKE + 1, false)?);
        let expr = boxed(left);
        if !symmetric {
            return Ok((Expr::Between { expr, low, high, negated }, Some(LIKE)));
        }
        self.double()?;
        let swapped =
            Expr::Between { expr: expr.clone(), low: high.clone(), high: low.clone(), negated };
        let plain = Expr::Between { expr, low, high, negated };
        let join = if negated { Expr::And } else { Expr::Or };
        Ok((join(boxed(plain), boxed(swapped)), Some(LIKE)))
    }

    fn in_test(&mut self, left: Expr, negated: bool) -> R<Expr> {
        let expr = boxed(left);
        Ok(match self.paren(true)? {
            Paren::Query(query) => Expr::InQuery { expr, query, negated },
            Paren::List(list) => Expr::InList { expr, list, negated },
        })
    }

    fn is_quantifier(&self) -> bool {
        matches!(self.kind(), Kind::Word(K::Any | K::Some | K::All))
    }

    /// `op ANY (…)`, `op ALL (…)`
    fn quantified(&mut self, left: Expr, op: String) -> R<Expr> {
        let all = self.is(K::All);
        self.advance();
        let left = boxed(left);
        Ok(match self.paren(false)? {
            Paren::Query(query) => Expr::QuantifiedQuery { left, op, query, all },
            Paren::List(mut list) => {
                let right = boxed(list.pop().unwrap_or(Expr::Literal(Literal::Null)));
                Expr::Quantified { left, op, right, all }
            }
        })
    }
}
