//! Texts that YAML takes apart at their commas inside brackets: `{ gained: min(wanted, room) }` is
//! to YAML a mapping of `gained` and of `room)`. They are reported and put together again.

use std::ops::Range;

use aliya_values::open_signs;

use super::meant::{in_straight_quotes, in_thousands, plain};
use super::scalar::span;
use super::{Key, Kind, Node, Scalar, quoted};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::source::{FileId, Span};

/// Entries of `{..}`: one without a value is the rest of the value before it. `None` where no entry
/// has one, which was reported. `has_each` says whether `{ each: x, i in list }` is meant so.
pub(super) fn mapping(
    file: FileId,
    source: &str,
    entries: Vec<(Key, Node)>,
    has_each: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(Key, Node)>> {
    if is_list(source, &entries, diagnostics) {
        return None;
    }
    let mut kept: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter().peekable();
    while let Some((key, node)) = entries.next() {
        if is_bare(source, &key, &node) {
            report_bare(&key, diagnostics);
            // `type:int` is a key and a value all the same.
            if let Some((word, _)) = key
                .text
                .split_once(':')
                .filter(|(_, rest)| !rest.is_empty())
            {
                let (from, to) = (range(key.span).start, range(key.span).end);
                let colon = from + word.len();
                let value = Scalar::whole(file, source, colon + 1..to);
                let node = whole_node(file, colon + 1..to, value);
                let text = word.to_owned();
                kept.push((
                    Key {
                        text,
                        span: span(file, from..colon),
                    },
                    node,
                ));
            }
            continue;
        }
        let start = range(node.span).start;
        let mut end = range(node.span).end;
        let mut pieces: Vec<Key> = Vec::new();
        if plain(&node).is_some() {
            while let Some((piece, _)) =
                entries.next_if(|(next, value)| is_bare(source, next, value))
            {
                end = range(piece.span).end;
                pieces.push(piece);
            }
        }
        if pieces.is_empty() {
            kept.push((key, node));
            continue;
        }
        let whole = Scalar::whole(file, source, start..end);
        if !(has_each && pieces.len() == 1 && is_each(&key, &node, &pieces[0])) {
            report_mapping(&key, &node, &pieces, &whole, diagnostics);
        }
        let mut node = whole_node(file, start..end, whole);
        let is_curly = plain(&node).and_then(in_straight_quotes).is_some();
        if is_curly || in_thousands(&node).is_some() {
            node.kind = Kind::Broken;
        }
        kept.push((key, node));
    }
    Some(kept)
}

/// Reports `{ a, b }`, which wants to be `[a, b]`.
fn is_list(source: &str, entries: &[(Key, Node)], diagnostics: &mut Diagnostics) -> bool {
    let bare = entries
        .iter()
        .all(|(key, node)| is_bare(source, key, node) && !key.text.contains(':'));
    let (Some((first, _)), Some((last, _)), true) = (entries.first(), entries.last(), bare) else {
        return false;
    };
    let mut place = first.span;
    place.end = last.span.end;
    let words: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
    diagnostics
        .error(
            Code::WrongShape,
            place,
            "in `{..}` each part is a `key: value`",
            "only keys, without values",
        )
        .help(match assignment(&words).or_else(|| without_colon(&words)) {
            Some(help) => help,
            None => format!("if a list is meant: `[{}]`", words.join(", ")),
        });
    true
}

/// What to write for `{ gt 10 }` and `{ row.amount }`.
fn without_colon(words: &[&str]) -> Option<String> {
    let [word] = words else {
        return None;
    };
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if let Some((key, value)) = word.split_once(' ').filter(|(key, _)| is_name(key)) {
        return Some(format!("a colon is missing: `{{ {key}: {value} }}`"));
    }
    let (row, column) = word.split_once('.')?;
    let are_names = is_name(row) && is_name(column);
    are_names.then(|| format!("give it a name: `{{ {column}: {word} }}`"))
}

/// What to write for `{ a = b }` and `{ a += b }`.
fn assignment(words: &[&str]) -> Option<String> {
    let (name, value) = words.first()?.split_once('=')?;
    if value.starts_with('=') {
        return None;
    }
    Some(match name.strip_suffix(['+', '-', '*', '/']) {
        Some(name) => {
            let name = name.trim();
            format!("say the new value: `{name}: row.{name} + ...`, with the row's own name")
        }
        None => format!("a colon sets a value: `{}: {}`", name.trim(), value.trim()),
    })
}

/// Items of `[..]`: one with an open bracket goes on until that is closed.
pub(super) fn sequence(
    file: FileId,
    source: &str,
    items: Vec<Node>,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let mut kept = Vec::with_capacity(items.len());
    let mut items = items.into_iter().peekable();
    while let Some(node) = items.next() {
        let start = range(node.span).start;
        let mut end = range(node.span).end;
        let mut open = plain(&node).map_or(0, open_signs);
        let mut joined = false;
        while open > 0 {
            let Some(piece) = items.next_if(|next| plain(next).is_some()) else {
                break;
            };
            open += plain(&piece).map_or(0, open_signs);
            end = range(piece.span).end;
            joined = true;
        }
        if !joined {
            kept.push(node);
            continue;
        }
        let whole = Scalar::whole(file, source, start..end);
        let straight = in_straight_quotes(&whole.text);
        let is_curly = straight.is_some();
        diagnostics
            .error(
                Code::QuoteIt,
                span(file, start..end),
                "YAML took this text apart at the comma",
                "two items of the list to YAML",
            )
            .help(straight.unwrap_or_else(|| format!("quote it: `{}`", quoted(&whole.text))));
        let mut node = whole_node(file, start..end, whole);
        if is_curly {
            node.kind = Kind::Broken;
        }
        kept.push(node);
    }
    kept
}

fn report_mapping(
    key: &Key,
    node: &Node,
    pieces: &[Key],
    whole: &Scalar,
    diagnostics: &mut Diagnostics,
) {
    let mut help = format!("quote it: `{}: {}`", key.text, quoted(&whole.text));
    if plain(node).is_none_or(|text| open_brackets(text) <= 0) {
        help.push_str(&format!("; or give `{}` a value", pieces[0].text));
    }
    if let Some(number) = in_thousands(&whole_node(key.span.file, 0..0, whole.clone())) {
        help = format!("a number has no commas: `{number}`");
    }
    if let Some(straight) = in_straight_quotes(&whole.text) {
        help = straight;
    }
    let mut place = node.span;
    place.end = pieces.last().map_or(place.end, |piece| piece.span.end);
    diagnostics
        .error(
            Code::QuoteIt,
            place,
            "YAML took this text apart at the comma",
            "the comma ends the value to YAML",
        )
        .help(help);
}

fn report_bare(key: &Key, diagnostics: &mut Diagnostics) {
    let help = match key.text.split_once(':') {
        Some((name, value)) => format!("a space belongs behind the colon: `{name}: {value}`"),
        None => format!("write `{}: ...`, or `[..]` where a list is meant", key.text),
    };
    diagnostics
        .error(
            Code::WrongShape,
            key.span,
            format!("`{}` has no value", key.text),
            "stands where `key: value` belongs",
        )
        .help(help);
}

/// `{ each: x, i in list }` is of the language, although YAML takes it apart.
fn is_each(key: &Key, node: &Node, piece: &Key) -> bool {
    let is_name = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    key.text == "each"
        && plain(node).is_some_and(is_name)
        && piece
            .text
            .split_once(" in ")
            .is_some_and(|(index, list)| is_name(index) && open_brackets(list) == 0)
}

/// Whether nothing was written behind a key, not even a colon.
fn is_bare(source: &str, key: &Key, node: &Node) -> bool {
    let behind = source.get(range(key.span).end..).unwrap_or_default();
    node.kind == Kind::Empty && !behind.trim_start().starts_with(':')
}

/// Brackets opened and not closed, less those closed and not opened.
fn open_brackets(text: &str) -> i64 {
    text.bytes()
        .map(|byte| match byte {
            b'(' | b'[' | b'{' => 1,
            b')' | b']' | b'}' => -1,
            _ => 0,
        })
        .sum()
}

fn whole_node(file: FileId, place: Range<usize>, whole: Scalar) -> Node {
    Node {
        span: span(file, place),
        kind: Kind::Scalar(whole),
    }
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::yaml::parse;

    /// The value of the first entry of the first entry, and whether anything was reported.
    fn read(text: &str) -> (String, bool) {
        let mut diagnostics = Diagnostics::default();
        let mut node = parse(FileId(0), text, &mut diagnostics).unwrap();
        loop {
            node = match node.kind {
                Kind::Mapping(mut entries) => entries.remove(0).1,
                Kind::Scalar(scalar) => return (scalar.text, !diagnostics.is_empty()),
                other => panic!("{other:?}"),
            };
        }
    }

    #[test]
    fn a_text_taken_apart_is_whole_again() {
        let (text, reported) = read("a: { b: max(min(x, y), 0) + 1, c: 2 }\n");
        assert_eq!(text, "max(min(x, y), 0) + 1");
        assert!(reported);
    }

    #[test]
    fn each_with_an_index_needs_no_quotes() {
        let (text, reported) = read("a: { each: x, i in list, give: x }\n");
        assert_eq!(text, "x, i in list");
        assert!(!reported);
        let (text, reported) = read("a: { each: x, i in concat(p, q), give: x }\n");
        assert_eq!(text, "x, i in concat(p, q)");
        assert!(reported, "two commas more than the language's own");
    }
}
