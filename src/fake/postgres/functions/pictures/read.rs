//! `to_number`.

use super::super::super::errors::{R, fail, pg};
use super::super::super::types::numeric::Decimal;
use super::super::super::types::{Datum, Typed};
use super::{Mark, Picture, SignPlace, picture};

struct Reader<'t> {
    picture: &'t Picture,
    rest: &'t str,
    /// The sign, or a blank.
    sign: char,
    digits: String,
    before: usize,
    after: usize,
    point: bool,
}

pub(super) fn number(value: &str, pattern: &str) -> R<Datum> {
    if pattern.is_empty() {
        return Ok(Datum::Null);
    }
    let picture = picture(pattern)?;
    if picture.exponent {
        return fail("0A000", "\"EEEE\" not supported for input");
    }
    if picture.roman {
        return fail("0A000", "\"RN\" not supported for input");
    }
    let mut reader = Reader {
        picture: &picture,
        rest: value,
        sign: ' ',
        digits: String::new(),
        before: 0,
        after: 0,
        point: false,
    };
    for mark in &picture.marks {
        if reader.rest.is_empty() {
            break;
        }
        reader.mark(*mark);
    }
    let digits = reader.digits.strip_suffix('.').unwrap_or(&reader.digits);
    let text = format!("{}{digits}", reader.sign);
    let Some(number) = Decimal::parse(&text) else {
        return Err(pg("22P02", format!("invalid input syntax for type numeric: \"{text}\"")));
    };
    let precision = (picture.before + picture.shift + reader.after) as u32;
    let number = number.fit(Typed::numeric(precision, reader.after as i32))?;
    if !picture.shifts {
        return Ok(Datum::decimal(number));
    }
    let factor = Decimal::parse(&format!("1e-{}", picture.shift)).unwrap_or(Decimal::NaN);
    // As many digits as PostgreSQL's power of ten has.
    Ok(Datum::decimal(number.mul(&factor.rounded(16))))
}

impl Reader<'_> {
    fn first(&self) -> char {
        self.rest.chars().next().unwrap_or('\0')
    }

    fn advance(&mut self) {
        self.rest = self.rest.get(self.first().len_utf8()..).unwrap_or("");
    }

    fn mark(&mut self, mark: Mark) {
        match mark {
            Mark::Nine | Mark::Zero | Mark::Point => {
                self.number(mark != Mark::Point);
                self.advance();
            }
            // PostgreSQL believes itself before the number's first digit throughout.
            Mark::Comma | Mark::Group => {
                if !self.picture.narrow && self.first() == ',' {
                    self.advance();
                }
            }
            Mark::Currency => self.skip(1),
            Mark::Ordinal { .. } => {
                if self.sign != '-' && !self.picture.point {
                    self.skip(2);
                }
            }
            Mark::Minus => match self.first() {
                '-' => self.signed('-'),
                _ => self.skip(1),
            },
            Mark::Plus => match self.first() {
                '+' => self.signed('+'),
                _ => self.skip(1),
            },
            Mark::PlusMinus => match self.first() {
                sign @ ('-' | '+') => self.signed(sign),
                _ => self.skip(1),
            },
            Mark::Literal(_) => self.advance(),
            Mark::Blank
            | Mark::Exponent
            | Mark::Narrow
            | Mark::Brackets
            | Mark::Roman { .. }
            | Mark::Sign
            | Mark::Shift
            | Mark::Ignored => {}
        }
    }

    fn signed(&mut self, sign: char) {
        self.sign = sign;
        self.advance();
    }

    /// Steps over what is no part of a number.
    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            if self.rest.is_empty() || "0123456789.,+-".contains(self.first()) {
                return;
            }
            self.advance();
        }
    }

    /// Reads up to, but not over, the last character that belongs to this place.
    fn number(&mut self, digit: bool) {
        if self.first() == ' ' {
            self.advance();
        }
        if self.rest.is_empty() {
            return;
        }
        let before_sign = self.picture.sign == SignPlace::Before;
        if self.sign == ' ' && digit && self.before + self.after == 0 {
            match self.first() {
                '-' => self.signed('-'),
                '+' => self.signed('+'),
                '<' if self.picture.brackets && !before_sign => self.signed('-'),
                _ => {}
            }
        }
        if self.rest.is_empty() {
            return;
        }
        let mut read = false;
        if self.first().is_ascii_digit() {
            if self.point && self.after == self.picture.after {
                return;
            }
            self.digits.push(self.first());
            *(if self.point { &mut self.after } else { &mut self.before }) += 1;
            read = true;
        } else if self.picture.point && !self.point && self.first() == '.' {
            self.digits.push('.');
            self.point = true;
            read = true;
        }
        if self.sign != ' ' || self.before + self.after == 0 {
            return;
        }
        let signed = self.picture.sign != SignPlace::None;
        let next = self.rest.chars().nth(1);
        match next {
            Some(next) if signed && read && !next.is_ascii_digit() => {
                if let '-' | '+' = next {
                    self.sign = next;
                    self.advance();
                }
            }
            _ if !read && !signed && (self.picture.plus || self.picture.minus) => {
                if let sign @ ('-' | '+') = self.first() {
                    self.sign = sign;
                }
            }
            _ => {}
        }
    }
}
