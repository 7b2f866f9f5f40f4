//! Relations, columns, types, schemas, and what is the same in every database.

use super::super::super::catalog::{Catalog, INFORMATION_SCHEMA, Made, Oid, PG_CATALOG, TypeDef};
use super::super::super::errors::R;
use super::super::super::types::{Category, Datum, Kind, Type, Typed};
use super::{Cell, DATABASE, NULL, OWNER_OID, System, relation, row, sequence, text, type_oid};

#[rustfmt::skip]
pub(super) static RELATIONS: &[System] = &[
    relation!("pg_catalog", 1259, "pg_class", classes, [
        "oid": OID, "relname": NAME, "relnamespace": OID, "reltype": OID, "reloftype": OID,
        "relowner": OID, "relam": OID, "relfilenode": OID, "reltablespace": OID,
        "reltoastrelid": OID, "relhasindex": BOOL, "relisshared": BOOL, "relpersistence": CHAR,
        "relkind": CHAR, "relnatts": INT2, "relchecks": INT2, "relhasrules": BOOL,
        "relhastriggers": BOOL, "relhassubclass": BOOL, "relrowsecurity": BOOL,
        "relforcerowsecurity": BOOL, "relispopulated": BOOL, "relreplident": CHAR,
        "relispartition": BOOL, "relrewrite": OID, "reloptions": TEXT_ARRAY,
    ]),
    relation!("pg_catalog", 1249, "pg_attribute", attributes, [
        "attrelid": OID, "attname": NAME, "atttypid": OID, "attstattarget": INT4, "attlen": INT2,
        "attnum": INT2, "attndims": INT4, "atttypmod": INT4, "attcompression": CHAR,
        "attnotnull": BOOL, "atthasdef": BOOL, "atthasmissing": BOOL, "attidentity": CHAR,
        "attgenerated": CHAR, "attisdropped": BOOL, "attislocal": BOOL, "attinhcount": INT4,
        "attcollation": OID, "attoptions": TEXT_ARRAY,
    ]),
    relation!("pg_catalog", 2604, "pg_attrdef", defaults, [
        "oid": OID, "adrelid": OID, "adnum": INT2, "adbin": TEXT,
    ]),
    relation!("pg_catalog", 2615, "pg_namespace", namespaces, [
        "oid": OID, "nspname": NAME, "nspowner": OID,
    ]),
    relation!("pg_catalog", 1247, "pg_type", types, [
        "oid": OID, "typname": NAME, "typnamespace": OID, "typowner": OID, "typlen": INT2,
        "typtype": CHAR, "typcategory": CHAR, "typispreferred": BOOL, "typisdefined": BOOL,
        "typdelim": CHAR, "typrelid": OID, "typelem": OID, "typarray": OID, "typnotnull": BOOL,
        "typbasetype": OID, "typtypmod": INT4, "typndims": INT4, "typcollation": OID,
    ]),
    relation!("pg_catalog", 3501, "pg_enum", labels, [
        "oid": OID, "enumtypid": OID, "enumsortorder": FLOAT4, "enumlabel": NAME,
    ]),
    relation!("pg_catalog", 2224, "pg_sequence", sequences, [
        "seqrelid": OID, "seqtypid": OID, "seqstart": INT8, "seqincrement": INT8, "seqmax": INT8,
        "seqmin": INT8, "seqcache": INT8, "seqcycle": BOOL,
    ]),
    relation!("pg_catalog", 2609, "pg_description", descriptions, [
        "objoid": OID, "classoid": OID, "objsubid": INT4, "description": TEXT,
    ]),
    relation!("pg_catalog", 1262, "pg_database", databases, [
        "oid": OID, "datname": NAME, "datdba": OID, "encoding": INT4, "datlocprovider": CHAR,
        "datistemplate": BOOL, "datallowconn": BOOL, "datconnlimit": INT4, "dattablespace": OID,
        "datcollate": TEXT, "datctype": TEXT,
    ]),
    relation!("pg_catalog", 2601, "pg_am", |_| {
            let list = [
                (2, "heap", "t"),
                (403, "btree", "i"),
                (405, "hash", "i"),
                (783, "gist", "i"),
                (2742, "gin", "i"),
                (4000, "spgist", "i"),
                (3580, "brin", "i"),
            ];
            Ok(list.into_iter().map(|(oid, name, kind)| row![oid as u32, name, kind]).collect())
        }, [
        "oid": OID, "amname": NAME, "amtype": CHAR,
    ]),
    relation!("pg_catalog", 3456, "pg_collation", |_| {
            Ok(vec![
                row![DEFAULT_COLLATION, "default", PG_CATALOG, NULL, NULL],
                row![950u32, "C", PG_CATALOG, "C", "C"],
                row![951u32, "POSIX", PG_CATALOG, "POSIX", "POSIX"],
            ])
        }, [
        "oid": OID, "collname": NAME, "collnamespace": OID, "collcollate": TEXT, "collctype": TEXT,
    ]),
    relation!("pg_catalog", 3079, "pg_extension", |_| Ok(vec![row![13_559u32, "plpgsql", OWNER_OID, PG_CATALOG, false, "1.0"]]), [
        "oid": OID, "extname": NAME, "extowner": OID, "extnamespace": OID, "extrelocatable": BOOL,
        "extversion": TEXT,
    ]),
    relation!("pg_catalog", 12_000, "pg_roles", |_| {
            Ok(vec![row![
                super::OWNER,
                true,
                true,
                true,
                true,
                true,
                true,
                -1i64,
                "********",
                NULL,
                true,
                NULL,
                OWNER_OID,
            ]])
        }, [
        "rolname": NAME, "rolsuper": BOOL, "rolinherit": BOOL, "rolcreaterole": BOOL,
        "rolcreatedb": BOOL, "rolcanlogin": BOOL, "rolreplication": BOOL, "rolconnlimit": INT4,
        "rolpassword": TEXT, "rolvaliduntil": TIMESTAMPTZ, "rolbypassrls": BOOL,
        "rolconfig": TEXT_ARRAY, "oid": OID,
    ]),
];

