//! Functions and operators: what exists ([`Function`]), which one a call means (`resolve`), what they do.

mod advisory;
mod angles;
mod arithmetic;
mod arrays;
mod bytes;
mod dates;
mod documents;
mod formatting;
mod jsonpath;
mod jsons;
mod jsonset;
mod like;
mod math;
mod names;
mod numbers;
mod numbers_text;
mod objects;
mod parts;
mod pictures;
pub(crate) mod polymorphic;
mod ranges;
mod regex;
pub(crate) mod resolve;
mod settings;
mod strings;
mod system;
mod templates;
mod times;
mod zones;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::catalog::{Oid, Path};
use super::errors::R;
use super::locks::{AdvisoryRequest, Heavy};
use super::notice::Notice;
use super::session::Parameters;
use super::store::{Drawn, Sequences};
use super::types::numeric::Decimal;
use super::types::{Datum, Type};
use crate::clock::Clock;
use crate::entropy::Stream;

pub(crate) use arithmetic::{average, sum_floats};
pub(crate) use jsonpath::{normal_form as jsonpath_text, query as jsonpath_query};
pub(crate) use jsons::{from_datum as json_from_datum, json_object_text, json_text};
pub(crate) use objects::asks_catalog;
pub(crate) use regex::{matches, split_text, split_with};
pub(crate) use strings::identifier as quote_identifier;

/// What a call may look at besides its arguments.
pub(crate) struct Env<'a> {
    /// Start of the transaction, in microseconds since 1970: what `now()` says.
    pub(crate) now: i64,
    /// Start of the statement.
    pub(crate) statement: i64,
    pub(crate) clock: &'a Arc<dyn Clock>,
    pub(crate) random: &'a mut Stream,
    pub(crate) uuids: &'a mut Stream,
    pub(crate) sequences: &'a mut Sequences,
    pub(crate) session: &'a mut SessionValues,
    /// Advisory locks.
    pub(crate) heavy: &'a mut Heavy,
    /// `None` where no session asks.
    pub(crate) parameters: Option<Parameters<'a>>,
    /// What `pg_sleep` has asked for, in microseconds.
    pub(crate) sleep: i64,
}

/// What WHERE CURRENT OF knows of a cursor.
#[derive(Clone, Debug, Default)]
pub(crate) struct CursorPlace {
    /// Heaps of the tables that it scans row by row.
    pub(crate) tables: Vec<usize>,
    /// The versions that the current row comes from, by heap.
    pub(crate) current: Option<Vec<(usize, super::store::Tid)>>,
    /// From a transaction that is over.
    pub(crate) held: bool,
}

/// What functions keep from one call of a session to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionValues {
    pub(crate) pid: i32,
    pub(crate) slot: usize,
    /// The search path in force.
    pub(crate) path: Arc<Path>,
    /// The session's `pg_temp`, once it has had one.
    pub(crate) temporary: Option<Oid>,
    /// Advisory locks that the statement has yet to wait for.
    pub(crate) wanted: VecDeque<AdvisoryRequest>,
    /// The statement has given advisory locks back.
    pub(crate) released: bool,
    pub(crate) current: BTreeMap<u32, i64>,
    /// Numbers of sequences with CACHE that are yet to be given: the last one that was, and the end.
    pub(crate) cached: BTreeMap<u32, Drawn>,
    pub(crate) last: Option<u32>,
    /// What `setseed` has begun.
    pub(crate) seeded: Option<system::Seeded>,
    /// Where the session's cursors are, for WHERE CURRENT OF.
    pub(crate) positions: BTreeMap<String, CursorPlace>,
    /// When the statement at hand began, in microseconds since 1970.
    pub(crate) started: i64,
    /// What `clock_timestamp` last told.
    pub(crate) clock: i64,
    /// Of the transaction, if it has one.
    pub(crate) xid: Option<u64>,
    /// What the current statement has to say beside its answer.
    pub(crate) notices: Vec<Notice>,
}

/// The type of a function's code. Arguments have the declared types.
pub(crate) type Body = fn(&mut Env<'_>, &[Datum]) -> R<Datum>;

/// A function or operator with one list of argument types.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) args: &'static [Type],
    pub(crate) result: Type,
    /// NULL if any argument is NULL.
    pub(crate) strict: bool,
    /// May answer differently for the same arguments within one statement.
    pub(crate) volatile: bool,
    /// The last argument may be repeated.
    pub(crate) variadic: bool,
    pub(crate) body: Body,
}

impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        std::ptr::eq(self, other)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:?}", self.name, self.args)
    }
}

/// Declares a table of functions: `[flags] "name"(ARGS) -> RESULT = code`.
macro_rules! functions {
    ($table:ident: $($(#$flag:ident)* $name:literal ($($arg:ident),*) -> $result:ident = $body:expr;)*) => {
        pub(super) static $table: &[crate::fake::postgres::functions::Function] = &[$({
            #[allow(unused_mut, reason = "not every function has flags")]
            let mut function = crate::fake::postgres::functions::Function {
                name: $name,
                args: &[$(crate::fake::postgres::types::Type::$arg),*],
                result: crate::fake::postgres::types::Type::$result,
                strict: true,
                volatile: false,
                variadic: false,
                body: $body,
            };
            $(crate::fake::postgres::functions::flag!(function, $flag);)*
            function
        }),*];
    };
}

macro_rules! flag {
    ($function:ident, nullable) => {
        $function.strict = false
    };
    ($function:ident, volatile) => {
        $function.volatile = true
    };
    ($function:ident, variadic) => {
        $function.variadic = true
    };
}

pub(crate) use {flag, functions};

/// Every function and operator, in the order in which candidates are tried.
fn all() -> impl Iterator<Item = &'static Function> {
    [
        arithmetic::FUNCTIONS,
        strings::FUNCTIONS,
        formatting::FUNCTIONS,
        math::FUNCTIONS,
        names::FUNCTIONS,
        angles::FUNCTIONS,
        times::FUNCTIONS,
        dates::FUNCTIONS,
        parts::FUNCTIONS,
        jsons::FUNCTIONS,
        jsonset::FUNCTIONS,
        jsonpath::FUNCTIONS,
        arrays::FUNCTIONS,
        like::FUNCTIONS,
        regex::FUNCTIONS,
        bytes::FUNCTIONS,
        documents::FUNCTIONS,
        numbers::FUNCTIONS,
        system::FUNCTIONS,
        settings::FUNCTIONS,
        advisory::FUNCTIONS,
        zones::FUNCTIONS,
        templates::FUNCTIONS,
        pictures::FUNCTIONS,
        ranges::FUNCTIONS,
        objects::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
}

/// Whether the same arguments always give the same, as far as it is known.
pub(crate) fn is_immutable(function: &'static Function) -> bool {
    let zoned = |ty: &Type| matches!(*ty, Type::TIMESTAMPTZ | Type::TIMETZ);
    !function.volatile
        && !function.args.iter().chain([&function.result]).any(zoned)
        && [
            arithmetic::FUNCTIONS,
            math::FUNCTIONS,
            numbers::FUNCTIONS,
            angles::FUNCTIONS,
            strings::FUNCTIONS,
            like::FUNCTIONS,
            regex::FUNCTIONS,
            bytes::FUNCTIONS,
        ]
        .iter()
        .any(|table| table.as_ptr_range().contains(&std::ptr::from_ref(function)))
}

/// The candidates of that name.
pub(crate) fn named(name: &str) -> Vec<&'static Function> {
    all().filter(|function| function.name == name).collect()
}

// Arguments have the declared types, so that these never fall back.

fn int(value: &Datum) -> i64 {
    if let Datum::Int(v) = value { *v } else { 0 }
}

fn float(value: &Datum) -> f64 {
    if let Datum::Float(v) = value { *v } else { 0.0 }
}

fn text(value: &Datum) -> &str {
    if let Datum::Text(v) = value { v } else { "" }
}

fn boolean(value: &Datum) -> bool {
    value.is_true()
}

fn numeric(value: &Datum) -> &Decimal {
    static NAN: Decimal = Decimal::NaN;
    if let Datum::Numeric(v) = value { v } else { &NAN }
}

fn micros(value: &Datum) -> i64 {
    match value {
        Datum::Timestamp(v) | Datum::Time(v) => *v,
        _ => 0,
    }
}

/// A time, and its zone in seconds west of UTC.
fn timetz(value: &Datum) -> (i64, i32) {
    if let Datum::TimeTz(time, west) = value { (*time, *west) } else { (0, 0) }
}

fn interval(value: &Datum) -> super::types::interval::Interval {
    if let Datum::Interval(v) = value { *v } else { Default::default() }
}
