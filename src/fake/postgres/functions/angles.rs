//! Trigonometry and hyperbolic functions of `double precision`.

use std::f64::consts::PI;

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::{float, functions};

fn overflow<T>() -> R<T> {
    fail("22003", "value out of range: overflow")
}

/// A function of one ratio, which must be in the range.
fn within(a: &[Datum], low: f64, high: f64, f: fn(f64) -> f64) -> R<Datum> {
    let value = float(&a[0]);
    if value < low || value > high {
        return fail("22003", "input is out of range");
    }
    Ok(Datum::Float(f(value)))
}

/// A function of one angle, which must be finite.
fn periodic(a: &[Datum], f: fn(f64) -> f64) -> R<Datum> {
    if float(&a[0]).is_infinite() {
        return fail("22003", "input is out of range");
    }
    Ok(Datum::Float(f(float(&a[0]))))
}

const RADIANS: f64 = PI / 180.0;

/// Sine from 0 to 30 degrees, exact at both ends.
fn low_sine(x: f64) -> f64 {
    (x * RADIANS).sin() / (30.0 * RADIANS).sin() / 2.0
}

/// Cosine from 0 to 60 degrees, exact at both ends.
fn low_cosine(x: f64) -> f64 {
    1.0 - (1.0 - (x * RADIANS).cos()) / (1.0 - (60.0 * RADIANS).cos()) / 2.0
}

fn sine_to_90(x: f64) -> f64 {
    if x <= 30.0 { low_sine(x) } else { low_cosine(90.0 - x) }
}

fn cosine_to_90(x: f64) -> f64 {
    if x <= 60.0 { low_cosine(x) } else { low_sine(90.0 - x) }
}

/// The angle brought between 0 and 90 degrees; the signs of its sine and cosine.
fn quadrant(x: f64) -> (f64, f64, f64) {
    let (mut x, mut sine, mut cosine) = (x % 360.0, 1.0, 1.0);
    if x < 0.0 {
        (x, sine) = (-x, -sine);
    }
    if x > 180.0 {
        (x, sine) = (360.0 - x, -sine);
    }
    if x > 90.0 {
        (x, cosine) = (180.0 - x, -cosine);
    }
    (x, sine, cosine)
}

fn sind(x: f64) -> f64 {
    let (x, sign, _) = quadrant(x);
    sign * sine_to_90(x)
}

fn cosd(x: f64) -> f64 {
    let (x, _, sign) = quadrant(x);
    sign * cosine_to_90(x)
}

/// Zero without a sign.
fn plain_zero(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x }
}

fn tand(x: f64) -> f64 {
    let (x, sine, cosine) = quadrant(x);
    let at_45 = sine_to_90(45.0) / cosine_to_90(45.0);
    plain_zero(sine * cosine * (sine_to_90(x) / cosine_to_90(x) / at_45))
}

fn cotd(x: f64) -> f64 {
    let (x, sine, cosine) = quadrant(x);
    let at_45 = cosine_to_90(45.0) / sine_to_90(45.0);
    plain_zero(sine * cosine * (cosine_to_90(x) / sine_to_90(x) / at_45))
}

fn asin_to_90(x: f64) -> f64 {
    if x <= 0.5 { x.asin() / 0.5f64.asin() * 30.0 } else { 90.0 - x.acos() / 0.5f64.acos() * 60.0 }
}

fn acos_to_90(x: f64) -> f64 {
    if x <= 0.5 { 90.0 - x.asin() / 0.5f64.asin() * 30.0 } else { x.acos() / 0.5f64.acos() * 60.0 }
}

fn asind(x: f64) -> f64 {
    if x >= 0.0 { asin_to_90(x) } else { -asin_to_90(-x) }
}

fn acosd(x: f64) -> f64 {
    if x >= 0.0 { acos_to_90(x) } else { 90.0 + asin_to_90(-x) }
}

fn degrees(x: f64) -> R<Datum> {
    let value = x / RADIANS;
    if value.is_infinite() && x.is_finite() { overflow() } else { Ok(Datum::Float(value)) }
}

/// The cube root as the C library on PostgreSQL's usual platform rounds it: the root of the mantissa,
/// by one step of Halley's method, times that of the rest of the exponent.
fn cbrt(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let (mut mantissa, mut exponent) = (x.abs(), 0i32);
    while mantissa < 0.5 {
        (mantissa, exponent) = (mantissa * 2.0, exponent - 1);
    }
    while mantissa >= 1.0 {
        (mantissa, exponent) = (mantissa / 2.0, exponent + 1);
    }
    let two = 2f64.cbrt();
    let square = 4f64.cbrt();
    let rest = match exponent % 3 {
        -2 => 1.0 / square,
        -1 => 1.0 / two,
        1 => two,
        2 => square,
        _ => 1.0,
    };
    let start = f64::from(mantissa.cbrt() as f32);
    let cube = start * start * start;
    let root = start * (cube + 2.0 * mantissa) / (2.0 * cube + mantissa) * rest;
    (root * 2f64.powi(exponent / 3)).copysign(x)
}

functions! { FUNCTIONS:
    "cbrt"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(cbrt(float(&a[0]))));
    "||/"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(cbrt(float(&a[0]))));
    "sin"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::sin);
    "cos"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::cos);
    "tan"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::tan);
    "cot"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, |x| 1.0 / x.tan());
    "asin"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::asin);
    "acos"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::acos);
    "atan"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).atan()));
    "atan2"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).atan2(float(&a[1]))));
    "sind"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, sind);
    "cosd"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, cosd);
    "tand"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, tand);
    "cotd"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, cotd);
    "asind"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, asind);
    "acosd"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, acosd);
    "atand"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).atan() / 1f64.atan() * 45.0));
    "atan2d"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| {
        Ok(Datum::Float(float(&a[0]).atan2(float(&a[1])) / 1f64.atan() * 45.0))
    };
    "sinh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).sinh()));
    "cosh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).cosh()));
    "tanh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).tanh()));
    "asinh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).asinh()));
    "acosh"(FLOAT8) -> FLOAT8 = |_, a| within(a, 1.0, f64::INFINITY, f64::acosh);
    "atanh"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::atanh);
    "degrees"(FLOAT8) -> FLOAT8 = |_, a| degrees(float(&a[0]));
    "radians"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]) * RADIANS));
}
