//! Golden scripts: their text, and the steps in it.
//!
//! ```text
//! -- Why this script exists.
//!
//! setup> CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY, n int)
//! NOTICE 42P07: relation "t" already exists, skipping      notices and warnings come first
//! CREATE TABLE
//! a> BEGIN
//! BEGIN
//! a> SELECT n FROM t
//!     WHERE id = $1              a statement goes on in lines that begin with a space
//! with 1                         its parameters, if it has any: 1, 1.5, 'text', true, NULL
//! n int4                         names and types of the columns
//! 10                             NULL is NULL; '' is the empty text
//! SELECT 1                       the command tag; or ERROR 22012: division by zero, DETAIL:, HINT:, CONSTRAINT:
//! b> UPDATE t SET n = 2
//! waits
//! a> COMMIT
//! COMMIT
//! b: UPDATE 1                    what b had been waiting with ends here
//! sleep 1s                       time passes (virtual on the simulated server)
//! disconnect b                   the connection of b is cut
//! ```
//!
//! A session opens when it is first named. What stands beneath a step, up to the next step, comment or
//! empty line, is what it answered: the recorder writes it, and the comparer reads it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A parameter of a statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Param {
    Null,
    Bool(bool),
    Int(i64),
    Decimal(String),
    Text(String),
}

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Run { session: String, sql: String, params: Vec<Param> },
    Sleep(Duration),
    Disconnect(String),
}

/// A step, as written and as understood.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Of its first line, from 1.
    pub(crate) line: usize,
    /// Its lines as written, without the answer.
    pub(crate) text: Vec<String>,
    pub(crate) action: Action,
    /// The lines beneath it.
    pub(crate) expected: Vec<String>,
}

#[derive(Clone, Debug)]
enum Item {
    /// A comment or an empty line.
    Prose(String),
    Step(Step),
}

/// A parsed script.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    /// `topic::name`
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    items: Vec<Item>,
}

impl Script {
    /// All scripts under `root`, in the order of their names; or what is wrong with one of them.
    pub(crate) fn all(root: &Path) -> Result<Vec<Script>, String> {
        let mut scripts = Vec::new();
        for topic in sorted_entries(root)? {
            for path in sorted_entries(&topic)? {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                let stem = |path: &Path| {
                    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
                };
                let name = format!("{}::{}", stem(&topic), stem(&path));
                scripts.push(Script::parse(name, path, &text)?);
            }
        }
        Ok(scripts)
    }

    /// Reads a script's text.
    pub(crate) fn parse(name: String, path: PathBuf, text: &str) -> Result<Script, String> {
        let lines: Vec<&str> = text.lines().collect();
        let mut items = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            if is_prose(line) {
                items.push(Item::Prose(line.to_owned()));
                at += 1;
                continue;
            }
            let step = read_step(&lines, at)
                .map_err(|what| format!("{}:{}: {what}", path.display(), at + 1))?;
            at += step.text.len() + step.expected.len();
            items.push(Item::Step(step));
        }
        Ok(Script { name, path, items })
    }

    /// A generated script of these steps, without answers.
    pub(crate) fn of(name: &str, actions: &[Action]) -> Result<Script, String> {
        let line = |action: &Action| match action {
            Action::Run { session, sql, params } if params.is_empty() => {
                format!("{session}> {sql}\n")
            }
            Action::Run { session, sql, params } => {
                format!("{session}> {sql}\n{}\n", with_line(params))
            }
            Action::Sleep(time) => format!("sleep {}ms\n", time.as_millis()),
            Action::Disconnect(session) => format!("disconnect {session}\n"),
        };
        let text: String = actions.iter().map(line).collect();
        Script::parse(name.to_owned(), PathBuf::from("a generated script"), &text)
    }

    /// The file, from the package's folder on: for messages.
    pub(crate) fn place(&self) -> String {
        let path = self.path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&self.path);
        path.display().to_string()
    }

    /// The steps, in order.
    pub(crate) fn steps<'a>(&'a self) -> Vec<&'a Step> {
        let step = |item: &'a Item| match item {
            Item::Step(step) => Some(step),
            Item::Prose(_) => None,
        };
        self.items.iter().filter_map(step).collect()
    }

    /// Whether all statements are of one session.
    pub(crate) fn has_one_session(&self) -> bool {
        let session = |step: &&Step| match &step.action {
            Action::Run { session, .. } => Some(session.clone()),
            _ => None,
        };
        let sessions: BTreeSet<String> = self.steps().iter().filter_map(session).collect();
        sessions.len() == 1
    }

    /// Whether a statement has that keyword, which is in capitals.
    pub(crate) fn mentions(&self, keyword: &str) -> bool {
        self.steps().iter().any(|step| match &step.action {
            Action::Run { sql, .. } => sql.to_uppercase().contains(keyword),
            _ => false,
        })
    }

    /// The first comment's first line.
    pub(crate) fn why(&self) -> Option<&str> {
        match self.items.first() {
            Some(Item::Prose(line)) => line.strip_prefix("--").map(str::trim),
            _ => None,
        }
    }

    /// The script's text with these answers, one for each step, in place of the recorded ones. A step
    /// without an answer was not taken, and is left out.
    pub(crate) fn with_answers(&self, answers: &[Option<Vec<String>>]) -> String {
        let mut answers = answers.iter();
        let mut out = String::new();
        let mut push = |line: &str| {
            out.push_str(line.trim_end());
            out.push('\n');
        };
        for item in &self.items {
            match item {
                Item::Prose(line) => push(line),
                Item::Step(step) => {
                    let Some(Some(answer)) = answers.next() else { continue };
                    step.text.iter().chain(answer).for_each(|line| push(line));
                }
            }
        }
        out
    }
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let describe = |error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(describe)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(describe)?;
    paths.sort();
    Ok(paths)
}

