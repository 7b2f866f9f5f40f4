//! `information_schema`.

use std::sync::Arc;

use super::super::super::catalog::{Catalog, Oid, Sequence, Table};
use super::super::super::errors::R;
use super::super::super::parse::ast::CheckOption;
use super::super::super::types::{Kind, Type, Typed};
use super::constraints::{Constraint, of};
use super::{Cell, DATABASE, NULL, OWNER, System, relation, row, sequence_text, text, yes_or_no};

#[rustfmt::skip]
pub(super) static RELATIONS: &[System] = &[
    relation!("information_schema", 0, "information_schema_catalog_name", |_| Ok(vec![row![DATABASE]]), ["catalog_name": NAME]),
    relation!("information_schema", 0, "schemata", schemata, [
        "catalog_name": NAME, "schema_name": NAME, "schema_owner": NAME,
        "default_character_set_catalog": NAME, "default_character_set_schema": NAME,
        "default_character_set_name": NAME, "sql_path": VARCHAR,
    ]),
    relation!("information_schema", 0, "tables", tables, [
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME, "table_type": VARCHAR,
        "self_referencing_column_name": NAME, "reference_generation": VARCHAR,
        "user_defined_type_catalog": NAME, "user_defined_type_schema": NAME,
        "user_defined_type_name": NAME, "is_insertable_into": VARCHAR, "is_typed": VARCHAR,
        "commit_action": VARCHAR,
    ]),
    relation!("information_schema", 0, "columns", columns, [
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME, "column_name": NAME,
        "ordinal_position": INT4, "column_default": VARCHAR, "is_nullable": VARCHAR,
        "data_type": VARCHAR, "character_maximum_length": INT4, "character_octet_length": INT4,
        "numeric_precision": INT4, "numeric_precision_radix": INT4, "numeric_scale": INT4,
        "datetime_precision": INT4, "interval_type": VARCHAR, "interval_precision": INT4,
        "character_set_catalog": NAME, "character_set_schema": NAME, "character_set_name": NAME,
        "collation_catalog": NAME, "collation_schema": NAME, "collation_name": NAME,
        "domain_catalog": NAME, "domain_schema": NAME, "domain_name": NAME,
        "udt_catalog": NAME, "udt_schema": NAME, "udt_name": NAME,
        "scope_catalog": NAME, "scope_schema": NAME, "scope_name": NAME,
        "maximum_cardinality": INT4, "dtd_identifier": NAME, "is_self_referencing": VARCHAR,
        "is_identity": VARCHAR, "identity_generation": VARCHAR, "identity_start": VARCHAR,
        "identity_increment": VARCHAR, "identity_maximum": VARCHAR, "identity_minimum": VARCHAR,
        "identity_cycle": VARCHAR, "is_generated": VARCHAR, "generation_expression": VARCHAR,
        "is_updatable": VARCHAR,
    ]),
    relation!("information_schema", 0, "sequences", sequences, [
        "sequence_catalog": NAME, "sequence_schema": NAME, "sequence_name": NAME,
        "data_type": VARCHAR, "numeric_precision": INT4, "numeric_precision_radix": INT4,
        "numeric_scale": INT4, "start_value": VARCHAR, "minimum_value": VARCHAR,
        "maximum_value": VARCHAR, "increment": VARCHAR, "cycle_option": VARCHAR,
    ]),
    relation!("information_schema", 0, "views", views, [
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME,
        "check_option": VARCHAR, "is_updatable": VARCHAR, "is_insertable_into": VARCHAR,
        "is_trigger_updatable": VARCHAR, "is_trigger_deletable": VARCHAR,
        "is_trigger_insertable_into": VARCHAR,
    ]),
    relation!("information_schema", 0, "table_constraints", table_constraints, [
        "constraint_catalog": NAME, "constraint_schema": NAME, "constraint_name": NAME,
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME,
        "constraint_type": VARCHAR, "is_deferrable": VARCHAR, "initially_deferred": VARCHAR,
        "enforced": VARCHAR, "nulls_distinct": VARCHAR,
    ]),
    relation!("information_schema", 0, "key_column_usage", key_column_usage, [
        "constraint_catalog": NAME, "constraint_schema": NAME, "constraint_name": NAME,
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME, "column_name": NAME,
        "ordinal_position": INT4, "position_in_unique_constraint": INT4,
    ]),
    relation!("information_schema", 0, "constraint_column_usage", constraint_column_usage, [
        "table_catalog": NAME, "table_schema": NAME, "table_name": NAME, "column_name": NAME,
        "constraint_catalog": NAME, "constraint_schema": NAME, "constraint_name": NAME,
    ]),
    relation!("information_schema", 0, "referential_constraints", referential_constraints, [
        "constraint_catalog": NAME, "constraint_schema": NAME, "constraint_name": NAME,
        "unique_constraint_catalog": NAME, "unique_constraint_schema": NAME,
        "unique_constraint_name": NAME, "match_option": VARCHAR, "update_rule": VARCHAR,
        "delete_rule": VARCHAR,
    ]),
    relation!("information_schema", 0, "check_constraints", check_constraints, [
        "constraint_catalog": NAME, "constraint_schema": NAME, "constraint_name": NAME,
        "check_clause": VARCHAR,
    ]),
];

