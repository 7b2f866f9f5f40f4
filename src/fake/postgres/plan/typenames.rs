//! Names of types, as a statement writes them, to types.

use super::super::errors::{R, fail};
use super::super::parse::ast::TypeName;
use super::super::types::Typed;
use super::binder::Binder;

impl Binder<'_> {
    /// The type of that name, or 42704.
    pub(crate) fn type_of(&self, name: &TypeName) -> R<Typed> {
        match name {
            TypeName::Known(typed) => Ok(*typed),
            TypeName::Named { parts, array } => {
                let brackets = if *array { "[]" } else { "" };
                fail("42704", format!("type \"{}{brackets}\" does not exist", parts.join(".")))
            }
        }
    }
}
