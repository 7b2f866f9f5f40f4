//! Which tables an SQL statement names: a tokenizer and a few keywords, no parser.
//!
//! A table is an identifier in the place where a statement names one: after `FROM`, `JOIN`, `INTO`,
//! `UPDATE`, `TABLE`, and behind a comma in such a list. Comments, strings and dollar quotes are passed
//! over. What a view or a trigger touches is not seen.

/// A table as the statement names it, without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Table<'a> {
    pub(super) schema: Option<&'a str>,
    pub(super) name: &'a str,
}

/// The tables that the statement names, in order; one that is named twice comes twice.
pub(super) fn tables(sql: &str) -> Vec<Table<'_>> {
    let mut finder = Finder::default();
    let mut tokens = Tokens { rest: sql };
    while let Some(token) = tokens.next() {
        finder.token(token, &mut tokens);
    }
    finder.found
}

/// Where a name is expected, how lists and parentheses go on.
#[derive(Default)]
struct Finder<'a> {
    found: Vec<Table<'a>>,
    first: Option<&'a str>,
    previous: Option<&'a str>,
    expecting: Expecting,
    list: bool,
    /// `EXTRACT(… FROM …)`: this FROM names no table.
    operands: bool,
    outer: Vec<(bool, bool)>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Expecting {
    #[default]
    Nothing,
    /// A table; a name with parentheses is its column list.
    Table,
    /// A table or a function.
    Source,
}

/// After these the list of tables is over.
const ENDS_LIST: [&str; 16] = [
    "WHERE",
    "SET",
    "GROUP",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "HAVING",
    "RETURNING",
    "VALUES",
    "SELECT",
    "WINDOW",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "FETCH",
    "FOR",
];

