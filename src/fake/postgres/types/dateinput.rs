//! Reading dates, times and timestamps in every form that PostgreSQL reads.

mod numbers;

use super::super::errors::{R, fail};
use super::datetime::{
    DAY, HOUR, JULIAN_DAY_0, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of,
    is_date,
};
use super::datewords::{
    Fault, Field, Kind, Unit, Word, displacement, fields, fraction, integer, micros, word,
    zone_word,
};
use super::style;
use super::zone::{Abbreviation, Zone};
use super::{Datum, Type};
pub(crate) use numbers::clock;

// Which fields have been read.
const YEAR: u32 = 1;
const MONTH: u32 = 1 << 1;
const DAY_OF_MONTH: u32 = 1 << 2;
const HOURS: u32 = 1 << 3;
const MINUTES: u32 = 1 << 4;
const SECONDS: u32 = 1 << 5;
const FRACTION: u32 = 1 << 6;
const DAY_OF_YEAR: u32 = 1 << 7;
const ZONE: u32 = 1 << 8;
const SUMMER: u32 = 1 << 9;
const SUMMER_WORD: u32 = 1 << 10;
const HALF: u32 = 1 << 11;
const ERA: u32 = 1 << 12;
const WEEKDAY: u32 = 1 << 13;
const SPECIAL: u32 = 1 << 14;
const DATE: u32 = YEAR | MONTH | DAY_OF_MONTH;
const TIME: u32 = HOURS | MINUTES | SECONDS | FRACTION;

type Read<T> = Result<T, Fault>;

#[derive(Default)]
struct Reader {
    /// What has been read.
    mask: u32,
    year: i64,
    month: i64,
    day: i64,
    day_of_year: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    /// Seconds west of UTC.
    west: i32,
    afternoon: Option<bool>,
    bc: bool,
    two_digits: bool,
    julian: bool,
    named_month: bool,
    special: Option<Word>,
    zone: Option<Zone>,
    dated: Option<(&'static str, String)>,
    /// The unit that a word has named for the next number.
    unit: Option<Unit>,
    /// Only a time is wanted.
    time_only: bool,
    /// The transaction's start, in microseconds since 1970.
    now: i64,
}

/// Reads a text as a date, time, or timestamp. `now` is the transaction's start.
pub(crate) fn parse(text: &str, ty: Type, now: i64) -> R<Datum> {
    let time_only = matches!(ty, Type::TIME | Type::TIMETZ);
    let what = match ty {
        Type::DATE => "date",
        Type::TIME => "time",
        Type::TIMETZ => "time with time zone",
        Type::TIMESTAMP => "timestamp",
        _ => "timestamp with time zone",
    };
    let mut reader = Reader { time_only, now, ..Reader::default() };
    match fields(text).and_then(|list| reader.read(&list)) {
        Ok(()) => reader.value(text, ty),
        Err(fault) => Err(fault.raise(text, what)),
    }
}

impl Reader {
    fn value(&self, text: &str, ty: Type) -> R<Datum> {
        let out_of_range = |what| fail("22008", format!("{what} out of range: \"{text}\""));
        match (self.special, ty) {
            (Some(Word::Infinity), Type::DATE) => return Ok(Datum::Date(i32::MAX)),
            (Some(Word::MinusInfinity), Type::DATE) => return Ok(Datum::Date(i32::MIN)),
            (Some(Word::Infinity), _) => return Ok(Datum::Timestamp(i64::MAX)),
            (Some(Word::MinusInfinity), _) => return Ok(Datum::Timestamp(i64::MIN)),
            (Some(_), Type::DATE) => return Ok(Datum::Date(0)),
            (Some(_), _) => return Ok(Datum::Timestamp(0)),
            (None, _) => {}
        }
        let days = days_of(self.year, self.month, self.day);
        match ty {
            Type::TIME => Ok(Datum::Time(self.time())),
            Type::TIMETZ => Ok(Datum::TimeTz(self.time(), self.west)),
            Type::DATE if is_date(days) => Ok(Datum::Date(days as i32)),
            Type::DATE => out_of_range("date"),
            _ => {
                let west = if ty == Type::TIMESTAMPTZ { i64::from(self.west) * SECOND } else { 0 };
                let moment = days
                    .checked_mul(DAY)
                    .and_then(|midnight| midnight.checked_add(self.time() + west))
                    .and_then(|moment| check_timestamp(moment).ok());
                match moment {
                    Some(moment) => Ok(Datum::Timestamp(moment)),
                    None => out_of_range("timestamp"),
                }
            }
        }
    }

