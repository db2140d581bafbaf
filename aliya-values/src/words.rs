//! Single values as they are written: numbers, texts, truth values, nothing.

/// The characters that a player's id may have at most.
pub const PLAYER_MAX_CHARS: usize = 128;

/// What YAML reads as nothing where it is not quoted.
const NULLS: [&str; 4] = ["~", "null", "Null", "NULL"];

/// What a single value is wanted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A whole number of 64 bits.
    Int,
    /// A finite number.
    Float,
    /// `true` or `false`.
    Bool,
    /// Text without U+0000.
    Text,
    /// A player's id.
    Player,
}

/// Whether a value is of a type; `plain` where it stands there without quotes.
pub fn fits(word: Word, text: &str, plain: bool) -> bool {
    match word {
        Word::Int => plain && is_int(text),
        Word::Float => plain && is_float(text),
        Word::Bool => plain && matches!(text, "true" | "false"),
        Word::Text | Word::Player => !is_null(text, plain) && key_fits(word, text),
    }
}

/// Whether the key of a map is of a type: with quotes or without.
pub fn key_fits(word: Word, text: &str) -> bool {
    match word {
        Word::Text => !text.contains('\0'),
        Word::Player => {
            (1..=PLAYER_MAX_CHARS).contains(&text.chars().count()) && !text.contains('\0')
        }
        _ => fits(word, text, true),
    }
}

/// Whether nothing is meant by it.
pub fn is_null(text: &str, plain: bool) -> bool {
    plain && NULLS.contains(&text)
}

/// How many brackets a text opens and does not close, less those that it closes and did not open; a curly
/// quote at its beginning opens one, too. Where more are opened, YAML took a text apart at a comma that was
/// meant as a part of it.
pub fn open_signs(text: &str) -> i64 {
    let brackets = text.bytes().map(|byte| match byte {
        b'(' | b'[' | b'{' => 1,
        b')' | b']' | b'}' => -1,
        _ => 0,
    });
    let (begins, ends) = (text.starts_with('\u{201c}'), text.contains('\u{201d}'));
    brackets.sum::<i64>() + i64::from(begins) - i64::from(ends)
}

/// `20`, `-3`
fn is_int(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let written = digits.bytes().all(|b| b.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    written && !padded && text != "-0" && text.parse::<i64>().is_ok()
}

/// `0.5`, `20`, `1e-3`
fn is_float(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let starts = digits.starts_with(|c: char| c.is_ascii_digit());
    let ends = digits.ends_with(|c: char| c.is_ascii_digit());
    let written = digits.bytes().all(|b| b"0123456789.eE+-".contains(&b));
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let value = text.parse::<f64>();
    starts && ends && written && !padded && value.is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_one_way() {
        for (text, int, float) in [
            ("20", true, true),
            ("-3", true, true),
            ("0", true, true),
            ("-0", false, true),
            ("9223372036854775807", true, true),
            ("9223372036854775808", false, true),
            ("0.5", false, true),
            ("1e-3", false, true),
            ("1e400", false, false),
            ("+5", false, false),
            ("0x1F", false, false),
            ("0o10", false, false),
            ("010", false, false),
            ("1_000", false, false),
            (".5", false, false),
            ("5.", false, false),
            (".inf", false, false),
            (".nan", false, false),
            ("0e5", false, false),
            ("", false, false),
            ("-", false, false),
        ] {
            assert_eq!(fits(Word::Int, text, true), int, "{text}");
            assert_eq!(fits(Word::Float, text, true), float, "{text}");
            assert!(!fits(Word::Int, text, false), "{text} in quotes");
        }
    }
}
