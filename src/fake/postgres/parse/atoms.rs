//! Expressions: constants, columns, brackets, CASE, rows, arrays, and what is picked out of a value.

use super::super::errors::{R, fail, pg};
use super::ast::{Call, Expr, Literal, Query, SetExpr};
use super::cursor::Parser;
use super::keywords::{Category, K};
use super::lexer::Kind;

pub(super) fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

pub(super) fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Call(Box::new(Call { name: name.into(), args, ..Call::default() }))
}

/// A call that the grammar makes: messages name its schema.
pub(super) fn system_call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Call(Box::new(Call { name: name.into(), args, system: true, ..Call::default() }))
}

pub(super) fn string(text: impl Into<String>) -> Expr {
    Expr::Literal(Literal::String(text.into()))
}

/// What stands in brackets.
pub(super) enum Paren {
    Query(Box<Query>),
    List(Vec<Expr>),
}

impl Parser<'_> {
    /// What an operator connects: `c_expr` of PostgreSQL's grammar.
    pub(super) fn atom(&mut self) -> R<Expr> {
        match self.kind() {
            Kind::Integer | Kind::Float => {
                let number = Expr::Literal(Literal::Number(self.here().to_owned()));
                self.advance();
                Ok(number)
            }
            Kind::Text(_) => Ok(string(self.string()?)),
            Kind::Bits(place) => {
                let digits = self.value(place).to_owned();
                self.advance();
                self.bits(&digits)
            }
            Kind::Param => {
                let parameter = self.parameter()?;
                self.indirection(parameter)
            }
            Kind::Char(b'(') => self.brackets(),
            Kind::Ident | Kind::Quoted(_) => self.named(),
            Kind::Word(word) => self.keyword(word),
            _ => self.unexpected(),
        }
    }

    fn parameter(&mut self) -> R<Expr> {
        let text = self.here();
        let number = text.strip_prefix('$').and_then(|digits| digits.parse::<usize>().ok());
        let Some(number @ 1..=65_535) = number else {
            return fail("42P02", format!("there is no parameter {text}"));
        };
        self.advance();
        Ok(Expr::Parameter(number - 1))
    }

    fn bits(&mut self, digits: &str) -> R<Expr> {
        self.refuse(format!("the literal {}'{}'", digits[..1].to_uppercase(), &digits[1..]));
        Ok(string(&digits[1..]))
    }

    fn keyword(&mut self, word: K) -> R<Expr> {
        let literal = match word {
            K::True => Literal::Bool(true),
            K::False => Literal::Bool(false),
            K::Null => Literal::Null,
            K::Case => return self.case(),
            K::Array => return self.array(),
            K::Cast => {
                self.advance();
                self.expect_char(b'(')?;
                let expr = boxed(self.expr()?);
                self.expect(K::As)?;
                let to = self.type_name()?;
                self.expect_char(b')')?;
                return Ok(Expr::Cast { expr, to });
            }
            K::Exists if self.is_char_at(1, b'(') => {
                self.advance();
                return Ok(Expr::Exists(self.query_in_brackets()?));
            }
            K::Row if self.is_char_at(1, b'(') => {
                self.advance();
                self.advance();
                let list = if self.is_char(b')') { vec![] } else { self.row_items()? };
                self.expect_char(b')')?;
                return self.row(list);
            }
            K::Unique if self.is_char_at(1, b'(') => {
                self.advance();
                self.query_in_brackets()?;
                self.later(super::super::errors::pg(
                    "0A000",
                    "UNIQUE predicate is not yet implemented",
                ));
                return Ok(Expr::Literal(Literal::Null));
            }
            _ => {
                if let Some(expr) = self.special_function(word)? {
                    return Ok(expr);
                }
                if self.begins_type_constant(word) {
                    return self.type_constant();
                }
                if word.category() == Category::Reserved {
                    return self.unexpected();
                }
                return self.named();
            }
        };
        self.advance();
        Ok(Expr::Literal(literal))
    }

    /// A column, a function call, or a constant of a named type.
    fn named(&mut self) -> R<Expr> {
        let (may_be_column, may_be_function) = (self.is_col_id(), self.is_type_function_name());
        let mut parts = vec![self.take_name()];
        let mut star = false;
        while self.is_char(b'.') {
            if !may_be_column {
                return self.unexpected();
            }
            self.advance();
            if self.eat_char(b'*') {
                star = true;
                break;
            }
            parts.push(self.col_label()?);
        }
        let function = !star && (parts.len() > 1 || may_be_function);
        match self.kind() {
            Kind::Char(b'(') if function => return self.call(parts),
            Kind::Text(_) if function => {
                let to = self.resolve(parts, &[], 0)?;
                let expr = boxed(string(self.string()?));
                return Ok(Expr::Cast { expr, to });
            }
            _ if !may_be_column => return self.unexpected(),
            _ => {}
        }
        if parts.len() > 4 {
            let name = parts.join(".");
            let message = format!("improper qualified name (too many dotted names): {name}");
            self.later(pg("42601", message));
        }
        // `f(t.*)` is `f(t)`.
        if star {
            return Ok(Expr::Column(parts));
        }
        self.indirection(Expr::Column(parts))
    }

    /// `.*` after one or more names begins here; how many tokens it takes.
    pub(super) fn star_ahead(&self) -> Option<usize> {
        let mut at = 0;
        loop {
            match self.kind_at(at) {
                Kind::Ident | Kind::Quoted(_) | Kind::Word(_) => {}
                _ => return None,
            }
            if !self.is_char_at(at + 1, b'.') {
                return None;
            }
            if self.is_char_at(at + 2, b'*') {
                return Some(at + 3);
            }
            at += 2;
        }
    }

    /// `[1]`, `[1:2]`, `.field`
    fn indirection(&mut self, mut expr: Expr) -> R<Expr> {
        loop {
            if self.eat_char(b'[') {
                self.grow(4)?;
                let low = if self.is_char(b':') { None } else { Some(boxed(self.expr()?)) };
                let array = boxed(expr);
                if self.eat_char(b':') {
                    let high = if self.is_char(b']') { None } else { Some(boxed(self.expr()?)) };
                    expr = Expr::Slice { array, low, high };
                } else if let Some(index) = low {
                    expr = Expr::Subscript { array, index };
                } else {
                    return self.unexpected();
                }
                self.expect_char(b']')?;
            } else if self.eat_char(b'.') {
                self.grow(4)?;
                if self.eat_char(b'*') {
                    self.stars += 1;
                    return Ok(expr);
                }
                expr = Expr::Field { row: boxed(expr), name: self.col_label()? };
            } else {
                return Ok(expr);
            }
        }
    }

    /// `(a)`, `(a, b)`, `(SELECT …)`, and what is picked out of it.
    fn brackets(&mut self) -> R<Expr> {
        match self.paren(true)? {
            Paren::Query(query) => self.indirection(Expr::Subquery(query)),
            Paren::List(mut list) if list.len() == 1 => {
                let expr = list.pop().unwrap_or(Expr::Literal(Literal::Null));
                self.indirection(expr)
            }
            Paren::List(list) => self.row(list),
        }
    }

    /// After a row: OVERLAPS, or nothing.
    fn row(&mut self, list: Vec<Expr>) -> R<Expr> {
        self.grow(4)?;
        if !self.eat(K::Overlaps) {
            return Ok(Expr::Row(list));
        }
        let other = if self.eat(K::Row) {
            self.expect_char(b'(')?;
            let other = if self.is_char(b')') { vec![] } else { self.exprs()? };
            self.expect_char(b')')?;
            other
        } else {
            match self.paren(true)? {
                Paren::List(other) if other.len() > 1 => other,
                _ => return self.unexpected(),
            }
        };
        for (side, row) in [("left", &list), ("right", &other)] {
            if row.len() != 2 {
                let message =
                    format!("wrong number of parameters on {side} side of OVERLAPS expression");
                return fail("42601", message);
            }
        }
        let mut args = list;
        args.extend(other);
        Ok(system_call("overlaps", args))
    }

    /// The elements of a row; `t.*` would be its columns.
    fn row_items(&mut self) -> R<Vec<Expr>> {
        self.list(|p| {
            if p.star_ahead().is_some() {
                p.refuse("* in a row");
            }
            p.expr()
        })
    }

    /// What `(` begins: a query, or an expression, or several with commas if `many`.
    ///
    /// `((SELECT 1) UNION SELECT 2)` is a query and `((SELECT 1) + 1)` is none: which it is shows only
    /// after the inner brackets.
    pub(super) fn paren(&mut self, many: bool) -> R<Paren> {
        self.expect_char(b'(')?;
        let outer = self.enter()?;
        let found = if self.begins_query() {
            Paren::Query(Box::new(self.query()?))
        } else if self.is_char(b'(') {
            match self.paren(true)? {
                Paren::Query(inner) if self.is_char(b')') => Paren::Query(inner),
                Paren::Query(inner) if self.continues_query() => {
                    let query = self.query_after(SetExpr::Query(inner))?;
                    Paren::Query(Box::new(query))
                }
                Paren::Query(inner) => {
                    let left = self.indirection(Expr::Subquery(inner))?;
                    let first = self.rest_of_expr(left)?;
                    Paren::List(self.more(first, many)?)
                }
                Paren::List(mut list) => {
                    let left = if list.len() == 1 {
                        let expr = list.pop().unwrap_or(Expr::Literal(Literal::Null));
                        self.indirection(expr)?
                    } else {
                        self.row(list)?
                    };
                    let first = self.rest_of_expr(left)?;
                    Paren::List(self.more(first, many)?)
                }
            }
        } else {
            let star = self.star_ahead().is_some();
            let first = self.expr()?;
            if star && self.is_char(b',') {
                self.refuse("* in a row");
            }
            Paren::List(self.more(first, many)?)
        };
        self.expect_char(b')')?;
        self.leave(outer, 0)?;
        Ok(found)
    }

    /// Further expressions after commas.
    fn more(&mut self, first: Expr, many: bool) -> R<Vec<Expr>> {
        let mut list = vec![first];
        while many && self.eat_char(b',') {
            list.push(self.expr()?);
        }
        Ok(list)
    }

    fn case(&mut self) -> R<Expr> {
        self.advance();
        let outer = self.enter()?;
        let operand = if self.is(K::When) { None } else { Some(boxed(self.expr()?)) };
        let mut branches = vec![];
        loop {
            self.expect(K::When)?;
            let condition = self.expr()?;
            self.expect(K::Then)?;
            branches.push((condition, self.expr()?));
            if !self.is(K::When) {
                break;
            }
        }
        let otherwise = if self.eat(K::Else) { Some(boxed(self.expr()?)) } else { None };
        self.expect(K::End)?;
        self.leave(outer, 4)?;
        Ok(Expr::Case { operand, branches, otherwise })
    }

    /// `ARRAY[…]`, `ARRAY(SELECT …)`
    fn array(&mut self) -> R<Expr> {
        self.advance();
        match self.kind() {
            Kind::Char(b'[') => self.array_items(),
            Kind::Char(b'(') => Ok(Expr::ArrayQuery(self.query_in_brackets()?)),
            _ => self.unexpected(),
        }
    }

    /// `[1, 2]`, `[[1], [2]]`
    fn array_items(&mut self) -> R<Expr> {
        self.expect_char(b'[')?;
        let outer = self.enter()?;
        let list = match self.kind() {
            Kind::Char(b']') => vec![],
            Kind::Char(b'[') => self.list(Self::array_items)?,
            _ => self.exprs()?,
        };
        self.expect_char(b']')?;
        self.leave(outer, 4)?;
        Ok(Expr::Array(list))
    }

    /// `interval '1' day` and its kin; words that are types by the grammar.
    fn type_constant(&mut self) -> R<Expr> {
        let interval = self.is(K::Interval);
        let mut to = self.type_of_constant()?;
        let text = self.string()?;
        if interval && let Some(typed) = self.interval_fields()? {
            to = typed.into();
        }
        Ok(Expr::Cast { expr: boxed(string(text)), to })
    }
}
