//! Escapes and bracket expressions of a regular expression.

use super::super::super::errors::R;
use super::chars::{Class, Set};
use super::parse::{Assertion, Atom, BAD_ESCAPE, Parser, Re, invalid};

const BAD_BRACKETS: &str = "brackets [] not balanced";

impl Parser {
    /// So many digits of that base.
    pub(super) fn digits(&mut self, base: u32, least: usize, most: usize) -> R<u32> {
        let (mut value, mut count) = (0u32, 0);
        while count < most
            && let Some(digit) = self.chars.get(self.at).and_then(|c| c.to_digit(base))
        {
            value = value.saturating_mul(base).saturating_add(digit);
            self.at += 1;
            count += 1;
        }
        if count < least { invalid(BAD_ESCAPE) } else { Ok(value) }
    }

    /// An escape that stands for one character or a class of them.
    pub(super) fn character_escape(&mut self) -> R<Set> {
        let ignore_case = self.options.ignore_case;
        let Some(c) = self.chars.get(self.at).copied() else { return invalid(BAD_ESCAPE) };
        self.at += 1;
        let code = match c {
            'a' => 7,
            'b' => 8,
            'B' => u32::from('\\'),
            'c' => {
                let Some(c) = self.chars.get(self.at).copied() else { return invalid(BAD_ESCAPE) };
                self.at += 1;
                u32::from(c) & 0x1f
            }
            'd' | 'D' => return Ok(Set::class(Class::Digit, c == 'd', ignore_case)),
            's' | 'S' => return Ok(Set::class(Class::Space, c == 's', ignore_case)),
            'w' | 'W' => return Ok(Set::class(Class::Word, c == 'w', ignore_case)),
            'e' => 0x1b,
            'f' => 0xc,
            'n' => 0xa,
            'r' => 0xd,
            't' => 9,
            'v' => 0xb,
            'u' => self.digits(16, 4, 4)?,
            'U' => self.digits(16, 8, 8)?,
            'x' => self.digits(16, 1, 255)?,
            '0'..='9' => {
                self.at -= 1;
                let start = self.at;
                let value = self.digits(8, 1, 3)?;
                if value > 0xff {
                    self.at = start + 2;
                    value >> 3
                } else {
                    value
                }
            }
            c if c.is_ascii_alphanumeric() => return invalid(BAD_ESCAPE),
            c => u32::from(c),
        };
        match char::from_u32(code) {
            Some(c) => Ok(Set::one(c, ignore_case)),
            None => invalid(BAD_ESCAPE),
        }
    }

    pub(super) fn bracket(&mut self) -> R<Atom> {
        let word = |edge| Ok(Atom::Condition(Re::Assert(edge)));
        for (text, edge) in [("[:<:]]", Assertion::WordStart), ("[:>:]]", Assertion::WordEnd)] {
            if self.chars[self.at..].iter().copied().take(6).eq(text.chars()) {
                self.at += 6;
                return word(edge);
            }
        }
        let mut set = Set { ignore_case: self.options.ignore_case, ..Set::default() };
        if self.chars.get(self.at) == Some(&'^') {
            self.at += 1;
            set.negated = true;
            set.not_newline = self.options.newline_stops;
        }
        let start = self.at;
        loop {
            let first = self.at == start;
            let Some(c) = self.chars.get(self.at).copied() else { return invalid(BAD_BRACKETS) };
            if c == ']' && !first {
                self.at += 1;
                return Ok(Atom::Plain(Re::Set(set)));
            }
            if c == '-' && !first && self.chars.get(self.at + 1) != Some(&']') {
                return invalid("invalid character range");
            }
            let Some(low) = self.bracket_item(&mut set)? else { continue };
            let range = self.chars.get(self.at) == Some(&'-')
                && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            if !range {
                set.ranges.push((low, low));
                continue;
            }
            self.at += 1;
            let mut none = Set::default();
            match self.bracket_item(&mut none)? {
                Some(high) if low <= high => set.ranges.push((low, high)),
                _ => return invalid("invalid character range"),
            }
        }
    }

    /// One character of a bracket expression, or `None` for a class, which is added to the set.
    fn bracket_item(&mut self, set: &mut Set) -> R<Option<char>> {
        let Some(c) = self.chars.get(self.at).copied() else { return invalid(BAD_BRACKETS) };
        self.at += 1;
        if c == '\\' {
            let found = self.character_escape()?;
            set.classes.extend(found.classes);
            return Ok(found.ranges.first().map(|(low, _)| *low));
        }
        let kind = match (c, self.chars.get(self.at)) {
            ('[', Some(kind @ ('.' | '=' | ':'))) => *kind,
            ('[', None) => return invalid(BAD_BRACKETS),
            _ => return Ok(Some(c)),
        };
        self.at += 1;
        let rest = &self.chars[self.at..];
        let Some(end) = rest.windows(2).position(|pair| pair == [kind, ']']) else {
            return invalid(BAD_BRACKETS);
        };
        let name: String = rest[..end].iter().collect();
        self.at += end + 2;
        if kind == ':' {
            let Some(class) = Class::named(&name) else {
                return invalid("invalid character class");
            };
            set.classes.push((class, true));
            return Ok(None);
        }
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(Some(c)),
            (None, _) => invalid("invalid collating element"),
            _ => match named_character(&name) {
                Some(c) => Ok(Some(c)),
                None => invalid("invalid collating element"),
            },
        }
    }
}

/// The names that application code might write; the rest of POSIX's list is left out.
fn named_character(name: &str) -> Option<char> {
    Some(match name {
        "NUL" => '\0',
        "tab" => '\t',
        "newline" => '\n',
        "carriage-return" => '\r',
        "space" => ' ',
        "hyphen" | "hyphen-minus" => '-',
        "period" | "full-stop" => '.',
        "comma" => ',',
        "slash" | "solidus" => '/',
        "backslash" | "reverse-solidus" => '\\',
        "left-square-bracket" => '[',
        "right-square-bracket" => ']',
        "circumflex" => '^',
        "underscore" => '_',
        _ => return None,
    })
}
