//! Functions that are written by hand: a trait that the game's binary implements, and the way from
//! the declared functions to what it installs.

use aliya_macros_core::names;

use super::code::{doc, ident, int};
use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use super::types::Scope;
use crate::generate::ir::{Function, Game, Manager, Status};

/// Whether a manager has any.
pub(super) fn has_any(manager: &Manager) -> bool {
    manager.functions.iter().any(|function| function.native)
}

/// The static that holds what was installed.
pub(super) fn static_name(manager: &Manager) -> String {
    format!("{}_NATIVE", names::manager_static(&manager.name))
}

/// The body of such a function.
pub(super) fn steps(manager: &Manager, function: &Function) -> TokenStream {
    let installed = ident(&static_name(manager));
    let name = ident(&names::value_name(&function.name));
    let of = &manager.name;
    quote! {
        let Some(&native) = #installed.get() else {
            return Err(aliya_runtime::native::missing(#of));
        };
        aliya_runtime::native::ended(native.#name(cx, args).await)
    }
}

/// The errors of such a function.
pub(super) fn errors(function: &Function) -> TokenStream {
    let name = ident(&names::error_type(&function.name));
    let docs = doc(&format!("Declared errors of `{}`.", function.name));
    let variant = |error: &Status| ident(&names::variant_name(&error.name));
    let variants = function.errors.iter().map(|error| {
        let docs = doc(&format!("{}: {}", error.status, error.message));
        let variant = variant(error);
        quote!(#docs #variant)
    });
    let arms = function.errors.iter().map(|error| {
        let variant = variant(error);
        let (status, message) = (int(error.status, false), &error.message);
        quote!(Self::#variant => Failure::new(#status, #message))
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum #name { #(#variants),* }
        impl aliya_runtime::native::DeclaredError for #name {
            fn failure(self) -> Failure {
                match self { #(#arms),* }
            }
        }
        impl From<#name> for aliya_runtime::native::NativeError<#name> {
            fn from(error: #name) -> Self {
                Self::Declared(error)
            }
        }
    }
}

/// Its outcomes as methods of its reply, if it has any.
pub(super) fn outcomes(function: &Function) -> Option<TokenStream> {
    let outcomes = function.outcomes.iter().map(|outcome| {
        let docs = doc(&format!(
            "The outcome {}: {}",
            outcome.status, outcome.message
        ));
        let method = ident(&names::value_name(&outcome.name));
        let (status, message) = (int(outcome.status, false), &outcome.message);
        quote! {
            #docs
            pub fn #method(self) -> Returned<Self> {
                Returned::outcome(#status, #message, self)
            }
        }
    });
    (!function.outcomes.is_empty()).then(|| {
        let reply = ident(&names::reply_type(&function.name));
        quote!(impl #reply { #(#outcomes)* })
    })
}

/// The trait of a manager that has any, and what installs it.
pub(super) fn items(scope: &mut Scope<'_>, manager: &Manager) -> TokenStream {
    let by_hand: Vec<_> = manager.functions.iter().filter(|f| f.native).collect();
    if by_hand.is_empty() {
        return TokenStream::new();
    }
    let native = ident(&names::native_trait(&manager.name));
    // The trait as an object: its own functions are async.
    let object = scope.fresh(&format!("{}Object", names::native_trait(&manager.name)));
    let installed = ident(&static_name(manager));
    let signatures = by_hand.iter().map(|function| Signature::of(function));
    let signatures: Vec<_> = signatures.collect();
    let functions = signatures.iter().map(|signature| {
        let Signature {
            docs,
            name,
            args,
            result,
        } = signature;
        quote! {
            #docs
            fn #name(
                &self,
                cx: &mut Cx<'_>,
                args: &#args,
            ) -> impl Future<Output = #result> + Send;
        }
    });
    let boxed = signatures.iter().map(|signature| {
        let head = signature.boxed();
        quote!(#head;)
    });
    let boxing = signatures.iter().map(|signature| {
        let (head, name) = (signature.boxed(), &signature.name);
        quote!(#head { Box::pin(#native::#name(self, cx, args)) })
    });
    let docs = doc(&format!(
        "The functions of `{}` that are written by hand. Whatever they do, they do it through their \
         `cx`: they may run several times.",
        manager.name
    ));
    let install =
        doc("Has `native` run the functions that are written by hand. The first one stays.");
    quote! {
        #docs
        pub trait #native: Send + Sync + 'static { #(#functions)* }
        trait #object: Send + Sync { #(#boxed)* }
        impl<N: #native> #object for N { #(#boxing)* }
        static #installed: std::sync::OnceLock<&'static dyn #object> = std::sync::OnceLock::new();
        #install
        pub fn install(native: &'static impl #native) {
            let _ = #installed.set(native);
        }
    }
}

/// The parts of a function's signature.
struct Signature {
    docs: TokenStream,
    name: Ident,
    args: Ident,
    result: TokenStream,
}

impl Signature {
    fn of(function: &Function) -> Self {
        let (reply, error) = (
            ident(&names::reply_type(&function.name)),
            ident(&names::error_type(&function.name)),
        );
        let about = match &function.doc {
            Some(text) => text.clone(),
            None => format!("The function `{}`.", function.name),
        };
        Self {
            docs: doc(&about),
            name: ident(&names::value_name(&function.name)),
            args: ident(&names::args_type(&function.name)),
            result: quote!(aliya_runtime::native::NativeResult<#reply, #error>),
        }
    }

    fn boxed(&self) -> TokenStream {
        let Self {
            name, args, result, ..
        } = self;
        quote! {
            fn #name<'a>(
                &'a self,
                cx: &'a mut Cx<'_>,
                args: &'a #args,
            ) -> aliya_runtime::BoxFuture<'a, #result>
        }
    }
}

/// The package's `game`, which takes what is written by hand; nothing where nothing is.
pub(super) fn game(game: &Game) -> Option<TokenStream> {
    let managers = game.managers.iter().filter(|manager| has_any(manager));
    let parts = managers.map(|manager| {
        let module = ident(&names::module_name(&manager.name));
        let native = ident(&names::native_trait(&manager.name));
        (quote!(#module::#native), quote!(#module::install(native);))
    });
    let (traits, installs): (Vec<_>, Vec<_>) = parts.unzip();
    let docs = doc("The game, with its functions that are written by hand.");
    (!traits.is_empty()).then(|| {
        quote! {
            #docs
            pub fn game<N: #(#traits)+*>(native: &'static N) -> &'static Game {
                #(#installs)*
                &GAME
            }
        }
    })
}
