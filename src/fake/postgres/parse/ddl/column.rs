//! A column's definition.

use super::super::super::errors::{R, fail, pg};
use super::super::super::types::{Type, Typed};
use super::super::ast::{ColumnDef, ConstraintKind, TypeName};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::super::types::Written;

/// The type behind `serial` and its kin.
fn serial(name: &Written) -> Option<Type> {
    let [name] = name.parts.as_slice() else { return None };
    match name.as_str() {
        "serial" | "serial4" => Some(Type::INT4),
        "bigserial" | "serial8" => Some(Type::INT8),
        "smallserial" | "serial2" => Some(Type::INT2),
        _ => None,
    }
}

impl Parser<'_> {
    pub(super) fn column_def(&mut self) -> R<ColumnDef> {
        let name = self.col_id()?;
        let written = self.written_type()?;
        let serial = serial(&written);
        let typed = match serial {
            Some(ty) => Typed::plain(ty).into(),
            None => self.resolve_type(written)?,
        };
        if self.eat(K::Storage) || self.eat(K::Compression) {
            if !self.eat(K::Default) {
                self.col_id()?;
            }
            self.refuse("STORAGE and COMPRESSION");
        }
        let serial = serial.is_some();
        let def = self.column_options(&name, &typed, serial)?;
        Ok(ColumnDef { name, typed, serial, not_null: def.not_null || serial, ..def })
    }

    /// Constraints, DEFAULT, GENERATED and the like.
    pub(super) fn column_options(
        &mut self,
        name: &str,
        typed: &TypeName,
        serial: bool,
    ) -> R<ColumnDef> {
        let mut def = ColumnDef {
            name: name.to_owned(),
            typed: Typed::plain(Type::TEXT).into(),
            serial,
            not_null: false,
            default: None,
            identity: None,
            generated: None,
            constraints: vec![],
        };
        let mut null = false;
        loop {
            let constraint = if self.eat(K::Constraint) { Some(self.col_id()?) } else { None };
            let named = constraint.is_some();
            let own = || vec![name.to_owned()];
            let kind = match self.kind() {
                Kind::Word(K::Not) if self.is_at(1, K::Null) => {
                    self.advance();
                    self.advance();
                    def.not_null = true;
                    None
                }
                Kind::Word(K::Null) => {
                    self.advance();
                    null = true;
                    None
                }
                Kind::Word(K::Default) => {
                    self.advance();
                    if def.default.is_some() {
                        self.later(pg(
                            "42601",
                            format!(
                                "multiple default values specified for column \"{name}\" of table \"{}\"",
                                self.table
                            ),
                        ));
                    }
                    def.default = Some(self.restricted_expr()?);
                    None
                }
                Kind::Word(K::Generated) => {
                    self.generated(&mut def)?;
                    None
                }
                Kind::Word(K::Unique) => {
                    self.advance();
                    let nulls_distinct = self.nulls_distinct()?;
                    self.index_parameters()?;
                    Some(ConstraintKind::Unique { columns: own(), include: vec![], nulls_distinct })
                }
                Kind::Word(K::Primary) => {
                    self.advance();
                    self.expect(K::Key)?;
                    self.index_parameters()?;
                    Some(ConstraintKind::PrimaryKey { columns: own(), include: vec![] })
                }
                Kind::Word(K::Check) => Some(self.check()?),
                Kind::Word(K::References) => Some(self.references(own())?),
                Kind::Word(K::Collate) if !named => {
                    self.advance();
                    self.collation_of(typed)?;
                    None
                }
                Kind::Word(K::Deferrable | K::Initially | K::Not) if !named => {
                    let what = self.here().to_uppercase();
                    if !self.constraint_attributes()?.any {
                        self.advance();
                        return self.unexpected();
                    }
                    return fail("42601", format!("misplaced {what} clause"));
                }
                _ if named => return self.unexpected(),
                _ => break,
            };
            if let Some(kind) = kind {
                let made = self.attributed(constraint, kind, true)?;
                def.constraints.push(made);
            }
        }
        if null && (def.not_null || def.identity.is_some()) {
            self.later(pg(
                "42601",
                format!(
                    "conflicting NULL/NOT NULL declarations for column \"{name}\" of table \"{}\"",
                    self.table
                ),
            ));
        }
        Ok(def)
    }

    fn generated(&mut self, def: &mut ColumnDef) -> R<()> {
        self.advance();
        let always = self.generated_when()?;
        self.expect(K::As)?;
        if self.eat(K::Identity) {
            self.defined_twice(def, "identity");
            let options =
                if self.eat_char(b'(') { self.identity_options()? } else { Default::default() };
            def.identity = Some((always, options));
            def.not_null = true;
            return Ok(());
        }
        self.expect_char(b'(')?;
        let expr = self.expr()?;
        self.expect_char(b')')?;
        self.expect(K::Stored)?;
        if !always {
            return fail("42601", "for a generated column, GENERATED ALWAYS must be specified");
        }
        self.defined_twice(def, "generation");
        def.generated = Some(expr);
        Ok(())
    }

    /// A column has a default, or is an identity, or generated: one of them.
    fn defined_twice(&mut self, def: &ColumnDef, what: &str) {
        let (name, table) = (&def.name, &self.table);
        let place = format!("for column \"{name}\" of table \"{table}\"");
        let message = match what {
            "identity" if def.identity.is_some() => {
                format!("multiple identity specifications {place}")
            }
            "generation" if def.generated.is_some() => {
                format!("multiple generation clauses specified {place}")
            }
            "generation" if def.identity.is_some() => {
                format!("both identity and generation expression specified {place}")
            }
            "identity" if def.generated.is_some() => {
                format!("both identity and generation expression specified {place}")
            }
            _ if def.default.is_some() || def.serial => {
                let what = if what == "identity" { "identity" } else { "generation expression" };
                format!("both default and {what} specified {place}")
            }
            _ => return,
        };
        self.later(pg("42601", message));
    }

    /// ALWAYS, and not BY DEFAULT.
    pub(super) fn generated_when(&mut self) -> R<bool> {
        if self.eat(K::Always) {
            return Ok(true);
        }
        self.expect_all(&[K::By, K::Default])?;
        Ok(false)
    }
}
