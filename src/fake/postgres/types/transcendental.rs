//! Logarithms, powers and exponentials of `numeric`, with the number of digits that PostgreSQL chooses.
//!
//! Inside, numbers are binary fixed-point (`BigInt` times two to the minus some bits), with more bits than
//! any digit of the answer needs: the time depends on how many digits are wanted, never on the magnitude.

use std::f64::consts::LOG10_E;

use bigdecimal::num_bigint::{BigInt, Sign};

use super::super::errors::{R, fail};
use super::numeric::Decimal::{self, Finite, Infinity, NaN, NegativeInfinity};
use super::numeric::{leading, power_of_ten};

/// The digits that a result has at least, and the most after the point.
const SIGNIFICANT: i64 = 16;
const DISPLAYED: i64 = 1000;
/// Beyond e to this, or below its inverse, PostgreSQL does not try.
const EXPONENTS: f64 = 6000.0;

fn scale(digits: i64) -> i32 {
    digits.clamp(0, DISPLAYED) as i32
}

/// Bits that hold so many decimal digits, and some to spare.
fn bits_for(digits: i64) -> u64 {
    (digits.max(0) as u64) * 10 / 3 + 96
}

fn overflow<T>() -> R<T> {
    fail("22003", "value overflows numeric format")
}

/// The inverse hyperbolic tangent of 1/n.
fn atanh_inverse(n: u32, bits: u64) -> BigInt {
    let mut term = (BigInt::from(1) << bits) / n;
    let (mut sum, square) = (term.clone(), n * n);
    let mut odd = 1u32;
    while term.sign() != Sign::NoSign {
        term /= square;
        odd += 2;
        sum += &term / odd;
    }
    sum
}

fn ln_two(bits: u64) -> BigInt {
    atanh_inverse(3, bits + 8) >> 7
}

/// A finite number as fixed-point.
fn fixed(x: &Decimal, bits: u64) -> BigInt {
    match x {
        Finite { digits, scale } => (digits << bits) / power_of_ten(*scale),
        _ => BigInt::from(0),
    }
}

/// Fixed-point as a decimal, rounded.
fn decimal(value: &BigInt, bits: u64, places: i32) -> Decimal {
    let shifted = value * power_of_ten(places.max(0) as u32 + 1);
    // A shift of a negative number would round it down.
    let digits =
        if shifted.sign() == Sign::Minus { -((-shifted) >> bits) } else { shifted >> bits };
    Finite { digits, scale: places.max(0) as u32 + 1 }.rounded(places)
}

/// The natural logarithm of a positive number, as fixed-point.
fn ln_fixed(x: &Decimal, bits: u64) -> BigInt {
    let Finite { digits, scale } = x else { return BigInt::from(0) };
    let below = power_of_ten(*scale);
    let mut twos = digits.bits() as i64 - below.bits() as i64;
    let reduced = |twos: i64| {
        let shift = bits as i64 - twos;
        if shift >= 0 {
            (digits << shift as u64) / &below
        } else {
            digits / (&below << (-shift) as u64)
        }
    };
    let one = BigInt::from(1) << bits;
    let mut value = reduced(twos);
    // Between 2/3 and 4/3; a number near 1 must keep all its digits.
    if &value * 3 < &one * 2 {
        twos -= 1;
        value = reduced(twos);
    } else if &value * 3 > &one * 4 {
        twos += 1;
        value = reduced(twos);
    }
    let mut roots = 1;
    while roots < 6 && (&value - &one).bits() + 6 > bits {
        value = (value << bits).sqrt();
        roots += 1;
    }
    let ratio = ((&value - &one) << bits) / (&value + &one);
    let square = (&ratio * &ratio) >> bits;
    let (mut term, mut sum, mut odd) = (ratio.clone(), ratio, 1u32);
    loop {
        term = (&term * &square) >> bits;
        odd += 2;
        let part = &term / odd;
        if part.sign() == Sign::NoSign || part == BigInt::from(-1) {
            break;
        }
        sum += part;
    }
    (sum << roots) + ln_two(bits) * twos
}

fn ln_to(x: &Decimal, places: i32) -> Decimal {
    let bits = bits_for(i64::from(places) + 8);
    decimal(&ln_fixed(x, bits), bits, places)
}

