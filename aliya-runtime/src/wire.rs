//! Values as they travel in args and replies: JSON, read leniently and written for old clients.

use serde_json::{Map, Value};

use crate::stop::Stop;

/// Why a JSON value is not of the type: what was expected, to stand after "must be".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(pub String);

/// A value that travels in args and replies.
pub trait Wire: Sized {
    /// Reads it, as leniently as old clients need.
    fn read(value: &Value) -> Result<Self, Mismatch>;
    /// Appends it as JSON.
    fn write(&self, out: &mut String);
    /// Whether it is left out of a reply: true for an absent optional.
    fn is_absent(&self) -> bool {
        false
    }
    /// What stands for a key that is not there: an absent optional, else `None`.
    fn absent() -> Option<Self> {
        None
    }
}

/// A function's args: `#[derive(Args)]`.
pub trait Args: Sized + Send + Sync + 'static {
    /// Reads and checks them; [`Stop::Invalid`] says which arg is wrong, and why.
    fn decode(data: &Map<String, Value>) -> Result<Self, Stop>;
    /// Appends them as a JSON object, for a call to another process.
    fn encode(&self, out: &mut String);
}

/// A function's reply: `#[derive(Reply)]`.
pub trait Reply: Sized + Send + 'static {
    /// Appends it as a JSON object.
    fn encode(&self, out: &mut String);
    /// Reads it, after a call to another process.
    fn decode(data: &Map<String, Value>) -> Result<Self, Mismatch>;
}

/// Appends `text` as a JSON string.
pub fn write_text(text: &str, out: &mut String) {
    // Writing a &str as JSON to memory cannot fail.
    out.push_str(&Value::from(text).to_string());
}
