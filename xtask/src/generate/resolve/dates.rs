//! `date("2026-11-29")`: a day, or a minute of it, by the clock of the game's time zone. What it is is known
//! when the game is generated: a constant.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZoneDatabase;

use crate::generate::ast::{self, ExprKind};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::declare::Declared;
use super::expr::constant;

/// What it is called in expressions.
pub(super) const NAME: &str = "date";

/// How it is written.
pub(super) const FORM: &str = "`date(\"2026-11-29\")`, or `date(\"2026-11-29 18:30\")`";

/// The time that a text says, in milliseconds since 1970; `None` where it says none.
pub(super) fn read(text: &str, zone: &str) -> Option<i64> {
    let (day, clock) = match text.split_once([' ', 'T']) {
        Some((day, clock)) => (day, Some(clock)),
        None => (text, None),
    };
    let [year, month, day] = parts(day, '-', &[4, 2, 2])?[..] else {
        return None;
    };
    let day = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let clock = match clock {
        None => Time::midnight(),
        Some(clock) => {
            let [hour, minute] = parts(clock, ':', &[2, 2])?[..] else {
                return None;
            };
            Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()?
        }
    };
    // A zone that there is not is said where it is declared.
    let zone = TimeZoneDatabase::bundled().get(zone).ok()?;
    let at = day.to_datetime(clock).to_zoned(zone).ok()?;
    Some(at.timestamp().as_millisecond())
}

/// Numbers with that many digits each.
fn parts(text: &str, between: char, digits: &[usize]) -> Option<Vec<i16>> {
    let parts = text.split(between);
    let numbers = parts.enumerate().map(|(at, part)| {
        let is_it = digits.get(at) == Some(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_it.then(|| part.parse().ok()).flatten()
    });
    numbers.collect()
}

/// The constant that a call of `date` is; what it is instead is said.
pub(super) fn constant_of(
    names: &Declared,
    args: &[ast::Expr],
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<i64> {
    let (place, label) = match args {
        [
            ast::Expr {
                kind: ExprKind::Text(text),
                span,
            },
        ] => match read(text, names.time_zone) {
            Some(time) => return Some(time),
            None => (*span, "no day, or no such one"),
        },
        [arg] => (arg.span, "not a text that stands there"),
        _ => (span, "takes one text"),
    };
    diagnostics
        .error(
            Code::WrongType,
            place,
            "`date` takes a day as a text: year, month and day, and the time of day where that matters",
            label,
        )
        .help(format!("write {FORM}"));
    None
}

impl Body<'_, '_> {
    /// A call of `date` in an expression.
    pub(super) fn date(&mut self, args: &[ast::Expr], span: Span) -> Option<ir::Expr> {
        let names = &self.world.names;
        let time = constant_of(names, args, span, self.diagnostics)?;
        Some(constant(Literal::Int(time), Ty::Time, span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_minutes_are_those_of_the_zone() {
        for (text, zone, expected) in [
            ("1970-01-01", "UTC", Some(0)),
            ("2026-11-29", "UTC", Some(1_795_910_400_000)),
            ("2026-11-29", "Asia/Shanghai", Some(1_795_881_600_000)),
            ("2026-11-29 18:30", "UTC", Some(1_795_977_000_000)),
            ("2026-11-29T18:30", "UTC", Some(1_795_977_000_000)),
            // A midnight that summer time leaves out is the moment at which it would have been.
            ("2018-11-04", "America/Sao_Paulo", Some(1_541_300_400_000)),
            ("2026-02-30", "UTC", None),
            ("2026-11-29 24:00", "UTC", None),
            ("2026-11-29 18:30:00", "UTC", None),
            ("2026-11-29 18:30Z", "UTC", None),
            ("2026-1-9", "UTC", None),
            ("29.11.2026", "UTC", None),
            ("+026-11-29", "UTC", None),
            ("2026-11", "UTC", None),
            ("", "UTC", None),
        ] {
            assert_eq!(read(text, zone), expected, "{text} {zone}");
        }
    }
}
