//! How the files of balance tables are read: what `cargo xtask gen` accepts, a server accepts, and the other
//! way round. The generator says more of a mistake; what is one is decided here.

mod read;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use read::read;
pub use words::{PLAYER_MAX_CHARS, Word, fits, is_null, key_fits, open_signs};

/// Flow collections (`[..]`, `{..}`) within each other, at most.
pub const FLOW_DEPTH: usize = 32;

/// Block collections within each other, at most.
pub const BLOCK_DEPTH: usize = 96;

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, and whether it stands there without quotes.
    Scalar(String, bool),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values; no key twice.
    Mapping(Vec<(Key, Node)>),
    /// Nothing: a key or a `-` with no value behind it.
    Empty,
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// Why a text is not the values of a table, whatever its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Refused {
    /// Where, in bytes.
    pub at: usize,
    /// What is wrong there.
    pub what: String,
}

/// The text with `\n` at the end of each line, without the mark (U+FEFF) that some editors write at its
/// beginning. All places are places of it.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Line and column of a place in bytes, both from 1, columns in characters.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}
