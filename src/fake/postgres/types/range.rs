//! Ranges: `[1,5)`, `(,2024-01-01]`, `empty`.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::text::{input, output};
use super::{Datum, Type, cast};

/// A range; bounds that are `None` are infinite.
#[derive(Clone, Debug, Default)]
pub(crate) struct Range {
    pub(crate) empty: bool,
    pub(crate) lower: Option<Datum>,
    pub(crate) upper: Option<Datum>,
    pub(crate) lower_inclusive: bool,
    pub(crate) upper_inclusive: bool,
}

impl Range {
    pub(crate) fn empty() -> Range {
        Range { empty: true, ..Range::default() }
    }

    /// Brings a range into the one form that its values have, or fails if its bounds are out of order.
    pub(crate) fn canonical(mut self, ty: Type) -> R<Range> {
        if self.empty {
            return Ok(Range::empty());
        }
        self.lower_inclusive &= self.lower.is_some();
        self.upper_inclusive &= self.upper.is_some();
        if let (Some(lower), Some(upper)) = (&self.lower, &self.upper) {
            match lower.order(upper) {
                Ordering::Greater => {
                    return fail(
                        "22000",
                        "range lower bound must be less than or equal to range upper bound",
                    );
                }
                Ordering::Equal if !(self.lower_inclusive && self.upper_inclusive) => {
                    return Ok(Range::empty());
                }
                _ => {}
            }
        }
        if matches!(ty, Type::INT4RANGE | Type::INT8RANGE | Type::DATERANGE) {
            if let Some(lower) = self.lower.as_ref().filter(|_| !self.lower_inclusive)
                && let Some(next) = successor(lower, ty)?
            {
                self.lower = Some(next);
                self.lower_inclusive = true;
            }
            if let Some(upper) = self.upper.as_ref().filter(|_| self.upper_inclusive)
                && let Some(next) = successor(upper, ty)?
            {
                self.upper = Some(next);
                self.upper_inclusive = false;
            }
            if let (Some(lower), Some(upper)) = (&self.lower, &self.upper)
                && lower.order(upper).is_ge()
                && !(self.lower_inclusive && self.upper_inclusive)
            {
                return Ok(Range::empty());
            }
        }
        Ok(self)
    }

    /// The order of the lower bounds.
    pub(crate) fn lower_order(&self, other: &Range) -> Ordering {
        bound_order(
            (&self.lower, self.lower_inclusive, true),
            (&other.lower, other.lower_inclusive, true),
        )
    }

    /// The order of the upper bounds.
    pub(crate) fn upper_order(&self, other: &Range) -> Ordering {
        bound_order(
            (&self.upper, self.upper_inclusive, false),
            (&other.upper, other.upper_inclusive, false),
        )
    }

    /// The order of this upper bound and that lower one.
    pub(crate) fn upper_against_lower(&self, other: &Range) -> Ordering {
        bound_order(
            (&self.upper, self.upper_inclusive, false),
            (&other.lower, other.lower_inclusive, true),
        )
    }

    pub(crate) fn order(&self, other: &Range) -> Ordering {
        match (self.empty, other.empty) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            _ => self.lower_order(other).then_with(|| self.upper_order(other)),
        }
    }

    pub(crate) fn overlaps(&self, other: &Range) -> bool {
        !self.empty
            && !other.empty
            && self.upper_against_lower(other).is_ge()
            && other.upper_against_lower(self).is_ge()
    }

    pub(crate) fn contains(&self, other: &Range) -> bool {
        other.empty
            || (!self.empty && self.lower_order(other).is_le() && self.upper_order(other).is_ge())
    }

    pub(crate) fn contains_value(&self, value: &Datum) -> bool {
        let above = |bound: &Datum| match bound.order(value) {
            Ordering::Less => true,
            Ordering::Equal => self.lower_inclusive,
            Ordering::Greater => false,
        };
        let below = |bound: &Datum| match value.order(bound) {
            Ordering::Less => true,
            Ordering::Equal => self.upper_inclusive,
            Ordering::Greater => false,
        };
        !self.empty
            && self.lower.as_ref().is_none_or(above)
            && self.upper.as_ref().is_none_or(below)
    }

    /// True if nothing lies between this range and that one, which begins where this ends.
    pub(crate) fn meets(&self, other: &Range) -> bool {
        match (&self.upper, &other.lower) {
            (Some(upper), Some(lower)) => {
                upper.order(lower).is_eq() && self.upper_inclusive != other.lower_inclusive
            }
            _ => false,
        }
    }

    pub(crate) fn intersection(&self, other: &Range) -> Range {
        if !self.overlaps(other) {
            return Range::empty();
        }
        let low = if self.lower_order(other).is_ge() { self } else { other };
        let high = if self.upper_order(other).is_le() { self } else { other };
        Range::between(low, high)
    }

    /// From the lower bound of one to the upper bound of another.
    pub(crate) fn between(low: &Range, high: &Range) -> Range {
        Range {
            empty: false,
            lower: low.lower.clone(),
            upper: high.upper.clone(),
            lower_inclusive: low.lower_inclusive,
            upper_inclusive: high.upper_inclusive,
        }
    }
}

