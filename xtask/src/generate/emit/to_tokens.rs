//! Values as tokens.

use super::tokens::{Ident, Literal, TokenStream};

/// What can stand as `#name` in a `quote!`.
pub(super) trait ToTokens {
    fn to_tokens(&self, tokens: &mut TokenStream);

    /// The same of what is needed no more.
    fn into_tokens(self, tokens: &mut TokenStream)
    where
        Self: Sized,
    {
        self.to_tokens(tokens);
    }

    fn to_token_stream(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        self.to_tokens(&mut tokens);
        tokens
    }
}

impl ToTokens for TokenStream {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self);
    }

    fn into_tokens(self, tokens: &mut TokenStream) {
        tokens.append(self);
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.push(self.token().clone());
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.push(self.token().clone());
    }
}

impl ToTokens for str {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Literal::string(self).to_tokens(tokens);
    }
}

impl ToTokens for String {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.as_str().to_tokens(tokens);
    }
}

impl ToTokens for bool {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.word(if *self { "true" } else { "false" });
    }
}

/// With its type.
impl ToTokens for i64 {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Literal::new(format!("{self}i64")).to_tokens(tokens);
    }
}

impl<T: ToTokens + ?Sized> ToTokens for &T {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        (**self).to_tokens(tokens);
    }
}

/// Nothing, where there is none.
impl<T: ToTokens> ToTokens for Option<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(some) = self {
            some.to_tokens(tokens);
        }
    }
}
