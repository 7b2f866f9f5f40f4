//! The SQL/JSON path language: `jsonb_path_query` and its kin.
//!
//! A value of type `jsonpath` is its text in normal form, which is read again (once for each text that is
//! in use) when it is applied.

mod lex;
mod parse;
mod predicate;
mod print;
mod run;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use self::parse::Path;
use self::run::{Outcome, run};
use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::super::types::json::Json;
use super::{boolean, functions, text};

const KEPT: usize = 16;

thread_local! {
    static PATHS: RefCell<Vec<(String, Rc<Path>)>> = const { RefCell::new(vec![]) };
}

/// The text in normal form, or an error.
pub(crate) fn normal_form(text: &str) -> R<String> {
    Ok(print::print(&parse::parse(text)?))
}

fn path(text: &str) -> R<Rc<Path>> {
    let known = PATHS.with_borrow(|list| {
        list.iter().find(|(known, _)| known == text).map(|(_, path)| path.clone())
    });
    if let Some(path) = known {
        return Ok(path);
    }
    let path = Rc::new(parse::parse(text)?);
    PATHS.with_borrow_mut(|list| {
        if list.len() >= KEPT {
            list.remove(0);
        }
        list.push((text.to_owned(), path.clone()));
    });
    Ok(path)
}

fn json(value: &Datum) -> &Json {
    static NULL: Json = Json::Null;
    if let Datum::Json(json) = value { json } else { &NULL }
}

/// The variables: none are given as an empty object, so that asking for one is an error.
fn variables(a: &[Datum]) -> &Json {
    static NONE: Json = Json::Object(vec![]);
    a.get(2).map_or(&NONE, json)
}

/// All items that the path finds. The arguments are the target, the path, the variables, and whether errors
/// are kept silent.
pub(crate) fn query(a: &[Datum]) -> R<Vec<Json>> {
    let mut found = vec![];
    let silent = a.get(3).is_some_and(boolean);
    run(&*path(text(&a[1]))?, json(&a[0]), Some(variables(a)), !silent, Some(&mut found))?;
    Ok(found)
}

/// `quiet`: errors are silent without being asked to, and variables NULL, as the operators have it.
fn exists(a: &[Datum], quiet: bool) -> R<Datum> {
    let silent = quiet || a.get(3).is_some_and(boolean);
    let vars = if quiet { None } else { Some(variables(a)) };
    let outcome = run(&*path(text(&a[1]))?, json(&a[0]), vars, !silent, None)?;
    Ok(match outcome {
        Outcome::Found => Datum::Bool(true),
        Outcome::Nothing => Datum::Bool(false),
        Outcome::Failed => Datum::Null,
    })
}

fn matches(a: &[Datum], quiet: bool) -> R<Datum> {
    let silent = quiet || a.get(3).is_some_and(boolean);
    let vars = if quiet { None } else { Some(variables(a)) };
    let mut found = vec![];
    run(&*path(text(&a[1]))?, json(&a[0]), vars, !silent, Some(&mut found))?;
    match &found[..] {
        [Json::Bool(holds)] => Ok(Datum::Bool(*holds)),
        [Json::Null] => Ok(Datum::Null),
        _ if silent => Ok(Datum::Null),
        _ => fail("22038", "single boolean result is expected"),
    }
}

fn array(a: &[Datum]) -> R<Datum> {
    Ok(Datum::Json(Arc::new(Json::Array(query(a)?))))
}

fn first(a: &[Datum]) -> R<Datum> {
    Ok(query(a)?.into_iter().next().map_or(Datum::Null, |json| Datum::Json(Arc::new(json))))
}

functions! { FUNCTIONS:
    "@?"(JSONB, JSONPATH) -> BOOL = |_, a| exists(a, true);
    "@@"(JSONB, JSONPATH) -> BOOL = |_, a| matches(a, true);
    "jsonb_path_exists"(JSONB, JSONPATH) -> BOOL = |_, a| exists(a, false);
    "jsonb_path_exists"(JSONB, JSONPATH, JSONB) -> BOOL = |_, a| exists(a, false);
    "jsonb_path_exists"(JSONB, JSONPATH, JSONB, BOOL) -> BOOL = |_, a| exists(a, false);
    "jsonb_path_match"(JSONB, JSONPATH) -> BOOL = |_, a| matches(a, false);
    "jsonb_path_match"(JSONB, JSONPATH, JSONB) -> BOOL = |_, a| matches(a, false);
    "jsonb_path_match"(JSONB, JSONPATH, JSONB, BOOL) -> BOOL = |_, a| matches(a, false);
    "jsonb_path_query_array"(JSONB, JSONPATH) -> JSONB = |_, a| array(a);
    "jsonb_path_query_array"(JSONB, JSONPATH, JSONB) -> JSONB = |_, a| array(a);
    "jsonb_path_query_array"(JSONB, JSONPATH, JSONB, BOOL) -> JSONB = |_, a| array(a);
    "jsonb_path_query_first"(JSONB, JSONPATH) -> JSONB = |_, a| first(a);
    "jsonb_path_query_first"(JSONB, JSONPATH, JSONB) -> JSONB = |_, a| first(a);
    "jsonb_path_query_first"(JSONB, JSONPATH, JSONB, BOOL) -> JSONB = |_, a| first(a);
}
