//! A function: its args, its reply, and itself.

use aliya_macros_core::names;

use super::after;
use super::body::Body;
use super::code::{doc, ident, int, mentions};
use super::literal::literal;
use super::native;
use super::quote::quote;
use super::runs;
use super::statements::Statements;
use super::tables::attribute;
use super::tokens::TokenStream;
use super::types::Scope;
use super::uses::Uses;
use crate::generate::ir::{Access, Function, Game, Literal, Ty};
use crate::generate::source::Sources;

/// A function's pieces, which stand in different places of the module.
pub(super) struct Emitted {
    /// The structs of its args and reply, and what belongs to it beside them.
    pub(super) structs: TokenStream,
    /// Such of these as others have to do with who call it.
    pub(super) called: TokenStream,
    /// What it does: the body of its method.
    pub(super) body: TokenStream,
}

pub(super) fn emit<'g>(
    scope: &mut Scope<'g>,
    statements: &mut Statements,
    sources: Option<&'g Sources>,
    function: &'g Function,
) -> Emitted {
    let args = scope.within(function, |scope| args_struct(scope, function));
    let mut body = Body::new(scope, statements, sources, function);
    let shapes = &mut body.shapes;
    let fields = body
        .scope
        .within(function, |scope| shapes.fields(scope, "", &function.reply));
    let reply = ident(&names::reply_type(&function.name));
    let docs = doc(&format!("Reply of `{}`.", function.name));
    let derives = match function.called {
        true => quote!(Clone, Reply, Incoming),
        false => quote!(Reply),
    };
    let reply = quote! {
        #docs
        #[derive(#derives)]
        pub struct #reply { #(#fields),* }
    };
    let (errors, steps) = steps(&mut body);
    let shapes = body.shapes.items();
    let (steps, errors_by_hand, outcomes) = match function.native {
        true => {
            let manager = scope.game.the_manager(scope.manager);
            let errors = native::errors(function);
            (
                native::steps(manager, function),
                Some(errors),
                native::outcomes(function),
            )
        }
        false => (steps, None, None),
    };
    let followed_by = function.followed_by.as_deref();
    let followed_by = followed_by.map(|calls| {
        let mut body = Body::new(scope, statements, sources, calls);
        after::calls(&mut body)
    });
    let steps = match followed_by {
        Some(calls) => after::followed(&steps, &calls),
        None => steps,
    };
    let of_calls = quote!(#args #reply #shapes #outcomes);
    let (own, called) = match function.called_elsewhere {
        true => (TokenStream::new(), of_calls),
        false => (of_calls, TokenStream::new()),
    };
    Emitted {
        structs: quote!(#own #errors_by_hand),
        called,
        body: quote!(#errors #steps),
    }
}

fn args_struct(scope: &mut Scope<'_>, function: &Function) -> TokenStream {
    let name = ident(&names::args_type(&function.name));
    let args = function.args.iter().map(|arg| {
        let ident = ident(&names::value_name(&arg.name));
        let default = arg.default.as_ref().map(|default| match default {
            // The macro makes a String of a text.
            Literal::Text(text) if arg.ty == Ty::Text => quote!(#text),
            _ => {
                let value = literal(scope, default, &arg.ty, false);
                quote!(#value)
            }
        });
        let attribute = attribute(&quote!(arg), arg, &ident, default, false);
        let docs = arg.doc.as_deref().map(doc);
        let ty = scope.ty(&arg.ty, &mut |_, ty| unreachable!("an arg of type {ty:?}"));
        quote!(#docs #attribute pub #ident: #ty)
    });
    let args: Vec<_> = args.collect();
    let docs = doc(&format!("Args of `{}`.", function.name));
    let (outgoing, callee) = match function.called {
        true => {
            let (manager, name) = (&scope.game.the_manager(scope.manager).name, &function.name);
            let callee = quote!(#[callee(manager = #manager, function = #name)]);
            (Some(quote!(, Outgoing)), Some(callee))
        }
        false => (None, None),
    };
    quote! {
        #docs
        #[derive(Args #outgoing)]
        #callee
        pub struct #name { #(#args),* }
    }
}

/// The constants of its errors, and its steps.
fn steps(body: &mut Body<'_, '_>) -> (TokenStream, TokenStream) {
    let function = body.function;
    let steps = body.steps(&function.steps, true, &Uses::default());
    let errors = body.errors.iter().map(|&at| {
        let error = &function.errors[at];
        let name = ident(&names::const_name(&error.name));
        let (status, message) = (int(error.status, false), &error.message);
        quote!(const #name: Failure = Failure::new(#status, #message);)
    });
    let errors: TokenStream = errors.collect();
    let steps = with_context(steps);
    (errors, steps)
}

/// Steps, after what they read of the function's context. What a step says and does not need, such as
/// the data of an error that never comes, is not among it.
pub(super) fn with_context(steps: TokenStream) -> TokenStream {
    let reads = |name| mentions(&steps, name);
    let caller = reads("caller").then(|| quote!(let caller = cx.caller()?;));
    let now = reads("now").then(|| quote!(let now = cx.now();));
    let config =
        reads("config").then(|| quote!(let config = cx.config::<crate::config::Config>()?;));
    quote!(#caller #now #config #steps)
}

/// The function itself, of this body; `declaration` is the hash of what it means.
pub(super) fn method(
    game: &Game,
    function: &Function,
    body: &TokenStream,
    declaration: &str,
) -> TokenStream {
    let cx = if mentions(body, "cx") {
        quote!(cx)
    } else {
        quote!(_cx)
    };
    let args = if mentions(body, "args") {
        quote!(args)
    } else {
        quote!(_args)
    };

    let name = ident(&names::value_name(&function.name));
    let args_type = ident(&names::args_type(&function.name));
    let docs = match &function.doc {
        Some(text) => doc(text),
        None => doc(&format!("The function `{}`.", function.name)),
    };
    let attribute = function_attribute(game, function, declaration);
    quote! {
        #docs
        #attribute
        pub async fn #name(
            #cx: &mut Cx<'_>,
            #args: &#args_type,
        ) -> Result<Returned, Stop> {
            #body
        }
    }
}

/// `#[function(access = Internal, writes, reaches = ["bag"], outcomes = [1], declaration = "...")]`
fn function_attribute(game: &Game, function: &Function, declaration: &str) -> TokenStream {
    let access = access(function.access);
    let mut keys = vec![quote!(access = #access)];
    let name = &function.name;
    if names::plain(&names::value_name(name)) != name {
        keys.push(quote!(name = #name));
    }
    if function.writes {
        keys.push(quote!(writes));
    } else if game.is_one_query(function) {
        keys.push(quote!(one_query));
    }
    if !function.reaches.is_empty() {
        let reaches = function
            .reaches
            .iter()
            .map(|id| &game.the_manager(*id).name);
        keys.push(quote!(reaches = [#(#reaches),*]));
    }
    if !function.outcomes.is_empty() {
        let outcomes = function
            .outcomes
            .iter()
            .map(|outcome| int(outcome.status, false));
        keys.push(quote!(outcomes = [#(#outcomes),*]));
    }
    if function.fails {
        keys.push(quote!(fails));
    }
    if let Some(undo) = function.undone_by {
        let undo = &game.the_function(undo).name;
        keys.push(quote!(undone_by = #undo));
    }
    if let Some(runs) = &function.runs {
        keys.push(runs::key(runs));
    }
    keys.push(quote!(declaration = #declaration));
    quote!(#[function(#(#keys),*)])
}

/// The variant of the runtime's `Access`.
pub(super) fn access(access: Access) -> TokenStream {
    match access {
        Access::Player => quote!(Player),
        Access::Public => quote!(Public),
        Access::Internal => quote!(Internal),
        Access::Admin => quote!(Admin),
    }
}
