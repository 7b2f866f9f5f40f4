//! CREATE and ALTER.

use sqlparser::ast as sql;
use sqlparser::ast::helpers::stmt_create_table::CreateTableBuilder;

use super::super::errors::{R, fail, unsupported};
use super::super::types::{Type, Typed};
use super::ast::{
    Action, AlterAction, ColumnDef, Constraint, ConstraintKind, CreateIndex, CreateTable, Expr,
    Literal, SequenceOptions, Statement,
};
use super::{Converter, headline, names};

impl Converter {
    pub(super) fn create_table(&self, create: sql::CreateTable) -> R<CreateTable> {
        // What is read below, and nothing else: any other clause makes the two differ.
        let plain = CreateTableBuilder::new(create.name.clone())
            .if_not_exists(create.if_not_exists)
            .columns(create.columns.clone())
            .constraints(create.constraints.clone())
            .hive_distribution(create.hive_distribution.clone())
            .hive_formats(create.hive_formats.clone())
            .build();
        if plain != create {
            let what = match () {
                () if create.query.is_some() => "CREATE TABLE AS",
                () if create.temporary => "CREATE TEMPORARY TABLE",
                () if create.unlogged => "CREATE UNLOGGED TABLE",
                () if create.inherits.is_some() => "INHERITS",
                () if create.partition_by.is_some() || create.partition_of.is_some() => "PARTITION",
                () if create.like.is_some() => "CREATE TABLE … LIKE",
                () if create.on_commit.is_some() => "ON COMMIT",
                () => "a table option",
            };
            return Err(unsupported(what));
        }
        Ok(CreateTable {
            name: names::relation(&create.name)?,
            if_not_exists: create.if_not_exists,
            columns: create
                .columns
                .into_iter()
                .map(|column| self.column_def(column))
                .collect::<R<_>>()?,
            constraints: create
                .constraints
                .into_iter()
                .map(|c| self.constraint(c))
                .collect::<R<_>>()?,
        })
    }

    fn column_def(&self, column: sql::ColumnDef) -> R<ColumnDef> {
        let (typed, serial) = match &column.data_type {
            sql::DataType::Custom(name, modifiers) if modifiers.is_empty() => {
                match names::function(name)?.as_str() {
                    "serial" | "serial4" => (Typed::plain(Type::INT4).into(), true),
                    "bigserial" | "serial8" => (Typed::plain(Type::INT8).into(), true),
                    "smallserial" | "serial2" => (Typed::plain(Type::INT2).into(), true),
                    _ => (self.typed(&column.data_type)?, false),
                }
            }
            other => (self.typed(other)?, false),
        };
        let name = names::ident(&column.name);
        let mut def = ColumnDef {
            name: name.clone(),
            typed,
            serial,
            not_null: serial,
            default: None,
            identity: None,
            generated: None,
            constraints: vec![],
        };
        let mut null = false;
        for option in column.options {
            let constraint = option.name.as_ref().map(names::ident);
            self.column_option(&mut def, &mut null, constraint, option.option)?;
        }
        if null && def.not_null {
            return fail(
                "42601",
                format!("conflicting NULL/NOT NULL declarations for column \"{name}\""),
            );
        }
        Ok(def)
    }

    fn column_option(
        &self,
        def: &mut ColumnDef,
        null: &mut bool,
        name: Option<String>,
        option: sql::ColumnOption,
    ) -> R<()> {
        use sql::ColumnOption as O;
        let own = || vec![def.name.clone()];
        let (kind, characteristics) = match option {
            O::Null => {
                *null = true;
                return Ok(());
            }
            O::NotNull => {
                def.not_null = true;
                return Ok(());
            }
            O::Default(expr) => {
                def.default = Some(self.expr(expr)?);
                return Ok(());
            }
            O::Generated { generated_as, sequence_options, generation_expr: None, .. } => {
                let always = match generated_as {
                    sql::GeneratedAs::Always => true,
                    sql::GeneratedAs::ByDefault => false,
                    sql::GeneratedAs::ExpStored => {
                        return Err(unsupported("this generated column"));
                    }
                };
                def.identity =
                    Some((always, self.sequence_options(sequence_options.unwrap_or_default())?));
                def.not_null = true;
                return Ok(());
            }
            O::Generated { generation_expr: Some(expr), .. } => {
                def.generated = Some(self.expr(expr)?);
                return Ok(());
            }
            O::PrimaryKey(key) => (ConstraintKind::PrimaryKey(own()), key.characteristics),
            O::Unique(key) => {
                let nulls_distinct =
                    !matches!(key.nulls_distinct, sql::NullsDistinctOption::NotDistinct);
                (ConstraintKind::Unique { columns: own(), nulls_distinct }, key.characteristics)
            }
            O::Check(check) => {
                let expr = self.expr(*check.expr)?;
                (ConstraintKind::Check { expr }, None)
            }
            O::ForeignKey(key) => {
                let columns = own();
                let characteristics = key.characteristics;
                (self.foreign_key(columns, key)?, characteristics)
            }
            O::Collation(_) => return Err(unsupported("COLLATE")),
            other => return Err(unsupported(format!("the column option {other}"))),
        };
        def.constraints.push(constraint(name, kind, characteristics)?);
        Ok(())
    }