/// e to the power of a number that is within the limits, rounded to so many digits after the point.
fn exp_to(x: &Decimal, places: i32) -> R<Decimal> {
    let value = x.to_float();
    if value.abs() >= EXPONENTS {
        return if value > 0.0 { overflow() } else { Ok(Decimal::int(0).rounded(places)) };
    }
    let digits = (value * LOG10_E) as i64 + i64::from(places) + 4;
    if digits < 0 {
        return Ok(Decimal::int(0).rounded(places));
    }
    let bits = bits_for(digits) + 32;
    let (x, two) = (fixed(x, bits), ln_two(bits));
    let twos = (value * std::f64::consts::LOG2_E).round() as i64;
    // The rest is at most 0.35: halved eight times, the series is short.
    let small: BigInt = (x - two * twos) >> 8;
    let one = BigInt::from(1) << bits;
    let (mut term, mut sum, mut number) = (one.clone(), one, 1u32);
    loop {
        term = ((&term * &small) >> bits) / number;
        if term.sign() == Sign::NoSign || term == BigInt::from(-1) {
            break;
        }
        sum += &term;
        number += 1;
    }
    for _ in 0..8 {
        sum = (&sum * &sum) >> bits;
    }
    Ok(if twos >= 0 {
        decimal(&(sum << twos as u64), bits, places)
    } else {
        decimal(&sum, bits + twos.unsigned_abs(), places)
    })
}

/// The decimal exponent of a logarithm, as PostgreSQL estimates it to choose the number of digits.
fn ln_weight(x: &Decimal) -> i64 {
    let near = x.sub(&Decimal::int(1));
    let tenth = Finite { digits: BigInt::from(1), scale: 1 };
    if near.abs() <= tenth {
        let (weight, first) = leading(&near, 1);
        if first == 0 {
            return 0;
        }
        return weight * 4 + (first as f64).log10() as i64;
    }
    let (weight, digits) = leading(x, 2);
    let value = (digits as f64).ln() + ((weight - 1) * 4) as f64 * std::f64::consts::LN_10;
    value.abs().log10() as i64
}

fn positive(x: &Decimal) -> R<()> {
    match x.sign() {
        0 => fail("2201E", "cannot take logarithm of zero"),
        -1 => fail("2201E", "cannot take logarithm of a negative number"),
        _ => Ok(()),
    }
}

pub(crate) fn ln(x: &Decimal) -> R<Decimal> {
    if x.is_nan() {
        return Ok(NaN);
    }
    positive(x)?;
    if !x.is_finite() {
        return Ok(x.clone());
    }
    Ok(ln_to(x, scale((SIGNIFICANT - ln_weight(x)).max(x.scale().into()))))
}

pub(crate) fn log(base: &Decimal, x: &Decimal) -> R<Decimal> {
    if base.is_nan() || x.is_nan() {
        return Ok(NaN);
    }
    if base.sign() < 0 || x.sign() < 0 {
        return fail("2201E", "cannot take logarithm of a negative number");
    }
    positive(base)?;
    positive(x)?;
    match (base, x) {
        (Infinity, Infinity) => return Ok(NaN),
        (Infinity, _) => return Ok(Decimal::int(0)),
        (_, Infinity) => return Ok(Infinity),
        _ => {}
    }
    let (below, above) = (ln_weight(base), ln_weight(x));
    let weight = above - below;
    let places = scale((SIGNIFICANT - weight).max(base.scale().into()).max(x.scale().into()));
    let enough = |own: i64| (i64::from(places) + weight - own + 8).max(0) as i32;
    ln_to(x, enough(above)).div_exactly(&ln_to(base, enough(below)), places)
}

pub(crate) fn exp(x: &Decimal) -> R<Decimal> {
    match x {
        NegativeInfinity => return Ok(Decimal::int(0)),
        Infinity | NaN => return Ok(x.clone()),
        Finite { .. } => {}
    }
    let weight = (x.to_float() * LOG10_E).clamp(-2000.0, 2000.0) as i64;
    exp_to(x, scale((SIGNIFICANT - weight).max(x.scale().into())))?.checked()
}

