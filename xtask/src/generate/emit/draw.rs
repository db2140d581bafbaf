//! The step `draw`.

use super::body::Body;
use super::code::result;
use super::quote::quote;
use super::to_tokens::ToTokens;
use super::tokens::TokenStream;
use super::types::is_copy;
use super::uses::Root;
use crate::generate::ir::{Draw, ExprKind, Template, TemplateKind, Ty};

impl Body<'_, '_> {
    pub(super) fn draw(&mut self, draw: &Draw, at: &str) -> TokenStream {
        let Ty::List(item_ty) = &draw.list.ty else {
            unreachable!("a draw from {:?}", draw.list.ty);
        };
        let ty = Self::is_untyped(&draw.list).then(|| self.ty(self.local_ty(draw.bind)));
        let list = match &draw.list.kind {
            ExprKind::List(_) => {
                let list = self.list(&draw.list, false);
                quote!(&#list)
            }
            _ => self.borrowed(&draw.list),
        };
        let weight = match &draw.weight {
            None => quote!(|_| Ok(1)),
            Some(weight) => {
                let copied = is_copy(item_ty);
                if !copied {
                    self.borrow(draw.item);
                }
                let leaf = Template {
                    ty: weight.ty.clone(),
                    kind: TemplateKind::Leaf(weight.clone()),
                };
                let roots = [Root::Local(draw.item)];
                let weight = self.in_round(&roots, None, &leaf, |body| body.value(weight));
                let item = self.local(draw.item);
                let pattern = if copied {
                    quote!(&#item)
                } else {
                    item.to_token_stream()
                };
                let weight = result(&weight.to_token_stream());
                quote!(|#pattern| #weight)
            }
        };
        let drawn = match &draw.times {
            None => quote!(cx.draw_one(#list, #weight, #at)?),
            Some(times) => {
                let (times, distinct) = (self.value(times), draw.distinct);
                quote!(cx.draw(#list, #weight, #times, #distinct, #at)?)
            }
        };
        self.bind(draw.bind, ty, &drawn)
    }
}
