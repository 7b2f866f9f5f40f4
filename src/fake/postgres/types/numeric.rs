//! `numeric`: exact decimals with PostgreSQL's rules for the scale of a result.

use std::cmp::Ordering;
use std::fmt;

use bigdecimal::num_bigint::{BigInt, Sign};

use super::super::errors::{R, fail, pg};
use super::Typed;

/// A `numeric`: digits times ten to the minus `scale`, or one of the special values.
#[derive(Clone, Debug)]
pub(crate) enum Decimal {
    Finite { digits: BigInt, scale: u32 },
    NegativeInfinity,
    Infinity,
    NaN,
}

use Decimal::{Finite, Infinity, NaN, NegativeInfinity};

/// What a numeric can hold: digits before the point, and after it.
const MAX_WHOLE: u64 = 131_072;
const MAX_SCALE: u32 = 16_383;

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    match 10u64.checked_pow(exponent) {
        Some(power) => power.into(),
        None => BigInt::from(10u8).pow(exponent),
    }
}

/// How many decimal digits a number has; none for zero.
fn count_digits(value: &BigInt) -> u64 {
    if let Ok(small) = u64::try_from(value.magnitude()) {
        return small.checked_ilog10().map_or(0, |log| u64::from(log) + 1);
    }
    let low = (value.bits() - 1) as f64 * std::f64::consts::LOG10_2;
    let sure = low as u64 + 1;
    // The next power of ten may lie between the powers of two around the number.
    if low.fract() + std::f64::consts::LOG10_2 > 0.999
        && *value.magnitude() >= *power_of_ten(sure as u32).magnitude()
    {
        return sure + 1;
    }
    sure
}

impl Decimal {
    pub(crate) fn int(value: impl Into<BigInt>) -> Decimal {
        Finite { digits: value.into(), scale: 0 }
    }

