//! Identifiers: unquoted ones are folded to lower case; schemas other than `public` do not exist.

use sqlparser::ast as sql;

use super::super::errors::{R, fail, unsupported};

/// A name as the catalog has it.
pub(super) fn ident(ident: &sql::Ident) -> String {
    if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_ascii_lowercase() }
}

/// The parts of a dotted name.
pub(super) fn parts(name: &sql::ObjectName) -> R<Vec<String>> {
    name.0
        .iter()
        .map(|part| match part {
            sql::ObjectNamePart::Identifier(part) => Ok(ident(part)),
            sql::ObjectNamePart::Function(_) => Err(unsupported(format!("the name {name}"))),
        })
        .collect()
}

/// A table, index or sequence, with or without `public.`.
pub(super) fn relation(name: &sql::ObjectName) -> R<String> {
    let parts = parts(name)?;
    match parts.as_slice() {
        [name] => Ok(name.clone()),
        [schema, name] if schema == "public" => Ok(name.clone()),
        [schema, _] if schema == "pg_catalog" || schema == "information_schema" => {
            Err(unsupported(format!("the catalog {}", parts.join("."))))
        }
        [schema, _] => fail("3F000", format!("schema \"{schema}\" does not exist")),
        _ => fail(
            "42601",
            format!("improper qualified name (too many dotted names): {}", parts.join(".")),
        ),
    }
}

/// A function, with or without `pg_catalog.`.
pub(super) fn function(name: &sql::ObjectName) -> R<String> {
    let parts = parts(name)?;
    match parts.as_slice() {
        [name] => Ok(name.clone()),
        [schema, name] if schema == "pg_catalog" || schema == "public" => Ok(name.clone()),
        [schema, _] => fail("3F000", format!("schema \"{schema}\" does not exist")),
        _ => fail(
            "42601",
            format!("improper qualified name (too many dotted names): {}", parts.join(".")),
        ),
    }
}
