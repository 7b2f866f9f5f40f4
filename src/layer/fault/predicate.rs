//! What a rule asks of a call's arguments.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use super::sql::{self, Table};
use crate::stack::{Arg, Call, Detail, Method};
use crate::value::Value;

/// One argument and the text that it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Predicate {
    pub(super) argument: String,
    pub(super) glob: Box<str>,
    subject: Subject,
    shape: Shape,
    /// The byte that a text must begin with, or end with if that is the shape.
    edge: Option<u8>,
}

/// How the argument is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// Not an argument, but what is found in [`SQL`].
    Table,
    Sql,
    Text,
}

/// How a text is compared: what most rules ask is a comparison of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Literal,
    /// One star, at the end.
    Prefix,
    /// One star, at the start.
    Suffix,
    Stars,
}

/// The argument that holds SQL.
const SQL: &str = "sql";
const TABLE: &str = "table";

impl Shape {
    fn of(glob: &str) -> Shape {
        let stars = glob.bytes().filter(|byte| *byte == b'*').count();
        match stars {
            0 => Shape::Literal,
            1 if glob.len() > 1 && glob.ends_with('*') => Shape::Prefix,
            1 if glob.len() > 1 && glob.starts_with('*') => Shape::Suffix,
            _ => Shape::Stars,
        }
    }
}

impl Predicate {
    pub(super) fn new(argument: impl Into<String>, glob: impl Into<Box<str>>) -> Predicate {
        let (argument, glob) = (argument.into(), glob.into());
        let subject = match &*argument {
            TABLE => Subject::Table,
            SQL => Subject::Sql,
            _ => Subject::Text,
        };
        let shape = Shape::of(&glob);
        let edge = match shape {
            Shape::Suffix => glob.bytes().next_back(),
            _ => glob.bytes().next(),
        };
        Predicate { shape, edge, subject, argument, glob }
    }

    /// The place of the argument among the method's. `key` is found in `keys` as well.
    pub(super) fn place(&self, method: &Method) -> Option<usize> {
        let plural = || method.argument(&format!("{}s", self.argument));
        match &*self.argument {
            TABLE => method.argument(TABLE).or_else(|| method.argument(SQL)),
            name => method.argument(name).or_else(plural),
        }
    }

    /// The names that a predicate can have for that method.
    pub(super) fn names(method: &Method) -> impl Iterator<Item = &'static str> {
        let table = speaks_sql(method) && method.argument(TABLE).is_none();
        method.arguments.iter().copied().chain(table.then_some(TABLE))
    }

    #[inline(always)]
    pub(super) fn matches<'a>(&self, place: usize, facts: &Facts<'a>) -> bool {
        match facts.args.get(place) {
            Some(Arg::Text(text)) if self.subject == Subject::Text => {
                self.may_match(text.as_bytes()) && self.matches_text(text)
            }
            Some(arg) => self.matches_other(place, *arg, facts),
            None => false,
        }
    }

    /// False if one byte is enough to tell: so it is for most texts.
    #[inline(always)]
    fn may_match(&self, text: &[u8]) -> bool {
        match self.shape {
            Shape::Literal | Shape::Prefix => text.first() == self.edge.as_ref(),
            Shape::Suffix => text.last() == self.edge.as_ref(),
            Shape::Stars => true,
        }
    }

    #[inline(never)]
    fn matches_other<'a>(&self, place: usize, arg: Arg<'a>, facts: &Facts<'a>) -> bool {
        match (self.subject, arg) {
            (Subject::Table, Arg::Text(sql)) if facts.method.arguments[place] == SQL => {
                facts.tables(sql).iter().any(|table| self.matches_table(*table))
            }
            (Subject::Sql, Arg::Text(sql)) => matches(folded(&self.glob), folded(sql)),
            (_, Arg::Text(text) | Arg::Id(_, text)) => self.matches_text(text),
            (_, arg) => any_text(&arg.detail(), &mut |text| self.matches_text(text)),
        }
    }

    #[inline(never)]
    fn matches_text(&self, text: &str) -> bool {
        let glob = &*self.glob;
        match self.shape {
            Shape::Literal => *glob == *text,
            Shape::Prefix => text.as_bytes().starts_with(&glob.as_bytes()[..glob.len() - 1]),
            Shape::Suffix => text.as_bytes().ends_with(&glob.as_bytes()[1..]),
            Shape::Stars => matches(glob.chars(), text.chars()),
        }
    }

    fn matches_table(&self, table: Table<'_>) -> bool {
        let name = table.name.chars();
        match table.schema {
            Some(schema) if self.glob.contains('.') => {
                let full = schema.chars().chain(['.']).chain(name);
                matches(lower_all(self.glob.chars()), lower_all(full))
            }
            _ => matches(lower_all(self.glob.chars()), lower_all(name)),
        }
    }

    /// What was found where the predicate looked, from the text that [`Facts::text`] gave.
    pub(super) fn found(&self, text: &str) -> String {
        if self.argument != TABLE {
            return shorten(text);
        }
        let names: Vec<_> = sql::tables(text).iter().map(|table| table.name).collect();
        if names.is_empty() { "no table".into() } else { shorten(&names.join(", ")) }
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {:?}", self.argument, self.glob)
    }
}