    /// `None` if the text is no number, or none that a numeric can hold.
    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        Decimal::read(text).ok().flatten()
    }

    /// `None` if the text is no number; 22003 if a numeric cannot hold it.
    pub(crate) fn read(text: &str) -> R<Option<Decimal>> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(match text.to_ascii_lowercase().as_str() {
                "nan" => Some(NaN),
                "inf" | "infinity" | "+inf" | "+infinity" => Some(Infinity),
                "-inf" | "-infinity" => Some(NegativeInfinity),
                _ => None,
            });
        }
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => {
                let (sign, digits) = match text.as_bytes().get(at + 1) {
                    Some(b'-') => (-1, &text[at + 2..]),
                    Some(b'+') => (1, &text[at + 2..]),
                    _ => (1, &text[at + 1..]),
                };
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Ok(None);
                }
                // What does not fit overflows whatever it is.
                (&text[..at], sign * digits.parse::<i64>().unwrap_or(i64::MAX).min(i64::MAX / 4))
            }
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.as_bytes().first() {
            Some(b'-') => (true, &mantissa[1..]),
            Some(b'+') => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let plain = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !plain || whole.len() + fraction.len() == 0 {
            return Ok(None);
        }
        let scale = fraction.len() as i64 - exponent;
        let digits = [whole, fraction].concat();
        let significant = digits.trim_start_matches('0');
        let before = significant.len() as i64 - scale;
        if exponent.abs() >= i64::from(i32::MAX / 2)
            || scale > MAX_SCALE.into()
            || (!significant.is_empty() && before > MAX_WHOLE as i64)
        {
            return fail("22003", "value overflows numeric format");
        }
        if significant.is_empty() {
            return Ok(Some(Finite { digits: BigInt::from(0), scale: scale.max(0) as u32 }));
        }
        let Ok(mut digits) = significant.parse::<BigInt>() else { return Ok(None) };
        if negative {
            digits = -digits;
        }
        Ok(Some(if scale < 0 {
            Finite { digits: digits * power_of_ten((-scale) as u32), scale: 0 }
        } else {
            Finite { digits, scale: scale as u32 }
        }))
    }

    /// The number itself, or 22003 if it is too large for a numeric.
    pub(crate) fn checked(self) -> R<Decimal> {
        if let Finite { digits, scale } = &self
            // Most numbers are nowhere near: a digit has more than three bits.
            && digits.bits() > 3 * MAX_WHOLE
            && count_digits(digits) > MAX_WHOLE + u64::from(*scale)
        {
            return fail("22003", "value overflows numeric format");
        }
        Ok(self)
    }

    /// As PostgreSQL converts `double precision`: 15 significant digits.
    pub(crate) fn from_float(value: f64) -> Decimal {
        if value.is_nan() {
            return NaN;
        }
        if value.is_infinite() {
            return if value > 0.0 { Infinity } else { NegativeInfinity };
        }
        Decimal::parse(&format!("{value:.14e}")).map_or(NaN, Decimal::trimmed)
    }

    /// Without the zeros at the end of the fraction.
    pub(crate) fn trimmed(self) -> Decimal {
        let Finite { mut digits, mut scale } = self else { return self };
        let ten = BigInt::from(10u8);
        while scale > 0 && (&digits % &ten).sign() == Sign::NoSign {
            digits /= &ten;
            scale -= 1;
        }
        Finite { digits, scale }
    }

    pub(crate) fn to_float(&self) -> f64 {
        match self {
            NaN => f64::NAN,
            Infinity => f64::INFINITY,
            NegativeInfinity => f64::NEG_INFINITY,
            Finite { .. } => self.to_string().parse().unwrap_or(f64::NAN),
        }
    }

    /// Rounded to an integer, half away from zero; `None` if it does not fit.
    pub(crate) fn to_i64(&self) -> Option<i64> {
        match self.rounded(0) {
            Finite { digits, .. } => digits.try_into().ok(),
            _ => None,
        }
    }

    pub(crate) fn is_nan(&self) -> bool {
        matches!(self, NaN)
    }

    pub(crate) fn is_zero(&self) -> bool {
        matches!(self, Finite { digits, .. } if digits.sign() == Sign::NoSign)
    }

    /// -1, 0 or 1.
    pub(crate) fn sign(&self) -> i8 {
        match self {
            Finite { digits, .. } => match digits.sign() {
                Sign::Minus => -1,
                Sign::NoSign => 0,
                Sign::Plus => 1,
            },
            NegativeInfinity => -1,
            Infinity | NaN => 1,
        }
    }

    pub(crate) fn scale(&self) -> u32 {
        match self {
            Finite { scale, .. } => *scale,
            _ => 0,
        }
    }

    /// The digits at a scale that is not smaller than its own.
    fn at_scale(digits: &BigInt, from: u32, to: u32) -> BigInt {
        if from == to { digits.clone() } else { digits * power_of_ten(to - from) }
    }

    /// Rounded half away from zero to so many digits after the point; negative: before it.
    pub(crate) fn rounded(&self, places: i32) -> Decimal {
        self.shorten(places, |quotient, remainder, divisor| {
            let twice: BigInt = remainder.magnitude().clone().into();
            if twice * 2 >= *divisor {
                quotient + if remainder.sign() == Sign::Minus { -1 } else { 1 }
            } else {
                quotient
            }
        })
    }

    /// Rounded towards zero.
    pub(crate) fn truncated(&self, places: i32) -> Decimal {
        self.shorten(places, |quotient, _, _| quotient)
    }

    /// The greatest integer that is not above.
    pub(crate) fn floor(&self) -> Decimal {
        self.shorten(
            0,
            |quotient, remainder, _| {
                if remainder.sign() == Sign::Minus { quotient - 1 } else { quotient }
            },
        )
    }

    /// The least integer that is not below.
    pub(crate) fn ceil(&self) -> Decimal {
        self.shorten(
            0,
            |quotient, remainder, _| {
                if remainder.sign() == Sign::Plus { quotient + 1 } else { quotient }
            },
        )
    }

    fn shorten(&self, places: i32, adjust: impl Fn(BigInt, &BigInt, &BigInt) -> BigInt) -> Decimal {
        let Finite { digits, scale } = self else { return self.clone() };
        let places = places.clamp(-(MAX_WHOLE as i32) - 1, MAX_SCALE as i32);
        let kept = places.max(0) as u32;
        if places >= 0 && kept >= *scale {
            return Finite { digits: Self::at_scale(digits, *scale, kept), scale: kept };
        }
        let drop = (*scale as i32 - places) as u32;
        // All of it goes: at most one unit of the last place is left.
        if u64::from(drop) > digits.bits() / 3 + 2 && places < 0 {
            return Decimal::int(0);
        }
        let divisor = power_of_ten(drop);
        let (quotient, remainder) = (digits / &divisor, digits % &divisor);
        let digits = adjust(quotient, &remainder, &divisor);
        if places < 0 {
            Finite { digits: digits * power_of_ten((-places) as u32), scale: 0 }
        } else {
            Finite { digits, scale: kept }
        }
    }

    /// Rounded to the column's scale, or 22003.
    pub(crate) fn fit(&self, typed: Typed) -> R<Decimal> {
        let Some((precision, scale)) = typed.precision_and_scale() else { return Ok(self.clone()) };
        match self {
            NaN => return Ok(NaN),
            Infinity | NegativeInfinity => {
                return Err(pg("22003", "numeric field overflow").with_detail(format!(
                    "A field with precision {precision}, scale {scale} cannot hold an infinite value."
                )));
            }
            Finite { .. } => {}
        }
        let rounded = self.rounded(scale);
        let Finite { digits, scale: kept } = &rounded else { return Ok(rounded) };
        let whole = precision as i32 - scale;
        let limit = power_of_ten((whole + *kept as i32).max(0) as u32);
        if BigInt::from(digits.magnitude().clone()) >= limit {
            let bound = if whole == 0 { "1".to_owned() } else { format!("10^{whole}") };
            return Err(pg("22003", "numeric field overflow").with_detail(format!(
                "A field with precision {precision}, scale {scale} must round to an absolute value less \
                 than {bound}."
            )));
        }
        Ok(rounded)
    }

    pub(crate) fn negated(&self) -> Decimal {
        match self {
            Finite { digits, scale } => Finite { digits: -digits, scale: *scale },
            Infinity => NegativeInfinity,
            NegativeInfinity => Infinity,
            NaN => NaN,
        }
    }

    pub(crate) fn abs(&self) -> Decimal {
        if self.sign() < 0 { self.negated() } else { self.clone() }
    }

    pub(crate) fn add(&self, other: &Decimal) -> Decimal {
        match (self, other) {
            (Finite { digits: a, scale: s }, Finite { digits: b, scale: t }) => {
                let scale = *s.max(t);
                Finite {
                    digits: Self::at_scale(a, *s, scale) + Self::at_scale(b, *t, scale),
                    scale,
                }
            }
            (NaN, _) | (_, NaN) | (Infinity, NegativeInfinity) | (NegativeInfinity, Infinity) => {
                NaN
            }
            (Finite { .. }, special) | (special, _) => special.clone(),
        }
    }

    pub(crate) fn sub(&self, other: &Decimal) -> Decimal {
        self.add(&other.negated())
    }

    pub(crate) fn mul(&self, other: &Decimal) -> Decimal {
        match (self, other) {
            (Finite { digits: a, scale: s }, Finite { digits: b, scale: t }) => {
                let product = Finite { digits: a * b, scale: s + t };
                if s + t > MAX_SCALE { product.rounded(MAX_SCALE as i32) } else { product }
            }
            _ if self.is_nan() || other.is_nan() || self.is_zero() || other.is_zero() => NaN,
            _ if self.sign() == other.sign() => Infinity,
            _ => NegativeInfinity,
        }
    }

    /// Quotient with the scale that PostgreSQL selects (at least 16 significant digits).
    pub(crate) fn div(&self, other: &Decimal) -> R<Decimal> {
        if self.is_nan() || other.is_nan() {
            return Ok(NaN);
        }
        if other.is_zero() {
            return fail("22012", "division by zero");
        }
        match (self, other) {
            (Finite { .. }, Finite { .. }) => self.div_at(other, div_scale(self, other)).checked(),
            (Finite { .. }, _) => Ok(Decimal::int(0)),
            (_, Finite { .. }) if self.sign() == other.sign() => Ok(Infinity),
            (_, Finite { .. }) => Ok(NegativeInfinity),
            _ => Ok(NaN),
        }
    }

    /// The quotient of finite numbers with so many digits after the point, rounded.
    pub(crate) fn div_to(&self, other: &Decimal, digits: i32) -> Decimal {
        if other.is_zero() {
            return NaN;
        }
        self.div_at(other, digits.max(0) as u32)
    }

    /// As [`Decimal::div_to`], or 22012.
    pub(crate) fn div_exactly(&self, other: &Decimal, digits: i32) -> R<Decimal> {
        if other.is_zero() {
            return fail("22012", "division by zero");
        }
        self.div_to(other, digits).checked()
    }

    /// The quotient without its fraction.
    pub(crate) fn div_whole(&self, other: &Decimal) -> R<Decimal> {
        let quotient = match (self, other) {
            (Finite { digits: a, scale: s }, Finite { digits: b, scale: t })
                if b.sign() != Sign::NoSign =>
            {
                let scale = *s.max(t);
                let (a, b) = (Self::at_scale(a, *s, scale), Self::at_scale(b, *t, scale));
                return Decimal::int(a / b).checked();
            }
            _ => self.div(other)?,
        };
        Ok(quotient)
    }

    pub(crate) fn is_finite(&self) -> bool {
        matches!(self, Finite { .. })
    }

    fn div_at(&self, other: &Decimal, scale: u32) -> Decimal {
        let (Finite { digits: a, scale: s }, Finite { digits: b, scale: t }) = (self, other) else {
            return NaN;
        };
        // One digit more than wanted, then rounded once.
        let up = scale + 1 + t;
        let numerator = if up >= *s { a * power_of_ten(up - s) } else { a / power_of_ten(s - up) };
        Finite { digits: numerator / b, scale: scale + 1 }.rounded(scale as i32)
    }

    /// The remainder, with the sign of the dividend.
    pub(crate) fn rem(&self, other: &Decimal) -> R<Decimal> {
        if self.is_nan() || other.is_nan() {
            return Ok(NaN);
        }
        if other.is_zero() {
            return fail("22012", "division by zero");
        }
        match (self, other) {
            (Finite { digits: a, scale: s }, Finite { digits: b, scale: t }) => {
                let scale = *s.max(t);
                let (a, b) = (Self::at_scale(a, *s, scale), Self::at_scale(b, *t, scale));
                Ok(Finite { digits: a % b, scale })
            }
            (Finite { .. }, _) => Ok(self.clone()),
            _ => Ok(NaN),
        }
    }

    /// Square root of a number that is not negative, with so many digits after the point.
    pub(crate) fn sqrt_to(&self, wanted: u32) -> Decimal {
        let Finite { digits, scale } = self else { return self.clone() };
        let shift = 2 * (wanted + 1);
        let scaled = if shift >= *scale {
            digits * power_of_ten(shift - scale)
        } else {
            digits / power_of_ten(scale - shift)
        };
        Finite { digits: scaled.sqrt(), scale: wanted + 1 }.rounded(wanted as i32)
    }

    /// Square root with PostgreSQL's scale, or 2201F.
    pub(crate) fn sqrt(&self) -> R<Decimal> {
        match self {
            NaN | Infinity => Ok(self.clone()),
            _ if self.sign() < 0 => fail("2201F", "cannot take square root of a negative number"),
            Finite { scale, .. } => {
                let (weight, _) = leading(self, 1);
                let wanted = (15 - weight * 2).max(i64::from(*scale)).clamp(0, 1000) as u32;
                Ok(self.sqrt_to(wanted))
            }
            NegativeInfinity => fail("2201F", "cannot take square root of a negative number"),
        }
    }
}

