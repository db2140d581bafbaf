//! `#[manager]`.

mod block;
mod function;
mod head;
mod runs;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Error, Ident};

use self::block::{Block, Method};
use self::function::Function;
use self::head::Head;
use super::Expanded;
use crate::names;

pub(super) fn expand(keys: TokenStream, item: TokenStream) -> Expanded {
    let mut errors = Vec::new();
    let head = Head::of(keys, &mut errors);
    let mut block: Block = match syn::parse2(item.clone()) {
        Ok(block) => block,
        Err(error) => {
            errors.push(error);
            return (item, errors);
        }
    };
    let functions = functions(&mut block, &mut errors);
    let tokens = match head {
        Some(head) if errors.is_empty() => {
            block.methods().for_each(Method::boxed);
            let manager = manager(&head, &block.ident, &functions);
            quote!(#block #manager)
        }
        _ => quote!(#block),
    };
    (tokens, errors)
}

/// The functions of the block, whose attributes are taken off.
fn functions(block: &mut Block, errors: &mut Vec<Error>) -> Vec<Function> {
    let methods = block.methods();
    methods
        .filter_map(|item| Function::of(item, errors))
        .collect()
}

/// What the runtime knows of a function.
fn info(head: &Head, block: &Ident, function: &Function) -> TokenStream {
    let Function {
        ident,
        name,
        access,
        writes,
        one_query,
        reaches,
        outcomes,
        runs,
    } = function;
    let runs = match runs {
        Some(runs) => quote!(::core::option::Option::Some(#runs)),
        None => quote!(::core::option::Option::None),
    };
    let manager = &head.name;
    let outcomes = outcomes.iter().map(|number| number.tokens());
    quote! {
        ::aliya_runtime::FunctionInfo {
            name: #name,
            manager: #manager,
            access: ::aliya_runtime::Access::#access,
            writes: #writes,
            one_query: #one_query,
            reaches: &[#(#reaches),*],
            outcomes: &[#(#outcomes),*],
            runs: #runs,
            steps: &::aliya_runtime::function::StepsOf(#block::#ident),
        }
    }
}

/// The static that stands for the manager.
fn manager(head: &Head, block: &Ident, functions: &[Function]) -> TokenStream {
    let Head {
        name,
        port,
        schema,
        migrations,
    } = head;
    let migrations = match migrations {
        Some(history) => quote!(::core::option::Option::Some(&#history)),
        None => quote!(::core::option::Option::None),
    };
    let ident = Ident::new(&names::manager_static(&name.value()), name.span());
    let port = Literal::u16_unsuffixed(*port);
    let infos = functions.iter().map(|function| info(head, block, function));
    let doc = format!(" The manager `{}` as the runtime sees it.", name.value());
    quote! {
        #[doc = #doc]
        pub static #ident: ::aliya_runtime::Manager = ::aliya_runtime::Manager {
            name: #name,
            port: #port,
            functions: &[#(&#infos),*],
            schema: &[#(&#schema),*],
            migrations: #migrations,
        };
    }
}
