//! The rules of the source tree that the compiler does not know: which module may use which, how long a
//! file may be, that a file says what it is for, and that no machine's paths are in it.
//!
//! Each rule is a function from a file's name and text to what is wrong with it, so that the tests below
//! can prove that it bites.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What everything may use.
const BASE: &[&str] = &["error", "value", "clock", "entropy", "context"];

/// The arrows of DESIGN.md: each module of `src/`, and what it may use beside [`BASE`].
const ARROWS: &[(&str, &[&str])] = &[
    ("service", &[]),
    ("stack", &[]),
    ("production", &["service"]),
    ("stub", &["service"]),
    ("mock", &["service"]),
    ("fake", &["service"]),
    ("contract", &["service"]),
    ("intercept", &["service", "stack"]),
    ("trace", &["stack"]),
    ("layer", &["stack", "trace"]),
    ("scenario", &["layer", "stack", "intercept", "service", "trace"]),
    ("platform", &["service", "production", "stub", "fake"]),
];

/// The base itself is a little tree.
const BASE_ARROWS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("clock", &[]),
    ("entropy", &[]),
    ("value", &["error"]),
    ("context", &["error"]),
];

/// Crates that build on this one: an arrow to them would be a circle.
const DOWNSTREAM: &[&str] = &["stuntdouble_sim", "turmoil"];

const MAX_LINES: usize = 600;

/// What `module` may use, without itself; `None` for a module that nobody has placed yet.
fn allowed(module: &str) -> Option<Vec<&'static str>> {
    let find = |table: &[(&str, &'static [&'static str])]| {
        table.iter().find(|(name, _)| *name == module).map(|(_, uses)| uses.to_vec())
    };
    find(BASE_ARROWS).or_else(|| find(ARROWS).map(|uses| [&uses[..], BASE].concat()))
}

/// Which module of `src/` owns each name at the crate's root: re-exports and exported macros.
#[derive(Default)]
struct Owners {
    modules: Vec<String>,
    names: BTreeMap<String, String>,
}

impl Owners {
    /// Reads `lib.rs` for modules and re-exports, and the other files for what a glob re-exports and for
    /// exported macros.
    fn of(sources: &[(String, String)]) -> Owners {
        let mut owners = Owners::default();
        for (file, text) in sources {
            let Some(module) = module_of(file) else { continue };
            let code = code_only(text);
            owners.learn_definitions(&module, &code);
            if !owners.modules.contains(&module) {
                owners.modules.push(module);
            }
        }
        // Explicit re-exports last: they are certain.
        for (_, text) in sources.iter().filter(|(file, _)| file == "src/lib.rs") {
            for statement in code_only(text).split(';') {
                let Some(path) = statement.trim().strip_prefix("pub use ") else { continue };
                let Some((module, names)) = path.split_once("::") else { continue };
                for name in names.split(|c: char| !is_word(c)).filter(|name| !name.is_empty()) {
                    owners.names.insert(name.to_owned(), module.to_owned());
                }
            }
        }
        owners
    }

    fn learn_definitions(&mut self, module: &str, code: &str) {
        let mut exported = false;
        for line in code.lines().map(str::trim) {
            let public = line.strip_prefix("pub ").and_then(|rest| rest.split_once(' '));
            let name = match (line.strip_prefix("macro_rules! "), public) {
                (Some(name), _) if exported => Some(name),
                (_, Some(("struct" | "enum" | "trait" | "type", name))) => Some(name),
                _ => None,
            };
            if let Some(name) = name {
                let name: String = name.chars().take_while(|c| is_word(*c)).collect();
                self.names.entry(name).or_insert_with(|| module.to_owned());
            }
            exported = line == "#[macro_export]" || (exported && line.starts_with("#["));
        }
    }

    fn owner(&self, name: &str) -> Option<&str> {
        let module = self.modules.iter().find(|module| *module == name);
        module.or_else(|| self.names.get(name)).map(String::as_str)
    }
}

/// `src/stub/cache.rs` and `src/stub.rs` are of the module `stub`; `src/lib.rs` is of none.
fn module_of(file: &str) -> Option<String> {
    let path = file.strip_prefix("src/")?;
    let module = path.split('/').next()?.trim_end_matches(".rs");
    (module != "lib").then(|| module.to_owned())
}

