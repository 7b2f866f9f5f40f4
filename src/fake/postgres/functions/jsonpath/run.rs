//! Evaluates a SQL/JSON path.

use super::super::super::errors::{R, pg, unsupported};
use super::super::super::types::json::Json;
use super::super::super::types::numeric::Decimal;
use super::super::super::types::text::input;
use super::super::super::types::{Datum, Type};
use super::parse::{Item, Method, Op, Path, no_datetime};

/// How a part went. An error that is not raised makes an answer unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    Found,
    Nothing,
    Failed,
}

use Outcome::{Failed, Found, Nothing};

/// The items found; `None` if it only matters whether there are any.
type Sink<'s> = Option<&'s mut Vec<Json>>;

pub(super) struct Run<'p> {
    root: &'p Json,
    vars: Option<&'p Json>,
    pub(super) lax: bool,
    /// Missing members and the like are no errors, as in lax mode.
    forgiving: bool,
    pub(super) raise: bool,
    /// What `@` means.
    current: Vec<Json>,
    /// The size of the array around a subscript.
    size: Option<usize>,
    depth: u32,
}

/// Evaluates the path; without `sink` only for whether there is something.
pub(super) fn run(
    path: &Path,
    root: &Json,
    vars: Option<&Json>,
    raise: bool,
    sink: Sink<'_>,
) -> R<Outcome> {
    if vars.is_some_and(|vars| !matches!(vars, Json::Object(_))) {
        return Err(pg("22023", "\"vars\" argument is not an object").with_detail(
            "Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.",
        ));
    }
    let lax = !path.strict;
    let current = vec![root.clone()];
    let mut run = Run { root, vars, lax, forgiving: lax, raise, current, size: None, depth: 0 };
    if lax || sink.is_some() {
        return run.chain(&path.root, root, sink, lax);
    }
    // In strict mode everything is looked at, since an error may come later.
    let mut all = vec![];
    match run.chain(&path.root, root, Some(&mut all), lax)? {
        Failed => Ok(Failed),
        _ if all.is_empty() => Ok(Nothing),
        _ => Ok(Found),
    }
}

fn elements(value: &Json) -> &[Json] {
    if let Json::Array(items) = value { items } else { &[] }
}