/// True if calls of the method carry SQL, or belong with such calls: `db.commit` as well as `db.query`.
pub(super) fn speaks_sql(method: &Method) -> bool {
    method.argument(SQL).is_some()
}

/// What rules ask of one call; computed once for all of them.
pub(super) struct Facts<'a> {
    method: &'static Method,
    args: &'a [Arg<'a>],
    tables: OnceCell<Vec<Table<'a>>>,
}

impl<'a> Facts<'a> {
    #[inline]
    pub(super) fn of(call: &Call<'a>) -> Facts<'a> {
        Facts { method: call.method, args: call.args, tables: OnceCell::new() }
    }

    fn tables(&self, sql: &'a str) -> &[Table<'a>] {
        self.tables.get_or_init(|| sql::tables(sql))
    }

    /// The argument as text.
    pub(super) fn text(&self, place: usize) -> Cow<'a, str> {
        match self.args.get(place) {
            None => Cow::Borrowed("nothing"),
            Some(Arg::Text(text) | Arg::Id(_, text)) => Cow::Borrowed(text),
            Some(arg) => {
                let mut all = Vec::new();
                any_text(&arg.detail(), &mut |text| {
                    all.push(text.to_owned());
                    false
                });
                Cow::Owned(if all.is_empty() { "nothing".into() } else { all.join(", ") })
            }
        }
    }
}

/// Asks about each text in a value, until one answers true.
fn any_text(detail: &Detail, ask: &mut dyn FnMut(&str) -> bool) -> bool {
    match detail {
        Detail::Text(text) | Detail::Id(_, text) => ask(text),
        Detail::Bool(value) => ask(&value.to_string()),
        Detail::Int(value) => ask(&value.to_string()),
        Detail::Float(value) => ask(&value.to_string()),
        Detail::Bytes(bytes) => ask(&String::from_utf8_lossy(bytes)),
        Detail::Json(json) => match json.as_str() {
            Some(text) => ask(text),
            None => ask(&json.to_string()),
        },
        Detail::Values(values) => values.iter().any(|value| any_value(value, ask)),
        Detail::Duration(value) => ask(&format!("{value:?}")),
        Detail::Time(value) => ask(&value.to_string()),
        Detail::List(list) => list.iter().any(|one| any_text(one, ask)),
        Detail::Record(parts) => parts.iter().any(|(_, one)| any_text(one, ask)),
        // What is masked is not to be guessed at with patterns.
        Detail::Unit | Detail::Absent | Detail::Masked | Detail::Rows(_) => false,
    }
}

fn any_value(value: &Value, ask: &mut dyn FnMut(&str) -> bool) -> bool {
    match value {
        Value::Text(text) => ask(text),
        Value::Json(json) => ask(&json.to_string()),
        Value::Array(values) => values.iter().any(|value| any_value(value, ask)),
        Value::Null => false,
        Value::Bool(value) => ask(&value.to_string()),
        Value::Int(value) => ask(&value.to_string()),
        Value::Float(value) => ask(&value.to_string()),
        Value::Numeric(value) => ask(value.as_str()),
        Value::Bytes(bytes) => ask(&String::from_utf8_lossy(bytes)),
        Value::Uuid(value) => ask(&value.to_string()),
        Value::Timestamp(value) => ask(&value.to_string()),
        Value::DateTime(value) => ask(&value.to_string()),
        Value::Date(value) => ask(&value.to_string()),
        Value::Time(value) => ask(&value.to_string()),
    }
}

