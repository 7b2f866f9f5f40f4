//! `SIMILAR TO`: SQL's patterns as regular expressions.

use super::super::super::errors::{R, fail};

/// The regular expression over a whole text. Without `escape` it is a backslash; an empty one is none.
pub(super) fn translate(pattern: &str, escape: Option<&str>) -> R<String> {
    let escape = match escape {
        None => Some('\\'),
        Some(escape) => {
            let mut chars = escape.chars();
            match (chars.next(), chars.next()) {
                (first, None) => first,
                _ => return fail("22025", "invalid escape string"),
            }
        }
    };
    let mut out = String::from("^(?:");
    let (mut escaped, mut quotes) = (false, 0);
    // How deep in brackets; how far in them: a `]` that comes first is meant as such.
    let (mut depth, mut place) = (0, 0);
    for c in pattern.chars() {
        if escaped {
            escaped = false;
            if c == '"' && depth == 0 {
                // The part between two of these is what SUBSTRING takes out.
                out.push_str(match quotes {
                    0 => "){1,1}?(",
                    1 => "){1,1}(?:",
                    _ => {
                        return fail(
                            "2200C",
                            "SQL regular expression may not contain more than two \
                             escape-double-quote separators",
                        );
                    }
                });
                quotes += 1;
            } else {
                out.push('\\');
                out.push(c);
                place = 3;
            }
            continue;
        }
        match c {
            c if Some(c) == escape => escaped = true,
            c if depth > 0 => {
                if c == '\\' {
                    out.push('\\');
                }
                out.push(c);
                match c {
                    ']' if place > 2 => depth -= 1,
                    '[' => (depth, place) = (depth + 1, 3),
                    '^' => place += 1,
                    _ => place = 3,
                }
            }
            '[' => {
                out.push('[');
                (depth, place) = (1, 1);
            }
            '%' => out.push_str(".*"),
            '_' => out.push('.'),
            '(' => out.push_str("(?:"),
            '\\' | '.' | '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.push_str(")$");
    Ok(out)
}
