//! What a server answered to one statement, and its text in a golden script.

use std::fmt::Write;

/// A warning or notice that came before the answer proper.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) detail: Option<String>,
    pub(crate) hint: Option<String>,
}

/// A result column: its name, and the type's short name (`int4`, `text`, `int4[]`).
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: String,
}

/// How the statement ended.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It returned a result set, be it empty. `None` is NULL.
    Rows { columns: Vec<Column>, rows: Vec<Vec<Option<String>>>, tag: String },
    /// It returned none.
    Done { tag: String },
    Failed {
        code: String,
        message: String,
        detail: Option<String>,
        hint: Option<String>,
        constraint: Option<String>,
    },
}

/// One statement's answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) notices: Vec<Notice>,
    pub(crate) outcome: Outcome,
}

impl Answer {
    /// The lines that a script shows beneath the statement.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for notice in &self.notices {
            let Notice { severity, code, message, detail, hint } = notice;
            lines.push(format!("{severity} {code}: {}", one_line(message)));
            lines.extend(detail.as_ref().map(|detail| format!("DETAIL: {}", one_line(detail))));
            lines.extend(hint.as_ref().map(|hint| format!("HINT: {}", one_line(hint))));
        }
        match &self.outcome {
            Outcome::Done { tag } => lines.push(tag.clone()),
            Outcome::Rows { columns, rows, tag } => {
                lines.extend(table(columns, rows));
                lines.push(tag.clone());
            }
            Outcome::Failed { code, message, detail, hint, constraint } => {
                lines.push(format!("ERROR {code}: {}", one_line(message)));
                if let Some(detail) = detail.as_ref().and_then(|detail| steady_detail(code, detail))
                {
                    lines.push(format!("DETAIL: {detail}"));
                }
                lines.extend(hint.as_ref().map(|hint| format!("HINT: {}", one_line(hint))));
                if let Some(constraint) = constraint {
                    lines.push(format!("CONSTRAINT: {constraint}"));
                }
            }
        }
        lines
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', "\\n")
}

/// The detail as far as it is the same in each run: process, transaction and object numbers are not, and
/// the reason code of a serialization failure tells of the implementation's inside.
fn steady_detail(code: &str, detail: &str) -> Option<String> {
    if detail.starts_with("Reason code:") {
        return None;
    }
    let names_schema = code == "23505" && detail.contains("namespace)=(");
    if code != "40P01" && !names_schema {
        return Some(one_line(detail));
    }
    let mut out = String::new();
    let mut in_number = false;
    for c in one_line(detail).chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !in_number {
            out.push('#');
        }
        in_number = c.is_ascii_digit();
    }
    Some(out)
}

fn table(columns: &[Column], rows: &[Vec<Option<String>>]) -> Vec<String> {
    if columns.is_empty() {
        return std::iter::repeat_n("()".to_owned(), rows.len() + 1).collect();
    }
    let header = columns.iter().map(|column| format!("{} {}", column.name, column.ty)).collect();
    let mut lines: Vec<Vec<String>> = vec![header];
    lines.extend(rows.iter().map(|row| row.iter().map(|value| cell(value.as_deref())).collect()));
    let width =
        |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0).min(48);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    lines
        .iter()
        .map(|line| {
            let mut text = String::new();
            for (at, cell) in line.iter().enumerate() {
                let gap = if at == 0 { "" } else { " | " };
                let _ = write!(text, "{gap}{cell:<width$}", width = widths[at]);
            }
            text.trim_end().to_owned()
        })
        .collect()
}

/// A value as text; quoted where it could be taken for something else.
fn cell(value: Option<&str>) -> String {
    let Some(text) = value else { return "NULL".to_owned() };
    let word =
        text.trim_start_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let plain = !text.is_empty()
        && text != "NULL"
        && text.trim() == text
        && !text.contains(['|', '\n', '\r', '\t'])
        && !text.starts_with(['\'', '('])
        && !text.starts_with("--")
        && !text.starts_with("sleep ")
        && !text.starts_with("disconnect ")
        && !word.starts_with("> ")
        && !word.starts_with(": ")
        && word != ">"
        && word != ":";
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}

/// The line without its alignment: two lines are the same answer if these are equal.
pub(crate) fn without_padding(line: &str) -> String {
    let (mut cells, mut cell, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        if c == '|' && !quoted {
            cells.push(std::mem::take(&mut cell));
            continue;
        }
        if c == '\'' && !escaped && (quoted || cell.trim().is_empty()) {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
        cell.push(c);
    }
    cells.push(cell);
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    cells.join(" | ")
}
