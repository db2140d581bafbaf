//! The step `allow`.

use super::{Expr, Name, Spanned, Template};

/// `allow: name`
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// What is counted.
    pub name: Name,
    /// `max:`
    pub max: Expr,
    /// `per:`; `None` was reported.
    pub per: Option<Spanned<Per>>,
    /// `by:`; the caller where nothing was said.
    pub by: Option<Expr>,
    /// `uses:`; one where nothing was said.
    pub uses: Option<Expr>,
    /// `else:`; `None` was reported.
    pub error: Option<Name>,
    /// `data:`
    pub data: Option<Template>,
    /// `as:`
    pub bind: Option<Name>,
}

/// A window in which uses are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// `per: day`
    Calendar(Calendar),
    /// `per: 90s`, in milliseconds.
    Ms(i64),
}

/// A part of the calendar, in the game's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// A full hour of the local clock.
    Hour,
    /// A date.
    Day,
    /// From Monday to Sunday.
    Week,
    /// From the 1st to the last.
    Month,
}

impl Calendar {
    /// All of them, as they are written.
    pub const ALL: [(&str, Calendar); 4] = [
        ("hour", Calendar::Hour),
        ("day", Calendar::Day),
        ("week", Calendar::Week),
        ("month", Calendar::Month),
    ];
}
