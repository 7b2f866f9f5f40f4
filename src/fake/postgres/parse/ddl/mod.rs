//! CREATE, ALTER, DROP and COMMENT: which object it is about.

mod alter;
mod column;
mod constraint;
mod index;
mod other;
mod sequence;
mod storage;
mod table;

use super::super::errors::R;
use super::ast::{CommentTarget, DropKind, Name, Persistence, RelationKind, Statement};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

/// Stands for a statement that has been read and refused.
fn refused() -> Statement {
    Statement::NoEffect { tag: "", table: None }
}

impl Parser<'_> {
    pub(super) fn create(&mut self) -> R<Statement> {
        self.expect(K::Create)?;
        let replace = self.is(K::Or) && self.is_at(1, K::Replace);
        if replace {
            self.advance();
            self.advance();
        }
        let persistence = self.persistence()?;
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        match word {
            K::Table if !replace => self.create_table(persistence),
            K::View => self.create_view(persistence, replace),
            K::Recursive if self.is_at(1, K::View) => self.create_view(persistence, replace),
            K::Sequence if !replace => self.create_sequence(persistence),
            _ if persistence == Persistence::Temporary => self.unexpected(),
            K::Materialized if !replace && self.is_at(1, K::View) => self.create_materialized(),
            _ if persistence != Persistence::Permanent => self.unexpected(),
            K::Unique | K::Index if !replace => self.create_index(),
            K::Schema if !replace => self.create_schema(),
            K::Type if !replace => self.create_type(),
            K::Domain if !replace => self.create_domain(),
            K::Function
            | K::Procedure
            | K::Trigger
            | K::Rule
            | K::Aggregate
            | K::Language
            | K::Trusted
            | K::Procedural
            | K::Transform
            | K::Constraint => self.not_simulated(if word == K::Constraint { 3 } else { 2 }),
            K::Extension
            | K::Role
            | K::User
            | K::Group
            | K::Database
            | K::Tablespace
            | K::Policy
            | K::Publication
            | K::Subscription
            | K::Server
            | K::Foreign
            | K::Cast
            | K::Collation
            | K::Conversion
            | K::Operator
            | K::Statistics
            | K::Text
            | K::Event
            | K::Access
            | K::Default
                if !replace =>
            {
                self.not_simulated(2)
            }
            _ => self.unexpected(),
        }
    }

    fn persistence(&mut self) -> R<Persistence> {
        let scoped = matches!(self.kind(), Kind::Word(K::Local | K::Global));
        if scoped {
            self.advance();
        }
        match self.kind() {
            Kind::Word(K::Temp | K::Temporary) => {
                self.advance();
                Ok(Persistence::Temporary)
            }
            _ if scoped => self.unexpected(),
            Kind::Word(K::Unlogged) => {
                self.advance();
                Ok(Persistence::Unlogged)
            }
            _ => Ok(Persistence::Permanent),
        }
    }

    pub(super) fn alter(&mut self) -> R<Statement> {
        self.expect(K::Alter)?;
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        match word {
            K::Table => self.alter_table(),
            K::Index => self.alter_index(),
            K::Sequence => self.alter_sequence(),
            K::View => self.alter_view(),
            K::Materialized if self.is_at(1, K::View) => self.alter_view(),
            K::Type => self.alter_type(),
            K::Domain => self.alter_domain(),
            K::Schema => self.alter_schema(),
            K::Aggregate
            | K::Collation
            | K::Conversion
            | K::Database
            | K::Default
            | K::Event
            | K::Extension
            | K::Foreign
            | K::Function
            | K::Group
            | K::Language
            | K::Large
            | K::Operator
            | K::Policy
            | K::Procedure
            | K::Publication
            | K::Role
            | K::Routine
            | K::Rule
            | K::Server
            | K::Statistics
            | K::Subscription
            | K::System
            | K::Tablespace
            | K::Text
            | K::Trigger
            | K::User => self.not_simulated(2),
            _ => self.unexpected(),
        }
    }

    pub(super) fn drop(&mut self) -> R<Statement> {
        self.expect(K::Drop)?;
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        let kind = match word {
            K::Table => DropKind::Table,
            K::Sequence => DropKind::Sequence,
            K::Index => DropKind::Index,
            K::Type => DropKind::Type,
            K::Domain => DropKind::Domain,
            K::View => DropKind::View,
            K::Schema => DropKind::Schema,
            K::Materialized if self.is_at(1, K::View) => {
                self.advance();
                DropKind::MaterializedView
            }
            K::Access
            | K::Aggregate
            | K::Cast
            | K::Collation
            | K::Conversion
            | K::Database
            | K::Event
            | K::Extension
            | K::Foreign
            | K::Function
            | K::Group
            | K::Language
            | K::Operator
            | K::Owned
            | K::Policy
            | K::Procedural
            | K::Procedure
            | K::Publication
            | K::Role
            | K::Routine
            | K::Rule
            | K::Server
            | K::Statistics
            | K::Subscription
            | K::Tablespace
            | K::Text
            | K::Transform
            | K::Trigger
            | K::User => {
                return self.not_simulated(2);
            }
            _ => return self.unexpected(),
        };
        self.advance();
        let concurrently = word == K::Index && self.eat(K::Concurrently);
        let if_exists = self.if_exists()?;
        let names = match word {
            K::Schema => self.list(|p| p.col_id().map(Name::plain))?,
            _ => self.list(Self::relation)?,
        };
        let cascade = self.cascade();
        Ok(Statement::Drop { kind, names, if_exists, cascade, concurrently })
    }

    pub(super) fn comment(&mut self) -> R<Statement> {
        self.expect_all(&[K::Comment, K::On])?;
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        self.advance();
        let target = match word {
            K::Table => CommentTarget::Relation(RelationKind::Table, self.relation()?),
            K::View => CommentTarget::Relation(RelationKind::View, self.relation()?),
            K::Index => CommentTarget::Relation(RelationKind::Index, self.relation()?),
            K::Sequence => CommentTarget::Relation(RelationKind::Sequence, self.relation()?),
            K::Materialized if self.eat(K::View) => {
                CommentTarget::Relation(RelationKind::MaterializedView, self.relation()?)
            }
            K::Column => {
                let mut parts = self.any_name()?;
                let column = parts.pop().unwrap_or_default();
                if parts.is_empty() {
                    self.later(super::super::errors::pg("42601", "column name must be qualified"));
                }
                CommentTarget::Column(self.relation_of(parts), column)
            }
            K::Constraint => {
                let name = self.col_id()?;
                self.expect(K::On)?;
                CommentTarget::Constraint(self.relation()?, name)
            }
            K::Schema => CommentTarget::Schema(self.col_id()?),
            _ => {
                let place = self.place();
                while !self.is(K::Is) && !self.is_end() && self.kind() != Kind::Bad {
                    self.advance();
                }
                CommentTarget::Other(word.text().to_owned(), self.text_since(place).to_owned())
            }
        };
        self.expect(K::Is)?;
        let text = if self.eat(K::Null) { None } else { Some(self.string()?) };
        Ok(Statement::Comment { target, text })
    }

    /// REINDEX, which has nothing to mend here.
    pub(super) fn reindex(&mut self) -> R<Statement> {
        self.expect(K::Reindex)?;
        if self.is_char(b'(') {
            while !self.is_end() && self.kind() != Kind::Bad && !self.eat_char(b')') {
                self.advance();
            }
        }
        let Kind::Word(word) = self.kind() else { return self.unexpected() };
        self.advance();
        self.eat(K::Concurrently);
        let kind = match word {
            K::Index => RelationKind::Index,
            K::Table => RelationKind::Table,
            K::Schema | K::Database | K::System => return self.not_simulated(2),
            _ => return self.unexpected(),
        };
        Ok(Statement::Reindex { kind, name: self.relation()? })
    }
}
