//! `#[derive(Args)]` and `#[derive(Outgoing)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, Expr};

use super::bounds::{self, Bound};
use super::fields::{self, Named, Struct};
use super::keys::{self, Keys};
use super::{Expanded, refused, tried};

/// What the attribute of an arg may say.
const KNOWN: [&str; 4] = ["name", "min", "max", "default"];

pub(super) fn expand(input: TokenStream) -> Expanded {
    fields::derive("Args", input, tokens)
}

pub(super) fn expand_outgoing(input: TokenStream) -> Expanded {
    fields::derive("Outgoing", input, |item, errors| {
        let mut args = item.named("Outgoing", "arg", &KNOWN, errors);
        let ident = &item.ident;
        let callee = callee(&item, errors);
        let members = super::reply::members(&args);
        // `Args` tells of mistakes in bounds.
        let checks = checks(&mut args, &quote!(self), &mut Vec::new());
        let check = (!checks.is_empty()).then(|| {
            quote! {
                fn check(&self) -> ::core::result::Result<(), ::aliya_runtime::wire::Invalid> {
                    #checks
                    Ok(())
                }
            }
        });
        quote! {
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Outgoing for #ident {
                fn callee(&self) -> ::aliya_runtime::Callee {
                    #callee
                }
                #check
                fn encode(&self, out: &mut ::std::string::String) {
                    #members
                }
            }
        }
    })
}

/// What `#[callee(...)]` says.
fn callee(item: &Struct, errors: &mut Vec<Error>) -> TokenStream {
    let before = errors.len();
    let mut keys = Keys::of("callee", &["manager", "function"], &item.attrs, errors);
    let (manager, function) = (keys.text("manager", errors), keys.text("function", errors));
    if errors.len() == before && (manager.is_none() || function.is_none()) {
        let what = "whose args are these? `#[callee(manager = \"...\", function = \"...\")]`";
        errors.push(Error::new(item.ident.span(), what));
    }
    quote!(::aliya_runtime::Callee { manager: #manager, function: #function })
}

fn tokens(item: Struct, errors: &mut Vec<Error>) -> TokenStream {
    let mut args = item.named("Args", "arg", &KNOWN, errors);
    let mut values = Vec::new();
    let mut all = TokenStream::new();
    for arg in &mut args {
        values.push(value(arg, errors));
        all.extend(checks(std::slice::from_mut(arg), &quote!(args), errors));
    }
    let ident = &item.ident;
    let idents: Vec<_> = args.iter().map(|arg| &arg.ident).collect();
    let data = super::reply::data_ident(args.is_empty());
    let decoded = quote!(Self { #(#idents: #values),* });
    // Their bounds are checked once all are of their types.
    let decode = match all.is_empty() {
        true => quote!(Ok(#decoded)),
        false => quote! {
            let args = #decoded;
            #all
            Ok(args)
        },
    };
    quote! {
        #[automatically_derived]
        #[allow(clippy::question_mark)]
        impl ::aliya_runtime::wire::Args for #ident {
            fn decode(
                #data: &::aliya_runtime::wire::Data,
            ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Invalid> {
                #decode
            }
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

/// The checks of the bounds of `args`, which are fields of `of`.
fn checks(args: &mut [Named], of: &TokenStream, errors: &mut Vec<Error>) -> TokenStream {
    let mut checks = TokenStream::new();
    for arg in args {
        let bounds = bounds::take(&mut arg.keys, &arg.ty, errors);
        checks.extend(bounds.iter().map(|bound| check(arg, of, bound)));
    }
    checks
}

fn check(arg: &Named, of: &TokenStream, bound: &Bound) -> TokenStream {
    let Named { ident, name, .. } = arg;
    let check = format_ident!("arg_{}", bound.key);
    let number = bound.number.tokens();
    refused(&quote!(::aliya_runtime::wire::#check(#name, &#of.#ident, #number)))
}
