//! CREATE TABLE.

use super::super::super::errors::R;
use super::super::super::types::{Type, Typed};
use super::super::ast::{
    Constraint, CreateTable, CreateTableAs, LikeClause, Name, OnCommit, Persistence, Statement,
};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::refused;

impl Parser<'_> {
    pub(super) fn create_table(&mut self, persistence: Persistence) -> R<Statement> {
        self.expect(K::Table)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.relation()?;
        self.table = name.name.clone();
        if self.begins_as() {
            return self.create_table_as(name, if_not_exists, persistence);
        }
        let (mut columns, mut constraints, mut likes) = (vec![], vec![], vec![]);
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
                        let like = self.table_like()?;
                        likes.push((columns.len(), like));
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
        let on_commit = self.table_options()?;
        Ok(Statement::CreateTable(Box::new(CreateTable {
            name,
            if_not_exists,
            persistence,
            on_commit,
            likes,
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

    fn create_table_as(
        &mut self,
        name: Name,
        if_not_exists: bool,
        persistence: Persistence,
    ) -> R<Statement> {
        let columns = self.optional_columns()?;
        let on_commit = self.table_options()?;
        self.expect(K::As)?;
        if self.is(K::Execute) {
            self.execute()?;
            self.with_data()?;
            self.refuse("CREATE TABLE AS EXECUTE");
            return Ok(refused());
        }
        let query = self.query()?;
        let with_data = self.with_data()?;
        Ok(Statement::CreateTableAs(Box::new(CreateTableAs {
            name,
            columns,
            query,
            if_not_exists,
            persistence,
            on_commit,
            with_data,
            materialized: false,
        })))
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
    pub(super) fn table_options(&mut self) -> R<OnCommit> {
        let mut on_commit = OnCommit::PreserveRows;
        if self.eat(K::Using) && self.col_id()? != "heap" {
            self.refuse("an access method");
        }
        if self.eat(K::With) {
            // Storage options change nothing that an application sees.
            self.reloptions(super::storage::Owner::Table)?;
        } else if self.eat(K::Without) {
            self.expect(K::Oids)?;
        }
        if self.eat(K::On) {
            self.expect(K::Commit)?;
            if self.eat(K::Delete) {
                self.expect(K::Rows)?;
                on_commit = OnCommit::DeleteRows;
            } else if self.eat(K::Preserve) {
                self.expect(K::Rows)?;
            } else {
                self.expect(K::Drop)?;
                on_commit = OnCommit::Drop;
            }
        }
        self.tablespace()?;
        Ok(on_commit)
    }

    pub(super) fn tablespace(&mut self) -> R<()> {
        if self.eat(K::Tablespace) && self.col_id()? != "pg_default" {
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
        let text = Typed::plain(Type::TEXT).into();
        self.column_options("", &text, false)?;
        Ok(())
    }

    fn table_like(&mut self) -> R<LikeClause> {
        let mut like = LikeClause { table: self.relation()?, ..LikeClause::default() };
        while matches!(self.kind(), Kind::Word(K::Including | K::Excluding)) {
            let including = self.is(K::Including);
            self.advance();
            match self.kind() {
                Kind::Word(K::Comments) => like.comments = including,
                Kind::Word(K::Constraints) => like.constraints = including,
                Kind::Word(K::Defaults) => like.defaults = including,
                Kind::Word(K::Identity) => like.identity = including,
                Kind::Word(K::Generated) => like.generated = including,
                Kind::Word(K::Indexes) => like.indexes = including,
                Kind::Word(K::Compression | K::Statistics | K::Storage) => {}
                Kind::Word(K::All) => {
                    let table = like.table.clone();
                    like = LikeClause {
                        table,
                        comments: including,
                        constraints: including,
                        defaults: including,
                        generated: including,
                        identity: including,
                        indexes: including,
                    };
                }
                _ => return self.unexpected(),
            }
            self.advance();
        }
        Ok(like)
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
