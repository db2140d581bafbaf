//! Objects and fixed lists out of another function's reply: of the structs that function has, copied into
//! this one's own, so that all equal ones in a function are of one type.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, ident};
use super::quote::quote;
use super::tokens::{Literal, TokenStream};
use super::types::{has_shape, is_copy, present};
use crate::generate::ir::{Expr, ExprKind, Ty};

/// Whether it is a part of a reply that has structs of the called function's in it.
pub(super) fn is_foreign(expr: &Expr) -> bool {
    let ExprKind::Field(of, _) = &expr.kind else {
        return false;
    };
    let of_reply = match present(&of.ty) {
        Ty::List(item) => matches!(**item, Ty::Reply(_)),
        ty => matches!(ty, Ty::Reply(_)),
    };
    of_reply && has_shape(&expr.ty)
}

impl Body<'_, '_> {
    /// The field `name` of the reply, or of each of the replies, `of`, as this function's own structs.
    pub(super) fn adopted(&mut self, expr: &Expr, of: &Expr, name: &str) -> Code {
        let field = ident(&names::value_name(name));
        let reply = self.receiver(of);
        let place = quote!(reply.#field);
        match (&of.ty, &expr.ty) {
            (Ty::List(_), Ty::List(item)) => {
                let adopted = self.copied(item, &place, false);
                Code::postfix(quote!(#reply.iter().map(|reply| #adopted).collect::<Vec<_>>()))
            }
            (Ty::Optional(_), Ty::Optional(inner)) => {
                let declared = self.declared_field(of, name);
                let (then, ty) = match declared {
                    Some(optional @ Ty::Optional(_)) => (quote!(and_then), optional),
                    _ => (quote!(map), (**inner).clone()),
                };
                let adopted = self.copied(&ty, &place, false);
                Code::postfix(quote!(#reply.as_ref().#then(|reply| #adopted)))
            }
            _ => {
                let place = quote!(#reply.#field);
                Code::postfix(self.copied(&expr.ty, &place, false))
            }
        }
    }

    /// A copy of the value at a place, or behind a reference, of this function's own structs.
    fn copied(&mut self, ty: &Ty, place: &TokenStream, is_reference: bool) -> TokenStream {
        if !has_shape(ty) {
            return match (is_copy(ty), is_reference) {
                (true, true) => quote!(*#place),
                (true, false) => quote!(#place),
                (false, _) => quote!(#place.clone()),
            };
        }
        match ty {
            Ty::Record(fields) => {
                let name = self.shapes.of(self.scope, ty, "Value");
                let mut copies = Vec::new();
                for (field, ty) in fields {
                    let field = ident(&names::value_name(field));
                    let copy = self.copied(ty, &quote!(#place.#field), false);
                    copies.push(quote!(#field: #copy));
                }
                quote!(#name { #(#copies),* })
            }
            // `[]`: no items of no type.
            Ty::Tuple(items) if items.is_empty() => quote!(#place.clone()),
            Ty::Tuple(items) => {
                let name = self.shapes.of(self.scope, ty, "Value");
                let mut copies = Vec::new();
                for (at, ty) in items.iter().enumerate() {
                    let at = Literal::number(at);
                    copies.push(self.copied(ty, &quote!(#place.#at), false));
                }
                quote!(#name(#(#copies),*))
            }
            Ty::List(item) => {
                let copy = self.copied(item, &quote!(item), true);
                quote!(#place.iter().map(|item| #copy).collect::<Vec<_>>())
            }
            Ty::Map(_, value) => {
                let copy = self.copied(value, &quote!(item), true);
                quote!(#place.iter().map(|(key, item)| (key.clone(), #copy)).collect::<BTreeMap<_, _>>())
            }
            Ty::Optional(inner) => {
                let copy = self.copied(inner, &quote!(item), true);
                quote!(#place.as_ref().map(|item| #copy))
            }
            other => unreachable!("{other:?} is of no function"),
        }
    }

    /// The type of a reply's field as the called function declares it.
    pub(super) fn declared_field(&self, reply: &Expr, field: &str) -> Option<Ty> {
        match present(&reply.ty) {
            Ty::Reply(function) => {
                let mut fields = self.scope.game.the_function(*function).reply.iter();
                let found = fields.find(|(name, _)| name == field);
                found.map(|(_, ty)| ty.clone())
            }
            Ty::Named(id) => {
                let mut fields = self.scope.game.records[id.0].fields.iter();
                let found = fields.find(|it| it.name == field);
                found.map(|it| it.ty.clone())
            }
            _ => None,
        }
    }
}