fn schemata(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let own = catalog.schemas().map(|schema| {
        let owner = if *schema.name == *"public" { "pg_database_owner" } else { OWNER };
        (&*schema.name, owner)
    });
    let system = ["pg_toast", "pg_catalog", "information_schema"].map(|name| (name, OWNER));
    let rows = system.into_iter().chain(own);
    Ok(rows.map(|(name, owner)| row![DATABASE, name, owner, NULL, NULL, NULL, NULL]).collect())
}

/// Tables that are no materialized views: those are not in the standard.
fn own_tables(catalog: &Catalog) -> impl Iterator<Item = &Arc<Table>> {
    catalog.tables().filter(|table| table.materialized.is_none())
}

fn tables(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let line = |schema: &str, name: &str, kind: &str, insertable: bool| {
        let commit = (kind == "LOCAL TEMPORARY").then_some("PRESERVE");
        row![
            DATABASE,
            schema,
            name,
            kind,
            NULL,
            NULL,
            NULL,
            NULL,
            NULL,
            yes_or_no(insertable),
            "NO",
            commit,
        ]
    };
    let mut rows = vec![];
    for table in own_tables(catalog) {
        let schema = catalog.schema_name(table.schema);
        let temporary = schema.starts_with("pg_temp_");
        let kind = if temporary { "LOCAL TEMPORARY" } else { "BASE TABLE" };
        rows.push(line(schema, &table.name, kind, true));
    }
    for view in catalog.views() {
        let schema = catalog.schema_name(view.schema);
        rows.push(line(schema, &view.name, "VIEW", view.definition.fixed.is_none()));
    }
    for system in super::all() {
        let table = system.oid != 0 && system.oid < 12_000;
        let kind = if table { "BASE TABLE" } else { "VIEW" };
        rows.push(line(system.schema, system.name, kind, table));
    }
    Ok(rows)
}

/// Precision, its radix, and scale of a number.
fn numeric(typed: Typed) -> [Option<i64>; 3] {
    match typed.ty {
        Type::INT2 => [Some(16), Some(2), Some(0)],
        Type::INT4 => [Some(32), Some(2), Some(0)],
        Type::INT8 => [Some(64), Some(2), Some(0)],
        Type::FLOAT4 => [Some(24), Some(2), None],
        Type::FLOAT8 => [Some(53), Some(2), None],
        Type::NUMERIC => match typed.precision_and_scale() {
            Some((precision, scale)) => [Some(precision.into()), Some(10), Some(scale.into())],
            None => [None, Some(10), None],
        },
        _ => [None; 3],
    }
}

