//! ALTER TABLE.

use super::super::super::errors::R;
use super::super::ast::{AlterAction, AlterTable, Name, RelationKind, SequenceOptions, Statement};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::refused;
use super::storage::Owner;

impl Parser<'_> {
    pub(super) fn alter_table(&mut self) -> R<Statement> {
        self.expect(K::Table)?;
        if self.is(K::All) {
            return self.not_simulated_here("ALTER TABLE ALL");
        }
        self.alter_relation(RelationKind::Table)
    }

    /// ALTER TABLE, VIEW, MATERIALIZED VIEW after these words.
    pub(super) fn alter_relation(&mut self, kind: RelationKind) -> R<Statement> {
        let if_exists = self.if_exists()?;
        let table = self.relation_expr()?;
        self.alter_named(kind, table, if_exists)
    }

    pub(super) fn alter_named(
        &mut self,
        kind: RelationKind,
        table: Name,
        if_exists: bool,
    ) -> R<Statement> {
        self.table = table.name.clone();
        let mut actions = vec![];
        match self.kind() {
            Kind::Word(K::Rename) => actions.push(self.rename()?),
            Kind::Word(K::Set) if self.is_at(1, K::Schema) => {
                self.advance();
                self.advance();
                actions.push(AlterAction::SetSchema(self.col_id()?));
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
        Ok(Statement::AlterTable(Box::new(AlterTable { kind, table, if_exists, actions })))
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
                    let cascade = self.cascade();
                    return Ok(Some(AlterAction::DropConstraint { name, if_exists, cascade }));
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
                    let name = self.col_id()?;
                    let found = self.constraint_attributes()?;
                    let initially_deferred = found.initially_deferred.unwrap_or(false);
                    let deferrable = found.deferrable.unwrap_or(initially_deferred);
                    return Ok(Some(AlterAction::AlterConstraint {
                        name,
                        deferrable,
                        initially_deferred,
                    }));
                }
                self.eat(K::Column);
                let column = self.col_id()?;
                self.alter_column(column)
            }
            K::Validate => {
                self.advance();
                self.expect(K::Constraint)?;
                Ok(Some(AlterAction::ValidateConstraint(self.col_id()?)))
            }
            K::Owner => {
                self.advance();
                self.expect(K::To)?;
                self.role()?;
                Ok(Some(AlterAction::Nothing { column: None }))
            }
            K::Set | K::Reset => {
                let owner = if word == K::Set { Owner::Table } else { Owner::Any };
                self.advance();
                self.alter_setting(owner)?;
                Ok(Some(AlterAction::Nothing { column: None }))
            }
            K::Cluster => {
                self.advance();
                self.expect(K::On)?;
                self.col_id()?;
                Ok(Some(AlterAction::Nothing { column: None }))
            }
            K::Replica => {
                self.advance();
                self.expect(K::Identity)?;
                if self.eat(K::Using) {
                    self.expect(K::Index)?;
                }
                self.col_label()?;
                Ok(Some(AlterAction::Nothing { column: None }))
            }
            K::Enable | K::Disable | K::Inherit | K::No | K::Of | K::Not | K::Force => {
                self.advance();
                self.refuse(format!("ALTER TABLE {what}"));
                self.skip_rest();
                Ok(None)
            }
            _ => self.unexpected(),
        }
    }

    /// After SET and RESET of a table.
    fn alter_setting(&mut self, owner: Owner) -> R<()> {
        match self.kind() {
            Kind::Char(b'(') => self.reloptions(owner).map(|_| ()),
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
                self.col_id()?;
                self.refuse("ALTER TABLE SET TABLESPACE");
                Ok(())
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
        let Kind::Word(word @ (K::Type | K::Set | K::Drop | K::Add | K::Reset | K::Restart)) =
            self.kind()
        else {
            return self.unexpected();
        };
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
                let identity = self.is(K::Identity);
                self.advance();
                let if_exists = self.if_exists()?;
                return Ok(Some(if identity {
                    AlterAction::DropIdentity { column, if_exists }
                } else {
                    AlterAction::DropExpression { column, if_exists }
                }));
            }
            (K::Add, Kind::Word(K::Generated)) => {
                self.advance();
                let always = self.generated_when()?;
                self.expect_all(&[K::As, K::Identity])?;
                let options =
                    if self.eat_char(b'(') { self.identity_options()? } else { Default::default() };
                return Ok(Some(AlterAction::AddIdentity { column, always, options }));
            }
            (K::Set, Kind::Word(K::Statistics)) => {
                self.advance();
                self.signed_number()?;
            }
            (K::Set, Kind::Word(K::Storage | K::Compression)) => {
                self.advance();
                if !self.eat(K::Default) {
                    self.col_id()?;
                }
            }
            (K::Set | K::Reset, Kind::Char(b'(')) => {
                self.reloptions(Owner::Any)?;
            }
            (K::Set | K::Restart, _) => {
                return self.alter_identity(column, word == K::Set).map(Some);
            }
            _ => return self.unexpected(),
        }
        Ok(Some(AlterAction::Nothing { column: Some(column) }))
    }

    /// `SET GENERATED ALWAYS SET START 5 RESTART`, after its first word.
    fn alter_identity(&mut self, column: String, mut set: bool) -> R<AlterAction> {
        let (mut always, mut options, mut seen) = (None, SequenceOptions::default(), vec![]);
        loop {
            if set {
                if self.eat(K::Generated) {
                    always = Some(self.generated_when()?);
                } else if !self.sequence_option(&mut options, &mut seen)? {
                    return self.unexpected();
                }
            } else {
                options.restart = Some(self.restart()?);
            }
            set = self.is(K::Set);
            if !self.eat(K::Set) && !self.eat(K::Restart) {
                return Ok(AlterAction::SetIdentity { column, always, options });
            }
        }
    }

    fn column_type(&mut self, column: String) -> R<AlterAction> {
        let typed = self.type_name()?;
        if self.eat(K::Collate) {
            self.collation_of(&typed)?;
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
