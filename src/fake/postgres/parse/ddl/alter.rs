//! ALTER TABLE.

use super::super::super::errors::R;
use super::super::ast::{AlterAction, Statement};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::refused;

impl Parser<'_> {
    pub(super) fn alter_table(&mut self) -> R<Statement> {
        self.expect(K::Table)?;
        if self.is(K::All) {
            return self.not_simulated_here("ALTER TABLE ALL");
        }
        let if_exists = self.if_exists()?;
        let table = self.relation_expr()?;
        let mut actions = vec![];
        match self.kind() {
            Kind::Word(K::Rename) => actions.push(self.rename()?),
            Kind::Word(K::Set) if self.is_at(1, K::Schema) => {
                self.advance();
                self.advance();
                self.col_id()?;
                self.refuse("ALTER TABLE SET SCHEMA");
            }
            Kind::Word(K::Attach | K::Detach) => {
                return self.not_simulated_here("ALTER TABLE ATTACH and DETACH");
            }
            _ => loop {
                actions.extend(self.alter_action()?);
                if !self.eat_char(b',') {
                    break;
                }
            },
        }
        Ok(Statement::AlterTable { table, if_exists, actions })
    }

    fn rename(&mut self) -> R<AlterAction> {
        self.advance();
        if self.eat(K::To) {
            return Ok(AlterAction::RenameTable(self.col_id()?));
        }
        if self.eat(K::Constraint) {
            let from = self.col_id()?;
            self.expect(K::To)?;
            return Ok(AlterAction::RenameConstraint { from, to: self.col_id()? });
        }
        self.eat(K::Column);
        let from = self.col_id()?;
        self.expect(K::To)?;
        Ok(AlterAction::RenameColumn { from, to: self.col_id()? })
    }

    /// What the engine does, or nothing for what it refuses.
    fn alter_action(&mut self) -> R<Option<AlterAction>> {
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        let what = self.here().to_uppercase();
        match word {
            K::Add => {
                self.advance();
                if self.begins_constraint() {
                    return Ok(Some(AlterAction::AddConstraint(self.table_constraint()?)));
                }
                self.eat(K::Column);
                let if_not_exists = self.if_not_exists()?;
                let column = self.column_def()?;
                Ok(Some(AlterAction::AddColumn { column, if_not_exists }))
            }
            K::Drop => {
                self.advance();
                if self.eat(K::Constraint) {
                    let if_exists = self.if_exists()?;
                    let name = self.col_id()?;
                    self.cascade();
                    return Ok(Some(AlterAction::DropConstraint { name, if_exists }));
                }
                self.eat(K::Column);
                let if_exists = self.if_exists()?;
                let name = self.col_id()?;
                let cascade = self.cascade();
                Ok(Some(AlterAction::DropColumn { name, if_exists, cascade }))
            }
            K::Alter => {
                self.advance();
                if self.eat(K::Constraint) {
                    self.col_id()?;
                    self.constraint_attributes()?;
                    self.refuse("ALTER CONSTRAINT");
                    return Ok(None);
                }
                self.eat(K::Column);
                let column = self.col_id()?;
                self.alter_column(column)
            }
            K::Validate => {
                self.advance();
                self.expect(K::Constraint)?;
                self.col_id()?;
                self.refuse("VALIDATE CONSTRAINT");
                Ok(None)
            }
            K::Owner => {
                self.advance();
                self.expect(K::To)?;
                self.non_reserved_word()?;
                self.refuse("ALTER TABLE OWNER TO");
                Ok(None)
            }
            K::Set | K::Reset => {
                self.advance();
                self.alter_setting()?;
                self.refuse(format!("ALTER TABLE {what}"));
                Ok(None)
            }
            K::Cluster
            | K::Enable
            | K::Disable
            | K::Inherit
            | K::No
            | K::Of
            | K::Not
            | K::Replica
            | K::Force => {
                self.advance();
                self.refuse(format!("ALTER TABLE {what}"));
                self.skip_rest();
                Ok(None)
            }
            _ => self.unexpected(),
        }
    }

    /// After SET and RESET of a table.
    fn alter_setting(&mut self) -> R<()> {
        match self.kind() {
            Kind::Char(b'(') => self.reloptions(),
            Kind::Word(K::Logged | K::Unlogged) => {
                self.advance();
                Ok(())
            }
            Kind::Word(K::Without) => {
                self.advance();
                if self.eat(K::Oids) { Ok(()) } else { self.expect(K::Cluster) }
            }
            Kind::Word(K::Tablespace) => {
                self.advance();
                self.col_id().map(drop)
            }
            Kind::Word(K::Access) => {
                self.advance();
                self.expect(K::Method)?;
                self.col_id().map(drop)
            }
            _ => self.unexpected(),
        }
    }

    fn alter_column(&mut self, column: String) -> R<Option<AlterAction>> {
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        self.advance();
        match (word, self.kind()) {
            (K::Type, _) => return self.column_type(column).map(Some),
            (K::Set, Kind::Word(K::Data)) => {
                self.advance();
                self.expect(K::Type)?;
                return self.column_type(column).map(Some);
            }
            (K::Set, Kind::Word(K::Default)) => {
                self.advance();
                let default = Some(self.expr()?);
                return Ok(Some(AlterAction::SetDefault { column, default }));
            }
            (K::Drop, Kind::Word(K::Default)) => {
                self.advance();
                return Ok(Some(AlterAction::SetDefault { column, default: None }));
            }
            (K::Set | K::Drop, Kind::Word(K::Not)) => {
                self.advance();
                self.expect(K::Null)?;
                let not_null = word == K::Set;
                return Ok(Some(AlterAction::SetNotNull { column, not_null }));
            }
            (K::Drop, Kind::Word(K::Identity | K::Expression)) => {
                let what = self.here().to_uppercase();
                self.advance();
                self.if_exists()?;
                self.refuse(format!("ALTER COLUMN DROP {what}"));
            }
            (K::Add, Kind::Word(K::Generated)) => {
                self.advance();
                self.generated_when()?;
                self.expect_all(&[K::As, K::Identity])?;
                if self.eat_char(b'(') {
                    self.identity_options()?;
                }
                self.refuse("ALTER COLUMN ADD GENERATED");
            }
            (K::Set, Kind::Word(K::Statistics)) => {
                self.advance();
                self.signed_number()?;
                self.refuse("ALTER COLUMN SET STATISTICS");
            }
            (K::Set, Kind::Word(K::Storage | K::Compression)) => {
                self.advance();
                if !self.eat(K::Default) {
                    self.col_id()?;
                }
                self.refuse("ALTER COLUMN SET STORAGE");
            }
            (K::Set | K::Reset, Kind::Char(b'(')) => {
                self.reloptions()?;
                self.refuse("ALTER COLUMN SET (…)");
            }
            (K::Set | K::Restart, _) => {
                self.alter_identity(word == K::Set)?;
                self.refuse("ALTER COLUMN of an identity");
            }
            _ => return self.unexpected(),
        }
        Ok(None)
    }

    /// `SET GENERATED ALWAYS SET START 5 RESTART`, after its first word.
    fn alter_identity(&mut self, mut set: bool) -> R<()> {
        loop {
            if set {
                if self.eat(K::Generated) {
                    self.generated_when()?;
                } else {
                    let (mut options, mut seen) = (Default::default(), vec![]);
                    if !self.sequence_option(&mut options, &mut seen)? {
                        return self.unexpected();
                    }
                }
            } else {
                self.eat(K::With);
                if !matches!(self.kind(), Kind::Word(_)) && !self.is_end() && !self.is_char(b',') {
                    self.signed_number()?;
                }
            }
            set = self.is(K::Set);
            if !self.eat(K::Set) && !self.eat(K::Restart) {
                return Ok(());
            }
        }
    }

    fn column_type(&mut self, column: String) -> R<AlterAction> {
        let typed = self.type_name()?;
        if self.eat(K::Collate) {
            self.any_name()?;
            self.refuse("COLLATE");
        }
        let using = if self.eat(K::Using) { Some(self.expr()?) } else { None };
        Ok(AlterAction::SetType { column, typed, using })
    }

    fn not_simulated_here(&mut self, what: &str) -> R<Statement> {
        self.refuse(what);
        self.skip_rest();
        Ok(refused())
    }
}
