//! The step `allow`.

use super::body::Body;
use super::code::int;
use super::quote::quote;
use super::tokens::TokenStream;
use crate::generate::ir::{Allow, Calendar, Per};

impl Body<'_, '_> {
    pub(super) fn allow(&mut self, allow: &Allow, at: &str) -> TokenStream {
        let manager = &self.scope.game.the_manager(self.scope.manager).name;
        let name = &allow.name;
        let per = match allow.per {
            Per::Calendar(calendar) => {
                let span = span(calendar);
                quote!(ops::Per::Calendar(#span))
            }
            Per::Ms(ms) => {
                let ms = int(ms, false);
                quote!(ops::Per::Ms(#ms))
            }
        };
        let by: Vec<_> = allow.by.iter().map(|value| self.param(value)).collect();
        let (max, uses) = (self.value(&allow.max), self.value(&allow.uses));
        let left = quote! {
            cx.allow(ops::Allow {
                manager: #manager,
                name: #name,
                per: #per,
                by: &[#(#by),*],
                max: #max,
                uses: #uses,
                at: #at,
            })
            .await?
        };
        let failure = self.failure(allow.error, allow.data.as_ref());
        match allow.bind.filter(|bind| self.is_used(*bind)) {
            None => quote! {
                if #left.is_none() {
                    return Err(#failure.into());
                }
            },
            Some(bind) if allow.data.is_none() => {
                self.bind(bind, None, &quote!(#left.ok_or(#failure)?))
            }
            Some(bind) => {
                let value = quote! {
                    match #left {
                        Some(left) => left,
                        None => return Err(#failure.into()),
                    }
                };
                self.bind(bind, None, &value)
            }
        }
    }
}

/// The variant of the runtime's `Span`.
pub(super) fn span(calendar: Calendar) -> TokenStream {
    match calendar {
        Calendar::Hour => quote!(ops::Span::Hour),
        Calendar::Day => quote!(ops::Span::Day),
        Calendar::Week => quote!(ops::Span::Week),
        Calendar::Month => quote!(ops::Span::Month),
    }
}
