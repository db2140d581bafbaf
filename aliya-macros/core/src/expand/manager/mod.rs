//! `#[manager]`.

mod block;
mod function;
mod head;
mod runs;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Error, Ident, LitStr};

use self::block::{Block, Method};
use self::function::Function;
use self::head::Head;
use super::{Expanded, keys};
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
    let before = errors.len();
    let methods = block.methods();
    let functions: Vec<_> = methods
        .filter_map(|item| Function::of(item, errors))
        .collect();
    // A function that is wrong is not among them.
    if errors.len() == before {
        errors.extend(
            functions
                .iter()
                .filter_map(|it| unknown_undo(it, &functions)),
        );
    }
    functions
}

/// An `undone_by` that names no function of the block.
fn unknown_undo(function: &Function, functions: &[Function]) -> Option<Error> {
    let undo = function.undone_by.as_ref()?;
    let name = undo.value();
    if functions.iter().any(|other| other.name == name) {
        return None;
    }
    let known: Vec<_> = functions.iter().map(|it| it.name.as_str()).collect();
    let what = format!(
        "no function `{name}` in this block{}",
        keys::hint(&name, &known)
    );
    Some(Error::new_spanned(undo, what))
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
        fails,
        undone_by,
        declaration,
        runs,
    } = function;
    let (runs, undone_by) = (optional(runs.as_ref()), optional(undone_by.as_ref()));
    let declaration = declaration.as_ref().map(LitStr::value).unwrap_or_default();
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
            fails: #fails,
            undone_by: #undone_by,
            declaration: #declaration,
            runs: #runs,
            steps: &::aliya_runtime::function::StepsOf(#block::#ident),
        }
    }
}

/// `Some(value)` or `None`.
fn optional(value: Option<&impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
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
    let migrations = migrations.as_ref().map(|history| quote!(&#history));
    let migrations = optional(migrations.as_ref());
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
