//! The args of the token server's functions.

use serde_json::{Map, Value};

use crate::stop::Stop;
use crate::types::PlayerId;

/// The longest name (unique_id, account, email, phone number) and password, in characters.
const MAX_CHARS: usize = PlayerId::MAX_CHARS;

/// A text of any length.
pub(super) fn text<'a>(data: &'a Map<String, Value>, arg: &str) -> Result<&'a str, Stop> {
    match data.get(arg) {
        None => Err(missing(arg)),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Stop::Invalid(format!("{arg} must be text"))),
    }
}

/// A text that can name a player: see [`check_name`].
pub(super) fn name<'a>(data: &'a Map<String, Value>, arg: &str) -> Result<&'a str, Stop> {
    let name = text(data, arg)?;
    check_name(arg, name)?;
    Ok(name)
}

/// A name that may be absent or null.
pub(super) fn optional_name<'a>(
    data: &'a Map<String, Value>,
    arg: &str,
) -> Result<Option<&'a str>, Stop> {
    match data.get(arg) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => name(data, arg).map(Some),
    }
}

/// A password to be set. Any characters will do, as long as there are some.
pub(super) fn password(data: &Map<String, Value>) -> Result<&str, Stop> {
    let password = text(data, "password")?;
    check_length("password", password)?;
    Ok(password)
}

/// Names have 1 to 128 characters, none of them a control character: databases do not hold U+0000,
/// logs and consoles act upon the others, and no keyboard types them into a name.
pub(super) fn check_name(arg: &str, name: &str) -> Result<(), Stop> {
    check_length(arg, name)?;
    if name.chars().any(char::is_control) {
        return Err(Stop::Invalid(format!(
            "{arg} must not hold control characters"
        )));
    }
    Ok(())
}

/// Status 10 for an arg that is not there.
pub(super) fn missing(arg: &str) -> Stop {
    Stop::Invalid(format!("{arg} is missing"))
}

fn check_length(arg: &str, text: &str) -> Result<(), Stop> {
    // Counts no further than it must.
    let chars = text.chars().take(MAX_CHARS + 1).count();
    if chars == 0 || chars > MAX_CHARS {
        return Err(Stop::Invalid(format!(
            "{arg} must have 1 to {MAX_CHARS} characters"
        )));
    }
    Ok(())
}