fn is(word: Option<&str>, any_of: &[&str]) -> bool {
    word.is_some_and(|word| any_of.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

impl<'a> Finder<'a> {
    fn token(&mut self, token: Token<'a>, tokens: &mut Tokens<'a>) {
        match token {
            Token::Word(word) => {
                self.first = self.first.or(Some(word));
                self.word(word, tokens);
                self.previous = Some(word);
            }
            Token::Quoted(name) => {
                self.name(name, tokens);
                self.previous = None;
            }
            Token::Sign(sign) => {
                self.sign(sign);
                self.previous = None;
            }
            Token::Literal => {
                self.expecting = Expecting::Nothing;
                self.previous = None;
            }
        }
    }

    fn word(&mut self, word: &'a str, tokens: &mut Tokens<'a>) {
        let word_is = |any_of: &[&str]| is(Some(word), any_of);
        if word_is(&["FROM"]) {
            let operand = self.operands || is(self.previous, &["DISTINCT"]);
            self.expecting = if operand { Expecting::Nothing } else { Expecting::Source };
        } else if word_is(&["JOIN"]) {
            self.expecting = Expecting::Source;
        } else if word_is(&["USING"]) {
            let names = is(self.first, &["DELETE", "MERGE"]);
            self.expecting = if names { Expecting::Source } else { Expecting::Nothing };
        } else if word_is(&["INTO", "TABLE", "TRUNCATE"]) {
            self.expecting = Expecting::Table;
        } else if word_is(&["UPDATE"]) {
            // FOR [NO KEY] UPDATE, ON CONFLICT DO UPDATE, ON UPDATE CASCADE, WHEN MATCHED THEN UPDATE
            let other = is(self.previous, &["FOR", "KEY", "DO", "ON", "THEN", "OR", "BEFORE"]);
            self.expecting = if other { Expecting::Nothing } else { Expecting::Table };
        } else if word_is(&["LOCK", "COPY"]) && self.previous.is_none() && self.found.is_empty() {
            self.expecting = Expecting::Table;
        } else if word_is(&ENDS_LIST) {
            (self.expecting, self.list) = (Expecting::Nothing, false);
        } else if !word_is(&["ONLY", "LATERAL", "IF", "NOT", "EXISTS", "CONCURRENTLY"]) {
            self.name(word, tokens);
        }
    }

    /// A name: a table, if one is expected.
    fn name(&mut self, mut name: &'a str, tokens: &mut Tokens<'a>) {
        let expected = std::mem::take(&mut self.expecting);
        if expected == Expecting::Nothing {
            return;
        }
        let mut schema = None;
        while tokens.peek() == Some(Token::Sign('.')) {
            tokens.next();
            let Some(Token::Word(part) | Token::Quoted(part)) = tokens.next() else { return };
            (schema, name) = (Some(name), part);
        }
        self.list = true;
        let function = expected == Expecting::Source && tokens.peek() == Some(Token::Sign('('));
        if !function {
            self.found.push(Table { schema, name });
        }
    }

    fn sign(&mut self, sign: char) {
        match sign {
            '(' => {
                let within = self.expecting != Expecting::Nothing;
                self.outer.push((self.list || within, self.operands));
                self.list = false;
                self.operands =
                    is(self.previous, &["EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION"]);
            }
            ')' => {
                (self.list, self.operands) = self.outer.pop().unwrap_or_default();
                self.expecting = Expecting::Nothing;
            }
            ',' if self.list => self.expecting = Expecting::Source,
            ';' => {
                let found = std::mem::take(&mut self.found);
                *self = Finder { found, ..Finder::default() };
            }
            _ => self.expecting = Expecting::Nothing,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
    Sign(char),
    Literal,
}

#[derive(Clone, Copy)]
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        { *self }.next()
    }

    /// Takes that many bytes, or all that is left.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, more: impl Fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(|c| !more(c)).unwrap_or(self.rest.len()))
    }

    /// Takes up to and with the closing sign, which a doubled one does not end.
    fn take_quoted(&mut self, quote: char, escapes: bool) -> &'a str {
        let start = self.rest;
        let mut signs = start.char_indices().skip(1).peekable();
        while let Some((at, sign)) = signs.next() {
            if sign == '\\' && escapes {
                signs.next();
            } else if sign == quote && signs.next_if(|(_, next)| *next == quote).is_none() {
                self.rest = &start[at + 1..];
                return &start[1..at];
            }
        }
        self.rest = "";
        &start[1..]
    }

    /// `/* … */`, which nests.
    fn skip_comment(&mut self) {
        let mut depth = 0usize;
        loop {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.take(2);
            } else if self.rest.starts_with("*/") {
                depth -= 1;
                self.take(2);
            } else {
                let step = self.rest.chars().next().map_or(0, char::len_utf8);
                self.take(step);
            }
            if depth == 0 || self.rest.is_empty() {
                return;
            }
        }
    }

    /// `$$ … $$`, `$tag$ … $tag$`, or a parameter such as `$1`.
    fn skip_dollar(&mut self) {
        let tag = self.rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let tag = tag.filter(|at| self.rest[1 + at..].starts_with('$'));
        let Some(length) = tag.map(|at| at + 2) else {
            self.take(1);
            return;
        };
        let tag = self.take(length);
        let end = self.rest.find(tag).map_or(self.rest.len(), |at| at + length);
        self.take(end);
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.take_while(char::is_whitespace);
            if self.rest.starts_with("--") {
                self.take_while(|c| c != '\n');
            } else if self.rest.starts_with("/*") {
                self.skip_comment();
            } else {
                break;
            }
        }
        let sign = self.rest.chars().next()?;
        let escapes = matches!(self.rest.as_bytes(), [b'e' | b'E', b'\'', ..]);
        Some(match sign {
            '\'' => {
                self.take_quoted('\'', false);
                Token::Literal
            }
            _ if escapes => {
                self.take(1);
                self.take_quoted('\'', true);
                Token::Literal
            }
            '"' => Token::Quoted(self.take_quoted('"', false)),
            '$' => {
                self.skip_dollar();
                Token::Literal
            }
            _ if sign.is_alphabetic() || sign == '_' => {
                Token::Word(self.take_while(|c| c.is_alphanumeric() || c == '_' || c == '$'))
            }
            _ if sign.is_ascii_digit() => {
                self.take_while(|c| c.is_alphanumeric() || c == '.');
                Token::Literal
            }
            _ => {
                self.take(sign.len_utf8());
                Token::Sign(sign)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(sql: &str) -> String {
        let name = |table: Table<'_>| match table.schema {
            Some(schema) => format!("{schema}.{}", table.name),
            None => table.name.to_owned(),
        };
        tables(sql).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tables_stand_where_statements_name_them() {
        for (sql, expected) in [
            ("SELECT * FROM orders", "orders"),
            ("select o.id from orders o, lines as l where o.id = l.order_id", "orders lines"),
            ("SELECT * FROM a JOIN b USING (id) LEFT JOIN c ON f(a, b) = c.x, d", "a b c d"),
            ("INSERT INTO public.orders (id, note) VALUES ($1, 'from nowhere')", "public.orders"),
            ("INSERT INTO a SELECT * FROM b ON CONFLICT (id) DO UPDATE SET x = 1", "a b"),
            ("UPDATE stock SET left = left - 1 WHERE id = 7 RETURNING left", "stock"),
            ("UPDATE a SET x = b.x FROM b WHERE a.id = b.id", "a b"),
            ("DELETE FROM ONLY a USING b WHERE a.id = b.id", "a b"),
            ("SELECT 1 FROM stock FOR NO KEY UPDATE SKIP LOCKED", "stock"),
            ("SELECT 1 FROM stock FOR UPDATE OF stock", "stock"),
            ("SELECT extract(year FROM at), trim(both FROM x) FROM orders", "orders"),
            ("SELECT a IS DISTINCT FROM b FROM orders", "orders"),
            ("SELECT * FROM generate_series(1, 3) g, orders", "orders"),
            ("SELECT * FROM (SELECT id FROM a) x, b", "a b"),
            ("SELECT * FROM (a JOIN b ON true), c", "a b c"),
            ("WITH x AS (SELECT 1 FROM a) SELECT * FROM x", "a x"),
            ("SELECT 1 -- FROM a\n /* FROM /* b */ FROM c */ FROM d", "d"),
            ("SELECT $$ FROM a $$, $t$ FROM $$ b $t$, E'\\' FROM c', $1 FROM d", "d"),
            ("SELECT * FROM \"Order Lines\" WHERE x = 'a''b FROM c'", "Order Lines"),
            ("CREATE TABLE IF NOT EXISTS orders (id int REFERENCES customers)", "orders"),
            ("TRUNCATE a, b", "a b"),
            ("LOCK TABLE orders IN SHARE MODE", "orders"),
            ("CREATE INDEX i ON orders USING btree (id)", ""),
            ("BEGIN; UPDATE a SET x = 1, y = 2; SELECT 1 FROM b", "a b"),
            ("MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = 1", "a b"),
            ("SELECT now()", ""),
            ("", ""),
        ] {
            assert_eq!(names(sql), expected, "{sql}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(sql in "([ '\"$/*;,.()é-]|FROM|a|E'|/\\*|\\*/|\\$x\\$|--|\n){0,24}") {
            tables(&sql);
        }
    }
}
