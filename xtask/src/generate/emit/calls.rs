//! Calls of other functions.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{Code, int};
use super::literal::literal;
use super::quote::quote;
use super::template::field;
use super::tokens::TokenStream;
use crate::generate::ir::{ErrorIndex, Expr, FunctionId, LocalId, Template};

impl Body<'_, '_> {
    /// The call itself, a `Result`.
    pub(super) fn call_of(
        &mut self,
        function: FunctionId,
        with: &[Option<Expr>],
        act_for: Option<&Expr>,
    ) -> TokenStream {
        let args = self.args(function, with);
        match act_for {
            Some(player) => {
                let player = self.value(player);
                quote!(cx.call_for(#player, &#args).await)
            }
            None => quote!(cx.call(&#args).await),
        }
    }

    /// `or: none`: with an error of the called function there is no reply.
    pub(super) fn call_or_none(
        &mut self,
        function: FunctionId,
        call: &TokenStream,
        bind: Option<LocalId>,
    ) -> TokenStream {
        let bind = bind.filter(|bind| self.is_used(*bind));
        let Some(bind) = bind else {
            return quote! {
                match #call {
                    Err(Stop::Failed(_)) => {}
                    answered => drop(answered?),
                }
            };
        };
        let value = quote! {
            match #call {
                Err(Stop::Failed(_)) => None,
                answered => Some(answered?.data()?),
            }
        };
        let reply = self.scope.of_function(function, names::reply_type);
        self.bind(bind, Some(quote!(Option<#reply>)), &value)
    }

    /// A call, of whose errors `arms` become others. It binds the reply, and the status of a success.
    pub(super) fn call(
        &mut self,
        function: FunctionId,
        call: &TokenStream,
        arms: &TokenStream,
        bind: Option<LocalId>,
        outcome: Option<LocalId>,
    ) -> TokenStream {
        let bind = bind.filter(|bind| self.is_used(*bind));
        let outcome = outcome.filter(|outcome| self.is_used(*outcome));
        let answered = |part: Option<TokenStream>| match arms.is_empty() {
            true => quote!(#call? #part),
            false => quote! {
                match #call {
                    #arms
                    answered => answered? #part,
                }
            },
        };
        let reply = self.scope.of_function(function, names::reply_type);
        match (bind, outcome) {
            (None, None) => {
                let answered = answered(None);
                quote!(#answered;)
            }
            (Some(bind), None) => {
                let answered = answered(Some(quote!(.data()?)));
                self.bind(bind, Some(reply), &answered)
            }
            (bind, Some(outcome)) => {
                let (called, answered) = (self.free("called"), answered(None));
                let status = self.bind(outcome, None, &quote!(#called.status()?));
                let data = quote!(#called.data()?);
                let data = bind.map(|bind| self.bind(bind, Some(reply), &data));
                quote!(let #called = #answered; #status #data)
            }
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
    pub(super) fn arms(
        &mut self,
        map: &[(i64, ErrorIndex)],
        otherwise: Option<ErrorIndex>,
        data: Option<&Template>,
    ) -> TokenStream {
        let mut mine: Vec<ErrorIndex> = map.iter().map(|(_, error)| *error).collect();
        mine.sort_unstable();
        mine.dedup();
        mine.retain(|error| Some(*error) != otherwise);
        let mut arms = TokenStream::new();
        for error in mine {
            let theirs = map.iter().filter(|(_, becomes)| *becomes == error);
            let theirs = theirs.map(|(status, _)| int(*status, false));
            let error = self.failure(error, data);
            arms.append(quote! {
                Err(Stop::Failed(Failure { status: #(#theirs)|*, .. })) => {
                    return Err(#error.into());
                }
            });
        }
        if let Some(error) = otherwise {
            let error = self.failure(error, data);
            arms.append(quote!(Err(Stop::Failed(_)) => return Err(#error.into()),));
        }
        arms
    }
}
