//! Tokens of Rust, as the generator makes them: a flat list of words, cheap to copy into the next
//! larger piece, which is what most of them do many times.

use std::fmt;
use std::rc::Rc;

use super::to_tokens::ToTokens;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    Literal,
    /// A line of documentation.
    Doc,
    /// An operator or other sign.
    Sign,
    /// A lifetime, with its apostrophe.
    Lifetime,
    Open,
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    /// Stands in the generator.
    Fixed(&'static str),
    Made(Rc<str>),
}

/// A word, a sign, a bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    text: Text,
}

impl Token {
    fn made(kind: Kind, text: impl Into<Rc<str>>) -> Self {
        Self {
            kind,
            text: Text::Made(text.into()),
        }
    }

    /// A line of documentation.
    pub(super) fn doc(line: &str) -> Self {
        Self::made(Kind::Doc, line)
    }

    pub(super) fn text(&self) -> &str {
        match &self.text {
            Text::Fixed(text) => text,
            Text::Made(text) => text,
        }
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text() == sign
    }
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ident(Token);

impl Ident {
    pub(super) fn new(name: &str) -> Self {
        Self(Token::made(Kind::Word, name))
    }

    pub(super) fn text(&self) -> &str {
        self.0.text()
    }

    pub(super) fn token(&self) -> &Token {
        &self.0
    }
}

/// A number or a text.
#[derive(Clone, Debug)]
pub(super) struct Literal(Token);

impl Literal {
    /// One as it is written.
    pub(super) fn new(written: impl Into<Rc<str>>) -> Self {
        Self(Token::made(Kind::Literal, written))
    }

    pub(super) fn token(&self) -> &Token {
        &self.0
    }

    pub(super) fn number(number: impl fmt::Display) -> Self {
        Self::new(number.to_string())
    }

    /// A text between quotes.
    pub(super) fn string(text: &str) -> Self {
        let mut written = String::with_capacity(text.len() + 2);
        written.push('"');
        let mut chars = text.chars();
        while let Some(char) = chars.next() {
            match char {
                // A digit behind it would belong to it.
                '\0' if chars.as_str().starts_with(|next: char| next.is_digit(8)) => {
                    written.push_str("\\x00");
                }
                '"' | '\\' => written.extend(['\\', char]),
                ' '..='~' => written.push(char),
                _ => written.extend(char.escape_debug()),
            }
        }
        written.push('"');
        Self::new(written)
    }
}

/// Tokens in a row; of all brackets, each is closed.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenStream(Vec<Token>);

impl TokenStream {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn list(&self) -> &[Token] {
        &self.0
    }

    /// Where the bracket closes that opens there; the end, where none does.
    pub(super) fn closes_at(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.0.iter().enumerate().skip(open) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.0.len()
    }

    pub(super) fn push(&mut self, token: Token) {
        self.0.push(token);
    }

    /// Some of its tokens.
    pub(super) fn of(tokens: &[Token]) -> Self {
        Self(tokens.to_vec())
    }

    pub(super) fn extend(&mut self, stream: &Self) {
        self.0.extend_from_slice(&stream.0);
    }

    pub(super) fn append(&mut self, stream: Self) {
        self.0.extend(stream.0);
    }

    /// Adds words of the generator.
    pub(super) fn words(&mut self, words: &[&'static str]) {
        self.0.reserve(words.len());
        for &word in words {
            self.word(word);
        }
    }

    pub(super) fn word(&mut self, word: &'static str) {
        // They close two lists of types: nothing that is generated shifts bits.
        if word == ">>" {
            self.words(&[">", ">"]);
            return;
        }
        self.0.push(Token {
            kind: kind(word),
            text: Text::Fixed(word),
        });
    }

    /// Adds items, with `between` between them.
    pub(super) fn list_of<T: ToTokens>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        between: Option<&'static str>,
    ) {
        for (at, item) in items.into_iter().enumerate() {
            if at > 0
                && let Some(between) = between
            {
                self.word(between);
            }
            item.into_tokens(self);
        }
    }
}

fn kind(word: &str) -> Kind {
    match word.as_bytes() {
        [b'(' | b'[' | b'{'] => Kind::Open,
        [b')' | b']' | b'}'] => Kind::Close,
        [b'0'..=b'9' | b'"', ..] | [b'\'', .., b'\''] | [.., b'"'] => Kind::Literal,
        [b'\'', ..] => Kind::Lifetime,
        [first, ..] if first.is_ascii_alphabetic() || *first == b'_' => Kind::Word,
        _ => Kind::Sign,
    }
}

impl FromIterator<TokenStream> for TokenStream {
    fn from_iter<I: IntoIterator<Item = TokenStream>>(streams: I) -> Self {
        let mut all = Self::new();
        streams.into_iter().for_each(|stream| all.append(stream));
        all
    }
}
