//! What a text was meant as that YAML took apart at a comma, or that other programs write.

use super::{Kind, Node, Style, quoted};

/// What to write for a text that stands in the quotes of a word processor, which are none to YAML.
pub(super) fn in_straight_quotes(text: &str) -> Option<String> {
    const CURLY: [char; 8] = [
        '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}', '\u{300c}',
    ];
    text.starts_with(CURLY).then(|| {
        let inner = text.trim_start_matches(CURLY);
        let inner = inner.trim_end_matches(CURLY).trim_end_matches('\u{300d}');
        let quoted = quoted(&format!("\"{inner}\""));
        format!("write straight quotes: `{quoted}`")
    })
}

/// The number that `1,000` is.
pub(super) fn in_thousands(node: &Node) -> Option<String> {
    let mut groups = plain(node)?.split(',').map(str::trim);
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|group| is_digits(group))?;
    let rest: Vec<&str> = groups.collect();
    let are_thousands = rest
        .iter()
        .all(|group| group.len() == 3 && is_digits(group));
    are_thousands.then(|| format!("{first}{}", rest.concat()))
}

/// The text of a node that stands there without quotes.
pub(super) fn plain(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar(scalar) if scalar.style == Style::Plain => Some(&scalar.text),
        _ => None,
    }
}