const DEFAULT_COLLATION: u32 = 100;

fn persistence(catalog: &Catalog, schema: Oid, unlogged: bool) -> &'static str {
    match catalog.schema_name(schema).starts_with("pg_temp_") {
        true => "t",
        false if unlogged => "u",
        false => "p",
    }
}

/// One row of `pg_class`.
struct Class<'a> {
    oid: Oid,
    name: &'a str,
    schema: Oid,
    reltype: Oid,
    am: u32,
    kind: &'a str,
    columns: usize,
    checks: usize,
    has_index: bool,
    has_triggers: bool,
    populated: bool,
}

impl Class<'_> {
    fn row(self, catalog: &Catalog) -> Vec<Cell> {
        let storage = if self.kind == "v" { 0 } else { self.oid };
        let identity = if matches!(self.kind, "r" | "m") { "d" } else { "n" };
        row![
            self.oid,
            self.name,
            self.schema,
            self.reltype,
            0u32,
            OWNER_OID,
            self.am,
            storage,
            0u32,
            0u32,
            self.has_index,
            false,
            persistence(catalog, self.schema, false),
            self.kind,
            self.columns as i64,
            self.checks as i64,
            matches!(self.kind, "v" | "m"),
            self.has_triggers,
            false,
            false,
            false,
            self.populated,
            identity,
            false,
            0u32,
            NULL,
        ]
    }
}

fn classes(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        let kind = if table.materialized.is_some() { "m" } else { "r" };
        let class = Class {
            oid: table.oid,
            name: &table.name,
            schema: table.schema,
            reltype: table.oid,
            am: 2,
            kind,
            columns: table.columns.len(),
            checks: table.checks.len(),
            has_index: !table.indexes.is_empty(),
            has_triggers: !table.foreign_keys.is_empty()
                || catalog.references_to(table.oid).next().is_some(),
            populated: table.materialized.as_ref().is_none_or(|made| made.populated),
        };
        rows.push(class.row(catalog));
        for index in &table.indexes {
            let am = if *index.method == *"hash" { 405 } else { 403 };
            let class = Class {
                oid: index.oid,
                name: &index.name,
                schema: table.schema,
                reltype: 0,
                am,
                kind: "i",
                columns: index.keys.len() + index.include.len(),
                checks: 0,
                has_index: false,
                has_triggers: false,
                populated: true,
            };
            rows.push(class.row(catalog));
        }
    }
    let other = |oid, name, schema, kind, columns| Class {
        oid,
        name,
        schema,
        reltype: 0,
        am: 0,
        kind,
        columns,
        checks: 0,
        has_index: false,
        has_triggers: false,
        populated: true,
    };
    for view in catalog.views() {
        let class = other(view.oid, &*view.name, view.schema, "v", view.columns.len());
        rows.push(class.row(catalog));
    }
    for sequence in catalog.sequences() {
        rows.push(other(sequence.oid, &*sequence.name, sequence.schema, "S", 3).row(catalog));
    }
    for def in catalog.types() {
        if let Made::Composite(fields) = &def.made {
            rows.push(other(def.oid, &*def.name, def.schema, "c", fields.len()).row(catalog));
        }
    }
    for system in super::all().filter(|system| system.oid != 0) {
        let kind = if system.oid >= 12_000 { "v" } else { "r" };
        let class = other(system.oid, system.name, PG_CATALOG, kind, system.columns.len());
        rows.push(class.row(catalog));
    }
    Ok(rows)
}