/// How deep the file's module is: 1 for `src/stub/mod.rs`, 2 for `src/stub/cache.rs`.
fn depth_of(file: &str) -> usize {
    let parts = file.trim_start_matches("src/").split('/').count();
    if file.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// Every use of another module that no arrow allows.
fn wrong_arrows(file: &str, text: &str, owners: &Owners) -> Vec<String> {
    let Some(module) = module_of(file) else { return Vec::new() };
    let Some(allowed) = allowed(&module) else {
        return vec![format!(
            "{file}:1: nobody has said what the module `{module}` may use: add it to DESIGN.md and to ARROWS"
        )];
    };
    let code = code_only(text);
    let mut wrong = Vec::new();
    for (at, name) in uses(&code, depth_of(file)) {
        let line = code[..at].matches('\n').count() + 1;
        let arrow = match owners.owner(&name) {
            Some(owner) if owner == module || allowed.contains(&owner) => continue,
            Some(owner) if owner == name => format!("{module} → {owner}"),
            Some(owner) => format!("{module} → {owner} (through crate::{name})"),
            None => format!("{module} → crate::{name}, of which no module is known to own it,"),
        };
        let may = match &allowed[..] {
            [] => "nothing".to_owned(),
            names => names.join(", "),
        };
        wrong.push(format!("{file}:{line}: {arrow} is not allowed: {module} may use {may}"));
    }
    for name in DOWNSTREAM {
        for at in words(&code, name) {
            let line = code[..at].matches('\n').count() + 1;
            wrong.push(format!(
                "{file}:{line}: {module} → {name} is a circle: it builds on this crate"
            ));
        }
    }
    wrong
}

/// The first names behind each `crate::`, grouped or not, and behind as many `super::` as lead to the
/// crate's root; with the place of each.
fn uses(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in words(code, "crate") {
        if let Some(path) = code[at..].strip_prefix("crate::") {
            heads(path, code.len() - path.len(), &mut found);
        }
    }
    let to_root = "super::".repeat(depth);
    let mut from = 0;
    while let Some(at) = code[from..].find(&to_root).map(|at| at + from) {
        from = at + to_root.len();
        let path = &code[from..];
        if !code[..at].ends_with("super::") && !path.starts_with("super::") {
            heads(path, from, &mut found);
        }
    }
    // `super::*` in a module of tests is the file's own module.
    found.retain(|(_, name)| !name.is_empty());
    found.sort();
    found
}

/// The first name of a path, or of each path in its braces.
fn heads(path: &str, at: usize, found: &mut Vec<(usize, String)>) {
    let Some(group) = path.strip_prefix('{') else {
        found.push((at, path.chars().take_while(|c| is_word(*c)).collect()));
        return;
    };
    let (mut level, mut start) = (0, true);
    for (offset, c) in group.char_indices() {
        match c {
            '}' if level == 0 => return,
            '{' => level += 1,
            '}' => level -= 1,
            ',' if level == 0 => start = true,
            c if is_word(c) && start && level == 0 => {
                let name = group[offset..].chars().take_while(|c| is_word(*c)).collect();
                found.push((at + 1 + offset, name));
                start = false;
            }
            _ => {}
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The places of that whole word.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// The source with comments and literals blanked, each line where it was.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            'r' if !code.ends_with(is_word) && raw_string(rest).is_some() => {
                raw_string(rest).unwrap_or(1)
            }
            '\'' => character(rest),
            _ => 0,
        };
        if length == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    code
}

fn block_comment(text: &str) -> usize {
    let (mut level, mut at) = (0, 0);
    loop {
        if text[at..].starts_with("/*") {
            (level, at) = (level + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (level, at) = (level - 1, at + 2);
        } else if let Some(c) = text[at..].chars().next() {
            at += c.len_utf8();
        } else {
            return at;
        }
        if level == 0 {
            return at;
        }
    }
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            c => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    Some(text[body..].find(&end).map_or(text.len(), |at| body + at + end.len()))
}

/// A character, or nothing for a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    let Some((_, first)) = chars.next() else { return 0 };
    if first == '\\' {
        // Behind the escaped character, which may be a quote itself.
        return text[3..].find('\'').map_or(0, |at| at + 4);
    }
    match chars.next() {
        Some((at, '\'')) => at + 1,
        _ => 0,
    }
}

/// A file that is too long, unless it is a table.
fn too_long(file: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    let table = text.lines().any(|line| line.starts_with("//! Table."));
    (lines > MAX_LINES && !table).then(|| {
        format!(
            "{file}:{MAX_LINES}: the file has {lines} lines: at most {MAX_LINES}, unless a line \
             `//! Table.` says that it is a table"
        )
    })
}

/// A file that does not say what it is for.
fn undocumented(file: &str, text: &str) -> Option<String> {
    let before_code = |line: &&str| {
        !line.starts_with("use ")
            && !line.starts_with("mod ")
            && !line.starts_with("pub ")
            && !line.starts_with("fn ")
    };
    let documented = text.lines().take_while(before_code).any(|line| line.starts_with("//!"));
    (!documented)
        .then(|| format!("{file}:1: the file does not say what it is for: start it with `//!`"))
}

/// Paths of somebody's machine, which mean nothing on another one.
fn machine_paths(file: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file passes.
    let roots = ["home", "root", "work", "tmp"].map(|name| format!("/{name}/"));
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for root in &roots {
            let starts = |at: usize| {
                let before = line[..at].chars().next_back();
                !before
                    .is_some_and(|c| is_word(c) || matches!(c, '.' | '-' | '/' | '}' | ')' | '*'))
            };
            if line.match_indices(root.as_str()).any(|(at, _)| starts(at)) {
                found.push(format!("{file}:{}: a path of one machine: {root}…", number + 1));
            }
        }
    }
    found
}

