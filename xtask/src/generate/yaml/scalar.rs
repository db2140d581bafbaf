//! A text of YAML, and from where in the file each part of it came.

use std::ops::Range;

use crate::generate::source::{FileId, Span};

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'...'`
    Single,
    /// `"..."`
    Double,
    /// Indented lines below `|` or `>`.
    Block,
}

/// A text, and from where it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// The text itself, without quotes and escapes.
    pub text: String,
    /// How it is written.
    pub style: Style,
    span: Span,
    /// Offsets in `text` and in the file from which both run alike; empty where they cannot be
    /// told, as with a block or an escape such as `\n`.
    runs: Vec<(usize, usize)>,
}

impl Scalar {
    /// The scalar that YAML made of `source[range]`.
    pub fn new(
        file: FileId,
        source: &str,
        range: Range<usize>,
        text: String,
        style: Style,
    ) -> Self {
        let quote = usize::from(matches!(style, Style::Single | Style::Double));
        let inner = (range.start + quote).min(range.end)..range.end.saturating_sub(quote);
        let runs = match style {
            Style::Block => None,
            _ => align(
                &text,
                source.get(inner.clone()).unwrap_or_default(),
                inner.start,
                style,
            ),
        };
        Self {
            text,
            style,
            span: span(file, range),
            runs: runs.unwrap_or_default(),
        }
    }

    /// The scalar that `source[range]` would be if YAML had not taken it apart.
    pub fn whole(file: FileId, source: &str, range: Range<usize>) -> Self {
        let written = source.get(range.clone()).unwrap_or_default();
        let lines: Vec<&str> = written.lines().map(str::trim).collect();
        Self::new(file, source, range, lines.join(" "), Style::Plain)
    }

    /// Whether YAML 1.1 would take it, as a key, for one that takes another mapping over.
    pub fn is_merge(&self) -> bool {
        self.style == Style::Plain && self.text == "<<"
    }

    /// The place of `text[range]`: of the whole scalar where that cannot be told.
    pub fn place(&self, range: Range<usize>) -> Span {
        match (self.source_offset(range.start), self.source_end(&range)) {
            (Some(start), Some(end)) => span(self.span.file, start..end),
            _ => self.span,
        }
    }

    /// `text[range]` as a scalar of its own.
    pub fn part(&self, range: Range<usize>) -> Self {
        let inside = self
            .runs
            .iter()
            .filter(|(text, _)| range.contains(text) && *text > range.start)
            .map(|(text, source)| (text - range.start, *source));
        let first = self.source_offset(range.start).map(|source| (0, source));
        Self {
            text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
            style: self.style,
            span: self.place(range.clone()),
            runs: first.into_iter().chain(inside).collect(),
        }
    }

    fn source_offset(&self, at: usize) -> Option<usize> {
        let after = self.runs.partition_point(|&(text, _)| text <= at);
        let (text, source) = self.runs.get(after.checked_sub(1)?)?;
        Some(source + (at - text))
    }

    /// Behind the last character of the range, so that an escape after it is no part of it.
    fn source_end(&self, range: &Range<usize>) -> Option<usize> {
        if range.end <= range.start {
            return self.source_offset(range.start);
        }
        Some(self.source_offset(range.end - 1)? + 1)
    }
}

/// Walks a text and what it was written as, side by side.
fn align(text: &str, written: &str, base: usize, style: Style) -> Option<Vec<(usize, usize)>> {
    let (text, written) = (text.as_bytes(), written.as_bytes());
    let (mut at, mut from) = (0, 0);
    let mut runs = vec![(0, base)];
    while at < text.len() {
        let rest = &written[from..];
        let step = match (style, rest) {
            (Style::Single, [b'\'', b'\'', ..]) => (text[at] == b'\'').then_some((1, 2))?,
            (Style::Double, [b'\\', escaped, ..]) => (matches!(escaped, b'"' | b'\\' | b'/')
                && text[at] == *escaped)
                .then_some((1, 2))?,
            _ => match line_break(rest) {
                Some((length, folded)) => {
                    text[at..].starts_with(&folded).then_some(())?;
                    (folded.len(), length)
                }
                None => (rest.first() == Some(&text[at])).then_some((1, 1))?,
            },
        };
        at += step.0;
        from += step.1;
        if step.0 != step.1 {
            runs.push((at, base + from));
        }
    }
    (from == written.len()).then_some(runs)
}

/// Space with line breaks in it: its length, and what YAML folds it to.
fn line_break(written: &[u8]) -> Option<(usize, Vec<u8>)> {
    let length = written
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        .count();
    let breaks = written[..length].iter().filter(|b| **b == b'\n').count();
    match breaks {
        0 => None,
        1 => Some((length, vec![b' '])),
        more => Some((length, vec![b'\n'; more - 1])),
    }
}

/// A range of a file as a [`Span`]; files are far smaller than 4 GiB.
pub(super) fn span(file: FileId, range: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(range.start),
        end: offset(range.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `part` of the text looks like in the file.
    fn written<'a>(source: &'a str, text: &str, style: Style, part: &str) -> &'a str {
        let scalar = Scalar::new(FileId(0), source, 0..source.len(), text.to_owned(), style);
        let at = text.find(part).unwrap();
        let place = scalar.place(at..at + part.len());
        &source[place.start as usize..place.end as usize]
    }

    #[test]
    fn plain_and_quoted_texts_are_exact() {
        assert_eq!(written("a + bad", "a + bad", Style::Plain, "bad"), "bad");
        assert_eq!(written("'é + bad'", "é + bad", Style::Single, "bad"), "bad");
        assert_eq!(
            written("\"a + bad\"", "a + bad", Style::Double, "bad"),
            "bad"
        );
    }

    #[test]
    fn escaped_quotes_and_folded_lines_are_exact() {
        let source = r#""a == \"x\" and bad""#;
        let text = r#"a == "x" and bad"#;
        assert_eq!(written(source, text, Style::Double, "bad"), "bad");
        assert_eq!(written(source, text, Style::Double, "\"x"), "\\\"x");
        assert_eq!(
            written("'it''s bad'", "it's bad", Style::Single, "bad"),
            "bad"
        );
        assert_eq!(
            written("a +\n    bad", "a + bad", Style::Plain, "bad"),
            "bad"
        );
    }

    #[test]
    fn what_cannot_be_told_is_the_whole() {
        let source = r#""tab\tbad""#;
        assert_eq!(written(source, "tab\tbad", Style::Double, "bad"), source);
        assert_eq!(
            written("a\n  bad", "a bad", Style::Block, "bad"),
            "a\n  bad"
        );
    }
}
