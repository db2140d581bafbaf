//! Days, weeks, months and hours in the game's time zone, by the IANA database that is built in.

use jiff::civil::Weekday;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{RoundMode, Timestamp, Unit, Zoned, ZonedRound};

use crate::types::Time;

/// A part of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From a full hour of the local clock.
    Hour,
    /// From midnight; where a clock change leaves midnight out, from the first moment of the date.
    Day,
    /// From Monday.
    Week,
    /// From the 1st.
    Month,
}

/// A window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// A local hour, day, week or month of the game.
    Calendar(Span),
    /// So many milliseconds, in a row since 1970-01-01 UTC.
    Ms(i64),
}

impl Per {
    /// When the window began that `now` is in, and when the next one begins; `None` beyond the
    /// calendar.
    pub(crate) fn window(self, zone: &Zone, now: Time) -> Option<(Time, Time)> {
        match self {
            Self::Calendar(span) => zone.window(span, now),
            Self::Ms(length) => {
                let began = now.0.checked_sub(now.0.checked_rem_euclid(length)?)?;
                Some((Time(began), Time(began.checked_add(length)?)))
            }
        }
    }
}

/// The game's time zone.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of that IANA name, such as `Asia/Shanghai`; `None` where there is none. The machine's
    /// own database is not asked: every process of a game knows the same rules.
    pub fn named(name: &str) -> Option<Self> {
        TimeZoneDatabase::bundled().get(name).ok().map(Self)
    }

    /// When the hour, day, week or month began that `time` is in; `None` beyond the calendar, which
    /// ends with the years -9999 and 9999.
    pub fn start_of(&self, span: Span, time: Time) -> Option<Time> {
        let local = self.local(time)?;
        let start = match span {
            Span::Hour => {
                let down = ZonedRound::new().smallest(Unit::Hour);
                local.round(down.mode(RoundMode::Trunc)).ok()?
            }
            Span::Day => local.start_of_day().ok()?,
            Span::Week => {
                let since_monday = local.weekday().since(Weekday::Monday);
                let monday = local
                    .date()
                    .checked_sub(jiff::Span::new().days(since_monday));
                first_moment(&monday.ok()?, &self.0)?
            }
            Span::Month => first_moment(&local.date().first_of_month(), &self.0)?,
        };
        let start = start.timestamp().as_millisecond();
        // A clock put back within the hour must not make it begin later.
        Some(Time(start.min(time.0)))
    }

    /// When the span began that `time` is in, and when the next one begins.
    pub(crate) fn window(&self, span: Span, time: Time) -> Option<(Time, Time)> {
        let start = self.start_of(span, time)?;
        let local = self.local(start)?;
        let next = match span {
            Span::Hour => return Some((start, Time(start.0.checked_add(3_600_000)?))),
            Span::Day => local.date().tomorrow().ok()?,
            Span::Week => {
                let week = jiff::Span::new().weeks(1);
                local.date().checked_add(week).ok()?
            }
            Span::Month => local.date().last_of_month().tomorrow().ok()?,
        };
        let next = first_moment(&next, &self.0)?.timestamp();
        Some((start, Time(next.as_millisecond())))
    }

    /// The number of the local date that `time` is on: 0 is 1970-01-01, the next day 1.
    pub fn day_of(&self, time: Time) -> Option<i64> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let since = self.local(time)?.date().since((Unit::Day, epoch)).ok()?;
        Some(i64::from(since.get_days()))
    }

    /// The day of the month that `time` is on, from 1.
    pub fn day_of_month(&self, time: Time) -> Option<i64> {
        Some(i64::from(self.local(time)?.day()))
    }

    fn local(&self, time: Time) -> Option<Zoned> {
        let time = Timestamp::from_millisecond(time.0).ok()?;
        Some(time.to_zoned(self.0.clone()))
    }
}

