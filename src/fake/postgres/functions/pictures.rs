//! `to_char` and `to_number`: patterns of numbers.

use super::super::errors::{R, fail, unsupported};
use super::super::types::Datum;
use super::super::types::numeric::Decimal;
use super::{float, functions, int, numeric, text};

/// What a pattern says.
#[derive(Default)]
struct Picture {
    /// Characters of the pattern that show something, in order.
    marks: Vec<Mark>,
    /// Digits before the point, and after it.
    whole: usize,
    fraction: usize,
    /// Place among the digits before the point of the first `0`.
    zero_from: Option<usize>,
    /// The last `0` after the point, counted from 1.
    zero_to: usize,
    fill: bool,
    sign: Sign,
    ordinal: Option<&'static str>,
    shift: usize,
    shifts: bool,
}

#[derive(Clone, PartialEq)]
enum Mark {
    Digit,
    Point,
    Group,
    Literal(String),
    /// Where an anchored sign stands.
    Sign,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Sign {
    #[default]
    Before,
    /// `S`, anchored to the number: before or after it.
    Anchored,
    /// `MI`
    Minus,
    /// `PR`
    Brackets,
}

fn read(pattern: &str) -> R<Picture> {
    let mut picture = Picture { fill: true, ..Picture::default() };
    let mut point = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').unwrap_or(quoted.len());
            picture.marks.push(Mark::Literal(quoted[..end].into()));
            rest = quoted.get(end + 1..).unwrap_or("");
            continue;
        }
        let two = rest.get(..2).unwrap_or("").to_ascii_uppercase();
        let mut used = 2;
        match two.as_str() {
            "FM" => picture.fill = false,
            "TH" => picture.ordinal = Some(if rest.starts_with("TH") { "TH" } else { "th" }),
            "MI" => {
                picture.sign = Sign::Minus;
                picture.marks.push(Mark::Sign);
            }
            "PL" | "SG" => return Err(unsupported(format!("the pattern \"{two}\" of to_char"))),
            "PR" => picture.sign = Sign::Brackets,
            "RN" | "EE" => return Err(unsupported(format!("the pattern \"{two}\" of to_char"))),
            _ => {
                used = c.len_utf8();
                match c {
                    '9' | '0' => {
                        if picture.shifts {
                            picture.shift += 1;
                            picture.whole += 1;
                        } else if point {
                            picture.fraction += 1;
                            if c == '0' {
                                picture.zero_to = picture.fraction;
                            }
                        } else {
                            if c == '0' {
                                picture.zero_from.get_or_insert(picture.whole);
                            }
                            picture.whole += 1;
                        }
                        picture.marks.push(Mark::Digit);
                    }
                    '.' | 'D' | 'd' => {
                        if point {
                            return fail("42601", "multiple decimal points");
                        }
                        point = true;
                        picture.marks.push(Mark::Point);
                    }
                    ',' | 'G' | 'g' => picture.marks.push(Mark::Group),
                    'S' | 's' => {
                        picture.sign = Sign::Anchored;
                        picture.marks.push(Mark::Sign);
                    }
                    'V' | 'v' => picture.shifts = true,
                    'L' | 'l' => picture.marks.push(Mark::Literal(" ".into())),
                    c => picture.marks.push(Mark::Literal(c.into())),
                }
            }
        }
        rest = &rest[used..];
    }
    Ok(picture)
}

