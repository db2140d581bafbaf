//! Lines that do not fit: spaces that are missing behind a colon, and indentation.

use granit_parser::ErrorKind;

use super::build::State;
use super::lines::{line_end, line_start};
use super::scalar::span;
use crate::generate::diagnostic::{Code, Diagnostics};

/// `port:8082` is a text that goes on in the next line, where YAML then finds a colon too many.
pub(super) fn no_space_above(
    state: &State<'_>,
    kind: &ErrorKind,
    at: usize,
    diagnostics: &mut Diagnostics,
) -> bool {
    let start = line_start(state.source, at);
    let above = state.source[..start].trim_end();
    let from = line_start(state.source, above.len());
    let text = above[from..].trim_start();
    let from = above.len() - text.len();
    let wide = text.split_once('\u{ff1a}');
    let Some((key, value)) = wide.or(text.split_once(':')) else {
        return false;
    };
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_tight = is_key && !value.is_empty() && !value.starts_with([' ', '/']);
    if !is_tight || !matches!(kind, ErrorKind::MappingValueNotAllowed) {
        return false;
    }
    diagnostics
        .error(
            Code::YamlSyntax,
            span(state.file, from..above.len()),
            match wide {
                Some(_) => "this line has a wide colon, `\u{ff1a}`",
                None => "a space is missing behind the colon",
            },
            "a text to YAML",
        )
        .help(format!("write `{key}: {}`", value.trim()));
    true
}

/// What is said of a line that does not fit, where more can be said than that.
pub(super) fn layout(
    state: &State<'_>,
    kind: &ErrorKind,
    at: usize,
) -> Option<(&'static str, String)> {
    use ErrorKind as E;
    let line = &state.source[line_start(state.source, at)..line_end(state.source, at)];
    let text = line.trim_start();
    match kind {
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            if let Some((key, value)) = text.split_once('\u{ff1a}') {
                let help = format!("write `{key}: {}`", value.trim());
                return Some(("this line has a wide colon, `\u{ff1a}`", help));
            }
            let (key, value) = text.split_once(':')?;
            let help = format!("write `{key}: {}`", value.trim());
            (!value.is_empty()).then_some(("a space is missing behind the colon", help))
        }
        E::ExpectedBlockMappingKey | E::InvalidIndentation if text.starts_with("- ") => Some((
            "an item of a list among lines that are none",
            "each item begins with `- `: is it missing at the one above?".to_owned(),
        )),
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => {
            let spaces = line.len() - text.len();
            let levels = levels(&state.source[..line_start(state.source, at)]);
            // The nearest ones on both sides: the line belongs to one of these.
            let less = levels.iter().find(|level| **level < spaces);
            let more = levels.iter().rev().find(|level| **level > spaces);
            let near: Vec<String> = less.into_iter().chain(more).map(usize::to_string).collect();
            let help = match more {
                _ if near.is_empty() => return None,
                Some(more) if levels.contains(&spaces) => format!(
                    "`- ` begins an item of a list here; to be a part of the one above, indent it by {more} spaces"
                ),
                _ if levels.contains(&spaces) => return None,
                _ => format!(
                    "it is indented by {spaces} spaces, and what it may belong to by {}",
                    near.join(" or ")
                ),
            };
            Some(("this line does not fit those above it", help))
        }
        _ => None,
    }
}

/// By how many spaces the last line is indented, and what it is a part of: the deepest first.
fn levels(before: &str) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    for line in before.lines().rev() {
        let text = line.trim_start();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let mut starts = vec![line.len() - text.len()];
        let mut rest = text;
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
            starts.push(line.len() - rest.len());
        }
        for start in starts.into_iter().rev() {
            if levels.last().is_none_or(|last| start < *last) {
                levels.push(start);
            }
        }
        if levels.last() == Some(&0) {
            break;
        }
    }
    levels
}