    fn foreign_key(
        &self,
        columns: Vec<String>,
        key: sql::ForeignKeyConstraint,
    ) -> R<ConstraintKind> {
        let action = |action: Option<sql::ReferentialAction>| match action {
            None | Some(sql::ReferentialAction::NoAction) => Action::NoAction,
            Some(sql::ReferentialAction::Restrict) => Action::Restrict,
            Some(sql::ReferentialAction::Cascade) => Action::Cascade,
            Some(sql::ReferentialAction::SetNull) => Action::SetNull,
            Some(sql::ReferentialAction::SetDefault) => Action::SetDefault,
        };
        match key.match_kind {
            None | Some(sql::ConstraintReferenceMatchKind::Simple) => {}
            Some(_) => return Err(unsupported("MATCH FULL and MATCH PARTIAL")),
        }
        Ok(ConstraintKind::ForeignKey {
            columns,
            table: names::relation(&key.foreign_table)?,
            referenced: key.referred_columns.iter().map(names::ident).collect(),
            on_delete: action(key.on_delete),
            on_update: action(key.on_update),
        })
    }

    fn constraint(&self, table_constraint: sql::TableConstraint) -> R<Constraint> {
        use sql::TableConstraint as C;
        let (name, kind, characteristics) = match table_constraint {
            C::PrimaryKey(key) if key.include.is_empty() && key.index_type.is_none() => (
                key.name,
                ConstraintKind::PrimaryKey(key_columns(key.columns)?),
                key.characteristics,
            ),
            C::Unique(key) if key.include.is_empty() && key.index_type.is_none() => {
                let nulls_distinct =
                    !matches!(key.nulls_distinct, sql::NullsDistinctOption::NotDistinct);
                let columns = key_columns(key.columns)?;
                (key.name, ConstraintKind::Unique { columns, nulls_distinct }, key.characteristics)
            }
            C::Check(check) => {
                let expr = self.expr(*check.expr)?;
                (check.name, ConstraintKind::Check { expr }, None)
            }
            C::ForeignKey(key) => {
                let (name, characteristics) = (key.name.clone(), key.characteristics);
                let columns = key.columns.iter().map(names::ident).collect();
                (name, self.foreign_key(columns, key)?, characteristics)
            }
            C::Exclude(_) => return Err(unsupported("EXCLUDE")),
            other => return Err(unsupported(format!("the constraint {other}"))),
        };
        constraint(name.as_ref().map(names::ident), kind, characteristics)
    }

    pub(super) fn create_index(&self, create: sql::CreateIndex) -> R<CreateIndex> {
        if create.concurrently {
            return Err(unsupported("CREATE INDEX CONCURRENTLY"));
        }
        if !create.include.is_empty() {
            return Err(unsupported("INCLUDE"));
        }
        let btree = matches!(create.using, None | Some(sql::IndexType::BTree));
        let odd = create.nulls_distinct == Some(false)
            || !create.with.is_empty()
            || !create.index_options.is_empty()
            || !create.alter_options.is_empty()
            || create.r#async
            || create.columns.iter().any(|column| column.operator_class.is_some());
        if odd || !btree {
            return Err(unsupported("this kind of index"));
        }
        let columns = create.columns.into_iter().map(|column| column.column).collect();
        Ok(CreateIndex {
            name: create.name.as_ref().map(names::relation).transpose()?,
            table: names::relation(&create.table_name)?,
            columns: self.order_items(columns)?,
            unique: create.unique,
            if_not_exists: create.if_not_exists,
            predicate: create.predicate.map(|e| self.expr(e)).transpose()?,
        })
    }

