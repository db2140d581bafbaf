//! Places in the lines of a file.

use std::ops::Range;

/// Where the line of an offset begins.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Where it ends, without its break.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    source[at..]
        .find(['\r', '\n'])
        .map_or(source.len(), |end| at + end)
}

/// The first tab of an indentation, from the line of `at` on: YAML may tell of the value above.
pub(super) fn tab(source: &str, at: usize) -> Range<usize> {
    let mut start = line_start(source, at);
    for line in source[start..].split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t') {
            return start + tab..start + tab + 1;
        }
        start += line.len();
    }
    word(source, at)
}

/// What stands at an offset, up to the next space: something to underline.
pub(super) fn word(source: &str, at: usize) -> Range<usize> {
    let length = source[at..]
        .find(char::is_whitespace)
        .unwrap_or(source.len() - at);
    at..at + length
}
