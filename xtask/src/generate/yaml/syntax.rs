//! What is not YAML at all, in words that help: mostly a text that should have been quoted.

use granit_parser::{ErrorKind, ScanError};

use super::build::State;
use super::layout::{layout, no_space_above};
use super::lines::{line_end, line_start, tab, word};
use super::quoted;
use super::runaway;
use super::scalar::span;
use crate::generate::diagnostic::{Code, Diagnostics};

/// Reports the first place at which the text is not YAML.
pub(super) fn report(state: &State<'_>, error: &ScanError, diagnostics: &mut Diagnostics) {
    let at = error.marker().byte_offset().unwrap_or_default();
    let at = state.source.floor_char_boundary(at);
    if runaway::report(state, at, diagnostics)
        || no_space_above(state, error.kind(), at, diagnostics)
        || taken_apart(state, error.kind(), at, diagnostics)
        || unclosed(state, error.kind(), at, diagnostics)
    {
        return;
    }
    let (code, message, help) = in_words(state, error.kind());
    let (message, help) = match layout(state, error.kind(), at) {
        Some((message, help)) => (message.to_owned(), Some(help)),
        None => (message, help.map(str::to_owned)),
    };
    let place = match error.kind() {
        ErrorKind::UnclosedQuotedScalar => at..line_end(state.source, at),
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInPlainScalar => tab(state.source, at),
        _ => word(state.source, at),
    };
    let label = match state.source.get(place.clone()) {
        Some("\t") => "a tab",
        _ => "YAML cannot go on here",
    };
    diagnostics
        .error(code, span(state.file, place), message, label)
        .maybe_help(help);
}

/// A text that YAML takes apart: all of it is underlined, and shown in quotes.
fn taken_apart(
    state: &State<'_>,
    kind: &ErrorKind,
    at: usize,
    diagnostics: &mut Diagnostics,
) -> bool {
    let rest = &state.source[at..];
    let last = state
        .last
        .clone()
        .filter(|last| !state.source[last.start..at.max(last.start)].contains('\n'));
    let (start, message) = match (kind, last) {
        (
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator,
            Some(last),
        ) if rest.starts_with(['{', '[', ':']) => (
            last.start,
            format!("YAML took this text apart at the `{}`", &rest[..1]),
        ),
        (ErrorKind::MappingValueNotAllowed, Some(last)) => (
            last.start,
            "YAML took this text apart at the colon".to_owned(),
        ),
        (ErrorKind::UnexpectedCharacter { character }, _) if is_printable(*character) => (
            at,
            format!("YAML keeps `{character}` at the start of a text for itself"),
        ),
        (ErrorKind::MissingAnchorOrAliasName, _) => (
            at,
            "YAML keeps `&` and `*` at the start of a text for itself".to_owned(),
        ),
        (ErrorKind::InvalidBlockScalarHeader, _) => (
            at,
            "YAML keeps `>` and `|` at the start of a text for itself".to_owned(),
        ),
        (
            ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar,
            _,
        ) => match opening_quote(state.source, at) {
            Some(quote) => match open_call(state.source, quote) {
                Some(start) => (start, "YAML took this text apart at the comma".to_owned()),
                None => (
                    quote,
                    "to YAML a text that begins with a quote ends with the next one".to_owned(),
                ),
            },
            None => return false,
        },
        _ => return false,
    };
    let whole = start..value_end(state, start);
    let text = &state.source[whole.clone()];
    diagnostics
        .error(
            Code::QuoteIt,
            span(state.file, whole),
            message,
            "one text, if it is quoted",
        )
        .help(quoting(kind, text));
    true
}

/// What to write for a text that YAML took apart: mostly the same in quotes.
fn quoting(kind: &ErrorKind, text: &str) -> String {
    if let Some((condition, _)) = text.split_once(" ? ") {
        return format!("write `if {condition} {{ a }} else {{ b }}`");
    }
    if text.starts_with("type: ") {
        return format!("put it into braces: `{{ {text} }}`");
    }
    if let Some(comparison) = comparison(text) {
        return format!(
            "in a `where`, write `{comparison}`; else quote it: `{}`",
            quoted(text)
        );
    }
    if let Some(before) = text.strip_suffix(':') {
        return format!("no colon stands at its end: `{before}`");
    }
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let between = text
        .split_once(": ")
        .and_then(|(before, _)| before.rsplit_once(' '))
        .filter(|(value, key)| is_word(value) && is_word(key));
    if let (ErrorKind::ExpectedFlowMappingSeparator, Some((value, _))) = (kind, between) {
        let rest = &text[value.len() + 1..];
        return format!(
            "if a comma is missing: `{value}, {rest}`; if it is one text: `{}`",
            quoted(text)
        );
    }
    // The quotes around a text that holds one of them are not meant as a part of it.
    let inner = ['"', '\''].iter().find_map(|&quote| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        inner.contains(quote).then_some(inner)
    });
    match inner {
        Some(inner) if inner.contains('"') => format!("quote it: `'{inner}'`"),
        Some(inner) => format!("quote it: `\"{inner}\"`"),
        None => format!("quote it: `{}`", quoted(text)),
    }
}

/// `> 10` as a `where` has it.
fn comparison(text: &str) -> Option<String> {
    let (word, value) = match text.strip_prefix(">=") {
        Some(value) => ("ge", value),
        None => ("gt", text.strip_prefix('>')?),
    };
    let value = value.trim();
    (!value.is_empty()).then(|| format!("{{ {word}: {value} }}"))
}

