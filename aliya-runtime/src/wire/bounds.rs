//! The bounds of args and columns: of a number, or of the length of a text or list.

use std::fmt::Display;

use super::Wire;
use crate::stop::Stop;

/// What can have a `min` and a `max`.
#[diagnostic::on_unimplemented(message = "a `{Self}` has no `min` and `max`")]
pub trait Bounded {
    /// What is bounded: the number itself, or a length.
    type Size: Copy + PartialOrd + Display;
    /// One of what the length counts, and several; `None` for a number.
    const COUNTED: Option<(&'static str, &'static str)>;
    /// The number or length; `None` for an absent optional, which keeps every bound.
    fn size(&self) -> Option<Self::Size>;
}

impl Bounded for i64 {
    type Size = i64;
    const COUNTED: Option<(&'static str, &'static str)> = None;
    fn size(&self) -> Option<i64> {
        Some(*self)
    }
}

impl Bounded for f64 {
    type Size = f64;
    const COUNTED: Option<(&'static str, &'static str)> = None;
    fn size(&self) -> Option<f64> {
        Some(*self)
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

impl<T: Bounded> Bounded for Option<T> {
    type Size = T::Size;
    const COUNTED: Option<(&'static str, &'static str)> = T::COUNTED;
    fn size(&self) -> Option<T::Size> {
        self.as_ref().and_then(T::size)
    }
}

/// Refuses an arg below `min` with [`Stop::Invalid`].
pub fn arg_min<T: Bounded>(name: &str, arg: &T, min: T::Size) -> Result<(), Stop> {
    match arg.size() {
        // Not `size < min`: what does not compare is out of bounds.
        Some(size) if !(size >= min) => Err(out_of_range(name, T::COUNTED, "at least", &min)),
        _ => Ok(()),
    }
}

/// Refuses an arg above `max` with [`Stop::Invalid`].
pub fn arg_max<T: Bounded>(name: &str, arg: &T, max: T::Size) -> Result<(), Stop> {
    match arg.size() {
        Some(size) if !(size <= max) => Err(out_of_range(name, T::COUNTED, "at most", &max)),
        _ => Ok(()),
    }
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
) -> Stop {
    let verb = if counted.is_some() { "have" } else { "be" };
    let bound = sized(bound, counted);
    Stop::Invalid(format!("`{name}` must {verb} {side} {bound}"))
}