/// The text files of the workspace, by their path from the root, with `/` between: those that git
/// tracks, or lists with these options.
fn files(options: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut git = Command::new("git");
    let listed = git.args(["ls-files", "-z"]).args(options).current_dir(root).output();
    let names = match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = String::from_utf8_lossy(&output.stdout).into_owned();
            names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
        // Not a clone: an unpacked archive, which holds nothing else.
        _ => walk(root),
    };
    let read = |name: String| Some((name.clone(), std::fs::read_to_string(root.join(name)).ok()?));
    names.into_iter().filter_map(read).collect()
}

fn walk(root: &Path) -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::from(root)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_dir() {
                if name != "target" && name != ".git" {
                    folders.push(path);
                }
            } else if let Ok(relative) = path.strip_prefix(root) {
                files.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files
}

/// The sources, also those that are not tracked yet.
fn sources() -> Vec<(String, String)> {
    let mut sources = files(&["--cached", "--others", "--exclude-standard"]);
    sources.retain(|(file, _)| is_covered(file));
    sources
}

fn is_covered(file: &str) -> bool {
    let folders = ["src/", "sim/", "macros/", "examples/", "tests/", "benches/"];
    file.ends_with(".rs") && folders.iter().any(|folder| file.starts_with(folder))
}

/// Lists everything at once, so that one run shows all there is to do.
#[track_caller]
fn assert_none(rule: &str, wrong: Vec<String>) {
    let mut text = String::new();
    for line in &wrong {
        let _ = write!(text, "\n  {line}");
    }
    assert!(wrong.is_empty(), "{rule}: {} found{text}\n", wrong.len());
}

#[test]
fn modules_use_only_what_the_design_allows() {
    let sources = sources();
    assert!(sources.iter().any(|(file, _)| file == "src/lib.rs"), "the sources are here");
    let owners = Owners::of(&sources);
    let wrong = sources.iter().flat_map(|(file, text)| wrong_arrows(file, text, &owners));
    assert_none("arrows between modules", wrong.collect());
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let sources = sources();
    let long = sources.iter().filter_map(|(file, text)| too_long(file, text));
    let bare = sources.iter().filter_map(|(file, text)| undocumented(file, text));
    assert_none("files", long.chain(bare).collect());
}

#[test]
fn no_file_has_paths_of_one_machine() {
    let files = files(&[]);
    assert!(files.iter().any(|(file, _)| file == "Cargo.toml"), "the files are here");
    let wrong = files.iter().flat_map(|(file, text)| machine_paths(file, text));
    assert_none("machine paths", wrong.collect());
}

/// The arrows themselves: no circle, and every module that is named is placed.
#[test]
fn the_table_is_a_tree_of_layers() {
    let mut placed: Vec<&str> = Vec::new();
    let tables = [BASE_ARROWS, ARROWS].concat();
    let mut left = tables.clone();
    while !left.is_empty() {
        let ready = |(_, uses): &(&str, &[&str])| uses.iter().all(|used| placed.contains(used));
        let (next, later): (Vec<_>, Vec<_>) = left.into_iter().partition(ready);
        assert!(!next.is_empty(), "a circle, or a module without a place, among {later:?}");
        placed.extend(next.iter().map(|(name, _)| *name));
        left = later;
    }
    assert_eq!(placed.len(), tables.len());
}

/// A tree like ours, small, for the tests of the rules.
fn little_tree() -> Owners {
    let lib = "pub use error::{Error, Result};\npub use service::*;\npub use stack::Layer;\n";
    Owners::of(&[
        ("src/lib.rs".into(), lib.into()),
        ("src/error.rs".into(), "pub struct Error;".into()),
        (
            "src/service/db.rs".into(),
            "pub trait Db: Send {}\n#[macro_export]\nmacro_rules! rows {}".into(),
        ),
        ("src/stack/mod.rs".into(), "pub trait Layer {}".into()),
        ("src/fake/mod.rs".into(), "//! Fakes.".into()),
    ])
}

