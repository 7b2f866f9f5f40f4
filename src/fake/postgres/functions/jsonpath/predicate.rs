//! Predicates of a SQL/JSON path: true, false or unknown.

use super::super::super::errors::R;
use super::super::super::types::json::Json;
use super::super::regex::is_match;
use super::parse::{Item, Op, engine_flags};
use super::run::Outcome::{Failed, Found};
use super::run::Run;

impl Run<'_> {
    /// Unknown is `None`.
    pub(super) fn predicate_of(&mut self, of: &[Item], value: &Json) -> R<Option<bool>> {
        match of {
            [item] => self.predicate(item, value),
            _ => Ok(None),
        }
    }

    /// As [`Run::predicate`], with errors that only make it unknown.
    fn quietly<T>(&mut self, part: impl FnOnce(&mut Self) -> R<T>) -> R<T> {
        let raise = std::mem::replace(&mut self.raise, false);
        let found = part(self);
        self.raise = raise;
        found
    }

    pub(super) fn predicate(&mut self, item: &Item, value: &Json) -> R<Option<bool>> {
        Ok(match item {
            Item::Binary(Op::And, left, right) => {
                let left = self.predicate_of(left, value)?;
                if left == Some(false) {
                    return Ok(left);
                }
                let right = self.predicate_of(right, value)?;
                if right == Some(true) { left } else { right }
            }
            Item::Binary(Op::Or, left, right) => {
                let left = self.predicate_of(left, value)?;
                if left == Some(true) {
                    return Ok(left);
                }
                let right = self.predicate_of(right, value)?;
                if right == Some(false) { left } else { right }
            }
            Item::Not(of) => self.predicate_of(of, value)?.map(|holds| !holds),
            Item::IsUnknown(of) => Some(self.predicate_of(of, value)?.is_none()),
            Item::Exists(of) => {
                let lax = self.lax;
                let mut all = vec![];
                let sink = if lax { None } else { Some(&mut all) };
                match self.quietly(|run| run.chain(of, value, sink, lax))? {
                    Failed => None,
                    Found if lax => Some(true),
                    _ => Some(!all.is_empty()),
                }
            }
            Item::Binary(Op::StartsWith, left, right) => {
                self.pairs(left, Some((right, false)), value, |whole, initial| {
                    match (whole, initial) {
                        (Json::String(whole), Json::String(initial)) => {
                            Ok(Some(whole.starts_with(&**initial)))
                        }
                        _ => Ok(None),
                    }
                })?
            }
            Item::Binary(op, left, right) => {
                self.pairs(left, Some((right, true)), value, |a, b| Ok(compare(*op, a, b)))?
            }
            Item::LikeRegex { of, pattern, flags } => {
                let flags = engine_flags(flags);
                self.pairs(of, None, value, |text, _| match text {
                    Json::String(text) => is_match(text, pattern, &flags).map(Some),
                    _ => Ok(None),
                })?
            }
            _ => None,
        })
    }

    /// A test of each item on the left with each on the right: true if one pair passes.
    fn pairs(
        &mut self,
        left: &[Item],
        right: Option<(&[Item], bool)>,
        value: &Json,
        test: impl Fn(&Json, &Json) -> R<Option<bool>>,
    ) -> R<Option<bool>> {
        let Some(left) = self.quietly(|run| run.operand(left, value, true))? else {
            return Ok(None);
        };
        let right = match right {
            None => vec![Json::Null],
            Some((right, unwrap)) => {
                match self.quietly(|run| run.operand(right, value, unwrap))? {
                    Some(right) => right,
                    None => return Ok(None),
                }
            }
        };
        let (mut failed, mut passed) = (false, false);
        for a in &left {
            for b in &right {
                match test(a, b)? {
                    None if !self.lax => return Ok(None),
                    None => failed = true,
                    Some(true) if self.lax => return Ok(Some(true)),
                    Some(true) => passed = true,
                    Some(false) => {}
                }
            }
        }
        Ok(if passed {
            Some(true)
        } else if failed {
            None
        } else {
            Some(false)
        })
    }
}

fn compare(op: Op, a: &Json, b: &Json) -> Option<bool> {
    let order = match (a, b) {
        (Json::Null, Json::Null)
        | (Json::Bool(_), Json::Bool(_))
        | (Json::Number(_), Json::Number(_))
        | (Json::String(_), Json::String(_)) => a.order(b),
        (Json::Array(_) | Json::Object(_), Json::Array(_) | Json::Object(_)) => return None,
        (Json::Null, _) | (_, Json::Null) => return Some(op == Op::NotEqual),
        _ => return None,
    };
    Some(match op {
        Op::Equal => order.is_eq(),
        Op::NotEqual => order.is_ne(),
        Op::Less => order.is_lt(),
        Op::Greater => order.is_gt(),
        Op::LessEqual => order.is_le(),
        _ => order.is_ge(),
    })
}
