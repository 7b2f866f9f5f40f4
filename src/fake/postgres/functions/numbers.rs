//! Logarithms, powers and scales of `numeric`; divisors, buckets.

use std::cmp::Ordering;

use super::super::errors::{R, fail, pg};
use super::super::types::cast::{int_fits, int_out_of_range};
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Type, transcendental};
use super::{float, functions, int, numeric, text};

fn decimal(value: R<Decimal>) -> R<Datum> {
    value.map(Datum::decimal)
}

fn gcd(mut a: i64, mut b: i64, ty: Type) -> R<i64> {
    while b != 0 {
        (a, b) = (b, a.wrapping_rem(b));
    }
    let value = a.checked_abs().ok_or_else(|| int_out_of_range(ty))?;
    int_fits(value, ty).map(|_| value)
}

fn lcm(a: &[Datum], ty: Type) -> R<Datum> {
    let (x, y) = (int(&a[0]), int(&a[1]));
    if x == 0 || y == 0 {
        return Ok(Datum::Int(0));
    }
    let product = (x / gcd(x, y, ty)?).checked_mul(y).and_then(i64::checked_abs);
    int_fits(product.ok_or_else(|| int_out_of_range(ty))?, ty)
}

/// The display scale of a result of two numbers.
fn wider(a: &[Datum]) -> i32 {
    numeric(&a[0]).scale().max(numeric(&a[1]).scale()) as i32
}

fn gcd_of(a: &[Datum]) -> R<Decimal> {
    let (mut x, mut y) = (numeric(&a[0]).abs(), numeric(&a[1]).abs());
    if !x.is_finite() || !y.is_finite() {
        return Ok(Decimal::NaN);
    }
    while !y.is_zero() {
        (x, y) = (y.clone(), x.rem(&y)?);
    }
    Ok(x.rounded(wider(a)))
}

fn lcm_of(a: &[Datum]) -> R<Decimal> {
    let (x, y) = (numeric(&a[0]), numeric(&a[1]));
    if !x.is_finite() || !y.is_finite() {
        return Ok(Decimal::NaN);
    }
    if x.is_zero() || y.is_zero() {
        return Ok(Decimal::int(0).rounded(wider(a)));
    }
    x.div_whole(&gcd_of(a)?)?.mul(y).abs().rounded(wider(a)).checked()
}

fn bucket_checks(
    count: i64,
    not_a_number: bool,
    infinite: bool,
    order: Option<Ordering>,
) -> R<Ordering> {
    if count <= 0 {
        return fail("2201G", "count must be greater than zero");
    }
    if not_a_number {
        return fail("2201G", "operand, lower bound, and upper bound cannot be NaN");
    }
    if infinite {
        return fail("2201G", "lower and upper bounds must be finite");
    }
    match order {
        Some(Ordering::Equal) | None => fail("2201G", "lower bound cannot equal upper bound"),
        Some(order) => Ok(order),
    }
}

fn bucket(value: f64, low: f64, high: f64, count: i64) -> R<Datum> {
    let unordered = value.is_nan() || low.is_nan() || high.is_nan();
    let infinite = low.is_infinite() || high.is_infinite();
    let up = bucket_checks(count, unordered, infinite, low.partial_cmp(&high))?.is_lt();
    let (below, beyond) =
        if up { (value < low, value >= high) } else { (value > low, value <= high) };
    let number = match () {
        () if below => 0,
        () if beyond => count + 1,
        () => {
            // The width may be too large for a float, and the quotient may round up to 1.
            let (mut part, mut width) =
                if up { (value - low, high - low) } else { (low - value, low - high) };
            if width.is_infinite() {
                (part, width) = ((value / 2.0 - low / 2.0).abs(), (high / 2.0 - low / 2.0).abs());
            }
            ((count as f64 * (part / width)) as i64).min(count - 1) + 1
        }
    };
    int_fits(number, Type::INT4)
}

