//! The tables of a scenario file. The comments are what an editor shows for each key.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::diagnostic::Diagnostic;
use super::read::{List, Map, Node, Read, Reader, entries, free, integer, number, section};
use super::takes::{Distribution, Takes};
use super::unit::{
    AnyText, Count, Counts, Ends, Fails, Pair, Probability, Seeds, Text, Time, Yes, schema,
};
use crate::service::FlagValue;

section! {
    /// A scenario: what goes wrong in the world, and what must hold all the same.
    File("a scenario file") {
        /// One paragraph: what goes wrong in the world and what must hold. Required.
        #[schemars(required)]
        why: Text,
        /// Which of the application's workloads is run. Default: its first.
        workload: Workload,
        /// The seeds to run, unless the command says others: 20 means 0 to 19. Default: 10.
        seeds: Seeds,
        /// The node that the application runs on. Default: `app`.
        node: Text,
        /// What the world starts with.
        setup: Setup,
        /// The ordinary latency of services and methods. Default: 1 to 5 ms, alike.
        latency: Latencies,
        /// What goes wrong: the rules, of which the first that fires decides a call.
        rule: List<RuleTable>,
        /// What must hold.
        expect: Expect,
    }
}

section! {
    /// What the world starts with.
    Setup("[setup]") {
        /// Feature flags by name: a boolean, a number, a text or a table.
        flags: Map<Flag>,
        /// Settings by name. As in an environment, every value is a text.
        config: Map<AnyText>,
        /// Secrets by name. Their values are masked in traces.
        secrets: Map<AnyText>,
        /// Parameters of the workload, free-form.
        params: Map<Free>,
    }
}

section! {
    /// A rule: which calls, and what happens to them. A call must meet all that the rule asks for.
    RuleTable("[[rule]]") {
        /// Which calls: `service.method`, `*` for any characters, `node/` before it for one node,
        /// `#n` behind it for the nth call of the method by its node. Required.
        #[schemars(required)]
        call: Call,
        /// Arguments and their texts, `*` for any characters: `table`, `sql`, `key`, `topic`, `flag`,
        /// `name`, or whatever the method's arguments are called.
        r#where: Map<Text>,
        /// Only the nth of the calls that the rule means, from 1.
        nth: Count,
        /// Only every nth of the calls that the rule means.
        every: Count,
        /// Only the first n of the calls that the rule means.
        first: Count,
        /// Only calls that begin from the first time on and before the second, since the start.
        during: Pair,
        /// Only calls that begin at that virtual time or later.
        after: Time,
        /// Only calls that begin before that virtual time.
        until: Time,
        /// Only with that probability, drawn for each call that meets all else.
        chance: Probability,
        /// At most so many times.
        hits: Count,
        /// The rule's name. Its random numbers follow its name; without one, what the rule says.
        name: Text,
        /// The call fails with this error, and nothing was applied.
        fail_before: Fails,
        /// The call is made, and fails with this error all the same: its answer was lost.
        fail_after: Fails,
        /// The call takes that long first. May accompany a failure or a disconnect.
        delay: Takes,
        /// The call is not made and never answers.
        hang: Yes,
        /// The call is made so many times more.
        repeat: Count,
        /// The connection is lost before the call is made, and the transaction with it.
        disconnect: Yes,
    }
}

section! {
    /// What must hold at the end of each run.
    Expect("[expect]") {
        /// How the workload ends: `ok`, or the kind of its error. Default: `ok`.
        outcome: Ends,
        /// How often calls are made, by call pattern: 1, `1..=3`, `2..`, `..=4`.
        calls: Map<Counts>,
        /// The longest that a run takes, in virtual time. Default: the application's limit.
        max_time: Time,
        /// The invariants that are checked. Default: all of the application's.
        invariants: List<Invariant>,
        /// The lints that are expected, and do not warn. Default: none.
        allow: List<Lint>,
        /// Whether the trace of the first seed is kept as a snapshot. Default: false.
        snapshot: bool,
    }
}

/// Names that the application and its services give. The schema is filled in from the catalog.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $schema:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub(super) struct $name(pub(super) String);

            schema!($name, $schema, |_| json_schema!({ "type": "string" }));

            impl Read for $name {
                fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<$name> {
                    Text::read(node, reader).map(|text| $name(text.0))
                }
            }
        )*
    };
}

names! {
    /// A call pattern.
    Call = "Call";
    /// A workload of the application.
    Workload = "Workload";
    /// An invariant of the application.
    Invariant = "Invariant";
    /// A lint of traces.
    Lint = "Lint";
}

/// The value of a flag.
#[derive(Clone, Debug)]
pub(super) struct Flag(pub(super) FlagValue);

schema!(Flag, "Flag", |_| json_schema!({
    "type": ["boolean", "number", "string", "object", "array"]
}));

impl Read for Flag {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Flag> {
        let value = node.get_ref();
        let flag = match value {
            DeValue::Boolean(value) => FlagValue::Bool(*value),
            DeValue::String(text) => FlagValue::Text(text.to_string()),
            DeValue::Integer(_) => match integer(value) {
                Some(integer) => FlagValue::Int(integer),
                None => {
                    reader.wrong_type(node, "an integer of 64 bits");
                    return None;
                }
            },
            DeValue::Float(_) => FlagValue::Float(number(value)?),
            DeValue::Table(_) | DeValue::Array(_) => FlagValue::Json(free(value)),
            DeValue::Datetime(_) => {
                reader.wrong_type(node, "a boolean, a number, a text or a table");
                return None;
            }
        };
        Some(Flag(flag))
    }
}

/// Anything.
#[derive(Clone, Debug)]
pub(super) struct Free(pub(super) serde_json::Value);

schema!(Free, "Free", |_| json_schema!(true));

impl Read for Free {
    fn read(node: &Node<'_>, _reader: &mut Reader<'_>) -> Option<Free> {
        Some(Free(free(node.get_ref())))
    }
}

/// `[latency]`: by service (`db`), method (`"db.commit"`), or `default`.
#[derive(Clone, Debug)]
pub(super) struct Latencies(pub(super) Map<Takes>);

schema!(Latencies, "Latencies", |generator: &mut SchemaGenerator| -> Schema {
    let latency = generator.subschema_for::<Takes>();
    json_schema!({
        "type": "object",
        "description": "The ordinary latency by service or method; `default` for all others.",
        "properties": { "default": latency },
        "additionalProperties": latency
    })
});

impl Read for Latencies {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Latencies> {
        let mut map = Map::default();
        for (name, key, node) in entries(reader.table(node, "the table [latency]")?) {
            let inner = node.get_ref().as_table().map(entries).unwrap_or_default();
            let inline = reader.text.get(node.span()).is_some_and(|text| text.starts_with('{'));
            let known = |key: &str| inline || Distribution::KEYS.contains(&key);
            // `db.commit = "5ms"` is a table within a table: TOML's dots are not ours.
            if let Some((method, span, _)) = inner.iter().find(|(key, ..)| !known(key)) {
                let wrong = "the name of a method is written in quotes";
                let wrong = Diagnostic::new(span.clone(), wrong);
                reader.error(wrong.help(format!("write \"{name}.{method}\" = …")));
            } else if let Some(at) = reader.field(key, node) {
                map.0.push((name.to_owned(), at));
            }
        }
        Some(Latencies(map))
    }
}
