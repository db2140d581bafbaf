//! What the macros of generated code expand to.
//!
//! Each macro is a pure function from tokens to [`Expanded`]. It reports every mistake of its item.
//! Where there is one, a derive expands to nothing but the errors, and `#[manager]` to the plain
//! impl block, so that what the compiler then says follows from those errors as little as can be.
//! The logic is in `aliya_runtime`, in functions that are compiled once: an expansion only says
//! which of them to call with which names, because a game has thousands of them.

mod args;
mod bounds;
mod enums;
mod fields;
mod keys;
mod manager;
mod reply;
mod table;

use proc_macro2::TokenStream;
use quote::quote;

/// What a macro makes of an item, and every mistake that it found there.
pub type Expanded = (TokenStream, Vec<syn::Error>);

/// `#[derive(Table)]`: a struct's rows to values and back, and the check of its columns' bounds.
///
/// `#[table(name = "...")]` names the table; `#[column(name = "...", min = N, max = N)]` on a field
/// gives a column's name where it differs from the field's, and its bounds (of a text: its length
/// in characters). A number that is `fixed` is not brought to its bounds, as it tells rows apart.
pub fn table(input: TokenStream) -> Expanded {
    table::expand(input)
}

/// `#[derive(Enum)]`: a choice that travels and is stored as the `#[value(...)]` of its variant, a
/// text or a number, and `as_str` or `value`, which give it.
///
/// The enum must be `Copy`. Numbers ascend, so that the derived order is theirs.
pub fn enumeration(input: TokenStream) -> Expanded {
    enums::expand(input)
}

/// `#[derive(Args)]`: a function's args from a JSON object, and the check of their bounds.
///
/// `#[arg(name = "...", min = N, max = N, default = EXPR)]` on a field: its name on the wire where
/// it differs, the bounds of a number or of the length of a text or list, and what stands for it
/// when it is missing.
pub fn args(input: TokenStream) -> Expanded {
    args::expand(input)
}

/// `#[derive(Outgoing)]`, beside `Args`: the args to a JSON object, for a function that others call:
/// which one, `#[callee(manager = "...", function = "...")]` on the struct says.
pub fn outgoing(input: TokenStream) -> Expanded {
    args::expand_outgoing(input)
}

/// `#[derive(Reply)]`: a struct with named fields to a JSON object, a tuple struct to a JSON array.
///
/// `#[reply(name = "...")]` on a field gives its name on the wire where it differs.
pub fn reply(input: TokenStream) -> Expanded {
    reply::expand(input)
}

/// `#[derive(Incoming)]`, beside `Reply`: the same from JSON, for a function that others call.
pub fn incoming(input: TokenStream) -> Expanded {
    reply::expand_incoming(input)
}

/// `#[manager(name = "...", port = N, schema = [STATEMENT, ...])]` on an impl block: a static with
/// everything the runtime wants to know of the manager and its functions.
///
/// Each function carries `#[function(access = ..., writes, reaches = ["..."], outcomes = [N])]`, and
/// `name = "..."` where its name on the wire is not the one in Rust, `fails` where it may end with an
/// error, `undone_by = "..."` for the function of the block that takes it back, and `runs = PlayerCreated`,
/// `After` or `Every(Day)` where the server runs it by itself. `declaration = "..."` is a hash of what it
/// means.
/// [`crate::names`] makes the name of the static.
pub fn manager(keys: TokenStream, item: TokenStream) -> Expanded {
    manager::expand(keys, item)
}

/// What the compiler gets: the expansion, and after it the mistakes as compile errors.
pub fn finish((tokens, errors): Expanded) -> TokenStream {
    let errors = errors.iter().map(syn::Error::to_compile_error);
    quote!(#tokens #(#errors)*)
}

// A thousand functions expand to these: rustc takes a `match` in half the time of a `?`, which is two
// calls of traits, and compiles no code of its own for it. (Hence `allow(clippy::question_mark)`.)

/// What `call` gives, or the end of the function with its error.
fn tried(call: &TokenStream) -> TokenStream {
    quote! {
        match #call {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    }
}

/// The end of the function where `check` gives an error.
fn refused(check: &TokenStream) -> TokenStream {
    quote! {
        if let Err(error) = #check {
            return Err(error);
        }
    }
}