impl Run<'_> {
    /// An error, or that there was one.
    #[cold]
    fn fault(&self, code: &'static str, message: impl Into<String>) -> R<Outcome> {
        if self.raise { Err(pg(code, message)) } else { Ok(Failed) }
    }

    fn next(&mut self, rest: &[Item], value: &Json, sink: Sink<'_>) -> R<Outcome> {
        if rest.is_empty() {
            if let Some(list) = sink {
                list.push(value.clone());
            }
            return Ok(Found);
        }
        let lax = self.lax;
        self.chain(rest, value, sink, lax)
    }

    pub(super) fn chain(
        &mut self,
        items: &[Item],
        value: &Json,
        sink: Sink<'_>,
        unwrap: bool,
    ) -> R<Outcome> {
        self.depth += 1;
        if self.depth > 250 {
            return Err(pg("54001", "stack depth limit exceeded"));
        }
        let outcome = self.item(items, value, sink, unwrap);
        self.depth -= 1;
        outcome
    }

    /// Applies the chain to each element.
    fn each(
        &mut self,
        items: &[Item],
        list: &[Json],
        mut sink: Sink<'_>,
        unwrap: bool,
    ) -> R<Outcome> {
        let mut outcome = Nothing;
        for value in list {
            if items.is_empty() {
                match sink.as_deref_mut() {
                    Some(list) => list.push(value.clone()),
                    None => return Ok(Found),
                }
                continue;
            }
            outcome = self.chain(items, value, sink.as_deref_mut(), unwrap)?;
            if outcome == Failed || (outcome == Found && sink.is_none()) {
                break;
            }
        }
        Ok(outcome)
    }

    fn item(&mut self, items: &[Item], value: &Json, sink: Sink<'_>, unwrap: bool) -> R<Outcome> {
        let Some((item, rest)) = items.split_first() else { return self.next(&[], value, sink) };
        let array = matches!(value, Json::Array(_));
        match item {
            Item::Binary(Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Modulo, ..) => {
                self.arithmetic(item, rest, value, sink)
            }
            Item::Binary(..)
            | Item::Not(_)
            | Item::IsUnknown(_)
            | Item::Exists(_)
            | Item::LikeRegex { .. } => {
                let found = self.predicate(item, value)?;
                if rest.is_empty() && sink.is_none() {
                    return Ok(Found);
                }
                self.next(rest, &found.map_or(Json::Null, Json::Bool), sink)
            }
            Item::Root => {
                let root = self.root;
                self.next(rest, root, sink)
            }
            Item::Current => {
                let current = self.current.last().cloned().unwrap_or(Json::Null);
                self.next(rest, &current, sink)
            }
            Item::Null => self.next(rest, &Json::Null, sink),
            Item::Bool(flag) => self.next(rest, &Json::Bool(*flag), sink),
            Item::Number(number) => self.next(rest, &Json::Number(number.clone()), sink),
            Item::Text(text) => self.next(rest, &Json::String(text.as_str().into()), sink),
            Item::Variable(name) => {
                let found = self.variable(name)?;
                self.next(rest, &found, sink)
            }
            Item::Last => {
                let last = self.size.map_or(0, |size| size as i64 - 1);
                self.next(rest, &Json::Number(Decimal::int(last)), sink)
            }
            Item::Sign { minus, of } => self.sign(*minus, of, rest, value, sink),
            Item::Key(name) => match value {
                Json::Object(_) => match value.field(name) {
                    Some(found) => self.next(rest, found, sink),
                    None if self.forgiving => Ok(Nothing),
                    None => {
                        self.fault("2203A", format!("JSON object does not contain key \"{name}\""))
                    }
                },
                Json::Array(list) if unwrap => self.each(items, list, sink, false),
                _ if self.forgiving => Ok(Nothing),
                _ => {
                    self.fault("2203A", "jsonpath member accessor can only be applied to an object")
                }
            },
            Item::AnyKey => match value {
                Json::Object(pairs) => {
                    let list: Vec<Json> = pairs.iter().map(|(_, value)| value.clone()).collect();
                    let lax = self.lax;
                    self.each(rest, &list, sink, lax)
                }
                Json::Array(list) if unwrap => self.each(items, list, sink, false),
                _ if self.forgiving => Ok(Nothing),
                _ => self.fault(
                    "2203C",
                    "jsonpath wildcard member accessor can only be applied to an object",
                ),
            },
            Item::AnyArray => match value {
                Json::Array(list) => {
                    let lax = self.lax;
                    self.each(rest, list, sink, lax)
                }
                _ if self.lax => self.next(rest, value, sink),
                _ if self.forgiving => Ok(Nothing),
                _ => self.fault(
                    "22039",
                    "jsonpath wildcard array accessor can only be applied to an array",
                ),
            },
            Item::Index(list) if array || self.lax => {
                let outer = self.size;
                let outcome = self.subscripts(list, rest, value, sink);
                self.size = outer;
                outcome
            }
            Item::Index(_) if self.forgiving => Ok(Nothing),
            Item::Index(_) => {
                self.fault("22039", "jsonpath array accessor can only be applied to an array")
            }
            Item::Filter(_) if unwrap && array => self.each(items, elements(value), sink, false),
            Item::Filter(of) => {
                self.current.push(value.clone());
                let holds = self.predicate_of(of, value);
                self.current.pop();
                match holds? {
                    Some(true) => self.next(rest, value, sink),
                    _ => Ok(Nothing),
                }
            }
            Item::Any(first, last) => self.levels(*first, *last, rest, value, sink),
            Item::Call(method) => self.call(*method, items, value, sink, unwrap),
            Item::Datetime(_) => Err(no_datetime()),
        }
    }

    fn variable(&self, name: &str) -> R<Json> {
        match self.vars {
            None => Ok(Json::Null),
            Some(vars) => vars
                .field(name)
                .cloned()
                .ok_or_else(|| pg("42704", format!("could not find jsonpath variable \"{name}\""))),
        }
    }

    fn levels(
        &mut self,
        first: u32,
        last: u32,
        rest: &[Item],
        value: &Json,
        mut sink: Sink<'_>,
    ) -> R<Outcome> {
        let mut outcome = Nothing;
        let before = std::mem::replace(&mut self.forgiving, true);
        if first == 0 {
            outcome = self.next(rest, value, sink.as_deref_mut())?;
            if outcome == Found && sink.is_none() {
                self.forgiving = before;
                return Ok(outcome);
            }
        }
        if matches!(value, Json::Array(_) | Json::Object(_)) {
            outcome = self.below(1, (first, last), rest, value, sink)?;
        }
        self.forgiving = before;
        Ok(outcome)
    }

    fn below(
        &mut self,
        level: u32,
        bounds: (u32, u32),
        rest: &[Item],
        value: &Json,
        mut sink: Sink<'_>,
    ) -> R<Outcome> {
        let (first, last) = bounds;
        if level > last {
            return Ok(Nothing);
        }
        let children: Vec<&Json> = match value {
            Json::Array(items) => items.iter().collect(),
            Json::Object(pairs) => pairs.iter().map(|(_, value)| value).collect(),
            _ => vec![],
        };
        let mut outcome = Nothing;
        for child in children {
            let nested = matches!(child, Json::Array(_) | Json::Object(_));
            // Asked for the last level only, leaves are meant.
            if level >= first || (first == u32::MAX && last == u32::MAX && !nested) {
                outcome = self.next(rest, child, sink.as_deref_mut())?;
                if outcome == Failed || (outcome == Found && sink.is_none()) {
                    break;
                }
            }
            if level < last && nested {
                outcome = self.below(level + 1, bounds, rest, child, sink.as_deref_mut())?;
                if outcome == Failed || (outcome == Found && sink.is_none()) {
                    break;
                }
            }
        }
        Ok(outcome)
    }

    fn subscripts(
        &mut self,
        list: &[(Vec<Item>, Option<Vec<Item>>)],
        rest: &[Item],
        value: &Json,
        mut sink: Sink<'_>,
    ) -> R<Outcome> {
        let single = std::slice::from_ref(value);
        let values = if let Json::Array(items) = value { items } else { single };
        self.size = Some(values.len());
        let mut outcome = Nothing;
        for (from, to) in list {
            let Some(low) = self.subscript(from, value)? else { return Ok(Failed) };
            let high = match to {
                None => low,
                Some(to) => match self.subscript(to, value)? {
                    Some(high) => high,
                    None => return Ok(Failed),
                },
            };
            if !self.forgiving && (low < 0 || low > high || high >= values.len() as i64) {
                return self.fault("22033", "jsonpath array subscript is out of bounds");
            }
            outcome = Nothing;
            for place in low.max(0)..=high.min(values.len() as i64 - 1) {
                outcome = self.next(rest, &values[place as usize], sink.as_deref_mut())?;
                if outcome == Failed || (outcome == Found && sink.is_none()) {
                    return Ok(outcome);
                }
            }
        }
        Ok(outcome)
    }

    /// `None` for an error that is not raised.
    fn subscript(&mut self, of: &[Item], value: &Json) -> R<Option<i64>> {
        let mut found = vec![];
        let lax = self.lax;
        if self.chain(of, value, Some(&mut found), lax)? == Failed {
            return Ok(None);
        }
        let message = match &found[..] {
            [Json::Number(number)] => {
                match number.truncated(0).to_i64().filter(|v| i32::try_from(*v).is_ok()) {
                    Some(index) => return Ok(Some(index)),
                    None => "jsonpath array subscript is out of integer range",
                }
            }
            _ => "jsonpath array subscript is not a single numeric value",
        };
        self.fault("22033", message).map(|_| None)
    }

    /// The items of an operand, arrays taken apart in lax mode; `None` for an error.
    pub(super) fn operand(
        &mut self,
        of: &[Item],
        value: &Json,
        unwrap: bool,
    ) -> R<Option<Vec<Json>>> {
        let mut found = vec![];
        let lax = self.lax;
        if self.chain(of, value, Some(&mut found), lax)? == Failed {
            return Ok(None);
        }
        if !unwrap || !self.lax {
            return Ok(Some(found));
        }
        Ok(Some(
            found
                .into_iter()
                .flat_map(|item| match item {
                    Json::Array(items) => items,
                    other => vec![other],
                })
                .collect(),
        ))
    }

    fn arithmetic(
        &mut self,
        item: &Item,
        rest: &[Item],
        value: &Json,
        sink: Sink<'_>,
    ) -> R<Outcome> {
        let Item::Binary(op, left, right) = item else { return Ok(Failed) };
        let Some(left) = self.operand(left, value, true)? else { return Ok(Failed) };
        let Some(right) = self.operand(right, value, true)? else { return Ok(Failed) };
        let single = |side: &str| {
            format!(
                "{side} operand of jsonpath operator {} is not a single numeric value",
                op.name()
            )
        };
        let [Json::Number(a)] = &left[..] else { return self.fault("22038", single("left")) };
        let [Json::Number(b)] = &right[..] else { return self.fault("22038", single("right")) };
        let result = match op {
            Op::Add => a.add(b).checked(),
            Op::Subtract => a.sub(b).checked(),
            Op::Multiply => a.mul(b).checked(),
            Op::Divide => a.div(b),
            _ => a.rem(b),
        };
        match result {
            Ok(number) => self.next(rest, &Json::Number(number), sink),
            Err(error) if self.raise => Err(error),
            Err(_) => Ok(Failed),
        }
    }

    fn sign(
        &mut self,
        minus: bool,
        of: &[Item],
        rest: &[Item],
        value: &Json,
        mut sink: Sink<'_>,
    ) -> R<Outcome> {
        let Some(list) = self.operand(of, value, true)? else { return Ok(Failed) };
        let mut outcome = Nothing;
        for item in list {
            let Json::Number(number) = item else {
                if sink.is_none() && rest.is_empty() {
                    continue;
                }
                let name = if minus { '-' } else { '+' };
                let message =
                    format!("operand of unary jsonpath operator {name} is not a numeric value");
                return self.fault("2203B", message);
            };
            let number = if minus { number.negated() } else { number };
            match self.next(rest, &Json::Number(number), sink.as_deref_mut())? {
                Failed => return Ok(Failed),
                Found if sink.is_none() => return Ok(Found),
                Found => outcome = Found,
                Nothing => {}
            }
        }
        Ok(outcome)
    }

    fn call(
        &mut self,
        method: Method,
        items: &[Item],
        value: &Json,
        sink: Sink<'_>,
        unwrap: bool,
    ) -> R<Outcome> {
        let rest = &items[1..];
        let name = method.name();
        let found = match (method, value) {
            (Method::Type, _) => Json::String(value.type_name().into()),
            (Method::Size, Json::Array(list)) => Json::Number(Decimal::int(list.len() as i64)),
            (Method::Size, _) if self.lax => Json::Number(Decimal::int(1)),
            (Method::Size, _) if self.forgiving => return Ok(Nothing),
            (Method::Size, _) => {
                let message =
                    format!("jsonpath item method .{name}() can only be applied to an array");
                return self.fault("22039", message);
            }
            (_, Json::Array(list)) if unwrap => return self.each(items, list, sink, false),
            (Method::Abs, Json::Number(number)) => Json::Number(number.abs()),
            (Method::Floor, Json::Number(number)) => Json::Number(number.floor()),
            (Method::Ceiling, Json::Number(number)) => Json::Number(number.ceil()),
            (Method::Abs | Method::Floor | Method::Ceiling, _) => {
                let message = format!(
                    "jsonpath item method .{name}() can only be applied to a numeric value"
                );
                return self.fault("22036", message);
            }
            (Method::Double, Json::Number(number)) => {
                if !number.to_float().is_finite() {
                    let message = format!(
                        "numeric argument of jsonpath item method .{name}() is out of range for type \
                         double precision"
                    );
                    return self.fault("22036", message);
                }
                value.clone()
            }
            (Method::Double, Json::String(text)) => match input(text, Type::FLOAT8, 0) {
                Ok(Datum::Float(number)) if number.is_finite() => {
                    Json::Number(Decimal::from_float(number))
                }
                _ => {
                    let message = format!(
                        "string argument of jsonpath item method .{name}() is not a valid \
                         representation of a double precision number"
                    );
                    return self.fault("22036", message);
                }
            },
            (Method::Double, _) => {
                let message = format!(
                    "jsonpath item method .{name}() can only be applied to a string or numeric value"
                );
                return self.fault("22036", message);
            }
            (Method::KeyValue, _) => return self.key_values(value, rest, sink),
        };
        self.next(rest, &found, sink)
    }

    fn key_values(&mut self, value: &Json, rest: &[Item], mut sink: Sink<'_>) -> R<Outcome> {
        let Json::Object(pairs) = value else {
            let message = "jsonpath item method .keyvalue() can only be applied to an object";
            return self.fault("2203C", message);
        };
        // The id of an inner object is its place in PostgreSQL's storage.
        let hidden = matches!(rest.first(), Some(Item::Key(name)) if name != "id");
        if !hidden && !std::ptr::eq(value, self.root) && !pairs.is_empty() {
            return Err(unsupported("the id that .keyvalue() gives an inner object"));
        }
        let mut outcome = Nothing;
        for (key, value) in pairs {
            let object = Json::object(vec![
                ("key".into(), Json::String(key.clone())),
                ("value".into(), value.clone()),
                ("id".into(), Json::Number(Decimal::int(0))),
            ]);
            outcome = self.next(rest, &object, sink.as_deref_mut())?;
            if outcome == Failed || (outcome == Found && sink.is_none()) {
                break;
            }
        }
        Ok(outcome)
    }
}
