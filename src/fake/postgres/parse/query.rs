//! Queries: WITH, SELECT, VALUES, TABLE, set operations, and what may follow them.

use super::super::errors::{R, fail, pg};
use super::ast::{
    CreateTableAs, Cte, Distinct, Expr, Item, Literal, LockWait, OnCommit, Persistence, Query,
    Select, SetExpr, SetOp, Statement, TableRef, With,
};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    /// A query without brackets around it begins here.
    pub(super) fn begins_query(&self) -> bool {
        matches!(self.kind(), Kind::Word(K::Select | K::Values | K::With | K::Table))
    }

    /// After a query in brackets: something that makes it part of a larger one.
    pub(super) fn continues_query(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Word(
                K::Union
                    | K::Intersect
                    | K::Except
                    | K::Order
                    | K::Limit
                    | K::Offset
                    | K::Fetch
                    | K::For
            )
        )
    }

    pub(super) fn query_in_brackets(&mut self) -> R<Box<Query>> {
        self.expect_char(b'(')?;
        let query = self.query()?;
        self.expect_char(b')')?;
        Ok(Box::new(query))
    }

    pub(super) fn query(&mut self) -> R<Query> {
        let with = self.optional_with()?;
        let query = self.query_with(with)?;
        if self.into.is_some() {
            return fail("42601", "SELECT ... INTO is not allowed here");
        }
        Ok(query)
    }

    /// A query after its WITH.
    pub(super) fn query_with(&mut self, with: With) -> R<Query> {
        let outer = self.enter()?;
        let body = self.set_expr(0)?;
        let query = self.tail(with, body)?;
        self.leave(outer, 8)?;
        Ok(query)
    }

    /// A query whose first operand has been read.
    pub(super) fn query_after(&mut self, first: SetExpr) -> R<Query> {
        let body = self.set_operations(first, 0)?;
        self.tail(With::default(), body)
    }

    pub(super) fn optional_with(&mut self) -> R<With> {
        if !self.eat(K::With) {
            return Ok(With::default());
        }
        let recursive = self.eat(K::Recursive);
        Ok(With { recursive, list: self.list(Self::cte)? })
    }

    fn cte(&mut self) -> R<Cte> {
        let name = self.col_id()?;
        let columns = self.optional_columns()?;
        self.expect(K::As)?;
        if self.is(K::Not) {
            self.advance();
            self.expect(K::Materialized)?;
        } else {
            self.eat(K::Materialized);
        }
        self.expect_char(b'(')?;
        let outer = self.enter()?;
        let body = self.preparable()?;
        self.expect_char(b')')?;
        self.leave(outer, 0)?;
        if self.is(K::Search) || self.is(K::Cycle) {
            self.search_and_cycle()?;
        }
        Ok(Cte { name, columns, body })
    }

    fn search_and_cycle(&mut self) -> R<()> {
        if self.eat(K::Search) {
            if !self.eat(K::Depth) {
                self.expect(K::Breadth)?;
            }
            self.expect_all(&[K::First, K::By])?;
            self.col_ids()?;
            self.expect(K::Set)?;
            self.col_id()?;
            self.refuse("SEARCH");
        }
        if self.eat(K::Cycle) {
            self.col_ids()?;
            self.expect(K::Set)?;
            self.col_id()?;
            if self.eat(K::To) {
                self.atom()?;
                self.expect(K::Default)?;
                self.atom()?;
            }
            self.expect(K::Using)?;
            self.col_id()?;
            self.refuse("CYCLE");
        }
        Ok(())
    }

    /// A query, or a statement that changes rows.
    pub(super) fn preparable(&mut self) -> R<Statement> {
        let with = self.optional_with()?;
        let statement = match self.kind() {
            Kind::Word(K::Insert) => Statement::Insert(Box::new(self.insert(with)?)),
            Kind::Word(K::Update) => Statement::Update(Box::new(self.update(with)?)),
            Kind::Word(K::Delete) => Statement::Delete(Box::new(self.delete(with)?)),
            Kind::Word(K::Merge) => Statement::Merge(Box::new(self.merge(with)?)),
            _ => Statement::Query(Box::new(self.query_with(with)?)),
        };
        let Some((name, persistence)) = self.into.take() else { return Ok(statement) };
        let Statement::Query(query) = statement else {
            return fail("42601", "SELECT ... INTO is not allowed here");
        };
        Ok(Statement::CreateTableAs(Box::new(CreateTableAs {
            name,
            columns: vec![],
            query: *query,
            if_not_exists: false,
            persistence,
            on_commit: OnCommit::PreserveRows,
            with_data: true,
            materialized: false,
        })))
    }

    /// Set operations of that level (1: UNION and EXCEPT, 2: INTERSECT) and above.
    fn set_expr(&mut self, least: u8) -> R<SetExpr> {
        let outer = self.enter()?;
        let first = self.set_operand()?;
        let whole = self.set_operations(first, least)?;
        self.leave(outer, 0)?;
        Ok(whole)
    }

    fn set_operations(&mut self, mut left: SetExpr, least: u8) -> R<SetExpr> {
        loop {
            let (op, level) = match self.kind() {
                Kind::Word(K::Union) => (SetOp::Union, 1),
                Kind::Word(K::Except) => (SetOp::Except, 1),
                Kind::Word(K::Intersect) => (SetOp::Intersect, 2),
                _ => return Ok(left),
            };
            if level < least {
                return Ok(left);
            }
            self.advance();
            self.grow(1)?;
            let all = self.eat(K::All);
            if !all {
                self.eat(K::Distinct);
            }
            let right = Box::new(self.set_expr(level + 1)?);
            left = SetExpr::Operation { op, all, left: Box::new(left), right };
        }
    }

    fn set_operand(&mut self) -> R<SetExpr> {
        match self.kind() {
            Kind::Word(K::Select) => Ok(SetExpr::Select(Box::new(self.select()?))),
            Kind::Word(K::Values) => {
                self.advance();
                let rows = self.list(|p| p.bracketed(Self::expr))?;
                if rows.iter().any(|row| row.len() != rows[0].len()) {
                    self.later(pg("42601", "VALUES lists must all be the same length"));
                }
                Ok(SetExpr::Values(rows))
            }
            Kind::Word(K::Table) => {
                self.advance();
                let name = self.relation_expr()?;
                let from = vec![TableRef::Table { name, alias: None, columns: vec![] }];
                let items = vec![Item::Star(None)];
                Ok(SetExpr::Select(Box::new(Select { items, from, ..no_select() })))
            }
            Kind::Char(b'(') => {
                self.advance();
                let query = self.query()?;
                self.expect_char(b')')?;
                let bare = query.with.list.is_empty()
                    && query.order_by.is_empty()
                    && query.limit.is_none()
                    && query.offset.is_none()
                    && query.locks.is_empty();
                Ok(if bare { query.body } else { SetExpr::Query(Box::new(query)) })
            }
            _ => self.unexpected(),
        }
    }

    /// ORDER BY, LIMIT, OFFSET, FETCH, FOR UPDATE.
    fn tail(&mut self, with: With, body: SetExpr) -> R<Query> {
        let order_by = self.optional_order_by()?;
        let mut query = Query {
            with,
            body,
            order_by,
            limit: None,
            offset: None,
            locks: vec![],
            with_ties: false,
        };
        let locked_first = self.is(K::For);
        if locked_first {
            self.locks(&mut query)?;
        }
        let mut ties = false;
        loop {
            match self.kind() {
                Kind::Word(K::Limit) if query.limit.is_none() => self.limit(&mut query)?,
                Kind::Word(K::Fetch) if query.limit.is_none() => ties = self.fetch(&mut query)?,
                Kind::Word(K::Offset) if query.offset.is_none() => self.offset(&mut query)?,
                _ => break,
            }
        }
        if !locked_first && self.is(K::For) {
            self.locks(&mut query)?;
        }
        if ties {
            if query.order_by.is_empty() {
                return fail("42601", "WITH TIES cannot be specified without ORDER BY clause");
            }
            if query.locks.iter().any(|lock| lock.wait == LockWait::SkipLocked) {
                return fail("42601", "SKIP LOCKED and WITH TIES options cannot be used together");
            }
            query.with_ties = true;
        }
        merge_brackets(query)
    }

    fn limit(&mut self, query: &mut Query) -> R<()> {
        self.advance();
        let all = Expr::Literal(Literal::Null);
        query.limit = Some(if self.eat(K::All) { all } else { self.expr()? });
        if self.is_char(b',') {
            self.advance();
            self.expr()?;
            return fail("42601", "LIMIT #,# syntax is not supported");
        }
        Ok(())
    }

    /// `FETCH FIRST 3 ROWS ONLY`; whether it says WITH TIES.
    fn fetch(&mut self, query: &mut Query) -> R<bool> {
        self.advance();
        if !self.eat(K::First) {
            self.expect(K::Next)?;
        }
        let one = Expr::Literal(Literal::Number("1".into()));
        let none = matches!(self.kind(), Kind::Word(K::Row | K::Rows));
        query.limit = Some(if none { one } else { self.row_count()? });
        self.row_or_rows()?;
        if self.eat(K::Only) {
            return Ok(false);
        }
        self.expect_all(&[K::With, K::Ties])?;
        Ok(true)
    }

    fn row_or_rows(&mut self) -> R<()> {
        if self.eat(K::Row) { Ok(()) } else { self.expect(K::Rows) }
    }

    fn row_count(&mut self) -> R<Expr> {
        if self.is_char(b'+') || self.is_char(b'-') {
            return Ok(Expr::Literal(Literal::Number(self.signed_number()?)));
        }
        self.atom()
    }

    fn offset(&mut self, query: &mut Query) -> R<()> {
        self.advance();
        query.offset = Some(self.expr()?);
        if matches!(self.kind(), Kind::Word(K::Row | K::Rows)) {
            self.advance();
        }
        Ok(())
    }

    fn select(&mut self) -> R<Select> {
        self.advance();
        let mut select = no_select();
        if self.eat(K::Distinct) {
            select.distinct = Distinct::Yes;
            if self.eat(K::On) {
                select.distinct = Distinct::On(self.bracketed(Self::expr)?);
            }
            select.items = self.items()?;
        } else {
            self.eat(K::All);
            if !self.ends_items() {
                select.items = self.items()?;
            }
        }
        if self.eat(K::Into) {
            self.select_into()?;
        }
        if self.eat(K::From) {
            select.from = self.list(Self::table_ref)?;
        }
        select.filter = self.optional_where()?;
        if self.is(K::Group) {
            self.group_by(&mut select)?;
        }
        if self.eat(K::Having) {
            select.having = Some(self.expr()?);
        }
        if self.eat(K::Window) {
            select.windows = self.windows()?;
        }
        Ok(select)
    }

    /// A list of output columns may be empty.
    fn ends_items(&self) -> bool {
        self.is_end()
            || self.is_char(b')')
            || self.continues_query()
            || matches!(
                self.kind(),
                Kind::Word(K::Into | K::From | K::Where | K::Group | K::Having | K::Window)
            )
    }

    fn select_into(&mut self) -> R<()> {
        let mut persistence = Persistence::Permanent;
        if self.eat(K::Temporary)
            || self.eat(K::Temp)
            || self.eat_all(&[K::Local, K::Temporary])
            || self.eat_all(&[K::Local, K::Temp])
        {
            persistence = Persistence::Temporary;
        } else if self.eat(K::Unlogged) {
            persistence = Persistence::Unlogged;
        }
        self.eat(K::Table);
        let name = self.relation()?;
        if self.into.replace((name, persistence)).is_some() {
            return fail("42601", "SELECT ... INTO is not allowed here");
        }
        Ok(())
    }

    pub(super) fn optional_where(&mut self) -> R<Option<Expr>> {
        if self.eat(K::Where) { self.expr().map(Some) } else { Ok(None) }
    }

    pub(super) fn items(&mut self) -> R<Vec<Item>> {
        self.list(Self::item)
    }

    pub(super) fn optional_returning(&mut self) -> R<Vec<Item>> {
        if self.eat(K::Returning) { self.items() } else { Ok(vec![]) }
    }

    fn item(&mut self) -> R<Item> {
        if self.eat_char(b'*') {
            return Ok(Item::Star(None));
        }
        if let Some(length) = self.star_ahead() {
            let mut parts = vec![];
            let mut read = 0;
            while read + 2 < length {
                parts.push(if read == 0 { self.col_id()? } else { self.col_label()? });
                self.advance();
                read += 2;
            }
            self.advance();
            if self.level(false).is_some() {
                let expr = self.rest_of_expr(Expr::Column(parts))?;
                return self.labelled(expr);
            }
            if self.eat(K::As) {
                self.col_label()?;
            } else if self.is_bare_label() {
                self.take_name();
            }
            return Ok(Item::Star(parts.pop()));
        }
        let stars = self.stars;
        self.labels = true;
        let expr = self.expr()?;
        self.labels = false;
        let whole = matches!(
            expr,
            Expr::Column(_)
                | Expr::Parameter(_)
                | Expr::Call(_)
                | Expr::Cast { .. }
                | Expr::Subquery(_)
                | Expr::Row(_)
                | Expr::Field { .. }
                | Expr::Subscript { .. }
                | Expr::Case { .. }
        );
        if self.stars == stars + 1 && whole && self.follows_star() {
            self.stars = stars;
            return Ok(Item::Fields(expr));
        }
        self.labelled(expr)
    }

    fn labelled(&mut self, expr: Expr) -> R<Item> {
        let alias = if self.eat(K::As) {
            Some(self.col_label()?)
        } else if self.is_bare_label() {
            Some(self.take_name())
        } else {
            None
        };
        Ok(Item::Expr { expr, alias })
    }
}

