//! `#[derive(Reply)]` and `#[derive(Incoming)]`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{Error, Index};

use super::bounds;
use super::fields::{self, Named, Struct};
use super::{Expanded, tried};

pub(super) fn expand(input: TokenStream) -> Expanded {
    fields::derive("Reply", input, |item, errors| {
        if item.tuple {
            list(&item, errors)
        } else {
            object(&item, errors)
        }
    })
}

pub(super) fn expand_incoming(input: TokenStream) -> Expanded {
    fields::derive("Incoming", input, |item, errors| {
        if item.tuple {
            incoming_list(&item)
        } else {
            incoming_object(&item, errors)
        }
    })
}

/// The parameter that holds a JSON object: named as unused where there is nothing to read.
pub(super) fn data_ident(unused: bool) -> Ident {
    let name = if unused { "_data" } else { "data" };
    Ident::new(name, Span::call_site())
}

/// Writes the fields of `self` as a JSON object.
pub(super) fn members(fields: &[Named]) -> TokenStream {
    let idents = fields.iter().map(|field| &field.ident);
    let names = fields.iter().map(|field| &field.name);
    quote! {
        ::aliya_runtime::wire::ObjectWriter::begin(out)
            #(.field(#names, &self.#idents))*
            .end();
    }
}

/// Fields with names: a JSON object.
fn object(item: &Struct, errors: &mut Vec<Error>) -> TokenStream {
    let fields = item.named("Reply", "reply", &["name"], errors);
    let ident = &item.ident;
    let members = members(&fields);
    quote! {
        #[automatically_derived]
        impl ::aliya_runtime::wire::Reply for #ident {
            fn encode(&self, out: &mut ::std::string::String) {
                #members
            }
        }
    }
}

fn incoming_object(item: &Struct, errors: &mut Vec<Error>) -> TokenStream {
    let fields = item.named("Incoming", "reply", &["name"], errors);
    let ident = &item.ident;
    let idents = fields.iter().map(|field| &field.ident);
    let member = |field: &Named| {
        let name = &field.name;
        tried(&quote!(::aliya_runtime::wire::member(data, #name)))
    };
    let members = fields.iter().map(member);
    let data = data_ident(fields.is_empty());
    quote! {
        #[automatically_derived]
        #[allow(clippy::question_mark)]
        impl ::aliya_runtime::wire::Incoming for #ident {
            fn decode(
                #data: &::aliya_runtime::wire::Data,
            ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                Ok(Self { #(#idents: #members),* })
            }
        }
    }
}

/// Fields without names: a JSON array.
fn list(item: &Struct, errors: &mut Vec<Error>) -> TokenStream {
    if item.fields.is_empty() {
        let what = "a list needs an item: `{}` makes it an empty object";
        errors.push(Error::new(item.ident.span(), what));
    }
    for field in &item.fields {
        if bounds::optional(&field.ty).is_some() {
            let what =
                "an item of a list cannot be left out: an optional needs a field with a name";
            errors.push(Error::new_spanned(&field.ty, what));
        }
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("reply")) {
            let what = "an item of a list has no name on the wire";
            errors.push(Error::new_spanned(attribute, what));
        }
    }
    let ident = &item.ident;
    let indices = (0..item.fields.len()).map(Index::from);
    quote! {
        #[automatically_derived]
        impl ::aliya_runtime::wire::ToWire for #ident {
            fn write(&self, out: &mut ::std::string::String) {
                ::aliya_runtime::wire::ListWriter::begin(out)
                    #(.item(&self.#indices))*
                    .end();
            }
        }
    }
}

fn incoming_list(item: &Struct) -> TokenStream {
    let ident = &item.ident;
    let takes = item.fields.iter().map(|_| tried(&quote!(items.take())));
    let count = Literal::usize_unsuffixed(item.fields.len());
    let items = tried(&quote!(::aliya_runtime::wire::Items::of(value, #count)));
    quote! {
        #[automatically_derived]
        #[allow(clippy::question_mark)]
        impl ::aliya_runtime::wire::Wire for #ident {
            fn read(
                value: &::aliya_runtime::wire::Value,
            ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                let mut items = #items;
                Ok(Self(#(#takes),*))
            }
        }
    }
}
