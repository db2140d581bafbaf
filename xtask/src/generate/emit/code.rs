//! Pieces of Rust: expressions that know when they need parentheses, identifiers, literals, docs.

use proc_macro2::{Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

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

    /// As something to call a method on.
    pub(super) fn receiver(self) -> TokenStream {
        self.within(Level::Postfix)
    }

    /// Of `*place`, the place: something to call a method on that takes its receiver by reference.
    pub(super) fn dereferenced(self) -> TokenStream {
        self.tokens.into_iter().skip(1).collect()
    }

    /// Whether it can end the function, so that it cannot stand in a closure.
    pub(super) fn fails(&self) -> bool {
        fails(&self.tokens)
    }

    /// As a result: of `value?`, that is what stands before the `?`.
    pub(super) fn result(self) -> TokenStream {
        let tokens = self.tokens;
        let mut inner: Vec<TokenTree> = tokens.clone().into_iter().collect();
        match inner.pop() {
            // In anything looser, the `?` is that of its last operand.
            Some(TokenTree::Punct(last))
                if last.as_char() == '?' && self.level == Level::Postfix =>
            {
                inner.into_iter().collect()
            }
            _ => quote!(Ok(#tokens)),
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

/// Whether there is a `?` in it.
pub(super) fn fails(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Group(group) => fails(&group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// An identifier that one of [`aliya_macros_core::names`] made.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
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
        Literal::i64_suffixed(size)
    } else {
        Literal::i64_unsuffixed(size)
    };
    signed(value < 0, literal)
}

/// A float, which is finite.
pub(super) fn float(value: f64) -> Code {
    signed(
        value.is_sign_negative(),
        Literal::f64_unsuffixed(value.abs()),
    )
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
    let raw = text.contains(['"', '\\', '\n']);
    if !raw || text.contains(|c: char| c.is_control() && c != '\n') {
        return Literal::string(text);
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let literal = format!("r{hashes}\"{text}\"{hashes}");
    literal.parse().expect("a raw string literal")
}

/// A doc comment, one attribute a line.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| format!(" {}", line.trim()));
    quote!(#(#[doc = #lines])*)
}

/// Whether the name stands anywhere in it, save as that of a field.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let mut before = None;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match &token {
            TokenTree::Ident(ident) if ident == name => {
                let behind_dot = before == Some('.');
                let names_field = matches!(
                    tokens.peek(),
                    Some(TokenTree::Punct(next))
                        if next.as_char() == ':' && next.spacing() == Spacing::Alone
                );
                !behind_dot && !names_field
            }
            TokenTree::Group(group) => mentions(&group.stream(), name),
            _ => false,
        };
        if found {
            return true;
        }
        before = match &token {
            TokenTree::Punct(punct) => Some(punct.as_char()),
            _ => None,
        };
    }
    false
}