fn shown(value: &Decimal, pattern: &str) -> R<Datum> {
    if pattern.trim_start_matches("FM").eq_ignore_ascii_case("RN") {
        return roman(value, pattern.starts_with("FM"), pattern.ends_with("rn"));
    }
    let picture = read(pattern)?;
    if !value.is_finite() {
        return Err(unsupported("to_char of an infinite number"));
    }
    let scaled = value.mul(&Decimal::int(10i64.pow(picture.shift.min(18) as u32)));
    let rounded = scaled.rounded(picture.fraction as i32);
    let negative = rounded.sign() < 0;
    let digits = rounded.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let whole = if whole == "0" { "" } else { whole };
    let overflow = whole.len() > picture.whole;
    let missing = picture.whole.saturating_sub(whole.len());
    // The first place before the point that shows a digit.
    let first = missing.min(picture.zero_from.unwrap_or(picture.whole));
    // FM drops the zeros at the end that no `0` asks for.
    let kept = fraction.trim_end_matches('0').len().max(picture.zero_to);
    let trailing_minus = picture.sign == Sign::Minus;
    let sign = match (picture.sign, negative) {
        (Sign::Before | Sign::Anchored | Sign::Minus, true) => "-",
        (Sign::Anchored, false) => "+",
        (Sign::Brackets, true) => "<",
        _ if picture.fill => " ",
        _ => "",
    };
    // A lone zero before the point is shown where the pattern has no place after it.
    let lone = whole.is_empty() && picture.fraction == 0 && picture.whole > 0;
    let first = if lone { first.min(picture.whole - 1) } else { first };
    let floats = matches!(picture.sign, Sign::Before | Sign::Brackets)
        || (picture.sign == Sign::Anchored && picture.marks.first() == Some(&Mark::Sign));
    let mut out = String::new();
    let mut signed = !floats;
    let (mut place, mut after, mut point) = (0, 0, false);
    for mark in &picture.marks {
        match mark {
            Mark::Digit if point => {
                after += 1;
                let digit =
                    if overflow { "#" } else { fraction.get(after - 1..after).unwrap_or("0") };
                if picture.fill || after <= kept {
                    out.push_str(digit);
                }
            }
            Mark::Digit => {
                if place >= first && !signed {
                    out.push_str(sign);
                    signed = true;
                }
                if overflow {
                    out.push('#');
                } else if place >= missing {
                    out.push_str(&whole[place - missing..=place - missing]);
                } else if place >= first {
                    out.push('0');
                } else if picture.fill {
                    out.push(' ');
                }
                place += 1;
            }
            Mark::Group if place > first => out.push(','),
            Mark::Group if picture.fill => out.push(' '),
            Mark::Group => {}
            Mark::Point => {
                if !signed {
                    out.push_str(sign);
                    signed = true;
                }
                point = true;
                out.push('.');
            }
            Mark::Literal(text) => out.push_str(text),
            Mark::Sign if !floats && (trailing_minus || picture.sign == Sign::Anchored) => {
                let blank = if picture.fill { " " } else { "" };
                out.push_str(match (negative, picture.sign) {
                    (true, _) => "-",
                    (false, Sign::Anchored) => "+",
                    _ => blank,
                });
            }
            Mark::Sign => {}
        }
    }
    if picture.sign == Sign::Brackets {
        if negative {
            out.push('>');
        } else if picture.fill {
            out.push(' ');
        }
    }
    if let Some(case) = picture.ordinal
        && !negative
    {
        let number = rounded.to_i64().unwrap_or(0);
        let end = match (number % 100, number % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        out.push_str(&if case == "TH" { end.to_uppercase() } else { end.to_owned() });
    }
    Ok(Datum::text(out))
}

fn roman(value: &Decimal, narrow: bool, lower: bool) -> R<Datum> {
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
    let mut number = value.to_i64().unwrap_or(0);
    let mut out = String::new();
    if !(1..=3999).contains(&number) {
        out = "#".repeat(15);
    } else {
        for (step, digits) in STEPS {
            while number >= step {
                out.push_str(digits);
                number -= step;
            }
        }
    }
    let out = if lower { out.to_lowercase() } else { out };
    Ok(Datum::text(if narrow { out } else { format!("{out:>15}") }))
}

fn to_number(value: &str, pattern: &str) -> R<Datum> {
    let picture = read(pattern)?;
    if picture.shifts {
        return Err(unsupported("to_number with V"));
    }
    let mut digits = String::new();
    let mut negative = false;
    let mut room = (picture.whole, picture.fraction, false);
    for c in value.chars() {
        match c {
            '-' | '<' => negative = true,
            '.' if !room.2 && picture.fraction > 0 => {
                room.2 = true;
                digits.push('.');
            }
            '.' => break,
            c if c.is_ascii_digit() => {
                let left = if room.2 { &mut room.1 } else { &mut room.0 };
                if *left == 0 {
                    break;
                }
                *left -= 1;
                digits.push(c);
            }
            _ => {}
        }
    }
    match Decimal::parse(&digits) {
        Some(number) if negative => Ok(Datum::decimal(number.negated())),
        Some(number) => Ok(Datum::decimal(number)),
        None => fail("22P02", "invalid input syntax for type numeric: \" \""),
    }
}

functions! { FUNCTIONS:
    "to_char"(INT4, TEXT) -> TEXT = |_, a| shown(&Decimal::int(int(&a[0])), text(&a[1]));
    "to_char"(INT8, TEXT) -> TEXT = |_, a| shown(&Decimal::int(int(&a[0])), text(&a[1]));
    "to_char"(NUMERIC, TEXT) -> TEXT = |_, a| shown(numeric(&a[0]), text(&a[1]));
    "to_char"(FLOAT8, TEXT) -> TEXT = |_, a| shown(&Decimal::from_float(float(&a[0])), text(&a[1]));
    "to_number"(TEXT, TEXT) -> NUMERIC = |_, a| to_number(text(&a[0]), text(&a[1]));
}
