//! The hashes of values that PostgreSQL's hash tables are built on: they decide the order of groups where
//! no ORDER BY does.
//!
//! Source: Bob Jenkins' `lookup3` hash as PostgreSQL uses it (`hashfn`), and its hash functions of each type.

use bigdecimal::num_bigint::Sign;

use super::Datum;
use super::numeric::Decimal;

/// The hash of a value; zero for NULL. `None` if the order of such values is not known here: JSON, rows and
/// ranges.
pub(crate) fn hash(value: &Datum) -> Option<u32> {
    Some(match value {
        Datum::Null => 0,
        Datum::Bool(value) => of_u32(u32::from(*value)),
        Datum::Int(value) => of_i64(*value),
        Datum::Float(value) => of_float(*value),
        Datum::Numeric(value) => of_numeric(value),
        Datum::Text(text) => of_bytes(text.as_bytes()),
        Datum::Bytes(bytes) => of_bytes(bytes),
        Datum::Uuid(uuid) => of_bytes(uuid.as_bytes()),
        Datum::Date(days @ (i32::MIN | i32::MAX)) => of_u32(*days as u32),
        Datum::Date(days) => of_u32(days.wrapping_sub(DAYS_TO_2000) as u32),
        Datum::Time(micros) => of_i64(*micros),
        Datum::TimeTz(micros, zone) => of_i64(*micros) ^ of_u32(*zone as u32),
        Datum::Timestamp(micros @ (i64::MIN | i64::MAX)) => of_i64(*micros),
        Datum::Timestamp(micros) => of_i64(micros.wrapping_sub(MICROS_TO_2000)),
        Datum::Interval(interval) => {
            let days = i128::from(interval.months) * 30 + i128::from(interval.days);
            of_i64((i128::from(interval.micros) + days * MICROS_PER_DAY) as i64)
        }
        Datum::Array(array) => {
            let mut all = 1u32;
            for item in &array.items {
                all = (all << 5).wrapping_sub(all).wrapping_add(hash(item)?);
            }
            all
        }
        Datum::Json(_) | Datum::Record(_) | Datum::Composite(_) | Datum::Range(_) => return None,
    })
}

const DAYS_TO_2000: i32 = 10_957;
const MICROS_PER_DAY: i128 = 86_400_000_000;
const MICROS_TO_2000: i64 = 946_684_800_000_000;

/// Scrambles a combined hash, as tables do that are indexed by its low bits.
pub(crate) fn scramble(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Integers of all sizes that are equal have the same hash.
fn of_i64(value: i64) -> u32 {
    let high = (value >> 32) as u32;
    of_u32(value as u32 ^ if value >= 0 { high } else { !high })
}

fn of_float(value: f64) -> u32 {
    if value == 0.0 {
        return 0;
    }
    of_bytes(&if value.is_nan() { f64::NAN } else { value }.to_le_bytes())
}

/// Over the digits to base 10,000, without zeros before and after them.
fn of_numeric(value: &Decimal) -> u32 {
    let Decimal::Finite { digits, scale } = value else { return 0 };
    if digits.sign() == Sign::NoSign {
        return u32::MAX;
    }
    // Digits after the point fill up their last group of four.
    let fill = (4 - scale % 4) % 4;
    let text = format!("{}{}", digits.magnitude(), "0".repeat(fill as usize));
    let groups_after = ((scale + fill) / 4) as usize;
    let text = format!("{text:0>width$}", width = text.len().div_ceil(4) * 4);
    let groups: Vec<u16> = text
        .as_bytes()
        .chunks(4)
        .map(|four| four.iter().fold(0, |all, digit| all * 10 + u16::from(digit - b'0')))
        .collect();
    let first = groups.iter().position(|group| *group != 0).unwrap_or_default();
    let last = groups.iter().rposition(|group| *group != 0).unwrap_or_default();
    let weight = groups.len() as i32 - groups_after as i32 - 1 - first as i32;
    let bytes: Vec<u8> =
        groups[first..=last].iter().flat_map(|group| group.to_le_bytes()).collect();
    of_bytes(&bytes) ^ weight as u32
}

fn start(len: usize) -> [u32; 3] {
    [0x9e37_79b9u32.wrapping_add(len as u32).wrapping_add(3_923_095); 3]
}

fn of_u32(value: u32) -> u32 {
    let [a, b, c] = start(4);
    finish(a.wrapping_add(value), b, c)
}

fn of_bytes(bytes: &[u8]) -> u32 {
    let [mut a, mut b, mut c] = start(bytes.len());
    let word =
        |bytes: &[u8]| bytes.iter().rev().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
    let mut whole = bytes.chunks_exact(12);
    for twelve in &mut whole {
        a = a.wrapping_add(word(&twelve[..4]));
        b = b.wrapping_add(word(&twelve[4..8]));
        c = c.wrapping_add(word(&twelve[8..]));
        (a, b, c) = mix(a, b, c);
    }
    let rest = whole.remainder();
    let part = |from: usize| word(&rest[from.min(rest.len())..(from + 4).min(rest.len())]);
    // The lowest byte of the third word belongs to the length.
    finish(a.wrapping_add(part(0)), b.wrapping_add(part(4)), c.wrapping_add(part(8) << 8))
}

fn mix(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32, u32) {
    let step = |x: &mut u32, y: &mut u32, z: u32, by: u32| {
        *x = x.wrapping_sub(*y) ^ y.rotate_left(by);
        *y = y.wrapping_add(z);
    };
    step(&mut a, &mut c, b, 4);
    step(&mut b, &mut a, c, 6);
    step(&mut c, &mut b, a, 8);
    step(&mut a, &mut c, b, 16);
    step(&mut b, &mut a, c, 19);
    step(&mut c, &mut b, a, 4);
    (a, b, c)
}

fn finish(mut a: u32, mut b: u32, mut c: u32) -> u32 {
    let step = |x: &mut u32, y: u32, by: u32| *x = (*x ^ y).wrapping_sub(y.rotate_left(by));
    step(&mut c, b, 14);
    step(&mut a, c, 11);
    step(&mut b, a, 25);
    step(&mut c, b, 16);
    step(&mut a, c, 4);
    step(&mut b, a, 14);
    step(&mut c, b, 24);
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `hashint4`, `hashint8`, `hashtext`, `hashfloat8` and `hash_numeric` of a real server answer.
    #[test]
    fn hashes_are_those_of_the_server() {
        let numeric = |text: &str| Datum::Numeric(Decimal::parse(text).unwrap().into());
        for (value, expected) in [
            (Datum::Int(1), -1_905_060_026),
            (Datum::Int(-1), 385_747_274),
            (Datum::Int(1 << 40), 1_851_357_687),
            (Datum::Text("abc".into()), -785_388_649),
            (Datum::Text("a text of more than twelve bytes".into()), 1_139_813_685),
            (Datum::Float(1.5), 630_860_146),
            (numeric("1.50"), 692_967_894),
            (numeric("-123456.789"), -1_449_977_329),
            (numeric("1000000"), 1_186_574_834),
        ] {
            assert_eq!(hash(&value), Some(i32::cast_unsigned(expected)), "{value:?}");
        }
    }
}
