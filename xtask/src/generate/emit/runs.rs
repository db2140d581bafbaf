//! Functions that the server runs by itself.

use super::code::int;
use super::quote::quote;
use super::tokens::TokenStream;
use crate::generate::ir::{Calendar, Per, Runs};

/// `runs = PlayerCreated`, of a function's attribute.
pub(super) fn key(runs: &Runs) -> TokenStream {
    let when = match runs {
        Runs::PlayerCreated => quote!(PlayerCreated),
        Runs::After(_) => quote!(After),
        Runs::Every(Per::Calendar(calendar)) => {
            let span = match calendar {
                Calendar::Hour => quote!(Hour),
                Calendar::Day => quote!(Day),
                Calendar::Week => quote!(Week),
                Calendar::Month => quote!(Month),
            };
            quote!(Every(#span))
        }
        Runs::Every(Per::Ms(ms)) => {
            let ms = int(*ms, false);
            quote!(Every(#ms))
        }
    };
    quote!(runs = #when)
}
