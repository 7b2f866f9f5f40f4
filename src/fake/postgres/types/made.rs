//! Types that users have made: their bases, and their values from text and to text.

use std::sync::Arc;

use super::super::catalog::{Field, in_force};
use super::super::errors::{R, fail, internal, pg};
use super::super::functions::quote_identifier;
use super::super::plan::{relation_name, system_name, system_oid};
use super::{Composite, Datum, Kind, Type, Typed, cast, text};

/// What a domain is in the end a domain of, with the modifier that applies; any other type as it is.
pub(crate) fn base_typed(typed: Typed) -> Typed {
    if typed.ty.kind() != Some(Kind::Domain) {
        return typed;
    }
    in_force().map_or(typed, |catalog| catalog.base(typed))
}

pub(crate) fn base_of(ty: Type) -> Type {
    base_typed(Typed::plain(ty)).ty
}

/// True if values of the type must satisfy a domain, be it within.
pub(crate) fn is_constrained(ty: Type) -> bool {
    match ty.kind() {
        Some(Kind::Domain) => true,
        Some(Kind::Composite) => {
            fields_of(ty).is_ok_and(|fields| fields.iter().any(|f| is_constrained(f.typed.ty)))
        }
        Some(Kind::Enum) => false,
        None => ty.is_made() && ty.element().is_some_and(is_constrained),
    }
}

/// A domain's value, which is yet to be checked.
pub(crate) fn domain_input(read: &str, ty: Type, now: i64) -> R<Datum> {
    let base = base_typed(Typed::plain(ty));
    if base.ty == ty {
        return Err(internal("a domain without a base"));
    }
    cast::fit(text::input(read, base.ty, now)?, base, false)
}

/// An enum's value, or a domain's over integers or an enum.
pub(crate) fn output_made(place: i64, ty: Type) -> String {
    match ty.kind() {
        Some(Kind::Enum) => enum_output(place, ty),
        Some(Kind::Domain) => match base_of(ty) {
            base if base == ty => String::new(),
            base => text::output(&Datum::Int(place), base),
        },
        _ => place.to_string(),
    }
}

/// Types that print an OID as a name.
pub(crate) fn is_reg(ty: Type) -> bool {
    matches!(ty, Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE)
}

/// The name of what has that OID, or the OID if nothing has it.
pub(crate) fn reg_output(oid: i64, ty: Type) -> String {
    let number = u32::try_from(oid).unwrap_or_default();
    if number == 0 {
        return "-".into();
    }
    match ty {
        Type::REGTYPE => Type::of_oid(number).map(|ty| ty.name().into_owned()),
        Type::REGNAMESPACE => {
            let name = in_force().and_then(|catalog| catalog.any_schema_name(number));
            name.map(|name| quote_identifier(&name))
        }
        _ => in_force()
            .and_then(|catalog| catalog.relation_name(number))
            .or_else(|| system_name(number).map(str::to_owned)),
    }
    .unwrap_or_else(|| oid.to_string())
}

/// The OID that a name of a relation or type, or a number, means.
pub(crate) fn reg_input(read: &str, ty: Type) -> R<Datum> {
    let read = read.trim();
    if read == "-" {
        return Ok(Datum::Int(0));
    }
    if !read.is_empty() && read.bytes().all(|b| b.is_ascii_digit()) {
        return text::input(read, Type::OID, 0);
    }
    let catalog = in_force().ok_or_else(|| internal("no catalog of types"))?;
    if ty == Type::REGTYPE {
        return catalog.type_written(read).map(|found| Datum::Int(found.ty.0.into()));
    }
    let name = relation_name(read)?;
    if ty == Type::REGNAMESPACE {
        return match catalog.any_schema_oid(&name.name) {
            Some(oid) => Ok(Datum::Int(oid.into())),
            None => fail("3F000", format!("schema \"{}\" does not exist", name.name)),
        };
    }
    if let Some(oid) = system_oid(&name) {
        return Ok(Datum::Int(oid.into()));
    }
    match catalog.seek(&name)? {
        Some(relation) => Ok(Datum::Int(relation.oid().into())),
        None => fail("42P01", format!("relation \"{name}\" does not exist")),
    }
}