fn bucket_numeric(a: &[Datum]) -> R<Datum> {
    let (value, low, high) = (numeric(&a[0]), numeric(&a[1]), numeric(&a[2]));
    let count = int(&a[3]);
    let unordered = value.is_nan() || low.is_nan() || high.is_nan();
    let infinite = !low.is_finite() || !high.is_finite();
    let up = bucket_checks(count, unordered, infinite, Some(low.cmp(high)))?.is_lt();
    let outside = |v: &Decimal, bound: &Decimal| if up { v < bound } else { v > bound };
    let number = match () {
        () if outside(value, low) => 0,
        () if !outside(value, high) => count + 1,
        () => {
            let share = value.sub(low).mul(&Decimal::int(count)).div(&high.sub(low))?;
            share.floor().to_i64().unwrap_or(0) + 1
        }
    };
    int_fits(number, Type::INT4)
}

/// How many of the sorted thresholds are not above the value.
fn bucket_of_thresholds(a: &[Datum]) -> R<Datum> {
    let Datum::Array(array) = &a[1] else { return Ok(Datum::Null) };
    if array.dimensions.len() > 1 {
        return fail("2202E", "thresholds must be one-dimensional array");
    }
    if array.items.iter().any(Datum::is_null) {
        return fail("22004", "thresholds array must not contain NULLs");
    }
    let above = array.items.partition_point(|threshold| threshold.order(&a[0]).is_le());
    Ok(Datum::Int(above as i64))
}

fn min_scale(value: &Decimal) -> Datum {
    if value.is_finite() { Datum::Int(value.clone().trimmed().scale().into()) } else { Datum::Null }
}

fn sign(value: &Decimal) -> Decimal {
    if value.is_nan() { Decimal::NaN } else { Decimal::int(value.sign()) }
}

/// `1024 bytes`, `10 kB`: halves round away from zero at each step to the next unit.
fn size_pretty(size: &Decimal) -> R<Datum> {
    let Some(size) = size.to_i64() else {
        return Err(super::super::errors::unsupported("pg_size_pretty() of so large a number"));
    };
    const UNITS: [(&str, i64, bool, u32); 6] = [
        ("bytes", 10 * 1024, false, 0),
        ("kB", 20 * 1024 - 1, true, 10),
        ("MB", 20 * 1024 - 1, true, 20),
        ("GB", 20 * 1024 - 1, true, 30),
        ("TB", 20 * 1024 - 1, true, 40),
        ("PB", 20 * 1024 - 1, true, 50),
    ];
    let mut size = size;
    for (place, (name, limit, round, bits)) in UNITS.iter().enumerate() {
        let next = UNITS.get(place + 1);
        if next.is_none() || size.unsigned_abs() < limit.unsigned_abs() {
            let shown = if *round { (size + if size < 0 { -1 } else { 1 }) / 2 } else { size };
            return Ok(Datum::text(format!("{shown} {name}")));
        }
        // One bit is kept for the rounding.
        let next = next.map_or((false, 0), |(_, _, round, bits)| (*round, *bits));
        size /= 1i64 << (next.1 - bits - u32::from(next.0) + u32::from(*round));
    }
    Ok(Datum::Null)
}

fn size_bytes(size: &str) -> R<Datum> {
    let bad = |detail: Option<&str>| {
        let error = pg("22023", format!("invalid size: \"{size}\""));
        match detail {
            Some(unit) => error.with_detail(format!("Invalid size unit: \"{unit}\".")).with_hint(
                "Valid units are \"bytes\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".",
            ),
            None => error,
        }
    };
    let trimmed = size.trim();
    let end = trimmed
        .char_indices()
        .find(|(at, c)| {
            let exponent = matches!(c, 'e' | 'E')
                && trimmed[at + 1..]
                    .trim_start_matches(['+', '-'])
                    .starts_with(|c: char| c.is_ascii_digit());
            let after = at
                .checked_sub(1)
                .is_some_and(|before| matches!(trimmed.as_bytes()[before], b'e' | b'E'));
            !(c.is_ascii_digit()
                || *c == '.'
                || exponent
                || (matches!(c, '+' | '-') && (*at == 0 || after)))
        })
        .map_or(trimmed.len(), |(at, _)| at);
    let number = Decimal::read(&trimmed[..end])?.ok_or_else(|| bad(None))?;
    let unit = trimmed[end..].trim();
    let factor: i64 = match unit.to_ascii_lowercase().as_str() {
        "" | "bytes" | "b" => 1,
        "kb" => 1 << 10,
        "mb" => 1 << 20,
        "gb" => 1 << 30,
        "tb" => 1 << 40,
        "pb" => 1 << 50,
        _ => {
            return Err(bad(Some(unit)));
        }
    };
    let size = number.mul(&Decimal::int(factor));
    let size = size.to_i64().ok_or_else(|| int_out_of_range(Type::INT8))?;
    Ok(Datum::Int(size))
}

