//! Latencies in the file: a duration, or the parameters of a distribution.

use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;
use toml::de::DeValue;

use super::diagnostic::Diagnostic;
use super::read::{At, Node, Read, Reader, number, section};
use super::unit::{Pair, Time, schema};
use crate::layer::Latency;

/// The shape of a distribution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape(pub(super) f64);

schema!(Shape, "Shape", |_| json_schema!({ "type": "number", "exclusiveMinimum": 0 }));

impl Read for Shape {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Shape> {
        let value = number(node.get_ref());
        if value.is_none() {
            reader.wrong_type(node, "a number above 0");
        }
        value.map(Shape)
    }
}

section! {
    /// The parameters of a distribution.
    Distribution("a latency") {
        /// From and to: anything between them, alike.
        uniform: Pair,
        /// The mean of a normal distribution, which is cut off at zero.
        mean: Time,
        /// The standard deviation of a normal distribution.
        std_dev: Time,
        /// Half of the calls are faster: a lognormal distribution.
        p50: Time,
        /// 99 of 100 calls are faster: a lognormal distribution.
        p99: Time,
        /// The smallest value of a Pareto distribution.
        min: Time,
        /// The shape of a Pareto distribution: the smaller, the longer the tail.
        shape: Shape,
    }
}

/// How long something takes: a duration or a distribution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Takes(pub(super) Latency);

schema!(Takes, "Latency", |generator| {
    let time = generator.subschema_for::<Time>();
    let pair = generator.subschema_for::<Pair>();
    let shape = generator.subschema_for::<Shape>();
    let table = |description: &str, first: (&str, &Schema), second: Option<(&str, &Schema)>| {
        let all: Vec<_> = [Some(first), second].into_iter().flatten().collect();
        let keys: Vec<_> = all.iter().map(|(key, _)| *key).collect();
        let properties: serde_json::Map<_, _> =
            all.iter().map(|(key, schema)| ((*key).to_owned(), json!(schema))).collect();
        json!({
            "type": "object", "description": description, "properties": properties,
            "required": keys, "additionalProperties": false
        })
    };
    let tables = [
        table("Anything from the first to the second, alike.", ("uniform", &pair), None),
        table("Normal, cut off at zero.", ("mean", &time), Some(("std_dev", &time))),
        table("Lognormal, as most services have it.", ("p50", &time), Some(("p99", &time))),
        table("Pareto: a long tail.", ("min", &time), Some(("shape", &shape))),
    ];
    let all: Vec<_> = std::iter::once(json!(time)).chain(tables).collect();
    json_schema!({ "anyOf": all })
});

const LATENCIES: &str = "a latency is \"5ms\", { uniform = [\"1ms\", \"5ms\"] }, { mean = \"5ms\", \
                         std_dev = \"1ms\" }, { p50 = \"5ms\", p99 = \"80ms\" } or { min = \"1ms\", shape = 1.5 }";

impl Read for Takes {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Takes> {
        let latency = match node.get_ref() {
            DeValue::Table(_) => {
                let before = reader.errors.len();
                let distribution = Distribution::read(node, reader)?.latency();
                if reader.errors.len() > before {
                    return None;
                }
                let Some(latency) = distribution else {
                    let wrong = Diagnostic::new(node.span(), "these make no latency");
                    reader.error(wrong.help(LATENCIES));
                    return None;
                };
                latency
            }
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) => {
                Latency::Fixed(Time::read(node, reader)?.0)
            }
            _ => {
                reader.wrong_type(node, "a latency");
                return None;
            }
        };
        if let Err(message) = latency.validate() {
            reader.error(Diagnostic::new(node.span(), message));
            return None;
        }
        if finest(latency).is_some_and(|finest| finest < Duration::from_millis(1)) {
            let wrong = Diagnostic::new(node.span(), "a latency below 1ms");
            let why = "virtual time moves in whole milliseconds: write 1ms or more, or 0ms";
            reader.error(wrong.help(why));
            return None;
        }
        Some(Takes(latency))
    }
}

impl Distribution {
    fn latency(&self) -> Option<Latency> {
        let time = |at: &Option<At<Time>>| at.as_ref().map(|at| at.value.0);
        let mut given = self.given.clone();
        given.sort_unstable();
        Some(match &given[..] {
            ["uniform"] => {
                let Pair(low, high) = self.uniform.as_ref()?.value;
                Latency::Uniform(low, high)
            }
            ["mean", "std_dev"] => {
                Latency::Normal { mean: time(&self.mean)?, std_dev: time(&self.std_dev)? }
            }
            ["p50", "p99"] => Latency::LogNormal { p50: time(&self.p50)?, p99: time(&self.p99)? },
            ["min", "shape"] => {
                Latency::Pareto { min: time(&self.min)?, shape: self.shape.as_ref()?.value.0 }
            }
            _ => return None,
        })
    }
}

/// The smallest parameter that is not zero.
fn finest(latency: Latency) -> Option<Duration> {
    let all = match latency {
        Latency::Fixed(fixed) => [fixed, fixed],
        Latency::Uniform(low, high) => [low, high],
        Latency::Normal { mean, .. } => [mean, mean],
        Latency::LogNormal { p50, p99 } => [p50, p99],
        Latency::Pareto { min, .. } => [min, min],
    };
    all.into_iter().filter(|duration| !duration.is_zero()).min()
}
