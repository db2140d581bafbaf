//! Text to a spanned tree: the part of YAML that the language uses. What YAML takes apart although
//! a designer meant it as one text is reported and put together again, so that nothing follows from it.

mod build;
mod foreign;
mod layout;
mod lines;
mod meant;
mod place;
mod repair;
mod runaway;
mod scalar;
mod syntax;

use aliya_values::{BLOCK_DEPTH, FLOW_DEPTH};
pub use scalar::{Scalar, Style};

use super::diagnostic::Diagnostics;
use super::source::{FileId, Span};

/// Parts of one list or mapping of a declaration, at most: more are no list that people keep by hand.
const PARTS: usize = 10_000;

/// A piece of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text, quoted or not.
    Scalar(Scalar),
    /// `[a, b]`, or lines that begin with `- `.
    Sequence(Vec<Node>),
    /// `{ a: b }`, or lines of `a: b`; no key twice.
    Mapping(Vec<(Key, Node)>),
    /// Nothing: a key or a `-` with no value behind it.
    Empty,
    /// Was reported.
    Broken,
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A text as YAML wants it quoted.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Reads a file's text. `None` where it holds nothing, or where it is not YAML, which was reported.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    build::Builder::new(file, text, Some(PARTS), diagnostics).run()
}

/// The same of the values of a balance table, which may be any number.
pub fn parse_values(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    build::Builder::new(file, text, None, diagnostics).run()
}