/// The first moment of a date, which is not midnight where the clock is put forward then.
fn first_moment(date: &jiff::civil::Date, zone: &TimeZone) -> Option<Zoned> {
    let midnight = date.to_zoned(zone.clone()).ok()?;
    midnight.start_of_day().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn windows_of_a_length_follow_each_other_from_1970() {
        let utc = Zone::named("UTC").unwrap();
        let window = |now| Per::Ms(90_000).window(&utc, Time(now));
        assert_eq!(window(0), Some((Time(0), Time(90_000))));
        assert_eq!(window(89_999), window(0));
        assert_eq!(window(90_000), Some((Time(90_000), Time(180_000))));
        assert_eq!(window(-1), Some((Time(-90_000), Time(0))));
        assert_eq!(window(i64::MAX), None);
    }

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn at(text: &str) -> Time {
        let time: Timestamp = text.parse().unwrap();
        Time(time.as_millisecond())
    }

    fn start(name: &str, span: Span, time: &str) -> String {
        let start = zone(name).start_of(span, at(time)).unwrap();
        Timestamp::from_millisecond(start.0).unwrap().to_string()
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let day = |name, time| start(name, Span::Day, time);
        assert_eq!(
            day("Asia/Shanghai", "2026-11-22T15:59:59Z"),
            "2026-11-21T16:00:00Z"
        );
        assert_eq!(
            day("Asia/Shanghai", "2026-11-22T16:00:00Z"),
            "2026-11-22T16:00:00Z"
        );
        assert_eq!(
            day("UTC", "2026-11-22T23:59:59.999Z"),
            "2026-11-22T00:00:00Z"
        );
        assert_eq!(
            day("Asia/Kathmandu", "2026-01-01T00:00:00Z"),
            "2025-12-31T18:15:00Z"
        );
    }

    #[test]
    fn clock_changes_make_days_longer_or_shorter() {
        let window = |name: &str, time: &str| {
            let (start, end) = zone(name).window(Span::Day, at(time)).unwrap();
            (end.0 - start.0) / 3_600_000
        };
        assert_eq!(window("Europe/Berlin", "2026-03-29T12:00:00Z"), 23);
        assert_eq!(window("Europe/Berlin", "2026-10-25T12:00:00Z"), 25);
        assert_eq!(window("Europe/Berlin", "2026-10-26T12:00:00Z"), 24);
        // Midnight itself is left out: the day begins at one o'clock.
        let gap = start("America/Sao_Paulo", Span::Day, "2018-11-04T12:00:00Z");
        assert_eq!(gap, "2018-11-04T03:00:00Z");
        // Midnight comes twice: the day begins the first time.
        let twice = start("America/Havana", Span::Day, "2026-11-01T12:00:00Z");
        assert_eq!(twice, "2026-11-01T04:00:00Z");
        // Samoa had no 30 December 2011 at all.
        let samoa = zone("Pacific/Apia");
        let (before, after) = (at("2011-12-30T09:59:59Z"), at("2011-12-30T10:00:00Z"));
        assert_eq!(
            samoa.day_of(after).unwrap() - samoa.day_of(before).unwrap(),
            2
        );
    }

    #[test]
    fn hours_begin_with_the_local_clock_s() {
        let hour = |name, time| start(name, Span::Hour, time);
        assert_eq!(
            hour("Asia/Kolkata", "2026-01-01T00:10:00Z"),
            "2025-12-31T23:30:00Z"
        );
        // The second of two hours of one name begins by itself.
        assert_eq!(
            hour("America/New_York", "2026-11-01T05:30:00Z"),
            "2026-11-01T05:00:00Z"
        );
        assert_eq!(
            hour("America/New_York", "2026-11-01T06:30:00Z"),
            "2026-11-01T06:00:00Z"
        );
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        // 2026-11-22 is a Sunday; in Shanghai it is Monday already at 16:00 UTC.
        let week = |time| start("Asia/Shanghai", Span::Week, time);
        assert_eq!(week("2026-11-22T15:00:00Z"), "2026-11-15T16:00:00Z");
        assert_eq!(week("2026-11-22T16:00:00Z"), "2026-11-22T16:00:00Z");
        let month = |time| start("Europe/Berlin", Span::Month, time);
        assert_eq!(month("2026-10-31T23:30:00Z"), "2026-10-31T23:00:00Z");
        assert_eq!(month("2026-10-31T22:30:00Z"), "2026-09-30T22:00:00Z");
        let berlin = zone("Europe/Berlin");
        assert_eq!(berlin.day_of_month(at("2026-10-31T23:30:00Z")), Some(1));
    }

    #[test]
    fn days_are_numbered_from_1970() {
        assert_eq!(zone("UTC").day_of(Time(0)), Some(0));
        assert_eq!(zone("UTC").day_of(Time(-1)), Some(-1));
        assert_eq!(zone("Asia/Shanghai").day_of(Time(57_600_000)), Some(1));
        assert_eq!(zone("UTC").day_of(Time(i64::MAX)), None);
        assert_eq!(zone("UTC").start_of(Span::Day, Time(i64::MIN)), None);
        assert!(Zone::named("Asia/Shangai").is_none());
    }

    proptest! {
        /// Windows follow each other without gap or overlap, whatever the clocks do.
        #[test]
        fn a_time_is_in_its_own_window(
            ms in -2_000_000_000_000_i64..4_000_000_000_000,
            name in prop::sample::select(vec![
                "UTC", "Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Pacific/Apia",
                "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "America/Havana",
            ]),
            span in prop::sample::select(vec![Span::Hour, Span::Day, Span::Week, Span::Month]),
        ) {
            let (zone, time) = (zone(name), Time(ms));
            let start = zone.start_of(span, time).unwrap();
            prop_assert!(start <= time);
            prop_assert_eq!(zone.start_of(span, start), Some(start));
            if span != Span::Hour {
                let (from, to) = zone.window(span, time).unwrap();
                prop_assert!(from == start && start <= time && time < to);
                prop_assert_eq!(zone.start_of(span, to), Some(to));
            }
        }
    }
}
