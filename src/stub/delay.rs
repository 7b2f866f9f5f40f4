//! [`Delay`]: how long a stub takes to answer.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::entropy::Stream;

/// How long a stub takes to answer. Turmoil's clock counts whole milliseconds.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::Entropy;
/// use stuntdouble::stub::Delay;
///
/// let ms = Duration::from_millis;
/// let delay = Delay::uniform(ms(1)..ms(5), Entropy::new(7).stream("stub.db"));
/// assert!((ms(1)..ms(5)).contains(&delay.draw()));
/// assert_eq!(Delay::from(ms(3)).draw(), ms(3));
/// ```
#[derive(Clone)]
pub struct Delay(Source);

#[derive(Clone)]
enum Source {
    Fixed(Duration),
    Drawn(Arc<dyn Fn() -> Duration + Send + Sync>),
}

impl Delay {
    /// No delay: the call does not suspend.
    pub const NONE: Delay = Delay(Source::Fixed(Duration::ZERO));

    /// The default: 1 ms.
    pub const DEFAULT: Delay = Delay(Source::Fixed(Duration::from_millis(1)));

    /// Each call as long as `draw` says, which is called once for each.
    pub fn drawn(draw: impl Fn() -> Duration + Send + Sync + 'static) -> Delay {
        Delay(Source::Drawn(Arc::new(draw)))
    }

    /// Each call by chance: whole milliseconds if the range has more than one, else nanoseconds. An
    /// empty range gives its start.
    pub fn uniform(range: Range<Duration>, stream: Stream) -> Delay {
        let stream = Mutex::new(stream);
        let span = range.end.saturating_sub(range.start);
        let (unit, steps) = match span.as_millis() {
            0 | 1 => (Duration::from_nanos(1), span.as_nanos()),
            millis => (Duration::from_millis(1), millis),
        };
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        Delay::drawn(move || {
            if steps == 0 {
                return range.start;
            }
            let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
            // Below `steps`, so that it fits.
            range.start + unit * stream.below(u64::from(steps)) as u32
        })
    }

    /// The delay of one call.
    pub fn draw(&self) -> Duration {
        match &self.0 {
            Source::Fixed(delay) => *delay,
            Source::Drawn(draw) => draw(),
        }
    }
}

impl Default for Delay {
    fn default() -> Delay {
        Delay::DEFAULT
    }
}

impl From<Duration> for Delay {
    fn from(delay: Duration) -> Delay {
        Delay(Source::Fixed(delay))
    }
}

impl fmt::Debug for Delay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Fixed(delay) => f.debug_tuple("Delay").field(delay).finish(),
            Source::Drawn(_) => f.write_str("Delay(drawn)"),
        }
    }
}
