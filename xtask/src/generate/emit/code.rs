//! Pieces of Rust: expressions that know when they need parentheses, identifiers, literals, docs.
use super::quote::quote;
use super::to_tokens::ToTokens;
use super::tokens::{Ident, Kind, Literal, Token, TokenStream};

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// `if c { a } else { b }`
    If,
    /// `a || b`
    Or,
    /// `a && b`
    And,
    /// `a < b`
    Compare,
    /// `a + b` and the like, also `a as f64`
    Arithmetic,
    /// `-a`, `!a`, `*a`
    Unary,
    /// `a.b(c)?`, names, literals
    Postfix,
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Code {
    tokens: TokenStream,
    level: Level,
}

impl Code {
    pub(super) fn new(level: Level, tokens: TokenStream) -> Self {
        Self { tokens, level }
    }

    pub(super) fn postfix(tokens: TokenStream) -> Self {
        Self::new(Level::Postfix, tokens)
    }

    /// As an operand of something that holds as tightly as `level`.
    pub(super) fn within(self, level: Level) -> TokenStream {
        let tokens = self.tokens;
        if self.level < level {
            quote!((#tokens))
        } else {
            tokens
        }
    }

    /// Whether it begins with a minus.
    pub(super) fn is_negative(&self) -> bool {
        self.level == Level::Unary
            && self
                .tokens
                .list()
                .first()
                .is_some_and(|token| token.text() == "-")
    }

    /// As something to call a method on.
    pub(super) fn receiver(self) -> TokenStream {
        self.within(Level::Postfix)
    }

    /// Of `*place`, the place: something to call a method on that takes its receiver by reference.
    pub(super) fn dereferenced(self) -> TokenStream {
        TokenStream::of(self.tokens.list().get(1..).unwrap_or_default())
    }

    /// Whether it can end the function, so that it cannot stand in a closure.
    pub(super) fn fails(&self) -> bool {
        fails(&self.tokens)
    }

    /// As a result: of `value?`, that is what stands before the `?`.
    pub(super) fn result(self) -> TokenStream {
        // In anything looser, the `?` is that of its last operand.
        match self.level {
            Level::Postfix => result(&self.tokens),
            _ => ok(&self.tokens),
        }
    }

    /// After `else`: a block, or another `if`.
    pub(super) fn after_else(self) -> TokenStream {
        let tokens = self.tokens;
        if self.level == Level::If {
            tokens
        } else {
            quote!({ #tokens })
        }
    }
}

/// On its own: as an argument, a field's value, the right side of a `let`.
impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// A value as a result: of `value?`, that is what stands before the `?`.
pub(super) fn result(value: &TokenStream) -> TokenStream {
    match value.list() {
        [before @ .., last] if last.is_sign("?") => TokenStream::of(before),
        _ => ok(value),
    }
}

fn ok(value: &TokenStream) -> TokenStream {
    quote!(Ok(#value))
}

/// Whether there is a `?` in it.
pub(super) fn fails(tokens: &TokenStream) -> bool {
    tokens.list().iter().any(|token| token.is_sign("?"))
}

/// An identifier that one of [`aliya_macros_core::names`] made.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name)
}

/// An int as a value: the compiler takes one of which nothing says the type for an i32, so that one
/// that is larger says it itself.
pub(super) fn int_value(value: i64, suffixed: bool) -> Code {
    int(value, suffixed || i32::try_from(value).is_err())
}

/// An int, without a suffix or with one where nothing else says its type.
pub(super) fn int(value: i64, suffixed: bool) -> Code {
    if value == i64::MIN {
        return Code::postfix(quote!(i64::MIN));
    }
    let size = value.saturating_abs();
    let literal = if suffixed {
        Literal::number(format_args!("{size}i64"))
    } else {
        Literal::number(size)
    };
    signed(value < 0, literal)
}

/// A float, which is finite.
pub(super) fn float(value: f64, suffixed: bool) -> Code {
    let mut size = value.abs().to_string();
    if !size.contains('.') {
        size.push_str(".0");
    }
    if suffixed {
        size.push_str("f64");
    }
    signed(value.is_sign_negative(), Literal::new(size))
}

fn signed(negative: bool, literal: Literal) -> Code {
    if negative {
        Code::new(Level::Unary, quote!(-#literal))
    } else {
        Code::postfix(quote!(#literal))
    }
}

/// Text as a raw literal where that reads better than escapes.
pub(super) fn raw_text(text: &str) -> Literal {
    let raw = text.bytes().any(|b| matches!(b, b'"' | b'\\' | b'\n'));
    if !raw || text.chars().any(|c| c.is_control() && c != '\n') {
        return Literal::string(text);
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    Literal::new(format!("r{hashes}\"{text}\"{hashes}"))
}

/// A doc comment.
pub(super) fn doc(text: &str) -> TokenStream {
    let mut docs = TokenStream::new();
    for line in text.trim().lines() {
        docs.push(Token::doc(format!(" {}", line.trim()).trim_end()));
    }
    docs
}

/// Whether the name stands anywhere in it, save as that of a field.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let tokens = tokens.list();
    tokens.iter().enumerate().any(|(at, token)| {
        if token.kind != Kind::Word || token.text() != name {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let behind_dot = before.is_some_and(|token| token.is_sign(".") || token.is_sign(".."));
        let next = tokens.get(at + 1);
        let names_field = next.is_some_and(|token| token.is_sign(":"));
        !behind_dot && !names_field
    })
}
