//! The forms that a number or a bool may come in: old clients send them as strings.

use serde_json::Value;

/// An integer of 64 bits: a JSON integer, or a string `-?[0-9]{1,19}`. Minus zero is zero.
pub(super) fn int(value: &Value) -> Option<i64> {
    let Value::String(text) = value else {
        return value.as_i64().or_else(|| minus_zero(value));
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = (1..=19).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// JSON's `-0`, which its reader takes for a float.
fn minus_zero(value: &Value) -> Option<i64> {
    let zero = value.as_f64()?;
    (zero == 0.0 && zero.is_sign_negative()).then_some(0)
}

/// A finite number: a JSON number, or a string of one in decimal notation.
pub(super) fn float(value: &Value) -> Option<f64> {
    let number: f64 = match value {
        Value::String(text) => {
            // Keeps out what Rust reads beyond that: `inf`, `nan`, a leading plus, a bare point.
            let decimal = text.bytes().all(|b| b"0123456789+-.eE".contains(&b));
            let starts = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
            let ends = text.ends_with(|last: char| last.is_ascii_digit());
            (decimal && starts && ends).then(|| text.parse().ok())??
        }
        other => other.as_f64()?,
    };
    // To add zero makes zero of minus zero, and nothing else of any other number.
    number.is_finite().then_some(number + 0.0)
}

/// A bool: a JSON one, 0 or 1, or one of them as a string, also in Python's spelling.
pub(super) fn bool(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(bool) => Some(*bool),
        Value::String(text) => match text.as_str() {
            "1" | "true" | "True" => Some(true),
            "0" | "false" | "False" => Some(false),
            _ => None,
        },
        other => match other.as_i64()? {
            1 => Some(true),
            0 => Some(false),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn an_int_is_a_json_integer_or_its_digits() {
        let read = [
            (json!(0), 0),
            (json!(-7), -7),
            (json!(i64::MAX), i64::MAX),
            (json!("100"), 100),
            (json!("-5"), -5),
            (json!("007"), 7),
            (json!("-0"), 0),
            (serde_json::from_str("-0").unwrap(), 0),
            (json!("9223372036854775807"), i64::MAX),
            (json!("-9223372036854775808"), i64::MIN),
        ];
        for (value, int) in read {
            assert_eq!(super::int(&value), Some(int), "{value}");
        }
        let refused = [
            json!(1.0),
            json!(0.0),
            json!(u64::MAX),
            json!("1.5"),
            json!("1.0"),
            json!(" 1"),
            json!("1 "),
            json!("+1"),
            json!("--1"),
            json!("-"),
            json!(""),
            json!("1e3"),
            json!("0x10"),
            json!("9223372036854775808"),
            json!("00000000000000000001"),
            json!("\u{661}"),
            json!(true),
            json!([1]),
            Value::Null,
        ];
        for value in refused {
            assert_eq!(super::int(&value), None, "{value}");
        }
    }

    #[test]
    fn a_float_is_finite_and_decimal() {
        let read = [
            (json!(1), 1.0),
            (json!(-0.5), -0.5),
            (json!("2.25"), 2.25),
            (json!("-1"), -1.0),
            (json!("-0"), 0.0),
            (json!(-0.0), 0.0),
            (json!("1e-05"), 0.000_01),
            (json!("1E+3"), 1000.0),
        ];
        for (value, float) in read {
            assert_eq!(super::float(&value), Some(float), "{value}");
            assert!(super::float(&value).is_none_or(|it| it != 0.0 || it.is_sign_positive()));
        }
        let refused = [
            json!("inf"),
            json!("-inf"),
            json!("nan"),
            json!("NaN"),
            json!("infinity"),
            json!("1e999"),
            json!("+1"),
            json!(".5"),
            json!("5."),
            json!(" 1"),
            json!("1_0"),
            json!("-"),
            json!("1e"),
            json!(""),
            json!(true),
            Value::Null,
        ];
        for value in refused {
            assert_eq!(super::float(&value), None, "{value}");
        }
    }

    #[test]
    fn a_bool_is_one_of_two_in_any_of_its_forms() {
        for value in [
            json!(true),
            json!(1),
            json!("1"),
            json!("true"),
            json!("True"),
        ] {
            assert_eq!(super::bool(&value), Some(true), "{value}");
        }
        for value in [
            json!(false),
            json!(0),
            json!("0"),
            json!("false"),
            json!("False"),
        ] {
            assert_eq!(super::bool(&value), Some(false), "{value}");
        }
        for value in [
            json!(2),
            json!(1.0),
            json!("TRUE"),
            json!("yes"),
            json!(""),
            Value::Null,
        ] {
            assert_eq!(super::bool(&value), None, "{value}");
        }
    }
}