/// SQL compares without case, and any white space is one space.
fn folded(text: &str) -> impl Iterator<Item = char> + Clone {
    let mut in_space = true;
    lower_all(text.chars()).filter_map(move |c| {
        let again = in_space && c.is_whitespace();
        in_space = c.is_whitespace();
        (!again).then_some(if in_space { ' ' } else { c })
    })
}

fn lower_all<I: Iterator<Item = char> + Clone>(text: I) -> impl Iterator<Item = char> + Clone {
    text.map(|c| c.to_ascii_lowercase())
}

/// `*` stands for any characters. Goes back to the last star only: quadratic at worst.
fn matches<P, T>(mut pattern: P, mut text: T) -> bool
where
    P: Iterator<Item = char> + Clone,
    T: Iterator<Item = char> + Clone,
{
    let mut star: Option<(P, T)> = None;
    loop {
        let (before, mut ahead) = (text.clone(), pattern.clone());
        match (ahead.next(), text.next()) {
            (Some('*'), _) => {
                pattern = ahead;
                text = before;
                star = Some((pattern.clone(), text.clone()));
            }
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted == found => pattern = ahead,
            (_, None) => return false,
            _ => {
                let Some((after, from)) = &mut star else { return false };
                from.next();
                (pattern, text) = (after.clone(), from.clone());
            }
        }
    }
}

/// At most 60 characters, on one line.
fn shorten(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::methods! {
        static THING = "thing" {
            RUN = "run"(sql, params): crate::stack::Effects::READ;
            LOOK = "look"(keys): crate::stack::Effects::READ;
        }
    }

    fn holds(argument: &str, glob: &str, sql: &str) -> bool {
        let predicate = Predicate::new(argument, glob);
        let args = [Arg::Text(sql)];
        let facts = Facts { method: &RUN, args: &args, tables: OnceCell::new() };
        predicate.matches(predicate.place(&RUN).unwrap(), &facts)
    }

    #[test]
    fn sql_compares_without_case_and_space() {
        assert!(holds("sql", "update  stock*", " UPDATE stock\n   SET left = 1"));
        assert!(holds("sql", "*left = 1", "UPDATE stock\n SET left  =\t1"));
        assert!(!holds("sql", "update stock", "UPDATE stock SET left = 1"));
    }

    #[test]
    fn tables_are_whole_names() {
        assert!(holds("table", "orders", "SELECT 1 FROM Orders"));
        assert!(!holds("table", "orders", "SELECT 1 FROM orders_old"));
        assert!(holds("table", "orders*", "SELECT 1 FROM orders_old"));
        assert!(holds("table", "shop.orders", "SELECT 1 FROM shop.orders"));
        assert!(holds("table", "orders", "SELECT 1 FROM shop.orders"));
        assert!(!holds("table", "shop.orders", "SELECT 1 FROM other.orders"));
    }

    #[test]
    fn shapes_compare_as_stars_do() {
        for glob in ["ab", "ab*", "*ab", "*", "a*b", ""] {
            for text in ["ab", "abc", "cab", "acb", "", "a"] {
                let predicate = Predicate::new("key", glob);
                let expected = matches(glob.chars(), text.chars());
                assert_eq!(predicate.matches_text(text), expected, "{glob} {text}");
            }
        }
    }

    #[test]
    fn stars_match_any_characters() {
        for (glob, text, expected) in [
            ("price:*", "price:7", true),
            ("price:*", "price:", true),
            ("price:*", "prices", false),
            ("*a*b", "xaxab", true),
            ("*a*b", "xaxa", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("é*", "ément", true),
        ] {
            assert_eq!(matches(glob.chars(), text.chars()), expected, "{glob} {text}");
        }
    }

    #[test]
    fn a_list_matches_if_one_of_it_does() {
        let predicate = Predicate::new("key", "b*");
        let keys = Detail::List([Detail::Text("a1".into()), Detail::Text("b1".into())].into());
        assert_eq!(predicate.place(&LOOK), Some(0));
        assert_eq!(THING.methods.len(), 2);
        assert!(any_text(&keys, &mut |text| predicate.matches_text(text)));
    }
}
