//! CREATE INDEX and ALTER INDEX.

use super::super::super::errors::R;
use super::super::ast::{AlterAction, CreateIndex, OrderItem, Statement};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::refused;

impl Parser<'_> {
    pub(super) fn create_index(&mut self) -> R<Statement> {
        let unique = self.eat(K::Unique);
        self.expect(K::Index)?;
        if self.eat(K::Concurrently) {
            self.refuse("CREATE INDEX CONCURRENTLY");
        }
        let if_not_exists = self.if_not_exists()?;
        let name = if if_not_exists || !self.is(K::On) { Some(self.col_id()?) } else { None };
        self.expect(K::On)?;
        let table = self.relation_expr()?;
        if self.eat(K::Using) {
            let method = self.col_id()?;
            if method != "btree" {
                self.refuse("this kind of index");
            }
        }
        let columns = self.bracketed(Self::index_item)?;
        self.included()?;
        if !self.nulls_distinct()? {
            self.refuse("this kind of index");
        }
        if self.eat(K::With) {
            self.reloptions()?;
            self.refuse("this kind of index");
        }
        self.tablespace()?;
        let predicate = self.optional_where()?;
        Ok(Statement::CreateIndex(Box::new(CreateIndex {
            name,
            table,
            columns,
            unique,
            if_not_exists,
            predicate,
        })))
    }

    /// A column, a call, or an expression in brackets; with collation, operator class and order.
    pub(in super::super) fn index_item(&mut self) -> R<OrderItem> {
        let expr = self.atom()?;
        if self.eat(K::Collate) {
            self.any_name()?;
            self.refuse("COLLATE");
        }
        if self.is_col_id() && !self.is(K::Nulls) {
            self.any_name()?;
            if self.is_char(b'(') {
                self.reloptions()?;
            }
            self.refuse("an operator class");
        }
        self.direction(expr)
    }

    pub(super) fn alter_index(&mut self) -> R<Statement> {
        self.expect(K::Index)?;
        let if_exists = self.if_exists()?;
        let table = self.relation()?;
        if self.eat(K::Rename) {
            self.expect(K::To)?;
            let to = self.col_id()?;
            self.refuse("ALTER INDEX … RENAME");
            let actions = vec![AlterAction::RenameTable(to)];
            return Ok(Statement::AlterTable { table, if_exists, actions });
        }
        self.refuse("this form of ALTER INDEX");
        self.skip_rest();
        Ok(refused())
    }

    /// To the end of a statement that is refused.
    pub(super) fn skip_rest(&mut self) {
        while !self.is_end() && self.kind() != super::super::lexer::Kind::Bad {
            self.advance();
        }
    }
}
