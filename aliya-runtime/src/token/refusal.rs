//! What becomes of a token that is not taken.

use std::borrow::Cow;

use serde_json::Value;

use super::Refusal;
use crate::stop::{Failure, status};
use crate::wire;

/// Why a token is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValidateError {
    /// It is not a live token: status 11, see [`bad_token`].
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody knows: the token server cannot be asked. Status 13. A token server in this process
    /// always knows; this is for those that ask one elsewhere.
    #[error("the token server is unavailable: {0}")]
    Unavailable(String),
}

/// What a request with a token that is not a live one ends with: status 11, with the token as it
/// came in `data.bad_token`.
///
/// Old clients read a reply as a Python literal, which `null`, `true` and `false` are not: a value
/// that holds one of these goes back as its JSON text.
pub fn bad_token(token: &Value) -> Failure {
    let mut data = String::from("{\"bad_token\":");
    if is_python_literal(token) {
        data.push_str(&token.to_string());
    } else {
        wire::write_text(&token.to_string(), &mut data);
    }
    data.push('}');
    Failure {
        status: status::UNAUTHORIZED,
        message: Cow::Borrowed("Authorization required"),
        data: Some(data),
    }
}

fn is_python_literal(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::Number(_) | Value::String(_) => true,
        Value::Array(items) => items.iter().all(is_python_literal),
        Value::Object(fields) => fields.values().all(is_python_literal),
    }
}
