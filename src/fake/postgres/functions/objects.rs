//! What the catalog says of objects by their numbers. The planner sees to it that there is a catalog.

use super::super::catalog::in_force;
use super::super::errors::{R, unsupported};
use super::super::plan::{constraint_text, index_text, typed_of};
use super::super::types::{Datum, Type};
use super::{Env, functions, int, text};

/// The functions that look into the catalog.
pub(crate) fn asks_catalog(name: &str) -> bool {
    FUNCTIONS.iter().any(|function| function.name == name)
}

fn oid(value: &Datum) -> u32 {
    u32::try_from(int(value)).unwrap_or_default()
}

fn said(object: u32, column: i64) -> R<Datum> {
    let Ok(column) = u32::try_from(column) else { return Ok(Datum::Null) };
    let said = in_force().and_then(|catalog| catalog.comment(object, column).cloned());
    Ok(said.map_or(Datum::Null, Datum::Text))
}

fn shown(text: Option<String>) -> R<Datum> {
    Ok(text.map_or(Datum::Null, Datum::text))
}

fn index(object: &Datum, column: i64) -> R<Datum> {
    let column = usize::try_from(column).unwrap_or_default();
    shown(in_force().and_then(|catalog| index_text(&catalog, oid(object), column)))
}

fn constraint(object: &Datum) -> R<Datum> {
    shown(in_force().and_then(|catalog| constraint_text(&catalog, oid(object))))
}

/// Not strict: no modifier is none.
fn format_type(a: &[Datum]) -> R<Datum> {
    if a[0].is_null() {
        return Ok(Datum::Null);
    }
    let number = oid(&a[0]);
    let Some(ty) = Type::of_oid(number) else {
        return Ok(Datum::text(if number == 0 { "-" } else { "???" }));
    };
    let modifier = if a[1].is_null() { -1 } else { int(&a[1]) };
    Ok(Datum::text(typed_of(ty, modifier).describe()))
}

/// Whether the search path finds the relation by its name alone.
fn is_visible(object: &Datum) -> R<Datum> {
    let number = oid(object);
    let name = in_force().and_then(|catalog| catalog.relation_name(number));
    Ok(match name {
        Some(name) => Datum::Bool(!name.contains('.')),
        None if super::super::plan::system_name(number).is_some() => Datum::Bool(true),
        None => Datum::Null,
    })
}

fn type_is_visible(object: &Datum) -> R<Datum> {
    let found = Type::of_oid(oid(object));
    Ok(found.map_or(Datum::Null, |ty| Datum::Bool(!ty.name().contains('.'))))
}

fn refuse(what: &str) -> R<Datum> {
    Err(unsupported(format!("the function {what}()")))
}

type Asked = fn(&mut Env<'_>, &[Datum]) -> R<Datum>;
const VIEW_TEXT: Asked = |_, _| refuse("pg_get_viewdef");

functions! { FUNCTIONS:
    "pg_get_indexdef"(OID) -> TEXT = |_, a| index(&a[0], 0);
    "pg_get_indexdef"(OID, INT4, BOOL) -> TEXT = |_, a| {
        let shown = index(&a[0], int(&a[1]))?;
        // Written to be read: without the brackets that an expression has anyhow.
        let inner = shown.as_text().and_then(|text| text.strip_prefix('(')?.strip_suffix(')'));
        let plain = inner.filter(|inner| inner.starts_with('(')).filter(|_| a[2].is_true());
        Ok(plain.map_or_else(|| shown.clone(), Datum::text))
    };
    "pg_get_constraintdef"(OID) -> TEXT = |_, a| constraint(&a[0]);
    "pg_get_constraintdef"(OID, BOOL) -> TEXT = |_, a| constraint(&a[0]);
    "pg_get_expr"(TEXT, OID) -> TEXT = |_, a| Ok(a[0].clone());
    "pg_get_expr"(TEXT, OID, BOOL) -> TEXT = |_, a| Ok(a[0].clone());
    "pg_get_viewdef"(OID) -> TEXT = VIEW_TEXT;
    "pg_get_viewdef"(OID, BOOL) -> TEXT = VIEW_TEXT;
    "pg_get_viewdef"(TEXT) -> TEXT = VIEW_TEXT;
    #nullable "format_type"(OID, INT4) -> TEXT = |_, a| format_type(a);
    "pg_table_is_visible"(OID) -> BOOL = |_, a| is_visible(&a[0]);
    "pg_type_is_visible"(OID) -> BOOL = |_, a| type_is_visible(&a[0]);
    "pg_get_userbyid"(OID) -> NAME = |_, a| Ok(Datum::text(match oid(&a[0]) {
        10 => "postgres".to_owned(),
        other => format!("unknown (OID={other})"),
    }));
    "obj_description"(OID) -> TEXT = |_, a| said(oid(&a[0]), 0);
    "obj_description"(OID, NAME) -> TEXT = |_, a| said(oid(&a[0]), 0);
    "col_description"(OID, INT4) -> TEXT = |_, a| said(oid(&a[0]), int(&a[1]));
    "shobj_description"(OID, NAME) -> TEXT = |_, _| Ok(Datum::Null);
    "pg_encoding_to_char"(INT4) -> NAME = |_, a| {
        Ok(Datum::text(if int(&a[0]) == 6 { "UTF8" } else { "" }))
    };
    "to_regnamespace"(TEXT) -> REGNAMESPACE = |_, a| {
        let found = in_force().and_then(|catalog| catalog.any_schema_oid(text(&a[0])));
        Ok(found.map_or(Datum::Null, |oid| Datum::Int(oid.into())))
    };
}
