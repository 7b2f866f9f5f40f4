//! Mistakes that can be built in, to see what finds them.

use std::fmt;
use std::str::FromStr;

/// How a shop is built.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShopOptions {
    /// The mistake to build in. None by default.
    pub mistake: Option<Mistake>,
}

impl ShopOptions {
    /// A shop with that mistake.
    pub fn with_mistake(mistake: Mistake) -> ShopOptions {
        ShopOptions { mistake: Some(mistake) }
    }
}

macro_rules! mistakes {
    ($($(#[$doc:meta])* $mistake:ident = $name:literal;)*) => {
        /// A classic mistake. Each is one small branch in the shop, beside what is right.
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mistake { $($(#[$doc])* $mistake,)* }

        impl Mistake {
            /// Every mistake.
            pub const ALL: &'static [Mistake] = &[$(Mistake::$mistake,)*];

            /// The name, as `SHOP_MISTAKE` takes it: `retry-unknown-commit`.
            pub const fn name(self) -> &'static str {
                match self { $(Mistake::$mistake => $name,)* }
            }
        }
    };
}

mistakes! {
    /// The event is published inside of the transaction, instead of being written to the outbox: it is
    /// out even if the transaction is rolled back.
    PublishInsideTransaction = "publish-inside-transaction";
    /// The card is charged without an idempotency key: after a lost answer, it is charged again.
    NoIdempotencyKey = "no-idempotency-key";
    /// The stock is read, changed by the application and written back, without a lock: of two orders at
    /// once, the later one overwrites the other's change.
    ReadModifyWriteWithoutLock = "read-modify-write-without-lock";
    /// "Try again" after any error of the transaction, with a new key each time: if only the answer of
    /// the commit was lost, the order is there twice.
    RetryUnknownCommit = "retry-unknown-commit";
    /// The new price is put into the cache inside of the transaction: it stays there even if the
    /// transaction is rolled back.
    CacheSetInsideTransaction = "cache-set-inside-transaction";
    /// The event is acknowledged at once and worked on in the background: if that fails, nothing tries
    /// again.
    AckBeforeWork = "ack-before-work";
    /// After a declined payment, the order is cancelled and the stock returned in two steps that are
    /// not one transaction: what fails in between is never made up for.
    CancelWithoutTransaction = "cancel-without-transaction";
    /// The cache is taken for granted: if it is down, so is the shop.
    TrustTheCache = "trust-the-cache";
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Mistake {
    type Err = String;

    fn from_str(name: &str) -> Result<Mistake, String> {
        Mistake::ALL.iter().copied().find(|mistake| mistake.name() == name).ok_or_else(|| {
            let names: Vec<_> = Mistake::ALL.iter().map(|mistake| mistake.name()).collect();
            format!("{name:?} is no mistake of the shop. There are:\n  {}", names.join("\n  "))
        })
    }
}
