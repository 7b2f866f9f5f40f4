//! Changes of parts of `jsonb`: `jsonb_set`, `jsonb_insert`, `#-`, and assignment to `column['key']`.

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::super::types::Datum;
use super::super::types::json::Json;
use super::{boolean, functions, text};

/// What to do at the end of the path.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Replace,
    /// Or add, if there is none.
    Put,
    InsertBefore,
    InsertAfter,
    Delete,
    /// As an assignment: whatever is missing on the way is made.
    Assign,
}

impl Change {
    fn inserts(self) -> bool {
        matches!(self, Change::InsertBefore | Change::InsertAfter)
    }

    /// Something new may come of it.
    fn creates(self) -> bool {
        self.inserts() || matches!(self, Change::Put | Change::Assign)
    }
}

fn json(value: &Datum) -> &Json {
    static NULL: Json = Json::Null;
    if let Datum::Json(json) = value { json } else { &NULL }
}

fn jsonb(value: Json) -> Datum {
    Datum::Json(Arc::new(value))
}

/// The path; NULLs in it are an error once they are reached.
fn steps(value: &Datum) -> R<Vec<Option<&str>>> {
    match value {
        Datum::Array(array) if array.dimensions.len() > 1 => {
            fail("2202E", "wrong number of array subscripts")
        }
        Datum::Array(array) => Ok(array.items.iter().map(Datum::as_text).collect()),
        _ => Ok(vec![]),
    }
}

fn is_scalar(value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}

fn index(step: &str) -> Option<i64> {
    step.parse::<i32>().ok().map(i64::from)
}

struct Edit<'e> {
    path: &'e [Option<&'e str>],
    value: &'e Json,
    change: Change,
}

impl Edit<'_> {
    fn apply(&self, target: &Json, level: usize) -> R<Json> {
        let Some(step) = self.path.get(level) else { return Ok(target.clone()) };
        let Some(step) = step else {
            return fail("22004", format!("path element at position {} is null", level + 1));
        };
        match target {
            Json::Object(pairs) => self.object(pairs, step, level),
            Json::Array(items) => self.array(items, step, level),
            _ if self.change == Change::Assign => Err(pg("22023", "cannot replace existing key")
                .with_detail(
                    "The path assumes key is a composite object, but it is a scalar value.",
                )),
            scalar => Ok(scalar.clone()),
        }
    }

    fn is_last(&self, level: usize) -> bool {
        level + 1 == self.path.len()
    }

    fn object(&self, pairs: &[(Arc<str>, Json)], step: &str, level: usize) -> R<Json> {
        let mut pairs = pairs.to_vec();
        match pairs.iter().position(|(key, _)| **key == *step) {
            Some(_) if self.is_last(level) && self.change.inserts() => {
                return Err(pg("22023", "cannot replace existing key")
                    .with_hint("Try using the function jsonb_set to replace key value."));
            }
            Some(at) if self.is_last(level) && self.change == Change::Delete => {
                pairs.remove(at);
            }
            Some(at) if self.is_last(level) => pairs[at].1 = self.value.clone(),
            Some(at) => pairs[at].1 = self.apply(&pairs[at].1, level + 1)?,
            None if self.is_last(level) && self.change.creates() => {
                pairs.push((step.into(), self.value.clone()));
            }
            None if self.change == Change::Assign => {
                pairs.push((step.into(), self.chain(level + 1)?));
            }
            None => {}
        }
        Ok(Json::object(pairs))
    }

    fn array(&self, items: &[Json], step: &str, level: usize) -> R<Json> {
        let Some(given) = index(step) else {
            let message =
                format!("path element at position {} is not an integer: \"{step}\"", level + 1);
            return fail("22P02", message);
        };
        let mut items = items.to_vec();
        let count = items.len() as i64;
        let place = if given < 0 { given + count } else { given };
        let last = self.is_last(level);
        if place < 0 && self.change == Change::Assign {
            let message =
                format!("path element at position {} is out of range: {given}", level + 1);
            return fail("22023", message);
        }
        match usize::try_from(place).ok().filter(|place| *place < items.len()) {
            Some(at) if !last => items[at] = self.apply(&items[at], level + 1)?,
            Some(at) => match self.change {
                Change::Delete => {
                    items.remove(at);
                }
                Change::InsertBefore => items.insert(at, self.value.clone()),
                Change::InsertAfter => items.insert(at + 1, self.value.clone()),
                _ => items[at] = self.value.clone(),
            },
            None if self.change == Change::Assign => {
                let new = if last { self.value.clone() } else { self.chain(level + 1)? };
                fill(&mut items, place)?;
                items.push(new);
            }
            None if last && self.change.creates() && place < 0 => {
                items.insert(0, self.value.clone());
            }
            None if last && self.change.creates() => items.push(self.value.clone()),
            None => {}
        }
        Ok(Json::Array(items))
    }

    /// The objects and arrays that the rest of the path asks for, around the value.
    fn chain(&self, level: usize) -> R<Json> {
        let Some(step) = self.path.get(level) else { return Ok(self.value.clone()) };
        let inner = self.chain(level + 1)?;
        let step = step.unwrap_or_default();
        match index(step) {
            Some(place) => {
                let mut items = vec![];
                fill(&mut items, place)?;
                items.push(inner);
                Ok(Json::Array(items))
            }
            None => Ok(Json::Object(vec![(step.into(), inner)])),
        }
    }
}

