//! How numbers, bools, texts, players, times and ids travel.

use std::fmt::Write;

use serde_json::Value;

use super::{Key, Mismatch, ToWire, Wire, lenient, write_text};
use crate::types::{Id, PlayerId, Time};

impl ToWire for i64 {
    fn write(&self, out: &mut String) {
        append(out, format_args!("{self}"));
    }
}

impl Wire for i64 {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        lenient::int(value).ok_or_else(|| mismatch("an integer"))
    }
}

impl ToWire for f64 {
    /// Always with a point or an exponent, so that Python reads a float as well.
    ///
    /// # Panics
    ///
    /// On a number that is not finite: JSON has none, and nothing reads, stores or computes one.
    fn write(&self, out: &mut String) {
        assert!(
            self.is_finite(),
            "a float on the wire is finite, not {self}"
        );
        append(out, format_args!("{self:?}"));
    }
}

impl Wire for f64 {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        lenient::float(value).ok_or_else(|| mismatch("a finite number"))
    }
}

impl ToWire for bool {
    /// As 0 or 1: Python has no `true`.
    fn write(&self, out: &mut String) {
        out.push(if *self { '1' } else { '0' });
    }
}

impl Wire for bool {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        lenient::bool(value).ok_or_else(|| mismatch("a bool: 0, 1, true or false"))
    }
}

impl ToWire for String {
    fn write(&self, out: &mut String) {
        write_text(self, out);
    }
}

impl Wire for String {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        text(value).map(str::to_owned)
    }
}

impl ToWire for PlayerId {
    fn write(&self, out: &mut String) {
        write_text(self.as_str(), out);
    }
}

impl Wire for PlayerId {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        let id = text(value)?;
        // Counts no further than it must: the text may be as long as a frame.
        let chars = id.chars().take(Self::MAX_CHARS + 1).count();
        if (1..=Self::MAX_CHARS).contains(&chars) {
            Ok(Self::new(id))
        } else {
            let what = format!("a player's id: text of 1 to {} characters", Self::MAX_CHARS);
            Err(Mismatch(what))
        }
    }
}

impl ToWire for Time {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Wire for Time {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        let time = lenient::int(value).map(Self);
        time.ok_or_else(|| mismatch("a time: an integer of milliseconds"))
    }
}

impl ToWire for Id {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Wire for Id {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        let id = lenient::int(value).map(Self);
        id.ok_or_else(|| mismatch("an id: an integer"))
    }
}

impl Key for i64 {}
impl Key for String {}
impl Key for PlayerId {}
impl Key for Time {}
impl Key for Id {}

/// Text without U+0000, which not every database stores.
fn text(value: &Value) -> Result<&str, Mismatch> {
    let text = value.as_str().ok_or_else(|| mismatch("text"))?;
    if text.contains('\0') {
        return Err(mismatch("text without U+0000"));
    }
    Ok(text)
}

fn append(out: &mut String, what: std::fmt::Arguments<'_>) {
    // A String takes whatever is written to it.
    let _ = out.write_fmt(what);
}

fn mismatch(wanted: &str) -> Mismatch {
    Mismatch(wanted.to_owned())
}
