//! The struct under a derive, and its fields.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, Type};

use super::Expanded;
use super::keys::Keys;

/// A struct as the derives take it: without generics.
pub(super) struct Struct {
    pub(super) ident: Ident,
    pub(super) attrs: Vec<Attribute>,
    /// Whether its fields have no names.
    pub(super) tuple: bool,
    pub(super) fields: Vec<syn::Field>,
}

/// A field with a name, and what its attribute says.
pub(super) struct Named {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    /// Its name outside Rust.
    pub(super) name: String,
    /// The other keys of its attribute.
    pub(super) keys: Keys,
}

/// Expands a derive for structs: `tokens` are dropped where there was a mistake.
pub(super) fn derive(
    derive: &str,
    input: TokenStream,
    tokens: impl FnOnce(Struct, &mut Vec<Error>) -> TokenStream,
) -> Expanded {
    let item = match syn::parse2(input).and_then(|item| Struct::of(derive, item)) {
        Ok(item) => item,
        Err(error) => return (TokenStream::new(), vec![error]),
    };
    let mut errors = Vec::new();
    let tokens = tokens(item, &mut errors);
    if errors.is_empty() {
        (tokens, errors)
    } else {
        (TokenStream::new(), errors)
    }
}

impl Struct {
    fn of(derive: &str, item: DeriveInput) -> Result<Self, Error> {
        plain(derive, &item)?;
        let Data::Struct(data) = item.data else {
            let what = format!("`{derive}` is for structs");
            return Err(Error::new(item.ident.span(), what));
        };
        Ok(Self {
            ident: item.ident,
            attrs: item.attrs,
            tuple: matches!(data.fields, Fields::Unnamed(_)),
            fields: data.fields.into_iter().collect(),
        })
    }

    /// Its fields, each with the keys of `#[attribute(...)]`, of which `name` is taken already.
    pub(super) fn named(
        &self,
        derive: &str,
        attribute: &str,
        known: &[&str],
        errors: &mut Vec<Error>,
    ) -> Vec<Named> {
        if self.tuple {
            let what = format!("`{derive}` needs fields with names");
            errors.push(Error::new(self.ident.span(), what));
            return Vec::new();
        }
        let mut named: Vec<Named> = Vec::new();
        for field in &self.fields {
            let Some(ident) = field.ident.clone() else {
                continue;
            };
            let mut keys = Keys::of(attribute, known, &field.attrs, errors);
            let (name, span) = match keys.text("name", errors) {
                Some(text) => (text.value(), text.span()),
                None => (ident.unraw().to_string(), ident.span()),
            };
            if named.iter().any(|earlier| earlier.name == name) {
                errors.push(Error::new(span, format!("two fields are named `{name}`")));
            }
            let ty = field.ty.clone();
            named.push(Named {
                ident,
                ty,
                name,
                keys,
            });
        }
        named
    }
}

/// Refuses generics, which nothing that travels has.
pub(super) fn plain(derive: &str, item: &DeriveInput) -> Result<(), Error> {
    if item.generics.params.is_empty() {
        return Ok(());
    }
    let what = format!("`{derive}` is for types without generics");
    Err(Error::new_spanned(&item.generics, what))
}
