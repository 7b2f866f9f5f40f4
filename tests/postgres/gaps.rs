//! The scripts that the simulated PostgreSQL is known not to pass: `known_gaps.txt`, one a line, the
//! script's name and why.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "\
# What the simulated PostgreSQL does not do as the real one does, script by script: what it answered, and
# what it should. A script that is listed here must fail, and one that is not listed must pass. (A test of
# generated scripts, random::…, that is listed may fail.) STUNTDOUBLE_GAPS=update writes this file anew.
";

/// Script name to reason.
pub(crate) type Gaps = BTreeMap<String, String>;

/// Reads the list; empty if there is no file.
pub(crate) fn read(path: &Path) -> Gaps {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            (name.to_owned(), reason.trim().to_owned())
        })
        .collect()
}

/// Writes the list.
pub(crate) fn write(path: &Path, gaps: &Gaps) -> Result<(), String> {
    let mut text = HEAD.to_owned();
    for (name, reason) in gaps {
        let _ = writeln!(text, "{name}  {reason}");
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
