//! Scenario files: what is read from good ones, and what is said of bad ones.
#![cfg(feature = "test-util")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use stuntdouble::layer::Latency;
use stuntdouble::scenario::{self, Catalog, Scenario};
use stuntdouble::{ErrorKind, FlagValue};

fn catalog() -> Catalog {
    Catalog {
        invariants: vec!["stock never negative".into(), "money taken is order paid".into()],
        workloads: vec!["checkout".into(), "refund".into()],
        lints: vec!["event_published_in_rolled_back_transaction".into()],
        ..Catalog::default()
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new("tests/scenario").join(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Compares with the file, or rewrites it under `STUNTDOUBLE_BLESS=1`.
fn golden(path: &Path, text: &str) -> Result<(), String> {
    if std::env::var_os("STUNTDOUBLE_BLESS").is_some_and(|bless| bless == "1") {
        fs::write(path, text).unwrap();
        return Ok(());
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == text {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&kept, text);
    Err(format!("{}:\n{}", path.display(), diff.unified_diff().context_radius(3)))
}

#[test]
fn every_bad_file_is_told_what_is_wrong() {
    let mut wrong = Vec::new();
    for path in files("bad") {
        let text = match Scenario::load(&path, &catalog()) {
            Ok(_) => format!("{} is good\n", path.display()),
            Err(diagnostics) => {
                let plain = diagnostics.to_string();
                let wide = plain.lines().find(|line| line.chars().count() > 80);
                assert_eq!(wide, None, "{} is wider than 80 columns", path.display());
                plain
            }
        };
        wrong.extend(golden(&path.with_extension("txt"), &text).err());
    }
    assert!(wrong.is_empty(), "STUNTDOUBLE_BLESS=1 keeps what is new\n{}", wrong.join("\n"));
}

#[test]
fn every_good_file_is_read() {
    for path in files("good") {
        Scenario::load(&path, &catalog()).unwrap();
    }
}

#[test]
fn everything_is_read_as_it_is_written() {
    let scenario = Scenario::load("tests/scenario/good/everything.toml", &catalog()).unwrap();
    assert_eq!((scenario.name(), scenario.workload.as_deref()), ("everything", Some("checkout")));
    assert!(scenario.why.starts_with("Every key of the format, once."));
    assert_eq!((scenario.seeds.clone(), scenario.node.as_deref()), (Some(10..30), Some("api")));
    let setup = &scenario.setup;
    assert_eq!(setup.flags["limit"], FlagValue::Int(3));
    assert_eq!(setup.flags["rules"], FlagValue::Json(serde_json::json!({ "a": [1, 2] })));
    assert_eq!(setup.config["HTTP_PORT"], "80");
    assert_eq!(setup.secrets["payment_key"].expose(), "sk_test");
    assert_eq!(setup.params["nested"]["deep"], 1.5);
    let ms = Duration::from_millis;
    assert_eq!(scenario.latency.default, Some(Latency::Fixed(ms(1))));
    let latencies: Vec<_> = scenario.latency.named.iter().map(|(name, _)| &**name).collect();
    assert_eq!(latencies, ["db", "db.commit", "cache", "secrets", "pubsub"]);
    let rules: Vec<_> =
        scenario.rules().iter().map(|rule| format!("{}: {rule}", rule.origin())).collect();
    let at = |line, rule| format!("tests/scenario/good/everything.toml:{line}: {rule}");
    assert_eq!(
        rules,
        [
            at(
                23,
                "api/db.execute where table = \"orders\" and sql = \"update*\", nth 1, \
                 during 10s to 90s -> fail after outcome_unknown, delay 5ms +- 1ms"
            ),
            at(
                32,
                "db.*, every 3, during 10s to 3600s, chance 0.25, at most 3 hits -> fail before 40P01"
            ),
            at(41, "cache.get#2 where key = \"price:*\", first 2 -> delay 0ns to 5ms"),
            at(47, "*.get -> hang"),
            at(51, "cache.incr -> repeat 1"),
            at(55, "db.commit -> disconnect"),
        ]
    );
    let expect = &scenario.expect;
    assert_eq!((expect.outcome, expect.snapshot), (Some(ErrorKind::Conflict), true));
    let counts: Vec<_> =
        expect.calls.iter().map(|count| format!("{}: {count}", count.pattern)).collect();
    assert_eq!(
        counts,
        ["db.commit: 1 to 3", "cache.*: 0", "api/db.begin: at least 2", "db.query: at most 4"]
    );
    assert_eq!(&*expect.calls[0].origin, "tests/scenario/good/everything.toml:61");
    assert_eq!(expect.max_time, Some(Duration::from_secs(5)));
    assert_eq!(expect.invariants.as_deref(), Some(&["stock never negative".to_owned()][..]));
    assert_eq!(expect.allow, ["event_published_in_rolled_back_transaction"]);
}

#[test]
fn the_schema_is_current() {
    let schema = serde_json::to_string_pretty(&scenario::schema(&Catalog::default())).unwrap();
    let path = Path::new("scenarios/schema.json");
    let stale = golden(path, &(schema + "\n")).err().unwrap_or_default();
    assert!(stale.is_empty(), "STUNTDOUBLE_BLESS=1 rewrites it\n{stale}");
}

/// Every key that can be written is explained in the module's documentation.
#[test]
fn every_key_is_documented() {
    let docs = include_str!("../src/scenario/mod.rs");
    let schema = scenario::schema(&Catalog::default());
    let tables = [&schema, &schema["$defs"]["Setup"], &schema["$defs"]["RuleTable"]];
    for table in tables.into_iter().chain([&schema["$defs"]["Expect"]]) {
        for key in table["properties"].as_object().unwrap().keys() {
            let told = [format!("`{key}`"), format!("`{key} = true`"), format!("`[{key}]`")];
            let told = told.into_iter().chain([format!("`[[{key}]]`")]);
            assert!(told.into_iter().any(|told| docs.contains(&told)), "{key} is not explained");
        }
    }
}

#[test]
fn colour_is_the_same_text() {
    let text = "why = \"x\"\nsekret = 1\n";
    let errors = Scenario::parse("a.toml", text, &catalog()).unwrap_err();
    let coloured = errors.render(true);
    assert!(coloured.contains("\x1b[1;31merror\x1b[0m"));
    let plain = coloured.split('\x1b').map(|part| match part.split_once('m') {
        Some((code, rest)) if code.starts_with('[') => rest,
        _ => part,
    });
    assert_eq!(plain.collect::<String>(), errors.render(false));
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let errors = Scenario::load("tests/scenario/nowhere.toml", &catalog()).unwrap_err();
    let text = errors.to_string();
    assert!(text.starts_with("error: cannot read tests/scenario/nowhere.toml: "), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Good files with pieces cut out, doubled or replaced: there may be errors, but no panic, and
    /// every error has a place in the file.
    #[test]
    fn no_file_makes_it_panic(
        edits in proptest::collection::vec((0.0..1.0f64, 0usize..12, "[a-z0-9\"'\\[\\]{}=.,#\n é-]{0,6}"), 1..6)
    ) {
        let mut text = fs::read_to_string("tests/scenario/good/everything.toml").unwrap();
        for (place, length, piece) in edits {
            let boundary = |mut at: usize| {
                while !text.is_char_boundary(at) { at -= 1 }
                at
            };
            let start = boundary((place * text.len() as f64) as usize);
            let end = boundary((start + length).min(text.len()));
            text.replace_range(start..end, &piece);
        }
        if let Err(errors) = Scenario::parse("a.toml", &text, &catalog()) {
            prop_assert!(!errors.items().is_empty());
            for item in errors.items() {
                let span = item.span().unwrap();
                prop_assert!(span.start <= text.len() && span.end <= text.len());
            }
            prop_assert!(errors.to_string().contains("error: "));
        }
    }
}
