//! A statement on one line.

/// Collapses white space and leaves comments out; what stands in quotes stays as it is.
pub(super) fn one_line(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut chars = sql.chars().peekable();
    let mut space = false;
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('-', Some('-')) => {
                while chars.next_if(|c| *c != '\n').is_some() {}
                space = true;
                continue;
            }
            ('/', Some('*')) => {
                chars.next();
                let mut star = false;
                for c in chars.by_ref() {
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
                space = true;
                continue;
            }
            _ => {}
        }
        if c.is_whitespace() || c.is_control() {
            space = true;
            continue;
        }
        let tight = out.ends_with('(') || c == ')' || c == ',';
        if std::mem::take(&mut space) && !out.is_empty() && !tight {
            out.push(' ');
        }
        out.push(c);
        if c == '\'' || c == '"' {
            // A doubled quote closes and opens again: nothing is lost by reading it so.
            for inner in chars.by_ref() {
                push_visible(&mut out, inner);
                if inner == c {
                    break;
                }
            }
        }
    }
    out
}

fn push_visible(out: &mut String, c: char) {
    if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn white_space_collapses_outside_of_quotes() {
        let sql = "\n  SELECT id,\n   'a  b''\n--c' -- why\n FROM\t\"my  t\" /* all\n of */ WHERE f( 1\n)\n";
        assert_eq!(one_line(sql), r#"SELECT id, 'a  b''\n--c' FROM "my  t" WHERE f(1)"#);
    }

    #[test]
    fn what_does_not_end_is_taken_to_the_end() {
        assert_eq!(one_line("SELECT 'a"), "SELECT 'a");
        assert_eq!(one_line("SELECT 1 /* a"), "SELECT 1");
        assert_eq!(one_line("SELECT 1 -"), "SELECT 1 -");
    }
}
