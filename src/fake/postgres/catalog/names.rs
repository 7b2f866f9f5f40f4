//! The names that PostgreSQL makes up for constraints, indexes and sequences.

/// The longest name, in bytes.
const LIMIT: usize = 63;

/// `table_columns_label`, with a number if that is taken.
pub(crate) fn choose(
    table: &str,
    columns: &[&str],
    label: &str,
    taken: impl Fn(&str) -> bool,
) -> String {
    let columns = columns.join("_");
    (0u32..)
        .map(|number| {
            let suffix = if number == 0 { String::new() } else { number.to_string() };
            make(table, &columns, &format!("{label}{suffix}"))
        })
        .find(|name| !taken(name))
        .unwrap_or_default()
}

/// Cuts the longer of table and columns until all fits.
fn make(table: &str, columns: &str, label: &str) -> String {
    let mut overhead = label.len() + 1;
    if !columns.is_empty() {
        overhead += 1;
    }
    let (mut a, mut b) = (table.len(), columns.len());
    while a + b + overhead > LIMIT && a + b > 0 {
        if a > b { a -= 1 } else { b -= 1 }
    }
    let cut = |text: &str, mut length: usize| {
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        text[..length].to_owned()
    };
    let (table, columns) = (cut(table, a), cut(columns, b));
    if columns.is_empty() {
        format!("{table}_{label}")
    } else {
        format!("{table}_{columns}_{label}")
    }
}
