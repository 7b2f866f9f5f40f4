//! Which expressions give the same for the same row at any time (`pg_proc.provolatile`).

use super::super::types::{Category, Kind, Type, made};
use super::expr::Expr;

/// Functions that look at the session or the clock, or print values of whatever type.
const STABLE: &[&str] = &[
    "array_to_json",
    "array_to_string",
    "clock_timestamp",
    "col_description",
    "concat",
    "concat_ws",
    "convert_from",
    "convert_to",
    "current_catalog",
    "current_database",
    "current_date",
    "current_role",
    "current_schema",
    "current_setting",
    "current_time",
    "current_timestamp",
    "current_user",
    "format",
    "format_type",
    "gen_random_uuid",
    "getdatabaseencoding",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "localtime",
    "localtimestamp",
    "make_timestamptz",
    "now",
    "obj_description",
    "pg_backend_pid",
    "pg_client_encoding",
    "pg_is_in_recovery",
    "pg_table_is_visible",
    "row_to_json",
    "session_user",
    "statement_timestamp",
    "timeofday",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_number",
    "to_regclass",
    "transaction_timestamp",
    "user",
    "version",
];

fn call(name: &str, args: &[Type]) -> bool {
    let has = |ty: Type| args.contains(&ty);
    match name {
        "age" => args.len() == 1,
        "extract" | "date_part" | "date_trunc" => has(Type::TIMESTAMPTZ),
        "to_timestamp" => args.len() == 2,
        "quote_literal" | "quote_nullable" => has(Type::ANYELEMENT) || has(Type::ANY),
        "timezone" => args == [Type::TEXT, Type::TIMETZ],
        "overlaps" => has(Type::TIMESTAMPTZ) && has(Type::INTERVAL),
        "+" | "-" => has(Type::TIMESTAMPTZ) && has(Type::INTERVAL),
        name => STABLE.contains(&name) || name.starts_with("pg_get_"),
    }
}

/// Types whose text depends on settings or on the catalog; the others' does not.
fn text_depends(ty: Type, reads: bool) -> bool {
    let ty = made::base_of(ty);
    match ty {
        Type::DATE | Type::TIMESTAMP | Type::TIMESTAMPTZ => true,
        Type::TIME | Type::TIMETZ | Type::INTERVAL => reads || ty == Type::INTERVAL,
        ty if made::is_reg(ty) => true,
        ty => {
            ty.element().is_some()
                || ty.is_row()
                || ty.category() == Category::Range
                || ty.kind() == Some(Kind::Enum)
        }
    }
}

fn cast(from: Type, to: Type) -> bool {
    let (from, to) = (made::base_of(from), made::base_of(to));
    if to.is_string() && !from.is_string() {
        return text_depends(from, false);
    }
    if from.is_string() && !to.is_string() {
        return text_depends(to, true);
    }
    matches!(
        (from, to),
        (Type::DATE | Type::TIMESTAMP, Type::TIMESTAMPTZ)
            | (Type::TIME, Type::TIMETZ)
            | (Type::TIMESTAMPTZ, Type::DATE | Type::TIME | Type::TIMESTAMP | Type::TIMETZ)
    )
}

/// Whether the expression gives the same for the same row at any time.
pub(crate) fn is_immutable(expr: &Expr) -> bool {
    !expr.any(&|part| match part {
        Expr::Call { function, .. } => function.volatile || call(function.name, function.args),
        Expr::Cast { from, to, .. } => cast(*from, *to),
        Expr::ToJson { .. } => true,
        _ => false,
    })
}