    fn time(&self) -> i64 {
        self.hour * HOUR + self.minute * MINUTE + self.second * SECOND + self.micros
    }

    fn read(&mut self, list: &[Field]) -> Read<()> {
        for place in 0..list.len() {
            let mask = self.field(list, place)?;
            if mask & self.mask != 0 {
                return Err(Fault::Format);
            }
            self.mask |= mask;
        }
        self.check_date()?;
        if self.afternoon.is_some() && self.hour > 12 {
            return Err(Fault::Range);
        }
        match self.afternoon {
            Some(false) if self.hour == 12 => self.hour = 0,
            Some(true) if self.hour != 12 => self.hour += 12,
            _ => {}
        }
        if self.special.is_some() {
            return if self.time_only { Err(Fault::Format) } else { Ok(()) };
        }
        if self.time_only {
            self.check_time()?;
            if self.mask & TIME != TIME {
                return Err(Fault::Format);
            }
        } else if self.mask & DATE != DATE {
            return Err(Fault::Format);
        }
        self.find_offset()
    }

    fn field(&mut self, list: &[Field], place: usize) -> Read<u32> {
        let text = list[place].text.as_str();
        match list[place].kind {
            Kind::Date if self.time_only => self.date_of_time(list, place),
            Kind::Date => self.date_field(text),
            Kind::Time => {
                if !self.time_only {
                    match self.unit.take() {
                        None | Some(Unit::Time) => {}
                        Some(_) => return Err(Fault::Format),
                    }
                }
                self.clock(text)?;
                if !self.time_only {
                    self.check_time()?;
                }
                Ok(TIME)
            }
            Kind::Offset => {
                self.west = displacement(text)?;
                Ok(ZONE)
            }
            Kind::Number => match self.unit.take() {
                Some(unit) => self.labelled(text, unit),
                None => self.number(list, place),
            },
            Kind::Word | Kind::Signed => self.word(list, place),
        }
    }

    /// A field with separators, of a date or timestamp.
    fn date_field(&mut self, text: &str) -> Read<u32> {
        if self.unit == Some(Unit::Julian) {
            let (days, rest) = integer(text)?;
            self.set_julian(days);
            self.west = displacement(rest)?;
            self.unit = None;
            return Ok(DATE | TIME | ZONE);
        }
        let dated = self.mask & (MONTH | DAY_OF_MONTH) == MONTH | DAY_OF_MONTH;
        if self.unit.is_none() && !dated {
            return self.date(text);
        }
        if self.unit.is_some() || text.starts_with(|c: char| c.is_ascii_digit()) {
            if !matches!(self.unit.take(), None | Some(Unit::Time)) || self.mask & TIME == TIME {
                return Err(Fault::Format);
            }
            return Ok(self.time_with_offset(text, self.mask)? | ZONE);
        }
        self.set_zone(text)?;
        Ok(ZONE)
    }

    /// Likewise, where only a time is wanted: a date may stand before the time.
    fn date_of_time(&mut self, list: &[Field], place: usize) -> Read<u32> {
        let text = list[place].text.as_str();
        if place == 0
            && list.len() >= 2
            && (list[list.len() - 1].kind == Kind::Date || list[1].kind == Kind::Time)
        {
            return self.date(text);
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            self.set_zone(text)?;
            return Ok(ZONE);
        }
        if self.mask & TIME == TIME {
            return Err(Fault::Format);
        }
        Ok(self.time_with_offset(text, self.mask | DATE)? | ZONE)
    }

    /// `hhmmss-zz`
    fn time_with_offset(&mut self, text: &str, mask: u32) -> Read<u32> {
        let at = text.find('-').ok_or(Fault::Format)?;
        self.west = displacement(&text[at..])?;
        self.joined(&text[..at], mask)
    }

    fn set_zone(&mut self, name: &str) -> Read<()> {
        match Zone::named(name) {
            Some(zone) => self.zone = Some(zone),
            None => return Err(Fault::Zone(name.to_owned())),
        }
        Ok(())
    }

    fn set_julian(&mut self, day: i64) {
        (self.year, self.month, self.day) = civil_of(day + JULIAN_DAY_0);
        self.julian = true;
    }

