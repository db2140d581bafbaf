//! `#[manager]`.

mod block;
mod function;
mod head;
mod runs;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Error, Ident};

use self::block::{Block, Method};
use self::function::{Called, Function};
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
            let ident = &block.ident;
            let prepared = functions.iter().map(|f| prepared(&head, ident, f));
            let manager = manager(&head, &functions);
            quote!(#block #(#prepared)* #manager)
        }
        _ => quote!(#block),
    };
    (tokens, errors)
}

/// The functions of the block, whose attributes are taken off.
fn functions(block: &mut Block, errors: &mut Vec<Error>) -> Vec<Function> {
    let manager = block.ident.clone();
    let mut functions: Vec<Function> = Vec::new();
    for item in block.methods() {
        let Some(function) = Function::of(item, errors) else {
            continue;
        };
        if let Some(Called { marker, .. }) = &function.called {
            let mut markers = functions.iter().filter_map(|f| f.called.as_ref());
            let clash = if *marker == manager {
                Some("the manager")
            } else if markers.any(|earlier| earlier.marker == *marker) {
                Some("another function")
            } else {
                None
            };
            if let Some(other) = clash {
                let what = format!("its type would be `{marker}`, as that of {other}");
                errors.push(Error::new(marker.span(), what));
            }
        }
        functions.push(function);
    }
    functions
}

/// What runs a function from its args, and of one that is called, the unit struct that stands for it.
fn prepared(head: &Head, block: &Ident, function: &Function) -> TokenStream {
    let Function { ident, args, .. } = function;
    let callable = function.called.as_ref().map(|Called { marker, reply }| {
        let doc = format!(" [`{block}::{ident}`] as a callable.");
        let info = info(head, function);
        quote! {
            #[doc = #doc]
            pub struct #marker;

            impl ::aliya_runtime::Callable for #marker {
                const INFO: &'static ::aliya_runtime::FunctionInfo = &#info;
                type Args = #args;
                type Reply = #reply;
            }
        }
    });
    quote! {
        impl ::aliya_runtime::function::Prepared for #args {
            fn run<'a>(
                &'a self,
                cx: &'a mut ::aliya_runtime::Cx<'_>,
            ) -> ::aliya_runtime::BoxFuture<
                'a,
                ::core::result::Result<::aliya_runtime::Returned, ::aliya_runtime::Stop>,
            > {
                #block::#ident(cx, self)
            }
        }
        #callable
    }
}

/// What the runtime knows of a function.
fn info(head: &Head, function: &Function) -> TokenStream {
    let Function {
        name,
        access,
        writes,
        one_query,
        reaches,
        outcomes,
        args,
        runs,
        ..
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
            prepare: ::aliya_runtime::function::prepare::<#args>,
        }
    }
}

/// The static that stands for the manager.
fn manager(head: &Head, functions: &[Function]) -> TokenStream {
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
    let infos = functions.iter().map(|function| match &function.called {
        Some(Called { marker, .. }) => quote!(<#marker as ::aliya_runtime::Callable>::INFO),
        None => {
            let info = info(head, function);
            quote!(&#info)
        }
    });
    let doc = format!(" The manager `{}` as the runtime sees it.", name.value());
    quote! {
        #[doc = #doc]
        pub static #ident: ::aliya_runtime::Manager = ::aliya_runtime::Manager {
            name: #name,
            port: #port,
            functions: &[#(#infos),*],
            schema: &[#(&#schema),*],
            migrations: #migrations,
        };
    }
}
