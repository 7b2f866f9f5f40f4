//! Expressions: function calls, and the functions that have a grammar of their own.

use super::super::errors::{R, fail};
use super::super::types::{Type, Typed};
use super::ast::{Call, Expr, Literal};
use super::atoms::{boxed, call, string, system_call};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    /// A call of the function of that name, from its bracket on.
    pub(super) fn call(&mut self, parts: Vec<String>) -> R<Expr> {
        let (mut made, plain, variadic) = self.bracketed_arguments()?;
        if plain && !variadic && !made.args.is_empty() && self.is_string() {
            let to = self.resolve(parts, &made.args, 0)?;
            return Ok(Expr::Cast { expr: boxed(string(self.string()?)), to });
        }
        if self.eat(K::Within) {
            self.within_group(&mut made, variadic)?;
        }
        if self.eat(K::Filter) {
            self.expect_char(b'(')?;
            self.expect(K::Where)?;
            made.filter = Some(self.expr()?);
            self.expect_char(b')')?;
        }
        if self.eat(K::Over) {
            made.over = Some(self.over()?);
        }
        made.name = self.function_of(parts);
        Ok(Expr::Call(Box::new(made)))
    }

    /// A call in FROM: nothing may follow its brackets.
    pub(super) fn call_alone(&mut self, parts: Vec<String>) -> R<Expr> {
        let (mut made, ..) = self.bracketed_arguments()?;
        made.name = self.function_of(parts);
        Ok(Expr::Call(Box::new(made)))
    }

    /// What the brackets of a call hold; whether it is but arguments, and whether the last is VARIADIC.
    fn bracketed_arguments(&mut self) -> R<(Call, bool, bool)> {
        self.expect_char(b'(')?;
        let outer = self.enter()?;
        let mut made = Call::default();
        let mut plain = true;
        let mut variadic = false;
        if self.eat_char(b'*') {
            made.star = true;
            plain = false;
        } else if !self.is_char(b')') {
            if self.is(K::All) || self.is(K::Distinct) {
                made.distinct = self.is(K::Distinct);
                plain = false;
                self.advance();
                variadic = self.arguments(&mut made, false)?;
            } else {
                variadic = self.arguments(&mut made, true)?;
            }
            made.order_by = self.optional_order_by()?;
        }
        self.expect_char(b')')?;
        self.leave(outer, 8)?;
        made.variadic = variadic;
        Ok((made, plain, variadic))
    }

    /// Whether the last one is VARIADIC.
    fn arguments(&mut self, made: &mut Call, may_be_variadic: bool) -> R<bool> {
        loop {
            let variadic = may_be_variadic && self.eat(K::Variadic);
            if matches!(self.kind_at(1), Kind::ColonEquals | Kind::EqualsGreater)
                && self.is_type_function_name()
            {
                let name = self.take_name();
                if made.names.contains(&name) {
                    self.later(super::super::errors::pg(
                        "42601",
                        format!("argument name \"{name}\" used more than once"),
                    ));
                }
                made.names.push(name);
                self.advance();
            } else if !made.names.is_empty() {
                self.later(super::super::errors::pg(
                    "42601",
                    "positional argument cannot follow named argument",
                ));
            }
            made.args.push(self.expr()?);
            if variadic || !self.eat_char(b',') {
                return Ok(variadic);
            }
        }
    }

    fn within_group(&mut self, made: &mut Call, variadic: bool) -> R<()> {
        self.expect(K::Group)?;
        self.expect_char(b'(')?;
        let order_by = self.order_by()?;
        self.expect_char(b')')?;
        let problem = match () {
            () if !made.order_by.is_empty() => {
                "cannot use multiple ORDER BY clauses with WITHIN GROUP"
            }
            () if made.distinct => "cannot use DISTINCT with WITHIN GROUP",
            () if variadic => "cannot use VARIADIC with WITHIN GROUP",
            () => {
                made.order_by = order_by;
                made.within_group = true;
                return Ok(());
            }
        };
        fail("42601", problem)
    }

    /// The functions whose name is a keyword of the grammar; `None` if the word is none here.
    pub(super) fn special_function(&mut self, word: K) -> R<Option<Expr>> {
        let called = self.is_char_at(1, b'(');
        let expr = match word {
            K::CurrentDate
            | K::CurrentUser
            | K::SessionUser
            | K::User
            | K::CurrentRole
            | K::CurrentCatalog => {
                self.advance();
                call(word.text(), vec![])
            }
            K::CurrentSchema if !called => {
                self.advance();
                call("current_schema", vec![])
            }
            K::CurrentTime | K::CurrentTimestamp | K::Localtime | K::Localtimestamp => {
                self.advance();
                let mut args = vec![];
                if self.eat_char(b'(') {
                    args.push(Expr::Literal(Literal::Number(self.integer()?.to_string())));
                    self.expect_char(b')')?;
                }
                call(word.text(), args)
            }
            K::Collation if self.is_at(1, K::For) => {
                self.advance();
                self.advance();
                self.expect_char(b'(')?;
                let arg = self.expr()?;
                self.expect_char(b')')?;
                system_call("pg_collation_for", vec![arg])
            }
            _ if !called => return Ok(None),
            K::Coalesce | K::Greatest | K::Least | K::Grouping => {
                self.advance();
                let args = self.bracketed(Self::expr)?;
                call(word.text(), args)
            }
            K::Extract
            | K::Nullif
            | K::Overlay
            | K::Position
            | K::Substring
            | K::Trim
            | K::Normalize
            | K::Treat => {
                self.advance();
                self.advance();
                let outer = self.enter()?;
                let made = match word {
                    K::Extract => self.extract()?,
                    K::Nullif => {
                        let first = self.expr()?;
                        self.expect_char(b',')?;
                        call("nullif", vec![first, self.expr()?])
                    }
                    K::Overlay => self.overlay()?,
                    K::Position => {
                        let part = self.restricted_expr()?;
                        self.expect(K::In)?;
                        let whole = self.restricted_expr()?;
                        system_call("position", vec![whole, part])
                    }
                    K::Substring => self.substring()?,
                    K::Trim => self.trim()?,
                    K::Normalize => self.normalize()?,
                    _ => {
                        let expr = self.expr()?;
                        self.expect(K::As)?;
                        self.type_name()?;
                        self.refuse("TREAT");
                        expr
                    }
                };
                self.expect_char(b')')?;
                self.leave(outer, 8)?;
                made
            }
            K::Xmlconcat
            | K::Xmlelement
            | K::Xmlexists
            | K::Xmlforest
            | K::Xmlparse
            | K::Xmlpi
            | K::Xmlroot
            | K::Xmlserialize => {
                return Err(super::super::errors::unsupported("XML"));
            }
            _ => return Ok(None),
        };
        Ok(Some(expr))
    }

    fn extract(&mut self) -> R<Expr> {
        let field = match self.kind() {
            Kind::Text(_) => self.string()?,
            Kind::Ident | Kind::Quoted(_) => self.take_name(),
            Kind::Word(K::Year | K::Month | K::Day | K::Hour | K::Minute | K::Second) => {
                self.take_name()
            }
            _ => return self.unexpected(),
        };
        self.expect(K::From)?;
        Ok(system_call("extract", vec![string(field), self.expr()?]))
    }

    fn overlay(&mut self) -> R<Expr> {
        let mut made = Call { name: "overlay".into(), ..Call::default() };
        if !self.is_char(b')') {
            self.arguments(&mut made, false)?;
        }
        if made.args.len() == 1 && self.eat(K::Placing) {
            made.system = true;
            made.args.push(self.expr()?);
            self.expect(K::From)?;
            made.args.push(self.expr()?);
            if self.eat(K::For) {
                made.args.push(self.expr()?);
            }
        }
        Ok(Expr::Call(Box::new(made)))
    }

    /// `(s FROM 1 FOR 2)` in all its forms, or `(s, 1, 2)`.
    fn substring(&mut self) -> R<Expr> {
        let mut made = Call { name: "substring".into(), ..Call::default() };
        if !self.is_char(b')') {
            self.arguments(&mut made, false)?;
        }
        if made.args.len() != 1 {
            return Ok(Expr::Call(Box::new(made)));
        }
        made.system = !self.is_char(b')');
        match self.kind() {
            Kind::Word(K::From) => {
                self.advance();
                made.args.push(self.expr()?);
                if self.eat(K::For) {
                    made.args.push(self.expr()?);
                }
            }
            Kind::Word(K::For) => {
                self.advance();
                let length = self.expr()?;
                if self.eat(K::From) {
                    made.args.push(self.expr()?);
                    made.args.push(length);
                } else {
                    made.args.push(Expr::Literal(Literal::Number("1".into())));
                    let to = Typed::plain(Type::INT4).into();
                    made.args.push(Expr::Cast { expr: boxed(length), to });
                }
            }
            Kind::Word(K::Similar) => {
                self.advance();
                made.args.push(self.expr()?);
                self.expect(K::Escape)?;
                made.args.push(self.expr()?);
            }
            _ => {}
        }
        Ok(Expr::Call(Box::new(made)))
    }

    fn trim(&mut self) -> R<Expr> {
        let name = match self.kind() {
            Kind::Word(K::Leading) => "ltrim",
            Kind::Word(K::Trailing) => "rtrim",
            _ => "btrim",
        };
        if matches!(self.kind(), Kind::Word(K::Both | K::Leading | K::Trailing)) {
            self.advance();
        }
        let what = if self.is(K::From) { None } else { Some(self.expr()?) };
        let args = if self.eat(K::From) {
            let mut args = self.exprs()?;
            args.extend(what);
            args
        } else {
            let mut args: Vec<Expr> = what.into_iter().collect();
            while self.eat_char(b',') {
                args.push(self.expr()?);
            }
            args
        };
        Ok(system_call(name, args))
    }

    fn normalize(&mut self) -> R<Expr> {
        let mut args = vec![self.expr()?];
        if self.eat_char(b',') {
            match self.kind() {
                Kind::Word(K::Nfc | K::Nfd | K::Nfkc | K::Nfkd) => {
                    args.push(string(self.here().to_ascii_uppercase()));
                    self.advance();
                }
                _ => return self.unexpected(),
            }
        }
        Ok(system_call("normalize", args))
    }
}
