//! Storage parameters: `WITH (fillfactor = 70)`. They change nothing that an application sees, but only
//! those that exist are taken, with values that they can have.

use super::super::super::errors::{R, pg};
use super::super::cursor::Parser;
use super::super::lexer::Kind;
use crate::error::Error;

/// What the parameters are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Table,
    Index,
    View,
    /// RESET, or what is refused anyhow.
    Any,
}

enum Range {
    Bool,
    Int(i64, i64),
    Real(f64, f64),
}

use Range::{Bool, Int, Real};

const TABLE: &[(&str, Range)] = &[
    ("fillfactor", Int(10, 100)),
    ("toast_tuple_target", Int(128, 8160)),
    ("parallel_workers", Int(0, 1024)),
    ("user_catalog_table", Bool),
    ("autovacuum_enabled", Bool),
    ("vacuum_truncate", Bool),
    ("autovacuum_vacuum_threshold", Int(0, 2_147_483_647)),
    ("autovacuum_vacuum_insert_threshold", Int(-1, 2_147_483_647)),
    ("autovacuum_analyze_threshold", Int(0, 2_147_483_647)),
    ("autovacuum_vacuum_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_vacuum_insert_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_analyze_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_vacuum_cost_delay", Real(0.0, 100.0)),
    ("autovacuum_vacuum_cost_limit", Int(1, 10_000)),
    ("autovacuum_freeze_min_age", Int(0, 1_000_000_000)),
    ("autovacuum_freeze_max_age", Int(100_000, 2_000_000_000)),
    ("autovacuum_freeze_table_age", Int(0, 2_000_000_000)),
    ("log_autovacuum_min_duration", Int(-1, 2_147_483_647)),
];

const INDEX: &[(&str, Range)] = &[
    ("fillfactor", Int(10, 100)),
    ("deduplicate_items", Bool),
    ("fastupdate", Bool),
    ("autosummarize", Bool),
    ("gin_pending_list_limit", Int(64, 2_147_483_647)),
    ("pages_per_range", Int(1, 131_072)),
];

const VIEW: &[(&str, Range)] = &[("security_barrier", Bool), ("security_invoker", Bool)];

fn check(owner: Owner, name: &str, value: Option<&str>) -> Option<Error> {
    let list = match owner {
        Owner::Table => TABLE,
        Owner::Index => INDEX,
        Owner::View => VIEW,
        Owner::Any => return None,
    };
    let Some((_, range)) = list.iter().find(|(known, _)| *known == name) else {
        return Some(pg("22023", format!("unrecognized parameter \"{name}\"")));
    };
    let given = value.unwrap_or("true");
    let wrong = |kind: &str| {
        Some(pg("22023", format!("invalid value for {kind} option \"{name}\": {given}")))
    };
    let outside = |low: String, high: String| {
        let message = format!("value {given} out of bounds for option \"{name}\"");
        let detail = format!("Valid values are between \"{low}\" and \"{high}\".");
        Some(pg("22023", message).with_detail(detail))
    };
    match range {
        Bool => {
            let word = given.to_ascii_lowercase();
            let known = ["true", "false", "on", "off", "yes", "no", "1", "0"];
            if known.contains(&word.as_str()) { None } else { wrong("boolean") }
        }
        Int(low, high) => match given.parse::<i64>() {
            Ok(value) if value < *low || value > *high => {
                outside(low.to_string(), high.to_string())
            }
            Ok(_) => None,
            Err(_) => wrong("integer"),
        },
        Real(low, high) => match given.parse::<f64>() {
            Ok(value) if value < *low || value > *high => {
                outside(format!("{low:.6}"), format!("{high:.6}"))
            }
            Ok(_) => None,
            Err(_) => wrong("floating point"),
        },
    }
}

impl Parser<'_> {
    /// `(name = value, …)`; returns what it says.
    pub(super) fn reloptions(&mut self, owner: Owner) -> R<Vec<(String, Option<String>)>> {
        self.expect_char(b'(')?;
        let mut list = vec![];
        loop {
            let mut name = self.col_label()?;
            let mut qualified = None;
            while self.eat_char(b'.') {
                qualified = Some(std::mem::replace(&mut name, self.col_label()?));
            }
            let value = if self.eat_char(b'=') { Some(self.definition_value()?) } else { None };
            match qualified.as_deref() {
                None if owner == Owner::View && name == "check_option" => {}
                None | Some("toast") => {
                    if let Some(error) = check(owner, &name, value.as_deref()) {
                        self.later(error);
                    }
                }
                Some(space) => {
                    let message = format!("unrecognized parameter namespace \"{space}\"");
                    self.later(pg("22023", message));
                }
            }
            if list.iter().any(|(known, _)| *known == name) {
                self.later(pg("22023", format!("parameter \"{name}\" specified more than once")));
            }
            list.push((name, value));
            if !self.eat_char(b',') {
                break;
            }
        }
        self.expect_char(b')')?;
        Ok(list)
    }

    /// A word, a number, or a string.
    fn definition_value(&mut self) -> R<String> {
        match self.kind() {
            Kind::Integer | Kind::Float | Kind::Char(b'+' | b'-') => {
                let sign = if self.is_char(b'-') { "-" } else { "" };
                if self.is_char(b'-') || self.is_char(b'+') {
                    self.advance();
                }
                let shown = self.here().to_owned();
                if !matches!(self.kind(), Kind::Integer | Kind::Float) {
                    return self.unexpected();
                }
                self.advance();
                Ok(format!("{sign}{shown}"))
            }
            Kind::Text(_) => self.string(),
            _ => {
                let mut word = self.col_label()?;
                while self.eat_char(b'.') {
                    word = self.col_label()?;
                }
                while self.eat_char(b'[') {
                    self.expect_char(b']')?;
                }
                Ok(word)
            }
        }
    }
}