fn datetime_precision(typed: Typed) -> Option<i64> {
    match typed.ty {
        Type::DATE => Some(0),
        Type::TIME | Type::TIMETZ | Type::TIMESTAMP | Type::TIMESTAMPTZ if typed.modifier >= 0 => {
            Some(typed.modifier.into())
        }
        Type::INTERVAL if typed.modifier >= 0 && typed.modifier & 0xffff != 0xffff => {
            Some(i64::from(typed.modifier & 0xffff))
        }
        Type::TIME | Type::TIMETZ | Type::TIMESTAMP | Type::TIMESTAMPTZ | Type::INTERVAL => Some(6),
        _ => None,
    }
}

/// `data_type`: user's types and arrays are not told apart.
fn data_type(ty: Type) -> String {
    if ty.element().is_some() {
        "ARRAY".into()
    } else if ty.is_made() {
        "USER-DEFINED".into()
    } else {
        ty.name().into_owned()
    }
}

/// The schema of a type, and its name in `pg_type`.
fn type_place(catalog: &Catalog, ty: Type) -> (String, String) {
    let own = ty.element().unwrap_or(ty);
    let schema = match catalog.type_def(own) {
        Some(def) => Some(def.schema),
        None if own.kind() == Some(Kind::Composite) => {
            catalog.table(own.oid()).ok().map(|table| table.schema)
        }
        None => None,
    };
    let schema = schema.map_or("pg_catalog", |schema| catalog.schema_name(schema));
    (schema.to_owned(), ty.internal_name().into_owned())
}

/// What `information_schema.columns` says of one.
struct Column<'a> {
    schema: &'a str,
    table: &'a str,
    name: &'a str,
    place: i64,
    typed: Typed,
    default: Option<String>,
    generated: Option<String>,
    not_null: bool,
    /// With the number of its sequence.
    identity: Option<(bool, Oid)>,
    updatable: bool,
}

impl Column<'_> {
    fn row(self, catalog: &Catalog) -> Vec<Cell> {
        let is_domain = self.typed.ty.kind() == Some(Kind::Domain);
        let base = catalog.base(self.typed);
        let [precision, radix, scale] = numeric(base);
        let length = match base.ty {
            Type::VARCHAR | Type::BPCHAR if base.modifier >= 0 => Some(i64::from(base.modifier)),
            _ => None,
        };
        let octets = match base.ty {
            Type::TEXT | Type::VARCHAR | Type::BPCHAR => {
                Some(length.map_or(1 << 30, |length| length * 4))
            }
            _ => None,
        };
        let (domain_schema, domain_name) = type_place(catalog, self.typed.ty);
        let (udt_schema, udt_name) = type_place(catalog, base.ty);
        let interval = (base.ty == Type::INTERVAL && base.modifier >= 0)
            .then(|| base.describe())
            .and_then(|shown| Some(shown.strip_prefix("interval ")?.to_ascii_uppercase()));
        let identity = |what: &str| match self.identity {
            Some((_, oid)) => sequence_text(what, oid),
            None => NULL,
        };
        row![
            DATABASE,
            self.schema,
            self.table,
            self.name,
            self.place,
            self.default,
            yes_or_no(!self.not_null),
            data_type(base.ty),
            length,
            octets,
            precision,
            radix,
            scale,
            datetime_precision(base),
            interval,
            NULL,
            NULL,
            NULL,
            NULL,
            (base.ty == Type::NAME).then_some(DATABASE),
            (base.ty == Type::NAME).then_some("pg_catalog"),
            (base.ty == Type::NAME).then_some("C"),
            is_domain.then_some(DATABASE),
            is_domain.then_some(domain_schema),
            is_domain.then_some(domain_name),
            DATABASE,
            udt_schema,
            udt_name,
            NULL,
            NULL,
            NULL,
            NULL,
            self.place.to_string(),
            "NO",
            yes_or_no(self.identity.is_some()),
            self.identity.map(|(always, _)| if always { "ALWAYS" } else { "BY DEFAULT" }),
            identity("sequence start"),
            identity("sequence increment"),
            identity("sequence maximum"),
            identity("sequence minimum"),
            match self.identity {
                Some((_, oid)) => super::sequence("sequence cycle option", oid),
                None => "NO".into(),
            },
            if self.generated.is_some() { "ALWAYS" } else { "NEVER" },
            self.generated,
            yes_or_no(self.updatable),
        ]
    }
}

