//! `bytea`: parts, encodings, digests.

use bytes::Bytes;
use sha2::Digest;

use super::super::errors::{R, fail, pg};
use super::super::types::cast::int_out_of_range;
use super::super::types::{Datum, Type};
use super::{functions, int, text};

fn bytes(value: &Datum) -> &[u8] {
    if let Datum::Bytes(bytes) = value { bytes } else { &[] }
}

fn made(bytes: impl Into<Bytes>) -> R<Datum> {
    Ok(Datum::Bytes(std::sync::Arc::new(bytes.into())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 in lines of 76 characters, as PostgreSQL writes it.
fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (place, chunk) in bytes.chunks(3).enumerate() {
        if place > 0 && place % 19 == 0 {
            out.push('\n');
        }
        let word =
            chunk.iter().enumerate().fold(0u32, |w, (i, b)| w | (u32::from(*b) << (16 - 8 * i)));
        for digit in 0..4 {
            if digit <= chunk.len() {
                out.push(ALPHABET[(word >> (18 - 6 * digit)) as usize & 63] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// The hint of what ends too early.
const TRUNCATED: &str = "Input data is missing padding, is truncated, or is otherwise corrupted.";

fn from_base64(text: &str) -> R<Vec<u8>> {
    let (mut out, mut word, mut count, mut ends) = (vec![], 0u32, 0, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        if byte == b'=' {
            ends += 1;
            continue;
        }
        let Some(digit) = ALPHABET.iter().position(|known| *known == byte) else {
            return fail(
                "22023",
                format!("invalid symbol \"{}\" found while decoding base64 sequence", byte as char),
            );
        };
        if ends > 0 {
            return fail("22023", "unexpected \"=\" while decoding base64 sequence");
        }
        word = (word << 6) | digit as u32;
        count += 1;
        if count == 4 {
            out.extend([(word >> 16) as u8, (word >> 8) as u8, word as u8]);
            (word, count) = (0, 0);
        }
    }
    match (count, ends) {
        (0, 0) => {}
        (2, 2) => out.push((word >> 4) as u8),
        (3, 1) => out.extend([(word >> 10) as u8, (word >> 2) as u8]),
        _ => return Err(pg("22023", "invalid base64 end sequence").with_hint(TRUNCATED)),
    }
    Ok(out)
}

fn from_hex(text: &str) -> R<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let digit = |byte: u8| {
        (byte as char)
            .to_digit(16)
            .ok_or_else(|| pg("22023", format!("invalid hexadecimal digit: \"{}\"", byte as char)))
    };
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Ok((digit(*high)? * 16 + digit(*low)?) as u8),
            _ => fail("22023", "invalid hexadecimal data: odd number of digits"),
        })
        .collect()
}

/// Bytes beyond ASCII, and zero, as octal escapes.
fn to_escape(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        match byte {
            0 | 128.. => out.push_str(&format!("\\{byte:03o}")),
            b'\\' => out.push_str("\\\\"),
            byte => out.push(*byte as char),
        }
        out
    })
}

fn from_escape(text: &str) -> R<Vec<u8>> {
    let bad = || pg("22P02", "invalid input syntax for type bytea");
    let bytes = text.as_bytes();
    let (mut out, mut at) = (vec![], 0);
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'\\') {
            out.push(b'\\');
            at += 2;
        } else {
            let digits = text.get(at + 1..at + 4).ok_or_else(bad)?;
            out.push(u8::from_str_radix(digits, 8).map_err(|_| bad())?);
            at += 4;
        }
    }
    Ok(out)
}

fn encode(a: &[Datum]) -> R<Datum> {
    Ok(Datum::text(match text(&a[1]).to_ascii_lowercase().as_str() {
        "hex" => hex(bytes(&a[0])),
        "base64" => to_base64(bytes(&a[0])),
        "escape" => to_escape(bytes(&a[0])),
        _ => return fail("22023", format!("unrecognized encoding: \"{}\"", text(&a[1]))),
    }))
}

fn decode(a: &[Datum]) -> R<Datum> {
    made(match text(&a[1]).to_ascii_lowercase().as_str() {
        "hex" => from_hex(text(&a[0]))?,
        "base64" => from_base64(text(&a[0]))?,
        "escape" => from_escape(text(&a[0]))?,
        _ => return fail("22023", format!("unrecognized encoding: \"{}\"", text(&a[1]))),
    })
}