functions! { FUNCTIONS:
    "ln"(NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::ln(numeric(&a[0])));
    "log"(NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::log(&Decimal::int(10), numeric(&a[0])));
    "log10"(NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::log(&Decimal::int(10), numeric(&a[0])));
    "log"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::log(numeric(&a[0]), numeric(&a[1])));
    "exp"(NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::exp(numeric(&a[0])));
    "power"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::power(numeric(&a[0]), numeric(&a[1])));
    "pow"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::power(numeric(&a[0]), numeric(&a[1])));
    "^"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(transcendental::power(numeric(&a[0]), numeric(&a[1])));
    "factorial"(INT8) -> NUMERIC = |_, a| decimal(transcendental::factorial(int(&a[0])));
    "sign"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(sign(numeric(&a[0]))));
    "div"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(numeric(&a[0]).div_whole(numeric(&a[1])));
    "gcd"(INT4, INT4) -> INT4 = |_, a| gcd(int(&a[0]), int(&a[1]), Type::INT4).map(Datum::Int);
    "gcd"(INT8, INT8) -> INT8 = |_, a| gcd(int(&a[0]), int(&a[1]), Type::INT8).map(Datum::Int);
    "gcd"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(gcd_of(a));
    "lcm"(INT4, INT4) -> INT4 = |_, a| lcm(a, Type::INT4);
    "lcm"(INT8, INT8) -> INT8 = |_, a| lcm(a, Type::INT8);
    "lcm"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| decimal(lcm_of(a));
    "width_bucket"(FLOAT8, FLOAT8, FLOAT8, INT4) -> INT4 = |_, a| {
        bucket(float(&a[0]), float(&a[1]), float(&a[2]), int(&a[3]))
    };
    "width_bucket"(NUMERIC, NUMERIC, NUMERIC, INT4) -> INT4 = |_, a| bucket_numeric(a);
    "width_bucket"(ANYELEMENT, ANYARRAY) -> INT4 = |_, a| bucket_of_thresholds(a);
    "scale"(NUMERIC) -> INT4 = |_, a| {
        let value = numeric(&a[0]);
        Ok(if value.is_finite() { Datum::Int(value.scale().into()) } else { Datum::Null })
    };
    "min_scale"(NUMERIC) -> INT4 = |_, a| Ok(min_scale(numeric(&a[0])));
    "trim_scale"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).clone().trimmed()));
    "@"(INT2) -> INT2 = |_, a| int_fits(int(&a[0]).abs(), Type::INT2);
    "@"(FLOAT4) -> FLOAT4 = |_, a| Ok(Datum::Float(float(&a[0]).abs()));
    "abs"(FLOAT4) -> FLOAT4 = |_, a| Ok(Datum::Float(float(&a[0]).abs()));
    "pg_size_pretty"(INT8) -> TEXT = |_, a| size_pretty(&Decimal::int(int(&a[0])));
    "pg_size_pretty"(NUMERIC) -> TEXT = |_, a| size_pretty(numeric(&a[0]));
    "pg_size_bytes"(TEXT) -> INT8 = |_, a| size_bytes(text(&a[0]));
}
