//! The trace: as text, as data, asked, narrowed, compared and linted.

mod assertions;
mod diff;
mod json;
mod lints;
mod properties;
mod render;
mod support;