#[derive(PartialEq)]
enum Encoding {
    Utf8,
    Latin1,
    /// Bytes that nobody interprets.
    Ascii,
}

fn encoding(name: &str, role: &str) -> R<Encoding> {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    match plain.to_ascii_lowercase().as_str() {
        "utf8" | "unicode" => Ok(Encoding::Utf8),
        "latin1" | "iso88591" => Ok(Encoding::Latin1),
        "sqlascii" => Ok(Encoding::Ascii),
        "latin2" | "latin9" | "win1252" | "win1251" | "win1250" | "eucjp" | "sjis" | "big5"
        | "gbk" | "koi8r" | "iso88592" | "iso885915" => {
            Err(super::super::errors::unsupported(format!("the encoding {name}")))
        }
        _ => fail("22023", format!("invalid {role} encoding name \"{name}\"")),
    }
}

fn listed(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn valid(bytes: &[u8]) -> R<&str> {
    let bad = match std::str::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            None => return Ok(text),
            Some(_) => &[0][..],
        },
        Err(error) => {
            let bad = &bytes[error.valid_up_to()..];
            // All that the first byte asks for, as far as there is more.
            let wanted = match bad[0] {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf7 => 4,
                _ => 1,
            };
            &bad[..bad.len().min(wanted)]
        }
    };
    fail("22021", format!("invalid byte sequence for encoding \"UTF8\": {}", listed(bad)))
}

fn convert_from(a: &[Datum]) -> R<Datum> {
    let bytes = bytes(&a[0]);
    match encoding(text(&a[1]), "source")? {
        Encoding::Latin1 => Ok(Datum::text(bytes.iter().map(|b| *b as char).collect::<String>())),
        Encoding::Utf8 | Encoding::Ascii => Ok(Datum::text(valid(bytes)?)),
    }
}

fn convert_to(a: &[Datum]) -> R<Datum> {
    let value = text(&a[0]);
    if encoding(text(&a[1]), "destination")? != Encoding::Latin1 {
        return made(value.as_bytes().to_vec());
    }
    let latin = |c: char| {
        u8::try_from(u32::from(c)).map_err(|_| {
            let listed = listed(c.to_string().as_bytes());
            pg(
                "22P05",
                format!(
                    "character with byte sequence {listed} in encoding \"UTF8\" has no equivalent \
                     in encoding \"LATIN1\""
                ),
            )
        })
    };
    made(value.chars().map(latin).collect::<R<Vec<u8>>>()?)
}

fn substring(value: &[u8], start: i64, length: Option<i64>) -> R<Datum> {
    let end = match length {
        Some(length) if length < 0 => {
            return fail("22011", "negative substring length not allowed");
        }
        Some(length) => start.saturating_add(length),
        None => i64::MAX,
    };
    let from = (start.max(1) - 1).min(value.len() as i64) as usize;
    let to = (end - 1).clamp(from as i64, value.len() as i64) as usize;
    made(value[from..to].to_vec())
}

fn byte_at(a: &[Datum]) -> R<usize> {
    let (count, place) = (bytes(&a[0]).len(), int(&a[1]));
    match usize::try_from(place) {
        Ok(place) if place < count => Ok(place),
        _ => fail("2202E", format!("index {place} out of valid range, 0..{}", count as i64 - 1)),
    }
}

/// The byte and the bit in it that a place means: the first bit is the least of the first byte.
fn bit_at(a: &[Datum]) -> R<(usize, u8)> {
    let (count, place) = (bytes(&a[0]).len() as i64 * 8, int(&a[1]));
    if !(0..count).contains(&place) {
        return fail("2202E", format!("index {place} out of valid range, 0..{}", count - 1));
    }
    Ok(((place / 8) as usize, 1 << (place % 8)))
}

fn set_bit(a: &[Datum]) -> R<Datum> {
    let (at, mask) = bit_at(a)?;
    let mut value = bytes(&a[0]).to_vec();
    match int(&a[2]) {
        0 => value[at] &= !mask,
        1 => value[at] |= mask,
        _ => return fail("22023", "new bit must be 0 or 1"),
    }
    made(value)
}

fn overlay(a: &[Datum]) -> R<Datum> {
    let (value, with, start) = (bytes(&a[0]), bytes(&a[1]), int(&a[2]));
    let length = a.get(3).map_or(with.len() as i64, int);
    if start < 1 {
        return fail("22011", "negative substring length not allowed");
    }
    let end = start + length;
    if i32::try_from(end).is_err() {
        return Err(int_out_of_range(Type::INT4));
    }
    let within = |place: i64| (place - 1).clamp(0, value.len() as i64) as usize;
    made([&value[..within(start)], with, &value[within(end)..]].concat())
}