fn fill(items: &mut Vec<Json>, place: i64) -> R<()> {
    if place > 1_000_000 {
        return fail("54000", "number of jsonb array elements exceeds the maximum allowed");
    }
    while (items.len() as i64) < place {
        items.push(Json::Null);
    }
    Ok(())
}

fn change(a: &[Datum], value: &Json, change: Change) -> R<Datum> {
    let (target, path) = (json(&a[0]), steps(&a[1])?);
    if is_scalar(target) && change != Change::Assign {
        let verb = if change == Change::Delete { "delete" } else { "set" };
        return fail("22023", format!("cannot {verb} path in scalar"));
    }
    Edit { path: &path, value, change }.apply(target, 0).map(jsonb)
}

fn set(a: &[Datum]) -> R<Datum> {
    let create = a.get(3).is_none_or(boolean);
    change(a, json(&a[2]), if create { Change::Put } else { Change::Replace })
}

/// `jsonb_set` that says what NULL means.
fn set_lax(a: &[Datum]) -> R<Datum> {
    if a[0].is_null() || a[1].is_null() || a.get(3).is_some_and(Datum::is_null) {
        return Ok(Datum::Null);
    }
    let treatment = match a.get(4) {
        Some(Datum::Null) => "",
        given => given.map_or("use_json_null", text),
    };
    if !a[2].is_null() && !treatment.is_empty() {
        return set(&a[..a.len().min(4)]);
    }
    match treatment {
        "raise_exception" => Err(pg("22004", "JSON value must not be null").with_detail(
            "Exception was raised because null_value_treatment is \"raise_exception\".",
        )
        .with_hint(
            "To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not \
             passed.",
        )),
        "use_json_null" => set(&a[..a.len().min(4)]),
        "delete_key" => change(a, &Json::Null, Change::Delete),
        "return_target" => Ok(a[0].clone()),
        _ => fail(
            "22023",
            "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \
             \"raise_exception\"",
        ),
    }
}

fn insert(a: &[Datum]) -> R<Datum> {
    let after = a.get(3).is_some_and(boolean);
    change(a, json(&a[2]), if after { Change::InsertAfter } else { Change::InsertBefore })
}

/// `column['key'] = value`. The last argument says that the first subscript is an integer.
fn assign(a: &[Datum]) -> R<Datum> {
    if steps(&a[1])?.contains(&None) {
        return fail("22004", "jsonb subscript in assignment must not be null");
    }
    if !a[0].is_null() {
        return change(a, json(&a[2]), Change::Assign);
    }
    let empty = if boolean(&a[3]) { Json::Array(vec![]) } else { Json::Object(vec![]) };
    change(&[jsonb(empty), a[1].clone()], json(&a[2]), Change::Assign)
}

functions! { FUNCTIONS:
    "jsonb_set"(JSONB, TEXT_ARRAY, JSONB) -> JSONB = |_, a| set(a);
    "jsonb_set"(JSONB, TEXT_ARRAY, JSONB, BOOL) -> JSONB = |_, a| set(a);
    #nullable "jsonb_set_lax"(JSONB, TEXT_ARRAY, JSONB) -> JSONB = |_, a| set_lax(a);
    #nullable "jsonb_set_lax"(JSONB, TEXT_ARRAY, JSONB, BOOL) -> JSONB = |_, a| set_lax(a);
    #nullable "jsonb_set_lax"(JSONB, TEXT_ARRAY, JSONB, BOOL, TEXT) -> JSONB = |_, a| set_lax(a);
    "jsonb_insert"(JSONB, TEXT_ARRAY, JSONB) -> JSONB = |_, a| insert(a);
    "jsonb_insert"(JSONB, TEXT_ARRAY, JSONB, BOOL) -> JSONB = |_, a| insert(a);
    "#-"(JSONB, TEXT_ARRAY) -> JSONB = |_, a| change(a, &Json::Null, Change::Delete);
    #nullable "jsonb assign"(JSONB, TEXT_ARRAY, JSONB, BOOL) -> JSONB = |_, a| assign(a);
}
