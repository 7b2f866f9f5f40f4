//! Logarithms, powers and roots of `numeric`, to PostgreSQL's number of digits; trigonometry.

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::super::types::Type;
use super::super::types::cast::int_out_of_range;
use super::super::types::numeric::Decimal;
use super::{float, functions, int, numeric};

fn finite(value: f64) -> R<Datum> {
    if value.is_infinite() {
        return fail("22003", "value out of range: overflow");
    }
    Ok(Datum::Float(value))
}

/// A function of one angle or ratio, which must be in the range.
fn within(a: &[Datum], low: f64, high: f64, f: fn(f64) -> f64) -> R<Datum> {
    let value = float(&a[0]);
    if value < low || value > high {
        return fail("22003", "input is out of range");
    }
    Ok(Datum::Float(f(value)))
}

fn periodic(a: &[Datum], f: fn(f64) -> f64) -> R<Datum> {
    if float(&a[0]).is_infinite() {
        return fail("22003", "input is out of range");
    }
    Ok(Datum::Float(f(float(&a[0]))))
}

/// Digits after the point beyond those that are shown.
const GUARD: i32 = 12;

fn two() -> Decimal {
    Decimal::int(2)
}

/// e to the power of a finite number, to so many digits after the point.
fn exp_to(x: &Decimal, digits: i32) -> Decimal {
    // Halved until it is small, then the series, then squared as often.
    let mut halvings = 0;
    let mut small = x.rounded(digits + GUARD + 20);
    while small.abs() > Decimal::parse("0.1").unwrap_or(Decimal::NaN) && halvings < 40 {
        small = small.div_to(&two(), digits + GUARD + 40);
        halvings += 1;
    }
    // Squaring multiplies the error, and the result may have many digits before the point.
    let work = digits + GUARD + halvings + (x.to_float().abs() / 2.0) as i32;
    let mut term = Decimal::int(1);
    let mut sum = Decimal::int(1);
    let mut number = 1;
    while !term.is_zero() && number < 2000 {
        term = term.mul(&small).rounded(work).div_to(&Decimal::int(number), work);
        sum = sum.add(&term);
        number += 1;
    }
    for _ in 0..halvings {
        sum = sum.mul(&sum).rounded(work);
    }
    sum
}

/// The natural logarithm of a positive number.
fn ln_to(x: &Decimal, digits: i32) -> Decimal {
    let work = digits + GUARD;
    let guess = x.to_float().ln();
    if !guess.is_finite() {
        return Decimal::NaN;
    }
    // Newton's method, from the float's 15 digits: each step more than doubles them.
    let mut y = Decimal::parse(&format!("{guess:.17}")).unwrap_or(Decimal::NaN);
    for _ in 0..3 {
        let e = exp_to(&y, work + 4);
        let delta = x.sub(&e).div_to(&x.add(&e), work);
        y = y.add(&two().mul(&delta)).rounded(work);
    }
    y
}

/// The decimal exponent of a logarithm, as PostgreSQL estimates it to choose the number of digits.
fn ln_weight(x: &Decimal) -> i32 {
    let value = x.to_float();
    let weight = if (0.9..=1.1).contains(&value) {
        x.sub(&Decimal::int(1)).to_float().abs().log10().floor()
    } else {
        value.ln().abs().log10().trunc()
    };
    if weight.is_finite() { weight as i32 } else { 0 }
}

fn positive(x: &Decimal) -> R<()> {
    match x.sign() {
        0 => fail("2201E", "cannot take logarithm of zero"),
        -1 => fail("2201E", "cannot take logarithm of a negative number"),
        _ => Ok(()),
    }
}

fn ln(x: &Decimal) -> R<Datum> {
    positive(x)?;
    if !x.is_finite() {
        return Ok(Datum::decimal(x.clone()));
    }
    let scale = (16 - ln_weight(x)).max(x.scale() as i32).clamp(0, 1000);
    Ok(Datum::decimal(ln_to(x, scale).rounded(scale)))
}

fn log(base: &Decimal, x: &Decimal) -> R<Datum> {
    positive(base)?;
    positive(x)?;
    if !x.is_finite() || !base.is_finite() {
        return Err(super::super::errors::unsupported("the logarithm of an infinite numeric"));
    }
    let scale = (16 - (ln_weight(x) - ln_weight(base)))
        .max(x.scale() as i32)
        .max(base.scale() as i32)
        .clamp(0, 1000);
    let below = ln_to(base, scale + 8);
    if below.is_zero() {
        return fail("22012", "division by zero");
    }
    Ok(Datum::decimal(ln_to(x, scale + 8).div_to(&below, scale)))
}

