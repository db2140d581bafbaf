//! The macros of generated code. Each is described where it is expanded: `aliya_macros_core::expand`.

use aliya_macros_core::expand::{self, finish};
use proc_macro::TokenStream;

/// A struct as the rows of a table.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn table(item: TokenStream) -> TokenStream {
    finish(expand::table(item.into())).into()
}

/// An enum as text or a number, on the wire and in the database.
#[proc_macro_derive(Enum, attributes(value))]
pub fn enumeration(item: TokenStream) -> TokenStream {
    finish(expand::enumeration(item.into())).into()
}

/// A struct as a function's args.
#[proc_macro_derive(Args, attributes(arg))]
pub fn args(item: TokenStream) -> TokenStream {
    finish(expand::args(item.into())).into()
}

/// The same for a function that others call.
#[proc_macro_derive(Outgoing, attributes(arg, callee))]
pub fn outgoing(item: TokenStream) -> TokenStream {
    finish(expand::outgoing(item.into())).into()
}

/// A struct as a function's reply, or as a part of one.
#[proc_macro_derive(Reply, attributes(reply))]
pub fn reply(item: TokenStream) -> TokenStream {
    finish(expand::reply(item.into())).into()
}

/// The same for a function that others call.
#[proc_macro_derive(Incoming, attributes(reply))]
pub fn incoming(item: TokenStream) -> TokenStream {
    finish(expand::incoming(item.into())).into()
}

/// An impl block as a manager, its functions as what clients and managers call.
#[proc_macro_attribute]
pub fn manager(keys: TokenStream, item: TokenStream) -> TokenStream {
    finish(expand::manager(keys.into(), item.into())).into()
}
