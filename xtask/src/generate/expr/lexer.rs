//! An expression's text to tokens.

use std::ops::Range;

use super::Mistake;
use crate::generate::diagnostic::Code;

/// A token and its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub kind: TokenKind<'a>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'a> {
    /// `20` or `0.5`, as written.
    Number(&'a str),
    /// `"text"`, without quotes and escapes.
    Text(String),
    /// A name, or a word such as `and`.
    Name(&'a str),
    /// A sign of [`SIGNS`].
    Sign(&'static str),
    /// Behind the last one.
    End,
}

/// Longer ones first.
const SIGNS: [&str; 20] = [
    "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ",",
    ".", ":",
];

/// Signs of other languages, and what they are here. Longer ones first.
const OTHER_SIGNS: [(&str, &str); 12] = [
    ("===", "write `==`"),
    ("!==", "write `!=`"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("<>", "write `!=`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("**", "multiply the number with itself, or use a table"),
    ("++", "write `+ 1`"),
    ("=", "write `==` to compare"),
    ("!", "write `not`"),
    ("?", "write `if c { a } else { b }`"),
];

/// The tokens of a text, the last one [`TokenKind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Box<Mistake>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at = text.len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            tokens.push(Token {
                kind: TokenKind::End,
                range: text.trim_end().len()..text.trim_end().len(),
            });
            return Ok(tokens);
        };
        let (kind, length) = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                let length = word_length(rest);
                (TokenKind::Name(&rest[..length]), length)
            }
            '0'..='9' => number(rest, at)?,
            '"' => string(rest, at)?,
            _ => sign(rest, at)?,
        };
        tokens.push(Token {
            kind,
            range: at..at + length,
        });
        at += length;
    }
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len())
}

fn number(rest: &str, at: usize) -> Result<(TokenKind<'_>, usize), Box<Mistake>> {
    let mut length = digits(rest);
    if let Some(fraction) = rest[length..].strip_prefix('.') {
        let fraction = digits(fraction);
        if fraction > 0 {
            length += 1 + fraction;
        }
    }
    if let Some(length) = day_length(rest) {
        let day = &rest[..length];
        let padded = day.split('-').map(|part| format!("{part:0>2}"));
        let padded = padded.collect::<Vec<_>>().join("-");
        return Err(Mistake::new(
            Code::NumberTooLarge,
            at..at + length,
            format!("`{day}` is no day here, but one number less two others"),
            "written like a day",
        )
        .help(format!(
            "a day is written `date(\"{padded}\")`; where a difference is meant, put spaces around each `-`"
        )));
    }
    let tail = word_length(&rest[length..]);
    if tail > 0 {
        let word = &rest[..length + tail];
        return Err(Mistake::new(
            Code::NumberTooLarge,
            at..at + length + tail,
            format!("`{word}` is neither a number nor a name"),
            "begins like a number",
        )
        .help(
            "a number is digits with at most one point; a name begins with a letter; a text stands in double quotes",
        ));
    }
    Ok((TokenKind::Number(&rest[..length]), length))
}

/// How long a day is that stands at the beginning, written as `2026-11-29`.
fn day_length(text: &str) -> Option<usize> {
    let mut at = 0;
    for (begin, most) in [("", 4), ("-", 2), ("-", 2)] {
        let rest = text[at..].strip_prefix(begin)?;
        let length = digits(rest);
        let fits = (1..=most).contains(&length) && (most == 2 || length == most);
        fits.then_some(())?;
        at += begin.len() + length;
    }
    Some(at)
}

fn string(rest: &str, at: usize) -> Result<(TokenKind<'_>, usize), Box<Mistake>> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' => return Ok((TokenKind::Text(text), offset + 1)),
            '\\' => {
                let escaped = chars.next().map(|(_, c)| c);
                text.push(match escaped {
                    Some('"') => '"',
                    Some('\\') => '\\',
                    Some('n') => '\n',
                    Some('t') => '\t',
                    _ => {
                        let end = offset + 1 + escaped.map_or(0, char::len_utf8);
                        return Err(Mistake::new(
                            Code::BadText,
                            at + offset..at + end,
                            format!("there is no escape `{}`", &rest[offset..end]),
                            "in this text",
                        )
                        .help("the escapes are `\\\"`, `\\\\`, `\\n` and `\\t`"));
                    }
                });
            }
            c => text.push(c),
        }
    }
    Err(Mistake::new(
        Code::BadText,
        at..at + rest.trim_end().len(),
        "this text lacks its closing quote".to_owned(),
        "begins here",
    ))
}