    /// A number after the word that says what it is: `y2001m02d04`.
    fn labelled(&mut self, text: &str, unit: Unit) -> Read<u32> {
        let (number, rest) = integer(text)?;
        let fractional = matches!(unit, Unit::Julian | Unit::Time | Unit::Second);
        if !(rest.is_empty() || rest.starts_with('.') && fractional) {
            return Err(Fault::Format);
        }
        Ok(match unit {
            Unit::Year => {
                self.year = number;
                YEAR
            }
            Unit::Month if self.mask & MONTH != 0 && self.mask & HOURS != 0 => {
                self.minute = number;
                MINUTES
            }
            Unit::Month => {
                self.month = number;
                MONTH
            }
            Unit::Day => {
                self.day = number;
                DAY_OF_MONTH
            }
            Unit::Hour => {
                self.hour = number;
                HOURS
            }
            Unit::Minute => {
                self.minute = number;
                MINUTES
            }
            Unit::Second => {
                self.second = number;
                if rest.is_empty() {
                    return Ok(SECONDS);
                }
                self.micros = micros(rest)?;
                SECONDS | FRACTION
            }
            Unit::Julian => {
                self.set_julian(number);
                if rest.is_empty() {
                    return Ok(DATE);
                }
                let time = (fraction(rest)? * DAY as f64).round_ties_even() as i64;
                self.set_time(time);
                DATE | TIME
            }
            Unit::Time => match self.joined(text, self.mask | DATE)? {
                TIME => TIME,
                _ => return Err(Fault::Format),
            },
            Unit::Other => return Err(Fault::Format),
        })
    }

    fn set_time(&mut self, time: i64) {
        self.hour = time / HOUR;
        self.minute = time / MINUTE % 60;
        self.second = time / SECOND % 60;
        self.micros = time % SECOND;
    }

    /// A number that says by its length and place what it is.
    fn number(&mut self, list: &[Field], place: usize) -> Read<u32> {
        let text = list[place].text.as_str();
        let point = text.find('.');
        if self.time_only {
            let mask = self.mask | DATE;
            return match point {
                Some(_)
                    if place == 0 && list.len() >= 2 && list[list.len() - 1].kind == Kind::Date =>
                {
                    self.date(text)
                }
                Some(at) if at > 2 => self.joined(text, mask),
                Some(_) => Err(Fault::Format),
                None if text.len() > 4 => self.joined(text, mask),
                None => self.single(text, mask, false),
            };
        }
        match point {
            Some(_) if self.mask & DATE == 0 => self.date(text),
            Some(at) if at > 2 => self.joined(text, self.mask),
            _ if text.len() >= 6 && (self.mask & DATE == 0 || self.mask & TIME == 0) => {
                self.joined(text, self.mask)
            }
            _ => self.single(text, self.mask, self.named_month),
        }
    }

    fn word(&mut self, list: &[Field], place: usize) -> Read<u32> {
        let text = list[place].text.as_str();
        match zone_word(text) {
            Some(Abbreviation::Fixed { east, dst }) => {
                self.west = -east;
                return Ok(if dst { ZONE | SUMMER } else { ZONE });
            }
            Some(Abbreviation::Dated(zone)) => {
                self.dated = Some((zone, text.to_ascii_uppercase()));
                return Ok(ZONE);
            }
            None => {}
        }
        let Some(word) = word(text) else {
            let known = Zone::named(text).ok_or(Fault::Format)?;
            self.zone = Some(known);
            return Ok(ZONE);
        };
        Ok(match word {
            Word::Ignored => 0,
            Word::Now if self.time_only => {
                self.set_time(self.local_now().rem_euclid(DAY));
                TIME
            }
            Word::Allballs => {
                self.set_time(0);
                self.west = 0;
                TIME | ZONE
            }
            Word::Now => {
                let local = self.local_now();
                (self.year, self.month, self.day) = civil_of(local.div_euclid(DAY));
                self.set_time(local.rem_euclid(DAY));
                self.west = -style::zone().east_at(self.now);
                DATE | TIME | ZONE
            }
            Word::Summer => {
                self.west -= 3600;
                SUMMER | SUMMER_WORD
            }
            Word::Afternoon(half) => {
                self.afternoon = Some(half);
                HALF
            }
            Word::BeforeChrist(bc) => {
                self.bc = bc;
                ERA
            }
            Word::Unit(unit) => {
                self.unit = Some(unit);
                0
            }
            Word::IsoTime => {
                let next = list.get(place + 1).map(|field| field.kind);
                let time = matches!(next, Some(Kind::Number | Kind::Time | Kind::Date));
                if !time || (!self.time_only && self.mask & DATE != DATE) {
                    return Err(Fault::Format);
                }
                self.unit = Some(Unit::Time);
                0
            }
            _ if self.time_only => return Err(Fault::Format),
            Word::Today | Word::Tomorrow | Word::Yesterday => {
                let shift = match word {
                    Word::Today => 0,
                    Word::Tomorrow => 1,
                    _ => -1,
                };
                let days = self.local_now().div_euclid(DAY) + shift;
                (self.year, self.month, self.day) = civil_of(days);
                DATE
            }
            Word::Epoch | Word::Infinity | Word::MinusInfinity => {
                self.special = Some(word);
                SPECIAL
            }
            Word::Weekday => WEEKDAY,
            Word::Month(month) => {
                let mut mask = MONTH;
                // The number before was the day after all.
                if self.mask & (MONTH | DAY_OF_MONTH) == MONTH
                    && !self.named_month
                    && (1..=31).contains(&self.month)
                {
                    self.day = self.month;
                    mask = DAY_OF_MONTH;
                }
                self.named_month = true;
                self.month = month;
                mask
            }
        })
    }