fn no_select() -> Select {
    Select {
        distinct: Distinct::No,
        items: vec![],
        from: vec![],
        filter: None,
        group_by: vec![],
        group_distinct: false,
        having: None,
        windows: vec![],
    }
}

/// `(SELECT …) ORDER BY a` is one query: brackets around the whole of it say nothing.
fn merge_brackets(query: Query) -> R<Query> {
    let SetExpr::Query(inner) = query.body else { return Ok(query) };
    let twice = match () {
        () if !query.order_by.is_empty() && !inner.order_by.is_empty() => "ORDER BY",
        () if query.offset.is_some() && inner.offset.is_some() => "OFFSET",
        () if query.limit.is_some() && inner.limit.is_some() => "LIMIT",
        () if !query.with.list.is_empty() && !inner.with.list.is_empty() => "WITH",
        () => {
            let mut merged = *inner;
            if !query.order_by.is_empty() {
                merged.order_by = query.order_by;
            }
            merged.limit = merged.limit.or(query.limit);
            merged.with_ties |= query.with_ties;
            merged.offset = merged.offset.or(query.offset);
            merged.locks.extend(query.locks);
            if !query.with.list.is_empty() {
                merged.with = query.with;
            }
            return Ok(merged);
        }
    };
    fail("42601", format!("multiple {twice} clauses not allowed"))
}
