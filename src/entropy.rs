//! Chance, passed in: one seed, and an independent stream for each label.

use rand_core::{Rng, TryRng};
use rand_pcg::Pcg64Mcg;
use uuid::Uuid;

/// The seed of a run. Everything that draws has a stream of its own, named by a label, so that adding a
/// rule, a node or a fake never shifts what another draws.
///
/// ```
/// use stuntdouble::Entropy;
///
/// let entropy = Entropy::new(42);
/// let mut first = entropy.stream("cache");
/// let mut again = Entropy::new(42).stream("cache");
/// assert_eq!(first.below(1000), again.below(1000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entropy {
    seed: u64,
}

impl Entropy {
    /// The entropy of that seed.
    pub const fn new(seed: u64) -> Entropy {
        Entropy { seed }
    }

    /// The seed.
    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// The stream of that label: the same for the same seed and label, whatever else was drawn.
    pub fn stream(self, label: &str) -> Stream {
        Stream {
            rng: Pcg64Mcg::new(
                u128::from(self.derive(label)) << 64 | u128::from(self.derive_low(label)),
            ),
        }
    }

    /// The entropy of a part of the run, whose streams are independent of this one's.
    #[must_use]
    pub fn fork(self, label: &str) -> Entropy {
        Entropy { seed: self.derive(label) }
    }

    fn derive(self, label: &str) -> u64 {
        mix(fnv1a(label) ^ mix(self.seed))
    }

    fn derive_low(self, label: &str) -> u64 {
        mix(self.derive(label).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }
}

/// FNV-1a, because a label's hash must be the same on every machine and in every version of Rust.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The finalizer of SplitMix64: neighbouring seeds give unrelated streams.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A stream of chance. It is a [`rand_core::Rng`], so that distributions can draw from it.
#[derive(Clone, Debug)]
pub struct Stream {
    rng: Pcg64Mcg,
}

impl Stream {
    /// A number in `0..bound`.
    ///
    /// # Panics
    /// If `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "there is no number below 0");
        // Multiplying and taking the high half is uniform up to 2^-64 · bound, and never loops.
        ((u128::from(self.rng.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with that probability: never at 0, always at 1.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A random (version 4) UUID.
    pub fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

impl TryRng for Stream {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.rng.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.rng.try_next_u64()
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        self.rng.try_fill_bytes(dst)
    }
}