    fn local_now(&self) -> i64 {
        style::zone().to_local(self.now).unwrap_or(self.now)
    }

    /// `hh:mm`, `hh:mm:ss`, `hh:mm:ss.f`, `mm:ss.f`
    fn clock(&mut self, text: &str) -> Read<()> {
        let [hour, minute, second, micros] = clock(text, false)?;
        (self.hour, self.minute, self.second, self.micros) = (hour, minute, second, micros);
        if hour > i64::from(i32::MAX) {
            return Err(Fault::Range);
        }
        Ok(())
    }

    fn check_time(&self) -> Read<()> {
        let fits = (0..=24).contains(&self.hour)
            && (0..60).contains(&self.minute)
            && (0..=60).contains(&self.second)
            && (0..=SECOND).contains(&self.micros);
        if fits && self.time() <= DAY { Ok(()) } else { Err(Fault::Range) }
    }

    /// The date as a whole: century, BC, day of the year, and whether there is such a day.
    fn check_date(&mut self) -> Read<()> {
        if self.mask & YEAR != 0 && !self.julian {
            if self.bc {
                if self.year <= 0 {
                    return Err(Fault::Range);
                }
                self.year = 1 - self.year;
            } else if self.two_digits {
                self.year += match self.year {
                    ..70 => 2000,
                    70..100 => 1900,
                    _ => 0,
                };
            } else if self.year <= 0 {
                return Err(Fault::Range);
            }
        }
        if self.mask & DAY_OF_YEAR != 0 {
            let days = days_of(self.year, 1, 1) + self.day_of_year - 1;
            (self.year, self.month, self.day) = civil_of(days);
        }
        if self.mask & MONTH != 0 && !(1..=12).contains(&self.month) {
            return Err(Fault::Order);
        }
        if self.mask & DAY_OF_MONTH != 0 && !(1..=31).contains(&self.day) {
            return Err(Fault::Order);
        }
        if self.mask & DATE == DATE && self.day > days_in_month(self.year, self.month) {
            return Err(Fault::Range);
        }
        Ok(())
    }

    /// The offset from UTC, if a zone gives it or none was given.
    fn find_offset(&mut self) -> Read<()> {
        if self.zone.is_none() && self.dated.is_none() && self.mask & ZONE != 0 {
            return Ok(());
        }
        if self.mask & SUMMER_WORD != 0 {
            return Err(Fault::Format);
        }
        let has_date = self.mask & DATE != 0;
        if has_date && self.mask & DATE != DATE {
            return Err(Fault::Format);
        }
        if let Some(zone) = &self.zone
            && let Some(east) = zone.only_offset()
        {
            self.west = -east;
            return Ok(());
        }
        let days = match has_date {
            true => days_of(self.year, self.month, self.day),
            false if self.zone.is_some() => return Err(Fault::Format),
            false => self.local_now().div_euclid(DAY),
        };
        let local = days.saturating_mul(DAY).saturating_add(self.time());
        self.west = match (&self.zone, &self.dated) {
            (Some(zone), _) => -zone.east_of_local(local),
            (None, Some((zone, word))) => {
                Zone::named(zone).map_or(0, |zone| -zone.abbreviated(word, local, true))
            }
            (None, None) => -style::zone().east_of_local(local),
        };
        Ok(())
    }
}