fn columns(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        for (place, column) in table.columns.iter().enumerate() {
            let shown = text::default(catalog, table, place);
            let (default, generated) =
                if column.generated.is_some() { (None, shown) } else { (shown, None) };
            let sequence = catalog.owned_sequences(table.oid, Some(column.id)).next();
            let line = Column {
                schema: catalog.schema_name(table.schema),
                table: &table.name,
                name: &column.name,
                place: column.id.into(),
                typed: column.typed,
                default,
                generated,
                not_null: column.not_null,
                identity: column.identity.zip(sequence.map(|sequence| sequence.oid)),
                updatable: true,
            };
            rows.push(line.row(catalog));
        }
    }
    for view in catalog.views() {
        for (column, place) in view.columns.iter().zip(1..) {
            let printer = text::Printer { catalog, columns: vec![], of_domain: false };
            let default = column.default.as_ref();
            let line = Column {
                schema: catalog.schema_name(view.schema),
                table: &view.name,
                name: &column.name,
                place,
                typed: column.typed,
                default: default.map(|expr| printer.plain(expr, column.typed.ty)),
                generated: None,
                not_null: false,
                identity: None,
                updatable: view.definition.fixed.is_none(),
            };
            rows.push(line.row(catalog));
        }
    }
    Ok(rows)
}

fn sequences(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    // Those of identity columns are not listed.
    let listed = catalog.sequences().filter(|sequence| !sequence.identity);
    let row = |own: &Arc<Sequence>| {
        let [precision, radix, scale] = numeric(Typed::plain(own.ty));
        row![
            DATABASE,
            catalog.schema_name(own.schema),
            &own.name,
            own.ty.name().into_owned(),
            precision,
            radix,
            scale,
            sequence_text("sequence start", own.oid),
            sequence_text("sequence minimum", own.oid),
            sequence_text("sequence maximum", own.oid),
            sequence_text("sequence increment", own.oid),
            super::sequence("sequence cycle option", own.oid),
        ]
    };
    Ok(listed.map(row).collect())
}

fn views(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for view in catalog.views() {
        let check = match view.check {
            None => "NONE",
            Some(CheckOption::Local) => "LOCAL",
            Some(CheckOption::Cascaded) => "CASCADED",
        };
        let open = yes_or_no(view.definition.fixed.is_none());
        let schema = catalog.schema_name(view.schema);
        rows.push(row![DATABASE, schema, &view.name, check, open, open, "NO", "NO", "NO"]);
    }
    Ok(rows)
}

fn table_constraints(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        let schema = catalog.schema_name(table.schema);
        for constraint in of(table) {
            let kind = match &constraint {
                Constraint::Check(_) => "CHECK",
                Constraint::Key(index) if index.primary => "PRIMARY KEY",
                Constraint::Key(_) => "UNIQUE",
                Constraint::Foreign(_) => "FOREIGN KEY",
            };
            let deferral = constraint.deferral();
            let distinct = match &constraint {
                Constraint::Key(index) if !index.primary => Some(yes_or_no(index.nulls_distinct)),
                _ => None,
            };
            rows.push(row![
                DATABASE,
                schema,
                constraint.name(),
                DATABASE,
                schema,
                &table.name,
                kind,
                yes_or_no(deferral.is_deferrable()),
                yes_or_no(deferral == super::super::super::catalog::Deferral::Deferred),
                "YES",
                distinct,
            ]);
        }
        for (name, _) in not_nulls(table) {
            rows.push(row![
                DATABASE,
                schema,
                name,
                DATABASE,
                schema,
                &table.name,
                "CHECK",
                "NO",
                "NO",
                "YES",
                NULL,
            ]);
        }
    }
    Ok(rows)
}

