//! `#[derive(Table)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Error;

use super::bounds::{self, Bound};
use super::fields::{self, Named, Struct};
use super::keys::Keys;
use super::{Expanded, refused, tried};

pub(super) fn expand(input: TokenStream) -> Expanded {
    fields::derive("Table", input, tokens)
}

fn tokens(item: Struct, errors: &mut Vec<Error>) -> TokenStream {
    let table = name(&item, errors);
    let known = ["name", "min", "max", "fixed"];
    let mut columns = item.named("Table", "column", &known, errors);
    if item.fields.is_empty() {
        errors.push(Error::new(item.ident.span(), "a table needs a column"));
    }
    let (mut checks, mut stops) = (TokenStream::new(), TokenStream::new());
    for column in &mut columns {
        let bounds = bounds::take(&mut column.keys, &column.ty, errors);
        checks.extend(bounds.iter().map(|bound| check(&table, column, bound)));
        if !column.keys.flag("fixed", errors) && bounds::is_number(&column.ty) {
            stops.extend(bounds.iter().map(|bound| stop(column, bound)));
        }
    }
    let stops = (!stops.is_empty()).then(|| quote!(fn stop_at_bounds(&mut self) { #stops }));
    let ident = &item.ident;
    let names = columns.iter().map(|column| &column.name);
    let fields: Vec<_> = columns.iter().map(|column| &column.ident).collect();
    let row = tried(&quote!(::aliya_runtime::columns::Columns::of(row, &[#(#names),*])));
    let value = tried(&quote!(row.take()));
    quote! {
        #[automatically_derived]
        #[allow(clippy::question_mark)]
        impl ::aliya_runtime::db::Checked for #ident {
            fn check(&self) -> ::core::result::Result<(), ::aliya_runtime::db::OutOfBounds> {
                #checks
                Ok(())
            }
            #stops
        }
        #[automatically_derived]
        #[allow(clippy::question_mark)]
        impl ::aliya_runtime::db::Table for #ident {
            const NAME: &'static str = #table;
            fn from_row(
                row: ::aliya_runtime::db::Row,
            ) -> ::core::result::Result<Self, ::aliya_runtime::db::ColumnError> {
                let mut row = #row;
                Ok(Self { #(#fields: #value),* })
            }
            fn params(&self) -> ::std::vec::Vec<::aliya_runtime::db::Param<'_>> {
                ::std::vec::Vec::from([#(::aliya_runtime::db::Column::param(&self.#fields)),*])
            }
        }
    }
}

fn name(item: &Struct, errors: &mut Vec<Error>) -> String {
    let before = errors.len();
    let mut keys = Keys::of("table", &["name"], &item.attrs, errors);
    match keys.text("name", errors) {
        Some(name) => name.value(),
        None => {
            if errors.len() == before {
                let what = "the table's name is missing: `#[table(name = \"...\")]`";
                errors.push(Error::new(item.ident.span(), what));
            }
            String::new()
        }
    }
}

fn check(table: &str, column: &Named, bound: &Bound) -> TokenStream {
    let Named { ident, name, .. } = column;
    let Bound { key, number } = bound;
    let check = Ident::new(key, Span::call_site());
    let (number, said) = (number.tokens(), format!("{key} is {number}"));
    refused(&quote!(::aliya_runtime::columns::#check(#table, #name, &self.#ident, #number, #said)))
}

/// Brings a number to a bound that it passes.
fn stop(column: &Named, bound: &Bound) -> TokenStream {
    let ident = &column.ident;
    let number = bound.number.tokens();
    let to = match bound.key {
        "min" => quote!(at_least),
        _ => quote!(at_most),
    };
    quote!(::aliya_runtime::columns::#to(&mut self.#ident, #number);)
}
