//! `pg_catalog` and `information_schema`, as far as migration tools and object mappers read them.
//!
//! A relation of theirs is a list of rows that is made from the [`Catalog`] when the statement is planned:
//! plans are made anew when the catalog changes.

mod constraints;
mod information;
mod objects;
mod shown;
pub(super) mod text;

pub(crate) use constraints::{constraint_text, index_text};
pub(crate) use objects::typed_of;
pub(crate) use text::{expression_text, key_text};

use super::super::catalog::{Catalog, Oid};
use super::super::errors::{R, fail, unsupported};
use super::super::functions;
use super::super::parse::ast::Name;
use super::super::types::{Datum, Type, Typed};
use super::binder::Binder;
use super::expr::{Bound, Expr, Output};
use super::tree::Select;
use super::tree::Source;

/// A relation that PostgreSQL brings along.
pub(crate) struct System {
    schema: &'static str,
    name: &'static str,
    /// 0 where nobody asks.
    oid: Oid,
    columns: &'static [(&'static str, Type)],
    rows: fn(&Catalog) -> R<Vec<Vec<Cell>>>,
}

/// The database's name, and that of its only role with its number.
const DATABASE: &str = "postgres";
const OWNER: &str = "postgres";
const OWNER_OID: Oid = 10;

/// Catalogs that PostgreSQL has and that are not here.
const OTHERS: &[&str] = &[
    "pg_aggregate",
    "pg_amop",
    "pg_amproc",
    "pg_auth_members",
    "pg_authid",
    "pg_available_extensions",
    "pg_cast",
    "pg_conversion",
    "pg_cursors",
    "pg_db_role_setting",
    "pg_default_acl",
    "pg_depend",
    "pg_event_trigger",
    "pg_file_settings",
    "pg_foreign_table",
    "pg_group",
    "pg_inherits",
    "pg_language",
    "pg_largeobject",
    "pg_locks",
    "pg_opclass",
    "pg_operator",
    "pg_opfamily",
    "pg_partitioned_table",
    "pg_policies",
    "pg_policy",
    "pg_prepared_statements",
    "pg_prepared_xacts",
    "pg_proc",
    "pg_publication",
    "pg_range",
    "pg_replication_slots",
    "pg_rewrite",
    "pg_rules",
    "pg_settings",
    "pg_shadow",
    "pg_shdepend",
    "pg_shdescription",
    "pg_stat_activity",
    "pg_stat_all_tables",
    "pg_stat_database",
    "pg_stat_user_indexes",
    "pg_stat_user_tables",
    "pg_statio_user_tables",
    "pg_statistic",
    "pg_statistic_ext",
    "pg_stats",
    "pg_subscription",
    "pg_tablespace",
    "pg_timezone_abbrevs",
    "pg_timezone_names",
    "pg_trigger",
    "pg_ts_config",
    "pg_ts_dict",
];

/// Views of `information_schema` that are not here.
const INFORMATION_OTHERS: &[&str] = &[
    "applicable_roles",
    "attributes",
    "character_sets",
    "collations",
    "column_column_usage",
    "column_domain_usage",
    "column_privileges",
    "column_udt_usage",
    "constraint_table_usage",
    "domain_constraints",
    "domain_udt_usage",
    "domains",
    "element_types",
    "enabled_roles",
    "parameters",
    "role_table_grants",
    "routine_privileges",
    "routines",
    "sql_features",
    "table_privileges",
    "triggered_update_columns",
    "triggers",
    "udt_privileges",
    "usage_privileges",
    "user_defined_types",
    "view_column_usage",
    "view_table_usage",
];

fn all() -> impl Iterator<Item = &'static System> {
    [objects::RELATIONS, constraints::RELATIONS, shown::RELATIONS, information::RELATIONS]
        .into_iter()
        .flatten()
}

/// The relation of that name, as the search path finds it after all others.
pub(super) fn find(name: &Name) -> R<Option<&'static System>> {
    let schema = name.schema.as_deref().unwrap_or("pg_catalog");
    let found = all().find(|system| system.schema == schema && system.name == name.name);
    if found.is_some() {
        return Ok(found);
    }
    let others = if schema == "pg_catalog" { OTHERS } else { INFORMATION_OTHERS };
    if matches!(schema, "pg_catalog" | "information_schema") {
        if others.contains(&name.name.as_str()) {
            return Err(unsupported(format!("the catalog {name}")));
        }
        if name.schema.is_some() {
            return fail("42P01", format!("relation \"{name}\" does not exist"));
        }
    }
    Ok(None)
}

