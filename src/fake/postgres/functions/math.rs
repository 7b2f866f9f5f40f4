//! Mathematics.

use super::super::errors::{R, fail};
use super::super::types::cast::int_out_of_range;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Type};
use super::{float, functions, int, numeric};

fn abs(a: &[Datum], ty: Type) -> R<Datum> {
    super::super::types::cast::int_fits(
        int(&a[0]).checked_abs().ok_or_else(|| int_out_of_range(ty))?,
        ty,
    )
}

fn power(a: f64, b: f64) -> R<Datum> {
    if a == 0.0 && b < 0.0 {
        return fail("2201F", "zero raised to a negative power is undefined");
    }
    if a < 0.0 && b.fract() != 0.0 {
        return fail(
            "2201F",
            "a negative number raised to a non-integer power yields a complex result",
        );
    }
    let value = a.powf(b);
    if value.is_infinite() && a.is_finite() && b.is_finite() {
        return fail("22003", "value out of range: overflow");
    }
    Ok(Datum::Float(value))
}

/// Whole exponents are exact; others go through `double precision`, with PostgreSQL's 16 digits.
fn power_numeric(a: &Decimal, b: &Decimal) -> R<Datum> {
    if b.trim_is_int()
        && let Some(exponent) = b.to_i64()
        && (0..=10_000).contains(&exponent)
    {
        let mut value = Decimal::int(1);
        for _ in 0..exponent {
            value = value.mul(a);
        }
        return Ok(Datum::decimal(value.rounded(value.scale().max(16) as i32)));
    }
    Err(super::super::errors::unsupported("power() of numeric with this exponent"))
}

impl Decimal {
    fn trim_is_int(&self) -> bool {
        self.clone().trimmed().scale() == 0 && !self.is_nan()
    }
}

fn logarithm(value: f64, log: fn(f64) -> f64) -> R<Datum> {
    if value == 0.0 {
        return fail("2201E", "cannot take logarithm of zero");
    }
    if value < 0.0 {
        return fail("2201E", "cannot take logarithm of a negative number");
    }
    Ok(Datum::Float(log(value)))
}

fn sqrt(value: f64) -> R<Datum> {
    if value < 0.0 {
        return fail("2201F", "cannot take square root of a negative number");
    }
    Ok(Datum::Float(value.sqrt()))
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a.wrapping_rem(b));
    }
    a.wrapping_abs()
}

functions! { FUNCTIONS:
    "abs"(INT2) -> INT2 = |_, a| abs(a, Type::INT2);
    "abs"(INT4) -> INT4 = |_, a| abs(a, Type::INT4);
    "abs"(INT8) -> INT8 = |_, a| abs(a, Type::INT8);
    "abs"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).abs()));
    "abs"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).abs()));
    "@"(INT4) -> INT4 = |_, a| abs(a, Type::INT4);
    "@"(INT8) -> INT8 = |_, a| abs(a, Type::INT8);
    "@"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).abs()));
    "@"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).abs()));
    "round"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).round_ties_even()));
    "round"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).rounded(0)));
    "round"(NUMERIC, INT4) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).rounded(int(&a[1]) as i32)));
    "trunc"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).trunc()));
    "trunc"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).truncated(0)));
    "trunc"(NUMERIC, INT4) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).truncated(int(&a[1]) as i32)));
    "ceil"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).ceil()));
    "ceil"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).ceil()));
    "ceiling"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).ceil()));
    "ceiling"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).ceil()));
    "floor"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).floor()));
    "floor"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).floor()));
    "sign"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(if float(&a[0]) == 0.0 { 0.0 } else { float(&a[0]).signum() }));
    "sign"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(Decimal::int(numeric(&a[0]).sign())));
    "sqrt"(FLOAT8) -> FLOAT8 = |_, a| sqrt(float(&a[0]));
    "sqrt"(NUMERIC) -> NUMERIC = |_, a| numeric(&a[0]).sqrt().map(Datum::decimal);
    "|/"(FLOAT8) -> FLOAT8 = |_, a| sqrt(float(&a[0]));
    "power"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "power"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power_numeric(numeric(&a[0]), numeric(&a[1]));
    "pow"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "pow"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power_numeric(numeric(&a[0]), numeric(&a[1]));
    "^"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "^"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power_numeric(numeric(&a[0]), numeric(&a[1]));
    "exp"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).exp()));
    "ln"(FLOAT8) -> FLOAT8 = |_, a| logarithm(float(&a[0]), f64::ln);
    "log"(FLOAT8) -> FLOAT8 = |_, a| logarithm(float(&a[0]), f64::log10);
    "pi"() -> FLOAT8 = |_, _| Ok(Datum::Float(std::f64::consts::PI));
    "gcd"(INT4, INT4) -> INT4 = |_, a| Ok(Datum::Int(gcd(int(&a[0]), int(&a[1]))));
    "gcd"(INT8, INT8) -> INT8 = |_, a| Ok(Datum::Int(gcd(int(&a[0]), int(&a[1]))));
    "div"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| {
        Ok(Datum::decimal(numeric(&a[0]).div(numeric(&a[1]))?.truncated(0)))
    };
}
