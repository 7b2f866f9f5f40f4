//! [`Diagnostics`]: what is wrong with a file, with the lines in question.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Everything that is wrong with a file. Its `Display` is what a terminal of 80 columns shows, without
/// colour; see [`Diagnostics::render`] for colour.
///
/// ```
/// use stuntdouble::scenario::{Catalog, Scenario};
///
/// let file = "why = \"The cache is down.\"\n[[rule]]\ncall = \"cache.gte\"\nhang = true\n";
/// let errors = Scenario::parse("scenarios/shop/down.toml", file, &Catalog::default()).unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "\
/// error: no service has a method `cache.gte`
///  --> scenarios/shop/down.toml:3:9
///   |
/// 3 | call = \"cache.gte\"
///   |         ^^^^^^^^^
///   = help: did you mean `cache.get`?
///
/// scenarios/shop/down.toml: 1 error
/// ");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostics {
    path: Arc<str>,
    text: Arc<str>,
    items: Vec<Diagnostic>,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub(super) message: String,
    pub(super) span: Option<Range<usize>>,
    pub(super) label: String,
    /// Another place that belongs to it, and what is there.
    pub(super) other: Option<(Range<usize>, String)>,
    pub(super) help: Vec<String>,
}

impl Diagnostic {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            message: message.into(),
            span: Some(span),
            label: String::new(),
            other: None,
            help: Vec::new(),
        }
    }

    /// What stands behind the caret.
    pub(super) fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    pub(super) fn other(mut self, span: Range<usize>, label: impl Into<String>) -> Diagnostic {
        self.other = Some((span, label.into()));
        self
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The bytes of the file that are wrong; `None` if the file could not be read.
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// What can be done about it.
    pub fn help_lines(&self) -> &[String] {
        &self.help
    }
}

impl Diagnostics {
    pub(super) fn new(path: &Arc<str>, text: &str, mut items: Vec<Diagnostic>) -> Diagnostics {
        items.sort_by_key(|item| item.span.as_ref().map(|span| (span.start, span.end)));
        items.dedup();
        Diagnostics { path: path.clone(), text: text.into(), items }
    }

    pub(super) fn unreadable(path: &Arc<str>, error: &std::io::Error) -> Diagnostics {
        let message = format!("cannot read {path}: {error}");
        let item = Diagnostic { span: None, ..Diagnostic::new(0..0, message) };
        Diagnostics { path: path.clone(), text: "".into(), items: vec![item] }
    }