/// `typlen`
fn length(ty: Type) -> i64 {
    match ty.kind() {
        Some(Kind::Enum) => return 4,
        Some(_) => return -1,
        None => {}
    }
    match ty {
        Type::BOOL | Type::CHAR => 1,
        Type::INT2 => 2,
        Type::INT4 | Type::OID | Type::FLOAT4 | Type::DATE => 4,
        Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE => 4,
        Type::INT8 | Type::FLOAT8 | Type::TIME | Type::TIMESTAMP | Type::TIMESTAMPTZ => 8,
        Type::TIMETZ => 12,
        Type::INTERVAL | Type::UUID => 16,
        Type::NAME => 64,
        _ => -1,
    }
}

fn collation(ty: Type) -> u32 {
    let base = ty.element().unwrap_or(ty);
    match base {
        Type::NAME => 950,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR => DEFAULT_COLLATION,
        _ => 0,
    }
}

/// `atttypmod`: strings count the four bytes of their length too, and so does `numeric`.
fn modifier(typed: Typed) -> i64 {
    match typed.ty.element().unwrap_or(typed.ty) {
        Type::VARCHAR | Type::BPCHAR | Type::NUMERIC if typed.modifier >= 0 => {
            i64::from(typed.modifier) + 4
        }
        _ => typed.modifier.into(),
    }
}

/// The modifier as it is kept here.
pub(crate) fn typed_of(ty: Type, modifier: i64) -> Typed {
    let modifier = match ty.element().unwrap_or(ty) {
        Type::VARCHAR | Type::BPCHAR | Type::NUMERIC if modifier >= 4 => modifier - 4,
        _ => modifier,
    };
    Typed { ty, modifier: modifier as i32 }
}

#[derive(Default)]
struct Attribute {
    not_null: bool,
    has_default: bool,
    identity: &'static str,
    generated: &'static str,
}

fn attribute(relation: Oid, place: i64, name: &str, typed: Typed, more: Attribute) -> Vec<Cell> {
    row![
        relation,
        name,
        type_oid(typed.ty),
        -1i64,
        length(typed.ty),
        place,
        i64::from(typed.ty.element().is_some()),
        modifier(typed),
        "",
        more.not_null,
        more.has_default,
        false,
        more.identity,
        more.generated,
        false,
        true,
        0u32,
        collation(typed.ty),
        NULL,
    ]
}

fn attributes(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        for column in &table.columns {
            let identity = match column.identity {
                Some(true) => "a",
                Some(false) => "d",
                None => "",
            };
            let more = Attribute {
                not_null: column.not_null,
                has_default: identity.is_empty()
                    && (column.default.is_some() || column.generated.is_some()),
                identity,
                generated: if column.generated.is_some() { "s" } else { "" },
            };
            rows.push(attribute(table.oid, column.id.into(), &column.name, column.typed, more));
        }
        for index in &table.indexes {
            let keys = index.keys.iter().zip(1..);
            for (key, place) in keys {
                let super::super::super::catalog::IndexKey::Column(column) = key else { continue };
                let column = &table.columns[*column];
                rows.push(attribute(
                    index.oid,
                    place,
                    &column.name,
                    column.typed,
                    Attribute::default(),
                ));
            }
        }
    }
    for view in catalog.views() {
        for (column, place) in view.columns.iter().zip(1..) {
            rows.push(attribute(view.oid, place, &column.name, column.typed, Attribute::default()));
        }
    }
    for def in catalog.types() {
        if let Made::Composite(fields) = &def.made {
            for (field, place) in fields.iter().zip(1..) {
                let more = Attribute::default();
                rows.push(attribute(def.oid, place, &field.name, field.typed, more));
            }
        }
    }
    Ok(rows)
}

fn defaults(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for table in catalog.tables() {
        for (place, column) in table.columns.iter().enumerate() {
            if let Some(shown) = text::default(catalog, table, place) {
                rows.push(row![table.oid, table.oid, column.id, shown]);
            }
        }
    }
    Ok(rows)
}

fn namespaces(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![
        row![99u32, "pg_toast", OWNER_OID],
        row![PG_CATALOG, "pg_catalog", OWNER_OID],
        row![INFORMATION_SCHEMA, "information_schema", OWNER_OID],
    ];
    rows.extend(catalog.schemas().map(|schema| row![schema.oid, &schema.name, OWNER_OID]));
    Ok(rows)
}

