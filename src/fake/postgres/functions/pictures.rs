//! `to_char` and `to_number` of numbers: the patterns, and what they say.

mod read;
mod show;

use super::super::errors::{R, fail, pg};
use super::super::types::Datum;
use super::super::types::numeric::Decimal;
use super::{float, functions, int, numeric, text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Comma,
    Point,
    Zero,
    Nine,
    Blank,
    Exponent,
    Narrow,
    Group,
    Currency,
    Minus,
    Plus,
    Brackets,
    Roman {
        lower: bool,
    },
    PlusMinus,
    Sign,
    Ordinal {
        lower: bool,
    },
    Shift,
    /// Means nothing.
    Ignored,
    Literal(char),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SignPlace {
    #[default]
    None,
    Before,
    After,
}

/// What a pattern says as a whole.
#[derive(Clone, Debug, Default)]
struct Picture {
    marks: Vec<Mark>,
    /// Digits before the point, after it, and after `V`.
    before: usize,
    after: usize,
    shift: usize,
    /// Of `S`, and the digits that stand before it.
    sign: SignPlace,
    before_sign: usize,
    /// The places of the first and the last `0`, counted from 1.
    zero_start: usize,
    zero_end: usize,
    zero: bool,
    point: bool,
    narrow: bool,
    brackets: bool,
    minus: bool,
    plus: bool,
    roman: bool,
    shifts: bool,
    exponent: bool,
}

/// Cuts a pattern into marks, and checks that they go together.
fn picture(pattern: &str) -> R<Picture> {
    let mut picture = Picture::default();
    let mut blank = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some((mark, width)) = mark(rest) {
            picture.add(mark, &mut blank)?;
            picture.marks.push(mark);
            rest = &rest[width..];
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let mut chars = quoted.char_indices();
            rest = "";
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        rest = &quoted[at + 1..];
                        break;
                    }
                    '\\' => {
                        let c = chars.next().map_or('\\', |(_, c)| c);
                        picture.marks.push(Mark::Literal(c));
                    }
                    c => picture.marks.push(Mark::Literal(c)),
                }
            }
        } else {
            let escaped = rest.starts_with("\\\"");
            picture.marks.push(Mark::Literal(if escaped { '"' } else { c }));
            rest = &rest[if escaped { 2 } else { c.len_utf8() }..];
        }
    }
    Ok(picture)
}

/// The mark at the begin of the text, and its width. Its letters are all of one case.
fn mark(text: &str) -> Option<(Mark, usize)> {
    const MARKS: [(&str, Mark); 20] = [
        (",", Mark::Comma),
        (".", Mark::Point),
        ("0", Mark::Zero),
        ("9", Mark::Nine),
        ("B", Mark::Blank),
        ("C", Mark::Ignored),
        ("D", Mark::Point),
        ("EEEE", Mark::Exponent),
        ("FM", Mark::Narrow),
        ("G", Mark::Group),
        ("L", Mark::Currency),
        ("MI", Mark::Minus),
        ("PL", Mark::Plus),
        ("PR", Mark::Brackets),
        ("RN", Mark::Roman { lower: false }),
        ("SG", Mark::PlusMinus),
        ("SP", Mark::Ignored),
        ("S", Mark::Sign),
        ("TH", Mark::Ordinal { lower: false }),
        ("V", Mark::Shift),
    ];
    MARKS.iter().find_map(|(name, mark)| {
        let start = text.get(..name.len())?;
        if start == *name {
            return Some((*mark, name.len()));
        }
        (start == name.to_ascii_lowercase()).then(|| {
            let mark = match mark {
                Mark::Roman { .. } => Mark::Roman { lower: true },
                Mark::Ordinal { .. } => Mark::Ordinal { lower: true },
                other => *other,
            };
            (mark, name.len())
        })
    })
}

fn together<T>(marks: &str) -> R<T> {
    fail("42601", format!("cannot use {marks} together"))
}

