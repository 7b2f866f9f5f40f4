//! A number as a pattern shows it.

use super::super::super::types::numeric::Decimal;
use super::super::templates::ordinal;
use super::{Digits, Mark, Picture, SignPlace};

struct Shower<'d> {
    picture: &'d Picture,
    digits: &'d [u8],
    negative: bool,
    out: String,
    /// The digit to be shown next.
    place: usize,
    /// How many places of the pattern have been passed.
    passed: usize,
    /// Places before the first digit.
    empty: usize,
    /// The place at which the number ends.
    count: usize,
    sign_shown: bool,
    /// A digit has been shown just before.
    in_number: bool,
    /// FM: the last digit after the point that is worth showing.
    last: Option<usize>,
}

pub(super) fn shown(picture: Picture, digits: Digits) -> String {
    let mut picture = picture;
    let Digits { mut text, negative } = digits;
    let mut empty = 0;
    if picture.roman {
        picture = Picture {
            marks: picture.marks,
            narrow: picture.narrow,
            roman: true,
            ..Picture::default()
        };
    } else {
        let whole = text.find('.').unwrap_or(text.len());
        if whole < picture.before {
            empty = picture.before - whole;
        } else if whole > picture.before {
            text = picture.overflow();
        }
    }
    picture.zero_start = picture.zero_start.saturating_sub(1);
    let mut sign_shown = picture.minus;
    if !(picture.plus || picture.minus) {
        if !negative && picture.brackets && picture.narrow {
            picture.brackets = false;
        }
        sign_shown =
            !picture.roman && !negative && picture.narrow && picture.sign == SignPlace::None;
        if picture.sign == SignPlace::Before && picture.before == picture.before_sign {
            picture.sign = SignPlace::After;
        }
    }
    let mut count = (picture.after + picture.before) as i64 - 1;
    if !sign_shown && empty == 0 {
        count += 1;
    }
    let last =
        (picture.narrow && picture.point).then(|| last_digit(&text, &picture, empty)).flatten();
    let marks = picture.marks.clone();
    let mut shower = Shower {
        picture: &picture,
        digits: text.as_bytes(),
        negative,
        out: String::new(),
        place: 0,
        passed: 0,
        empty,
        count: count.max(0) as usize,
        sign_shown,
        in_number: false,
        last,
    };
    for mark in marks {
        shower.mark(mark);
    }
    // Digits that a float does not have end the text, as they do in PostgreSQL.
    shower.out.split('\0').next().unwrap_or_default().to_owned()
}

/// The place of the last digit after the point that is not 0, or that a `0` asks for.
fn last_digit(text: &str, picture: &Picture, empty: usize) -> Option<usize> {
    let point = text.find('.')?;
    let mut last = text.rfind(|c| c != '0').unwrap_or(point).max(point);
    if picture.zero_end > empty {
        last = last.max((text.len() - 1).min(picture.zero_end - empty));
    }
    Some(last)
}