fn trim(a: &[Datum], left: bool, right: bool) -> R<Datum> {
    let (mut value, set) = (bytes(&a[0]), bytes(&a[1]));
    while left && value.first().is_some_and(|byte| set.contains(byte)) {
        value = &value[1..];
    }
    while right && value.last().is_some_and(|byte| set.contains(byte)) {
        value = &value[..value.len() - 1];
    }
    made(value.to_vec())
}

fn position(value: &[u8], wanted: &[u8]) -> Datum {
    if wanted.is_empty() {
        return Datum::Int(1);
    }
    let found = value.windows(wanted.len()).position(|part| part == wanted);
    Datum::Int(found.map_or(0, |at| at as i64 + 1))
}

functions! { FUNCTIONS:
    "encode"(BYTEA, TEXT) -> TEXT = |_, a| encode(a);
    "decode"(TEXT, TEXT) -> BYTEA = |_, a| decode(a);
    "convert_from"(BYTEA, NAME) -> TEXT = |_, a| convert_from(a);
    "convert_to"(TEXT, NAME) -> BYTEA = |_, a| convert_to(a);
    "sha224"(BYTEA) -> BYTEA = |_, a| made(sha2::Sha224::digest(bytes(&a[0])).to_vec());
    "sha256"(BYTEA) -> BYTEA = |_, a| made(sha2::Sha256::digest(bytes(&a[0])).to_vec());
    "sha384"(BYTEA) -> BYTEA = |_, a| made(sha2::Sha384::digest(bytes(&a[0])).to_vec());
    "sha512"(BYTEA) -> BYTEA = |_, a| made(sha2::Sha512::digest(bytes(&a[0])).to_vec());
    "md5"(BYTEA) -> TEXT = |_, a| Ok(Datum::text(hex(&md5::Md5::digest(bytes(&a[0])))));
    "substring"(BYTEA, INT4, INT4) -> BYTEA = |_, a| substring(bytes(&a[0]), int(&a[1]), Some(int(&a[2])));
    "substring"(BYTEA, INT4) -> BYTEA = |_, a| substring(bytes(&a[0]), int(&a[1]), None);
    "substr"(BYTEA, INT4, INT4) -> BYTEA = |_, a| substring(bytes(&a[0]), int(&a[1]), Some(int(&a[2])));
    "substr"(BYTEA, INT4) -> BYTEA = |_, a| substring(bytes(&a[0]), int(&a[1]), None);
    "position"(BYTEA, BYTEA) -> INT4 = |_, a| Ok(position(bytes(&a[0]), bytes(&a[1])));
    "bit_length"(BYTEA) -> INT4 = |_, a| Ok(Datum::Int(bytes(&a[0]).len() as i64 * 8));
    "get_byte"(BYTEA, INT4) -> INT4 = |_, a| Ok(Datum::Int(bytes(&a[0])[byte_at(a)?].into()));
    "set_byte"(BYTEA, INT4, INT4) -> BYTEA = |_, a| {
        let mut value = bytes(&a[0]).to_vec();
        value[byte_at(a)?] = int(&a[2]) as u8;
        made(value)
    };
    "get_bit"(BYTEA, INT8) -> INT4 = |_, a| {
        let (at, mask) = bit_at(a)?;
        Ok(Datum::Int(i64::from(bytes(&a[0])[at] & mask != 0)))
    };
    "set_bit"(BYTEA, INT8, INT4) -> BYTEA = |_, a| set_bit(a);
    "bit_count"(BYTEA) -> INT8 = |_, a| {
        Ok(Datum::Int(bytes(&a[0]).iter().map(|byte| i64::from(byte.count_ones())).sum()))
    };
    "overlay"(BYTEA, BYTEA, INT4) -> BYTEA = |_, a| overlay(a);
    "overlay"(BYTEA, BYTEA, INT4, INT4) -> BYTEA = |_, a| overlay(a);
    "btrim"(BYTEA, BYTEA) -> BYTEA = |_, a| trim(a, true, true);
    "ltrim"(BYTEA, BYTEA) -> BYTEA = |_, a| trim(a, true, false);
    "rtrim"(BYTEA, BYTEA) -> BYTEA = |_, a| trim(a, false, true);
}