impl Picture {
    fn add(&mut self, mark: Mark, blank: &mut bool) -> R<()> {
        let signed = self.sign != SignPlace::None;
        if self.exponent && mark != Mark::Exponent {
            return fail("42601", "\"EEEE\" must be the last pattern used");
        }
        match mark {
            Mark::Nine if self.brackets => {
                return fail("42601", "\"9\" must be ahead of \"PR\"");
            }
            Mark::Zero if self.brackets => {
                return fail("42601", "\"0\" must be ahead of \"PR\"");
            }
            Mark::Nine if self.shifts => self.shift += 1,
            Mark::Nine if self.point => self.after += 1,
            Mark::Nine => self.before += 1,
            Mark::Zero => {
                if !self.zero && !self.point {
                    self.zero = true;
                    self.zero_start = self.before + 1;
                }
                *(if self.point { &mut self.after } else { &mut self.before }) += 1;
                self.zero_end = self.before + self.after;
            }
            Mark::Blank => *blank |= self.before == 0 && self.after == 0 && !self.zero,
            Mark::Point if self.point => return fail("42601", "multiple decimal points"),
            Mark::Point if self.shifts => {
                return fail("42601", "cannot use \"V\" and decimal point together");
            }
            Mark::Point => self.point = true,
            Mark::Narrow => self.narrow = true,
            Mark::Sign if signed => return fail("42601", "cannot use \"S\" twice"),
            Mark::Sign if self.plus || self.minus || self.brackets => {
                return together("\"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\"");
            }
            Mark::Sign if self.point => self.sign = SignPlace::After,
            Mark::Sign => {
                self.sign = SignPlace::Before;
                self.before_sign = self.before;
            }
            Mark::Minus if signed => return together("\"S\" and \"MI\""),
            Mark::Minus => self.minus = true,
            Mark::Plus if signed => return together("\"S\" and \"PL\""),
            Mark::Plus => self.plus = true,
            Mark::PlusMinus if signed => return together("\"S\" and \"SG\""),
            Mark::PlusMinus => (self.plus, self.minus) = (true, true),
            Mark::Brackets if signed || self.plus || self.minus => {
                return together("\"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\"");
            }
            Mark::Brackets => self.brackets = true,
            Mark::Roman { .. } => self.roman = true,
            Mark::Shift if self.point => {
                return fail("42601", "cannot use \"V\" and decimal point together");
            }
            Mark::Shift => self.shifts = true,
            Mark::Exponent if self.exponent => {
                return fail("42601", "cannot use \"EEEE\" twice");
            }
            Mark::Exponent => {
                let others = *blank
                    || self.narrow
                    || signed
                    || self.brackets
                    || self.minus
                    || self.plus
                    || self.roman
                    || self.shifts;
                if others {
                    let detail = "\"EEEE\" may only be used together with digit and decimal point \
                                  patterns.";
                    return Err(pg("42601", "\"EEEE\" is incompatible with other formats")
                        .with_detail(detail));
                }
                self.exponent = true;
            }
            Mark::Comma
            | Mark::Group
            | Mark::Currency
            | Mark::Ordinal { .. }
            | Mark::Ignored
            | Mark::Literal(_) => {}
        }
        Ok(())
    }

    /// What a number is shown as that has no digits, or too many: `##.##`.
    fn overflow(&self) -> String {
        format!("{}.{}", "#".repeat(self.before), "#".repeat(self.after))
    }
}

/// A number as text, without its sign, and whether it is negative.
struct Digits {
    text: String,
    negative: bool,
}

fn signed(text: String) -> Digits {
    match text.strip_prefix('-') {
        Some(digits) => Digits { text: digits.to_owned(), negative: true },
        None => Digits { text, negative: false },
    }
}