impl Shower<'_> {
    fn digit(&self, place: usize) -> u8 {
        self.digits.get(place).copied().unwrap_or(0)
    }

    fn last_is_point(&self) -> bool {
        self.last.is_some_and(|place| self.digit(place) == b'.')
    }

    fn mark(&mut self, mark: Mark) {
        let blank = if self.picture.narrow { "" } else { " " };
        match mark {
            Mark::Nine | Mark::Zero | Mark::Point => self.number(mark),
            Mark::Comma | Mark::Group => {
                self.out.push_str(if self.in_number { "," } else { blank });
            }
            Mark::Currency => self.out.push(' '),
            Mark::Roman { lower } => {
                let digits = String::from_utf8_lossy(self.digits).into_owned();
                let digits = if lower { digits.to_ascii_lowercase() } else { digits };
                if self.picture.narrow {
                    self.out.push_str(&digits);
                } else {
                    self.out.push_str(&format!("{digits:>15}"));
                }
            }
            Mark::Ordinal { lower } => {
                let plain = !self.picture.roman
                    && self.digit(0) != b'#'
                    && !self.negative
                    && !self.picture.point;
                if plain {
                    let ending = ordinal(&String::from_utf8_lossy(self.digits)).to_owned();
                    let ending = if lower { ending } else { ending.to_ascii_uppercase() };
                    self.out.push_str(&ending);
                }
            }
            Mark::Minus => self.out.push_str(if self.negative { "-" } else { blank }),
            Mark::Plus if self.roman() => self.out.push_str(blank),
            Mark::Plus => self.out.push_str(if self.negative { blank } else { "+" }),
            Mark::PlusMinus if self.roman() => self.out.push('\0'),
            Mark::PlusMinus => self.out.push(if self.negative { '-' } else { '+' }),
            Mark::Literal(c) => self.out.push(c),
            Mark::Blank
            | Mark::Exponent
            | Mark::Narrow
            | Mark::Brackets
            | Mark::Sign
            | Mark::Shift
            | Mark::Ignored => {}
        }
    }

    fn roman(&self) -> bool {
        self.picture.roman
    }

    /// True if the zero before the point is not to be shown.
    fn hides_zero(&self) -> bool {
        !self.picture.zero && self.place == 0 && self.digit(0) == b'0' && self.picture.after != 0
    }

    fn sign_text(&self) -> char {
        if self.negative { '-' } else { '+' }
    }

    fn sign(&mut self) {
        let begun = self.passed >= self.empty
            || (self.picture.zero && self.picture.zero_start == self.passed);
        if self.sign_shown || !begun || (self.hides_zero() && !self.last_is_point()) {
            return;
        }
        match (self.picture.sign, self.negative) {
            (SignPlace::After, _) => return,
            (SignPlace::Before, _) => self.out.push(self.sign_text()),
            (SignPlace::None, negative) if self.picture.brackets => {
                self.out.push(if negative { '<' } else { ' ' });
            }
            (SignPlace::None, true) => self.out.push('-'),
            (SignPlace::None, false) if self.picture.narrow => {}
            (SignPlace::None, false) => self.out.push(' '),
        }
        self.sign_shown = true;
    }

    /// One place of the number.
    fn number(&mut self, mark: Mark) {
        if self.roman() {
            return;
        }
        self.in_number = false;
        self.sign();
        let before = self.passed < self.empty;
        let leads = self.picture.zero && self.picture.zero_start <= self.passed;
        if before && !leads {
            if !self.picture.narrow {
                self.out.push(' ');
            }
        } else if before {
            self.out.push('0');
            self.in_number = true;
        } else {
            self.show_digit(mark);
            if self.digit(self.place) != 0 {
                self.place += 1;
            }
        }
        let mut end = self.count + usize::from(self.empty > 0) + usize::from(self.picture.point);
        if self.last == Some(self.place) {
            end = self.passed;
        }
        if self.passed + 1 == end {
            if self.sign_shown && self.picture.brackets {
                self.out.push(if self.negative { '>' } else { ' ' });
            } else if self.picture.sign == SignPlace::After {
                self.out.push(self.sign_text());
            }
        }
        self.passed += 1;
    }

    fn show_digit(&mut self, mark: Mark) {
        let digit = self.digit(self.place);
        if digit == b'.' {
            if !self.last_is_point() || self.picture.narrow {
                self.out.push('.');
            }
        } else if self.last.is_some_and(|last| self.place > last) && mark != Mark::Zero {
            // Not worth showing.
        } else if self.hides_zero() {
            if !self.picture.narrow {
                self.out.push(' ');
            } else if self.last_is_point() {
                self.out.push('0');
            }
        } else {
            self.out.push(char::from(digit));
            self.in_number = true;
        }
    }
}

/// `XIV`; a row of `#` for what has no Roman form.
pub(super) fn roman(value: i64) -> String {
    const STEPS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&value) {
        return "#".repeat(15);
    }
    let mut left = value;
    let mut out = String::new();
    for (step, digits) in STEPS {
        while left >= step {
            out.push_str(digits);
            left -= step;
        }
    }
    out
}

/// ` 1.23e+04`
pub(super) fn scientific(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    with_exponent(mantissa, exponent.parse().unwrap_or(0))
}

fn with_exponent(mantissa: &str, exponent: i32) -> String {
    let blank = if mantissa.starts_with('-') { "" } else { " " };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{blank}{mantissa}e{sign}{:02}", exponent.abs())
}

/// Likewise, exactly.
pub(super) fn scientific_decimal(value: &Decimal, digits: usize) -> String {
    let text = value.abs().to_string();
    let point = text.find('.').unwrap_or(text.len()) as i32;
    let all: String = text.chars().filter(char::is_ascii_digit).collect();
    let zeros = all.bytes().take_while(|b| *b == b'0').count() as i32;
    let exponent = if value.is_zero() { 0 } else { point - zeros - 1 };
    let scale = Decimal::parse(&format!("1e{}", -exponent)).unwrap_or(Decimal::NaN);
    let mut mantissa = value.mul(&scale).rounded(digits as i32);
    let mut exponent = exponent;
    if mantissa.abs() >= Decimal::int(10) {
        exponent += 1;
        let scale = Decimal::parse(&format!("1e{}", -exponent)).unwrap_or(Decimal::NaN);
        mantissa = value.mul(&scale).rounded(digits as i32);
    }
    with_exponent(&mantissa.to_string(), exponent)
}

/// What EEEE shows of NaN and the infinities.
pub(super) fn no_exponent(picture: &Picture) -> String {
    let mut out: Vec<char> = vec!['#'; picture.before + picture.after + 6];
    out[0] = ' ';
    out[picture.before + 1] = '.';
    out.into_iter().collect()
}
