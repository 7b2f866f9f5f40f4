//! [`LatencyLayer`]: every call takes time, drawn from a distribution.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rand_distr::{Distribution, LogNormal, Normal, Pareto};

use crate::entropy::{Entropy, Stream};
use crate::stack::{Call, Decision, Effects, Layer, Method, Verdict};

/// How long something takes. Never below zero; never above an hour, where a distribution has no end.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Latency {
    /// Always the same.
    Fixed(Duration),
    /// Anything from the first to the second, alike.
    Uniform(Duration, Duration),
    /// A normal distribution, cut off at zero.
    Normal {
        /// The mean.
        mean: Duration,
        /// The standard deviation.
        std_dev: Duration,
    },
    /// A log-normal distribution, as most services have it.
    LogNormal {
        /// Half of the calls are faster.
        p50: Duration,
        /// 99 of 100 calls are faster.
        p99: Duration,
    },
    /// A Pareto distribution: a long tail.
    Pareto {
        /// The smallest value.
        min: Duration,
        /// The shape, above 0: the smaller, the longer the tail.
        shape: f64,
    },
}

/// The 99th percentile of the standard normal distribution.
const Z99: f64 = 2.326_347_874_040_841;

const LONGEST: Duration = Duration::from_secs(3600);

impl Latency {
    /// Says what is wrong with the parameters, if something is.
    ///
    /// # Errors
    /// A sentence, where the parameters describe no distribution.
    pub fn validate(self) -> Result<(), String> {
        match self {
            Latency::Uniform(low, high) if low > high => {
                Err(format!("the lower bound {low:?} is above the upper bound {high:?}"))
            }
            Latency::LogNormal { p50, .. } if p50.is_zero() => {
                Err("the p50 of a lognormal distribution is above zero".into())
            }
            Latency::LogNormal { p50, p99 } if p99 < p50 => {
                Err(format!("the p99 {p99:?} is below the p50 {p50:?}"))
            }
            Latency::Pareto { min, .. } if min.is_zero() => {
                Err("the min of a Pareto distribution is above zero".into())
            }
            Latency::Pareto { shape, .. } if !(shape.is_finite() && shape > 0.0) => {
                Err("the shape of a Pareto distribution is above zero".into())
            }
            _ => Ok(()),
        }
    }

    /// Draws one. A distribution that is not valid gives its first parameter.
    pub fn draw(self, stream: &mut Stream) -> Duration {
        let (first, drawn) = match self {
            Latency::Fixed(fixed) => return fixed,
            Latency::Uniform(low, high) => {
                let span = high.saturating_sub(low).as_secs_f64();
                (low, Some(low.as_secs_f64() + span * stream.unit()))
            }
            Latency::Normal { mean, std_dev } => {
                let normal = Normal::new(mean.as_secs_f64(), std_dev.as_secs_f64());
                (mean, normal.ok().map(|normal| normal.sample(stream)))
            }
            Latency::LogNormal { p50, p99 } => {
                let (mu, high) = (p50.as_secs_f64().ln(), p99.as_secs_f64().ln());
                let log_normal = LogNormal::new(mu, (high - mu) / Z99);
                (p50, log_normal.ok().map(|log_normal| log_normal.sample(stream)))
            }
            Latency::Pareto { min, shape } => {
                let pareto = Pareto::new(min.as_secs_f64(), shape);
                (min, pareto.ok().map(|pareto| pareto.sample(stream)))
            }
        };
        let seconds = drawn.filter(|seconds| seconds.is_finite()).unwrap_or(first.as_secs_f64());
        Duration::from_secs_f64(seconds.clamp(0.0, LONGEST.as_secs_f64()))
    }
}

/// The ordinary latency of services: every call that no rule decides on takes so long.
#[derive(Debug)]
pub struct LatencyLayer {
    /// Services and their methods; the last of one name counts.
    named: Vec<(String, Latency)>,
    other: Option<Latency>,
    stream: Mutex<Stream>,
}

impl LatencyLayer {
    /// No latency yet. Draws from the stream `latency`.
    pub fn new(entropy: Entropy) -> LatencyLayer {
        let stream = Mutex::new(entropy.stream("latency"));
        LatencyLayer { named: Vec::new(), other: None, stream }
    }

    /// The latency of a service (`db`) or of one of its methods (`db.commit`), which comes first.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, latency: Latency) -> LatencyLayer {
        self.named.push((name.into(), latency));
        self
    }

    /// The latency of all others.
    #[must_use]
    pub fn with_default(mut self, latency: Latency) -> LatencyLayer {
        self.other = Some(latency);
        self
    }

    fn latency(&self, method: &Method) -> Option<Latency> {
        let is_method = |name: &str| {
            name.split_once('.').is_some_and(|name| name == (method.service, method.name))
        };
        let last = |named: &dyn Fn(&str) -> bool| {
            self.named.iter().rev().find(|(name, _)| named(name)).map(|(_, latency)| *latency)
        };
        last(&is_method).or_else(|| last(&|name| name == method.service)).or(self.other)
    }
}

impl Layer for LatencyLayer {
    fn decide(&self, call: &Call<'_>) -> Decision {
        if !call.method.effects.contains(Effects::DELAY) {
            return Decision::PASS;
        }
        let Some(latency) = self.latency(call.method) else { return Decision::PASS };
        let delay = latency.draw(&mut self.stream.lock().unwrap_or_else(PoisonError::into_inner));
        Verdict::Delay(delay).into()
    }
}
