//! Flags from JSON in flagd's format: `flags`, each with `state`, `variants`, `defaultVariant` and
//! `targeting`, a subset of JSONLogic. What is not understood is an error, never passed over.

use serde_json::{Map, Value};

use super::condition::{Attribute, Comparison, Condition};
use super::flag::{Flag, Serve};
use crate::fake::nearest::did_you_mean;
use crate::service::FlagValue;

const OPERATORS: &[&str] = &[
    "==",
    "!=",
    "===",
    "!==",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "and",
    "or",
    "!",
    "starts_with",
    "ends_with",
    "sem_ver",
];

/// The flags, or all that is wrong.
pub(super) fn parse(text: &str) -> Result<Vec<(String, Flag)>, Vec<String>> {
    let file: Value =
        serde_json::from_str(text).map_err(|error| vec![format!("this is no JSON: {error}")])?;
    let mut reader = Reader { problems: Vec::new() };
    let flags = reader.file(&file);
    if reader.problems.is_empty() { Ok(flags) } else { Err(reader.problems) }
}

struct Reader {
    problems: Vec<String>,
}

impl Reader {
    fn problem(&mut self, path: &str, problem: impl std::fmt::Display) {
        self.problems.push(format!("{path}: {problem}"));
    }

    fn object<'a>(
        &mut self,
        path: &str,
        value: &'a Value,
        keys: &[&str],
    ) -> Option<&'a Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.problem(path, format_args!("this must be an object, not {}", kind(value)));
            return None;
        };
        for key in object.keys().filter(|key| !keys.is_empty() && !keys.contains(&key.as_str())) {
            let hint = did_you_mean(key, keys.iter().copied());
            self.problem(path, format_args!("unknown key {key:?}{hint}"));
        }
        Some(object)
    }

    fn file(&mut self, file: &Value) -> Vec<(String, Flag)> {
        let Some(file) = self.object("the file", file, &["flags", "$schema"]) else {
            return vec![];
        };
        let Some(flags) = file.get("flags") else {
            self.problem("the file", "the key \"flags\" is missing");
            return vec![];
        };
        let Some(flags) = self.object("flags", flags, &[]) else { return vec![] };
        let mut read = Vec::new();
        for (name, flag) in flags {
            let path = format!("flags.{name}");
            if let Some(flag) = self.flag(&path, flag) {
                for problem in flag.problems() {
                    self.problem(&path, problem);
                }
                read.push((name.clone(), flag));
            }
        }
        read
    }

    fn flag(&mut self, path: &str, flag: &Value) -> Option<Flag> {
        let keys = ["state", "variants", "defaultVariant", "targeting", "metadata"];
        let flag = self.object(path, flag, &keys)?;
        let variants = self.variants(&format!("{path}.variants"), flag.get("variants"))?;
        let default = match flag.get("defaultVariant") {
            Some(Value::String(default)) => default,
            Some(other) => {
                let message = format!("this must be the name of a variant, not {}", kind(other));
                self.problem(&format!("{path}.defaultVariant"), message);
                return None;
            }
            None => {
                self.problem(path, "the key \"defaultVariant\" is missing");
                return None;
            }
        };
        let mut read = Flag::new(variants, default);
        match flag.get("state").map(|state| state.as_str()) {
            None | Some(Some("ENABLED")) => {}
            Some(Some("DISABLED")) => read = read.disabled(),
            Some(_) => {
                self.problem(&format!("{path}.state"), "this must be \"ENABLED\" or \"DISABLED\"");
            }
        }
        if let Some(targeting) = flag.get("targeting") {
            let mut rules = Vec::new();
            let empty = targeting.as_object().is_some_and(Map::is_empty);
            if !empty {
                self.targeting(&format!("{path}.targeting"), targeting, &[], &mut rules);
            }
            read = rules.into_iter().fold(read, |flag, (when, serve)| flag.when(when, serve));
        }
        Some(read)
    }

    fn variants(
        &mut self,
        path: &str,
        variants: Option<&Value>,
    ) -> Option<Vec<(String, FlagValue)>> {
        let Some(variants) = variants else {
            self.problem(path, "the key \"variants\" is missing");
            return None;
        };
        let variants = self.object(path, variants, &[])?;
        // One float makes all numbers floats: JSON has but one kind.
        let floats = variants.values().any(|value| value.is_f64());
        let read = variants.iter().map(|(name, value)| {
            let value = match value {
                Value::Bool(value) => FlagValue::Bool(*value),
                Value::String(text) => FlagValue::Text(text.clone()),
                Value::Number(number) => match number.as_i64() {
                    Some(number) if !floats => FlagValue::Int(number),
                    _ => FlagValue::Float(number.as_f64().unwrap_or(f64::MAX)),
                },
                other => FlagValue::Json(other.clone()),
            };
            (name.clone(), value)
        });
        Some(read.collect())
    }

    /// Turns nested `if`s into a list of rules, of which the first that holds decides. `within` is
    /// what holds around this place.
    fn targeting(
        &mut self,
        path: &str,
        value: &Value,
        within: &[Condition],
        rules: &mut Vec<(Condition, Serve)>,
    ) {
        let here = match within {
            [] => Condition::Always,
            [one] => one.clone(),
            several => Condition::All(several.to_vec()),
        };
        match value {
            Value::String(variant) => rules.push((here, Serve::Variant(variant.clone()))),
            Value::Null => rules.push((here, Serve::Default)),
            Value::Object(object) if object.len() == 1 => {
                let (operator, operand) = object.iter().next().expect("there is one");
                let path = format!("{path}.{operator}");
                match operator.as_str() {
                    "if" => self.branches(&path, operand, within, rules),
                    "fractional" => {
                        if let Some(split) = self.fractional(&path, operand) {
                            rules.push((here, split));
                        }
                    }
                    _ => {
                        let hint = did_you_mean(operator, ["if", "fractional"]);
                        let message = format!(
                            "a variant is chosen by its name, \"if\" or \"fractional\", not by {operator:?}{hint}"
                        );
                        self.problem(&path, message);
                    }
                }
            }
            other => {
                let message = format!(
                    "this must be a variant, \"if\" or \"fractional\", not {}",
                    kind(other)
                );
                self.problem(path, message);
            }
        }
    }

    /// `[condition, then, condition, then, …, else]`
    fn branches(
        &mut self,
        path: &str,
        operand: &Value,
        within: &[Condition],
        rules: &mut Vec<(Condition, Serve)>,
    ) {
        let Some(parts) = operand.as_array().filter(|parts| parts.len() >= 2) else {
            self.problem(path, "this must be an array [condition, then, …, else]");
            return;
        };
        for (pair, parts) in parts.chunks(2).enumerate() {
            let place = |part: usize| format!("{path}[{}]", pair * 2 + part);
            match parts {
                [condition, then] => {
                    if let Some(condition) = self.condition(&place(0), condition) {
                        let inner = [within, &[condition]].concat();
                        self.targeting(&place(1), then, &inner, rules);
                    }
                }
                [otherwise] => return self.targeting(&place(0), otherwise, within, rules),
                _ => {}
            }
        }
        // No "else": the default, also where an outer branch would go on.
        self.targeting(path, &Value::Null, within, rules);
    }

    /// `[["variant", weight], …]`, with what to hash in front, perhaps.
    fn fractional(&mut self, path: &str, operand: &Value) -> Option<Serve> {
        let Some(mut parts) = operand.as_array().map(Vec::as_slice) else {
            self.problem(path, "this must be an array [[\"variant\", weight], …]");
            return None;
        };
        let mut by = None;
        if let [first @ Value::Object(_), rest @ ..] = parts {
            by = Some(self.variable(&format!("{path}[0]"), first)?.0);
            parts = rest;
        }
        let mut weights = Vec::new();
        for part in parts {
            let pair = match part.as_array().map(Vec::as_slice) {
                Some([Value::String(variant)]) => Some((variant, 1)),
                Some([Value::String(variant), weight]) => weight
                    .as_u64()
                    .and_then(|weight| u32::try_from(weight).ok())
                    .map(|weight| (variant, weight)),
                _ => None,
            };
            match pair {
                Some((variant, weight)) => weights.push((variant.clone(), weight)),
                None => self.problem(path, format_args!("{part} must be [\"variant\", weight]")),
            }
        }
        Some(Serve::Split { by, weights })
    }

    fn condition(&mut self, path: &str, value: &Value) -> Option<Condition> {
        match value {
            Value::Bool(true) => return Some(Condition::Always),
            Value::Bool(false) => return Some(Condition::Always.negate()),
            _ => {}
        }
        let Some((operator, operand)) = single(value) else {
            self.problem(path, format_args!("this must be {{ operator: [operands] }}: {value}"));
            return None;
        };
        let path = format!("{path}.{operator}");
        let operands = match operand {
            Value::Array(operands) => operands.as_slice(),
            one => std::slice::from_ref(one),
        };
        match operator.as_str() {
            "and" | "or" => {
                let parts = operands.iter().enumerate();
                let parts: Vec<_> = parts
                    .map(|(place, part)| self.condition(&format!("{path}[{place}]"), part))
                    .collect();
                let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
                Some(if operator == "and" { Condition::All(parts) } else { Condition::Any(parts) })
            }
            "!" => match operands {
                [part] => Some(self.condition(&path, part)?.negate()),
                _ => {
                    self.problem(&path, "this takes one operand");
                    None
                }
            },
            known if OPERATORS.contains(&known) => self.comparison(&path, known, operands),
            _ => {
                let hint = did_you_mean(operator, OPERATORS.iter().copied());
                self.problem(&path, format_args!("unknown operator {operator:?}{hint}"));
                None
            }
        }
    }

    /// `[{"var": …}, constant]`, and `[{"var": …}, sign, version]`.
    fn comparison(&mut self, path: &str, operator: &str, operands: &[Value]) -> Option<Condition> {
        let (left, right) = match operands {
            [left, right] if operator != "sem_ver" => (left, right),
            [left, Value::String(sign), right] if operator == "sem_ver" => {
                return self.version(path, left, sign, right);
            }
            _ if operator == "sem_ver" => {
                self.problem(path, "this takes [{\"var\": \"…\"}, \"sign\", \"version\"]");
                return None;
            }
            _ => {
                self.problem(path, "this takes two operands");
                return None;
            }
        };
        // "text" in {"var": …}: the attribute holds the text.
        if let ("in", Value::String(part), Value::Object(_)) = (operator, left, right) {
            return Some(self.variable(path, right)?.contains(part));
        }
        let attribute = self.variable(path, left)?;
        let condition = match (operator, right) {
            ("==" | "===", value) if !value.is_object() => attribute.equals(value.clone()),
            ("!=" | "!==", value) if !value.is_object() => attribute.equals(value.clone()).negate(),
            ("in", Value::Array(values)) => attribute.one_of(values.iter().cloned()),
            ("starts_with", Value::String(text)) => attribute.starts_with(text),
            ("ends_with", Value::String(text)) => attribute.ends_with(text),
            ("<" | "<=" | ">" | ">=", Value::Number(number)) => {
                let than = number.as_f64().unwrap_or(f64::MAX);
                attribute.number(sign(operator)?, than)
            }
            (_, value) => {
                self.problem(path, format_args!("this cannot compare with {value}"));
                return None;
            }
        };
        Some(condition)
    }

    fn version(
        &mut self,
        path: &str,
        left: &Value,
        text: &str,
        right: &Value,
    ) -> Option<Condition> {
        let attribute = self.variable(path, left)?;
        match (sign(text), right.as_str()) {
            (Some(comparison), Some(version)) => Some(attribute.version(comparison, version)),
            (None, _) => {
                let signs: Vec<_> = Comparison::SIGNS.iter().map(|(sign, _)| *sign).collect();
                let message =
                    format!("{text:?} is no comparison of versions ({})", signs.join(" "));
                self.problem(path, message);
                None
            }
            (_, None) => {
                self.problem(path, format_args!("{right} must be a version in quotes"));
                None
            }
        }
    }

    fn variable(&mut self, path: &str, value: &Value) -> Option<Attribute> {
        match single(value) {
            Some((operator, Value::String(name))) if operator == "var" => {
                Some(Attribute(name.clone()))
            }
            _ => {
                self.problem(path, format_args!("{value} must be {{\"var\": \"attribute\"}}"));
                None
            }
        }
    }
}

fn sign(text: &str) -> Option<Comparison> {
    let mut signs = Comparison::SIGNS.iter();
    signs.find(|(sign, _)| *sign == text).map(|(_, comparison)| *comparison)
}

/// The one key of an object and its value.
fn single(value: &Value) -> Option<(&String, &Value)> {
    value.as_object().filter(|object| object.len() == 1)?.iter().next()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object with several keys",
    }
}
