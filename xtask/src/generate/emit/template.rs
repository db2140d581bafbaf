//! The data of replies.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, ident, mentions};
use super::foreign::is_foreign;
use super::quote::quote;
use super::records::is_map;
use super::to_tokens::ToTokens;
use super::tokens::TokenStream;
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
        let is_row = matches!(item_of(&each.list.ty), Ty::Row(_));
        let moved = is_row
            && each.index.is_none()
            && matches!(each.list.kind, ExprKind::Local(_))
            && !matches!(each.give.kind, TemplateKind::Entry(..))
            && self.may_move(each.list);
        let (pattern, items, looped) = self.gone_through(each.list, (each.item, each.index));
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
        let item = self.local(each.item).clone();
        let filtered = condition.is_none() || (is_row && each.index.is_none());
        let fails = give.fails() || condition.as_ref().is_some_and(Code::fails);
        if filtered && !fails {
            let Some(condition) = condition else {
                if moved {
                    return Code::postfix(quote!(ops::each(#looped, |#pattern| #give)));
                }
                return Code::postfix(quote!(#items.map(|#pattern| #give).collect()));
            };
            // Each of the two names the item where it reads it.
            let read = |by: TokenStream, name: TokenStream| match mentions(&by, item.text()) {
                true => name,
                false => quote!(_),
            };
            let tested = read(quote!(#condition), quote!(#item));
            let pattern = read(quote!(#give), pattern);
            let filter = quote!(.filter(|#tested| #condition));
            return Code::postfix(quote!(#items #filter .map(|#pattern| #give).collect()));
        }
        let list = self.free("list");
        let (new, push) = match each.give.kind {
            TemplateKind::Entry(..) => (quote!(BTreeMap::new()), quote!(#list.extend([#give]);)),
            _ => (quote!(Vec::new()), quote!(#list.push(#give);)),
        };
        let push = match condition {
            Some(condition) => quote!(if #condition { #push }),
            None => push,
        };
        Code::postfix(quote!({
            let mut #list = #new;
            for #pattern in #looped { #push }
            #list
        }))
    }

    /// What goes through a list or a map: the pattern of an item and its index or key, if that has
    /// a name, an iterator, and what a loop takes. Items are moved where nothing else uses the
    /// list, copied, or borrowed.
    pub(super) fn gone_through(
        &mut self,
        list: &Expr,
        (item, index): (LocalId, Option<LocalId>),
    ) -> (TokenStream, TokenStream, TokenStream) {
        let has_place = matches!(
            list.kind,
            ExprKind::Local(_) | ExprKind::Arg(_) | ExprKind::Column(..) | ExprKind::Config(_)
        ) || matches!(&list.kind, ExprKind::Index(of, _) if is_map(of))
            || matches!(&list.kind, ExprKind::Field(of, _) if !matches!(of.ty, Ty::List(_)))
                && !is_foreign(list);
        let owned = !has_place || self.may_move(list);
        let item_ty = item_of(&list.ty);
        let gone = self.list(list, true);
        let gone = match Self::is_untyped(list) && !is_literal(list) {
            true => {
                let (ty, list) = (self.ty(item_ty), bare(gone));
                quote!(ops::items::<#ty, _>(#list))
            }
            false => gone,
        };
        // What a name stands for that is a reference itself, or an entry of a map, is one already.
        let is_reference = match &list.kind {
            ExprKind::Local(id) => self.is_borrowed(*id),
            ExprKind::Index(of, _) => is_map(of),
            _ => false,
        };
        let by_reference = match is_reference {
            true => gone.clone(),
            false => quote!(&#gone),
        };
        let copied = is_copy(item_ty);
        if !owned && !copied {
            self.borrow(item);
        }
        let name = self.local(item).clone();
        match (&list.ty, index) {
            (Ty::Map(key, _), Some(index)) => {
                let copied_key = is_copy(key);
                if !owned && !copied_key {
                    self.borrow(index);
                }
                let index = self.local(index);
                if owned {
                    let items = quote!(#gone.into_iter());
                    return (quote!((#index, #name)), items, bare(gone));
                }
                let index = if copied_key {
                    quote!(&#index)
                } else {
                    quote!(#index)
                };
                let name = if copied {
                    quote!(&#name)
                } else {
                    quote!(#name)
                };
                (quote!((#index, #name)), quote!(#gone.iter()), by_reference)
            }
            (Ty::Map(..), None) => {
                let items = match (owned, copied) {
                    (true, _) => quote!(#gone.into_values()),
                    (false, true) => quote!(#gone.values().copied()),
                    (false, false) => quote!(#gone.values()),
                };
                (quote!(#name), items.clone(), items)
            }
            (_, index) => {
                let (items, looped) = match (owned, copied) {
                    (true, _) => (quote!(#gone.into_iter()), bare(gone)),
                    (false, true) => (quote!(#gone.iter().copied()), quote!(#gone.iter().copied())),
                    (false, false) => (quote!(#gone.iter()), by_reference),
                };
                let Some(index) = index.map(|index| self.local(index)) else {
                    return (quote!(#name), items, looped);
                };
                let zipped = |items: TokenStream| quote!((0_i64..).zip(#items));
                (quote!((#index, #name)), zipped(items), zipped(looped))
            }
        }
    }
}

/// Whether it is a list of literals, which say their type.
fn is_literal(list: &Expr) -> bool {
    let ExprKind::List(items) = &list.kind else {
        return false;
    };
    items
        .iter()
        .all(|item| matches!(item.kind, ExprKind::Literal(_)))
}

/// Without the parentheses around all of it, which nothing follows where a loop goes through it.
fn bare(tokens: TokenStream) -> TokenStream {
    match tokens.list() {
        [open, inner @ .., _] if open.text() == "(" && tokens.closes_at(0) == inner.len() + 1 => {
            TokenStream::of(inner)
        }
        _ => tokens,
    }
}

/// The type of what a list or a map holds.
fn item_of(ty: &Ty) -> &Ty {
    match ty {
        Ty::List(item) | Ty::Map(_, item) => item,
        _ => unreachable!("each of {ty:?}"),
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
    let value = value.to_token_stream();
    if matches!(value.list(), [only] if only.text() == field.text()) {
        return value;
    }
    quote!(#field: #value)
}