fn exp(x: &Decimal) -> R<Datum> {
    if !x.is_finite() {
        let zero = x.sign() < 0;
        return Ok(Datum::decimal(if zero { Decimal::int(0) } else { x.clone() }));
    }
    let value = x.to_float();
    if value >= 6000.0 {
        return fail("22003", "value overflows numeric format");
    }
    let before = (value * std::f64::consts::LOG10_E) as i32;
    let scale = (16 - before).max(x.scale() as i32).clamp(0, 1000);
    if value < -5000.0 {
        return Ok(Datum::decimal(Decimal::int(0).rounded(scale)));
    }
    Ok(Datum::decimal(exp_to(x, scale).rounded(scale)))
}

/// `numeric ^ numeric`
pub(super) fn power(a: &Decimal, b: &Decimal) -> R<Datum> {
    if a.is_zero() && b.sign() < 0 {
        return fail("2201F", "zero raised to a negative power is undefined");
    }
    let whole = b.is_finite() && b.rounded(0) == *b;
    if a.sign() < 0 && !whole {
        return fail(
            "2201F",
            "a negative number raised to a non-integer power yields a complex result",
        );
    }
    if !a.is_finite() || !b.is_finite() {
        return Err(super::super::errors::unsupported("the power of an infinite numeric"));
    }
    if a.is_zero() || b.is_zero() {
        let value = Decimal::int(i32::from(b.is_zero()));
        return Ok(Datum::decimal(value.rounded(16.max(a.scale().max(b.scale()) as i32))));
    }
    let magnitude = b.to_float() * a.to_float().abs().log10();
    if magnitude > 131_072.0 {
        return fail("22003", "value overflows numeric format");
    }
    let before = magnitude as i32;
    let scale = (16 - before).max(a.scale() as i32).max(b.scale() as i32).clamp(0, 1000);
    if let Some(exponent) = b.to_i64().filter(|_| whole)
        && exponent.abs() <= 10_000
    {
        let work = scale + GUARD + 20;
        let exact =
            power_of(a, exponent.unsigned_abs(), if exponent < 0 { None } else { Some(work) });
        let value = if exponent < 0 { Decimal::int(1).div_to(&exact, scale) } else { exact };
        return Ok(Datum::decimal(value.rounded(scale)));
    }
    let digits = scale + before.max(0) + 8;
    let log = ln_to(&a.abs(), digits);
    Ok(Datum::decimal(exp_to(&log.mul(b), digits).rounded(scale)))
}

fn power_of(base: &Decimal, mut exponent: u64, digits: Option<i32>) -> Decimal {
    let cut = |value: Decimal| match digits {
        Some(digits) if value.scale() as i32 > digits => value.rounded(digits),
        _ => value,
    };
    let (mut result, mut square) = (Decimal::int(1), base.clone());
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = cut(result.mul(&square));
        }
        exponent >>= 1;
        if exponent > 0 {
            square = cut(square.mul(&square));
        }
    }
    result
}

fn factorial(n: i64) -> R<Datum> {
    if n < 0 {
        return fail("22003", "factorial of a negative number is undefined");
    }
    if n > 32_177 {
        return fail("22003", "value overflows numeric format");
    }
    Ok(Datum::decimal((2..=n).fold(Decimal::int(1), |product, i| product.mul(&Decimal::int(i)))))
}

fn gcd(mut a: i64, mut b: i64, ty: Type) -> R<i64> {
    while b != 0 {
        (a, b) = (b, a.wrapping_rem(b));
    }
    let value = a.checked_abs().ok_or_else(|| int_out_of_range(ty))?;
    super::super::types::cast::int_fits(value, ty).map(|_| value)
}

fn lcm(a: &[Datum], ty: Type) -> R<Datum> {
    let (x, y) = (int(&a[0]), int(&a[1]));
    if x == 0 || y == 0 {
        return Ok(Datum::Int(0));
    }
    let product = (x / gcd(x, y, ty)?).checked_mul(y).and_then(i64::checked_abs);
    super::super::types::cast::int_fits(product.ok_or_else(|| int_out_of_range(ty))?, ty)
}

fn gcd_numeric(a: &[Datum]) -> R<Datum> {
    let (mut x, mut y) = (numeric(&a[0]).abs(), numeric(&a[1]).abs());
    while y.is_finite() && !y.is_zero() {
        (x, y) = (y.clone(), x.rem(&y)?);
    }
    Ok(Datum::decimal(x.rounded(numeric(&a[0]).scale().max(numeric(&a[1]).scale()) as i32)))
}

fn bucket_count(count: i64) -> R<f64> {
    if count <= 0 {
        return fail("2201G", "count must be greater than zero");
    }
    Ok(count as f64)
}

fn bucket(value: f64, low: f64, high: f64, count: i64) -> R<Datum> {
    let buckets = bucket_count(count)?;
    if value.is_nan() || low.is_nan() || high.is_nan() {
        return fail("2201G", "operand, lower bound, and upper bound cannot be NaN");
    }
    if low.is_infinite() || high.is_infinite() {
        return fail("2201G", "lower and upper bounds must be finite");
    }
    if low == high {
        return fail("2201G", "lower bound cannot equal upper bound");
    }
    let (value, low, high) = if low < high { (value, low, high) } else { (-value, -low, -high) };
    Ok(Datum::Int(match () {
        () if value < low => 0,
        () if value >= high => count + 1,
        () => (buckets * ((value - low) / (high - low))).floor() as i64 + 1,
    }))
}

