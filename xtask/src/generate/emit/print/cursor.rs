//! What is read next, and the words of the layout that are read.

use super::super::tokens::{Kind, Token};
use super::layout::{Breaks, INDENT, Layout};

/// A token, as the printer looks at it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Of an opening bracket, where it is closed.
    pub(super) close: usize,
}

/// Reads tokens from left to right and lays them out.
pub(super) struct Printer<'t> {
    tokens: &'t [Token],
    /// Of each token that opens, where it is closed.
    closes: Vec<usize>,
    pub(super) at: usize,
    pub(super) layout: Layout<'t>,
    /// Whether a brace begins a block, and no fields: between `if` and its block.
    pub(super) in_condition: bool,
}

impl<'t> Printer<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Self {
        let mut closes = vec![0; tokens.len()];
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Open => open.push(at),
                Kind::Close => {
                    if let Some(open) = open.pop() {
                        closes[open] = at;
                    }
                }
                _ => {}
            }
        }
        Self {
            tokens,
            closes,
            at: 0,
            layout: Layout::default(),
            in_condition: false,
        }
    }

    /// The token `ahead` of the next one.
    pub(super) fn ahead(&self, ahead: usize) -> Seen<'t> {
        self.at_place(self.at + ahead)
    }

    pub(super) fn at_place(&self, at: usize) -> Seen<'t> {
        match self.tokens.get(at) {
            Some(token) => Seen {
                kind: token.kind,
                text: token.text(),
                close: self.closes[at],
            },
            None => Seen {
                kind: Kind::Close,
                text: "",
                close: 0,
            },
        }
    }

    pub(super) fn next(&self) -> Seen<'t> {
        self.ahead(0)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.is_ahead(0, text)
    }

    pub(super) fn is_ahead(&self, ahead: usize, text: &str) -> bool {
        let token = self.ahead(ahead);
        token.text == text && token.kind != Kind::Literal
    }

    /// Whether nothing more stands between these brackets.
    pub(super) fn closes(&self) -> bool {
        self.next().kind == Kind::Close
    }

    /// Passes a token without a word, if it is this one.
    pub(super) fn skip(&mut self, text: &str) -> bool {
        let is = self.is(text);
        self.at += usize::from(is);
        is
    }

    /// Passes what has to stand there.
    ///
    /// # Panics
    ///
    /// Where it does not: the generator wrote what is no Rust.
    pub(super) fn expect(&mut self, text: &str) {
        assert!(self.skip(text), "no `{text}` in: {}", self.around());
    }

    /// Passes the comma after an item, which the last one may lack; whether there is one.
    pub(super) fn separator(&mut self) -> bool {
        if self.closes() || self.is(">") {
            return false;
        }
        self.expect(",");
        true
    }

    /// The tokens around the next one.
    pub(super) fn around(&self) -> String {
        let (from, to) = (self.at.saturating_sub(20), self.at + 10);
        let tokens = &self.tokens[from..to.min(self.tokens.len())];
        let texts: Vec<_> = tokens.iter().map(Token::text).collect();
        texts.join(" ")
    }

    /// What stands in brackets, where braces hold fields again.
    pub(super) fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.in_condition, false);
        let made = read(self);
        self.in_condition = outside;
        made
    }

    /// Lays out the next token as it is.
    pub(super) fn take(&mut self) {
        let token = self.next();
        assert!(token.kind != Kind::Close, "no more in: {}", self.around());
        self.layout.word(token.text);
        self.at += 1;
    }

    /// Lays out `word`, if the next token is `text`.
    pub(super) fn word_for(&mut self, text: &str, word: &'static str) -> bool {
        let is = self.skip(text);
        if is {
            self.layout.word(word);
        }
        is
    }

    /// What `item` lays out, until the bracket closes, with a comma after each: one on a line where
    /// they do not fit into one.
    pub(super) fn list(&mut self, mut item: impl FnMut(&mut Self)) {
        self.layout.begin(INDENT, Breaks::All);
        self.layout.zero();
        self.items(&mut item);
        self.layout.dedent();
        self.layout.end();
    }

    /// The items of a list alone.
    pub(super) fn items(&mut self, item: &mut impl FnMut(&mut Self)) {
        while !self.closes() {
            item(self);
            self.separator();
            self.layout.comma(self.closes());
        }
    }
}
