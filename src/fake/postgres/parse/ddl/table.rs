//! CREATE TABLE.

use super::super::super::errors::R;
use super::super::ast::{Constraint, CreateTable, Statement};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::{Persistence, refused};

impl Parser<'_> {
    pub(super) fn create_table(&mut self, persistence: Persistence) -> R<Statement> {
        self.expect(K::Table)?;
        match persistence {
            Persistence::Permanent => {}
            Persistence::Temporary => self.refuse("CREATE TEMPORARY TABLE"),
            Persistence::Unlogged => self.refuse("CREATE UNLOGGED TABLE"),
        }
        let if_not_exists = self.if_not_exists()?;
        let name = self.relation()?;
        if self.begins_as() {
            return self.create_table_as();
        }
        let (mut columns, mut constraints) = (vec![], vec![]);
        if self.eat(K::Of) {
            self.any_name()?;
            if self.is_char(b'(') {
                self.bracketed(Self::typed_table_element)?;
            }
            self.refuse("CREATE TABLE … OF");
        } else if self.is(K::Partition) && self.is_at(1, K::Of) {
            return self.partition_of();
        } else {
            self.expect_char(b'(')?;
            if !self.is_char(b')') {
                loop {
                    if self.eat(K::Like) {
                        self.table_like()?;
                    } else if self.begins_constraint() {
                        constraints.push(self.table_constraint()?);
                    } else {
                        columns.push(self.column_def()?);
                    }
                    if !self.eat_char(b',') {
                        break;
                    }
                }
            }
            self.expect_char(b')')?;
        }
        if self.eat(K::Inherits) {
            self.bracketed(Self::relation)?;
            self.refuse("INHERITS");
        }
        if self.eat(K::Partition) {
            self.partition_by()?;
        }
        self.table_options()?;
        Ok(Statement::CreateTable(Box::new(CreateTable {
            name,
            if_not_exists,
            columns,
            constraints,
        })))
    }

    /// AS, perhaps after names of columns, or what may stand before it.
    fn begins_as(&self) -> bool {
        match self.kind() {
            Kind::Word(K::As | K::Using | K::With | K::Without | K::On | K::Tablespace) => true,
            Kind::Char(b'(') => {
                matches!(self.kind_at(1), Kind::Ident | Kind::Quoted(_) | Kind::Word(_))
                    && matches!(self.kind_at(2), Kind::Char(b',' | b')'))
            }
            _ => false,
        }
    }

    fn create_table_as(&mut self) -> R<Statement> {
        self.optional_columns()?;
        self.table_options()?;
        self.expect(K::As)?;
        self.refuse("CREATE TABLE AS");
        if self.is(K::Execute) {
            self.execute()?;
        } else {
            self.query()?;
        }
        self.with_data()?;
        Ok(refused())
    }

    /// WITH DATA, which is so anyhow, or WITH NO DATA.
    pub(super) fn with_data(&mut self) -> R<bool> {
        if !self.eat(K::With) {
            return Ok(true);
        }
        let data = !self.eat(K::No);
        self.expect(K::Data)?;
        Ok(data)
    }

    /// USING, WITH, ON COMMIT, TABLESPACE.
    pub(super) fn table_options(&mut self) -> R<()> {
        if self.eat(K::Using) {
            self.col_id()?;
            self.refuse("an access method");
        }
        if self.eat(K::With) {
            self.reloptions()?;
            self.refuse("a table option");
        } else if self.eat(K::Without) {
            self.expect(K::Oids)?;
        }
        if self.eat(K::On) {
            self.expect(K::Commit)?;
            if self.eat(K::Delete) || self.eat(K::Preserve) {
                self.expect(K::Rows)?;
            } else {
                self.expect(K::Drop)?;
            }
            self.refuse("ON COMMIT");
        }
        self.tablespace()
    }

    pub(super) fn tablespace(&mut self) -> R<()> {
        if self.eat(K::Tablespace) {
            self.col_id()?;
            self.refuse("TABLESPACE");
        }
        Ok(())
    }

    fn typed_table_element(&mut self) -> R<()> {
        if self.begins_constraint() {
            let _: Constraint = self.table_constraint()?;
            return Ok(());
        }
        self.col_id()?;
        self.eat_all(&[K::With, K::Options]);
        self.column_options("")?;
        Ok(())
    }

    fn table_like(&mut self) -> R<()> {
        self.relation()?;
        while matches!(self.kind(), Kind::Word(K::Including | K::Excluding)) {
            self.advance();
            match self.kind() {
                Kind::Word(
                    K::Comments
                    | K::Compression
                    | K::Constraints
                    | K::Defaults
                    | K::Identity
                    | K::Generated
                    | K::Indexes
                    | K::Statistics
                    | K::Storage
                    | K::All,
                ) => self.advance(),
                _ => return self.unexpected(),
            }
        }
        self.refuse("CREATE TABLE … LIKE");
        Ok(())
    }

    fn partition_by(&mut self) -> R<()> {
        self.expect(K::By)?;
        self.col_id()?;
        self.bracketed(Self::index_item)?;
        self.refuse("PARTITION");
        Ok(())
    }

    fn partition_of(&mut self) -> R<Statement> {
        self.refuse("PARTITION");
        while !self.is_end() && self.kind() != Kind::Bad {
            self.advance();
        }
        Ok(refused())
    }
}
