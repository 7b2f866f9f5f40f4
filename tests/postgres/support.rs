//! `src/fake/postgres/SUPPORT.md`: what the simulated PostgreSQL does and what it refuses, from the results
//! of the golden scripts and from what its sources say that is not supported.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use crate::report::Findings;
use crate::script::Script;

/// Set to `update`: write the page anew.
pub(crate) const SUPPORT: &str = "STUNTDOUBLE_SUPPORT";

const PAGE: &str = "src/fake/postgres/SUPPORT.md";

const HEAD: &str = "\
# What is supported

Golden scripts have the answers of a real PostgreSQL 15: rows, names and types of columns, tags, SQLSTATE,
message, DETAIL, HINT and constraint, and what waits for what. By topic, how many of their steps are answered
in the same way, how many are refused with 0A000 and the name of what is not supported, and how many are
answered otherwise (`tests/postgres/known_gaps.txt` says how):

| topic | scripts | steps | the same | 0A000 | otherwise |
| --- | --- | --- | --- | --- | --- |
";

const REFUSED: &str = "
# What is not supported

Whatever is not supported fails with SQLSTATE 0A000 and `… is not supported by the simulated PostgreSQL`, and
changes nothing. Out of scope are triggers, rules, functions and procedures of one's own, PL/pgSQL, roles and
privileges, partitions, inheritance, geometric types and full-text search. The names that these errors give
(`…` stands for a name):

";

/// The page as it should be.
fn page(root: &Path, scripts: &[Script], findings: &Findings) -> Result<String, String> {
    let mut topics: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for script in scripts {
        let topic = script.name.split("::").next().unwrap_or_default();
        let steps = script.steps().len();
        let (refused, otherwise) = findings.counts(&script.name);
        let same = steps.saturating_sub(refused + otherwise);
        let counts = [1, steps, same, refused, otherwise];
        let sum = topics.entry(topic).or_default();
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let mut text = HEAD.to_owned();
    for (topic, [scripts, steps, same, refused, otherwise]) in topics {
        let topic = topic.replace('_', " ");
        let _ =
            writeln!(text, "| {topic} | {scripts} | {steps} | {same} | {refused} | {otherwise} |");
    }
    text.push_str(REFUSED);
    for name in refusals(&root.join("src/fake/postgres"))? {
        let _ = writeln!(text, "- `{name}`");
    }
    Ok(text)
}

/// What the engine's sources name as not supported.
fn refusals(folder: &Path) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.is_dir() {
            names.extend(refusals(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).map_err(told)?;
            for call in ["unsupported(", ".refuse("] {
                names.extend(source.split(call).skip(1).filter_map(literal));
            }
        }
    }
    Ok(names)
}

/// The literal that a call begins with, with a dash of dots for what is filled in.
fn literal(arguments: &str) -> Option<String> {
    let inner = arguments.trim_start();
    let inner = inner.strip_prefix("format!(").unwrap_or(inner).trim_start();
    let mut rest = inner.strip_prefix('"')?;
    let mut name = String::new();
    loop {
        let c = rest.chars().next()?;
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => break,
            '\\' => {
                name.extend(rest.chars().next());
                rest = rest.get(1..)?;
            }
            '{' => {
                name.push('…');
                rest = &rest[rest.find('}')? + 1..];
            }
            c => name.push(c),
        }
    }
    name.chars().any(char::is_alphabetic).then_some(name)
}

/// Numbers may lag behind the scripts; what is refused may not.
fn without_numbers(page: &str) -> String {
    page.lines()
        .map(|line| match line.strip_prefix("| ").and_then(|row| row.split_once(" | ")) {
            Some((topic, _)) => topic.to_owned(),
            None => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Writes the page, or says that it is out of date.
pub(crate) fn check(root: &Path, scripts: &[Script], findings: &Findings) -> Result<(), String> {
    let page = page(root, scripts, findings)?;
    let path = root.join(PAGE);
    if std::env::var_os(SUPPORT).is_some_and(|value| value == "update") {
        return std::fs::write(&path, page).map_err(|error| format!("{PAGE}: {error}"));
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if without_numbers(&written) == without_numbers(&page) {
        return Ok(());
    }
    Err(format!(
        "{PAGE} is out of date: {SUPPORT}=update cargo test --test postgres writes it anew"
    ))
}