fn is_prose(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with("--")
}

/// `a> SELECT 1` is of session `a`; also what follows.
fn header(line: &str) -> Option<(&str, &str)> {
    let (name, sql) = line.split_once('>')?;
    let word = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (word && (sql.is_empty() || sql.starts_with(' '))).then_some((name, sql.trim()))
}

fn starts_step(line: &str) -> bool {
    header(line).is_some() || line.starts_with("sleep ") || line.starts_with("disconnect ")
}

fn read_step(lines: &[&str], first: usize) -> Result<Step, String> {
    let line = lines[first];
    let mut text = vec![line.to_owned()];
    let action = if let Some(time) = line.strip_prefix("sleep ") {
        Action::Sleep(duration(time.trim())?)
    } else if let Some(session) = line.strip_prefix("disconnect ") {
        Action::Disconnect(session.trim().to_owned())
    } else {
        let Some((session, sql)) = header(line) else {
            return Err(format!("neither a step, nor a comment, nor beneath a step: {line}"));
        };
        let mut sql = sql.to_owned();
        let mut params = Vec::new();
        for next in &lines[first + 1..] {
            if next.starts_with(' ') && !next.trim().is_empty() {
                sql.push('\n');
                sql.push_str(next);
            } else if let Some(list) = next.strip_prefix("with ").filter(|_| sql.contains('$')) {
                params = read_params(list)?;
                text.push((*next).to_owned());
                break;
            } else {
                break;
            }
            text.push((*next).to_owned());
        }
        let sql = sql.trim().trim_end_matches(';').to_owned();
        Action::Run { session: session.to_owned(), sql, params }
    };
    let beneath =
        lines[first + text.len()..].iter().take_while(|line| !is_prose(line) && !starts_step(line));
    let expected = beneath.map(|line| (*line).to_owned()).collect();
    Ok(Step { line: first + 1, text, action, expected })
}

fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    match (number.parse(), unit) {
        (Ok(number), "ms") => Ok(Duration::from_millis(number)),
        (Ok(number), "s") => Ok(Duration::from_secs(number)),
        _ => Err(format!("`{text}` is no duration: write 100ms or 2s")),
    }
}

/// `1, 'it''s', NULL`
fn read_params(list: &str) -> Result<Vec<Param>, String> {
    let mut params = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let (param, after) = if let Some(quoted) = rest.strip_prefix('\'') {
            let mut text = String::new();
            let mut chars = quoted.char_indices().peekable();
            let mut end = None;
            while let Some((at, c)) = chars.next() {
                match c {
                    '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                        chars.next();
                        text.push('\'');
                    }
                    '\'' => {
                        end = Some(at + 1);
                        break;
                    }
                    c => text.push(c),
                }
            }
            let end = end.ok_or_else(|| format!("the quote is not closed: {rest}"))?;
            (Param::Text(text), &quoted[end..])
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            (read_plain(rest[..end].trim())?, &rest[end..])
        };
        params.push(param);
        rest = after.trim_start().strip_prefix(',').unwrap_or(after).trim();
    }
    Ok(params)
}

fn read_plain(text: &str) -> Result<Param, String> {
    match text {
        "NULL" => Ok(Param::Null),
        "true" | "false" => Ok(Param::Bool(text == "true")),
        _ if text.parse::<i64>().is_ok() => Ok(Param::Int(text.parse().unwrap_or_default())),
        _ if text.parse::<f64>().is_ok() => Ok(Param::Decimal(text.to_owned())),
        _ => Err(format!("`{text}` is no parameter: write 1, 1.5, 'text', true or NULL")),
    }
}

impl Param {
    /// As an SQL literal.
    pub(crate) fn literal(&self) -> String {
        match self {
            Param::Null => "NULL".to_owned(),
            Param::Bool(value) => value.to_string(),
            Param::Int(value) => value.to_string(),
            Param::Decimal(value) => value.clone(),
            Param::Text(text) => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

fn with_line(params: &[Param]) -> String {
    let literals: Vec<String> = params.iter().map(Param::literal).collect();
    format!("with {}", literals.join(", "))
}