fn show_int(value: i64, narrow: bool, pattern: &str) -> R<Datum> {
    if pattern.is_empty() {
        return Ok(Datum::text(""));
    }
    let mut picture = picture(pattern)?;
    if picture.roman {
        return Ok(Datum::text(show::shown(picture, signed(show::roman(value)))));
    }
    if picture.exponent {
        let shown = if narrow {
            show::scientific(value as f64, picture.after)
        } else {
            show::scientific_decimal(&Decimal::int(value), picture.after)
        };
        return Ok(Datum::text(shown));
    }
    let mut value = value;
    if picture.shifts {
        let factor = 10i64.checked_pow(picture.shift as u32);
        let shifted = factor.and_then(|factor| value.checked_mul(factor));
        value = match shifted {
            Some(shifted) if narrow => i64::from(shifted as i32),
            Some(shifted) => shifted,
            None => return fail("22003", "bigint out of range"),
        };
        picture.before += picture.shift;
    }
    let mut digits = signed(value.to_string());
    if picture.after > 0 {
        digits.text.push('.');
        digits.text.push_str(&"0".repeat(picture.after));
    }
    Ok(Datum::text(show::shown(picture, digits)))
}

fn show_numeric(value: &Decimal, pattern: &str) -> R<Datum> {
    if pattern.is_empty() {
        return Ok(Datum::text(""));
    }
    let mut picture = picture(pattern)?;
    if picture.roman {
        let rounded = value.rounded(0).to_i64().filter(|value| i32::try_from(*value).is_ok());
        let Some(rounded) = rounded else {
            return match value.is_nan() {
                true => fail("0A000", "cannot convert NaN to integer"),
                false if !value.is_finite() => fail("0A000", "cannot convert infinity to integer"),
                false => fail("22003", "integer out of range"),
            };
        };
        return Ok(Datum::text(show::shown(picture, signed(show::roman(rounded)))));
    }
    if picture.exponent {
        return Ok(Datum::text(if value.is_finite() {
            show::scientific_decimal(value, picture.after)
        } else {
            show::no_exponent(&picture)
        }));
    }
    let shifted = if picture.shifts {
        picture.before += picture.shift;
        let factor = Decimal::parse(&format!("1e{}", picture.shift)).unwrap_or(Decimal::NaN);
        value.mul(&factor)
    } else {
        value.clone()
    };
    let rounded = shifted.rounded(picture.after as i32);
    Ok(Datum::text(show::shown(picture, signed(rounded.to_string()))))
}

/// `precision` digits are all that the type has.
fn show_float(value: f64, precision: usize, pattern: &str) -> R<Datum> {
    if pattern.is_empty() {
        return Ok(Datum::text(""));
    }
    let mut picture = picture(pattern)?;
    if picture.roman {
        let digits = signed(show::roman(value.round_ties_even() as i64));
        return Ok(Datum::text(show::shown(picture, digits)));
    }
    if picture.exponent {
        return Ok(Datum::text(if value.is_finite() {
            show::scientific(value, picture.after)
        } else {
            show::no_exponent(&picture)
        }));
    }
    let mut value = value;
    if picture.shifts {
        value *= 10f64.powi(picture.shift as i32);
        picture.before += picture.shift;
    }
    let written = |value: f64, digits: usize| match value {
        value if value.is_nan() => "NaN".to_owned(),
        value if value.is_infinite() => if value > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        value => format!("{value:.digits$}"),
    };
    let whole = written(value.abs(), 0).len();
    if whole >= precision {
        picture.after = 0;
    } else if whole + picture.after > precision {
        picture.after = precision - whole;
    }
    let digits = signed(written(value, picture.after));
    Ok(Datum::text(show::shown(picture, digits)))
}

functions! { FUNCTIONS:
    "to_char"(INT4, TEXT) -> TEXT = |_, a| show_int(int(&a[0]), true, text(&a[1]));
    "to_char"(INT8, TEXT) -> TEXT = |_, a| show_int(int(&a[0]), false, text(&a[1]));
    "to_char"(NUMERIC, TEXT) -> TEXT = |_, a| show_numeric(numeric(&a[0]), text(&a[1]));
    "to_char"(FLOAT4, TEXT) -> TEXT = |_, a| show_float(float(&a[0]), 6, text(&a[1]));
    "to_char"(FLOAT8, TEXT) -> TEXT = |_, a| show_float(float(&a[0]), 15, text(&a[1]));
    "to_number"(TEXT, TEXT) -> NUMERIC = |_, a| read::number(text(&a[0]), text(&a[1]));
}
