//! The impl block of a manager. What its functions do is not looked at: it passes as it came.

use proc_macro2::{Group, Ident, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, FnArg, ImplItem, ReturnType, Signature, Token, Type, Visibility};
use syn::{braced, parse_quote};

/// `impl Name { ... }`.
pub(super) struct Block {
    attrs: Vec<Attribute>,
    pub(super) ident: Ident,
    items: Vec<Item>,
}

enum Item {
    Method(Box<Method>),
    Other(TokenStream),
}

/// A function of the block.
pub(super) struct Method {
    pub(super) attrs: Vec<Attribute>,
    vis: Visibility,
    pub(super) sig: Signature,
    body: Group,
}

impl Block {
    pub(super) fn methods(&mut self) -> impl Iterator<Item = &mut Method> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::Method(method) => Some(&mut **method),
            Item::Other(_) => None,
        })
    }
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> Result<Self, Error> {
        let wanted = "`#[manager]` is for an impl block: `impl Name { ... }`";
        let attrs = input.call(Attribute::parse_outer)?;
        if !input.peek(Token![impl]) {
            return Err(Error::new_spanned(input.parse::<TokenStream>()?, wanted));
        }
        input.parse::<Token![impl]>()?;
        let head = input.fork();
        let Ok(ident) = input.call(Ident::parse_any) else {
            return Err(head.error(wanted));
        };
        if !input.peek(syn::token::Brace) {
            return Err(head.error(wanted));
        }
        let inside;
        braced!(inside in input);
        let mut items = Vec::new();
        while !inside.is_empty() {
            items.push(inside.parse()?);
        }
        Ok(Self {
            attrs,
            ident,
            items,
        })
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self, Error> {
        let ahead = input.fork();
        ahead.call(Attribute::parse_outer)?;
        ahead.parse::<Visibility>()?;
        if !(ahead.peek(Token![async]) || ahead.peek(Token![fn])) {
            let item: ImplItem = input.parse()?;
            return Ok(Self::Other(item.into_token_stream()));
        }
        Ok(Self::Method(Box::new(Method {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
            body: input.parse()?,
        })))
    }
}

impl Method {
    /// Makes an `async` function one that returns its future in a box. So rustc has neither a type
    /// nor a second function for the future of each, and sees once that it may change threads.
    pub(super) fn boxed(&mut self) {
        let (Some(_), ReturnType::Type(_, returned)) =
            (self.sig.asyncness.take(), &self.sig.output)
        else {
            return;
        };
        self.sig.output = parse_quote!(-> ::aliya_runtime::BoxFuture<'run, #returned>);
        self.sig.generics = parse_quote!(<'run>);
        for input in &mut self.sig.inputs {
            if let FnArg::Typed(input) = input
                && let Type::Reference(reference) = &mut *input.ty
            {
                reference.lifetime = Some(parse_quote!('run));
            }
        }
        let body = &self.body;
        let boxed = quote! {
            ::std::boxed::Box::pin(async move {
                // Never run: it tells rustc the type of what the block returns.
                if false {
                    return ::aliya_runtime::function::nothing();
                }
                #body
            })
        };
        self.body = Group::new(body.delimiter(), boxed);
    }
}

impl ToTokens for Block {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attrs,
            ident,
            items,
        } = self;
        tokens.extend(quote!(#(#attrs)* impl #ident { #(#items)* }));
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Method(method) => method.to_tokens(tokens),
            Self::Other(item) => item.to_tokens(tokens),
        }
    }
}

impl ToTokens for Method {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attrs);
        self.vis.to_tokens(tokens);
        self.sig.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}
