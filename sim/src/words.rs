//! Numbers, times and paragraphs as people read them.

use std::time::Duration;

/// `1 call`, `2 calls`.
pub(crate) fn count(number: u64, one: &str, several: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { several })
}

/// `12,345`
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A moment of virtual time: `+12ms`, `+1.250s`, `+1h`.
pub(crate) fn time(at: Duration) -> String {
    format!("+{}", span(at))
}

/// A span of virtual time, to the millisecond: `12ms`, `1.250s`, `2m 5s`, `1h`.
pub(crate) fn span(span: Duration) -> String {
    let seconds = span.as_secs();
    if seconds == 0 {
        return match (span.as_millis(), span.subsec_nanos()) {
            (0, 1..) => format!("{}µs", span.as_micros()),
            (millis, _) => format!("{millis}ms"),
        };
    }
    if seconds < 60 {
        return match span.subsec_millis() {
            0 => format!("{seconds}s"),
            millis => format!("{seconds}.{millis:03}s"),
        };
    }
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m")];
    let last = [(seconds % 60, "s")];
    let parts: Vec<_> = parts.iter().chain(&last).filter(|(number, _)| *number > 0).collect();
    // Two parts say enough of a long span.
    let parts = parts.iter().take(2).map(|(number, unit)| format!("{number}{unit}"));
    parts.collect::<Vec<_>>().join(" ")
}

/// Breaks paragraphs into lines of at most that many characters, each begun with `indent`.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let room = width.saturating_sub(indent.chars().count()).max(20);
    let mut out = String::new();
    for paragraph in text.lines() {
        let margin: String = paragraph.chars().take_while(|c| *c == ' ').collect();
        let mut line = margin.clone();
        for word in paragraph.split_whitespace() {
            let full = line.chars().count() + 1 + word.chars().count() > room;
            if full && line.len() > margin.len() {
                out += &format!("{indent}{line}\n");
                line.clone_from(&margin);
            }
            if line.len() > margin.len() {
                line.push(' ');
            }
            line += word;
        }
        out += format!("{indent}{line}").trim_end();
        out.push('\n');
    }
    out
}

/// Prose: the lines of a paragraph are joined before they are broken anew. An empty line is between
/// paragraphs.
pub(crate) fn prose(text: &str, width: usize, indent: &str) -> String {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.trim().lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    let paragraphs: Vec<_> = paragraphs.iter().map(|text| wrap(text, width, indent)).collect();
    paragraphs.join("\n")
}

/// Indents lines, and breaks those that are too long; the others stay as they are laid out. What is
/// indented in common already loses that.
pub(crate) fn fit(text: &str, width: usize, indent: &str) -> String {
    let margin = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = text.lines().filter(|line| !line.trim().is_empty()).map(|l| margin(&l)).min();
    let mut out = String::new();
    for line in text.lines() {
        let line = line.get(common.unwrap_or(0)..).unwrap_or("").trim_end();
        if line.chars().count() + indent.len() > width {
            out += &wrap(line, width, indent);
        } else if line.is_empty() {
            out.push('\n');
        } else {
            out += &format!("{indent}{line}\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_short() {
        let cases = [
            (0, "0ms"),
            (12, "12ms"),
            (1250, "1.250s"),
            (5000, "5s"),
            (125_000, "2m 5s"),
            (3_600_000, "1h"),
            (90_061_000, "1d 1h"),
        ];
        for (millis, text) in cases {
            assert_eq!(span(Duration::from_millis(millis)), text);
        }
        assert_eq!(span(Duration::from_micros(7)), "7µs");
    }

    #[test]
    fn numbers_have_commas() {
        let text: Vec<_> = [0, 999, 1000, 1_234_567].map(thousands).into();
        assert_eq!(text, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn prose_is_laid_out_anew() {
        let text = prose("one two\nthree four five six\n\nseven", 24, "  ");
        assert_eq!(text, "  one two three four\n  five six\n\n  seven\n");
    }

    #[test]
    fn what_is_laid_out_stays_so_where_it_fits() {
        let text = "    rule     a\n      long long long long long long\n";
        assert_eq!(fit(text, 24, "> "), "> rule     a\n>   long long long long\n>   long long\n");
    }

    #[test]
    fn paragraphs_are_wrapped_and_keep_their_margin() {
        let text =
            wrap("one two three four five six seven\n  eight nine ten eleven twelve", 24, "> ");
        assert_eq!(
            text,
            "> one two three four\n> five six seven\n>   eight nine ten\n>   eleven twelve\n"
        );
    }
}
