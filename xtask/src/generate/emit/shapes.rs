//! The objects and fixed lists of a function's reply: a struct for each, equal ones share it.

use aliya_macros_core::names;

use super::code::{doc, ident};
use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use super::types::Scope;
use crate::generate::ir::{Function, Ty};

/// A declared name as a part of a type's, where nothing needs the marks of keywords.
pub(super) fn part(name: &str) -> String {
    let part = names::variant_name(name);
    names::plain(&part).trim_end_matches('_').to_owned()
}

/// The structs that a function's replies need, beside the reply itself.
pub(super) struct Shapes<'g> {
    function: &'g Function,
    named: Vec<(Ty, Ident)>,
    items: TokenStream,
}

impl<'g> Shapes<'g> {
    pub(super) fn new(function: &'g Function) -> Self {
        Self {
            function,
            named: Vec::new(),
            items: TokenStream::new(),
        }
    }

    /// The structs, each before what it is made of.
    pub(super) fn items(&self) -> &TokenStream {
        &self.items
    }

    /// The struct of a [`Ty::Record`] or [`Ty::Tuple`]; `path` names it where it is new.
    pub(super) fn of(&mut self, scope: &mut Scope<'_>, ty: &Ty, path: &str) -> Ident {
        if let Some((_, found)) = self.named.iter().find(|(known, _)| known == ty) {
            return found.clone();
        }
        let name = scope.fresh(&format!("{}{path}", names::reply_type(&self.function.name)));
        self.named.push((ty.clone(), name.clone()));
        let before = std::mem::take(&mut self.items);
        let item = scope.within(self.function, |scope| match ty {
            Ty::Record(fields) => self.object(scope, &name, path, fields),
            Ty::Tuple(items) => self.fixed_list(scope, &name, path, items),
            other => unreachable!("{other:?} has a type of its own"),
        });
        let inside = std::mem::take(&mut self.items);
        self.items = quote!(#before #item #inside);
        name
    }

    /// The fields of an object, as they stand in a struct.
    pub(super) fn fields(
        &mut self,
        scope: &mut Scope<'_>,
        path: &str,
        fields: &[(String, Ty)],
    ) -> Vec<TokenStream> {
        let field = |(name, ty): &(String, Ty)| {
            let inner = format!("{path}{}", part(name));
            let ty = scope.ty(ty, &mut |scope, ty| self.of(scope, ty, &inner));
            let declared = name;
            let name = names::value_name(name);
            let renamed =
                (names::plain(&name) != declared).then(|| quote!(#[reply(name = #declared)]));
            let name = ident(&name);
            quote!(#renamed pub #name: #ty)
        };
        fields.iter().map(field).collect()
    }

    /// What such a struct derives.
    fn derives(&self) -> TokenStream {
        match self.function.called {
            true => quote!(Clone, Reply, Incoming),
            false => quote!(Clone, Reply),
        }
    }

    fn object(
        &mut self,
        scope: &mut Scope<'_>,
        name: &Ident,
        path: &str,
        fields: &[(String, Ty)],
    ) -> TokenStream {
        let docs = doc(&format!(
            "An object in the reply of `{}`.",
            self.function.name
        ));
        let fields = self.fields(scope, path, fields);
        let derives = self.derives();
        quote! {
            #docs
            #[derive(#derives)]
            pub struct #name { #(#fields),* }
        }
    }

    fn fixed_list(
        &mut self,
        scope: &mut Scope<'_>,
        name: &Ident,
        path: &str,
        items: &[Ty],
    ) -> TokenStream {
        let docs = doc(&format!(
            "A list of fixed length in the reply of `{}`: travels as a JSON array.",
            self.function.name
        ));
        let item = |(at, ty): (usize, &Ty)| {
            let inner = format!("{path}{}", at + 1);
            let ty = scope.ty(ty, &mut |scope, ty| self.of(scope, ty, &inner));
            quote!(pub #ty)
        };
        let items: Vec<_> = items.iter().enumerate().map(item).collect();
        let derives = self.derives();
        quote! {
            #docs
            #[derive(#derives)]
            pub struct #name(#(#items),*);
        }
    }
}
