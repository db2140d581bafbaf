//! Values as they travel in args and replies: JSON, read leniently and written for old clients.
//!
//! Old clients send numbers as strings and evaluate a reply as a Python literal: what is read takes
//! both forms, what is written never holds null, true or false.

pub(crate) mod bounds;
pub mod choice;
mod collections;
mod decode;
mod lenient;
mod scalars;
mod strict;
mod writer;

pub use bounds::{Bounded, arg_max, arg_min};
pub use decode::{Items, arg, given, member};
pub use serde_json::Value;
pub use strict::{Strict, StrictObject};
pub use writer::{ListWriter, ObjectWriter, write_text};

pub(crate) use strict::{Keys, twice};

use std::any::Any;

/// The `data` of a request or reply: a JSON object.
pub type Data = serde_json::Map<String, Value>;

/// Why a JSON value is not of the type: what was expected, to stand after "must be".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(pub String);

/// Why args are refused: a sentence for whoever sent them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

/// Which function args belong to: see [`Outgoing::callee`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Callee {
    /// The manager that has it.
    pub manager: &'static str,
    /// Its name.
    pub function: &'static str,
}

/// A value that replies can have.
#[diagnostic::on_unimplemented(message = "a `{Self}` does not travel: it is not `ToWire`")]
pub trait ToWire {
    /// Appends it as JSON.
    fn write(&self, out: &mut String);
    /// Whether it is left out of a reply: true for an absent optional.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that travels in both directions.
#[diagnostic::on_unimplemented(message = "a `{Self}` does not travel: it is not `Wire`")]
pub trait Wire: ToWire + Sized {
    /// Reads it, as leniently as old clients need.
    fn read(value: &Value) -> Result<Self, Mismatch>;
    /// What stands for a key that is not there: an absent optional, else `None`.
    fn absent() -> Option<Self> {
        None
    }
}

/// A [`Wire`] value that travels as a text or an integer, so that it can be the key of a map.
pub trait Key: Wire {}

/// A function's args: `#[derive(Args)]`.
pub trait Args: Any + Send + Sync {
    /// Reads and checks them; [`Invalid`] says which arg is wrong, and why: the first that
    /// is missing or ill-typed, else the first that is out of range. Unknown keys are ignored.
    fn decode(data: &Data) -> Result<Self, Invalid>
    where
        Self: Sized;
}

/// The args of a function that others call: `#[derive(Outgoing)]`.
pub trait Outgoing: Args {
    /// The function that they are for.
    fn callee(&self) -> Callee;
    /// Checks their bounds, as [`Args::decode`] does: what another function made of them by
    /// calculation has been through no decoding.
    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
    /// Appends them as a JSON object, for a call to another process.
    fn encode(&self, out: &mut String);
}

/// A function's reply, or an object in one: `#[derive(Reply)]` on a struct with named fields. (On a
/// tuple struct, which travels as a JSON array, the derive implements [`ToWire`] alone.)
pub trait Reply: Any + Send {
    /// Appends it as a JSON object, absent optionals left out.
    fn encode(&self, out: &mut String);
}

/// The reply of a function that others call, or an object in one: `#[derive(Incoming)]`. (On a tuple
/// struct the derive implements [`Wire`] alone.)
pub trait Incoming: Reply + Sized {
    /// Reads it, after a call to another process. Unknown keys are ignored.
    fn decode(data: &Data) -> Result<Self, Mismatch>;
}

/// Replies nest.
impl<R: Reply> ToWire for R {
    fn write(&self, out: &mut String) {
        self.encode(out);
    }
}

impl<R: Incoming> Wire for R {
    fn read(value: &Value) -> Result<Self, Mismatch> {
        R::decode(decode::object(value)?)
    }
}
