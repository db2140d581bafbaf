//! Balance tables: the struct that functions read, and what the runtime holds the files against.

use std::collections::BTreeSet;

use aliya_macros_core::names;

use super::code::{doc, ident, int, mentions};
use super::print;
use super::quote::quote;
use super::records::a_field;
use super::tokens::{Ident, TokenStream};
use crate::generate::ir::{Enum, Field, Game, Record, Ty};

/// The file that a designer begins with.
const ROOT: &str = "managers.yaml";

/// src/config.rs
pub(super) fn file(game: &Game) -> String {
    let fields = game.config.iter().map(|table| {
        let field = Field {
            name: table.name.clone(),
            ty: table.ty.clone(),
            default: None,
            min: None,
            max: None,
            doc: None,
        };
        a_field(game, &field)
    });
    let tables = game.config.iter().map(|table| {
        let (name, shape) = (&table.name, shape(game, &table.ty));
        quote!(Table { name: #name, shape: &#shape })
    });
    let (tables, fields): (Vec<_>, Vec<_>) = (tables.collect(), fields.collect());
    let shapes = shapes(game);
    // The others are named by every file.
    let field = shapes.iter().any(|shape| mentions(shape, "Field"));
    let field = field.then(|| quote!(Field,));
    let values = doc("The values of all tables, as a request sees them.");
    let held = doc("What the files are held against.");
    print::file(
        "The game's balance tables: their values stand in config/, a file each.",
        ROOT,
        "",
        &quote! {
            use aliya_runtime::config::{self, #field Shape, Table};
            use aliya_runtime::prelude::*;
            #values
            #[derive(Clone, Debug, PartialEq, Reply, Incoming)]
            pub struct Config { #(#fields),* }
            #held
            pub static CONFIG: config::Config = config::Config {
                tables: &[#(#tables),*],
                decode: config::decode::<Config>,
            };
            #(#shapes)*
        },
    )
}

/// A type as the runtime knows it.
fn shape(game: &Game, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Int | Ty::Time | Ty::Id => quote!(Shape::Int),
        Ty::Float => quote!(Shape::Float),
        Ty::Bool => quote!(Shape::Bool),
        Ty::Text => quote!(Shape::Text),
        Ty::Player => quote!(Shape::Player),
        Ty::Enum(id) => {
            let name = enum_static(game.the_enum(*id));
            quote!(#name)
        }
        Ty::List(item) => {
            let item = shape(game, item);
            quote!(Shape::List(&#item))
        }
        Ty::Map(key, value) => {
            let (key, value) = (shape(game, key), shape(game, value));
            quote!(Shape::Map(&#key, &#value))
        }
        Ty::Named(id) => {
            let name = record_static(&game.records[id.0]);
            quote!(#name)
        }
        Ty::Optional(_) | Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => {
            unreachable!("a balance table is no {ty:?}")
        }
    }
}

fn record_static(record: &Record) -> Ident {
    ident(&format!(
        "{}_FIELDS",
        names::plain(&names::const_name(&record.name))
    ))
}

fn enum_static(declared: &Enum) -> Ident {
    ident(&format!(
        "{}_NAMES",
        names::plain(&names::const_name(&declared.name))
    ))
}

/// Statics for the records and enums that tables have in them.
fn shapes(game: &Game) -> Vec<TokenStream> {
    let mut found = Found::default();
    game.config
        .iter()
        .for_each(|table| found.of(game, &table.ty));
    let enums = found.enums.iter().map(|&at| {
        let declared = &game.enums[at];
        let name = enum_static(declared);
        let numbered = declared
            .variants
            .iter()
            .any(|variant| variant.number.is_some());
        let variants = declared.variants.iter().map(|variant| {
            let text = &variant.name;
            match variant.number {
                Some(number) => {
                    let number = int(number, false);
                    quote!((#text, #number))
                }
                None => quote!(#text),
            }
        });
        let kind = if numbered {
            quote!(Numbered)
        } else {
            quote!(Choice)
        };
        quote!(static #name: Shape = Shape::#kind(&[#(#variants),*]);)
    });
    let records = found.records.iter().map(|&at| {
        let record = &game.records[at];
        let name = record_static(record);
        let fields = record.fields.iter().map(|field| {
            let (ty, optional) = match &field.ty {
                Ty::Optional(inner) => (&**inner, true),
                ty => (ty, false),
            };
            let (name, shape) = (&field.name, shape(game, ty));
            quote!(Field { name: #name, shape: &#shape, optional: #optional })
        });
        quote!(static #name: Shape = Shape::Record(&[#(#fields),*]);)
    });
    enums.chain(records).collect()
}

/// The enums and records in some types, by their places in the game.
#[derive(Default)]
struct Found {
    enums: BTreeSet<usize>,
    records: BTreeSet<usize>,
}

impl Found {
    fn of(&mut self, game: &Game, ty: &Ty) {
        match ty {
            Ty::Enum(id) => _ = self.enums.insert(id.0),
            Ty::Named(id) if self.records.insert(id.0) => {
                let fields = game.records[id.0].fields.iter();
                fields.for_each(|field| self.of(game, &field.ty));
            }
            Ty::List(inner) | Ty::Optional(inner) => self.of(game, inner),
            Ty::Map(key, value) => {
                self.of(game, key);
                self.of(game, value);
            }
            _ => {}
        }
    }
}
