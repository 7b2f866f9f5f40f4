//! INSERT, UPDATE, DELETE, MERGE and TRUNCATE.

use super::super::errors::{R, pg};
use super::ast::{
    Assignment, ConflictTarget, Delete, Expr, Insert, Merge, MergeAction, MergeWhen, Name,
    OnConflict, OrderItem, Statement, Step, Target, Update, With,
};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    pub(super) fn insert(&mut self, with: With) -> R<Insert> {
        self.expect_all(&[K::Insert, K::Into])?;
        let table = self.relation()?;
        let alias = if self.eat(K::As) { Some(self.col_id()?) } else { None };
        let mut insert = Insert {
            with,
            table,
            alias,
            columns: vec![],
            source: None,
            overriding_system: None,
            on_conflict: None,
            returning: vec![],
        };
        if self.eat(K::Default) {
            self.expect(K::Values)?;
        } else {
            if self.is_char(b'(') && !self.begins_source() {
                insert.columns = self.bracketed(Self::target)?;
            }
            if self.eat(K::Overriding) {
                insert.overriding_system = Some(self.is(K::System));
                if !self.eat(K::System) {
                    self.expect(K::User)?;
                }
                self.expect(K::Value)?;
            }
            insert.source = Some(self.query()?);
        }
        if self.eat(K::On) {
            insert.on_conflict = Some(self.on_conflict()?);
        }
        insert.returning = self.optional_returning()?;
        Ok(insert)
    }

    /// The bracket begins a query and no list of columns.
    fn begins_source(&self) -> bool {
        match self.kind_at(1) {
            Kind::Char(b'(') => true,
            Kind::Word(K::Values) => self.is_char_at(2, b'('),
            Kind::Word(K::Select | K::With | K::Table) => true,
            _ => false,
        }
    }

    /// A column that gets a value, or a part of one.
    fn target(&mut self) -> R<Target> {
        let column = self.col_id()?;
        let mut path = vec![];
        loop {
            if self.eat_char(b'.') {
                path.push(Step::Field(self.col_label()?));
            } else if self.eat_char(b'[') {
                let low = if self.is_char(b':') { None } else { Some(self.expr()?) };
                if self.eat_char(b':') {
                    let high = if self.is_char(b']') { None } else { Some(self.expr()?) };
                    path.push(Step::Slice(low, high));
                } else if let Some(index) = low {
                    path.push(Step::Index(index));
                }
                self.expect_char(b']')?;
            } else {
                return Ok(Target { column, path });
            }
        }
    }

    fn on_conflict(&mut self) -> R<OnConflict> {
        self.expect(K::Conflict)?;
        let target = if self.eat(K::On) {
            self.expect(K::Constraint)?;
            ConflictTarget::Constraint(self.col_id()?)
        } else if self.is_char(b'(') {
            let items = self.bracketed(Self::index_item)?;
            let keys = self.arbiter_keys(items);
            ConflictTarget::Keys { keys, predicate: self.optional_where()? }
        } else {
            ConflictTarget::Any
        };
        self.expect(K::Do)?;
        if self.eat(K::Nothing) {
            return Ok(OnConflict { target, update: None });
        }
        self.expect_all(&[K::Update, K::Set])?;
        let assignments = self.assignments()?;
        let filter = self.optional_where()?;
        if matches!(target, ConflictTarget::Any) {
            self.later(pg(
                "42601",
                "ON CONFLICT DO UPDATE requires inference specification or constraint name",
            ));
        }
        Ok(OnConflict { target, update: Some((assignments, filter)) })
    }

    fn arbiter_keys(&mut self, items: Vec<OrderItem>) -> Vec<Expr> {
        let mut keys = vec![];
        for item in items {
            if item.descending {
                self.later(pg("42P10", "ASC/DESC is not allowed in ON CONFLICT clause"));
            } else if item.nulls_first.is_some() {
                self.later(pg("42P10", "NULLS FIRST/LAST is not allowed in ON CONFLICT clause"));
            }
            keys.push(item.expr);
        }
        keys
    }

    fn assignments(&mut self) -> R<Vec<Assignment>> {
        self.list(|p| {
            let targets =
                if p.is_char(b'(') { p.bracketed(Self::target)? } else { vec![p.target()?] };
            p.expect_char(b'=')?;
            Ok(Assignment { targets, value: p.expr()? })
        })
    }

    /// The table that a statement changes, and its alias. SET and USING are none.
    fn target_table(&mut self) -> R<(Name, Option<String>)> {
        let table = self.relation_expr()?;
        let alias = if self.eat(K::As) {
            Some(self.col_id()?)
        } else if self.is_col_id() && !self.is(K::Set) {
            Some(self.take_name())
        } else {
            None
        };
        Ok((table, alias))
    }

    /// WHERE, CURRENT OF included.
    fn where_or_current(&mut self) -> R<Option<Expr>> {
        if self.is(K::Where) && self.is_at(1, K::Current) && self.is_at(2, K::Of) {
            self.advance();
            self.advance();
            self.advance();
            return Ok(Some(Expr::CurrentOf(self.col_id()?)));
        }
        self.optional_where()
    }

    pub(super) fn update(&mut self, with: With) -> R<Update> {
        self.expect(K::Update)?;
        let (table, alias) = self.target_table()?;
        self.expect(K::Set)?;
        let assignments = self.assignments()?;
        let from = if self.eat(K::From) { self.list(Self::table_ref)? } else { vec![] };
        let filter = self.where_or_current()?;
        let returning = self.optional_returning()?;
        Ok(Update { with, table, alias, assignments, from, filter, returning })
    }

    pub(super) fn delete(&mut self, with: With) -> R<Delete> {
        self.expect_all(&[K::Delete, K::From])?;
        let (table, alias) = self.target_table()?;
        let using = if self.eat(K::Using) { self.list(Self::table_ref)? } else { vec![] };
        let filter = self.where_or_current()?;
        let returning = self.optional_returning()?;
        Ok(Delete { with, table, alias, using, filter, returning })
    }

    pub(super) fn merge(&mut self, with: With) -> R<Merge> {
        self.expect_all(&[K::Merge, K::Into])?;
        let (table, alias) = self.target_table()?;
        self.expect(K::Using)?;
        let source = self.table_ref()?;
        self.expect(K::On)?;
        let on = self.expr()?;
        if !self.is(K::When) {
            return self.unexpected();
        }
        let mut whens = vec![];
        while self.eat(K::When) {
            whens.push(self.merge_when()?);
        }
        Ok(Merge { with, table, alias, source, on, whens })
    }

    fn merge_when(&mut self) -> R<MergeWhen> {
        let matched = !self.eat(K::Not);
        self.expect(K::Matched)?;
        let condition = if self.eat(K::And) { Some(self.expr()?) } else { None };
        self.expect(K::Then)?;
        let action = if self.eat(K::Do) {
            self.expect(K::Nothing)?;
            MergeAction::Nothing
        } else if !matched {
            self.merge_insert()?
        } else if self.eat(K::Delete) {
            MergeAction::Delete
        } else {
            self.expect_all(&[K::Update, K::Set])?;
            MergeAction::Update(self.assignments()?)
        };
        Ok(MergeWhen { matched, condition, action })
    }

    fn merge_insert(&mut self) -> R<MergeAction> {
        self.expect(K::Insert)?;
        if self.eat_all(&[K::Default, K::Values]) {
            return Ok(MergeAction::Insert {
                columns: vec![],
                overriding_system: None,
                values: None,
            });
        }
        let columns = if self.is_char(b'(') { self.bracketed(Self::target)? } else { vec![] };
        let mut overriding_system = None;
        if self.eat(K::Overriding) {
            overriding_system = Some(self.is(K::System));
            if !self.eat(K::System) {
                self.expect(K::User)?;
            }
            self.expect(K::Value)?;
        }
        self.expect(K::Values)?;
        let values = Some(self.bracketed(Self::expr)?);
        Ok(MergeAction::Insert { columns, overriding_system, values })
    }

    pub(super) fn truncate(&mut self) -> R<Statement> {
        self.expect(K::Truncate)?;
        self.eat(K::Table);
        let tables = self.list(Self::relation_expr)?;
        let mut restart_identity = false;
        if self.is(K::Restart) || self.is(K::Continue) {
            restart_identity = self.is(K::Restart);
            self.advance();
            self.expect(K::Identity)?;
        }
        let cascade = self.cascade();
        Ok(Statement::Truncate { tables, restart_identity, cascade })
    }
}
