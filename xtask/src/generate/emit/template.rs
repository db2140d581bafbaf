//! The data of replies.

use aliya_macros_core::names;
use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::code::{Code, ident};
use super::records::is_map;
use super::types::is_copy;
use super::uses::Root;
use crate::generate::ir::{Expr, ExprKind, LocalId, Template, TemplateKind, Ty};

impl Body<'_, '_> {
    /// A template as a value of type `wanted`, which is its own type, or has optionals where it
    /// leaves something out or never does.
    pub(super) fn template(&mut self, template: &Template, wanted: &Ty) -> Code {
        if let Ty::Optional(inner) = wanted
            && !matches!(template.ty, Ty::Optional(_))
        {
            let value = self.template(template, inner);
            return Code::postfix(quote!(Some(#value)));
        }
        match (&template.kind, wanted) {
            (TemplateKind::Record(parts), Ty::Record(fields)) => {
                let name = self.shapes.of(self.scope, wanted, "Value");
                let fields = self.fields(&template.ty, parts, fields);
                Code::postfix(quote!(#name { #(#fields),* }))
            }
            (TemplateKind::Tuple(parts), _) if parts.is_empty() => {
                Code::postfix(quote!(Vec::new()))
            }
            (TemplateKind::Tuple(parts), Ty::Tuple(items)) => {
                let name = self.shapes.of(self.scope, wanted, "Value");
                let items = parts.iter().zip(items);
                let items: Vec<_> = items.map(|(part, ty)| self.template(part, ty)).collect();
                Code::postfix(quote!(#name(#(#items),*)))
            }
            (
                TemplateKind::Each {
                    item,
                    index,
                    list,
                    condition,
                    give,
                },
                Ty::List(wanted) | Ty::Map(_, wanted),
            ) => {
                let each = Each {
                    item: *item,
                    index: *index,
                    list,
                    condition: condition.as_ref(),
                    give,
                    wanted,
                };
                self.each(&each)
            }
            (TemplateKind::Leaf(value), _) => self.value(value),
            (TemplateKind::Entry(key, value), wanted) => {
                let (key, value) = (self.value(key), self.template(value, wanted));
                Code::postfix(quote!((#key, #value)))
            }
            (kind, wanted) => unreachable!("{kind:?} is no {wanted:?}"),
        }
    }

    /// `name: value` for each field that is wanted; `parts` are those of the type `given`.
    fn fields(
        &mut self,
        given: &Ty,
        parts: &[Template],
        wanted: &[(String, Ty)],
    ) -> Vec<TokenStream> {
        let Ty::Record(given) = given else {
            unreachable!("an object of type {given:?}");
        };
        let field = |(name, ty): &(String, Ty)| {
            let part = given.iter().position(|(given, _)| given == name);
            let value = match part {
                Some(at) => self.template(&parts[at], ty),
                None => Code::postfix(quote!(None)),
            };
            field(name, &value)
        };
        wanted.iter().map(field).collect()
    }

    /// The whole reply: a value for each field, `None` for those left out.
    pub(super) fn reply(&mut self, data: &[Option<Template>]) -> TokenStream {
        let function = self.function;
        let fields = function.reply.iter().zip(data).map(|((name, ty), data)| {
            let value = match data {
                Some(data) => self.template(data, ty),
                None => Code::postfix(quote!(None)),
            };
            field(name, &value)
        });
        let fields: Vec<_> = fields.collect();
        let name = ident(&names::reply_type(&function.name));
        quote!(#name { #(#fields),* })
    }

    fn each(&mut self, each: &Each<'_>) -> Code {
        let Ty::List(item_ty) = &each.list.ty else {
            unreachable!("each of {:?}", each.list.ty);
        };
        let copied = is_copy(item_ty);
        let has_place = matches!(
            each.list.kind,
            ExprKind::Local(_) | ExprKind::Arg(_) | ExprKind::Field(..) | ExprKind::Column(..)
        ) || matches!(&each.list.kind, ExprKind::Index(of, _) if is_map(of));
        let owned = !has_place || self.may_move(each.list);
        let list = self.list(each.list);
        let (items, looped) = match (owned, copied) {
            (true, _) => (quote!(#list.into_iter()), quote!(#list)),
            (false, true) => (quote!(#list.iter().copied()), quote!(#list.iter().copied())),
            (false, false) => {
                self.borrow(each.item);
                (quote!(#list.iter()), quote!(&#list))
            }
        };
        let roots: Vec<_> = each
            .index
            .into_iter()
            .chain([each.item])
            .map(Root::Local)
            .collect();
        let (condition, give) = self.in_round(&roots, each.condition, each.give, |body| {
            let condition = each.condition.map(|condition| body.look(condition));
            (condition, body.template(each.give, each.wanted))
        });
        let item = self.local(each.item);
        let pattern = match each.index {
            Some(index) => {
                let index = self.local(index);
                quote!((#index, #item))
            }
            None => quote!(#item),
        };
        let (items, looped) = match each.index {
            Some(_) => (
                quote!((0_i64..).zip(#items)),
                quote!((0_i64..).zip(#looped)),
            ),
            None => (items, looped),
        };
        let is_row = matches!(**item_ty, Ty::Row(_));
        let filtered = condition.is_none() || (is_row && each.index.is_none());
        let fails = give.fails() || condition.as_ref().is_some_and(Code::fails);
        if filtered && !fails {
            let filter = condition.map(|condition| quote!(.filter(|#item| #condition)));
            return Code::postfix(quote!(#items #filter .map(|#pattern| #give).collect()));
        }
        let (new, push) = match each.give.kind {
            TemplateKind::Entry(..) => (quote!(BTreeMap::new()), quote!(list.extend([#give]);)),
            _ => (quote!(Vec::new()), quote!(list.push(#give);)),
        };
        let push = match condition {
            Some(condition) => quote!(if #condition { #push }),
            None => push,
        };
        Code::postfix(quote!({
            let mut list = #new;
            for #pattern in #looped { #push }
            list
        }))
    }
}

struct Each<'t> {
    item: LocalId,
    index: Option<LocalId>,
    list: &'t Expr,
    condition: Option<&'t Expr>,
    give: &'t Template,
    wanted: &'t Ty,
}

/// `name: value`, or `name` alone where they are the same.
pub(super) fn field(name: &str, value: &Code) -> TokenStream {
    let field = ident(&names::value_name(name));
    if field == quote!(#value).to_string() {
        return quote!(#field);
    }
    quote!(#field: #value)
}