fn successor(value: &Datum, ty: Type) -> R<Option<Datum>> {
    Ok(match value {
        Datum::Date(i32::MAX | i32::MIN) => None,
        Datum::Date(day) => match input("5874897-12-31", Type::DATE, 0) {
            Ok(Datum::Date(last)) if *day >= last => return fail("22008", "date out of range"),
            _ => Some(Datum::Date(day + 1)),
        },
        Datum::Int(value) => {
            let subtype = ty.subtype().unwrap_or(Type::INT8);
            let next = value.checked_add(1).ok_or_else(|| cast::int_out_of_range(subtype))?;
            Some(cast::int_fits(next, subtype)?)
        }
        _ => None,
    })
}

/// A bound's value, whether it is inclusive, and whether it is a lower one.
type Bound<'b> = (&'b Option<Datum>, bool, bool);

fn bound_order(a: Bound<'_>, b: Bound<'_>) -> Ordering {
    let infinite = |lower: bool| if lower { -1 } else { 1 };
    match (a.0, b.0) {
        (None, None) => infinite(a.2).cmp(&infinite(b.2)),
        (None, Some(_)) => infinite(a.2).cmp(&0),
        (Some(_), None) => 0.cmp(&infinite(b.2)),
        (Some(x), Some(y)) => {
            // Of equal values, an exclusive lower bound lies after, an exclusive upper one before.
            let edge = |inclusive: bool, lower: bool| match (inclusive, lower) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => -1,
            };
            x.order(y).then_with(|| edge(a.1, a.2).cmp(&edge(b.1, b.2)))
        }
    }
}

/// Prints a range.
pub(super) fn print(range: &Range, ty: Type) -> String {
    if range.empty {
        return "empty".into();
    }
    let subtype = ty.subtype().unwrap_or(Type::TEXT);
    let bound = |value: &Option<Datum>| {
        let Some(value) = value else { return String::new() };
        let text = output(value, subtype);
        let special = |c: char| {
            matches!(c, '"' | '\\' | '(' | ')' | '[' | ']' | ',') || c.is_ascii_whitespace()
        };
        if text.is_empty() || text.contains(special) {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\""))
        } else {
            text
        }
    };
    format!(
        "{}{},{}{}",
        if range.lower_inclusive { '[' } else { '(' },
        bound(&range.lower),
        bound(&range.upper),
        if range.upper_inclusive { ']' } else { ')' }
    )
}

/// Reads a range.
pub(super) fn read(text: &str, ty: Type, now: i64) -> R<Datum> {
    let bad = |detail: &str| {
        pg("22P02", format!("malformed range literal: \"{text}\"")).with_detail(detail)
    };
    let trimmed = text.trim_start();
    if trimmed.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("empty")) {
        if !trimmed[5..].trim().is_empty() {
            return Err(bad("Junk after \"empty\" key word."));
        }
        return Ok(Datum::Range(Arc::new(Range::empty())));
    }
    let subtype = ty.subtype().unwrap_or(Type::TEXT);
    let lower_inclusive = trimmed.starts_with('[');
    let Some(rest) = trimmed.strip_prefix(['[', '(']) else {
        return Err(bad("Missing left parenthesis or bracket."));
    };
    let (lower, rest) = bound_text(rest).ok_or_else(|| bad("Unexpected end of input."))?;
    let Some(rest) = rest.strip_prefix(',') else {
        return Err(bad("Missing comma after lower bound."));
    };
    let (upper, rest) = bound_text(rest).ok_or_else(|| bad("Unexpected end of input."))?;
    let upper_inclusive = rest.starts_with(']');
    let Some(rest) = rest.strip_prefix([']', ')']) else {
        return Err(bad("Too many commas."));
    };
    if !rest.trim().is_empty() {
        return Err(bad("Junk after right parenthesis or bracket."));
    }
    let value = |bound: Option<String>| bound.map(|b| input(&b, subtype, now)).transpose();
    let range = Range {
        empty: false,
        lower: value(lower)?,
        upper: value(upper)?,
        lower_inclusive,
        upper_inclusive,
    };
    Ok(Datum::Range(Arc::new(range.canonical(ty)?)))
}

/// The text of one bound, `None` if it is infinite, and what follows it.
fn bound_text(from: &str) -> Option<(Option<String>, &str)> {
    if from.starts_with([',', ')', ']']) {
        return Some((None, from));
    }
    let mut out = String::new();
    let mut quoted = false;
    let mut chars = from.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            ',' | ')' | ']' if !quoted => return Some((Some(out), &from[at..])),
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