/// A bracket that is still open where a later line no longer fits into it.
fn unclosed(state: &State<'_>, kind: &ErrorKind, at: usize, diagnostics: &mut Diagnostics) -> bool {
    use ErrorKind as E;
    let Some(open) = state.open.iter().rev().find(|open| open.flow) else {
        return false;
    };
    let fits = matches!(
        kind,
        E::InvalidColonPlacement
            | E::UnclosedFlowCollection { .. }
            | E::InvalidFlowScalarIndent
            | E::UnexpectedEof
            | E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::BlockEntryInFlowCollection
            | E::MappingValueNotAllowed
    );
    if !fits || !state.source[open.range.start..at.max(open.range.start)].contains('\n') {
        return false;
    }
    let bracket = &state.source[open.range.clone()];
    let closing = match bracket {
        "{" => "}",
        _ => "]",
    };
    diagnostics
        .error(
            Code::YamlSyntax,
            span(state.file, open.range.clone()),
            format!("`{bracket}` is not closed"),
            "opened here",
        )
        .label(
            span(state.file, word(state.source, at)),
            "YAML cannot go on here",
        )
        .help(format!(
            "close it with `{closing}` where its last item ends"
        ));
    true
}

fn in_words(state: &State<'_>, kind: &ErrorKind) -> (Code, String, Option<&'static str>) {
    use ErrorKind as E;
    let (message, help): (&str, Option<&str>) = match kind {
        E::RecursionLimitExceeded => {
            return (
                Code::TooDeep,
                "lists and mappings are nested too deeply here".to_owned(),
                Some("move the inner steps into a function of their own and call it"),
            );
        }
        E::UnclosedQuotedScalar => (
            "the quote that begins here is not closed",
            Some("write the same quote at the end of the text"),
        ),
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabInPlainScalar => {
            ("a tab in the indentation", Some("indent with spaces"))
        }
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => (
            "this line does not fit those above it",
            Some("indent it exactly like the lines it belongs to; `- ` begins an item of a list"),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "this line lacks its colon",
            Some("write `key: value`, with a space behind the colon"),
        ),
        E::MappingValueNotAllowed if state.last.is_some() => (
            "a colon does not fit here",
            Some("does the line above lack its colon?"),
        ),
        E::MappingValueNotAllowed => ("a colon does not fit here", None),
        E::BlockSequenceEntryNotAllowed => (
            "a list cannot begin behind a key",
            Some("begin it on the next line; if this is a text, quote it"),
        ),
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => (
            "this bracket closes nothing",
            Some("if it is part of a text, quote the text"),
        ),
        E::UnknownQuotedScalarEscape => (
            "there is no such escape in a text in double quotes",
            Some("write `\\\\` for a backslash, or use single quotes"),
        ),
        E::PlainScalarStartsWithDashFlowIndicator => (
            "YAML cannot read a `-` before a bracket or a comma",
            Some("quote it"),
        ),
        E::UnexpectedCharacter { character } => {
            let number = u32::from(*character);
            return (
                Code::YamlSyntax,
                format!("the character U+{number:04X} cannot stand in YAML as it is"),
                Some("leave it out, or write it as an escape in double quotes, such as `\\x7F`"),
            );
        }
        other => {
            let told = other.to_string();
            return (Code::YamlSyntax, format!("this is not YAML: {told}"), None);
        }
    };
    (Code::YamlSyntax, message.to_owned(), help)
}

/// Whether the character can stand in a file as it is, in quotes at least.
fn is_printable(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// The quote that the one before `at` closes.
fn opening_quote(source: &str, at: usize) -> Option<usize> {
    let line = line_start(source, at);
    let before = source[line..at].trim_end();
    let quote = before.chars().last().filter(|c| matches!(c, '"' | '\''))?;
    // Texts before it on the line have both of theirs.
    before[..before.len() - 1].rfind(quote).map(|at| line + at)
}

/// Where the value begins within whose parentheses a place lies: `min(a, "b")` is one to people.
fn open_call(source: &str, at: usize) -> Option<usize> {
    let line = line_start(source, at);
    let (mut begins, mut depth, mut quote) = (None, 0_usize, None);
    let mut before = ' ';
    for (place, c) in source[line..at].char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',' | '{' | '[') if depth == 0 => begins = None,
            (None, ' ') if depth == 0 && before == ':' => begins = None,
            _ => {}
        }
        let is_sign = matches!(c, ' ' | ',' | '{' | '[');
        if begins.is_none() && !is_sign {
            begins = Some(line + place);
        }
        before = c;
    }
    begins.filter(|_| depth > 0)
}

/// Where a value ends that was meant as one text: inside brackets at the first comma or bracket that
/// is not the text's own, else at the end of the line or before a comment.
fn value_end(state: &State<'_>, start: usize) -> usize {
    let in_flow = state.open.iter().any(|open| open.flow);
    let line = state.source[start..].lines().next().unwrap_or_default();
    let mut depth = 0;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' | ']' | '}' | ',' if in_flow && depth == 0 => {
                end = at;
                break;
            }
            '#' if line[..at].ends_with(' ') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    start + line[..end].trim_end().len().max(1).min(line.len())
}
