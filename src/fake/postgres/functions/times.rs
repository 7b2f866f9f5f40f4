//! The current date and time.

use super::super::types::Datum;
use super::super::types::datetime::DAY;
use super::{functions, int};

functions! { FUNCTIONS:
    "now"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "transaction_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "current_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "current_timestamp"(INT4) -> TIMESTAMPTZ = |env, a| {
        Ok(Datum::Timestamp(super::super::types::datetime::round_to(env.now, int(&a[0]) as i32)))
    };
    "localtimestamp"() -> TIMESTAMP = |env, _| Ok(Datum::Timestamp(env.now));
    "current_date"() -> DATE = |env, _| Ok(Datum::Date(env.now.div_euclid(DAY) as i32));
    "localtime"() -> TIME = |env, _| Ok(Datum::Time(env.now.rem_euclid(DAY)));
    "statement_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.statement));
    #volatile "clock_timestamp"() -> TIMESTAMPTZ = |env, _| {
        Ok(Datum::Timestamp(env.clock.now().as_microsecond()))
    };
}
