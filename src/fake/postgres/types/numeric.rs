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

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u8).pow(exponent)
}

impl Decimal {
    pub(crate) fn int(value: impl Into<BigInt>) -> Decimal {
        Finite { digits: value.into(), scale: 0 }
    }

    /// `None` if the text is no number.
    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "nan" => return Some(NaN),
            "inf" | "infinity" | "+inf" | "+infinity" => return Some(Infinity),
            "-inf" | "-infinity" => return Some(NegativeInfinity),
            _ => {}
        }
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (sign, mantissa) = match mantissa.as_bytes().first()? {
            b'-' => (Sign::Minus, &mantissa[1..]),
            b'+' => (Sign::Plus, &mantissa[1..]),
            _ => (Sign::Plus, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() || exponent.abs() > 20_000 {
            return None;
        }
        if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let mut digits: BigInt =
            if digits.is_empty() { return None } else { digits.parse().ok()? };
        if sign == Sign::Minus {
            digits = -digits;
        }
        let scale = fraction.len() as i64 - i64::from(exponent);
        Some(if scale < 0 {
            Finite { digits: digits * power_of_ten((-scale) as u32), scale: 0 }
        } else {
            Finite { digits, scale: scale as u32 }
        })
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
        let places = places.clamp(-2000, 2000);
        let kept = places.max(0) as u32;
        if places >= 0 && kept >= *scale {
            return Finite { digits: Self::at_scale(digits, *scale, kept), scale: kept };
        }
        let drop = (*scale as i32 - places) as u32;
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
                Finite { digits: a * b, scale: s + t }
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
            (Finite { .. }, Finite { .. }) => Ok(self.div_at(other, div_scale(self, other))),
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
                let (weight, _) = leading(self);
                let wanted =
                    (16 - (weight * 4 / 2 + 1) as i64).max(i64::from(*scale)).max(0) as u32;
                Ok(self.sqrt_to(wanted))
            }
            NegativeInfinity => fail("2201F", "cannot take square root of a negative number"),
        }
    }
}

/// Weight and value of the first base-10000 digit, as PostgreSQL stores numerics.
fn leading(value: &Decimal) -> (i32, i32) {
    let Finite { digits, scale } = value else { return (0, 0) };
    if digits.sign() == Sign::NoSign {
        return (0, 0);
    }
    let text = digits.magnitude().to_string();
    // Decimal exponent of the first digit.
    let exponent = text.len() as i32 - 1 - *scale as i32;
    let weight = exponent.div_euclid(4);
    let count = (exponent.rem_euclid(4) + 1) as usize;
    let mut first = text.get(..count.min(text.len())).unwrap_or("0").to_owned();
    while first.len() < count {
        first.push('0');
    }
    (weight, first.parse().unwrap_or(0))
}

fn div_scale(a: &Decimal, b: &Decimal) -> u32 {
    let ((weight_a, first_a), (weight_b, first_b)) = (leading(a), leading(b));
    let mut weight = weight_a - weight_b;
    if first_a <= first_b {
        weight -= 1;
    }
    let scale = 16 - i64::from(weight) * 4;
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
