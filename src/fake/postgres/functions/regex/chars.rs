//! Sets of characters, and what letters, words and blanks are.

/// One-to-one changes of case: a letter whose other case is several letters stays as it is.
pub(in crate::fake::postgres) fn to_lower(c: char) -> char {
    let mut mapped = c.to_lowercase();
    match (mapped.next(), mapped.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// As [`to_lower`].
pub(in crate::fake::postgres) fn to_upper(c: char) -> char {
    let mut mapped = c.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(upper), None) => upper,
        _ => c,
    }
}

/// A named class, as `[:alpha:]` and `\w` have them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    Alnum,
    Alpha,
    Ascii,
    Blank,
    Control,
    Digit,
    Graph,
    Lower,
    Print,
    Punct,
    Space,
    Upper,
    HexDigit,
    Word,
}

impl Class {
    pub(super) fn named(name: &str) -> Option<Class> {
        Some(match name {
            "alnum" => Class::Alnum,
            "alpha" => Class::Alpha,
            "ascii" => Class::Ascii,
            "blank" => Class::Blank,
            "cntrl" => Class::Control,
            "digit" => Class::Digit,
            "graph" => Class::Graph,
            "lower" => Class::Lower,
            "print" => Class::Print,
            "punct" => Class::Punct,
            "space" => Class::Space,
            "upper" => Class::Upper,
            "xdigit" => Class::HexDigit,
            "word" => Class::Word,
            _ => return None,
        })
    }

    fn holds(self, c: char) -> bool {
        match self {
            Class::Alnum => c.is_alphanumeric(),
            Class::Alpha => c.is_alphabetic() || (c.is_numeric() && !c.is_ascii()),
            Class::Ascii => c.is_ascii(),
            Class::Blank => c == ' ' || c == '\t',
            Class::Control => c.is_control(),
            Class::Digit => c.is_ascii_digit(),
            Class::Graph => !c.is_control() && !c.is_whitespace(),
            Class::Lower => c.is_lowercase(),
            Class::Print => !c.is_control(),
            Class::Punct => !c.is_control() && !c.is_whitespace() && !c.is_alphanumeric(),
            // The blanks that do not break a line are no spaces to the C library.
            Class::Space => c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'),
            Class::Upper => c.is_uppercase(),
            Class::HexDigit => c.is_ascii_hexdigit(),
            Class::Word => c == '_' || c.is_alphanumeric(),
        }
    }
}

pub(super) fn is_word(c: char) -> bool {
    Class::Word.holds(c)
}

/// What one place of a pattern matches.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) ignore_case: bool,
    /// A negated set that leaves newlines out, too.
    pub(super) not_newline: bool,
    pub(super) ranges: Vec<(char, char)>,
    /// Classes, and whether they are meant or all but them.
    pub(super) classes: Vec<(Class, bool)>,
}

impl Set {
    pub(super) fn one(c: char, ignore_case: bool) -> Set {
        Set { ranges: vec![(c, c)], ignore_case, ..Set::default() }
    }

    pub(super) fn class(class: Class, meant: bool, ignore_case: bool) -> Set {
        Set { classes: vec![(class, meant)], ignore_case, ..Set::default() }
    }

    /// Every character, or all but newlines.
    pub(super) fn any(not_newline: bool) -> Set {
        Set { negated: true, not_newline, ..Set::default() }
    }

    fn listed(&self, c: char) -> bool {
        self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&c))
            || self.classes.iter().any(|(class, meant)| {
                let class = match class {
                    Class::Lower | Class::Upper if self.ignore_case => Class::Alpha,
                    class => *class,
                };
                class.holds(c) == *meant
            })
    }

    pub(super) fn holds(&self, c: char) -> bool {
        if self.not_newline && c == '\n' {
            return false;
        }
        let listed = self.listed(c)
            || (self.ignore_case && (self.listed(to_lower(c)) || self.listed(to_upper(c))));
        listed != self.negated
    }
}