/// The value of an enum that a text means.
pub(crate) fn enum_input(read: &str, ty: Type) -> R<Datum> {
    let catalog = in_force().ok_or_else(|| internal("no catalog of types"))?;
    let Some(def) = catalog.type_def(ty) else { return Err(internal("no such type")) };
    match def.labels().iter().find(|label| *label.name == *read) {
        Some(label) if label.fresh => {
            fail("55P04", format!("unsafe use of new value \"{read}\" of enum type {}", ty.name()))
        }
        Some(label) => Ok(Datum::Int(label.place)),
        None => fail("22P02", format!("invalid input value for enum {}: \"{read}\"", ty.name())),
    }
}

/// The text of an enum's value.
pub(crate) fn enum_output(place: i64, ty: Type) -> String {
    let label = in_force().and_then(|catalog| {
        let def = catalog.type_def(ty)?;
        def.labels().iter().find(|label| label.place == place).map(|label| label.name.to_string())
    });
    label.unwrap_or_default()
}

/// The fields of a composite type that exists.
pub(crate) fn fields_of(ty: Type) -> R<Vec<Field>> {
    in_force()
        .and_then(|catalog| catalog.fields(ty))
        .ok_or_else(|| internal("no such composite type"))
}

/// Reads `(1,"a b",)`.
pub(crate) fn composite_input(read: &str, ty: Type, now: i64) -> R<Datum> {
    let malformed = |detail: &str| {
        pg("22P02", format!("malformed record literal: \"{read}\"")).with_detail(detail)
    };
    if ty == Type::RECORD {
        return fail("0A000", "input of anonymous composite types is not implemented");
    }
    let fields = fields_of(ty)?;
    let mut rest = read.trim_start();
    let Some(inner) = rest.strip_prefix('(') else {
        return Err(malformed("Missing left parenthesis."));
    };
    rest = inner;
    let mut values = Vec::with_capacity(fields.len());
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => return Err(malformed("Too few columns.")),
            }
        }
        let (text, after) =
            field_text(rest).ok_or_else(|| malformed("Unexpected end of input."))?;
        rest = after;
        values.push(match text {
            None => Datum::Null,
            Some(text) => {
                let value = text::input(&text, field.typed.ty, now)?;
                cast::fit(value, field.typed, false)?
            }
        });
    }
    match rest.strip_prefix(')') {
        None if rest.starts_with(',') => Err(malformed("Too many columns.")),
        None if rest.is_empty() => Err(malformed("Unexpected end of input.")),
        None => Err(malformed("Too many columns.")),
        Some(after) if !after.trim().is_empty() => Err(malformed("Junk after right parenthesis.")),
        Some(_) => Ok(composite(ty, &fields, values)),
    }
}

/// A value of that type.
pub(crate) fn composite(ty: Type, fields: &[Field], values: Vec<Datum>) -> Datum {
    let fields = fields.iter().map(|field| (field.name.clone(), field.typed.ty)).collect();
    Datum::Composite(Arc::new(Composite { ty, fields, values }))
}

/// The text of one field, `None` for NULL, and what follows it; `None` if the text ends within.
fn field_text(from: &str) -> Option<(Option<String>, &str)> {
    if from.starts_with([',', ')']) {
        return Some((None, from));
    }
    let mut out = String::new();
    let mut quoted = false;
    let mut chars = from.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            ',' | ')' if !quoted => return Some((Some(out), &from[at..])),
            '\\' => out.push(chars.next()?.1),
            '"' if quoted && matches!(chars.peek(), Some((_, '"'))) => {
                chars.next();
                out.push('"');
            }
            '"' => quoted = !quoted,
            c => out.push(c),
        }
    }
    None
}

/// Prints `(1,"a b",)`.
pub(crate) fn composite_output(value: &Composite) -> String {
    let mut out = String::from("(");
    // A field that was added to the type later is NULL in older values.
    let now = if value.ty.kind() == Some(Kind::Composite) {
        fields_of(value.ty).map_or(value.fields.len(), |fields| fields.len())
    } else {
        value.fields.len()
    };
    for place in 0..now.max(value.fields.len()) {
        if place > 0 {
            out.push(',');
        }
        let (Some(item), Some((_, ty))) = (value.values.get(place), value.fields.get(place)) else {
            continue;
        };
        if item.is_null() {
            continue;
        }
        let text = text::output(item, *ty);
        let special =
            |c: char| matches!(c, '(' | ')' | ',' | '"' | '\\') || c.is_ascii_whitespace();
        if text.is_empty() || text.contains(special) {
            out.push('"');
            out.push_str(&text.replace('\\', "\\\\").replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push(')');
    out
}