#[test]
fn the_check_of_arrows_bites() {
    // Each: a file, its text, and what is reported without the file's name.
    let may = "fake may use service, error, value, clock, entropy, context";
    let table = [
        ("src/fake/db.rs", "use crate::service::Db;\nuse crate::error::Error;", vec![]),
        ("src/fake/db.rs", "use crate::fake::x;\nuse super::state;", vec![]),
        ("src/fake/db.rs", "\nuse crate::stack::Layer;", vec![format!("2: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "use crate::{error::Error, stack::{self, Layer}};", vec![format!("1: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "use crate::{\n    service::Db,\n    stack::Layer,\n};", vec![format!("3: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "fn f() -> crate::stack::Call {}", vec![format!("1: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "impl crate::Layer for X {}", vec![format!("1: fake → stack (through crate::Layer) is not allowed: {may}")]),
        ("src/fake/db.rs", "use super::super::stack::Layer;", vec![format!("1: fake → stack is not allowed: {may}")]),
        ("src/fake/mod.rs", "use super::stack::Layer;", vec![format!("1: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "let rows = crate::rows! {};\nlet db: &dyn crate::Db;", vec![]),
        ("src/fake/db.rs", "use crate::nowhere::X;", vec![format!("1: fake → crate::nowhere, of which no module is known to own it, is not allowed: {may}")]),
        ("src/fake/db.rs", "// use crate::stack::Layer;\n/* crate::stack */ const S: &str = \"crate::stack\";", vec![]),
        ("src/fake/db.rs", "const S: &str = r#\"a\"crate::stack\"#; const C: char = '\"'; use crate::error::E;", vec![]),
        ("src/fake/db.rs", "const C: char = '\\''; fn f<'a>() { crate::stack::x() }", vec![format!("1: fake → stack is not allowed: {may}")]),
        ("src/fake/db.rs", "use stuntdouble_sim::World;", vec!["1: fake → stuntdouble_sim is a circle: it builds on this crate".to_owned()]),
        ("src/error.rs", "use crate::service::Db;", vec!["1: error → service is not allowed: error may use nothing".to_owned()]),
        ("src/lib.rs", "pub use crate::stack::Layer;", vec![]),
        ("sim/src/lib.rs", "use crate::stack::Layer;", vec![]),
        ("src/attic/mod.rs", "", vec!["1: nobody has said what the module `attic` may use: add it to DESIGN.md and to ARROWS".to_owned()]),
    ];
    let owners = little_tree();
    for (file, text, expected) in table {
        let expected: Vec<_> = expected.iter().map(|line| format!("{file}:{line}")).collect();
        assert_eq!(wrong_arrows(file, text, &owners), expected, "{text}");
    }
}

#[test]
fn files_are_found_without_git() {
    let found = walk(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(
        ["Cargo.toml", "src/lib.rs", "src/stub/mod.rs"]
            .iter()
            .all(|file| found.iter().any(|f| f == file))
    );
}

#[test]
fn the_check_of_files_bites() {
    let long = "//! Words.\n".repeat(MAX_LINES);
    assert_eq!(too_long("src/a.rs", &long), None, "{MAX_LINES} lines are allowed");
    let longer = format!("{long}\n");
    assert!(
        too_long("src/a.rs", &longer).unwrap().starts_with("src/a.rs:600: the file has 601 lines")
    );
    assert_eq!(too_long("src/a.rs", &format!("//! Table. Codes.\n{longer}")), None);

    for good in ["//! Text.", "#![cfg(unix)]\n\n//! Text.", "// Licence.\n//! Text.\nuse a;"] {
        assert_eq!(undocumented("src/a.rs", good), None, "{good}");
    }
    for bad in ["", "use a;", "use a;\n//! Late.", "/// An item's.\npub fn f() {}"] {
        assert!(undocumented("src/a.rs", bad).unwrap().starts_with("src/a.rs:1: "), "{bad}");
    }
}

#[test]
fn the_check_of_machine_paths_bites() {
    for name in ["home", "root", "work", "tmp"] {
        for bad in
            ["/NAME/me/x.rs", "see `/NAME/x`", "path = \"/NAME/\"", "file:/NAME/x", "A=/NAME/x"]
        {
            let found = machine_paths("a.md", &format!("first\n{}", bad.replace("NAME", name)));
            assert_eq!(
                found,
                [format!("a.md:2: a path of one machine: /{name}/…")],
                "{bad} {name}"
            );
        }
        for good in ["https://a.org/NAME/x", "../NAME/x", "${DIR}/NAME/x", "s3//NAME/x", "/NAMEx/"]
        {
            assert!(machine_paths("a.md", &good.replace("NAME", name)).is_empty(), "{good} {name}");
        }
    }
}
