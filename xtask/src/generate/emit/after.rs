//! What runs after a function: calls that it makes once it has succeeded.

use aliya_macros_core::names;

use super::body::Body;
use super::code::{ident, mentions};
use super::function::with_context;
use super::quote::quote;
use super::tokens::TokenStream;
use super::uses::Uses;
use crate::generate::ir::LocalId;

/// The function's reply, in what it calls afterwards.
const REPLY: LocalId = LocalId(0);

/// The calls; the reply that they read is borrowed from what the function returns.
pub(super) fn calls(body: &mut Body<'_, '_>) -> TokenStream {
    body.borrow(REPLY);
    let function = body.function;
    let calls = body.steps(&function.steps, false, &Uses::default());
    let reply = body.is_used(REPLY).then(|| {
        let reply = body.local(REPLY);
        let ty = ident(&names::reply_type(&function.name));
        quote!(let #reply = returned.data::<#ty>()?;)
    });
    with_context(quote!(#reply #calls))
}

/// A function's steps, and what follows each success of them.
pub(super) fn followed(steps: &TokenStream, calls: &TokenStream) -> TokenStream {
    // Steps that wait for nothing would share the context, which no future that is sent may.
    let shares = mentions(steps, "cx") && !mentions(steps, "await");
    let owned = shares.then(|| quote!(let cx = &mut *cx;));
    quote! {
        let returned: Result<Returned, Stop> = async { #owned #steps }.await;
        let returned = returned?;
        #calls
        Ok(returned)
    }
}
