//! The JSON schema of scenario files, from the types that read them.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::Catalog;
use super::file::File;
use crate::stack::{Effects, Service};

/// The JSON schema (draft 2020-12) of scenario files. What a catalog names, such as methods and
/// invariants, is offered for completion; call patterns may be others.
pub fn schema(catalog: &Catalog) -> Value {
    let mut root = SchemaGenerator::default().into_root_schema_for::<File>().to_value();
    without_null(&mut root);
    root["title"] = json!("stuntdouble scenario");
    if let Some(defs) = root.get_mut("$defs").and_then(Value::as_object_mut) {
        fill_in(defs, catalog);
    }
    root
}

/// An optional field may be left out; TOML has no null.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(list) => list.iter_mut().for_each(without_null),
        Value::Object(object) => {
            object.values_mut().for_each(without_null);
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|one| one != "null");
                if let [one] = &types[..] {
                    let one = one.clone();
                    object.insert("type".into(), one);
                }
            }
            if let Some(Value::Array(any)) = object.get_mut("anyOf") {
                any.retain(|one| one != &json!({ "type": "null" }));
                if let [one] = &any[..]
                    && let Some(one) = one.as_object().cloned()
                {
                    object.remove("anyOf");
                    object.extend(one);
                }
            }
        }
        _ => {}
    }
}

fn fill_in(defs: &mut Map<String, Value>, catalog: &Catalog) {
    let services = &catalog.services[..];
    let words = |names: &[String]| match names {
        // The application's names are not known here: any will do.
        [] => json!({ "type": "string" }),
        names => json!({ "enum": names }),
    };
    defs.insert("Call".into(), call(services));
    // A required key has its type written out instead of named.
    if let Some(key) = defs.get_mut("RuleTable").and_then(|s| s.pointer_mut("/properties/call")) {
        *key = json!({ "$ref": "#/$defs/Call" });
    }
    defs.insert("Workload".into(), words(&catalog.workloads));
    defs.insert("Invariant".into(), words(&catalog.invariants));
    defs.insert("Lint".into(), words(&catalog.lints));
    latencies(defs, services);
    counts(defs, services);
    arguments(defs, services);
}

fn names(services: &[&'static Service]) -> Vec<String> {
    let names = |service: &&'static Service| {
        let all = std::iter::once(format!("{}.*", service.name));
        all.chain(service.methods.iter().map(|method| method.to_string())).collect::<Vec<_>>()
    };
    services.iter().flat_map(names).collect()
}

fn call(services: &[&'static Service]) -> Value {
    json!({
        "description": "Which calls: service.method, `*` for any characters, `node/` before it \
                        for one node, `#n` behind it for the nth call of the method by its node.",
        "anyOf": [
            { "enum": names(services) },
            { "type": "string", "pattern": "^([^/.#\\s]+/)?[^/.#\\s]+\\.[^/.#\\s]+(#[1-9][0-9]*)?$" }
        ]
    })
}

fn latencies(defs: &mut Map<String, Value>, services: &[&'static Service]) {
    let latency = json!({ "$ref": "#/$defs/Latency" });
    let delayed = |service: &&'static Service| {
        let methods =
            service.methods.iter().filter(|method| method.effects.contains(Effects::DELAY));
        let methods: Vec<_> = methods.map(|method| method.to_string()).collect();
        let service = (!methods.is_empty()).then(|| service.name.to_owned());
        service.into_iter().chain(methods).collect::<Vec<_>>()
    };
    let keys = std::iter::once("default".to_owned()).chain(services.iter().flat_map(delayed));
    let properties: Map<_, _> = keys.map(|key| (key, latency.clone())).collect();
    if let Some(latencies) = defs.get_mut("Latencies") {
        latencies["properties"] = Value::Object(properties);
        latencies["additionalProperties"] = json!(false);
    }
}

/// The keys of `calls` in `[expect]` are patterns, too.
fn counts(defs: &mut Map<String, Value>, services: &[&'static Service]) {
    let counts = json!({ "$ref": "#/$defs/Counts" });
    let properties: Map<_, _> =
        names(services).into_iter().map(|name| (name, counts.clone())).collect();
    if let Some(calls) = defs.get_mut("Expect").and_then(|s| s.pointer_mut("/properties/calls")) {
        calls["properties"] = Value::Object(properties);
    }
}

/// What `where` can ask for, with the methods that have it.
fn arguments(defs: &mut Map<String, Value>, services: &[&'static Service]) {
    let mut properties: Map<String, Value> = Map::new();
    let table = "A table that the SQL names after FROM, JOIN, INTO, UPDATE or TABLE.";
    properties.insert("table".into(), json!({ "type": "string", "description": table }));
    for method in services.iter().flat_map(|service| service.methods) {
        for argument in method.arguments {
            let known = properties.entry(*argument);
            let known = known.or_insert_with(|| json!({ "type": "string", "description": "Of" }));
            if let Some(Value::String(description)) = known.get_mut("description") {
                let before = if description == "Of" { " " } else { ", " };
                description.push_str(&format!("{before}{method}"));
            }
        }
    }
    if let Some(found) = defs.get_mut("RuleTable").and_then(|s| s.pointer_mut("/properties/where"))
    {
        found["properties"] = Value::Object(properties);
    }
}
