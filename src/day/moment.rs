//! A moment as the clerk reads it: day and time in Beijing.
//!
//! It reads no clock.

use std::fmt;

use super::month_lengths;

/// How far Beijing is ahead, in seconds.
const BEIJING: u64 = 8 * 3600;
/// The seconds of a day.
const DAY: u64 = 86400;

/// A moment, to the minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: u64,
    /// The day, from 1.
    pub day: u64,
    /// The minutes since midnight.
    minutes: u64,
}

impl Moment {
    /// The moment so many seconds after the beginning of 1970 in Greenwich.
    pub fn after_1970(seconds: u64) -> Self {
        let seconds = seconds + BEIJING;
        let (mut year, mut days) = (1970, seconds / DAY);
        let lengths = |year| month_lengths(year).map(u64::from);
        while days >= lengths(year).iter().sum() {
            days -= lengths(year).iter().sum::<u64>();
            year += 1;
        }
        let mut month = 1;
        for length in lengths(year) {
            if days < length {
                break;
            }
            days -= length;
            month += 1;
        }
        Self { year, month, day: days + 1, minutes: seconds % DAY / 60 }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, minutes } = self;
        write!(f, "{year}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_right_around_new_year_and_leap_days() {
        for (seconds, shown) in [
            (0, "1970-01-01 08:00"),
            (951_753_600, "2000-02-29 00:00"),
            (1_735_660_799, "2024-12-31 23:59"),
            (1_735_660_800, "2025-01-01 00:00"),
            (4_107_513_600, "2100-03-01 00:00"),
        ] {
            assert_eq!(Moment::after_1970(seconds).to_string(), shown);
        }
    }
}
