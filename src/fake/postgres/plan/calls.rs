//! Function calls: the special forms, ordinary functions, aggregates.

use super::super::errors::{R, fail, pg, unsupported};
use super::super::functions::resolve::{Choice, choose};
use super::super::functions::{self, Function};
use super::super::parse::ast;
use super::super::types::cast::Context;
use super::super::types::json::Json;
use super::super::types::{Datum, Type, Typed};
use super::aggregates::{aggregate_named, hypothetical_named};
use super::binder::Binder;
use super::expr::{Bound, Comparison, Expr};
use super::operators::comparison_type;
use super::parts::spread;
use super::window::WindowFunction;
use crate::error::Error;

/// Aggregates and set-returning functions that exist in PostgreSQL and not here.
const KNOWN_MISSING: &[&str] = &[
    "xmlagg",
    "inet_server_port",
    "inet_server_addr",
    "inet_client_addr",
    "to_tsvector",
    "to_tsquery",
    "plainto_tsquery",
    "pg_relation_size",
    "pg_total_relation_size",
    "has_table_privilege",
    "range_agg",
    "pg_notify",
    "current_setting",
    "set_config",
    "txid_current",
    "pg_current_xact_id",
];

impl Binder<'_> {
    pub(super) fn call(&mut self, mut call: ast::Call) -> R<Bound> {
        if let Some(over) = call.over.take() {
            let known = aggregate_named(&call.name).is_some()
                || WindowFunction::named(&call.name).is_some();
            if !known && !is_function(&call.name) {
                let args = self.bind_all(call.args)?;
                return self.function(&call.name, args);
            }
            if !known {
                let name = &call.name;
                return fail(
                    "42809",
                    format!(
                        "OVER specified, but {name} is not a window function nor an aggregate function"
                    ),
                );
            }
            return self.window_call(call, over);
        }
        if WindowFunction::named(&call.name).is_some() && !call.within_group {
            return fail("42809", format!("window function {} requires an OVER clause", call.name));
        }
        let placed = hypothetical_named(&call.name).filter(|_| call.within_group);
        if let Some(kind) = placed.or_else(|| aggregate_named(&call.name)) {
            return self.aggregate(kind, call);
        }
        let misplaced = match () {
            () if call.star => Some("(*)"),
            () if call.distinct => Some("DISTINCT"),
            () if call.within_group => Some("WITHIN GROUP"),
            () if !call.order_by.is_empty() => Some("ORDER BY"),
            () if call.filter.is_some() => Some("FILTER"),
            () => None,
        };
        if misplaced.is_some() && !is_function(&call.name) {
            call.order_by.clear();
            let args = self.bind_all(call.args)?;
            return self.function(&call.name, args);
        }
        if let Some(clause) = misplaced {
            return fail(
                "42809",
                format!("{clause} specified, but {} is not an aggregate function", call.name),
            );
        }
        match call.name.as_str() {
            "grouping" => return self.grouping(call),
            "coalesce" => {
                let args = self.bind_all(call.args)?;
                if args.is_empty() {
                    return fail("42601", "syntax error at or near \")\"");
                }
                let (args, ty) = self.unify(args, "COALESCE")?;
                self.refuse_sets("COALESCE", &args.iter().collect::<Vec<_>>())?;
                return Ok(Bound::new(Expr::Coalesce(args.into()), ty));
            }
            "greatest" | "least" => {
                let greatest = call.name == "greatest";
                let args = self.bind_all(call.args)?;
                let (args, ty) = self.unify(args, if greatest { "GREATEST" } else { "LEAST" })?;
                return Ok(Bound::new(Expr::Extreme { args: args.into(), greatest }, ty));
            }
            "nullif" => {
                let mut args = self.bind_all(call.args)?;
                let (Some(right), Some(left), None) = (args.pop(), args.pop(), args.pop()) else {
                    return fail("42601", "NULLIF takes two arguments");
                };
                let (ty, _) = comparison_type("=", left.ty(), right.ty())?;
                let test = self.compare(Comparison::Equal, "=", left.clone(), right)?.expr;
                let branches = Box::new([(test, Expr::Const(Datum::Null))]);
                // What comes back is the operand of the comparison.
                let left = match left.ty() == ty {
                    true => left,
                    false => self.coerce(left, ty, Context::Implicit)?,
                };
                return Ok(Bound {
                    expr: Expr::Case { branches, otherwise: Box::new(left.expr) },
                    typed: left.typed,
                });
            }
            _ => {}
        }
        let mut args = self.bind_all(call.args)?;
        if call.variadic {
            args = spread(args)?;
        }
        if let ("pg_typeof", [arg]) = (call.name.as_str(), &args[..]) {
            let oid = Datum::Int(arg.ty().0.into());
            return Ok(Bound::new(Expr::Const(oid), Type::REGTYPE));
        }
        if matches!(call.name.as_str(), "enum_first" | "enum_last" | "enum_range") {
            return self.enum_call(&call.name, args);
        }
        if !call.names.is_empty() || call.name == "make_interval" {
            args = self.named_arguments(&call.name, args, &call.names)?;
        }
        if super::sets::is_set(&call.name) {
            return self.set_call(&call.name, args);
        }
        let bound = self.function(&call.name, args);
        if call.system { bound.map_err(in_catalog) } else { bound }
    }

    /// Arguments in the order in which the function declares them.
    fn named_arguments(&mut self, name: &str, args: Vec<Bound>, names: &[String]) -> R<Vec<Bound>> {
        let declared: &[&str] = match name {
            "make_interval" => &["years", "months", "weeks", "days", "hours", "mins", "secs"],
            "make_date" => &["year", "month", "day"],
            "make_time" => &["hour", "min", "sec"],
            "make_timestamp" => &["year", "month", "mday", "hour", "min", "sec"],
            "make_timestamptz" => &["year", "month", "mday", "hour", "min", "sec", "timezone"],
            "jsonb_path_query"
            | "jsonb_path_query_array"
            | "jsonb_path_query_first"
            | "jsonb_path_exists"
            | "jsonb_path_match" => &["target", "path", "vars", "silent"],
            "jsonb_insert" => &["jsonb_in", "path", "replacement", "insert_after"],
            "jsonb_set" => &["jsonb_in", "path", "replacement", "create_if_missing"],
            _ => return Err(unsupported(format!("named arguments of {name}()"))),
        };
        let positional = args.len() - names.len();
        let list: Vec<String> = args
            .iter()
            .enumerate()
            .map(|(place, arg)| match names.get(place.wrapping_sub(positional)) {
                Some(given) if place >= positional => format!("{given} => {}", arg.ty().name()),
                _ => arg.ty().name().into_owned(),
            })
            .collect();
        let missing =
            || fail("42883", format!("function {name}({}) does not exist", list.join(", ")));
        let mut slots: Vec<Option<Bound>> = declared.iter().map(|_| None).collect();
        for (place, arg) in args.into_iter().enumerate() {
            let slot = if place < positional {
                place
            } else {
                let given = &names[place - positional];
                match declared.iter().position(|known| known == given) {
                    Some(slot) => slot,
                    None => return missing(),
                }
            };
            match slots.get_mut(slot) {
                Some(slot @ None) => *slot = Some(arg),
                _ => return missing(),
            }
        }
        if name == "make_interval" {
            let zeros = slots.into_iter().enumerate().map(|(place, slot)| {
                let ty = if place == 6 { Type::FLOAT8 } else { Type::INT4 };
                slot.unwrap_or_else(|| Bound::new(super::sets::zero(ty), ty))
            });
            return Ok(zeros.collect());
        }
        if name.starts_with("jsonb_path_")
            && let [.., vars @ None, Some(_)] = &mut slots[..]
        {
            let none = Datum::Json(Json::Object(vec![]).into());
            *vars = Some(Bound::new(Expr::Const(none), Type::JSONB));
        }
        while matches!(slots.last(), Some(None)) {
            slots.pop();
        }
        let count = slots.len();
        let filled: Vec<Bound> = slots.into_iter().flatten().collect();
        if filled.len() == count { Ok(filled) } else { missing() }
    }

    /// An ordinary function.
    pub(super) fn function(&mut self, name: &str, mut args: Vec<Bound>) -> R<Bound> {
        if let Some(known) = self.catalog_function(name, &args)? {
            return Ok(known);
        }
        self.names_types |= functions::asks_catalog(name);
        let candidates: Vec<&'static Function> = functions::named(name)
            .into_iter()
            .filter(|function| {
                function.args.len() == args.len()
                    || (function.variadic && args.len() >= function.args.len())
            })
            .collect();
        let types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let lists: Vec<Vec<Type>> = candidates
            .iter()
            .map(|function| {
                let mut list = function.args.to_vec();
                if let Some(last) = list.last().copied() {
                    list.resize(args.len(), last);
                }
                list
            })
            .collect();
        match choose(&lists, &types) {
            Choice::One(place) => self.call_of(candidates[place], args),
            choice => {
                if let (Some(operator), true) = (operator_behind(name), candidates.is_empty()) {
                    return self.operator(operator, args);
                }
                // `text(x)`, `int4(x)`: a type's name casts.
                if let (Some(ty), 1) = (Type::named(name), args.len()) {
                    let arg = args.remove(0);
                    return self.cast(arg, Typed::plain(ty));
                }
                if functions::named(name).is_empty() && KNOWN_MISSING.contains(&name) {
                    return Err(unsupported(format!("the function {name}()")));
                }
                let list: Vec<_> = types.iter().map(|ty| ty.name()).collect();
                let signature = format!("{name}({})", list.join(", "));
                Err(match choice {
                    Choice::Ambiguous => pg("42725", format!("function {signature} is not unique")),
                    _ => pg("42883", format!("function {signature} does not exist")),
                })
            }
        }
    }

    /// The value as `to_jsonb`, or `to_json`, has it.
    pub(super) fn as_json(&mut self, arg: Bound, text: bool) -> R<Expr> {
        let arg = if self.reads_untyped(&arg) { arg } else { self.settle(arg)? };
        let from = arg.ty();
        Ok(Expr::ToJson { expr: Box::new(arg.expr), from, text })
    }
}

