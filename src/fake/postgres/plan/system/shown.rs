//! `pg_tables` and the other views that show the catalog's names.

use super::super::super::catalog::Catalog;
use super::super::super::errors::R;
use super::super::super::types::{Datum, Type};
use super::{Cell, NULL, OWNER, System, relation, row, sequence, text};

#[rustfmt::skip]
pub(super) static RELATIONS: &[System] = &[
    relation!("pg_catalog", 12_033, "pg_tables", tables, [
        "schemaname": NAME, "tablename": NAME, "tableowner": NAME, "tablespace": NAME,
        "hasindexes": BOOL, "hasrules": BOOL, "hastriggers": BOOL, "rowsecurity": BOOL,
    ]),
    relation!("pg_catalog", 12_043, "pg_indexes", indexes, [
        "schemaname": NAME, "tablename": NAME, "indexname": NAME, "tablespace": NAME,
        "indexdef": TEXT,
    ]),
    relation!("pg_catalog", 12_028, "pg_views", |catalog| {
            let row = |view: &std::sync::Arc<super::super::super::catalog::View>| {
                row![catalog.schema_name(view.schema), &view.name, OWNER]
            };
            Ok(catalog.views().map(row).collect())
        }, [
        "schemaname": NAME, "viewname": NAME, "viewowner": NAME,
    ]),
    relation!("pg_catalog", 12_038, "pg_matviews", |catalog| {
            let made = catalog.tables().filter_map(|table| {
                let populated = table.materialized.as_ref()?.populated;
                let schema = catalog.schema_name(table.schema);
                let indexed = !table.indexes.is_empty();
                Some(row![schema, &table.name, OWNER, NULL, indexed, populated])
            });
            Ok(made.collect())
        }, [
        "schemaname": NAME, "matviewname": NAME, "matviewowner": NAME, "tablespace": NAME,
        "hasindexes": BOOL, "ispopulated": BOOL,
    ]),
    relation!("pg_catalog", 12_048, "pg_sequences", sequences, [
        "schemaname": NAME, "sequencename": NAME, "sequenceowner": NAME, "data_type": REGTYPE,
        "start_value": INT8, "min_value": INT8, "max_value": INT8, "increment_by": INT8,
        "cycle": BOOL, "cache_size": INT8, "last_value": INT8,
    ]),
    relation!("pg_catalog", 12_014, "pg_user", |_| Ok(vec![row![OWNER, super::OWNER_OID, true, true, true, true, "********"]]), [
        "usename": NAME, "usesysid": OID, "usecreatedb": BOOL, "usesuper": BOOL, "userepl": BOOL,
        "usebypassrls": BOOL, "passwd": TEXT,
    ]),
];

fn tables(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let own = catalog.tables().filter(|table| table.materialized.is_none());
    let own = own.map(|table| {
        let referred = catalog.references_to(table.oid).next().is_some();
        row![
            catalog.schema_name(table.schema),
            &table.name,
            OWNER,
            NULL,
            !table.indexes.is_empty(),
            false,
            referred || !table.foreign_keys.is_empty(),
            false,
        ]
    });
    let systems = super::all()
        .filter(|system| system.schema == "pg_catalog" && system.oid < 12_000)
        .map(|system| row!["pg_catalog", system.name, OWNER, NULL, true, false, false, false]);
    Ok(own.chain(systems).collect())
}

fn indexes(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        for index in &table.indexes {
            rows.push(row![
                catalog.schema_name(table.schema),
                &table.name,
                &index.name,
                NULL,
                text::index(catalog, table, index),
            ]);
        }
    }
    Ok(rows)
}

fn sequences(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let row = |own: &std::sync::Arc<super::super::super::catalog::Sequence>| {
        let oid = own.oid;
        row![
            catalog.schema_name(own.schema),
            &own.name,
            OWNER,
            Datum::Int(own.ty.0.into()),
            sequence("sequence start", oid),
            sequence("sequence minimum", oid),
            sequence("sequence maximum", oid),
            sequence("sequence increment", oid),
            sequence("sequence cycles", oid),
            sequence("sequence cache", oid),
            sequence("sequence drawn", oid),
        ]
    };
    Ok(catalog.sequences().map(row).collect())
}
