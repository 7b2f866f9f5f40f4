//! INSERT, UPDATE, DELETE and TRUNCATE.

use sqlparser::ast as sql;

use super::super::errors::{R, unsupported};
use super::ast::{
    Assignment, ConflictTarget, Delete, Insert, OnConflict, Statement, TableRef, Update, With,
};
use super::types::target;
use super::{Converter, names};

impl Converter {
    pub(super) fn insert(&self, insert: sql::Insert) -> R<Insert> {
        let odd = insert.or.is_some()
            || insert.ignore
            || !insert.into
            || insert.by_name
            || insert.overwrite
            || !insert.assignments.is_empty()
            || insert.partitioned.is_some()
            || !insert.after_columns.is_empty()
            || insert.has_table_keyword
            || insert.output.is_some()
            || insert.replace_into
            || insert.priority.is_some()
            || insert.insert_alias.is_some()
            || insert.settings.is_some()
            || insert.format_clause.is_some()
            || insert.multi_table_insert_type.is_some();
        if odd {
            return Err(unsupported("this form of INSERT"));
        }
        let sql::TableObject::TableName(name) = &insert.table else {
            return Err(unsupported("INSERT into anything but a table"));
        };
        let on_conflict = match insert.on {
            None => None,
            Some(sql::OnInsert::OnConflict(on)) => Some(self.on_conflict(on)?),
            Some(_) => return Err(unsupported("ON DUPLICATE KEY UPDATE")),
        };
        Ok(Insert {
            with: With::default(),
            table: names::relation(name)?,
            alias: insert.table_alias.map(|alias| names::ident(&alias.alias)),
            columns: insert.columns.iter().map(target).collect::<R<_>>()?,
            source: insert.source.map(|query| self.query(*query)).transpose()?,
            overriding_system: insert
                .overriding
                .map(|o| matches!(o, sql::InsertOverriding::System)),
            on_conflict,
            returning: self.items(insert.returning.unwrap_or_default())?,
        })
    }

    fn on_conflict(&self, on: sql::OnConflict) -> R<OnConflict> {
        let target = match on.conflict_target {
            None => ConflictTarget::Any,
            Some(sql::ConflictTarget::Columns { columns, predicate }) => ConflictTarget::Columns {
                columns: columns.iter().map(names::ident).collect(),
                predicate: predicate.map(|e| self.expr(e)).transpose()?,
            },
            Some(sql::ConflictTarget::OnConstraint(name)) => {
                ConflictTarget::Constraint(names::relation(&name)?)
            }
        };
        let update = match on.action {
            sql::OnConflictAction::DoNothing => None,
            sql::OnConflictAction::DoUpdate(update) => Some((
                self.assignments(update.assignments)?,
                update.selection.map(|e| self.expr(e)).transpose()?,
            )),
        };
        Ok(OnConflict { target, update })
    }

    fn assignments(&self, list: Vec<sql::Assignment>) -> R<Vec<Assignment>> {
        list.into_iter()
            .map(|assignment| {
                let targets = match &assignment.target {
                    sql::AssignmentTarget::ColumnName(name) => vec![target(name)?],
                    sql::AssignmentTarget::Tuple(list) => {
                        list.iter().map(target).collect::<R<_>>()?
                    }
                };
                Ok(Assignment { targets, value: self.expr(assignment.value)? })
            })
            .collect()
    }

    fn target(&self, table: sql::TableWithJoins, what: &str) -> R<(String, Option<String>)> {
        match self.table_with_joins(table)? {
            TableRef::Table { name, alias, columns } if columns.is_empty() => Ok((name, alias)),
            _ => Err(unsupported(format!("{what} of anything but a table"))),
        }
    }

    pub(super) fn update(&self, update: sql::Update) -> R<Update> {
        let odd = update.output.is_some()
            || update.or.is_some()
            || !update.order_by.is_empty()
            || update.limit.is_some()
            || update.settings.is_some()
            || update.on_cluster.is_some();
        if odd {
            return Err(unsupported("this form of UPDATE"));
        }
        let from = match update.from {
            None => vec![],
            Some(sql::UpdateTableFromKind::AfterSet(list)) => self.from(list)?,
            Some(sql::UpdateTableFromKind::BeforeSet(_)) => {
                return Err(unsupported("FROM before SET"));
            }
        };
        let (table, alias) = self.target(update.table, "UPDATE")?;
        Ok(Update {
            with: With::default(),
            table,
            alias,
            assignments: self.assignments(update.assignments)?,
            from,
            filter: update.selection.map(|e| self.expr(e)).transpose()?,
            returning: self.items(update.returning.unwrap_or_default())?,
        })
    }

    pub(super) fn delete(&self, delete: sql::Delete) -> R<Delete> {
        let odd = !delete.tables.is_empty()
            || delete.output.is_some()
            || !delete.order_by.is_empty()
            || delete.limit.is_some()
            || delete.settings.is_some()
            || delete.on_cluster.is_some();
        let sql::FromTable::WithFromKeyword(mut tables) = delete.from else {
            return Err(unsupported("DELETE without FROM"));
        };
        let (1, Some(table), false) = (tables.len(), tables.pop(), odd) else {
            return Err(unsupported("this form of DELETE"));
        };
        let (table, alias) = self.target(table, "DELETE")?;
        Ok(Delete {
            with: With::default(),
            table,
            alias,
            using: self.from(delete.using.unwrap_or_default())?,
            filter: delete.selection.map(|e| self.expr(e)).transpose()?,
            returning: self.items(delete.returning.unwrap_or_default())?,
        })
    }

    pub(super) fn truncate(&self, truncate: sql::Truncate) -> R<Statement> {
        if truncate.partitions.is_some() || truncate.if_exists || truncate.on_cluster.is_some() {
            return Err(unsupported("this form of TRUNCATE"));
        }
        Ok(Statement::Truncate {
            tables: truncate
                .table_names
                .iter()
                .map(|t| names::relation(&t.name))
                .collect::<R<_>>()?,
            restart_identity: matches!(
                truncate.identity,
                Some(sql::TruncateIdentityOption::Restart)
            ),
            cascade: matches!(truncate.cascade, Some(sql::CascadeOption::Cascade)),
        })
    }
}
