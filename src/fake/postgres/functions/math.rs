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

/// By the rules of POSIX, with PostgreSQL's errors.
fn power(a: f64, b: f64) -> R<Datum> {
    if a == 0.0 && b < 0.0 {
        return fail("2201F", "zero raised to a negative power is undefined");
    }
    if a < 0.0 && b.is_finite() && b.fract() != 0.0 {
        return fail(
            "2201F",
            "a negative number raised to a non-integer power yields a complex result",
        );
    }
    let value = a.powf(b);
    if a.is_finite() && b.is_finite() {
        if value.is_infinite() {
            return fail("22003", "value out of range: overflow");
        }
        if value == 0.0 && a != 0.0 {
            return fail("22003", "value out of range: underflow");
        }
    }
    Ok(Datum::Float(value))
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

fn exp(value: f64) -> R<Datum> {
    let result = value.exp();
    if result.is_infinite() && value.is_finite() {
        return fail("22003", "value out of range: overflow");
    }
    if result == 0.0 && value.is_finite() {
        return fail("22003", "value out of range: underflow");
    }
    Ok(Datum::Float(result))
}

fn sqrt(value: f64) -> R<Datum> {
    if value < 0.0 {
        return fail("2201F", "cannot take square root of a negative number");
    }
    Ok(Datum::Float(value.sqrt()))
}

fn decimal(value: Decimal) -> R<Datum> {
    value.checked().map(Datum::decimal)
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
    "round"(NUMERIC) -> NUMERIC = |_, a| decimal(numeric(&a[0]).rounded(0));
    "round"(NUMERIC, INT4) -> NUMERIC = |_, a| decimal(numeric(&a[0]).rounded(int(&a[1]) as i32));
    "trunc"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).trunc()));
    "trunc"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).truncated(0)));
    "trunc"(NUMERIC, INT4) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).truncated(int(&a[1]) as i32)));
    "ceil"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).ceil()));
    "ceil"(NUMERIC) -> NUMERIC = |_, a| decimal(numeric(&a[0]).ceil());
    "ceiling"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).ceil()));
    "ceiling"(NUMERIC) -> NUMERIC = |_, a| decimal(numeric(&a[0]).ceil());
    "floor"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).floor()));
    "floor"(NUMERIC) -> NUMERIC = |_, a| decimal(numeric(&a[0]).floor());
    "sign"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(if float(&a[0]) == 0.0 { 0.0 } else { float(&a[0]).signum() }));
    "sqrt"(FLOAT8) -> FLOAT8 = |_, a| sqrt(float(&a[0]));
    "sqrt"(NUMERIC) -> NUMERIC = |_, a| numeric(&a[0]).sqrt().map(Datum::decimal);
    "|/"(FLOAT8) -> FLOAT8 = |_, a| sqrt(float(&a[0]));
    "power"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "pow"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "^"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| power(float(&a[0]), float(&a[1]));
    "exp"(FLOAT8) -> FLOAT8 = |_, a| exp(float(&a[0]));
    "log10"(FLOAT8) -> FLOAT8 = |_, a| logarithm(float(&a[0]), f64::log10);
    "ln"(FLOAT8) -> FLOAT8 = |_, a| logarithm(float(&a[0]), f64::ln);
    "log"(FLOAT8) -> FLOAT8 = |_, a| logarithm(float(&a[0]), f64::log10);
    "pi"() -> FLOAT8 = |_, _| Ok(Datum::Float(std::f64::consts::PI));
}