    /// The file, as it was named.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, in the order of the file.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Line and column of a place in the file, both from 1. Columns count characters.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let line = Line::at(&self.text, offset);
        (line.number, line.column(offset) + 1)
    }

    /// The text that a terminal of 80 columns shows, with ANSI colours or without.
    pub fn render(&self, coloured: bool) -> String {
        let paint = Paint { on: coloured };
        let mut out = String::new();
        for item in &self.items {
            self.item(item, &paint, &mut out);
            out.push('\n');
        }
        let errors = if self.items.len() == 1 { "error" } else { "errors" };
        out.push_str(&format!("{}: {} {errors}\n", self.path, self.items.len()));
        out
    }

    fn item(&self, item: &Diagnostic, paint: &Paint, out: &mut String) {
        let (first, rest) = wrapped(&item.message, WIDTH - "error: ".len());
        out.push_str(&format!("{}{}\n", paint.error("error"), paint.bold(&format!(": {first}"))));
        for line in rest {
            out.push_str(&format!("{}\n", paint.bold(&format!("       {line}"))));
        }
        let Some(span) = &item.span else { return };
        let mut marks = vec![(Line::at(&self.text, span.start), span, &item.label, '^')];
        if let Some((span, label)) = &item.other {
            marks.push((Line::at(&self.text, span.start), span, label, '-'));
        }
        marks.sort_by_key(|(line, span, ..)| (line.number, span.start));
        let digits =
            marks.iter().map(|(line, ..)| line.number).max().unwrap_or(1).to_string().len();
        let (number, column) = self.place(span.start);
        let margin = " ".repeat(digits);
        let bar = paint.margin("|");
        out.push_str(&format!("{margin}{} {}:{number}:{column}\n", paint.margin("-->"), self.path));
        out.push_str(&format!("{margin} {bar}\n"));
        let mut last: Option<usize> = None;
        for (line, span, label, sign) in marks {
            let shown = line.shown(span, WIDTH.saturating_sub(digits + 3));
            if last != Some(line.number) {
                if last.is_some_and(|last| last + 1 < line.number) {
                    out.push_str(&format!("{margin} {}\n", paint.margin(":")));
                }
                let number = format!("{:>digits$}", line.number);
                out.push_str(&format!("{} {bar} {}\n", paint.margin(&number), shown.text));
            }
            last = Some(line.number);
            let label = if label.is_empty() { String::new() } else { format!(" {label}") };
            let mark = sign.to_string().repeat(shown.width);
            let indent = " ".repeat(shown.column);
            let mark = paint.mark(sign, &format!("{mark}{label}"));
            out.push_str(&format!("{margin} {bar} {indent}{mark}\n"));
        }
        for help in &item.help {
            let (first, rest) = wrapped(help, WIDTH.saturating_sub(digits + 9));
            out.push_str(&format!("{margin} {} help: {first}\n", paint.margin("=")));
            for line in rest {
                out.push_str(&format!("{margin}         {line}\n"));
            }
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `unwrap` prints this: it is read by people.
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Diagnostics {}

const WIDTH: usize = 80;

/// A line of the file.
struct Line<'a> {
    number: usize,
    start: usize,
    text: &'a str,
}

/// The part of a line that is shown, and the place of the mark under it, in columns.
struct Shown {
    text: String,
    column: usize,
    width: usize,
}

impl<'a> Line<'a> {
    fn at(text: &'a str, offset: usize) -> Line<'a> {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let number = text[..start].matches('\n').count() + 1;
        Line { number, start, text: text[start..end].trim_end_matches('\r') }
    }

    fn column(&self, offset: usize) -> usize {
        let within = offset.saturating_sub(self.start);
        self.text.char_indices().take_while(|(at, _)| *at < within).count()
    }

    /// A line that is too long is cut to the part round the mark.
    fn shown(&self, span: &Range<usize>, width: usize) -> Shown {
        let clean = |c: char| if c.is_control() { ' ' } else { c };
        let chars: Vec<char> = self.text.chars().map(clean).collect();
        let (from, to) = (self.column(span.start), self.column(span.end));
        let marked = to.saturating_sub(from).max(1);
        if chars.len() <= width {
            return Shown { text: chars.iter().collect(), column: from, width: marked };
        }
        let room = width.saturating_sub(2).max(1);
        let start = if from + marked.min(room) < room { 0 } else { from.saturating_sub(room / 4) };
        let end = (start + room).min(chars.len());
        let mut text: String = chars[start.min(end)..end].iter().collect();
        let before = if start > 0 { "…" } else { "" };
        text.insert_str(0, before);
        if end < chars.len() {
            text.push('…');
        }
        let column = from - start.min(from) + before.chars().count();
        Shown { text, column, width: marked.min(end.saturating_sub(from).max(1)) }
    }
}

/// Breaks a text into lines between words.
fn wrapped(text: &str, width: usize) -> (String, Vec<String>) {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.len() - 1;
        let length = lines[line].chars().count() + 1 + word.chars().count();
        if lines[line].is_empty() {
            lines[line].push_str(word);
        } else if length <= width {
            lines[line].push(' ');
            lines[line].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let first = lines.remove(0);
    (first, lines)
}

struct Paint {
    on: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn error(&self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn margin(&self, text: &str) -> String {
        self.with("1;34", text)
    }

    fn mark(&self, sign: char, text: &str) -> String {
        self.with(if sign == '^' { "1;31" } else { "1;34" }, text)
    }
}
