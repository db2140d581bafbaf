//! The bounds of args and columns: of a number, or of the length of a text, list or map.

use std::cmp::Ordering::{Equal, Greater, Less};
use std::collections::BTreeMap;
use std::fmt::Display;

use super::{Invalid, Key, Wire};

/// What can have a `min` and a `max`.
#[diagnostic::on_unimplemented(message = "a `{Self}` has no `min` and `max`")]
pub trait Bounded {
    /// What is bounded: the number itself, or a length.
    type Size: Copy + PartialOrd + Display;
    /// One of what the length counts, and several; `None` for a number.
    const COUNTED: Option<(&'static str, &'static str)>;
    /// The number or length; `None` for an absent optional, which keeps every bound.
    fn size(&self) -> Option<Self::Size>;
    /// Takes that number; of what has a length, and of an absent optional, nothing changes.
    fn stop_at(&mut self, _number: Self::Size) {}
}

impl Bounded for i64 {
    type Size = i64;
    const COUNTED: Option<(&'static str, &'static str)> = None;
    fn size(&self) -> Option<i64> {
        Some(*self)
    }
    fn stop_at(&mut self, number: i64) {
        *self = number;
    }
}

impl Bounded for f64 {
    type Size = f64;
    const COUNTED: Option<(&'static str, &'static str)> = None;
    fn size(&self) -> Option<f64> {
        Some(*self)
    }
    fn stop_at(&mut self, number: f64) {
        *self = number;
    }
}

impl Bounded for String {
    type Size = i64;
    const COUNTED: Option<(&'static str, &'static str)> = Some(("character", "characters"));
    fn size(&self) -> Option<i64> {
        i64::try_from(self.chars().count()).ok()
    }
}

impl<T: Wire> Bounded for Vec<T> {
    type Size = i64;
    const COUNTED: Option<(&'static str, &'static str)> = Some(("item", "items"));
    fn size(&self) -> Option<i64> {
        i64::try_from(self.len()).ok()
    }
}

impl<K: Key + Ord, T: Wire> Bounded for BTreeMap<K, T> {
    type Size = i64;
    const COUNTED: Option<(&'static str, &'static str)> = Some(("entry", "entries"));
    fn size(&self) -> Option<i64> {
        i64::try_from(self.len()).ok()
    }
}

impl<T: Bounded> Bounded for Option<T> {
    type Size = T::Size;
    const COUNTED: Option<(&'static str, &'static str)> = T::COUNTED;
    fn size(&self) -> Option<T::Size> {
        self.as_ref().and_then(T::size)
    }
    fn stop_at(&mut self, number: T::Size) {
        self.iter_mut().for_each(|value| value.stop_at(number));
    }
}

/// Refuses an arg below `min` with [`Invalid`].
pub fn arg_min<T: Bounded>(name: &str, arg: &T, min: T::Size) -> Result<(), Invalid> {
    match below(arg, min) {
        Some(_) => Err(out_of_range(name, T::COUNTED, "at least", &min)),
        None => Ok(()),
    }
}

/// Refuses an arg above `max` with [`Invalid`].
pub fn arg_max<T: Bounded>(name: &str, arg: &T, max: T::Size) -> Result<(), Invalid> {
    match above(arg, max) {
        Some(_) => Err(out_of_range(name, T::COUNTED, "at most", &max)),
        None => Ok(()),
    }
}

/// The size of `value` where it is not `min` or more. A NaN, which compares with nothing, is out of
/// every bound.
pub(crate) fn below<T: Bounded>(value: &T, min: T::Size) -> Option<T::Size> {
    let within = |size: &T::Size| matches!(size.partial_cmp(&min), Some(Greater | Equal));
    value.size().filter(|size| !within(size))
}

/// The size of `value` where it is not `max` or less.
pub(crate) fn above<T: Bounded>(value: &T, max: T::Size) -> Option<T::Size> {
    let within = |size: &T::Size| matches!(size.partial_cmp(&max), Some(Less | Equal));
    value.size().filter(|size| !within(size))
}

/// A size as a sentence has it: `5`, `1 character`, `5 characters`.
pub(crate) fn sized(size: &dyn Display, counted: Option<(&str, &str)>) -> String {
    let size = size.to_string();
    match counted {
        None => size,
        Some((one, _)) if size == "1" => format!("1 {one}"),
        Some((_, several)) => format!("{size} {several}"),
    }
}

#[cold]
fn out_of_range(
    name: &str,
    counted: Option<(&str, &str)>,
    side: &str,
    bound: &dyn Display,
) -> Invalid {
    let verb = if counted.is_some() { "have" } else { "be" };
    let bound = sized(bound, counted);
    Invalid(format!("`{name}` must {verb} {side} {bound}"))
}