fn bucket_numeric(a: &[Datum]) -> R<Datum> {
    let (value, low, high) = (numeric(&a[0]), numeric(&a[1]), numeric(&a[2]));
    let count = int(&a[3]);
    bucket_count(count)?;
    if low == high {
        return fail("2201G", "lower bound cannot equal upper bound");
    }
    if !value.is_finite() || !low.is_finite() || !high.is_finite() {
        return bucket(value.to_float(), low.to_float(), high.to_float(), count);
    }
    let up = low < high;
    let outside = |v: &Decimal, bound: &Decimal| if up { v < bound } else { v > bound };
    Ok(Datum::Int(match () {
        () if outside(value, low) => 0,
        () if !outside(value, high) => count + 1,
        () => {
            let share = value.sub(low).mul(&Decimal::int(count)).div(&high.sub(low))?;
            share.floor().to_i64().unwrap_or(0) + 1
        }
    }))
}

fn min_scale(value: &Decimal) -> Datum {
    if value.is_finite() { Datum::Int(value.clone().trimmed().scale().into()) } else { Datum::Null }
}

functions! { FUNCTIONS:
    "ln"(NUMERIC) -> NUMERIC = |_, a| ln(numeric(&a[0]));
    "log"(NUMERIC) -> NUMERIC = |_, a| log(&Decimal::int(10), numeric(&a[0]));
    "log10"(NUMERIC) -> NUMERIC = |_, a| log(&Decimal::int(10), numeric(&a[0]));
    "log"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| log(numeric(&a[0]), numeric(&a[1]));
    "exp"(NUMERIC) -> NUMERIC = |_, a| exp(numeric(&a[0]));
    "power"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power(numeric(&a[0]), numeric(&a[1]));
    "pow"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power(numeric(&a[0]), numeric(&a[1]));
    "^"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| power(numeric(&a[0]), numeric(&a[1]));
    "cbrt"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).cbrt()));
    "||/"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).cbrt()));
    "sin"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::sin);
    "cos"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::cos);
    "tan"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, f64::tan);
    "cot"(FLOAT8) -> FLOAT8 = |_, a| periodic(a, |x| 1.0 / x.tan());
    "asin"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::asin);
    "acos"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::acos);
    "atan"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).atan()));
    "atan2"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).atan2(float(&a[1]))));
    "sinh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).sinh()));
    "cosh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).cosh()));
    "tanh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).tanh()));
    "asinh"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]).asinh()));
    "acosh"(FLOAT8) -> FLOAT8 = |_, a| within(a, 1.0, f64::INFINITY, f64::acosh);
    "atanh"(FLOAT8) -> FLOAT8 = |_, a| within(a, -1.0, 1.0, f64::atanh);
    "degrees"(FLOAT8) -> FLOAT8 = |_, a| finite(float(&a[0]) / (std::f64::consts::PI / 180.0));
    "radians"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(float(&a[0]) * (std::f64::consts::PI / 180.0)));
    "factorial"(INT8) -> NUMERIC = |_, a| factorial(int(&a[0]));
    "gcd"(INT4, INT4) -> INT4 = |_, a| gcd(int(&a[0]), int(&a[1]), Type::INT4).map(Datum::Int);
    "gcd"(INT8, INT8) -> INT8 = |_, a| gcd(int(&a[0]), int(&a[1]), Type::INT8).map(Datum::Int);
    "gcd"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| gcd_numeric(a);
    "lcm"(INT4, INT4) -> INT4 = |_, a| lcm(a, Type::INT4);
    "lcm"(INT8, INT8) -> INT8 = |_, a| lcm(a, Type::INT8);
    "width_bucket"(FLOAT8, FLOAT8, FLOAT8, INT4) -> INT4 = |_, a| {
        bucket(float(&a[0]), float(&a[1]), float(&a[2]), int(&a[3]))
    };
    "width_bucket"(NUMERIC, NUMERIC, NUMERIC, INT4) -> INT4 = |_, a| bucket_numeric(a);
    "scale"(NUMERIC) -> INT4 = |_, a| {
        let value = numeric(&a[0]);
        Ok(if value.is_finite() { Datum::Int(value.scale().into()) } else { Datum::Null })
    };
    "min_scale"(NUMERIC) -> INT4 = |_, a| Ok(min_scale(numeric(&a[0])));
    "trim_scale"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).clone().trimmed()));
    "@"(INT2) -> INT2 = |_, a| {
        super::super::types::cast::int_fits(int(&a[0]).abs(), Type::INT2)
    };
    "abs"(FLOAT4) -> FLOAT4 = |_, a| Ok(Datum::Float(float(&a[0]).abs()));
}
