//! Variance, correlation, percentiles.

use super::super::errors::{R, fail, unsupported};
use super::super::plan::Statistic;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Type};

/// Sums over exact numbers: how many, their sum, the sum of their squares.
#[derive(Clone)]
pub(super) struct Exact {
    count: i64,
    sum: Decimal,
    squares: Decimal,
}

impl Exact {
    pub(super) fn new() -> Exact {
        Exact { count: 0, sum: Decimal::int(0), squares: Decimal::int(0) }
    }

    pub(super) fn add(&mut self, value: &Datum) {
        let number = match value {
            Datum::Int(v) => Decimal::int(*v),
            Datum::Numeric(v) => (**v).clone(),
            _ => return,
        };
        self.count += 1;
        self.squares = self.squares.add(&number.mul(&number));
        self.sum = self.sum.add(&number);
    }

    pub(super) fn finish(&self, what: Statistic) -> R<Datum> {
        let sample = matches!(what, Statistic::VarianceSample | Statistic::DeviationSample);
        if self.count == 0 || (sample && self.count < 2) {
            return Ok(Datum::Null);
        }
        let count = Decimal::int(self.count);
        let spread = count.mul(&self.squares).sub(&self.sum.mul(&self.sum));
        if spread.is_nan() {
            return Ok(Datum::decimal(spread));
        }
        if spread.sign() <= 0 {
            return Ok(Datum::decimal(Decimal::int(0)));
        }
        let divisor = count.mul(&Decimal::int(if sample { self.count - 1 } else { self.count }));
        let variance = spread.div(&divisor)?;
        Ok(Datum::decimal(match what {
            Statistic::DeviationSample | Statistic::DeviationPopulation => {
                variance.sqrt_to(variance.scale())
            }
            _ => variance,
        }))
    }
}

/// Sums over one or two floats, by the method of Youngs and Cramer, as PostgreSQL keeps them.
#[derive(Clone, Default)]
pub(super) struct Floats {
    count: f64,
    x: f64,
    xx: f64,
    y: f64,
    yy: f64,
    xy: f64,
}

impl Floats {
    /// The second of a pair is the independent one; of a single value it is left out.
    pub(super) fn add(&mut self, y: f64, x: f64, pair: bool) {
        self.count += 1.0;
        self.x += x;
        self.y += y;
        if self.count == 1.0 {
            // What is not finite has no spread.
            let nothing = |v: f64| if v.is_finite() { 0.0 } else { f64::NAN };
            (self.xx, self.yy) = (nothing(x), nothing(y));
            self.xy = nothing(x) + nothing(y);
        } else {
            let (dx, dy) = (x * self.count - self.x, y * self.count - self.y);
            let scale = 1.0 / (self.count * (self.count - 1.0));
            self.xx += dx * dx * scale;
            // A single value's spread is divided, a pair's multiplied: it shows in the last digit.
            self.yy +=
                if pair { dy * dy * scale } else { dy * dy / (self.count * (self.count - 1.0)) };
            self.xy += dx * dy * scale;
            if !self.x.is_finite() || !self.y.is_finite() {
                let kept = |sum: f64, v: f64| if v.is_finite() { sum } else { f64::NAN };
                self.xx = kept(self.xx, self.x);
                self.yy = kept(self.yy, self.y);
                self.xy = f64::NAN;
            }
        }
    }

    pub(super) fn finish(&self, what: Statistic) -> Datum {
        let n = self.count;
        let value = match what {
            Statistic::VariancePopulation => Some(self.yy / n),
            Statistic::VarianceSample => (n > 1.0).then(|| self.yy / (n - 1.0)),
            Statistic::DeviationPopulation => Some((self.yy / n).sqrt()),
            Statistic::DeviationSample => (n > 1.0).then(|| (self.yy / (n - 1.0)).sqrt()),
            Statistic::CovariancePopulation => Some(self.xy / n),
            Statistic::CovarianceSample => (n > 1.0).then(|| self.xy / (n - 1.0)),
            Statistic::PairCount => return Datum::Int(n as i64),
            Statistic::Determination if self.xx == 0.0 => None,
            Statistic::Determination if self.yy == 0.0 => Some(1.0),
            Statistic::Determination => Some((self.xy * self.xy) / (self.xx * self.yy)),
            Statistic::AverageX => Some(self.x / n),
            Statistic::AverageY => Some(self.y / n),
            Statistic::SquaresX => Some(self.xx),
            Statistic::SquaresY => Some(self.yy),
            Statistic::Products => Some(self.xy),
            Statistic::Correlation => {
                (self.xx != 0.0 && self.yy != 0.0).then(|| self.xy / (self.xx * self.yy).sqrt())
            }
            Statistic::Slope => (self.xx != 0.0).then(|| self.xy / self.xx),
            Statistic::Intercept => {
                (self.xx != 0.0).then(|| (self.y - self.x * self.xy / self.xx) / n)
            }
        };
        value.filter(|_| n > 0.0).map_or(Datum::Null, Datum::Float)
    }
}

fn fraction(value: &Datum) -> R<Option<f64>> {
    match value {
        Datum::Float(p) if (0.0..=1.0).contains(p) => Ok(Some(*p)),
        Datum::Float(p) => fail("22003", format!("percentile value {p} is not between 0 and 1")),
        _ => Ok(None),
    }
}

/// The first value that as many as the fraction says do not exceed.
pub(super) fn discrete(at: &Datum, sorted: &[Datum]) -> R<Datum> {
    let Some(p) = fraction(at)? else { return Ok(Datum::Null) };
    let row = ((p * sorted.len() as f64).ceil() as usize).max(1);
    Ok(sorted.get(row - 1).cloned().unwrap_or_default())
}

/// The value there, interpolated.
pub(super) fn continuous(at: &Datum, sorted: &[Datum], ty: Type) -> R<Datum> {
    let Some(p) = fraction(at)? else { return Ok(Datum::Null) };
    if sorted.is_empty() {
        return Ok(Datum::Null);
    }
    let place = p * (sorted.len() - 1) as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    if low == high {
        return Ok(sorted[low].clone());
    }
    match (&sorted[low], &sorted[high]) {
        (Datum::Float(a), Datum::Float(b)) => Ok(Datum::Float(a + (place - low as f64) * (b - a))),
        (Datum::Interval(a), Datum::Interval(b)) => {
            let step = b.minus(*a)?.times(place - low as f64)?;
            Ok(Datum::Interval(step.plus(*a)?))
        }
        _ => Err(unsupported(format!("percentile_cont over the type {}", ty.name()))),
    }
}

/// The most frequent value, the first of several.
pub(super) fn mode(sorted: &[Datum]) -> Datum {
    let (mut best, mut most) = (Datum::Null, 0);
    let mut start = 0;
    while start < sorted.len() {
        let same = sorted[start..].iter().take_while(|v| v.order(&sorted[start]).is_eq()).count();
        if same > most {
            (best, most) = (sorted[start].clone(), same);
        }
        start += same;
    }
    best
}
