//! Prints a SQL/JSON path in PostgreSQL's normal form.

use std::fmt::Write;

use super::super::super::types::json::write_string;
use super::parse::{Item, Method, Op, Path};

pub(super) fn print(path: &Path) -> String {
    let mut out = String::new();
    if path.strict {
        out.push_str("strict ");
    }
    chain(&path.root, &mut out, true);
    out
}

impl Op {
    pub(super) fn name(self) -> &'static str {
        match self {
            Op::And => "&&",
            Op::Or => "||",
            Op::Equal => "==",
            Op::NotEqual => "!=",
            Op::Less => "<",
            Op::Greater => ">",
            Op::LessEqual => "<=",
            Op::GreaterEqual => ">=",
            Op::Add => "+",
            Op::Subtract => "-",
            Op::Multiply => "*",
            Op::Divide => "/",
            Op::Modulo => "%",
            Op::StartsWith => "starts with",
        }
    }

    fn priority(self) -> u8 {
        match self {
            Op::Or => 0,
            Op::And => 1,
            Op::Add | Op::Subtract => 3,
            Op::Multiply | Op::Divide | Op::Modulo => 4,
            _ => 2,
        }
    }
}

impl Method {
    pub(super) fn name(self) -> &'static str {
        match self {
            Method::Type => "type",
            Method::Size => "size",
            Method::Abs => "abs",
            Method::Floor => "floor",
            Method::Ceiling => "ceiling",
            Method::Double => "double",
            Method::KeyValue => "keyvalue",
        }
    }
}

fn priority(items: &[Item]) -> u8 {
    match items.first() {
        Some(Item::Binary(op, ..)) => op.priority(),
        Some(Item::Sign { .. }) => 5,
        _ => 6,
    }
}

fn chain(items: &[Item], out: &mut String, brackets: bool) {
    for (place, item) in items.iter().enumerate() {
        let more = place + 1 < items.len();
        one(item, out, place > 0, if place > 0 { true } else { brackets }, more);
    }
}

fn one(item: &Item, out: &mut String, inside: bool, brackets: bool, more: bool) {
    let bracket = |out: &mut String, mark: char| {
        if brackets {
            out.push(mark);
        }
    };
    match item {
        Item::Null => out.push_str("null"),
        Item::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Item::Number(number) if more => {
            let _ = write!(out, "({number})");
        }
        Item::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Item::Text(text) => {
            let _ = write_string(out, text);
        }
        Item::Variable(name) => {
            out.push('$');
            let _ = write_string(out, name);
        }
        Item::Root => out.push('$'),
        Item::Current => out.push('@'),
        Item::Last => out.push_str("last"),
        Item::Binary(op, left, right) => {
            bracket(out, '(');
            chain(left, out, priority(left) <= op.priority());
            let _ = write!(out, " {} ", op.name());
            chain(right, out, priority(right) <= op.priority());
            bracket(out, ')');
        }
        Item::LikeRegex { of, pattern, flags } => {
            bracket(out, '(');
            chain(of, out, true);
            out.push_str(" like_regex ");
            let _ = write_string(out, pattern);
            if !flags.is_empty() {
                let _ = write!(out, " flag \"{flags}\"");
            }
            bracket(out, ')');
        }
        Item::Sign { minus, of } => {
            bracket(out, '(');
            out.push(if *minus { '-' } else { '+' });
            chain(of, out, priority(of) <= 5);
            bracket(out, ')');
        }
        Item::Not(of) => wrapped("!(", of, ")", out),
        Item::IsUnknown(of) => wrapped("(", of, ") is unknown", out),
        Item::Exists(of) => wrapped("exists (", of, ")", out),
        Item::Filter(of) => wrapped("?(", of, ")", out),
        Item::Key(name) => {
            if inside {
                out.push('.');
            }
            let _ = write_string(out, name);
        }
        Item::AnyKey => out.push_str(".*"),
        Item::AnyArray => out.push_str("[*]"),
        Item::Index(list) => {
            out.push('[');
            for (place, (from, to)) in list.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                chain(from, out, false);
                if let Some(to) = to {
                    out.push_str(" to ");
                    chain(to, out, false);
                }
            }
            out.push(']');
        }
        Item::Any(first, last) => levels(*first, *last, out),
        Item::Call(method) => {
            let _ = write!(out, ".{}()", method.name());
        }
        Item::Datetime(template) => {
            out.push_str(".datetime(");
            if let Some(template) = template {
                let _ = write_string(out, template);
            }
            out.push(')');
        }
    }
}

fn wrapped(before: &str, of: &[Item], after: &str, out: &mut String) {
    out.push_str(before);
    chain(of, out, false);
    out.push_str(after);
}

fn levels(first: u32, last: u32, out: &mut String) {
    let level = |level: u32| if level == u32::MAX { "last".to_owned() } else { level.to_string() };
    out.push_str(".**");
    if (first, last) == (0, u32::MAX) {
        return;
    }
    let _ = match first == last {
        true => write!(out, "{{{}}}", level(first)),
        false => write!(out, "{{{} to {}}}", level(first), level(last)),
    };
}
