//! What a text has said field by field, put together to a date and a time.

use super::super::super::errors::{R, fail, pg};
use super::super::super::types::datetime::{
    JULIAN_DAY_0, civil_of, days_in_month, days_of, weekday,
};
use super::super::super::types::datewords::Fault;
use super::Calendar;

#[derive(Default)]
pub(super) struct Fields {
    pub(super) calendar: Option<Calendar>,
    pub(super) half_day: bool,
    pub(super) hour: i64,
    pub(super) afternoon: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) second_of_day: i64,
    /// 1 is Sunday.
    pub(super) weekday: i64,
    pub(super) day: i64,
    pub(super) day_of_year: i64,
    pub(super) month: i64,
    pub(super) millis: i64,
    pub(super) micros: i64,
    pub(super) year: i64,
    pub(super) year_digits: i64,
    pub(super) bc: i64,
    pub(super) week: i64,
    pub(super) week_of_month: i64,
    pub(super) century: i64,
    pub(super) julian: i64,
    pub(super) zone_sign: i64,
    pub(super) zone_hour: i64,
    pub(super) zone_minute: i64,
    pub(super) digits: Option<i32>,
}

/// The day on which that week of the ISO year begins, in days since 1970.
fn iso_week_begin(year: i64, week: i64) -> i64 {
    let fourth = days_of(year, 1, 4);
    fourth - (weekday(fourth) + 6) % 7 + (week - 1) * 7
}

impl Fields {
    pub(super) fn time(&self) -> R<(i64, i64, i64)> {
        let of_day = self.second_of_day;
        let (mut hour, mut minute, mut second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        if self.second != 0 {
            second = self.second;
        }
        if self.minute != 0 {
            minute = self.minute;
        }
        if self.hour != 0 {
            hour = self.hour;
        }
        if self.half_day {
            if !(1..=12).contains(&hour) {
                let message = format!("hour \"{hour}\" is invalid for the 12-hour clock");
                let hint = "Use the 24-hour clock, or give an hour between 1 and 12.";
                return Err(pg("22007", message).with_hint(hint));
            }
            if self.afternoon != 0 && hour < 12 {
                hour += 12;
            } else if self.afternoon == 0 && hour == 12 {
                hour = 0;
            }
        }
        Ok((hour, minute, second))
    }

    /// The year, if there is one: 0 is 1 BC.
    fn full_year(&self) -> Option<i64> {
        let century = if self.bc != 0 { -self.century } else { self.century };
        if self.year != 0 && century != 0 && self.year_digits <= 2 {
            let year = self.year % 100;
            return Some(match (year, century >= 0) {
                (0, true) => century * 100,
                (0, false) => century * 100 + 1,
                (year, true) => year + (century - 1) * 100,
                (year, false) => (century + 1) * 100 - year + 1,
            });
        }
        if self.year != 0 {
            let year = if self.bc != 0 { -self.year } else { self.year };
            return Some(if year < 0 { year + 1 } else { year });
        }
        match century {
            0 => None,
            century if century > 0 => Some((century - 1) * 100 + 1),
            century => Some(century * 100 + 1),
        }
    }

    /// Year, month and day; `None` if they are no date.
    pub(super) fn date(&self) -> R<Option<(i64, i64, i64)>> {
        let given = self.full_year();
        let (mut year, mut month, mut day) = (given.unwrap_or(0), 1, 1);
        // What has been said: the day, and the month.
        let (mut has_day, mut has_month, mut has_year) = (false, false, given.is_some());
        let mut of_year = self.day_of_year;
        if self.julian != 0 {
            (year, month, day) = civil_of(self.julian + JULIAN_DAY_0);
            (has_day, has_month, has_year) = (true, true, true);
        }
        if self.week != 0 {
            if self.calendar == Some(Calendar::IsoWeek) {
                let begin = iso_week_begin(year, self.week);
                let days = match self.weekday {
                    0 => begin,
                    1 => begin + 6,
                    weekday => begin + weekday - 2,
                };
                (year, month, day) = civil_of(days);
                (has_day, has_month, has_year) = (true, true, true);
            } else {
                of_year = (self.week - 1) * 7 + 1;
            }
        }
        let of_month =
            if self.week_of_month != 0 { (self.week_of_month - 1) * 7 + 1 } else { self.day };
        if of_month != 0 {
            (day, has_day) = (of_month, true);
        }
        if self.month != 0 {
            (month, has_month) = (self.month, true);
        }
        if of_year != 0 && (month <= 1 || day <= 1) {
            if year == 0 && self.bc == 0 {
                return fail("22007", "cannot calculate day of year without year information");
            }
            if self.calendar == Some(Calendar::IsoWeek) {
                (year, month, day) = civil_of(iso_week_begin(year, 1) - 1 + of_year);
                (has_day, has_month, has_year) = (true, true, true);
            } else {
                let (found_month, found_day) = by_day_of_year(year, of_year);
                if month <= 1 {
                    month = found_month;
                }
                if day <= 1 {
                    day = found_day;
                }
                (has_day, has_month) = (true, true);
            }
        }
        let fits = (!has_month || (1..=12).contains(&month))
            && (!has_day || (1..=31).contains(&day))
            && (!(has_day && has_month && has_year)
                || day <= days_in_month(year, month.clamp(1, 12)));
        Ok(fits.then_some((year, month, day)))
    }

    pub(super) fn west(&self) -> Result<Option<i32>, Fault> {
        if self.zone_sign == 0 {
            return Ok(None);
        }
        if !(0..=15).contains(&self.zone_hour) || !(0..60).contains(&self.zone_minute) {
            return Err(Fault::Displacement);
        }
        let seconds = (self.zone_hour * 60 + self.zone_minute) * 60;
        Ok(Some((-self.zone_sign * seconds) as i32))
    }
}

/// Month and day; what lies past the year is a day that December does not have.
fn by_day_of_year(year: i64, of_year: i64) -> (i64, i64) {
    let mut left = of_year;
    for month in 1..=12 {
        if left <= days_in_month(year, month) {
            return (month, left);
        }
        left -= days_in_month(year, month);
    }
    (13, left)
}
