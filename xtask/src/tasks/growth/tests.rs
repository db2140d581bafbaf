//! How much a game gives the compiler to do, counted: times would differ from run to run.

use aliya_macros_core::expand::{self, Expanded};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Meta};

use super::game;
use crate::generate::{emit, load, resolve};

/// The functions in Rust that a function of the game may come to, with what is derived for it and for
/// its share of the tables of its manager.
const RUST_FUNCTIONS_MAX: f64 = 7.3;

#[test]
fn a_function_gives_the_compiler_the_same_little_to_do_in_a_game_of_any_size() {
    let (small, large) = (compiled(4), compiled(40));
    let functions = |managers: f64| managers * 10.0;
    let each = large.functions as f64 / functions(40.0);
    assert!(each <= RUST_FUNCTIONS_MAX, "{each} for each function");
    let tokens = |game: &Compiled, managers| game.tokens as f64 / functions(managers);
    let grown = tokens(&large, 40.0) / tokens(&small, 4.0);
    assert!(
        (0.8..1.2).contains(&grown),
        "{grown} times the tokens for each function"
    );
}

/// What the compiler gets of a game.
#[derive(Default)]
struct Compiled {
    functions: usize,
    tokens: usize,
}

/// The game of so many managers, as it is after the expansion of macros.
fn compiled(managers: usize) -> Compiled {
    let folder = tempfile::tempdir().expect("a folder");
    game::write(folder.path(), managers).expect("written");
    let mut loaded = load::load(&folder.path().join("managers.yaml"));
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    assert!(!loaded.diagnostics.has_errors());
    let files = emit::emit(&game, &loaded.sources);
    let modules = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let mut compiled = Compiled::default();
    for (path, text) in modules {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in file.items {
            compiled.add(expanded(item));
        }
    }
    compiled
}

impl Compiled {
    fn add(&mut self, tokens: TokenStream) {
        for token in tokens {
            self.tokens += 1;
            match token {
                TokenTree::Group(group) => self.add(group.stream()),
                TokenTree::Ident(ident) if ident == "fn" => self.functions += 1,
                _ => {}
            }
        }
    }
}

/// An item and what its macros make of it.
fn expanded(item: Item) -> TokenStream {
    let mut tokens = item.to_token_stream();
    match item {
        Item::Struct(item) => {
            for attribute in item.attrs.iter().filter(|a| a.path().is_ident("derive")) {
                let derived = attribute
                    .parse_args_with(
                        syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated,
                    )
                    .expect("a list of derives");
                for derive in derived {
                    tokens.extend(derived_by(&derive.to_token_stream().to_string(), &item));
                }
            }
            tokens
        }
        Item::Impl(mut item) => {
            let manager = item.attrs.iter().position(|a| a.path().is_ident("manager"));
            let Some(at) = manager else {
                return tokens;
            };
            let Meta::List(keys) = item.attrs.remove(at).meta else {
                panic!("`#[manager]` without keys");
            };
            sound(expand::manager(keys.tokens, item.to_token_stream()))
        }
        _ => tokens,
    }
}

fn derived_by(derive: &str, item: &syn::ItemStruct) -> TokenStream {
    let item = item.to_token_stream();
    match derive {
        "Args" => sound(expand::args(item)),
        "Outgoing" => sound(expand::outgoing(item)),
        "Reply" => sound(expand::reply(item)),
        "Incoming" => sound(expand::incoming(item)),
        "Table" => sound(expand::table(item)),
        // The compiler's own: `clone`.
        "Clone" => quote::quote!(fn clone),
        other => panic!("`{other}`: what does it come to?"),
    }
}

fn sound((tokens, errors): Expanded) -> TokenStream {
    assert!(errors.is_empty(), "{errors:?}");
    tokens
}