/// `numeric ^ numeric`
pub(crate) fn power(a: &Decimal, b: &Decimal) -> R<Decimal> {
    let one = Decimal::int(1);
    if a.is_nan() || b.is_nan() {
        return Ok(if b.is_zero() || *a == one { one } else { NaN });
    }
    if a.is_zero() && b.sign() < 0 {
        return fail("2201F", "zero raised to a negative power is undefined");
    }
    let whole = !b.is_finite() || b.truncated(0) == *b;
    if a.sign() < 0 && !whole {
        return fail(
            "2201F",
            "a negative number raised to a non-integer power yields a complex result",
        );
    }
    if !a.is_finite() || !b.is_finite() {
        return Ok(power_of_infinite(a, b));
    }
    if whole && let Some(exponent) = b.to_i64().and_then(|v| i32::try_from(v).ok()) {
        return power_int(a, exponent, scale(SIGNIFICANT.max(a.scale().into())));
    }
    if a.is_zero() {
        return Ok(a.rounded(SIGNIFICANT as i32));
    }
    let (base, negative) = (a.abs(), a.sign() < 0 && whole && is_odd(b));
    let ln_weight = ln_weight(&base);
    let value = ln_to(&base, (8 - ln_weight).max(0) as i32).mul(b).to_float();
    if value.abs() > EXPONENTS * 1.003_333 {
        return if value > 0.0 {
            overflow()
        } else {
            Ok(Decimal::int(0).rounded(DISPLAYED as i32))
        };
    }
    let weight = (value * LOG10_E) as i64;
    let places = scale((SIGNIFICANT - weight).max(a.scale().into()).max(b.scale().into()));
    let enough = (i64::from(places) + weight).max(0) - ln_weight + 8 + 8;
    let logarithm = ln_to(&base, enough.max(0) as i32).mul(b);
    let value = exp_to(&logarithm, places)?;
    if negative { value.negated() } else { value }.checked()
}

fn is_odd(whole: &Decimal) -> bool {
    match whole.truncated(0) {
        Finite { digits, .. } => digits.bit(0),
        _ => false,
    }
}

/// By POSIX's rules of `pow`, once errors are out of the way.
fn power_of_infinite(a: &Decimal, b: &Decimal) -> Decimal {
    let one = Decimal::int(1);
    if *a == one || b.is_zero() {
        return one;
    }
    if a.is_zero() {
        return Decimal::int(0);
    }
    if !b.is_finite() {
        return match a.abs() {
            size if size == one => one,
            size if (size > one) == (b.sign() > 0) => Infinity,
            _ => Decimal::int(0),
        };
    }
    match b.sign() < 0 {
        true => Decimal::int(0),
        false if matches!(a, NegativeInfinity) && is_odd(b) => NegativeInfinity,
        false => Infinity,
    }
}

fn power_int(base: &Decimal, exponent: i32, places: i32) -> R<Decimal> {
    match exponent {
        0 => return Ok(Decimal::int(1).rounded(places)),
        1 => return base.rounded(places).checked(),
        -1 => return Decimal::int(1).div_exactly(base, places),
        2 => return base.mul(base).rounded(places).checked(),
        _ if base.is_zero() => return Ok(base.rounded(places)),
        _ => {}
    }
    let (weight, first) = leading(base, 4);
    let size = f64::from(exponent) * ((first as f64).log10() + ((weight - 3) * 4) as f64);
    if size > 3.0 * 32_767.0 * 4.0 {
        return overflow();
    }
    if size + 1.0 < f64::from(-places) || size + 1.0 < -(DISPLAYED as f64) {
        return Ok(Decimal::int(0).rounded(places));
    }
    let digits = 1 + i64::from(places) + size as i64 + f64::from(exponent).abs().ln() as i64 + 8;
    let short = |value: Decimal, weight: i64| {
        let wanted = (digits - weight * 4).max(0);
        if i64::from(value.scale()) > wanted { value.rounded(wanted as i32) } else { value }
    };
    let mut left = exponent.unsigned_abs();
    let mut square = base.clone();
    let mut result = if left & 1 == 1 { base.clone() } else { Decimal::int(1) };
    loop {
        left >>= 1;
        if left == 0 {
            break;
        }
        square = short(square.mul(&square), 2 * leading(&square, 1).0);
        if left & 1 == 1 {
            result = short(square.mul(&result), leading(&square, 1).0 + leading(&result, 1).0);
        }
        if leading(&square, 1).0.max(leading(&result, 1).0) > 32_767 {
            return if exponent < 0 { Ok(Decimal::int(0).rounded(places)) } else { overflow() };
        }
    }
    if exponent < 0 {
        return Decimal::int(1).div_exactly(&result, places);
    }
    result.rounded(places).checked()
}

/// Products of halves: the numbers that are multiplied have about the same length.
fn product(from: u64, to: u64) -> BigInt {
    if to - from < 8 {
        return (from..=to).fold(BigInt::from(1), |product, factor| product * factor);
    }
    let middle = (from + to) / 2;
    product(from, middle) * product(middle + 1, to)
}

pub(crate) fn factorial(n: i64) -> R<Decimal> {
    match u64::try_from(n) {
        Err(_) => fail("22003", "factorial of a negative number is undefined"),
        Ok(0 | 1) => Ok(Decimal::int(1)),
        Ok(n) if n <= 32_177 => Ok(Decimal::int(product(2, n))),
        Ok(_) => overflow(),
    }
}
