//! `current_setting` and `set_config`.

use super::super::errors::{R, internal, pg};
use super::super::types::Datum;
use super::{Env, boolean, functions, text};

fn current(env: &mut Env<'_>, name: &str, missing_ok: bool) -> R<Datum> {
    let parameters = env.parameters.as_ref().ok_or_else(|| internal("no parameters here"))?;
    match parameters.value(name) {
        Some(value) => Ok(Datum::text(value)),
        None if missing_ok => Ok(Datum::Null),
        None => parameters.show(name).map(Datum::text),
    }
}

/// Not strict: no value is the default.
fn change(env: &mut Env<'_>, a: &[Datum]) -> R<Datum> {
    let Some(name) = a[0].as_text() else {
        return Err(pg("22004", "SET requires parameter name"));
    };
    let local = a[2].is_true();
    let parameters = env.parameters.as_mut().ok_or_else(|| internal("no parameters here"))?;
    parameters.set(name, a[1].as_text(), local)?;
    parameters.show(name).map(Datum::text)
}

functions! { FUNCTIONS:
    #volatile "current_setting"(TEXT) -> TEXT = |env, a| current(env, text(&a[0]), false);
    #volatile "current_setting"(TEXT, BOOL) -> TEXT = |env, a| {
        current(env, text(&a[0]), boolean(&a[1]))
    };
    #volatile #nullable "set_config"(TEXT, TEXT, BOOL) -> TEXT = change;
}
