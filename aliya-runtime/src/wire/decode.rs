//! What the expansions of `Args` and `Reply` take values out of JSON with.

use serde_json::Value;

use super::{Data, Invalid, Mismatch, Wire};

/// The arg of that name. [`Invalid`] where it is missing, unless it is an optional, or is
/// not of its type.
pub fn arg<T: Wire>(data: &Data, name: &str) -> Result<T, Invalid> {
    match given(data, name)?.or_else(T::absent) {
        Some(value) => Ok(value),
        None => Err(missing(name)),
    }
}

/// The arg of that name, `None` where it is missing. [`Invalid`] where it is not of its
/// type.
pub fn given<T: Wire>(data: &Data, name: &str) -> Result<Option<T>, Invalid> {
    let value = data.get(name).map(T::read).transpose();
    value.map_err(|mismatch| ill_typed(name, &mismatch))
}

/// The member of that name of an object.
pub fn member<T: Wire>(data: &Data, name: &str) -> Result<T, Mismatch> {
    match data.get(name) {
        Some(value) => T::read(value).map_err(|mismatch| inside(name, mismatch)),
        None => T::absent().ok_or_else(|| without(name)),
    }
}

/// The items of a JSON array, one after the other.
pub struct Items<'v> {
    items: std::slice::Iter<'v, Value>,
    taken: usize,
}

impl<'v> Items<'v> {
    /// Those of an array that must have `count`.
    pub fn of(value: &'v Value, count: usize) -> Result<Self, Mismatch> {
        let items = Self::any(value)?;
        if items.len() != count {
            return Err(Mismatch(format!("a list of {count}")));
        }
        Ok(items)
    }

    /// Those of an array.
    pub(super) fn any(value: &'v Value) -> Result<Self, Mismatch> {
        match value.as_array() {
            Some(items) => Ok(Self {
                items: items.iter(),
                taken: 0,
            }),
            None => Err(Mismatch("a list".to_owned())),
        }
    }

    /// How many are left.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The next one.
    pub fn take<T: Wire>(&mut self) -> Result<T, Mismatch> {
        let value = self.items.next().unwrap_or(&Value::Null);
        let at = self.taken;
        self.taken += 1;
        T::read(value).map_err(|mismatch| item(at, &mismatch))
    }
}

/// `value` as an object.
pub(super) fn object(value: &Value) -> Result<&Data, Mismatch> {
    let object = value.as_object();
    object.ok_or_else(|| Mismatch("an object".to_owned()))
}

/// What is expected of an object of which a member is wrong.
#[cold]
pub(super) fn inside(name: &str, mismatch: Mismatch) -> Mismatch {
    Mismatch(format!("an object whose `{name}` is {}", mismatch.0))
}

#[cold]
fn without(name: &str) -> Mismatch {
    Mismatch(format!("an object that has `{name}`"))
}

#[cold]
fn item(at: usize, mismatch: &Mismatch) -> Mismatch {
    Mismatch(format!("a list whose [{at}] is {}", mismatch.0))
}

#[cold]
fn missing(name: &str) -> Invalid {
    Invalid(format!("`{name}` is missing"))
}

#[cold]
fn ill_typed(name: &str, mismatch: &Mismatch) -> Invalid {
    Invalid(format!("`{name}` must be {}", mismatch.0))
}
