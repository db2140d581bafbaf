//! Calls of other functions.

use aliya_macros_core::names;
use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::code::{Code, int};
use super::literal::literal;
use super::template::field;
use crate::generate::ir::{ErrorIndex, Expr, FunctionId, LocalId};

impl Body<'_, '_> {
    pub(super) fn call(
        &mut self,
        function: FunctionId,
        with: &[Option<Expr>],
        map: &[(i64, ErrorIndex)],
        otherwise: Option<ErrorIndex>,
        bind: Option<LocalId>,
    ) -> TokenStream {
        let args = self.args(function, with);
        let callable = self.scope.of_function(function, names::function_type);
        let call = quote!(cx.call::<#callable>(&#args).await);
        let bind = bind.filter(|bind| self.is_used(*bind));
        let data = bind.map(|_| quote!(.data));
        let arms = self.arms(map, otherwise);
        let value = if arms.is_empty() {
            quote!(#call? #data)
        } else {
            quote! {
                match #call {
                    #arms
                    answered => answered? #data,
                }
            }
        };
        match bind {
            Some(bind) => self.bind(bind, None, &value),
            None => quote!(#value;),
        }
    }

    /// `FunctionArgs { ... }`
    fn args(&mut self, function: FunctionId, with: &[Option<Expr>]) -> TokenStream {
        let declared = &self.scope.game.the_function(function).args;
        let fields = declared.iter().zip(with).map(|(arg, value)| {
            let value = match (value, &arg.default) {
                (Some(value), _) => self.value(value),
                (None, Some(default)) => literal(self.scope, default, &arg.ty, false),
                (None, None) => Code::postfix(quote!(None)),
            };
            field(&arg.name, &value)
        });
        let fields: Vec<_> = fields.collect();
        let args = self.scope.of_function(function, names::args_type);
        quote!(#args { #(#fields),* })
    }

    /// What becomes of the called function's errors, but those that pass through.
    fn arms(&mut self, map: &[(i64, ErrorIndex)], otherwise: Option<ErrorIndex>) -> TokenStream {
        let mut mine: Vec<ErrorIndex> = map.iter().map(|(_, error)| *error).collect();
        mine.sort_unstable();
        mine.dedup();
        mine.retain(|error| Some(*error) != otherwise);
        let mut arms = TokenStream::new();
        for error in mine {
            let theirs = map.iter().filter(|(_, becomes)| *becomes == error);
            let theirs = theirs.map(|(status, _)| int(*status, false));
            let error = self.error(error);
            arms.extend(quote! {
                Err(Stop::Failed(Failure { status: #(#theirs)|*, .. })) => {
                    return Err(#error.into());
                }
            });
        }
        if let Some(error) = otherwise {
            let error = self.error(error);
            arms.extend(quote!(Err(Stop::Failed(_)) => return Err(#error.into()),));
        }
        arms
    }
}
