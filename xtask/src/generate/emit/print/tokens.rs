//! Tokens in one list, as the printer reads them: operators as wholes, and of each bracket where
//! it is closed.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The operators of several characters that the generator writes. Two `>` may close two lists of
/// types, so that they stay two.
const OPERATORS: [&str; 17] = [
    "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "..", "..=", "+=", "-=", "*=", "/=",
    "%=", "^=",
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    Literal,
    /// The text of a line of documentation.
    Doc,
    /// An operator or other sign.
    Sign,
    /// A lifetime, with its apostrophe.
    Lifetime,
    Open,
    Close,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Of an opening bracket, where it is closed.
    pub(super) close: usize,
}

/// Tokens and their texts.
#[derive(Default)]
pub(super) struct Tokens {
    texts: String,
    /// Kind, start and end in `texts`, and closing bracket.
    all: Vec<(Kind, usize, usize, usize)>,
}

impl Tokens {
    pub(super) fn of(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.add(stream);
        tokens
    }

    pub(super) fn list(&self) -> Vec<Token<'_>> {
        let token = |&(kind, start, end, close): &(Kind, usize, usize, usize)| Token {
            kind,
            text: &self.texts[start..end],
            close,
        };
        self.all.iter().map(token).collect()
    }

    fn add(&mut self, stream: TokenStream) {
        let mut joint = false;
        for tree in stream {
            let joins = std::mem::take(&mut joint);
            match tree {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    let stream = group.stream();
                    // So that the stream has one owner, and its tokens need no copies.
                    drop(group);
                    let at = self.all.len();
                    self.push(Kind::Open, open);
                    self.add(stream);
                    self.all[at].3 = self.all.len();
                    self.push(Kind::Close, close);
                }
                TokenTree::Ident(ident) if joins && self.last() == "'" => {
                    self.extend(&ident);
                    if let Some(last) = self.all.last_mut() {
                        last.0 = Kind::Lifetime;
                    }
                }
                TokenTree::Ident(ident) => self.push(Kind::Word, &ident),
                TokenTree::Punct(punct) => {
                    joint = punct.spacing() == Spacing::Joint;
                    let sign = punct.as_char();
                    if joins && self.makes_operator(sign) {
                        self.extend(&sign);
                    } else {
                        self.push(Kind::Sign, &sign);
                    }
                }
                TokenTree::Literal(literal) if self.is_doc() => {
                    let text = unescaped(&literal.to_string());
                    self.push(Kind::Doc, text.trim_end_matches(' '));
                }
                TokenTree::Literal(literal) => self.push(Kind::Literal, &literal),
            }
        }
    }

    fn push(&mut self, kind: Kind, text: impl std::fmt::Display) {
        let start = self.texts.len();
        write!(self.texts, "{text}").expect("a String takes what is written to it");
        self.all.push((kind, start, self.texts.len(), 0));
    }

    /// Goes on with the last token.
    fn extend(&mut self, text: &impl std::fmt::Display) {
        write!(self.texts, "{text}").expect("a String takes what is written to it");
        if let Some(last) = self.all.last_mut() {
            last.2 = self.texts.len();
        }
    }

    fn text(&self, from_end: usize) -> &str {
        let at = self.all.len().checked_sub(from_end);
        at.map_or("", |at| {
            let (_, start, end, _) = self.all[at];
            &self.texts[start..end]
        })
    }

    fn last(&self) -> &str {
        self.text(1)
    }

    fn makes_operator(&self, sign: char) -> bool {
        OPERATORS
            .iter()
            .any(|operator| operator.strip_suffix(sign) == Some(self.last()))
    }

    /// Whether `#[doc =` stands before what comes.
    fn is_doc(&self) -> bool {
        self.text(1) == "=" && self.text(2) == "doc" && self.text(3) == "["
    }
}

/// What the literal of a text means.
fn unescaped(literal: &str) -> String {
    let inner = literal
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'));
    let inner = inner.unwrap_or(literal);
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            text.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let code: String = chars.by_ref().take_while(|char| *char != '}').collect();
                let code = u32::from_str_radix(code.trim_start_matches('{'), 16);
                text.extend(code.ok().and_then(char::from_u32));
            }
            other => text.extend(other),
        }
    }
    text
}