fn sign(rest: &str, at: usize) -> Result<(TokenKind<'_>, usize), Box<Mistake>> {
    let ours = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    let other = OTHER_SIGNS.iter().find(|(sign, _)| rest.starts_with(*sign));
    match (ours, other) {
        (ours, Some((sign, help))) if ours.is_none_or(|ours| ours.len() < sign.len()) => {
            Err(Mistake::new(
                Code::OtherLanguage,
                at..at + sign.len(),
                format!("`{sign}` is of another language"),
                "not a sign of expressions",
            )
            .help(*help))
        }
        (Some(sign), _) => Ok((TokenKind::Sign(sign), sign.len())),
        (None, _) => Err(unknown(rest, at)),
    }
}

fn unknown(rest: &str, at: usize) -> Box<Mistake> {
    let first = rest.chars().next().unwrap_or_default();
    let here = at..at + first.len_utf8();
    if first == '\'' {
        let length = rest[1..].find('\'').map_or(1, |end| end + 2);
        let inner = rest[1..length].trim_end_matches('\'');
        return Mistake::new(
            Code::OtherLanguage,
            at..at + length,
            "a text stands in double quotes".to_owned(),
            "in single quotes",
        )
        .help(format!(
            "write `\"{inner}\"`, and single quotes around the whole expression where YAML wants some"
        ));
    }
    let help = match first {
        '\u{201c}' | '\u{201d}' | '\u{300c}' | '\u{300d}' => "write a straight quote, `\"`".into(),
        '\u{ff01}'..='\u{ff5e}' => {
            // The full-width forms stand in the order of ASCII.
            let narrow = char::from_u32(u32::from(first) - 0xfee0).unwrap_or('?');
            format!("this is the wide form: write `{narrow}`")
        }
        '\u{d7}' => "write `*`".into(),
        '\u{2212}' | '\u{2013}' => "write `-`".into(),
        '\u{2264}' => "write `<=`".into(),
        '\u{2265}' => "write `>=`".into(),
        '\u{2260}' => "write `!=`".into(),
        ';' => "an expression ends without a sign: leave it out".into(),
        c if c.is_alphabetic() => {
            "a name is letters from a to z, digits and `_`; a text stands in double quotes".into()
        }
        _ => String::new(),
    };
    let mistake = Mistake::new(
        Code::UnknownCharacter,
        here,
        format!("`{}` begins nothing in an expression", first.escape_debug()),
        "unknown character",
    );
    if help.is_empty() {
        mistake
    } else {
        mistake.help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind<'_>> {
        match tokens(text) {
            Ok(tokens) => tokens.into_iter().map(|token| token.kind).collect(),
            Err(mistake) => panic!("{}", mistake.message),
        }
    }

    #[test]
    fn signs_words_numbers_and_texts() {
        use TokenKind::{End, Name, Number, Sign, Text};
        assert_eq!(
            kinds(r#"s.amount>=-0.5 and "a \"b\"""#),
            [
                Name("s"),
                Sign("."),
                Name("amount"),
                Sign(">="),
                Sign("-"),
                Number("0.5"),
                Name("and"),
                Text("a \"b\"".to_owned()),
                End
            ]
        );
    }

    #[test]
    fn signs_of_other_languages_are_told_with_ours() {
        for (text, help) in [
            ("a && b", "write `and`"),
            ("a = b", "write `==` to compare"),
            ("a === b", "write `==`"),
            ("!a", "write `not`"),
            ("a ** 2", "multiply the number with itself, or use a table"),
            ("a <> b", "write `!=`"),
            ("\u{ff08}a", "this is the wide form: write `(`"),
        ] {
            let mistake = tokens(text).expect_err(text);
            assert_eq!(mistake.help.as_deref(), Some(help), "{text}");
        }
    }
}
