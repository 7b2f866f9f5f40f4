//! Lines into columns: widths, wrapping, colour.

use std::time::Duration;

use super::Options;

/// One call, as it is to be shown.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) time: String,
    pub(super) node: String,
    pub(super) depth: usize,
    pub(super) call: String,
    pub(super) body: Vec<Piece>,
}

/// A part of a line that has one style.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) style: Style,
    pub(super) text: String,
    /// True if it goes to the next line rather than be broken.
    pub(super) whole: bool,
}

impl Piece {
    pub(super) fn new(style: Style, text: impl Into<String>) -> Piece {
        Piece { style, text: text.into(), whole: true }
    }

    pub(super) fn flowing(text: impl Into<String>) -> Piece {
        Piece { style: Style::Plain, text: text.into(), whole: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Dim,
    Name,
    Good,
    Bad,
    Rule,
}

impl Style {
    /// SGR parameters; the eight colours that every terminal has.
    fn code(self) -> Option<&'static str> {
        match self {
            Style::Plain => None,
            Style::Dim => Some("2"),
            Style::Name => Some("1"),
            Style::Good => Some("32"),
            Style::Bad => Some("1;31"),
            Style::Rule => Some("33"),
        }
    }
}

/// A moment or a span of time: `12ms`, `1.250s`, `2m05.000s`.
pub(in crate::trace) fn time(time: Duration) -> String {
    let (seconds, millis) = (time.as_secs(), time.subsec_millis());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        return format!("{hours}h{minutes:02}m{rest:02}.{millis:03}s");
    }
    if minutes > 0 {
        return format!("{minutes}m{rest:02}.{millis:03}s");
    }
    let micros = time.subsec_micros() % 1000;
    match (seconds, micros) {
        (0, 0) => format!("{millis}ms"),
        (0, _) => format!("{millis}.{micros:03}").trim_end_matches('0').to_owned() + "ms",
        _ => format!("{seconds}.{millis:03}s"),
    }
}

/// Where the columns begin.
struct Columns {
    node: usize,
    call: usize,
    body: usize,
    width: usize,
}

/// Deeper calls are shown as deep as this.
const DEEPEST: usize = 8;

fn chars(text: &str) -> usize {
    text.chars().count()
}

impl Columns {
    fn of(lines: &[Line], options: &Options) -> Columns {
        let widest = |of: fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
        let width = options.width.max(40);
        // Columns grow in steps, so that a snapshot does not move with every new name.
        let time =
            if options.times { (widest(|l| chars(&l.time)) + 2).next_multiple_of(4) } else { 0 };
        let several = lines.iter().any(|line| line.node != lines[0].node);
        let node = if several { widest(|line| chars(&line.node)) + 2 } else { 0 };
        let call = time + node;
        let heads = widest(|line| indent(line) + chars(&line.call)) + 2;
        let body = (call + heads.next_multiple_of(4)).min((width / 2).max(call + 16));
        Columns { node: if several { time } else { usize::MAX }, call, body, width }
    }

    fn hang(&self) -> usize {
        (self.body + 2).min(self.width / 2 + 2)
    }
}

fn indent(line: &Line) -> usize {
    line.depth.min(DEEPEST) * 2
}

/// The lines as text, each ended by a line break.
pub(super) fn table(lines: &[Line], options: &Options) -> String {
    let columns = Columns::of(lines, options);
    let mut page = Page { text: String::new(), at: 0, colour: options.colour };
    for line in lines {
        if options.times {
            page.write(Style::Dim, &line.time);
        }
        if columns.node != usize::MAX {
            page.go_to(columns.node);
            page.write(Style::Dim, &line.node);
        }
        page.go_to(columns.call + indent(line));
        page.write(Style::Name, &line.call);
        page.body(&line.body, &columns);
        page.end_line();
    }
    page.text
}

struct Page {
    text: String,
    at: usize,
    colour: bool,
}

impl Page {
    fn write(&mut self, style: Style, text: &str) {
        self.at += chars(text);
        match style.code().filter(|_| self.colour && !text.is_empty()) {
            Some(code) => self.text.extend(["\x1b[", code, "m", text, "\x1b[0m"]),
            None => self.text.push_str(text),
        }
    }

    fn go_to(&mut self, column: usize) {
        while self.at < column {
            self.text.push(' ');
            self.at += 1;
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.at = 0;
    }

    fn body(&mut self, pieces: &[Piece], columns: &Columns) {
        let mut gap = columns.body.saturating_sub(self.at).max(2);
        for piece in pieces {
            let length = chars(&piece.text);
            let fits = self.at + gap + length <= columns.width;
            let room = columns.width - columns.hang();
            let first = gap != 1;
            if fits {
                self.space(gap);
                self.write(piece.style, &piece.text);
            } else if piece.whole && (!first || length <= room) {
                self.break_line(columns);
                self.flow(piece, 0, columns);
            } else {
                self.flow(piece, gap, columns);
            }
            gap = 1;
        }
    }

    fn space(&mut self, gap: usize) {
        let column = self.at + gap;
        self.go_to(column);
    }

    fn break_line(&mut self, columns: &Columns) {
        self.end_line();
        self.go_to(columns.hang());
    }

    /// Breaks at spaces, and within a word only if it is longer than a line.
    fn flow(&mut self, piece: &Piece, mut gap: usize, columns: &Columns) {
        let mut rest = piece.text.as_str();
        loop {
            let room = columns.width.saturating_sub(self.at + gap);
            let mut end = fitting(rest, room);
            if end == 0 && self.at > columns.hang() {
                self.break_line(columns);
                gap = 0;
                continue;
            }
            if end == 0 {
                end = rest.char_indices().nth(room.max(1)).map_or(rest.len(), |(end, _)| end);
            }
            self.space(gap);
            self.write(piece.style, &rest[..end]);
            rest = rest[end..].strip_prefix(' ').unwrap_or(&rest[end..]);
            if rest.is_empty() {
                return;
            }
            self.break_line(columns);
            gap = 0;
        }
    }
}

/// How much of the text, in bytes, fits so many characters: to its end or to a space.
fn fitting(text: &str, room: usize) -> usize {
    let mut end = 0;
    for (count, (place, c)) in text.char_indices().enumerate() {
        if c == ' ' {
            end = place;
        }
        if count == room {
            return end;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_people() {
        let micros = Duration::from_micros;
        for (value, text) in [
            (0, "0ms"),
            (12_000, "12ms"),
            (1_500, "1.5ms"),
            (1_250_000, "1.250s"),
            (59_999_000, "59.999s"),
            (125_000_000, "2m05.000s"),
            (3_600_000_000, "1h00m00.000s"),
        ] {
            assert_eq!(time(micros(value)), text);
        }
    }
}
