//! CREATE INDEX and ALTER INDEX.

use super::super::super::errors::R;
use super::super::ast::{AlterAction, AlterTable, CreateIndex, OrderItem, RelationKind, Statement};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::refused;
use super::storage::Owner;

impl Parser<'_> {
    pub(super) fn create_index(&mut self) -> R<Statement> {
        let unique = self.eat(K::Unique);
        self.expect(K::Index)?;
        let concurrently = self.eat(K::Concurrently);
        let if_not_exists = self.if_not_exists()?;
        let name = if if_not_exists || !self.is(K::On) { Some(self.col_id()?) } else { None };
        self.expect(K::On)?;
        let table = self.relation_expr()?;
        let method = if self.eat(K::Using) { self.col_id()? } else { "btree".to_owned() };
        let (columns, classes) = self.bracketed(Self::index_column)?.into_iter().unzip();
        let include = self.included()?;
        let nulls_distinct = self.nulls_distinct()?;
        if self.eat(K::With) {
            self.reloptions(Owner::Index)?;
        }
        self.tablespace()?;
        let predicate = self.optional_where()?;
        Ok(Statement::CreateIndex(Box::new(CreateIndex {
            name,
            table,
            method,
            columns,
            classes,
            include,
            unique,
            nulls_distinct,
            concurrently,
            if_not_exists,
            predicate,
        })))
    }

    /// A column, a call, or an expression in brackets; with collation, operator class and order.
    pub(in super::super) fn index_item(&mut self) -> R<OrderItem> {
        let (item, class) = self.index_column()?;
        if class.is_some() {
            self.refuse("an operator class");
        }
        Ok(item)
    }

    /// The same with the operator class.
    fn index_column(&mut self) -> R<(OrderItem, Option<String>)> {
        if self.is_char(b'(') && self.kind_at(1) == Kind::Word(K::Select) {
            self.advance();
            return self.unexpected();
        }
        let expr = self.atom()?;
        if self.eat(K::Collate) {
            self.collation()?;
        }
        let mut class = None;
        if self.is_col_id() && !self.is(K::Nulls) {
            class = self.any_name()?.pop();
            if self.is_char(b'(') {
                self.reloptions(Owner::Any)?;
            }
        }
        Ok((self.direction(expr)?, class))
    }

    pub(super) fn alter_index(&mut self) -> R<Statement> {
        self.expect(K::Index)?;
        let if_exists = self.if_exists()?;
        let table = self.relation()?;
        let action = if self.eat(K::Rename) {
            self.expect(K::To)?;
            AlterAction::RenameTable(self.col_id()?)
        } else if (self.is(K::Set) || self.is(K::Reset)) && self.is_char_at(1, b'(') {
            let owner = if self.is(K::Set) { Owner::Index } else { Owner::Any };
            self.advance();
            self.reloptions(owner)?;
            AlterAction::Nothing { column: None }
        } else {
            self.refuse("this form of ALTER INDEX");
            self.skip_rest();
            return Ok(refused());
        };
        let (kind, actions) = (RelationKind::Index, vec![action]);
        Ok(Statement::AlterTable(Box::new(AlterTable { kind, table, if_exists, actions })))
    }

    /// To the end of a statement that is refused.
    pub(super) fn skip_rest(&mut self) {
        while !self.is_end() && self.kind() != Kind::Bad {
            self.advance();
        }
    }
}
