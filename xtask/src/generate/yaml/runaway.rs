//! A quote that is not closed where its text ends: the text goes on to the next quote, lines below, and there
//! YAML finds what it cannot read.

use super::build::State;
use super::lines::{line_end, line_start};
use super::scalar::span;
use crate::generate::diagnostic::{Code, Diagnostics};

/// Reports a text in quotes that ends on the line of `at`, and has lines of other keys in it, as no text has.
pub(super) fn report(state: &State<'_>, at: usize, diagnostics: &mut Diagnostics) -> bool {
    let Some((open, close)) = with_keys(state.source, at) else {
        return false;
    };
    let end = line_end(state.source, open);
    diagnostics
        .error(
            Code::YamlSyntax,
            span(state.file, open..end),
            "the quote that begins here is not closed",
            "begins here",
        )
        .label(
            span(state.file, close..close + 1),
            "to YAML it ends with this quote",
        )
        .help("write the same quote at the end of the text");
    true
}

/// Where such a text opens and closes.
fn with_keys(source: &str, at: usize) -> Option<(usize, usize)> {
    let line = line_start(source, at)..line_end(source, at);
    let mut from = 0;
    while let Some(open) = opening(source, from) {
        let quote = source[open..].chars().next()?;
        let close = closing(source, open + 1, quote)?;
        if close >= line.end {
            return None;
        }
        let has_keys = || source[open + 1..close].lines().skip(1).any(is_key);
        if line.contains(&close) && has_keys() {
            return Some((open, close));
        }
        from = close + 1;
    }
    None
}

/// The next quote that begins a text: where a value or a key may begin, and not in a comment.
fn opening(source: &str, from: usize) -> Option<usize> {
    let mut before = ' ';
    let mut begins = true;
    let mut in_comment = false;
    for (at, c) in source[from..].char_indices() {
        match c {
            '\n' => (begins, in_comment) = (true, false),
            _ if in_comment => {}
            '#' if before.is_whitespace() => in_comment = true,
            '"' | '\'' if begins => return Some(from + at),
            ' ' => begins |= matches!(before, ':' | '-' | ','),
            '[' | '{' | ',' => begins = true,
            _ => begins = false,
        }
        before = c;
    }
    None
}

/// The quote that closes a text.
fn closing(source: &str, from: usize, quote: char) -> Option<usize> {
    let mut chars = source[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            ('"', '\\') => drop(chars.next()),
            ('\'', '\'') if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            _ if c == quote => return Some(from + at),
            _ => {}
        }
    }
    None
}

/// Whether a line begins with a key: `port: 8082`, `- get: purse`, `functions:`.
fn is_key(line: &str) -> bool {
    let text = line.trim_start().trim_start_matches("- ").trim_start();
    let Some((key, rest)) = text.split_once(':') else {
        return false;
    };
    let is_word =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_word(key) && (rest.is_empty() || rest.starts_with([' ', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_keys_in_it_was_not_closed() {
        for (source, expected) in [
            ("a: \"b\nc: 1\nd: \"e\" f\n", Some((3, 14))),
            ("a: \"b\n  c\"\nd: \"e\" f\n", None),
            ("a: \"b\nc: 1\"\nd: e: f\n", None),
            ("a: it's\nc: 1\nd: it's\n", None),
            ("# it's \"so\na: 1\nd: \"e\" f\n", None),
            ("a: 'b\nc: 1\nd: 'e' f\n", Some((3, 14))),
            ("a: \"b \\\" \nc: 1\nd: \"e\" f\n", Some((3, 18))),
        ] {
            assert_eq!(with_keys(source, source.len() - 1), expected, "{source}");
        }
    }
}
