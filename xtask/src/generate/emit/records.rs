//! Records and maps: the structs of `types:`, and the expressions that make and read them.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, doc, ident};
use super::print;
use super::quote::quote;
use super::template::field;
use super::tokens::TokenStream;
use super::types::is_copy;
use crate::generate::ir::{Expr, ExprKind, Field, Game, Record, Ty};

/// The file that a designer begins with.
const ROOT: &str = "managers.yaml";

/// src/types.rs
pub(super) fn file(game: &Game) -> String {
    let records = game.records.iter().map(|record| a_record(game, record));
    let records: Vec<_> = records.collect();
    let items = quote! {
        use aliya_runtime::prelude::*;
        #(#records)*
    };
    print::file("The game's records.", ROOT, "", &items)
}

/// A record's item.
pub(super) fn a_record(game: &Game, record: &Record) -> TokenStream {
    let name = ident(&names::type_name(&record.name));
    let docs = doc(&format!(
        "`{}`: travels and is stored as a JSON object.",
        record.name
    ));
    let fields = record.fields.iter().map(|field| a_field(game, field));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Reply, Incoming)]
        pub struct #name { #(#fields),* }
    }
}

/// A field as it stands in a struct outside of managers.
pub(super) fn a_field(game: &Game, field: &Field) -> TokenStream {
    let declared = &field.name;
    let name = names::value_name(declared);
    let renamed = (names::plain(&name) != declared).then(|| quote!(#[reply(name = #declared)]));
    let name = ident(&name);
    let docs = field.doc.as_deref().map(doc);
    let ty = outside(game, &field.ty);
    quote!(#docs #renamed pub #name: #ty)
}

/// A declared type outside of managers, where nothing but the prelude is imported.
pub(super) fn outside(game: &Game, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Int => quote!(i64),
        Ty::Float => quote!(f64),
        Ty::Bool => quote!(bool),
        Ty::Text => quote!(String),
        Ty::Time => quote!(Time),
        Ty::Player => quote!(PlayerId),
        Ty::Id => quote!(Id),
        Ty::Enum(id) => {
            let name = ident(&names::enum_type(&game.the_enum(*id).name));
            quote!(crate::enums::#name)
        }
        Ty::Named(id) => {
            let name = ident(&names::type_name(&game.records[id.0].name));
            quote!(crate::types::#name)
        }
        Ty::List(item) => {
            let item = outside(game, item);
            quote!(Vec<#item>)
        }
        Ty::Map(key, value) => {
            let (key, value) = (outside(game, key), outside(game, value));
            quote!(BTreeMap<#key, #value>)
        }
        Ty::Optional(inner) => {
            let inner = outside(game, inner);
            quote!(Option<#inner>)
        }
        Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => {
            unreachable!("a declared type is no {ty:?}")
        }
    }
}

impl Body<'_, '_> {
    /// `Record { field: value, ... }`.
    pub(super) fn record_value(&mut self, ty: &Ty, values: &[Expr]) -> Code {
        let (path, fields): (_, Vec<&str>) = match ty {
            Ty::Named(id) => {
                let fields = &self.scope.game.records[id.0].fields;
                let names = fields.iter().map(|field| field.name.as_str()).collect();
                (self.scope.record(*id), names)
            }
            Ty::Record(fields) => {
                let name = self.shapes.of(self.scope, ty, "Value");
                let names = fields.iter().map(|(name, _)| name.as_str()).collect();
                (quote!(#name), names)
            }
            other => unreachable!("a record of type {other:?}"),
        };
        let values: Vec<_> = values.iter().map(|value| self.value(value)).collect();
        let fields = fields.iter().zip(&values);
        let fields = fields.map(|(name, value)| field(name, value));
        Code::postfix(quote!(#path { #(#fields),* }))
    }

    /// The map that a record becomes: an entry for each field.
    pub(super) fn map_of(&mut self, expr: &Expr, record: &Expr) -> Code {
        let (Ty::Map(key, value), Ty::Record(fields)) = (&expr.ty, &record.ty) else {
            unreachable!("a map of {:?}", record.ty)
        };
        let clone = (!is_copy(value)).then(|| quote!(.clone()));
        let mut entries = Vec::new();
        let written = match &record.kind {
            ExprKind::Record(values) => Some(values),
            _ => None,
        };
        for (at, (name, _)) in fields.iter().enumerate() {
            let key = match &**key {
                Ty::Enum(id) => {
                    let mut variants = self.scope.game.the_enum(*id).variants.iter();
                    let at = variants.position(|variant| variant.name == *name);
                    self.scope.variant(*id, at.unwrap_or_default())
                }
                _ => quote!(#name.to_owned()),
            };
            entries.push(match written {
                Some(values) => {
                    let value = self.value(&values[at]);
                    quote!((#key, #value))
                }
                None => {
                    let field = ident(&names::value_name(name));
                    quote!((#key, record.#field #clone))
                }
            });
        }
        if written.is_some() {
            return Code::postfix(quote!(BTreeMap::from([#(#entries),*])));
        }
        let record = self.borrowed(record);
        Code::postfix(quote!({
            let record = #record;
            BTreeMap::from([#(#entries),*])
        }))
    }

    /// `map[key]`, which `expr` is: a reference to the value.
    pub(super) fn entry(&mut self, expr: &Expr, map: &Expr, key: &Expr) -> TokenStream {
        let at = self.place(expr.span);
        let (map, key) = (self.borrowed(map), self.borrowed(key));
        quote!(ops::entry(#map, #key).at(#at)?)
    }

    /// The same of an expression that may be one.
    pub(super) fn entry_of(&mut self, expr: &Expr) -> Option<TokenStream> {
        match &expr.kind {
            ExprKind::Index(map, key) if is_map(map) => Some(self.entry(expr, map, key)),
            _ => None,
        }
    }
}

/// Whether it is a map, whose entries are looked at where they lie.
pub(super) fn is_map(expr: &Expr) -> bool {
    matches!(expr.ty, Ty::Map(..))
}
