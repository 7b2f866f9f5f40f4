//! FROM: tables, functions, subqueries, joins, and their aliases.

use super::super::errors::{R, fail, pg, unsupported};
use super::ast::{
    Expr, FunctionPart, JoinKind, JoinOn, Name, Query, SetExpr, TableFunction, TableRef, TypeName,
};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

/// What follows a function in FROM.
#[derive(Default)]
struct FunctionAlias {
    name: Option<String>,
    columns: Vec<String>,
    typed: Vec<(String, TypeName)>,
}

/// What brackets in FROM hold.
enum Held {
    Query(Box<Query>),
    Joined(TableRef),
}

impl Parser<'_> {
    /// A table, with or without ONLY and `*`: there is no inheritance, so they say nothing.
    pub(super) fn relation_expr(&mut self) -> R<Name> {
        if self.eat(K::Only) {
            if self.eat_char(b'(') {
                let name = self.relation()?;
                self.expect_char(b')')?;
                return Ok(name);
            }
            return self.relation();
        }
        let name = self.relation()?;
        self.eat_char(b'*');
        Ok(name)
    }

    /// An item of FROM, with all its joins.
    pub(super) fn table_ref(&mut self) -> R<TableRef> {
        let outer = self.enter()?;
        let mut left = self.table_primary()?;
        while self.begins_join() {
            left = self.join(left)?;
        }
        self.leave(outer, 0)?;
        Ok(left)
    }

    fn begins_join(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Word(K::Join | K::Inner | K::Left | K::Right | K::Full | K::Cross | K::Natural)
        )
    }

    fn join(&mut self, left: TableRef) -> R<TableRef> {
        self.grow(2)?;
        let left = Box::new(left);
        if self.eat(K::Cross) {
            self.expect(K::Join)?;
            let right = Box::new(self.table_primary()?);
            return Ok(TableRef::Join {
                kind: JoinKind::Inner,
                left,
                right,
                on: JoinOn::None,
                alias: None,
            });
        }
        let natural = self.eat(K::Natural);
        let kind = match self.kind() {
            Kind::Word(K::Left) => JoinKind::Left,
            Kind::Word(K::Right) => JoinKind::Right,
            Kind::Word(K::Full) => JoinKind::Full,
            _ => JoinKind::Inner,
        };
        if kind != JoinKind::Inner {
            self.advance();
            self.eat(K::Outer);
        } else {
            self.eat(K::Inner);
        }
        self.expect(K::Join)?;
        let mut right = self.table_primary()?;
        if natural {
            let right = Box::new(right);
            return Ok(TableRef::Join { kind, left, right, on: JoinOn::Natural, alias: None });
        }
        // A join that has no condition yet belongs to what is on its right.
        let outer = self.enter()?;
        while self.begins_join() {
            right = self.join(right)?;
        }
        self.leave(outer, 0)?;
        let on = if self.eat(K::Using) {
            let columns = self.bracketed(Self::col_id)?;
            let alias = if self.eat(K::As) { Some(self.col_id()?) } else { None };
            JoinOn::Using(columns, alias)
        } else {
            self.expect(K::On)?;
            JoinOn::On(self.expr()?)
        };
        Ok(TableRef::Join { kind, left, right: Box::new(right), on, alias: None })
    }

    fn table_primary(&mut self) -> R<TableRef> {
        let lateral = self.eat(K::Lateral);
        match self.kind() {
            Kind::Char(b'(') => {
                let held = self.held()?;
                match held {
                    Held::Query(query) => self.subquery(query, lateral),
                    Held::Joined(_) if lateral => self.unexpected(),
                    Held::Joined(mut joined) => {
                        if let (Some(name), columns) = self.optional_alias()?
                            && let TableRef::Join { alias, .. } = &mut joined
                        {
                            *alias = Some((name, columns));
                        }
                        Ok(joined)
                    }
                }
            }
            Kind::Word(K::Rows) if self.is_at(1, K::From) => self.rows_from(),
            Kind::Word(K::Xmltable) if self.is_char_at(1, b'(') => Err(unsupported("XMLTABLE")),
            Kind::Word(word) if self.is_table_function(word) => {
                let call = self.atom()?;
                self.table_function(call)
            }
            Kind::Word(K::Only) => {
                let name = self.relation_expr()?;
                self.table(name)
            }
            _ => self.table_or_function(lateral),
        }
    }

    /// A function that the grammar knows by its name.
    fn is_table_function(&self, word: K) -> bool {
        match word {
            K::CurrentDate
            | K::CurrentTime
            | K::CurrentTimestamp
            | K::Localtime
            | K::Localtimestamp
            | K::CurrentUser
            | K::CurrentRole
            | K::SessionUser
            | K::User
            | K::CurrentCatalog
            | K::CurrentSchema
            | K::Cast => true,
            K::Collation => self.is_at(1, K::For),
            K::Coalesce
            | K::Greatest
            | K::Least
            | K::Extract
            | K::Nullif
            | K::Overlay
            | K::Position
            | K::Substring
            | K::Trim
            | K::Normalize => self.is_char_at(1, b'('),
            _ => false,
        }
    }

    fn table_or_function(&mut self, lateral: bool) -> R<TableRef> {
        let (may_be_table, may_be_function) = (self.is_col_id(), self.is_type_function_name());
        if !may_be_table && !may_be_function {
            return self.unexpected();
        }
        let mut parts = vec![self.take_name()];
        while may_be_table && self.eat_char(b'.') {
            parts.push(self.col_label()?);
        }
        if self.is_char(b'(') && (parts.len() > 1 || may_be_function) {
            let call = self.call_alone(parts)?;
            return self.table_function(call);
        }
        if !may_be_table || lateral {
            return self.unexpected();
        }
        let name = self.relation_of(parts);
        self.eat_char(b'*');
        self.table(name)
    }

    fn table(&mut self, name: Name) -> R<TableRef> {
        let (alias, columns) = self.optional_alias()?;
        if self.eat(K::Tablesample) {
            self.any_name()?;
            self.bracketed(Self::expr)?;
            if self.eat(K::Repeatable) {
                self.bracketed(Self::expr)?;
            }
            self.refuse("TABLESAMPLE");
        }
        Ok(TableRef::Table { name, alias, columns })
    }

    /// `AS a (b, c)`, `a`, or nothing.
    pub(super) fn optional_alias(&mut self) -> R<(Option<String>, Vec<String>)> {
        if !self.eat(K::As) && !self.is_col_id() {
            return Ok((None, vec![]));
        }
        let name = self.col_id()?;
        Ok((Some(name), self.optional_columns()?))
    }

    fn subquery(&mut self, query: Box<Query>, lateral: bool) -> R<TableRef> {
        let (alias, columns) = self.optional_alias()?;
        if alias.is_none() {
            let what = if matches!(query.body, SetExpr::Values(_)) { "VALUES" } else { "subquery" };
            return fail("42601", format!("{what} in FROM must have an alias"));
        }
        Ok(TableRef::Subquery { query, alias, columns, lateral })
    }

    /// `(SELECT …)` or `(a JOIN b …)`; as with expressions, inner brackets may be either.
    fn held(&mut self) -> R<Held> {
        self.expect_char(b'(')?;
        let outer = self.enter()?;
        let held = if self.begins_query() {
            Held::Query(Box::new(self.query()?))
        } else if self.is_char(b'(') {
            match self.held()? {
                Held::Query(inner) if self.is_char(b')') => Held::Query(inner),
                Held::Query(inner) if self.continues_query() => {
                    Held::Query(Box::new(self.query_after(SetExpr::Query(inner))?))
                }
                Held::Query(inner) => {
                    let left = self.subquery(inner, false)?;
                    Held::Joined(self.joined(left)?)
                }
                Held::Joined(inner) if self.is_char(b')') => Held::Joined(inner),
                Held::Joined(inner) => Held::Joined(self.joined(inner)?),
            }
        } else {
            let left = self.table_primary()?;
            Held::Joined(self.joined(left)?)
        };
        self.expect_char(b')')?;
        self.leave(outer, 0)?;
        Ok(held)
    }

    /// One join at least.
    fn joined(&mut self, mut left: TableRef) -> R<TableRef> {
        if !self.begins_join() {
            return self.unexpected();
        }
        while self.begins_join() {
            left = self.join(left)?;
        }
        Ok(left)
    }

    fn table_function(&mut self, call: Expr) -> R<TableRef> {
        let part = self.function_part(call);
        self.table_functions(vec![part], false)
    }

    /// Functions, with ordinality and aliases after them.
    fn table_functions(&mut self, mut parts: Vec<FunctionPart>, rows_from: bool) -> R<TableRef> {
        let ordinality = self.is(K::With) && self.is_at(1, K::Ordinality);
        if ordinality {
            self.advance();
            self.advance();
        }
        let FunctionAlias { name: alias, columns, typed } = self.function_alias()?;
        if !typed.is_empty() {
            match parts.as_mut_slice() {
                [part] if !rows_from => part.typed = typed,
                _ => self.later(pg(
                    "42601",
                    "ROWS FROM() with multiple functions cannot have a column definition list",
                )),
            }
        }
        Ok(TableRef::Function(Box::new(TableFunction {
            parts,
            rows_from,
            alias,
            columns,
            ordinality,
        })))
    }

    fn function_part(&mut self, call: Expr) -> FunctionPart {
        let (name, args) = match call {
            Expr::Call(call) => {
                let plain = !call.star
                    && !call.distinct
                    && call.order_by.is_empty()
                    && call.filter.is_none()
                    && call.over.is_none()
                    && call.names.is_empty();
                if !plain {
                    self.refuse(format!("this form of calling {} in FROM", call.name));
                }
                (call.name, call.args)
            }
            _ => {
                self.refuse("CAST in FROM");
                (String::new(), vec![])
            }
        };
        FunctionPart { name, args, typed: vec![] }
    }

    fn function_alias(&mut self) -> R<FunctionAlias> {
        let mut alias = FunctionAlias::default();
        if self.eat(K::As) {
            if !self.is_char(b'(') {
                alias.name = Some(self.col_id()?);
            }
        } else if self.is_col_id() {
            alias.name = Some(self.take_name());
        } else {
            return Ok(alias);
        }
        if !self.is_char(b'(') {
            return Ok(alias);
        }
        // `(a int, b text)`, or `(a, b)`.
        let typed = alias.name.is_none() || !matches!(self.kind_at(2), Kind::Char(b',' | b')'));
        if typed {
            alias.typed = self.bracketed(|p| {
                let name = p.col_id()?;
                let typed = p.type_name()?;
                if p.eat(K::Collate) {
                    p.collation_of(&typed)?;
                }
                Ok((name, typed))
            })?;
        } else {
            alias.columns = self.bracketed(Self::col_id)?;
        }
        Ok(alias)
    }

    fn rows_from(&mut self) -> R<TableRef> {
        self.advance();
        self.advance();
        self.expect_char(b'(')?;
        let parts = self.list(|p| {
            let call = p.atom()?;
            let mut part = p.function_part(call);
            if p.eat(K::As) {
                part.typed = p.bracketed(|p| Ok((p.col_id()?, p.type_name()?)))?;
            }
            Ok(part)
        })?;
        self.expect_char(b')')?;
        self.table_functions(parts, true)
    }
}
