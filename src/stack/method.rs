//! What there is to call: services and their methods, as data.

use std::fmt;

use super::verdict::Verdict;

/// A service, as scenario files and traces name it.
#[derive(Debug)]
pub struct Service {
    /// Such as `cache`.
    pub name: &'static str,
    /// Its methods.
    pub methods: &'static [&'static Method],
}

impl Service {
    /// The method of that name.
    pub fn method(&self, name: &str) -> Option<&'static Method> {
        self.methods.iter().copied().find(|method| method.name == name)
    }
}

/// A method of a service. Declared with [`methods!`](crate::methods).
#[derive(Debug)]
pub struct Method {
    /// The service's name.
    pub service: &'static str,
    /// Such as `get`.
    pub name: &'static str,
    /// The names of its arguments, as rules and traces use them.
    pub arguments: &'static [&'static str],
    /// What can happen to a call of it.
    pub effects: Effects,
    /// Its place among the service's methods.
    pub ordinal: usize,
}

impl Method {
    /// The place of that argument.
    pub fn argument(&self, name: &str) -> Option<usize> {
        self.arguments.iter().position(|known| *known == name)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.name)
    }
}

/// A set of what can happen to a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Effects(u8);

impl Effects {
    /// Nothing.
    pub const NONE: Effects = Effects(0);
    /// It can fail without being applied.
    pub const FAIL_BEFORE: Effects = Effects(1);
    /// It can be applied and its answer lost. Only of methods that change something.
    pub const FAIL_AFTER: Effects = Effects(2);
    /// It can take time.
    pub const DELAY: Effects = Effects(4);
    /// It can never answer.
    pub const HANG: Effects = Effects(8);
    /// It can be applied more than once.
    pub const REPEAT: Effects = Effects(16);
    /// It can cut the connection, and with it the transaction that it is part of.
    pub const DISCONNECT: Effects = Effects(32);

    /// What can happen to an asynchronous method that changes nothing.
    pub const READ: Effects = Effects(1 | 4 | 8);
    /// What can happen to an asynchronous method that changes something.
    pub const WRITE: Effects = Effects(1 | 2 | 4 | 8 | 16);
    /// What can happen to a synchronous method.
    pub const SYNC: Effects = Effects::FAIL_BEFORE;

    const NAMES: [(Effects, &'static str); 6] = [
        (Effects::FAIL_BEFORE, "fail before"),
        (Effects::FAIL_AFTER, "fail after"),
        (Effects::DELAY, "delay"),
        (Effects::HANG, "hang"),
        (Effects::REPEAT, "repeat"),
        (Effects::DISCONNECT, "disconnect"),
    ];

    /// Both sets together.
    pub const fn and(self, other: Effects) -> Effects {
        Effects(self.0 | other.0)
    }

    /// This set without the other.
    pub const fn without(self, other: Effects) -> Effects {
        Effects(self.0 & !other.0)
    }

    /// True if all of the other set are in this one.
    pub const fn contains(self, other: Effects) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the effects: `fail before`, `delay`, …
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Effects::NAMES.into_iter().filter(move |(one, _)| self.contains(*one)).map(|(_, name)| name)
    }

    /// What a verdict needs.
    pub fn of(verdict: &Verdict) -> Effects {
        let delayed = |fault: &super::Fault| {
            let delay = if fault.delay.is_zero() { Effects::NONE } else { Effects::DELAY };
            if fault.disconnect { delay.and(Effects::DISCONNECT) } else { delay }
        };
        match verdict {
            Verdict::Pass => Effects::NONE,
            Verdict::Delay(_) => Effects::DELAY,
            Verdict::FailBefore(fault) => Effects::FAIL_BEFORE.and(delayed(fault)),
            Verdict::FailAfter(fault) => Effects::FAIL_AFTER.and(delayed(fault)),
            Verdict::Hang => Effects::HANG,
            Verdict::Repeat(_) => Effects::REPEAT,
        }
    }
}

impl fmt::Debug for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// Declares a service and its methods as statics: what rules can name, and what can happen to each.
/// The service has the visibility that is given; its methods are private to the module.
///
/// After the name of a method come the names of its arguments and its
/// [`Effects`](crate::stack::Effects).
///
/// ```
/// use stuntdouble::stack::Effects;
///
/// stuntdouble::methods! {
///     /// Takes money.
///     pub static PAYMENT = "payment" {
///         CHARGE = "charge"(amount, key): Effects::WRITE;
///         STATUS = "status"(id): Effects::READ;
///     }
/// }
///
/// assert_eq!(PAYMENT.method("charge").unwrap().to_string(), "payment.charge");
/// assert_eq!(STATUS.arguments, ["id"]);
/// ```
#[macro_export]
macro_rules! methods {
    (
        $(#[$doc:meta])*
        $visibility:vis static $service:ident = $name:literal {
            $($method:ident = $method_name:literal($($argument:ident),*): $effects:expr;)*
        }
    ) => {
        $(#[$doc])*
        $visibility static $service: $crate::stack::Service =
            $crate::stack::Service { name: $name, methods: &[$(&$method),*] };

        $crate::methods!(@each $name 0usize;
            $($method = $method_name($($argument),*): $effects;)*);
    };
    (@each $name:literal $ordinal:expr;) => {};
    (
        @each $name:literal $ordinal:expr;
        $method:ident = $method_name:literal($($argument:ident),*): $effects:expr;
        $($rest:tt)*
    ) => {
        #[doc = concat!("`", $name, ".", $method_name, "`")]
        static $method: $crate::stack::Method = $crate::stack::Method {
            service: $name,
            name: $method_name,
            arguments: &[$(stringify!($argument)),*],
            effects: $effects,
            ordinal: $ordinal,
        };
        $crate::methods!(@each $name $ordinal + 1usize; $($rest)*);
    };
}
