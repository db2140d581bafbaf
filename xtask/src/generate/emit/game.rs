//! What a game has beside managers: enums, the routing table, the game itself.

use aliya_macros_core::names;

use super::code::{doc, ident, int};
use super::function::access;
use super::native;
use super::packages;
use super::print;
use super::quote::quote;
use super::tokens::TokenStream;
use crate::generate::ir::{Access, Enum, Game, ManagerId};

/// The file that a designer begins with.
pub(super) const ROOT: &str = "managers.yaml";

/// What clippy would say of a game's declaration rather than of the generator.
pub(super) const ATTRIBUTES: &str = r#"
// Conditions, loops, numbers, names and docs are as a designer wrote them: they may be odd, and it is
// `cargo xtask gen` that says so.
#![allow(
    clippy::absurd_extreme_comparisons,
    clippy::approx_constant,
    clippy::bool_comparison,
    clippy::collapsible_if,
    clippy::double_comparisons,
    clippy::enum_variant_names,
    clippy::eq_op,
    clippy::excessive_precision,
    clippy::if_same_then_else,
    clippy::impossible_comparisons,
    clippy::manual_range_contains,
    clippy::map_identity,
    clippy::needless_bool,
    clippy::new_ret_no_self,
    clippy::nonminimal_bool,
    clippy::overly_complex_bool_expr,
    clippy::redundant_comparisons,
    clippy::should_implement_trait,
    clippy::single_element_loop,
    clippy::too_many_arguments,
    clippy::wrong_self_convention,
    rustdoc::all,
    unused_comparisons
)]
// A name that several branches bind is declared before them and set in each; a list is a `Vec`, and
// what stands for something absent is made only where it is, also where that is a constant.
#![allow(
    clippy::needless_late_init,
    clippy::unnecessary_lazy_evaluations,
    clippy::useless_vec
)]
"#;

pub(super) fn enums(game: &Game) -> String {
    let enums = game.enums.iter().map(an_enum);
    let import = (!game.enums.is_empty()).then(|| {
        quote!(
            use aliya_runtime::prelude::*;
        )
    });
    print::file("The game's enums.", ROOT, "", &quote!(#import #(#enums)*))
}

/// An enum's item.
pub(super) fn an_enum(declared: &Enum) -> TokenStream {
    let name = ident(&names::enum_type(&declared.name));
    let mut variants: Vec<_> = declared.variants.iter().collect();
    // The derived order is that of the numbers.
    variants.sort_by_key(|variant| variant.number);
    let numbered = variants.iter().any(|variant| variant.number.is_some());
    let form = if numbered { "its number" } else { "text" };
    let docs = doc(&format!(
        "`{}`: travels and is stored as {form}.",
        declared.name
    ));
    let variants = variants.iter().map(|variant| {
        let ident = ident(&names::variant_name(&variant.name));
        let value = match variant.number {
            Some(number) => {
                let number = int(number, false);
                quote!(#number)
            }
            None => {
                let text = &variant.name;
                quote!(#text)
            }
        };
        quote!(#[value(#value)] #ident)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
        pub enum #name { #(#variants),* }
    }
}

pub(super) fn routes(game: &Game) -> String {
    let functions = game.managers.iter().flat_map(|manager| {
        let functions = manager.functions.iter();
        functions.map(move |function| (&function.name, &manager.name, function.access))
    });
    let open = functions.filter(|(.., access)| matches!(access, Access::Player | Access::Public));
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|(function, ..)| *function);
    let routes = open.iter().map(|(function, manager, who)| {
        let who = access(*who);
        quote!(Route { function: #function, manager: #manager, access: Access::#who })
    });
    let table = doc("The gateway's routing table.");
    print::file(
        "The functions that clients may call, by name.",
        ROOT,
        "",
        &quote! {
            use aliya_runtime::prelude::*;
            #table
            pub static ROUTES: &[Route] = &[#(#routes),*];
        },
    )
}

/// src/calls/mod.rs, over these modules.
pub(super) fn calls(modules: &[String]) -> String {
    let declared = modules.iter().map(|module| {
        let module = ident(module);
        quote!(pub mod #module;)
    });
    let declared: TokenStream = declared.collect();
    let about = "What managers call of each other: the args and replies of those functions.";
    print::file(about, ROOT, "", &declared)
}

/// src/lib.rs; `shared` names the modules that managers share.
pub(super) fn root(game: &Game, shared: &[&str]) -> String {
    let module_of = |id: &ManagerId| ident(&names::module_name(&game.the_manager(*id).name));
    let parts = packages::parts(game);
    let parts = parts.iter().enumerate();
    let parts = parts.filter(|(_, managers)| !managers.is_empty());
    let parts = parts.map(|(at, managers)| {
        let part = ident(&format!(
            "generated_{}",
            packages::part(at).replace('-', "_")
        ));
        let modules = managers.iter().map(module_of);
        quote!(pub use ::#part::{#(#modules),*};)
    });
    // Nobody beside the managers has to do with their histories.
    let shared = shared.iter().filter(|name| **name != packages::MIGRATIONS);
    let shared = shared.map(|name| ident(name));
    let managers = game.managers.iter().map(|manager| {
        let module = ident(&names::module_name(&manager.name));
        let ident = ident(&names::manager_static(&manager.name));
        quote!(&#module::#ident)
    });
    let (name, time_zone) = (&game.name, &game.time_zone);
    let config = match game.config.is_empty() {
        true => quote!(None),
        false => quote!(Some(&config::CONFIG)),
    };
    let by_hand = native::game(game);
    // Whoever wants the game has to bring what is written by hand.
    let public = by_hand.is_none().then(|| quote!(pub));
    let about = format!("The game `{name}`.");
    let docs = doc("The game, as the runtime sees it.");
    print::file(
        &about,
        ROOT,
        "",
        &quote! {
            use aliya_runtime::prelude::*;
            #(#parts)*
            pub use ::generated_shared::{#(#shared),*};
            mod routes;
            #by_hand
            #docs
            #public static GAME: Game = Game {
                name: #name,
                time_zone: #time_zone,
                managers: &[#(#managers),*],
                routes: routes::ROUTES,
                config: #config,
            };
        },
    )
}
