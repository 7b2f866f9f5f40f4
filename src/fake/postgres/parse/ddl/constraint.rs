//! Constraints of tables and columns.

use super::super::super::errors::{R, fail, pg};
use super::super::ast::{Action, Constraint, ConstraintKind};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;

/// What may stand after a constraint.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) any: bool,
    pub(super) deferrable: Option<bool>,
    pub(super) initially_deferred: Option<bool>,
    pub(super) not_valid: bool,
    no_inherit: bool,
}

impl Parser<'_> {
    /// A constraint of a table, and no column, begins here.
    pub(super) fn begins_constraint(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Word(K::Constraint | K::Check | K::Unique | K::Primary | K::Foreign)
        ) || (self.is(K::Exclude) && (self.is_at(1, K::Using) || self.is_char_at(1, b'(')))
    }

    pub(super) fn table_constraint(&mut self) -> R<Constraint> {
        let name = if self.eat(K::Constraint) { Some(self.col_id()?) } else { None };
        let kind = match self.kind() {
            Kind::Word(K::Check) => self.check()?,
            Kind::Word(K::Unique) => {
                self.advance();
                if self.begins_using_index() {
                    ConstraintKind::UsingIndex { primary: false, index: self.using_index()? }
                } else {
                    let nulls_distinct = self.nulls_distinct()?;
                    let columns = self.bracketed(Self::col_id)?;
                    let include = self.included()?;
                    self.index_parameters()?;
                    ConstraintKind::Unique { columns, include, nulls_distinct }
                }
            }
            Kind::Word(K::Primary) => {
                self.advance();
                self.expect(K::Key)?;
                if self.begins_using_index() {
                    ConstraintKind::UsingIndex { primary: true, index: self.using_index()? }
                } else {
                    let columns = self.bracketed(Self::col_id)?;
                    let include = self.included()?;
                    self.index_parameters()?;
                    ConstraintKind::PrimaryKey { columns, include }
                }
            }
            Kind::Word(K::Foreign) => {
                self.advance();
                self.expect(K::Key)?;
                let columns = self.bracketed(Self::col_id)?;
                if !self.is(K::References) {
                    return self.unexpected();
                }
                self.references(columns)?
            }
            Kind::Word(K::Exclude) => self.exclude()?,
            _ => return self.unexpected(),
        };
        self.attributed(name, kind, false)
    }

    fn begins_using_index(&self) -> bool {
        self.is(K::Using) && self.is_at(1, K::Index)
    }

    fn using_index(&mut self) -> R<String> {
        self.advance();
        self.advance();
        self.col_id()
    }

    pub(super) fn check(&mut self) -> R<ConstraintKind> {
        self.advance();
        self.expect_char(b'(')?;
        let expr = self.expr()?;
        self.expect_char(b')')?;
        Ok(ConstraintKind::Check { expr })
    }

    fn exclude(&mut self) -> R<ConstraintKind> {
        self.advance();
        if self.eat(K::Using) {
            self.col_id()?;
        }
        self.bracketed(|p| {
            p.index_item()?;
            p.expect(K::With)?;
            p.operator()
        })?;
        self.included()?;
        self.index_parameters()?;
        if self.eat(K::Where) {
            self.expect_char(b'(')?;
            self.expr()?;
            self.expect_char(b')')?;
        }
        self.refuse("EXCLUDE");
        Ok(ConstraintKind::PrimaryKey { columns: vec![], include: vec![] })
    }

    /// `NULLS [NOT] DISTINCT`
    pub(super) fn nulls_distinct(&mut self) -> R<bool> {
        if !self.eat(K::Nulls) {
            return Ok(true);
        }
        let distinct = !self.eat(K::Not);
        self.expect(K::Distinct)?;
        Ok(distinct)
    }

    /// `INCLUDE (…)`: columns that an index only stores.
    pub(super) fn included(&mut self) -> R<Vec<String>> {
        if !self.eat(K::Include) {
            return Ok(vec![]);
        }
        self.bracketed(Self::col_id)
    }

    /// `WITH (…)` and `USING INDEX TABLESPACE`
    pub(super) fn index_parameters(&mut self) -> R<()> {
        if self.is(K::With) && self.is_char_at(1, b'(') {
            self.advance();
            self.reloptions(super::storage::Owner::Index)?;
        }
        if self.begins_using_index() {
            self.advance();
            self.advance();
            if !self.is(K::Tablespace) {
                return self.unexpected();
            }
            self.tablespace()?;
        }
        Ok(())
    }

    /// `REFERENCES t (a) MATCH … ON DELETE … ON UPDATE …`
    pub(super) fn references(&mut self, columns: Vec<String>) -> R<ConstraintKind> {
        self.expect(K::References)?;
        let table = self.relation()?;
        let referenced = self.optional_columns()?;
        let mut full = false;
        if self.eat(K::Match) {
            match self.kind() {
                Kind::Word(K::Simple) => {}
                Kind::Word(K::Full) => full = true,
                Kind::Word(K::Partial) => {
                    return fail("0A000", "MATCH PARTIAL not yet implemented");
                }
                _ => return self.unexpected(),
            }
            self.advance();
        }
        let (mut on_delete, mut on_update) = (None, None);
        let mut set_columns = vec![];
        while self.eat(K::On) {
            if on_delete.is_none() && self.eat(K::Delete) {
                on_delete = Some(self.action(true, &mut set_columns)?);
            } else if on_update.is_none() && self.eat(K::Update) {
                on_update = Some(self.action(false, &mut set_columns)?);
            } else {
                return self.unexpected();
            }
        }
        Ok(ConstraintKind::ForeignKey {
            columns,
            table,
            referenced,
            full,
            on_delete: on_delete.unwrap_or(Action::NoAction),
            set_columns,
            on_update: on_update.unwrap_or(Action::NoAction),
        })
    }

    fn action(&mut self, delete: bool, set_columns: &mut Vec<String>) -> R<Action> {
        let action = match self.kind() {
            Kind::Word(K::No) => {
                self.advance();
                self.expect(K::Action)?;
                return Ok(Action::NoAction);
            }
            Kind::Word(K::Restrict) => Action::Restrict,
            Kind::Word(K::Cascade) => Action::Cascade,
            Kind::Word(K::Set) => {
                self.advance();
                let action = match self.kind() {
                    Kind::Word(K::Null) => Action::SetNull,
                    Kind::Word(K::Default) => Action::SetDefault,
                    _ => return self.unexpected(),
                };
                self.advance();
                if self.is_char(b'(') {
                    *set_columns = self.bracketed(Self::col_id)?;
                    if !delete {
                        let name =
                            if action == Action::SetNull { "SET NULL" } else { "SET DEFAULT" };
                        return fail(
                            "0A000",
                            format!(
                                "a column list with {name} is only supported for ON DELETE actions"
                            ),
                        );
                    }
                }
                return Ok(action);
            }
            _ => return self.unexpected(),
        };
        self.advance();
        Ok(action)
    }

    /// DEFERRABLE, INITIALLY DEFERRED, NOT VALID, NO INHERIT.
    pub(super) fn constraint_attributes(&mut self) -> R<Attributes> {
        let mut found = Attributes::default();
        loop {
            match self.kind() {
                Kind::Word(K::Deferrable) => {
                    self.advance();
                    set(&mut found.deferrable, true)?;
                }
                Kind::Word(K::Not) if self.is_at(1, K::Deferrable) => {
                    self.advance();
                    self.advance();
                    set(&mut found.deferrable, false)?;
                }
                Kind::Word(K::Not) if self.is_at(1, K::Valid) => {
                    self.advance();
                    self.advance();
                    found.not_valid = true;
                }
                Kind::Word(K::Initially) => {
                    self.advance();
                    let deferred = self.is(K::Deferred);
                    if !self.eat(K::Deferred) {
                        self.expect(K::Immediate)?;
                    }
                    set(&mut found.initially_deferred, deferred)?;
                }
                Kind::Word(K::No) if self.is_at(1, K::Inherit) => {
                    self.advance();
                    self.advance();
                    found.no_inherit = true;
                }
                _ => break,
            }
            found.any = true;
            if found.deferrable == Some(false) && found.initially_deferred == Some(true) {
                return fail("42601", "constraint declared INITIALLY DEFERRED must be DEFERRABLE");
            }
        }
        Ok(found)
    }

    /// A constraint, with the attributes that stand after it.
    pub(super) fn attributed(
        &mut self,
        name: Option<String>,
        kind: ConstraintKind,
        of_column: bool,
    ) -> R<Constraint> {
        let found = self.constraint_attributes()?;
        let check = matches!(kind, ConstraintKind::Check { .. });
        let foreign = matches!(kind, ConstraintKind::ForeignKey { .. });
        let label = match kind {
            ConstraintKind::Check { .. } => "CHECK",
            ConstraintKind::Unique { .. } => "UNIQUE",
            ConstraintKind::PrimaryKey { .. } => "PRIMARY KEY",
            ConstraintKind::UsingIndex { primary: true, .. } => "PRIMARY KEY",
            ConstraintKind::UsingIndex { .. } => "UNIQUE",
            ConstraintKind::ForeignKey { .. } => "FOREIGN KEY",
        };
        let deferrable = found.deferrable.unwrap_or(found.initially_deferred.unwrap_or_default());
        let deferred = deferrable || found.initially_deferred == Some(true);
        let problem = match () {
            () if check && of_column && found.deferrable.is_some() => {
                self.later(pg("42601", "misplaced DEFERRABLE clause"));
                None
            }
            () if check && deferred => Some("DEFERRABLE"),
            () if found.not_valid && !check && !foreign => Some("NOT VALID"),
            () if found.no_inherit && !check => Some("NO INHERIT"),
            () => None,
        };
        if let Some(mark) = problem {
            return fail("0A000", format!("{label} constraints cannot be marked {mark}"));
        }
        let initially_deferred = found.initially_deferred.unwrap_or(false);
        let not_valid = found.not_valid;
        Ok(Constraint { name, kind, deferrable, initially_deferred, not_valid })
    }
}

/// Each may be said once, or twice the same.
fn set(flag: &mut Option<bool>, value: bool) -> R<()> {
    if flag.is_some_and(|known| known != value) {
        return fail("42601", "conflicting constraint properties");
    }
    *flag = Some(value);
    Ok(())
}
