//! The step `get` of a balance table.

use super::body::Body;
use super::quote::quote;
use super::records::is_map;
use super::tokens::TokenStream;
use super::types::is_copy;
use crate::generate::ir::{Lookup, Missing, Ty};

impl Body<'_, '_> {
    pub(super) fn lookup(&mut self, lookup: &Lookup) -> TokenStream {
        let Lookup {
            of,
            key,
            missing,
            data,
            bind,
        } = lookup;
        let used = self.is_used(*bind);
        let list = self.borrowed(of);
        let found = if is_map(of) {
            let key = self.borrowed(key);
            let owned = match &of.ty {
                Ty::Map(_, value) if is_copy(value) => quote!(.copied()),
                _ => quote!(.cloned()),
            };
            let owned = used.then_some(owned);
            quote!(ops::entry(#list, #key) #owned)
        } else {
            let index = self.value(key);
            quote!(ops::index(#list, #index))
        };
        let value = match missing {
            Missing::Error(error) if data.is_some() => {
                let failure = self.failure(*error, data.as_ref());
                let (value, then) = match used {
                    true => (quote!(value), quote!(value)),
                    false => (quote!(_), quote!({})),
                };
                quote! {
                    match #found {
                        Some(#value) => #then,
                        None => return Err(#failure.into()),
                    }
                }
            }
            Missing::Error(error) => {
                let error = self.error(*error);
                quote!(#found.ok_or(#error)?)
            }
            Missing::None | Missing::Default(_) => found,
        };
        match (used, missing) {
            (true, _) => self.bind(*bind, None, &value),
            (false, Missing::Error(_)) => quote!(#value;),
            // What is computed on the way may still end the function.
            (false, _) => quote!(_ = #value;),
        }
    }
}
