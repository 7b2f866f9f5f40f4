//! Ranges.

use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use super::super::types::range::Range;
use super::super::types::{Datum, Type};
use super::functions;

fn range(value: &Datum) -> &Range {
    static NOTHING: Range = Range {
        empty: true,
        lower: None,
        upper: None,
        lower_inclusive: false,
        upper_inclusive: false,
    };
    if let Datum::Range(range) = value { range } else { &NOTHING }
}

fn made(range: Range) -> R<Datum> {
    Ok(Datum::Range(Arc::new(range)))
}

/// `int4range(lower, upper, '[)')`
fn construct(a: &[Datum], ty: Type) -> R<Datum> {
    let (lower_inclusive, upper_inclusive) = match a.get(2) {
        None => (true, false),
        Some(Datum::Text(flags)) => match &**flags {
            "[]" => (true, true),
            "[)" => (true, false),
            "(]" => (false, true),
            "()" => (false, false),
            _ => {
                return Err(pg("42601", "invalid range bound flags")
                    .with_hint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\"."));
            }
        },
        Some(_) => return fail("22000", "range constructor flags argument must not be null"),
    };
    let bound = |value: &Datum| (!value.is_null()).then(|| value.clone());
    let range = Range {
        empty: false,
        lower: bound(&a[0]),
        upper: bound(&a[1]),
        lower_inclusive,
        upper_inclusive,
    };
    made(range.canonical(ty)?)
}

fn truth(value: bool) -> R<Datum> {
    Ok(Datum::Bool(value))
}

fn both(a: &[Datum]) -> Option<(&Range, &Range)> {
    let (x, y) = (range(&a[0]), range(&a[1]));
    (!x.empty && !y.empty).then_some((x, y))
}

fn before(x: &Range, y: &Range) -> bool {
    x.upper_against_lower(y).is_lt()
}

fn union(a: &[Datum], strict: bool) -> R<Datum> {
    let (x, y) = (range(&a[0]), range(&a[1]));
    if x.empty || y.empty {
        return Ok(if x.empty { a[1].clone() } else { a[0].clone() });
    }
    if strict && !x.overlaps(y) && !x.meets(y) && !y.meets(x) {
        return fail("22000", "result of range union would not be contiguous");
    }
    let low = if x.lower_order(y).is_le() { x } else { y };
    let high = if x.upper_order(y).is_ge() { x } else { y };
    made(Range::between(low, high))
}

fn difference(a: &[Datum]) -> R<Datum> {
    let (x, y) = (range(&a[0]), range(&a[1]));
    if !x.overlaps(y) {
        return Ok(a[0].clone());
    }
    let (low, high) = (x.lower_order(y), x.upper_order(y));
    if low.is_lt() && high.is_gt() {
        return fail("22000", "result of range difference would not be contiguous");
    }
    if low.is_ge() && high.is_le() {
        return made(Range::empty());
    }
    made(if low.is_lt() {
        let upper_inclusive = !y.lower_inclusive;
        Range { upper: y.lower.clone(), upper_inclusive, ..x.clone() }
    } else {
        let lower_inclusive = !y.upper_inclusive;
        Range { lower: y.upper.clone(), lower_inclusive, ..x.clone() }
    })
}

fn bound(value: &Option<Datum>) -> R<Datum> {
    Ok(value.clone().unwrap_or_default())
}

fn part(a: &[Datum], test: impl Fn(&Range) -> bool) -> R<Datum> {
    truth(test(range(&a[0])))
}

fn pair(a: &[Datum], test: impl Fn(&Range, &Range) -> bool) -> R<Datum> {
    truth(both(a).is_some_and(|(x, y)| test(x, y)))
}

functions! { FUNCTIONS:
    #nullable "int4range"(INT4, INT4) -> INT4RANGE = |_, a| construct(a, Type::INT4RANGE);
    #nullable "int4range"(INT4, INT4, TEXT) -> INT4RANGE = |_, a| construct(a, Type::INT4RANGE);
    #nullable "int8range"(INT8, INT8) -> INT8RANGE = |_, a| construct(a, Type::INT8RANGE);
    #nullable "int8range"(INT8, INT8, TEXT) -> INT8RANGE = |_, a| construct(a, Type::INT8RANGE);
    #nullable "numrange"(NUMERIC, NUMERIC) -> NUMRANGE = |_, a| construct(a, Type::NUMRANGE);
    #nullable "numrange"(NUMERIC, NUMERIC, TEXT) -> NUMRANGE = |_, a| construct(a, Type::NUMRANGE);
    #nullable "daterange"(DATE, DATE) -> DATERANGE = |_, a| construct(a, Type::DATERANGE);
    #nullable "daterange"(DATE, DATE, TEXT) -> DATERANGE = |_, a| construct(a, Type::DATERANGE);
    #nullable "tsrange"(TIMESTAMP, TIMESTAMP) -> TSRANGE = |_, a| construct(a, Type::TSRANGE);
    #nullable "tsrange"(TIMESTAMP, TIMESTAMP, TEXT) -> TSRANGE = |_, a| construct(a, Type::TSRANGE);
    #nullable "tstzrange"(TIMESTAMPTZ, TIMESTAMPTZ) -> TSTZRANGE = |_, a| construct(a, Type::TSTZRANGE);
    #nullable "tstzrange"(TIMESTAMPTZ, TIMESTAMPTZ, TEXT) -> TSTZRANGE = |_, a| construct(a, Type::TSTZRANGE);
    "lower"(ANYRANGE) -> ANYELEMENT = |_, a| bound(&range(&a[0]).lower);
    "upper"(ANYRANGE) -> ANYELEMENT = |_, a| bound(&range(&a[0]).upper);
    "isempty"(ANYRANGE) -> BOOL = |_, a| part(a, |x| x.empty);
    "lower_inc"(ANYRANGE) -> BOOL = |_, a| part(a, |x| x.lower_inclusive);
    "upper_inc"(ANYRANGE) -> BOOL = |_, a| part(a, |x| x.upper_inclusive);
    "lower_inf"(ANYRANGE) -> BOOL = |_, a| part(a, |x| !x.empty && x.lower.is_none());
    "upper_inf"(ANYRANGE) -> BOOL = |_, a| part(a, |x| !x.empty && x.upper.is_none());
    "range_merge"(ANYRANGE, ANYRANGE) -> ANYRANGE = |_, a| union(a, false);
    "@>"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| truth(range(&a[0]).contains(range(&a[1])));
    "@>"(ANYRANGE, ANYELEMENT) -> BOOL = |_, a| truth(range(&a[0]).contains_value(&a[1]));
    "<@"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| truth(range(&a[1]).contains(range(&a[0])));
    "<@"(ANYELEMENT, ANYRANGE) -> BOOL = |_, a| truth(range(&a[1]).contains_value(&a[0]));
    "&&"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, Range::overlaps);
    "<<"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, before);
    ">>"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, |x, y| before(y, x));
    "&<"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, |x, y| x.upper_order(y).is_le());
    "&>"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, |x, y| x.lower_order(y).is_ge());
    "-|-"(ANYRANGE, ANYRANGE) -> BOOL = |_, a| pair(a, |x, y| x.meets(y) || y.meets(x));
    "+"(ANYRANGE, ANYRANGE) -> ANYRANGE = |_, a| union(a, true);
    "*"(ANYRANGE, ANYRANGE) -> ANYRANGE = |_, a| made(range(&a[0]).intersection(range(&a[1])));
    "-"(ANYRANGE, ANYRANGE) -> ANYRANGE = |_, a| difference(a);
}