    pub(super) fn sequence_options(&self, list: Vec<sql::SequenceOptions>) -> R<SequenceOptions> {
        let number = |expr: sql::Expr| match self.expr(expr)? {
            Expr::Literal(Literal::Number(text)) => {
                text.parse::<i64>().map_err(|_| unsupported(format!("the sequence option {text}")))
            }
            _ => Err(unsupported("a sequence option that is no number")),
        };
        let mut options = SequenceOptions::default();
        for option in list {
            use sql::SequenceOptions as S;
            match option {
                S::DataType(data_type) => options.typed = Some(self.known_type(&data_type)?),
                S::IncrementBy(expr, _) => options.increment = Some(number(expr)?),
                S::MinValue(value) => options.minimum = value.map(number).transpose()?,
                S::MaxValue(value) => options.maximum = value.map(number).transpose()?,
                S::StartWith(expr, _) => options.start = Some(number(expr)?),
                S::Cycle(no) => options.cycle = !no,
                S::Cache(expr) if number(expr.clone())? == 1 => {}
                S::Cache(_) => return Err(unsupported("a sequence CACHE above 1")),
                S::OwnedBy(None) => {}
                S::OwnedBy(Some(_)) => return Err(unsupported("OWNED BY")),
            }
        }
        Ok(options)
    }

    pub(super) fn alter_table(&self, alter: sql::AlterTable) -> R<Statement> {
        if alter.location.is_some() || alter.on_cluster.is_some() || alter.table_type.is_some() {
            return Err(unsupported("this form of ALTER TABLE"));
        }
        let actions = alter
            .operations
            .into_iter()
            .map(|action| self.alter_action(action))
            .collect::<R<_>>()?;
        Ok(Statement::AlterTable {
            table: names::relation(&alter.name)?,
            if_exists: alter.if_exists,
            actions,
        })
    }

    fn alter_action(&self, action: sql::AlterTableOperation) -> R<AlterAction> {
        use sql::AlterTableOperation as A;
        Ok(match action {
            A::AddColumn { if_not_exists, column_def, column_position: None, .. } => {
                AlterAction::AddColumn { column: self.column_def(column_def)?, if_not_exists }
            }
            A::AddConstraint { constraint, not_valid: false } => {
                AlterAction::AddConstraint(self.constraint(constraint)?)
            }
            A::AddConstraint { .. } => return Err(unsupported("NOT VALID")),
            A::DropColumn { column_names, if_exists, drop_behavior, .. } => {
                let [name] = column_names.as_slice() else {
                    return Err(unsupported("DROP COLUMN of several columns"));
                };
                let cascade = matches!(drop_behavior, Some(sql::DropBehavior::Cascade));
                AlterAction::DropColumn { name: names::ident(name), if_exists, cascade }
            }
            A::DropConstraint { name, if_exists, .. } => {
                AlterAction::DropConstraint { name: names::ident(&name), if_exists }
            }
            A::RenameColumn { old_column_name, new_column_name } => AlterAction::RenameColumn {
                from: names::ident(&old_column_name),
                to: names::ident(&new_column_name),
            },
            A::RenameTable { table_name: sql::RenameTableNameKind::To(name) } => {
                AlterAction::RenameTable(names::relation(&name)?)
            }
            A::RenameConstraint { old_name, new_name } => AlterAction::RenameConstraint {
                from: names::ident(&old_name),
                to: names::ident(&new_name),
            },
            A::AlterColumn { column_name, op } => {
                let column = names::ident(&column_name);
                use sql::AlterColumnOperation as C;
                match op {
                    C::SetNotNull => AlterAction::SetNotNull { column, not_null: true },
                    C::DropNotNull => AlterAction::SetNotNull { column, not_null: false },
                    C::SetDefault { value } => {
                        AlterAction::SetDefault { column, default: Some(self.expr(value)?) }
                    }
                    C::DropDefault => AlterAction::SetDefault { column, default: None },
                    C::SetDataType { data_type, using, .. } => AlterAction::SetType {
                        column,
                        typed: self.typed(&data_type)?,
                        using: using.map(|e| self.expr(e)).transpose()?,
                    },
                    other => return Err(unsupported(format!("ALTER COLUMN {other}"))),
                }
            }
            other => return Err(unsupported(format!("ALTER TABLE {}", headline(&other)))),
        })
    }
}

fn constraint(
    name: Option<String>,
    kind: ConstraintKind,
    characteristics: Option<sql::ConstraintCharacteristics>,
) -> R<Constraint> {
    let mut made = Constraint { name, kind, deferrable: false, initially_deferred: false };
    if let Some(characteristics) = characteristics {
        if characteristics.enforced.is_some() {
            return Err(unsupported("ENFORCED"));
        }
        made.initially_deferred =
            matches!(characteristics.initially, Some(sql::DeferrableInitial::Deferred));
        made.deferrable = characteristics.deferrable.unwrap_or(made.initially_deferred);
    }
    Ok(made)
}

fn key_columns(columns: Vec<sql::IndexColumn>) -> R<Vec<String>> {
    columns
        .into_iter()
        .map(|column| match column.column.expr {
            sql::Expr::Identifier(name) if column.operator_class.is_none() => {
                Ok(names::ident(&name))
            }
            other => Err(unsupported(format!("the key column {other}"))),
        })
        .collect()
}
