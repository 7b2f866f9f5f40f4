//! Locking clauses: which relations FOR UPDATE and its kin lock.

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast::{self, LockClause, TableLock};
use super::binder::Binder;
use super::from::Layout;
use super::tree::LockTarget;

impl Binder<'_> {
    pub(super) fn lock_targets(
        &mut self,
        clauses: Vec<LockClause>,
        layout: &Layout,
    ) -> R<Vec<LockTarget>> {
        let mut targets: Vec<LockTarget> = vec![];
        for clause in clauses {
            let name = strength_name(clause.strength);
            let relations: Vec<usize> = if clause.of.is_empty() {
                (0..self.scope()?.relations.len()).collect()
            } else {
                let scope = self.scope()?;
                clause
                    .of
                    .iter()
                    .map(|alias| match scope.relations.iter().position(|r| r.alias == *alias) {
                        Some(place) => Ok(place),
                        None => fail(
                            "42P01",
                            format!(
                                "relation \"{alias}\" in {name} clause not found in FROM clause"
                            ),
                        ),
                    })
                    .collect::<R<_>>()?
            };
            let places: Vec<usize> = {
                let scope = self.scope()?;
                relations.iter().flat_map(|r| scope.relations[*r].places.clone()).collect()
            };
            for relation in places {
                let Some(table) = layout.tables.get(relation).cloned().flatten() else {
                    if clause.of.is_empty() {
                        return Err(unsupported(format!(
                            "{name} around a subquery or function in FROM"
                        )));
                    }
                    return fail("0A000", format!("{name} cannot be applied to this relation"));
                };
                if table.materialized.is_some() {
                    return fail(
                        "42809",
                        format!("cannot lock rows in materialized view \"{}\"", table.name),
                    );
                }
                if layout.nullable.get(relation).copied().unwrap_or(false) {
                    return fail(
                        "0A000",
                        format!("{name} cannot be applied to the nullable side of an outer join"),
                    );
                }
                self.lock(table.oid, TableLock::RowShare);
                match targets.iter_mut().find(|target| target.relation == relation) {
                    Some(target) => {
                        target.strength = target.strength.max(clause.strength);
                        if clause.wait != ast::LockWait::Wait {
                            target.wait = clause.wait;
                        }
                    }
                    None => targets.push(LockTarget {
                        relation,
                        table,
                        strength: clause.strength,
                        wait: clause.wait,
                    }),
                }
            }
        }
        Ok(targets)
    }
}

pub(super) fn strength_name(strength: ast::RowLock) -> &'static str {
    match strength {
        ast::RowLock::KeyShare => "FOR KEY SHARE",
        ast::RowLock::Share => "FOR SHARE",
        ast::RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
        ast::RowLock::Update => "FOR UPDATE",
    }
}