fn category(ty: Type) -> &'static str {
    match ty.category() {
        Category::Boolean => "B",
        Category::Numeric => "N",
        Category::String => "S",
        Category::DateTime => "D",
        Category::Timespan => "T",
        Category::Array => "A",
        Category::Enum => "E",
        Category::Composite => "C",
        Category::Range => "R",
        Category::User => "U",
        Category::Pseudo => "P",
        Category::Unknown => "X",
    }
}

struct Named<'a> {
    name: &'a str,
    schema: Oid,
    kind: &'a str,
    relation: Oid,
}

fn type_row(ty: Type, named: Named<'_>, def: Option<&TypeDef>) -> Vec<Cell> {
    let domain = def.and_then(|def| def.domain());
    let base = domain.map(|domain| domain.base);
    row![
        type_oid(ty),
        named.name,
        named.schema,
        OWNER_OID,
        length(base.map_or(ty, |base| base.ty)),
        named.kind,
        category(ty),
        ty.is_preferred(),
        true,
        ",",
        named.relation,
        ty.element().map_or(0, type_oid),
        ty.array().map_or(0, type_oid),
        domain.is_some_and(|domain| domain.not_null),
        base.map_or(0, |base| type_oid(base.ty)),
        base.map_or(-1, modifier),
        0u32,
        collation(base.map_or(ty, |base| base.ty)),
    ]
}

fn types(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    let arrays = |rows: &mut Vec<Vec<Cell>>, ty: Type, name: &str, schema: Oid| {
        if let Some(array) = ty.array() {
            let name = format!("_{name}");
            let named = Named { name: &name, schema, kind: "b", relation: 0 };
            rows.push(type_row(array, named, None));
        }
    };
    for ty in Type::every() {
        let kind = match ty.category() {
            Category::Pseudo | Category::Unknown => "p",
            Category::Range => "r",
            _ => "b",
        };
        let name = ty.internal_name();
        let named = Named { name: &name, schema: PG_CATALOG, kind, relation: 0 };
        rows.push(type_row(ty, named, None));
        arrays(&mut rows, ty, &name, PG_CATALOG);
    }
    for def in catalog.types() {
        let (kind, relation) = match def.made {
            Made::Enum(_) => ("e", 0),
            Made::Domain(_) => ("d", 0),
            Made::Composite(_) => ("c", def.oid),
        };
        let named = Named { name: &def.name, schema: def.schema, kind, relation };
        rows.push(type_row(def.ty(), named, Some(def)));
        arrays(&mut rows, def.ty(), &def.name, def.schema);
    }
    let tables = catalog.tables().map(|table| (table.oid, &table.name, table.schema));
    for (oid, name, schema) in tables {
        let ty = Type::made(Kind::Composite, oid);
        let named = Named { name, schema, kind: "c", relation: oid };
        rows.push(type_row(ty, named, None));
        arrays(&mut rows, ty, name, schema);
    }
    Ok(rows)
}

fn labels(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for def in catalog.types() {
        for (label, place) in def.labels().iter().zip(1..) {
            rows.push(row![def.oid, def.oid, Datum::Float(f64::from(place)), &label.name,]);
        }
    }
    Ok(rows)
}

fn sequences(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let row = |own: &std::sync::Arc<super::super::super::catalog::Sequence>| {
        let oid = own.oid;
        row![
            oid,
            type_oid(own.ty),
            sequence("sequence start", oid),
            sequence("sequence increment", oid),
            sequence("sequence maximum", oid),
            sequence("sequence minimum", oid),
            sequence("sequence cache", oid),
            sequence("sequence cycles", oid),
        ]
    };
    Ok(catalog.sequences().map(row).collect())
}

fn descriptions(catalog: &Catalog) -> R<Vec<Vec<Cell>>> {
    let mut rows = vec![];
    for ((oid, column), said) in catalog.comments() {
        let class = if catalog.schema(*oid).is_some() {
            2615u32
        } else if catalog.relation_name(*oid).is_some() {
            1259
        } else if catalog.type_of_oid(*oid).is_some() {
            1247
        } else {
            2606
        };
        rows.push(row![*oid, class, *column, said]);
    }
    Ok(rows)
}

fn databases(_: &Catalog) -> R<Vec<Vec<Cell>>> {
    let row = |oid: u32, name: &str, template: bool, open: bool| {
        row![oid, name, OWNER_OID, 6u32, "c", template, open, -1i64, 1663u32, "C.UTF-8", "C.UTF-8",]
    };
    Ok(vec![
        row(5, DATABASE, false, true),
        row(1, "template1", true, true),
        row(4, "template0", true, false),
    ])
}