/// NOT NULL is a check there: its name and what it says.
fn not_nulls(table: &Table) -> impl Iterator<Item = (String, String)> {
    table.columns.iter().filter(|column| column.not_null).map(|column| {
        let name = format!("{}_{}_{}_not_null", table.schema, table.oid, column.id);
        (name, format!("{} IS NOT NULL", column.name))
    })
}

fn key_column_usage(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        let schema = catalog.schema_name(table.schema);
        for constraint in of(table) {
            let parents = match &constraint {
                Constraint::Check(_) => continue,
                Constraint::Key(_) => vec![],
                Constraint::Foreign(key) => parent_places(catalog, key),
            };
            for (place, column) in constraint.places().into_iter().enumerate() {
                let Some(column) = table.columns.get(column) else { continue };
                rows.push(row![
                    DATABASE,
                    schema,
                    constraint.name(),
                    DATABASE,
                    schema,
                    &table.name,
                    &column.name,
                    place as i64 + 1,
                    parents.get(place).copied(),
                ]);
            }
        }
    }
    Ok(rows)
}

/// Where the referenced columns stand in the key that they are of, counted from 1.
fn parent_places(catalog: &Catalog, key: &super::super::super::catalog::ForeignKey) -> Vec<i64> {
    let Ok(parent) = catalog.table(key.parent) else { return vec![] };
    let columns = parent.index(key.parent_index).ok().and_then(|index| index.columns());
    let columns = columns.unwrap_or_default();
    let place = |column: &usize| columns.iter().position(|own| own == column);
    key.parent_columns.iter().filter_map(place).map(|place| place as i64 + 1).collect()
}

fn constraint_column_usage(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        for constraint in of(table) {
            // A foreign key uses the columns that it refers to.
            let (owner, places) = match &constraint {
                Constraint::Foreign(key) => {
                    (catalog.table(key.parent)?, key.parent_columns.clone())
                }
                _ => (table, constraint.places()),
            };
            for column in places.into_iter().filter_map(|place| owner.columns.get(place)) {
                rows.push(row![
                    DATABASE,
                    catalog.schema_name(owner.schema),
                    &owner.name,
                    &column.name,
                    DATABASE,
                    catalog.schema_name(table.schema),
                    constraint.name(),
                ]);
            }
        }
    }
    Ok(rows)
}

fn referential_constraints(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        let schema = catalog.schema_name(table.schema);
        for key in &table.foreign_keys {
            let parent = catalog.table(key.parent)?;
            let index = parent.index(key.parent_index).ok().filter(|index| index.constraint);
            rows.push(row![
                DATABASE,
                schema,
                &key.name,
                index.map(|_| DATABASE),
                index.map(|_| catalog.schema_name(parent.schema)),
                index.map(|index| &index.name),
                if key.full { "FULL" } else { "NONE" },
                text::action_word(key.on_update),
                text::action_word(key.on_delete),
            ]);
        }
    }
    Ok(rows)
}

fn check_constraints(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in own_tables(catalog) {
        let schema = catalog.schema_name(table.schema);
        for check in &table.checks {
            let shown = text::check(catalog, table, check);
            let clause = shown.strip_prefix("CHECK ").unwrap_or(&shown).to_owned();
            rows.push(row![DATABASE, schema, &check.name, clause]);
        }
        for (name, clause) in not_nulls(table) {
            rows.push(row![DATABASE, schema, name, clause]);
        }
    }
    for def in catalog.types() {
        let Some(domain) = def.domain() else { continue };
        for check in &domain.checks {
            let columns = vec![("value".into(), domain.base)];
            let printer = text::Printer { catalog, columns, of_domain: true };
            let clause = format!("({})", printer.plain(&check.expr, Type::BOOL));
            rows.push(row![DATABASE, catalog.schema_name(def.schema), &check.name, clause]);
        }
    }
    Ok(rows)
}
