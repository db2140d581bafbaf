//! `#[derive(Args)]` and `#[derive(Outgoing)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, Expr};

use super::{Expanded, refused, tried};
use super::bounds::{self, Bound};
use super::fields::{self, Named, Struct};
use super::keys;

/// What the attribute of an arg may say.
const KNOWN: [&str; 4] = ["name", "min", "max", "default"];

pub(super) fn expand(input: TokenStream) -> Expanded {
    fields::derive("Args", input, tokens)
}

pub(super) fn expand_outgoing(input: TokenStream) -> Expanded {
    fields::derive("Outgoing", input, |item, errors| {
        let args = item.named("Outgoing", "arg", &KNOWN, errors);
        let ident = &item.ident;
        let members = super::reply::members(&args);
        quote! {
            #[automatically_derived]
            impl ::aliya_runtime::wire::Outgoing for #ident {
                fn encode(&self, out: &mut ::std::string::String) {
                    #members
                }
            }
        }
    })
}

fn tokens(item: Struct, errors: &mut Vec<Error>) -> TokenStream {
    let mut args = item.named("Args", "arg", &KNOWN, errors);
    let mut values = Vec::new();
    let mut checks = TokenStream::new();
    for arg in &mut args {
        values.push(value(arg, errors));
        let bounds = bounds::take(&mut arg.keys, &arg.ty, errors);
        checks.extend(bounds.iter().map(|bound| check(arg, bound)));
    }
    let ident = &item.ident;
    let idents: Vec<_> = args.iter().map(|arg| &arg.ident).collect();
    let data = super::reply::data_ident(args.is_empty());
    let decoded = quote!(Self { #(#idents: #values),* });
    let (decode, check) = if checks.is_empty() {
        (quote!(Ok(#decoded)), TokenStream::new())
    } else {
        let check = quote! {
            fn check(&self) -> ::core::result::Result<(), ::aliya_runtime::Stop> {
                #checks
                Ok(())
            }
        };
        let decode = quote! {
            let args = #decoded;
            match ::aliya_runtime::wire::Args::check(&args) {
                Ok(()) => Ok(args),
                Err(error) => Err(error),
            }
        };
        (decode, check)
    };
    quote! {
        #[automatically_derived]
        impl ::aliya_runtime::wire::Args for #ident {
            fn decode(
                #data: &::aliya_runtime::wire::Data,
            ) -> ::core::result::Result<Self, ::aliya_runtime::Stop> {
                #decode
            }
            #check
        }
    }
}

/// The expression that reads an arg.
fn value(arg: &mut Named, errors: &mut Vec<Error>) -> TokenStream {
    let name = &arg.name;
    let Some(default) = arg.keys.expr("default", errors) else {
        return tried(&quote!(::aliya_runtime::wire::arg(data, #name)));
    };
    if bounds::optional(&arg.ty).is_some() {
        let what = "an optional arg is absent when it is missing: it has no `default`";
        errors.push(Error::new_spanned(&default, what));
    }
    let default = owned(&default);
    quote! {
        match ::aliya_runtime::wire::given(data, #name) {
            Ok(Some(given)) => given,
            Ok(None) => #default,
            Err(error) => return Err(error),
        }
    }
}

/// A text arg is a `String`: its default may be written as a literal all the same.
fn owned(default: &Expr) -> TokenStream {
    match keys::text(default) {
        Some(text) => quote!(::std::string::String::from(#text)),
        None => quote!(#default),
    }
}

fn check(arg: &Named, bound: &Bound) -> TokenStream {
    let Named { ident, name, .. } = arg;
    let check = format_ident!("arg_{}", bound.key);
    let number = bound.number.tokens();
    refused(&quote!(::aliya_runtime::wire::#check(#name, &self.#ident, #number)))
}
