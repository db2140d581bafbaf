//! `key=value` on the command line, as the args of a function.

use serde_json::{Map, Value};

use super::Failure;
use crate::wire::Strict;

/// The args that `words` stand for. A value that begins with `[` or `{` is JSON; any other is text,
/// which functions read as a number where they want one.
pub(super) fn parse<'a>(
    words: impl Iterator<Item = &'a String>,
) -> Result<Map<String, Value>, Failure> {
    let mut args = Map::new();
    for word in words {
        let Some((key, text)) = word.split_once('=') else {
            return Err(format!("`{word}` is no arg; write it as key=value").into());
        };
        let value = if text.starts_with(['[', '{']) {
            let read = serde_json::from_str(text);
            let Strict(value) = read.map_err(|error| format!("arg `{key}`: no JSON: {error}"))?;
            value
        } else {
            Value::from(text)
        };
        if args.insert(key.to_owned(), value).is_some() {
            return Err(format!("arg `{key}` stands twice").into());
        }
    }
    Ok(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<String, String> {
        let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
        let args = parse(words.iter()).map_err(|error| error.to_string())?;
        Ok(Value::from(args).to_string())
    }

    #[test]
    fn values_are_text_or_json() {
        let args = parsed(&["a=1", "b=", "c=x=y", "d=[1, \"2\"]", "e={\"f\": 1}"]);
        assert_eq!(
            args.as_deref(),
            Ok(r#"{"a":"1","b":"","c":"x=y","d":[1,"2"],"e":{"f":1}}"#)
        );
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            parsed(&["iron"]),
            Err("`iron` is no arg; write it as key=value".to_owned())
        );
        assert_eq!(
            parsed(&["a=1", "a=2"]),
            Err("arg `a` stands twice".to_owned())
        );
        assert!(parsed(&["a=[1"]).is_err_and(|error| error.starts_with("arg `a`: no JSON")));
    }
}