/// Weight of the first base-10000 digit, as PostgreSQL stores numerics, and the value of so many of them
/// from there.
pub(super) fn leading(value: &Decimal, count: u32) -> (i64, u64) {
    let Finite { digits, scale } = value else { return (0, 0) };
    let length = count_digits(digits) as i64;
    if length == 0 {
        return (0, 0);
    }
    let exponent = length - 1 - i64::from(*scale);
    let wanted = exponent.rem_euclid(4) + 1 + i64::from(count - 1) * 4;
    let magnitude = digits.magnitude();
    let first = if wanted >= length {
        u64::try_from(magnitude).unwrap_or(0) * 10u64.pow((wanted - length) as u32)
    } else if let Ok(small) = u64::try_from(magnitude) {
        small / 10u64.pow((length - wanted) as u32)
    } else {
        let rest = magnitude / power_of_ten((length - wanted) as u32).magnitude();
        u64::try_from(rest).unwrap_or(0)
    };
    (exponent.div_euclid(4), first)
}

fn div_scale(a: &Decimal, b: &Decimal) -> u32 {
    let ((weight_a, first_a), (weight_b, first_b)) = (leading(a, 1), leading(b, 1));
    let mut weight = weight_a - weight_b;
    if first_a <= first_b {
        weight -= 1;
    }
    let scale = 16 - weight * 4;
    scale.max(i64::from(a.scale())).max(i64::from(b.scale())).clamp(0, 1000) as u32
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NaN => f.write_str("NaN"),
            Infinity => f.write_str("Infinity"),
            NegativeInfinity => f.write_str("-Infinity"),
            Finite { digits, scale: 0 } => write!(f, "{digits}"),
            Finite { digits, scale } => {
                let text = digits.magnitude().to_string();
                let scale = *scale as usize;
                let sign = if digits.sign() == Sign::Minus { "-" } else { "" };
                if text.len() > scale {
                    let (whole, fraction) = text.split_at(text.len() - scale);
                    write!(f, "{sign}{whole}.{fraction}")
                } else {
                    write!(f, "{sign}0.{text:0>scale$}")
                }
            }
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let rank = |d: &Decimal| match d {
            NegativeInfinity => 0,
            Finite { .. } => 1,
            Infinity => 2,
            NaN => 3,
        };
        match (self, other) {
            (Finite { digits: a, scale: s }, Finite { digits: b, scale: t }) => {
                if s == t {
                    return a.cmp(b);
                }
                let scale = *s.max(t);
                Self::at_scale(a, *s, scale).cmp(&Self::at_scale(b, *t, scale))
            }
            _ => rank(self).cmp(&rank(other)),
        }
    }
}