/// What `regclass` reads of it, and prints for it.
pub(crate) fn system_oid(name: &Name) -> Option<Oid> {
    let found = find(name).ok().flatten()?;
    (found.oid != 0).then_some(found.oid)
}

pub(crate) fn system_name(oid: Oid) -> Option<&'static str> {
    all().find(|system| system.oid == oid && oid != 0).map(|system| system.name)
}

impl Binder<'_> {
    /// A sequence in FROM: its state, as one row.
    pub(super) fn sequence_state(&mut self, oid: Oid) -> R<(Select, Vec<Output>)> {
        let argument = || Bound::new(Expr::Const(Datum::Int(oid.into())), Type::REGCLASS);
        let (mut row, mut outputs) = (vec![], vec![]);
        for (function, name) in [
            ("sequence last_value", "last_value"),
            ("sequence log_cnt", "log_cnt"),
            ("sequence is_called", "is_called"),
        ] {
            let bound = self.function(function, vec![argument()])?;
            outputs.push(Output { name: name.into(), typed: bound.typed });
            row.push(bound.expr);
        }
        Ok((Select::of_row(row, 3), outputs))
    }

    /// Its rows, as a subquery.
    pub(super) fn system_rows(&mut self, system: &System) -> R<(Select, Vec<Output>)> {
        self.names_types = true;
        let outputs: Vec<Output> = system
            .columns
            .iter()
            .map(|(name, ty)| Output { name: (*name).into(), typed: Typed::plain(*ty) })
            .collect();
        let rows = (system.rows)(self.catalog)?;
        let rows = rows.into_iter().map(|row| row.into_iter().map(|cell| cell.0).collect());
        let mut select = Select::of_row(vec![], outputs.len());
        select.source = Source::Values(rows.collect());
        Ok((select, outputs))
    }
}

/// 42501, as for everything in these schemas.
pub(super) fn no_change<T>(system: &System) -> R<T> {
    fail("42501", format!("permission denied: \"{}\" is a system catalog", system.name))
}

/// A value of a row.
pub(super) struct Cell(Expr);

const NULL: Cell = Cell(Expr::Const(Datum::Null));

impl From<Datum> for Cell {
    fn from(value: Datum) -> Cell {
        Cell(Expr::Const(value))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Cell {
        Datum::text(value).into()
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Cell {
        Datum::text(value).into()
    }
}

impl From<&std::sync::Arc<str>> for Cell {
    fn from(value: &std::sync::Arc<str>) -> Cell {
        Datum::text(&**value).into()
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Cell {
        Datum::Bool(value).into()
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Cell {
        Datum::Int(value).into()
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Cell {
        Datum::Int(value.into()).into()
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(NULL, Into::into)
    }
}

/// A relation: its schema, number, name, rows and columns.
macro_rules! relation {
    ($schema:literal, $oid:literal, $name:literal, $rows:expr, [$($column:literal: $ty:ident),* $(,)?]) => {
        System {
            schema: $schema,
            name: $name,
            oid: $oid,
            columns: &[$(($column, Type::$ty)),*],
            rows: $rows,
        }
    };
}
use relation;

/// The values of a row, whatever their types.
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![$(crate::fake::postgres::plan::system::Cell::from($value)),*] };
}
use row;

/// A sequence's number that only the store knows.
fn sequence(what: &str, oid: Oid) -> Cell {
    let function = functions::named(what).into_iter().next();
    Cell(match function {
        Some(function) => {
            Expr::Call { function, args: [Expr::Const(Datum::Int(oid.into()))].into() }
        }
        None => Expr::Const(Datum::Null),
    })
}

/// A sequence's number as text.
fn sequence_text(what: &str, oid: Oid) -> Cell {
    let expr = Box::new(sequence(what, oid).0);
    Cell(Expr::Cast { expr, from: Type::INT8, to: Type::TEXT })
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "YES" } else { "NO" }
}

/// The number of a type in `pg_type`.
fn type_oid(ty: Type) -> i64 {
    if ty.is_made() && ty.element().is_none() { ty.oid().into() } else { ty.0.into() }
}

/// The numbers of columns, as `conkey` and `indkey` keep them.
fn numbers(list: impl IntoIterator<Item = i64>) -> Datum {
    Datum::array(Type::INT2, list.into_iter().map(Datum::Int).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_declared_columns() {
        let catalog = Catalog::empty(1);
        for system in all() {
            for row in (system.rows)(&catalog).unwrap() {
                assert_eq!(row.len(), system.columns.len(), "{}", system.name);
            }
        }
    }
}
