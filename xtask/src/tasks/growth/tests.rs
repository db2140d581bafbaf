//! How much a game gives the compiler to do, counted: times would differ from run to run.

use std::collections::{BTreeMap, BTreeSet};

use aliya_macros_core::expand::{self, Expanded};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Meta};

use super::game;
use crate::generate::emit::{self, Files};
use crate::generate::{load, resolve};

/// The functions in Rust that a function of the game may come to, with what is derived for it and for
/// its share of the tables of its manager.
const RUST_FUNCTIONS_MAX: f64 = 6.75;

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

#[test]
fn a_manager_needs_nothing_of_another_one_but_what_it_calls() {
    let (files, shared) = (files(20), "shared/src/lib.rs");
    let shared: Vec<_> = modules(&files[shared]).collect();
    let parts = parts(&files);
    assert_eq!(parts.len(), 2, "200 functions");
    assert!(parts.values().all(|managers| !managers.is_empty()));
    assert_eq!(parts.values().map(BTreeSet::len).sum::<usize>(), 20);
    let folders = parts.iter().flat_map(|(root, managers)| {
        let folder = root.trim_end_matches("lib.rs");
        managers.iter().map(move |manager| (folder, manager))
    });
    for (folder, manager) in folders {
        let text = &files[&format!("{folder}{manager}.rs")];
        for (_, rest) in text
            .match_indices("crate::")
            .map(|(at, it)| text.split_at(at + it.len()))
        {
            let module = rest.split([':', ';']).next().expect("a name");
            assert!(shared.contains(&module), "{manager}: crate::{module}");
        }
    }
}

#[test]
fn managers_stay_in_their_part_when_others_come() {
    let (before, after) = (parts(&files(14)), parts(&files(25)));
    assert_eq!(before.len(), after.len());
    for (part, managers) in before {
        assert!(managers.is_subset(&after[&part]), "{part}");
    }
    // Each in two.
    let twice = parts(&files(30));
    assert_eq!(twice.len(), 4);
    for managers in twice.values() {
        let whole = after.values().filter(|part| !part.is_disjoint(managers));
        assert_eq!(whole.count(), 1);
    }
}

/// The managers of each part, by its root.
fn parts(files: &Files) -> BTreeMap<String, BTreeSet<String>> {
    let roots = files
        .iter()
        .filter(|(path, _)| path.starts_with("part-") && path.ends_with("/lib.rs"));
    roots
        .map(|(path, text)| (path.clone(), modules(text).map(str::to_owned).collect()))
        .collect()
}

fn modules(root: &str) -> impl Iterator<Item = &str> {
    let declared = root
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    declared.map(|rest| rest.trim_end_matches(';'))
}

/// What the compiler gets of a game.
#[derive(Default)]
struct Compiled {
    functions: usize,
    tokens: usize,
}

/// The game of so many managers, as it is written.
fn files(managers: usize) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    game::write(folder.path(), managers).expect("written");
    let mut loaded = load::load(&folder.path().join("managers.yaml"));
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    assert!(!loaded.diagnostics.has_errors());
    emit::emit(&game, &loaded.sources)
}

/// The same, as it is after the expansion of macros.
fn compiled(managers: usize) -> Compiled {
    let files = files(managers);
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
