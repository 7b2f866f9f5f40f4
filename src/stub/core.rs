//! What all stubs have in common, and the macro that makes a stub from its list of methods.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::delay::Delay;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::service::{Evaluation, Fields, FlagError, Level, Logger};

/// 2030-01-01T00:00:00Z: the time of a stub that has no clock.
pub(super) const FIXED_TIME: Timestamp = Timestamp::constant(1_893_456_000, 0);

/// What a stub's builder collects beside the scripts.
pub(super) struct CoreBuilder {
    pub(super) logger: Option<Arc<dyn Logger>>,
    pub(super) clock: Option<Arc<dyn Clock>>,
    pub(super) delay: Delay,
    pub(super) strict: bool,
}

impl CoreBuilder {
    pub(super) const fn new() -> CoreBuilder {
        CoreBuilder { logger: None, clock: None, delay: Delay::DEFAULT, strict: false }
    }

    pub(super) fn build(self, service: &'static str) -> Core {
        let CoreBuilder { logger, clock, delay, strict } = self;
        Core { service, logger, clock, delay, strict, unmatched: Mutex::default() }
    }
}

/// The part of a stub that does not depend on its service.
pub(super) struct Core {
    pub(super) service: &'static str,
    pub(super) delay: Delay,
    pub(super) strict: bool,
    logger: Option<Arc<dyn Logger>>,
    clock: Option<Arc<dyn Clock>>,
    unmatched: Mutex<Vec<String>>,
}

impl Core {
    /// The clock's time; without a clock always [`FIXED_TIME`].
    pub(super) fn now(&self) -> Timestamp {
        self.clock.as_ref().map_or(FIXED_TIME, |clock| clock.now())
    }

    pub(super) fn note_unmatched(&self, call: String) {
        self.unmatched.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }

    pub(super) fn unmatched(&self) -> Vec<String> {
        self.unmatched.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes a line, if there is a logger.
    pub(super) fn log(&self, message: &str, fill: impl FnOnce(&mut Fields)) {
        if let Some(logger) = &self.logger {
            let mut fields = Fields::new();
            fill(&mut fields);
            logger.log(Level::Debug, message, fields);
        }
    }
}

/// What a stubbed method can return.
pub(super) trait Output: Clone + Send + Sync {
    /// What strict mode answers: the error, or the default where there is no place for an error.
    fn refused(error: Error, default: impl FnOnce() -> Self) -> Self;

    /// The error that the output is.
    fn error(&self) -> Option<&Error> {
        None
    }

    /// Names the place of an error that has none.
    fn at(self, _service: &'static str, _method: &'static str) -> Self {
        self
    }
}

impl<T: Clone + Send + Sync> Output for Result<T> {
    fn refused(error: Error, _: impl FnOnce() -> Self) -> Self {
        Err(error)
    }

    fn error(&self) -> Option<&Error> {
        self.as_ref().err()
    }

    fn at(self, service: &'static str, method: &'static str) -> Self {
        self.map_err(|error| error.at(service, method))
    }
}

impl Output for bool {
    fn refused(_: Error, default: impl FnOnce() -> Self) -> Self {
        default()
    }
}

impl Output for crate::context::SpanContext {
    fn refused(_: Error, default: impl FnOnce() -> Self) -> Self {
        default()
    }
}

impl Output for Evaluation {
    fn refused(error: Error, default: impl FnOnce() -> Self) -> Self {
        Evaluation::failed(default().value, FlagError::General(error.message().to_owned()))
    }
}

/// Declares a stub and its builder: a script for each method, and a state for what scripts cannot say.
macro_rules! stub {
    (
        $(#[$doc:meta])*
        $stub:ident, $builder:ident, $service:literal $(, state: $state:ty)?;
        $($(#[$method_doc:meta])* $method:ident: $args:ty => $output:ty;)*
    ) => {
        $(#[$doc])*
        ///
        /// Cheap to clone: clones share their answers. See [`stub`](crate::stub).
        #[derive(Clone)]
        pub struct $stub {
            inner: ::std::sync::Arc<Inner>,
        }

        struct Inner {
            core: $crate::stub::core::Core,
            $(state: $state,)?
            $($method: $crate::stub::answers::Answers<$args, $output>,)*
        }

        impl $stub {
            /// A stub that is yet to be told its answers.
            pub fn builder() -> $builder {
                $builder {
                    core: $crate::stub::core::CoreBuilder::new(),
                    $($method: $crate::stub::Script::new(
                        concat!($service, ".", stringify!($method)),
                    ),)*
                }
            }

            /// What was canned and not given, in the order of the methods and then as it was set.
            pub fn unused(&self) -> Vec<$crate::stub::Unused> {
                let mut unused = Vec::new();
                $(self.inner.$method.unused(&mut unused);)*
                unused
            }

            /// The calls that nothing fitted, as the errors' texts. Only strict mode notes them.
            pub fn unmatched(&self) -> Vec<String> {
                self.inner.core.unmatched()
            }
        }

        impl Default for $stub {
            /// A stub that has nothing but its defaults.
            fn default() -> $stub {
                $stub::builder().build()
            }
        }

        impl ::std::fmt::Debug for $stub {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($stub)).finish_non_exhaustive()
            }
        }

        #[doc = concat!("Builds a [`", stringify!($stub), "`].")]
        #[must_use = "a builder does nothing until `build`"]
        pub struct $builder {
            core: $crate::stub::core::CoreBuilder,
            $($method: $crate::stub::Script<$args, $output>,)*
        }

        impl $builder {
            $(
                $(#[$method_doc])*
                pub fn $method(
                    mut self,
                    script: impl FnOnce(
                        $crate::stub::Script<$args, $output>,
                    ) -> $crate::stub::Script<$args, $output>,
                ) -> $builder {
                    self.$method = script(self.$method);
                    self
                }
            )*

            /// Logs each call to this logger. Default: none.
            pub fn logger(mut self, logger: ::std::sync::Arc<dyn $crate::service::Logger>) -> $builder {
                self.core.logger = Some(logger);
                self
            }

            /// Takes the time, where an answer has one, from this clock. Default: it is always
            /// 2030-01-01T00:00:00Z.
            pub fn clock(mut self, clock: ::std::sync::Arc<dyn $crate::clock::Clock>) -> $builder {
                self.core.clock = Some(clock);
                self
            }

            /// How long a call takes. Default: 1 ms. A method that is immediate takes no time.
            pub fn delay(mut self, delay: impl Into<$crate::stub::Delay>) -> $builder {
                self.core.delay = delay.into();
                self
            }

            /// Refuses a call that nothing fits, instead of giving the default: with an error of kind
            /// [`Internal`](crate::ErrorKind::Internal) that lists what was canned, where the method can
            /// fail. In any case the stub's `unmatched` lists the call.
            pub fn strict(mut self) -> $builder {
                self.core.strict = true;
                self
            }

            /// The stub.
            pub fn build(self) -> $stub {
                let inner = Inner {
                    core: self.core.build($service),
                    $(state: <$state>::default(),)?
                    $($method: $crate::stub::answers::Answers::new(self.$method),)*
                };
                $stub { inner: ::std::sync::Arc::new(inner) }
            }
        }

        impl ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($builder))
                    $(.field(stringify!($method), &self.$method))*
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(super) use stub;