/// Whether there is a function of that name, whatever it takes.
fn is_function(name: &str) -> bool {
    super::sets::is_set(name)
        || KNOWN_MISSING.contains(&name)
        || !functions::named(name).is_empty()
        || matches!(
            name,
            "coalesce" | "greatest" | "least" | "nullif" | "grouping" | "pg_typeof" | "enum_first"
        )
}

/// Functions that are operators by another name.
fn operator_behind(name: &str) -> Option<&'static str> {
    Some(match name {
        "jsonb_exists" => "?",
        "jsonb_exists_any" => "?|",
        "jsonb_exists_all" => "?&",
        "jsonb_contains" | "arraycontains" | "range_contains" => "@>",
        "jsonb_contained" | "arraycontained" => "<@",
        "jsonb_concat" | "textcat" => "||",
        "jsonb_delete" => "-",
        "jsonb_delete_path" => "#-",
        "json_object_field"
        | "jsonb_object_field"
        | "json_array_element"
        | "jsonb_array_element" => "->",
        "json_object_field_text"
        | "jsonb_object_field_text"
        | "json_array_element_text"
        | "jsonb_array_element_text" => "->>",
        "int4pl" | "int8pl" | "numeric_add" | "float8pl" | "date_pli" => "+",
        "int4mi" | "int8mi" | "numeric_sub" | "float8mi" | "date_mii" => "-",
        "int4mul" | "int8mul" | "numeric_mul" | "float8mul" => "*",
        "int4div" | "int8div" | "numeric_div" | "float8div" => "/",
        "arrayoverlap" | "range_overlaps" => "&&",
        _ => return None,
    })
}

/// What is said about a function that the grammar names: with its schema.
fn in_catalog(error: Error) -> Error {
    match error.message().strip_prefix("function ") {
        Some(rest) if rest.ends_with(" does not exist") => {
            pg("42883", format!("function pg_catalog.{rest}"))
        }
        Some(rest) if rest.ends_with(" is not unique") => {
            pg("42725", format!("function pg_catalog.{rest}"))
        }
        _ => error,
    }
}
