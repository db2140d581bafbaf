//! The migrations, as the runtime applies them.

use aliya_macros_core::names;

use super::code::{doc, ident, raw_text};
use super::print;
use super::quote::quote;
use super::tokens::{Literal, TokenStream};
use crate::generate::ir::Game;
use crate::migrate::Status;
use crate::migrate::databases::Database;
use crate::migrate::history::{FOLDER, Migration};
use crate::migrate::plan::Class;
use crate::migrate::script::Step;

/// The text of src/migrations.rs.
pub(super) fn file(game: &Game, status: &Status) -> String {
    let behind = status.behind();
    let managers = game.managers.iter().filter(|it| !it.tables.is_empty());
    let histories = managers.map(|manager| {
        let name = &manager.name;
        let ident = ident(&names::manager_static(name));
        let docs = doc(&format!("Of the tables of `{name}`."));
        let migrations = status.history.migrations.iter();
        let migrations = migrations.filter_map(|migration| a_migration(migration, name));
        let behind = match behind.get(name.as_str()) {
            Some(what) => quote!(Some(#what)),
            None => quote!(None),
        };
        quote! {
            #docs
            pub static #ident: History = History {
                owner: #name,
                migrations: &[#(#migrations),*],
                behind: #behind,
            };
        }
    });
    let histories: Vec<_> = histories.collect();
    let import = import(game, status);
    print::file(
        "How the tables of each manager came to be what they are.",
        &format!("{FOLDER}/"),
        "",
        &quote!(#import #(#histories)*),
    )
}

/// What the histories name.
fn import(game: &Game, status: &Status) -> Option<TokenStream> {
    let managers = game.managers.iter().filter(|it| !it.tables.is_empty());
    let mut managers = managers.peekable();
    managers.peek()?;
    let steps = managers.flat_map(|manager| {
        let migrations = status.history.migrations.iter();
        migrations.flat_map(|migration| all_steps(migration, &manager.name))
    });
    let mut steps = steps.peekable();
    if steps.peek().is_none() {
        return Some(quote!(
            use aliya_runtime::db::migrate::History;
        ));
    }
    let check = steps
        .any(|step| !step.checks.is_empty())
        .then(|| quote!(Check,));
    Some(quote!(
        use aliya_runtime::db::migrate::{#check Class, History, Migration, Step};
    ))
}

/// `None` of one that leaves the manager's tables alone.
fn a_migration(migration: &Migration, manager: &str) -> Option<TokenStream> {
    all_steps(migration, manager).next()?;
    let number = Literal::number(migration.number);
    let name = &migration.name;
    let [sqlite, postgres, mysql] = Database::ALL.map(|database| {
        let steps = migration.scripts.of(database).steps(manager);
        let steps = steps.iter().map(a_step);
        quote!(&[#(#steps),*])
    });
    Some(quote! {
        Migration {
            number: #number,
            name: #name,
            sqlite: #sqlite,
            postgres: #postgres,
            mysql: #mysql,
        }
    })
}

/// The steps in every database.
fn all_steps<'m>(migration: &'m Migration, manager: &'m str) -> impl Iterator<Item = &'m Step> {
    let scripts = migration.scripts.iter();
    scripts.flat_map(move |(_, script)| script.steps(manager))
}

fn a_step(step: &Step) -> TokenStream {
    let class = ident(match step.class {
        Class::Safe => "Safe",
        Class::NeedsDefault => "NeedsDefault",
        Class::Rewrites => "Rewrites",
        Class::Destroys => "Destroys",
    });
    let what = &step.what;
    let checks = step.checks.iter().map(|check| {
        let (what, query) = (&check.what, raw_text(&check.query));
        quote!(Check { what: #what, query: #query })
    });
    let statements = step.statements.iter().map(|text| raw_text(text));
    quote! {
        Step {
            class: Class::#class,
            what: #what,
            checks: &[#(#checks),*],
            statements: &[#(#statements),*],
        }
    }
}
